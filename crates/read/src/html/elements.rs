//! The elements of an article as lines of text with their kinds.

use dom_query::NodeRef;
use twosource_model::BlockKind;

/// One block-level element: its kind and its words, white space folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
}

impl Element {
    /// A paragraph of these words.
    pub(crate) fn paragraph(words: &str) -> Element {
        Element { kind: BlockKind::Paragraph, text: words.trim().to_owned() }
    }
}

/// The blocks under a node in document order.
pub(super) fn elements_of(node: &NodeRef) -> Vec<Element> {
    let mut writer = Writer { done: Vec::new(), line: String::new() };
    writer.children(node, BlockKind::Paragraph);
    writer.flush(BlockKind::Paragraph);
    writer.done
}

struct Writer {
    done: Vec<Element>,
    line: String,
}

impl Writer {
    fn children(&mut self, node: &NodeRef, kind: BlockKind) {
        for child in node.children_it(false) {
            self.node(&child, kind);
        }
    }

    fn node(&mut self, node: &NodeRef, kind: BlockKind) {
        if node.is_text() {
            self.line.push_str(&node.text());
            return;
        }
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "script" | "style" | "noscript" | "template" | "nav" | "form" | "button" | "select" | "svg" | "iframe"
            | "video" | "audio" | "object" | "textarea" => {}
            "br" => self.flush(kind),
            name if INLINE.contains(&name) => self.children(node, kind),
            _ => {
                self.flush(kind);
                let inner = kind_of(&name, node, kind);
                self.children(node, inner);
                self.flush(inner);
            }
        }
    }

    fn flush(&mut self, kind: BlockKind) {
        let text = self.line.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line.clear();
        if !text.is_empty() {
            self.done.push(Element { kind, text });
        }
    }
}

const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
];

/// What an element makes of the text in it; a kind that is set stays, save inside plain containers.
fn kind_of(name: &str, node: &NodeRef, outer: BlockKind) -> BlockKind {
    let inner = match name {
        "h1" => BlockKind::Headline,
        "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "figcaption" | "caption" => BlockKind::Caption,
        "blockquote" => BlockKind::Quote,
        "li" | "dd" | "dt" => BlockKind::ListItem,
        "aside" => BlockKind::Promo,
        _ if is_caption_class(node) => BlockKind::Caption,
        _ => BlockKind::Paragraph,
    };
    if outer == BlockKind::Paragraph { inner } else { outer }
}

/// Classes that say what they hold: "wp-caption-text", "photo-credit".
fn is_caption_class(node: &NodeRef) -> bool {
    let class = node.class().unwrap_or_default().to_lowercase();
    class.split_whitespace().any(|name| {
        name.len() < 40 && (name.contains("caption") || name.ends_with("credit") || name.ends_with("credits"))
    })
}
