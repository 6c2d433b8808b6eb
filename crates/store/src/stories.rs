//! Stories: which there are, what is in them, what was merged and split.
//!
//! A story's id is the number of its first article. An id that was merged away needs no table of redirects: it leads to
//! the story that its first article is in today, in one step, so that no chain of redirects can close a cycle.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::changes::touch;
use crate::store::{id, sql};
use crate::{Error, Store};

/// A story in lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryListed {
    /// Its id.
    pub story: u64,
    /// How many articles it has.
    pub articles: u64,
    /// Unix time of its first article, in seconds; of its first capture where no article has a date.
    pub first_at: i64,
    /// Unix time of its last article.
    pub last_at: i64,
}

/// Where an id leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The story.
    pub story: u64,
    /// Whether the id was that of another story, which was merged into this one.
    pub redirected: bool,
}

/// A merge or a split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// 1, 2, …: the number `undo` takes.
    pub number: u64,
    /// "merge", "split" or "undo".
    pub kind: String,
    /// The story that the articles left.
    pub from: u64,
    /// The story they went to.
    pub into: u64,
    /// The articles that went.
    pub articles: Vec<u64>,
    /// Why.
    pub reason: String,
    /// Whether a person decided it.
    pub by_hand: bool,
    /// Whether it was undone.
    pub undone: bool,
}

impl Store {
    /// Where an id leads; `None` where there never was such a story.
    pub fn resolve(&self, story: u64) -> Result<Option<Resolved>, Error> {
        if self.story(story)?.is_some() {
            return Ok(Some(Resolved { story, redirected: false }));
        }
        // Only what was a story once redirects; any other number of an article is a mistake.
        let was_story = "SELECT EXISTS (SELECT 1 FROM story_log WHERE story = ?1 OR into_story = ?1)";
        if !self.connection.query_row(was_story, [sql(story)], |row| row.get::<_, bool>(0))? {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached("SELECT story FROM articles WHERE id = ?1")?;
        let now: Option<Option<i64>> = statement.query_row([sql(story)], |row| row.get(0)).optional()?;
        Ok(now.flatten().map(|now| Resolved { story: id(now), redirected: true }))
    }

    /// A story by the id it has today.
    pub fn story(&self, story: u64) -> Result<Option<StoryListed>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, articles, first_at, last_at FROM stories WHERE id = ?1")?;
        Ok(statement.query_row([sql(story)], listed).optional()?)
    }

    /// Stories with at least so many articles and one since a moment (Unix time), the latest first: those after `last` in
    /// that order, a few at a time.
    pub fn stories(
        &self,
        since: Option<i64>,
        min_articles: u64,
        last: Option<StoryListed>,
        most: usize,
    ) -> Result<Vec<StoryListed>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, articles, first_at, last_at FROM stories
             WHERE last_at >= ?1 AND articles >= ?2 AND (last_at, id) < (?3, ?4)
             ORDER BY last_at DESC, id DESC LIMIT ?5",
        )?;
        let (last_at, last) = last.map_or((i64::MAX, i64::MAX), |story| (story.last_at, sql(story.story)));
        let found = statement.query_map(
            params![since.unwrap_or(i64::MIN), sql(min_articles), last_at, last, sql(most as u64)],
            listed,
        )?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// How many stories there are, of at least so many articles.
    pub fn count_stories(&self, min_articles: u64) -> Result<u64, Error> {
        let count = "SELECT count(*) FROM stories WHERE articles >= ?1";
        Ok(id(self.connection.query_row(count, [sql(min_articles)], |row| row.get(0))?))
    }

    /// The merges and splits that a story took part in, or all; the first first.
    pub fn story_log(&self, story: Option<u64>) -> Result<Vec<Logged>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, kind, story, into_story, articles, reason, by_hand, undone FROM story_log
             WHERE ?1 IS NULL OR story = ?1 OR into_story = ?1 ORDER BY id",
        )?;
        let log = statement.query_map([story.map(sql)], logged)?;
        Ok(log.collect::<rusqlite::Result<_>>()?)
    }
}

fn listed(row: &Row<'_>) -> rusqlite::Result<StoryListed> {
    Ok(StoryListed { story: id(row.get(0)?), articles: id(row.get(1)?), first_at: row.get(2)?, last_at: row.get(3)? })
}

pub(crate) fn logged(row: &Row<'_>) -> rusqlite::Result<Logged> {
    Ok(Logged {
        number: id(row.get(0)?),
        kind: row.get(1)?,
        from: id(row.get(2)?),
        into: id(row.get(3)?),
        articles: numbers(&row.get::<_, String>(4)?),
        reason: row.get(5)?,
        by_hand: row.get(6)?,
        undone: row.get(7)?,
    })
}

/// Article numbers as they are kept in a column.
pub(crate) fn list(articles: &[u64]) -> String {
    serde_json::to_string(articles).unwrap_or_default()
}

pub(crate) fn numbers(list: &str) -> Vec<u64> {
    serde_json::from_str(list).unwrap_or_default()
}

/// Puts articles into a story and notes it.
pub(crate) struct Move<'m> {
    pub(crate) kind: &'m str,
    pub(crate) from: u64,
    pub(crate) into: u64,
    pub(crate) articles: &'m [u64],
    pub(crate) reason: &'m str,
    pub(crate) by_hand: bool,
}

impl Move<'_> {
    pub(crate) fn make(&self, connection: &Connection) -> Result<(), Error> {
        let mut touched = vec![self.from, self.into];
        for &article in self.articles {
            let mut statement = connection.prepare_cached("SELECT story FROM articles WHERE id = ?1")?;
            let was: Option<Option<i64>> = statement.query_row([sql(article)], |row| row.get(0)).optional()?;
            touched.extend(was.flatten().map(id));
            let mut statement =
                connection.prepare_cached("UPDATE articles SET story = ?2 WHERE id = ?1 AND story IS NOT NULL")?;
            statement.execute(params![sql(article), sql(self.into)])?;
        }
        touched.sort_unstable();
        touched.dedup();
        touched.into_iter().try_for_each(|story| refresh(connection, story))?;
        let mut statement = connection.prepare_cached(
            "INSERT INTO story_log (kind, story, into_story, articles, reason, by_hand) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        statement.execute(params![
            self.kind,
            sql(self.from),
            sql(self.into),
            list(self.articles),
            self.reason,
            self.by_hand
        ])?;
        Ok(())
    }
}

/// Counts the articles of a story that changed anew; one without articles is no more.
pub(crate) fn refresh(connection: &Connection, story: u64) -> Result<(), Error> {
    connection.prepare_cached("DELETE FROM stories WHERE id = ?1")?.execute([sql(story)])?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO stories (id, articles, first_at, last_at, dated)
         SELECT ?1, count(*), coalesce(min(at), min(seen), 0), coalesce(max(at), max(seen), 0), max(at IS NOT NULL)
         FROM articles WHERE story = ?1 HAVING count(*) > 0",
    )?;
    statement.execute([sql(story)])?;
    touch(connection, story)
}

/// The numbers of the articles of a story, ascending.
pub(crate) fn members(connection: &Connection, story: u64) -> Result<Vec<u64>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM articles WHERE story = ?1 ORDER BY id")?;
    let members = statement.query_map([sql(story)], |row| row.get(0))?;
    members.map(|article| Ok(id(article?))).collect()
}
