//! Articles as they were read: every block with its kind, every piece of metadata with where it was found.
//!
//! An [`ArticleWriter`] writes one article at a time, so that a run over an archive holds none of them for long.

mod html;
pub(crate) mod text;

use twosource_model::{Article, BlockKind, Field, Found, Instant};

use crate::stages::article_line;
use crate::text::TextStyle;
use crate::words::{count, list, one_line};

/// How to write articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleFormat {
    /// One JSON object a line.
    Jsonl,
    /// One JSON array.
    Json,
    /// For a terminal.
    Text(TextStyle),
    /// One self-contained page.
    Html,
}

/// Writes articles one after the other: [`opening`](Self::opening), each [`article`](Self::article),
/// [`closing`](Self::closing), all to the same place.
#[derive(Debug)]
pub struct ArticleWriter {
    format: ArticleFormat,
    written: usize,
}

impl ArticleWriter {
    /// A writer that has written nothing.
    pub fn new(format: ArticleFormat) -> Self {
        ArticleWriter { format, written: 0 }
    }

    /// What stands before the first article.
    pub fn opening(&self) -> String {
        match self.format {
            ArticleFormat::Jsonl | ArticleFormat::Text(_) => String::new(),
            ArticleFormat::Json => "[".to_owned(),
            ArticleFormat::Html => html::opening(),
        }
    }

    /// The next article.
    pub fn article(&mut self, article: &Article) -> String {
        self.written += 1;
        let first = self.written == 1;
        match self.format {
            ArticleFormat::Jsonl => article_line(article),
            ArticleFormat::Json => {
                format!("{}\n{}", if first { "" } else { "," }, article_line(article).trim_end())
            }
            ArticleFormat::Text(style) => {
                format!("{}{}", if first { "" } else { "\n\n" }, text::article(article, style))
            }
            ArticleFormat::Html => html::article(article, self.written),
        }
    }

    /// What stands after the last article.
    pub fn closing(&self) -> String {
        match self.format {
            ArticleFormat::Jsonl | ArticleFormat::Text(_) => String::new(),
            ArticleFormat::Json => "\n]\n".to_owned(),
            ArticleFormat::Html => html::closing(),
        }
    }
}

/// A piece of metadata in words.
pub(crate) struct Fact {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) found: Option<&'static str>,
}

/// What is known about an article besides its text, in the order a reader asks for it.
pub(crate) fn facts(article: &Article) -> Vec<Fact> {
    let found = |field: Field| article.found.get(&field).copied().map(place);
    let of = |name, value: Option<String>, field| value.map(|value| Fact { name, value, found: found(field) });
    let authors = (!article.authors.is_empty()).then(|| list(&article.authors));
    let mut facts: Vec<Fact> = [
        of("outlet", article.outlet.clone(), Field::Outlet),
        of("agency", article.agency.clone(), Field::Agency),
        of("authors", authors, Field::Authors),
        of("published", article.published.as_ref().map(moment), Field::Published),
        of("changed", article.modified.as_ref().map(moment), Field::Modified),
        of("language", article.language.clone(), Field::Language),
        of("address", article.url.clone(), Field::Url),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut say = |name, value: Option<String>| facts.extend(value.map(|value| Fact { name, value, found: None }));
    say("via", article.via.clone());
    if let Some(wire) = &article.wire {
        say("status", wire.status.map(|status| status.to_string()));
        say("embargo until", wire.embargoed_until.as_ref().map(moment));
        say("version", wire.version.clone());
        say("editor’s note", wire.editors_note.clone());
    }
    facts.iter_mut().for_each(|fact| fact.value = one_line(&fact.value));
    facts.retain(|fact| !fact.value.is_empty());
    facts
}

/// Where a piece of metadata was found, in words.
fn place(found: Found) -> &'static str {
    match found {
        Found::Record => "record",
        Found::JsonLd => "JSON-LD",
        Found::Microdata => "microdata",
        Found::Meta => "meta tag",
        Found::Link => "link tag",
        Found::Time => "time tag",
        Found::Heading => "heading",
        Found::PageTitle => "page title",
        Found::Url => "address",
        Found::Text => "text",
        Found::Feed => "feed",
        Found::Archive => "archive",
        Found::Wire => "agency’s metadata",
    }
}

/// What to show over an article: its title, else its headline, else where it was read.
pub(crate) fn title(article: &Article) -> String {
    let headline = || {
        let block = article.blocks.iter().find(|block| block.kind == BlockKind::Headline)?;
        article.text.get(block.span.start..block.span.end)
    };
    let title = article.title.as_deref().or_else(headline).map(one_line).filter(|title| !title.is_empty());
    title.unwrap_or_else(|| one_line(&article.input))
}

/// How much of which text is held: "412 words, the whole text as far as can be seen".
pub(crate) fn extent(article: &Article) -> String {
    let body = article.blocks.iter().filter(|block| block.kind.is_body());
    let words: usize = body.map(|block| block.span.of(&article.text).split_whitespace().count()).sum();
    let whole = if article.complete { "" } else { "; only part of the text is held" };
    format!("{} of body text{whole}", count(words, "word"))
}

/// The kind of a block in words; nothing for a paragraph, which is what a reader expects.
pub(crate) fn label(kind: BlockKind) -> String {
    if kind == BlockKind::Paragraph { String::new() } else { kind.as_str().replace('_', " ") }
}

/// When an entry of a live blog was written.
pub(crate) fn written_at(article: &Article, block: usize) -> Option<String> {
    article.block_times.get(&block).map(moment)
}

fn moment(instant: &Instant) -> String {
    instant.as_str().replace('T', " ")
}
