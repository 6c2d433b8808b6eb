//! The reports of a story, and the letters by which the other parts of the page name them.

use maud::{Markup, html as markup};
use twosource_model::Report;

use super::story::Story;
use crate::words::{called, heading, ids, one_line};

/// Letters in a row on the page of a story.
pub(super) const BADGES: usize = 8;

impl Story<'_> {
    pub(super) fn reports(&self) -> Markup {
        markup! {
            ol.reports.many[self.is_crowded()] {
                @for (index, report) in self.comparison.reports.iter().enumerate() {
                    li #(self.report_id(index)) { (self.text_badge(index)) div { (self.about(index, report)) } }
                }
            }
        }
    }

    fn about(&self, index: usize, report: &Report) -> Markup {
        let article = &report.article;
        markup! {
            p {
                strong { bdi { (called(report)) } } " · "
                @if let Some(page) = self.article_link(index) { a href=(page) { bdi { (heading(report, 120)) } } }
                @else { bdi { (heading(report, 120)) } }
            }
            p.facts {
                @if let Some(published) = &article.published { "published " time datetime=(published.as_str()) { (published.day()) } }
                @if let Some(modified) = &article.modified { " · changed " time datetime=(modified.as_str()) { (modified.day()) } }
                @if let Some(agency) = &article.agency { " · agency: " bdi { (one_line(agency)) } }
                @if !article.authors.is_empty() { " · by " bdi { (one_line(&article.authors.join(", "))) } }
                @if !article.complete { " · " strong { "only part of the text is held" } }
            }
        }
    }

    /// The report's letter, linked to its text.
    fn text_badge(&self, report: usize) -> Markup {
        self.letter(report, &self.text_link(report))
    }

    /// The report's letter, linked to what it stands for.
    pub(super) fn badge(&self, report: usize) -> Markup {
        self.letter(report, &self.badge_link(report))
    }

    /// The report's letter with a link.
    pub(super) fn letter(&self, report: usize, link: &str) -> Markup {
        let name = self.comparison.reports.get(report).map_or_else(String::new, called);
        markup! { a.badge href=(link) title=(name) { (ids(self.comparison, &[report])) } }
    }

    pub(super) fn badges(&self, reports: &[usize]) -> Markup {
        markup! { span.badges { @for &report in reports { (self.badge(report)) " " } } }
    }

    /// The letters of reports, of many the first ones on the page of a story.
    pub(super) fn some_badges(&self, reports: &[usize]) -> Markup {
        let here = &reports[..reports.len().min(self.most(BADGES))];
        markup! {
            (self.badges(here))
            @if here.len() < reports.len() { span.facts { "and " (reports.len() - here.len()) " more" } }
        }
    }

    pub(super) fn report_link(&self, report: usize) -> Markup {
        let name = self.comparison.reports.get(report).map_or_else(String::new, called);
        markup! { (self.badge(report)) " " bdi { (name) } }
    }
}
