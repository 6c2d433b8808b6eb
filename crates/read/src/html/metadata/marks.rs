//! One walk over a page that gathers all that could be metadata into a small table.
//!
//! Nothing is judged here: the table keeps what stands where, in document order, within limits, and the other modules
//! of [`super`] choose.

use std::ops::Range;

use dom_query::{Document, Element, NodeData, NodeRef};

use super::authors::is_byline_word;
use super::words::{Hints, class_hints, date_hints};
use crate::dates::{Seen, dates_in};
use crate::words::floor;

/// Entries of one kind that are kept; a page made for reading has far fewer.
const MOST: usize = 1000;
/// Bytes of JSON-LD that are kept.
const MOST_SCRIPT: usize = 4_000_000;
/// Bytes of a value or a short text.
const LONGEST: usize = 400;

/// What a page holds of metadata. Places count the visible texts before them.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Names, in lower case, and contents of `meta` elements.
    pub(super) metas: Vec<(String, String)>,
    /// The canonical link.
    pub(super) canonical: Option<String>,
    /// The language of the root element.
    pub(super) language: Option<String>,
    /// The text of the `title` element.
    pub(super) page_title: Option<String>,
    /// The sources of JSON-LD scripts.
    pub(super) scripts: Vec<String>,
    /// Headings of the first three levels.
    pub(super) headings: Vec<Heading>,
    /// Values of schema.org properties in attributes.
    pub(super) properties: Vec<Property>,
    /// Dates in elements and texts.
    pub(super) dates: Vec<DateMark>,
    /// Elements that name who wrote the page.
    pub(super) bylines: Vec<Byline>,
    /// Comments of readers, and what stands beside the article.
    pub(super) apart: Vec<Range<usize>>,
    /// `article` elements.
    pub(super) articles: Vec<Range<usize>>,
    /// Limits that cut something off.
    pub(super) cut: Vec<String>,
    texts: usize,
    last_text: String,
    /// A byline that has begun with "By" and may go on in the next texts.
    open_byline: Option<Byline>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    /// 1 to 3.
    pub(super) level: u8,
    /// Its words, white space folded.
    pub(super) text: String,
    /// The words of its first child element, where others follow: a kicker inside the heading.
    pub(super) first: Option<String>,
    /// Its place.
    pub(super) at: usize,
}

/// A property of microdata or RDFa.
#[derive(Debug)]
pub(super) struct Property {
    /// Its name in lower case, without a prefix.
    pub(super) name: String,
    /// Its value.
    pub(super) value: String,
    /// Its place.
    pub(super) at: usize,
}

/// A date with what surrounds it.
#[derive(Debug)]
pub(super) struct DateMark {
    pub(super) seen: Seen,
    /// Its place.
    pub(super) at: usize,
    /// Whether a `time` or `abbr` element or an attribute gives it for machines.
    pub(super) marked: bool,
    /// What class names and words say.
    pub(super) hints: Hints,
    /// Whether the text is hardly more than the date.
    pub(super) alone: bool,
    /// Whether the date opens its text.
    pub(super) leads: bool,
    /// Whether it stands in running text.
    pub(super) long: bool,
}

/// An element that names authors.
#[derive(Debug)]
pub(super) struct Byline {
    /// Its words.
    pub(super) text: String,
    /// Whether it says so for machines: `rel="author"`, `itemprop="author"`.
    pub(super) marked: bool,
    /// Its place.
    pub(super) at: usize,
}

/// What the elements around pass down.
#[derive(Clone, Copy, Default)]
struct Around {
    /// Of the element itself and the one around it.
    hints: Hints,
    /// Of the element alone.
    own: Hints,
    in_article: bool,
    in_head: bool,
    in_figure: bool,
}

impl Marks {
    /// The marks of a page.
    pub(super) fn of(document: &Document) -> Marks {
        let mut marks = Marks::default();
        marks.children(&document.root(), Around::default());
        marks.bylines.extend(marks.open_byline.take());
        marks
    }

    /// The content of the first `meta` element with one of these names; names earlier in the list come first.
    pub(super) fn meta<'m>(&'m self, names: &[&'m str]) -> Option<&'m str> {
        names.iter().find_map(|wanted| self.metas_named(wanted).next())
    }

    /// The contents of all `meta` elements with this name.
    pub(super) fn metas_named<'m>(&'m self, wanted: &'m str) -> impl Iterator<Item = &'m str> {
        self.metas.iter().filter(move |(name, _)| name == wanted).map(|(_, content)| content.as_str())
    }

    fn children(&mut self, node: &NodeRef, around: Around) {
        for child in node.children_it(false) {
            self.node(&child, around);
        }
    }

    fn node(&mut self, node: &NodeRef, around: Around) {
        if let Some(element) = node.element_ref() {
            return self.element(node, &element, around);
        }
        node.query(|inner| {
            if let NodeData::Text { contents } = &inner.data {
                self.text(contents, around);
            }
        });
    }

    fn element(&mut self, node: &NodeRef, element: &Element, around: Around) {
        let name = &*element.name.local;
        match name {
            "meta" => self.meta_element(element),
            "link" => self.link(element),
            "title" if around.in_head => self.page_title = self.page_title.take().or_else(|| short_text(node)),
            "script" => self.script(node, element, around),
            "style" | "noscript" | "template" | "svg" | "select" | "textarea" | "iframe" | "object" | "title" => {}
            _ => self.visible(node, element, name, around),
        }
    }

    fn meta_element(&mut self, element: &Element) {
        let content = attribute(element, "content").map(str::trim).filter(|content| !content.is_empty());
        let Some(content) = content else { return };
        for name in ["property", "name", "itemprop", "http-equiv"].iter().filter_map(|name| attribute(element, name)) {
            if self.metas.len() < MOST {
                self.metas.push((name.trim().to_ascii_lowercase(), folded(&content[..floor(content, 2000)])));
            }
        }
        self.property(element, content, self.texts);
    }

    fn link(&mut self, element: &Element) {
        let is_canonical = attribute(element, "rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical"));
        if is_canonical && self.canonical.is_none() {
            self.canonical = attribute(element, "href").map(|href| href.trim().to_owned());
        }
    }

    fn script(&mut self, node: &NodeRef, element: &Element, around: Around) {
        let is_data = attribute(element, "type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        let source = node.text();
        if !is_data {
            // A few lines of script that write the date where they stand: `show("2025/11/14")`.
            if source.len() <= 200 && !around.in_head && attribute(element, "src").is_none() {
                self.dates_of(source.trim(), around.hints, self.texts, "");
            }
            return;
        }
        let held: usize = self.scripts.iter().map(String::len).sum();
        if held + source.len() > MOST_SCRIPT || self.scripts.len() >= 100 {
            self.cut.push(format!(
                "JSON-LD beyond the limit of {} MB was not read: metadata may be missing",
                MOST_SCRIPT / 1_000_000
            ));
            return;
        }
        self.scripts.push(source.to_string());
    }

    fn visible(&mut self, node: &NodeRef, element: &Element, name: &str, around: Around) {
        if name == "html" {
            self.language = attribute(element, "lang").or_else(|| attribute(element, "xml:lang")).map(str::to_owned);
        }
        let is_root = matches!(name, "html" | "body" | "main");
        let own = if is_root { Hints::default() } else { names_of(element) };
        let inner = Around {
            hints: own.with(around.own),
            own,
            in_article: around.in_article || name == "article",
            in_figure: around.in_figure || matches!(name, "figure" | "figcaption") || own.has(Hints::FIGURE),
            in_head: name == "head" || around.in_head && name != "body",
        };
        let (start, dates) = (self.texts, self.dates.len());
        self.dates_in_attributes(element, name, inner.hints);
        let pushed = self.dates.len() - dates;
        self.children(node, inner);
        self.ended(node, element, name, inner, start..self.texts.max(start + 1));
        // A date cut into several texts: "<span>14</span> <span>May</span> <span>2025</span>".
        let few = self.texts - start;
        if own.has(Hints::DATE) && self.dates.len() == dates + pushed && pushed == 0 && (2..=12).contains(&few) {
            let text = folded(&node.text());
            self.dates_of(&text, inner.hints, start, "");
        }
        if name == "article" && self.articles.len() < MOST {
            self.articles.push(start..self.texts);
        }
        let leaves = own.has(Hints::COMMENT.with(Hints::ASIDE)) || is_aside(element, name, around.in_article);
        if leaves && self.apart.len() < MOST {
            self.apart.push(start..self.texts);
        }
    }

    /// What an element gives once its texts are known.
    fn ended(&mut self, node: &NodeRef, element: &Element, name: &str, inner: Around, texts: Range<usize>) {
        if let "h1" | "h2" | "h3" = name
            && self.headings.len() < 200
        {
            let children = node.element_children();
            let first = children.first().filter(|_| texts.len() > 1).map(|child| folded(&child.text()));
            let level = name.as_bytes()[1] - b'0';
            self.headings.push(Heading { level, text: spaced(node), first, at: texts.start });
        }
        let says = |key: &str, word: &str| {
            attribute(element, key).is_some_and(|value| value.split_ascii_whitespace().any(|name| name == word))
        };
        let marked = says("rel", "author") || says("itemprop", "author");
        let named = marked || inner.own.has(Hints::AUTHOR);
        if named && !inner.in_figure && texts.len() <= 12 && self.bylines.len() < 100 {
            let text = spaced(node);
            if text.len() <= LONGEST && !text.is_empty() {
                self.bylines.push(Byline { text, marked, at: texts.start });
            }
        }
        if attribute(element, "itemprop").or_else(|| attribute(element, "property")).is_some() && texts.len() <= 12 {
            let value = ["content", "datetime", "title"].iter().find_map(|key| attribute(element, key));
            let value = value.map_or_else(|| spaced(node), str::to_owned);
            self.property(element, &value, texts.start);
        }
    }

    fn property(&mut self, element: &Element, value: &str, at: usize) {
        let Some(names) = attribute(element, "itemprop").or_else(|| attribute(element, "property")) else { return };
        let value = folded(&value[..floor(value, LONGEST)]);
        for name in names.split_ascii_whitespace().take(4) {
            let name = name.rsplit([':', '/']).next().unwrap_or(name).to_ascii_lowercase();
            if self.properties.len() < MOST && !value.is_empty() {
                self.properties.push(Property { name, value: value.clone(), at });
            }
        }
    }

    /// Dates for machines: `<time datetime>`, `<abbr title>`, and attributes of elements whose class promises a date.
    fn dates_in_attributes(&mut self, element: &Element, name: &str, hints: Hints) {
        let is_time = matches!(name, "time" | "abbr");
        if !is_time && !hints.has(Hints::DATE) {
            return;
        }
        let is_wanted = |key: &str| {
            matches!(key, "datetime" | "title" | "content")
                || key.starts_with("data-") && class_hints(key).has(Hints::DATE)
        };
        for attribute in element.attrs.iter().filter(|attribute| is_wanted(&attribute.name.local)).take(6) {
            let value: &str = attribute.value.trim();
            let pubdate = element.attrs.iter().any(|attribute| &*attribute.name.local == "pubdate");
            let hints = if pubdate { hints.with(Hints::PUBLISHED) } else { hints };
            if let Some(seen) = dates_in(&value[..floor(value, 80)]).into_iter().next()
                && value.len() <= 120
                && self.dates.len() < MOST
            {
                let at = self.texts;
                self.dates.push(DateMark { seen, at, marked: true, hints, alone: true, leads: true, long: false });
            }
        }
    }

    fn text(&mut self, contents: &str, around: Around) {
        let text = contents.trim();
        if text.is_empty() || around.in_head {
            return;
        }
        let at = self.texts;
        self.texts += 1;
        let before = std::mem::take(&mut self.last_text);
        if text.bytes().filter(u8::is_ascii_digit).take(4).count() == 4 {
            self.dates_of(text, around.hints, at, &before);
        }
        if !around.in_figure {
            self.byline_text(text, at);
        }
        self.last_text = before;
        self.last_text.clear();
        // Only a label says anything of what follows it.
        self.last_text.push_str(if text.len() <= 40 { text } else { "" });
    }

    /// "By" and the names behind it, in this text or the next ones.
    fn byline_text(&mut self, text: &str, at: usize) {
        let word = text.split([' ', ':', '\u{a0}']).next().unwrap_or_default();
        let opens = word.starts_with(char::is_uppercase) && is_byline_word(word, "before");
        if let Some(open) = &mut self.open_byline {
            let joins = matches!(text, "," | "&" | "|") || is_byline_word(text, "between");
            let after_joint = open.text.split_whitespace().count() == 1 || open.text.ends_with([',', '&', ' ']);
            if !opens && text.len() <= 60 && (joins || after_joint) && open.text.len() <= LONGEST {
                open.text.push(' ');
                open.text.push_str(text);
                open.text.push_str(if joins { " " } else { "" });
                return;
            }
        }
        self.bylines.extend(self.open_byline.take());
        if opens && text.len() <= 120 && self.bylines.len() < 100 {
            self.open_byline = Some(Byline { text: folded(text), marked: false, at });
        }
    }

    /// The dates of a text; of running text only one at its very start.
    fn dates_of(&mut self, text: &str, hints: Hints, at: usize, previous: &str) {
        let long = text.len() > 160;
        let head = &text[..floor(text, if long { 60 } else { 160 })];
        let dates = dates_in(head);
        for (index, seen) in dates.iter().enumerate() {
            let before = &head[index.checked_sub(1).map_or(0, |last| dates[last].end)..seen.start];
            let leads = before.trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
            let after = if index + 1 == dates.len() && !long { &head[seen.end..] } else { "" };
            let said = match date_hints(before, after) {
                none if none == Hints::default() && leads && index == 0 => date_hints(previous, ""),
                some => some,
            };
            if self.dates.len() < MOST {
                let alone = head.len() - (seen.end - seen.start) <= 30 && !long;
                let seen = seen.clone();
                self.dates.push(DateMark { seen, at, marked: false, hints: hints.with(said), alone, leads, long });
            }
        }
    }
}

fn names_of(element: &Element) -> Hints {
    let class = attribute(element, "class").map(class_hints).unwrap_or_default();
    let id = attribute(element, "id").map(class_hints).unwrap_or_default();
    let name = attribute(element, "itemprop").or_else(|| attribute(element, "property"));
    class.with(id).with(name.map(class_hints).unwrap_or_default())
}

/// What stands beside the article by its element.
fn is_aside(element: &Element, name: &str, in_article: bool) -> bool {
    let role = || attribute(element, "role").is_some_and(|role| matches!(role, "navigation" | "contentinfo"));
    match name {
        "nav" => true,
        "aside" | "footer" => !in_article,
        "div" | "section" => attribute(element, "id").is_some_and(|id| id.eq_ignore_ascii_case("footer")) || role(),
        _ => false,
    }
}

/// The value of an attribute.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

fn short_text(node: &NodeRef) -> Option<String> {
    let text = folded(&node.text());
    (!text.is_empty()).then_some(text)
}

/// White space folded.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element; block elements and line breaks inside part words.
fn spaced(node: &NodeRef) -> String {
    let mut text = String::new();
    gather(node, &mut text);
    folded(&text)
}

fn gather(node: &NodeRef, text: &mut String) {
    for child in node.children_it(false) {
        if text.len() > 4 * LONGEST {
            return;
        }
        match child.node_name().as_deref() {
            None => text.push_str(&child.text()),
            Some("script" | "style" | "svg" | "template" | "noscript" | "button") => {}
            Some(
                "a" | "b" | "i" | "em" | "strong" | "span" | "font" | "mark" | "q" | "sub" | "sup" | "u" | "wbr"
                | "time",
            ) => {
                gather(&child, text);
            }
            Some(_) => {
                text.push(' ');
                gather(&child, text);
                text.push(' ');
            }
        }
    }
}
