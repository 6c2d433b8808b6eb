//! Average linkage over a handful of articles, with a threshold that rises with the size of what is joined.

use crate::similarity::fixed;

/// Mean similarity from which two single articles are one story.
const THRESHOLD: f64 = 0.14;

/// What the threshold gains each time the smaller of two groups doubles: the mean of many pairs strays less, and two
/// events of one kind, told by many, are as alike as two odd reports of one event.
const GAIN: f64 = 0.05;

/// Where it ends.
const HIGHEST: f64 = 0.3;

/// Mean similarity from which two groups are one story, by the size of the smaller one.
pub(crate) fn threshold(smaller: usize) -> i64 {
    fixed((THRESHOLD + GAIN * (smaller.max(1) as f64).log2()).min(HIGHEST))
}

/// What is grouped: an article, or several that stay together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Atom {
    /// How many articles it stands for.
    pub(crate) size: usize,
    /// The story that a person put it into: two of different ones stay apart.
    pub(crate) pinned: Option<u64>,
}

/// Groups atoms greedily, the pair that lies furthest above its threshold first, by the mean similarity of their articles.
///
/// `sums` holds for each pair, at `row * atoms.len() + column`, the sum of the similarities of their articles, in both
/// directions. Groups are lists of atoms, ascending, in the order of their first atom. Of several equal pairs the first is
/// joined. The time grows with the square of the atoms where few are joined, with the cube at most.
pub(crate) fn groups(atoms: &[Atom], sums: Vec<i64>) -> Vec<Vec<usize>> {
    let mut grouping = Grouping::new(atoms, sums);
    while let Some((one, other)) = grouping.closest() {
        grouping.join(one, other);
    }
    grouping.groups.into_iter().filter(|group| !group.is_empty()).collect()
}

/// No pair: one of the two is no more, or they must stay apart.
const NEVER: i64 = i64::MIN;

struct Grouping {
    groups: Vec<Vec<usize>>,
    sizes: Vec<usize>,
    pinned: Vec<Option<u64>>,
    sums: Vec<i64>,
    /// How far each pair lies above its threshold.
    above: Vec<i64>,
    /// For each group the greatest of them to a later one.
    best: Vec<i64>,
}

impl Grouping {
    fn new(atoms: &[Atom], sums: Vec<i64>) -> Grouping {
        let count = atoms.len();
        let mut grouping = Grouping {
            groups: (0..count).map(|atom| vec![atom]).collect(),
            sizes: atoms.iter().map(|atom| atom.size.max(1)).collect(),
            pinned: atoms.iter().map(|atom| atom.pinned).collect(),
            sums,
            above: vec![NEVER; count * count],
            best: vec![NEVER; count],
        };
        (0..count).for_each(|row| grouping.measure(row));
        grouping
    }

    /// Works out how far the pairs of a group lie above their thresholds.
    fn measure(&mut self, one: usize) {
        let count = self.groups.len();
        for other in 0..count {
            let apart = self.pinned[one].zip(self.pinned[other]).is_some_and(|(one, other)| one != other);
            let gone = self.groups[one].is_empty() || self.groups[other].is_empty();
            let above = if one == other || apart || gone { NEVER } else { self.lead(one, other) };
            let before = std::mem::replace(&mut self.above[other * count + one], above);
            self.above[one * count + other] = above;
            if other < one && (above > self.best[other] || before == self.best[other]) {
                self.rank(other);
            }
        }
        self.rank(one);
    }

    /// Finds the greatest of a group again.
    fn rank(&mut self, row: usize) {
        let count = self.groups.len();
        let later = &self.above[row * count + row..(row + 1) * count];
        self.best[row] = later.iter().copied().max().unwrap_or(NEVER);
    }

    fn lead(&self, one: usize, other: usize) -> i64 {
        let pairs = (self.sizes[one] * self.sizes[other]) as i64;
        self.sums[one * self.groups.len() + other] / pairs - threshold(self.sizes[one].min(self.sizes[other]))
    }

    /// The first of the pairs furthest above their threshold.
    fn closest(&self) -> Option<(usize, usize)> {
        let count = self.groups.len();
        let most = self.best.iter().copied().max().filter(|&most| most >= 0)?;
        let row = self.best.iter().position(|&best| best == most)?;
        let column = (row..count).find(|&column| self.above[row * count + column] == most)?;
        Some((row, column))
    }

    /// Joins a later group to an earlier one.
    fn join(&mut self, one: usize, other: usize) {
        let count = self.groups.len();
        for third in (0..count).filter(|&third| third != one && third != other) {
            let sum = self.sums[one * count + third] + self.sums[other * count + third];
            self.sums[one * count + third] = sum;
            self.sums[third * count + one] = sum;
        }
        let joined = std::mem::take(&mut self.groups[other]);
        self.groups[one].extend(joined);
        self.groups[one].sort_unstable();
        self.sizes[one] += self.sizes[other];
        self.pinned[one] = self.pinned[one].or(self.pinned[other]);
        self.measure(other);
        self.measure(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(usize, usize, f64)], pinned: &[Option<u64>], expected: &[&[usize]]) {
        let count = pinned.len();
        let mut sums = vec![0; count * count];
        for &(one, other, similarity) in pairs {
            sums[one * count + other] = fixed(similarity);
            sums[other * count + one] = fixed(similarity);
        }
        let atoms: Vec<Atom> = pinned.iter().map(|&pinned| Atom { size: 1, pinned }).collect();
        assert_eq!(groups(&atoms, sums), expected);
    }

    #[test]
    fn the_closest_are_joined_first() {
        check(&[(0, 1, 0.2), (1, 2, 0.5)], &[None; 3], &[&[0], &[1, 2]]);
        check(&[(0, 1, 0.3), (1, 2, 0.5), (0, 2, 0.2)], &[None; 3], &[&[0, 1, 2]]);
    }

    #[test]
    fn two_pairs_need_more_than_two_articles() {
        let across = |alike| [(0, 1, 0.6), (2, 3, 0.6), (0, 2, alike), (0, 3, alike), (1, 2, alike), (1, 3, alike)];
        check(&across(0.17), &[None; 4], &[&[0, 1], &[2, 3]]);
        check(&across(0.2), &[None; 4], &[&[0, 1, 2, 3]]);
        check(&[(0, 1, 0.17)], &[None; 2], &[&[0, 1]]);
    }

    #[test]
    fn what_a_person_kept_apart_stays_apart() {
        check(&[(0, 1, 0.9)], &[Some(1), Some(2)], &[&[0], &[1]]);
        check(&[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.8)], &[Some(1), None, Some(2)], &[&[0, 1], &[2]]);
        check(&[(0, 1, 0.9)], &[Some(1), Some(1)], &[&[0, 1]]);
    }
}
