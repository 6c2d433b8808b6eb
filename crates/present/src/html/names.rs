//! Who is named how: the actors whose wordings part first.

use maud::{Markup, html as markup};
use twosource_model::Naming;

use super::story::Story;
use crate::words::{count, one_line};

impl Story<'_> {
    pub(super) fn names(&self) -> Markup {
        let (contrasts, others): (Vec<&Naming>, Vec<&Naming>) =
            self.comparison.names.iter().partition(|naming| naming.contrast);
        markup! {
            @if !contrasts.is_empty() { (self.namings(&contrasts)) }
            @if !others.is_empty() && contrasts.is_empty() { (self.namings(&others)) }
            @if !others.is_empty() && !contrasts.is_empty() {
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
                @for naming in namings {
                    div.naming {
                        p {
                            strong { bdi { (one_line(&naming.entity)) } } span.facts { " · " (naming.kind) }
                            @if naming.contrast { " " span.tag.contrast { "contrast" } }
                        }
                        (self.labels(naming))
                    }
                }
            }
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
