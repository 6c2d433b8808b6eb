//! Cases of counts that are updated, and of counts that contradict each other.

use twosource_embed::StaticTable;
use twosource_engine::{Grouping, Method, OutletLists, compare};
use twosource_model::{Article, Comparison, Difference, Instant};
use twosource_read::{Limits, read_bytes};

/// A report of a case; an outlet of its own makes it no revision of another.
fn report(at: usize, given: &str) -> Article {
    let (published, text) = given.split_once('\n').unwrap_or_else(|| panic!("no text: {given}"));
    let read = read_bytes("case.txt", text.trim().as_bytes(), &Limits::default()).expect("a text").articles.remove(0);
    let published = Instant::new(published).unwrap_or_else(|| panic!("no time: {published}"));
    Article { outlet: Some(["Nova Post", "Coast Gazette"][at].to_owned()), published: Some(published), ..read }
}

fn line(difference: &Difference) -> String {
    let values: Vec<&str> = difference.sides.iter().map(|side| side.value.as_str()).collect();
    let superseded = if difference.superseded { ", superseded" } else { "" };
    format!("{}{superseded}: {}", difference.strength, values.join(" | "))
}

fn found(comparison: &Comparison) -> String {
    let lines: Vec<String> = comparison.differences.iter().map(line).collect();
    if lines.is_empty() { "nothing".to_owned() } else { lines.join("; ") }
}

#[test]
fn cases() {
    let table = StaticTable::builtin();
    let method = Method::new(&table, OutletLists::default());
    let mut wrong = Vec::new();
    for case in include_str!("../../compare/cases/en/superseded.txt").split("\n== ").skip(1) {
        let (story, expected) = case.split_once("\n=> ").unwrap_or_else(|| panic!("nothing expected: {case}"));
        let mut parts = story.split("\n-- ");
        let title = parts.next().unwrap_or_default();
        let reports: Vec<Article> = parts.enumerate().map(|(at, given)| report(at, given)).collect();
        assert_eq!(reports.len(), 2, "{title}: a case has two reports");
        let comparison = compare(reports, Grouping::OneStory, &method).remove(0);
        let found = found(&comparison);
        if found != expected.trim() {
            wrong.push(format!("{title}\n  expected {}\n  found    {found}", expected.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
