//! A page as boxes and lines: every block-level element with what it holds, and every run of text between two borders
//! of blocks. One walk over the tree; all that follows works on these two lists and never touches the tree again.

use std::collections::HashMap;

use dom_query::{Element, LocalName, NodeRef, local_name};

use super::marks::{Mark, Marks, marks_of, names_of};
use crate::words::floor;

/// A page cut into boxes and lines.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// Block-level elements in the order they open; the first is the page.
    pub(super) boxes: Vec<Area>,
    /// Runs of text in the order of the page.
    pub(super) lines: Vec<Piece>,
    /// The JSON-LD scripts of the page.
    pub(super) stated: Vec<String>,
    /// That the tree was deeper than the limit, in words.
    pub(super) note: Option<String>,
    /// What its meta elements say it is about.
    pub(super) description: Vec<String>,
    /// What they and its title element say it is called.
    pub(super) titles: Vec<String>,
}

/// A block-level element.
#[derive(Clone, Debug)]
pub(super) struct Area {
    /// What it is.
    pub(super) tag: Tag,
    /// The box around it; the first box is its own.
    pub(super) parent: usize,
    /// One after the last box inside it.
    pub(super) end: usize,
    /// The first line in it, and one after the last.
    pub(super) lines: (usize, usize),
    /// What its names say.
    pub(super) marks: Marks,
    /// A number for its tag and classes: like boxes have like numbers.
    pub(super) look: u64,
    /// Pictures, videos and players in it.
    pub(super) pictures: usize,
    /// The moment a `time` element in it states, outside of boxes in it.
    pub(super) time: Option<String>,
}

/// A run of text between two borders of blocks.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The box it stands in.
    pub(super) area: usize,
    /// Its words, white space folded.
    pub(super) text: String,
    /// Characters that are no white space.
    pub(super) size: usize,
    /// How many of them are in links.
    pub(super) linked: usize,
    /// How many of them are bold.
    pub(super) bold: usize,
}

impl Piece {
    /// Whether nearly all of it is links.
    pub(super) fn is_link(&self) -> bool {
        self.linked * 10 > self.size * 9
    }
}

/// What a block-level element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tag {
    Page,
    Paragraph,
    Heading(u8),
    Article,
    Main,
    Aside,
    Nav,
    Header,
    Footer,
    Form,
    Figure,
    Caption,
    List,
    Item,
    Quote,
    Table,
    Row,
    Cell,
    Link,
    Other,
}

/// The outline of a page. What is nested deeper than `depth` is left out, and said so: tags can hide their depth from
/// [`super::guard`], for example in a drawing, where the rules of scripts do not hold.
pub(super) fn outline(root: &NodeRef, depth: usize) -> Outline {
    let page = Area {
        tag: Tag::Page,
        parent: 0,
        end: 0,
        lines: (0, 0),
        marks: Marks::default(),
        look: 0,
        pictures: 0,
        time: None,
    };
    let mut walk = Walk {
        outline: Outline { boxes: vec![page], ..Outline::default() },
        open: 0,
        line: Line::default(),
        link: 0,
        bold: 0,
        depth: 0,
        deepest: depth + MARGIN,
        known: HashMap::new(),
    };
    walk.children(root);
    walk.flush();
    let (boxes, lines) = (walk.outline.boxes.len(), walk.outline.lines.len());
    walk.outline.boxes[0].end = boxes;
    walk.outline.boxes[0].lines = (0, lines);
    walk.outline
}

/// More of a description than any page gives, in bytes.
const DESCRIPTION: usize = 2000;

/// Elements a parser adds to those in the tags.
const MARGIN: usize = 8;

/// Stands for a `br` in a line that is being read; parsers let no such character through.
const BREAK: char = '\0';

#[derive(Default)]
struct Line {
    /// What came so far, a [`BREAK`] for every `br`.
    text: String,
    /// The size of it, and of what is in links and in bold.
    size: usize,
    linked: usize,
    bold: usize,
}

struct Walk {
    outline: Outline,
    open: usize,
    line: Line,
    link: usize,
    bold: usize,
    depth: usize,
    deepest: usize,
    /// The marks of names met before; pages repeat their classes hundreds of times.
    known: HashMap<String, Marks>,
}

impl Walk {
    fn children(&mut self, node: &NodeRef) {
        if self.depth >= self.deepest {
            return self.deep_text(node);
        }
        self.depth += 1;
        self.each_child(node);
        self.depth -= 1;
    }

    /// The words under a node beyond the limit, without their structure.
    fn deep_text(&mut self, node: &NodeRef) {
        let limit = self.deepest - MARGIN;
        self.outline.note = Some(format!(
            "the page nests elements more than the limit of {limit} deep: those deeper were read as plain text"
        ));
        let is_raw =
            |node: &NodeRef| node.parent().is_some_and(|parent| parent.has_name("script") || parent.has_name("style"));
        for inner in node.descendants_it().filter(|inner| inner.is_text() && !is_raw(inner)) {
            self.text(&inner.text());
        }
    }

    fn each_child(&mut self, node: &NodeRef) {
        for child in node.children_it(false) {
            self.node(&child);
        }
    }

    fn node(&mut self, node: &NodeRef) {
        if node.is_text() {
            self.text(&node.text());
            return;
        }
        let Some(element) = node.element_ref() else { return };
        let name: &str = &element.name.local;
        match name {
            "script" => {
                if element.attr("type").is_some_and(|kind| kind.contains("ld+json")) {
                    self.outline.stated.push(node.text().to_string());
                }
            }
            "style" | "noscript" | "template" | "button" | "select" | "svg" | "textarea" | "math" | "datalist" => {}
            "img" | "picture" | "video" | "audio" | "iframe" | "object" | "embed" | "amp-img" | "canvas" => {
                self.outline.boxes[self.open].pictures += 1;
            }
            "meta" => {
                let content = element.attr("content").map(|text| text[..floor(&text, DESCRIPTION)].to_owned());
                let name = element.attr("property").or_else(|| element.attr("name"));
                match name.as_deref() {
                    Some("description" | "og:description" | "twitter:description") => {
                        self.outline.description.extend(content);
                    }
                    Some("og:title" | "twitter:title") => self.outline.titles.extend(content),
                    _ => {}
                }
            }
            "title" => self.outline.titles.push(node.text().to_string()),
            "link" | "base" => {}
            "br" => self.line.text.push(BREAK),
            "hr" => self.flush(),
            "time" => {
                let moment = element.attr("datetime").map(|moment| moment.to_string());
                let area = &mut self.outline.boxes[self.open];
                area.time = area.time.take().or(moment);
                self.inline(node);
            }
            "a" | "b" | "strong" if !holds_blocks(node) => self.inline_counted(node, name),
            "a" => self.linked_block(node, &element),
            _ if is_inline(&element.name.local) && !holds_blocks(node) => {
                let marks = self.marks(&element);
                if marks.has(Mark::Hidden) || is_hidden(&element) {
                    return;
                }
                if marks.any(&[Mark::Credit, Mark::Caption]) {
                    self.block(node, &element, marks);
                } else {
                    self.inline(node);
                }
            }
            "tr" if is_data(node) => self.row(node, &element),
            _ => {
                let marks = self.marks(&element);
                self.block(node, &element, marks);
            }
        }
    }

    /// A row of a table as one line, its cells parted by bars.
    fn row(&mut self, node: &NodeRef, element: &Element) {
        let cells = node.children_it(false).filter(NodeRef::is_element);
        let cells: Vec<String> = cells.map(|cell| folded(&cell.text())).filter(|cell| !cell.is_empty()).collect();
        let links = node.descendants_it().filter(|inner| inner.has_name("a")).map(|link| size_of(&link.text())).sum();
        self.flush();
        let number = self.open_box(element, Tag::Row, Marks::default());
        self.line.text.push_str(&cells.join(" | "));
        self.line.size = size_of(&self.line.text);
        self.line.linked = links;
        self.close_box(number);
    }

    fn marks(&mut self, element: &Element) -> Marks {
        let mut marks = Marks::default();
        for names in names_of(element) {
            let known = match self.known.get(names) {
                Some(known) => *known,
                None => {
                    let found = marks_of(names);
                    self.known.insert(names.to_owned(), found);
                    found
                }
            };
            marks = marks.with(known);
        }
        marks
    }

    fn text(&mut self, text: &str) {
        let size = size_of(text);
        self.line.text.push_str(text);
        self.line.size += size;
        self.line.linked += if self.link > 0 { size } else { 0 };
        self.line.bold += if self.bold > 0 { size } else { 0 };
    }

    fn inline(&mut self, node: &NodeRef) {
        self.children(node);
    }

    fn inline_counted(&mut self, node: &NodeRef, name: &str) {
        let (link, bold) = (usize::from(name == "a"), usize::from(name != "a"));
        self.link += link;
        self.bold += bold;
        self.children(node);
        self.link -= link;
        self.bold -= bold;
    }

    fn linked_block(&mut self, node: &NodeRef, element: &Element) {
        self.link += 1;
        let marks = self.marks(element);
        self.block(node, element, marks);
        self.link -= 1;
    }

    fn block(&mut self, node: &NodeRef, element: &Element, mut marks: Marks) {
        self.flush();
        let tag = Tag::of(&element.name.local);
        if matches!(tag, Tag::Article | Tag::Main) {
            // Their names file the whole article ("sponsored", "has-comments").
            marks = Marks::default();
        }
        if is_hidden(element) {
            marks.set(Mark::Hidden);
        }
        let number = self.open_box(element, tag, marks);
        self.children(node);
        self.close_box(number);
    }

    fn open_box(&mut self, element: &Element, tag: Tag, marks: Marks) -> usize {
        let number = self.outline.boxes.len();
        let from = self.outline.lines.len();
        let look = look(element, tag);
        let area = Area { tag, parent: self.open, end: 0, lines: (from, from), marks, look, pictures: 0, time: None };
        self.outline.boxes.push(area);
        self.open = number;
        number
    }

    fn close_box(&mut self, number: usize) {
        self.flush();
        let (end, to) = (self.outline.boxes.len(), self.outline.lines.len());
        let area = &mut self.outline.boxes[number];
        area.end = end;
        area.lines.1 = to;
        let (outer, pictures) = (area.parent, area.pictures);
        self.outline.boxes[outer].pictures += pictures;
        self.open = outer;
    }

    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        let parts = if line.size == 0 { Vec::new() } else { parts(&line.text) };
        let only = parts.len() == 1;
        for text in parts {
            let size = if only { line.size } else { size_of(&text) };
            let share = |part: usize| part * size / line.size.max(1);
            let (linked, bold) = (share(line.linked), share(line.bold));
            self.outline.lines.push(Piece { area: self.open, text, size, linked, bold });
        }
        line.text.clear();
        self.line.text = line.text;
    }
}

/// Characters that are no white space; those of scripts without spaces, where one is worth a syllable or a word, count
/// as three.
fn size_of(text: &str) -> usize {
    let worth = |c: char| match c {
        c if c.is_whitespace() => 0,
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => 3,
        _ => 1,
    };
    if text.is_ascii() {
        return text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != 0xb).count();
    }
    text.chars().map(worth).sum()
}

fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        folded.push_str(if folded.is_empty() { "" } else { " " });
        folded.push_str(word);
    }
    folded
}

/// Whether a row of a table holds data: several cells, all of them short and without blocks. Tables that lay out a
/// page have long cells.
fn is_data(row: &NodeRef) -> bool {
    let mut cells = 0;
    for cell in row.children_it(false).filter(NodeRef::is_element) {
        cells += 1;
        let inner: Vec<NodeRef> = cell.descendants_it().take(41).collect();
        let is_block = |node: &NodeRef| node.has_name("table") || node.has_name("ul") || node.has_name("img");
        if inner.len() > 40 || cells > 40 || inner.iter().any(is_block) || cell.text().len() > 200 {
            return false;
        }
    }
    cells > 1
}

/// The paragraphs of a run of text: an empty line parts them, a single `br` where a sentence ends before it.
fn parts(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut gap = 2;
    for row in text.split(BREAK) {
        let row = folded(row);
        if row.is_empty() {
            gap += 1;
            continue;
        }
        let joins = gap < 2
            && parts
                .last()
                .is_some_and(|last| !crate::lines::ends_sentence(last) && row.starts_with(char::is_lowercase));
        match parts.last_mut() {
            Some(last) if joins => {
                last.push(' ');
                last.push_str(&row);
            }
            _ => parts.push(row),
        }
        gap = 1;
    }
    parts
}

fn is_inline(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("a")
            | local_name!("abbr")
            | local_name!("acronym")
            | local_name!("b")
            | local_name!("bdi")
            | local_name!("bdo")
            | local_name!("big")
            | local_name!("cite")
            | local_name!("code")
            | local_name!("data")
            | local_name!("del")
            | local_name!("dfn")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("ins")
            | local_name!("kbd")
            | local_name!("label")
            | local_name!("mark")
            | local_name!("nobr")
            | local_name!("q")
            | local_name!("rb")
            | local_name!("rp")
            | local_name!("rt")
            | local_name!("rtc")
            | local_name!("ruby")
            | local_name!("s")
            | local_name!("samp")
            | local_name!("small")
            | local_name!("span")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("sub")
            | local_name!("sup")
            | local_name!("time")
            | local_name!("tt")
            | local_name!("u")
            | local_name!("var")
            | local_name!("wbr")
    )
}

/// Whether an inline element stands around blocks, as a link around a card does. Only its children and theirs count.
fn holds_blocks(node: &NodeRef) -> bool {
    let blocks = |node: &NodeRef| node.element_ref().is_some_and(|element| is_block(&element.name.local));
    node.children_it(false).any(|child| blocks(&child) || child.children_it(false).any(|inner| blocks(&inner)))
}

fn is_block(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("div")
            | local_name!("p")
            | local_name!("h1")
            | local_name!("h2")
            | local_name!("h3")
            | local_name!("h4")
            | local_name!("h5")
            | local_name!("h6")
            | local_name!("ul")
            | local_name!("ol")
            | local_name!("li")
            | local_name!("figure")
            | local_name!("figcaption")
            | local_name!("section")
            | local_name!("article")
            | local_name!("blockquote")
            | local_name!("header")
            | local_name!("table")
    )
}

fn is_hidden(element: &Element) -> bool {
    element.attrs.iter().any(|attribute| match attribute.name.local {
        local_name!("hidden") => true,
        local_name!("aria-hidden") => &*attribute.value == "true",
        local_name!("style") => {
            let style: String = attribute.value.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        }
        _ => false,
    })
}

/// FNV-1a over tag and classes, or the id where a container has none; paragraphs may be numbered by theirs.
fn look(element: &Element, tag: Tag) -> u64 {
    let id = || element.id().filter(|_| matches!(tag, Tag::Other | Tag::List));
    let class = element.class().or_else(id).unwrap_or_default();
    let bytes = element.name.local.bytes().chain([b' ']).chain(class.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

impl Tag {
    fn of(name: &str) -> Tag {
        match name {
            "p" | "pre" => Tag::Paragraph,
            "h1" => Tag::Heading(1),
            "h2" => Tag::Heading(2),
            "h3" => Tag::Heading(3),
            "h4" => Tag::Heading(4),
            "h5" => Tag::Heading(5),
            "h6" => Tag::Heading(6),
            "article" => Tag::Article,
            "main" => Tag::Main,
            "aside" => Tag::Aside,
            "nav" => Tag::Nav,
            "header" | "hgroup" => Tag::Header,
            "footer" => Tag::Footer,
            "form" => Tag::Form,
            "figure" => Tag::Figure,
            "figcaption" | "caption" => Tag::Caption,
            "ul" | "ol" | "dl" => Tag::List,
            "li" | "dd" | "dt" => Tag::Item,
            "blockquote" => Tag::Quote,
            "table" => Tag::Table,
            "tr" => Tag::Row,
            "td" | "th" => Tag::Cell,
            "a" => Tag::Link,
            _ => Tag::Other,
        }
    }
}
