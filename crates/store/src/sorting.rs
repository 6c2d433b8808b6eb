//! Sorting articles into stories: what waits, what was kept of those sorted before, and where they go.
//!
//! The order of sorting is recorded (`identities.place`), so that everything can be made anew in the same order. While
//! that happens, `sorted` in the table `state` stays behind the last place.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::changes::touch;
use crate::decisions;
use crate::store::{id, put_state, sql};
use crate::stories::{Move, members, refresh};
use crate::{Error, Store};

/// An article as clustering sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profiled {
    /// Its number.
    pub article: u64,
    /// The story it is in; `None` where it waits.
    pub story: Option<u64>,
    /// The day of its publication, as days since 1970-01-01.
    pub day: Option<i32>,
    /// Whether a person said that it belongs to its story.
    pub pinned: bool,
    /// What clustering looks at, in its own form.
    pub profile: Vec<u8>,
}

/// Where an article goes, and what else changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its number.
    pub article: u64,
    /// Its story, after the changes.
    pub story: u64,
    /// Changes to the stories that were there, in their order.
    pub changes: Vec<StoryChange>,
}

/// A merge or a split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoryChange {
    /// All articles of a story go to another.
    Merge {
        /// The story that is no more.
        from: u64,
        /// The story that has its articles now.
        into: u64,
        /// Why.
        reason: String,
    },
    /// Some articles of a story go to a new one.
    Split {
        /// The story that they leave.
        from: u64,
        /// The new story.
        into: u64,
        /// The articles.
        articles: Vec<u64>,
        /// Why.
        reason: String,
    },
}

/// How far sorting has come, in the clustering's own form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What changes with every article.
    pub position: Vec<u8>,
    /// What changes seldom; `None` where it is as it was.
    pub epoch: Option<Vec<u8>>,
}

/// Position and epoch as bytes.
pub type PositionAndEpoch = (Vec<u8>, Vec<u8>);

/// A state of the stories: it changes with whatever changes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version(i64);

impl Store {
    /// The state that the stories are in.
    pub fn version(&self) -> Result<Version, Error> {
        version(&self.connection)
    }

    /// How far sorting has come: position and epoch; `None` before the first article.
    pub fn progress(&self) -> Result<Option<PositionAndEpoch>, Error> {
        let blob = |name: &str| {
            let mut statement = self.connection.prepare_cached("SELECT value FROM state WHERE name = ?1")?;
            statement.query_row([name], |row| row.get::<_, Vec<u8>>(0)).optional()
        };
        Ok(blob("position")?.zip(blob("epoch")?))
    }

    /// The next articles that wait to be sorted, at most so many: those of a rebuild in their recorded order, then those
    /// with a date in the order of publication, then the others.
    ///
    /// Decisions by hand that come before them are made first.
    pub fn pending(&mut self, most: usize) -> Result<Vec<Profiled>, Error> {
        loop {
            let sorted = self.number("sorted")?.unwrap_or(0);
            let last = last_place(&self.connection)?;
            self.decide_due(sorted)?;
            if sorted >= last {
                return self.waiting(most);
            }
            let bound = decisions::next_place(&self.connection)?.unwrap_or(last).min(last);
            let again = self.sorted_before(sorted, bound, most)?;
            if !again.is_empty() {
                return Ok(again);
            }
            // Nothing came of these captures this time.
            put_state(&self.connection, "sorted", &bound.max(sorted + 1))?;
        }
    }

    fn waiting(&self, most: usize) -> Result<Vec<Profiled>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, a.story, p.day, a.pinned, p.bytes FROM articles a JOIN profiles p ON p.article = a.id
             WHERE a.story IS NULL ORDER BY a.at IS NULL, a.at, a.id LIMIT ?1",
        )?;
        let waiting = statement.query_map([sql(most as u64)], profiled)?;
        Ok(waiting.collect::<rusqlite::Result<_>>()?)
    }

    fn sorted_before(&self, after: i64, last: i64, most: usize) -> Result<Vec<Profiled>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, a.story, p.day, a.pinned, p.bytes FROM identities i
             JOIN articles a ON a.id = i.id JOIN profiles p ON p.article = i.id
             WHERE i.place > ?1 AND i.place <= ?2 ORDER BY i.place LIMIT ?3",
        )?;
        let found = statement.query_map(params![after, last, sql(most as u64)], profiled)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// How many articles wait to be sorted.
    pub fn count_pending(&self) -> Result<u64, Error> {
        let count = "SELECT count(*) FROM articles WHERE story IS NULL";
        Ok(id(self.connection.query_row(count, [], |row| row.get(0))?))
    }

    /// The numbers of sorted articles in the order of sorting: those of a day or later, those without a day, and the latest
    /// so many of all.
    pub fn kept(&self, from_day: Option<i32>, latest: u64) -> Result<Vec<u64>, Error> {
        let mut statement = self.connection.prepare(
            "WITH wanted (id) AS (
                 SELECT article FROM profiles WHERE day >= ?1
                 UNION SELECT article FROM profiles WHERE day IS NULL
                 UNION SELECT * FROM (SELECT i.id FROM identities i JOIN articles a ON a.id = i.id
                     WHERE i.place IS NOT NULL AND a.story IS NOT NULL ORDER BY i.place DESC LIMIT ?2))
             SELECT i.id FROM wanted JOIN identities i ON i.id = wanted.id JOIN articles a ON a.id = i.id
             WHERE a.story IS NOT NULL ORDER BY i.place",
        )?;
        let ids = statement.query_map(params![from_day.unwrap_or(i32::MIN), sql(latest)], |row| row.get(0))?;
        ids.map(|found| Ok(id(found?))).collect()
    }

    /// An article as clustering saw it.
    pub fn profiled(&self, article: u64) -> Result<Profiled, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, a.story, p.day, a.pinned, p.bytes FROM articles a JOIN profiles p ON p.article = a.id
             WHERE a.id = ?1",
        )?;
        statement.query_row([sql(article)], profiled).optional()?.ok_or(Error::NoArticle(article))
    }

    /// The stories of which a person pinned articles, ascending.
    pub fn pinned_stories(&self) -> Result<Vec<u64>, Error> {
        // Decisions are few: articles are many and have no index for this.
        let mut statement = self.connection.prepare(
            "SELECT DISTINCT a.story FROM decisions d JOIN json_each(d.pinned) p JOIN articles a ON a.id = p.value
             WHERE a.pinned AND a.story IS NOT NULL ORDER BY a.story",
        )?;
        let stories = statement.query_map([], |row| row.get(0))?;
        stories.map(|found| Ok(id(found?))).collect()
    }

    /// Notes where articles went, in their order, all or none, and gives the state that the stories are in then.
    ///
    /// `None`, and nothing noted, where somebody else changed the stories in the meantime.
    pub fn place(&mut self, before: Version, placed: &[Placed], progress: &Progress) -> Result<Option<Version>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&transaction)? != before {
            return Ok(None);
        }
        let mut last = last_place(&transaction)?;
        let mut sorted = 0;
        let mut touched = BTreeSet::new();
        for placed in placed {
            placed.changes.iter().try_for_each(|change| make(&transaction, change, &mut touched))?;
            join(&transaction, placed)?;
            sorted = put_place(&transaction, placed.article, &mut last)?;
        }
        touched.into_iter().try_for_each(|story| refresh(&transaction, story))?;
        put_state(&transaction, "sorted", &sorted)?;
        put_state(&transaction, "position", &progress.position)?;
        if let Some(epoch) = &progress.epoch {
            put_state(&transaction, "epoch", epoch)?;
        }
        let after = bump(&transaction)?;
        transaction.commit()?;
        Ok(Some(after))
    }
}

fn profiled(row: &rusqlite::Row<'_>) -> rusqlite::Result<Profiled> {
    Ok(Profiled {
        article: id(row.get(0)?),
        story: row.get::<_, Option<i64>>(1)?.map(id),
        day: row.get(2)?,
        pinned: row.get(3)?,
        profile: row.get(4)?,
    })
}

/// An article joins a story that may not be there yet.
fn join(connection: &Connection, placed: &Placed) -> Result<(), Error> {
    let (article, story) = (sql(placed.article), sql(placed.story));
    let mut statement = connection.prepare_cached(
        "UPDATE articles SET story = ?2 WHERE id = ?1 RETURNING coalesce(at, seen, 0), at IS NOT NULL",
    )?;
    let time = statement.query_row([article, story], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, bool>(1)?)));
    let Some((at, dated)) = time.optional()? else {
        return Err(Error::NoArticle(placed.article));
    };
    let mut statement = connection.prepare_cached(
        "INSERT INTO stories (id, articles, first_at, last_at, dated) VALUES (?1, 1, ?2, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET articles = articles + 1, dated = max(dated, excluded.dated),
         first_at = CASE WHEN dated = excluded.dated THEN min(first_at, excluded.first_at)
             WHEN dated THEN first_at ELSE excluded.first_at END,
         last_at = CASE WHEN dated = excluded.dated THEN max(last_at, excluded.last_at)
             WHEN dated THEN last_at ELSE excluded.last_at END",
    )?;
    statement.execute(params![story, at, dated])?;
    touch(connection, placed.story)
}

/// The place of an article in the order of sorting; the next one for an article sorted for the first time.
fn put_place(connection: &Connection, article: u64, last: &mut i64) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("SELECT place FROM identities WHERE id = ?1")?;
    if let Some(place) = statement.query_row([sql(article)], |row| row.get(0))? {
        return Ok(place);
    }
    *last += 1;
    let mut statement = connection.prepare_cached("UPDATE identities SET place = ?2 WHERE id = ?1")?;
    statement.execute([sql(article), *last])?;
    Ok(*last)
}

fn make(connection: &Connection, change: &StoryChange, touched: &mut BTreeSet<u64>) -> Result<(), Error> {
    let whole;
    let (kind, from, into, articles, reason) = match change {
        StoryChange::Merge { from, into, reason } => {
            whole = members(connection, *from)?;
            ("merge", *from, *into, &whole, reason)
        }
        StoryChange::Split { from, into, articles, reason } => ("split", *from, *into, articles, reason),
    };
    touched.extend([from, into]);
    Move { kind, from, into, articles, reason, by_hand: false }.make(connection)
}

/// The last place in the order of sorting; 0 where nothing was sorted.
pub(crate) fn last_place(connection: &Connection) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("SELECT coalesce(max(place), 0) FROM identities")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

fn version(connection: &Connection) -> Result<Version, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM state WHERE name = 'version'")?;
    Ok(Version(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0)))
}

/// Begins another state of the stories.
pub(crate) fn bump(connection: &Connection) -> Result<Version, Error> {
    let Version(before) = version(connection)?;
    put_state(connection, "version", &(before + 1))?;
    Ok(Version(before + 1))
}
