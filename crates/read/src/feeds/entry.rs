//! An entry of a feed to an article.

use twosource_model::{Article, BlockKind, Found};

use super::content::block;
use super::{Content, Entry, Feed, Media};
use crate::html::{self, Element};
use crate::json::host;
use crate::plain::from_blocks;
use crate::wire::note_found;
use crate::{Limits, Read};

/// A description of this many bytes is the article itself, as far as a feed tells: teasers are shorter.
const WHOLE: usize = 2000;

/// The article of each entry, and a note for every one that holds nothing to read.
pub(super) fn articles(input: &str, feed: &Feed, limits: &Limits) -> Read {
    let mut read = Read::default();
    let empty = feed.entries.is_empty().then(|| "the feed holds no entries".to_owned());
    read.notes.extend(empty.into_iter().chain(feed.notes.iter().cloned()).map(|note| (input.to_owned(), note)));
    for (number, entry) in (1..).zip(&feed.entries) {
        match article(input, number, feed, entry, limits) {
            Some(article) => read.articles.push(article),
            None => {
                let what = entry.url.as_ref().or(entry.id.as_ref()).map(|url| format!(" ({url})")).unwrap_or_default();
                let note = format!("entry {number}{what}: skipped: it has neither a title nor a text");
                read.notes.push((input.to_owned(), note));
            }
        }
    }
    read
}

/// `None` where an entry has neither a title nor a text.
fn article(input: &str, number: usize, feed: &Feed, entry: &Entry, limits: &Limits) -> Option<Article> {
    let mut article = metadata(input, number, feed, entry);
    let text = text(entry, limits);
    let has_text = !text.elements.is_empty();
    article.diagnostics.extend(text.problem);
    let elements = blocks(entry, text.elements, text.standfirst, &text.media);
    if elements.is_empty() {
        return None;
    }
    html::write(&mut article, &elements);
    from_blocks(&mut article, false);
    let problem = match () {
        () if !has_text => Some("the feed gives a title only"),
        () if entry.is_cut => Some("the feed breaks off within this entry"),
        () if text.is_summary => Some("the feed gives a summary only"),
        () => None,
    };
    if let Some(problem) = problem.filter(|_| article.complete) {
        article.complete = false;
        article.diagnostics.push(format!("{problem}: what it does not say is no omission"));
    }
    Some(article)
}

/// An article with what the fields of an entry say.
fn metadata(input: &str, number: usize, feed: &Feed, entry: &Entry) -> Article {
    let id = entry.id.as_ref().or(entry.url.as_ref()).filter(|id| id.len() <= 1000);
    let mut article = Article {
        id: id.cloned().unwrap_or_else(|| format!("{input}:{number}")),
        input: input.to_owned(),
        url: entry.url.clone(),
        outlet: feed.title.clone().or_else(|| host(entry.url.as_ref().or(feed.site.as_ref())?)),
        authors: entry.authors.clone(),
        title: entry.title.clone(),
        published: entry.published.clone(),
        modified: entry.modified.clone().filter(|modified| Some(modified) != entry.published.as_ref()),
        language: entry.language.clone().or_else(|| feed.language.clone()),
        via: entry.via.clone(),
        complete: true,
        ..Article::default()
    };
    // The title of a feed is no author.
    article.authors.retain(|author| Some(author) != article.outlet.as_ref());
    note_found(&mut article, Found::Feed);
    article
}

/// What there is to read in an entry.
struct Text {
    elements: Vec<Element>,
    /// What stands over the text.
    standfirst: Option<String>,
    media: Vec<Media>,
    is_summary: bool,
    problem: Option<String>,
}

/// The content; where the summary says more, that; else what is said of a film, where that is all an entry has.
fn text(entry: &Entry, limits: &Limits) -> Text {
    let mut media = entry.media.clone();
    let parts =
        |content: &Option<Content>| content.as_ref().map(|content| content.elements(limits)).unwrap_or_default();
    let (content, problem) = parts(&entry.content);
    let (summary, summary_problem) = parts(&entry.summary);
    let problem = problem.or(summary_problem);
    let says_more = length(&content) > length(&summary);
    if !content.is_empty() && (says_more || length(&content) >= WHOLE) {
        let standfirst = standfirst(&summary, &content);
        return Text { elements: content, standfirst, media, is_summary: false, problem };
    }
    let elements = if summary.is_empty() {
        let told = media.iter_mut().find_map(|media| media.caption.take());
        told.iter().map(|text| Element::paragraph(text)).collect()
    } else {
        summary
    };
    let is_summary = length(&elements) < WHOLE;
    Text { elements, standfirst: None, media, is_summary, problem }
}

fn length(elements: &[Element]) -> usize {
    elements.iter().map(|element| element.text.len()).sum()
}

/// A summary of one paragraph that the text does not open with.
fn standfirst(summary: &[Element], elements: &[Element]) -> Option<String> {
    let [only] = summary else { return None };
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).take(60).collect() };
    let opening = letters(&only.text);
    let opens = elements.iter().take(6).any(|element| letters(&element.text) == opening);
    let whole = letters(&elements.iter().take(6).map(|element| &*element.text).collect::<Vec<_>>().join(" "));
    (only.text.len() <= 600 && !opens && whole != opening).then(|| only.text.clone())
}

/// Title, standfirst, text and captions in the order of the article.
fn blocks(entry: &Entry, text: Vec<Element>, standfirst: Option<String>, media: &[Media]) -> Vec<Element> {
    let has_headline = text.iter().any(|element| element.kind == BlockKind::Headline);
    let title =
        entry.title.as_ref().filter(|title| !has_headline && text.first().is_none_or(|first| first.text != **title));
    let mut elements: Vec<Element> = title.map(|title| block(BlockKind::Headline, title)).into_iter().collect();
    elements.extend(standfirst.map(|text| block(BlockKind::Standfirst, &text)));
    let said: Vec<String> = text.iter().map(|element| element.text.clone()).collect();
    elements.extend(text);
    let is_new = |words: &&String| !said.contains(words) && entry.title.as_ref() != Some(words);
    for one in media {
        elements.extend(one.caption.as_ref().filter(is_new).map(|caption| block(BlockKind::Caption, caption)));
        elements.extend(one.credit.as_ref().filter(is_new).map(|credit| block(BlockKind::Credit, credit)));
    }
    elements
}
