//! One walk over a page that gathers all that could be metadata into a small table.
//!
//! Nothing is judged here: the table keeps what stands where, in document order, within limits, and the other modules
//! of [`super`] choose.

use std::ops::Range;

use dom_query::{Document, Element, NodeData, NodeRef};

use super::names::{LONGEST, Names, attribute, folded, short_text, spaced};
use super::words::{Hints, byline_hints, class_hints, date_hints};
use crate::dates::{Seen, dates_in};
use crate::words::floor;

/// Entries of one kind that are kept; a page made for reading has far fewer.
const MOST: usize = 1000;
/// Bytes of JSON-LD that are kept.
const MOST_SCRIPT: usize = 4_000_000;
/// JSON-LD scripts that are kept.
const MOST_SCRIPTS: usize = 100;

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
        if !is_data {
            return if !around.in_head {
                self.short_script(node, around)
            };
        }
        let source = node.text();
        let held: usize = self.scripts.iter().map(String::len).sum();
        if held + source.len() <= MOST_SCRIPT && self.scripts.len() < MOST_SCRIPTS {
            self.scripts.push(source.to_string());
        } else if self.cut.is_empty() {
            let limit = MOST_SCRIPT / 1_000_000;
            self.cut.push(format!(
                "JSON-LD beyond the limits of {limit} MB and {MOST_SCRIPTS} scripts was not read: metadata may be missing"
            ));
        }
    }

    /// A few lines of script that write the date where they stand: `show("2025/11/14")`.
    fn short_script(&mut self, node: &NodeRef, around: Around) {
        let Some(source) = node.first_child() else { return };
        source.query(|inner| match &inner.data {
            NodeData::Text { contents } if contents.len() <= 200 => {
                self.dates_of(contents.trim(), around.hints, self.texts, "");
            }
            _ => {}
        });
    }

    fn visible(&mut self, node: &NodeRef, element: &Element, name: &str, around: Around) {
        let names = Names::of(element);
        if name == "html" {
            self.language = names.lang.map(str::to_owned);
        }
        let own = if matches!(name, "html" | "body" | "main") { Hints::default() } else { names.hints() };
        let inner = Around {
            hints: own.with(around.own),
            own,
            in_article: around.in_article || name == "article",
            in_figure: around.in_figure || matches!(name, "figure" | "figcaption") || own.has(Hints::FIGURE),
            in_head: name == "head" || around.in_head && name != "body",
        };
        let (start, dates) = (self.texts, self.dates.len());
        if matches!(name, "time" | "abbr") || inner.hints.has(Hints::DATE) {
            self.dates_in_attributes(element, inner.hints);
        }
        self.children(node, inner);
        let texts = start..self.texts;
        // A date cut into several texts: "<span>14</span> <span>May</span> <span>2025</span>".
        if own.has(Hints::DATE) && self.dates.len() == dates && (2..=12).contains(&texts.len()) {
            self.dates_of(&spaced(node), inner.hints, start, "");
        }
        if let "h1" | "h2" | "h3" = name {
            self.heading(node, name, &texts);
        }
        self.named(node, element, &names, inner, &texts);
        if name == "article" && self.articles.len() < MOST {
            self.articles.push(texts.clone());
        }
        let leaves = own.has(Hints::COMMENT.with(Hints::ASIDE)) || names.are_aside(name, around.in_article);
        if leaves && !texts.is_empty() && self.apart.len() < MOST {
            self.apart.push(texts);
        }
    }

    fn heading(&mut self, node: &NodeRef, name: &str, texts: &Range<usize>) {
        if self.headings.len() < MOST {
            let first = node.first_element_child().filter(|_| texts.len() > 1).map(|child| spaced(&child));
            let level = name.as_bytes()[1] - b'0';
            self.headings.push(Heading { level, text: spaced(node), first, at: texts.start });
        }
    }

    /// Names of authors and properties, once the texts of an element are known.
    fn named(&mut self, node: &NodeRef, element: &Element, names: &Names, inner: Around, texts: &Range<usize>) {
        if texts.len() > 12 {
            return;
        }
        let says = |value: Option<&str>| {
            value.is_some_and(|value| value.split_ascii_whitespace().any(|name| name == "author"))
        };
        let marked = says(names.rel) || says(names.itemprop);
        let is_byline = (marked || inner.own.has(Hints::AUTHOR)) && !inner.in_figure && self.bylines.len() < 100;
        if is_byline {
            let text = spaced(node);
            if text.len() <= LONGEST && !text.is_empty() {
                self.bylines.push(Byline { text, marked, at: texts.start });
            }
        }
        if names.property().is_some() && self.properties.len() < MOST {
            let value = ["content", "datetime", "title"].iter().find_map(|key| attribute(element, key));
            let value = value.map_or_else(|| spaced(node), str::to_owned);
            self.property(element, &value, texts.start);
        }
    }

    fn property(&mut self, element: &Element, value: &str, at: usize) {
        let Some(names) = Names::of(element).property() else { return };
        let value = folded(&value[..floor(value, LONGEST)]);
        for name in names.split_ascii_whitespace().take(4) {
            let name = name.rsplit([':', '/']).next().unwrap_or(name).to_ascii_lowercase();
            if self.properties.len() < MOST && !value.is_empty() {
                self.properties.push(Property { name, value: value.clone(), at });
            }
        }
    }

    /// Dates for machines: `<time datetime>`, `<abbr title>`, and attributes of elements whose class promises a date.
    fn dates_in_attributes(&mut self, element: &Element, hints: Hints) {
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
        let opens = word.starts_with(char::is_uppercase) && byline_hints(word).has(Hints::BEFORE);
        if let Some(open) = &mut self.open_byline {
            let joins = matches!(text, "," | "&" | "|") || byline_hints(text).has(Hints::BETWEEN);
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
