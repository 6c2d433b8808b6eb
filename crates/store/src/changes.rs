//! What changed since somebody last looked: stories and articles in the order of their last change.
//!
//! A change is one of content: a report joined or left a story, or became another text. What is only given or looked at
//! again moves nothing.

use rusqlite::{Connection, Row, params};

use crate::articles::listed_at;
use crate::store::{id, sql};
use crate::{Error, Listed, Store};

/// A change of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The place of the change in the order of all; numbers only grow.
    pub number: u64,
    /// The story; it may be no more.
    pub story: u64,
}

/// The place of an article in the order of changes: the capture of its latest revision, then its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleChange {
    /// The number of the capture.
    pub capture: u64,
    /// The number of the article.
    pub article: u64,
}

impl Store {
    /// The stories that changed after a change, each at its last one, at most so many. Those that were merged away are
    /// among them: they resolve to others.
    pub fn changed_stories(&self, after: u64, most: usize) -> Result<Vec<Changed>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, story FROM changes WHERE number > ?1 ORDER BY number LIMIT ?2")?;
        let changed = statement.query_map(params![sql(after), sql(most as u64)], changed_at)?;
        Ok(changed.collect::<rusqlite::Result<_>>()?)
    }

    /// The stories that changed last, of the changes up to one, at most so many; the latest first.
    pub fn lately_changed(&self, until: u64, most: usize) -> Result<Vec<Changed>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, story FROM changes WHERE number <= ?1 ORDER BY number DESC LIMIT ?2")?;
        let changed = statement.query_map(params![sql(until), sql(most as u64)], changed_at)?;
        Ok(changed.collect::<rusqlite::Result<_>>()?)
    }

    /// The number of the last change of any story; 0 where nothing ever changed.
    pub fn last_change(&self) -> Result<u64, Error> {
        let mut statement = self.connection.prepare_cached("SELECT coalesce(max(number), 0) FROM changes")?;
        Ok(id(statement.query_row([], |row| row.get(0))?))
    }

    /// The articles that came or changed after a place in the order of changes, at most so many.
    pub fn changed_articles(&self, after: ArticleChange, most: usize) -> Result<Vec<(ArticleChange, Listed)>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.capture, a.id, a.story, a.title, a.outlet, a.url, a.published, a.language, a.revision, a.hash,
             a.pinned, a.given_id
             FROM revisions r JOIN articles a ON a.id = r.article AND a.revision = r.number
             WHERE r.capture >= ?1 AND (r.capture > ?1 OR r.article > ?2) ORDER BY r.capture, r.article LIMIT ?3",
        )?;
        let changed =
            statement.query_map(params![sql(after.capture), sql(after.article), sql(most as u64)], |row| {
                let listed = listed_at(row, 1)?;
                Ok((ArticleChange { capture: id(row.get(0)?), article: listed.article }, listed))
            })?;
        Ok(changed.collect::<rusqlite::Result<_>>()?)
    }
}

/// A change as it is selected: number, story.
fn changed_at(row: &Row<'_>) -> rusqlite::Result<Changed> {
    Ok(Changed { number: id(row.get(0)?), story: id(row.get(1)?) })
}

/// Notes that a story changed, now and after everything else.
pub(crate) fn touch(connection: &Connection, story: u64) -> Result<(), Error> {
    connection.prepare_cached("INSERT OR REPLACE INTO changes (story) VALUES (?1)")?.execute([sql(story)])?;
    Ok(())
}
