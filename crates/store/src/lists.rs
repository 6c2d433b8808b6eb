//! Outlets and publisher families of the user.

use std::collections::BTreeMap;

use rusqlite::params;

use crate::{Error, Store};

/// A kind of list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Outlets with their other names.
    Outlets,
    /// Publisher families with their outlets.
    Families,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            List::Outlets => "outlets",
            List::Families => "families",
        }
    }
}

impl Store {
    /// The entries of a list by name, each with the names that belong to it.
    pub fn list(&self, list: List) -> Result<BTreeMap<String, Vec<String>>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT name, value FROM lists WHERE kind = ?1")?;
        let mut rows = statement.query([list.name()])?;
        let mut entries = BTreeMap::new();
        while let Some(row) = rows.next()? {
            entries.insert(row.get(0)?, serde_json::from_str(&row.get::<_, String>(1)?).unwrap_or_default());
        }
        Ok(entries)
    }

    /// Puts entries into a list; those of the same names are replaced.
    pub fn put_list(&mut self, list: List, entries: &BTreeMap<String, Vec<String>>) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        for (name, names) in entries {
            let value = serde_json::to_string(names).unwrap_or_default();
            let put = "INSERT INTO lists VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET value = excluded.value";
            transaction.execute(put, params![list.name(), name, value])?;
        }
        Ok(transaction.commit()?)
    }

    /// Takes an entry out of a list; `false` where there is no such entry.
    pub fn remove_from_list(&mut self, list: List, name: &str) -> Result<bool, Error> {
        let remove = "DELETE FROM lists WHERE kind = ?1 AND name = ?2";
        Ok(self.connection.execute(remove, params![list.name(), name])? > 0)
    }
}
