//! The words of the index, so that the beginning of a word can be looked for as the words it begins.

use std::cell::Cell;
use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::columns::Columns;

/// Words that all beginnings of one query are looked for as. Each costs some 35 µs and 32 KB; FTS5's own way, to merge
/// every row of every word first, costs more from a few common words on.
const MOST: usize = 2_048;

/// The words that a beginning can stand for, as one query asks for them.
pub(crate) struct Terms<'c> {
    connection: &'c Connection,
    left: Cell<usize>,
    /// The words of the only article that is asked about.
    article: Option<BTreeSet<String>>,
}

impl<'c> Terms<'c> {
    /// For a query about all articles.
    pub(crate) fn of(connection: &'c Connection) -> Terms<'c> {
        Terms { connection, left: Cell::new(MOST), article: None }
    }

    /// For a query about one article: where too many words begin alike, its own are enough.
    pub(crate) fn of_article(connection: &'c Connection, words: BTreeSet<String>) -> Terms<'c> {
        Terms { article: Some(words), ..Terms::of(connection) }
    }

    /// The words with a beginning, sorted; `None` where there are more than the query may still look for.
    pub(crate) fn beginning(&self, start: &str) -> rusqlite::Result<Option<Vec<String>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT term FROM terms WHERE term >= ?1 AND term < ?2 ORDER BY term LIMIT ?3")?;
        let left = self.left.get();
        let end = format!("{start}{}", char::MAX);
        let found = statement.query_map(params![start, end, left as i64 + 1], |row| row.get(0))?;
        let found: Vec<String> = found.collect::<rusqlite::Result<_>>()?;
        if let Some(rest) = left.checked_sub(found.len()) {
            self.left.set(rest);
            return Ok(Some(found));
        }
        let begins = |word: &&String| word.starts_with(start);
        Ok(self.article.as_ref().map(|words| words.range(start.to_owned()..).take_while(begins).cloned().collect()))
    }
}

/// Notes the words of articles that become findable.
pub(crate) fn note<'a>(connection: &Connection, all: impl Iterator<Item = &'a Columns>) -> rusqlite::Result<()> {
    let terms: BTreeSet<&str> = all.flat_map(Columns::terms).collect();
    let mut statement = connection.prepare_cached("INSERT OR IGNORE INTO terms VALUES (?1)")?;
    for term in terms {
        statement.execute([term])?;
    }
    Ok(())
}
