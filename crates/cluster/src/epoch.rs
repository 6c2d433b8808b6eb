//! How much each stem weighs, frozen for so many articles.

use crate::bytes::{put, take};
use crate::profile::{Profile, Term};

/// How many articles of general text the background counts for, beside the articles at hand.
const BACKGROUND: f64 = 500.0;

/// Articles until the first epoch ends.
const FIRST: u64 = 64;

/// What a weight of 1 is kept as.
pub(crate) const ONE: f64 = 16_384.0;

/// The first byte of a stored epoch.
const VERSION: u8 = 1;

/// In how many of the articles of the window each stem occurred when the epoch began.
///
/// Weights rest on it and on the background of general text alone, so that an article weighs the same whatever came
/// since. Epoch 0 knows the background only. The next one begins after a count of articles, never by the clock: when
/// half as many have come as were in the window at its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// Counted from 0.
    number: u64,
    /// Articles seen since the beginning when it ends.
    until: u64,
    /// Articles counted.
    articles: u64,
    /// For each stem that occurred in more than one of them, in how many; in the order of the stems.
    counts: Vec<(u32, u32)>,
}

impl Default for Epoch {
    fn default() -> Self {
        Epoch { number: 0, until: FIRST, articles: 0, counts: Vec::new() }
    }
}

impl Epoch {
    /// Counted from 0, the background.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many articles have been added since the beginning when the epoch ends.
    pub(crate) fn until(&self) -> u64 {
        self.until
    }

    /// The next epoch, from the articles of the window.
    pub(crate) fn next<'p>(&self, profiles: impl Iterator<Item = &'p Profile>) -> Epoch {
        let (mut articles, mut stems) = (0, Vec::new());
        for profile in profiles {
            articles += 1;
            stems.extend(profile.terms.iter().map(|term| term.stem));
        }
        stems.sort_unstable();
        let counts = stems.chunk_by(|one, other| one == other).map(|same| (same[0], same.len() as u32));
        Epoch {
            number: self.number.saturating_add(1),
            until: self.until.saturating_add(FIRST.max(articles / 2)),
            articles,
            counts: counts.filter(|&(_, count)| count > 1).collect(),
        }
    }

    /// The epoch as bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        [self.number, self.until, self.articles].into_iter().for_each(|number| put(&mut bytes, number));
        let mut last = 0;
        for &(stem, count) in &self.counts {
            put(&mut bytes, u64::from(stem - last));
            put(&mut bytes, u64::from(count));
            last = stem;
        }
        bytes
    }

    /// The epoch that was stored; `None` for bytes of another version or of something else.
    pub fn from_bytes(bytes: &[u8]) -> Option<Epoch> {
        let (&VERSION, mut rest) = bytes.split_first()? else { return None };
        let (number, until, articles) = (take(&mut rest)?, take(&mut rest)?, take(&mut rest)?);
        let mut counts: Vec<(u32, u32)> = Vec::new();
        while !rest.is_empty() {
            let step = u32::try_from(take(&mut rest)?).ok()?;
            let stem = counts.last().map_or(0, |last| last.0).checked_add(step)?;
            counts.push((stem, u32::try_from(take(&mut rest)?).ok()?));
        }
        let ascending = counts.is_sorted_by(|one, next| one.0 < next.0);
        ascending.then_some(Epoch { number, until, articles, counts })
    }

    /// How much rarer a stem is than one that is everywhere: the natural logarithm of the share of texts without it.
    fn rarity(&self, term: &Term) -> f64 {
        let found = self.counts.binary_search_by_key(&term.stem, |count| count.0);
        let here = found.map_or(1, |at| self.counts[at].1);
        let share = (-f64::from(term.rarity) / 16.0).exp();
        ((self.articles as f64 + BACKGROUND) / (f64::from(here) + BACKGROUND * share)).ln().max(0.0)
    }

    /// The weights of an article's stems, as a whole and at its top, each of unit length in steps of 1/[`ONE`].
    pub(crate) fn weights(&self, profile: &Profile) -> Vec<Weighted> {
        let log = |count: u8| if count == 0 { 0.0 } else { 1.0 + f64::from(count).ln() };
        let weigh = |term: &Term| {
            let rarity = self.rarity(term);
            (term.stem, log(term.whole) * rarity, log(term.lead) * rarity)
        };
        let weighed: Vec<(u32, f64, f64)> = profile.terms.iter().map(weigh).collect();
        let length =
            |of: fn(&(u32, f64, f64)) -> f64| weighed.iter().map(|term| of(term) * of(term)).sum::<f64>().sqrt();
        let (whole, lead) = (length(|term| term.1), length(|term| term.2));
        let fixed = |weight: f64, length: f64| if length > 0.0 { (ONE * weight / length).round() as u16 } else { 0 };
        let term = |&(stem, w, l): &(u32, f64, f64)| Weighted { stem, whole: fixed(w, whole), lead: fixed(l, lead) };
        weighed.iter().map(term).filter(|term| term.whole > 0 || term.lead > 0).collect()
    }
}

/// The weights of a stem of one article, in steps of 1/[`ONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Weighted {
    /// The hash of the stem.
    pub(crate) stem: u32,
    /// In the article as a whole.
    pub(crate) whole: u16,
    /// At its top.
    pub(crate) lead: u16,
}
