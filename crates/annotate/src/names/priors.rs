//! What a word by itself says about the kind of the name it stands in or beside.
//!
//! The table was distilled from a sentence model by `scripts/names/priors.py`, which describes the file. It knows some
//! thirty thousand words; any other word is judged by its pieces, the longest first, as that model cuts words.

use std::sync::LazyLock;

use any_ascii::any_ascii;

const TABLE: &[u8] = include_bytes!("../../data/en/names.priors");
/// A byte for each entry of the table: one more than the number of its topic, 0 for none.
const TOPICS: &[u8] = include_bytes!("../../data/en/names.topics");
/// Magic, version and number of entries.
const HEAD: usize = 16;
const KINDS: usize = 4;
/// The place of people among the kinds.
pub(super) const PERSON: usize = 0;
/// The place of places among the kinds.
pub(super) const PLACE: usize = 2;
/// Longer words are no names and say nothing.
const LONGEST: usize = 40;

/// How likely each kind is, person, organisation, place and anything else: steps of 0.3 in the natural logarithm of the
/// probability, up to 15 for certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Prior(pub(super) [u8; KINDS]);

impl Prior {
    /// The place of the likeliest kind, the first of equals.
    pub(super) fn best(self) -> usize {
        (0..KINDS).max_by_key(|&kind| (self.0[kind], KINDS - kind)).unwrap_or(0)
    }
}

/// The mean of several priors, kind by kind.
pub(super) fn mean(priors: &[Prior]) -> Option<Prior> {
    let count = priors.len() as u32;
    let sum = |kind: usize| priors.iter().map(|prior| u32::from(prior.0[kind])).sum::<u32>();
    (count > 0).then(|| Prior(std::array::from_fn(|kind| ((sum(kind) * 2 + count) / (count * 2)) as u8)))
}

/// The prior of a word in lower case; `None` without letters. Linear in the length of the word.
pub(super) fn prior(word: &str) -> Option<Prior> {
    if word.len() > LONGEST {
        return None;
    }
    if let Some(known) = entry(hash(START, word)) {
        return Some(known);
    }
    let plain = any_ascii(word).to_lowercase();
    let parts: Vec<Prior> = plain.split(|c: char| !c.is_ascii_lowercase()).filter_map(of_letters).collect();
    mean(&parts)
}

/// The prior of a word of letters only, if need be by its pieces.
fn of_letters(word: &str) -> Option<Prior> {
    if word.is_empty() {
        return None;
    }
    entry(hash(START, word)).or_else(|| {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < word.len() {
            let (length, share) = longest(hash(START, if at == 0 { "#" } else { "##" }), &word.as_bytes()[at..])?;
            pieces.push(share);
            at += length;
        }
        mean(&pieces)
    })
}

/// The longest piece that `letters` begin with, after a mark whose hash is given: its length and its share.
fn longest(mark: u32, letters: &[u8]) -> Option<(usize, Prior)> {
    let mut hash = mark;
    let mut found = None;
    for (at, &letter) in letters.iter().enumerate() {
        hash = eat(hash, letter);
        found = entry(hash).map(|share| (at + 1, share)).or(found);
    }
    found
}

/// FNV-1a, 32 bits.
const START: u32 = 0x811c_9dc5;

fn eat(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

fn hash(start: u32, text: &str) -> u32 {
    text.bytes().fold(start, eat)
}

fn count() -> usize {
    number(12) as usize
}

/// The little-endian number at a byte of the table.
fn number(at: usize) -> u32 {
    TABLE[at..at + 4].iter().rev().fold(0, |sum, &byte| (sum << 8) | u32::from(byte))
}

/// Bits of a hash that say where in the table it stands, at most a few dozen entries further on.
const SLOT_BITS: u32 = 12;

/// The first entry of each slot, and one past the last entry.
static SLOTS: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let mut at = 0;
    let start = |slot: u32| {
        while at < count() && number(HEAD + 4 * at) >> (u32::BITS - SLOT_BITS) < slot {
            at += 1;
        }
        at
    };
    (0..=1 << SLOT_BITS).map(start).collect()
});

/// The place of the entry with a hash; two words that share one are as rare as one in eighty thousand.
fn place(hash: u32) -> Option<usize> {
    let slot = (hash >> (u32::BITS - SLOT_BITS)) as usize;
    (SLOTS[slot]..SLOTS[slot + 1]).find(|&at| number(HEAD + 4 * at) == hash)
}

/// The prior of the entry with a hash.
fn entry(hash: u32) -> Option<Prior> {
    let at = HEAD + 4 * count() + 2 * place(hash)?;
    let steps = u16::from(TABLE[at]) | u16::from(TABLE[at + 1]) << 8;
    Some(Prior(std::array::from_fn(|kind| (steps >> (4 * kind) & 15) as u8)))
}

/// What a word in lower case is about: the number of a cluster of words that the sentence model takes for alike, one or
/// more; `None` for a word the table does not know.
pub(super) fn topic(word: &str) -> Option<u8> {
    let known = place(hash(START, word)).map(|at| TOPICS[HEAD + at]);
    known.filter(|&topic| topic > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_that_of_the_script() {
        assert_eq!(&TABLE[..8], b"2SRCPRIO");
        assert_eq!(number(8), 1);
        assert_eq!((&TOPICS[..8], &TOPICS[8..HEAD]), (b"2SRCTOPI".as_slice(), &TABLE[8..HEAD]));
        assert_eq!(TOPICS.len(), HEAD + count());
        assert_eq!(TABLE.len(), HEAD + 6 * count());
        assert!((1..count()).all(|at| number(HEAD + 4 * (at - 1)) < number(HEAD + 4 * at)));
    }

    #[test]
    fn topics_are_those_of_words() {
        assert_eq!(topic("bread"), topic("stew"));
        assert_ne!(topic("bread"), topic("lawsuit"));
        assert!(["", "soupsoup"].iter().all(|word| topic(word).is_none()));
    }

    #[test]
    fn words_known_and_unknown() {
        let best = |word: &str| prior(word).map(Prior::best);
        for (word, kind) in [("anna", 0), ("newspaper", 3), ("berlin", 2), ("university", 1), ("annabella", 0)] {
            assert_eq!(best(word), Some(kind), "{word}: {:?}", prior(word));
        }
        assert_eq!(best("ANNA"), best("anna"));
        assert_eq!(best("Ánna"), best("anna"));
        assert_eq!(prior("—"), None);
        assert_eq!(prior(""), None);
        assert!(prior("al-nova").is_some());
    }

    proptest::proptest! {
        #[test]
        fn any_word_is_judged_or_not(word in ".{0,60}") {
            proptest::prop_assert!(prior(&word).is_none_or(|prior| prior.0.iter().all(|&step| step <= 15)));
        }
    }
}
