//! Numbers in digits and words: "130,000", "3.5m", "two and a half million", "a dozen", "two-thirds".
//!
//! Only the number itself is read here; what it counts, its unit and its bounds belong to `quantities`. Digits with
//! letters that are no magnitude ("40kg") keep the letters for the caller; ordinals, clock times and ids are no numbers.

use std::sync::LazyLock;

use crate::pieces::Piece;
use crate::word_map::WordMap;

/// A number that starts at some piece.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Numeral {
    pub(crate) value: f64,
    /// How many pieces it takes.
    pub(crate) length: usize,
    /// Letters that touch the digits ("kg", and "m" for millions or metres), lower case.
    pub(crate) letters: Option<Box<str>>,
    /// Whether it is written in digits.
    pub(crate) digits: bool,
    /// Whether it says only an order of magnitude ("dozens", "hundreds of thousands").
    pub(crate) vague: bool,
    /// Whether it is a part of a whole ("half", "two-thirds").
    pub(crate) fraction: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Word {
    /// "one" … "ninety".
    Small(f64),
    /// "hundred", "thousand", "million", "dozen".
    Magnitude(f64),
    /// "dozens", "thousands".
    Vague(f64),
    /// "third", "quarters".
    Part(f64),
    /// "half".
    Half,
    /// "a", "an".
    Article,
    /// "and".
    And,
    /// "several", before a magnitude.
    Few,
}

static WORDS: LazyLock<WordMap<Word>> = LazyLock::new(|| {
    let lines = include_str!("../data/en/quantities_numbers.txt").lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(word).collect()
});

/// Reads a line `class value word`; the data file is part of the program, so a bad line is a bug.
fn word(line: &'static str) -> (&'static str, Word) {
    let fields: Vec<_> = line.split_whitespace().collect();
    let [class, value, word] = fields[..] else { panic!("numbers: want “class value word”: {line}") };
    let value: f64 = value.parse().unwrap_or_else(|_| panic!("numbers: no number: {line}"));
    let meaning = match class {
        "small" => Word::Small(value),
        "magnitude" => Word::Magnitude(value),
        "vague" => Word::Vague(value),
        "part" => Word::Part(value),
        "half" => Word::Half,
        "article" => Word::Article,
        "and" => Word::And,
        "few" => Word::Few,
        _ => panic!("numbers: unknown class: {line}"),
    };
    (word, meaning)
}

fn meaning(pieces: &[Piece], at: usize) -> Option<Word> {
    pieces.get(at).filter(|piece| piece.is_word()).and_then(|piece| WORDS.get(&*piece.lower)).copied()
}

/// The number that starts at the first piece, the longest reading.
pub(crate) fn numeral(pieces: &[Piece]) -> Option<Numeral> {
    let first = pieces.first()?;
    if first.is_number() { in_digits(pieces) } else { in_words(pieces) }
}

/// Digits, their fraction and the magnitudes that follow: "2 1/2", "3.5 million", "1.3bn".
fn in_digits(pieces: &[Piece]) -> Option<Numeral> {
    let (mut value, letters) = digits(&pieces[0].lower)?;
    let mut length = 1;
    let mut fraction = pieces[0].lower.contains(['/', '⁄']) && value < 1.0;
    if letters.is_none()
        && !fraction
        && let Some(next) = pieces.get(1).filter(|next| next.is_number())
        && let Some((part, None)) = digits(&next.lower)
        && part > 0.0
        && part < 1.0
        && !next.lower.contains('.')
    {
        value += part;
        length = 2;
    }
    if letters.is_none() {
        while let Some(Word::Magnitude(factor)) = meaning(pieces, length)
            && factor >= 12.0
            && length < 4
        {
            value *= factor;
            length += 1;
            fraction = false;
        }
    }
    Some(Numeral { value, length, letters, digits: true, vague: false, fraction })
}

/// The value of a token of digits and the letters after it that are no magnitude.
fn digits(lower: &str) -> Option<(f64, Option<Box<str>>)> {
    if let Some((value, rest)) = glyph(lower) {
        return rest.is_empty().then_some((value, None));
    }
    let end = lower.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(lower.len());
    let (number, rest) = lower.split_at(end);
    let value = plain(number)?;
    match rest {
        "" => Some((value, None)),
        "st" | "nd" | "rd" | "th" | "s" | "am" | "pm" | "a" => None,
        "mn" | "mln" => Some((value * 1e6, None)),
        "bn" | "b" => Some((value * 1e9, None)),
        "tn" | "trn" => Some((value * 1e12, None)),
        "k" => Some((value * 1e3, None)),
        _ if rest.starts_with(['/', '⁄']) => ratio(value, rest).map(|value| (value, None)),
        _ if rest.trim_end_matches(['2', '3']).chars().all(|c| c.is_alphabetic() || "²³°".contains(c)) => {
            Some((value, Some(rest.into())))
        }
        _ => None,
    }
}

/// "130,000", "3.5", ".5"; commas only between groups of three (two in lakhs).
fn plain(number: &str) -> Option<f64> {
    let mut groups = number.split('.').next()?.split(',');
    let first = groups.next()?;
    let grouped = number.contains(',');
    let sound = groups.all(|group| matches!(group.len(), 2 | 3)) && (!grouped || first.len() <= 3);
    let dots = number.bytes().filter(|&byte| byte == b'.').count();
    (sound && dots <= 1 && number.len() <= 30).then(|| number.replace(',', "").parse().ok())?
}

/// "3/4": only such denominators as people write fractions with, so that "9/11" and "24/7" are none.
fn ratio(above: f64, rest: &str) -> Option<f64> {
    let below: f64 = rest.trim_start_matches(['/', '⁄']).parse().ok()?;
    let usual = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0, 32.0, 64.0, 100.0, 128.0, 1000.0].contains(&below);
    (usual && above < below && above > 0.0).then(|| above / below)
}

/// "½", "2½".
fn glyph(lower: &str) -> Option<(f64, &str)> {
    let last = lower.chars().next_back()?;
    let part = match last {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        _ => return None,
    };
    let whole = &lower[..lower.len() - last.len_utf8()];
    let whole = if whole.is_empty() { 0.0 } else { plain(whole)? };
    Some((whole + part, ""))
}

/// A number in words; what it has read so far.
#[derive(Default)]
struct Count {
    total: f64,
    group: Option<f64>,
    /// The smallest magnitude read, which the next must stay under.
    ceiling: Option<f64>,
}

impl Count {
    fn small(&mut self, value: f64) -> bool {
        let fits = match self.group {
            None => self.ceiling.is_none_or(|ceiling| value < ceiling),
            Some(group) if group % 100.0 == 0.0 => value < 100.0,
            Some(group) => group % 10.0 == 0.0 && group % 100.0 >= 20.0 && value < 10.0,
        };
        if fits {
            self.group = Some(self.group.unwrap_or(0.0) + value);
        }
        fits
    }

    fn magnitude(&mut self, factor: f64) -> bool {
        let group = self.group.unwrap_or(1.0);
        if self.group.is_none() && self.total > 0.0 || self.ceiling.is_some_and(|ceiling| factor >= ceiling) {
            return false;
        }
        if factor == 100.0 {
            let fits = group < 100.0;
            self.group = if fits { Some(group * 100.0) } else { self.group };
            return fits;
        }
        self.total += group * factor;
        self.group = None;
        self.ceiling = Some(factor);
        true
    }

    fn value(&self) -> f64 {
        self.total + self.group.unwrap_or(0.0)
    }

    fn is_empty(&self) -> bool {
        self.group.is_none() && self.ceiling.is_none()
    }
}

fn in_words(pieces: &[Piece]) -> Option<Numeral> {
    let spelled =
        |value, length, fraction| Numeral { value, length, letters: None, digits: false, vague: false, fraction };
    match meaning(pieces, 0)? {
        Word::Vague(_) => return Some(vague(pieces, 0, 2.0)),
        Word::Half => return Some(half(pieces)),
        Word::Article => match meaning(pieces, 1)? {
            Word::Magnitude(_) | Word::Part(_) => {}
            _ => return None,
        },
        Word::Few => return several(pieces),
        Word::Small(_) => {}
        Word::Magnitude(_) | Word::Part(_) | Word::And => return None,
    }
    let mut count = Count::default();
    let mut at = usize::from(meaning(pieces, 0) == Some(Word::Article));
    while let Some(word) = meaning(pieces, at) {
        let taken = match word {
            Word::Small(value) => count.small(value),
            Word::Magnitude(factor) => count.magnitude(factor),
            Word::And => match after_and(&mut count, pieces, at) {
                0 => false,
                more => {
                    at += more - 1;
                    true
                }
            },
            Word::Vague(_) if !count.is_empty() => return Some(vague(pieces, at, count.value())),
            Word::Part(below) => return part(&count, below, at).map(|value| spelled(value, at + 1, true)),
            _ => false,
        };
        if !taken {
            break;
        }
        at += 1;
    }
    (!count.is_empty()).then(|| spelled(count.value(), at, false))
}

/// "two-thirds", "a quarter"; "three third" is none.
fn part(count: &Count, below: f64, at: usize) -> Option<f64> {
    let above = if at == 0 { return None } else { count.group.unwrap_or(1.0) };
    (count.total == 0.0 && above < below).then(|| above / below)
}

/// What "and" adds: "and five" after a hundred, "and a half"; how many pieces it takes, 0 for none.
fn after_and(count: &mut Count, pieces: &[Piece], at: usize) -> usize {
    match (meaning(pieces, at + 1), meaning(pieces, at + 2)) {
        (Some(Word::Small(value)), _) => {
            let after_magnitude = count.group.map_or(count.ceiling.is_some(), |group| group % 100.0 == 0.0);
            usize::from(after_magnitude && count.small(value)) * 2
        }
        (Some(Word::Article), Some(Word::Half)) => {
            match count.ceiling.filter(|_| count.group.is_none()) {
                Some(factor) => count.total += factor / 2.0,
                None => count.group = Some(count.group.unwrap_or(0.0) + 0.5),
            }
            3
        }
        _ => 0,
    }
}

/// "half", "half a million", "half-dozen".
fn half(pieces: &[Piece]) -> Numeral {
    let at = 1 + usize::from(meaning(pieces, 1) == Some(Word::Article));
    let (value, length, fraction) = match meaning(pieces, at) {
        Some(Word::Magnitude(factor)) => (factor / 2.0, at + 1, false),
        _ => (0.5, 1, true),
    };
    Numeral { value, length, letters: None, digits: false, vague: false, fraction }
}

/// "dozens", "tens of thousands", "hundreds of millions": the least that the words allow, `factor` (two where none is
/// said) of each.
fn vague(pieces: &[Piece], at: usize, factor: f64) -> Numeral {
    let mut value = factor;
    let mut length = at;
    while let Some(Word::Vague(more)) = meaning(pieces, length) {
        value *= more / 2.0;
        length += 1;
        let chained = pieces.get(length).is_some_and(|piece| piece.is("of"))
            && matches!(meaning(pieces, length + 1), Some(Word::Vague(_)));
        if !chained || length > 5 {
            break;
        }
        length += 1;
    }
    Numeral { value, length, letters: None, digits: false, vague: true, fraction: false }
}

/// "several hundred": at least two of them.
fn several(pieces: &[Piece]) -> Option<Numeral> {
    let Some(Word::Magnitude(factor)) = meaning(pieces, 1) else { return None };
    Some(Numeral { value: 2.0 * factor, length: 2, letters: None, digits: false, vague: true, fraction: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pieces::pieces;
    use crate::tokens::tokens;
    use twosource_model::Span;

    fn check(text: &str, expected: Option<(f64, usize)>) {
        let found = numeral(&pieces(text, &tokens(text, Span::new(0, text.len()))));
        assert_eq!(found.map(|n| ((n.value * 1e4).round() / 1e4, n.length)), expected, "{text}");
    }

    #[test]
    fn digits_and_magnitudes() {
        check("130,000 people", Some((130_000.0, 1)));
        check("3.5 million", Some((3_500_000.0, 2)));
        check("1.3bn", Some((1.3e9, 1)));
        check("2 1/2 years", Some((2.5, 2)));
        check("2½ years", Some((2.5, 1)));
        check("40kg", Some((40.0, 1)));
        check("3 hundred thousand", Some((300_000.0, 3)));
        for none in ["21st", "9pm", "9/11", "10:30", "1990s", "1,2", "1.2.3"] {
            check(none, None);
        }
    }

    #[test]
    fn words() {
        check("twenty-five men", Some((25.0, 2)));
        check("two hundred and five", Some((205.0, 4)));
        check("three and a half million", Some((3.5e6, 5)));
        check("a million and a half", Some((1.5e6, 5)));
        check("one hundred twenty-three thousand four hundred", Some((123_400.0, 7)));
        check("several hundred", Some((200.0, 2)));
        check("hundred", None);
        check("two dozen", Some((24.0, 2)));
        check("a dozen", Some((12.0, 2)));
        check("dozens", Some((24.0, 1)));
        check("tens of thousands", Some((20_000.0, 3)));
        check("half a million", Some((500_000.0, 3)));
        check("two-thirds of", Some((0.6667, 2)));
        check("a third of", Some((0.3333, 2)));
        check("nine and eleven", Some((9.0, 1)));
        check("a man", None);
        check("and two", None);
    }
}
