//! Numbers with bound, unit and what they count.
//!
//! A number is read by `numerals`; here it is told from names, ids and dates, joined to a range, and given the unit
//! (`units`), the bound and the noun phrase (`context`) that belong to it. English is in `data/en/quantities_*.txt`.
//! A length of time is a time and a quantity ("ten years" in prison is a number reports differ in); a date is none.

mod context;
mod units;

use twosource_model::{Bound, Quantity, Span, Time, TimeKind};

use crate::document::Document;
use crate::numerals::{Numeral, numeral};
use crate::pieces::{Piece, pieces};
use units::{Kind, Unit};

/// Finds the quantities of an article; words that belong to a date, a time of day or a set of times are none.
pub(crate) fn quantities(document: &Document<'_>, times: &[Time]) -> Vec<Quantity> {
    let dated: Vec<_> = times.iter().filter(|time| time.kind != TimeKind::Duration).map(|time| time.span).collect();
    let mut found = Vec::new();
    for sentence in 0..document.sentences.len() {
        let pieces = pieces(document.text(), document.tokens_of(sentence));
        of_sentence(&pieces, &dated, &mut found);
    }
    found
}

fn of_sentence(pieces: &[Piece], dated: &[Span], found: &mut Vec<Quantity>) {
    let mut at = 0;
    while at < pieces.len() {
        let length = match Amount::read(pieces, at) {
            Some(amount) if !within(dated, pieces[at].span) => amount.into_quantities(pieces, found),
            Some(amount) => amount.end - at,
            None => 1,
        };
        at += length;
    }
}

/// Whether a span lies in one of `dated`, which are in text order.
fn within(dated: &[Span], span: Span) -> bool {
    let after = dated.partition_point(|time| time.start <= span.start);
    after > 0 && dated[after - 1].contains(span)
}

/// A number, or two of a range or a score, with the unit.
struct Amount {
    /// The piece the first number starts at, and the one its sign or currency starts at.
    at: usize,
    start: usize,
    end: usize,
    first: Numeral,
    second: Option<Numeral>,
    /// Where the second number starts.
    middle: usize,
    unit: Option<Unit>,
    negative: bool,
}

impl Amount {
    fn read(pieces: &[Piece], at: usize) -> Option<Amount> {
        let first = numeral(&pieces[at..])?;
        let mut end = at + first.length;
        let before = units::before(pieces, at);
        let negative = is_negative(pieces, before.map_or(at, |(_, start)| start));
        let start = before.map_or(at, |(_, start)| start) - usize::from(negative);
        let money = before.is_some();
        if !money && context::in_name(pieces, at, first.length)
            || context::is_pronoun(pieces, at, end)
            || first.fraction && bare(pieces, at, end)
        {
            return None;
        }
        let range = second(pieces, at, end);
        let (middle, second) = match range {
            Some((middle, second)) => (middle, Some(second)),
            None => (end, None),
        };
        if let Some(second) = &second {
            end = middle + second.length;
        }
        if joined(pieces, at, end) {
            return None;
        }
        let letters = second.as_ref().unwrap_or(&first).letters.clone();
        let (unit, length) = match &letters {
            Some(letters) => (Some(units::attached(letters)?), 0),
            None => units::after(pieces, end).map_or((None, 0), |(unit, length)| (Some(unit), length)),
        };
        let titled = unit.is_some_and(|unit| unit.kind == Kind::Time)
            && length > 0
            && pieces[end].capital
            && !pieces[at].capital;
        if titled {
            return None;
        }
        let (unit, length) = match before {
            Some((money, _)) if unit.is_none_or(|unit| unit.kind != Kind::Money) => (Some(money), 0),
            _ => (unit, length),
        };
        Some(Amount { at, start, end: end + length, first, second, middle, unit, negative })
    }

    /// Adds what the amount comes to; returns how many pieces are done with.
    fn into_quantities(mut self, pieces: &[Piece], found: &mut Vec<Quantity>) -> usize {
        self.share_magnitude();
        let done = self.end - self.at;
        let sign = if self.negative { -1.0 } else { 1.0 };
        let value = sign * self.first.value;
        match self.second.take() {
            Some(second) if second.value > self.first.value => {
                found.push(self.quantity(pieces, value, Some(second.value), self.start, self.end));
            }
            // "52-48": two counts side by side, a vote or a score.
            Some(second) => {
                found.push(self.quantity(pieces, value, None, self.start, self.at + self.first.length));
                found.push(self.quantity(pieces, second.value, None, self.middle, self.end));
            }
            None => found.push(self.quantity(pieces, value, None, self.start, self.end)),
        }
        done
    }

    /// "five to seven million": the magnitude of the upper end is that of the lower as well.
    fn share_magnitude(&mut self) {
        let Some(second) = &self.second else { return };
        let factor =
            [1e12, 1e9, 1e6, 1e3].into_iter().find(|&factor| second.value >= factor && second.value / factor < 1e3);
        if let Some(factor) = factor
            && second.length > 1
            && self.first.length == 1
            && self.first.value < 1000.0
            && self.first.value * factor < second.value
        {
            self.first.value *= factor;
        }
    }

    fn quantity(&self, pieces: &[Piece], value: f64, upper: Option<f64>, start: usize, end: usize) -> Quantity {
        let before = context::bound_before(pieces, start);
        let after = context::bound_after(pieces, end);
        let (bound, first, last) = match (before, after) {
            (Some((bound, first)), _) => (bound, first, end),
            (None, Some((bound, length))) => (bound, start, end + length),
            (None, None) if self.first.vague => (Bound::AtLeast, start, end),
            (None, None) => (Bound::Exact, start, end),
        };
        Quantity {
            span: pieces[first].span.cover(pieces[last - 1].span),
            value,
            upper,
            bound,
            unit: self.unit.map(Unit::name),
            counted: self.counted(pieces, last),
            vague: self.first.vague,
        }
    }

    /// The noun phrase behind a bare number, or behind "of" after a share or a measure.
    fn counted(&self, pieces: &[Piece], end: usize) -> Option<Span> {
        let of = pieces.get(end).is_some_and(|piece| piece.is("of"));
        let article = pieces
            .get(end + 1)
            .is_some_and(|piece| piece.is_any(&["the", "a", "an", "all", "its", "their", "his", "her", "our"]));
        match (of, self.unit) {
            (true, _) => context::counted(pieces, end + 1 + usize::from(article)),
            (false, None) if !self.first.fraction => context::counted(pieces, end),
            _ => None,
        }
    }
}

/// "half" and "a third" without "of" or a unit are too often no numbers ("the second half", "a third man").
fn bare(pieces: &[Piece], at: usize, end: usize) -> bool {
    let next = pieces.get(end);
    !pieces[at].is_number() && !next.is_some_and(|next| next.is_any(&["of", "the"]))
}

/// A minus sign, or the word, before the number or its currency.
fn is_negative(pieces: &[Piece], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let piece = &pieces[before];
    let apart = before == 0 || !pieces[before - 1].touches(piece);
    piece.is("minus") || piece.is_any(&["-", "−"]) && piece.touches(&pieces[at]) && apart
}

/// More numbers joined by hyphens than a range has: a telephone number, an id, a date.
fn joined(pieces: &[Piece], at: usize, end: usize) -> bool {
    let next = pieces.get(end).is_some_and(|next| next.glued && next.is_number());
    next || pieces[at + 1..end].iter().filter(|piece| piece.glued && piece.is_number()).count() > 1
}

/// The second number of a range or a score, and the piece it starts at.
fn second(pieces: &[Piece], at: usize, end: usize) -> Option<(usize, Numeral)> {
    let next = pieces.get(end)?;
    let dash = next.is_any(&["–", "—", "-", "‑"]);
    let between = at > 0 && pieces[..at].iter().rev().take(3).any(|piece| piece.is("between"));
    let from = pieces[..at].iter().rev().take(3).any(|piece| piece.is("from"));
    let ranging = pieces[..at].iter().rev().take(5).any(|piece| context::listed("ranging", piece));
    let link = match &*next.lower {
        _ if next.glued && next.is_number() => 0,
        _ if dash => 1,
        "to" if !from || ranging => 1,
        "or" => 1,
        "and" if between => 1,
        _ => return None,
    };
    let money = pieces.get(end + link).is_some_and(|sign| sign.is_any(&["$", "£", "€", "¥"]));
    let start = end + link + usize::from(money);
    let found = numeral(pieces.get(start..)?)?;
    let stands = !context::in_name(pieces, start, found.length) || link == 0;
    (stands && !found.fraction && !is_ordinal_pair(pieces, at, start)).then_some((start, found))
}

/// "one or the other", "one to one": words that pair without counting.
fn is_ordinal_pair(pieces: &[Piece], at: usize, start: usize) -> bool {
    pieces[at].is("one") && pieces[start].is("one")
}
