//! Near duplicates: which texts are one text, and which parts of them.
//!
//! [`Duplicates`] takes in one text after the other and keeps hashes alone, about two kilobytes for 400 words. Each text is
//! a set of shingles, runs of five words. A sketch of the set by one permutation hashing (Li, Owen and Zhang 2012), its
//! empty bins filled from others (Shrivastava 2017), is cut into bands; texts that agree in a band (Indyk and Motwani
//! 1998) are compared exactly. Two are near duplicates where they share half of what they have together, or where nearly
//! all of the shorter one stands in the longer.
//!
//! ```
//! use twosource_cluster::Duplicates;
//! let mut duplicates = Duplicates::new();
//! let report = "The port of Nova will close on Friday, the harbour master Anna Berg said, because of the coming storm.";
//! duplicates.add(report);
//! duplicates.add(&format!("{report} All rights reserved."));
//! duplicates.add("Beekeepers expect a good harvest of heather honey this year, and the market will open in May.");
//! let pairs = duplicates.pairs();
//! assert_eq!((pairs[0].one, pairs[0].other), (0, 1));
//! assert_eq!(&report[pairs[0].span_of_one.0..pairs[0].span_of_one.1], report.trim_end_matches('.'));
//! ```

use std::collections::BTreeMap;

use crate::shingles::{Shingles, WORDS};

/// Bins of a sketch.
const BINS: usize = 128;

/// Bins of a band: texts that share half of their shingles agree in one of the 32 bands in seven of eight cases, those
/// that share six tenths in 99 of 100, those that share a fifth in one of twenty.
const BAND: usize = 4;

/// Share of the shingles of two texts that both have, from which they are near duplicates.
const SHARED: f64 = 0.5;

/// Share of the shingles of the shorter text that the longer has too, from which they are, where it has enough of them.
const CONTAINED: f64 = 0.8;

/// The fewest shingles of a text that can be told to be contained in another.
const FEWEST: usize = 20;

/// With how many others of a band a text is compared at most: those before it, and the first.
const NEIGHBOURS: usize = 16;

/// Words between two shared passages that are still shown as one.
const GAP: usize = 20;

/// Texts, as far as they are needed to find near duplicates among them.
#[derive(Clone, Debug, Default)]
pub struct Duplicates {
    texts: Vec<Shingles>,
    /// For each band its hash in each text, with the text.
    bands: [Vec<(u32, u32)>; BINS / BAND],
}

/// Two near duplicates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pair {
    /// The text that was added first, counted from 0.
    pub one: usize,
    /// The other one.
    pub other: usize,
    /// Share of their shingles that both have: their Jaccard index, exactly.
    pub score: f64,
    /// The longest passage of the first that the other has too, small gaps included: where it begins and ends, in code points.
    pub span_of_one: (usize, usize),
    /// The same passage of the other.
    pub span_of_other: (usize, usize),
}

impl Pair {
    /// The two, as [`connected`] takes them.
    pub fn ends(&self) -> (usize, usize) {
        (self.one, self.other)
    }
}

impl Duplicates {
    /// No texts yet.
    pub fn new() -> Duplicates {
        Duplicates::default()
    }

    /// Takes in a text.
    pub fn add(&mut self, text: &str) {
        let shingles = Shingles::new(text);
        if let (Some(sketch), Ok(number)) = (sketch(&shingles.hashes), u32::try_from(self.texts.len())) {
            let bins = self.bands.iter_mut().zip(sketch.chunks(BAND));
            bins.for_each(|(band, bins)| band.push((band_hash(bins), number)));
        }
        self.texts.push(shingles);
    }

    /// The pairs of near duplicates, in the order of the texts.
    ///
    /// Of very many texts that are alike not every pair is named, but all are connected by pairs.
    pub fn pairs(&mut self) -> Vec<Pair> {
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        for band in &mut self.bands {
            band.sort_unstable();
            for alike in band.chunk_by(|one, other| one.0 == other.0) {
                for at in 1..alike.len() {
                    let before = at.saturating_sub(NEIGHBOURS).max(1)..at;
                    candidates.extend(std::iter::once(0).chain(before).map(|before| (alike[before].1, alike[at].1)));
                }
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut sets = Sets { texts: &self.texts, last: None };
        candidates.into_iter().filter_map(|(one, other)| sets.pair(one as usize, other as usize)).collect()
    }
}

/// For each of so many things the first one it is connected with by pairs, itself where there is none.
pub fn connected(count: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Vec<usize> {
    let mut first: Vec<usize> = (0..count).collect();
    fn root(first: &mut [usize], mut at: usize) -> usize {
        while first[at] != at {
            first[at] = first[first[at]];
            at = first[at];
        }
        at
    }
    for (one, other) in pairs.into_iter().filter(|(one, other)| *one.max(other) < count) {
        let (one, other) = (root(&mut first, one), root(&mut first, other));
        first[one.max(other)] = one.min(other);
    }
    (0..count).map(|text| root(&mut first, text)).collect()
}

/// The least hash in each of [`BINS`] ranges; empty ones take that of another. `None` of a text without words.
fn sketch(hashes: &[u32]) -> Option<[u32; BINS]> {
    const SHIFT: u32 = u32::BITS - BINS.trailing_zeros();
    let mut bins = [u32::MAX; BINS];
    for &hash in hashes {
        let bin = &mut bins[(hash >> SHIFT) as usize];
        *bin = (*bin).min(hash);
    }
    if hashes.is_empty() {
        return None;
    }
    let filled = bins;
    for (at, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| **bin == u32::MAX) {
        let mut other = at;
        // A bin from which each other is reached in an order of its own: the step is odd, the bins a power of two.
        let step = (at.wrapping_mul(0x9e37_79b9) >> 7) | 1;
        while filled[other % BINS] == u32::MAX && other < at + step * BINS {
            other += step;
        }
        *bin = filled[other % BINS];
    }
    Some(bins)
}

fn band_hash(bins: &[u32]) -> u32 {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let mixed = bins.iter().fold(1_u64, |hash, &bin| (hash ^ u64::from(bin)).wrapping_mul(BASE).rotate_left(29));
    (mixed >> 32) as u32 ^ mixed as u32
}

/// The shingles of texts as sets; that of the text compared last stays, as candidates come in its order.
struct Sets<'t> {
    texts: &'t [Shingles],
    last: Option<(usize, Vec<u32>)>,
}

impl Sets<'_> {
    /// The pair, if the two are near duplicates.
    fn pair(&mut self, one: usize, other: usize) -> Option<Pair> {
        if self.last.as_ref().is_none_or(|(text, _)| *text != one) {
            self.last = Some((one, set(&self.texts[one])));
        }
        let (_, first) = self.last.as_ref()?;
        let second = set(&self.texts[other]);
        let shared = shared(first, &second);
        let (fewer, all) = (first.len().min(second.len()), first.len() + second.len() - shared);
        let score = shared as f64 / all.max(1) as f64;
        let contained = fewer >= FEWEST && shared as f64 >= CONTAINED * fewer as f64;
        if one == other || (score < SHARED && !contained) {
            return None;
        }
        let span = |text: usize, of: &[u32]| {
            let (first, last) = passage(&self.texts[text].hashes, of);
            self.texts[text].span(first, last)
        };
        Some(Pair { one, other, score, span_of_one: span(one, &second), span_of_other: span(other, first) })
    }
}

fn set(shingles: &Shingles) -> Vec<u32> {
    let mut set = shingles.hashes.to_vec();
    set.sort_unstable();
    set.dedup();
    set
}

/// How many numbers two ascending lists share.
fn shared(one: &[u32], other: &[u32]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(i), other.get(j)) {
        shared += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    shared
}

/// The first and the last shingle of the passage with the most shingles of a set, gaps of [`GAP`] words included.
fn passage(hashes: &[u32], set: &[u32]) -> (usize, usize) {
    let mut passages: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut open: Option<(usize, usize, usize)> = None;
    for (at, _) in hashes.iter().enumerate().filter(|(_, hash)| set.binary_search(hash).is_ok()) {
        open = match open {
            Some((first, last, shingles)) if at - last <= GAP + WORDS => Some((first, at, shingles + 1)),
            _ => {
                open.into_iter().for_each(|(first, last, shingles)| {
                    passages.entry(shingles).or_insert((first, last));
                });
                Some((at, at, 1))
            }
        };
    }
    open.into_iter().for_each(|(first, last, shingles)| {
        passages.entry(shingles).or_insert((first, last));
    });
    passages.pop_last().map_or((0, hashes.len().saturating_sub(1)), |(_, passage)| passage)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text of so many words from a number.
    fn text(from: usize, words: usize) -> String {
        (from..from + words).map(|word| format!("word{word} ")).collect()
    }

    fn pairs(texts: &[String]) -> Vec<Pair> {
        let mut duplicates = Duplicates::new();
        texts.iter().for_each(|text| duplicates.add(text));
        duplicates.pairs()
    }

    #[test]
    fn a_text_cut_short_is_a_duplicate_and_another_is_none() {
        let found = pairs(&[text(0, 400), text(0, 300), text(1000, 400)]);
        assert_eq!(found.iter().map(|pair| (pair.one, pair.other)).collect::<Vec<_>>(), [(0, 1)]);
        let exact = (300.0 - 4.0) / (400.0 - 4.0);
        assert!((found[0].score - exact).abs() < 1e-9);
        assert_eq!(found[0].span_of_other, (0, text(0, 300).trim_end().len()));
    }

    #[test]
    fn very_many_copies_are_connected_in_time() {
        let texts = vec![text(0, 50); 2_000];
        let found = pairs(&texts);
        assert!(found.len() <= 2_000 * (NEIGHBOURS + 1));
        let links = found.iter().map(Pair::ends);
        assert!(connected(texts.len(), links).iter().all(|&first| first == 0));
    }

    proptest! {
        #[test]
        fn whatever_the_texts_pairs_point_into_them(texts in prop::collection::vec("[ab .é港]{0,60}", 0..8)) {
            for pair in pairs(&texts) {
                prop_assert!(pair.one < pair.other && pair.other < texts.len());
                for (text, (begin, end)) in [(pair.one, pair.span_of_one), (pair.other, pair.span_of_other)] {
                    prop_assert!(begin <= end && end <= texts[text].chars().count());
                }
            }
        }
    }
}
