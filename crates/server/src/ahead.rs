//! Comparisons made ahead: stories that changed lately are compared before somebody opens them.
//!
//! Those that changed last come first, at most [`MOST`] of them, each once a change and when it is at rest; one after the
//! other on one thread, and hardly any while requests come in. What is made is kept in the store, where pages, lists and
//! the API find it.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};
use twosource_engine::{Method, comparison_key, look_at};
use twosource_store::{Changed, ComparisonKey, Error, Store};

use crate::state::Shared;

/// Changes that are looked at: the latest ones.
const MOST: usize = 1_000;
/// Reports of a story; one of more is compared when it is opened.
const LARGEST: u64 = 200;
/// How long a turn lasts where nobody asks for anything; otherwise it ends with the first comparison.
const TURN: Duration = Duration::from_millis(250);

/// What was compared ahead, and what may be.
pub struct Ahead {
    /// Stages use as many threads as there are: here it is this one.
    thread: ThreadPool,
    /// The last change at the last two looks; what came between them may not be at rest yet.
    looks: [u64; 2],
    /// The changes that are done with, of those that are looked at, and by which method.
    done: BTreeSet<u64>,
    method: Option<ComparisonKey>,
    /// Requests before the last turn.
    asked: u64,
}

impl Ahead {
    /// Nothing was compared yet.
    pub fn new() -> Result<Ahead, std::io::Error> {
        let thread = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "ahead".to_owned()).build();
        let thread = thread.map_err(std::io::Error::other)?;
        Ok(Ahead { thread, looks: [0; 2], done: BTreeSet::new(), method: None, asked: 0 })
    }

    /// Takes note of the last change there is. Stories that did not change since the look before are at rest.
    pub fn look(&mut self, last_change: u64) {
        self.looks = [self.looks[1], last_change];
    }

    /// Compares stories for a while; gives how many.
    pub fn turn(&mut self, state: &Shared) -> Result<usize, Error> {
        let (begun, asked) = (Instant::now(), state.asked.load(Ordering::Relaxed));
        let is_quiet = std::mem::replace(&mut self.asked, asked) == asked;
        let mut store = state.pool.take()?;
        let method = state.method(&store)?;
        let mut compared = 0;
        for change in self.waiting(&store, &method)? {
            let goes_on = is_quiet && state.asked.load(Ordering::Relaxed) == asked && begun.elapsed() < TURN;
            if state.is_asked() || compared > 0 && !goes_on {
                break;
            }
            // Whatever comes of it: it is not tried again.
            self.done.insert(change.number);
            compared += usize::from(self.compare(&mut store, &method, change)?);
        }
        Ok(compared)
    }

    /// The latest changes that are at rest and not done with, the latest first.
    fn waiting(&mut self, store: &Store, method: &Method<'_>) -> Result<Vec<Changed>, Error> {
        let name = comparison_key(&[], method);
        if self.method.replace(name) != Some(name) {
            self.done.clear();
        }
        let mut lately = store.lately_changed(self.looks[0], MOST)?;
        let first = lately.last().map_or(0, |change| change.number);
        self.done.retain(|&number| number >= first);
        lately.retain(|change| !self.done.contains(&change.number));
        Ok(lately)
    }

    /// Compares a story that changed, where it was not compared since; gives whether it was.
    fn compare(&self, store: &mut Store, method: &Method<'_>, change: Changed) -> Result<bool, Error> {
        let Some(listed) = store.story(change.story)? else { return Ok(false) };
        let key = comparison_key(&store.articles_of(change.story)?, method);
        if !(2..=LARGEST).contains(&listed.articles) || store.comparison_summary(key)?.is_some() {
            return Ok(false);
        }
        self.thread.install(|| look_at(store, listed, method))?;
        Ok(true)
    }
}

impl std::fmt::Debug for Ahead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ahead").field("looks", &self.looks).field("done", &self.done.len()).finish_non_exhaustive()
    }
}
