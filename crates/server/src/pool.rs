//! Connections to the store: a few for all requests, each used by one at a time.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use twosource_store::{Error, Store};

/// Connections that wait to be used.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    free: Mutex<Vec<Store>>,
}

impl Pool {
    /// A pool with its first connection; the file is made where there is none.
    pub(crate) fn open(path: &Path) -> Result<Pool, Error> {
        let store = Store::open(path)?;
        Ok(Pool { path: path.to_owned(), free: Mutex::new(vec![store]) })
    }

    /// A connection, opened anew where none is free. How many there are is bounded by how much work runs at a time.
    pub(crate) fn take(&self) -> Result<Lent<'_>, Error> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let store = free.map_or_else(|| Store::open_existing(&self.path), Ok)?;
        Ok(Lent { pool: self, store: Some(store) })
    }
}

/// A connection that goes back when it is done with. One that saw a panic is closed instead.
pub(crate) struct Lent<'p> {
    pool: &'p Pool,
    /// Always there until it is dropped.
    store: Option<Store>,
}

impl Deref for Lent<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        self.store.as_ref().expect("lent until dropped")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Store {
        self.store.as_mut().expect("lent until dropped")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(store) = self.store.take().filter(|_| !std::thread::panicking()) {
            self.pool.free.lock().unwrap_or_else(PoisonError::into_inner).push(store);
        }
    }
}
