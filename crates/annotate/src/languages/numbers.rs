//! Numbers of a language: digits with its separators ("1.250,5", "3 000", "٣٫٥"), its number words one by one
//! ("drei", "deux millions"), and the words for percentages and money.
//!
//! Number words are read one at a time with an order of magnitude behind them: "zwanzig Millionen", not "einundzwanzig
//! Millionen dreihundert". What is written longer stays unread rather than read wrongly.

use std::collections::HashMap;

use crate::names::lists::Lists;
use crate::numerals::Numeral;
use crate::pieces::Piece;

/// The lists of `numbers.txt`.
#[derive(Debug)]
pub(crate) struct Numbers {
    /// Number words with their values.
    small: HashMap<&'static str, f64>,
    /// Orders of magnitude.
    magnitudes: HashMap<&'static str, f64>,
    /// What parts the whole from its fraction, and groups of three digits from each other.
    decimal: Option<char>,
    group: Option<char>,
    /// Units with their normal form, the longest phrases first.
    pub(super) units: Vec<(Vec<&'static str>, &'static str)>,
    /// Words that say how a number is meant.
    pub(super) lists: Lists,
}

impl Numbers {
    /// Reads a data file that is part of the program: words with their values as `word=value`, words of a phrase
    /// joined by `_`.
    pub(crate) fn new(file: &'static str) -> Numbers {
        let lists = Lists::new(&[file]);
        let pairs = |section: &str| lists.entries_of(section).into_iter().filter_map(|entry| entry.split_once('='));
        let values = |section: &str| {
            pairs(section).filter_map(|(word, value)| Some((word, value.parse().ok()?))).collect::<HashMap<_, f64>>()
        };
        let sign = |section: &str| match lists.entries_of(section).first() {
            Some(&"comma") => Some(','),
            Some(&"point") => Some('.'),
            _ => None,
        };
        let mut units: Vec<_> =
            pairs("units").map(|(words, unit)| (words.split('_').collect::<Vec<_>>(), unit)).collect();
        units.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        Numbers {
            small: values("small"),
            magnitudes: values("magnitudes"),
            decimal: sign("decimal"),
            group: sign("group"),
            units,
            lists,
        }
    }

    /// The number that starts at the first piece, the longest reading.
    pub(crate) fn numeral(&self, pieces: &[Piece]) -> Option<Numeral> {
        let first = pieces.first()?;
        let (mut value, mut length) = if first.is_number() {
            self.digits(pieces)?
        } else {
            let known = self
                .small
                .get(&*first.lower)
                .or_else(|| self.magnitudes.get(&*first.lower).filter(|_| self.lists.has("alone", &first.lower)));
            (*known?, 1)
        };
        while let Some(factor) = pieces.get(length).and_then(|piece| self.magnitudes.get(&*piece.lower))
            && length < 6
        {
            value *= factor;
            let dotted = self.lists.has("dotted", &pieces[length].lower);
            length += 1;
            length += usize::from(dotted && pieces.get(length).is_some_and(|piece| piece.is(".")));
        }
        let digits = first.is_number();
        Some(Numeral { value, length, letters: None, digits, vague: false, fraction: false })
    }

    /// Digits in one token, in groups of three parted by spaces, or parted by a sign that is a token of its own.
    fn digits(&self, pieces: &[Piece]) -> Option<(f64, usize)> {
        let mut written = pieces[0].lower.to_string();
        let mut length = 1;
        let is_group = |piece: &Piece| piece.lower.len() == 3 && piece.lower.bytes().all(|byte| byte.is_ascii_digit());
        let starts = written.len() <= 3 && written.bytes().all(|byte| byte.is_ascii_digit());
        let spaced = starts && self.lists.has("written", "spaced");
        while spaced
            && length < 5
            && let Some(next) = pieces.get(length).filter(|next| is_group(next) && !next.glued)
            && next.span.start - pieces[length - 1].span.end <= 3
        {
            written.push_str(&next.lower);
            length += 1;
        }
        while let [last, sign, next, ..] = &pieces[length - 1..]
            && matches!(&*sign.lower, "٫" | "٬")
            && last.touches(sign)
            && sign.touches(next)
            && next.is_number()
            && length < 9
        {
            let mark = if sign.is("٫") { self.decimal } else { self.group };
            written.extend(mark);
            written.push_str(&next.lower);
            length += 2;
        }
        Some((self.value(&written)?, length))
    }

    /// The value of digits with the separators of the language; `None` where they could mean something else.
    fn value(&self, written: &str) -> Option<f64> {
        let (whole, fraction) = match self.decimal.and_then(|mark| written.split_once(mark)) {
            Some((whole, fraction)) => (whole, fraction),
            None => (written, ""),
        };
        let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        let mut groups = whole.split(|c| Some(c) == self.group);
        let first = groups.next().filter(|first| !first.is_empty() && is_digits(first))?;
        let mut digits = first.to_owned();
        for group in groups {
            if group.len() != 3 || !is_digits(group) || first.len() > 3 {
                return None;
            }
            digits.push_str(group);
        }
        let sound = is_digits(fraction) && digits.len() <= 15 && fraction.len() <= 9;
        sound.then(|| format!("{digits}.{fraction}0").parse().ok())?
    }
}
