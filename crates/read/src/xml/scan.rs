//! Text to tags and stretches of text, in one pass.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::LONGEST_EXPANSION;

/// What comes next in a document. Comments, instructions and document types are passed over.
pub(super) enum Piece<'t> {
    /// Text with its references replaced.
    Text(Cow<'t, str>),
    /// A start tag.
    Open(Tag),
    /// An end tag: its whole name in lower case.
    Close(String),
}

/// A start tag.
pub(super) struct Tag {
    /// The whole name in lower case.
    pub(super) name: String,
    /// Whole names in lower case, values with their references replaced.
    pub(super) attributes: Vec<(String, String)>,
    /// "<…/>".
    pub(super) is_empty: bool,
}

impl Tag {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(&self.name)
    }
}

/// Reads pieces one by one; whatever is no markup comes as text.
pub(super) struct Scanner<'t> {
    rest: &'t str,
    entities: Entities,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Scanner<'t> {
        Scanner { rest: text, entities: Entities::default() }
    }

    /// The next piece; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(markup) = self.rest.strip_prefix('<') else { return Some(self.text(0)) };
            match () {
                () if markup.starts_with("!--") => self.skip(4, "-->"),
                () if markup.starts_with("![CDATA[") => return Some(self.cdata()),
                () if markup.starts_with("!DOCTYPE") || markup.starts_with("!doctype") => self.document_type(),
                () if markup.starts_with("![") => self.skip(3, ">"),
                () if markup.starts_with(['!', '?']) => self.skip(1, ">"),
                () if markup.starts_with('/') => return Some(self.end_tag()),
                () if markup.starts_with(starts_name) => return Some(Piece::Open(self.start_tag())),
                () => return Some(self.text(1)),
            }
        }
    }

    /// Text up to the next `<` after the first `from` bytes.
    fn text(&mut self, from: usize) -> Piece<'t> {
        let end = self.rest[from..].find('<').map_or(self.rest.len(), |at| from + at);
        let raw = self.take(end);
        Piece::Text(self.entities.replace(raw))
    }

    fn cdata(&mut self) -> Piece<'t> {
        self.take("<![CDATA[".len());
        let end = self.rest.find("]]>").unwrap_or(self.rest.len());
        let text = self.take(end);
        self.take(3.min(self.rest.len()));
        Piece::Text(Cow::Borrowed(text))
    }

    fn end_tag(&mut self) -> Piece<'t> {
        self.take(2);
        let name = self.name();
        let end = self.rest.find(['>', '<']).unwrap_or(self.rest.len());
        self.take(end);
        self.accept(">");
        Piece::Close(name)
    }

    fn start_tag(&mut self) -> Tag {
        self.take(1);
        let mut tag = Tag { name: self.name(), attributes: Vec::new(), is_empty: false };
        loop {
            self.rest = self.rest.trim_start();
            if self.accept("/>") {
                tag.is_empty = true;
                return tag;
            }
            if self.rest.is_empty() || self.rest.starts_with('<') || self.accept(">") {
                return tag;
            }
            if self.accept("/") || self.accept("=") || self.accept("\"") || self.accept("'") {
                continue;
            }
            let name = self.name();
            self.rest = self.rest.trim_start();
            if self.accept("=") {
                self.rest = self.rest.trim_start();
                let value = self.value();
                tag.attributes.push((name, value));
            }
        }
    }

    fn value(&mut self) -> String {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let raw = match quote {
            Some(quote) => {
                self.take(1);
                let end = self.rest.find(quote).unwrap_or(self.rest.len());
                let raw = self.take(end);
                self.take(1.min(self.rest.len()));
                raw
            }
            None => {
                let end = self.rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<'));
                self.take(end.unwrap_or(self.rest.len()))
            }
        };
        self.entities.replace(raw).into_owned()
    }

    /// A name: up to white space or a sign that ends one. At least one character, so that every call moves on.
    fn name(&mut self) -> String {
        let ends =
            |(at, c): &(usize, char)| *at > 0 && (c.is_whitespace() || matches!(c, '/' | '>' | '<' | '=' | '"' | '\''));
        let end = self.rest.char_indices().find(ends).map_or(self.rest.len(), |(at, _)| at);
        self.take(end).to_lowercase()
    }

    /// A document type with the entities it declares.
    fn document_type(&mut self) {
        self.take(1);
        let end = self.rest.find(['>', '[']).unwrap_or(self.rest.len());
        self.take(end);
        if self.accept("[") {
            let end = self.rest.find("]>").or_else(|| self.rest.find(']')).unwrap_or(self.rest.len());
            let subset = self.take(end);
            self.entities.declare(subset);
            self.accept("]");
            self.rest = self.rest.trim_start();
        }
        self.accept(">");
    }

    /// Passes over everything up to and including `end`, or to the end of the text.
    fn skip(&mut self, from: usize, end: &str) {
        self.take(from.min(self.rest.len()));
        let to = self.rest.find(end).map_or(self.rest.len(), |at| at + end.len());
        self.take(to);
    }

    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn accept(&mut self, sign: &str) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// A text with its references replaced.
pub(super) fn decoded(text: &str) -> String {
    Entities::default().replace(text).into_owned()
}

fn starts_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// The internal entities of a document, and how much text they may still add.
struct Entities {
    values: BTreeMap<String, String>,
    left: usize,
}

impl Default for Entities {
    fn default() -> Self {
        Entities { values: BTreeMap::new(), left: LONGEST_EXPANSION }
    }
}

/// No more entities are taken from one document type, and none with a longer value.
const MOST_ENTITIES: usize = 400;
const LONGEST_VALUE: usize = 4096;
/// The longest name of an entity that is looked up.
const LONGEST_NAME: usize = 40;

impl Entities {
    /// Takes the internal general entities of a document type; external and parameter entities are left alone.
    fn declare(&mut self, subset: &str) {
        for declaration in subset.split("<!ENTITY").skip(1).take(MOST_ENTITIES) {
            let mut words = declaration.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(value)) = (words.next(), words.next().map(str::trim_start)) else { continue };
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some((value, _)) = value[1..].split_once(quote).filter(|(value, _)| value.len() <= LONGEST_VALUE)
            else {
                continue;
            };
            let value = Entities::default().replace(value).into_owned();
            self.values.entry(name.to_owned()).or_insert(value);
        }
    }

    /// A text with its references replaced; what is none stays as it is.
    fn replace<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
        let mut done = String::with_capacity(text.len());
        done.push_str(&text[..first]);
        let mut rest = &text[first..];
        while let Some(at) = rest.find('&') {
            done.push_str(&rest[..at]);
            rest = &rest[at..];
            let name_end = rest.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
            let value = name_end.and_then(|end| Some((self.value(&rest[1..end])?, end)));
            match value {
                Some((value, end)) => {
                    done.push_str(&value);
                    rest = &rest[end + 1..];
                }
                None => {
                    done.push('&');
                    rest = &rest[1..];
                }
            }
        }
        done.push_str(rest);
        Cow::Owned(done)
    }

    fn value(&mut self, name: &str) -> Option<String> {
        if let Some(number) = name.strip_prefix('#') {
            return Some(character(number)?.to_string());
        }
        if let Some(value) = self.values.get(name) {
            self.left = self.left.checked_sub(value.len())?;
            return Some(value.clone());
        }
        let (first, second) = *web_atoms::NAMED_ENTITIES.get(&*format!("{name};"))?;
        let both = [first, second].into_iter().filter(|code| *code != 0);
        Some(both.filter_map(char::from_u32).collect::<String>()).filter(|value| !value.is_empty())
    }
}

/// The character of a numeric reference. Numbers from 128 to 159 are Windows-1252, as writers of feeds mean them and
/// HTML reads them.
fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    if let Ok(byte @ 0x80..=0x9f) = u8::try_from(code) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0').or(Some('\u{fffd}'))
}
