//! What an outlet says it changed: corrections, clarifications, updates.

use std::sync::LazyLock;

use twosource_model::{Article, ChangeNote, NoteKind, Span};

use super::Version;
use super::words::Words;

/// Openings of notes by what they say, longest first: words in small letters.
static OPENINGS: LazyLock<Vec<(Vec<&'static str>, NoteKind)>> = LazyLock::new(|| {
    let lists = [include_str!("../../data/en/change_notes.txt")];
    let lines = lists.into_iter().flat_map(str::lines).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let entry = |line: &'static str| {
        let (kind, words) = line.split_once(": ")?;
        Some((words.split(' ').collect(), kind.parse().ok()?))
    };
    let mut openings: Vec<(Vec<&str>, NoteKind)> = lines.filter_map(entry).collect();
    openings.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    openings
});

/// The notes of an article, in text order: blocks, and last sentences of blocks, that open like one.
pub(super) fn notes(article: &Article) -> Vec<ChangeNote> {
    let of_block = |span: Span| {
        let text = span.of(&article.text);
        starts(text).find_map(|start| {
            let kind = opening(&text[start..])?;
            Some(ChangeNote { kind, span: Span::new(span.start + start, span.end) })
        })
    };
    article.blocks.iter().filter_map(|block| of_block(block.span)).collect()
}

/// Where a note can start in a block: at its start, behind a bracket or a dash, and at its lines.
fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let lines = text.match_indices('\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(lines).map(|at| {
        let line = &text[at..];
        at + (line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '\n').len())
    })
}

/// What a text that opens like a note is called.
fn opening(text: &str) -> Option<NoteKind> {
    const LONGEST: usize = 120;
    let head: String = text.chars().take(LONGEST).collect::<String>().to_lowercase().replace('’', "'");
    let words: Vec<&str> = Words::of(&head).iter().collect();
    OPENINGS.iter().find(|(opening, _)| words.starts_with(opening)).map(|&(_, kind)| kind)
}

/// The notes of the later version that the earlier one does not have in the same words.
pub(super) fn fresh(old: &Version<'_>, new: &Version<'_>) -> Vec<ChangeNote> {
    let known: Vec<&str> = old.notes.iter().map(|note| note.span.of(old.text())).collect();
    new.notes.iter().copied().filter(|note| !known.contains(&note.span.of(new.text()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_are_whole() {
        let lines = include_str!("../../data/en/change_notes.txt").lines();
        let entries = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).count();
        assert_eq!(OPENINGS.len(), entries, "a line without a kind");
    }

    #[test]
    fn what_opens_like_a_note() {
        for (text, expected) in [
            ("Correction: An earlier version misspelled a name.", Some(NoteKind::Correction)),
            ("CORRECTION (May 4, 2031): the port", Some(NoteKind::Correction)),
            ("This article was amended on 4 May 2031. An earlier version said", Some(NoteKind::Correction)),
            ("Clarification: the port of Nova", Some(NoteKind::Clarification)),
            ("This story has been updated with a statement.", Some(NoteKind::Update)),
            ("Editor’s note: the article", Some(NoteKind::Editors)),
            ("This article has been retracted.", Some(NoteKind::Retraction)),
            ("Corrections officers of Nova went on strike.", None),
            ("The correction of the course took a day.", None),
            ("Updated plans for the port were shown.", None),
        ] {
            assert_eq!(opening(text), expected, "{text}");
        }
    }
}
