//! JSON Feed 1.0 and 1.1.

use serde_json::{Map, Value};
use twosource_model::Instant;

use super::elements::{LONGEST, MOST, people};
use super::{Content, Entry, Feed, Media, feed_date};
use crate::address::resolve;
use crate::language::code_of_tag;

/// Whether a JSON value is a JSON Feed, by its `version`; without one, by its items and the name of an address.
pub(crate) fn is_jsonfeed(value: &Value) -> bool {
    let has_items = value.get("items").is_some_and(Value::is_array);
    let version = value.get("version").and_then(Value::as_str);
    let addressed = ["feed_url", "home_page_url"].iter().any(|name| value.get(name).is_some_and(Value::is_string));
    version.is_some_and(|version| version.contains("jsonfeed.org/version")) || has_items && addressed
}

/// What a JSON Feed holds. An item that is no object becomes a note.
pub(super) fn feed(value: &Value) -> Feed {
    let empty = Map::new();
    let record = value.as_object().unwrap_or(&empty);
    let site = text(record, &["home_page_url", "feed_url"]);
    let mut feed = Feed {
        title: text(record, &["title"]).and_then(title),
        language: text(record, &["language"]).and_then(|tag| code_of_tag(&tag)),
        site,
        ..Feed::default()
    };
    let shared = authors(record);
    for (number, item) in (1..).zip(value.get("items").and_then(Value::as_array).into_iter().flatten()) {
        match item.as_object() {
            Some(item) => feed.entries.push(entry(item, &feed, &shared)),
            None => feed.notes.push(format!("item {number}: skipped: not an object")),
        }
    }
    feed
}

fn entry(item: &Map<String, Value>, feed: &Feed, shared: &[String]) -> Entry {
    let address = |names: &[&str]| text(item, names).and_then(|url| resolve(feed.site.as_deref(), &url));
    let id = text(item, &["id"]);
    let date = |name: &str| -> Option<Instant> { feed_date(&text(item, &[name])?) };
    let html = text(item, &["content_html"]).map(Content::Html);
    let own = authors(item);
    Entry {
        url: address(&["url"]).or_else(|| address(&["external_url"])).or_else(|| resolve(None, id.as_deref()?)),
        id,
        title: text(item, &["title"]).and_then(title),
        published: date("date_published"),
        modified: date("date_modified"),
        authors: if own.is_empty() { shared.to_vec() } else { own },
        via: text(item, &["_via"]),
        language: text(item, &["language"]).and_then(|tag| code_of_tag(&tag)),
        content: html.or_else(|| text(item, &["content_text"]).map(Content::Text)),
        summary: text(item, &["summary"]).map(Content::guessed),
        media: media(item),
        is_cut: false,
    }
}

/// The first of some fields that holds something: a text, or a number as some write ids.
fn text(record: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match record.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn title(text: String) -> Option<String> {
    Content::guessed(text).words(&crate::Limits::default()).filter(|title| title.len() <= LONGEST)
}

/// `authors` of 1.1, or `author` of 1.0.
fn authors(record: &Map<String, Value>) -> Vec<String> {
    let name = |author: &Value| author.get("name").or(Some(author))?.as_str().map(people);
    let listed: Vec<String> =
        record.get("authors").and_then(Value::as_array).into_iter().flatten().filter_map(name).flatten().collect();
    let listed: Vec<String> = listed.into_iter().take(MOST).collect();
    if listed.is_empty() { record.get("author").and_then(name).unwrap_or_default() } else { listed }
}

/// The titles of attached pictures and films.
fn media(item: &Map<String, Value>) -> Vec<Media> {
    let attached = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
    let titled = attached.filter_map(|each| text(each.as_object()?, &["title"]));
    titled.take(MOST).map(|caption| Media { caption: Some(caption), credit: None }).collect()
}
