//! Invented pages, one rule each.

use dom_query::Document;
use twosource_model::{Article, Field, Instant};

const ADDRESS: &str = "https://www.novapost.example/news/ferry-to-stop";

fn read_at(address: &str, head: &str, body: &str) -> Article {
    let page = format!("<!doctype html><html><head>{head}</head><body>{body}</body></html>");
    super::article("p.html", Some(address), &Document::from(page.as_str()))
}

fn read(head: &str, body: &str) -> Article {
    read_at(ADDRESS, head, body)
}

fn place(article: &Article, field: Field) -> &'static str {
    article.found.get(&field).map_or("nowhere", |found| found.as_str())
}

/// The publication as it is kept, and where it was found.
fn published(article: &Article) -> (Option<&str>, &'static str) {
    (article.published.as_ref().map(Instant::as_str), place(article, Field::Published))
}

fn ld(fields: &str) -> String {
    format!(r#"<script type="application/ld+json">{{"@type":"NewsArticle",{fields}}}</script>"#)
}

const HEADING: &str = "<h1>Ferry to stop in May</h1>";

#[test]
fn every_place_of_a_date() {
    let check = |head: &str, body: &str, expected: (Option<&str>, &str)| {
        let page = read(head, &format!("{HEADING}{body}<p>The ferry will stop, the port said.</p>"));
        assert_eq!(published(&page), expected, "{head} {body}");
    };
    check(&ld(r#""datePublished":"2025-05-03T08:00:00+02:00""#), "", (Some("2025-05-03T08:00:00+02:00"), "json_ld"));
    check(
        r#"<meta property="article:published_time" content="2025-05-03T08:00Z">"#,
        "",
        (Some("2025-05-03T08:00:00Z"), "meta"),
    );
    check(r#"<meta name="DC.date.issued" content="2025-05-03 08:00:00">"#, "", (Some("2025-05-03"), "meta"));
    check("", r#"<span itemprop="datePublished" content="2025-05-03">May</span>"#, (Some("2025-05-03"), "microdata"));
    check(
        "",
        r#"<time datetime="2025-05-03T08:00:00-05:00">May 3</time>"#,
        (Some("2025-05-03T08:00:00-05:00"), "time"),
    );
    check(
        "",
        r#"<abbr class="published" title="2025-05-03T08:00:00Z">8 am</abbr>"#,
        (Some("2025-05-03T08:00:00Z"), "time"),
    );
    check("", r#"<div class="post-date">3. Mai 2025</div>"#, (Some("2025-05-03"), "text"));
    check("", "<p>Por Anna Berg | 3 de mayo de 2025, 08:30</p>", (Some("2025-05-03"), "text"));
    check("", r#"<div class="date"><b>3</b> <i>May</i> <i>2025</i></div>"#, (Some("2025-05-03"), "text"));
    check("", "<div>Datum:</div><div>03.05.2025</div>", (Some("2025-05-03"), "text"));
    check("", r#"<script>show("2025/05/03")</script>"#, (Some("2025-05-03"), "text"));
    check("", "", (None, "nowhere"));
}

#[test]
fn what_is_no_date_of_the_article() {
    let check = |body: &str| {
        assert_eq!(published(&read("", &format!("{HEADING}<p>The ferry will stop.</p>{body}"))).0, None, "{body}")
    };
    check(r#"<footer>Copyright 03.05.2025 Nova Post</footer>"#);
    check(r#"<p>The law of May 3, 2025 was long in coming, said the mayor, who had asked for it again and again and again, in letters and on squares, until the council gave way at last.</p>"#.replace("<p>", "<p>It was said there that ").as_str());
    check(r#"<p class="updated">Last updated: May 3, 2025</p>"#);
}

#[test]
fn the_address_and_the_picture_are_last() {
    let page = read_at("https://novapost.example/2025/05/03/ferry", "", HEADING);
    assert_eq!(published(&page), (Some("2025-05-03"), "url"));
    assert_eq!(page.diagnostics, ["published on 2025-05-03: taken from the address"]);
    let page = read(r#"<meta property="og:image" content="https://novapost.example/2025/05/03/ferry.jpg">"#, HEADING);
    assert_eq!(page.diagnostics, ["published on 2025-05-03: taken from the address of its picture"]);
}

#[test]
fn places_that_disagree() {
    let body = format!(r#"{HEADING}<p class="date">Published May 3, 2025</p>"#);
    let page = read_at("https://novapost.example/2025/05/03/ferry", &ld(r#""datePublished":"2019-01-01""#), &body);
    assert_eq!(published(&page).0, Some("2025-05-03"), "two against one");
    let page = read(&ld(r#""datePublished":"2025-06-01","dateModified":"2025-05-04""#), &body);
    assert_eq!(published(&page).0, Some("2025-05-03"), "published after the last change");
    let page = read(&ld(r#""datePublished":"2025-05-09""#), &body);
    assert_eq!(published(&page).0, Some("2025-05-09"), "one against one");
}

#[test]
fn the_day_that_readers_see() {
    let stated = ld(r#""datePublished":"2025-05-04T02:30:00Z""#);
    let check = |body: &str, expected: &str| {
        assert_eq!(published(&read(&stated, &format!("{HEADING}{body}"))).0, Some(expected), "{body}");
    };
    check("", "2025-05-04T02:30:00Z");
    check(r#"<p class="date">May 3, 2025 at 10:30 p.m. ET</p>"#, "2025-05-03T22:30:00-04:00");
    check(r#"<p class="date">May 3, 2025</p>"#, "2025-05-03");
    check(r#"<time datetime="2025-05-03T22:30:00-04:00">late</time>"#, "2025-05-03T22:30:00-04:00");
    check(r#"<p class="date">May 4, 2025</p><p>May 3, 2025</p>"#, "2025-05-04T02:30:00Z");
}

#[test]
fn figures_that_could_be_swapped() {
    let check = |lang: &str, address: &str, head: &str, expected: Option<&str>| {
        let page = format!(r#"<html lang="{lang}"><head>{head}</head><body>{HEADING}<p class="date">04/03/2025</p>"#);
        let page = super::article("p.html", Some(address), &Document::from(page.as_str()));
        assert_eq!(page.published.as_ref().map(Instant::day), expected, "{lang} {address} {head}");
    };
    check("en-US", ADDRESS, "", Some("2025-04-03"));
    check("en-GB", ADDRESS, "", Some("2025-03-04"));
    check("fr", ADDRESS, "", Some("2025-03-04"));
    check("en", ADDRESS, "", None);
    let other = read("", &format!(r#"{HEADING}<p class="date">04/03/2025</p><p>25/02/2025</p>"#));
    assert_eq!(published(&other).0, Some("2025-03-04"));
    check("en", "https://novapost.uk/ferry", "", Some("2025-03-04"));
    check("en", "https://novapost.example/2025/04/03/ferry", "", Some("2025-04-03"));
}

#[test]
fn published_and_modified_are_kept_apart() {
    let page = read(&ld(r#""datePublished":"2025-05-03","dateModified":"2025-05-04T09:00:00+02:00""#), HEADING);
    assert_eq!(page.modified.as_ref().map(Instant::as_str), Some("2025-05-04T09:00:00+02:00"));
    let page = read("", &format!(r#"{HEADING}<p>Published: May 3, 2025 | Updated: May 4, 2025</p>"#));
    let days = [&page.published, &page.modified].map(|day| day.as_ref().map(|day| day.day().to_owned()));
    assert_eq!(days.map(Option::unwrap_or_default), ["2025-05-03", "2025-05-04"]);
    assert_eq!(place(&page, Field::Modified), "text");
    let page = read(r#"<meta property="og:updated_time" content="2025-05-04">"#, HEADING);
    assert_eq!((published(&page).0, page.modified.as_ref().map(Instant::day)), (None, Some("2025-05-04")));
}

#[test]
fn titles() {
    let check = |head: &str, body: &str, expected: (&str, &str)| {
        let page = read(&format!(r#"<meta property="og:site_name" content="Nova Post">{head}"#), body);
        assert_eq!((page.title.as_deref().unwrap_or_default(), place(&page, Field::Title)), expected, "{head} {body}");
    };
    let og = r#"<meta property="og:title" content="Ferry to stop in May - Nova Post">"#;
    check(og, "<h1>Nova Post</h1><h1>Ferry to stop in May</h1>", ("Ferry to stop in May", "heading"));
    check(og, "<h1><span>Ferries</span> <span>Ferry to stop in May</span></h1>", ("Ferry to stop in May", "heading"));
    check(og, "<h1>Ferries: Ferry to stop in May</h1>", ("Ferries: Ferry to stop in May", "heading"));
    check(og, "", ("Ferry to stop in May", "meta"));
    check(og, "<h1>Islanders lose their only boat</h1>", ("Islanders lose their only boat", "heading"));
    check("<title>Ferry to stop in May | News | Nova Post</title>", "", ("Ferry to stop in May", "page_title"));
    check(&ld(r#""headline":"Ferry &amp; bridge to stop""#), "", ("Ferry & bridge to stop", "json_ld"));
}

#[test]
fn authors() {
    let check = |head: &str, body: &str, expected: (&[&str], &str)| {
        let page = read(head, &format!("{HEADING}{body}"));
        let names: Vec<&str> = page.authors.iter().map(String::as_str).collect();
        assert_eq!((&names[..], place(&page, Field::Authors)), expected, "{head} {body}");
    };
    let two: &[&str] = &["Anna Berg", "Carl Dahl"];
    check(&ld(r#""author":[{"name":"Anna Berg"},{"name":"Carl Dahl"}]"#), "", (two, "json_ld"));
    check(r#"<meta name="author" content="By Anna Berg and Carl Dahl, Staff Writers">"#, "", (two, "meta"));
    check(
        r#"<meta name="author" content="https://novapost.example/anna">"#,
        r#"<a rel="author" href="/a">Anna Berg</a>"#,
        (&["Anna Berg"], "microdata"),
    );
    check("", "<p>By <a>Anna Berg</a> and <a>Carl Dahl</a></p>", (two, "text"));
    check("", r#"<div class="byline">Von Anna Berg und Carl Dahl</div>"#, (two, "text"));
    check("", "<figure><span>By Anna Berg</span></figure>", (&[], "nowhere"));
    let outlet = ld(r#""author":{"@type":"Organization","name":"Nova Post"},"publisher":{"name":"Nova Post"}"#);
    check(&outlet, r#"<div class="byline">Anna Berg</div>"#, (&["Anna Berg"], "text"));
    check(&outlet, "", (&["Nova Post"], "json_ld"));
}

#[test]
fn an_agency_that_signs() {
    let page = read(&ld(r#""author":{"name":"Reuters"},"publisher":{"name":"Nova Post"}"#), HEADING);
    assert_eq!((page.agency.as_deref(), place(&page, Field::Agency)), (Some("Reuters"), "json_ld"));
    let page = read(&ld(r#""author":{"name":"Reuters"},"publisher":{"name":"Reuters"}"#), HEADING);
    assert_eq!(page.agency, None);
}

#[test]
fn outlets() {
    let check = |head: &str, expected: (&str, &str)| {
        let page = read(head, HEADING);
        assert_eq!((page.outlet.as_deref().unwrap_or_default(), place(&page, Field::Outlet)), expected, "{head}");
    };
    let site = r#"<meta property="og:site_name" content="Nova Post">"#;
    check(&format!("{site}{}", ld(r#""publisher":{"name":"The Nova Post"}"#)), ("The Nova Post", "json_ld"));
    check(&format!("{site}{}", ld(r#""publisher":{"name":"novapost.example"}"#)), ("Nova Post", "meta"));
    check("<title>Ferry to stop | Nova Post</title>", ("Nova Post", "page_title"));
    check("<title>Ferry to stop</title>", ("novapost.example", "url"));
}

#[test]
fn canonical_addresses() {
    let check = |head: &str, expected: (&str, &str)| {
        let page = read(head, HEADING);
        assert_eq!((page.url.as_deref().unwrap_or_default(), place(&page, Field::Url)), expected, "{head}");
    };
    check(r#"<link rel="canonical" href="/ferry">"#, ("https://www.novapost.example/ferry", "link"));
    check(
        r#"<link rel="canonical" href="/"><meta property="og:url" content="https://novapost.example/f">"#,
        ("https://novapost.example/f", "meta"),
    );
    check(r#"<link rel="canonical" href="javascript:x">"#, (ADDRESS, "url"));
}

#[test]
fn paid_texts() {
    let complete = |head: &str| read(head, HEADING).complete;
    assert!(complete("") && complete(&ld(r#""isAccessibleForFree":true"#)));
    assert!(!complete(&ld(r#""isAccessibleForFree":"False""#)));
    assert!(!complete(&ld(r#""hasPart":{"isAccessibleForFree":false}"#)));
    assert!(!complete(r#"<meta property="article:content_tier" content="locked">"#));
    let metered = r#"<meta property="article:content_tier" content="metered">"#;
    assert!(complete(&format!("{metered}{}", ld(r#""isAccessibleForFree":false"#))));
}

#[test]
fn languages_of_the_root_come_first() {
    let page = r#"<html lang="de-AT"><head><meta property="og:locale" content="en_US"></head><body>"#;
    let page = super::article("p.html", None, &Document::from(page));
    assert_eq!((page.language.as_deref(), place(&page, Field::Language)), (Some("de"), "heading"));
}

#[test]
fn hostile_pages_cost_little() {
    let many = |piece: &str, times: usize| piece.repeat(times);
    let large = format!(r#"{{"@type":"NewsArticle","articleBody":"{}"}}"#, many("x", 5_000_000));
    let pages = [
        many(r#"<meta name="date" content="2025-05-03">"#, 10_000),
        many(r#"<time datetime="2025-05-03">May 3, 2025</time>"#, 10_000),
        many(r#"<div class="comment date">May 3, 2025"#, 400),
        many(r#"<h1 class="byline date" itemprop="author">3<div>"#, 200),
        many(r#"<article class="related">03/04/2025</article>"#, 10_000),
        format!(r#"<script type="application/ld+json">{large}</script>"#),
        many(&ld(r##""@id":"#a","author":{"@id":"#a"},"mainEntity":{"@id":"#a"}"##), 200),
        format!(r#"<script type="application/ld+json">{}</script>"#, many(r#"{"@graph":["#, 50_000)),
        format!(r#"<script type="application/ld+json">{}1{}</script>"#, many(r#"{"@graph":["#, 60), many("]}", 60)),
        many("By ", 50_000),
        many("1.1.2025 ", 50_000),
    ];
    for (number, page) in pages.iter().enumerate() {
        let article = read("", &format!("{HEADING}{page}"));
        assert!(article.title.is_some());
        let notes = article.diagnostics.iter().filter(|note| note.contains("limits of 4 MB and 100 scripts"));
        assert_eq!(notes.count(), usize::from(matches!(number, 5 | 6)), "page {number}");
    }
}

proptest::proptest! {
    /// Whatever pieces of metadata a page is made of: nothing panics, and what is set says where it was found.
    #[test]
    fn any_page(pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..12), noise in ".{0,60}") {
        let page = format!("{}{noise}", pieces.concat());
        let article = super::article("p.html", None, &Document::from(page.as_str()));
        let held = [
            (Field::Title, article.title.is_some()),
            (Field::Published, article.published.is_some()),
            (Field::Modified, article.modified.is_some()),
            (Field::Url, article.url.is_some()),
            (Field::Outlet, article.outlet.is_some()),
            (Field::Authors, !article.authors.is_empty()),
            (Field::Language, article.language.is_some()),
        ];
        for (field, held) in held {
            proptest::prop_assert_eq!(held, article.found.contains_key(&field), "{}", field.as_str());
        }
    }
}

const PIECES: &[&str] = &[
    "<html lang='en-US'>",
    "<head>",
    "<body>",
    "<meta name='date' content='31/12/2025 é'>",
    "<meta property='article:published_time' content='2025-05-03T08:00:00+99:99'>",
    "<meta property='og:title' content='Ferry – to “stop” | Nova Post'>",
    "<meta property='og:url' content='http://'>",
    "<meta name='author' content='By and , ; Anna, &'>",
    "<link rel='canonical' href='//'>",
    "<link rel='canonical' href='ferry?x'>",
    "<title>Ferry – to “stop” | Nova Post</title>",
    "<h1><i>Ferries</i>Ferry – to “stop”</h1>",
    "<script type='application/ld+json'>{\"@type\":[\"NewsArticle\"],\"author\":[[[{\"@id\":\"x\"}]]],\"datePublished\":[\"2025\"]",
    "<script type='application/ld+json'>\"\\",
    "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"&é;\",\"datePublished\":\"2025-05-03T23:59:60Z\"}</script>",
    "</script>",
    "<time datetime='2025-05-03T24:00'>é</time>",
    "<span class='dateÉpublished'>3. März 2025²</span>",
    "<p>Von ",
    "<a rel='author'>Anna Berg</a>",
    "und",
    "</p>",
];
