//! Scores of a grouping of mentions against labelled chains: MUC, B-cubed, CEAF and their mean.
//!
//! MUC (Vilain and others 1995) counts links, B-cubed (Bagga and Baldwin 1998) mentions, CEAF with the similarity φ₄
//! (Luo 2005) chains; CoNLL F1 is the mean of the three (Pradhan and others 2012).

use std::collections::{BTreeMap, BTreeSet};

/// F1 of the three measures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Scores {
    pub(super) muc: f64,
    pub(super) b_cubed: f64,
    pub(super) ceaf: f64,
}

impl Scores {
    /// The mean of the three.
    pub(super) fn conll(self) -> f64 {
        (self.muc + self.b_cubed + self.ceaf) / 3.0
    }
}

/// Scores groups against chains: a label of each for every mention, in the same order.
pub(super) fn scores(gold: &[usize], found: &[usize]) -> Scores {
    if gold.is_empty() {
        return Scores::default();
    }
    let shared = counts(gold.iter().copied().zip(found.iter().copied()));
    let chains = counts(gold.iter().copied());
    let groups = counts(found.iter().copied());
    let links = |one: &[usize], other: &[usize], sets: &BTreeMap<usize, usize>| {
        let parts: BTreeSet<(usize, usize)> = one.iter().copied().zip(other.iter().copied()).collect();
        ratio(one.len() - parts.len(), one.len() - sets.len())
    };
    let squares = |size: &dyn Fn(&(usize, usize)) -> usize| -> f64 {
        shared.iter().map(|(pair, &count)| (count * count) as f64 / size(pair) as f64).sum::<f64>() / gold.len() as f64
    };
    Scores {
        muc: f1(links(found, gold, &groups), links(gold, found, &chains)),
        b_cubed: f1(squares(&|pair| groups[&pair.1]), squares(&|pair| chains[&pair.0])),
        ceaf: ceaf(&shared, &chains, &groups),
    }
}

fn ceaf(
    shared: &BTreeMap<(usize, usize), usize>,
    chains: &BTreeMap<usize, usize>,
    groups: &BTreeMap<usize, usize>,
) -> f64 {
    let rows: Vec<usize> = chains.keys().copied().collect();
    let columns: Vec<usize> = groups.keys().copied().collect();
    let alike = |row: usize, column: usize| {
        let common = shared.get(&(rows[row], columns[column])).copied().unwrap_or_default();
        2.0 * common as f64 / (chains[&rows[row]] + groups[&columns[column]]) as f64
    };
    let total = best_assignment(rows.len(), columns.len(), &alike);
    f1(total / columns.len() as f64, total / rows.len() as f64)
}

/// The greatest sum of gains when every row takes one column and no column is taken twice (Kuhn and Munkres, with
/// potentials; cubic in the size).
fn best_assignment(rows: usize, columns: usize, gain: &dyn Fn(usize, usize) -> f64) -> f64 {
    if rows > columns {
        return best_assignment(columns, rows, &|row, column| gain(column, row));
    }
    let (mut of_row, mut of_column) = (vec![0.0; rows + 1], vec![0.0; columns + 1]);
    let mut taken = vec![0; columns + 1];
    for row in 1..=rows {
        let (mut least, mut from) = (vec![f64::INFINITY; columns + 1], vec![0; columns + 1]);
        let mut seen = vec![false; columns + 1];
        taken[0] = row;
        let mut at = 0;
        while taken[at] != 0 {
            seen[at] = true;
            let (mut step, mut next) = (f64::INFINITY, 0);
            for column in (1..=columns).filter(|&column| !seen[column]) {
                let cost = -gain(taken[at] - 1, column - 1) - of_row[taken[at]] - of_column[column];
                if cost < least[column] {
                    (least[column], from[column]) = (cost, at);
                }
                if least[column] < step {
                    (step, next) = (least[column], column);
                }
            }
            for column in 0..=columns {
                if seen[column] {
                    of_row[taken[column]] += step;
                    of_column[column] -= step;
                } else {
                    least[column] -= step;
                }
            }
            at = next;
        }
        while at != 0 {
            taken[at] = taken[from[at]];
            at = from[at];
        }
    }
    (1..=columns).filter(|&column| taken[column] != 0).map(|column| gain(taken[column] - 1, column - 1)).sum()
}

fn counts<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_scores() {
        let perfect = scores(&[0, 0, 1, 2], &[7, 7, 3, 5]);
        assert_eq!((perfect.muc, perfect.b_cubed, perfect.ceaf), (1.0, 1.0, 1.0));
        // Chains abc, d; groups ab, cd: one link of two found, one of two right.
        let half = scores(&[0, 0, 0, 1], &[0, 0, 1, 1]);
        assert!((half.muc - 0.5).abs() < 1e-9);
        // Precision (1 + 1 + 1/2 + 1/2) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4.
        assert!((half.b_cubed - f1(0.75, 2.0 / 3.0)).abs() < 1e-9);
        assert!((half.ceaf - (0.8 + 2.0 / 3.0) / 2.0).abs() < 1e-9);
        assert_eq!(scores(&[], &[]).conll(), 0.0);
    }

    #[test]
    fn the_best_assignment_is_not_the_greedy_one() {
        let gains = [[9.0, 8.0, 0.0], [8.0, 1.0, 0.0]];
        assert!((best_assignment(2, 3, &|row, column| gains[row][column]) - 16.0).abs() < 1e-9);
        assert!((best_assignment(3, 2, &|row, column| gains[column][row]) - 16.0).abs() < 1e-9);
    }
}
