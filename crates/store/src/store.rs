//! The file: opened, brought up to date, checked.

use std::cmp::Ordering;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension, ToSql};

use crate::Error;

/// Marks an SQLite file as ours ("twos").
const APPLICATION: i32 = 0x7477_6f73;

/// The steps from nothing to the schema of today, in order. A step is never changed once it was released.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/001_captures.sql"),
    include_str!("../migrations/002_articles.sql"),
    include_str!("../migrations/003_search.sql"),
    include_str!("../migrations/004_comparisons.sql"),
    include_str!("../migrations/005_watching.sql"),
    include_str!("../migrations/006_dated_stories.sql"),
    include_str!("../migrations/007_tokens.sql"),
    include_str!("../migrations/008_changes.sql"),
    include_str!("../migrations/009_webhooks.sql"),
    include_str!("../migrations/010_terms.sql"),
];

/// The schema this program writes.
pub(crate) const SCHEMA: u32 = MIGRATIONS.len() as u32;

/// How long to wait for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(30);

/// Everything Twosource keeps, in one SQLite file.
///
/// Captures and decisions by hand are canonical; the rest is worked out from them and can be made anew. What a method
/// that writes returned `Ok` for is on disk.
#[derive(Debug)]
pub struct Store {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the file, makes it and its folder where there is none, and brings an older schema up to date.
    pub fn open(path: &Path) -> Result<Store, Error> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let failed = |reason| Error::Folder { path: folder.to_owned(), reason };
            fs::create_dir_all(folder).map_err(failed)?;
        }
        Store::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a file that must be there.
    pub fn open_existing(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        Store::with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a file that must be there and of today's schema, and changes nothing in it.
    pub fn open_read_only(path: &Path) -> Result<Store, Error> {
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        let failed = |reason| Error::Open { path: path.to_owned(), reason };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        let store = Store { connection, path: path.to_owned() };
        store.connection.busy_timeout(PATIENCE).map_err(failed)?;
        let found = store.schema()?;
        match found.cmp(&SCHEMA) {
            Ordering::Less => Err(Error::Older { path: path.to_owned(), found, known: SCHEMA }),
            Ordering::Equal => Ok(store),
            Ordering::Greater => Err(Error::Newer { path: path.to_owned(), found, known: SCHEMA }),
        }
    }

    fn with(path: &Path, flags: OpenFlags) -> Result<Store, Error> {
        let failed = |reason| Error::Open { path: path.to_owned(), reason };
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(failed)?;
        let mut store = Store { connection, path: path.to_owned() };
        store.settings().map_err(failed)?;
        store.migrate(SCHEMA)?;
        Ok(store)
    }

    /// A store that lives as long as the value: for tests and examples.
    pub fn in_memory() -> Result<Store, Error> {
        let mut store = Store { connection: Connection::open_in_memory()?, path: PathBuf::from(":memory:") };
        store.migrate(SCHEMA)?;
        Ok(store)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn settings(&self) -> rusqlite::Result<()> {
        let connection = &self.connection;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // With FULL a commit waits until the log is on disk: what is acknowledged survives a loss of power.
        connection.pragma_update(None, "synchronous", "full")?;
        // In KiB, for each connection. The file is not mapped: what is mapped counts as memory of the process.
        connection.pragma_update(None, "cache_size", -32_768)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(())
    }

    /// Takes the steps up to a schema; those taken before are not taken again.
    pub(crate) fn migrate(&mut self, schema: u32) -> Result<(), Error> {
        let found = self.schema()?;
        if found > SCHEMA {
            return Err(Error::Newer { path: self.path.clone(), found, known: SCHEMA });
        }
        if found >= schema {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for step in MIGRATIONS.iter().take(schema as usize).skip(found as usize) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", found.max(schema))?;
        transaction.commit()?;
        Ok(())
    }

    /// The schema of the file: 0 for an empty one. The error says so where the file is of another program.
    fn schema(&self) -> Result<u32, Error> {
        let failed = |reason| Error::Open { path: self.path.clone(), reason };
        let pragma = |name| self.connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map_err(failed);
        let (application, schema) = (pragma("application_id")?, pragma("user_version")?);
        let tables: u32 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
        if application != APPLICATION && tables > 0 {
            return Err(Error::Foreign { path: self.path.clone() });
        }
        Ok(schema.unsigned_abs())
    }

    /// Looks at every page of the file and at the search index. Takes as long as reading the file does.
    pub fn check(&self) -> Result<(), Error> {
        let damaged = |message: String| Error::Damaged { path: self.path.clone(), message };
        let said: String = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        if said != "ok" {
            return Err(damaged(said));
        }
        let index = self.connection.execute("INSERT INTO words (words) VALUES ('integrity-check')", []);
        index.map_err(|error| damaged(format!("the search index: {error}")))?;
        self.connection.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab ('main', 'words', 'row')",
        )?;
        match self.contradiction()? {
            None => Ok(()),
            Some(message) => Err(damaged(message)),
        }
    }

    /// The first law that the tables break.
    fn contradiction(&self) -> Result<Option<String>, Error> {
        const LAWS: &[(&str, &str)] = &[
            (
                "an article without a revision",
                "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM revisions r WHERE r.article = a.id AND r.number = a.revision)",
            ),
            (
                "a revision without a capture",
                "SELECT count(*) FROM revisions r WHERE NOT EXISTS (SELECT 1 FROM captures c WHERE c.id = r.capture)",
            ),
            (
                "an article that cannot be searched",
                "SELECT count(*) FROM articles a WHERE NOT EXISTS (SELECT 1 FROM words_docsize d WHERE d.id = a.doc)",
            ),
            (
                "a word that is not found by its beginning",
                "SELECT count(*) FROM temp.vocabulary v WHERE NOT EXISTS (SELECT 1 FROM terms t WHERE t.term = v.term)",
            ),
            (
                "an article in a story that is not there",
                "SELECT count(*) FROM articles a WHERE story IS NOT NULL AND NOT EXISTS (SELECT 1 FROM stories s WHERE s.id = a.story)",
            ),
            (
                "a story that counts its articles wrong",
                "SELECT count(*) FROM stories s WHERE s.articles <> (SELECT count(*) FROM articles a WHERE a.story = s.id)",
            ),
            (
                "a sorted article that was not counted",
                "SELECT count(*) FROM articles a JOIN identities i USING (id) WHERE a.story IS NOT NULL AND i.place IS NULL",
            ),
        ];
        for (what, law) in LAWS {
            let broken: i64 = self.connection.query_row(law, [], |row| row.get(0))?;
            if broken > 0 {
                return Ok(Some(format!("{what} ({broken} times)")));
            }
        }
        Ok(None)
    }

    /// A number kept under a name.
    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM state WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }
}

/// Keeps a value under a name.
pub(crate) fn put_state(connection: &Connection, name: &str, value: &dyn ToSql) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO state (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?;
    statement.execute(rusqlite::params![name, value]).map(|_| ())
}

/// A number as SQLite has it; ids stay far below the border.
pub(crate) fn sql(id: u64) -> i64 {
    i64::try_from(id).unwrap_or(i64::MAX)
}

/// An id as it came from SQLite.
pub(crate) fn id(number: i64) -> u64 {
    number.unsigned_abs()
}
