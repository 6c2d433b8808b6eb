//! Which articles of the window share weighty stems with another.

use std::collections::{HashMap, VecDeque};

use crate::epoch::Weighted;

/// The weightiest stems of an article, by which it is found.
const KEYS: usize = 60;

/// Most entries looked at for one article, the rarest stems first: what bounds the cost where a window is full.
const MOST_ENTRIES: usize = 10_000;

/// For each stem the articles that hold it among their weightiest, by their number in the stream.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    entries: HashMap<u32, VecDeque<Entry>>,
}

/// An article, and what the stem weighs in it.
#[derive(Clone, Copy, Debug)]
struct Entry {
    article: u32,
    weight: u16,
}

/// The weightiest stems of an article and their weights.
pub(crate) fn keys(weights: &[Weighted]) -> Vec<(u32, u16)> {
    let mut keys: Vec<(u32, u16)> = weights.iter().map(|term| (term.stem, term.whole)).collect();
    keys.sort_unstable_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
    keys.truncate(KEYS);
    keys
}

impl Index {
    /// Adds an article; its number is greater than those of all others.
    pub(crate) fn add(&mut self, article: u32, weights: &[Weighted]) {
        for (stem, weight) in keys(weights) {
            self.entries.entry(stem).or_default().push_back(Entry { article, weight });
        }
    }

    /// Takes an article out again.
    pub(crate) fn remove(&mut self, article: u32, weights: &[Weighted]) {
        for (stem, _) in keys(weights) {
            let Some(entries) = self.entries.get_mut(&stem) else { continue };
            if let Ok(at) = entries.binary_search_by_key(&article, |entry| entry.article) {
                entries.remove(at);
            }
            if entries.is_empty() {
                self.entries.remove(&stem);
            }
        }
    }

    /// Hands each article that shares a weighty stem to `found`, with the product of the weights, once a stem.
    pub(crate) fn shared(&self, weights: &[Weighted], mut found: impl FnMut(u32, u32)) {
        let lists =
            keys(weights).into_iter().filter_map(|(stem, weight)| Some((stem, weight, self.entries.get(&stem)?)));
        let mut lists: Vec<_> = lists.collect();
        lists.sort_unstable_by_key(|(stem, _, entries)| (entries.len(), *stem));
        let mut looked_at = 0;
        for (_, weight, entries) in lists {
            looked_at += entries.len();
            if looked_at > MOST_ENTRIES {
                return;
            }
            entries.iter().for_each(|entry| found(entry.article, u32::from(weight) * u32::from(entry.weight)));
        }
    }
}
