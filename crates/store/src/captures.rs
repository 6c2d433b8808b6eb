//! Captures: what was given to be read.

use rusqlite::{Connection, OptionalExtension, Row, params};
use twosource_model::Instant;

use crate::form::{pack, unpack};
use crate::identity::hash_bytes;
use crate::store::{id, sql};
use crate::{Error, Store};

/// What was given to be read, with all a reader needs to read it again.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Capture {
    /// File or address it came from.
    pub input: String,
    /// Where in the input, such as "line 17"; nothing where it is all of it.
    pub place: Option<String>,
    /// How it is to be read, in the words of the reader.
    pub format: String,
    /// What the reader needs to know besides the bytes, in a form of its own.
    pub head: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When it was captured.
    pub captured_at: Option<Instant>,
    /// Whether it is the state of an address at that moment: a text that was there before can come back. What is only
    /// given again is no news.
    pub fetched: bool,
}

impl Capture {
    /// Packs it; the costly part, which needs no store.
    pub fn packed(self) -> Packed {
        Packed { hash: self.hash(), body: pack(&self.bytes), capture: Capture { bytes: Vec::new(), ..self } }
    }

    /// A hash of what decides how it is read: names of files do not, addresses do.
    pub fn hash(&self) -> u128 {
        let is_address = self.input.starts_with("http://") || self.input.starts_with("https://");
        let address = if is_address { self.input.as_bytes() } else { b"" };
        let head = self.head.as_deref().unwrap_or_default();
        hash_bytes(&[self.format.as_bytes(), head.as_bytes(), &self.bytes, address])
    }
}

/// A capture ready to be written.
#[derive(Clone, Debug)]
pub struct Packed {
    pub(crate) hash: u128,
    pub(crate) body: Vec<u8>,
    /// Without its bytes.
    pub(crate) capture: Capture,
}

impl Store {
    /// The articles that came of a capture, where it is known and brought anything.
    pub fn known(&self, hash: u128) -> Result<Option<Vec<u64>>, Error> {
        articles_of(&self.connection, hash)
    }

    /// Captures in the order of their recording, a few at a time: those after a number, with their numbers.
    pub fn captures(&self, after: u64, most: usize) -> Result<Vec<(u64, Capture)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT input, place, format, head, body, captured_at, fetched, id FROM captures WHERE id > ?1
             ORDER BY id LIMIT ?2",
        )?;
        let mut rows = statement.query(params![sql(after), sql(most as u64)])?;
        let mut captures = Vec::new();
        while let Some(row) = rows.next()? {
            captures.push((id(row.get(7)?), capture(row)?));
        }
        Ok(captures)
    }

    /// How many captures there are.
    pub fn count_captures(&self) -> Result<u64, Error> {
        Ok(id(self.connection.query_row("SELECT count(*) FROM captures", [], |row| row.get(0))?))
    }
}

fn capture(row: &Row<'_>) -> Result<Capture, Error> {
    let body: Vec<u8> = row.get(4)?;
    let unreadable = || Error::Unreadable { what: "a capture".to_owned() };
    Ok(Capture {
        input: row.get(0)?,
        place: row.get(1)?,
        format: row.get(2)?,
        head: row.get(3)?,
        bytes: unpack(&body).ok_or_else(unreadable)?,
        captured_at: row.get::<_, Option<String>>(5)?.as_deref().and_then(Instant::new),
        fetched: row.get(6)?,
    })
}

/// The articles that came of the first capture with a hash.
pub(crate) fn articles_of(connection: &Connection, hash: u128) -> Result<Option<Vec<u64>>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT min(id) FROM captures WHERE hash = ?1 HAVING count(*) > 0")?;
    let Some(capture) = statement.query_row([hash.to_be_bytes()], |row| row.get::<_, i64>(0)).optional()? else {
        return Ok(None);
    };
    let mut statement =
        connection.prepare_cached("SELECT article FROM revisions WHERE capture = ?1 ORDER BY position, article")?;
    let articles = statement.query_map([capture], |row| row.get(0))?.map(|article| Ok(id(article?)));
    articles.collect::<Result<Vec<u64>, Error>>().map(Some)
}

/// Writes a capture and gives its number.
pub(crate) fn insert(connection: &Connection, packed: &Packed) -> Result<u64, Error> {
    let Packed { hash, body, capture } = packed;
    let mut statement = connection.prepare_cached(
        "INSERT INTO captures (hash, input, place, format, head, body, captured_at, fetched)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    let captured_at = capture.captured_at.as_ref().map(Instant::as_str);
    statement.execute(params![
        hash.to_be_bytes(),
        capture.input,
        capture.place,
        capture.format,
        capture.head,
        body,
        captured_at,
        capture.fetched
    ])?;
    Ok(id(connection.last_insert_rowid()))
}
