//! The elements of the XML formats to a feed. One table of names serves them all, since feeds mix them freely: an
//! Atom link in RSS, Dublin Core in either, the names of Atom 0.3 in a feed that says 1.0.

use twosource_model::Instant;

use super::content::base64;
use super::{Content, Entry, Feed, Media, feed_date};
use crate::address::{is_web, resolve};
use crate::json::host;
use crate::labels::authors_of;
use crate::language::code_of_tag;
use crate::xml::{Element, Space, Step};

/// No entry has more authors, nor more pictures and films that say something.
pub(super) const MOST: usize = 100;

/// A longer name or title is none: it would be repeated in every article of the feed.
pub(super) const LONGEST: usize = 1000;

/// When an entry was first published, best first.
const PUBLISHED: &[&str] =
    &["pubdate", "published", "issued", "dcterms:issued", "dc:date", "created", "dcterms:created", "dcterms:date"];
/// When it was last changed.
const MODIFIED: &[&str] = &["updated", "modified", "dcterms:modified", "lastbuilddate"];
/// The text itself.
const CONTENT: &[&str] = &["content:encoded", "xhtml:body", "body", "content", "fullitem"];
/// What stands for the text.
const SUMMARY: &[&str] = &["description", "summary", "abstract", "subtitle", "dc:description", "itunes:summary"];
const TITLE: &[&str] = &["title", "dc:title", "media:title", "itunes:title"];
const LANGUAGE: &[&str] = &["language", "dc:language"];

/// A feed by its outermost element.
pub(super) fn feed(root: Element) -> Feed {
    let channel = root.child("channel").filter(|_| root.local() != "feed").unwrap_or(root);
    let around = base(channel).or_else(|| own_address(channel));
    let site = links(channel, around.as_deref()).into_iter().next();
    let mut feed =
        Feed { title: title(channel), language: language(channel).or_else(|| language(root)), site, ..Feed::default() };
    // Atom says that the authors of a feed are those of its entries; the editors RSS names there are not.
    let shared = if channel.local() == "feed" { authors(channel) } else { Vec::new() };
    feed.entries = entries(root).into_iter().map(|element| entry(element, &feed, &shared)).collect();
    if !root.is_closed() {
        feed.notes.push("the feed breaks off before its end".to_owned());
    }
    feed
}

/// Where a feed says it is kept itself.
fn own_address(channel: Element) -> Option<String> {
    let mut links = children(channel, "link").filter(|link| link.attribute("rel") == Some("self"));
    links.find_map(|link| resolve(None, link.attribute("href")?))
}

/// The elements of the entries; none is inside another.
fn entries(root: Element) -> Vec<Element> {
    let mut found = Vec::new();
    root.walk(|step| {
        let Step::Open(element) = step else { return true };
        let is_entry = matches!(element.local(), "item" | "entry") && element.space().is_core();
        if is_entry {
            found.push(element);
        }
        !is_entry
    });
    found
}

fn entry(element: Element, feed: &Feed, shared: &[String]) -> Entry {
    let base = base(element).or_else(|| feed.site.clone());
    let url = links(element, base.as_deref()).into_iter().next();
    let authors = authors(element);
    Entry {
        id: id(element),
        url,
        title: title(element),
        published: date(element, PUBLISHED),
        modified: date(element, MODIFIED).or_else(|| feed_date(element.attribute("lastmod")?)),
        authors: if authors.is_empty() { shared.to_vec() } else { authors },
        via: child(element, "source").and_then(source),
        language: language(element).filter(|code| Some(code) != feed.language.as_ref()),
        content: content(element, CONTENT),
        summary: content(element, SUMMARY),
        media: media(element),
        is_cut: !element.is_closed(),
    }
}

/// The first element directly in another by a name of the tables: without a prefix one of the formats' own.
fn child<'t>(element: Element<'t>, name: &str) -> Option<Element<'t>> {
    children(element, name).next()
}

fn children<'t>(element: Element<'t>, name: &str) -> impl Iterator<Item = Element<'t>> {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    let space = match prefix {
        "dc" => Some(Space::DublinCore),
        "dcterms" => Some(Space::DublinTerms),
        "content" => Some(Space::Content),
        "itunes" => Some(Space::Itunes),
        "media" => Some(Space::Media),
        "xhtml" => Some(Space::Xhtml),
        "feedburner" => Some(Space::FeedBurner),
        _ => None,
    };
    let fits = move |found: Space| space.map_or(found.is_core(), |wanted| wanted == found);
    let local = local.to_owned();
    element.children().filter(move |child| child.local() == local && fits(child.space()))
}

fn id(element: Element) -> Option<String> {
    let named = ["guid", "id", "dc:identifier"].iter().find_map(|name| child(element, name)?.words());
    named.or_else(|| element.attribute("rdf:about").map(str::to_owned))
}

/// The title as text, whatever it is written in.
fn title(element: Element) -> Option<String> {
    let fits = |title: &String| title.len() <= LONGEST;
    TITLE
        .iter()
        .find_map(|name| children(element, name).find_map(|title| text_of(title)?.words(&crate::Limits::default())))
        .filter(fits)
}

fn date(element: Element, names: &[&str]) -> Option<Instant> {
    names.iter().find_map(|name| children(element, name).find_map(|date| feed_date(&date.text())))
}

fn content(element: Element, names: &[&str]) -> Option<Content> {
    let says = |content: &Content| match content {
        Content::Text(text) | Content::Html(text) => !text.trim().is_empty(),
    };
    names.iter().find_map(|name| children(element, name).filter_map(text_of).find(says))
}

/// What an element holds: a text construct of Atom by its type, or what RSS leaves to be guessed.
fn text_of(element: Element) -> Option<Content> {
    let kind = element.attribute("type").unwrap_or_default().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or_default();
    let is_atom = element.space() == Space::Atom;
    let is_text = matches!(&*kind, "" | "text" | "text/plain");
    let is_html = kind.contains("html") || matches!(&*kind, "application/xml" | "text/xml");
    let is_other = kind.contains('/') && !kind.starts_with("text/") && !is_html;
    match () {
        () if is_atom && element.attribute("src").is_some() => None,
        () if element.has_elements() => Some(Content::Html(element.markup())),
        () if mode == "base64" || is_other => base64(&element.text()).map(Content::guessed),
        () if is_html => Some(Content::Html(element.text())),
        () if is_atom && is_text => Some(Content::Text(element.text())),
        () => Some(Content::guessed(element.text())),
    }
}

/// The addresses an element gives for itself, best first.
fn links(element: Element, base: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |address: Option<&str>| found.extend(address.and_then(|address| resolve(base, address)));
    children(element, "feedburner:origlink").for_each(|link| add(Some(&link.text())));
    for link in children(element, "link") {
        let is_alternate = link.attribute("rel").is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"));
        match link.attribute("href") {
            Some(href) if is_alternate => add(Some(href)),
            Some(_) => {}
            None => add(Some(&link.text())),
        }
    }
    let is_id_only =
        |guid: &Element| guid.attribute("ispermalink").is_some_and(|value| value.eq_ignore_ascii_case("false"));
    for guid in children(element, "guid").filter(|guid| !is_id_only(guid)).filter_map(Element::words) {
        add(Some(&guid).filter(|guid| is_web(guid)).map(String::as_str));
    }
    add(element.attribute("href"));
    add(element.attribute("rdf:about"));
    found
}

/// The address around an element by `xml:base`, the inner ones relative to the outer.
fn base(element: Element) -> Option<String> {
    let mut bases = Vec::new();
    let mut around = Some(element);
    while let Some(element) = around {
        bases.extend(element.attribute("xml:base"));
        around = element.parent();
    }
    bases.into_iter().rev().fold(None, |outer, base| resolve(outer.as_deref(), base).or(outer))
}

fn language(element: Element) -> Option<String> {
    let named = LANGUAGE.iter().find_map(|name| child(element, name)?.words());
    code_of_tag(named.as_deref().or_else(|| element.inherited("xml:lang"))?)
}

/// The first kind of author that names one.
fn authors(element: Element) -> Vec<String> {
    let mut found = Vec::new();
    for name in ["author", "dc:creator", "dc:author", "itunes:author", "media:credit"] {
        let is_role = |author: &Element| {
            name != "media:credit" || author.attribute("role").is_some_and(|role| role.contains("author"))
        };
        for author in children(element, name).filter(is_role).flat_map(persons).take(MOST) {
            if !found.contains(&author) {
                found.push(author);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

/// The people an element names: by its children in Atom, by its text elsewhere.
fn persons(author: Element) -> Vec<String> {
    let named = author.child("name").and_then(Element::words);
    let mail = || author.child("email").and_then(Element::words);
    let whole = || if author.has_elements() { None } else { author.words() };
    named.or_else(mail).or_else(whole).map(|text| people(&text)).unwrap_or_default()
}

/// "anna@nova.example (Anna Berg)", "Anna Berg <anna@nova.example>", "Anna Berg and Carl Dahl".
pub(super) fn people(text: &str) -> Vec<String> {
    let is_address = |word: &str| word.contains('@') && !word.contains(' ');
    let (before, inside) = text.split_once(['(', '<']).unwrap_or((text, ""));
    let (before, inside) = (before.trim(), inside.trim_end_matches([')', '>', ' ']).trim());
    let name = if is_address(before) && !inside.is_empty() || before.is_empty() { inside } else { before };
    let names = authors_of(name);
    let whole = || Some(name.to_owned()).filter(|name| !name.is_empty() && name.len() <= 200).into_iter().collect();
    if names.is_empty() { whole() } else { names }
}

/// The name of a source: its title in Atom, its text in RSS, or the host of its address.
fn source(element: Element) -> Option<String> {
    let address = element.attribute("url").map(str::to_owned).or_else(|| links(element, None).into_iter().next());
    let named = if element.has_elements() { title(element) } else { element.words() };
    named.or_else(|| host(&address?))
}

/// The pictures and films of an entry that say something.
fn media(entry: Element) -> Vec<Media> {
    let mut holders = vec![entry];
    entry.walk(|step| {
        let Step::Open(element) = step else { return true };
        let is_media = element.space() == Space::Media;
        if is_media && matches!(element.local(), "group" | "content") {
            holders.push(element);
        }
        is_media
    });
    let mut found: Vec<Media> = Vec::new();
    for holder in holders.into_iter().take(MOST) {
        let words =
            |name: &str| children(holder, name).find_map(|element| text_of(element)?.words(&crate::Limits::default()));
        let one = Media {
            caption: words("media:description").or_else(|| words("media:text")),
            credit: words("media:credit"),
        };
        if one != Media::default() && !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_of_a_text() {
        let check = |text: &str, expected: &[&str]| assert_eq!(people(text), expected, "{text}");
        check("anna@nova.example (Anna Berg)", &["Anna Berg"]);
        check("Anna Berg <anna@nova.example>", &["Anna Berg"]);
        check("Anna Berg (anna@nova.example)", &["Anna Berg"]);
        check("Anna Berg and Carl Dahl", &["Anna Berg", "Carl Dahl"]);
        check("anna@nova.example", &["anna@nova.example"]);
        check("Nova newsroom", &["Nova newsroom"]);
        check(" ", &[]);
    }
}
