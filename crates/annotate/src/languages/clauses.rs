//! Sentences cut at the borders of what is attributed, in a language whose clauses are not read.
//!
//! Negation and modality are not read either: every clause is given as it stands, affirmed and asserted, so that
//! nothing is said to be denied or planned that is not.

use twosource_model::{Attribution, Clause, Force, Polarity, Span};

use crate::attributions::speaks;
use crate::document::Document;

/// The clauses of the body sentences in text order.
pub(super) fn clauses(document: &Document<'_>, attributions: &[Attribution]) -> Vec<Clause> {
    let mut contents: Vec<(Span, usize)> = attributions
        .iter()
        .enumerate()
        .flat_map(|(index, attribution)| attribution.content.iter().map(move |span| (*span, index)))
        .collect();
    contents.sort_unstable();
    let mut found = Vec::new();
    for (sentence, whole) in document.sentences.iter().enumerate() {
        if !speaks(document.block_kind(sentence)) {
            continue;
        }
        let mut at = whole.span.start;
        let first = contents.partition_point(|(span, _)| span.end <= whole.span.start);
        for &(span, attribution) in contents[first..].iter().take_while(|(span, _)| span.start < whole.span.end) {
            let (start, end) = (span.start.max(at), span.end.min(whole.span.end));
            if start < end {
                push(document, &mut found, Span::new(at, start), sentence, None);
                push(document, &mut found, Span::new(start, end), sentence, Some(attribution));
                at = end;
            }
        }
        push(document, &mut found, Span::new(at, whole.span.end), sentence, None);
    }
    found
}

/// Adds a clause where there is at least a word in it.
fn push(document: &Document<'_>, found: &mut Vec<Clause>, span: Span, sentence: usize, attribution: Option<usize>) {
    let words = span.of(document.text());
    let signs = |c: char| c.is_whitespace() || ",;:،؛—–-".contains(c);
    let start = span.start + (words.len() - words.trim_start_matches(signs).len());
    let end = span.end - (words.len() - words.trim_end_matches(signs).len());
    if start < end && span.of(document.text()).chars().any(char::is_alphanumeric) {
        let span = Span::new(start, end);
        found.push(Clause { span, sentence, attribution, polarity: Polarity::Positive, force: Force::Asserted });
    }
}
