//! What reports share: a table of claims by report, or cards where the reports are too many for columns.

use maud::{Markup, html as markup};
use twosource_model::Claim;

use super::extent::Part;
use super::story::{Story, quoted};
use crate::views::{self, Wording};
use crate::words::{called, count, line, percent, whose};

/// Reports up to this number are columns of tables; more are listed under one another.
const COLUMNS: usize = 6;
/// Wordings of a claim that the page of a story shows.
const WORDINGS: usize = 3;
/// Statements of one report on one claim that it shows.
const STATEMENTS: usize = 2;
/// Reports that it names behind a wording.
const BADGES: usize = 8;

impl Story<'_> {
    /// Some of the shared claims, those of them that belong on this page.
    pub(super) fn claims(&self, claims: &[(usize, &Claim)]) -> Markup {
        let here: Vec<(usize, &Claim)> =
            claims.iter().copied().filter(|(index, _)| !self.is_brief() || self.foremost.contains(index)).collect();
        markup! {
            @if self.is_crowded() { (self.claim_list(&here)) } @else { (self.claim_table(&here)) }
            (self.whole_of(Part::Claims, here.len() < claims.len(), &format!("All {} claims", claims.len())))
        }
    }

    /// Whether the reports are too many for columns.
    pub(super) fn is_crowded(&self) -> bool {
        self.comparison.reports.len() > COLUMNS
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
                    td class=[(!said).then_some("silent")] role="cell" data-report={ (about.id) " · " (called(about)) } {
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
                        (self.wordings(index, claim))
                    }
                }
            }
        }
    }

    /// The wordings of a claim, in brief the clearest and those that most reports share.
    fn wordings(&self, index: usize, claim: &Claim) -> Markup {
        let mut wordings = views::wordings(self.comparison, claim);
        if self.is_brief() {
            let is_clearest =
                |wording: &Wording| wording.places.iter().any(|&(statement, _)| statement == claim.clearest);
            wordings.sort_by_key(|wording| (!is_clearest(wording), std::cmp::Reverse(wording.places.len())));
        }
        let rest = wordings.len().saturating_sub(self.most(WORDINGS));
        markup! {
            ul { @for wording in wordings.iter().take(self.most(WORDINGS)) { li { (self.wording(index, wording)) } } }
            @if rest > 0 { p.facts { (self.elsewhere(index, &format!("and {}", count(rest, "other wording")))) } }
        }
    }

    /// The way to the whole of a claim.
    fn elsewhere(&self, claim: usize, words: &str) -> Markup {
        markup! { a href=(self.place(Part::Claims, &self.claim_id(claim), false)) { (words) } }
    }

    /// A wording and all the reports it stands in, each linked to its passage.
    fn wording(&self, claim: usize, wording: &Wording) -> Markup {
        markup! {
            p.said { (quoted(&wording.words, None)) }
            p.whose {
                @if let Some(whose) = &wording.whose { "— " bdi { (whose) } " " }
                @for &(statement, report) in wording.places.iter().take(self.most(BADGES)) {
                    (self.letter(report, &self.passage_link(claim, statement))) " "
                }
                @if wording.places.len() > self.most(BADGES) {
                    (self.elsewhere(claim, &format!("and {} more", wording.places.len() - BADGES)))
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
                " " a.tag.(difference.strength) href=(self.difference_link(number)) { (difference.strength) }
            }
        }
    }

    /// One report's wordings of a claim, each linked to its passage.
    pub(super) fn statements(&self, index: usize, claim: &Claim, report: usize) -> Markup {
        let statements = claim.statements.iter().enumerate();
        let statements: Vec<_> = statements.filter(|(_, statement)| statement.quote.report == report).collect();
        let rest = statements.len().saturating_sub(self.most(STATEMENTS));
        markup! {
            @for &(number, statement) in statements.iter().take(self.most(STATEMENTS)) {
                p.said {
                    (quoted(&line(self.comparison, statement.quote), Some(&self.passage_link(index, number))))
                }
                @if let Some(attribution) = statement.attribution {
                    p.whose { "— " bdi { (whose(self.comparison, attribution)) } }
                }
            }
            @if rest > 0 && claim.is_shared() { p.facts { (self.elsewhere(index, &format!("and {rest} more"))) } }
        }
    }
}
