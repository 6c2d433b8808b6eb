//! Where reports differ: the sides of each difference beside one another.

use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use twosource_model::{Difference, Quote, Side, Span};

use super::extent::Part;
use super::story::{Story, quoted};
use crate::words::{count, difference_kind, line, marks, shown, value, words};

/// Differences on the page of a story; the strongest come first.
const DIFFERENCES: usize = 12;
/// Sides of a difference that it shows.
const SIDES: usize = 6;

impl Story<'_> {
    pub(super) fn differences(&self) -> Markup {
        let all = self.comparison.differences.len();
        markup! {
            ol.differences {
                @for (index, difference) in self.comparison.differences.iter().enumerate().take(self.most(DIFFERENCES)) {
                    li #(self.difference_id(index)) { (self.difference(difference)) }
                }
            }
            (self.whole_of(Part::Differences, all > DIFFERENCES, &format!("All {all} differences")))
        }
    }

    fn difference_id(&self, difference: usize) -> String {
        self.id(&format!("d{}", difference + 1))
    }

    /// Where a difference is.
    pub(super) fn difference_link(&self, difference: usize) -> String {
        self.place(Part::Differences, &self.difference_id(difference), difference < DIFFERENCES)
    }

    fn difference(&self, difference: &Difference) -> Markup {
        let rest = difference.sides.len().saturating_sub(self.most(SIDES));
        let sides = if rest > 0 { telling(&difference.sides) } else { difference.sides.iter().collect() };
        markup! {
            p.facts {
                span.tag.(difference.strength) { (difference.strength) } " · " strong { (difference_kind(difference.kind)) }
                " · " a href=(self.claim_link(difference.claim)) { "claim " (difference.claim + 1) }
                @if difference.superseded { " · superseded: the later report updates the earlier" }
            }
            div.sides {
                @for side in sides.iter().take(self.most(SIDES)) {
                    div.side {
                        p.facts { (self.report_link(side.quote.report)) }
                        p.said { (self.side(difference.claim, side.quote)) }
                        @if !side.value.trim().is_empty() { p.whose { "= " bdi { (value(difference.kind, &side.value)) } } }
                    }
                }
            }
            (self.whole_of(Part::Differences, rest > 0, &format!("and {}", count(rest, "more side"))))
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

/// The sides in an order in which each value comes before any comes again.
fn telling(sides: &[Side]) -> Vec<&Side> {
    let mut known = BTreeSet::new();
    let (first, again): (Vec<&Side>, Vec<&Side>) = sides.iter().partition(|side| known.insert(side.value.as_str()));
    [first, again].concat()
}
