//! Revisions as a JSON document: the versions with their texts, and the changes with offsets in code points into both.

use serde::Serialize;
use twosource_model::{Change, ChangeNote, CodePoints, Span};

use super::Revised;

/// The version of the document.
const SCHEMA: &str = "twosource/revisions/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    versions: Vec<VersionEntry<'r>>,
    revisions: Vec<RevisionEntry<'r>>,
}

#[derive(Serialize)]
struct VersionEntry<'r> {
    number: u64,
    captured_at: Option<&'r str>,
    url: Option<&'r str>,
    outlet: Option<&'r str>,
    title: Option<&'r str>,
    complete: bool,
    text: &'r str,
}

#[derive(Serialize)]
struct RevisionEntry<'r> {
    from: u64,
    to: u64,
    kind: &'static str,
    titles: Option<&'r [String; 2]>,
    notes: Vec<NoteEntry<'r>>,
    changes: Vec<ChangeEntry<'r>>,
}

#[derive(Serialize)]
struct Words<'r> {
    start: usize,
    end: usize,
    exact: &'r str,
}

#[derive(Serialize)]
struct NoteEntry<'r> {
    kind: &'static str,
    #[serde(flatten)]
    words: Words<'r>,
}

#[derive(Serialize)]
struct ChangeEntry<'r> {
    kind: &'static str,
    block: &'static str,
    silent: bool,
    old: Words<'r>,
    new: Words<'r>,
    values: Option<&'r [String; 2]>,
}

/// The document, one line.
pub(super) fn json(revised: &[Revised<'_>]) -> String {
    let first = revised.first().map(|first| first.old).into_iter();
    let versions = first.chain(revised.iter().map(|revised| revised.new));
    let document = Document {
        schema: SCHEMA,
        versions: versions.map(version).collect(),
        revisions: revised.iter().map(revision).collect(),
    };
    serde_json::to_string(&document).unwrap_or_default() + "\n"
}

fn version(version: super::Version<'_>) -> VersionEntry<'_> {
    VersionEntry {
        number: version.number,
        captured_at: version.captured_at,
        url: version.article.url.as_deref(),
        outlet: version.article.outlet.as_deref(),
        title: version.article.title.as_deref(),
        complete: version.article.complete,
        text: &version.article.text,
    }
}

fn revision<'r>(revised: &Revised<'r>) -> RevisionEntry<'r> {
    let (old, new) = (&*revised.old.article.text, &*revised.new.article.text);
    let (old_points, new_points) = (CodePoints::new(old), CodePoints::new(new));
    let note = |note: &ChangeNote| NoteEntry { kind: note.kind.as_str(), words: words(new, &new_points, note.span) };
    let change = |change: &'r Change| ChangeEntry {
        kind: change.kind.as_str(),
        block: change.block.as_str(),
        silent: change.is_silent,
        old: words(old, &old_points, change.old),
        new: words(new, &new_points, change.new),
        values: change.values.as_ref(),
    };
    RevisionEntry {
        from: revised.old.number,
        to: revised.new.number,
        kind: revised.revision.kind().as_str(),
        titles: revised.revision.titles.as_ref(),
        notes: revised.revision.notes.iter().map(note).collect(),
        changes: revised.revision.changes.iter().map(change).collect(),
    }
}

fn words<'r>(text: &'r str, points: &CodePoints, span: Span) -> Words<'r> {
    Words { start: points.point(span.start), end: points.point(span.end), exact: super::part(text, span) }
}
