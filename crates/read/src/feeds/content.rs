//! What an entry says, as text or as HTML, and how it becomes blocks.

use twosource_model::BlockKind;

use crate::html::Element;
use crate::lines::ends_sentence;
use crate::{Limits, html, words, xml};

/// A stretch of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Text as it stands.
    Text(String),
    /// A piece of HTML.
    Html(String),
}

impl Content {
    /// What a format calls text and writers fill with HTML: HTML where it looks like it.
    pub(crate) fn guessed(text: String) -> Content {
        if looks_like_html(&text) { Content::Html(text) } else { Content::Text(text) }
    }

    /// Its blocks, and what went wrong.
    pub(crate) fn elements(&self, limits: &Limits) -> (Vec<Element>, Option<String>) {
        match self {
            Content::Text(text) => (paragraphs(text), None),
            // HTML without tags is one paragraph, save where empty lines show that it is none.
            Content::Html(html) if !html.contains('<') => (apart(&xml::decoded(html)), None),
            Content::Html(html) => match html::fragment(html, limits) {
                Ok(elements) => (elements, None),
                Err(why) => (paragraphs(&without_tags(html)), Some(why)),
            },
        }
    }

    /// Its words on one line; `None` if there are none.
    pub(crate) fn words(&self, limits: &Limits) -> Option<String> {
        let (elements, _) = self.elements(limits);
        let words: Vec<_> = elements.iter().flat_map(|element| element.text.split_whitespace()).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

/// The longest line of a text that was wrapped by a machine.
const WRAPPED: usize = 100;

/// Paragraphs between empty lines, or else the lines themselves, unless they are wrapped.
fn paragraphs(text: &str) -> Vec<Element> {
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let before_last = &lines[..lines.len().saturating_sub(1)];
    let ended = before_last.iter().filter(|line| ends_sentence(line)).count();
    let is_wrapped = lines.iter().all(|line| line.len() <= WRAPPED) && ended * 2 < before_last.len();
    if is_wrapped || lines.contains(&"") {
        return apart(text);
    }
    lines.into_iter().map(Element::paragraph).collect()
}

/// What stands between empty lines.
fn apart(text: &str) -> Vec<Element> {
    let mut found: Vec<String> = vec![String::new()];
    for line in text.lines().map(str::trim) {
        match found.last_mut() {
            Some(last) if !line.is_empty() => last.extend([line, " "]),
            Some(last) if !last.is_empty() => found.push(String::new()),
            _ => {}
        }
    }
    found.iter().filter(|text| !text.is_empty()).map(|text| Element::paragraph(text)).collect()
}

/// Whether a text holds tags or references of HTML. "1 < 2" and "R&D" do not.
fn looks_like_html(text: &str) -> bool {
    const TAGS: &[&str] =
        &["br", "p", "a", "b", "i", "img", "div", "span", "em", "strong", "hr", "ul", "li", "h2", "table"];
    let name = |rest: &str| rest.chars().take_while(char::is_ascii_alphanumeric).take(8).collect::<String>();
    let tag = |rest: &str| rest.starts_with('/') || TAGS.contains(&&*name(rest).to_ascii_lowercase());
    let has_tag = text.split('<').skip(1).any(|rest| tag(rest) && rest[..words::floor(rest, 2000)].contains('>'));
    has_tag || text.split('&').skip(1).any(is_reference)
}

/// What stands after a "&" of a reference: "amp;", "#8217;".
fn is_reference(rest: &str) -> bool {
    let end = rest.bytes().take(40).position(|byte| byte == b';');
    let name = end.map_or("", |end| &rest[..end]);
    let number = name.strip_prefix('#').is_some_and(|digits| !digits.is_empty());
    number || web_atoms::NAMED_ENTITIES.contains_key(&*format!("{name};"))
}

/// What is left of HTML that no tree can be made of.
fn without_tags(html: &str) -> String {
    html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join("\n")
}

/// A headline of these words.
pub(super) fn block(kind: BlockKind, text: &str) -> Element {
    Element::new(kind, text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The bytes that Base64 (RFC 4648) stands for, as text; `None` where it is none.
pub(super) fn base64(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for c in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let six = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_html() {
        for html in ["<p>Yes", "a<br/>b", "</i>", "Fish &amp; chips", "&#8217;", "<A href='x'>"] {
            assert!(looks_like_html(html), "{html}");
        }
        for text in ["1 < 2 > 0", "R&D; no", "<3", "", "a & b;", "<unknown>"] {
            assert!(!looks_like_html(text), "{text}");
        }
    }

    #[test]
    fn paragraphs_of_text() {
        let of = |text| paragraphs(text).into_iter().map(|element| element.text).collect::<Vec<_>>();
        assert_eq!(of("One.\nTwo."), ["One.", "Two."]);
        assert_eq!(of("\n  The ferry will\n  stop in May."), ["The ferry will stop in May."]);
        assert_eq!(of("one\ntwo\n\n three"), ["one two", "three"]);
        assert!(of(" \n").is_empty());
    }

    #[test]
    fn base_64() {
        assert_eq!(base64("RXhhbXBs\nZQ==").as_deref(), Some("Example"));
        assert_eq!(base64("no base64!"), None);
    }
}
