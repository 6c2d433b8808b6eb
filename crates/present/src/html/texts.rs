//! The reports' texts beside one another, and what to know of them.

use maud::{Markup, html as markup};

use super::passages;
use super::site::Page;
use super::story::Story;
use crate::notes::notes;
use crate::words::{called, language_tag, one_line};

impl Story<'_> {
    pub(super) fn has_texts(&self) -> bool {
        match self.page {
            Page::File | Page::Side(..) | Page::Part(..) => !self.comparison.reports.is_empty(),
            Page::Site(_) => self.comparison.reports.len() > 1,
        }
    }

    /// The texts; where they have a page of their own, the choice of two of them.
    pub(super) fn texts(&self) -> Markup {
        match self.page {
            Page::Site(links) | Page::Part(links, _) => self.choice(links, [0, 1]),
            Page::Side(_, pair) => self.texts_of(&pair),
            Page::File => self.texts_of(&(0..self.comparison.reports.len()).collect::<Vec<_>>()),
        }
    }

    pub(super) fn texts_of(&self, reports: &[usize]) -> Markup {
        let shown = reports.iter().filter_map(|&at| Some((at, self.comparison.reports.get(at)?)));
        markup! {
            p.facts {
                @if reports.len() == 2 && matches!(self.page, Page::Side(..)) {
                    mark { "Highlighted" } ": what both say, with the number of the claim. "
                    mark.elsewhere { "Dotted" } ": what only other reports of the story say too. "
                } @else { "Highlighted: what at least two reports say, with the number of the claim. " }
                span.differs { "Underlined" } ": where they differ."
            }
            div.texts role="region" aria-label="The reports side by side" tabindex="0" {
                @for (index, report) in shown {
                    article.text #(self.text_id(index)) lang=[language_tag(&report.article)] {
                        header {
                            p { span.badge { (report.id) } " " strong { bdi { (called(report)) } } }
                            @if let Some(published) = &report.article.published { p.facts { (published.day()) } }
                        }
                        (passages::passages(self, index))
                    }
                }
            }
        }
    }

    pub(super) fn notes(&self) -> Markup {
        markup! {
            ul.notes {
                @for (report, message) in notes(self.comparison) {
                    li { @if let Some(report) = report { (self.badge(report)) " " } bdi { (one_line(message)) } }
                }
            }
        }
    }
}
