//! What a page begins with: the verdict, the lead claim and the figures.

use maud::{Markup, html as markup};

use super::story::{Story, headline, quoted};
use crate::verdict::{Finding, verdict};
use crate::views;
use crate::words::{count, line};

/// Origins that the verdict names before it refers to their section.
const NAMED: usize = 6;

impl Story<'_> {
    pub(super) fn verdict(&self) -> Markup {
        let verdict = verdict(self.comparison);
        let title = self.id("verdict");
        markup! {
            header.verdict.alone[verdict.finding == Finding::Origins(1)] {
                @if let Some((first, last)) = views::days(self.comparison) {
                    p.kicker { time datetime=(first) { (first) } @if first != last { " to " time datetime=(last) { (last) } } }
                }
                (headline(self.level, &title, &format!("{}, {}", count(verdict.reports, "report"), verdict.answer())))
                @if !verdict.origins.is_empty() {
                    ul.deck {
                        @for origin in verdict.origins.iter().take(NAMED) { li { bdi { (origin) } } }
                        @if verdict.origins.len() > NAMED {
                            li { a href={ "#" (self.id("provenance")) } { "and " (verdict.origins.len() - NAMED) " more" } }
                        }
                    }
                }
                p.explanation { (verdict.explanation()) }
                (self.lead())
                (self.figures())
            }
        }
    }

    fn lead(&self) -> Markup {
        let lead = self.comparison.lead.as_ref();
        let claim = lead.and_then(|lead| Some((lead.claim, self.comparison.claims.get(lead.claim)?)));
        let Some((index, clearest)) = claim.and_then(|(index, claim)| Some((index, views::clearest(claim)?))) else {
            return markup! {};
        };
        markup! {
            figure.lead {
                blockquote { p { (quoted(&line(self.comparison, clearest.quote), Some(&self.claim_link(index)))) } }
                figcaption { "The lead claim, as " (self.report_link(clearest.quote.report)) " has it" }
            }
        }
    }

    fn figures(&self) -> Markup {
        let shared = views::confirmed(self.comparison).len();
        markup! {
            @if shared > 0 {
                p.figures {
                    a href={ "#" (self.id("claims")) } { (count(shared, "shared claim")) }
                    @for differences in views::difference_counts(self.comparison) {
                        " · " a href={ "#" (self.id("differences")) } { (differences) }
                    }
                }
            }
        }
    }
}
