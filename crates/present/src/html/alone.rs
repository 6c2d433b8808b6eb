//! What only one report says, and which claims it does not make.

use maud::{Markup, html as markup};

use super::story::{Story, headline};
use crate::views;
use crate::words::{called, ids};

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
        let missing = views::not_in(self.comparison, report);
        markup! {
            @if !alone.is_empty() || !missing.is_empty() {
                div.alone-in {
                    (headline(self.level + 2, "", &format!("{} {}", ids(self.comparison, &[report]), called(&self.comparison.reports[report]))))
                    @if !missing.is_empty() {
                        p.facts {
                            @if self.comparison.reports[report].article.complete { "Does not make claim " }
                            @else { "As far as we hold it, does not make claim " }
                            @for (place, claim) in missing.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href={ "#" (self.claim_id(*claim)) } { (claim + 1) }
                            }
                        }
                    }
                    ul { @for (index, claim) in alone { li { (self.statements(index, claim, report)) } } }
                }
            }
        }
    }
}
