//! What a page says about itself: JSON-LD, meta tags, the canonical link, the language, a `<time>`.

use dom_query::Document;
use serde_json::Value;
use twosource_model::{Article, Instant};

use crate::dates::metadata_date;
use crate::json::host;
use crate::language::code_of_tag;

/// An article with the metadata of a page and no text yet.
pub(super) fn article(input: &str, document: &Document) -> Article {
    let stated = news_article(document);
    let stated = stated.as_ref();
    let url = link(document).or_else(|| meta(document, &["og:url"]));
    let is_address = input.starts_with("http://") || input.starts_with("https://");
    let url = url.filter(|url| url.starts_with("http")).or_else(|| is_address.then(|| input.to_owned()));
    let outlet = publisher(stated).or_else(|| meta(document, &["og:site_name", "application-name"]));
    Article {
        id: input.to_owned(),
        input: input.to_owned(),
        outlet: outlet.or_else(|| url.as_deref().and_then(host)),
        url,
        authors: authors(stated, document),
        title: title(stated, document),
        published: published(stated, document),
        modified: date(stated, "dateModified")
            .or_else(|| meta_date(document, &["article:modified_time", "og:updated_time"])),
        language: document.select("html").attr("lang").and_then(|tag| code_of_tag(&tag)),
        complete: stated.and_then(|article| article.get("isAccessibleForFree")).is_none_or(is_yes),
        ..Article::default()
    }
}

fn is_yes(value: &Value) -> bool {
    !matches!(value, Value::Bool(false)) && value.as_str().is_none_or(|text| !text.eq_ignore_ascii_case("false"))
}

/// The text of the article where only JSON-LD holds it.
pub(super) fn article_body(document: &Document) -> Option<String> {
    text(news_article(document)?.get("articleBody")?)
}

/// The first JSON-LD object whose type is an article, wherever it is nested.
fn news_article(document: &Document) -> Option<Value> {
    let scripts = document.select("script[type=\"application/ld+json\"]");
    let found = scripts.iter().filter_map(|script| {
        let source = script.text();
        serde_json::from_str(source.trim().trim_end_matches(';'))
            .ok()
            .and_then(|value| find_article(&value, 0).cloned())
    });
    found.into_iter().next()
}

fn find_article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 6 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| find_article(item, depth + 1)),
        Value::Object(fields) if is_article(value) => Some(value).filter(|_| !fields.is_empty()),
        Value::Object(fields) => ["@graph", "mainEntity", "mainEntityOfPage"]
            .iter()
            .find_map(|name| find_article(fields.get(*name)?, depth + 1)),
        _ => None,
    }
}

fn is_article(value: &Value) -> bool {
    let named = |name: &Value| {
        name.as_str().is_some_and(|name| name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report")
    };
    match value.get("@type") {
        Some(Value::Array(names)) => names.iter().any(named),
        Some(name) => named(name),
        None => false,
    }
}

fn text(value: &Value) -> Option<String> {
    let text = plain(value.as_str()?);
    (!text.is_empty()).then_some(text)
}

/// Character references that JSON-LD writers leave in, and folded spaces; line ends stay.
fn plain(text: &str) -> String {
    let text = text
        .replace("&amp;", "&")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&nbsp;", " ")
        .replace("&rsquo;", "’");
    text.trim().to_owned()
}

fn name(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => items.iter().find_map(name),
        Value::Object(fields) => text(fields.get("name")?),
        _ => text(value).filter(|text| !text.starts_with("http")),
    }
}

fn publisher(stated: Option<&Value>) -> Option<String> {
    name(stated?.get("publisher")?)
}

fn authors(stated: Option<&Value>, document: &Document) -> Vec<String> {
    let given = match stated.and_then(|article| article.get("author")) {
        Some(Value::Array(items)) => items.iter().filter_map(name).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    };
    if !given.is_empty() {
        return given;
    }
    let meta =
        meta(document, &["author", "byl", "parsely-author", "dc.creator"]).filter(|name| !name.starts_with("http"));
    meta.map(|name| name.strip_prefix("By ").unwrap_or(&name).to_owned()).into_iter().collect()
}

/// What JSON-LD or the page's own heading says; the page title, which carries the outlet's name, comes last.
fn title(stated: Option<&Value>, document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let mut heading = headings.iter().map(|heading| folded(&heading.text())).filter(|heading| !heading.is_empty());
    let only = heading.next().filter(|_| heading.next().is_none());
    let stated = stated.and_then(|article| text(article.get("headline")?)).map(|title| folded(&title));
    let tagged = meta(document, &["og:title", "twitter:title"]);
    only.or(stated)
        .or(tagged)
        .or_else(|| Some(folded(&document.select("title").text())).filter(|title| !title.is_empty()))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn published(stated: Option<&Value>, document: &Document) -> Option<Instant> {
    const NAMES: &[&str] = &[
        "article:published_time",
        "og:published_time",
        "datePublished",
        "date",
        "pubdate",
        "publishdate",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "article.published",
    ];
    let time = || document.select("time[datetime]").attr("datetime").and_then(|value| metadata_date(&value));
    let marked = || document.select("[itemprop=datePublished]").attr("content").and_then(|value| metadata_date(&value));
    date(stated, "datePublished").or_else(|| meta_date(document, NAMES)).or_else(marked).or_else(time)
}

fn date(stated: Option<&Value>, name: &str) -> Option<Instant> {
    metadata_date(stated?.get(name)?.as_str()?)
}

fn meta_date(document: &Document, names: &[&str]) -> Option<Instant> {
    metadata_date(&meta(document, names)?)
}

/// The first meta tag of these names or properties that holds something.
fn meta(document: &Document, names: &[&str]) -> Option<String> {
    let tags = document.select("meta[content]");
    let called = |wanted: &str, tag: &dom_query::Selection| {
        ["property", "name", "itemprop"]
            .iter()
            .any(|attribute| tag.attr(attribute).is_some_and(|value| value.eq_ignore_ascii_case(wanted)))
    };
    names.iter().find_map(|wanted| {
        let tag = tags
            .iter()
            .find(|tag| called(wanted, tag) && tag.attr("content").is_some_and(|value| !value.trim().is_empty()))?;
        tag.attr("content").map(|value| folded(&value))
    })
}

fn link(document: &Document) -> Option<String> {
    document.select("link[rel=canonical]").attr("href").map(|href| href.to_string())
}
