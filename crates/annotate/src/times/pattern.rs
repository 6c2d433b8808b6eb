//! How times are worded: the patterns of `data/<language>/times_patterns.txt` and the search for the longest match.

use super::lexicon::{Class, Lexicon, Sense, Value};
use crate::pieces::Piece;
use crate::word_map::WordMap;

/// An expression found: which pieces, how to read it, and the values its words carry.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) reading: Reading,
    pub(super) values: Values,
}

/// The values of the words of an expression that have a class, in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Values(Vec<(Class, Value)>);

impl Values {
    /// The value of the first word of a class.
    pub(super) fn get(&self, class: Class) -> Option<Value> {
        self.0.iter().find(|(of, _)| *of == class).map(|&(_, value)| value)
    }

    pub(super) fn whole(&self, class: Class) -> Option<i64> {
        self.get(class).map(Value::whole)
    }
}

macro_rules! readings {
    ($($reading:ident $name:literal),+ $(,)?) => {
        /// How the values of an expression come to a time.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Reading { $($reading),+ }

        impl Reading {
            fn named(name: &str) -> Option<Reading> {
                match name { $($name => Some(Reading::$reading),)+ _ => None }
            }
        }
    };
}

readings! {
    Day "day", Holiday "holiday", Weekday "weekday", RelDay "relday", Part "part", LastNight "lastnight", Tonight "tonight",
    Clock "clock", Month "month", ThatMonth "thatmonth", Year "year", Fiscal "fiscal", Decade "decade",
    Century "century", Season "season", Quarter "quarter", Latest "latest", Shift "shift", ThisPeriod "thisperiod", Same "same",
    ThatYear "thatyear", Weekend "weekend", Ago "ago", VagueAgo "vagueago", VagueShift "vagueshift", Couple "couple", MonthOf "monthof", Earlier "earlier", YearAgo "yearago",
    Later "later", Ahead "ahead", Duration "duration", Vague "vague", Plural "plural", Set "set", SetDay "setday",
    SetMonth "setmonth", Often "often", Present "present", Past "past", Future "future",
}

/// A line of the data file.
#[derive(Debug)]
pub(super) struct Pattern {
    reading: Reading,
    elements: Vec<Element>,
    before: Option<Words>,
    after: Option<Words>,
}

#[derive(Debug)]
struct Element {
    choices: Vec<Choice>,
    optional: bool,
}

#[derive(Debug)]
enum Choice {
    Class(Class),
    Word(&'static str),
}

/// Words that must, or must not, stand beside an expression.
#[derive(Debug)]
struct Words {
    words: Vec<&'static str>,
    wanted: bool,
}

impl Words {
    fn read(field: &'static str) -> Words {
        let inner = &field[1..field.len() - 1];
        let (wanted, list) = inner.strip_prefix('!').map_or((true, inner), |rest| (false, rest));
        Words { words: list.split('|').collect(), wanted }
    }

    fn allow(&self, neighbour: Option<&Piece>) -> bool {
        neighbour.is_some_and(|piece| piece.is_any(&self.words)) == self.wanted
    }
}

/// Patterns, and which of them can start with what.
#[derive(Debug)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    /// For each word that some pattern can start with, those patterns, ascending.
    by_word: WordMap<Vec<usize>>,
    /// The same for each class.
    by_class: [Vec<usize>; Class::COUNT],
}

impl Patterns {
    /// Reads the lines of the data file.
    pub(super) fn read(file: &'static str) -> Patterns {
        Patterns::new(file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(pattern).collect())
    }

    fn new(patterns: Vec<Pattern>) -> Patterns {
        let mut found =
            Patterns { patterns, by_word: WordMap::default(), by_class: [const { Vec::new() }; Class::COUNT] };
        for (index, pattern) in found.patterns.iter().enumerate() {
            let needed = pattern.elements.iter().position(|element| !element.optional);
            let first = needed.map_or(pattern.elements.len(), |needed| needed + 1);
            for choice in pattern.elements[..first].iter().flat_map(|element| &element.choices) {
                let starting = match choice {
                    Choice::Word(word) => found.by_word.entry(word).or_default(),
                    Choice::Class(class) => &mut found.by_class[*class as usize],
                };
                if starting.last() != Some(&index) {
                    starting.push(index);
                }
            }
        }
        found
    }

    /// The patterns that can start with a piece, in their order.
    fn starting(&self, piece: &Piece, senses: &[Sense]) -> Vec<usize> {
        let words = self.by_word.get(&*piece.lower).into_iter().flatten();
        let classes = senses.iter().flat_map(|sense| &self.by_class[sense.class as usize]);
        let mut found: Vec<usize> = words.chain(classes).copied().collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Reads a line of the data file, which is part of the program: a bad line is a bug.
fn pattern(line: &'static str) -> Pattern {
    let (name, rest) = line.split_once(": ").unwrap_or_else(|| panic!("times: want “reading: elements”: {line}"));
    let reading = Reading::named(name).unwrap_or_else(|| panic!("times: unknown reading: {line}"));
    let mut found = Pattern { reading, elements: Vec::new(), before: None, after: None };
    for field in rest.split(' ') {
        match field.as_bytes().first() {
            Some(b'[') => found.before = Some(Words::read(field)),
            Some(b'{') => found.after = Some(Words::read(field)),
            _ => found.elements.push(element(field)),
        }
    }
    found
}

fn element(field: &'static str) -> Element {
    let (field, optional) = field.strip_suffix('?').map_or((field, false), |field| (field, true));
    let choice = |word: &'static str| {
        let is_class = word.bytes().all(|byte| byte.is_ascii_uppercase());
        match Class::named(word) {
            Some(class) => Choice::Class(class),
            None if is_class => panic!("times: unknown class: {word}"),
            None => Choice::Word(word),
        }
    };
    Element { choices: field.split('|').map(choice).collect(), optional }
}

/// The expressions of one sentence from left to right, the longest plausible one at each place.
pub(super) fn matches(
    lexicon: &Lexicon,
    text: &str,
    pieces: &[Piece],
    plausible: impl Fn(&Match) -> bool,
) -> Vec<Match> {
    let meanings: Vec<_> = (0..pieces.len()).map(|at| lexicon.senses(text, pieces, at)).collect();
    let search = Search { patterns: &lexicon.patterns, pieces, meanings: &meanings };
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match search.longest(at, &plausible) {
            Some(hit) => {
                at = hit.end;
                found.push(hit);
            }
            None => at += 1,
        }
    }
    found
}

struct Search<'a> {
    patterns: &'a Patterns,
    pieces: &'a [Piece<'a>],
    meanings: &'a [Vec<Sense>],
}

impl Search<'_> {
    fn longest(&self, at: usize, plausible: impl Fn(&Match) -> bool) -> Option<Match> {
        if !matches!(self.pieces[at].kind, crate::TokenKind::Word | crate::TokenKind::Number) || self.inside(at) {
            return None;
        }
        let mut best: Option<Match> = None;
        for index in self.patterns.starting(&self.pieces[at], &self.meanings[at]) {
            let pattern = &self.patterns.patterns[index];
            let before = at.checked_sub(1).map(|before| &self.pieces[before]);
            if pattern.before.as_ref().is_some_and(|words| !words.allow(before)) {
                continue;
            }
            let mut values = Values::default();
            let Some(end) = self.run(pattern, 0, at, &mut values) else { continue };
            let hit = Match { first: at, end, reading: pattern.reading, values };
            if best.as_ref().is_none_or(|best| end > best.end) && plausible(&hit) {
                best = Some(hit);
            }
        }
        best
    }

    /// Whether a match from here would start within a hyphenated word; a part is good only after "mid-", "pre-" ….
    fn inside(&self, at: usize) -> bool {
        self.pieces[at].glued && !self.pieces[at - 1].is_any(&["mid", "pre", "post", "non"])
    }

    /// The end of the longest match of the elements from `index` on, with the values of its words.
    fn run(&self, pattern: &Pattern, index: usize, at: usize, values: &mut Values) -> Option<usize> {
        let Some(element) = pattern.elements.get(index) else { return self.ends(pattern, at).then_some(at) };
        let mut best: Option<(usize, Values)> = None;
        let mut go_on = |length: usize, value: Option<(Class, Value)>| {
            let mut next = values.clone();
            next.0.extend(value);
            let end = self.run(pattern, index + 1, at + length, &mut next);
            if let Some(end) = end.filter(|&end| best.as_ref().is_none_or(|best| end > best.0)) {
                best = Some((end, next));
            }
        };
        for choice in &element.choices {
            match choice {
                Choice::Word(word) if self.pieces.get(at).is_some_and(|piece| piece.is(word)) => go_on(1, None),
                Choice::Word(_) => {}
                Choice::Class(class) => {
                    let senses = self.meanings.get(at).into_iter().flatten();
                    let fitting = senses.filter(|sense| sense.class == *class);
                    fitting.for_each(|sense| go_on(sense.length, Some((*class, sense.value))));
                }
            }
        }
        if let Some((end, found)) = best {
            *values = found;
            return Some(end);
        }
        if element.optional { self.run(pattern, index + 1, at, values) } else { None }
    }

    /// Whether an expression may end before `at`: at the end of a hyphenated word, and not before what it forbids.
    fn ends(&self, pattern: &Pattern, at: usize) -> bool {
        let next = self.pieces.get(at);
        let whole = next.is_none_or(|next| !next.glued || next.is_any(&["long", "term"]));
        whole && pattern.after.as_ref().is_none_or(|words| words.allow(next))
    }
}
