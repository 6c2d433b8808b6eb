//! The words of time and what each can stand for, read from `data/en/times_words.txt`.

use std::sync::LazyLock;

use crate::numerals::{Numeral, numeral};
use crate::pieces::Piece;
use crate::word_map::WordMap;

macro_rules! classes {
    ($($(#[$meta:meta])* $class:ident $name:literal),+ $(,)?) => {
        /// What a word, or a number as written, can stand for in a pattern.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $($(#[$meta])* $class),+ }

        impl Class {
            pub(super) const COUNT: usize = [$($name),+].len();

            pub(super) fn named(name: &str) -> Option<Class> {
                match name { $($name => Some(Class::$class),)+ _ => None }
            }
        }
    };
}

classes! {
    Month "MONTH", Weekday "WEEKDAY", ShortDay "SHORTDAY", Weekdays "WEEKDAYS", Season "SEASON", Unit "UNIT", Plural "PLURAL",
    Part "PART", RelDay "RELDAY", Shift "SHIFT", Order "ORDER", Some "SOME", Edge "EDGE", Often "OFTEN",
    Decade "DECADE", Zone "ZONE",
    /// A day of the month in digits: "14", "14th".
    Day "DAY",
    /// Four digits that can be a year.
    Year "YEAR",
    /// "2025-11-14".
    Iso "ISO",
    /// "5 p.m.", "17:30", "noon"; the value is minutes after midnight.
    Clock "CLOCK",
    /// Any number.
    Num "NUM",
    /// "1990s", "'80s".
    Tens "TENS",
    /// "20th".
    Nth "NTH",
}

/// What a piece, or some pieces from there on, can stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sense {
    pub(super) class: Class,
    pub(super) value: Value,
    pub(super) length: usize,
}

/// The value of a word: as the data file writes it, and as a number where it is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) code: &'static str,
    pub(super) number: f64,
}

impl Value {
    pub(super) fn whole(self) -> i64 {
        self.number as i64
    }
}

static WORDS: LazyLock<WordMap<Vec<(Class, Value)>>> = LazyLock::new(|| {
    let mut words: WordMap<Vec<_>> = WordMap::default();
    for line in include_str!("../../data/en/times_words.txt").lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut fields = line.split_whitespace();
        let (Some(class), Some(code)) = (fields.next(), fields.next()) else { panic!("times: {line}") };
        let class = Class::named(class).unwrap_or_else(|| panic!("times: unknown class: {line}"));
        let value = Value { code, number: code.parse().unwrap_or(f64::NAN) };
        for word in fields {
            words.entry(word).or_default().push((class, value));
        }
    }
    words
});

/// The senses of the piece at `at`.
pub(super) fn senses(text: &str, pieces: &[Piece], at: usize) -> Vec<Sense> {
    let piece = &pieces[at];
    let mut found = Vec::new();
    if piece.is_word() {
        for &(class, value) in WORDS.get(&*piece.lower).into_iter().flatten() {
            let named = matches!(class, Class::Month | Class::Weekday | Class::ShortDay);
            if piece.capital || !named {
                found.push(Sense { class, value, length: 1 });
            }
        }
    }
    if let Some(Numeral { value, length, letters: None, vague: false, fraction: false, .. }) = numeral(&pieces[at..]) {
        push(&mut found, Class::Num, value, length);
    }
    written(text, pieces, at, &mut found);
    if let Some((minutes, length)) = clock(pieces, at) {
        push(&mut found, Class::Clock, minutes, length);
    }
    found
}

fn push(found: &mut Vec<Sense>, class: Class, number: f64, length: usize) {
    found.push(Sense { class, value: Value { code: "", number }, length });
}

/// Days, years, decades and ISO dates in digits.
fn written(text: &str, pieces: &[Piece], at: usize, found: &mut Vec<Sense>) {
    let piece = &pieces[at];
    if !piece.is_number() {
        return;
    }
    let digits = piece.lower.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = piece.lower.split_at(digits);
    let Ok(value) = number.parse::<f64>() else { return };
    if digits <= 2 && (1.0..=31.0).contains(&value) && matches!(rest, "" | "st" | "nd" | "rd" | "th") {
        push(found, Class::Day, value, 1);
    }
    if digits <= 2 && matches!(rest, "st" | "nd" | "rd" | "th") {
        push(found, Class::Nth, value, 1);
    }
    if digits == 4 && rest.is_empty() && (1000.0..2200.0).contains(&value) {
        push(found, Class::Year, value, 1);
        if let Some(packed) = iso(text, pieces, at) {
            push(found, Class::Iso, packed, 3);
        }
    }
    let decade = digits == 4 && (1800.0..2100.0).contains(&value) || digits == 2 && value >= 20.0;
    if decade && rest == "s" && value % 10.0 == 0.0 {
        push(found, Class::Tens, if digits == 2 { 1900.0 + value } else { value } / 10.0, 1);
    }
}

/// An ISO date in one token, as year × 10,000 + month × 100 + day.
fn iso(text: &str, pieces: &[Piece], at: usize) -> Option<f64> {
    let [year, month, day] = pieces.get(at..at + 3)? else { return None };
    let whole = text.get(year.span.start..day.span.end)?;
    let shape = whole.len() == 10 && month.glued && day.glued && !year.glued;
    let last = pieces.get(at + 3).is_none_or(|next| !next.glued);
    (shape && last).then(|| whole.replace('-', "").parse().ok())?
}

/// "5 p.m.", "9pm", "2:30 p.m.", "17:30", "noon", as minutes after midnight, and how many pieces it takes.
fn clock(pieces: &[Piece], at: usize) -> Option<(f64, usize)> {
    let piece = &pieces[at];
    match &*piece.lower {
        "noon" | "midday" => return Some((720.0, 1)),
        "midnight" => return Some((1440.0, 1)),
        _ if !piece.is_number() => return None,
        _ => {}
    }
    let end = piece.lower.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(piece.lower.len());
    let (figures, rest) = piece.lower.split_at(end);
    let (half, length) = match rest {
        "am" | "pm" => (Some(rest), 1),
        "" => match pieces.get(at + 1).map(|next| &*next.lower) {
            Some("am" | "a.m." | "a.m") => (Some("am"), 2),
            Some("pm" | "p.m." | "p.m") => (Some("pm"), 2),
            Some("o'clock") => (Some(""), 2),
            _ => (None, 1),
        },
        _ => return None,
    };
    let (hour, minute) = figures.split_once([':', '.']).unwrap_or((figures, "00"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, (minute.len() == 2).then(|| minute.parse().ok())??);
    let plain = half.is_none();
    if minute > 59 || (plain && (hour > 23 || !figures.contains(':'))) || (!plain && !(1..=12).contains(&hour)) {
        return None;
    }
    let hour = match half {
        Some("pm") => hour % 12 + 12,
        Some("am") => hour % 12,
        _ => hour,
    };
    Some((f64::from(hour * 60 + minute), length))
}
