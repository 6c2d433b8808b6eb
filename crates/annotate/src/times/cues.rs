//! Which way a bare weekday or month lies, and which matches are no times after all: the words around them tell.

use super::lexicon::Class;
use super::pattern::{Match, Reading};
use crate::pieces::Piece;
use crate::word_map::{WordMap, WordSet};

/// Where a time without a year or week of its own lies from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Future,
    /// Nothing tells; news looks back.
    Open,
}

/// A list of words and phrases ("+" joins the words of one), in the order of the file and for looking up.
#[derive(Debug)]
struct List {
    entries: Vec<&'static str>,
    set: WordSet,
    /// The first words of the entries.
    firsts: WordSet,
}

/// The words of `times_cues.txt`, by what they tell.
#[derive(Debug)]
pub(super) struct Cues(WordMap<List>);

/// How many words are read on either side; keeps the cost of a sentence linear.
const REACH: usize = 30;

impl Cues {
    /// Reads lines `name: words`; the data file is part of the program, so a bad line is a bug.
    pub(super) fn new(file: &'static str) -> Cues {
        let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lists = lines.map(|line| {
            let (name, words) = line.split_once(": ").unwrap_or_else(|| panic!("times: want “name: words”: {line}"));
            let entries: Vec<_> = words.split(' ').collect();
            let firsts = entries.iter().filter_map(|entry| entry.split('+').next()).collect();
            (name, List { set: entries.iter().copied().collect(), firsts, entries })
        });
        Cues(lists.collect())
    }

    /// Whether a list holds a word.
    pub(super) fn says(&self, name: &str, word: &str) -> bool {
        self.0.get(name).is_some_and(|list| list.set.contains(word))
    }

    fn words(&self, name: &str) -> &[&'static str] {
        self.0.get(name).map_or(&[], |list| &list.entries)
    }

    pub(super) fn listed(&self, name: &str, piece: &Piece) -> bool {
        self.says(name, &piece.lower)
    }

    /// What each word of a sentence tells about the direction; most tell nothing.
    pub(super) fn tenses(&self, pieces: &[Piece]) -> Vec<Option<Direction>> {
        (0..pieces.len()).map(|at| self.told(pieces, at)).collect()
    }

    /// The nearest verb tells, the one before the expression first.
    pub(super) fn direction(
        &self,
        pieces: &[Piece],
        tenses: &[Option<Direction>],
        first: usize,
        end: usize,
    ) -> Direction {
        let inside = |&at: &usize| !pieces[at].is_any(&[";", ":", ".", "?", "!"]);
        let before = (first.saturating_sub(REACH)..first).rev();
        let near = before.take_while(inside).find_map(|at| tenses[at]);
        let after = end..pieces.len().min(end + REACH);
        let later = || after.clone().take_while(inside).find_map(|at| tenses[at]);
        let by = first > 0 && self.listed("until", &pieces[first - 1]);
        near.or_else(later).unwrap_or(if by { Direction::Future } else { Direction::Open })
    }

    fn told(&self, pieces: &[Piece], at: usize) -> Option<Direction> {
        let piece = &pieces[at];
        if !piece.is_word() && piece.kind != crate::TokenKind::Possessive {
            return None;
        }
        if self.listed("future", piece) || self.phrase_at("futures", pieces, at) {
            return Some(Direction::Future);
        }
        if piece.lower.len() > 5 && self.words("future_ending").iter().any(|ending| piece.lower.ends_with(ending)) {
            return Some(Direction::Future);
        }
        let ending = self.words("past_ending").iter().any(|ending| piece.lower.ends_with(ending));
        let ends = piece.lower.len() > 4 && ending && !piece.capital && !self.listed("present", piece);
        (ends || self.listed("past", piece)).then_some(Direction::Past)
    }

    /// Whether a phrase of a list stands at `at`.
    fn phrase_at(&self, list: &str, pieces: &[Piece], at: usize) -> bool {
        let Some(list) = self.0.get(list) else { return false };
        list.firsts.contains(&*pieces[at].lower)
            && list.entries.iter().any(|phrase| {
                let mut words = phrase.split('+').zip(&pieces[at..]);
                phrase.split('+').count() <= pieces.len() - at && words.all(|(word, piece)| piece.is(word))
            })
    }

    /// The first piece of an expression with the words that widen it: "more than two years".
    pub(super) fn widened(&self, pieces: &[Piece], first: usize) -> usize {
        let phrases = self.words("modifiers").iter();
        let phrase = phrases.map(|phrase| phrase.split('+')).find_map(|words| {
            let length = words.clone().count();
            let start = first.checked_sub(length)?;
            pieces[start..first].iter().zip(words).all(|(piece, word)| piece.is(word)).then_some(start)
        });
        phrase.unwrap_or_else(|| match first.checked_sub(1) {
            Some(before) if self.listed("modifier", &pieces[before]) && !self.listed("definite", &pieces[first]) => {
                before
            }
            _ => first,
        })
    }

    /// Whether a match is a time where it stands: "May" after "in", "2016" not before "people".
    pub(super) fn plausible(&self, pieces: &[Piece], found: &Match) -> bool {
        let before = found.first.checked_sub(1).map(|at| &pieces[at]);
        let after = pieces.get(found.end);
        let first = &pieces[found.first];
        let alone = found.end == found.first + 1;
        let placed = before.is_some_and(|before| self.listed("preposition", before));
        match found.reading {
            Reading::Month | Reading::Weekday if alone && self.listed("doubtful", first) => {
                placed && !name_follows(first, after)
            }
            Reading::Month
                if after.is_some_and(|after| found.values.get(Class::Shift).is_some() && after.is_number()) =>
            {
                false
            }
            Reading::Month if alone => placed || !name_follows(first, after),
            // "20th Century" with a capital is the name of a studio or a fund.
            Reading::Century => !pieces[found.end - 1].capital,
            Reading::Year if alone => self.year(found, before, after, placed),
            Reading::Duration | Reading::Plural | Reading::Vague => {
                let aged = after.is_some_and(|after| self.listed("aged", after));
                let aged = aged
                    || before.is_some_and(|before| self.listed("aged_before", before)) && alone_unit(found, &["Y"]);
                let ordinal = self.listed("indefinite", first) && alone_unit(found, &["S", "Q"]);
                !aged && !ordinal && !self.compound(pieces, found)
            }
            Reading::Clock if alone => {
                first.is_any(&["noon", "midnight", "midday"])
                    || !first.lower.contains('.') && !after.is_some_and(|after| self.counts(after))
            }
            _ => !self.compound(pieces, found),
        }
    }

    /// "the third-quarter results", "a two-week trip": the article belongs to the noun behind the compound.
    fn compound(&self, pieces: &[Piece], found: &Match) -> bool {
        let pieces = &pieces[found.first..found.end];
        (self.listed("definite", &pieces[0]) || self.listed("indefinite", &pieces[0]))
            && pieces.last().is_some_and(|last| last.glued)
    }

    fn counts(&self, after: &Piece) -> bool {
        self.listed("counter", after)
    }

    fn year(&self, found: &Match, before: Option<&Piece>, after: Option<&Piece>, placed: bool) -> bool {
        let year = found.values.whole(Class::Year).unwrap_or_default();
        let labelled = before.is_some_and(|before| {
            self.listed("label", before) || before.is_any(&["$", "£", "€", "#", "¥"]) || before.is_number() && !placed
        });
        let plural = after.is_some_and(|after| {
            let ending = self.words("plural_ending").iter().any(|ending| after.lower.ends_with(ending));
            after.is_word() && !after.capital && ending && !self.listed("no_plural", after)
        });
        let counting = after.is_some_and(|after| self.counts(after) || after.is_any(&["%", "°"]));
        if labelled || counting {
            return false;
        }
        match year {
            1000..1700 => placed && !plural,
            1700..1900 => placed || !plural,
            1900..2060 => placed || !plural || before.is_some_and(|before| self.listed("definite", before)),
            _ => false,
        }
    }
}

fn alone_unit(found: &Match, units: &[&str]) -> bool {
    found.values.get(Class::Unit).is_some_and(|unit| units.contains(&unit.code))
}

/// "April Rossi": a month before another capitalised word is a first name, unless a preposition stands before.
fn name_follows(first: &Piece, after: Option<&Piece>) -> bool {
    first.capital && after.is_some_and(|after| after.is_word() && after.capital)
}
