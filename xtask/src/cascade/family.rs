//! A family of reports with a known descent.
//!
//! Roots are independent reports: they share facts, quotations and sometimes the public source, but no wording. Every
//! other report is made from one or two earlier ones by a [`Move`]. Then clocks are skewed or stopped, and one report
//! may get lost.

use std::collections::BTreeSet;

use super::line::{Credit, Line};
use super::material::{Fact, FactKind, Material, Story};
use super::moves;
use crate::random::Random;

/// How a report was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Move {
    Root,
    Copy,
    Cut,
    Light,
    Heavy,
    Merge,
    Names,
    Relay,
}

impl Move {
    /// For the table.
    pub(super) fn name(self) -> &'static str {
        match self {
            Move::Root => "root",
            Move::Copy => "copy",
            Move::Cut => "cut",
            Move::Light => "light rewrite",
            Move::Heavy => "heavy rewrite",
            Move::Merge => "merge",
            Move::Names => "names translated",
            Move::Relay => "relay in own words",
        }
    }
}

/// What is known of the times of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Clocks {
    All,
    Some,
    None,
    Skewed,
}

impl Clocks {
    pub(super) fn name(self) -> &'static str {
        match self {
            Clocks::All => "with times",
            Clocks::Some => "times missing on some",
            Clocks::None => "without times",
            Clocks::Skewed => "clocks skewed",
        }
    }
}

/// Where the lead of a report comes from in truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The public source of the story.
    Public,
    /// What an outlet, by its index, found out.
    Own(usize),
}

/// A report as it was made.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) outlet: usize,
    /// The site of the same outlet.
    pub(super) online: bool,
    pub(super) lines: Vec<Line>,
    /// The agency in the brackets in front.
    pub(super) dateline: Option<usize>,
    pub(super) headline: String,
    pub(super) caption: Option<String>,
    pub(super) more: Option<String>,
    pub(super) signed: Option<String>,
    /// The true time, in minutes of the day.
    pub(super) minute: i64,
    /// The time it bears.
    pub(super) shown: Option<i64>,
    pub(super) by: Move,
    /// What it was made from, in truth.
    pub(super) parents: Vec<usize>,
    pub(super) origins: BTreeSet<Origin>,
    pub(super) lost: bool,
}

impl Report {
    /// The outlets its text names.
    pub(super) fn names(&self, outlet: usize) -> bool {
        let lines = self.lines.iter().any(|line| line.credit.outlet() == Some(outlet));
        self.outlet != outlet && (lines || self.dateline == Some(outlet))
    }

    /// Whether it has the words of the lead from somebody it names.
    fn says_whose(&self) -> bool {
        let lead = |line: &&Line| line.fact == 0 && !matches!(line.credit, Credit::Nobody | Credit::Papers { .. });
        self.lines.iter().any(|line| lead(&line))
    }
}

/// A family.
#[derive(Debug)]
pub(super) struct Family<'a> {
    pub(super) story: &'a Story,
    pub(super) reports: Vec<Report>,
    pub(super) clocks: Clocks,
}

impl Family<'_> {
    /// The reports that are not lost.
    pub(super) fn kept(&self) -> impl Iterator<Item = (usize, &Report)> {
        self.reports.iter().enumerate().filter(|(_, report)| !report.lost)
    }

    /// How many independent origins the lead has in the reports that are left.
    pub(super) fn origins(&self) -> usize {
        self.kept().flat_map(|(_, report)| &report.origins).collect::<BTreeSet<_>>().len()
    }

    /// Whether an ancestor is missing.
    pub(super) fn has_lost(&self) -> bool {
        self.reports.iter().any(|report| report.lost)
    }
}

/// Deals what a family is made of, each card once.
pub(super) struct Deal<'a> {
    pub(super) material: &'a Material,
    pub(super) story: &'a Story,
    pub(super) random: Random,
    /// For each fact its wordings that are not used yet.
    wordings: Vec<Vec<usize>>,
    /// Outlets that have no report yet.
    outlets: Vec<usize>,
    agencies: Vec<usize>,
    seen: Vec<&'a String>,
    told: Vec<&'a String>,
    people: Vec<usize>,
}

impl<'a> Deal<'a> {
    fn new(material: &'a Material, mut random: Random) -> Self {
        let story = random.pick(&material.stories);
        let shuffled = |fact: &Fact, random: &mut Random| {
            let mut order: Vec<usize> = (0..fact.wordings.len()).collect();
            random.shuffle(&mut order);
            order
        };
        let wordings = story.facts.iter().map(|fact| shuffled(fact, &mut random)).collect();
        let (mut agencies, mut outlets): (Vec<usize>, Vec<usize>) =
            (0..material.outlets.len()).partition(|&outlet| material.outlets[outlet].dateline.is_some());
        random.shuffle(&mut agencies);
        random.shuffle(&mut outlets);
        let own = story.facts.iter().find(|fact| fact.kind == FactKind::Own);
        let mut people: Vec<usize> = (0..own.map_or(0, |own| own.sources.len())).collect();
        random.shuffle(&mut people);
        let (seen, told) = (story.seen.iter().collect(), story.told.iter().collect());
        Deal { material, story, random, wordings, outlets, agencies, seen, told, people }
    }

    /// A wording nobody has used; a quotation is always the same.
    fn wording(&mut self, fact: usize) -> Option<String> {
        let wordings = &self.story.facts[fact].wordings;
        if self.story.facts[fact].kind == FactKind::Quote {
            return wordings.first().cloned();
        }
        self.wordings[fact].pop().map(|at| wordings[at].clone())
    }

    pub(super) fn outlet(&mut self) -> Option<usize> {
        self.outlets.pop()
    }

    /// An outlet by its full name or as others call it.
    pub(super) fn called(&mut self, outlet: usize) -> String {
        let outlet = &self.material.outlets[outlet];
        if self.random.percent(70) { outlet.name.clone() } else { outlet.short.clone() }
    }

    /// A sentence in new words with its public source.
    fn line(&mut self, fact: usize) -> Option<Line> {
        let core = self.wording(fact)?;
        let sources = &self.story.facts[fact].sources;
        let credit = match sources.first() {
            Some(_) => Credit::Source { who: self.random.pick(sources).clone(), verb: "said".to_owned() },
            None => Credit::Nobody,
        };
        let quote = self.story.facts[fact].kind == FactKind::Quote;
        let front = self.random.percent(25);
        Some(Line { fact, core, quote, credit, front, lineage: Vec::new() })
    }
}

/// Makes a family of its own for each seed.
pub(super) fn family(material: &Material, mut random: Random) -> Family<'_> {
    loop {
        let family = attempt(material, random.clone());
        if family.kept().count() > 1 {
            return family;
        }
        random.below(2);
    }
}

/// A family, which may have come out too small.
fn attempt(material: &Material, random: Random) -> Family<'_> {
    let mut deal = Deal::new(material, random);
    let mut reports: Vec<Report> = Vec::new();
    let roots = deal.random.weighted(&[(1, 25), (2, 35), (3, 25), (4, 15)]);
    for _ in 0..roots {
        reports.extend(root(&mut deal, &reports));
    }
    let children = deal.random.between(1, 7);
    for _ in 0..children {
        reports.extend(child(&mut deal, &reports));
    }
    let clocks =
        deal.random.weighted(&[(Clocks::All, 50), (Clocks::Some, 20), (Clocks::None, 12), (Clocks::Skewed, 18)]);
    for report in &mut reports {
        report.shown = shown(report.minute, clocks, &mut deal.random);
    }
    if deal.random.percent(25) {
        lose(&mut reports, &mut deal.random);
    }
    Family { story: deal.story, reports, clocks }
}

/// What the clock of a report says.
fn shown(minute: i64, clocks: Clocks, random: &mut Random) -> Option<i64> {
    match clocks {
        Clocks::All => Some(minute),
        Clocks::Some => random.percent(60).then_some(minute),
        Clocks::None => None,
        Clocks::Skewed => {
            let skew = if random.percent(50) { random.between(-40, 40) } else { 0 };
            Some(minute + skew)
        }
    }
}

/// A report by reporters of its own, or an agency's.
fn root(deal: &mut Deal<'_>, before: &[Report]) -> Option<Report> {
    let agency = if deal.random.percent(45) { deal.agencies.pop() } else { None };
    // Now and then a second report of an outlet with something of its own: one publisher, one origin.
    let same = before.iter().find(|other| other.origins.contains(&Origin::Own(other.outlet)) && !other.online);
    let same = same.map(|other| other.outlet).filter(|_| agency.is_none() && deal.random.percent(15));
    let outlet = agency.or(same).or_else(|| deal.outlet())?;
    let mut lines = vec![deal.line(0)?];
    let own = same.is_some() || deal.random.percent(if agency.is_some() { 20 } else { 55 });
    let credit = if own { own_credit(deal, outlet) } else { None };
    let origin = if credit.is_some() { Origin::Own(outlet) } else { Origin::Public };
    if let Some(credit) = credit {
        lines[0].credit = credit;
    }
    for fact in 1..deal.story.facts.len() {
        let wanted = match deal.story.facts[fact].kind {
            FactKind::Quote | FactKind::Fact => deal.random.percent(62),
            FactKind::Lead | FactKind::Own => false,
        };
        lines.extend(if wanted { deal.line(fact) } else { None });
    }
    if agency.is_none() {
        let at = 1 + deal.random.below(lines.len());
        lines.splice(at..at, own_line(deal, outlet));
    }
    let last = lines.len() - 1;
    (0..2).for_each(|_| swap_later(&mut lines, last, &mut deal.random));
    Some(Report {
        outlet,
        online: same.is_some(),
        lines,
        dateline: agency,
        headline: deal.random.pick(&deal.story.headlines).clone(),
        caption: None,
        more: None,
        signed: agency.map(|_| "Reporting by Jonas Vell; editing by Mira Castell".to_owned()),
        minute: deal.random.between(7 * 60, 13 * 60),
        shown: None,
        by: Move::Root,
        parents: Vec::new(),
        origins: BTreeSet::from([origin]),
        lost: false,
    })
}

fn swap_later(lines: &mut [Line], last: usize, random: &mut Random) {
    if last >= 3 {
        let at = 1 + random.below(last - 1);
        lines.swap(at, at + 1);
    }
}

/// Something an outlet alone has for the lead.
fn own_credit(deal: &mut Deal<'_>, outlet: usize) -> Option<Credit> {
    let by = deal.material.outlets[outlet].name.clone();
    let by = if by.contains("Agency") { deal.material.outlets[outlet].short.clone() } else { by };
    let papers = deal.random.percent(50);
    match papers {
        true => deal.seen.pop().map(|papers| Credit::Seen { papers: papers.clone(), outlet, by }),
        false => deal.told.pop().map(|people| Credit::Told { people: people.clone(), outlet, by }),
    }
}

/// What somebody told an outlet alone.
fn own_line(deal: &mut Deal<'_>, outlet: usize) -> Option<Line> {
    let fact = deal.story.facts.iter().position(|fact| fact.kind == FactKind::Own)?;
    let core = super::material::capital(&deal.wording(fact)?);
    let people = deal.people.pop().map(|at| deal.story.facts[fact].sources[at].clone())?;
    let by = deal.called(outlet);
    Some(Line {
        fact,
        core,
        quote: false,
        credit: Credit::Told { people, outlet, by },
        front: true,
        lineage: Vec::new(),
    })
}

/// A report made from others.
fn child(deal: &mut Deal<'_>, reports: &[Report]) -> Option<Report> {
    let by = deal.random.weighted(&[
        (Move::Copy, 17),
        (Move::Cut, 20),
        (Move::Light, 18),
        (Move::Heavy, 13),
        (Move::Merge, 16),
        (Move::Names, 8),
        (Move::Relay, 8),
    ]);
    let parent = moves::recent(reports, &mut deal.random);
    let keeps_credit = deal.random.percent(55);
    let made = match by {
        Move::Merge => moves::merge(deal, reports, parent, keeps_credit)?,
        Move::Relay => relay(deal, reports, parent)?,
        _ => moves::rework(deal, reports, parent, by, keeps_credit),
    };
    let same_outlet = !reports.iter().any(|other| other.online && other.outlet == reports[parent].outlet);
    let online = same_outlet && by != Move::Relay && !reports[parent].online && deal.random.percent(6);
    let outlet = if online { reports[parent].outlet } else { deal.outlet()? };
    let latest = made.parents.iter().map(|&parent| reports[parent].minute).max()?;
    let headline = match deal.random.percent(40) && by != Move::Relay {
        true => reports[parent].headline.clone(),
        false => deal.random.pick(&deal.story.headlines).clone(),
    };
    let furniture =
        |chance: usize, from: &[String], random: &mut Random| random.percent(chance).then(|| random.pick(from).clone());
    let name = deal.material.outlets[outlet].name.trim_start_matches("The ").to_owned();
    let caption = furniture(35, &deal.story.captions, &mut deal.random);
    Some(Report {
        outlet,
        online,
        lines: made.lines,
        dateline: made.dateline,
        headline,
        caption: caption.map(|caption| format!("{caption} (Photo: Elin Marsh/{name})")),
        more: furniture(35, &deal.story.more, &mut deal.random),
        signed: None,
        minute: latest + deal.random.between(6, 240),
        shown: None,
        by,
        parents: made.parents,
        origins: made.origins,
        lost: false,
    })
}

/// A few facts told in new words and given as the word of the outlet that was read.
fn relay(deal: &mut Deal<'_>, reports: &[Report], parent: usize) -> Option<moves::Made> {
    let outlet = reports[parent].outlet;
    let mut facts: Vec<usize> = reports[parent].lines.iter().skip(1).map(|line| line.fact).collect();
    facts.retain(|&fact| deal.story.facts[fact].kind == FactKind::Fact);
    facts.dedup();
    facts.truncate(3);
    let lead = reports[parent].lines.iter().find(|line| line.fact == 0)?;
    let citing = moves::evidence(&lead.credit);
    // "The Lantern reported" says whose word it is only where the Lantern has it first hand, or from a source named here.
    let first_hand = reports[parent].origins.contains(&Origin::Own(outlet));
    let named = matches!(lead.credit, Credit::Source { .. });
    if !first_hand && !named {
        return None;
    }
    let mut lines = Vec::new();
    for fact in [0].into_iter().chain(facts) {
        let Some(mut line) = deal.line(fact) else { continue };
        let name = deal.called(outlet);
        let citing = citing.clone().filter(|_| fact == 0);
        line.credit = Credit::Outlet { outlet, name, citing };
        lines.push(line);
    }
    let whole = lines.first().is_some_and(|line| line.fact == 0);
    // The first of several leads only: the others are another's word.
    let origins = reports[parent].origins.iter().take(1).copied().collect();
    let one_origin = reports[parent].origins.len() == 1;
    (whole && one_origin).then_some(moves::Made { lines, dateline: None, parents: vec![parent], origins })
}

/// Takes away a report that others were made from, where those left still say whose word the lead is.
fn lose(reports: &mut [Report], random: &mut Random) {
    let has_child = |at: usize| reports.iter().any(|report| report.parents.contains(&at));
    let mut candidates: Vec<usize> = (0..reports.len()).filter(|&at| has_child(at)).collect();
    random.shuffle(&mut candidates);
    for at in candidates {
        reports[at].lost = true;
        let origins = reports[at].origins.clone();
        let told = |origin: &Origin| {
            let mut left = reports.iter().filter(|report| !report.lost && report.origins.contains(origin)).peekable();
            left.peek().is_none() || left.any(Report::says_whose)
        };
        if reports.iter().filter(|report| !report.lost).count() >= 2 && origins.iter().all(told) {
            return;
        }
        reports[at].lost = false;
    }
}
