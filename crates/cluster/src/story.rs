//! The articles of a story that lie in the window, added up.

use std::collections::BTreeMap;

use crate::epoch::Weighted;
use crate::similarity::{loss, of_product};

/// What the articles of a story are together, as far as they lie in the window.
///
/// The mean of the similarities to all of them is the similarity to their sum divided by their number, so no article is
/// compared with another; all numbers are whole, so the order of adding and taking away changes nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    /// Numbers of the articles in the stream, ascending.
    pub(crate) members: Vec<u32>,
    /// The sums of their weights, in the order of the stems.
    sums: Vec<Sum>,
    /// How many are of each day, counted from 1970.
    days: BTreeMap<i32, u32>,
}

#[derive(Clone, Copy, Debug)]
struct Sum {
    stem: u32,
    whole: u32,
    lead: u32,
}

impl Story {
    /// Adds an article.
    pub(crate) fn add(&mut self, number: u32, day: Option<i32>, weights: &[Weighted]) {
        if let Err(at) = self.members.binary_search(&number) {
            self.members.insert(at, number);
        }
        day.into_iter().for_each(|day| *self.days.entry(day).or_default() += 1);
        self.weigh(weights);
    }

    /// Takes an article out again; `weights` are those it was added with.
    pub(crate) fn remove(&mut self, number: u32, day: Option<i32>, weights: &[Weighted]) {
        self.members.retain(|&member| member != number);
        if let Some(day) = day
            && let Some(count) = self.days.get_mut(&day)
        {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.days.remove(&day);
            }
        }
        for term in weights {
            if let Ok(at) = self.sums.binary_search_by_key(&term.stem, |sum| sum.stem) {
                let sum = &mut self.sums[at];
                sum.whole = sum.whole.saturating_sub(term.whole.into());
                sum.lead = sum.lead.saturating_sub(term.lead.into());
            }
        }
        self.sums.retain(|sum| sum.whole > 0 || sum.lead > 0);
    }

    /// Forgets the sums, so that they can be made anew.
    pub(crate) fn clear_weights(&mut self) {
        self.sums.clear();
    }

    /// Adds the weights of an article to the sums.
    pub(crate) fn weigh(&mut self, weights: &[Weighted]) {
        let mut sums = Vec::with_capacity(self.sums.len() + weights.len());
        let mut old = self.sums.iter().copied().peekable();
        for term in weights {
            sums.extend(std::iter::from_fn(|| old.next_if(|sum| sum.stem < term.stem)));
            let known = old.next_if(|sum| sum.stem == term.stem);
            let (whole, lead) = known.map_or((0, 0), |sum| (sum.whole, sum.lead));
            let (whole, lead) = (whole + u32::from(term.whole), lead + u32::from(term.lead));
            sums.push(Sum { stem: term.stem, whole, lead });
        }
        sums.extend(old);
        self.sums = sums;
    }

    /// The sum of the similarities of an article to those of the story, less what the days between them cost, in steps
    /// of 1/[`ONE`](crate::similarity::ONE).
    pub(crate) fn similarities(&self, day: Option<i32>, weights: &[Weighted]) -> i64 {
        of_product(weights.iter().map(|term| self.product(term)).sum()) - self.losses(day)
    }

    /// The sum of the similarities of its articles to those of another story.
    pub(crate) fn similarities_of(&self, other: &Story) -> i64 {
        let products = self.sums.iter().map(|sum| {
            let found = other.sums.binary_search_by_key(&sum.stem, |sum| sum.stem);
            let other = found.ok().map_or((0, 0), |at| (other.sums[at].whole, other.sums[at].lead));
            u64::from(sum.whole) * u64::from(other.0) + u64::from(sum.lead) * u64::from(other.1)
        });
        let losses: i64 = self.days.iter().map(|(&day, &count)| other.losses(Some(day)) * i64::from(count)).sum();
        of_product(products.sum()) - losses
    }

    fn product(&self, term: &Weighted) -> u64 {
        let found = self.sums.binary_search_by_key(&term.stem, |sum| sum.stem);
        let Some(sum) = found.ok().map(|at| self.sums[at]) else { return 0 };
        u64::from(term.whole) * u64::from(sum.whole) + u64::from(term.lead) * u64::from(sum.lead)
    }

    /// What the days between an article and those of the story cost together.
    fn losses(&self, day: Option<i32>) -> i64 {
        let of_day = |(&other, &count): (&i32, &u32)| loss(day, Some(other)) * i64::from(count);
        self.days.iter().map(of_day).sum()
    }
}
