//! What can go wrong with a store, and the way out.

use std::path::PathBuf;

use crate::search::QueryError;

/// Anything that keeps a store from answering. Each message names the file where one is at fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened or made.
    #[error("{}: cannot be opened as a store ({reason}); give another file with --store", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        reason: rusqlite::Error,
    },
    /// There is no such file, and nothing was to be written.
    #[error("{}: there is no store yet; make one with: twosource add INPUT", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The folder of the file cannot be made.
    #[error("{}: the folder cannot be made ({reason}); give another file with --store", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// The file is an SQLite file of another program.
    #[error("{}: holds data of another program; give another file with --store", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer program wrote the file.
    #[error("{}: written by a newer program (schema {found}, this one knows {known}); update it", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema known.
        known: u32,
    },
    /// An older program wrote the file, and it is not to be changed.
    #[error("{}: written by an older program (schema {found} of {known}); bring it up to date with: twosource check", path.display())]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The schema of today.
        known: u32,
    },
    /// The file is damaged.
    #[error("{}: damaged ({message}); restore a backup, or export what can be read into a new store", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the check found first.
        message: String,
    },
    /// SQLite refused: the disk is full, the file locked for too long, …
    #[error("the store cannot be used: {0}")]
    Sql(#[from] rusqlite::Error),
    /// Something kept in the store cannot be read back.
    #[error("{what} cannot be read back from the store; make it anew with: twosource rebuild")]
    Unreadable {
        /// What.
        what: String,
    },
    /// A rebuild is under way, or was broken off.
    #[error("the store is being made anew; wait for it, or finish it with: twosource rebuild")]
    Unfinished,
    /// No article of this number.
    #[error("no article {0}")]
    NoArticle(u64),
    /// No story of this number.
    #[error("no story {0}")]
    NoStory(u64),
    /// A merge, split or undo that makes no sense.
    #[error("{0}")]
    Decision(String),
    /// A search query that cannot be understood.
    #[error(transparent)]
    Query(#[from] QueryError),
}
