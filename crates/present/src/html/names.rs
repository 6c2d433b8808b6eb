//! Who is named how: the actors whose wordings part first.

use maud::{Markup, html as markup};
use twosource_model::Naming;

use super::extent::Part;
use super::story::{Story, quoted};
use crate::words::{count, line, one_line};

/// Actors on the page of a story.
const ACTORS: usize = 8;
/// Wordings for an actor that it shows of many reports.
const WORDINGS: usize = 5;

impl Story<'_> {
    pub(super) fn names(&self) -> Markup {
        let (contrasts, others): (Vec<&Naming>, Vec<&Naming>) =
            self.comparison.names.iter().partition(|naming| naming.contrast);
        let names = self.comparison.names.len();
        markup! {
            @if !contrasts.is_empty() { (self.namings(&contrasts)) }
            @if !others.is_empty() && contrasts.is_empty() { (self.namings(&others)) }
            (self.whole_of(Part::Names, names > ACTORS || names > contrasts.len() && !contrasts.is_empty(), &format!("All {names} actors")))
            @if !others.is_empty() && !contrasts.is_empty() && !self.is_brief() {
                details {
                    summary { (count(others.len(), "actor")) " named without contrast" }
                    (self.namings(&others))
                }
            }
        }
    }

    fn namings(&self, namings: &[&Naming]) -> Markup {
        markup! {
            div.namings {
                @for naming in namings.iter().take(self.most(ACTORS)) {
                    div.naming {
                        p {
                            strong { bdi { (one_line(&naming.entity)) } } span.facts { " · " (naming.kind) }
                            @if naming.contrast { " " span.tag.contrast { "contrast" } }
                        }
                        @if self.is_crowded() { (self.wordings_of(naming)) } @else { (self.labels(naming)) }
                    }
                }
            }
        }
    }

    /// The wordings for an actor, each with the reports that use it.
    fn wordings_of(&self, naming: &Naming) -> Markup {
        let mut wordings: Vec<(String, usize, Vec<usize>)> = Vec::new();
        for label in &naming.labels {
            let words = line(self.comparison, label.quote);
            match wordings.iter_mut().find(|(known, ..)| *known == words) {
                Some((_, uses, reports)) => {
                    *uses += label.count;
                    reports.push(label.quote.report);
                }
                None => wordings.push((words, label.count, vec![label.quote.report])),
            }
        }
        wordings.sort_by_key(|(_, uses, reports)| std::cmp::Reverse((reports.len(), *uses)));
        let rest = wordings.len().saturating_sub(self.most(WORDINGS));
        markup! {
            ul {
                @for (words, uses, reports) in wordings.iter().take(self.most(WORDINGS)) {
                    li { span.said { (quoted(words, None)) } span.facts { " ×" (uses) } " " (self.some_badges(reports)) }
                }
            }
            (self.whole_of(Part::Names, rest > 0, &format!("and {}", count(rest, "other wording"))))
        }
    }

    fn labels(&self, naming: &Naming) -> Markup {
        let labels = |report: usize| naming.labels.iter().filter(move |label| label.quote.report == report);
        let reports = (0..self.comparison.reports.len()).filter(|&report| labels(report).next().is_some());
        markup! {
            dl {
                @for report in reports {
                    dt { (self.report_link(report)) }
                    dd {
                        @for (place, label) in labels(report).enumerate() {
                            @if place > 0 { ", " }
                            span.said { (self.quoted(label.quote)) }
                            @if label.count > 1 { span.facts { " ×" (label.count) } }
                        }
                    }
                }
            }
        }
    }
}
