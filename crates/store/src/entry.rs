//! An article made ready to be kept, and what becomes of it.

use rusqlite::{Connection, OptionalExtension, params};
use twosource_model::{Article, Instant};

use crate::captures::{self, Packed};
use crate::changes::touch;
use crate::form::{pack_article, unpack_article};
use crate::identity::{Key, content, is_one, key};
use crate::rebuild::is_finished;
use crate::search::{Columns, note};
use crate::store::{id, put_state, sql};
use crate::time::{day_number, seconds};
use crate::{Error, Store};

/// An article made ready to be kept: everything that needs no store, done in parallel.
#[derive(Clone, Debug)]
pub struct Entry {
    key: Key,
    hash: u128,
    body: Vec<u8>,
    columns: Columns,
    profile: Vec<u8>,
    /// Without its text and its blocks.
    article: Article,
}

impl Entry {
    /// Prepares an article with what clustering looks at, the names it mentions and those whose word it gives.
    pub fn new(mut article: Article, profile: Vec<u8>, names: &[&str], origins: &[&str]) -> Entry {
        let (key, hash, body) = (key(&article), content(&article), pack_article(&article));
        let columns = Columns::new(&article, names, origins);
        (article.text, article.blocks) = (String::new(), Vec::new());
        Entry { key, hash, body, columns, profile, article }
    }
}

/// What became of an article that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The number of the article.
    pub article: u64,
    /// What it brought.
    pub change: Change,
}

/// What an article that was given brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// An article that was not there.
    New,
    /// The revision of this number of an article that was there.
    Revision(u64),
    /// Nothing.
    Known,
}

impl Store {
    /// Writes captures with their articles, all or none; what is returned is on disk.
    ///
    /// A capture that brings nothing new is not kept. The same captures again change nothing.
    pub fn write(&mut self, batch: &[(Packed, Vec<Entry>)]) -> Result<Vec<Vec<Outcome>>, Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        is_finished(&transaction)?;
        let mut index = Vec::new();
        let mut outcomes = Vec::with_capacity(batch.len());
        for (packed, entries) in batch {
            outcomes.push(write_capture(&transaction, packed, entries, &mut index)?);
        }
        write_index(&transaction, index)?;
        transaction.commit()?;
        Ok(outcomes)
    }

    /// Writes the articles of captures that are there, in the order of their recording, after everything that was made of
    /// them was taken away.
    pub(crate) fn write_again(&mut self, batch: &[(u64, Packed, Vec<Entry>)]) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let mut index = Vec::new();
        for (capture, packed, entries) in batch {
            let writing = Writing { connection: &transaction, capture: &packed.capture };
            for (position, entry) in entries.iter().enumerate() {
                if let Some((outcome, old)) = writing.decide(entry)? {
                    writing.put(&outcome, entry, *capture, position)?;
                    index.push(Indexed { old, entry, article: outcome.article });
                }
            }
            put_state(&transaction, "derived", &sql(*capture))?;
        }
        write_index(&transaction, index)?;
        transaction.commit()?;
        Ok(())
    }
}

/// An article whose words are to be found.
struct Indexed<'e> {
    article: u64,
    entry: &'e Entry,
    /// The row of its words so far.
    old: Option<i64>,
}

fn write_capture<'e>(
    connection: &Connection,
    packed: &Packed,
    entries: &'e [Entry],
    index: &mut Vec<Indexed<'e>>,
) -> Result<Vec<Outcome>, Error> {
    if !packed.capture.fetched
        && let Some(known) = captures::articles_of(connection, packed.hash)?
    {
        return Ok(known.into_iter().map(|article| Outcome { article, change: Change::Known }).collect());
    }
    let writing = Writing { connection, capture: &packed.capture };
    let mut capture = None;
    let mut outcomes = Vec::with_capacity(entries.len());
    for (position, entry) in entries.iter().enumerate() {
        let Some((outcome, old)) = writing.decide(entry)? else {
            outcomes.push(Outcome { article: writing.number(entry)?, change: Change::Known });
            continue;
        };
        let capture = match capture {
            Some(capture) => capture,
            None => *capture.insert(captures::insert(connection, packed)?),
        };
        writing.put(&outcome, entry, capture, position)?;
        index.push(Indexed { article: outcome.article, entry, old });
        outcomes.push(outcome);
    }
    if let Some(capture) = capture {
        put_state(connection, "derived", &sql(capture))?;
    }
    Ok(outcomes)
}

/// Articles of one capture being written.
struct Writing<'w> {
    connection: &'w Connection,
    capture: &'w captures::Capture,
}

impl Writing<'_> {
    /// What an article brings, with the row of its words so far; `None` where it brings nothing.
    fn decide(&self, entry: &Entry) -> Result<Option<(Outcome, Option<i64>)>, Error> {
        let article = self.number(entry)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT a.revision, a.hash, a.doc, r.complete FROM articles a
             JOIN revisions r ON r.article = a.id AND r.number = a.revision WHERE a.id = ?1",
        )?;
        let latest = statement
            .query_row([sql(article)], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 16]>(1)?, row.get::<_, i64>(2)?, row.get::<_, bool>(3)?))
            })
            .optional()?;
        let Some((revision, hash, doc, complete)) = latest else {
            return Ok(Some((Outcome { article, change: Change::New }, None)));
        };
        let is_known = hash == entry.hash.to_be_bytes()
            // The summary of a feed takes nothing away from the whole text.
            || complete && !entry.article.complete
            || !self.capture.fetched && self.had(article, entry.hash)?;
        let outcome = Outcome { article, change: Change::Revision(id(revision) + 1) };
        Ok((!is_known).then_some((outcome, Some(doc))))
    }

    /// Whether an article had a content before.
    fn had(&self, article: u64, hash: u128) -> Result<bool, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT 1 FROM revisions WHERE article = ?1 AND hash = ?2")?;
        Ok(statement.exists(params![sql(article), hash.to_be_bytes()])?)
    }

    /// The number of an article; the next one for an article never seen.
    fn number(&self, entry: &Entry) -> Result<u64, Error> {
        let places = entry.key.places(entry.hash);
        for (at, key) in places.iter().map(|key| key.to_be_bytes()).enumerate() {
            let mut statement = self.connection.prepare_cached("SELECT id FROM identities WHERE key = ?1")?;
            let Some(number) = statement.query_row([key], |row| row.get(0)).optional()? else {
                self.connection.prepare_cached("INSERT INTO identities (key) VALUES (?1)")?.execute([key])?;
                break;
            };
            if at + 1 == places.len() || self.may_be(number, entry)? {
                return Ok(id(number));
            }
        }
        Ok(id(self.connection.last_insert_rowid()))
    }

    /// Whether an article is the one of a number, whose key it has.
    fn may_be(&self, number: i64, entry: &Entry) -> Result<bool, Error> {
        let Key::Given(_) = entry.key else { return Ok(true) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT hash, body FROM revisions WHERE article = ?1 ORDER BY number DESC LIMIT 1")?;
        let latest = statement.query_row([number], |row| Ok((row.get::<_, [u8; 16]>(0)?, row.get::<_, Vec<u8>>(1)?)));
        // A number that waits for its article, since everything is made anew.
        let Some((hash, body)) = latest.optional()? else { return Ok(true) };
        if hash == entry.hash.to_be_bytes() {
            return Ok(true);
        }
        let (old, new) = (unpack_article(&body), unpack_article(&entry.body));
        Ok(old.zip(new).is_none_or(|(old, new)| is_one(&old, &new)))
    }

    /// Notes that the story of an article changed, if it is in one.
    fn touch_story(&self, article: u64) -> Result<(), Error> {
        let mut statement = self.connection.prepare_cached("SELECT story FROM articles WHERE id = ?1")?;
        let story: Option<Option<i64>> = statement.query_row([sql(article)], |row| row.get(0)).optional()?;
        story.flatten().map_or(Ok(()), |story| touch(self.connection, id(story)))
    }

    /// Writes a revision and what is known of its article now.
    fn put(&self, outcome: &Outcome, entry: &Entry, capture: u64, position: usize) -> Result<(), Error> {
        let article = &entry.article;
        let number = match outcome.change {
            Change::Revision(number) => number,
            Change::New | Change::Known => 1,
        };
        let hash = entry.hash.to_be_bytes();
        self.connection.prepare_cached("INSERT INTO revisions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(
            params![
                sql(outcome.article),
                sql(number),
                sql(capture),
                sql(position as u64),
                hash,
                article.complete,
                entry.body
            ],
        )?;
        let at = article.published.as_ref().and_then(seconds);
        let seen = self.capture.captured_at.as_ref().and_then(seconds);
        self.connection
            .prepare_cached(
                "INSERT INTO articles (id, doc, at, seen, published, title, outlet, url, given_id, language, revision, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT (id) DO UPDATE SET doc = excluded.doc, at = excluded.at, published = excluded.published,
                 title = excluded.title, outlet = excluded.outlet, url = excluded.url, given_id = excluded.given_id,
                 language = excluded.language, revision = excluded.revision, hash = excluded.hash",
            )?
            .execute(params![
                sql(outcome.article),
                doc(at, outcome.article),
                at,
                seen,
                article.published.as_ref().map(Instant::as_str),
                article.title.as_deref().unwrap_or_default(),
                article.outlet,
                article.url,
                article.id,
                article.language,
                sql(number),
                hash
            ])?;
        if outcome.change == Change::New {
            let day = article.published.as_ref().and_then(day_number);
            let mut statement = self.connection.prepare_cached("INSERT INTO profiles VALUES (?1, ?2, ?3)")?;
            statement.execute(params![sql(outcome.article), day, entry.profile])?;
        }
        if let Change::Revision(_) = outcome.change {
            self.touch_story(outcome.article)?;
        }
        if let Some(language) = &article.language {
            self.connection.prepare_cached("INSERT OR IGNORE INTO languages VALUES (?1)")?.execute([language])?;
        }
        Ok(())
    }
}

/// The row of an article's words: the minute of its publication, then its number, so that rows sort by time.
pub(crate) fn doc(at: Option<i64>, article: u64) -> i64 {
    first_doc(at.unwrap_or(0)) | (sql(article) & 0xffff_ffff)
}

/// The smallest row of a moment.
pub(crate) fn first_doc(at: i64) -> i64 {
    at.div_euclid(60).clamp(0, 0x7fff_fffe) << 32
}

/// Makes articles findable. Rows are written in their order, since the index puts aside a segment for each step back.
fn write_index(connection: &Connection, mut index: Vec<Indexed<'_>>) -> Result<(), Error> {
    // Of several revisions of an article in one batch the last one counts.
    let mut latest: std::collections::BTreeMap<u64, (Option<i64>, &Entry)> = std::collections::BTreeMap::new();
    for Indexed { article, entry, old } in index.drain(..) {
        let first = latest.get(&article).map_or(old, |&(old, _)| old);
        latest.insert(article, (first, entry));
    }
    let mut old: Vec<i64> = latest.values().filter_map(|&(old, _)| old).collect();
    old.sort_unstable();
    for doc in old {
        connection.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([doc])?;
    }
    let row = |(&article, &(_, entry)): (&u64, &(_, _))| {
        let entry: &Entry = entry;
        (doc(entry.article.published.as_ref().and_then(seconds), article), &entry.columns)
    };
    let mut rows: Vec<(i64, &Columns)> = latest.iter().map(row).collect();
    rows.sort_unstable_by_key(|&(doc, _)| doc);
    for &(doc, columns) in &rows {
        columns.insert(connection, doc)?;
    }
    Ok(note(connection, rows.iter().map(|&(_, columns)| columns))?)
}
