//! Making everything but the canonical data anew.

use rusqlite::{Connection, TransactionBehavior};

use crate::captures::Packed;
use crate::entry::Entry;
use crate::store::{id, put_state};
use crate::{Capture, Error, Store};

impl Store {
    /// Takes away everything that was made of the captures. What follows is [`Store::next_captures`] and
    /// [`Store::put_again`] until there is no more; a process that dies in between is taken up where it was.
    pub fn begin_rebuild(&mut self) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "DELETE FROM articles; DELETE FROM revisions; DELETE FROM profiles; DELETE FROM stories;
             DELETE FROM story_log; DELETE FROM languages; DELETE FROM terms; DELETE FROM comparisons;
             INSERT INTO words (words) VALUES ('delete-all');
             DELETE FROM state WHERE name IN ('position', 'epoch');",
        )?;
        for name in ["derived", "sorted", "decided"] {
            put_state(&transaction, name, &0)?;
        }
        crate::sorting::bump(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// Whether no rebuild was broken off.
    pub fn is_whole(&self) -> Result<bool, Error> {
        is_whole(&self.connection)
    }

    /// The next captures of which nothing was made yet, with their numbers; none where everything was made.
    pub fn next_captures(&self, most: usize) -> Result<Vec<(u64, Capture)>, Error> {
        self.captures(id(self.number("derived")?.unwrap_or(0)), most)
    }

    /// Writes what was made of the captures that came next.
    pub fn put_again(&mut self, batch: &[(u64, Packed, Vec<Entry>)]) -> Result<(), Error> {
        self.write_again(batch)
    }
}

/// An error while a rebuild is under way: what is written then would come out of order.
pub(crate) fn is_finished(connection: &Connection) -> Result<(), Error> {
    if is_whole(connection)? { Ok(()) } else { Err(Error::Unfinished) }
}

/// Whether everything was made of the captures, and sorted as far as it ever was.
fn is_whole(connection: &Connection) -> Result<bool, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce((SELECT value FROM state WHERE name = 'derived'), 0) >= (SELECT coalesce(max(id), 0) FROM captures)
         AND coalesce((SELECT value FROM state WHERE name = 'sorted'), 0) >= (SELECT coalesce(max(place), 0) FROM identities)",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}
