//! The public document: held against its schema, its own spans, and an expected file.

mod common {
    pub(crate) mod expected;
    pub(crate) mod schema;
    mod story;
    pub(crate) use story::sample;
}

use common::sample;
use serde_json::Value;
use twosource_model::Comparison;
use twosource_present::{json, jsonl};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../schema/comparison-1.schema.json")).expect("the schema is JSON")
}

fn parsed(comparison: &Comparison) -> Value {
    serde_json::from_str(&json(comparison)).expect("the document is JSON")
}

#[test]
fn follows_the_schema() {
    for comparison in [sample(), Comparison::default()] {
        assert_eq!(common::schema::violations(&schema(), &parsed(&comparison)), Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    for (pointer, wrong) in [
        ("/claims/0/id", "x1"),
        ("/reports/0/published", "yesterday"),
        ("/differences/0/kind", "tone"),
        ("/provenance/0/to", "o1"),
        ("/claims/0/statements", ""),
        ("/lead", "c1"),
    ] {
        let mut document = parsed(&sample());
        *document.pointer_mut(pointer).expect(pointer) = Value::from(wrong);
        assert_ne!(common::schema::violations(&schema(), &document), Vec::<String>::new(), "{pointer}");
    }
}

#[test]
fn every_span_repeats_its_words() {
    let document = parsed(&sample());
    let mut seen = 0;
    each_quote(&document, None, &mut |report, quote| {
        let reports = document["reports"].as_array().unwrap();
        let text = reports.iter().find(|entry| entry["id"] == report).unwrap()["text"].as_str().unwrap();
        let place = |end: &str| usize::try_from(quote[end].as_u64().unwrap()).unwrap();
        let words: String = text.chars().skip(place("start")).take(place("end") - place("start")).collect();
        assert_eq!(quote["exact"], words.as_str());
        assert!(!words.is_empty());
        seen += 1;
    });
    assert!(seen > 60, "only {seen} quotes");
}

/// Calls `visit` for every object with `exact`, with the report it or what holds it names.
fn each_quote<'v>(value: &'v Value, report: Option<&'v str>, visit: &mut impl FnMut(&'v str, &'v Value)) {
    let report = value.get("report").and_then(Value::as_str).or(report);
    if value.get("exact").is_some() {
        visit(report.expect("a quote is in a report"), value);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_quote(item, report, visit)),
        Value::Object(members) => members.values().for_each(|member| each_quote(member, report, visit)),
        _ => {}
    }
}

#[test]
fn expected_document() {
    common::expected::check("story.json", &json(&sample()));
}

#[test]
fn one_line_a_story() {
    let lines = jsonl(&[sample(), Comparison::default()]);
    let documents: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents, [parsed(&sample()), parsed(&Comparison::default())]);
}
