//! The words of time of a language and what each can stand for, read from `data/<language>/times_words.txt`.

use super::cues::Cues;
use super::pattern::Patterns;
use crate::languages::Numbers;
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
    /// A day with a name: "12-25", or the month, which weekday of it and which weekday: "11-4-4" for the fourth Thursday
    /// of November, "5--1-1" for the last Monday of May.
    Holiday "HOLIDAY",
    /// A day of the month in digits: "14", "14th".
    Day "DAY",
    /// Four digits that can be a year, or a year in words: "nineteen ninety-seven".
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
    /// Two of a unit in one word: Arabic "yawmayn".
    Dual "DUAL",
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

/// The senses of each word, with the words that follow it in a phrase.
type Words = WordMap<Vec<(Class, Value, Vec<&'static str>)>>;

/// How a language words its times.
#[derive(Debug)]
pub(crate) struct Lexicon {
    words: Words,
    pub(super) patterns: Patterns,
    pub(super) cues: Cues,
    /// How it writes numbers; `None` for English, whose numbers have a module of their own.
    numbers: Option<&'static Numbers>,
    /// Whether months and weekdays have a capital, so that "march" is none.
    capitals: bool,
    /// Whether "14/5/2031" is the 14th of May, and nothing else.
    day_first: bool,
}

impl Lexicon {
    /// Reads the data files `times_words.txt`, `times_patterns.txt` and `times_cues.txt` of a language.
    pub(crate) fn new([words, patterns, cues]: [&'static str; 3], numbers: Option<&'static Numbers>) -> Lexicon {
        let cues = Cues::new(cues);
        Lexicon {
            words: read(words),
            patterns: Patterns::read(patterns),
            numbers,
            capitals: cues.says("written", "capitals"),
            day_first: cues.says("written", "day_first"),
            cues,
        }
    }

    /// The senses of the piece at `at`.
    pub(super) fn senses(&self, text: &str, pieces: &[Piece], at: usize) -> Vec<Sense> {
        let piece = &pieces[at];
        let mut found = Vec::new();
        if piece.is_word() {
            for &(class, value, ref rest) in self.words.get(&*piece.lower).into_iter().flatten() {
                let named = matches!(class, Class::Month | Class::Weekday | Class::ShortDay | Class::Holiday);
                let follows = |(word, piece): (&&str, &Piece)| piece.is(word);
                let whole = pieces.len() - at > rest.len() && rest.iter().zip(&pieces[at + 1..]).all(follows);
                if whole && (piece.capital || !named || !self.capitals) {
                    found.push(Sense { class, value, length: 1 + rest.len() });
                }
            }
        }
        let numeral = match self.numbers {
            None => numeral(&pieces[at..]),
            Some(numbers) => numbers.numeral(&pieces[at..]),
        };
        if let Some(Numeral { value, length, letters: None, vague: false, fraction: false, .. }) = numeral {
            push(&mut found, Class::Num, value, length);
        }
        written(text, pieces, at, &mut found);
        if self.numbers.is_none()
            && let Some((year, length)) = spelled_year(pieces, at)
        {
            push(&mut found, Class::Year, year, length);
        }
        if self.day_first
            && let Some(packed) = day_first(&piece.lower)
        {
            push(&mut found, Class::Iso, packed, 1);
        }
        if let Some((minutes, length)) = clock(pieces, at).or_else(|| self.hours(pieces, at)) {
            push(&mut found, Class::Clock, minutes, length);
        }
        found
    }

    /// "17 Uhr", "17.30 Uhr", "17h30", as minutes after midnight, and how many pieces it takes.
    fn hours(&self, pieces: &[Piece], at: usize) -> Option<(f64, usize)> {
        let mark = |word: &str| self.cues.says("oclock", word);
        let piece = pieces.get(at).filter(|piece| piece.is_number())?;
        let digits =
            piece.lower.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.').unwrap_or(piece.lower.len());
        let (figures, rest) = piece.lower.split_at(digits);
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, more) = rest.split_at(letters);
        let (hour, minute) =
            figures.split_once([':', '.']).unwrap_or((figures, if more.is_empty() { "00" } else { more }));
        let length = match word {
            "" if pieces.get(at + 1).is_some_and(|next| mark(&next.lower)) => 2,
            word if mark(word) => 1,
            _ => return None,
        };
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 24 && minute < 60).then_some((f64::from(hour * 60 + minute), length))
    }
}

/// Reads lines `CLASS value word …`, the words of a phrase joined by `_`; the data file is part of the program, so a bad line is a bug.
fn read(file: &'static str) -> Words {
    let mut words = Words::default();
    for line in file.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut fields = line.split_whitespace();
        let (Some(class), Some(code)) = (fields.next(), fields.next()) else { panic!("times: {line}") };
        let class = Class::named(class).unwrap_or_else(|| panic!("times: unknown class: {line}"));
        let value = Value { code, number: code.parse().unwrap_or(f64::NAN) };
        for phrase in fields {
            let mut phrase = phrase.split('_');
            let first = phrase.next().unwrap_or_default();
            words.entry(first).or_default().push((class, value, phrase.collect()));
        }
    }
    words
}

/// "14.5.2031" and "14/05/2031", packed like an ISO date.
fn day_first(lower: &str) -> Option<f64> {
    let mark = ['.', '/'].into_iter().find(|&mark| lower.matches(mark).count() == 2)?;
    let mut fields = lower.split(mark).map(|field| field.parse::<u16>().ok());
    let (day, month, year) = (fields.next()??, fields.next()??, fields.next()??);
    let sound = (1..=31).contains(&day) && (1..=12).contains(&month) && (1000..2200).contains(&year);
    sound.then(|| f64::from(year) * 10_000.0 + f64::from(month) * 100.0 + f64::from(day))
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

/// A year in English words: "nineteen ninety-seven", "the year two thousand", and how many pieces it takes.
fn spelled_year(pieces: &[Piece], at: usize) -> Option<(f64, usize)> {
    let whole = |at: usize| {
        let numeral = numeral(pieces.get(at..)?).filter(|_| pieces[at].is_word())?;
        (numeral.letters.is_none() && !numeral.vague && !numeral.fraction).then_some((numeral.value, numeral.length))
    };
    let of_year = || at.checked_sub(1).is_some_and(|before| pieces[before].is("year"));
    match &*pieces[at].lower {
        "seventeen" | "eighteen" | "nineteen" | "twenty" if pieces.get(at + 1).is_some_and(|next| !next.glued) => {
            let hundreds = numeral(&pieces[at..=at])?.value;
            let (years, length) = whole(at + 1).filter(|(years, _)| (10.0..100.0).contains(years))?;
            Some((hundreds * 100.0 + years, length + 1))
        }
        _ if of_year() => whole(at).filter(|(year, _)| (1000.0..2200.0).contains(year)),
        _ => None,
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
