//! Where texts may have a passage in common: runs of words that a few of them share.

use crate::shingles::Shingles;

/// Words of the runs that are looked for: two shingles, the second three words behind the first.
const RUN: usize = 8;

/// Words between the beginnings of its two shingles.
const APART: usize = 3;

/// Of so many runs behind one another the one with the least hash is kept (winnowing: Schleimer, Wilkerson and Aiken 2003).
const WINDOW: usize = 9;

/// Every passage of so many words that two texts share is found: it holds a whole window of runs.
pub(crate) const SURE: usize = RUN + WINDOW - 1;

/// Most texts that share a run: what is in more is boilerplate (100 as in passim).
const COMMON: usize = 100;

/// With how many others that have a run a text is compared at most: those before it, and the first.
const NEIGHBOURS: usize = 4;

/// A run of words of a text that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Print {
    hash: u32,
    text: u32,
    /// The shingle it begins with.
    at: u32,
}

/// A run of words that two texts share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seed {
    /// The text that was added first.
    pub(crate) one: u32,
    pub(crate) other: u32,
    /// The shingle of each that it begins with.
    pub(crate) at_one: u32,
    pub(crate) at_other: u32,
}

/// The runs of a text that are kept, about one of five words.
pub(crate) fn prints(shingles: &Shingles, text: u32) -> impl Iterator<Item = Print> {
    let hashes = &shingles.hashes;
    let runs: Vec<u32> =
        hashes.iter().zip(hashes.iter().skip(APART)).map(|(first, last)| mixed(*first, *last)).collect();
    let mut kept = Vec::new();
    for (from, window) in runs.windows(WINDOW).enumerate() {
        // The last of equal ones: it stays the least for longest.
        let least = (0..WINDOW).rev().min_by_key(|&at| window[at]).unwrap_or_default() + from;
        if kept.last() != Some(&least) {
            kept.push(least);
        }
    }
    kept.into_iter().map(move |at| Print { hash: runs[at], text, at: at as u32 })
}

fn mixed(first: u32, last: u32) -> u32 {
    let number = (u64::from(first) << 32 | u64::from(last)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (number >> 32) as u32
}

/// The shared runs of texts of different series, by text and place: `series` holds that of each text, `None` for one that
/// has none.
pub(crate) fn seeds(prints: &mut [Print], series: &[Option<u32>]) -> Vec<Seed> {
    prints.sort_unstable();
    let mut seeds = Vec::new();
    for alike in prints.chunk_by(|one, other| one.hash == other.hash) {
        // A run that a text repeats counts where it comes first.
        let mut firsts: Vec<Print> = Vec::new();
        for print in alike {
            if firsts.last().is_none_or(|last| last.text != print.text) {
                firsts.push(*print);
                if firsts.len() > COMMON {
                    break;
                }
            }
        }
        if firsts.len() <= COMMON {
            connect(&firsts, series, &mut seeds);
        }
    }
    seeds.sort_unstable();
    seeds
}

/// Connects each text that has a run with the first of another series, and with some before it.
fn connect(alike: &[Print], series: &[Option<u32>], seeds: &mut Vec<Seed>) {
    for (at, other) in alike.iter().enumerate() {
        let strange = |one: &&Print| {
            let (one, other) = (series[one.text as usize], series[other.text as usize]);
            one.is_none() || one != other
        };
        let Some(first) = alike[..at].iter().find(strange) else { continue };
        let before = alike[..at].iter().rev().filter(strange).take(NEIGHBOURS).filter(|one| one.text != first.text);
        seeds.extend(std::iter::once(first).chain(before).map(|one| Seed {
            one: one.text,
            other: other.text,
            at_one: one.at,
            at_other: other.at,
        }));
    }
}
