//! Quantities that belong together across the words between them: "from $36 on Monday to $34", "five feet and ten inches".

use std::sync::LazyLock;

use twosource_model::{Bound, Joint, Quantity, Span};

use crate::pieces::Piece;

/// How many words may stand between the first amount and "to".
const REACH: usize = 8;

/// Joins the two ends of a change or a stretch, and gives both the unit that one of them has ("from 4.8 to 4.7 percent").
/// `found` are the quantities of the sentence, in text order.
pub(super) fn join(pieces: &[Piece], found: &mut [Quantity]) {
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (first, second) = (&mut before[at - 1], &mut after[0]);
        let simple = [&*first, &*second].iter().all(|end| end.upper.is_none() && end.joint.is_none() && !end.one_of);
        if simple && spans(pieces, first.span, second.span) && share_unit(first, second) {
            first.joint = Some(Joint::FromTo);
        }
    }
}

/// A unit, a smaller one, and how many of it make one.
static COMPOUNDS: LazyLock<Vec<(&str, &str, f64)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/quantities_compounds.txt").lines();
    let entry = |line: &'static str| {
        let mut fields = line.split_whitespace();
        let (unit, smaller, count) = (fields.next()?, fields.next()?, fields.next()?.parse().ok()?);
        Some((unit, smaller, count))
    };
    let lines = lines.filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| entry(line).unwrap_or_else(|| panic!("compounds: {line}"))).collect()
});

/// Makes one quantity of a value told in two units ("eight minutes and 46 seconds"), in the larger one. Quantities from
/// `first` on are those of the sentence, in text order.
pub(super) fn compound(pieces: &[Piece], found: &mut Vec<Quantity>, first: usize) {
    let mut at = first + 1;
    while at < found.len() {
        match whole(pieces, &found[at - 1], &found[at]) {
            Some(value) => {
                let rest = found.remove(at);
                let larger = &mut found[at - 1];
                (larger.value, larger.span) = (value, larger.span.cover(rest.span));
                larger.counted = None;
            }
            None => at += 1,
        }
    }
}

/// The value of two quantities that are one, in the unit of the first.
fn whole(pieces: &[Piece], larger: &Quantity, smaller: &Quantity) -> Option<f64> {
    let count = COMPOUNDS.iter().find_map(|&(unit, part, count)| {
        (larger.unit.as_deref() == Some(unit) && smaller.unit.as_deref() == Some(part)).then_some(count)
    })?;
    let simple = [larger, smaller].iter().all(|part| part.upper.is_none() && part.joint.is_none() && !part.one_of);
    let between =
        pieces.iter().filter(|piece| piece.span.start >= larger.span.end && piece.span.end <= smaller.span.start);
    let joined = between.clone().count() <= 2 && between.clone().all(|piece| piece.is_any(&["and", ","]));
    let is_part = simple
        && joined
        && smaller.bound == Bound::Exact
        && larger.value.fract() == 0.0
        && (0.0..count).contains(&smaller.value);
    const DIGITS: f64 = 1e4;
    is_part.then(|| ((larger.value + smaller.value / count) * DIGITS).round() / DIGITS)
}

/// Whether the words are "from FIRST … to SECOND", with nothing but words and numbers between.
fn spans(pieces: &[Piece], first: Span, second: Span) -> bool {
    let start = |span: Span| pieces.partition_point(|piece| piece.span.start < span.start);
    let (from, to) = (start(first), start(second));
    let between = pieces.partition_point(|piece| piece.span.start < first.end);
    let word = |at: usize, word: &str| at.checked_sub(1).is_some_and(|at| pieces[at].is(word));
    let gap = pieces.get(between..to.saturating_sub(1)).unwrap_or_default();
    let plain = |piece: &Piece| piece.is_word() && !piece.is_any(&["from", "to", "and", "but"]) || piece.is_number();
    word(from, "from") && word(to, "to") && between < to && gap.len() <= REACH && gap.iter().all(plain)
}

/// Gives both ends one unit; false where they have two.
fn share_unit(first: &mut Quantity, second: &mut Quantity) -> bool {
    match (&first.unit, &second.unit) {
        (Some(one), Some(other)) => return one == other,
        (Some(unit), None) if second.counted.is_none() => second.unit = Some(unit.clone()),
        (None, Some(unit)) if first.counted.is_none() => first.unit = Some(unit.clone()),
        (None, None) => {}
        _ => return false,
    }
    true
}
