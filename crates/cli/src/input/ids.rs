//! Ids made distinct without keeping them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The ids given so far, as hashes of 128 bits: two of a thousand million ids share one with a chance of one in 10^20.
#[derive(Default)]
pub(crate) struct Ids {
    /// How often each was asked for.
    taken: HashMap<u128, u32>,
}

impl Ids {
    /// Makes an id that was given before into another: a second "a" becomes "a-2".
    pub(crate) fn make_distinct(&mut self, id: &mut String) {
        let key = hash(id);
        let Some(asked) = self.taken.get(&key).copied() else {
            self.taken.insert(key, 1);
            return;
        };
        let mut number = asked;
        let other = loop {
            number = number.saturating_add(1);
            let other = format!("{id}-{number}");
            if number == u32::MAX || !self.taken.contains_key(&hash(&other)) {
                break other;
            }
        };
        self.taken.insert(key, number);
        self.taken.insert(hash(&other), 1);
        *id = other;
    }
}

fn hash(id: &str) -> u128 {
    let half = |seed: u8| {
        let mut hasher = DefaultHasher::new();
        (seed, id).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_become_distinct() {
        let mut ids = Ids::default();
        let distinct = ["a", "a", "a-2", "a", "b", "a"].map(|id| {
            let mut id = id.to_owned();
            ids.make_distinct(&mut id);
            id
        });
        assert_eq!(distinct, ["a", "a-2", "a-2-2", "a-3", "b", "a-4"]);
    }
}
