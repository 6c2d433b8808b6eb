//! A report's text with its shared claims highlighted.
//!
//! Statements overlap and cross one another, which elements of a page cannot. So the text is cut at every boundary of
//! every statement, and each piece is marked with all claims it belongs to.

use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use twosource_model::{Block, BlockKind, Span};

use super::story::Story;
use crate::words::shown;

/// What a stretch of text takes part in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A statement of a shared claim: both indices.
    Shared(usize, usize),
    /// A statement of a claim that only this report makes.
    Alone(usize, usize),
    /// A side of a difference.
    Side,
}

/// A run of text in which the same parts hold.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<P> {
    pub(super) span: Span,
    pub(super) parts: Vec<P>,
}

/// Cuts a span at every boundary of the parts; the pieces concatenate to it.
pub(super) fn cut<P: Copy>(whole: Span, parts: &[(Span, P)]) -> Vec<Piece<P>> {
    let inside: Vec<(Span, P)> =
        parts.iter().filter_map(|&(span, part)| Some((span.intersection(whole)?, part))).collect();
    let mut cuts: BTreeSet<usize> = inside.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    cuts.extend([whole.start, whole.end]);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    cuts.windows(2)
        .map(|ends| {
            let span = Span::new(ends[0], ends[1]);
            let parts = inside.iter().filter(|(part, _)| part.contains(span)).map(|&(_, part)| part).collect();
            Piece { span, parts }
        })
        .collect()
}

/// The blocks of a report with their highlights.
pub(super) fn passages(story: &Story, report: usize) -> Markup {
    let article = &story.comparison.reports[report].article;
    let parts = parts(story, report);
    let mut anchored = BTreeSet::new();
    markup! {
        @for block in blocks(&article.blocks, &article.text) {
            p.block.(block.kind) dir="auto" {
                @for piece in cut(block.span, &parts) { (marked(story, &article.text, &piece, &mut anchored)) }
            }
        }
    }
}

/// The blocks that lie in the text; where there are none, the paragraphs between empty lines.
pub(super) fn blocks(blocks: &[Block], text: &str) -> Vec<Block> {
    if !blocks.is_empty() {
        return blocks.iter().copied().filter(|block| text.get(block.span.start..block.span.end).is_some()).collect();
    }
    let mut from = 0;
    let mut found = Vec::new();
    for part in text.split("\n\n") {
        let span = Span::new(from, from + part.len()).trim(text);
        from += part.len() + 2;
        found.extend((!span.is_empty()).then_some(Block { kind: BlockKind::Paragraph, span }));
    }
    found
}

fn parts(story: &Story, report: usize) -> Vec<(Span, Part)> {
    let text = &story.comparison.reports[report].article.text;
    let mut parts = Vec::new();
    for (index, claim) in story.comparison.claims.iter().enumerate() {
        let part = if claim.is_shared() { Part::Shared } else { Part::Alone };
        for (number, statement) in claim.statements.iter().enumerate() {
            parts.push((statement.quote, part(index, number)));
        }
    }
    for side in story.comparison.differences.iter().flat_map(|difference| &difference.sides) {
        parts.push((side.quote, Part::Side));
    }
    parts.retain(|(quote, _)| quote.report == report && text.get(quote.span.start..quote.span.end).is_some());
    parts.into_iter().map(|(quote, part)| (quote.span, part)).collect()
}

/// A piece. The first piece of a shared statement carries the claim's number, which is its anchor and leads back to
/// the row; the first of a statement of this report alone is only an anchor.
fn marked(story: &Story, text: &str, piece: &Piece<Part>, anchored: &mut BTreeSet<Part>) -> Markup {
    let words = shown(piece.span.of(text));
    let parts: BTreeSet<Part> = piece.parts.iter().copied().collect();
    let shared = parts.iter().any(|part| matches!(part, Part::Shared(..)));
    let between = parts.iter().any(|part| matches!(part, Part::Shared(claim, _) if story.is_between(*claim)));
    let differs = parts.contains(&Part::Side);
    let fresh = parts.into_iter().filter(|&part| part != Part::Side && anchored.insert(part));
    let anchors = markup! { @for part in fresh { (anchor(story, part)) } };
    markup! {
        @if shared { mark class=[class(differs, between)] { (anchors) (words) } }
        @else if differs { span.differs { (anchors) (words) } }
        @else { (anchors) (words) }
    }
}

/// The classes of a shared piece.
fn class(differs: bool, between: bool) -> Option<&'static str> {
    match (differs, between) {
        (true, true) => Some("differs"),
        (true, false) => Some("differs elsewhere"),
        (false, true) => None,
        (false, false) => Some("elsewhere"),
    }
}

fn anchor(story: &Story, part: Part) -> Markup {
    match part {
        Part::Shared(claim, statement) => markup! {
            a.claim-number id=(story.passage_id(claim, statement)) href=(story.beside_link(claim, statement))
                title={ "claim " (claim + 1) } { (claim + 1) }
        },
        Part::Alone(claim, statement) => markup! { span.here id=(story.passage_id(claim, statement)) {} },
        Part::Side => markup! {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_parts_are_cut_at_their_boundaries() {
        let parts = [(Span::new(2, 6), 'a'), (Span::new(4, 8), 'b'), (Span::new(20, 30), 'c')];
        let pieces = cut(Span::new(0, 10), &parts);
        let shown: Vec<(usize, usize, String)> =
            pieces.iter().map(|piece| (piece.span.start, piece.span.end, piece.parts.iter().collect())).collect();
        let expected = [(0, 2, ""), (2, 4, "a"), (4, 6, "ab"), (6, 8, "b"), (8, 10, "")];
        assert_eq!(shown, expected.map(|(start, end, parts)| (start, end, parts.to_owned())));
    }

    #[test]
    fn text_without_blocks_has_paragraphs() {
        let text = "one\n\n\n\ntwo\n";
        let words: Vec<&str> = blocks(&[], text).iter().map(|block| block.span.of(text)).collect();
        assert_eq!(words, ["one", "two"]);
        assert_eq!(blocks(&[], "").len(), 0);
    }
}
