//! Bytes to articles: texts, saved pages, JSON Lines, web archives and tables become [`twosource_model::Article`]s with
//! labelled blocks.
//!
//! [`records()`] decides by content what an input holds and cuts it into [`Record`]s, one at a time whatever its length;
//! the name only helps where the content does not tell. [`Record::read`] makes articles of one, and as it touches
//! nothing else, records can be read in parallel. [`read_path`] and [`read_bytes`] do both at once. What cannot be read
//! at all is an [`Error`] that names the input and the way out; what is only odd is a note or a diagnostic beside the
//! result. [`label_blocks`] is the heart: it tells body text from furniture in texts that have nothing but lines. There
//! is no network here.
//!
//! ```
//! use twosource_read::{Limits, read_bytes};
//! let read = read_bytes("a.txt", b"The ferry will stop in May, the port of Nova said.", &Limits::default()).unwrap();
//! assert_eq!(read.articles[0].blocks.len(), 1);
//! ```

mod address;
mod captions;
mod compressed;
mod dates;
mod encoding;
mod epoch;
mod error;
pub mod feeds;
mod html;
mod inputs;
mod json;
mod kept;
mod labels;
mod language;
mod lines;
mod newsml;
mod ninjs;
mod nitf;
pub mod opml;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "parquet_left_out.rs"]
mod parquet;
mod plain;
mod records;
mod source;
mod wacz;
mod warc;
mod wire;
mod words;
mod xml;

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use twosource_model::Article;

pub use error::Error;
pub use inputs::{Input, expand};
pub use kept::Kept;
pub use labels::{Hints, agency_of, authors_of, label_blocks, published_in};
pub use parquet::TableWriter;
pub use records::{Note, Piece, Record, Records};

use error::too_large;
use records::only;
use source::Source;

/// How much is read before an input is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file that is one document, after decompression. Files of records have no limit.
    pub file_bytes: u64,
    /// Bytes of one record: a line of JSON, an item of a list, a captured page before it is decompressed.
    pub record_bytes: u64,
    /// Bytes of one page or one plain text.
    pub page_bytes: u64,
    /// How deep the elements of a page may be nested.
    pub depth: usize,
    /// How many elements a page may have.
    pub elements: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // A record is twice a page: JSON may need two characters for one.
        Limits {
            file_bytes: 100_000_000,
            record_bytes: 40_000_000,
            page_bytes: 20_000_000,
            depth: 512,
            elements: 300_000,
        }
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

impl Read {
    fn take(&mut self, more: Read) {
        self.articles.extend(more.articles);
        self.notes.extend(more.notes);
    }
}

/// Opens a file and cuts it into records, none of which is read yet.
pub fn records(path: &Path, limits: &Limits) -> Result<Records, Error> {
    let name = path.to_string_lossy();
    let failed = |reason: io::Error| match reason.kind() {
        io::ErrorKind::NotFound if inputs::is_pattern(&name) => Error::NoMatch { input: name.to_string() },
        _ => Error::Io { input: name.to_string(), reason },
    };
    let file = File::open(path).map_err(failed)?;
    if file.metadata().map_err(failed)?.is_dir() {
        return Err(Error::NoFiles { input: name.to_string() });
    }
    Records::of(Source::file(name.into_owned(), file)?, limits)
}

/// Cuts a stream into records, such as standard input. What must be read at several places at once, a table or a zipped
/// archive, is taken into memory, up to the limit of a file.
pub fn records_of_stream(name: &str, stream: Box<dyn io::Read>, limits: &Limits) -> Result<Records, Error> {
    Records::of(Source::stream(name.to_owned(), stream)?, limits)
}

/// Reads a file wholly into memory; [`records()`] is for large ones.
pub fn read_path(path: &Path, limits: &Limits) -> Result<Read, Error> {
    collected(&path.to_string_lossy(), records(path, limits)?, limits)
}

/// Reads bytes that come from `name`, a path, an address or `-`.
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Error> {
    let source = Source::bytes(name.to_owned(), Arc::from(bytes))?;
    collected(name, Records::of(source, limits)?, limits)
}

/// Reads record after record. The error of an input that is one record is its error.
fn collected(name: &str, records: Records, limits: &Limits) -> Result<Read, Error> {
    let mut read = Read::default();
    for piece in records {
        match piece {
            Piece::Record(record) => {
                let is_all = record.place.is_none();
                match record.read(limits) {
                    Ok(more) => read.take(more),
                    Err(error) if is_all => return Err(error),
                    Err(error) => read.notes.push(error.into_note(name)),
                }
            }
            Piece::Skipped(note) => read.notes.push((note.input, note.message)),
            Piece::Remark(_) => {}
        }
    }
    some(name, read)
}

/// The articles of bytes that are one document, by their format.
fn articles_of_text(name: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Error> {
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
    articles_in(Format::of(name, &text), name, None, text, limits)
}

/// The articles of a text in a format, from `address` where that is known beside the name of the input.
fn articles_in(
    format: Format,
    name: &str,
    address: Option<&str>,
    text: String,
    limits: &Limits,
) -> Result<Read, Error> {
    if format != Format::Json && text.len() as u64 > limits.page_bytes {
        let is_article = matches!(format, Format::Html | Format::Plain);
        return Err(too_large(name, if is_article { "one article" } else { "one document in XML" }, limits.page_bytes));
    }
    match format {
        Format::Json => some(name, json::read(name, &text, limits)),
        Format::Feed => some(name, feeds::read(name, &text, limits)).map_err(no_news),
        Format::Wire => some(name, newsml::read(name, &text, limits)).map_err(no_news),
        Format::Opml => Err(listed(name, &text, limits)),
        Format::Xml => Err(unknown_xml(name, &text)),
        Format::Html => html::article(name, address, &text, limits).map(only),
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
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
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
