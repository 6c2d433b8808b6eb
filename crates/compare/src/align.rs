//! Claims: which statements of different reports say the same thing.
//!
//! The unit is the clause ([`units`]). Two sentences of different reports that are alike enough ([`crate::similarity`])
//! are joined by the clauses that fit each other best, and the joined clauses are gathered into claims, the surest
//! first ([`Gathering`]). A statement joins a claim only if it is like the claim's core as well: likeness that passes
//! from hand to hand soon says something else. A statement may stand in several claims.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use twosource_model::{Annotated, Clause, Meaning, SourceKind, Span};

use crate::similarity::{Pair, Part, Role, Said, UNIT, pairs};

/// The score from which two statements make the same claim.
const SAME_CLAIM: i32 = (0.20 * UNIT) as i32;
/// What the likeness of two sentences must be of the best that either has with the report of the other.
const OF_THE_BEST: f64 = 0.4;
/// The score that each of a claim's core must have with a statement that joins.
const SAME_AS_CORE: i32 = (0.15 * UNIT) as i32;
/// The statements a claim began with, which those that join are held against.
const CORE: usize = 8;
/// The most claims one statement may stand in.
const CLAIMS_A_STATEMENT: usize = 6;

/// One clause of one report, the smallest thing a claim is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Index of the report.
    pub(crate) report: usize,
    /// Index of its sentence in that report.
    pub(crate) sentence: usize,
    /// The words.
    pub(crate) span: Span,
    /// Index of the innermost attribution it is the content of, counted through all reports.
    pub(crate) attribution: Option<usize>,
}

/// Statements that make the same claim.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// Indices of the units, by report and place.
    pub(crate) members: Vec<usize>,
    /// The chance that two statements of it make the same claim; 1.0 for a single one.
    pub(crate) confidence: f64,
}

/// The clauses of the body sentences of all reports, by report and place; a sentence without clauses counts as one.
pub(crate) fn units(reports: &[Annotated]) -> Vec<Unit> {
    let mut found = Vec::new();
    let mut attributions = 0;
    for (report, annotated) in reports.iter().enumerate() {
        let mut clauses: BTreeMap<usize, Vec<&Clause>> = BTreeMap::new();
        for clause in &annotated.clauses {
            clauses.entry(clause.sentence).or_default().push(clause);
        }
        for (sentence, whole) in annotated.sentences.iter().enumerate() {
            if !annotated.article.blocks.get(whole.block).is_some_and(|block| block.kind.is_body()) {
                continue;
            }
            match clauses.get(&sentence) {
                Some(clauses) => found.extend(clauses.iter().map(|clause| Unit {
                    report,
                    sentence,
                    span: clause.span,
                    attribution: clause.attribution.map(|attribution| attribution + attributions),
                })),
                None => found.push(Unit { report, sentence, span: whole.span, attribution: None }),
            }
        }
        attributions += annotated.attributions.len();
    }
    found.sort_by_key(|unit| (unit.report, unit.span));
    found
}

/// Gathers the units into claims: those of several reports first, the surest first; then what only one report says.
pub(crate) fn align(reports: &[Annotated], units: &[Unit], meaning: &dyn Meaning) -> Vec<Group> {
    let sentences = sentences(units);
    let said: Vec<Said<'_>> = sentences.iter().map(|range| said(reports, &units[range.clone()])).collect();
    let mut gathering = Gathering::new(units, &sentences, &pairs(&said, meaning));
    gathering.gather();
    gathering.groups()
}

/// The ranges of units that make up one sentence each.
fn sentences(units: &[Unit]) -> Vec<Range<usize>> {
    let mut at = 0;
    units
        .chunk_by(|a, b| (a.report, a.sentence) == (b.report, b.sentence))
        .map(|chunk| {
            at += chunk.len();
            at - chunk.len()..at
        })
        .collect()
}

fn said<'a>(reports: &'a [Annotated], units: &[Unit]) -> Said<'a> {
    let annotated = &reports[units[0].report];
    let text = annotated.article.text.as_str();
    let span = annotated.sentences[units[0].sentence].span;
    let part = |unit: &Unit| Part { text: unit.span.of(text), role: role(annotated, unit.span) };
    Said {
        report: units[0].report,
        text: span.of(text),
        language: annotated.article.language.as_deref(),
        clauses: units.iter().map(part).collect(),
        values: values(annotated, span),
    }
}

/// A clause with the cue of an attribution, but not a word of what is attributed, only says who says it.
fn role(annotated: &Annotated, clause: Span) -> Role {
    let framing = annotated.attributions.iter().find(|attribution| {
        attribution.cue.is_some_and(|cue| clause.contains(cue))
            && !attribution.content.iter().any(|content| content.start < clause.end && clause.start < content.end)
    });
    match framing.map(|attribution| attribution.kind) {
        None => Role::Content,
        Some(SourceKind::Outlet | SourceKind::Agency) => Role::Outlet,
        Some(_) => Role::Speaker,
    }
}

/// The numbers of a sentence to two digits, so that "three million" and "3,009,611" are alike.
fn values(annotated: &Annotated, span: Span) -> Vec<String> {
    let first = annotated.quantities.partition_point(|quantity| quantity.span.start < span.start);
    let inside = annotated.quantities[first..].iter().take_while(|quantity| quantity.span.end <= span.end);
    inside.map(|quantity| format!("={:.1e}", quantity.value)).collect()
}

/// Two units of different reports that may make the same claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Link {
    score: i32,
    first: usize,
    second: usize,
}

/// Claims in the making.
struct Gathering<'a> {
    units: &'a [Unit],
    /// The sentence each unit stands in, counted through all reports.
    sentence_of: Vec<usize>,
    /// The score of every two sentences that are at all alike, the smaller index first.
    scores: BTreeMap<(usize, usize), i32>,
    links: Vec<Link>,
    claims: Vec<Vec<usize>>,
    /// The claims each unit stands in.
    claims_of: Vec<Vec<usize>>,
}

impl<'a> Gathering<'a> {
    fn new(units: &'a [Unit], sentences: &[Range<usize>], pairs: &[Pair]) -> Gathering<'a> {
        let report = |sentence: usize| units[sentences[sentence].start].report;
        let best = best_of_reports(pairs, report);
        let is_link = |pair: &&Pair| {
            let rivals = [(pair.first, report(pair.second)), (pair.second, report(pair.first))];
            let rival = rivals.iter().filter_map(|key| best.get(key)).max().copied().unwrap_or_default();
            pair.score >= SAME_CLAIM && !pair.only_speakers && f64::from(pair.score) >= OF_THE_BEST * f64::from(rival)
        };
        let link = |pair: &Pair| Link {
            score: pair.score,
            first: sentences[pair.first].start + pair.clauses.0,
            second: sentences[pair.second].start + pair.clauses.1,
        };
        let mut links: Vec<Link> = pairs.iter().filter(is_link).map(link).collect();
        links.sort_by_key(|link| (Reverse(link.score), link.first, link.second));
        Gathering {
            units,
            sentence_of: sentences.iter().enumerate().flat_map(|(at, units)| units.clone().map(move |_| at)).collect(),
            scores: pairs.iter().map(|pair| ((pair.first, pair.second), pair.score)).collect(),
            links,
            claims: Vec::new(),
            claims_of: vec![Vec::new(); units.len()],
        }
    }

    /// Takes the links, the surest first: a link inside a claim changes nothing, a link to a claim brings its other end
    /// in if the claim's core agrees, and any other link starts a claim.
    fn gather(&mut self) {
        for link in std::mem::take(&mut self.links) {
            if self.claims_of[link.first].iter().any(|claim| self.claims_of[link.second].contains(claim)) {
                continue;
            }
            match self.best_claim(link) {
                Some((claim, unit)) => self.join(unit, claim),
                None => self.begin(link),
            }
        }
    }

    /// The claim of one end that the other end fits best.
    fn best_claim(&self, link: Link) -> Option<(usize, usize)> {
        let ends = [(link.first, link.second), (link.second, link.first)];
        ends.into_iter()
            .filter(|&(_, joining)| self.claims_of[joining].len() < CLAIMS_A_STATEMENT)
            .flat_map(|(member, joining)| self.claims_of[member].iter().map(move |&claim| (claim, joining)))
            .filter_map(|(claim, joining)| Some((self.fit(joining, claim)?, claim, joining)))
            .max_by_key(|&(fit, claim, joining)| (fit, Reverse((claim, joining))))
            .map(|(_, claim, joining)| (claim, joining))
    }

    /// The mean score of a unit with the core of a claim; `None` where it is not like every one of another report.
    fn fit(&self, unit: usize, claim: usize) -> Option<i32> {
        let core = self.claims[claim].iter().take(CORE);
        let others = core.filter(|&&member| self.units[member].report != self.units[unit].report);
        let scores: Vec<i32> = others.map(|&member| self.score(unit, member)).collect();
        let count = i32::try_from(scores.len()).ok().filter(|&count| count > 0)?;
        scores.iter().all(|&score| score >= SAME_AS_CORE).then(|| scores.iter().sum::<i32>() / count)
    }

    fn score(&self, one: usize, other: usize) -> i32 {
        let (one, other) = (self.sentence_of[one], self.sentence_of[other]);
        self.scores.get(&(one.min(other), one.max(other))).copied().unwrap_or_default()
    }

    fn join(&mut self, unit: usize, claim: usize) {
        self.claims[claim].push(unit);
        self.claims_of[unit].push(claim);
    }

    fn begin(&mut self, link: Link) {
        let full = |unit: usize| self.claims_of[unit].len() >= CLAIMS_A_STATEMENT;
        if full(link.first) || full(link.second) {
            return;
        }
        self.claims.push(Vec::new());
        self.join(link.first, self.claims.len() - 1);
        self.join(link.second, self.claims.len() - 1);
    }

    fn groups(mut self) -> Vec<Group> {
        let mut groups: Vec<Group> =
            std::mem::take(&mut self.claims).into_iter().map(|members| self.group(members)).collect();
        groups.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.members.cmp(&b.members)));
        let alone = (0..self.units.len()).filter(|&unit| self.claims_of[unit].is_empty());
        groups.extend(alone.map(|unit| Group { members: vec![unit], confidence: 1.0 }));
        groups
    }

    fn group(&self, mut members: Vec<usize>) -> Group {
        members.sort_unstable();
        let mut chances = Vec::new();
        for (at, &one) in members.iter().enumerate() {
            let others = members[at + 1..].iter().filter(|&&other| self.units[other].report != self.units[one].report);
            chances.extend(others.map(|&other| chance(self.score(one, other))));
        }
        let confidence = chances.iter().sum::<f64>() / (chances.len().max(1) as f64);
        Group { members, confidence: (confidence * 100.0).round() / 100.0 }
    }
}

/// The best score of each sentence with each other report.
fn best_of_reports(pairs: &[Pair], report: impl Fn(usize) -> usize) -> BTreeMap<(usize, usize), i32> {
    let mut best = BTreeMap::new();
    for pair in pairs {
        for key in [(pair.first, report(pair.second)), (pair.second, report(pair.first))] {
            let before = best.entry(key).or_default();
            *before = pair.score.max(*before);
        }
    }
    best
}

/// The chance that two statements with this score make the same claim: the logistic curve through the linked pairs of
/// the stories that Twosource was developed on.
fn chance(score: i32) -> f64 {
    1.0 / (1.0 + (-16.0 * (f64::from(score) / UNIT - 0.225)).exp())
}
