//! Sentences to clauses: the pieces that say one thing each.

use twosource_model::{Attribution, Clause};

use crate::document::Document;

/// Cuts the body sentences of an article into clauses, in text order.
pub(crate) fn clauses(_document: &Document<'_>, _attributions: &[Attribution]) -> Vec<Clause> {
    Vec::new()
}
