//! An input as a stream of records: cheap to take one by one, expensive to read, so that reading can go in parallel.
//!
//! [`Records`] tells by the first bytes what a file holds and cuts it into [`Record`]s: the lines of a JSON Lines file,
//! the pages of an archive, the rows of a table; a page, a feed or a text is one record. No more is held than the
//! record at hand, whatever the length of the file. [`Record::read`] makes articles of one and touches nothing else.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::{Map, Value};
use twosource_model::Article;

use crate::source::Source;
use crate::warc::Capture;
use crate::{Error, Limits, Read as Reading, articles_of_text, json, parquet, wacz, warc};

/// What comes out of an input, in its order.
#[derive(Debug)]
pub enum Piece {
    /// Something to read.
    Record(Record),
    /// Something that cannot be read. The rest of the input follows.
    Skipped(Note),
    /// A word about the input that says of no loss.
    Remark(Note),
}

/// A word about an input or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The input, as the person named it.
    pub input: String,
    /// The place in it, and what and why.
    pub message: String,
}

/// The pieces of an input one after the other.
pub struct Records {
    input: String,
    pieces: Box<dyn Iterator<Item = Piece>>,
    ended: bool,
}

/// One record: its bytes and where they stand. Whether it holds an article shows when it is read.
#[derive(Clone, Debug)]
pub struct Record {
    /// The input it comes from.
    pub(crate) input: String,
    /// Where in the input, such as "line 17"; nothing where it is all of the input.
    pub(crate) place: Option<String>,
    pub(crate) content: Content,
}

/// What a record holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// All of a file.
    Document(Vec<u8>),
    /// One JSON value.
    Json(Vec<u8>),
    /// The fields of a row of a table.
    #[cfg_attr(not(feature = "parquet"), allow(dead_code, reason = "no tables are read"))]
    Row(Map<String, Value>),
    /// What an archive holds under an address.
    Capture(Box<Capture>),
}

impl Records {
    /// The pieces of a file, or of a stream that can be read but once.
    pub(crate) fn of(source: Source, limits: &Limits) -> Result<Records, Error> {
        let input = source.input.clone();
        let pieces = pieces(source, limits)?;
        Ok(Records { input, pieces, ended: false })
    }
}

impl Iterator for Records {
    type Item = Piece;

    /// Should a reader panic, which would be an error of ours, the input ends with a word about it.
    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        let next = catch_unwind(AssertUnwindSafe(|| self.pieces.next()));
        self.ended = !matches!(next, Ok(Some(_)));
        next.unwrap_or_else(|_| {
            let message = format!("the rest could not be read: {OURS}");
            Some(Piece::Skipped(Note { input: self.input.clone(), message }))
        })
    }
}

const OURS: &str = "an error in this program; please report it with the file";

impl Record {
    /// The articles of the record, with notes on entries of a feed or the like that are none.
    ///
    /// The error names the input and the place in it. A panic of a reader, which would be an error of ours, becomes one.
    pub fn read(self, limits: &Limits) -> Result<Reading, Error> {
        let Record { input, place, content } = self;
        let is_document = matches!(content, Content::Document(_));
        let read = catch_unwind(AssertUnwindSafe(|| content.read(&input, place.as_deref(), limits)));
        let read = read.unwrap_or_else(|_| Err(Error::Ours { input: input.clone() }));
        match place {
            Some(place) if !is_document => read.map_err(|error| skipped(&input, &place, &error)),
            _ => read,
        }
    }

    /// How much it holds, in bytes; roughly, for a row.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Document(bytes) | Content::Json(bytes) => bytes.len(),
            Content::Row(row) => row.values().map(size).sum(),
            Content::Capture(capture) => capture.size(),
        }
    }
}

impl Content {
    fn read(self, input: &str, place: Option<&str>, limits: &Limits) -> Result<Reading, Error> {
        match self {
            Content::Document(bytes) => articles_of_text(input, &bytes, limits),
            Content::Json(bytes) => json::record(input, place.unwrap_or("record 1"), &bytes, limits),
            Content::Row(row) => json::article(input, place.unwrap_or("row 1"), &row, limits).map(only),
            Content::Capture(capture) => capture.read(input, limits),
        }
    }
}

/// One article and nothing else.
pub(crate) fn only(article: Article) -> Reading {
    Reading { articles: vec![article], notes: Vec::new() }
}

/// An error of a record under its place; the input is named once.
fn skipped(input: &str, place: &str, error: &Error) -> Error {
    let message = error.to_string();
    let why = message.strip_prefix(&format!("{input}: ")).unwrap_or(&message).to_owned();
    Error::Record { input: input.to_owned(), place: place.to_owned(), why }
}

fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 8,
    }
}

/// Cuts an input into pieces, by what its first bytes say it is.
fn pieces(mut source: Source, limits: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
    if source.starts_with(b"PAR1") {
        return parquet::pieces(&source.input.clone(), source.into_storage(limits)?, limits);
    }
    if source.starts_with(b"PK\x03\x04") || source.starts_with(b"PK\x05\x06") {
        return wacz::pieces(&source.input.clone(), source.into_storage(limits)?, limits);
    }
    source.unpack()?;
    stream_pieces(source, limits)
}

/// Cuts a decompressed stream into pieces.
pub(crate) fn stream_pieces(source: Source, limits: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
    if source.is_blank() {
        return Err(Error::Empty { input: source.input });
    }
    if warc::is_archive(&source.head) {
        return Ok(Box::new(warc::Archive::new(source, limits)));
    }
    if json::opens(&source.input, &source.head) {
        return Ok(Box::new(json::Stream::new(source, limits)));
    }
    let input = source.input.clone();
    let bytes = source.whole(limits.file_bytes)?;
    let record = Record { input, place: None, content: Content::Document(bytes) };
    Ok(Box::new(std::iter::once(Piece::Record(record))))
}
