//! The versions of one article, and what they mean for a comparison.

use std::collections::BTreeSet;

use twosource_annotate::Config;
use twosource_compare::revision::{Settings, revision};
use twosource_model::{
    Annotated, Article, Comparison, Difference, Meaning, Node, Provenance, Relation, Revision, Side,
};

use crate::{Method, annotated, compare_story, guarded};

/// What changed between neighbouring versions of an article, the earliest first: one fewer than there are versions. Two
/// versions that make a stage panic, which would be an error of ours, differ in nothing that can be told.
pub fn revisions(versions: &[Article], meaning: &dyn Meaning, settings: Settings) -> Vec<Revision> {
    let versions: Vec<_> = versions.iter().map(|article| annotated(article.clone(), &Config::default())).collect();
    let neighbours = versions.windows(2);
    let changed = |pair: &[_]| match pair {
        [old, new] => guarded(|| revision(old, new, meaning, settings)).unwrap_or_default(),
        _ => Revision::default(),
    };
    neighbours.map(changed).collect()
}

/// An earlier version of a report.
#[derive(Clone, Debug)]
pub struct Earlier {
    /// The version.
    pub version: Annotated,
    /// The number of the report that it became.
    pub of: usize,
}

/// Compares the reports of a story some of which have earlier versions.
///
/// A difference between an earlier version and another report that the later version settles is marked superseded; the
/// earlier versions that have such a difference, and no others, take part as reports behind the given ones, each with an
/// edge `wasRevisionOf` to what it became.
pub fn compare_story_with_earlier(
    reports: Vec<Annotated>,
    mut earlier: Vec<Earlier>,
    method: &Method<'_>,
) -> Comparison {
    let count = reports.len();
    earlier.retain(|earlier| earlier.of < count);
    if earlier.is_empty() {
        return compare_story(reports, method);
    }
    let (full, settled) = settle(&reports, &earlier, method);
    if settled.is_empty() {
        return compare_story(reports, method);
    }
    if settled.len() == earlier.len() {
        return full;
    }
    let kept = earlier.into_iter().enumerate().filter(|(at, _)| settled.contains(&(count + at)));
    let kept: Vec<Earlier> = kept.map(|(_, earlier)| earlier).collect();
    settle(&reports, &kept, method).0
}

/// The comparison of all versions, and the numbers of the earlier ones that have a difference which was settled.
fn settle(reports: &[Annotated], earlier: &[Earlier], method: &Method<'_>) -> (Comparison, BTreeSet<usize>) {
    let all: Vec<Annotated> = reports.iter().chain(earlier.iter().map(|earlier| &earlier.version)).cloned().collect();
    let lineage = Lineage {
        count: reports.len(),
        of: earlier.iter().map(|earlier| earlier.of).collect(),
        changes: earlier.iter().map(|e| changed(&e.version, &reports[e.of], method.meaning)).collect(),
    };
    let mut comparison = compare_story(all, method);
    let differences = std::mem::take(&mut comparison.differences);
    comparison.differences = differences.into_iter().filter_map(|difference| lineage.judged(difference)).collect();
    let sides = comparison.differences.iter().filter(|difference| difference.superseded).flat_map(|d| &d.sides);
    let settled = sides.map(|side| side.quote.report).filter(|&report| report >= lineage.count).collect();
    lineage.connect(&mut comparison.provenance);
    (comparison, settled)
}

fn changed(old: &Annotated, new: &Annotated, meaning: &dyn Meaning) -> Revision {
    guarded(|| revision(old, new, meaning, Settings::default())).unwrap_or_default()
}

/// Which reports are earlier versions of which.
struct Lineage {
    /// The number of reports of today; the earlier versions stand behind them.
    count: usize,
    /// What each earlier version became.
    of: Vec<usize>,
    /// What changed from each earlier version to what it became.
    changes: Vec<Revision>,
}

impl Lineage {
    /// The report of today that a report is or became.
    fn today(&self, report: usize) -> usize {
        report.checked_sub(self.count).and_then(|at| self.of.get(at).copied()).unwrap_or(report)
    }

    /// Whether the words of a side, one of an earlier version, are there no more.
    fn is_gone(&self, side: &Side) -> bool {
        let changes = side.quote.report.checked_sub(self.count).and_then(|at| self.changes.get(at));
        changes.is_some_and(|revision| revision.real_changes().any(|change| change.old.overlaps(side.quote.span)))
    }

    /// A difference between reports of today without the sides of earlier versions; one that only an earlier version has
    /// with other articles is superseded where its words are gone. Nothing where only versions of one article differ, or
    /// where an earlier version only repeats what the later one says.
    fn judged(&self, difference: Difference) -> Option<Difference> {
        let is_earlier = |side: &&Side| side.quote.report >= self.count;
        let (earlier, rest): (Vec<&Side>, Vec<&Side>) = difference.sides.iter().partition(is_earlier);
        if earlier.is_empty() {
            return Some(difference);
        }
        let values: BTreeSet<&str> = rest.iter().map(|side| side.value.as_str()).collect();
        if values.len() > 1 {
            let sides = rest.into_iter().cloned().collect();
            return Some(Difference { sides, ..difference });
        }
        let became: Vec<usize> = earlier.iter().map(|side| self.today(side.quote.report)).collect();
        let is_other = |side: &&&Side| !became.contains(&side.quote.report);
        let others: Vec<Side> = rest.iter().filter(is_other).map(|&side| side.clone()).collect();
        if others.is_empty() || !earlier.iter().all(|side| self.is_gone(side)) {
            return None;
        }
        let mut sides: Vec<Side> = earlier.into_iter().cloned().chain(others).collect();
        sides.sort_by_key(|side| side.quote);
        Some(Difference { superseded: true, sides, ..difference })
    }

    /// Puts the edges between versions in the place of those that were worked out from their wording.
    fn connect(&self, provenance: &mut Vec<Provenance>) {
        provenance.retain(|edge| match edge.from {
            Node::Report(from) => self.today(from) != self.today(edge.to),
            Node::Origin(_) => true,
        });
        let edge = |(at, &to): (usize, &usize)| Provenance {
            from: Node::Report(self.count + at),
            to,
            relation: Relation::WasRevisionOf,
            stated: false,
            evidence: Vec::new(),
            confidence: 1.0,
        };
        provenance.extend(self.of.iter().enumerate().map(edge));
    }
}
