//! What one element says: its attributes, and its words.

use dom_query::{Element, NodeData, NodeRef};

use super::words::{Hints, class_hints};
use crate::words::floor;

/// Bytes of a value or a short text.
pub(super) const LONGEST: usize = 400;

/// The attributes that name what an element is.
#[derive(Default)]
pub(super) struct Names<'e> {
    /// Class names.
    pub(super) class: Option<&'e str>,
    /// Its id.
    pub(super) id: Option<&'e str>,
    /// Microdata.
    pub(super) itemprop: Option<&'e str>,
    /// RDFa.
    pub(super) property: Option<&'e str>,
    /// What a link leads to.
    pub(super) rel: Option<&'e str>,
    /// ARIA role.
    pub(super) role: Option<&'e str>,
    /// Its language.
    pub(super) lang: Option<&'e str>,
}

impl<'e> Names<'e> {
    /// The names of an element.
    pub(super) fn of(element: &'e Element) -> Names<'e> {
        let mut names = Names::default();
        for attribute in &element.attrs {
            let value = Some(&*attribute.value);
            match &*attribute.name.local {
                "class" => names.class = value,
                "id" => names.id = value,
                "itemprop" => names.itemprop = value,
                "property" => names.property = value,
                "rel" => names.rel = value,
                "role" => names.role = value,
                "lang" | "xml:lang" => names.lang = names.lang.or(value),
                _ => {}
            }
        }
        names
    }

    /// The schema.org property it gives, in microdata or RDFa.
    pub(super) fn property(&self) -> Option<&'e str> {
        self.itemprop.or(self.property)
    }

    /// What the names hint at.
    pub(super) fn hints(&self) -> Hints {
        let names = [self.class, self.id, self.property()].into_iter().flatten();
        names.map(class_hints).fold(Hints::default(), Hints::with)
    }

    /// Whether the element stands beside the article.
    pub(super) fn are_aside(&self, name: &str, in_article: bool) -> bool {
        match name {
            "nav" => true,
            "aside" | "footer" => !in_article,
            "div" | "section" => {
                self.id.is_some_and(|id| id.eq_ignore_ascii_case("footer"))
                    || matches!(self.role, Some("navigation" | "contentinfo"))
            }
            _ => false,
        }
    }
}

/// The value of an attribute.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// All of its text, white space folded; `None` for none.
pub(super) fn short_text(node: &NodeRef) -> Option<String> {
    let text = folded(&node.text());
    (!text.is_empty()).then_some(text)
}

/// White space folded.
pub(super) fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element; block elements and line breaks inside part words. Of a large element only the start.
pub(super) fn spaced(node: &NodeRef) -> String {
    let mut text = String::new();
    gather(node, &mut text, &mut 400);
    folded(&text)
}

/// Appends the texts under a node, looking at no more than `left` nodes.
fn gather(node: &NodeRef, text: &mut String, left: &mut usize) {
    for child in node.children_it(false) {
        if *left == 0 || text.len() > 4 * LONGEST {
            return;
        }
        *left -= 1;
        match child.node_name().as_deref() {
            None => {
                child.query(|inner| {
                    if let NodeData::Text { contents } = &inner.data {
                        text.push_str(&contents[..floor(contents, 4 * LONGEST)]);
                    }
                });
            }
            Some("script" | "style" | "svg" | "template" | "noscript" | "button") => {}
            Some(name) if INLINE.contains(&name) => gather(&child, text, left),
            Some(_) => {
                text.push(' ');
                gather(&child, text, left);
                text.push(' ');
            }
        }
    }
}

/// Elements whose text joins the words around it.
const INLINE: &[&str] =
    &["a", "b", "i", "em", "strong", "span", "font", "mark", "q", "sub", "sup", "u", "wbr", "time", "abbr", "small"];
