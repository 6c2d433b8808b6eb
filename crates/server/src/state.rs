//! What all requests share.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use tokio::sync::Semaphore;
use twosource_embed::StaticTable;
use twosource_model::{Instant, Meaning};
use twosource_store::Store;

use crate::Error;
use crate::access::Access;
use crate::comparisons::Comparisons;
use crate::example::Example;
use crate::measures::{Log, Measures};
use crate::pool::Pool;
use crate::problem::Problem;
use crate::work::Works;
use crate::writer::Writer;

/// Requests that use the store at a time; the others wait in line. Each may hold a connection with its cache.
const AT_A_TIME: usize = 8;

/// Tells what time it is.
pub type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// The state, as every request has it.
pub type Shared = Arc<State>;

/// What all requests share.
pub struct State {
    pub(crate) pool: Pool,
    pub(crate) access: Access,
    turns: Arc<Semaphore>,
    /// Requests that used the store so far.
    pub(crate) asked: AtomicU64,
    pub(crate) meaning: Arc<dyn Meaning>,
    pub(crate) works: Arc<Works>,
    pub(crate) writer: Writer,
    pub(crate) comparisons: Comparisons,
    pub(crate) example: OnceLock<Example>,
    pub(crate) measures: Measures,
    pub(crate) log: Log,
    pub(crate) clock: Clock,
}

impl State {
    /// Opens a store to be served to whoever can ask, and makes one where there is none.
    pub fn open(store: &Path, log: Log, clock: Clock) -> Result<Shared, Error> {
        State::guarded(store, log, clock, Access::open()?)
    }

    /// Opens a store to be served to whom `access` lets in.
    pub fn guarded(store: &Path, log: Log, clock: Clock, access: Access) -> Result<Shared, Error> {
        let meaning: Arc<dyn Meaning> = Arc::new(StaticTable::builtin());
        let works = Arc::new(Works::default());
        Ok(Arc::new(State {
            pool: Pool::open(store)?,
            access,
            writer: Writer::new(store, meaning.clone(), works.clone()),
            works,
            turns: Arc::new(Semaphore::new(AT_A_TIME)),
            asked: AtomicU64::new(0),
            meaning,
            comparisons: Comparisons::default(),
            example: OnceLock::new(),
            measures: Measures::default(),
            log,
            clock,
        }))
    }

    /// Whether anybody has a token.
    pub(crate) fn has_tokens(&self) -> Result<bool, Error> {
        Ok(self.pool.take()?.has_tokens()?)
    }

    /// Whether a request uses the store.
    pub(crate) fn is_asked(&self) -> bool {
        self.turns.available_permits() < AT_A_TIME
    }

    /// The moment it is, to the second.
    pub(crate) fn instant(&self) -> Option<Instant> {
        Instant::new(&Timestamp::from_second(self.now()).ok()?.to_string())
    }

    /// The moment it is, in Unix time.
    pub(crate) fn now(&self) -> i64 {
        (self.clock)().as_second()
    }
}

/// The clock of this machine.
pub(crate) fn system_clock() -> Clock {
    Box::new(Timestamp::now)
}

/// Does work that uses the store on a thread that may wait, when it is its turn.
pub(crate) async fn with_store<T: Send + 'static>(
    state: &Shared,
    work: impl FnOnce(&State, &mut Store) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    state.asked.fetch_add(1, Ordering::Relaxed);
    let turn = state.turns.clone().acquire_owned().await.map_err(|_| Problem::ours())?;
    let state = state.clone();
    let done = tokio::task::spawn_blocking(move || {
        // Whoever asked may have given up meanwhile; the turn ends with the work all the same.
        let _turn = turn;
        let mut store = state.pool.take()?;
        work(&state, &mut store)
    });
    // Work that panics is an error of ours, and costs one answer.
    done.await.unwrap_or_else(|_| Err(Problem::ours()))
}
