//! One article of the store with everything that is known of it.

use serde::Serialize;
use twosource_model::{Annotated, CodePoints, MentionForm, Span};

use crate::articles::text;
use crate::flow::{FAINT, Flow, ID, PLAIN, STRONG, piece};
use crate::stages::AnnotatedLine;
use crate::text::TextStyle;
use crate::words::{count, one_line, shorten};

/// Columns of the labels on the left.
const COLUMN: usize = 14;
/// Characters of what somebody said.
const QUOTE: usize = 160;

/// An article of the store.
#[derive(Clone, Copy, Debug)]
pub struct StoredArticle<'a> {
    /// Its number.
    pub number: u64,
    /// The story it is in.
    pub story: Option<u64>,
    /// Whether a person said that it belongs there.
    pub pinned: bool,
    /// Its latest revision, or the one asked for, annotated.
    pub annotated: &'a Annotated,
    /// All its revisions, the earliest first.
    pub revisions: &'a [RevisionRow],
}

/// A revision in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RevisionRow {
    /// 1, 2, … in the order of recording.
    pub number: u64,
    /// When it was captured.
    pub captured_at: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Characters of its text.
    pub characters: usize,
    /// Whether its text is whole, as far as can be seen.
    pub complete: bool,
}

#[derive(Serialize)]
struct StoredLine<'a> {
    article: u64,
    story: Option<u64>,
    pinned: bool,
    revisions: &'a [RevisionRow],
    #[serde(flatten)]
    annotated: AnnotatedLine<'a>,
}

/// The article as one JSON object with its annotations, ended with a line break; offsets in code points.
pub fn stored_article_line(stored: &StoredArticle<'_>) -> String {
    let points = CodePoints::new(&stored.annotated.article.text);
    let line = StoredLine {
        article: stored.number,
        story: stored.story,
        pinned: stored.pinned,
        revisions: stored.revisions,
        annotated: AnnotatedLine::of(stored.annotated, &points),
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

/// The article for a terminal: where it is, its text block by block, what was found in it, its revisions.
pub fn stored_article_text(stored: &StoredArticle<'_>, style: TextStyle) -> String {
    let mut flow = Flow::new(style.width, style.color);
    let story = stored.story.map_or_else(|| "not sorted into a story yet".to_owned(), |story| format!("story {story}"));
    let pinned = if stored.pinned { ", pinned" } else { "" };
    flow.paragraph(
        0,
        2,
        &[piece(ID, &format!("Article {}", stored.number)), piece(FAINT, &format!(" · {story}{pinned}"))],
    );
    let head = flow.finish() + "\n" + &text::article(&stored.annotated.article, style);
    let mut flow = Flow::new(style.width, style.color);
    sources(&mut flow, stored.annotated);
    lists(&mut flow, stored.annotated);
    revisions(&mut flow, stored.revisions);
    let rest = flow.finish();
    if rest.is_empty() { head } else { format!("{head}\n{rest}") }
}

/// Who says what.
fn sources(flow: &mut Flow, annotated: &Annotated) {
    let text = &annotated.article.text;
    let mut said = annotated.attributions.iter().filter(|attribution| attribution.source.is_some()).peekable();
    if said.peek().is_none() {
        return;
    }
    flow.paragraph(0, 0, &[piece(STRONG, "Whose word")]);
    for attribution in said {
        let words = |span: Span| text.get(span.start..span.end).unwrap_or_default();
        let source = attribution.source.map(words).unwrap_or_default();
        let resolved = attribution.resolved.as_deref().filter(|name| *name != source);
        let who = resolved.map_or_else(String::new, |name| format!(" ({name})"));
        let content = shorten(&one_line(words(attribution.content_cover())), QUOTE);
        let pieces = [piece(PLAIN, source), piece(FAINT, &who), piece(PLAIN, ": "), piece(FAINT, &content)];
        flow.paragraph(2, 4, &pieces);
    }
}

/// Names, times and quantities, each on a line.
fn lists(flow: &mut Flow, annotated: &Annotated) {
    let text = &annotated.article.text;
    let words = |span: Span| one_line(text.get(span.start..span.end).unwrap_or_default());
    let mut named: Vec<usize> = Vec::new();
    for mention in annotated.mentions.iter().filter(|mention| mention.form == MentionForm::Name) {
        if !named.contains(&mention.entity) {
            named.push(mention.entity);
        }
    }
    let entity = |&at: &usize| annotated.entities.get(at).map(|entity| format!("{} ({})", entity.name, entity.kind));
    let valued = |words: String, value: Option<&str>| match value {
        Some(value) if value != words => format!("{words} ({value})"),
        _ => words,
    };
    let names: Vec<String> = named.iter().filter_map(entity).collect();
    let times: Vec<String> =
        annotated.times.iter().map(|time| valued(words(time.span), time.value.as_deref())).collect();
    let quantities: Vec<String> = annotated.quantities.iter().map(|quantity| words(quantity.span)).collect();
    flow.gap();
    for (label, found) in [("names", names), ("times", times), ("quantities", quantities)] {
        if !found.is_empty() {
            flow.labelled(2, &piece(FAINT, label), COLUMN, &[piece(PLAIN, &found.join(" · "))]);
        }
    }
}

fn revisions(flow: &mut Flow, revisions: &[RevisionRow]) {
    if revisions.len() < 2 {
        return;
    }
    flow.gap();
    flow.paragraph(0, 0, &[piece(STRONG, "Revisions")]);
    for revision in revisions {
        let title = revision.title.as_deref().unwrap_or("(no title)");
        let mut facts = vec![count(revision.characters, "character")];
        facts.extend(revision.captured_at.clone());
        facts.extend((!revision.complete).then(|| "only part of the text is held".to_owned()));
        let pieces = [piece(PLAIN, title), piece(FAINT, &format!(" · {}", facts.join(" · ")))];
        flow.labelled(2, &piece(ID, &revision.number.to_string()), 4, &pieces);
    }
}
