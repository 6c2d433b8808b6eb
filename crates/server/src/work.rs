//! Work that takes long, and how far it is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Articles that were given are read, written and sorted into stories.
    Add,
    /// A story is compared.
    Compare(u64),
    /// Stories of a list are compared.
    CompareList,
}

/// A piece of work under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// 1, 2, … since the start.
    pub(crate) number: u64,
    pub(crate) what: What,
    /// How much of it is done, where that can be told.
    pub(crate) done: usize,
    /// How much there is; 0 where that cannot be told.
    pub(crate) total: usize,
    /// Unix time of its begin.
    pub(crate) since: i64,
}

/// All work under way. There is never more of it than requests.
#[derive(Debug, Default)]
pub(crate) struct Works(Mutex<(u64, BTreeMap<u64, Work>)>);

impl Works {
    /// Begins some work, which is under way until the result is dropped.
    pub(crate) fn begin(self: &Arc<Works>, what: What, total: usize, since: i64) -> Begun {
        let mut works = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        works.0 += 1;
        let number = works.0;
        works.1.insert(number, Work { number, what, done: 0, total, since });
        Begun { works: self.clone(), number }
    }

    /// What is under way, in the order of its begin.
    pub(crate) fn all(&self) -> Vec<Work> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1.values().copied().collect()
    }
}

/// Work under way.
#[derive(Debug)]
pub(crate) struct Begun {
    works: Arc<Works>,
    number: u64,
}

impl Begun {
    /// So much more of it is done.
    pub(crate) fn did(&self, more: usize) {
        let mut works = self.works.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(work) = works.1.get_mut(&self.number) {
            work.done = (work.done + more).min(work.total);
        }
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.works.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_seen_while_it_lasts() {
        let works = Arc::new(Works::default());
        let (add, compare) = (works.begin(What::Add, 10, 5), works.begin(What::Compare(7), 0, 6));
        add.did(4);
        add.did(40);
        let all = works.all();
        assert_eq!((all[0].done, all[0].total, all[1].what), (10, 10, What::Compare(7)));
        drop(add);
        assert_eq!(works.all().iter().map(|work| work.number).collect::<Vec<_>>(), [2]);
        drop(compare);
        assert_eq!(works.all(), []);
    }
}
