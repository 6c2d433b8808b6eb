//! The API, held against its description, and the feeds.

mod common;
#[path = "../../present/tests/common/schema.rs"]
mod schema;

use std::collections::BTreeSet;

use axum::http::StatusCode;
use common::{Got, SITE};
use schema::violations;
use serde_json::{Value, json};
use twosource_server::routes;

fn description() -> Value {
    SITE.get("/v1/openapi.json").json()
}

/// Checks an answer against the description.
fn check(description: &Value, path: &str, address: &str, got: &Got) {
    let answer = &description["paths"][path]["get"]["responses"][got.status.as_str()];
    let schema = &answer["content"][got.header("content-type")]["schema"];
    assert!(schema.is_object(), "{address}: {} {} is not described", got.status, got.header("content-type"));
    // The references of a schema lead from its own root.
    let rooted =
        json!({"$ref": "#/$defs/answer", "$defs": {"answer": schema, "schemas": description["components"]["schemas"]}});
    let rooted = rooted.to_string().replace("#/components/schemas/", "#/$defs/schemas/");
    let rooted = serde_json::from_str(&rooted).expect("a schema");
    assert_eq!(violations(&rooted, &got.json()), Vec::<String>::new(), "{address}");
}

#[test]
fn every_described_path_answers_as_described() {
    let description = description();
    let paths = description["paths"].as_object().expect("paths");
    for (path, methods) in
        paths.iter().filter(|(path, methods)| methods["get"].is_object() && !path.contains("deliveries"))
    {
        let example = |parameter: &Value| parameter["example"].clone();
        let parameters = methods["get"]["parameters"].as_array().cloned().unwrap_or_default();
        let address = path.replace("{id}", "1");
        let query: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query" && !example(parameter).is_null())
            .map(|parameter| {
                format!("{}={}", parameter["name"].as_str().unwrap(), example(parameter).as_str().unwrap())
            })
            .collect();
        for address in [address.clone(), format!("{address}?{}", query.join("&"))] {
            let got = SITE.get(&address);
            assert!(got.status == StatusCode::OK || path == "/v1/search", "{address}: {}", got.body);
            check(&description, path, &address, &got);
        }
        if path.contains("{id}") {
            let address = path.replace("{id}", "99");
            let got = SITE.get(&address);
            assert_eq!(got.status, StatusCode::NOT_FOUND);
            check(&description, path, &address, &got);
        }
    }
}

#[test]
fn no_route_is_undocumented() {
    let description = description();
    let described: BTreeSet<&str> =
        description["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    let served = routes();
    let served: BTreeSet<&str> = served.iter().map(|(path, _)| *path).filter(|path| path.starts_with("/v1")).collect();
    assert_eq!(described, served);
}

#[test]
fn wrong_parameters_are_problems() {
    let description = description();
    for (path, query) in [
        ("/v1/stories", "limit=0"),
        ("/v1/stories", "limit=101"),
        ("/v1/stories", "since=soon"),
        ("/v1/stories", "cursor=%27"),
        ("/v1/search", ""),
        ("/v1/search", "q=ferry+OR"),
        ("/v1/search", "q=ferry&cursor=x"),
    ] {
        let address = format!("{path}?{query}");
        let got = SITE.get(&address);
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{address}");
        check(&description, path, &address, &got);
    }
    assert_eq!(SITE.get("/v1/search?q=ferry+OR").json()["at"], 8);
    assert_eq!(SITE.get("/v1/nothing").header("content-type"), "application/problem+json");
}

#[test]
fn cursors_lead_through_all_of_a_list_once() {
    for (address, list, id) in [
        ("/v1/stories?min_reports=1&limit=1", "stories", "story"),
        ("/v1/search?q=since:2025-01&limit=3", "articles", "article"),
        ("/v1/search?q=port+OR+ferry&limit=2&sort=relevance", "articles", "article"),
    ] {
        let whole = SITE
            .get(
                &address
                    .replace("limit=1", "limit=100")
                    .replace("limit=3", "limit=100")
                    .replace("limit=2", "limit=100"),
            )
            .json();
        assert_eq!(whole["next"], Value::Null);
        let mut cursor = None;
        let mut found = Vec::new();
        loop {
            let page = match &cursor {
                None => SITE.get(address),
                Some(cursor) => SITE.get(&format!("{address}&cursor={cursor}")),
            };
            let page = page.json();
            found.extend(page[list].as_array().expect("a list").iter().map(|entry| entry[id].clone()));
            match page["next"].as_str() {
                Some(next) => cursor = Some(next.to_owned()),
                None => break,
            }
        }
        let whole: Vec<Value> = whole[list].as_array().expect("a list").iter().map(|entry| entry[id].clone()).collect();
        assert!(whole.len() > 1, "{address}");
        assert_eq!(found, whole, "{address}");
    }
}

#[test]
fn the_comparison_quotes_what_stands_there() {
    let comparison = SITE.get("/v1/stories/1/comparison").json();
    assert_eq!(comparison["reports"].as_array().map(Vec::len), Some(5));
    let text = |report: &Value| {
        let reports = comparison["reports"].as_array().expect("reports").iter();
        let mut found = reports.filter(|entry| entry["id"] == *report);
        found.next().expect("a report")["text"].as_str().expect("a text").chars().collect::<Vec<char>>()
    };
    for statement in comparison["claims"]
        .as_array()
        .expect("claims")
        .iter()
        .flat_map(|claim| claim["statements"].as_array().unwrap())
    {
        let place = |name: &str| statement[name].as_u64().expect("a place") as usize;
        let words: String = text(&statement["report"])[place("start")..place("end")].iter().collect();
        assert_eq!(words, statement["exact"]);
    }
    assert_eq!(SITE.get("/v1/stories/1/comparison").body, SITE.get("/v1/stories/1/comparison").body);
}

#[test]
fn feeds_can_be_followed() {
    for address in ["/feeds/stories.atom", "/feeds/story/1.atom", "/feeds/search.atom?q=ferry"] {
        let got = SITE.get(address);
        assert_eq!(got.status, StatusCode::OK);
        assert!(got.header("content-type").starts_with("application/atom+xml"));
        let read = twosource_read::read_bytes("feed.xml", got.body.as_bytes(), &twosource_read::Limits::default());
        let articles = read.expect("a feed").articles;
        assert!(!articles.is_empty(), "{address}");
        assert!(
            articles
                .iter()
                .all(|article| article.url.as_deref().is_some_and(|url| url.starts_with("http://127.0.0.1:7420/")))
        );
    }
    for address in ["/feeds/stories.json?min_reports=1", "/feeds/story/6.json", "/feeds/search.json?q=ferry"] {
        let feed = SITE.get(address).json();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        let items = feed["items"].as_array().expect("items");
        assert!(
            !items.is_empty() && items.iter().all(|item| item["id"].is_string() && item["content_text"].is_string())
        );
    }
    assert_eq!(SITE.get("/feeds/search.atom").status, StatusCode::BAD_REQUEST);
    assert_eq!(SITE.get("/feeds/story/8.atom").header("location"), "/feeds/story/6.atom");
    for wrong in ["1", "1.rss", "x.atom", "99.atom", "2.json"] {
        assert_eq!(SITE.get(&format!("/feeds/story/{wrong}")).status, StatusCode::NOT_FOUND, "{wrong}");
    }
}
