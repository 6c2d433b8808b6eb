//! Articles given over the API, and what whoever follows the changes sees of them.

mod common;

use axum::http::StatusCode;
use common::{Got, Site, token};
use serde_json::{Value, json};
use twosource_server::Access;
use twosource_store::Role;

const JSON: (&str, &str) = ("content-type", "application/json");

fn report(outlet: &str, day: u8, text: &str) -> Value {
    json!({"id": "r1", "outlet": outlet, "title": "The bridge of Nova", "published": format!("2025-03-{day:02}"),
           "language": "en", "text": text})
}

const BRIDGE: &str =
    "The bridge of Nova closed on Monday, mayor Anna Berg said. Some 300 lorries cross the bridge of Nova each day.";

fn give(site: &Site, body: &Value) -> Got {
    site.send("POST", "/v1/articles", &[JSON], &body.to_string())
}

#[test]
fn articles_are_taken_once_and_followed() {
    let site = Site::new(|_| {});
    let first = give(&site, &report("Nova Post", 3, BRIDGE)).json();
    assert_eq!(first["errors"], json!([]));
    let article = &first["articles"][0];
    assert_eq!(
        (&article["at"], &article["change"], &article["article"], &article["story"]),
        (&json!(0), &json!("new"), &json!(1), &json!(1))
    );
    assert_eq!(first["stories_begun"], 1);

    let two = json!([report("Nova Post", 3, BRIDGE), report("Courier", 3, &BRIDGE.replace("300", "500"))]);
    let second = give(&site, &two).json();
    let changes: Vec<&str> =
        second["articles"].as_array().expect("articles").iter().filter_map(|a| a["change"].as_str()).collect();
    assert_eq!(changes, ["known", "new"]);
    assert_eq!(second["articles"][0]["title"], "The bridge of Nova");
    assert_eq!(second["articles"][1]["story"], 1, "{second}");

    let seen = site.get("/v1/stories?changed_after=0").json();
    assert_eq!((seen["stories"][0]["story"].clone(), seen["next"].clone()), (json!(1), Value::Null));
    let after = seen["changed_after"].as_str().expect("a place");
    let articles = site.get("/v1/articles?limit=1").json();
    assert_eq!(
        (articles["articles"][0]["article"].clone(), articles["next"].clone()),
        (json!(1), articles["changed_after"].clone())
    );
    let articles = site.get("/v1/articles").json();
    let articles_after = articles["changed_after"].as_str().expect("a place");

    // The same again, and looking at it, moves nothing.
    assert_eq!(give(&site, &two).json()["articles"][1]["change"], "known");
    site.get("/story/1");
    let same = site.get(&format!("/v1/stories?changed_after={after}")).json();
    assert_eq!((&same["stories"], &same["changed_after"]), (&json!([]), &json!(after)));
    assert_eq!(site.get(&format!("/v1/articles?changed_after={articles_after}")).json()["articles"], json!([]));

    let revised = report("Nova Post", 3, &BRIDGE.replace("Monday", "Tuesday"));
    let third = give(&site, &revised).json();
    assert_eq!((&third["articles"][0]["change"], &third["articles"][0]["revisions"]), (&json!("revision"), &json!(2)));
    let moved = site.get(&format!("/v1/stories?changed_after={after}")).json();
    assert_eq!(moved["stories"][0]["story"], 1);
    let moved = site.get(&format!("/v1/articles?changed_after={articles_after}")).json();
    assert_eq!(moved["articles"].as_array().map(Vec::len), Some(1));
    let changes = site.get("/v1/articles/1/revisions").json();
    assert_eq!(changes["schema"], "twosource/revisions/1");
    assert_eq!(changes["revisions"].as_array().map(Vec::len), Some(1), "{changes}");
    assert_eq!(site.get("/v1/articles/9/revisions").status, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/v1/work").json(), json!({"work": [], "waiting": 0}));
}

#[test]
fn every_form_that_add_reads_is_taken() {
    let site = Site::new(|_| {});
    let lines = format!(
        "{}\nno json\n{}\n",
        report("Nova Post", 3, BRIDGE),
        report("Courier", 4, "Beekeepers expect a good year, they said.")
    );
    let got = site.send("POST", "/v1/articles", &[("content-type", "application/jsonl")], &lines).json();
    assert_eq!(got["articles"].as_array().map(Vec::len), Some(2));
    assert_eq!(got["errors"].as_array().map(Vec::len), Some(1), "{got}");
    let page = format!(
        "<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p>{}</p></article></body></html>",
        BRIDGE.replace("bridge", "ferry")
    );
    let got = site.send("POST", "/v1/articles", &[("content-type", "text/html; charset=utf-8")], &page).json();
    assert_eq!(got["articles"][0]["title"], "Ferry", "{got}");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let site = Site::new(|_| {});
    for (kind, body, status) in [
        ("application/json", "", StatusCode::BAD_REQUEST),
        ("application/json", "[]", StatusCode::UNPROCESSABLE_ENTITY),
        ("application/json", "{\"text\": 7}", StatusCode::UNPROCESSABLE_ENTITY),
        ("application/jsonl", "{\"title\": \"No text\"}\n", StatusCode::UNPROCESSABLE_ENTITY),
        ("text/plain", "The ferry stops.", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("", "{}", StatusCode::UNSUPPORTED_MEDIA_TYPE),
    ] {
        let got = site.send("POST", "/v1/articles", &[("content-type", kind)], body);
        assert_eq!(got.status, status, "{kind} {body}: {}", got.body);
        assert!(!got.json()["detail"].as_str().unwrap_or_default().is_empty());
    }
    let many: String = (0..1_001).map(|number| format!("{}\n", report(&format!("Post {number}"), 3, BRIDGE))).collect();
    let got = site.send("POST", "/v1/articles", &[("content-type", "application/jsonl")], &many);
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(site.get("/v1/articles").json()["articles"], json!([]), "all or nothing of what is too much");
    for wrong in ["x", "1", "-1_0", "1_0_0", "1_", "99999999999_1"] {
        assert_eq!(site.get(&format!("/v1/articles?changed_after={wrong}")).status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    for wrong in ["x", "-1", "1_1"] {
        assert_eq!(site.get(&format!("/v1/stories?changed_after={wrong}")).status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[test]
fn adding_needs_its_role() {
    let mut tokens = Vec::new();
    let site = Site::with(Access::by_token().expect("random numbers"), |path| {
        tokens = Role::ALL.map(|role| token(path, role.as_str(), role)).to_vec();
    });
    let body = report("Nova Post", 3, BRIDGE).to_string();
    let statuses = tokens.iter().map(|token| {
        let bearer = format!("Bearer {token}");
        site.send("POST", "/v1/articles", &[JSON, ("authorization", &bearer)], &body).status
    });
    assert_eq!(statuses.collect::<Vec<_>>(), [StatusCode::FORBIDDEN, StatusCode::OK, StatusCode::OK]);
    assert_eq!(site.send("POST", "/v1/articles", &[JSON], &body).status, StatusCode::UNAUTHORIZED);
}

#[test]
fn gifts_at_the_same_time_are_all_taken() {
    let site = Site::new(|_| {});
    std::thread::scope(|scope| {
        for number in 0..8 {
            let site = &site;
            scope.spawn(move || {
                let text = BRIDGE.replace("300", &format!("{}", 300 + number % 4));
                assert_eq!(give(site, &report(&format!("Post {}", number % 4), 3, &text)).status, StatusCode::OK);
            });
        }
    });
    assert_eq!(site.get("/v1/articles").json()["articles"].as_array().map(Vec::len), Some(4));
}
