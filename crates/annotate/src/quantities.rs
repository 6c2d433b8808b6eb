//! Numbers with bound, unit and what they count.
//!
//! A number is read by `numerals`; here it is told from names, ids and dates, joined to a range, and given the unit
//! (`units`), the bound and the noun phrase (`context`) that belong to it. English is in `data/en/quantities_*.txt`.
//! A length of time is a time and a quantity ("ten years" in prison is a number reports differ in); a date is none.

mod context;
mod joints;
mod units;

use twosource_model::{Bound, Joint, Quantity, Span, Time, TimeKind};

use crate::document::Document;
use crate::numerals::{Numeral, numeral};
use crate::pieces::{Piece, pieces};
use units::{Kind, Unit};

/// Finds the quantities of an article; words that belong to a date or a time of day are none.
pub(crate) fn quantities(document: &Document<'_>, times: &[Time]) -> Vec<Quantity> {
    let dated = times.iter().filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time));
    let dated: Vec<_> = dated.map(|time| time.span).collect();
    let mut found = Vec::new();
    for sentence in 0..document.sentences.len() {
        let pieces = pieces(document.text(), document.tokens_of(sentence));
        let first = found.len();
        of_sentence(&pieces, &dated, &mut found);
        joints::compound(&pieces, &mut found, first);
        joints::join(&pieces, &mut found[first..]);
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
        if let Some(share) = Amount::share(pieces, at, &first) {
            return Some(share);
        }
        let end = at + first.length;
        let inner = usize::from(at > 1 && pieces[at - 1].is_any(&["-", "−"]) && pieces[at - 1].touches(&pieces[at]));
        let money = units::before(pieces, at - inner).or_else(|| units::before(pieces, at));
        let sign = is_negative(pieces, money.map_or(at, |(_, start)| start)) || inner > 0 && money.is_some();
        let measured = first.letters.as_deref().is_some_and(|letters| units::attached(letters, pieces, end).is_some());
        let no_number = money.is_none() && context::in_name(pieces, at, first.length, measured)
            || context::is_pronoun(pieces, at, end)
            || first.fraction && is_bare(pieces, at, end);
        if no_number {
            return None;
        }
        let outer = sign && !pieces[at].glued && (inner == 0 || money.is_none());
        let start = money.map_or(at, |(_, start)| start) - usize::from(outer);
        let mut amount = Amount {
            at,
            start,
            end,
            middle: end,
            first,
            second: None,
            unit: money.map(|(unit, _)| unit),
            negative: sign,
        };
        amount.extend(pieces);
        let address = amount.second.is_some() && context::is_address(pieces, at, amount.end);
        (!address && !joined(pieces, at, amount.end) && amount.take_unit(pieces)).then_some(amount)
    }

    /// "one in five", "two out of three".
    fn share(pieces: &[Piece], at: usize, first: &Numeral) -> Option<Amount> {
        let link = at + first.length;
        let word = |more: usize, word| pieces.get(link + more).is_some_and(|piece: &Piece| piece.is(word));
        let middle = match () {
            () if word(0, "out") && word(1, "of") => link + 2,
            () if word(0, "in") && first.value == 1.0 => link + 1,
            () => return None,
        };
        let all = numeral(pieces.get(middle..)?)?;
        let end = middle + all.length;
        let sound = first.value < all.value && all.value <= 1000.0 && all.letters.is_none() && !all.fraction;
        if !sound || units::after(pieces, end).is_some() {
            return None;
        }
        let first = Numeral { value: first.value / all.value, fraction: false, ..first.clone() };
        Some(Amount { at, start: at, end, middle: end, first, second: None, unit: None, negative: false })
    }

    /// Takes in the second number of a range or a score.
    fn extend(&mut self, pieces: &[Piece]) {
        if let Some((middle, second)) = second(pieces, self.at, self.end, self.unit.is_some()) {
            self.middle = middle;
            self.end = middle + second.length;
            self.second = Some(second);
        }
    }

    /// Takes in the unit; false where the words show that this is no amount.
    fn take_unit(&mut self, pieces: &[Piece]) -> bool {
        let last = self.second.as_ref().unwrap_or(&self.first);
        let million = last.letters.as_deref() == Some("m") && self.is_million(pieces);
        if million {
            let last = self.second.as_mut().unwrap_or(&mut self.first);
            last.value *= 1e6;
            last.letters = None;
        }
        let found = match self.second.as_ref().unwrap_or(&self.first).letters.as_deref() {
            Some(letters) => match units::attached(letters, pieces, self.end) {
                Some(found) => Some(found),
                None => return false,
            },
            None => units::after(pieces, self.end),
        };
        if found.is_none() && self.unit.is_none() && context::is_age(pieces, self.at, self.end) {
            self.unit = units::named("years+old");
        }
        let Some((unit, length)) = found else { return true };
        let titled = unit.kind == Kind::Time && length > 0 && pieces[self.end].capital && !pieces[self.at].capital;
        if self.unit.is_none() || unit.kind == Kind::Money {
            self.unit = self.unit.or(Some(unit));
            self.end += length;
        }
        !titled
    }

    /// "£37m", "4.3M", "1.3m people": millions; "37m long": metres.
    fn is_million(&self, pieces: &[Piece]) -> bool {
        self.unit.is_some() || pieces[self.end - 1].capital || context::counts_plural(pieces, self.end)
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
            // "52-48": two counts side by side, a vote or a score; "52 to 48" may be a change as well.
            Some(second) => {
                let first = self.quantity(pieces, value, None, self.start, self.at + self.first.length);
                let word = pieces[self.at + self.first.length..self.middle].iter().any(Piece::is_word);
                let joint = if word { Joint::FromTo } else { Joint::Score };
                found.push(Quantity { joint: Some(joint), ..first });
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
            one_of: context::is_one_of(pieces, self.at),
            joint: None,
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
fn is_bare(pieces: &[Piece], at: usize, end: usize) -> bool {
    let next = pieces.get(end);
    !pieces[at].is_number() && !next.is_some_and(|next| next.is_any(&["of", "the"]))
}

/// A minus sign, or the word, before the number or its currency.
fn is_negative(pieces: &[Piece], at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let piece = &pieces[before];
    let apart = before == 0 || !pieces[before - 1].touches(piece) && !pieces[before - 1].capital;
    piece.is("minus") || piece.is_any(&["-", "−"]) && piece.touches(&pieces[at]) && apart
}

/// More numbers joined by hyphens than a range has: a telephone number, an id, a date.
fn joined(pieces: &[Piece], at: usize, end: usize) -> bool {
    let next = pieces.get(end).is_some_and(|next| next.glued && next.is_number());
    next || pieces[at + 1..end].iter().filter(|piece| piece.glued && piece.is_number()).count() > 1
}

/// The second number of a range or a score, and the piece it starts at: "15-22", "five to seven", "between 5% and 6%".
fn second(pieces: &[Piece], at: usize, end: usize, money: bool) -> Option<(usize, Numeral)> {
    let before = |reach, words: &[&str]| pieces[..at].iter().rev().take(reach).any(|piece| piece.is_any(words));
    let ranging = pieces[..at].iter().rev().take(5).any(context::is_ranging);
    let noun = at > 0 && pieces[at - 1].is_any(&["a", "an", "of", "for", "at", "with"]);
    let noun = noun || before(1, &["from"]);
    let own = units::after(pieces, end);
    let own = own.filter(|(_, length)| ranging || noun || span_of_values(pieces, at, end + length, false));
    let unit = own.map_or(0, |(_, length)| length);
    let next = pieces.get(end + unit)?;
    let link = match &*next.lower {
        _ if next.glued && next.is_number() => 0,
        "–" | "—" | "-" => 1,
        "to" if ranging || !before(3, &["from"]) || span_of_values(pieces, at, end + unit, money) => 1,
        "or" => 1,
        "and" if before(4, &["between"]) => 1,
        _ => return None,
    };
    let start = end + unit + link;
    let sign = pieces.get(start).is_some_and(|sign| money && !sign.is_word() && !sign.is_number());
    let start = start + usize::from(sign);
    let found = numeral(pieces.get(start..)?)?;
    let stands = link == 0 || sign || !context::in_name(pieces, start, found.length, true);
    // "grew by 40 to 419" is a change and a result; "by 1 to 1.5" a range.
    let change = before(3, &["by"]) && numeral(&pieces[at..]).is_some_and(|first| found.value > 4.0 * first.value);
    // "110 yen to 1 dollar" is a rate.
    let rate = own.zip(units::after(pieces, start + found.length)).is_some_and(|(own, other)| own.0 != other.0);
    (stands && !found.fraction && !change && !rate && !is_pair(pieces, at, start)).then_some((start, found))
}

/// "homes from $750,000 to $1 million": without a word of change before, "from" and "to" span amounts of one unit.
fn span_of_values(pieces: &[Piece], at: usize, link: usize, money: bool) -> bool {
    let changes = pieces[..at].iter().rev().take(12).any(context::is_changing);
    let start = link + 1;
    let signed = pieces.get(start).is_some_and(|sign| !sign.is_word() && !sign.is_number());
    let second = pieces.get(start + usize::from(signed)..).and_then(numeral);
    let measured = second.is_some_and(|second| units::after(pieces, start + second.length).is_some());
    !changes && (money && signed || measured)
}

/// "one or the other", "one to one": words that pair without counting.
fn is_pair(pieces: &[Piece], at: usize, start: usize) -> bool {
    pieces[at].is("one") && pieces[start].is("one")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use twosource_model::{Article, Block, BlockKind};

    use super::*;

    fn found(text: &str) -> Vec<Quantity> {
        let span = Span::new(0, text.len()).trim(text);
        let blocks = if span.is_empty() { Vec::new() } else { vec![Block { kind: BlockKind::Paragraph, span }] };
        let article = Article { text: text.to_owned(), blocks, ..Article::default() };
        let document = Document::new(&article);
        quantities(&document, &crate::times::times(&document, Some("2031-05-14")))
    }

    /// A quantity as the case file writes it.
    fn written(text: &str, quantity: &Quantity) -> String {
        let round = |value: f64| (value * 1e4).round() / 1e4;
        let mut out = format!("[{} =", quantity.span.of(text));
        if quantity.bound != Bound::Exact {
            out += &format!(" {}", quantity.bound);
        }
        out += &format!(" {}", round(quantity.value));
        if let Some(upper) = quantity.upper {
            out += &format!("..{}", round(upper));
        }
        if let Some(unit) = &quantity.unit {
            out += &format!(" {unit}");
        }
        if quantity.one_of {
            out += " one_of";
        }
        if let Some(joint) = quantity.joint {
            out += &format!(" {joint} …");
        }
        if quantity.vague {
            out += " ~";
        }
        if let Some(counted) = quantity.counted {
            out += &format!(" | {}", counted.of(text));
        }
        out + "]"
    }

    fn marked(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for quantity in found(text) {
            out += &text[at..quantity.span.start];
            out += &written(text, &quantity);
            at = quantity.span.end;
        }
        out + &text[at..]
    }

    /// The text of a case: the counted noun follows its number in the text by itself, so a case repeats it in the mark.
    fn plain(case: &str) -> String {
        let mut out = String::new();
        for part in case.split('[') {
            let (words, rest) = part.split_once(']').map_or((part, ""), |(marked, rest)| {
                (marked.split_once(" = ").unwrap_or_else(|| panic!("want [words = …]: {case}")).0, rest)
            });
            out += words;
            out += rest;
        }
        out
    }

    #[test]
    fn cases() {
        let mut wrong = Vec::new();
        let lines = include_str!("../cases/en/quantities.txt").lines();
        for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let marked = marked(&plain(line));
            if marked != line {
                wrong.push(format!("wanted {line}\n   got {marked}"));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    proptest! {
        #[test]
        fn any_text_gives_sound_quantities(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "two", "million", "$", "5", "-", "40kg", "one", "in", "five", "to", "half", "a", "dozens", "of", "%",
                    "minus", "é", "3/4", ",", ".", "hundred", "and", "99999999999999999999", "people", "more", "than", "½",
                    "+", "m", "1m", "years", "between", "#",
                ]),
                0..30,
            ),
            glue in prop::sample::select(vec![" ", "-", "", "/"]),
        ) {
            let text = words.join(glue);
            for quantity in found(&text) {
                let spans = [Some(quantity.span), quantity.counted];
                for span in spans.into_iter().flatten() {
                    prop_assert!(!span.is_empty() && span.end <= text.len());
                    prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                }
                prop_assert!(quantity.value.is_finite() && quantity.upper.is_none_or(|upper| upper > quantity.value));
            }
        }
    }
}
