//! One comparison on a page: its sections in their order, and the ids by which they lead to one another.

use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use twosource_model::Comparison;

use super::extent::foremost;
use super::site::Page;
use crate::notes::notes;
use crate::views;
use crate::words::{ids, marks};

/// A section of a page: id, title, body.
pub(super) type Section = (String, String, Markup);

/// One comparison on the page.
pub(super) struct Story<'c> {
    pub(super) comparison: &'c Comparison,
    /// From 1.
    pub(super) number: usize,
    /// Heading level of the verdict.
    pub(super) level: usize,
    /// The page it stands on, and so where its links lead.
    pub(super) page: Page<'c>,
    /// The shared claims that the page of a story shows.
    pub(super) foremost: BTreeSet<usize>,
}

impl<'c> Story<'c> {
    /// A comparison that has its page for itself.
    pub(super) fn new(comparison: &'c Comparison, page: Page<'c>) -> Self {
        Story { comparison, number: 1, level: 1, page, foremost: foremost(comparison) }
    }
}

impl Story<'_> {
    /// An id on the page for a part of this story.
    pub(super) fn id(&self, part: &str) -> String {
        format!("s{}{}{part}", self.number, if part.is_empty() { "" } else { "-" })
    }

    pub(super) fn claim_id(&self, claim: usize) -> String {
        self.id(&format!("c{}", claim + 1))
    }

    /// The id of a statement's passage in its report.
    pub(super) fn passage_id(&self, claim: usize, statement: usize) -> String {
        self.id(&format!("c{}-{}", claim + 1, statement + 1))
    }

    /// The id of a report in the list of reports.
    pub(super) fn report_id(&self, report: usize) -> String {
        self.id(&format!("r-{}", ids(self.comparison, &[report])))
    }

    pub(super) fn text_id(&self, report: usize) -> String {
        self.id(&format!("text-{}", ids(self.comparison, &[report])))
    }

    pub(super) fn whole(&self) -> Markup {
        let sections = self.sections(&|_| true);
        markup! {
            article.story #(self.id("")) {
                (self.verdict())
                @if sections.len() > 2 {
                    nav.contents aria-label="Contents" {
                        ul { @for (id, title, _) in &sections { li { a href={ "#" (self.id(id)) } { (title) } } } }
                    }
                }
                @for section in &sections { (self.section(section)) }
            }
        }
    }

    pub(super) fn section(&self, (id, title, body): &Section) -> Markup {
        markup! {
            section #(self.id(id)) aria-labelledby=(self.id(&format!("{id}-title"))) {
                (headline(self.level + 1, &self.id(&format!("{id}-title")), title))
                (body)
            }
        }
    }

    /// The wanted sections that have something to say.
    pub(super) fn sections(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Section> {
        let comparison = self.comparison;
        let (shared, suggested) = (views::confirmed(comparison), views::suggested(comparison));
        let alone = (0..comparison.reports.len()).map(|report| views::only_in(comparison, report).len()).sum::<usize>();
        let several = comparison.reports.len() > 1;
        // Each is made only where it is wanted.
        let sections: [(bool, &str, &str, &dyn Fn() -> Markup); 10] = [
            (true, "reports", "Reports", &|| self.reports()),
            (!shared.is_empty(), "claims", "What they share", &|| self.claims(&shared)),
            (!suggested.is_empty(), "suggested", "Suggested: this may only touch on the same topic", &|| {
                self.claims(&suggested)
            }),
            (!comparison.differences.is_empty(), "differences", "Where they differ", &|| self.differences()),
            (self.has_provenance(), "provenance", "Whose word it is", &|| self.provenance()),
            (!comparison.names.is_empty(), "names", "Who is named how", &|| self.names()),
            (several && alone > 0, "only", "What only one says", &|| self.only_in()),
            (!comparison.timeline.is_empty(), "timeline", "When", &|| self.timeline()),
            (self.has_texts(), "texts", "The reports, side by side", &|| self.texts()),
            (!notes(comparison).is_empty(), "notes", "To know", &|| self.notes()),
        ];
        let there = sections.into_iter().filter(|(there, id, ..)| *there && wanted(id));
        there.map(|(_, id, title, body)| (id.to_owned(), title.to_owned(), body())).collect()
    }
}

/// Words in quotation marks, with a link where there is something to lead to.
pub(super) fn quoted(words: &str, target: Option<&str>) -> Markup {
    let (open, close) = marks(words);
    markup! {
        (open)
        @if let Some(target) = target { a href=(target) { bdi { (words) } } } @else { bdi { (words) } }
        (close)
    }
}

/// A heading of a level from 1 to 4; an empty id is left out.
pub(super) fn headline(level: usize, id: &str, title: &str) -> Markup {
    let id = (!id.is_empty()).then_some(id);
    match level {
        1 => markup! { h1 id=[id] { (title) } },
        2 => markup! { h2 id=[id] { (title) } },
        3 => markup! { h3 id=[id] { (title) } },
        _ => markup! { h4 id=[id] { (title) } },
    }
}
