//! What every format shows of a comparison, in its order: the lists that more than one format draws.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Claim, Comparison, Moment, Node, Provenance, Quote, Relation, ReportTime, Statement, Strength};

use crate::words::{called, count, line, origin_name, whose};

/// Claims that at least two reports make, with their indices.
pub(crate) fn shared(comparison: &Comparison) -> Vec<(usize, &Claim)> {
    comparison.claims.iter().enumerate().filter(|(_, claim)| claim.is_shared()).collect()
}

/// From this confidence on, statements are shown as one claim; below it, as a suggestion.
const CONFIRMED: f64 = 0.6;

/// Shared claims whose statements surely enough say the same, with their indices.
pub(crate) fn confirmed(comparison: &Comparison) -> Vec<(usize, &Claim)> {
    shared(comparison).into_iter().filter(|(_, claim)| claim.confidence >= CONFIRMED).collect()
}

/// Shared claims whose statements may speak of one thing, or only of one topic, with their indices.
pub(crate) fn suggested(comparison: &Comparison) -> Vec<(usize, &Claim)> {
    shared(comparison).into_iter().filter(|(_, claim)| claim.confidence < CONFIRMED).collect()
}

/// How many claims are shared, in words, and how many are suggested.
pub(crate) fn claim_counts(comparison: &Comparison) -> Vec<String> {
    let suggested = suggested(comparison).len();
    let mut counts = vec![count(confirmed(comparison).len(), "shared claim")];
    counts.extend((suggested > 0).then(|| format!("{suggested} suggested")));
    counts
}

/// Claims that only this report makes, with their indices.
pub(crate) fn only_in(comparison: &Comparison, report: usize) -> Vec<(usize, &Claim)> {
    let alone = |claim: &Claim| {
        !claim.statements.is_empty() && claim.statements.iter().all(|statement| statement.quote.report == report)
    };
    comparison.claims.iter().enumerate().filter(|(_, claim)| alone(claim)).collect()
}

/// Shared claims that this report does not make, with their indices; empty for fewer than three reports.
pub(crate) fn not_in(comparison: &Comparison, report: usize) -> Vec<usize> {
    let silent = |claim: &Claim| claim.statements.iter().all(|statement| statement.quote.report != report);
    shared(comparison).into_iter().filter(|(_, claim)| silent(claim)).map(|(index, _)| index).collect()
}

/// The clearest statement of a claim, the first where the index is wrong.
pub(crate) fn clearest(claim: &Claim) -> Option<&Statement> {
    claim.statements.get(claim.clearest).or_else(|| claim.statements.first())
}

/// The reports that make a claim.
pub(crate) fn making(claim: &Claim) -> Vec<usize> {
    let making: BTreeSet<usize> = claim.statements.iter().map(|statement| statement.quote.report).collect();
    making.into_iter().collect()
}

/// What one claim says of a moment of the timeline.
pub(crate) struct Dated {
    /// The clearest words that name the moment.
    pub(crate) quote: Quote,
    /// The claim they belong to.
    pub(crate) claim: usize,
    /// The reports that date the claim so.
    pub(crate) reports: Vec<usize>,
}

/// The claims of a moment, each in words that name it; words that stand in several claims are shown once.
pub(crate) fn dated(comparison: &Comparison, moment: &Moment) -> Vec<Dated> {
    let times: Vec<Quote> = moment.times.iter().filter_map(|&time| comparison.times.get(time)).map(place).collect();
    let mut seen = BTreeSet::new();
    let each = moment.claims.iter().filter_map(|&claim| {
        let statements = &comparison.claims.get(claim)?.statements;
        let names = |statement: &&Statement| times.iter().any(|time| encloses(statement.quote, *time));
        let dating: Vec<&Statement> = statements.iter().filter(names).collect();
        let clearest = clearest(&comparison.claims[claim])?;
        let quote = dating.iter().find(|statement| statement.quote == clearest.quote).or_else(|| dating.first())?.quote;
        let reports: BTreeSet<usize> = dating.iter().map(|statement| statement.quote.report).collect();
        Some(Dated { quote, claim, reports: reports.into_iter().collect() })
    });
    each.filter(|dated| seen.insert((dated.quote.report, dated.quote.span.start, dated.quote.span.end))).collect()
}

fn encloses(outer: Quote, inner: Quote) -> bool {
    outer.report == inner.report && outer.span.contains(inner.span)
}

fn place(time: &ReportTime) -> Quote {
    Quote { report: time.report, span: time.time.span }
}

/// The same words with the same source, wherever they stand.
pub(crate) struct Wording {
    /// The words, on one line.
    pub(crate) words: String,
    /// Whose word it is.
    pub(crate) whose: Option<String>,
    /// Where they stand: indices of statements with their reports, in the order of the reports; never empty.
    pub(crate) places: Vec<(usize, usize)>,
}

/// The wordings of a claim in the order of their first use. Copies make one entry: with many reports, what is worth
/// reading is what they do not say alike.
pub(crate) fn wordings(comparison: &Comparison, claim: &Claim) -> Vec<Wording> {
    let mut found: Vec<Wording> = Vec::new();
    let mut known: BTreeMap<(String, Option<String>), usize> = BTreeMap::new();
    for (index, statement) in claim.statements.iter().enumerate() {
        let place = (index, statement.quote.report);
        let words = line(comparison, statement.quote);
        let whose = statement.attribution.map(|attribution| whose(comparison, attribution));
        match known.entry((words.clone(), whose.clone())) {
            Entry::Occupied(entry) => found[*entry.get()].places.push(place),
            Entry::Vacant(entry) => {
                entry.insert(found.len());
                found.push(Wording { words, whose, places: vec![place] });
            }
        }
    }
    found
}

/// How many differences there are of each strength, in words, the strongest first.
pub(crate) fn difference_counts(comparison: &Comparison) -> Vec<String> {
    let of = |strength| comparison.differences.iter().filter(|difference| difference.strength == strength).count();
    let counted = |(strength, noun, rest)| match of(strength) {
        0 => None,
        number => Some(count(number, noun) + rest),
    };
    [
        (Strength::Contradiction, "contradiction", ""),
        (Strength::Tension, "tension", ""),
        (Strength::Precision, "difference", " in precision"),
    ]
    .into_iter()
    .filter_map(counted)
    .collect()
}

/// The days of the reports, first and last.
pub(crate) fn days(comparison: &Comparison) -> Option<(&str, &str)> {
    let days = || comparison.reports.iter().filter_map(|report| Some(report.article.published.as_ref()?.day()));
    Some((days().min()?, days().max()?))
}

/// Origins in the order a reader wants them, in two parts: those of the lead and those behind several reports, by how
/// many reports draw on them; then those behind one report alone, where there are too many to show all alike.
pub(crate) fn origins(comparison: &Comparison) -> (Vec<usize>, Vec<usize>) {
    const ALL: usize = 10;
    let lead = comparison.lead.as_ref().map_or(&[][..], |lead| &lead.origins[..]);
    let mut order: Vec<usize> = (0..comparison.origins.len()).collect();
    let reports = |index: usize| comparison.origins[index].reports.len();
    order.sort_by_key(|&index| (!lead.contains(&index), std::cmp::Reverse(reports(index)), index));
    let few = order.len() <= ALL;
    order.into_iter().partition(|&index| few || lead.contains(&index) || reports(index) > 1)
}

/// The edges from one node, with their indices.
pub(crate) fn edges_from(comparison: &Comparison, node: Node) -> Vec<(usize, &Provenance)> {
    comparison.provenance.iter().enumerate().filter(|(_, edge)| edge.from == node).collect()
}

/// A node's name: an origin's, or a report's with its id.
pub(crate) fn node_name(comparison: &Comparison, node: Node) -> String {
    match node {
        Node::Origin(index) => {
            comparison.origins.get(index).map_or_else(String::new, |origin| origin_name(comparison, origin))
        }
        Node::Report(index) => {
            comparison.reports.get(index).map_or_else(String::new, |report| format!("{} {}", report.id, called(report)))
        }
    }
}

/// What an edge says of its report: "quotes", "rests on" …
pub(crate) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::WasQuotedFrom => "quotes",
        Relation::HadPrimarySource => "rests on",
        Relation::WasDerivedFrom => "derives from",
        Relation::WasRevisionOf => "revises",
    }
}
