//! When: what is dated, in the order of the calendar.

use maud::{Markup, html as markup};
use twosource_model::{Claim, Moment, Quote};

use super::extent::Part;
use super::story::{Story, quoted};
use crate::views::{self, Dated};
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
        let mut said = views::dated(self.comparison, moment);
        if self.is_brief() {
            said.sort_by_key(|dated| std::cmp::Reverse(dated.reports.len()));
        }
        let rest = said.len().saturating_sub(self.most(OF_A_MOMENT));
        markup! {
            time { (one_line(&moment.value)) }
            div {
                @for dated in said.iter().take(self.most(OF_A_MOMENT)) {
                    p { span.said { (self.quoted(dated.quote)) } " " (self.dated(dated)) }
                }
                (self.whole_of(Part::Timeline, rest > 0, &format!("and {rest} more")))
                @if !moment.times.is_empty() { p.facts { "from " (self.expressions(&moment.times)) } }
            }
        }
    }

    fn dated(&self, dated: &Dated) -> Markup {
        let shared = self.comparison.claims.get(dated.claim).is_some_and(Claim::is_shared);
        markup! {
            (self.some_badges(&dated.reports))
            @if shared { a.facts href=(self.claim_link(dated.claim)) { "claim " (dated.claim + 1) } }
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
