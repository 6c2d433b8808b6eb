//! One comparison on a page: its sections in their order, and the ids by which they lead to one another.

use maud::{Markup, html as markup};
use twosource_model::Comparison;

use super::site::Page;
use crate::notes::notes;
use crate::views;
use crate::words::{ids, marks};

/// One comparison on the page.
pub(super) struct Story<'c> {
    pub(super) comparison: &'c Comparison,
    /// From 1.
    pub(super) number: usize,
    /// Heading level of the verdict.
    pub(super) level: usize,
    /// The page it stands on, and so where its links lead.
    pub(super) page: Page<'c>,
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

    pub(super) fn text_id(&self, report: usize) -> String {
        self.id(&format!("text-{}", ids(self.comparison, &[report])))
    }

    pub(super) fn whole(&self) -> Markup {
        let sections = self.sections();
        markup! {
            article.story #(self.id("")) {
                (self.verdict())
                @if sections.len() > 2 {
                    nav.contents aria-label="Contents" {
                        ul { @for (id, title, _) in &sections { li { a href={ "#" (self.id(id)) } { (title) } } } }
                    }
                }
                @for (id, title, body) in &sections {
                    section #(self.id(id)) aria-labelledby=(self.id(&format!("{id}-title"))) {
                        (headline(self.level + 1, &self.id(&format!("{id}-title")), title))
                        (body)
                    }
                }
            }
        }
    }

    /// The sections that have something to say: id, title, body.
    fn sections(&self) -> Vec<(&'static str, String, Markup)> {
        let comparison = self.comparison;
        let (shared, suggested) = (views::confirmed(comparison), views::suggested(comparison));
        let alone = (0..comparison.reports.len()).map(|report| views::only_in(comparison, report).len()).sum::<usize>();
        let several = comparison.reports.len() > 1;
        let sections = [
            (true, "reports", "Reports".to_owned(), self.reports()),
            (!shared.is_empty(), "claims", "What they share".to_owned(), self.claims(&shared)),
            (
                !suggested.is_empty(),
                "suggested",
                "Suggested: this may only touch on the same topic".to_owned(),
                self.claims(&suggested),
            ),
            (!comparison.differences.is_empty(), "differences", "Where they differ".to_owned(), self.differences()),
            (self.has_provenance(), "provenance", "Whose word it is".to_owned(), self.provenance()),
            (!comparison.names.is_empty(), "names", "Who is named how".to_owned(), self.names()),
            (several && alone > 0, "only", "What only one says".to_owned(), self.only_in()),
            (!comparison.timeline.is_empty(), "timeline", "When".to_owned(), self.timeline()),
            (self.has_texts(), "texts", "The reports, side by side".to_owned(), self.texts()),
            (!notes(comparison).is_empty(), "notes", "To know".to_owned(), self.notes()),
        ];
        sections.into_iter().filter(|(there, ..)| *there).map(|(_, id, title, body)| (id, title, body)).collect()
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
