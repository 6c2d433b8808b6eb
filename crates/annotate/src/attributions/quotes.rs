//! Where quotation marks open and close, of every style, across sentences and paragraphs.

use std::ops::Range;

use crate::document::Document;

use super::lexicon::{Class, ENGLISH};

/// A quotation in tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// From the opening mark to past the closing mark.
    pub(crate) tokens: Range<usize>,
    /// The block it stands in.
    pub(crate) block: usize,
    /// Whether it is a stretch of speech rather than a word or a title set in quotation marks.
    pub(crate) speech: bool,
    /// Whether the quotation goes on in the next block, which opens with a mark of its own.
    pub(crate) runs_on: bool,
}

/// All quotations of a document in text order; they do not nest.
pub(crate) fn quotes(document: &Document<'_>) -> Vec<Quote> {
    let mut found: Vec<Quote> = Vec::new();
    for (block, tokens) in blocks(document) {
        let first = found.len();
        in_block(document, block, &tokens, &mut found);
        join(document, &mut found, first, tokens.start);
    }
    for quote in &mut found {
        quote.speech = quote.runs_on || is_speech(document, &quote.tokens);
    }
    found
}

/// The tokens of each block with at least one sentence.
pub(crate) fn blocks(document: &Document<'_>) -> Vec<(usize, Range<usize>)> {
    let mut found: Vec<(usize, Range<usize>)> = Vec::new();
    for (sentence, info) in document.sentences.iter().enumerate() {
        let range = document.range(sentence);
        match found.last_mut() {
            Some((block, tokens)) if *block == info.block => tokens.end = range.end,
            _ => found.push((info.block, range)),
        }
    }
    found
}

/// Marks a quotation before this block as running on where it never closed and this block opens with a mark.
fn join(document: &Document<'_>, found: &mut [Quote], first: usize, start: usize) {
    let Some(previous) = first.checked_sub(1) else { return };
    let opens = found.get(first).is_some_and(|quote| quote.tokens.start == start);
    let neighbour = found.get(first).is_some_and(|quote| quote.block == found[previous].block + 1);
    let last = found[previous].tokens.end - 1;
    found[previous].runs_on = opens && neighbour && !document.tokens[last].is_quote();
}

fn in_block(document: &Document<'_>, block: usize, tokens: &Range<usize>, found: &mut Vec<Quote>) {
    let mut open: Option<usize> = None;
    let mut single = tokens.start;
    for at in tokens.clone().filter(|&at| document.tokens[at].is_quote()) {
        if document.tokens[at].is_single_quote() {
            if let Some(close) = single_close(document, at, tokens.end).filter(|_| open.is_none() && at >= single) {
                found.push(quote(at..close + 1, block));
                single = close + 1;
            }
            continue;
        }
        if at < single {
            continue;
        }
        match (open, side(document, at)) {
            (Some(start), Side::Closes | Side::Either) => {
                found.push(quote(start..at + 1, block));
                open = None;
            }
            (Some(start), Side::Opens)
                if at > start + 1 && document.tokens[at].is("“") && ends_speech(document, at - 1) =>
            {
                // The wrong mark closes: `“We knew,“ she said`.
                found.push(quote(start..at + 1, block));
                open = None;
            }
            (None, Side::Opens | Side::Either) => open = Some(at),
            _ => {}
        }
    }
    if let Some(start) = open {
        found.push(quote(start..tokens.end, block));
    }
}

/// Where speech in single marks closes that opens at `at`: a mark behind punctuation, before another opens. Words in
/// single marks without it ("‘historic’ plan") are no speech and read like any others.
fn single_close(document: &Document<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 400;
    let token = |at: usize| &document.tokens[at];
    let opening = |at: usize| token(at).is("‘");
    let closing = |b: usize| token(b).is("’") && token(b).is_single_quote() && ends_speech(document, b - 1);
    (opening(at)).then_some(())?;
    (at + 1..end.min(at + LONGEST)).take_while(|&b| !opening(b)).find(|&b| closing(b))
}

fn quote(tokens: Range<usize>, block: usize) -> Quote {
    Quote { tokens, block, speech: false, runs_on: false }
}

enum Side {
    Opens,
    Closes,
    Either,
}

/// Which way a mark faces: by its shape where it has one, else by the white space around it.
fn side(document: &Document<'_>, at: usize) -> Side {
    let token = &document.tokens[at];
    match &*token.lower {
        "“" | "„" | "«" | "‹" | "‟" | "``" | "‘‘" => Side::Opens,
        "”" | "»" | "›" | "’’" => Side::Closes,
        _ => {
            let text = document.text();
            let before =
                text[..token.span.start].chars().next_back().is_none_or(|c| c.is_whitespace() || "([—–-".contains(c));
            let after =
                text[token.span.end..].chars().next().is_none_or(|c| c.is_whitespace() || ".,;:!?)]—–".contains(c));
            match (before, after) {
                (true, false) => Side::Opens,
                (false, true) => Side::Closes,
                _ => Side::Either,
            }
        }
    }
}

fn ends_speech(document: &Document<'_>, at: usize) -> bool {
    document.tokens[at].is_any(&[",", ".", "!", "?", "…"])
}

/// Speech ends in punctuation of its own or is long; a title is all capitals at the start of words.
fn is_speech(document: &Document<'_>, tokens: &Range<usize>) -> bool {
    let inner = tokens.start + 1..tokens.end.max(tokens.start + 2) - 1;
    let words = inner.clone().filter(|&at| document.tokens[at].is_word());
    let (mut count, mut lower) = (0, 0);
    for at in words {
        count += 1;
        let token = &document.tokens[at];
        let titled = ENGLISH.word(&token.lower).class.any(Class::Article | Class::Preposition | Class::Conjunction);
        lower += usize::from(!token.capital && (token.lower.len() > 3 || !titled));
    }
    if count == 0 {
        return false;
    }
    let closed = document.tokens[tokens.end - 1].is_quote();
    let mark = |at: &usize| document.tokens[*at].is_any(&["'", "’", "''", "’’"]);
    let last = inner.clone().rev().find(|at| !mark(at)).unwrap_or(inner.start);
    let stop = inner.end > inner.start && ends_speech(document, last)
        || tokens.end < document.tokens.len() && closed && document.tokens[tokens.end].is(",");
    (stop && (lower > 0 || count <= 2 || !document.tokens[inner.end - 1].is(","))) || (count >= 8 && lower >= 3)
}
