//! Markdown and CSV, held against expected files.

mod common {
    pub(crate) mod expected;
    mod story;
    pub(crate) use story::sample;
}

use common::sample;
use twosource_model::Comparison;
use twosource_present::{csv, markdown};

#[test]
fn expected_files() {
    common::expected::check("story.md", &markdown(&[sample()]));
    common::expected::check("story.csv", &csv(&[sample()]));
}

#[test]
fn nothing_in_nothing_out() {
    assert_eq!(csv(&[]).lines().count(), 1);
    assert_eq!(markdown(&[]), "");
    assert!(markdown(&[Comparison::default()]).starts_with("# 0 reports · nothing to compare\n"));
}
