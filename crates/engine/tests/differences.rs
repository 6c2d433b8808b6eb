//! Cases of differences: two invented reports, and the differences between them that accuse one of being wrong.

use twosource_embed::StaticTable;
use twosource_engine::{Grouping, Method, OutletLists, compare};
use twosource_model::{Article, Comparison, Difference, Instant, Strength};
use twosource_read::{Limits, read_bytes};

const CASES: &str = include_str!("../../compare/cases/en/differences.txt");
const PUBLISHED: &str = "2031-05-07";

fn article(text: &str) -> Article {
    let mut article = read_bytes("case.txt", text.as_bytes(), &Limits::default()).expect("a text").articles.remove(0);
    article.published = Instant::new(PUBLISHED);
    article
}

fn compared(one: &str, other: &str) -> Comparison {
    let table = StaticTable::builtin();
    let method = Method::new(&table, OutletLists::default());
    compare(vec![article(one), article(other)], Grouping::OneStory, &method).remove(0)
}

/// "contradiction number: 12 | 7".
fn line(difference: &Difference) -> String {
    let values: Vec<&str> = difference.sides.iter().map(|side| side.value.as_str()).collect();
    format!("{} {}: {}", difference.strength, difference.kind, values.join(" | "))
}

#[test]
fn cases() {
    let mut wrong = Vec::new();
    for case in CASES.split("===\n").skip(1) {
        let parts: Vec<&str> = case.split("---\n").collect();
        let [one, other, expected] = parts[..] else { panic!("a case without three parts:\n{case}") };
        let grave = |difference: &&Difference| difference.strength != Strength::Precision;
        let found: Vec<String> = compared(one, other).differences.iter().filter(grave).map(line).collect();
        if found != expected.lines().collect::<Vec<_>>() {
            wrong.push(format!("{one}{other}  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
