//! XML as it really comes: a tolerant reader that makes a tree of whatever it is given.
//!
//! Feeds and agencies' items arrive cut off, with a bare `&`, an end tag that is missing or a `<` that is none, and a
//! strict parser then loses all of them. This one never fails: what is no markup is text, an end tag closes what it
//! can, the end of the text closes the rest ([`Element::is_closed`] tells). Names are in lower case, a namespace is
//! known by its URI or, undeclared, by its usual prefix ([`Space`]). Entities are the five of XML, those of HTML, and
//! the internal ones of a document type, which are never expanded inside one another and only up to
//! [`LONGEST_EXPANSION`]; nothing outside the text is ever looked at. One pass, no recursion: depth and count of the
//! elements are limited by [`Limits`], and a note names the limit that cut something.

mod scan;
mod space;
mod walk;

use std::collections::BTreeMap;

use scan::{Piece, Scanner, Tag};
pub(crate) use space::Space;
pub(crate) use walk::{Step, escape};

use crate::Limits;

/// How much text all internal entities of a document may add, in bytes.
const LONGEST_EXPANSION: usize = 1 << 20;

/// A document: its elements in the order in which they open.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// What was cut, naming the limit.
    pub(crate) notes: Vec<String>,
}

#[derive(Debug)]
struct Node {
    space: Space,
    /// Local name in lower case.
    local: String,
    /// Names in lower case with their prefix, values decoded.
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
    parent: Option<usize>,
    is_closed: bool,
}

#[derive(Debug)]
enum Child {
    Element(usize),
    Text(String),
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(crate) struct Element<'t> {
    tree: &'t Tree,
    at: usize,
}

impl Tree {
    /// The outermost element: the first that is not inside another.
    pub(crate) fn root(&self) -> Option<Element<'_>> {
        (!self.nodes.is_empty()).then_some(Element { tree: self, at: 0 })
    }

    /// All elements in the order in which they open.
    pub(crate) fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..self.nodes.len()).map(|at| Element { tree: self, at })
    }
}

impl<'t> Element<'t> {
    /// The local name in lower case.
    pub(crate) fn local(self) -> &'t str {
        &self.node().local
    }

    /// The vocabulary its name is of.
    pub(crate) fn space(self) -> Space {
        self.node().space
    }

    /// Whether an end tag, its own or that of an element around it, closed it before the text ended.
    pub(crate) fn is_closed(self) -> bool {
        self.node().is_closed
    }

    /// The elements directly in it.
    pub(crate) fn children(self) -> impl Iterator<Item = Element<'t>> {
        let tree = self.tree;
        self.node().children.iter().filter_map(move |child| match child {
            Child::Element(at) => Some(Element { tree, at: *at }),
            Child::Text(_) => None,
        })
    }

    /// The elements directly in it that have this local name, whatever their vocabulary.
    pub(crate) fn named(self, local: &str) -> impl Iterator<Item = Element<'t>> {
        self.children().filter(move |child| child.local() == local)
    }

    /// The first element directly in it that has this local name, whatever its vocabulary.
    pub(crate) fn child(self, local: &str) -> Option<Element<'t>> {
        self.named(local).next()
    }

    /// What [`Element::child`] finds step by step.
    pub(crate) fn path(self, locals: &[&str]) -> Option<Element<'t>> {
        locals.iter().try_fold(self, |element, local| element.child(local))
    }

    /// The element around it.
    pub(crate) fn parent(self) -> Option<Element<'t>> {
        Some(Element { tree: self.tree, at: self.node().parent? })
    }

    /// The value of an attribute, by its whole name or else by its local one; not if empty.
    pub(crate) fn attribute(self, name: &str) -> Option<&'t str> {
        let attributes = &self.node().attributes;
        let local = |full: &str| full.rsplit(':').next().is_some_and(|local| local == name);
        let whole = attributes.iter().find(|(full, _)| full == name);
        let found = whole.or_else(|| attributes.iter().find(|(full, _)| local(full)))?;
        Some(found.1.trim()).filter(|value| !value.is_empty())
    }

    /// The value of an attribute on it or on the nearest element around it that has it (`xml:lang`).
    pub(crate) fn inherited(self, name: &str) -> Option<&'t str> {
        let mut around = Some(self);
        while let Some(element) = around {
            if let Some(value) = element.attribute(name) {
                return Some(value);
            }
            around = element.parent();
        }
        None
    }

    fn node(self) -> &'t Node {
        &self.tree.nodes[self.at]
    }
}

/// What a vocabulary says of the order of its elements, for documents that forget end tags. Local names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rules {
    /// Elements that stand directly in one of `containers`, and so end whatever else is open.
    pub(crate) entries: &'static [&'static str],
    /// See `entries`.
    pub(crate) containers: &'static [&'static str],
    /// Elements that hold nothing but text.
    pub(crate) leaves: &'static [&'static str],
    /// Elements that end a leaf which is still open.
    pub(crate) fields: &'static [&'static str],
}

/// Reads a document.
pub(crate) fn parse(text: &str, rules: &Rules, limits: &Limits) -> Tree {
    let mut builder = Builder::new(limits);
    let mut scanner = Scanner::new(text);
    while let Some(piece) = scanner.next() {
        match piece {
            Piece::Text(text) => builder.text(&text),
            Piece::Open(tag) if builder.tree.nodes.len() >= limits.elements => {
                let note = format!("more than {} elements: what follows <{}> was left out", limits.elements, tag.name);
                builder.tree.notes.push(note);
                break;
            }
            Piece::Open(tag) => builder.open(tag, rules),
            Piece::Close(name) => builder.close(&name),
        }
    }
    builder.tree
}

/// A text with its references replaced, those of HTML included.
pub(crate) fn decoded(text: &str) -> String {
    scan::decoded(text)
}

/// The name of the outermost element in lower case, without its prefix; `None` where the text does not open as XML.
pub(crate) fn root_name(text: &str) -> Option<String> {
    let mut scanner = Scanner::new(text);
    for _ in 0..64 {
        match scanner.next()? {
            Piece::Open(tag) => return Some(tag.local().to_owned()),
            Piece::Text(text) if text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty() => {}
            Piece::Text(_) | Piece::Close(_) => return None,
        }
    }
    None
}

struct Builder {
    tree: Tree,
    open: Vec<Open>,
    /// How many elements of a name are open: an end tag without a start costs nothing.
    names: BTreeMap<String, usize>,
    /// What a prefix means, innermost last.
    spaces: BTreeMap<String, Vec<Space>>,
    depth: usize,
    is_too_deep: bool,
}

/// An element that is still open.
struct Open {
    at: usize,
    name: String,
    /// The prefixes it declares.
    declared: Vec<String>,
}

/// Elements of HTML that hold nothing, whose end tags writers of feeds forget.
const EMPTY: &[&str] = &["br", "hr", "img", "wbr"];

impl Builder {
    fn new(limits: &Limits) -> Builder {
        Builder {
            tree: Tree::default(),
            open: Vec::new(),
            names: BTreeMap::new(),
            spaces: BTreeMap::new(),
            depth: limits.depth,
            is_too_deep: false,
        }
    }

    /// Text outside the outermost element is dropped.
    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        let children = &mut self.tree.nodes[open.at].children;
        match children.last_mut() {
            Some(Child::Text(before)) => before.push_str(text),
            _ => children.push(Child::Text(text.to_owned())),
        }
    }

    fn open(&mut self, tag: Tag, rules: &Rules) {
        self.end_before(&tag, rules);
        if self.open.len() >= self.depth {
            self.too_deep();
            return;
        }
        let declared = self.declare(&tag);
        let at = self.tree.nodes.len();
        let parent = self.open.last().map(|open| open.at);
        if let Some(parent) = parent {
            self.tree.nodes[parent].children.push(Child::Element(at));
        }
        let is_empty = tag.is_empty || EMPTY.contains(&&*tag.name);
        self.tree.nodes.push(Node {
            space: self.space(&tag.name),
            local: tag.local().to_owned(),
            attributes: tag.attributes,
            children: Vec::new(),
            parent,
            is_closed: is_empty,
        });
        let open = Open { at, name: tag.name, declared };
        if is_empty {
            self.forget(&open);
        } else {
            *self.names.entry(open.name.clone()).or_default() += 1;
            self.open.push(open);
        }
    }

    /// Closes what cannot be around an element.
    fn end_before(&mut self, tag: &Tag, rules: &Rules) {
        let name = |open: &Open| open.name.rsplit(':').next().unwrap_or_default().to_owned();
        let local = tag.local();
        // Other vocabularies have an `entry` too.
        if rules.entries.contains(&local) && self.space(&tag.name).is_core() {
            let is_container = |open: &&Open| rules.containers.contains(&&*name(open));
            // Without a container around it nothing is known of where it belongs.
            let Some(container) = self.open.iter().rev().find(is_container).map(|open| open.at) else { return };
            while self.open.last().is_some_and(|open| open.at != container) {
                self.pop();
            }
        } else if rules.fields.contains(&local)
            && self.open.last().is_some_and(|open| rules.leaves.contains(&&*name(open)))
        {
            self.pop();
        }
    }

    /// The text of an element that is nested too deep goes to the one around it.
    fn too_deep(&mut self) {
        if !self.is_too_deep {
            let note = format!("elements nested more than {} deep: their text was kept, their tags not", self.depth);
            self.tree.notes.push(note);
        }
        self.is_too_deep = true;
    }

    fn close(&mut self, name: &str) {
        if self.names.get(name).is_none_or(|count| *count == 0) {
            return;
        }
        while self.pop().is_some_and(|closed| closed != name) {}
    }

    /// Closes the innermost element and returns its name.
    fn pop(&mut self) -> Option<String> {
        let open = self.open.pop()?;
        self.tree.nodes[open.at].is_closed = true;
        if let Some(count) = self.names.get_mut(&open.name) {
            *count -= 1;
        }
        self.forget(&open);
        Some(open.name)
    }

    /// Notes the namespaces a tag declares and returns their prefixes.
    fn declare(&mut self, tag: &Tag) -> Vec<String> {
        let mut prefixes = Vec::new();
        for (name, uri) in &tag.attributes {
            let Some(prefix) = name.strip_prefix("xmlns:").or_else(|| (name == "xmlns").then_some("")) else {
                continue;
            };
            self.spaces.entry(prefix.to_owned()).or_default().push(Space::of_uri(uri, prefix));
            prefixes.push(prefix.to_owned());
        }
        prefixes
    }

    fn forget(&mut self, open: &Open) {
        for prefix in &open.declared {
            if let Some(spaces) = self.spaces.get_mut(prefix) {
                spaces.pop();
            }
        }
    }

    fn space(&self, name: &str) -> Space {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let declared = self.spaces.get(prefix).and_then(|spaces| spaces.last());
        declared.copied().unwrap_or_else(|| Space::of_prefix(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Tree {
        let rules = Rules { entries: &["item"], containers: &["a"], leaves: &["title"], fields: &["link"] };
        parse(text, &rules, &Limits::default())
    }

    /// Every element with its depth and the text directly in it.
    fn outline(text: &str) -> String {
        let tree = tree(text);
        let depth = |mut element: Element| {
            let mut depth = 0;
            while let Some(parent) = element.parent() {
                (element, depth) = (parent, depth + 1);
            }
            depth
        };
        let own = |element: Element| -> String {
            element.node().children.iter().map(|child| if let Child::Text(text) = child { text } else { "" }).collect()
        };
        let lines: Vec<_> =
            tree.elements().map(|each| format!("{}{}[{}]", "-".repeat(depth(each)), each.local(), own(each))).collect();
        lines.join(" ")
    }

    #[test]
    fn well_formed() {
        let text = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b \"x&lt;\">]><!-- c --><A b='1'><c:d>1 &amp; 2</c:d><![CDATA[<e>]]>&b;</A>";
        assert_eq!(outline(text), "a[<e>x<] -d[1 & 2]");
    }

    #[test]
    fn damage() {
        assert_eq!(outline("<a>1 & 2 < 3 &nosuch; &ouml;&#8220;&#147;</a>"), "a[1 & 2 < 3 &nosuch; ö““]");
        assert_eq!(outline("<a><b>1</c></a></b>2"), "a[] -b[1]", "end tags without a start, text outside");
        assert_eq!(outline("<a><item>1<b>2<item>3</item></a>"), "a[] -item[1] --b[2] -item[3]");
        assert_eq!(outline("<a><c><title>1<item>2"), "a[] -c[] --title[1] -item[2]");
        assert_eq!(outline("<a><item>1<x:item>2</x:item></a>"), "a[] -item[1] --item[2]");
        assert_eq!(outline("<a><title>1<link>2</link></a>"), "a[] -title[1] -link[2]");
        assert_eq!(outline("<a><b c=d e f='g>' h=\"i><j>1</j></a>"), "a[] -b[]", "a quote that is never closed");
        assert_eq!(outline("<a><b <c>1</c>"), "a[] -b[] --c[1]", "a tag that is never closed");
        assert_eq!(outline("<a>x<br>y<![CDATA[z"), "a[xyz] -br[]");
        assert_eq!(outline("<a><![CD"), "a[]");
        assert_eq!(outline(""), "");
    }

    #[test]
    fn what_the_end_of_the_text_closes() {
        let tree = tree("<a><item><b/>1</item><item>2");
        let closed: Vec<_> = tree.elements().map(Element::is_closed).collect();
        assert_eq!(closed, [false, true, true, false]);
    }

    #[test]
    fn namespaces_by_uri_then_by_prefix() {
        let text = "<a xmlns='http://www.w3.org/2005/Atom' xmlns:z='http://purl.org/dc/elements/1.1/'>\
            <z:b/><dc:c/><d xmlns='http://www.w3.org/1999/xhtml'><e/></d><f/><g:h/></a>";
        let spaces: Vec<_> = tree(text).elements().map(Element::space).collect();
        use Space::*;
        assert_eq!(spaces, [Atom, DublinCore, DublinCore, Xhtml, Xhtml, Atom, Other]);
    }

    #[test]
    fn attributes() {
        let tree = tree("<a xml:lang='de'><b C='1&amp;2' x:c=3 d=''/></a>");
        let b = tree.root().and_then(|root| root.child("b")).expect("an element");
        assert_eq!((b.attribute("c"), b.attribute("d"), b.inherited("xml:lang")), (Some("1&2"), None, Some("de")));
    }

    #[test]
    fn limits_cut_and_say_so() {
        let limits = Limits { depth: 3, elements: 5, ..Limits::default() };
        let deep = parse("<a><b><c><d>1<e>2</e></d></c></b></a>", &Rules::default(), &limits);
        assert_eq!((deep.nodes.len(), deep.root().expect("a root").text()), (3, "12".to_owned()));
        assert!(deep.notes[0].contains("3 deep"), "{:?}", deep.notes);
        let wide = parse("<a><b/><b/><b/><b/><b/><b/></a>", &Rules::default(), &limits);
        assert!(wide.nodes.len() == 5 && wide.notes[0].contains("5 elements"), "{:?}", wide.notes);
    }

    #[test]
    fn entities_never_grow_without_end() {
        let mut text = String::from("<!DOCTYPE a [<!ENTITY x0 \"ha\">");
        (1..30).for_each(|at| text.push_str(&format!("<!ENTITY x{at} \"&x{0};&x{0};\">", at - 1)));
        text.push_str("<!ENTITY out SYSTEM \"file:///etc/hosts\">]><a>&x29;&out;</a>");
        assert_eq!(outline(&text), "a[&x28;&x28;&out;]");
        let long = format!("<!DOCTYPE a [<!ENTITY x \"{}\">]><a>{}</a>", "y".repeat(4000), "&x;".repeat(100_000));
        assert!(tree(&long).root().expect("a root").text().len() < LONGEST_EXPANSION + 400_000);
    }

    #[test]
    fn the_name_of_the_root() {
        assert_eq!(root_name("\u{feff}<!-- x --><?xml?> <rdf:RDF>").as_deref(), Some("rdf"));
        assert_eq!(root_name("The ferry <b>stops</b>"), None);
        assert_eq!(root_name("<!-- "), None);
    }
}
