//! Comparisons in memory and in the store, and one computation a story at a time.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use twosource_engine::{
    Compared, Method, StoryPage, Wanted, compare_stored, comparison_key, keep_comparison, known_story_page, story_page,
};
use twosource_store::{ComparisonKey, Error, Store};

use crate::state::State;
use crate::work::What;

/// Bytes of report text whose comparisons are kept; a comparison takes some ten times its text.
const KEPT_TEXT: usize = 8_000_000;

/// The place in [`Gates`] of lists, which compare many stories at once; no story has the number 0.
const LISTS: u64 = 0;

/// The comparisons used last.
#[derive(Default)]
pub(crate) struct Comparisons {
    /// The latest first.
    kept: Mutex<VecDeque<(ComparisonKey, Arc<Compared>)>>,
    gates: Gates,
}

impl Comparisons {
    fn find(&self, key: ComparisonKey) -> Option<Arc<Compared>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|(known, _)| *known == key)?;
        let entry = kept.remove(at)?;
        let found = entry.1.clone();
        kept.push_front(entry);
        Some(found)
    }

    /// Keeps a comparison, and drops those not used for longest where there are too many. The newest always stays.
    fn keep(&self, key: ComparisonKey, compared: Arc<Compared>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((key, compared));
        let mut sum = 0;
        let fits = |(_, compared): &(ComparisonKey, Arc<Compared>)| {
            sum += text_bytes(compared);
            sum <= KEPT_TEXT
        };
        let fitting = kept.iter().map(fits).take_while(|&fits| fits).count();
        kept.truncate(fitting.max(1));
    }
}

fn text_bytes(compared: &Compared) -> usize {
    compared.comparison.reports.iter().map(|report| report.article.text.len() + 1_000).sum()
}

impl State {
    /// How stories of this store are compared: with the outlets and families that the user put there.
    pub(crate) fn method(&self, store: &Store) -> Result<Method<'_>, Error> {
        Method::of_store(store, &*self.meaning)
    }

    /// The comparison of a story as it is now, made where there is none.
    pub(crate) fn comparison(&self, store: &mut Store, story: u64) -> Result<Arc<Compared>, Error> {
        let method = self.method(store)?;
        if let Some(known) = self.known(store, story, &method)? {
            return Ok(known);
        }
        let _gate = self.comparisons.gates.enter(story);
        // Whoever was at the gate before may have made it.
        if let Some(known) = self.known(store, story, &method)? {
            return Ok(known);
        }
        let _work = self.works.begin(What::Compare(story), 0, self.now());
        let compared = Arc::new(compare_stored(store, story, &method)?);
        keep_comparison(store, story, &compared, &method)?;
        self.comparisons.keep(comparison_key(&compared.articles, &method), compared.clone());
        Ok(compared)
    }

    /// The comparison of a story as it is now, where it is in memory or in the store.
    fn known(&self, store: &Store, story: u64, method: &Method<'_>) -> Result<Option<Arc<Compared>>, Error> {
        let articles = store.articles_of(story)?;
        let key = comparison_key(&articles, method);
        if let Some(found) = self.comparisons.find(key) {
            return Ok(Some(found));
        }
        let Some(comparison) = store.comparison(key)? else { return Ok(None) };
        let known = Arc::new(Compared { articles, comparison });
        self.comparisons.keep(key, known.clone());
        Ok(Some(known))
    }

    /// The stories that are wanted, each compared as it is now.
    pub(crate) fn stories(&self, store: &mut Store, wanted: &Wanted) -> Result<StoryPage, Error> {
        let method = self.method(store)?;
        if let Some(page) = known_story_page(store, wanted, &method)? {
            return Ok(page);
        }
        let _gate = self.comparisons.gates.enter(LISTS);
        let _work = self.works.begin(What::CompareList, 0, self.now());
        story_page(store, wanted, &method)
    }
}

/// Lets one at a time work on a story.
#[derive(Default)]
struct Gates {
    busy: Mutex<BTreeSet<u64>>,
    freed: Condvar,
}

impl Gates {
    /// Waits until nobody works on the story.
    fn enter(&self, story: u64) -> Gate<'_> {
        let mut busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner);
        while !busy.insert(story) {
            busy = self.freed.wait(busy).unwrap_or_else(PoisonError::into_inner);
        }
        Gate { gates: self, story }
    }
}

/// The right to work on a story, until it is dropped.
struct Gate<'g> {
    gates: &'g Gates,
    story: u64,
}

impl Drop for Gate<'_> {
    fn drop(&mut self) {
        self.gates.busy.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.story);
        self.gates.freed.notify_all();
    }
}
