//! What stands inside an element, as text and as HTML.

use super::{Child, Element};

/// A step through an element in document order.
pub(crate) enum Step<'t> {
    /// An element opens; `false` from the visitor skips what is in it, and its closing.
    Open(Element<'t>),
    /// A stretch of text.
    Text(&'t str),
    /// An element closes.
    Close(Element<'t>),
}

impl<'t> Element<'t> {
    /// Visits what is in it in document order, without recursion.
    pub(crate) fn walk(self, mut visit: impl FnMut(Step<'t>) -> bool) {
        let mut around = vec![(self, 0)];
        while let Some((element, next)) = around.last_mut() {
            let element = *element;
            let child = element.node().children.get(*next);
            *next += 1;
            match child {
                Some(Child::Text(text)) => {
                    visit(Step::Text(text));
                }
                Some(Child::Element(at)) => {
                    let inner = Element { tree: element.tree, at: *at };
                    if visit(Step::Open(inner)) {
                        around.push((inner, 0));
                    }
                }
                None => {
                    around.pop();
                    if !around.is_empty() {
                        visit(Step::Close(element));
                    }
                }
            }
        }
    }

    /// All text in it, as it stands.
    pub(crate) fn text(self) -> String {
        let mut text = String::new();
        self.walk(|step| {
            if let Step::Text(part) = step {
                text.push_str(part);
            }
            true
        });
        text
    }

    /// All text in it with white space folded; `None` if there is none.
    pub(crate) fn words(self) -> Option<String> {
        let words = self.text().split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }

    /// Whether elements are in it.
    pub(crate) fn has_elements(self) -> bool {
        self.children().next().is_some()
    }

    /// What is in it as HTML: names without prefixes, text escaped.
    pub(crate) fn markup(self) -> String {
        let mut html = String::new();
        self.walk(|step| {
            match step {
                Step::Text(text) => escape(text, &mut html),
                Step::Open(element) => {
                    html.push('<');
                    html.push_str(element.local());
                    for (name, value) in &element.node().attributes {
                        html.push(' ');
                        html.push_str(name);
                        html.push_str("=\"");
                        escape(value, &mut html);
                        html.push('"');
                    }
                    html.push('>');
                }
                Step::Close(element) if super::EMPTY.contains(&element.local()) => {}
                Step::Close(element) => {
                    html.push_str("</");
                    html.push_str(element.local());
                    html.push('>');
                }
            }
            true
        });
        html
    }

    /// The elements in it at any depth that have this local name, in the order in which they open.
    pub(crate) fn all(self, local: &str) -> Vec<Element<'t>> {
        let mut found = Vec::new();
        self.walk(|step| {
            if let Step::Open(element) = step
                && element.local() == local
            {
                found.push(element);
            }
            true
        });
        found
    }

    /// The first of them.
    pub(crate) fn first(self, local: &str) -> Option<Element<'t>> {
        self.all(local).into_iter().next()
    }
}

/// Writes text so that HTML reads it as it stands.
pub(crate) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            c => html.push(c),
        }
    }
}
