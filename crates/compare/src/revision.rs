//! Two versions of one article: what changed, word by word, and of what kind it is.
//!
//! [`revision`] is a pure function of the two annotated versions. Their words are aligned ([`words`]), every place where
//! they differ becomes a [`Change`] with its words in both, [`kinds`] says in what they differ, and [`notes`] finds what
//! the outlet itself says it changed. A number, a date, a name or a source that changes without such a note is silent.
//!
//! Which mistake we would rather make: a rewritten sentence is "wording" even where a number in it changed too, since no
//! word of the one stands for one of the other; and a note that speaks of none of the changes covers all of them.

mod kinds;
mod notes;
mod words;

use std::ops::Range;

use twosource_model::{Annotated, BlockKind, Change, ChangeKind, ChangeNote, Meaning, Revision, Span};

use words::{Region, Words, regions};

/// When a change is too small to matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// A misspelling is put right by so many letters at most.
    pub typo_letters: usize,
    /// A revision in which fewer words than these were added, removed or replaced is trivial, unless it changes a fact
    /// or carries a note.
    pub least_words: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { typo_letters: 2, least_words: 1 }
    }
}

/// One version while it is compared.
struct Version<'a> {
    article: &'a Annotated,
    words: Words<'a>,
    notes: Vec<ChangeNote>,
}

impl<'a> Version<'a> {
    fn new(article: &'a Annotated) -> Version<'a> {
        Version { article, words: Words::of(&article.article.text), notes: notes::notes(&article.article) }
    }

    fn text(&self) -> &'a str {
        &self.article.article.text
    }

    /// The kind of the block a place stands in.
    fn block(&self, span: Span) -> Option<BlockKind> {
        let blocks = &self.article.article.blocks;
        let at = blocks.partition_point(|block| block.span.end < span.start);
        blocks.get(at).map(|block| block.kind)
    }
}

/// What changed from an earlier version of an article to a later one.
///
/// Texts beyond [`words::MOST`] words are compared from both ends only: what lies between the first and the last
/// difference is one change.
pub fn revision(old: &Annotated, new: &Annotated, meaning: &dyn Meaning, settings: Settings) -> Revision {
    let (old, new) = (Version::new(old), Version::new(new));
    let judge = kinds::Judge { old: &old, new: &new, meaning, settings };
    let found = regions(&old.words, &new.words).into_iter().flat_map(|region| at_notes(region, &new));
    let mut changes: Vec<Change> = found.map(|(o, n)| change(&judge, o, n)).collect();
    let notes = notes::fresh(&old, &new);
    silence(&mut changes, &notes, &old, &new);
    let changed: usize =
        changes.iter().filter(|change| change.kind != ChangeKind::Trivial).map(|change| size(change, &old, &new)).sum();
    let has_weight = !notes.is_empty() || changes.iter().any(|change| change.kind.is_of_fact());
    let is_small = !has_weight && changed > 0 && changed < settings.least_words;
    Revision { changes, notes, titles: titles(&old, &new), is_small }
}

/// Cuts what was put in where a note begins, so that the note is a change of its own.
fn at_notes((old, new): Region, version: &Version<'_>) -> Vec<Region> {
    let mut pieces = vec![(old, new)];
    for note in &version.notes {
        let Some((old, new)) = pieces.pop() else { break };
        let [before, after] = version.words.cut(new, note.span.start);
        let end = old.end..old.end;
        match (before.is_empty(), after.is_empty()) {
            (false, false) => pieces.extend([(old, before), (end, after)]),
            _ => pieces.push((old, before.start..after.end)),
        }
    }
    pieces
}

fn change(judge: &kinds::Judge<'_>, old: Range<usize>, new: Range<usize>) -> Change {
    let (old_span, new_span) = (judge.old.words.span(&old), judge.new.words.span(&new));
    let verdict = judge.verdict(old, new);
    let of_new = judge.new.block(new_span).filter(|_| !new_span.is_empty());
    let block = of_new.or_else(|| judge.old.block(old_span)).unwrap_or(BlockKind::Other);
    let values = verdict.values;
    Change { kind: verdict.kind, block, old: old_span, new: new_span, values, is_silent: false }
}

/// The words that a change touches.
fn size(change: &Change, old: &Version<'_>, new: &Version<'_>) -> usize {
    let count = |span: Span, text: &str| span.of(text).split_whitespace().count();
    count(change.old, old.text()).max(count(change.new, new.text()))
}

/// Marks the changes of fact that no note speaks of. A note that shares a word with some changes speaks of those, one
/// that shares none with any speaks of all.
fn silence(changes: &mut [Change], notes: &[ChangeNote], old: &Version<'_>, new: &Version<'_>) {
    let said: Vec<Vec<String>> = notes.iter().map(|note| telling(note.span.of(new.text()))).collect();
    let words_of = |change: &Change| {
        let mut words = telling(change.old.of(old.text()));
        words.extend(telling(change.new.of(new.text())));
        words
    };
    let of_fact: Vec<usize> = (0..changes.len()).filter(|&at| changes[at].kind.is_of_fact()).collect();
    let words: Vec<Vec<String>> = of_fact.iter().map(|&at| words_of(&changes[at])).collect();
    let shares = |note: &[String], words: &[String]| words.iter().any(|word| note.contains(word));
    let is_general = |note: &Vec<String>| !words.iter().any(|words| shares(note, words));
    let has_general = said.iter().any(is_general);
    for (&at, words) in of_fact.iter().zip(&words) {
        changes[at].is_silent = !has_general && !said.iter().any(|note| shares(note, words));
    }
}

/// The words by which one text can be seen to speak of another: numbers, and whatever is longer than an article.
fn telling(text: &str) -> Vec<String> {
    let words = Words::of(text);
    let is_telling = |word: &&str| word.chars().count() > 3 || word.starts_with(|c: char| c.is_numeric());
    words.iter().filter(is_telling).map(str::to_lowercase).collect()
}

/// The titles where they differ and are no part of the texts.
fn titles(old: &Version<'_>, new: &Version<'_>) -> Option<[String; 2]> {
    let title = |version: &Version<'_>| version.article.article.title.clone();
    let [before, after] = [title(old)?, title(new)?];
    let is_inside = |version: &Version<'_>, title: &str| version.text().contains(title);
    let differ = !kinds::same_but_for_signs(&before, &after);
    (differ && !is_inside(old, &before) && !is_inside(new, &after)).then_some([before, after])
}
