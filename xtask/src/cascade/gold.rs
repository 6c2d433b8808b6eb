//! What a careful reader of a family could know of its descent.
//!
//! The true parents are known, but not all of them can be read from the texts that are left, so for every report:
//!
//! - A lost parent is replaced by its nearest ancestor that is left, sentence by sentence; the sentences say which.
//! - A parent that gave less than two sentences or [`LEAST`] words is asked of nobody, nor counted against anybody.
//! - Where another report has all that was taken in a wording at least as near, it is as good an answer: of two equal
//!   copies nobody can say which a third was made from. One published later is none.
//! - Where neither times, nor a credit, nor a plain cut tell which of two came first, the pair is left out.
//! - Reports made from one lost text may look like parent and child; unless each has what the other lacks under the
//!   same credit, the pair is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::family::{Family, Move, Report};
use super::line::Line;
use super::material::Material;

/// Words that make a parent of whose text little was taken.
const LEAST: usize = 25;

/// A parent that should be found.
#[derive(Debug)]
pub(super) struct Edge {
    pub(super) child: usize,
    /// The true parent first, then those that are as good an answer.
    pub(super) parents: Vec<usize>,
    /// Whether the child names the parent's outlet.
    pub(super) credited: bool,
}

/// The descent of a family as far as it can be known; indices of all its reports, lost ones too.
#[derive(Debug, Default)]
pub(super) struct Gold {
    pub(super) edges: Vec<Edge>,
    /// Pairs (parent, child) that count neither way.
    pub(super) open: BTreeSet<(usize, usize)>,
}

/// Works out what can be known.
pub(super) fn gold(family: &Family<'_>, material: &Material) -> Gold {
    let mut gold = Gold::default();
    for (child, report) in family.kept() {
        if report.by == Move::Relay {
            // Which of two reports of the outlet it names was read nobody can say.
            let outlets: Vec<usize> = report.parents.iter().map(|&at| family.reports[at].outlet).collect();
            let told = |&(at, other): &(usize, &Report)| at < child && outlets.contains(&other.outlet);
            let parents: Vec<usize> = family.kept().filter(told).map(|(at, _)| at).collect();
            if !parents.is_empty() {
                gold.edges.push(Edge { child, parents, credited: true });
            }
            continue;
        }
        for (parent, lines) in taken(family, report) {
            edge(family, material, child, parent, &lines, &mut gold);
        }
    }
    siblings(family, &mut gold);
    gold
}

/// The lines of a report by the nearest ancestor that is left.
fn taken<'a>(family: &Family<'_>, report: &'a Report) -> BTreeMap<usize, Vec<&'a Line>> {
    let mut taken: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
    for line in &report.lines {
        let nearest = line.lineage.iter().rev().find(|step| !family.reports[step.0].lost);
        if let Some(&(parent, _)) = nearest {
            taken.entry(parent).or_default().push(line);
        }
    }
    taken
}

fn edge(family: &Family<'_>, material: &Material, child: usize, parent: usize, lines: &[&Line], gold: &mut Gold) {
    let reports = &family.reports;
    let words: usize = lines.iter().map(|line| line.own_words()).sum();
    let equals: Vec<usize> = family
        .kept()
        .filter(|&(other, _)| other != child && other != parent && may_precede(reports, other, child))
        .filter(|&(_, other)| as_near(lines, parent, other, material))
        .map(|(other, _)| other)
        .collect();
    let parents: Vec<usize> = std::iter::once(parent).chain(equals).collect();
    let little = lines.iter().filter(|line| !line.quote).count() < 2 && words < LEAST;
    if little || !is_known(&reports[parent], &reports[child]) {
        // Then what the parent itself was made from is no wrong answer either.
        let above = ancestors(reports, parent);
        for other in parents.into_iter().chain(above) {
            gold.open.extend([(other, child), (child, other)]);
        }
        return;
    }
    gold.edges.push(Edge { child, parents, credited: reports[child].names(reports[parent].outlet) });
}

/// Everything a report was made from in the end.
fn ancestors(reports: &[Report], report: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![report];
    while let Some(at) = open.pop() {
        open.extend(reports[at].parents.iter().filter(|&&parent| found.insert(parent)));
    }
    found
}

/// Whether the times do not forbid that one was made from the other.
fn may_precede(reports: &[Report], parent: usize, child: usize) -> bool {
    match (reports[parent].shown, reports[child].shown) {
        (Some(parent), Some(child)) => parent < child,
        _ => true,
    }
}

/// Whether which of a pair came first can be read.
fn is_known(parent: &Report, child: &Report) -> bool {
    let (credits, credited) = (child.names(parent.outlet), parent.names(child.outlet));
    if credits && !credited {
        return true;
    }
    match (parent.shown, child.shown) {
        (Some(parent), Some(child)) => parent < child,
        _ => child.by == Move::Cut && 3 * child.lines.len() <= 2 * parent.lines.len(),
    }
}

/// Whether another report has all of some lines in words at least as near as the parent's.
fn as_near(lines: &[&Line], parent: usize, other: &Report, material: &Material) -> bool {
    let texts: Vec<String> = other.lines.iter().map(|line| line.text(material)).collect();
    lines.iter().all(|line| {
        let words = line.text(material);
        let there =
            line.lineage.iter().find(|step| step.0 == parent).map_or(usize::MAX, |step| distance(&words, &step.1));
        texts.iter().any(|text| distance(&words, text) <= there)
    })
}

/// Words that must be put in, left out or replaced to make one text of another (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<&str> = other.split_whitespace().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, word) in one.split_whitespace().enumerate() {
        let mut before = std::mem::replace(&mut row[0], i + 1);
        for (j, there) in other.iter().enumerate() {
            let changed = before + usize::from(word != *there);
            before = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(before + 1);
        }
    }
    row[other.len()]
}

/// Leaves out pairs that come from one lost text and may be taken for parent and child.
fn siblings(family: &Family<'_>, gold: &mut Gold) {
    let lost = |report: &Report| -> BTreeSet<(usize, String)> {
        let steps = report.lines.iter().flat_map(|line| &line.lineage);
        steps.filter(|step| family.reports[step.0].lost).cloned().collect()
    };
    let kept: Vec<(usize, &Report)> = family.kept().collect();
    for &(one, first) in &kept {
        for &(other, second) in kept.iter().filter(|(other, _)| *other > one) {
            let (ours, theirs) = (lost(first), lost(second));
            let each_has_more = ours.difference(&theirs).count() > 0 && theirs.difference(&ours).count() > 0;
            let same_credit = first.dateline.is_some() && first.dateline == second.dateline;
            let plainly_apart = ours.is_disjoint(&theirs) || (each_has_more && same_credit);
            if !plainly_apart {
                gold.open.extend([(one, other), (other, one)]);
            }
        }
    }
}
