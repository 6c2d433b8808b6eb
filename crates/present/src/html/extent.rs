//! How much of a story its page on a server shows: what a reader wants first. Sections that are cut end with a link to a
//! page of their own, which holds the whole of them; a page in a file is always whole.

use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use twosource_model::Comparison;

use super::site::Page;
use super::story::Story;
use crate::views;

/// Claims on the page of a story.
const CLAIMS: usize = 24;
/// Suggested claims on it.
const SUGGESTED: usize = 4;

/// A section that has a page of its own, and the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The claims that reports share.
    Claims,
    /// Where they differ.
    Differences,
    /// Whose word it is.
    Provenance,
    /// Who is named how.
    Names,
    /// What only one says.
    Only,
    /// What is dated.
    Timeline,
}

impl Part {
    /// All of them, in the order of the page.
    pub const ALL: [Part; 6] =
        [Part::Claims, Part::Differences, Part::Provenance, Part::Names, Part::Only, Part::Timeline];

    /// The last part of its address, and its id on the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Part::Claims => "claims",
            Part::Differences => "differences",
            Part::Provenance => "provenance",
            Part::Names => "names",
            Part::Only => "only",
            Part::Timeline => "timeline",
        }
    }

    /// The section of an address.
    pub fn parse(name: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.as_str() == name)
    }
}

/// The shared claims that the page of a story shows: the lead, what reports differ on, what most of them make.
pub(super) fn foremost(comparison: &Comparison) -> BTreeSet<usize> {
    let lead = comparison.lead.as_ref().map(|lead| lead.claim);
    let disputed: BTreeSet<usize> = comparison.differences.iter().map(|difference| difference.claim).collect();
    let mut claims = views::confirmed(comparison);
    claims.sort_by_key(|(index, claim)| {
        let making = views::making(claim).len();
        (Some(*index) != lead, !disputed.contains(index), std::cmp::Reverse(making), *index)
    });
    claims.truncate(CLAIMS);
    claims.into_iter().chain(views::suggested(comparison).into_iter().take(SUGGESTED)).map(|(index, _)| index).collect()
}

impl Story<'_> {
    /// So many on the page of a story, all of them elsewhere.
    pub(super) fn most(&self, brief: usize) -> usize {
        if self.is_brief() { brief } else { usize::MAX }
    }

    /// Whether this is the page of a story, which leaves to other pages what few want.
    pub(super) fn is_brief(&self) -> bool {
        matches!(self.page, Page::Site(_))
    }

    /// Where a part of a section is: on this page, or on the one that holds it. `in_brief` says whether the page of the
    /// story has it.
    pub(super) fn place(&self, part: Part, id: &str, in_brief: bool) -> String {
        let of_its_own = |story: &str| format!("{story}/{}#{id}", part.as_str());
        match self.page {
            Page::File => format!("#{id}"),
            Page::Site(links) if !in_brief => of_its_own(&links.story),
            Page::Site(_) => format!("#{id}"),
            Page::Part(_, own) if own == part => format!("#{id}"),
            Page::Part(links, _) | Page::Side(links, _) if in_brief => format!("{}#{id}", links.story),
            Page::Part(links, _) | Page::Side(links, _) => of_its_own(&links.story),
        }
    }

    /// Where a shared claim is.
    pub(super) fn claim_link(&self, claim: usize) -> String {
        self.place(Part::Claims, &self.claim_id(claim), self.foremost.contains(&claim))
    }

    /// The way to a section as a whole, where the page of the story leaves something of it out.
    pub(super) fn whole_of(&self, part: Part, is_cut: bool, words: &str) -> Markup {
        let Page::Site(links) = self.page else { return markup! {} };
        markup! {
            @if is_cut { p.more { a href={ (links.story) "/" (part.as_str()) } { (words) } } }
        }
    }
}
