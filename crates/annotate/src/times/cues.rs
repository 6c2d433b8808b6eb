//! Which way a bare weekday or month lies, and which matches are no times after all: the words around them tell.

use std::sync::LazyLock;

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
struct List {
    entries: Vec<&'static str>,
    set: WordSet,
    /// The first words of the entries.
    firsts: WordSet,
}

static LISTS: LazyLock<WordMap<List>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/times_cues.txt").lines();
    let lists = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let (name, words) = line.split_once(": ").unwrap_or_else(|| panic!("times: want “name: words”: {line}"));
        let entries: Vec<_> = words.split(' ').collect();
        let firsts = entries.iter().filter_map(|entry| entry.split('+').next()).collect();
        (name, List { set: entries.iter().copied().collect(), firsts, entries })
    });
    lists.collect()
});

fn listed(name: &str, piece: &Piece) -> bool {
    LISTS.get(name).is_some_and(|list| list.set.contains(&*piece.lower))
}

fn entries(name: &str) -> impl Iterator<Item = &'static str> {
    LISTS.get(name).into_iter().flat_map(|list| &list.entries).copied()
}

/// How many words are read on either side; keeps the cost of a sentence linear.
const REACH: usize = 30;

/// What each word of a sentence tells about the direction; most tell nothing.
pub(super) fn tenses(pieces: &[Piece]) -> Vec<Option<Direction>> {
    (0..pieces.len()).map(|at| told(pieces, at)).collect()
}

/// The nearest verb tells, the one before the expression first.
pub(super) fn direction(pieces: &[Piece], tenses: &[Option<Direction>], first: usize, end: usize) -> Direction {
    let inside = |&at: &usize| !pieces[at].is_any(&[";", ":", ".", "?", "!"]);
    let before = (first.saturating_sub(REACH)..first).rev();
    let near = before.take_while(inside).find_map(|at| tenses[at]);
    let after = end..pieces.len().min(end + REACH);
    let later = || after.clone().take_while(inside).find_map(|at| tenses[at]);
    let by = first > 0 && pieces[first - 1].is_any(&["by", "until", "till"]);
    near.or_else(later).unwrap_or(if by { Direction::Future } else { Direction::Open })
}

fn told(pieces: &[Piece], at: usize) -> Option<Direction> {
    let piece = &pieces[at];
    if !piece.is_word() && piece.kind != crate::TokenKind::Possessive {
        return None;
    }
    if listed("future", piece) || phrase_at("futures", pieces, at) {
        return Some(Direction::Future);
    }
    let ends = piece.lower.len() > 4 && piece.lower.ends_with("ed") && !piece.capital && !listed("present", piece);
    (ends || listed("past", piece)).then_some(Direction::Past)
}

/// Whether a phrase of a list stands at `at`.
fn phrase_at(list: &str, pieces: &[Piece], at: usize) -> bool {
    let starts = LISTS.get(list).is_some_and(|list| list.firsts.contains(&*pieces[at].lower));
    starts
        && entries(list).any(|phrase| {
            let mut words = phrase.split('+').zip(&pieces[at..]);
            phrase.split('+').count() <= pieces.len() - at && words.all(|(word, piece)| piece.is(word))
        })
}

/// The first piece of an expression with the words that widen it: "more than two years".
pub(super) fn widened(pieces: &[Piece], first: usize) -> usize {
    let phrases = entries("modifiers");
    let phrase = phrases.map(|phrase| phrase.split('+')).find_map(|words| {
        let length = words.clone().count();
        let start = first.checked_sub(length)?;
        pieces[start..first].iter().zip(words).all(|(piece, word)| piece.is(word)).then_some(start)
    });
    phrase.unwrap_or_else(|| match first.checked_sub(1) {
        Some(before) if listed("modifier", &pieces[before]) && !pieces[first].is("the") => before,
        _ => first,
    })
}

/// Whether a match is a time where it stands: "May" after "in", "2016" not before "people".
pub(super) fn plausible(pieces: &[Piece], found: &Match) -> bool {
    let before = found.first.checked_sub(1).map(|at| &pieces[at]);
    let after = pieces.get(found.end);
    let first = &pieces[found.first];
    let alone = found.end == found.first + 1;
    let placed = before.is_some_and(|before| listed("preposition", before));
    match found.reading {
        Reading::Month | Reading::Weekday if alone && listed("doubtful", first) => {
            placed && !name_follows(first, after)
        }
        Reading::Month if after.is_some_and(|after| found.values.get(Class::Shift).is_some() && after.is_number()) => {
            false
        }
        Reading::Month if alone => placed || !name_follows(first, after),
        // "20th Century" with a capital is the name of a studio or a fund.
        Reading::Century => !pieces[found.end - 1].capital,
        Reading::Year if alone => year(found, before, after, placed),
        Reading::Duration | Reading::Plural | Reading::Vague => {
            let aged = after.is_some_and(|after| after.is_any(&["old", "older", "younger"]));
            let ordinal = first.is_any(&["a", "an"]) && alone_unit(found, &["S", "Q"]);
            !aged && !ordinal && !compound(pieces, found)
        }
        Reading::Clock if alone => {
            first.is_any(&["noon", "midnight", "midday"]) || !first.lower.contains('.') && !after.is_some_and(counts)
        }
        _ => !compound(pieces, found),
    }
}

/// "the third-quarter results", "a two-week trip": the article belongs to the noun behind the compound.
fn compound(pieces: &[Piece], found: &Match) -> bool {
    let pieces = &pieces[found.first..found.end];
    pieces[0].is_any(&["the", "a", "an"]) && pieces.last().is_some_and(|last| last.glued)
}

fn alone_unit(found: &Match, units: &[&str]) -> bool {
    found.values.get(Class::Unit).is_some_and(|unit| units.contains(&unit.code))
}

/// "April Rossi": a month before another capitalised word is a first name, unless a preposition stands before.
fn name_follows(first: &Piece, after: Option<&Piece>) -> bool {
    first.capital && after.is_some_and(|after| after.is_word() && after.capital)
}

fn counts(after: &Piece) -> bool {
    listed("counter", after)
}

fn year(found: &Match, before: Option<&Piece>, after: Option<&Piece>, placed: bool) -> bool {
    let year = found.values.whole(Class::Year).unwrap_or_default();
    let labelled = before.is_some_and(|before| {
        listed("label", before) || before.is_any(&["$", "£", "€", "#", "¥"]) || before.is_number() && !placed
    });
    let plural = after.is_some_and(|after| {
        after.is_word() && !after.capital && after.lower.ends_with('s') && !after.is_any(&["was", "is", "has", "as"])
    });
    let counting = after.is_some_and(|after| counts(after) || after.is_any(&["%", "°"]));
    if labelled || counting {
        return false;
    }
    match year {
        1000..1700 => placed && !plural,
        1700..1900 => placed || !plural,
        1900..2060 => placed || !plural || before.is_some_and(|before| before.is("the")),
        _ => false,
    }
}
