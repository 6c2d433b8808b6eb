//! Statements to claims: one row for what one or several reports assert.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Claim, Meaning, Quote, ReportAttribution, Response, Statement};

use crate::align::{Group, Unit, align, units};
use crate::differences::party;

/// The claims of a story: the groups of aligned statements, and every statement that stands alone.
///
/// Origins are filled in later, by [`crate::origins::trace`].
pub(crate) fn claims(reports: &[Annotated], attributions: &[ReportAttribution], meaning: &dyn Meaning) -> Vec<Claim> {
    let units = units(reports);
    let mut groups = align(reports, &units, meaning);
    groups.extend(answers(reports, attributions, &units, &groups));
    drop_told(&mut groups);
    groups.iter().map(|group| claim(group, &units, reports)).collect()
}

/// How sure it is that two answers of one party to a request for comment are about the same request.
const SAME_REQUEST: f64 = 0.9;

/// Answers of one report that are looked at: a report asks a handful of people.
const ANSWERS: usize = 24;

/// Answers of one party to a request for comment are one claim, however differently they are worded: "declined to
/// comment" and "did not respond" share not a word.
fn answers(reports: &[Annotated], attributions: &[ReportAttribution], units: &[Unit], groups: &[Group]) -> Vec<Group> {
    let mut answers: Vec<(usize, &ReportAttribution)> = units
        .iter()
        .enumerate()
        .filter_map(|(unit, u)| Some((unit, &attributions[u.attribution?])))
        .filter(|(_, answer)| answer.attribution.response.is_some_and(is_to_request))
        .collect();
    let mut of_report: BTreeMap<usize, usize> = BTreeMap::new();
    answers.retain(|(_, answer)| {
        let count = of_report.entry(answer.report).or_default();
        *count += 1;
        *count <= ANSWERS
    });
    let groups_of = groups_of(groups, units.len());
    let party = |answer: &ReportAttribution| party(&answer.attribution, &reports[answer.report].article.text);
    let parties: Vec<_> = answers.iter().map(|(_, answer)| party(answer)).collect();
    let mut found = Vec::new();
    for (at, (unit, answer)) in answers.iter().enumerate() {
        for (there, (other_unit, other)) in answers.iter().enumerate().skip(at + 1) {
            let together = || groups_of[*unit].iter().any(|group| groups_of[*other_unit].contains(group));
            if answer.report != other.report && !parties[at].is_disjoint(&parties[there]) && !together() {
                found.push(Group { members: vec![*unit, *other_unit], confidence: SAME_REQUEST });
            }
        }
    }
    found
}

/// The groups each unit stands in.
fn groups_of(groups: &[Group], units: usize) -> Vec<Vec<usize>> {
    let mut groups_of = vec![Vec::new(); units];
    for (at, group) in groups.iter().enumerate() {
        group.members.iter().for_each(|&member| groups_of[member].push(at));
    }
    groups_of
}

/// Denials and confirmations answer many things; only these always answer a request for comment.
fn is_to_request(response: Response) -> bool {
    matches!(response, Response::Declined | Response::NoReply | Response::CouldNotReach)
}

/// A statement that stands in a claim of several needs no row of its own.
fn drop_told(groups: &mut Vec<Group>) {
    let shared: BTreeSet<usize> =
        groups.iter().filter(|group| group.members.len() > 1).flat_map(|group| group.members.clone()).collect();
    groups.retain(|group| group.members.len() > 1 || !group.members.iter().all(|member| shared.contains(member)));
}

fn claim(group: &Group, units: &[Unit], reports: &[Annotated]) -> Claim {
    let statements: Vec<Statement> = group.members.iter().map(|&at| statement(&units[at])).collect();
    let clearest = clearest(&statements, reports);
    Claim { clearest, statements, origins: Vec::new(), independent_origins: 0, confidence: group.confidence }
}

fn statement(unit: &Unit) -> Statement {
    Statement { quote: Quote { report: unit.report, span: unit.span }, attribution: unit.attribution }
}

/// The statement whose length is nearest to what a reader takes in at a glance; the first of several.
fn clearest(statements: &[Statement], reports: &[Annotated]) -> usize {
    const GLANCE: usize = 110;
    let distance = |statement: &Statement| {
        let words = statement.quote.span.of(&reports[statement.quote.report].article.text);
        words.chars().count().abs_diff(GLANCE)
    };
    (0..statements.len()).min_by_key(|&at| distance(&statements[at])).unwrap_or_default()
}
