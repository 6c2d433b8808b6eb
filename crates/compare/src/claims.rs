//! Statements to claims: one row for what one or several reports assert.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Claim, Meaning, Quote, ReportAttribution, Statement};

use crate::align::{Alignment, Group, Links, Unit, align, frames, is_to_request, units};
use crate::differences::party;

/// The claims of a story: the groups of aligned statements, and every statement that stands alone.
///
/// With them come the sentences that are themselves alike. Origins are filled in later, by [`crate::origins::trace`].
pub(crate) fn claims(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    meaning: &dyn Meaning,
) -> (Vec<Claim>, Links) {
    let units = units(reports);
    let Alignment { mut groups, links } = align(reports, &units, meaning);
    gather_answers(reports, attributions, &units, &mut groups);
    drop_told(&mut groups);
    drop_frames(&mut groups, &frames(reports, &units));
    (groups.iter().map(|group| claim(group, &units, reports)).collect(), links)
}

/// How sure it is that two answers of one party to a request for comment are about the same request.
const SAME_REQUEST: f64 = 0.9;

/// Answers of one report that are looked at: a report asks a handful of people.
const ANSWERS: usize = 24;

/// Answers of one party to a request for comment are one claim, however differently they are worded: "declined to
/// comment" and "did not respond" share not a word. They leave the claims they stood in.
fn gather_answers(reports: &[Annotated], attributions: &[ReportAttribution], units: &[Unit], groups: &mut Vec<Group>) {
    let several = |parties: &&Vec<usize>| parties.iter().any(|&unit| units[unit].report != units[parties[0]].report);
    let parties = parties(reports, attributions, units);
    for party in parties.iter().filter(several) {
        for group in groups.iter_mut().filter(|group| group.members.iter().any(|unit| party.contains(unit))) {
            group.members.retain(|unit| !party.contains(unit));
        }
        groups.push(Group { members: party.clone(), confidence: SAME_REQUEST });
    }
    let is_shared = |group: &Group| group.members.iter().any(|&at| units[at].report != units[group.members[0]].report);
    let (whole, broken): (Vec<Group>, Vec<Group>) =
        std::mem::take(groups).into_iter().partition(|group| group.members.len() == 1 || is_shared(group));
    let alone = |unit: usize| Group { members: vec![unit], confidence: 1.0 };
    groups.extend(whole);
    groups.extend(broken.into_iter().flat_map(|group| group.members).map(alone));
}

/// The answers to requests for comment, by who was asked.
fn parties(reports: &[Annotated], attributions: &[ReportAttribution], units: &[Unit]) -> Vec<Vec<usize>> {
    let mut of_report: BTreeMap<usize, usize> = BTreeMap::new();
    let mut found: Vec<Vec<(usize, BTreeSet<String>)>> = Vec::new();
    for (unit, attribution) in units.iter().enumerate().filter_map(|(at, unit)| Some((at, unit.attribution?))) {
        let answer = &attributions[attribution];
        let count = of_report.entry(answer.report).or_default();
        if *count == ANSWERS || !answer.attribution.response.is_some_and(is_to_request) {
            continue;
        }
        *count += 1;
        let asked = party(&answer.attribution, &reports[answer.report].article.text);
        match found.iter_mut().find(|party| party.iter().all(|(_, other)| !other.is_disjoint(&asked))) {
            Some(party) => party.push((unit, asked)),
            None => found.push(vec![(unit, asked)]),
        }
    }
    found.into_iter().map(|party| party.into_iter().map(|(unit, _)| unit).collect()).collect()
}

/// A statement that stands in a claim of several needs no row of its own.
fn drop_told(groups: &mut Vec<Group>) {
    let shared: BTreeSet<usize> =
        groups.iter().filter(|group| group.members.len() > 1).flat_map(|group| group.members.clone()).collect();
    groups.retain(|group| group.members.len() > 1 || !group.members.iter().all(|member| shared.contains(member)));
}

/// What says nothing by itself makes no row by itself.
fn drop_frames(groups: &mut Vec<Group>, frames: &[bool]) {
    groups.retain(|group| group.members.len() > 1 || !group.members.iter().any(|&member| frames[member]));
}

fn claim(group: &Group, units: &[Unit], reports: &[Annotated]) -> Claim {
    let statements: Vec<Statement> = group.members.iter().map(|&at| statement(&units[at])).collect();
    let clearest = clearest(&statements, reports);
    Claim { clearest, statements, origins: Vec::new(), independent_origins: 0, confidence: group.confidence }
}

fn statement(unit: &Unit) -> Statement {
    Statement { quote: Quote { report: unit.report, span: unit.span }, attribution: unit.attribution }
}

/// The statement a reader would pick: near the length that is taken in at a glance, and best one that does not open
/// with a word that leans on what came before ("he", "after", "which"); the first of several.
fn clearest(statements: &[Statement], reports: &[Annotated]) -> usize {
    const GLANCE: usize = 110;
    const LEANING: usize = 80;
    let distance = |statement: &Statement| {
        let words = statement.quote.span.of(&reports[statement.quote.report].article.text);
        words.chars().count().abs_diff(GLANCE) + if leans(words) { LEANING } else { 0 }
    };
    (0..statements.len()).min_by_key(|&at| distance(&statements[at])).unwrap_or_default()
}

fn leans(words: &str) -> bool {
    let first = words.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty()).unwrap_or_default();
    LEANING_OPENINGS.split_whitespace().any(|opening| opening.eq_ignore_ascii_case(first))
}

const LEANING_OPENINGS: &str = include_str!("../data/en/leaning_openings.txt");

#[cfg(test)]
mod tests {
    use super::leans;

    #[test]
    fn a_statement_may_lean_on_what_came_before() {
        for words in ["he had made a mistake", "After talks broke down", "“They ignored all three", "I was wrong"] {
            assert!(leans(words), "{words}");
        }
        for words in ["Ada Brandt resigned", "three people were hurt", "12 ferries sank", ""] {
            assert!(!leans(words), "{words}");
        }
    }
}
