//! Similarity in whole numbers, so that sums do not depend on their order and ties are ties on every machine.

use crate::epoch::{self, Weighted};

/// What a similarity of 1 is kept as.
pub(crate) const ONE: i64 = 65_536;

/// What the similarity of two articles loses each time the days between them double: news of one event comes in a burst,
/// and the next shooting in a town is told in the same words.
const LOSS: f64 = 0.04;

/// Days of news that are in memory; articles further apart are not of one story unless others lie between them.
pub(crate) const WINDOW: i32 = 30;

/// What the similarity of two articles loses that lie further apart than that.
const FAR: f64 = 0.5;

/// A similarity in steps of 1/[`ONE`].
pub(crate) const fn fixed(similarity: f64) -> i64 {
    (similarity * ONE as f64) as i64
}

/// A similarity as it is told to others.
pub(crate) fn told(similarity: i64) -> f64 {
    similarity as f64 / ONE as f64
}

/// The mean of two products of vectors, of the wholes and of the tops, from their sum in steps of weights.
pub(crate) fn of_product(sum: u64) -> i64 {
    const STEPS: i64 = 2 * (epoch::ONE * epoch::ONE) as i64 / ONE;
    sum as i64 / STEPS
}

/// What so many days between two articles cost.
pub(crate) fn worth_of_days(apart: u32) -> i64 {
    let far = if apart > WINDOW as u32 { FAR } else { 0.0 };
    ((LOSS * f64::from(apart.saturating_add(1)).log2() + far) * ONE as f64).round() as i64
}

/// What the days between two articles cost; nothing where one of them is not known.
pub(crate) fn loss(one: Option<i32>, other: Option<i32>) -> i64 {
    one.zip(other).map_or(0, |(one, other)| worth_of_days(one.abs_diff(other)))
}

/// The sum over the shared stems of the products of their weights, of the wholes and of the tops.
pub(crate) fn product(one: &[Weighted], other: &[Weighted]) -> u64 {
    let (mut sum, mut i, mut j) = (0, 0, 0);
    while let (Some(x), Some(y)) = (one.get(i), other.get(j)) {
        if x.stem == y.stem {
            sum += u64::from(x.whole) * u64::from(y.whole) + u64::from(x.lead) * u64::from(y.lead);
        }
        i += usize::from(x.stem <= y.stem);
        j += usize::from(y.stem <= x.stem);
    }
    sum
}
