//! Feeds to articles: RSS 0.90 to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed, ill-formed ones too.
//!
//! [`feed`] maps whatever it is given to one [`Feed`] of [`Entry`]s, the parts of a format being
//! names in [`elements`]; then each entry becomes an article of its own. An entry that holds nothing to read
//! is skipped and named; one with a summary only says so, since what a summary leaves out is no omission.
//!
//! ```
//! use twosource_read::feeds::feed;
//! let text = "<rss><channel><title>Nova Post</title><item><title>Ferry to stop</title><pubDate>3 May 25 08:00 GMT";
//! let feed = feed(text.as_bytes(), &Default::default()).unwrap();
//! assert_eq!(feed.title.as_deref(), Some("Nova Post"));
//! assert_eq!(feed.entries[0].published.as_ref().map(|time| time.as_str()), Some("2025-05-03T08:00:00Z"));
//! ```

mod content;
mod date;
mod elements;
mod entry;
mod json;
mod single;

use serde_json::Value;
use twosource_model::Instant;

use crate::{Limits, Read, encoding, xml};

pub use content::Content;
pub(crate) use date::feed_date;
pub(crate) use json::is_jsonfeed;
pub use single::{is_whole, record};

/// What a feed says about itself, and its entries in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feed {
    /// Its title: the outlet, as far as a feed tells.
    pub title: Option<String>,
    /// The address of the site it is of.
    pub site: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// Its entries.
    pub entries: Vec<Entry>,
    /// What was cut or is damaged.
    pub notes: Vec<String>,
}

/// One entry of a feed. What the feed does not give stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// `guid`, `atom:id`, `rdf:about` or the id of JSON Feed, as it stands.
    pub id: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// The title as text.
    pub title: Option<String>,
    /// First publication.
    pub published: Option<Instant>,
    /// Last change.
    pub modified: Option<Instant>,
    /// Authors by name; by their mail address where there is no name.
    pub authors: Vec<String>,
    /// Whom it was taken over from (`source`).
    pub via: Option<String>,
    /// ISO 639-1 code, where it is not that of the feed.
    pub language: Option<String>,
    /// The text itself.
    pub content: Option<Content>,
    /// What stands for the text, or over it.
    pub summary: Option<Content>,
    /// What is said of its pictures and films, and who made them.
    pub media: Vec<Media>,
    /// Whether the feed breaks off within it.
    pub is_cut: bool,
}

/// A picture or a film of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// What is to be seen.
    pub caption: Option<String>,
    /// Who made it.
    pub credit: Option<String>,
}

/// The outermost elements of the formats.
const ROOTS: &[&str] = &["rss", "rdf", "feed", "channel"];

/// What the formats have in common that helps where end tags are missing.
const RULES: xml::Rules = xml::Rules {
    entries: &["item", "entry"],
    containers: &["channel", "feed", "rdf", "rss"],
    leaves: &[
        "title",
        "link",
        "guid",
        "id",
        "pubdate",
        "published",
        "updated",
        "issued",
        "modified",
        "date",
        "creator",
    ],
    fields: &[
        "link",
        "guid",
        "id",
        "pubdate",
        "published",
        "updated",
        "issued",
        "modified",
        "date",
        "creator",
        "author",
        "category",
        "description",
        "summary",
        "encoded",
        "enclosure",
        "comments",
        "language",
        "generator",
        "image",
    ],
};

/// Whether the name of an outermost element is that of a feed.
pub(crate) fn is_root(name: &str) -> bool {
    ROOTS.contains(&name)
}

/// Reads a feed, however damaged: its bytes as they came, not compressed. `None` where they are none.
pub fn feed(bytes: &[u8], limits: &Limits) -> Option<Feed> {
    let text = encoding::decode(bytes).text;
    let json = || serde_json::from_str(&text).ok().filter(is_jsonfeed).map(|value| json::feed(&value));
    if text.trim_start().starts_with('{') { json() } else { feed_of_text(&text, limits) }
}

fn feed_of_text(text: &str, limits: &Limits) -> Option<Feed> {
    xml::root_name(text).filter(|name| is_root(name))?;
    let tree = xml::parse(text, &RULES, limits);
    let mut feed = elements::feed(tree.root()?);
    feed.notes.extend(tree.notes);
    Some(feed)
}

/// The articles of a feed in XML.
pub(crate) fn read(input: &str, text: &str, limits: &Limits) -> Read {
    feed_of_text(text, limits).map_or_else(Read::default, |feed| entry::articles(input, &feed, limits))
}

/// The articles of a JSON Feed.
pub(crate) fn read_json(input: &str, value: &Value, limits: &Limits) -> Read {
    entry::articles(input, &json::feed(value), limits)
}
