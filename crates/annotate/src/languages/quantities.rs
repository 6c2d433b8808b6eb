//! Numbers with a unit or with the noun they count, in a language that is known by its lists.

use twosource_model::{Bound, Quantity, Span, Time};

use super::numbers::Numbers;
use crate::document::Document;
use crate::numerals::Numeral;
use crate::pieces::{Piece, pieces};

/// Finds the quantities of an article; numbers inside a time are none.
pub(crate) fn quantities(document: &Document<'_>, numbers: &Numbers, times: &[Time]) -> Vec<Quantity> {
    let mut found = Vec::new();
    for sentence in 0..document.sentences.len() {
        let pieces = pieces(document.text(), document.tokens_of(sentence));
        let mut at = 0;
        while at < pieces.len() {
            let numeral = numbers.numeral(&pieces[at..]).filter(|_| is_free(&pieces, at, numbers, times));
            match numeral {
                Some(numeral) => {
                    let (quantity, end) = quantity(&pieces, at, &numeral, numbers);
                    found.extend(quantity);
                    at = end.max(at + 1);
                }
                None => at += 1,
            }
        }
    }
    found
}

/// Whether the number at `at` is one: no part of a time or a word, and not the number of a page or a paragraph.
fn is_free(pieces: &[Piece], at: usize, numbers: &Numbers, times: &[Time]) -> bool {
    let piece = &pieces[at];
    let first = times.partition_point(|time| time.span.end <= piece.span.start);
    let timed = times.get(first).is_some_and(|time| time.span.start < piece.span.end);
    let glued = piece.glued || pieces.get(at + 1).is_some_and(|next| next.glued);
    let labelled = at > 0 && numbers.lists.has("label", &pieces[at - 1].lower);
    // "der 3. Tag": an ordinal.
    let ordinal = numbers.lists.has("written", "ordinal_stop")
        && pieces.get(at + 1).is_some_and(|next| next.is(".") && piece.touches(next))
        && at + 2 < pieces.len();
    !timed && !glued && !labelled && !ordinal
}

/// The quantity of a number, where it has a unit or counts something, and the piece after it.
fn quantity(pieces: &[Piece], at: usize, numeral: &Numeral, numbers: &Numbers) -> (Option<Quantity>, usize) {
    let mut end = at + numeral.length;
    let mut unit = unit_at(pieces, end, numbers);
    if let Some((_, length)) = unit {
        end += length;
    }
    let mut start = at;
    if unit.is_none()
        && let Some(before) = at.checked_sub(1).filter(|&before| matches!(&*pieces[before].lower, "$" | "€" | "£"))
    {
        unit = unit_at(pieces, before, numbers);
        start = before;
    }
    let counted = if unit.is_some() { None } else { counted(pieces, end, numbers) };
    if unit.is_none() && counted.is_none() {
        return (None, end);
    }
    let (bound, start) = bound(pieces, start, numbers);
    let span = Span::new(pieces[start].span.start, counted.unwrap_or(pieces[end - 1].span).end);
    let unit = unit.map(|(unit, _)| unit.to_owned());
    (
        Some(Quantity {
            span,
            value: numeral.value,
            upper: None,
            bound,
            unit,
            counted,
            vague: false,
            joint: None,
            one_of: false,
        }),
        end,
    )
}

fn unit_at(pieces: &[Piece], at: usize, numbers: &Numbers) -> Option<(&'static str, usize)> {
    let stands = |words: &[&str]| {
        pieces.len() >= at + words.len() && words.iter().zip(&pieces[at..]).all(|(word, piece)| piece.is(word))
    };
    numbers.units.iter().find(|(words, _)| stands(words)).map(|(words, unit)| (*unit, words.len()))
}

/// The noun behind a number: with a capital where the language writes nouns so, perhaps behind an adjective.
fn counted(pieces: &[Piece], at: usize, numbers: &Numbers) -> Option<Span> {
    let is_noun = |at: usize| {
        let piece = pieces.get(at).filter(|piece| piece.is_word() && piece.lower.chars().count() > 2);
        let capitals = numbers.lists.has("written", "nouns");
        piece.is_some_and(|piece| piece.capital == capitals && !numbers.lists.has("uncounted", &piece.lower))
    };
    if is_noun(at) {
        return Some(pieces[at].span);
    }
    let adjective =
        numbers.lists.has("written", "nouns") && pieces.get(at).is_some_and(|piece| piece.lower.ends_with("e"));
    (adjective && is_noun(at + 1)).then(|| pieces[at].span.cover(pieces[at + 1].span))
}

/// The bound that the words before a number put on it, and the first of them.
fn bound(pieces: &[Piece], at: usize, numbers: &Numbers) -> (Bound, usize) {
    let lists = [
        ("about", Bound::About),
        ("at_least", Bound::AtLeast),
        ("more_than", Bound::MoreThan),
        ("at_most", Bound::AtMost),
        ("less_than", Bound::LessThan),
    ];
    for length in [2, 1] {
        let Some(first) = at.checked_sub(length) else { continue };
        let phrase = pieces[first..at].iter().map(|piece| &*piece.lower).collect::<Vec<_>>().join("_");
        if let Some((_, bound)) = lists.iter().find(|(list, _)| numbers.lists.has(list, &phrase)) {
            return (*bound, first);
        }
    }
    (Bound::Exact, at)
}
