//! Who draws on whom: a graph without cycles, what is stated apart from what is worked out.
//!
//! [`descent`] tells which reports were made from which. It measures shared wording ([`crate::wording`]) and finds the
//! direction by who cites whom, by agency credit, by time and by containment (the shorter cut comes from the longer
//! text). Where these say nothing the two may come from one lost text, which is an answer too. [`edges`] writes the
//! graph in the words of W3C PROV.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Form, Instant, Node, Origin, Provenance, Quote, Relation, ReportAttribution, Span};

use crate::chains::{Chains, End, Voice, join, root};
use crate::origins::evidence;
use crate::wording::{Body, Passage, Shared, bodies, shared};

/// Independent reports of one event share less of their own words than this; a copy shares more. Of 600 pairs of
/// reports of one event 98 in 100 share under 0.16; of texts revised heavily by hand half share over 0.42.
const COPIED: f64 = 0.28;
/// What a further parent must explain beyond the others.
const FURTHER_PARENT: f64 = 0.15;
/// An earlier text that has this much more of its words from a later one than the later from it is hardly its parent.
const AGAINST: f64 = 0.15;
/// Shares this close are equal.
const ABOUT_EQUAL: f64 = 0.05;

/// A report that another was made from.
#[derive(Clone, Debug)]
pub(crate) struct Parent {
    /// The report it was made from.
    pub(crate) report: usize,
    /// The passages: where they stand in the parent, and here.
    pub(crate) passages: Vec<(Span, Span, usize)>,
    /// That it was.
    pub(crate) confidence: f64,
}

/// Which reports were made from which, as their wording shows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Descent {
    /// The parents of each report, the main one first.
    pub(crate) parents: Vec<Vec<Parent>>,
    /// For each report that shares a lost text with others the first of them.
    pub(crate) lost: Vec<Option<usize>>,
    /// What it shares with them.
    lost_passages: Vec<Vec<Span>>,
}

impl Descent {
    /// Where a place of a report was copied from.
    pub(crate) fn copied(&self, report: usize, span: Span) -> Option<(usize, Span)> {
        self.parents.get(report)?.iter().find_map(|parent| {
            let common = |passage: &(Span, Span, usize)| passage.1.intersection(span).map_or(0, Span::len);
            let copied: usize = parent.passages.iter().map(common).sum();
            let longest = parent.passages.iter().max_by_key(|passage| common(passage))?;
            (2 * copied >= span.len()).then_some((parent.report, longest.0))
        })
    }

    /// Whether a place of a report comes from the lost text.
    pub(crate) fn lost_words(&self, report: usize, span: Span) -> bool {
        let common = self.lost_passages[report].iter().filter_map(|passage| passage.intersection(span));
        2 * common.map(Span::len).sum::<usize>() >= span.len()
    }
}

/// A pair of which one was made from the other, or that comes from one text.
struct Kinship<'a> {
    shared: &'a Shared,
    /// The side that is the parent; `None` where it cannot be told.
    parent: Option<usize>,
    confidence: f64,
}

/// Works out from wording, credits and times which reports were made from which.
pub(crate) fn descent(reports: &[Annotated], attributions: &[ReportAttribution], chains: &Chains) -> Descent {
    let bodies = bodies(reports);
    let shared = shared(&bodies);
    let cites = citations(reports, attributions, chains);
    let kin: Vec<Kinship<'_>> = shared
        .iter()
        .filter(|shared| shared.share[0].max(shared.share[1]) >= COPIED)
        .map(|shared| kinship(shared, reports, &cites, chains))
        .collect();
    let mut descent = Descent {
        parents: (0..reports.len()).map(|child| parents(child, &kin, &bodies[child], reports)).collect(),
        lost: vec![None; reports.len()],
        lost_passages: vec![Vec::new(); reports.len()],
    };
    break_cycles(&mut descent.parents, &cites);
    find_lost(&kin, &mut descent);
    descent
}

/// Pairs (cited, citing) of reports: the second names the outlet of the first as a source.
fn citations(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    chains: &Chains,
) -> BTreeMap<(usize, usize), usize> {
    let mut by_outlet: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, outlet) in chains.outlets.iter().enumerate() {
        if let Some(outlet) = outlet {
            by_outlet.entry(*outlet).or_default().push(report);
        }
    }
    let mut cites = BTreeMap::new();
    for (index, (each, link)) in attributions.iter().zip(&chains.links).enumerate() {
        let Voice::Source(source) = link.voice else { continue };
        let cited = by_outlet.get(&source).and_then(|cited| not_later(cited, each.report, reports));
        if let Some(cited) = cited.filter(|_| chains.outlets[each.report] != Some(source)) {
            cites.entry((cited, each.report)).or_insert(index);
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

/// Which of two kin is the parent, and how sure that is.
fn kinship<'a>(
    shared: &'a Shared,
    reports: &[Annotated],
    cites: &BTreeMap<(usize, usize), usize>,
    chains: &Chains,
) -> Kinship<'a> {
    let [one, other] = shared.reports;
    let strength = strength(shared.share[0].max(shared.share[1]));
    let known = |parent, direction: f64| Kinship { shared, parent: Some(parent), confidence: strength * direction };
    let credits = |parent: usize, child: usize| {
        let agency = chains.agencies[child].filter(|_| chains.agencies[child] == chains.outlets[parent]);
        cites.contains_key(&(parent, child)) || agency.is_some() && chains.outlets[child] != agency
    };
    match (credits(one, other), credits(other, one)) {
        (true, false) => return known(0, 0.98),
        (false, true) => return known(1, 0.98),
        _ => {}
    }
    // The side with the larger share has more of its words from the other: it is the cut. Where that says one thing and
    // the times another, the times are rarely those of the first publication, and nothing is known.
    let cut = shared.share[1] - shared.share[0];
    match earlier(&reports[one], &reports[other]) {
        Some(first) if (if first == 0 { -cut } else { cut }) > AGAINST => {
            Kinship { shared, parent: None, confidence: strength }
        }
        Some(first) => known(first, 0.9),
        None if cut.abs() >= 0.15 => known(usize::from(cut < 0.0), 0.75),
        None => Kinship { shared, parent: None, confidence: strength },
    }
}

/// How sure a share of common words makes a copy.
fn strength(share: f64) -> f64 {
    (0.6 + 0.6 * (share - COPIED)).clamp(0.0, 0.99)
}

/// Which of two reports was published first, where their times tell.
fn earlier(one: &Annotated, other: &Annotated) -> Option<usize> {
    let (one, other) = (one.article.published.as_ref()?, other.article.published.as_ref()?);
    match one.day().cmp(other.day()) {
        std::cmp::Ordering::Less => Some(0),
        std::cmp::Ordering::Greater => Some(1),
        std::cmp::Ordering::Equal => {
            let (one, other) = (utc_seconds(one.as_str())?, utc_seconds(other.as_str())?);
            (one != other).then_some(usize::from(other < one))
        }
    }
}

/// Seconds of the day in UTC of an RFC 3339 time; may be negative or above a day.
fn utc_seconds(time: &str) -> Option<i64> {
    let clock = time.get(11..)?;
    let number = |range: std::ops::Range<usize>| clock.get(range)?.parse::<i64>().ok();
    let seconds = number(0..2)? * 3600 + number(3..5)? * 60 + number(6..8).unwrap_or(0);
    let zone = clock.get(5..)?.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':' || c == '.');
    let offset = |zone: &str| {
        let minutes = zone.get(4..6).or(zone.get(3..5)).and_then(|minutes| minutes.parse::<i64>().ok()).unwrap_or(0);
        Some(zone.get(1..3)?.parse::<i64>().ok()? * 3600 + minutes * 60)
    };
    match zone.chars().next() {
        Some('+') => Some(seconds - offset(zone)?),
        Some('-') => Some(seconds + offset(zone)?),
        _ => Some(seconds),
    }
}

/// The parents of a report: the one that explains most of its words, then those that explain more.
fn parents(child: usize, kin: &[Kinship<'_>], body: &Body, reports: &[Annotated]) -> Vec<Parent> {
    let mut candidates: Vec<(&Kinship<'_>, usize)> = Vec::new();
    for kinship in kin {
        if let Some(parent) = kinship.parent
            && kinship.shared.reports[1 - parent] == child
            && kinship.shared.share[1 - parent] >= FURTHER_PARENT
        {
            candidates.push((kinship, parent));
        }
    }
    let weights: Vec<usize> = body.weights().collect();
    let total = weights.iter().sum::<usize>().max(1) as f64;
    let mut explained = vec![0.0_f64; weights.len()];
    let mut chosen = Vec::new();
    while let Some(best) = best_parent(&candidates, &explained, &weights, total, reports) {
        let (kinship, side) = candidates.remove(best);
        for (explained, cover) in explained.iter_mut().zip(&kinship.shared.cover[1 - side]) {
            *explained = explained.max(*cover);
        }
        chosen.push(parent(kinship, side));
    }
    chosen
}

/// The candidate that explains most of what is not explained; of equals the nearest: it has most words from the same
/// place, then the latest.
fn best_parent(
    candidates: &[(&Kinship<'_>, usize)],
    explained: &[f64],
    weights: &[usize],
    total: f64,
    reports: &[Annotated],
) -> Option<usize> {
    let gain = |&(kinship, side): &(&Kinship<'_>, usize)| {
        let cover = kinship.shared.cover[1 - side].iter().zip(explained).zip(weights);
        cover.map(|((cover, explained), &weight)| (cover - explained).max(0.0) * weight as f64).sum::<f64>() / total
    };
    let gains: Vec<f64> = candidates.iter().map(gain).collect();
    let most = gains.iter().copied().fold(0.0, f64::max);
    let near_most = (0..candidates.len()).filter(|&at| gains[at] >= (most - ABOUT_EQUAL).max(FURTHER_PARENT));
    near_most.max_by(|&x, &y| {
        let near = |at: usize| candidates[at].0.shared.share[candidates[at].1] + gains[at];
        let report = |at: usize| candidates[at].0.shared.reports[candidates[at].1];
        let published = |at: usize| reports[report(at)].article.published.as_ref();
        near(x).total_cmp(&near(y)).then(published(y).cmp(&published(x))).then(report(y).cmp(&report(x)))
    })
}

fn parent(kinship: &Kinship<'_>, side: usize) -> Parent {
    let passage = |passage: &Passage| (passage.spans[side], passage.spans[1 - side], passage.words);
    Parent {
        report: kinship.shared.reports[side],
        passages: kinship.shared.passages.iter().map(passage).collect(),
        confidence: kinship.confidence,
    }
}

/// Takes parents in the order of their confidence and drops those that would close a cycle with others or citations.
fn break_cycles(parents: &mut [Vec<Parent>], cites: &BTreeMap<(usize, usize), usize>) {
    let mut graph = Graph::new(parents.len());
    for &(cited, citing) in cites.keys() {
        graph.add(cited, citing);
    }
    let mut order: Vec<(usize, usize, f64)> = Vec::new();
    for (child, parents) in parents.iter().enumerate() {
        order.extend(parents.iter().map(|parent| (child, parent.report, parent.confidence)));
    }
    order.sort_by(|one, other| other.2.total_cmp(&one.2).then((one.0, one.1).cmp(&(other.0, other.1))));
    let refused: BTreeSet<(usize, usize)> = order
        .into_iter()
        .filter(|&(child, parent, _)| !graph.add(parent, child))
        .map(|(child, parent, _)| (child, parent))
        .collect();
    for (child, parents) in parents.iter_mut().enumerate() {
        parents.retain(|parent| !refused.contains(&(child, parent.report)));
    }
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

/// Kin without a direction come from one lost text, unless a third report explains both.
fn find_lost(kin: &[Kinship<'_>], descent: &mut Descent) {
    let mut groups: Vec<usize> = (0..descent.parents.len()).collect();
    for kinship in kin.iter().filter(|kinship| kinship.parent.is_none()) {
        let [one, other] = kinship.shared.reports;
        let has_parent = |report: usize| !descent.parents[report].is_empty();
        if has_parent(one) || has_parent(other) {
            continue;
        }
        join(&mut groups, one, other);
        for (side, report) in kinship.shared.reports.into_iter().enumerate() {
            descent.lost_passages[report].extend(kinship.shared.passages.iter().map(|passage| passage.spans[side]));
        }
    }
    for report in 0..groups.len() {
        if !descent.lost_passages[report].is_empty() {
            descent.lost[report] = Some(root(&mut groups, report));
        }
    }
}

/// The edges of the graph: origins to reports first, then report to report.
pub(crate) fn edges(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    chains: &Chains,
    descent: &Descent,
    index: &BTreeMap<End, usize>,
    origins: &[Origin],
) -> Vec<Provenance> {
    let cites = citations(reports, attributions, chains);
    let mut graph = Graph::new(reports.len());
    let mut between: Vec<Provenance> = Vec::new();
    for (&(cited, citing), &attribution) in &cites {
        if graph.add(cited, citing) {
            between.push(stated(cited, citing, &attributions[attribution]));
        }
    }
    for (child, parents) in descent.parents.iter().enumerate() {
        for parent in parents.iter().filter(|parent| !cites.contains_key(&(parent.report, child))) {
            if graph.add(parent.report, child) {
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
    chains: &Chains,
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
            let unknown = index.get(&End::Vague) == Some(&at);
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
