//! What the program made of the families, against what can be known of them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use super::family::Family;
use super::gold::Gold;

/// Edges found, missed and made up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) hit: usize,
    pub(super) missed: usize,
    pub(super) wrong: usize,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.hit += other.hit;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    /// Precision, recall and their harmonic mean.
    pub(super) fn figures(self) -> [f64; 3] {
        let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
        let (precision, recall) = (share(self.hit, self.hit + self.wrong), share(self.hit, self.hit + self.missed));
        let sum = precision + recall;
        [precision, recall, if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum }]
    }
}

/// All families together.
#[derive(Debug, Default)]
pub(super) struct Scores {
    pub(super) families: usize,
    pub(super) origins_right: usize,
    pub(super) cycles: usize,
    pub(super) edges: Tally,
    /// Edges by condition, in the order of the names.
    pub(super) by: BTreeMap<&'static str, Tally>,
    /// Families and right counts of origins by condition.
    pub(super) origins_by: BTreeMap<&'static str, (usize, usize)>,
    /// Worked-out edges by tenth of their confidence: how many are right, and how many there are.
    pub(super) bins: BTreeMap<usize, (usize, usize)>,
    /// What went wrong, a line a fault.
    pub(super) faults: Vec<String>,
}

/// An edge between reports as the program gives it.
#[derive(Clone, Copy, Debug)]
struct Found {
    from: usize,
    to: usize,
    stated: bool,
    confidence: f64,
}

impl Scores {
    /// Adds one family with the program's document of it.
    pub(super) fn add(&mut self, name: &str, family: &Family<'_>, gold: &Gold, document: &Value) -> Result<()> {
        let kept: Vec<usize> = family.kept().map(|(at, _)| at).collect();
        let found = found(document, &kept)?;
        let conditions = conditions(family);
        self.families += 1;
        self.cycles += usize::from(has_cycle(&found));
        let origins = document["lead"]["independent_origins"].as_u64().unwrap_or(0) as usize;
        let right = usize::from(origins == family.origins());
        self.origins_right += right;
        for &condition in &conditions {
            let by = self.origins_by.entry(condition).or_default();
            *by = (by.0 + 1, by.1 + right);
        }
        if right == 0 {
            self.faults.push(format!("{name}: origins {origins}, in truth {}", family.origins()));
        }
        self.edges(name, family, gold, &found, &conditions);
        Ok(())
    }

    fn edges(&mut self, name: &str, family: &Family<'_>, gold: &Gold, found: &[Found], conditions: &[&'static str]) {
        let mut used: BTreeSet<(usize, usize)> = BTreeSet::new();
        for edge in &gold.edges {
            let by = family.reports[edge.child].by.name();
            let credit = if edge.credited { "credited" } else { "credit stripped" };
            let hit = found.iter().find(|found| found.to == edge.child && edge.parents.contains(&found.from));
            used.extend(edge.parents.iter().map(|&parent| (parent, edge.child)));
            let tally = Tally { hit: usize::from(hit.is_some()), missed: usize::from(hit.is_none()), wrong: 0 };
            self.count(tally, [by, credit].into_iter().chain(conditions.iter().copied()));
            if hit.is_none() {
                let (child, parent) = (edge.child, edge.parents[0]);
                self.faults.push(format!("{name}: missed {parent} -> {child} ({by}, {credit}, {})", conditions[0]));
            }
        }
        let hits: BTreeSet<(usize, usize)> = used;
        for found in found {
            let pair = (found.from, found.to);
            if gold.open.contains(&pair) && !hits.contains(&pair) {
                continue;
            }
            let right = hits.contains(&pair);
            if !found.stated {
                let bin = self.bins.entry((found.confidence * 10.0) as usize).or_default();
                *bin = (bin.0 + usize::from(right), bin.1 + 1);
            }
            if !right {
                let by = family.reports[found.to].by.name();
                let names = family.reports[found.to].names(family.reports[found.from].outlet);
                let credit = if names { "credited" } else { "credit stripped" };
                let wrong = Tally { wrong: 1, ..Tally::default() };
                self.count(wrong, [by, credit].into_iter().chain(conditions.iter().copied()));
                let how = if found.stated { "stated" } else { "worked out" };
                let (from, to) = pair;
                self.faults.push(format!("{name}: wrong {from} -> {to} ({how}, {by}, {credit}, {})", conditions[0]));
            }
        }
    }

    fn count(&mut self, tally: Tally, conditions: impl Iterator<Item = &'static str>) {
        self.edges.add(tally);
        for condition in conditions {
            self.by.entry(condition).or_default().add(tally);
        }
    }
}

/// What is special about a family.
fn conditions(family: &Family<'_>) -> Vec<&'static str> {
    let mut conditions = vec![family.clocks.name()];
    conditions.push(if family.has_lost() { "ancestor lost" } else { "all there" });
    conditions
}

/// The edges between reports, by the indices of the family.
fn found(document: &Value, kept: &[usize]) -> Result<Vec<Found>> {
    let reports = document["reports"].as_array().context("a comparison has reports")?;
    let report =
        |id: &Value| reports.iter().position(|report| report["id"] == *id).and_then(|at| kept.get(at).copied());
    let edges = document["provenance"].as_array().context("a comparison has a provenance")?;
    let found = edges.iter().filter_map(|edge| {
        Some(Found {
            from: report(&edge["from"])?,
            to: report(&edge["to"])?,
            stated: edge["stated"].as_bool().unwrap_or_default(),
            confidence: edge["confidence"].as_f64().unwrap_or_default(),
        })
    });
    Ok(found.collect())
}

fn has_cycle(found: &[Found]) -> bool {
    let mut edges: Vec<(usize, usize)> = found.iter().map(|edge| (edge.from, edge.to)).collect();
    loop {
        let targets: BTreeSet<usize> = edges.iter().map(|edge| edge.1).collect();
        let before = edges.len();
        edges.retain(|edge| targets.contains(&edge.0));
        if edges.len() == before {
            return before > 0;
        }
    }
}
