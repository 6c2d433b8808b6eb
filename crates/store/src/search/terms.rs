//! The words of the index, so that the beginning of a word can be looked for as the words it begins.

use std::cell::Cell;
use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::columns::Columns;

/// Words that all beginnings of one query are looked for as. Beyond, merging the rows of a beginning costs less than
/// reading those of each word.
const MOST: usize = 256;

/// The words of the index, as one query asks for them.
pub(crate) struct Terms<'c> {
    connection: &'c Connection,
    left: Cell<usize>,
}

impl Terms<'_> {
    pub(crate) fn of(connection: &Connection) -> Terms<'_> {
        Terms { connection, left: Cell::new(MOST) }
    }

    /// The words with a beginning, sorted; `None` where there are more than the query may still name.
    pub(crate) fn beginning(&self, start: &str) -> rusqlite::Result<Option<Vec<String>>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT term FROM terms WHERE term >= ?1 AND term < ?2 ORDER BY term LIMIT ?3")?;
        let left = self.left.get();
        let end = format!("{start}{}", char::MAX);
        let found = statement.query_map(params![start, end, left as i64 + 1], |row| row.get(0))?;
        let found: Vec<String> = found.collect::<rusqlite::Result<_>>()?;
        let Some(rest) = left.checked_sub(found.len()) else { return Ok(None) };
        self.left.set(rest);
        Ok(Some(found))
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
