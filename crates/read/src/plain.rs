//! Pasted text to an article: header lines, title, date, byline, agency, language and whether the end is missing.

use std::collections::BTreeMap;

use twosource_model::{Article, Block, BlockKind, Field, Found, Instant, Span};

use crate::dates::{address_date, metadata_date};
use crate::labels::{Hints, agency_of, authors_of, label_blocks, published_in};
use crate::language::{clearly_other, code_of_tag, language};
use crate::lines::{lines, sentences};
use crate::wire::note_found;
use crate::words::{LISTS, floor, tokens};

/// An article of a plain text file. Its text is the decoded file, unchanged.
pub(crate) fn article(input: &str, text: String) -> Article {
    let mut article =
        Article { id: input.to_owned(), input: input.to_owned(), text, complete: true, ..Article::default() };
    let (mut blocks, body) = header(&mut article);
    let title = article.title.clone();
    blocks.extend(label_blocks(&article.text, &Hints { title: title.as_deref(), skip: body }));
    article.blocks = blocks;
    from_blocks(&mut article, true);
    article
}

/// Fills in what only the text can tell: what the metadata gave stays. `pasted` texts hold their own title and date;
/// in other formats those stand in fields.
pub(crate) fn from_blocks(article: &mut Article, pasted: bool) {
    date_from_address(article);
    let text = &article.text;
    let first =
        |kind: BlockKind| article.blocks.iter().find(|block| block.kind == kind).map(|block| block.span.of(text));
    let title = pasted.then(|| first(BlockKind::Headline).map(str::to_owned)).flatten();
    let published = pasted.then(|| published_in(text, &article.blocks)).flatten();
    let authors = first(BlockKind::Byline).map(authors_of).filter(|names| !names.is_empty());
    let agency = agency_of(text, &article.blocks);
    let found = &mut article.found;
    from_text(&mut article.title, title, Field::Title, found);
    from_text(&mut article.published, published, Field::Published, found);
    from_text(&mut article.agency, agency, Field::Agency, found);
    if let Some(authors) = authors.filter(|_| article.authors.is_empty()) {
        article.authors = authors;
        found.insert(Field::Authors, Found::Text);
    }
    language_of_text(article);
    let text = &article.text;
    article.complete = article.complete && !is_truncated(text, &article.blocks);
    if !article.complete {
        article
            .diagnostics
            .push("the text seems cut off or behind a paywall: what it does not say is no omission".to_owned());
    }
}

/// Keeps what the text says where nothing was known before.
fn from_text<T>(known: &mut Option<T>, said: Option<T>, field: Field, found: &mut BTreeMap<Field, Found>) {
    if known.is_none() && said.is_some() {
        *known = said;
        found.insert(field, Found::Text);
    }
}

/// The language of the text, where none is given or where a page says another of itself than its text clearly is in.
fn language_of_text(article: &mut Article) {
    let is_hint = matches!(article.found.get(&Field::Language), Some(Found::Heading | Found::Meta | Found::JsonLd));
    let said = match article.language.as_deref() {
        None => language(article),
        Some(hint) if is_hint => clearly_other(article, hint),
        Some(_) => None,
    };
    if said.is_some() {
        article.language = said;
        article.found.insert(Field::Language, Found::Text);
    }
}

/// The day in the address, where nothing else gives one.
pub(crate) fn date_from_address(article: &mut Article) {
    if article.published.is_some() {
        return;
    }
    article.published = article.url.as_deref().and_then(address_date);
    if let Some(day) = &article.published {
        article.diagnostics.push(address_note(day));
        article.found.insert(Field::Published, Found::Url);
    }
}

/// What is said of a day that only the address gives.
pub(crate) fn address_note(day: &Instant) -> String {
    format!("published on {}: taken from the address", day.day())
}

/// Lines such as "Title: …" and "Source: …" at the very start. Returns their blocks and where the rest starts.
fn header(article: &mut Article) -> (Vec<Block>, usize) {
    let text = article.text.clone();
    let head = &text[..floor(&text, 4000)];
    let mut blocks = Vec::new();
    for line in lines(head).into_iter().take(12) {
        let Some((kind, value)) =
            line.text.split_once(':').and_then(|(key, value)| Some((header_kind(key, value)?, value.trim())))
        else {
            break;
        };
        keep(article, line.text, value);
        blocks.push(Block { kind, span: line.span });
    }
    note_found(article, Found::Text);
    // One line could be a sentence of the text; "Date:" alone is still a date.
    let body = blocks.last().map_or(0, |block| block.span.end);
    if blocks.len() == 1 && blocks[0].kind == BlockKind::Other { (Vec::new(), 0) } else { (blocks, body) }
}

fn header_kind(key: &str, value: &str) -> Option<BlockKind> {
    if value.trim().is_empty() || value.len() > 400 {
        return None;
    }
    match &*key.trim().to_lowercase() {
        "title" | "headline" => Some(BlockKind::Headline),
        "author" | "authors" | "byline" | "by" => Some(BlockKind::Byline),
        "date" | "published" | "publication date" | "modified" => Some(BlockKind::Dateline),
        "source" | "outlet" | "publisher" | "publication" | "url" | "link" | "language" | "id" | "agency" | "note" => {
            Some(BlockKind::Other)
        }
        _ => None,
    }
}

fn keep(article: &mut Article, line: &str, value: &str) {
    let key = line.split(':').next().unwrap_or_default().trim().to_lowercase();
    let words = || Some(value.to_owned());
    match &*key {
        "title" | "headline" => article.title = words(),
        "author" | "authors" | "byline" | "by" => article.authors = authors_of(value),
        "date" | "published" | "publication date" => article.published = metadata_date(value),
        "modified" => article.modified = metadata_date(value),
        "source" | "outlet" | "publisher" | "publication" => article.outlet = words(),
        "url" | "link" => article.url = words(),
        "language" => article.language = code_of_tag(value),
        "agency" => article.agency = words(),
        "id" => article.id = value.to_owned(),
        _ => {}
    }
}

/// Signs at the end of a text that the rest is missing: an ellipsis, "[+1234 chars]", "Continue reading".
fn is_truncated(text: &str, blocks: &[Block]) -> bool {
    let end = text.trim_end();
    let counted = end.ends_with("chars]")
        && end.rfind('[').is_some_and(|open| end.len() - open < 24 && end[open..].starts_with("[+"));
    let body_end = blocks.iter().rev().find(|block| block.kind.is_body()).map(|block| block.span.of(text));
    let trails = |words: &str| {
        words.ends_with(['…']) || words.ends_with("...") || words.ends_with("[...]") || words.ends_with("[…]")
    };
    let last_line = blocks.last().map_or("", |block| block.span.of(text));
    counted || trails(end) || body_end.is_some_and(trails) || invites(last_line)
}

/// Whether a last line asks the reader to pay or click for the rest.
fn invites(line: &str) -> bool {
    let spans: Vec<Span> = sentences(line);
    spans.len() <= 3 && spans.into_iter().any(|span| LISTS.truncated.opens(&tokens(span.of(line))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_metadata() {
        let text = "Title: Ferry to stop\nSource: Nova Post\nDate: 3 May 2025\nBy: Anna Berg\n\nThe ferry will stop in May, the port said on Friday.";
        let article = article("a.txt", text.to_owned());
        assert_eq!(article.title.as_deref(), Some("Ferry to stop"));
        assert_eq!(article.outlet.as_deref(), Some("Nova Post"));
        assert_eq!(article.published.as_ref().map(twosource_model::Instant::as_str), Some("2025-05-03"));
        assert_eq!(article.authors, ["Anna Berg"]);
        assert_eq!(article.blocks.len(), 5);
        let found: Vec<_> = article.found.iter().map(|(field, found)| (field.as_str(), found.as_str())).collect();
        let by_text = ["outlet", "authors", "title", "published"].map(|field| (field, "text"));
        assert_eq!(found, by_text);
        assert_eq!(article.text, text);
    }

    #[test]
    fn a_cut_text_is_known() {
        let complete = |text: &str| article("a.txt", text.to_owned()).complete;
        assert!(complete("The ferry will stop in May. It was old."));
        for text in [
            "The ferry will… [+1234 chars]",
            "The ferry will stop in May and…",
            "The ferry will stop in May.\n\nContinue reading",
            "The ferry will stop.\n\nSubscribe to read the full story.",
        ] {
            assert!(!complete(text), "{text}");
        }
    }
}
