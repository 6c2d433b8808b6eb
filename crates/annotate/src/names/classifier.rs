//! Weighs the features of a name for person, organisation, place and anything else.
//!
//! The weights come from `scripts/names/train.py`, which describes the file: multinomial logistic regression in whole
//! numbers, so that sums over the mentions of a name are exact whatever their order.

use twosource_model::NameKind;

use super::features::{BUCKETS, Observation};

const WEIGHTS: &[u8; HEAD + BUCKETS * KINDS] = include_bytes!("../../data/en/names.weights");
const KINDS: usize = 4;
/// Magic, version, features, kinds, steps of a unit and the bias of each kind.
const HEAD: usize = 8 + 4 * 4 + KINDS * 4;

/// Points for person, organisation, place and anything else: the log of their odds in steps of the weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Scores([i32; KINDS]);

impl Scores {
    pub(super) fn join(&mut self, other: Scores) {
        for (mine, points) in self.0.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(points);
        }
    }

    /// Multiplies the odds of a kind by e for each of `units`.
    pub(super) fn favour(&mut self, kind: NameKind, units: i32) {
        let place = [NameKind::Person, NameKind::Organisation, NameKind::Place].iter().position(|&own| own == kind);
        self.0[place.unwrap_or(KINDS - 1)] += units * number(20);
    }

    /// The kind with most points; `None` where nothing was weighed, [`NameKind::Other`] for anything else.
    pub(super) fn kind(&self) -> Option<NameKind> {
        if self.0 == [0; KINDS] {
            return None;
        }
        let best = self.0.iter().copied().max()?;
        let place = self.0.iter().position(|&points| points == best)?;
        Some([NameKind::Person, NameKind::Organisation, NameKind::Place, NameKind::Other][place])
    }
}

/// The number of the file's head that starts at byte `at`.
fn number(at: usize) -> i32 {
    WEIGHTS[at..at + 4].iter().rev().fold(0, |sum, &byte| (sum << 8) | i32::from(byte))
}

/// What the features of one mention say.
pub(super) fn scores(seen: &Observation) -> Scores {
    let mut sum = Scores::default();
    for (kind, points) in sum.0.iter_mut().enumerate() {
        *points = number(HEAD - 4 * (KINDS - kind));
    }
    let mut buckets = seen.buckets.clone();
    buckets.sort_unstable();
    buckets.dedup();
    for bucket in buckets {
        let row = HEAD + bucket as usize * KINDS;
        for (points, &weight) in sum.0.iter_mut().zip(&WEIGHTS[row..row + KINDS]) {
            *points += i32::from(weight.cast_signed());
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use twosource_model::{Article, Block, BlockKind, Span};

    use super::super::features::{Article as Known, observe};
    use super::super::find;
    use super::super::kind::ruled;
    use super::super::longer::Longer;
    use super::super::topics::Topics;
    use super::*;
    use crate::document::Document;

    #[test]
    fn the_weights_are_those_of_the_script() {
        assert_eq!(&WEIGHTS[..8], b"2SRCNAME");
        assert_eq!([8, 12, 16].map(number), [1, BUCKETS as i32, KINDS as i32]);
        assert!((1..1000).contains(&number(20)));
    }

    /// `cases/en/names_scores.txt`: an invented text, then for each name in order what the script makes of it.
    #[test]
    fn scores_are_those_of_the_script() {
        let (text, lines) = include_str!("../../cases/en/names_scores.txt").split_once('\n').unwrap_or_default();
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        let article = Article { text: text.to_owned(), blocks, ..Article::default() };
        let document = Document::new(&article);
        let cases = find::cases(&document);
        let mut found = String::new();
        let names = find::find(&document, &cases);
        let evidence: Vec<_> = names.iter().map(|name| ruled(&document, name)).collect();
        let longer = Longer::new(&document, names.iter().zip(&evidence));
        let topics = Topics::new(&document, &names);
        let article = Known { cases: &cases, longer: &longer, topics: &topics };
        for (name, ruled) in names.iter().zip(&evidence) {
            let Scores(points) = scores(&observe(&document, name, &article, ruled));
            let [person, organisation, place, rest] = points;
            found += &format!("{person} {organisation} {place} {rest}\n");
        }
        assert_eq!(found, lines);
    }
}
