//! What only one report says, and which claims it does not make.

use maud::{Markup, html as markup};

use super::extent::Part;
use super::story::{Story, headline};
use crate::views;
use crate::words::{called, ids};

/// What one report alone says, on the page of a story.
const ALONE: usize = 4;

impl Story<'_> {
    pub(super) fn only_in(&self) -> Markup {
        let incomplete: Vec<usize> = (0..self.comparison.reports.len())
            .filter(|&report| !self.comparison.reports[report].article.complete)
            .collect();
        markup! {
            @if !incomplete.is_empty() {
                p.facts { "Of " (self.badges(&incomplete)) "only part of the text is held: silence there is no omission." }
            }
            div.only {
                @for report in 0..self.comparison.reports.len() { (self.alone(report)) }
            }
        }
    }

    fn alone(&self, report: usize) -> Markup {
        let alone = views::only_in(self.comparison, report);
        let missing = self.missing(report);
        let rest = alone.len().saturating_sub(self.most(ALONE));
        markup! {
            @if !alone.is_empty() || !missing.is_empty() {
                div.alone-in #(self.alone_id(report)) {
                    (headline(self.level + 2, "", &format!("{} {}", ids(self.comparison, &[report]), called(&self.comparison.reports[report]))))
                    @if !missing.is_empty() {
                        p.facts {
                            @if self.comparison.reports[report].article.complete { "Does not make claim " }
                            @else { "As far as we hold it, does not make claim " }
                            @for (place, claim) in missing.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href=(self.claim_link(*claim)) { (claim + 1) }
                            }
                        }
                    }
                    ul { @for &(index, claim) in alone.iter().take(self.most(ALONE)) { li { (self.statements(index, claim, report)) } } }
                    @if rest > 0 {
                        p.facts { a href=(self.place(Part::Only, &self.alone_id(report), false)) { "and " (rest) " more" } }
                    }
                }
            }
        }
    }

    fn alone_id(&self, report: usize) -> String {
        self.id(&format!("only-{}", ids(self.comparison, &[report])))
    }

    /// The shared claims that a report does not make; of many reports, those that more than half of them make: silence on what few say is none.
    fn missing(&self, report: usize) -> Vec<usize> {
        let mut missing = views::not_in(self.comparison, report);
        if self.is_crowded() {
            let is_common = |claim: &usize| {
                let claim = self.comparison.claims.get(*claim);
                claim.is_some_and(|claim| 2 * views::making(claim).len() > self.comparison.reports.len())
            };
            missing.retain(is_common);
        }
        missing
    }
}
