//! What reports share: a table of claims by report, or cards where the reports are too many for columns.

use maud::{Markup, html as markup};
use twosource_model::Claim;

use super::story::{Story, quoted};
use crate::views::{self, Wording};
use crate::words::{called, count, ids, line, percent, whose};

/// Reports up to this number are columns of tables; more are listed under one another.
const COLUMNS: usize = 6;

impl Story<'_> {
    pub(super) fn claims(&self, claims: &[(usize, &Claim)]) -> Markup {
        if self.comparison.reports.len() > COLUMNS { self.claim_list(claims) } else { self.claim_table(claims) }
    }

    fn claim_table(&self, claims: &[(usize, &Claim)]) -> Markup {
        markup! {
            div.scroll role="region" aria-label="Claims by report" tabindex="0" {
                table.claims role="table" {
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { "Claim" }
                            @for report in 0..self.comparison.reports.len() {
                                th scope="col" role="columnheader" { (self.report_link(report)) }
                            }
                        }
                    }
                    tbody role="rowgroup" { @for &(index, claim) in claims { (self.claim_row(index, claim)) } }
                }
            }
        }
    }

    fn claim_row(&self, index: usize, claim: &Claim) -> Markup {
        markup! {
            tr #(self.claim_id(index)) role="row" {
                th scope="row" role="rowheader" { (self.claim_facts(index, claim)) }
                @for (report, about) in self.comparison.reports.iter().enumerate() {
                    @let said = claim.statements.iter().any(|statement| statement.quote.report == report);
                    td role="cell" data-report={ (about.id) " · " (called(about)) } .silent[!said] {
                        @if said { (self.statements(index, claim, report)) }
                        @else if about.article.complete { span { "not said" } }
                        @else { span { "not in the part we hold" } }
                    }
                }
            }
        }
    }

    fn claim_list(&self, claims: &[(usize, &Claim)]) -> Markup {
        markup! {
            ol.cards {
                @for &(index, claim) in claims {
                    li #(self.claim_id(index)) {
                        div.card-facts { (self.claim_facts(index, claim)) }
                        ul { @for wording in views::wordings(self.comparison, claim) { li { (self.wording(index, &wording)) } } }
                    }
                }
            }
        }
    }

    /// A wording and all the reports it stands in, each linked to its passage.
    fn wording(&self, claim: usize, wording: &Wording) -> Markup {
        markup! {
            p.said { (quoted(&wording.words, None)) }
            p.whose {
                @if let Some(whose) = &wording.whose { "— " bdi { (whose) } " " }
                @for &(statement, report) in &wording.places {
                    @let name = self.comparison.reports.get(report).map_or_else(String::new, called);
                    a.badge href=(self.passage_link(claim, statement)) title=(name) { (ids(self.comparison, &[report])) } " "
                }
            }
        }
    }

    fn claim_facts(&self, index: usize, claim: &Claim) -> Markup {
        let lead = self.comparison.lead.as_ref().is_some_and(|lead| lead.claim == index);
        let differences = self.comparison.differences.iter().enumerate();
        markup! {
            span.number { (index + 1) }
            span.facts {
                @if lead { strong { "lead claim" } " · " }
                (count(views::making(claim).len(), "report"))
                @if claim.independent_origins > 0 { " · " (count(claim.independent_origins, "independent origin")) }
                @if claim.confidence < 0.995 { " · alike " (percent(claim.confidence)) }
            }
            @for (number, difference) in differences.filter(|(_, difference)| difference.claim == index) {
                " " a.tag.(difference.strength) href={ "#" (self.id(&format!("d{}", number + 1))) } { (difference.strength) }
            }
        }
    }

    /// One report's wordings of a claim, each linked to its passage.
    pub(super) fn statements(&self, index: usize, claim: &Claim, report: usize) -> Markup {
        let statements = claim.statements.iter().enumerate();
        markup! {
            @for (number, statement) in statements.filter(|(_, statement)| statement.quote.report == report) {
                p.said {
                    (quoted(&line(self.comparison, statement.quote), Some(&self.passage_link(index, number))))
                }
                @if let Some(attribution) = statement.attribution {
                    p.whose { "— " bdi { (whose(self.comparison, attribution)) } }
                }
            }
        }
    }
}
