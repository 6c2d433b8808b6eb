//! Where reports differ: the sides of each difference beside one another.

use maud::{Markup, html as markup};
use twosource_model::{Difference, Quote, Span};

use super::story::{Story, quoted};
use crate::words::{difference_kind, line, marks, shown, value, words};

impl Story<'_> {
    pub(super) fn differences(&self) -> Markup {
        markup! {
            ol.differences {
                @for (index, difference) in self.comparison.differences.iter().enumerate() {
                    li #(self.id(&format!("d{}", index + 1))) { (self.difference(difference)) }
                }
            }
        }
    }

    fn difference(&self, difference: &Difference) -> Markup {
        markup! {
            p.facts {
                span.tag.(difference.strength) { (difference.strength) } " · " strong { (difference_kind(difference.kind)) }
                " · " a href={ "#" (self.claim_id(difference.claim)) } { "claim " (difference.claim + 1) }
                @if difference.superseded { " · superseded: the later report updates the earlier" }
            }
            div.sides {
                @for side in &difference.sides {
                    div.side {
                        p.facts { (self.report_link(side.quote.report)) }
                        p.said { (self.side(difference.claim, side.quote)) }
                        @if !side.value.trim().is_empty() { p.whose { "= " bdi { (value(difference.kind, &side.value)) } } }
                    }
                }
            }
        }
    }

    pub(super) fn quoted(&self, quote: Quote) -> Markup {
        quoted(&line(self.comparison, quote), None)
    }

    /// The words of a side within the statement they are taken from, linked to its passage.
    fn side(&self, claim: usize, side: Quote) -> Markup {
        let statements = self.comparison.claims.get(claim).map_or(&[][..], |claim| &claim.statements[..]);
        let holds = |quote: Quote| quote.report == side.report && quote.span.contains(side.span);
        let Some(number) = statements.iter().position(|statement| holds(statement.quote)) else {
            return self.quoted(side);
        };
        let whole = statements[number].quote.span;
        let part = |start, end| words(self.comparison, Quote { report: side.report, span: Span { start, end } });
        let (before, after) = (part(whole.start, side.span.start), part(side.span.end, whole.end));
        if before.trim().is_empty() && after.trim().is_empty() {
            return quoted(&line(self.comparison, side), Some(&self.passage_link(claim, number)));
        }
        let (open, close) = marks(words(self.comparison, statements[number].quote).trim());
        markup! {
            (open)
            a href=(self.passage_link(claim, number)) {
                bdi { (shown(before)) strong { (shown(words(self.comparison, side))) } (shown(after)) }
            }
            (close)
        }
    }
}
