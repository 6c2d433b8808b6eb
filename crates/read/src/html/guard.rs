//! A page made safe to parse: building a tree is slower than linear on some markup that no page needs.
//!
//! One pass over the tags counts what a parser would build. A page within the limits is handed on as it is. Otherwise
//! elements nested too deep lose their tags and keep their text, tags with thousands of attributes go, and a page with
//! too many elements is cut where the limit is reached. Each comes with a sentence that names the limit. Only counts
//! decide, never a clock, so that the same page always gives the same article.

use std::borrow::Cow;

use crate::Limits;

/// A page that can be parsed in time that grows with its length.
pub(super) struct Safe<'p> {
    pub(super) page: Cow<'p, str>,
    /// What was left out, and the limit it went beyond.
    pub(super) notes: Vec<String>,
}

/// More attributes than any element has; a parser compares each with all before it.
const ATTRIBUTES: usize = 500;

/// Makes a page safe to parse.
pub(super) fn safe<'p>(page: &'p str, limits: &Limits) -> Safe<'p> {
    let mut scan = Scan {
        limits,
        page,
        copied: 0,
        copy: None,
        open: 0,
        styles: 0,
        drawings: 0,
        unwritten: 0,
        elements: 0,
        deep: false,
        wide: false,
    };
    let cut = scan.run();
    let notes = scan.notes(cut);
    let page = match (scan.copy.take(), cut) {
        (None, None) => Cow::Borrowed(page),
        (None, Some(end)) => Cow::Borrowed(&page[..end]),
        (Some(copy), end) => Cow::Owned(copy + &page[scan.copied..end.unwrap_or(page.len())]),
    };
    Safe { page, notes }
}

struct Scan<'p> {
    limits: &'p Limits,
    page: &'p str,
    /// Up to where the page stands in `copy`.
    copied: usize,
    copy: Option<String>,
    /// Elements open, as far as tags tell.
    open: usize,
    /// Of these the ones for the look of words, which a parser opens anew in every block while they are not closed.
    styles: usize,
    /// Of these drawings and formulas, in which no element is raw and a slash closes a tag.
    drawings: usize,
    /// Open elements whose tags were left out.
    unwritten: usize,
    elements: usize,
    deep: bool,
    wide: bool,
}

impl Scan<'_> {
    /// Goes over all tags; gives the place where the page must be cut.
    fn run(&mut self) -> Option<usize> {
        let page = self.page;
        let mut at = 0;
        while let Some(found) = page[at..].find('<') {
            let start = at + found;
            let rest = &page[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                at = comment.find("-->").map_or(page.len(), |end| start + 4 + end + 3);
                continue;
            }
            let closes = rest.starts_with('/');
            let name = Name::of(&rest.as_bytes()[usize::from(closes)..]);
            if name.length == 0 {
                at = start + 1;
                continue;
            }
            let (end, attributes) = tag_end(page, start);
            at = end;
            if self.elements > self.limits.elements {
                return Some(start);
            }
            let kind = match name.kind() {
                Kind::Raw if self.drawings > 0 => Kind::Other,
                kind => kind,
            };
            if attributes > ATTRIBUTES && !closes {
                self.wide = true;
                self.leave_out(start, end);
            } else if closes {
                self.close(kind, &name, start, end);
            } else {
                at = self.start(kind, &name, start, end);
            }
        }
        None
    }

    /// A start tag; gives where to go on.
    fn start(&mut self, kind: Kind, name: &Name, start: usize, end: usize) -> usize {
        self.elements += 1;
        match kind {
            Kind::Raw => return after_raw(self.page, end, name),
            _ if (self.drawings > 0 || name.is_drawing()) && self.page[..end].ends_with("/>") => {}
            Kind::Flat => self.elements += self.styles,
            Kind::Style | Kind::Other if self.open >= self.limits.depth => {
                self.deep = true;
                self.unwritten += 1;
                self.leave_out(start, end);
            }
            Kind::Style => {
                self.open += 1;
                self.styles += 1;
            }
            Kind::Other => {
                self.elements += self.styles;
                self.open += 1;
                self.drawings += usize::from(name.is_drawing());
            }
        }
        end
    }

    fn close(&mut self, kind: Kind, name: &Name, start: usize, end: usize) {
        match kind {
            Kind::Flat | Kind::Raw => {}
            Kind::Style | Kind::Other if self.unwritten > 0 => {
                self.unwritten -= 1;
                self.leave_out(start, end);
            }
            Kind::Style => {
                self.open = self.open.saturating_sub(1);
                self.styles = self.styles.saturating_sub(1);
            }
            Kind::Other => {
                self.open = self.open.saturating_sub(1);
                self.drawings -= usize::from(name.is_drawing() && self.drawings > 0);
            }
        }
    }

    /// Replaces a tag by a line break.
    fn leave_out(&mut self, start: usize, end: usize) {
        let copy = self.copy.get_or_insert_with(|| String::with_capacity(self.page.len()));
        copy.push_str(&self.page[self.copied..start]);
        copy.push('\n');
        self.copied = end;
    }

    fn notes(&self, cut: Option<usize>) -> Vec<String> {
        let deep = self.deep.then(|| {
            format!(
                "the page nests elements more than the limit of {} deep: those deeper were read as plain text",
                self.limits.depth
            )
        });
        let wide = self.wide.then(|| {
            format!("the page has elements with more than the limit of {ATTRIBUTES} attributes: they were left out")
        });
        let cut = cut.map(|_| {
            format!(
                "the page has more than the limit of {} elements: what comes after them was not read",
                self.limits.elements
            )
        });
        deep.into_iter().chain(wide).chain(cut).collect()
    }
}

/// Where a tag ends, after its bracket, and about how many attributes it has. Without an end it is all that is left.
fn tag_end(page: &str, start: usize) -> (usize, usize) {
    let bytes = page.as_bytes();
    let (mut at, mut attributes, mut quote) = (start + 1, 0, None);
    while at < bytes.len() {
        match (bytes[at], quote) {
            (b'>', None) => return (at + 1, attributes),
            (byte @ (b'"' | b'\''), None) if bytes[at - 1] == b'=' || bytes[at - 1].is_ascii_whitespace() => {
                quote = Some(byte)
            }
            (byte, Some(open)) if byte == open => quote = None,
            (byte, None) if byte.is_ascii_whitespace() && !bytes[at - 1].is_ascii_whitespace() => attributes += 1,
            _ => {}
        }
        at += 1;
    }
    (page.len(), attributes)
}

/// What follows the end tag of an element whose content is no markup; without one it holds all that is left.
fn after_raw(page: &str, from: usize, name: &Name) -> usize {
    let mut at = from;
    while let Some(found) = page[at..].find('<') {
        let tag = at + found;
        let end = page.as_bytes()[tag + 1..].strip_prefix(b"/");
        if end.is_some_and(|end| Name::of(end) == *name) {
            return tag;
        }
        at = tag + 1;
    }
    page.len()
}

/// The name of an element in small letters.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Name {
    bytes: [u8; 12],
    length: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The next of its kind closes it, or it has no content.
    Flat,
    /// Its content is no markup.
    Raw,
    /// It says how words look.
    Style,
    Other,
}

impl Name {
    fn of(tag: &[u8]) -> Name {
        let mut name = Name { bytes: [0; 12], length: 0 };
        for byte in tag.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()) {
            name.bytes[name.length] = byte.to_ascii_lowercase();
            name.length += 1;
        }
        name
    }

    fn is_drawing(&self) -> bool {
        matches!(&self.bytes[..self.length], b"svg" | b"math")
    }

    fn kind(&self) -> Kind {
        match &self.bytes[..self.length] {
            b"area" | b"base" | b"br" | b"col" | b"dd" | b"dt" | b"embed" | b"hr" | b"img" | b"input" | b"li"
            | b"link" | b"meta" | b"optgroup" | b"option" | b"p" | b"param" | b"path" | b"rp" | b"rt" | b"source"
            | b"tbody" | b"td" | b"tfoot" | b"th" | b"thead" | b"tr" | b"track" | b"wbr" => Kind::Flat,
            b"script" | b"style" | b"textarea" | b"title" | b"iframe" => Kind::Raw,
            b"a" | b"b" | b"big" | b"code" | b"em" | b"font" | b"i" | b"nobr" | b"s" | b"small" | b"strike"
            | b"strong" | b"tt" | b"u" => Kind::Style,
            _ => Kind::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, depth: usize, elements: usize, expected: &str, notes: usize) {
        let limits = Limits { depth, elements, ..Limits::default() };
        let safe = safe(page, &limits);
        assert_eq!(safe.page, expected);
        assert_eq!(safe.notes.len(), notes, "{:?}", safe.notes);
    }

    #[test]
    fn pages_within_the_limits_stay() {
        let page = "<div title='a > b'><p>a<p>b<br><span>c</span></div><script>'<div><div>'</script><!-- <i> -->";
        check(page, 2, 6, page, 0);
        assert!(matches!(safe(page, &Limits::default()).page, Cow::Borrowed(_)));
    }

    #[test]
    fn deep_elements_keep_their_text() {
        check("<div><div><b>a</b></div><i>c</i></div>", 2, 100, "<div><div>\na\n</div><i>c</i></div>", 1);
        check("<div><div><div>a</div></div>b", 1, 100, "<div>\n\na\n\nb", 1);
        // In a drawing a title is no raw text, and only there a slash closes a tag.
        check("<svg><title><g><g/></g></title></svg>", 2, 100, "<svg><title>\n<g/>\n</title></svg>", 1);
        check("<div/><div/>a", 1, 100, "<div/>\na", 1);
    }

    #[test]
    fn pages_are_cut_at_the_limit_of_elements() {
        check("<p>a<p>b<p>c<p>d", 9, 2, "<p>a<p>b<p>c", 1);
        // What a parser opens anew in every paragraph counts every time.
        check("<p><b><i>a<p>b<p>c<p>d<p>e", 9, 6, "<p><b><i>a<p>b<p>c", 1);
    }

    #[test]
    fn tags_with_thousands_of_attributes_go() {
        let page = format!("a<p{}>b</p>", " x y".repeat(1000));
        check(&page, 9, 9, "a\nb</p>", 1);
    }
}
