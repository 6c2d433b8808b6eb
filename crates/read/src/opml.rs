//! OPML: lists of feeds, in and out.
//!
//! Versions 1.0 to 2.0 are read leniently; 2.0 is written, the same bytes for the same list.
//!
//! ```
//! use twosource_read::opml::{read, write};
//! let text = "<opml><body><outline text='News'><outline text='Nova Post' xmlUrl='https://nova.example/feed'/></outline></opml>";
//! let feeds = read(text.as_bytes(), &Default::default()).unwrap();
//! assert_eq!((&*feeds[0].feed_url, &feeds[0].folders[..]), ("https://nova.example/feed", &["News".to_owned()][..]));
//! assert_eq!(read(write("My feeds", &feeds).as_bytes(), &Default::default()), Some(feeds));
//! ```

use crate::xml::{self, Element, escape};
use crate::{Limits, encoding, wire::folded};

/// A feed that a list names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FeedSource {
    /// Its title; the address where the list gives none.
    pub title: String,
    /// The address of the feed.
    pub feed_url: String,
    /// The address of the site.
    pub site_url: Option<String>,
    /// The folders it is in, outermost first, or the parts of its category.
    pub folders: Vec<String>,
}

/// Whether the name of an outermost element is that of a list.
pub(crate) fn is_root(name: &str) -> bool {
    name == "opml"
}

/// The feeds of a list in their order; `None` where the bytes are no OPML. An outline without a feed is a folder of
/// those in it.
pub fn read(bytes: &[u8], limits: &Limits) -> Option<Vec<FeedSource>> {
    let text = encoding::decode(bytes).text;
    xml::root_name(&text).filter(|name| is_root(name))?;
    let tree = xml::parse(&text, &xml::Rules::default(), limits);
    Some(tree.elements().filter(|element| element.local() == "outline").filter_map(source).collect())
}

fn source(outline: Element) -> Option<FeedSource> {
    let feed_url = address(outline)?;
    let mut folders = Vec::new();
    let mut around = outline.parent();
    while let Some(element) = around.filter(|element| element.local() == "outline") {
        folders.extend(title(element).filter(|_| address(element).is_none()));
        around = element.parent();
    }
    folders.reverse();
    if folders.is_empty() {
        folders = outline.attribute("category").map(category).unwrap_or_default();
    }
    let title = title(outline).unwrap_or_else(|| feed_url.clone());
    Some(FeedSource { title, feed_url, site_url: outline.attribute("htmlurl").map(str::to_owned), folders })
}

/// The address of a feed: `xmlUrl`, or the `url` of an outline whose type says it is one.
fn address(outline: Element) -> Option<String> {
    let is_feed =
        || outline.attribute("type").is_some_and(|kind| matches!(&*kind.to_ascii_lowercase(), "rss" | "atom"));
    let found = outline.attribute("xmlurl").or_else(|| outline.attribute("url").filter(|_| is_feed()));
    found.map(|address| address.split_whitespace().collect())
}

fn title(outline: Element) -> Option<String> {
    let found = outline.attribute("title").or_else(|| outline.attribute("text"))?;
    Some(folded(found)).filter(|title| !title.is_empty())
}

/// The first category of a list, "/News/Local", cut at its slashes.
fn category(value: &str) -> Vec<String> {
    let first = value.split(',').next().unwrap_or_default();
    first.split('/').map(folded).filter(|part| !part.is_empty()).collect()
}

/// A list of feeds as OPML 2.0. Feeds stay in their order; a run of feeds in the same folders shares their outlines.
pub fn write(title: &str, feeds: &[FeedSource]) -> String {
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>");
    put(&mut text, title);
    text.push_str("</title>\n  </head>\n  <body>\n");
    let mut open: &[String] = &[];
    for feed in feeds {
        let shared = open.iter().zip(&feed.folders).take_while(|(one, other)| one == other).count();
        (shared..open.len()).rev().for_each(|depth| line(&mut text, depth, "</outline>"));
        for depth in shared..feed.folders.len() {
            line(&mut text, depth, &format!("<outline text=\"{}\">", escaped(&feed.folders[depth])));
        }
        line(&mut text, feed.folders.len(), &outline(feed));
        open = &feed.folders;
    }
    (0..open.len()).rev().for_each(|depth| line(&mut text, depth, "</outline>"));
    text.push_str("  </body>\n</opml>\n");
    text
}

fn outline(feed: &FeedSource) -> String {
    let title = escaped(&feed.title);
    let site = feed.site_url.as_ref().map(|url| format!(" htmlUrl=\"{}\"", escaped(url))).unwrap_or_default();
    format!("<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{}\"{site}/>", escaped(&feed.feed_url))
}

fn line(text: &mut String, depth: usize, words: &str) {
    text.push_str(&"  ".repeat(depth + 2));
    text.push_str(words);
    text.push('\n');
}

fn escaped(words: &str) -> String {
    let mut text = String::new();
    put(&mut text, words);
    text
}

/// Escapes what XML reads as markup and leaves out what it does not allow.
fn put(text: &mut String, words: &str) {
    let allowed: String = words.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect();
    escape(&allowed, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn feeds(text: &str) -> Vec<FeedSource> {
        read(text.as_bytes(), &Limits::default()).expect("a list")
    }

    #[test]
    fn folders_and_categories() {
        let text = "<OPML version='1.1'><head><title>x</title></head><body>\
            <outline title='News'><outline text='Local'><outline text='Nova &amp; Post' xmlUrl=' https://nova.example/a ' htmlUrl='https://nova.example'/></outline>\
            <outline text='No feed'/><outline xmlUrl='https://nova.example/b'/></outline>\
            <outline type='RSS' text='Old' url='https://old.example' category='/Sport/Sea,/Other'/><outline type='link' url='https://x.example' text='y'/></body>";
        let found = feeds(text);
        let shown: Vec<_> =
            found.iter().map(|feed| format!("{}/{} {}", feed.folders.join("/"), feed.title, feed.feed_url)).collect();
        assert_eq!(
            shown,
            [
                "News/Local/Nova & Post https://nova.example/a",
                "News/https://nova.example/b https://nova.example/b",
                "Sport/Sea/Old https://old.example"
            ]
        );
        assert_eq!(found[0].site_url.as_deref(), Some("https://nova.example"));
        assert_eq!(read(b"<rss/>", &Limits::default()), None);
    }

    #[test]
    fn what_is_written() {
        let feed = |title: &str, folders: &[&str]| FeedSource {
            title: title.to_owned(),
            feed_url: format!("https://nova.example/{title}"),
            site_url: None,
            folders: folders.iter().map(|&folder| folder.to_owned()).collect(),
        };
        let list = [feed("a", &["News"]), feed("b", &["News", "Local"]), feed("c", &[])];
        let text = write("<Mine>", &list);
        assert_eq!(
            text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    <title>&lt;Mine&gt;</title>\n  </head>\n  <body>\n\
             \x20   <outline text=\"News\">\n\
             \x20     <outline type=\"rss\" text=\"a\" title=\"a\" xmlUrl=\"https://nova.example/a\"/>\n\
             \x20     <outline text=\"Local\">\n\
             \x20       <outline type=\"rss\" text=\"b\" title=\"b\" xmlUrl=\"https://nova.example/b\"/>\n\
             \x20     </outline>\n    </outline>\n\
             \x20   <outline type=\"rss\" text=\"c\" title=\"c\" xmlUrl=\"https://nova.example/c\"/>\n  </body>\n</opml>\n"
        );
        assert_eq!(feeds(&text), list);
    }
}
