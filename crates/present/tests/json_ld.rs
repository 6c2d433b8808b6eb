//! Linked data: every link leads somewhere, every quote repeats the words at its place.

mod common {
    mod story;
    pub(crate) use story::sample;
}

use std::collections::BTreeSet;

use common::sample;
use serde_json::Value;
use twosource_model::Comparison;
use twosource_present::json_ld;

/// Calls `look` with every object in a value.
fn each<'v>(value: &'v Value, look: &mut dyn FnMut(&'v serde_json::Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            look(object);
            object.values().for_each(|value| each(value, look));
        }
        Value::Array(list) => list.iter().for_each(|value| each(value, look)),
        _ => {}
    }
}

fn linked(comparisons: &[Comparison]) -> Value {
    serde_json::from_str(&json_ld(comparisons)).expect("JSON")
}

#[test]
fn every_link_leads_to_a_node() {
    let document = linked(&[sample()]);
    let nodes = document["@graph"].as_array().expect("a graph");
    let names: Vec<&str> = nodes.iter().filter_map(|node| node["@id"].as_str()).collect();
    let known: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(known.len(), names.len(), "each node once");
    let mut count = 0;
    each(&document["@graph"], &mut |object| {
        let link = object.get("@id").and_then(Value::as_str).filter(|link| link.starts_with('#'));
        count += usize::from(link.is_some());
        assert!(link.is_none_or(|link| known.contains(link)), "{link:?}");
    });
    assert!(count > names.len());
    let classes: BTreeSet<&str> =
        nodes.iter().filter_map(|node| node["@type"].get(0).unwrap_or(&node["@type"]).as_str()).collect();
    assert!(
        ["schema:NewsArticle", "schema:Claim", "oa:Annotation", "prov:Bundle"]
            .iter()
            .all(|class| classes.contains(class))
    );
}

#[test]
fn every_term_has_a_prefix_of_the_context() {
    let document = linked(&[sample()]);
    let context = document["@context"].as_object().expect("a context");
    each(&document["@graph"], &mut |object| {
        for name in object.keys().filter(|name| !name.starts_with('@')) {
            assert!(name.split_once(':').is_some_and(|(prefix, _)| context.contains_key(prefix)), "{name}");
        }
    });
}

#[test]
fn selectors_agree_with_the_text() {
    let document = linked(&[sample()]);
    let nodes = document["@graph"].as_array().expect("a graph");
    let mut count = 0;
    each(&document["@graph"], &mut |object| {
        let Some(source) = object.get("oa:hasSource") else { return };
        let report = nodes.iter().find(|node| node["@id"] == source["@id"]).expect("a report");
        let text: Vec<char> = report["schema:articleBody"].as_str().expect("a text").chars().collect();
        let selectors = &object["oa:hasSelector"];
        let place = |name: &str| selectors[0][name].as_u64().expect("a place") as usize;
        let words: String = text[place("oa:start")..place("oa:end")].iter().collect();
        assert_eq!(selectors[1]["oa:exact"], words.as_str());
        count += 1;
    });
    assert!(count > 20, "{count}");
}

#[test]
fn several_stories_are_a_list_and_none_is_empty() {
    assert_eq!(linked(&[sample(), sample()]).as_array().map(Vec::len), Some(2));
    assert_eq!(linked(&[Comparison::default()])["@graph"].as_array().map(Vec::len), Some(1));
}
