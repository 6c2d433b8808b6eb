//! One story to its comparison.
//!
//! [`compare`] is a pure function of the annotated reports of one story.

mod naming;

use twosource_model::{Annotated, Comparison, Meaning};

/// Compares the reports of one story; reports keep their order and become `a`, `b`, ….
pub fn compare(reports: &[Annotated], _meaning: &dyn Meaning) -> Comparison {
    Comparison { names: naming::naming(reports), ..Comparison::default() }
}
