//! A comparison on the pages of a server: the story on one, any two of its reports side by side on another.
//!
//! The parts are those of the page in a file; only links lead elsewhere. Every passage is an anchor of a page for two
//! reports, so that a page with many reports stays light.

use maud::{Markup, html as markup};
use twosource_model::Comparison;

use super::extent::Part;
use super::footer;
use super::story::{Story, headline};
use crate::verdict::verdict;
use crate::views;
use crate::words::{called, count, heading};

/// Where the pages of a story are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The page of the comparison: "/story/5". Two of its reports are under "/side?a=…&b=…" below it.
    pub story: String,
    /// What the address calls each report, in their order: the numbers of their articles.
    pub articles: Vec<u64>,
    /// What stands before the number in the address of an article: "/article/"; `None` where articles have no page.
    pub article: Option<String>,
}

impl Links {
    /// The page of two reports side by side, or of one where it has no other.
    fn side(&self, one: usize, other: usize) -> String {
        let number = |report: usize| self.articles.get(report).copied().unwrap_or_default();
        let other = if one == other { String::new() } else { format!("&b={}", number(other)) };
        format!("{}/side?a={}{other}", self.story, number(one))
    }
}

/// The page a comparison stands on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Page<'l> {
    /// In a file of its own: every link stays on the page.
    File,
    /// On the page of a story.
    Site(&'l Links),
    /// On the page of one of its sections.
    Part(&'l Links, Part),
    /// On the page of two of its reports.
    Side(&'l Links, [usize; 2]),
}

/// The comparison of a story, without what is around it on its page.
pub fn story_page(comparison: &Comparison, links: &Links) -> Markup {
    let story = Story::new(comparison, Page::Site(links));
    markup! { main #content { (story.whole()) } (footer()) }
}

/// A section of the comparison as a whole; `None` where it has nothing to say.
pub fn part_page(comparison: &Comparison, links: &Links, part: Part) -> Option<Markup> {
    let story = Story::new(comparison, Page::Part(links, part));
    let wanted = |id: &str| id == part.as_str() || id == "suggested" && part == Part::Claims;
    let sections = story.sections(&wanted);
    (!sections.is_empty()).then(|| {
        markup! {
            main #content {
                h1.kicker { a href=(links.story) { (verdict(comparison).headline()) } }
                @for section in &sections { (story.section(section)) }
            }
            (footer())
        }
    })
}

/// Two reports of a story side by side (by their indices), without what is around them on their page. A number beside a
/// highlight leads to what the other report says of it, or to the claim where it says nothing.
pub fn side_page(comparison: &Comparison, links: &Links, pair: [usize; 2]) -> Markup {
    let story = Story::new(comparison, Page::Side(links, pair));
    let reports = if pair[0] == pair[1] { &pair[..1] } else { &pair[..] };
    let named = |report: &usize| comparison.reports.get(*report).map_or_else(String::new, called);
    let title = reports.iter().map(named).collect::<Vec<_>>().join(" and ");
    markup! {
        main.pair #content {
            p.kicker { a href=(links.story) { (verdict(comparison).headline()) } }
            (headline(1, "title", &title))
            p.explanation { (story.in_common(pair)) }
            (story.choice(links, pair))
            (story.texts_of(reports))
        }
    }
}

impl Story<'_> {
    /// Where the text of a report is.
    pub(super) fn text_link(&self, report: usize) -> String {
        match self.page {
            Page::Site(links) | Page::Part(links, _) => links.side(report, self.beside(report)),
            Page::File | Page::Side(..) => format!("#{}", self.text_id(report)),
        }
    }

    /// Where a report's letter leads: to its text, or to its entry in the list of reports where texts are elsewhere.
    pub(super) fn badge_link(&self, report: usize) -> String {
        match self.page {
            Page::File | Page::Side(..) => self.text_link(report),
            Page::Site(_) => format!("#{}", self.report_id(report)),
            Page::Part(links, _) => format!("{}#{}", links.story, self.report_id(report)),
        }
    }

    /// Where the list of reports is.
    pub(super) fn reports_link(&self) -> String {
        match self.page {
            Page::File | Page::Site(_) => format!("#{}", self.id("reports")),
            Page::Part(links, _) | Page::Side(links, _) => format!("{}#{}", links.story, self.id("reports")),
        }
    }

    /// The page of a report's article.
    pub(super) fn article_link(&self, report: usize) -> Option<String> {
        let (Page::Site(links) | Page::Part(links, _)) = self.page else { return None };
        Some(format!("{}{}", links.article.as_ref()?, links.articles.get(report)?))
    }

    /// Where the passage of a statement is: beside another report that makes the claim, if there is one.
    pub(super) fn passage_link(&self, claim: usize, statement: usize) -> String {
        let passage = self.passage_id(claim, statement);
        let (Page::Site(links) | Page::Part(links, _)) = self.page else { return format!("#{passage}") };
        let statements = self.comparison.claims.get(claim).map_or(&[][..], |claim| &claim.statements[..]);
        let report = statements.get(statement).map_or(0, |statement| statement.quote.report);
        let mut others = statements.iter().map(|statement| statement.quote.report).filter(|&other| other != report);
        format!("{}#{passage}", links.side(report, others.next().unwrap_or_else(|| self.beside(report))))
    }

    /// Where the number beside a highlight leads: to what the other report of the page says, else to the claim.
    pub(super) fn beside_link(&self, claim: usize, statement: usize) -> String {
        let Page::Side(_, pair) = self.page else { return self.claim_link(claim) };
        let statements = self.comparison.claims.get(claim).map_or(&[][..], |claim| &claim.statements[..]);
        let report = statements.get(statement).map_or(0, |statement| statement.quote.report);
        let other = if pair[0] == report { pair[1] } else { pair[0] };
        let beside = statements.iter().position(|statement| statement.quote.report == other && other != report);
        beside.map_or_else(|| self.claim_link(claim), |beside| format!("#{}", self.passage_id(claim, beside)))
    }

    /// Whether both reports of a page for two make a claim; elsewhere every claim is everybody's.
    pub(super) fn is_between(&self, claim: usize) -> bool {
        let Page::Side(_, [one, other]) = self.page else { return true };
        let making = self.comparison.claims.get(claim).map_or_else(Vec::new, views::making);
        one == other || making.contains(&one) && making.contains(&other)
    }

    /// The report that stands beside another where nothing says which.
    fn beside(&self, report: usize) -> usize {
        let first = usize::from(report == 0);
        if first < self.comparison.reports.len() { first } else { report }
    }

    /// Which two reports to lay side by side.
    pub(super) fn choice(&self, links: &Links, pair: [usize; 2]) -> Markup {
        if self.comparison.reports.len() < 2 {
            return markup! {};
        }
        markup! {
            form.choice action={ (links.story) "/side" } {
                @for (name, label, chosen) in [("a", "Report", pair[0]), ("b", "Beside", pair[1])] {
                    label { (label) " "
                        select name=(name) {
                            @for (at, report) in self.comparison.reports.iter().enumerate() {
                                option value=[links.articles.get(at)] selected[at == chosen] {
                                    (report.id) " · " (called(report)) " · " (heading(report, 48))
                                }
                            }
                        }
                    }
                }
                button { "Lay side by side" }
            }
        }
    }

    /// What two reports have in common and where they part, in words.
    fn in_common(&self, pair: [usize; 2]) -> String {
        let makes = |reports: &[usize]| pair.iter().all(|report| reports.contains(report));
        let claims = views::confirmed(self.comparison);
        let shared = claims.iter().filter(|(_, claim)| makes(&views::making(claim))).count();
        let sides = |difference: &&twosource_model::Difference| {
            makes(&difference.sides.iter().map(|side| side.quote.report).collect::<Vec<_>>())
        };
        let differences = self.comparison.differences.iter().filter(sides).count();
        match pair[0] == pair[1] {
            true => "One report of the story.".to_owned(),
            false => {
                format!("{} in common, {} between them.", count(shared, "claim"), count(differences, "difference"))
            }
        }
    }
}
