//! What changed between two versions of one article.

use crate::article::BlockKind;
use crate::span::Span;
use crate::vocabulary::vocabulary;

/// The changes from an earlier version of an article to a later one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Revision {
    /// Where the texts differ, in text order. What lies between two changes is the same in both, but for white space.
    pub changes: Vec<Change>,
    /// What the outlet says it changed: notes of the later version that the earlier one does not have, in text order.
    pub notes: Vec<ChangeNote>,
    /// The titles, where they differ and neither text holds its own: earlier, later.
    pub titles: Option<[String; 2]>,
    /// Whether the changed words are too few to matter, by the settings.
    pub is_small: bool,
}

/// One place at which two versions differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In what.
    pub kind: ChangeKind,
    /// What block it stands in: that of the later version, or of the earlier where all of it went.
    pub block: BlockKind,
    /// The words of the earlier version; empty, at its place, where something was added.
    pub old: Span,
    /// The words of the later version; empty, at its place, where something was removed.
    pub new: Span,
    /// What the two come to, earlier and later: numbers, dates, names, sources; nothing for the other kinds.
    pub values: Option<[String; 2]>,
    /// A number, date, name or source that changed without a note of the outlet that speaks of it.
    pub is_silent: bool,
}

/// What an outlet says it changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeNote {
    /// What the outlet calls it.
    pub kind: NoteKind,
    /// Its words in the later version.
    pub span: Span,
}

vocabulary! {
    /// In what two versions differ at one place.
    ChangeKind {
        /// How many or how much.
        Number = "number",
        /// When.
        Date = "date",
        /// Who or where, by name.
        Name = "name",
        /// On whose word.
        Attribution = "attribution",
        /// A note of the outlet on its changes.
        Note = "note",
        /// Words that were not there before.
        Added = "added",
        /// Words that are there no more.
        Removed = "removed",
        /// Other words in place of some.
        Wording = "wording",
        /// Punctuation, quotation marks, capitals, misspellings.
        Trivial = "trivial",
    }
}

impl ChangeKind {
    /// Whether a change of this kind is one of fact, which a reader would want to be told of.
    pub fn is_of_fact(self) -> bool {
        matches!(self, ChangeKind::Number | ChangeKind::Date | ChangeKind::Name | ChangeKind::Attribution)
    }
}

vocabulary! {
    /// What an outlet calls a note on its changes.
    NoteKind {
        /// Something was wrong.
        Correction = "correction",
        /// Something could be misunderstood.
        Clarification = "clarification",
        /// Something was added.
        Update = "update",
        /// The article is withdrawn.
        Retraction = "retraction",
        /// A note of the editors that does not say.
        Editors = "editors_note",
    }
}

vocabulary! {
    /// What a revision comes to, the weightiest first.
    RevisionKind {
        /// A number, a date, a name or a source changed and no note speaks of it.
        Silent = "silent_change",
        /// The outlet says what it changed.
        Marked = "marked",
        /// Nothing but the headline changed.
        Headline = "headline_only",
        /// Words were added, removed or put in other words.
        Edited = "edited",
        /// Nothing a reader would remark on.
        Trivial = "trivial",
    }
}

impl Revision {
    /// The changes that are not trivial.
    pub fn real_changes(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.kind != ChangeKind::Trivial)
    }

    /// What it comes to.
    pub fn kind(&self) -> RevisionKind {
        let is_headline = |change: &Change| change.block == BlockKind::Headline;
        match () {
            () if self.changes.iter().any(|change| change.is_silent) => RevisionKind::Silent,
            () if !self.notes.is_empty() => RevisionKind::Marked,
            () if self.is_small || (self.titles.is_none() && self.real_changes().next().is_none()) => {
                RevisionKind::Trivial
            }
            () if self.real_changes().all(is_headline) => RevisionKind::Headline,
            () => RevisionKind::Edited,
        }
    }
}
