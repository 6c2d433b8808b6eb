//! schema.org data in the scripts of a page: the object that describes the article, whatever it is nested in.
//!
//! Objects are found at the top, in arrays, in `@graph` and under `mainEntity`; of several articles the one whose
//! address or headline fits the page is taken. `{"@id": …}` is followed to the object it names, a few steps at most.

use std::collections::BTreeMap;

use dom_query::Document;
use serde_json::{Map, Value};

use super::repair::values;
use crate::dates::{Seen, dates_in};
use crate::words::floor;

type Object = Map<String, Value>;

/// How deep objects are looked for, and how many are looked at.
const DEPTH: usize = 8;
const MOST: usize = 5000;
/// How many `@id`s are followed one after another.
const STEPS: usize = 4;

/// What the scripts say of the article.
#[derive(Debug, Default)]
pub(super) struct Stated {
    /// Whether its type is an article, not only a page, a recipe or a video.
    pub(super) is_article: bool,
    pub(super) headline: Option<String>,
    pub(super) published: Option<Seen>,
    pub(super) created: Option<Seen>,
    pub(super) modified: Option<Seen>,
    pub(super) authors: Vec<String>,
    /// Organisations among the authors.
    pub(super) organisations: Vec<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// As it stands in the script.
    pub(super) body: Option<String>,
    /// Whether it says that the text must be paid for.
    pub(super) paid: bool,
}

/// What of the page an object must fit to be about it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Page<'p> {
    pub(super) url: Option<&'p str>,
    pub(super) title: Option<&'p str>,
}

/// What the scripts of a page say, where they say anything of an article.
pub(super) fn stated(scripts: &[String], page: Page) -> Option<Stated> {
    let values: Vec<Value> = scripts.iter().flat_map(|script| values(script)).collect();
    let mut objects = Vec::new();
    values.iter().for_each(|value| collect(value, 0, &mut objects));
    let ids = ids(&objects);
    let scored = objects.iter().enumerate().filter_map(|(at, object)| Some((fit(object, page)?, at, *object)));
    // The first of those that fit best.
    let best = scored.max_by_key(|(fit, at, _)| (*fit, std::cmp::Reverse(*at)));
    best.map(|(_, _, object)| Known { ids: &ids }.stated(object)).or_else(|| salvaged(scripts))
}

/// Objects in document order; those that only wrap others are looked into.
fn collect<'v>(value: &'v Value, depth: usize, objects: &mut Vec<&'v Object>) {
    if depth > DEPTH || objects.len() >= MOST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, depth + 1, objects)),
        Value::Object(fields) => {
            objects.push(fields);
            for name in ["@graph", "mainEntity", "mainEntityOfPage", "author", "publisher", "isPartOf"] {
                if let Some(inner @ (Value::Object(_) | Value::Array(_))) = fields.get(name) {
                    collect(inner, depth + 1, objects);
                }
            }
        }
        _ => {}
    }
}

/// The objects by their `@id`, the fullest of each.
fn ids<'v>(objects: &[&'v Object]) -> BTreeMap<&'v str, &'v Object> {
    let mut ids: BTreeMap<&str, &Object> = BTreeMap::new();
    for &object in objects {
        if let Some(id) = object.get("@id").and_then(Value::as_str) {
            let known = ids.entry(id).or_insert(object);
            if known.len() < object.len() {
                *known = object;
            }
        }
    }
    ids
}

/// How well an object fits the page; `None` for what is no description of it.
fn fit(object: &Object, page: Page) -> Option<u32> {
    let kind = kind(object)?;
    let says = |name: &str| object.get(name).and_then(Value::as_str);
    let addresses = ["url", "@id"].iter().filter_map(|name| says(name)).chain(main_entity(object));
    let same_address = page.url.is_some_and(|url| addresses.take(3).any(|other| same_page(url, other)));
    let headline = says("headline").or_else(|| says("name"));
    let same_title = headline.zip(page.title).is_some_and(|(headline, title)| alike(headline, title));
    let dated = object.contains_key("datePublished");
    (kind > 0 || dated).then_some(kind * 8 + u32::from(same_address) * 4 + u32::from(same_title) * 3 + u32::from(dated))
}

/// 1 for an article, 0 for other works, `None` for people, organisations, sites and lists.
fn kind(object: &Object) -> Option<u32> {
    let names: Vec<&str> = match object.get("@type")? {
        Value::Array(names) => names.iter().filter_map(Value::as_str).take(8).collect(),
        Value::String(name) => vec![name],
        _ => return None,
    };
    let name = |name: &str| name.rsplit(['/', ':', '#']).next().unwrap_or(name).to_owned();
    let names: Vec<String> = names.into_iter().map(name).collect();
    let is_article = |name: &String| {
        name.ends_with("Article") || name.ends_with("Posting") || matches!(name.as_str(), "Report" | "LiveBlog")
    };
    let is_no_work = |name: &String| {
        ["Person", "WebSite", "BreadcrumbList", "ItemList", "ImageObject", "SearchAction", "Comment", "Review", "Event"]
            .contains(&name.as_str())
            || name.ends_with("Organization")
            || name.ends_with("JobPosting")
    };
    match () {
        () if names.iter().any(is_no_work) => None,
        () if names.iter().any(is_article) => Some(1),
        () => Some(0),
    }
}

fn main_entity(object: &Object) -> Option<&str> {
    match object.get("mainEntityOfPage")? {
        Value::String(url) => Some(url),
        Value::Object(fields) => fields.get("@id").or_else(|| fields.get("url"))?.as_str(),
        _ => None,
    }
}

/// Whether two addresses name the same page: host and path, without what does not matter.
pub(super) fn same_page(a: &str, b: &str) -> bool {
    fn key(url: &str) -> &str {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
    }
    key(a).contains('/') && key(a) == key(b)
}

/// Whether two titles are one, up to signs and an outlet's name behind it.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(200).collect()
    };
    let (a, b) = (letters(a), letters(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && (short == long || short.len() >= 16 && long.starts_with(&short))
}

/// The objects that can be referred to.
struct Known<'v> {
    ids: &'v BTreeMap<&'v str, &'v Object>,
}

impl Known<'_> {
    fn stated(&self, object: &Object) -> Stated {
        let text = |name: &str| object.get(name).and_then(Value::as_str).and_then(plain);
        let date = |name: &str| object.get(name).and_then(date);
        let language =
            object.get("inLanguage").and_then(|value| value.as_str().or_else(|| value.get("name")?.as_str()));
        let authors =
            ["author", "creator"].iter().find_map(|name| object.get(*name).filter(|value| self.names(value).is_some()));
        let publisher = ["publisher", "sourceOrganization", "provider"];
        Stated {
            is_article: kind(object) == Some(1),
            headline: text("headline").or_else(|| text("name")),
            published: date("datePublished"),
            created: date("dateCreated").or_else(|| date("uploadDate")),
            modified: date("dateModified"),
            authors: authors.and_then(|value| self.names(value)).unwrap_or_default(),
            organisations: authors.and_then(|value| self.organisations(value)).unwrap_or_default(),
            publisher: publisher.iter().find_map(|name| self.names(object.get(*name)?)?.into_iter().next()),
            url: text("url").or_else(|| main_entity(object).and_then(plain)),
            language: language.map(str::to_owned),
            body: object.get("articleBody").and_then(Value::as_str).map(str::to_owned),
            paid: is_paid(object),
        }
    }

    /// The names of people or organisations: strings, objects, references, lists of these; `None` for none.
    fn names(&self, value: &Value) -> Option<Vec<String>> {
        let items = match value {
            Value::Array(items) => &items[..items.len().min(50)],
            _ => std::slice::from_ref(value),
        };
        let names: Vec<String> = items.iter().flat_map(|item| self.name(item, STEPS)).collect();
        (!names.is_empty()).then_some(names)
    }

    /// Those of the names whose type is an organisation.
    fn organisations(&self, value: &Value) -> Option<Vec<String>> {
        let items = value.as_array().map_or(std::slice::from_ref(value), |items| &items[..items.len().min(50)]);
        let is_organisation = |item: &&Value| {
            let own = item.as_object();
            let named = own.and_then(|own| self.ids.get(own.get("@id")?.as_str()?)).copied();
            let kind = |object: &Object| object.get("@type").and_then(Value::as_str).map(str::to_owned);
            own.and_then(kind).or_else(|| named.and_then(kind)).is_some_and(|kind| kind.ends_with("Organization"))
        };
        Some(items.iter().filter(is_organisation).flat_map(|item| self.name(item, STEPS)).collect())
    }

    fn name(&self, value: &Value, steps: usize) -> Vec<String> {
        let own = match value {
            Value::String(name) => return plain(name).into_iter().collect(),
            Value::Object(fields) => fields,
            // Lists inside lists are rare, and one step each.
            Value::Array(items) if steps > 0 => {
                return items.iter().take(20).flat_map(|item| self.name(item, steps - 1)).collect();
            }
            _ => return Vec::new(),
        };
        match own.get("name") {
            Some(Value::String(name)) => plain(name).into_iter().collect(),
            Some(names @ Value::Array(_)) if steps > 0 => self.name(names, steps - 1),
            _ => {
                let named = own.get("@id").and_then(Value::as_str).and_then(|id| self.ids.get(id));
                let other = named.filter(|_| steps > 0).and_then(|object| object.get("name"));
                other.map_or_else(|| parts_of_name(own), |name| self.name(name, steps - 1))
            }
        }
    }
}

/// A person given as given and family name.
fn parts_of_name(person: &Object) -> Vec<String> {
    let part = |name: &str| person.get(name).and_then(Value::as_str).and_then(plain);
    match (part("givenName"), part("familyName")) {
        (Some(given), Some(family)) => vec![format!("{given} {family}")],
        _ => Vec::new(),
    }
}

/// `isAccessibleForFree` of the article or of a part of it.
fn is_paid(object: &Object) -> bool {
    let paid = |object: &Object| match object.get("isAccessibleForFree") {
        Some(Value::Bool(free)) => !free,
        Some(Value::String(free)) => free.rsplit('/').next().is_some_and(|free| free.eq_ignore_ascii_case("false")),
        _ => false,
    };
    let parts = match object.get("hasPart") {
        Some(Value::Array(items)) => &items[..items.len().min(50)],
        Some(part) => std::slice::from_ref(part),
        None => &[],
    };
    match object.get("isAccessibleForFree") {
        Some(_) => paid(object),
        None => parts.iter().filter_map(Value::as_object).any(paid),
    }
}

fn date(value: &Value) -> Option<Seen> {
    let text = match value {
        Value::Array(items) => items.first()?.as_str()?,
        _ => value.as_str()?,
    };
    dates_in(&text[..floor(text, 100)]).into_iter().next()
}

/// A text without the character references that writers leave in; line ends stay.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let decoded = if text.contains('&') && text.contains(';') {
        Document::fragment(text.replace('<', "&lt;")).text().trim().to_owned()
    } else {
        text.to_owned()
    };
    (!decoded.is_empty()).then_some(decoded)
}

/// The dates of scripts that are no JSON even once repaired.
fn salvaged(scripts: &[String]) -> Option<Stated> {
    let named = |script: &str, name: &str| {
        let at = script.find(name)? + name.len();
        let rest = script[at..].trim_start_matches(['"', '\'', ' ', ':', '\n', '\t']);
        let value = &rest[..floor(rest, 60)];
        dates_in(value.split(['"', '\'', '\n']).next()?).into_iter().next()
    };
    scripts.iter().find_map(|script| {
        let published = named(script, "\"datePublished\"")?;
        let modified = named(script, "\"dateModified\"");
        let is_article = script.contains("Article\"") || script.contains("BlogPosting\"");
        Some(Stated { is_article, published: Some(published), modified, ..Stated::default() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(scripts: &[&str]) -> Stated {
        let scripts: Vec<String> = scripts.iter().map(|script| (*script).to_owned()).collect();
        let page = Page { url: Some("https://nova.example/ferry"), title: Some("Ferry to stop in May | Nova Post") };
        stated(&scripts, page).unwrap_or_default()
    }

    fn day(seen: Option<&Seen>) -> Option<String> {
        seen.and_then(Seen::instant).map(|instant| instant.day().to_owned())
    }

    #[test]
    fn the_article_that_fits_the_page() {
        let found = read(&[
            r#"{"@type":"WebSite","name":"Nova Post","datePublished":"2001-01-01"}"#,
            r#"[{"@type":"NewsArticle","headline":"Another story","datePublished":"2025-01-01"},
                {"@type":["Thing","NewsArticle"],"mainEntityOfPage":{"@id":"https://www.nova.example/ferry/?x"},"datePublished":"2025-05-03"}]"#,
        ]);
        assert_eq!(day(found.published.as_ref()).as_deref(), Some("2025-05-03"));
        let found = read(&[r#"{"@graph":[{"@type":"WebPage","datePublished":"2025-05-01"},
            {"@type":"http://schema.org/BlogPosting","datePublished":"2025-05-02"}]}"#]);
        assert_eq!(day(found.published.as_ref()).as_deref(), Some("2025-05-02"));
        assert!(found.is_article && !read(&[r#"{"@type":"Recipe","datePublished":"2025-05-02"}"#]).is_article);
    }

    #[test]
    fn names_behind_references() {
        let found = read(&[
            r##"{"@graph":[{"@type":"Article","author":[{"@id":"#a"},{"@type":"Person","givenName":"Carl","familyName":"Dahl"}],"publisher":{"@id":"#p"}},
                {"@type":"Person","@id":"#a","name":"Anna Berg"},{"@type":"Organization","@id":"#p","name":"Nova &amp; Sons"}]}"##,
        ]);
        assert_eq!(found.authors, ["Anna Berg", "Carl Dahl"]);
        assert_eq!(found.publisher.as_deref(), Some("Nova & Sons"));
    }

    #[test]
    fn circles_end() {
        let found = read(&[
            r##"{"@type":"Article","@id":"#x","author":{"@id":"#y"},"publisher":{"@id":"#x"}}"##,
            r##"{"@id":"#y","@type":"Person","name":[{"@id":"#y"},[["Anna Berg"]]]}"##,
        ]);
        assert_eq!(found.authors, ["Anna Berg"]);
    }

    #[test]
    fn what_must_be_paid_for() {
        assert!(read(&[r#"{"@type":"NewsArticle","isAccessibleForFree":"False"}"#]).paid);
        assert!(read(&[r#"{"@type":"NewsArticle","hasPart":[{"isAccessibleForFree":false}]}"#]).paid);
        assert!(
            !read(&[r#"{"@type":"NewsArticle","isAccessibleForFree":true,"hasPart":{"isAccessibleForFree":false}}"#])
                .paid
        );
    }

    #[test]
    fn dates_of_broken_scripts() {
        let found = read(&[r#"{"@type":"NewsArticle" "headline":oops, "datePublished": "2025-05-03", "x":"#]);
        assert_eq!(day(found.published.as_ref()).as_deref(), Some("2025-05-03"));
        assert!(found.is_article);
    }
}
