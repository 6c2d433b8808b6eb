//! Numbers with bound, unit and what they count.

use twosource_model::{Quantity, Time};

use crate::document::Document;

/// Finds the quantities of an article; words that belong to a time are none.
pub(crate) fn quantities(_document: &Document<'_>, _times: &[Time]) -> Vec<Quantity> {
    Vec::new()
}
