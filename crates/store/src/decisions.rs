//! Merges, splits and pins by hand. They are canonical: a rebuild makes them again where they were made.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use twosource_model::Instant;

use crate::rebuild::is_finished;
use crate::sorting::{bump, last_place};
use crate::store::{id, put_state, sql};
use crate::stories::{Logged, Move, list, logged, members, numbers};
use crate::{Error, Store};

/// What a person decided, and why and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Because {
    /// Why, in the person's words; may be empty.
    pub reason: String,
    /// When.
    pub at: Option<Instant>,
}

/// A decision as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decision {
    kind: &'static str,
    /// The story that articles leave, or that is pinned.
    from: u64,
    /// The story they go to.
    into: u64,
    articles: Vec<u64>,
    /// Articles that stay where they are from now on; for an unpinning those that need not.
    pinned: Vec<u64>,
    reason: String,
}

impl Store {
    /// Merges two stories: the one that began first has the articles of both. Gives its id.
    pub fn merge(&mut self, one: u64, other: u64, because: &Because) -> Result<u64, Error> {
        let (one, other) = (self.living(one)?, self.living(other)?);
        if one == other {
            return Err(Error::Decision(format!("story {one}: both are one story already")));
        }
        let (into, from) = (one.min(other), one.max(other));
        let articles = members(&self.connection, from)?;
        let pinned = [members(&self.connection, into)?, articles.clone()].concat();
        self.decide(&Decision { kind: "merge", from, into, articles, pinned, reason: reason(because) }, None, because)?;
        Ok(into)
    }

    /// Splits articles off a story. Gives the id of the new story: that of the part without the story's first article.
    pub fn split(&mut self, story: u64, articles: &[u64], because: &Because) -> Result<u64, Error> {
        let from = self.living(story)?;
        let all = members(&self.connection, from)?;
        if let Some(stranger) = articles.iter().find(|article| !all.contains(article)) {
            return Err(Error::Decision(format!("article {stranger} is not in story {from}")));
        }
        let named = |article: &u64| articles.contains(article);
        let (leaving, staying): (Vec<u64>, Vec<u64>) = all.iter().partition(|article| named(article));
        if leaving.is_empty() || staying.is_empty() {
            let message = format!("story {from}: name some of its {} articles, not all of them", all.len());
            return Err(Error::Decision(message));
        }
        // The story keeps its id where its first article is.
        let articles = if leaving.contains(&from) { staying } else { leaving };
        let mut free = articles.iter().copied();
        let into = loop {
            match free.next() {
                Some(id) if self.story(id)?.is_none() => break id,
                Some(_) => {}
                None => return Err(Error::Decision(format!("story {from}: the ids of these articles are all in use"))),
            }
        };
        let decision = Decision { kind: "split", from, into, articles, pinned: all, reason: reason(because) };
        self.decide(&decision, None, because)?;
        Ok(into)
    }

    /// Pins the articles of a story where they are, or takes the pins away. Gives the story's id.
    pub fn pin(&mut self, story: u64, is_pinned: bool, because: &Because) -> Result<u64, Error> {
        let story = self.living(story)?;
        let kind = if is_pinned { "pin" } else { "unpin" };
        let pinned = members(&self.connection, story)?;
        let decision = Decision { kind, from: story, into: story, articles: vec![], pinned, reason: reason(because) };
        self.decide(&decision, None, because)?;
        Ok(story)
    }

    /// Undoes a merge or a split, by its number in the log: the articles that are still where it put them go back. Gives
    /// what was undone.
    pub fn undo(&mut self, number: u64, because: &Because) -> Result<Logged, Error> {
        let log = "SELECT id, kind, story, into_story, articles, reason, by_hand, undone FROM story_log WHERE id = ?1";
        let undone: Option<Logged> = self.connection.query_row(log, [sql(number)], logged).optional()?;
        let Some(undone) = undone else {
            return Err(Error::Decision(format!("the log has no entry {number}; see: twosource story log")));
        };
        if undone.undone {
            return Err(Error::Decision(format!("entry {number} was undone before")));
        }
        let now = members(&self.connection, undone.into)?;
        let articles: Vec<u64> = undone.articles.iter().copied().filter(|article| now.contains(article)).collect();
        if articles.is_empty() {
            let message = format!("entry {number}: none of its articles is in story {} any more", undone.into);
            return Err(Error::Decision(message));
        }
        // A story whose first article comes back has its id again.
        let into = if articles.contains(&undone.from) { undone.from } else { self.living(undone.from)? };
        let (from, pinned) = (undone.into, articles.clone());
        let reason = match because.reason.as_str() {
            "" => format!("undoes {number}"),
            reason => format!("undoes {number}: {reason}"),
        };
        let decision = Decision { kind: "undo", from, into, articles, pinned, reason };
        self.decide(&decision, Some(number), because)?;
        Ok(undone)
    }

    /// The story that an id leads to.
    fn living(&self, story: u64) -> Result<u64, Error> {
        is_finished(&self.connection)?;
        self.resolve(story)?.map(|found| found.story).ok_or(Error::NoStory(story))
    }

    /// Keeps a decision and makes it.
    fn decide(&mut self, decision: &Decision, undoes: Option<u64>, because: &Because) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        is_finished(&transaction)?;
        transaction.execute(
            "INSERT INTO decisions (after_place, kind, story, into_story, articles, pinned, reason, made_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                last_place(&transaction)?,
                decision.kind,
                sql(decision.from),
                sql(decision.into),
                list(&decision.articles),
                list(&decision.pinned),
                decision.reason,
                because.at.as_ref().map(Instant::as_str)
            ],
        )?;
        let number = transaction.last_insert_rowid();
        make(&transaction, decision, undoes)?;
        put_state(&transaction, "decided", &number)?;
        bump(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// Makes the decisions that come next once so many articles are sorted.
    pub(crate) fn decide_due(&mut self, sorted: i64) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let decided = decided(&transaction)?;
        let mut made = false;
        {
            let mut statement = transaction.prepare_cached(
                "SELECT id, kind, story, into_story, articles, pinned, reason FROM decisions
                 WHERE id > ?1 AND after_place <= ?2 ORDER BY id",
            )?;
            let mut rows = statement.query([decided, sorted])?;
            while let Some(row) = rows.next()? {
                make(
                    &transaction,
                    &Decision {
                        kind: kind(&row.get::<_, String>(1)?),
                        from: id(row.get(2)?),
                        into: id(row.get(3)?),
                        articles: numbers(&row.get::<_, String>(4)?),
                        pinned: numbers(&row.get::<_, String>(5)?),
                        reason: row.get(6)?,
                    },
                    None,
                )?;
                put_state(&transaction, "decided", &row.get::<_, i64>(0)?)?;
                made = true;
            }
        }
        if made {
            bump(&transaction)?;
            transaction.commit()?;
        }
        Ok(())
    }
}

fn reason(because: &Because) -> String {
    if because.reason.is_empty() { "by hand".to_owned() } else { because.reason.clone() }
}

fn kind(name: &str) -> &'static str {
    ["merge", "split", "pin", "unpin"].into_iter().find(|kind| *kind == name).unwrap_or("undo")
}

/// The last decision that was made.
fn decided(connection: &Connection) -> Result<i64, Error> {
    let mut statement = connection.prepare_cached("SELECT value FROM state WHERE name = 'decided'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// After how many sorted articles the next decision is to be made.
pub(crate) fn next_place(connection: &Connection) -> Result<Option<i64>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT after_place FROM decisions WHERE id > ?1 ORDER BY id LIMIT 1")?;
    Ok(statement.query_row([decided(connection)?], |row| row.get(0)).optional()?)
}

/// Moves articles and pins them; `undoes` is the entry of the log that is undone, where that is known.
fn make(connection: &Connection, decision: &Decision, undoes: Option<u64>) -> Result<(), Error> {
    let Decision { kind, from, into, articles, pinned, reason } = decision;
    if *kind == "undo" {
        // In a rebuild the log may be numbered otherwise: it is the last entry that went the other way.
        let mut statement = connection.prepare_cached(
            "UPDATE story_log SET undone = 1 WHERE id = coalesce(?1, (SELECT max(id) FROM story_log l
             WHERE l.into_story = ?2 AND l.undone = 0 AND EXISTS (SELECT 1 FROM json_each(l.articles) WHERE value = ?3)))",
        )?;
        statement.execute(params![undoes.map(sql), sql(*from), articles.first().copied().map(sql)])?;
    }
    if !articles.is_empty() {
        Move { kind, from: *from, into: *into, articles, reason, by_hand: true }.make(connection)?;
    }
    for &article in pinned {
        let mut statement = connection.prepare_cached("UPDATE articles SET pinned = ?2 WHERE id = ?1")?;
        statement.execute(params![sql(article), *kind != "unpin"])?;
    }
    Ok(())
}
