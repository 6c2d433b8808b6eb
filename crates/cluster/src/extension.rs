//! How far two texts are alike around a run of words that they share.

use crate::seeds::Seed;
use crate::shingles::{Shingles, WORDS};

/// Shingles that may be passed over in each text until one is shared again: six words changed, or added, or left out.
const GAP: usize = WORDS + 6;

/// Shingles looked at on each side of a seed: what is longer is found from another seed.
const FARTHEST: usize = 5_000;

/// A passage of two texts, in shingles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Alike {
    /// The first and the last shingle in the one text.
    pub(crate) one: (usize, usize),
    /// The same in the other.
    pub(crate) other: (usize, usize),
    /// Words that both have.
    pub(crate) words: usize,
}

impl Alike {
    /// Whether a seed lies in it.
    pub(crate) fn holds(&self, seed: &Seed) -> bool {
        let (one, other) = (seed.at_one as usize, seed.at_other as usize);
        (self.one.0..=self.one.1).contains(&one) && (self.other.0..=self.other.1).contains(&other)
    }
}

/// The passage around a seed: a word of both counts for it, one that is passed over against it, and it ends on each side
/// where it stands best (local alignment: Smith and Waterman 1981, greedily). `None` where only the hashes are alike.
pub(crate) fn extend(one: &Shingles, other: &Shingles, seed: &Seed) -> Option<Alike> {
    let (at_one, at_other) = (seed.at_one as usize, seed.at_other as usize);
    if one.hashes.get(at_one)? != other.hashes.get(at_other)? {
        return None;
    }
    let ahead = reach(|step| one.hashes.get(at_one + step), |step| other.hashes.get(at_other + step));
    let behind = |shingles: &'_ Shingles, at: usize, step: usize| shingles.hashes.get(at.checked_sub(step)?).copied();
    let back = reach(|step| behind(one, at_one, step), |step| behind(other, at_other, step));
    Some(Alike {
        one: (at_one - back.one, at_one + ahead.one),
        other: (at_other - back.other, at_other + ahead.other),
        words: WORDS + back.words + ahead.words,
    })
}

/// How far a passage goes on in one direction.
#[derive(Clone, Copy, Debug, Default)]
struct Reach {
    /// Shingles behind that of the seed.
    one: usize,
    other: usize,
    /// Words of both behind those of the seed.
    words: usize,
}

/// Goes on from step 0, where both have the same shingle.
fn reach<H: PartialEq>(one: impl Fn(usize) -> Option<H>, other: impl Fn(usize) -> Option<H>) -> Reach {
    let (mut at, mut best) = (Reach::default(), Reach::default());
    let (mut score, mut highest) = (0_i64, 0_i64);
    while at.one.max(at.other) < FARTHEST {
        let Some((steps_one, steps_other)) = next(&one, &other, &at) else { break };
        let words = steps_one.min(steps_other).min(WORDS);
        at = Reach { one: at.one + steps_one, other: at.other + steps_other, words: at.words + words };
        score += 2 * words as i64 - steps_one.max(steps_other) as i64;
        if score > highest {
            (best, highest) = (at, score);
        }
    }
    best
}

/// How many steps it is in each to the next shingle that both have: the fewest together, as even as can be.
fn next<H: PartialEq>(
    one: impl Fn(usize) -> Option<H>,
    other: impl Fn(usize) -> Option<H>,
    at: &Reach,
) -> Option<(usize, usize)> {
    let is_shared =
        |&(x, y): &(usize, usize)| one(at.one + x).zip(other(at.other + y)).is_some_and(|(one, other)| one == other);
    if is_shared(&(1, 1)) {
        return Some((1, 1));
    }
    (3..=2 * GAP).find_map(|steps| {
        let fewest = steps.saturating_sub(GAP).max(1);
        let mut ways: Vec<(usize, usize)> = (fewest..=steps - fewest).map(|x| (x, steps - x)).collect();
        ways.sort_by_key(|(x, y)| x.abs_diff(*y));
        ways.into_iter().find(is_shared)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The passage of two texts around a shingle of each, as its words.
    fn check(texts: [&str; 2], at: (u32, u32), expected: [&str; 2]) -> usize {
        let [one, other] = texts.map(Shingles::new);
        let seed = Seed { one: 0, other: 1, at_one: at.0, at_other: at.1 };
        let alike = extend(&one, &other, &seed).expect("a passage");
        assert!(alike.holds(&seed));
        let words = |text: &str, shingles: &Shingles, (first, last): (usize, usize)| {
            let places = shingles.places();
            text[places[first].0..places[last + WORDS - 1].1].to_owned()
        };
        assert_eq!([words(texts[0], &one, alike.one), words(texts[1], &other, alike.other)], expected);
        alike.words
    }

    #[test]
    fn it_ends_where_the_words_differ() {
        let shared = "the ferry Halcyon struck a pier in the port of Nova";
        let one = format!("Divers say that {shared} before noon.");
        let other = format!("A week ago {shared}. Nobody was hurt.");
        assert_eq!(check([&one, &other], (5, 5), [shared, shared]), 11);
    }

    #[test]
    fn changed_words_are_passed_over() {
        let one = "the ferry Halcyon struck a pier in the port of Nova on Monday before noon, divers said";
        let other = "the ferry Halcyon struck a pier in the large port of Norrvik on Monday before noon, divers said";
        // "port of" stands in no run of five words that both have.
        assert_eq!(check([one, other], (0, 0), [one, other]), 14);
    }

    #[test]
    fn what_is_alike_by_hash_alone_is_none() {
        let [one, other] = ["one two three four five six", "seven eight nine ten eleven"].map(Shingles::new);
        assert_eq!(extend(&one, &other, &Seed { one: 0, other: 1, at_one: 0, at_other: 0 }), None);
        assert_eq!(extend(&one, &other, &Seed { one: 0, other: 1, at_one: 9, at_other: 9 }), None);
    }
}
