//! Maps and sets by word whose look-ups cost a few instructions.
//!
//! Every token of an article is looked up in a dozen lists. What is stored are the program's own words, so nobody can make
//! them collide, and a hash that withstands an attacker would take most of the time of annotation.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by word.
pub(crate) type WordMap<V> = HashMap<&'static str, V, BuildHasherDefault<WordHasher>>;
/// A set of words.
pub(crate) type WordSet = HashSet<&'static str, BuildHasherDefault<WordHasher>>;

/// Reads a word as one or two overlapping integers and multiplies them into the state, as wyhash does with short keys.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, value: u64) {
        // Two odd constants without a pattern in their bits; the product is folded so that its high bits count.
        let product = u128::from(self.0 ^ value ^ 0x9e37_79b9_7f4a_7c15) * 0xd1b5_4a32_d192_ed03;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            let (chunks, _) = bytes.as_chunks();
            chunks.iter().skip(1).for_each(|&chunk| self.mix(u64::from_le_bytes(chunk)));
            self.mix(u64::from_le_bytes(*first));
            self.mix(u64::from_le_bytes(*last) ^ bytes.len() as u64);
        } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            let [first, last] = [*first, *last].map(|four| u64::from(u32::from_le_bytes(four)));
            self.mix((first | last << 32).wrapping_add(bytes.len() as u64));
        } else {
            self.mix(bytes.iter().fold(bytes.len() as u64, |all, &byte| all << 8 | u64::from(byte)));
        }
    }

    /// The mark at the end of a string, which `write` counts already.
    fn write_u8(&mut self, _mark: u8) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_apart() {
        let words =
            ["", "a", "b", "ab", "ba", "aba", "city", "cityc", "icity", "demonyms", "demonym", "organisation head"];
        let set: WordSet = words.into_iter().collect();
        assert!(set.len() == words.len() && words.iter().all(|word| set.contains(word)) && !set.contains("cit"));
        let hash = |word: &str| {
            let mut hasher = WordHasher::default();
            std::hash::Hash::hash(word, &mut hasher);
            hasher.finish()
        };
        let hashes: std::collections::BTreeSet<_> = words.map(hash).into_iter().collect();
        assert_eq!(hashes.len(), words.len());
    }
}
