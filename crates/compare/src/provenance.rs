//! Who draws on whom: a graph without cycles, what is stated apart from what is worked out.
//!
//! [`edges`] writes what the texts say ([`citations`]) and what their wording shows ([`crate::descent`]) in the words of
//! W3C PROV. A report that was made from another has that one's citations too: they are the other's, and no edge of its
//! own.

use std::collections::BTreeMap;

use twosource_model::{Annotated, Form, Instant, Node, Origin, Provenance, Quote, Relation, ReportAttribution, Span};

use crate::chains::{Chains, End, Voice};
use crate::descent::{Descent, Parent};
use crate::origins::evidence;

/// Pairs (cited, citing) of reports: the second names the outlet of the first as a source; with the attributions that
/// do.
pub(crate) fn citations(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    chains: &Chains<'_>,
) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut by_outlet: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, outlet) in chains.outlets.iter().enumerate() {
        if let Some(outlet) = outlet {
            by_outlet.entry(*outlet).or_default().push(report);
        }
    }
    let mut cites: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, (each, link)) in attributions.iter().zip(&chains.links).enumerate() {
        let Voice::Source(source) = link.voice else { continue };
        let cited = by_outlet.get(&source).and_then(|cited| not_later(cited, each.report, reports));
        if let Some(cited) = cited.filter(|_| chains.outlets[each.report] != Some(source)) {
            cites.entry((cited, each.report)).or_default().push(index);
        }
    }
    cites
}

/// The first of several reports of one outlet that a report can have known.
fn not_later(cited: &[usize], citing: usize, reports: &[Annotated]) -> Option<usize> {
    let day = |report: usize| reports[report].article.published.as_ref().map(Instant::day);
    let possible = |&&report: &&usize| match (day(report), day(citing)) {
        (Some(cited), Some(citing)) => cited <= citing,
        _ => true,
    };
    cited.iter().filter(possible).min_by_key(|&&report| (day(report), report)).copied()
}

/// A directed graph that stays without cycles.
#[derive(Debug)]
pub(crate) struct Graph {
    children: Vec<Vec<usize>>,
}

impl Graph {
    /// A graph of so many nodes without edges.
    pub(crate) fn new(nodes: usize) -> Self {
        Graph { children: vec![Vec::new(); nodes] }
    }

    /// Adds an edge unless it closes a cycle; whether it stands now.
    pub(crate) fn add(&mut self, from: usize, to: usize) -> bool {
        if self.children[from].contains(&to) {
            return true;
        }
        let free = !self.reaches(to, from);
        if free {
            self.children[from].push(to);
        }
        free
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.children.len()];
        let mut open = vec![from];
        while let Some(node) = open.pop() {
            if node == to {
                return true;
            }
            if !std::mem::replace(&mut seen[node], true) {
                open.extend(&self.children[node]);
            }
        }
        false
    }
}

/// The edges of the graph: origins to reports first, then report to report.
pub(crate) fn edges(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    chains: &Chains<'_>,
    descent: &Descent,
    index: &BTreeMap<End, usize>,
    origins: &[Origin],
) -> Vec<Provenance> {
    let cites = citations(reports, attributions, chains);
    let mut graph = Graph::new(reports.len());
    let mut between: Vec<Provenance> = Vec::new();
    for (&(cited, citing), citations) in &cites {
        let Some(&attribution) = citations.first().filter(|_| !is_second_hand(cited, citing, descent, chains, &cites))
        else {
            continue;
        };
        if graph.add(cited, citing) {
            between.push(stated(cited, citing, &attributions[attribution]));
        }
    }
    for (child, parents) in descent.parents.iter().enumerate() {
        for parent in parents {
            let is_stated = between.iter().any(|edge| edge.to == child && edge.from == Node::Report(parent.report));
            if !is_stated && graph.add(parent.report, child) {
                between.push(derived(child, parent));
            }
        }
    }
    let mut edges = from_origins(attributions, chains, index, origins);
    // An outlet that is itself among the reports is drawn on through its report.
    edges.retain(|edge| match edge.from {
        Node::Origin(origin) => !between.iter().any(|other| {
            let Node::Report(cited) = other.from else { return false };
            let same = chains.outlets[cited].and_then(|source| index.get(&End::Source(source))) == Some(&origin);
            other.stated && other.to == edge.to && same
        }),
        Node::Report(_) => true,
    });
    edges.extend(between);
    edges.sort_by_key(|edge| (edge.from, edge.to));
    edges
}

/// Whether a report has its citations of an outlet from another report: from one it was made from, which cites that outlet
/// or is itself that outlet's.
fn is_second_hand(
    cited: usize,
    citing: usize,
    descent: &Descent,
    chains: &Chains<'_>,
    cites: &BTreeMap<(usize, usize), Vec<usize>>,
) -> bool {
    let mut parents = descent.parents[citing].iter().map(|parent| parent.report);
    let has_it = |parent: usize| {
        cites.contains_key(&(cited, parent))
            || chains.outlets[parent].is_some_and(|_| chains.outlets[parent] == chains.outlets[cited])
    };
    let itself = descent.parents[citing].iter().any(|parent| parent.report == cited);
    !itself && parents.any(has_it)
}

fn stated(cited: usize, citing: usize, each: &ReportAttribution) -> Provenance {
    Provenance {
        from: Node::Report(cited),
        to: citing,
        relation: Relation::WasDerivedFrom,
        stated: true,
        evidence: evidence(&each.attribution).map(|span| Quote { report: citing, span }).into_iter().collect(),
        confidence: 1.0,
    }
}

/// An edge worked out from wording, with the longest passages in both reports.
fn derived(child: usize, parent: &Parent) -> Provenance {
    const SHOWN: usize = 3;
    let mut longest = parent.passages.clone();
    longest.sort_by_key(|&(there, here, words)| (std::cmp::Reverse(words), here, there));
    longest.truncate(SHOWN);
    let both = |(there, here, _): &(Span, Span, usize)| {
        [Quote { report: parent.report, span: *there }, Quote { report: child, span: *here }]
    };
    Provenance {
        from: Node::Report(parent.report),
        to: child,
        relation: Relation::WasDerivedFrom,
        stated: false,
        evidence: longest.iter().flat_map(both).collect(),
        confidence: parent.confidence,
    }
}

/// One edge from each origin to each report that draws on it: quoted where most of its words there are quotations.
fn from_origins(
    attributions: &[ReportAttribution],
    chains: &Chains<'_>,
    index: &BTreeMap<End, usize>,
    origins: &[Origin],
) -> Vec<Provenance> {
    let mut uses: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for (each, link) in attributions.iter().zip(&chains.links) {
        if let Some(&origin) = index.get(&link.end) {
            let (all, direct) = uses.entry((origin, each.report)).or_default();
            *all += 1;
            *direct += usize::from(each.attribution.form == Form::Direct);
        }
    }
    let is_own = |origin: usize, report: usize| {
        let outlet = chains.outlets[report].map(End::Source);
        [outlet, Some(End::Own(report))].into_iter().flatten().any(|end| index.get(&end) == Some(&origin))
    };
    let mut edges = Vec::new();
    for (at, origin) in origins.iter().enumerate() {
        for &report in &origin.reports {
            let used = uses.get(&(at, report)).copied();
            // That an outlet's report is that outlet's says nothing, nor that it is not known whose word it gives.
            let unknown = [End::Vague, End::Nobody(report)].iter().any(|end| index.get(end) == Some(&at));
            if used.is_none() && (unknown || is_own(at, report)) {
                continue;
            }
            let quoted = used.is_some_and(|(all, direct)| 2 * direct > all);
            let words: Vec<Quote> = origin.evidence.iter().copied().filter(|quote| quote.report == report).collect();
            let stated = used.is_some() || words.is_empty();
            edges.push(Provenance {
                from: Node::Origin(at),
                to: report,
                relation: if quoted { Relation::WasQuotedFrom } else { Relation::HadPrimarySource },
                stated,
                evidence: words,
                confidence: if stated { 1.0 } else { 0.5 },
            });
        }
    }
    edges
}
