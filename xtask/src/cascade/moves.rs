//! How a report is made from one or two others.

use std::collections::BTreeSet;

use super::family::{Deal, Move, Origin, Report};
use super::line::{Credit, Line, joined, parted};
use crate::random::Random;

/// What a move gives.
pub(super) struct Made {
    pub(super) lines: Vec<Line>,
    pub(super) dateline: Option<usize>,
    pub(super) parents: Vec<usize>,
    pub(super) origins: BTreeSet<Origin>,
}

/// A report to start from; later ones are twice as likely, so that chains grow.
pub(super) fn recent(reports: &[Report], random: &mut Random) -> usize {
    let of_two = [random.below(reports.len()), random.below(reports.len())];
    if random.percent(50) { of_two[0] } else { of_two[0].max(of_two[1]) }
}

/// The lines of a report as a later one takes them.
fn taken(deal: &Deal<'_>, reports: &[Report], from: usize) -> Vec<Line> {
    let take = |line: &Line| {
        let mut line = line.clone();
        line.lineage.push((from, line.text(deal.material)));
        line
    };
    reports[from].lines.iter().map(take).collect()
}

/// A copy, cut, rewrite or translation of names of one report.
pub(super) fn rework(deal: &mut Deal<'_>, reports: &[Report], parent: usize, by: Move, keeps_credit: bool) -> Made {
    let mut lines = taken(deal, reports, parent);
    match by {
        Move::Cut => cut(&mut lines, &mut deal.random),
        Move::Light => rewrite(deal, &mut lines, 30),
        Move::Heavy => {
            thin(&mut lines, 25, &mut deal.random);
            rewrite(deal, &mut lines, 75);
            reshape(deal, &mut lines);
        }
        Move::Names => {
            let names = &deal.story.names;
            lines.iter_mut().for_each(|line| line.rename(names));
        }
        Move::Root | Move::Copy | Move::Merge | Move::Relay => {}
    }
    credit(deal, &mut lines, reports, parent, keeps_credit, matches!(by, Move::Light | Move::Heavy));
    let dateline = reports[parent].dateline.filter(|_| keeps_credit);
    Made { lines, dateline, parents: vec![parent], origins: reports[parent].origins.clone() }
}

/// One report made from two: the lead and half of the facts from one, the rest from another.
pub(super) fn merge(deal: &mut Deal<'_>, reports: &[Report], first: usize, keeps_credit: bool) -> Option<Made> {
    let others: Vec<usize> = (0..reports.len()).filter(|&other| other != first).collect();
    let second = *others.get(deal.random.below(others.len()))?;
    let mut lines = taken(deal, reports, first);
    let more = taken(deal, reports, second);
    credit(deal, &mut lines, reports, first, keeps_credit, false);
    let mut more: Vec<Line> = more.into_iter().filter(|line| line.fact != 0 && !line.quote).collect();
    deal.random.shuffle(&mut more);
    more.truncate(2 + deal.random.below(4));
    if more.len() < 2 {
        return None;
    }
    credit(deal, &mut more, reports, second, keeps_credit, false);
    let replaced: BTreeSet<usize> = more.iter().map(|line| line.fact).collect();
    lines.retain(|line| line.fact == 0 || !replaced.contains(&line.fact));
    let mut origins = reports[first].origins.clone();
    let theirs = &reports[second].origins;
    // Where the second has the lead from somebody else the new report may say so too.
    if theirs.is_disjoint(&origins) && deal.random.percent(50) {
        let mut lead: Vec<Line> =
            taken(deal, reports, second).into_iter().filter(|line| line.fact == 0).take(1).collect();
        credit(deal, &mut lead, reports, second, true, true);
        more.insert(0, lead.pop()?);
        origins.extend(theirs.iter().take(1));
    }
    let at = 1 + deal.random.below(lines.len());
    lines.splice(at..at, more);
    if deal.random.percent(50) {
        rewrite(deal, &mut lines, 25);
    }
    let dateline = reports[first].dateline.filter(|_| keeps_credit);
    Some(Made { lines, dateline, parents: vec![first, second], origins })
}

/// Cuts from the end, or here and there; the lead stays.
fn cut(lines: &mut Vec<Line>, random: &mut Random) {
    let keep = (lines.len() * (40 + random.below(35)) / 100).max(2).min(lines.len());
    if random.percent(60) {
        lines.truncate(keep);
        return;
    }
    while lines.len() > keep {
        let at = 1 + random.below(lines.len() - 1);
        lines.remove(at);
    }
}

/// Drops sentences, never the lead.
fn thin(lines: &mut Vec<Line>, chances: usize, random: &mut Random) {
    let mut kept = 0;
    lines.retain(|line| {
        let stays = line.fact == 0 || !random.percent(chances) || kept < 3;
        kept += usize::from(stays);
        stays
    });
}

fn rewrite(deal: &mut Deal<'_>, lines: &mut [Line], chances: usize) {
    for line in lines {
        let sources = &deal.story.facts[line.fact].sources;
        line.rewrite(sources, chances, deal.material, &mut deal.random);
    }
}

/// Joins sentences, parts others and changes their order.
fn reshape(deal: &mut Deal<'_>, lines: &mut Vec<Line>) {
    let mut shaped: Vec<Line> = Vec::new();
    for line in lines.drain(..) {
        let may_join = shaped.len() > 1 && deal.random.percent(40);
        if let Some(both) = shaped.last().filter(|_| may_join).and_then(|last| joined(last, &line, deal.material)) {
            shaped.pop();
            shaped.push(both);
            continue;
        }
        match parted(&line).filter(|_| line.fact != 0 && deal.random.percent(50)) {
            Some(two) => shaped.extend(two),
            None => shaped.push(line),
        }
    }
    if shaped.len() > 4 && deal.random.percent(60) {
        let at = 1 + deal.random.below(shaped.len() - 2);
        shaped.swap(at, at + 1);
    }
    *lines = shaped;
}

/// What stands behind the lead of a report, to be cited.
pub(super) fn evidence(credit: &Credit) -> Option<String> {
    match credit {
        Credit::Source { who, .. } => Some(who.clone()),
        Credit::Seen { papers, .. } | Credit::Papers { papers } => Some(papers.clone()),
        Credit::Told { people, .. } => Some(people.clone()),
        Credit::Outlet { citing, .. } => citing.clone(),
        Credit::Nobody => None,
    }
}

/// Keeps, changes or strips the words that say whose report it was.
fn credit(deal: &mut Deal<'_>, lines: &mut [Line], reports: &[Report], parent: usize, keeps: bool, freely: bool) {
    let outlet = reports[parent].outlet;
    for line in lines {
        let own = line.fact != 0 && line.credit.outlet().is_some();
        line.credit = match (&line.credit, keeps) {
            // Their own reporters become "the Observer".
            (Credit::Seen { outlet, .. } | Credit::Told { outlet, .. }, true) if !own && freely => {
                let (outlet, name) = (*outlet, deal.called(*outlet));
                Credit::Outlet { outlet, name, citing: evidence(&line.credit).filter(|_| deal.random.percent(75)) }
            }
            // A public source cited through the report it was read in.
            (Credit::Source { who, .. }, true) if line.fact == 0 && freely && deal.random.percent(35) => {
                Credit::Outlet { outlet, name: deal.called(outlet), citing: Some(who.clone()) }
            }
            (Credit::Seen { papers, .. }, false) => Credit::Papers { papers: papers.clone() },
            (Credit::Told { people, .. }, false) if own => {
                Credit::Source { who: people.clone(), verb: "said".to_owned() }
            }
            (Credit::Told { .. }, false) => Credit::Nobody,
            (Credit::Outlet { citing: Some(whom), .. }, false) => Credit::Papers { papers: whom.clone() },
            (Credit::Outlet { .. }, false) => Credit::Nobody,
            (Credit::Source { .. }, false) if line.fact == 0 && deal.random.percent(50) => Credit::Nobody,
            (kept, _) => kept.clone(),
        };
    }
}
