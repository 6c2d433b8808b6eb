//! When: what is dated, in the order of the calendar.

use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use twosource_model::{Claim, Moment, Quote};

use super::extent::Part;
use super::story::{Story, quoted};
use crate::views;
use crate::words::{line, one_line};

/// Moments on the page of a story.
const MOMENTS: usize = 14;
/// Claims of a moment that it shows, and expressions.
const OF_A_MOMENT: usize = 3;

impl Story<'_> {
    pub(super) fn timeline(&self) -> Markup {
        let all = &self.comparison.timeline;
        let here = weightiest(all, self.most(MOMENTS));
        markup! {
            ol.timeline { @for moment in &here { li { (self.moment(moment)) } } }
            (self.whole_of(Part::Timeline, here.len() < all.len(), &format!("All {} dates", all.len())))
        }
    }

    fn moment(&self, moment: &Moment) -> Markup {
        let said = self.said_of(moment);
        let rest = said.len().saturating_sub(self.most(OF_A_MOMENT));
        markup! {
            time { (one_line(&moment.value)) }
            div {
                @for (words, claims) in said.iter().take(self.most(OF_A_MOMENT)) {
                    p { span.said { (quoted(words, None)) } " " (self.dated(claims)) }
                }
                (self.whole_of(Part::Timeline, rest > 0, &format!("and {rest} more")))
                @if !moment.times.is_empty() { p.facts { "from " (self.expressions(&moment.times)) } }
            }
        }
    }

    /// What is said of a moment, each wording once with the claims it stands for; what most reports say first.
    fn said_of(&self, moment: &Moment) -> Vec<(String, Vec<usize>)> {
        let mut said: Vec<(String, Vec<usize>)> = Vec::new();
        for (index, claim) in
            moment.claims.iter().filter_map(|&index| Some((index, self.comparison.claims.get(index)?)))
        {
            let Some(statement) = views::clearest(claim) else { continue };
            let words = line(self.comparison, statement.quote);
            match said.iter_mut().find(|(known, _)| *known == words) {
                Some((_, claims)) => claims.push(index),
                None => said.push((words, vec![index])),
            }
        }
        if self.is_brief() {
            said.sort_by_key(|(_, claims)| std::cmp::Reverse(self.making(claims).len()));
        }
        said
    }

    /// The reports that make any of some claims.
    fn making(&self, claims: &[usize]) -> Vec<usize> {
        let claims = claims.iter().filter_map(|&claim| self.comparison.claims.get(claim));
        let making: BTreeSet<usize> = claims.flat_map(views::making).collect();
        making.into_iter().collect()
    }

    fn dated(&self, claims: &[usize]) -> Markup {
        let is_shared = |claim: &&usize| self.comparison.claims.get(**claim).is_some_and(Claim::is_shared);
        markup! {
            (self.some_badges(&self.making(claims)))
            @for claim in claims.iter().filter(is_shared) {
                a.facts href=(self.claim_link(*claim)) { "claim " (claim + 1) } " "
            }
        }
    }

    fn expressions(&self, times: &[usize]) -> Markup {
        let mut found: Vec<(String, Vec<usize>)> = Vec::new();
        for entry in times.iter().filter_map(|&index| self.comparison.times.get(index)) {
            let words = line(self.comparison, Quote { report: entry.report, span: entry.time.span });
            match found.iter_mut().find(|(known, _)| *known == words) {
                Some((_, reports)) if reports.contains(&entry.report) => {}
                Some((_, reports)) => reports.push(entry.report),
                None => found.push((words, vec![entry.report])),
            }
        }
        markup! {
            @for (place, (words, reports)) in found.iter().take(self.most(OF_A_MOMENT)).enumerate() {
                @if place > 0 { ", " }
                (quoted(words, None)) " " (self.some_badges(reports))
            }
            @if found.len() > self.most(OF_A_MOMENT) { " and " (found.len() - OF_A_MOMENT) " more" }
        }
    }
}

/// The moments of which most is said, in the order of the calendar.
fn weightiest(moments: &[Moment], most: usize) -> Vec<&Moment> {
    let mut order: Vec<usize> = (0..moments.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse((moments[at].claims.len(), moments[at].times.len())));
    order.truncate(most);
    order.sort_unstable();
    order.into_iter().map(|at| &moments[at]).collect()
}
