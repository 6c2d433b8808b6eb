//! What the single stages print: one JSON object a line, with offsets in Unicode code points.
//!
//! `extract` gives articles, `annotate` the same with annotations, `cluster` the story of each id. Lines of one stage
//! are input of the next.

mod quantities;

use std::collections::BTreeMap;

use quantities::{QuantityLine, quantities};
use serde::Serialize;
use twosource_model::{
    Annotated, Article, Attribution, CodePoints, Instant, Mention, MentionForm, PubStatus, Span, Wire,
};

/// An article as one JSON object, ended with a line break.
pub fn article_line(article: &Article) -> String {
    line(&ArticleLine::of(article, &CodePoints::new(&article.text)))
}

/// An annotated article as one JSON object, ended with a line break.
pub fn annotated_line(annotated: &Annotated) -> String {
    line(&AnnotatedLine::of(annotated, &CodePoints::new(&annotated.article.text)))
}

/// "X told the paper that …" is one attribution on a line of its own, with the paper as its hearer; within the program the
/// paper is the source of a second one, which rests on the first.
struct Hearers {
    /// For each attribution its place on the line; `None` for those of hearers.
    index: Vec<Option<usize>>,
    /// For each attribution of a hearer the one of the teller.
    tellers: Vec<Option<usize>>,
    /// For each attribution the words for who was told.
    of: Vec<Option<Span>>,
}

impl Hearers {
    fn of(attributions: &[Attribution]) -> Hearers {
        let teller = |a: &Attribution| {
            let on = a.rests_on?;
            let told = attributions.get(on)?;
            (a.cue.is_some() && a.cue == told.cue).then_some(on)
        };
        let tellers: Vec<Option<usize>> = attributions.iter().map(teller).collect();
        let mut of = vec![None; attributions.len()];
        for (a, teller) in attributions.iter().zip(&tellers) {
            if let Some(teller) = teller {
                of[*teller] = a.source;
            }
        }
        let mut next = 0;
        let place = |teller: &Option<usize>| {
            next += usize::from(teller.is_none());
            teller.is_none().then(|| next - 1)
        };
        let index = tellers.iter().map(place).collect();
        Hearers { index, tellers, of }
    }

    /// The place on the line of what an attribution rests on, the teller's for a hearer's.
    fn place(&self, on: usize) -> Option<usize> {
        let teller = self.tellers.get(on).copied().flatten().unwrap_or(on);
        self.index.get(teller).copied().flatten()
    }
}

/// The mentions of one form, each with the entity it means.
fn mentions<'a>(
    annotated: &'a Annotated,
    points: &CodePoints<'_>,
    wanted: impl Fn(MentionForm) -> bool,
) -> Vec<MentionLine<'a>> {
    let of_form = annotated.mentions.iter().filter(|mention| wanted(mention.form));
    let entry = |mention: &Mention| {
        let entity = annotated.entities.get(mention.entity);
        MentionLine {
            words: Words { range: Range::of(mention.span, points), exact: mention.span.of(&annotated.article.text) },
            kind: entity.map_or("other", |entity| entity.kind.as_str()),
            form: mention.form.as_str(),
            entity: entity.map(|entity| entity.name.as_str()),
        }
    };
    of_form.map(entry).collect()
}

/// The story of an article as one JSON object, ended with a line break.
pub fn story_line(id: &str, story: &str) -> String {
    line(&StoryLine { id, story })
}

/// Plain structures of strings and numbers have no way to fail.
fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct ArticleLine<'a> {
    id: &'a str,
    input: &'a str,
    url: Option<&'a str>,
    outlet: Option<&'a str>,
    agency: Option<&'a str>,
    authors: &'a [String],
    title: Option<&'a str>,
    published: Option<&'a str>,
    modified: Option<&'a str>,
    language: Option<&'a str>,
    text: &'a str,
    complete: bool,
    blocks: Vec<BlockLine<'a>>,
    /// Where each piece of metadata was found.
    found: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wire: Option<WireLine<'a>>,
    diagnostics: &'a [String],
}

impl<'a> ArticleLine<'a> {
    fn of(article: &'a Article, points: &CodePoints<'_>) -> Self {
        ArticleLine {
            id: &article.id,
            input: &article.input,
            url: article.url.as_deref(),
            outlet: article.outlet.as_deref(),
            agency: article.agency.as_deref(),
            authors: &article.authors,
            title: article.title.as_deref(),
            published: article.published.as_ref().map(Instant::as_str),
            modified: article.modified.as_ref().map(Instant::as_str),
            language: article.language.as_deref(),
            text: &article.text,
            complete: article.complete,
            blocks: article
                .blocks
                .iter()
                .enumerate()
                .map(|(at, block)| BlockLine {
                    kind: block.kind.as_str(),
                    range: Range::of(block.span, points),
                    time: article.block_times.get(&at).map(Instant::as_str),
                })
                .collect(),
            found: article.found.iter().map(|(field, found)| (field.as_str(), found.as_str())).collect(),
            via: article.via.as_deref(),
            wire: article.wire.as_ref().map(WireLine::of),
            diagnostics: &article.diagnostics,
        }
    }
}

#[derive(Serialize)]
struct BlockLine<'a> {
    kind: &'static str,
    #[serde(flatten)]
    range: Range,
    /// Of an entry of a live blog.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'a str>,
}

#[derive(Serialize)]
struct WireLine<'a> {
    status: Option<&'static str>,
    embargoed_until: Option<&'a str>,
    editors_note: Option<&'a str>,
    version: Option<&'a str>,
}

impl<'a> WireLine<'a> {
    fn of(wire: &'a Wire) -> Self {
        WireLine {
            status: wire.status.map(PubStatus::as_str),
            embargoed_until: wire.embargoed_until.as_ref().map(Instant::as_str),
            editors_note: wire.editors_note.as_deref(),
            version: wire.version.as_deref(),
        }
    }
}

/// An annotated article as JSON has it.
#[derive(Serialize)]
pub(crate) struct AnnotatedLine<'a> {
    #[serde(flatten)]
    article: ArticleLine<'a>,
    sentences: Vec<Range>,
    /// Behind the attributions the attitudes, so that `rests_on` stays an index.
    attributions: Vec<AttributionLine<'a>>,
    times: Vec<TimeLine<'a>>,
    quantities: Vec<QuantityLine<'a>>,
    /// By name.
    names: Vec<MentionLine<'a>>,
    /// By description or pronoun.
    mentions: Vec<MentionLine<'a>>,
}

impl<'a> AnnotatedLine<'a> {
    pub(crate) fn of(annotated: &'a Annotated, points: &CodePoints<'_>) -> AnnotatedLine<'a> {
        let text = &annotated.article.text;
        let range = |span: Span| Range::of(span, points);
        let words = |span: Span| Words { range: range(span), exact: span.of(text) };
        let hearers = Hearers::of(&annotated.attributions);
        AnnotatedLine {
            article: ArticleLine::of(&annotated.article, points),
            sentences: annotated.sentences.iter().map(|sentence| range(sentence.span)).collect(),
            attributions: annotated
                .attributions
                .iter()
                .enumerate()
                .filter(|(at, _)| hearers.index[*at].is_some())
                .map(|(at, a)| (a, hearers.of[at], false))
                .chain(annotated.attitudes.iter().map(|a| (a, None, true)))
                .map(|(a, told_to, attitude)| AttributionLine {
                    content: Content { spans: a.content.iter().map(|&part| range(part).pair()).collect() },
                    source: a.source.map(words),
                    resolved: a.resolved.as_deref(),
                    kind: a.kind.as_str(),
                    cue: a.cue.map(words),
                    told_to: told_to.map(words),
                    attitude,
                    stance: a.stance.as_str(),
                    form: a.form.as_str(),
                    response: a.response.map(twosource_model::Response::as_str),
                    negated: a.negated,
                    rests_on: a.rests_on.and_then(|on| hearers.place(on)),
                })
                .collect(),
            times: annotated
                .times
                .iter()
                .map(|t| TimeLine { words: words(t.span), kind: t.kind.as_str(), value: t.value.as_deref() })
                .collect(),
            quantities: quantities(annotated, points),
            names: mentions(annotated, points, |form| form == MentionForm::Name),
            mentions: mentions(annotated, points, |form| form != MentionForm::Name),
        }
    }
}

#[derive(Clone, Copy, Serialize)]
struct Range {
    start: usize,
    end: usize,
}

impl Range {
    fn of(span: Span, points: &CodePoints<'_>) -> Range {
        let (start, end) = points.span(span);
        Range { start, end }
    }

    fn pair(self) -> [usize; 2] {
        [self.start, self.end]
    }
}

#[derive(Serialize)]
struct Words<'a> {
    #[serde(flatten)]
    range: Range,
    exact: &'a str,
}

#[derive(Serialize)]
struct Content {
    spans: Vec<[usize; 2]>,
}

#[derive(Serialize)]
struct AttributionLine<'a> {
    content: Content,
    source: Option<Words<'a>>,
    resolved: Option<&'a str>,
    kind: &'static str,
    cue: Option<Words<'a>>,
    /// The outlet it was told to.
    told_to: Option<Words<'a>>,
    /// Whether nothing is asserted in the content.
    attitude: bool,
    stance: &'static str,
    form: &'static str,
    response: Option<&'static str>,
    negated: bool,
    rests_on: Option<usize>,
}

#[derive(Serialize)]
struct TimeLine<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct MentionLine<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    #[serde(rename = "type")]
    kind: &'static str,
    form: &'static str,
    entity: Option<&'a str>,
}

#[derive(Serialize)]
struct StoryLine<'a> {
    id: &'a str,
    story: &'a str,
}
