//! Temporal expressions and their TIMEX3 values.

use twosource_model::Time;

use crate::document::Document;

/// Finds the temporal expressions of an article; relative ones count from its publication, else from `story_day`.
pub(crate) fn times(_document: &Document<'_>, _story_day: Option<&str>) -> Vec<Time> {
    Vec::new()
}
