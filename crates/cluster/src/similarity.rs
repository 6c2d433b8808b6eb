//! Similarity in whole numbers, so that sums do not depend on their order and ties are ties on every machine.

use crate::epoch;

/// What a similarity of 1 is kept as.
pub(crate) const ONE: i64 = 65_536;

/// What the similarity of two articles loses each time the days between them double: news of one event comes in a burst,
/// and the next shooting in a town is told in the same words.
const LOSS: f64 = 0.04;

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
    (LOSS * f64::from(apart.saturating_add(1)).log2() * ONE as f64).round() as i64
}
