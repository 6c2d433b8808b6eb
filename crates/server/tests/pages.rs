//! The pages: whole, safe, linked, and the same answer only once.

mod common;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;
use common::{Got, HOSTILE, HOSTILE_SITE, SITE, Site, sound, values};

fn is_page(got: &Got) -> bool {
    got.header("content-type").starts_with("text/html")
}

/// Follows every link from some addresses on and checks each page; gives the pages with the ids on them.
fn crawl(site: &Site, start: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut wait: VecDeque<String> = start.iter().map(|address| (*address).to_owned()).collect();
    let (mut seen, mut pages, mut wanted) = (BTreeSet::new(), BTreeMap::new(), Vec::new());
    while let Some(address) = wait.pop_front() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let got = site.get(&address);
        assert_eq!(got.status, StatusCode::OK, "{address}: {}", got.body);
        assert!(got.header("content-security-policy").starts_with("default-src 'none'"), "{address}");
        if !is_page(&got) {
            continue;
        }
        let document = sound(&address, &got.body);
        let ids = values(&document, "[id]", "id");
        let unique: BTreeSet<String> = ids.iter().cloned().collect();
        assert_eq!(unique.len(), ids.len(), "{address}: an id is there twice");
        pages.insert(address.clone(), unique);
        for link in values(&document, "[href]", "href") {
            let (path, fragment) = link.split_once('#').unwrap_or((&link, ""));
            let path = if path.is_empty() { address.as_str() } else { path };
            if path.starts_with('/') {
                wait.push_back(path.to_owned());
                wanted.push((address.clone(), path.to_owned(), fragment.to_owned()));
            }
        }
    }
    for (from, to, fragment) in wanted.iter().filter(|(.., fragment)| !fragment.is_empty()) {
        let there = pages.get(to).is_some_and(|ids| ids.contains(fragment));
        assert!(there, "{from}: {to}#{fragment} leads nowhere");
    }
    pages
}

#[test]
fn every_link_leads_somewhere() {
    let pages = crawl(&SITE, &["/", "/?min_reports=1", "/search?q=ferry", "/example"]);
    for address in ["/story/1", "/story/6", "/article/1", "/feeds", "/outlets", "/webhooks/1", "/example/side?a=1&b=2"]
    {
        assert!(pages.contains_key(address), "{address} among {:?}", pages.keys());
    }
}

#[test]
fn hostile_text_never_becomes_markup() {
    let pages = crawl(&HOSTILE_SITE, &["/?min_reports=1", "/feeds", "/outlets", "/webhooks", "/search?q=bridge"]);
    assert!(
        pages.keys().filter(|address| address.starts_with("/article/")).count() >= HOSTILE.len(),
        "{:?}",
        pages.keys()
    );
    for evil in HOSTILE {
        let encoded: String = form_urlencoded::byte_serialize(evil.as_bytes()).collect();
        for address in [
            format!("/search?q={encoded}&outlet={encoded}&since={encoded}&sort={encoded}"),
            format!("/search?q={encoded}"),
            format!("/search?q=bridge&outlet={encoded}&language={encoded}"),
            format!("/?since={encoded}&cursor={encoded}"),
            format!("/?since={encoded}"),
            format!("/article/1?show={encoded}"),
            format!("/article/1?revision={encoded}"),
            format!("/article/1/revisions?trivial={encoded}"),
            format!("/article/{encoded}"),
            format!("/story/1/{encoded}"),
            format!("/story/1/side?a={encoded}&b={encoded}"),
            format!("/example/{encoded}"),
            format!("/outlets?outlets={encoded}&families={encoded}"),
            format!("/feeds?x={encoded}"),
            format!("/webhooks/{encoded}"),
            format!("/search?q=bridge&cursor={encoded}"),
            format!("/search?q=%22{encoded}"),
            format!("/?min_reports={encoded}&differences={encoded}"),
            format!("/{encoded}"),
        ] {
            sound(&address, &HOSTILE_SITE.get(&address).body);
        }
        for feed in
            ["/feeds/stories.atom?min_reports=1".to_owned(), format!("/feeds/search.atom?q=bridge&outlet={encoded}")]
        {
            let got = HOSTILE_SITE.get(&feed);
            let bare = got.body.replace("&lt;", "").replace("&gt;", "");
            assert!(
                !bare.contains("<script") && !bare.contains("<img") && !bare.contains("<x/>"),
                "{feed}: {}",
                got.body
            );
        }
    }
}

#[test]
fn hostile_forms_never_become_markup() {
    let site = Site::new(|_| {});
    for evil in HOSTILE {
        let encoded: String = form_urlencoded::byte_serialize(evil.as_bytes()).collect();
        // An address that cannot be fetched comes back in the form, to be mended.
        let fields = format!("change=add&url={encoded}&title={encoded}");
        let got = site.send_form("/feeds", &[], "/feeds", &fields);
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{evil}");
        sound("/feeds", &got.body);
        let fields = format!("change=add&url=https://nova.example/{encoded}&title={encoded}");
        assert_eq!(site.send_form("/feeds", &[], "/feeds", &fields).status, StatusCode::SEE_OTHER, "{evil}");
        for list in ["families", "outlets"] {
            let fields = format!("change=save&list={list}&name={encoded}&names={encoded}%0d%0a{encoded}");
            assert_eq!(site.send_form("/outlets", &[], "/outlets", &fields).status, StatusCode::SEE_OTHER, "{evil}");
        }
        let fields = format!("change=add&url={encoded}&event={encoded}&query={encoded}");
        let got = site.send_form("/webhooks", &[], "/webhooks", &fields);
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{evil}");
        sound("/webhooks", &got.body);
        let fields = format!("change=add&url=https://nova.example/{encoded}&event=new_story");
        sound("/webhooks", &site.send_form("/webhooks", &[], "/webhooks", &fields).body);
        for (page, fields) in [
            ("/feeds", format!("change={encoded}")),
            ("/outlets", format!("list={encoded}")),
            ("/webhooks", format!("change={encoded}")),
        ] {
            let got = site.send_form(page, &[], page, &fields);
            assert_eq!(got.status, StatusCode::BAD_REQUEST, "{evil}");
            sound(page, &got.body);
        }
    }
    crawl(&site, &["/feeds", "/outlets", "/webhooks"]);
}

#[test]
fn feeds_are_added_paused_and_removed() {
    let site = Site::new(|_| {});
    let change = |fields: &str| site.send_form("/feeds", &[], "/feeds", fields);
    let url = "https%3A%2F%2Fcoast.example%2Ffeed";
    assert_eq!(change(&format!("change=add&url={url}&title=Coast+News")).header("location"), "/feeds");
    assert!(site.get("/feeds").body.contains("Coast News"));
    let again = change(&format!("change=add&url={url}"));
    assert!(again.status == StatusCode::BAD_REQUEST && again.body.contains("watched already"), "{}", again.body);
    for (what, word) in [("pause", ">paused<"), ("resume", ">not fetched yet<")] {
        change(&format!("change={what}&url={url}"));
        assert!(site.get("/feeds").body.contains(word), "{what}");
    }
    change(&format!("change=remove&url={url}"));
    assert!(site.get("/feeds").body.contains("No feed is listed"));
    assert_eq!(change(&format!("change=remove&url={url}")).status, StatusCode::NOT_FOUND);
    let unmarked = site.send("POST", "/feeds", &[("content-type", "application/x-www-form-urlencoded")], "change=add");
    assert_eq!(unmarked.status, StatusCode::FORBIDDEN, "a form of elsewhere");
}

#[test]
fn outlets_are_edited() {
    let site = Site::new(|_| {});
    let change = |fields: &str| site.send_form("/outlets", &[], "/outlets", fields);
    let saved = change("change=save&list=families&name=Coast+Media&names=Coast+News%0d%0a%0d%0a+Evening++Coast+");
    assert_eq!(saved.header("location"), "/outlets#families");
    assert!(site.get("/outlets").body.contains("Coast News, Evening Coast"));
    let page = sound("/outlets", &site.get("/outlets?families=Coast+Media").body);
    assert_eq!(page.select("textarea").first().text().trim(), "Coast News\nEvening Coast");
    change("change=save&list=families&was=Coast+Media&name=Coast+Group&names=Coast+News");
    let page = site.get("/outlets").body;
    assert!(page.contains("Coast Group") && !page.contains("Coast Media"), "{page}");
    change("change=remove&list=families&was=Coast+Group");
    assert!(site.get("/outlets").body.contains("No family is listed"));
    assert_eq!(change("change=save&list=families&name=").status, StatusCode::BAD_REQUEST);
    assert_eq!(change(&format!("change=save&list=outlets&name={}", "x".repeat(201))).status, StatusCode::BAD_REQUEST);
}

#[test]
fn sections_have_pages_of_their_own() {
    for part in ["claims", "differences", "provenance", "names", "only", "timeline"] {
        let address = format!("/story/1/{part}");
        let got = SITE.get(&address);
        assert_eq!(got.status, StatusCode::OK, "{address}");
        let page = sound(&address, &got.body);
        assert_eq!(page.select(&format!("section#s1-{part}")).length(), 1, "{address}");
        assert_eq!(SITE.get(&format!("/story/8/{part}")).header("location"), format!("/story/6/{part}"));
    }
    assert_eq!(SITE.get("/story/1/nothing").status, StatusCode::NOT_FOUND);
    assert_eq!(SITE.get("/story/99/claims").status, StatusCode::NOT_FOUND);
    assert_eq!(SITE.get("/story/x/claims").status, StatusCode::NOT_FOUND);
}

#[test]
fn what_changed_is_shown_word_by_word() {
    let page = sound("/article/6/revisions", &SITE.get("/article/6/revisions").body);
    assert!(page.select("ins").text().contains("last trip leaves at noon"));
    assert_eq!(page.select("del").length(), 0);
    assert!(SITE.get("/article/1/revisions").body.contains("only version that is kept"));
    assert_eq!(SITE.get("/article/99/revisions").status, StatusCode::NOT_FOUND);
    assert_eq!(SITE.get("/article/6/revisions?trivial=x").status, StatusCode::BAD_REQUEST);
}

#[test]
fn the_stories_say_how_many_origins() {
    let page = SITE.get("/").body;
    assert!(page.contains("5 reports · <strong>"), "{page}");
    assert!(page.contains("/story/1\""));
    assert!(!SITE.get("/?min_reports=4").body.contains("/story/6\""));
    assert!(SITE.get("/?since=2025-03-01").body.contains("/story/1\""));
    assert!(SITE.get("/?since=7d").body.contains("/story/1\""), "the clock of the test stands on 10 March");
    assert!(!SITE.get("/?since=1h").body.contains("/story/1\""));
    assert!(SITE.get("/?min_origins=9").body.contains("No story is like this"));
}

#[test]
fn an_empty_store_offers_the_example() {
    let site = Site::new(|_| {});
    let pages = crawl(&site, &["/"]);
    assert!(pages.contains_key("/example"));
    let page = site.get("/").body;
    assert!(page.contains("twosource add") && page.contains("twosource import feeds.opml"));
    assert_eq!(site.get("/example").header("etag"), site.get("/example").header("etag"));
}

#[test]
fn a_first_visit_asks_for_one_thing_more() {
    for address in ["/", "/story/1", "/article/1", "/search"] {
        let page = sound(address, &SITE.get(address).body);
        let asked = [
            values(&page, "link[rel=stylesheet]", "href"),
            values(&page, "script", "src"),
            values(&page, "img", "src"),
        ];
        assert_eq!(asked.concat().len(), 1, "{address}");
    }
    assert!(SITE.get("/story/1").body.len() < 100_000, "a page of five reports stays light");
}

#[test]
fn assets_are_kept_for_good() {
    let page = sound("/story/1/side", &SITE.get("/story/1/side").body);
    for address in [values(&page, "link[rel=stylesheet]", "href"), values(&page, "script", "src")].concat() {
        let got = SITE.get(&address);
        assert_eq!(got.status, StatusCode::OK);
        assert!(got.header("cache-control").contains("immutable"), "{address}");
    }
    assert_eq!(SITE.get("/assets/style-0.css").status, StatusCode::NOT_FOUND);
}

#[test]
fn merged_stories_lead_on() {
    for (from, to) in [
        ("/story/8", "/story/6"),
        ("/story/8/side?a=6&b=7", "/story/6/side?a=6&b=7"),
        ("/v1/stories/8", "/v1/stories/6"),
        ("/v1/stories/8/comparison", "/v1/stories/6/comparison"),
    ] {
        let got = SITE.get(from);
        assert_eq!((got.status, got.header("location")), (StatusCode::MOVED_PERMANENTLY, to));
    }
}

#[test]
fn what_is_not_there_says_so_in_its_own_form() {
    for address in [
        "/nothing",
        "/story/99",
        "/story/2",
        "/story/x",
        "/story/%ff",
        "/article/99",
        "/article/1?revision=9",
        "/story/1/side?a=99",
    ] {
        let got = SITE.get(address);
        assert_eq!(got.status, StatusCode::NOT_FOUND, "{address}");
        assert!(is_page(&got), "{address}");
        sound(address, &got.body);
    }
    assert!(SITE.get("/story/2").body.contains("the article 2 is in story 1"));
    for address in [
        "/?since=soon",
        "/?min_reports=x",
        "/?cursor=x",
        "/?differences=maybe",
        "/search?q=ferry&sort=x",
        "/search?q=ferry&since=x",
        "/story/1/side?a=x",
        "/article/1?show=x",
    ] {
        let got = SITE.get(address);
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{address}");
        assert!(is_page(&got), "{address}");
    }
    let got = SITE.ask("POST", "/", &[]);
    assert_eq!((got.status, got.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
    assert!(is_page(&got) && got.header("x-content-type-options") == "nosniff");
}

#[test]
fn a_query_that_makes_no_sense_is_pointed_at() {
    let got = SITE.get("/search?q=ferry+OR");
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    assert!(got.body.contains("<pre>ferry OR<mark>␣</mark></pre>"), "{}", got.body);
    assert!(got.body.contains("value=\"ferry OR\""), "what was typed is still there");
}

#[test]
fn a_search_finds_and_goes_on() {
    let page = SITE.get("/search?q=ferries").body;
    assert!(page.contains("<mark>ferry</mark>") || page.contains("<mark>Ferry</mark>"), "{page}");
    assert!(!SITE.get("/search?q=ferry&outlet=courier").body.contains("nova-post"));
    assert!(SITE.get("/search?q=ferry&until=2025-01").body.contains("Nothing found among 8 articles"));
    assert!(SITE.get("/search?since=2025-03-01").body.contains("/article/1\""));
    assert!(SITE.get("/search?q=since:2025-03-01&outlet=courier").body.contains("Nothing found"));
}

#[test]
fn a_language_is_chosen_by_its_name() {
    let choice = |address: &str| {
        let page = sound(address, &SITE.get(address).body);
        let options = page.select("select[name=language] option");
        let names: Vec<String> = options.iter().map(|option| option.text().to_string()).collect();
        (names, values(&page, "select[name=language] option[selected]", "value").join(" "))
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(choice("/search"), (names(&["any", "English"]), String::new()));
    assert_eq!(choice("/search?q=ferry&language=EN"), (names(&["any", "English"]), "en".to_owned()));
    assert_eq!(choice("/search?q=ferry&language=fr"), (names(&["any", "English", "French"]), "fr".to_owned()));
    assert_eq!(choice("/search?q=ferry+OR&language=xx"), (names(&["any", "English", "xx"]), "xx".to_owned()));
    assert!(SITE.get("/search?q=ferry&language=en").body.contains("<mark>ferry</mark>"));
    assert!(SITE.get("/search?q=ferry&language=fr").body.contains("Nothing found"));
}

#[test]
fn unchanged_pages_are_not_sent_again() {
    for address in ["/", "/story/1", "/article/1", "/v1/stories", "/feeds/stories.atom", "/healthz"] {
        let got = SITE.get(address);
        let etag = got.header("etag").to_owned();
        assert!(!etag.is_empty(), "{address}");
        let again = SITE.ask("GET", address, &[("if-none-match", &format!("\"x\", {etag}"))]);
        assert_eq!((again.status, again.body.as_str(), again.header("etag")), (StatusCode::NOT_MODIFIED, "", &*etag));
        assert!(again.header("content-security-policy").starts_with("default-src 'none'"));
        let head = SITE.ask("HEAD", address, &[]);
        assert_eq!((head.status, head.body.as_str(), head.header("etag")), (StatusCode::OK, "", &*etag));
        assert_eq!(head.header("content-length"), got.body.len().to_string());
    }
}

#[test]
fn only_own_names_are_answered() {
    for host in ["nova.example", "nova.example:7420", "127.0.0.1.nova.example", ""] {
        let got = SITE.ask("GET", "/v1/stories", &[("host", host)]);
        assert_eq!(got.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        assert_eq!(got.header("content-type"), "application/problem+json");
    }
    for host in ["localhost:7420", "[::1]:7420"] {
        assert_eq!(SITE.ask("GET", "/healthz", &[("host", host)]).status, StatusCode::OK, "{host}");
    }
}

#[test]
fn limits_hold() {
    assert_eq!(SITE.get(&format!("/search?q={}", "a".repeat(9_000))).status, StatusCode::URI_TOO_LONG);
    let got = SITE.ask("GET", "/", &[("content-length", "5")]);
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn revisions_have_addresses() {
    let page = SITE.get("/article/6").body;
    assert!(page.contains("/article/6?revision=1") && page.contains("last trip leaves at noon"), "{page}");
    assert!(!SITE.get("/article/6?revision=1").body.contains("last trip leaves at noon"));
}

#[test]
fn annotations_are_switched_by_address() {
    let switched = |address: &str| {
        let page = sound(address, &SITE.get(address).body);
        values(&page, ".switches input[checked]", "value").join(" ")
    };
    assert_eq!(switched("/article/1"), "words names times quantities");
    assert_eq!(switched("/article/1?show=text&show=names"), "names");
    assert_eq!(switched("/article/1?show=text"), "");
}

#[test]
fn what_is_counted_can_be_read() {
    SITE.get("/outlets");
    let metrics = SITE.get("/metrics").body;
    assert!(metrics.contains("twosource_requests_total{route=\"/outlets\",status=\"200\"}"), "{metrics}");
    assert!(metrics.contains("twosource_articles 8\n") && metrics.contains("_bucket{route=\"/outlets\",le=\"+Inf\"}"));
    let lines = metrics.lines().filter(|line| !line.starts_with('#'));
    assert!(lines.clone().all(|line| line.rsplit_once(' ').is_some_and(|(_, value)| value.parse::<f64>().is_ok())));
}
