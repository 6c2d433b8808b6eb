//! ninjs, the news in JSON of the IPTC: versions 1.0 to 3.1.
//!
//! The versions differ in the case of names (`versioncreated`, `versionCreated`) and in whether the texts of an item
//! are fields (`body_text`, `headline_main`) or lists (`bodies`, `headlines`): names are compared without case, and both
//! forms are read. A value of a wrong type counts as missing.

use serde_json::{Map, Value};
use twosource_model::{Article, BlockKind, Wire};

use crate::feeds::Content;
use crate::wire::{Item, code, folded};
use crate::{Limits, Read, nitf, xml};

type Record = Map<String, Value>;

/// Items in items are followed no deeper.
const DEEPEST: usize = 8;

/// What an item that is no text calls itself, and what we call it.
const KINDS: &[(&str, &str)] = &[
    ("picture", "a picture"),
    ("graphic", "a graphic"),
    ("audio", "a sound"),
    ("video", "a film"),
    ("animation", "an animation"),
    ("event", "an event"),
    ("planning", "a plan of coverage"),
];

/// Whether a JSON value is an item of ninjs: it has a `uri` and says something that only such items say.
pub(crate) fn is_ninjs(value: &Value) -> bool {
    let Some(record) = value.as_object() else { return false };
    let names = ["versioncreated", "pubstatus", "bodies", "headlines", "representationtype", "renditions"];
    let is_typed = || {
        let kind = text(record, "type").map(str::to_ascii_lowercase).unwrap_or_default();
        matches!(&*kind, "text" | "composite" | "component") || KINDS.iter().any(|(name, _)| *name == kind)
    };
    let is_record = ["text", "maintext", "html"].iter().any(|name| record.contains_key(*name));
    let starts = |key: &String| key.starts_with("body_") || key.starts_with("headline_");
    let says = || names.iter().any(|name| get(record, name).is_some()) || record.keys().any(starts) || is_typed();
    text(record, "uri").is_some() && !is_record && says()
}

/// The articles of an item: its own, and those of the text items in it.
pub(crate) fn read(input: &str, place: &str, value: &Value, limits: &Limits) -> Read {
    let mut read = Read::default();
    let mut open = vec![(value, 0, Wire::default())];
    while let Some((value, depth, around)) = open.pop() {
        let Some(record) = value.as_object() else { continue };
        let inner: Vec<&Value> = associations(record).collect();
        let mut item = Item::new(input, text(record, "uri"), read.articles.len() + 1);
        metadata(&mut item, record);
        // What holds back an item holds back what is in it.
        item.wire.status = item.wire.status.or(around.status);
        item.wire.embargoed_until = item.wire.embargoed_until.take().or(around.embargoed_until);
        let wire = item.wire.clone();
        match article(item, record, limits) {
            Ok(article) => read.articles.push(article),
            // What belongs to an item speaks there; only an item by itself is missed.
            Err(why) if depth == 0 && !inner.iter().any(|value| has_body(value)) => {
                let name = text(record, "uri").unwrap_or("an item");
                read.notes.push((input.to_owned(), format!("{place}: {name}: skipped: {why}")));
            }
            Err(_) => {}
        }
        if depth < DEEPEST {
            open.extend(
                inner.into_iter().rev().filter(|value| has_body(value)).map(|value| (value, depth + 1, wire.clone())),
            );
        }
    }
    read
}

fn article(mut item: Item, record: &Record, limits: &Limits) -> Result<Article, String> {
    body(&mut item, record, limits);
    if item.body.is_empty() {
        let kind = text(record, "type").map(str::to_ascii_lowercase).unwrap_or_default();
        let known = KINDS.iter().find(|(name, _)| *name == kind);
        return Err(known.map_or("it holds no text (no `body_…`, no `bodies`)".to_owned(), |(_, words)| {
            format!("it is {words}, which has no news text")
        }));
    }
    standfirst(&mut item, record);
    for associated in associations(record).filter(|value| !has_body(value)).filter_map(Value::as_object) {
        let credit = ["creditline", "byline", "by"].iter().find_map(|name| text(associated, name));
        item.caption(description(associated), credit.map(folded));
    }
    item.article()
}

fn metadata(item: &mut Item, record: &Record) {
    let uri = text(record, "uri");
    item.article.url = uri.filter(|uri| crate::address::is_web(uri)).map(str::to_owned);
    item.title(texts(record, "headline", "headlines").first().map(|found| folded(found.value)));
    item.title(text(record, "title").map(folded));
    let first = ["firstcreated", "contentcreated"].iter().find_map(|name| text(record, name));
    item.dates(first, text(record, "versioncreated"));
    item.status(text(record, "pubstatus"));
    item.embargo(text(record, "embargoed"));
    item.note(text(record, "ednote").map(str::to_owned));
    item.wire.version = number_or_text(record, "version");
    item.language(text(record, "language"));
    for name in ["infosource", "infosources"] {
        let sources = get(record, name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
        sources.for_each(|source| item.agency(text(source, "name")));
    }
    item.outlet(text(record, "copyrightholder"));
    let byline = ["byline", "by"].iter().find_map(|name| text(record, name)).map(folded);
    item.byline(byline.as_deref());
    item.over(BlockKind::Byline, byline);
}

/// One of the texts of an item.
struct Text<'r> {
    role: String,
    media: String,
    value: &'r str,
}

/// The texts of a kind, as fields (`body_text`) or as a list (`bodies`), in their order; the main one first.
fn texts<'r>(record: &'r Record, field: &str, list: &str) -> Vec<Text<'r>> {
    let mut found = Vec::new();
    for (name, value) in record {
        let name = name.to_ascii_lowercase();
        let role = name.strip_prefix(field).and_then(|rest| rest.strip_prefix('_').or(rest.is_empty().then_some("")));
        if let (Some(role), Some(value)) = (role, value.as_str()) {
            found.push(Text { role: role.to_owned(), media: String::new(), value });
        }
    }
    for each in get(record, list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let lower = |name: &str| text(each, name).unwrap_or_default().to_ascii_lowercase();
        if let Some(value) = text(each, "value") {
            found.push(Text { role: code(&lower("role")).to_owned(), media: lower("contenttype"), value });
        }
    }
    found.retain(|text| !text.value.trim().is_empty());
    found.sort_by_key(|text| !matches!(&*text.role, "main" | ""));
    found
}

/// The body in the form that tells most: HTML, then NITF, then text.
fn body(item: &mut Item, record: &Record, limits: &Limits) {
    let mut bodies = texts(record, "body", "bodies");
    bodies.sort_by_key(rank);
    for body in bodies {
        match rank(&body) {
            NITF => {
                let tree = xml::parse(body.value, &xml::Rules::default(), limits);
                if let Some(root) = tree.root().filter(|root| root.local() == "nitf") {
                    nitf::fill(item, root);
                }
            }
            FOREIGN => {}
            rank => {
                let content = if rank == HTML {
                    Content::Html(body.value.to_owned())
                } else {
                    Content::guessed(body.value.to_owned())
                };
                let (elements, problem) = content.elements(limits);
                item.article.diagnostics.extend(problem);
                item.body = elements;
            }
        }
        if !item.body.is_empty() {
            return;
        }
    }
}

const HTML: u8 = 0;
const NITF: u8 = 1;
const PLAIN: u8 = 2;
const FOREIGN: u8 = 3;

fn rank(body: &Text) -> u8 {
    let says = |word: &str| body.role.contains(word) || body.media.contains(word);
    match () {
        () if body.media.contains("nitf") || body.value.get(..200).unwrap_or(body.value).contains("<nitf") => NITF,
        () if says("html") || says("richtext") => HTML,
        () if body.media.ends_with("xml") || body.role.contains("nitf") => FOREIGN,
        () => PLAIN,
    }
}

/// A summary of the item over its text.
fn standfirst(item: &mut Item, record: &Record) {
    let words = description(record).filter(|words| words.len() <= 1000);
    let opening: String = item.body.iter().take(8).map(|element| &*element.text).collect::<Vec<_>>().join(" ");
    let start = words.as_ref().map(|words| words.chars().take(60).collect::<String>());
    if start.is_some_and(|start| !opening.contains(start.trim())) {
        item.over(BlockKind::Standfirst, words);
    }
}

/// What an item says of itself: the plain form where there are several.
fn description(record: &Record) -> Option<String> {
    let mut found = texts(record, "description", "descriptions");
    found.sort_by_key(|text| rank(text) != PLAIN || text.role.contains("credit"));
    let first = found.into_iter().find(|text| !text.role.contains("credit"))?;
    Content::guessed(first.value.to_owned()).words(&Limits::default())
}

/// The items that belong to an item: a list, or an object of names.
fn associations(record: &Record) -> Box<dyn Iterator<Item = &Value> + '_> {
    match get(record, "associations") {
        Some(Value::Array(items)) => Box::new(items.iter()),
        Some(Value::Object(named)) => Box::new(named.values().flat_map(|value| match value {
            Value::Array(items) => items.iter().collect::<Vec<_>>(),
            other => vec![other],
        })),
        _ => Box::new(std::iter::empty()),
    }
}

fn has_body(value: &Value) -> bool {
    let Some(record) = value.as_object() else { return false };
    let kind = text(record, "type").map(str::to_ascii_lowercase).unwrap_or_default();
    !KINDS.iter().any(|(name, _)| *name == kind) && !texts(record, "body", "bodies").is_empty()
}

/// A field by its name in lower case.
fn get<'r>(record: &'r Record, name: &str) -> Option<&'r Value> {
    record.get(name).or_else(|| record.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

fn text<'r>(record: &'r Record, name: &str) -> Option<&'r str> {
    get(record, name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn number_or_text(record: &Record, name: &str) -> Option<String> {
    match get(record, name)? {
        Value::Number(number) => Some(number.to_string()),
        value => value.as_str().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
    }
}

#[cfg(test)]
mod tests {
    use twosource_model::{Instant, PubStatus};

    use super::*;

    fn read_text(text: &str) -> Read {
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert!(is_ninjs(&value));
        read("n.json", "record 1", &value, &Limits::default())
    }

    fn blocks(article: &Article) -> Vec<String> {
        let shown =
            |block: &twosource_model::Block| format!("{}: {}", block.kind.as_str(), block.span.of(&article.text));
        article.blocks.iter().map(shown).collect()
    }

    #[test]
    fn version_one() {
        let read = read_text(
            r#"{"uri":"http://nova.example/1","type":"text","versioncreated":"2025-05-03T08:00:00Z","firstcreated":"2025-05-02T08:00:00Z",
            "pubstatus":"withheld","embargoed":"2025-05-04T08:00:00Z","ednote":"Check the name.","version":2,"language":"en-GB",
            "copyrightholder":"Reuters","byline":"Anna Berg","headline":"Ferry to stop in May","description_text":"A century ends.",
            "body_text":"The ferry will stop.","body_xhtml":"<p>The ferry will <b>stop</b>.</p><h2>No bridge</h2><p>It was old.</p>",
            "associations":{"main":{"uri":"x","type":"picture","description_text":"The ferry at the pier.","byline":"Carl Dahl"}}}"#,
        );
        let [article] = &read.articles[..] else { panic!("one article: {read:?}") };
        assert_eq!(
            blocks(article),
            [
                "headline: Ferry to stop in May",
                "standfirst: A century ends.",
                "byline: Anna Berg",
                "paragraph: The ferry will stop.",
                "heading: No bridge",
                "paragraph: It was old.",
                "caption: The ferry at the pier.",
                "credit: Carl Dahl"
            ]
        );
        let wire = article.wire.as_ref().expect("what the agency says");
        assert_eq!(wire.status, Some(PubStatus::Withheld));
        assert_eq!((wire.version.as_deref(), wire.editors_note.as_deref()), (Some("2"), Some("Check the name.")));
        assert_eq!(article.published.as_ref().map(Instant::day), Some("2025-05-02"));
        assert_eq!(article.modified.as_ref().map(Instant::day), Some("2025-05-03"));
        assert_eq!(article.agency.as_deref(), Some("Reuters"));
        let said = |words: &str| article.diagnostics.iter().any(|note| note.contains(words));
        assert!(
            said("withheld by its agency") && said("embargoed until 2025-05-04T08:00:00Z"),
            "{:?}",
            article.diagnostics
        );
    }

    #[test]
    fn version_three() {
        let read = read_text(
            r#"{"uri":"urn:nova:2","versionCreated":"2025-05-03T08:00:00Z","pubStatus":"http://cv.iptc.org/newscodes/pubstatus/canceled",
            "headlines":[{"role":"short","value":"Ferry"},{"role":"main","value":"Ferry to stop in May"}],"by":"By Anna Berg",
            "infoSources":[{"name":"dpa"}],"bodies":[{"role":"main","contentType":"text/plain","value":"The ferry will stop.\n\nIt was old."}],
            "associations":[{"name":"side","type":"text","bodies":[{"value":"Another story of the port."}]},{"type":"picture"}]}"#,
        );
        assert_eq!(read.articles.len(), 2, "{read:?}");
        let article = &read.articles[0];
        assert_eq!(article.title.as_deref(), Some("Ferry to stop in May"));
        assert_eq!((article.agency.as_deref(), &article.authors[..]), (Some("dpa"), &["Anna Berg".to_owned()][..]));
        assert_eq!(article.wire.as_ref().and_then(|wire| wire.status), Some(PubStatus::Canceled));
        assert_eq!(read.articles[1].text, "Another story of the port.");
    }

    #[test]
    fn items_without_a_text_say_so() {
        let read = read_text(r#"{"uri":"urn:nova:3","type":"picture","description_caption":"The ferry."}"#);
        assert!(read.articles.is_empty() && read.notes[0].1.contains("it is a picture"), "{:?}", read.notes);
        let read = read_text(r#"{"uri":"urn:nova:4","type":"text","body_text":7,"headline":[],"version":{}}"#);
        assert!(read.notes[0].1.contains("no text"), "{:?}", read.notes);
        assert!(!is_ninjs(&serde_json::json!({"uri": "x", "text": "The ferry.", "type": "text"})));
        assert!(!is_ninjs(&serde_json::json!([1])));
    }

    #[test]
    fn nitf_inside() {
        let read = read_text(
            r#"{"uri":"urn:nova:5","type":"text","bodies":[{"contentType":"text/vnd.IPTC.NITF","value":"<?xml version='1.0'?><nitf><body><body.head><hedline><hl1>Ferry</hl1></hedline></body.head><body.content><p>It stops.</p></body.content></body></nitf>"}]}"#,
        );
        assert_eq!(blocks(&read.articles[0]), ["headline: Ferry", "paragraph: It stops."]);
    }
}
