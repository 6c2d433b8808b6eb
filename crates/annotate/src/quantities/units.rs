//! Units in normal form, from `data/en/quantities_units.txt`.

use std::sync::LazyLock;

use crate::pieces::Piece;
use crate::word_map::WordMap;

/// What a unit measures, as far as the rules care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Money,
    Time,
    Ratio,
    Measure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Normal form, with "+" for spaces.
    name: &'static str,
    pub(super) kind: Kind,
}

impl Unit {
    /// The normal form: "USD", "%", "percentage point".
    pub(super) fn name(self) -> String {
        self.name.replace('+', " ")
    }
}

static UNITS: LazyLock<WordMap<Unit>> = LazyLock::new(|| {
    let mut units = WordMap::default();
    for line in include_str!("../../data/en/quantities_units.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut fields = line.split_whitespace();
        let (Some(name), Some(kind)) = (fields.next(), fields.next()) else { panic!("units: {line}") };
        let kind = match kind {
            "money" => Kind::Money,
            "time" => Kind::Time,
            "ratio" => Kind::Ratio,
            "measure" => Kind::Measure,
            _ => panic!("units: unknown kind: {line}"),
        };
        units.extend(fields.map(|word| (word, Unit { name, kind })));
    }
    units
});

/// The unit a word stands for.
pub(super) fn named(word: &str) -> Option<Unit> {
    UNITS.get(word).copied()
}

/// The unit of letters that touch their number ("40kg", "80km/h") and how many pieces it takes from `at`.
pub(super) fn attached(letters: &str, pieces: &[Piece], at: usize) -> Option<(Unit, usize)> {
    let rate = pieces.get(at + 1).filter(|_| pieces[at].is("/")).map(|per| format!("{letters}/{}", per.lower));
    let rate = rate.and_then(|rate| UNITS.get(&*rate)).map(|&unit| (unit, 2));
    rate.or_else(|| UNITS.get(letters).map(|&unit| (unit, 0)))
}

/// The unit that starts at `at` and how many pieces it takes, the longest name first.
pub(super) fn after(pieces: &[Piece], at: usize) -> Option<(Unit, usize)> {
    (1..=3).rev().find_map(|length| {
        let words = pieces.get(at..at + length)?;
        let single = length == 1;
        // One letter is a unit only in digits' company without space, which `attached` reads.
        let capital = words[0].capital && words[0].is_any(&["w", "v", "c", "f"]);
        if single && words[0].is_word() && words[0].lower.len() == 1 && !capital {
            return None;
        }
        let name = words.iter().map(|piece| &*piece.lower).collect::<Vec<_>>().join("+");
        UNITS.get(&*name).map(|&unit| (unit, length))
    })
}

/// The money sign or code that ends before `at`, and the piece it starts at: "$", "US$", "US $", "USD".
pub(super) fn before(pieces: &[Piece], at: usize) -> Option<(Unit, usize)> {
    let sign = at.checked_sub(1)?;
    let joined = sign.checked_sub(1).and_then(|country| {
        let name = format!("{}{}", pieces[country].lower, pieces[sign].lower);
        let signed = !pieces[sign].is_word() || !pieces[country].is_word() && pieces[country].touches(&pieces[sign]);
        UNITS.get(&*name).filter(|_| signed).map(|&unit| (unit, country))
    });
    let glued = pieces[sign].is_word() && pieces.get(at).is_some_and(|number| pieces[sign].touches(number));
    let touching = || glued.then(|| UNITS.get(&*format!("{}#", pieces[sign].lower))).flatten();
    let alone = || touching().or_else(|| UNITS.get(&*pieces[sign].lower)).map(|&unit| (unit, sign));
    let code = |&(unit, start): &(Unit, usize)| unit.kind == Kind::Money && is_sign(&pieces[start], &pieces[sign]);
    joined.or_else(alone).filter(code)
}

/// Whether money is written with a sign or a code in capitals there; "dollars" stands only after a number.
fn is_sign(first: &Piece, last: &Piece) -> bool {
    !last.is_word() || !first.is_word() || first.capital && matches!(first.lower.len(), 2 | 3)
}
