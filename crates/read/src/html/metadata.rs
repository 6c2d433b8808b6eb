//! What a page says about itself: scripts, `meta` elements, marked elements, `time`, its address and its visible text.
//!
//! One walk over the page ([`marks`]) gathers what could be metadata; [`json_ld`] reads the scripts; [`title`],
//! [`authors`], [`address`] and [`day`] choose from both and say where they found it.

mod address;
mod authors;
mod day;
mod json_ld;
mod marks;
mod names;
mod repair;
#[cfg(test)]
mod tests;
mod title;
mod words;

use std::ops::Range;

use dom_query::Document;
use twosource_model::{Article, Field, Found};

use crate::json::host;
use crate::language::code_of_tag;
use crate::plain::address_note;
use crate::words::LISTS;
use json_ld::{Page, Stated};
use marks::Marks;

/// What is known of a page while its metadata is chosen.
struct Facts<'p> {
    marks: &'p Marks,
    stated: Option<&'p Stated>,
    /// Comments and what stands beside the article: in order and not touching.
    apart: Vec<Range<usize>>,
}

impl Facts<'_> {
    fn is_apart(&self, at: usize) -> bool {
        let behind = self.apart.partition_point(|range| range.end <= at);
        self.apart.get(behind).is_some_and(|range| range.contains(&at))
    }
}

/// An article with the metadata of a page and no text yet. `address` is where the page was read from, where known.
pub(super) fn article(input: &str, address: Option<&str>, document: &Document) -> Article {
    let marks = Marks::of(document);
    let address = address.or(Some(input)).filter(|url| address::is_web(url));
    let first_url = address::canonical(&marks, address, None).map(|(url, _)| url);
    let title_hint = marks.meta(&["og:title"]).or(marks.page_title.as_deref());
    let page = Page { url: first_url.as_deref(), title: title_hint };
    let stated = json_ld::stated(&marks.scripts, page);
    let mut facts = Facts { marks: &marks, stated: stated.as_ref(), apart: Vec::new() };
    let mut article = Article { id: input.to_owned(), input: input.to_owned(), complete: true, ..Article::default() };
    fill(&mut article, &mut facts, address);
    article.diagnostics.extend(marks.cut.iter().cloned());
    article
}

fn fill(article: &mut Article, facts: &mut Facts, address: Option<&str>) {
    let stated_url = facts.stated.and_then(|stated| stated.url.as_deref());
    let url = address::canonical(facts.marks, address, stated_url);
    article.url = keep(article, Field::Url, url);
    let outlet = address::outlet(facts, article.url.as_deref());
    article.outlet = keep(article, Field::Outlet, outlet);
    let names = outlet_names(article, facts);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let title = title::title(facts, &names);
    // A class name can put the whole page beside itself: what holds the heading is the article.
    let apart = facts.marks.apart.iter().filter(|range| title.at.is_none_or(|at| !range.contains(&at)));
    facts.apart = merged(apart.cloned().collect());
    article.title = keep(article, Field::Title, title.text);
    let authors = authors::authors(facts, &names, title.at);
    article.authors = keep(article, Field::Authors, authors).unwrap_or_default();
    article.agency = keep(article, Field::Agency, agency(article));
    let times = day::times(facts, address.or(article.url.as_deref()), title.at);
    article.published = keep(article, Field::Published, times.published);
    article.modified = keep(article, Field::Modified, times.modified);
    if let Some(day) = article.published.as_ref().filter(|_| times.from_picture) {
        article.diagnostics.push(format!("published on {}: taken from the address of its picture", day.day()));
    }
    let is_from_address = article.found.get(&Field::Published) == Some(&Found::Url);
    article.diagnostics.extend(article.published.as_ref().filter(|_| is_from_address).map(address_note));
    article.language = keep(article, Field::Language, language(facts));
    article.complete = !is_paid(facts);
}

/// Ranges in order, those that overlap joined.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// Notes where a piece of metadata was found.
fn keep<T>(article: &mut Article, field: Field, value: Option<(T, Found)>) -> Option<T> {
    let (value, found) = value?;
    article.found.insert(field, found);
    Some(value)
}

/// Every name the outlet goes by on the page, and its hosts.
fn outlet_names(article: &Article, facts: &Facts) -> Vec<String> {
    let tagged = ["og:site_name", "application-name"].iter().flat_map(|name| facts.marks.metas_named(name));
    let publisher = facts.stated.and_then(|stated| stated.publisher.as_deref());
    let hosts = article.url.as_deref().and_then(host);
    let names = article.outlet.as_deref().into_iter().chain(publisher).chain(tagged).map(str::to_owned);
    names.chain(hosts).collect()
}

/// The agency that signs as an author, in another's pages.
fn agency(article: &Article) -> Option<(String, Found)> {
    let found = *article.found.get(&Field::Authors)?;
    let agency = article.authors.iter().find_map(|name| LISTS.agency(name))?;
    let own = article.outlet.as_deref().is_some_and(|outlet| LISTS.agency(outlet) == Some(agency));
    (!own).then(|| (agency.to_owned(), found))
}

/// What the page says its language is; the text has the last word.
fn language(facts: &Facts) -> Option<(String, Found)> {
    let root = facts.marks.language.as_deref().map(|tag| (tag, Found::Heading));
    let stated = facts.stated.and_then(|stated| stated.language.as_deref()).map(|tag| (tag, Found::JsonLd));
    let tagged = facts.marks.meta(&["og:locale", "content-language", "language", "dc.language"]);
    let tagged = tagged.map(|tag| (tag, Found::Meta));
    [root, stated, tagged].into_iter().flatten().find_map(|(tag, found)| Some((code_of_tag(tag)?, found)))
}

/// Whether the page says that its text must be paid for. A metered text is there in full.
fn is_paid(facts: &Facts) -> bool {
    let tier = facts.marks.meta(&["article:content_tier"]);
    let locked = tier.is_some_and(|tier| tier.eq_ignore_ascii_case("locked"));
    let free = tier.is_some_and(|tier| tier.eq_ignore_ascii_case("free") || tier.eq_ignore_ascii_case("metered"));
    locked || !free && facts.stated.is_some_and(|stated| stated.paid)
}

/// The text of the article where only JSON-LD holds it.
pub(super) fn article_body(document: &Document) -> Option<String> {
    let marks = Marks::of(document);
    json_ld::plain(&json_ld::stated(&marks.scripts, Page::default())?.body?)
}
