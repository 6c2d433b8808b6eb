//! Articles and comparisons as they are kept: forms of their own, so that neither the model nor the public JSON is bound
//! by old files.
//!
//! A packed article is JSON under short names, compressed. Fields that are missing in an older file are absent; unknown
//! kinds of blocks become [`BlockKind::Other`].

mod comparison;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use twosource_model::{Article, Block, BlockKind, Instant, Span, Wire};

pub(crate) use comparison::{pack_comparison, unpack_comparison};

/// Level of compression: the fastest that still halves a short article.
const LEVEL: i32 = 1;

/// No packed value is larger, in bytes.
const LARGEST: usize = 256 << 20;

#[derive(Serialize, Deserialize)]
struct Form<'a> {
    id: Cow<'a, str>,
    input: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outlet: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'a, str>>,
    text: Cow<'a, str>,
    complete: bool,
    /// Kind, start, end.
    blocks: Vec<(Cow<'a, str>, usize, usize)>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    times: BTreeMap<usize, Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    found: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    via: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wire: Option<WireForm<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
struct WireForm<'a> {
    status: Option<Cow<'a, str>>,
    embargoed_until: Option<Cow<'a, str>>,
    editors_note: Option<Cow<'a, str>>,
    version: Option<Cow<'a, str>>,
}

/// An article packed.
pub(crate) fn pack_article(article: &Article) -> Vec<u8> {
    pack(&serde_json::to_vec(&form(article)).unwrap_or_default())
}

/// The article that was packed; `None` where the bytes are none.
pub(crate) fn unpack_article(bytes: &[u8]) -> Option<Article> {
    let json = unpack(bytes)?;
    article(serde_json::from_slice(&json).ok()?)
}

/// Bytes packed with Zstandard.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, LEVEL).unwrap_or_default()
}

/// The bytes that were packed.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<u8>> {
    let length = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten()?;
    let length = usize::try_from(length).ok().filter(|&length| length <= LARGEST)?;
    zstd::bulk::decompress(bytes, length).ok()
}

fn form(article: &Article) -> Form<'_> {
    let list = |values: &'_ [String]| values.iter().map(|value| Cow::Owned(value.clone())).collect();
    let moment = |value: &'_ Option<Instant>| value.as_ref().map(|value| Cow::Owned(value.as_str().to_owned()));
    let block = |block: &Block| (Cow::Borrowed(block.kind.as_str()), block.span.start, block.span.end);
    Form {
        id: Cow::Borrowed(&article.id),
        input: Cow::Borrowed(&article.input),
        url: article.url.as_deref().map(Cow::Borrowed),
        outlet: article.outlet.as_deref().map(Cow::Borrowed),
        agency: article.agency.as_deref().map(Cow::Borrowed),
        authors: list(&article.authors),
        title: article.title.as_deref().map(Cow::Borrowed),
        published: moment(&article.published),
        modified: moment(&article.modified),
        language: article.language.as_deref().map(Cow::Borrowed),
        text: Cow::Borrowed(&article.text),
        complete: article.complete,
        blocks: article.blocks.iter().map(block).collect(),
        times: article.block_times.iter().map(|(&at, time)| (at, Cow::Borrowed(time.as_str()))).collect(),
        found: article.found.iter().map(|(field, found)| (field.as_str().into(), found.as_str().into())).collect(),
        via: article.via.as_deref().map(Cow::Borrowed),
        wire: article.wire.as_ref().map(|wire| WireForm {
            status: wire.status.map(|status| Cow::Borrowed(status.as_str())),
            embargoed_until: moment(&wire.embargoed_until),
            editors_note: wire.editors_note.as_deref().map(Cow::Borrowed),
            version: wire.version.as_deref().map(Cow::Borrowed),
        }),
        diagnostics: list(&article.diagnostics),
    }
}

fn article(form: Form<'_>) -> Option<Article> {
    let owned = |value: Option<Cow<'_, str>>| value.map(Cow::into_owned);
    let list = |values: Vec<Cow<'_, str>>| values.into_iter().map(Cow::into_owned).collect();
    let moment = |value: Option<Cow<'_, str>>| value.and_then(|value| Instant::new(&value));
    let text = form.text.into_owned();
    let block = |(kind, start, end): (Cow<'_, str>, usize, usize)| {
        text.get(start..end)?;
        Some(Block { kind: kind.parse().unwrap_or(BlockKind::Other), span: Span { start, end } })
    };
    let blocks = form.blocks.into_iter().map(block).collect::<Option<Vec<Block>>>()?;
    Some(Article {
        id: form.id.into_owned(),
        input: form.input.into_owned(),
        url: owned(form.url),
        outlet: owned(form.outlet),
        agency: owned(form.agency),
        authors: list(form.authors),
        title: owned(form.title),
        published: moment(form.published),
        modified: moment(form.modified),
        language: owned(form.language),
        complete: form.complete,
        blocks,
        block_times: form.times.into_iter().filter_map(|(at, time)| Some((at, Instant::new(&time)?))).collect(),
        found: form
            .found
            .iter()
            .filter_map(|(field, found)| Some((field.parse().ok()?, found.parse().ok()?)))
            .collect(),
        via: owned(form.via),
        wire: form.wire.map(|wire| Wire {
            status: wire.status.and_then(|status| status.parse().ok()),
            embargoed_until: moment(wire.embargoed_until),
            editors_note: owned(wire.editors_note),
            version: owned(wire.version),
        }),
        diagnostics: list(form.diagnostics),
        text,
    })
}

#[cfg(test)]
mod tests {
    use twosource_model::{Field, Found, PubStatus};

    use super::*;

    #[test]
    fn articles_come_back_as_they_were() {
        let text = "“Ferry” stops\n\nThe port of Nova said so.".to_owned();
        let instant = |text| Instant::new(text).expect("a moment");
        let span = |words: &str| {
            let start = text.find(words).expect("words of the text");
            Span::new(start, start + words.len())
        };
        let whole = Article {
            id: "7".to_owned(),
            input: "a.html".to_owned(),
            url: Some("https://nova.example/a".to_owned()),
            outlet: Some("Nova Post".to_owned()),
            agency: Some("Reuters".to_owned()),
            authors: vec!["Anna Berg".to_owned()],
            title: Some("“Ferry” stops".to_owned()),
            published: Some(instant("2025-11-14T08:30:00+01:00")),
            modified: Some(instant("2025-11-15")),
            language: Some("en".to_owned()),
            complete: true,
            blocks: vec![
                Block { kind: BlockKind::Headline, span: span("“Ferry” stops") },
                Block { kind: BlockKind::LiveEntry, span: span("The port of Nova said so.") },
            ],
            block_times: BTreeMap::from([(1, instant("2025-11-14T08:31:00Z"))]),
            found: BTreeMap::from([(Field::Url, Found::Meta)]),
            via: Some("Nova Wire".to_owned()),
            wire: Some(Wire { status: Some(PubStatus::Withheld), ..Wire::default() }),
            diagnostics: vec!["cut".to_owned()],
            text: text.clone(),
        };
        for article in [whole, Article::default()] {
            assert_eq!(unpack_article(&pack_article(&article)), Some(article));
        }
        assert_eq!(unpack_article(b"nothing"), None);
    }
}
