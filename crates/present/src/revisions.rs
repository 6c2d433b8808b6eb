//! The revisions of an article: what changed from each version to the next, for a terminal, as JSON and as a page.
//!
//! Both texts are quoted from their spans; what the words of a change come to and of what kind it is was decided before.

mod html;
mod json;
mod text;

use maud::Markup;
use twosource_model::{Article, Change, ChangeKind, Revision, RevisionKind, Span};

use crate::text::TextStyle;

pub use html::STYLE;

/// A version of an article.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// 1, 2, … in the order of recording.
    pub number: u64,
    /// When it was captured.
    pub captured_at: Option<&'a str>,
    /// The article as it was.
    pub article: &'a Article,
}

/// Two versions that follow one another, and what changed.
#[derive(Clone, Copy, Debug)]
pub struct Revised<'a> {
    /// The earlier.
    pub old: Version<'a>,
    /// The later.
    pub new: Version<'a>,
    /// What changed.
    pub revision: &'a Revision,
}

/// Versions in the order of recording, each beside the one it follows; `revisions` has one fewer.
pub fn revised<'a>(versions: &[Version<'a>], revisions: &'a [Revision]) -> Vec<Revised<'a>> {
    let pairs = versions.windows(2).zip(revisions);
    let pair = |(pair, revision): (&[Version<'a>], &'a Revision)| match pair {
        &[old, new] => Some(Revised { old, new, revision }),
        _ => None,
    };
    pairs.filter_map(pair).collect()
}

/// How to write revisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RevisionFormat {
    /// For a terminal: words in red and green, or between marks.
    Text(TextStyle),
    /// One JSON document.
    Json,
    /// One self-contained page.
    Html,
}

/// The revisions of an article, the earliest first; those that are trivial, and trivial changes of others, only where they
/// are wanted. JSON holds all of them.
pub fn revisions(revised: &[Revised<'_>], format: RevisionFormat, with_trivial: bool) -> String {
    let is_shown = |revised: &&Revised<'_>| with_trivial || revised.revision.kind() != RevisionKind::Trivial;
    let shown: Vec<Revised<'_>> = revised.iter().filter(is_shown).copied().collect();
    match format {
        RevisionFormat::Text(style) => text::text(&shown, revised.len() - shown.len(), with_trivial, style),
        RevisionFormat::Json => json::json(revised),
        RevisionFormat::Html => html::html(&shown, revised.len() - shown.len(), with_trivial),
    }
}

/// A stretch of both texts, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    /// In both.
    Same(&'a str),
    /// In the earlier only.
    Removed(&'a str),
    /// In the later only.
    Added(&'a str),
}

/// A paragraph of both texts laid over one another, and the changes in it.
#[derive(Default)]
struct Paragraph<'a> {
    pieces: Vec<Piece<'a>>,
    changes: Vec<&'a Change>,
}

/// The changes of an article of the store, the latest first, as the main part of a page of a server; what is trivial only
/// where it is wanted.
pub fn revisions_page(article: u64, revised: &[Revised<'_>], with_trivial: bool) -> Markup {
    let is_shown = |revised: &&Revised<'_>| with_trivial || revised.revision.kind() != RevisionKind::Trivial;
    let shown: Vec<Revised<'_>> = revised.iter().rev().filter(is_shown).copied().collect();
    html::page(article, &shown, revised.len() - shown.len(), with_trivial)
}

/// The paragraphs of the later text, with what went from the earlier one where it stood.
fn paragraphs<'a>(revised: &Revised<'a>, with_trivial: bool) -> Vec<Paragraph<'a>> {
    let (old, new) = (&*revised.old.article.text, &*revised.new.article.text);
    let mut out = vec![Paragraph::default()];
    let mut at = 0;
    let is_shown = |change: &&Change| with_trivial || change.kind != ChangeKind::Trivial;
    for change in revised.revision.changes.iter().filter(is_shown) {
        lay(&mut out, part(new, Span::new(at, change.new.start.max(at))), Piece::Same);
        lay(&mut out, part(old, change.old), Piece::Removed);
        // Words that were put in at the end of a paragraph and begin the next are laid where they begin.
        lay(&mut out, part(new, change.new), Piece::Added);
        if let Some(last) = out.last_mut() {
            last.changes.push(change);
        }
        at = change.new.end.max(at);
    }
    lay(&mut out, part(new, Span::new(at, new.len().max(at))), Piece::Same);
    out.retain(|paragraph| !paragraph.pieces.is_empty());
    out
}

fn part(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// Lays a stretch of text behind the others; an empty line in it begins a paragraph.
fn lay<'a>(out: &mut Vec<Paragraph<'a>>, text: &'a str, piece: fn(&'a str) -> Piece<'a>) {
    for (number, lines) in text.split("\n\n").enumerate() {
        if number > 0 {
            out.push(Paragraph::default());
        }
        if let Some(last) = out.last_mut().filter(|_| !lines.trim().is_empty()) {
            last.pieces.push(piece(lines));
        }
    }
}

/// What a revision comes to, in words.
fn verdict(kind: RevisionKind) -> &'static str {
    match kind {
        RevisionKind::Silent => "changed without a note that says so",
        RevisionKind::Marked => "changed, with a note that says so",
        RevisionKind::Headline => "only the headline changed",
        RevisionKind::Edited => "edited",
        RevisionKind::Trivial => "nothing but trifles changed",
    }
}

/// What a change is, in words: "number, without a note".
fn called(change: &Change) -> String {
    let kind = match change.kind {
        ChangeKind::Attribution => "whose word",
        ChangeKind::Note => "the outlet’s note",
        other => other.as_str(),
    };
    format!("{kind}{}", if change.is_silent { ", without a note" } else { "" })
}

/// "revision 2 of 2031-03-04 10:00:00Z".
fn named(version: &Version<'_>) -> String {
    let when = version.captured_at.map(|at| format!(" of {}", at.replace('T', " "))).unwrap_or_default();
    format!("revision {}{when}", version.number)
}

/// What is left out, in words.
fn left_out(count: usize) -> Option<String> {
    (count > 0).then(|| format!("{} with nothing but trifles left out", crate::words::count(count, "revision")))
}
