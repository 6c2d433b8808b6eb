//! How much each stem weighs, frozen for so many articles.

use std::collections::HashMap;

use crate::bytes::{put, take};
use crate::profile::{Profile, Term};

/// How many articles of general text the background counts for, beside the articles at hand.
const BACKGROUND: f64 = 500.0;

/// Articles until the first epoch ends, and the fewest in any.
const SHORTEST: u64 = 64;

/// Most articles in an epoch: each costs a weighing of the whole window.
const LONGEST: u64 = 16_384;

/// Articles counted from which on all counts are halved: what was rare in the news of years ago may not be now.
const MEMORY: u64 = 65_536;

/// Most stems that are counted; the rarest are forgotten first.
const STEMS: usize = 1_000_000;

/// What a weight of 1 is kept as.
pub(crate) const ONE: f64 = 16_384.0;

/// The first byte of a stored epoch.
const VERSION: u8 = 1;

/// In how many of the articles before the epoch each stem occurred.
///
/// Weights rest on it and on the background of general text alone, so that an article weighs the same whatever came
/// since. Epoch 0 knows the background only. The next one begins after a count of articles, never by the clock: when
/// half as many have come as were counted at its beginning, or [`LONGEST`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// Counted from 0.
    number: u64,
    /// Articles seen before it began.
    began: u64,
    /// Articles counted.
    articles: u64,
    /// For each stem in how many of them it occurred, in the order of the stems.
    counts: Vec<(u32, u32)>,
}

impl Default for Epoch {
    fn default() -> Self {
        Epoch { number: 0, began: 0, articles: 0, counts: Vec::new() }
    }
}

/// The articles since an epoch began, from which the next one is made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    articles: u64,
    counts: HashMap<u32, u32>,
}

impl Tally {
    /// Counts an article.
    pub(crate) fn add(&mut self, profile: &Profile) {
        self.articles += 1;
        profile.terms.iter().for_each(|term| *self.counts.entry(term.stem).or_default() += 1);
    }
}

impl Epoch {
    /// Counted from 0, the background.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How many articles had been added before it began.
    pub fn began(&self) -> u64 {
        self.began
    }

    /// How many articles have been added since the beginning when the epoch ends.
    pub(crate) fn until(&self) -> u64 {
        self.began.saturating_add((self.articles / 2).clamp(SHORTEST, LONGEST))
    }

    /// The next epoch, from what was counted before this one and since.
    pub(crate) fn next(&self, tally: Tally) -> Epoch {
        let articles = self.articles.saturating_add(tally.articles);
        let mut counts = self.counts.clone();
        counts.extend(tally.counts);
        counts.sort_unstable();
        counts.dedup_by(|next, one| {
            let same = next.0 == one.0;
            one.1 = if same { one.1.saturating_add(next.1) } else { one.1 };
            same
        });
        let mut next = Epoch { number: self.number.saturating_add(1), began: self.until(), articles, counts };
        while next.articles > MEMORY || next.counts.len() > STEMS {
            next.fade();
        }
        next
    }

    /// Halves all counts and forgets the stems that occurred once.
    fn fade(&mut self) {
        self.articles /= 2;
        self.counts.iter_mut().for_each(|count| count.1 /= 2);
        self.counts.retain(|count| count.1 > 0);
    }

    /// The epoch as bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        [self.number, self.began, self.articles].into_iter().for_each(|number| put(&mut bytes, number));
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
        let (number, began, articles) = (take(&mut rest)?, take(&mut rest)?, take(&mut rest)?);
        let mut counts: Vec<(u32, u32)> = Vec::new();
        while !rest.is_empty() {
            let step = u32::try_from(take(&mut rest)?).ok()?;
            let stem = counts.last().map_or(0, |last| last.0).checked_add(step)?;
            counts.push((stem, u32::try_from(take(&mut rest)?).ok()?));
        }
        let ascending = counts.is_sorted_by(|one, next| one.0 < next.0);
        ascending.then_some(Epoch { number, began, articles, counts })
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
