//! Blocks to sentences.

use twosource_model::{Article, Sentence, Span};

/// The sentences of every block, in text order, without white space around them.
pub(crate) fn sentences(article: &Article) -> Vec<Sentence> {
    let mut found = Vec::new();
    for (block, b) in article.blocks.iter().enumerate() {
        found.push(Sentence { span: Span::trim(b.span, &article.text), block });
    }
    found
}
