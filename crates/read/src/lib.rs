//! Bytes to articles: plain text, JSON Lines and saved pages become [`twosource_model::Article`]s with labelled blocks.
//!
//! [`read_path`] and [`read_bytes`] decide by content what they hold and read it; the name only helps where the
//! content does not tell. What cannot be read at all is an [`Error`] that names the input and the way out; what is
//! only odd is a note or a diagnostic beside the result. [`label_blocks`] is the heart: it tells body text from
//! furniture in texts that have nothing but lines. There is no network here.
//!
//! ```
//! use twosource_read::{Limits, read_bytes};
//! let read = read_bytes("a.txt", b"The ferry will stop in May, the port of Nova said.", &Limits::default()).unwrap();
//! assert_eq!(read.articles[0].blocks.len(), 1);
//! ```

mod address;
mod captions;
mod dates;
mod encoding;
mod error;
pub mod feeds;
mod html;
mod inputs;
mod json;
mod labels;
mod language;
mod lines;
mod newsml;
mod ninjs;
mod nitf;
pub mod opml;
mod plain;
mod wire;
mod words;
mod xml;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use twosource_model::Article;

pub use error::Error;
pub use inputs::{Input, expand};
pub use labels::{Hints, agency_of, authors_of, label_blocks, published_in};

/// How much is read before an input is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file, after decompression.
    pub file_bytes: u64,
    /// Bytes of one page or one plain text.
    pub page_bytes: u64,
    /// How deep the elements of a page may be nested.
    pub depth: usize,
    /// How many elements a page may have.
    pub elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { file_bytes: 100_000_000, page_bytes: 20_000_000, depth: 512, elements: 300_000 }
    }
}

/// What an input held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// Its articles in their order.
    pub articles: Vec<Article>,
    /// What was skipped: the input, and what and why.
    pub notes: Vec<(String, String)>,
}

/// Reads a file.
pub fn read_path(path: &Path, limits: &Limits) -> Result<Read, Error> {
    let name = path.to_string_lossy();
    let failed = |reason: io::Error| match reason.kind() {
        io::ErrorKind::NotFound if inputs::is_pattern(&name) => Error::NoMatch { input: name.to_string() },
        _ => Error::Io { input: name.to_string(), reason },
    };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_dir() {
        return Err(Error::NoFiles { input: name.to_string() });
    }
    let length = metadata.len();
    if length > limits.file_bytes {
        return Err(too_large(&name, "a file", limits.file_bytes));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
    file.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(failed)?;
    read_bytes(&name, &bytes, limits)
}

/// Reads bytes that come from `name`, a path, an address or `-`.
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Error> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(too_large(name, "a file", limits.file_bytes));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return read_text(name, &decompress(name, bytes, limits)?, limits);
    }
    read_text(name, bytes, limits)
}

fn read_text(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Error> {
    if let Some((what, advice)) = encoding::binary(bytes) {
        return Err(Error::Binary { input: name.to_owned(), what, advice });
    }
    let decoded = encoding::decode(bytes);
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(Error::Empty { input: name.to_owned() });
    }
    let mut read = articles(name, decoded.text, limits)?;
    for article in &mut read.articles {
        article.diagnostics.splice(0..0, decoded.note.clone());
    }
    Ok(read)
}

/// The articles of a text, by its format.
fn articles(name: &str, text: String, limits: &Limits) -> Result<Read, Error> {
    let format = Format::of(name, &text);
    if format != Format::Json && text.len() as u64 > limits.page_bytes {
        let is_article = matches!(format, Format::Html | Format::Plain);
        return Err(too_large(name, if is_article { "one article" } else { "one document in XML" }, limits.page_bytes));
    }
    let only = |article| Read { articles: vec![article], notes: Vec::new() };
    match format {
        Format::Json => some(name, json::read(name, &text, limits)),
        Format::Feed => some(name, feeds::read(name, &text, limits)).map_err(no_news),
        Format::Wire => some(name, newsml::read(name, &text, limits)).map_err(no_news),
        Format::Opml => Err(listed(name, &text, limits)),
        Format::Xml => Err(unknown_xml(name, &text)),
        Format::Html => html::article(name, &text, limits).map(only),
        Format::Plain => Ok(only(plain::article(name, text))),
    }
}

/// A file of records none of which is an article is an error, with the first reason.
fn some(name: &str, read: Read) -> Result<Read, Error> {
    if read.articles.is_empty() {
        let why = read.notes.first().map_or_else(|| "no records".to_owned(), |(_, note)| note.clone());
        return Err(Error::NoArticle { input: name.to_owned(), why });
    }
    Ok(read)
}

/// A list of feeds holds no article, but names where there are some.
fn listed(name: &str, text: &str, limits: &Limits) -> Error {
    Error::FeedList {
        input: name.to_owned(),
        feeds: opml::read(text.as_bytes(), limits).map_or(0, |feeds| feeds.len()),
    }
}

/// An item of an agency is not saved otherwise; another one is wanted.
fn no_news(error: Error) -> Error {
    match error {
        Error::NoArticle { input, why } => Error::NoNews { input, why },
        other => other,
    }
}

fn unknown_xml(name: &str, text: &str) -> Error {
    let root = xml::root_name(text).unwrap_or_default();
    Error::NoNews { input: name.to_owned(), why: format!("XML of a kind that is not known, <{root}>") }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Plain,
    Json,
    Html,
    Feed,
    Wire,
    Opml,
    Xml,
}

impl Format {
    /// By content first; the name decides where the content is open to doubt.
    fn of(name: &str, text: &str) -> Format {
        let name = name.to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let root = xml::root_name(text);
        let root = root.as_deref();
        match () {
            () if json::is_json(text) => Format::Json,
            () if root.is_some_and(feeds::is_root) => Format::Feed,
            () if root.is_some_and(newsml::is_root) => Format::Wire,
            () if root.is_some_and(opml::is_root) => Format::Opml,
            () if html::is_html(text) => Format::Html,
            () if root.is_some() && (text.trim_start().starts_with("<?xml") || named(&[".xml"])) => Format::Xml,
            () if named(&[".jsonl", ".ndjson", ".json"]) => Format::Json,
            () if named(&[".html", ".htm", ".xhtml"]) && text.contains('<') => Format::Html,
            () => Format::Plain,
        }
    }
}

fn decompress(name: &str, bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    let cap = limits.file_bytes;
    let done: io::Result<usize> = flate2::read::MultiGzDecoder::new(bytes).take(cap + 1).read_to_end(&mut out);
    done.map_err(|reason| Error::Compressed { input: name.to_owned(), reason })?;
    if out.len() as u64 > cap { Err(too_large(name, "a file, once decompressed", cap)) } else { Ok(out) }
}

fn too_large(input: &str, what: &'static str, limit: u64) -> Error {
    Error::TooLarge { input: input.to_owned(), what, limit }
}
