//! When: what is dated, in the order of the calendar.

use maud::{Markup, html as markup};
use twosource_model::{Claim, Quote};

use super::story::{Story, quoted};
use crate::views;
use crate::words::{line, one_line};

impl Story<'_> {
    pub(super) fn timeline(&self) -> Markup {
        markup! {
            ol.timeline {
                @for moment in &self.comparison.timeline {
                    li {
                        time { (one_line(&moment.value)) }
                        div {
                            @for (index, claim) in moment.claims.iter().filter_map(|&index| Some((index, self.comparison.claims.get(index)?))) {
                                @if let Some(statement) = views::clearest(claim) {
                                    p { span.said { (self.quoted(statement.quote)) } " " (self.dated(index, claim)) }
                                }
                            }
                            @if !moment.times.is_empty() { p.facts { "from " (self.expressions(&moment.times)) } }
                        }
                    }
                }
            }
        }
    }

    fn dated(&self, index: usize, claim: &Claim) -> Markup {
        markup! {
            (self.badges(&views::making(claim)))
            @if claim.is_shared() { a.facts href={ "#" (self.claim_id(index)) } { "claim " (index + 1) } }
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
            @for (place, (words, reports)) in found.iter().enumerate() {
                @if place > 0 { ", " }
                (quoted(words, None)) " " (self.badges(reports))
            }
        }
    }
}
