//! Quotations by the pairs of marks that a language uses: „…“, »…«, « … », “…”.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::attributions::blocks;
use crate::document::Document;

/// The quotations of a document in tokens, marks included, in text order; one inside another is part of it.
pub(super) fn quotes(document: &Document<'_>, pairs: &[(char, char)]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let blocks = blocks(document);
    for (index, (_, tokens)) in blocks.iter().enumerate() {
        let next = blocks.get(index + 1).map(|(_, tokens)| tokens.start);
        let runs_on = next.is_some_and(|next| opening(document, next, pairs).is_some());
        in_block(document, tokens.clone(), pairs, runs_on, &mut found);
    }
    found
}

fn in_block(
    document: &Document<'_>,
    tokens: Range<usize>,
    pairs: &[(char, char)],
    runs_on: bool,
    found: &mut Vec<Range<usize>>,
) {
    let mut at = tokens.start;
    // A mark that nothing closes is not looked for twice: a block of such marks alone takes no longer than any other.
    let mut unclosed = BTreeSet::new();
    while at < tokens.end {
        let Some(mark) = opening(document, at, pairs).filter(|mark| !unclosed.contains(mark)) else {
            at += 1;
            continue;
        };
        let closes = |other: &usize| {
            let close = self::mark(document, *other);
            pairs.iter().any(|(open, end)| *open == mark && close == Some(*end)) && *other > at + 1
        };
        match (at + 1..tokens.end).find(closes) {
            Some(end) => {
                found.push(at..end + 1);
                at = end + 1;
            }
            None if runs_on && mark != '"' => {
                found.push(at..tokens.end);
                at = tokens.end;
            }
            None => {
                unclosed.insert(mark);
                at += 1;
            }
        }
    }
}

fn mark(document: &Document<'_>, at: usize) -> Option<char> {
    let token = document.tokens.get(at).filter(|token| token.is_quote())?;
    token.lower.chars().next()
}

/// The mark that opens a quotation at `at`: one that opens in this language, behind a space or another sign.
fn opening(document: &Document<'_>, at: usize, pairs: &[(char, char)]) -> Option<char> {
    let mark = mark(document, at)?;
    let before = document.text()[..document.tokens[at].span.start].chars().next_back();
    let free = before.is_none_or(|c| !c.is_alphanumeric() && !".,!?…".contains(c));
    (free && pairs.iter().any(|(open, _)| *open == mark)).then_some(mark)
}
