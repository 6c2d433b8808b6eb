//! Web archives: WARC 1.0 and 1.1, and ARC before them, to one article a captured page.
//!
//! [`Archive`] walks from record to record and holds no more than one; [`Capture::read`] makes the article. Answers with
//! status 200, resources and conversions (WET) that hold a page, a text, a feed or an agency's item are read; requests,
//! metadata, revisits, pictures and the like are counted. No length that a record states is trusted: the line that opens
//! the next record ends a record that claims to be longer (so a WARC file archived within a WARC file comes out as
//! records of its own, rather than losing what follows a lie), and what follows one that claims to be shorter belongs
//! to it. The date of a capture is never taken for a date of publication.

mod head;
mod payload;
mod window;

use std::io::{self, BufRead};

use serde_json::Value;
use twosource_model::{Article, Field, Found};

use crate::plain::date_from_address;
use crate::records::{Content, Note, Piece, Record};
use crate::source::{Source, Taken, take_line};
use crate::wacz::Pages;
use crate::{Error, Format, Limits, Read, articles_in, encoding, json};

use head::{Answer, Fields, Head, goes_on, is_version};
use payload::{joined, unpacked};
use window::Window;

/// A line that opens a record is no longer than this.
const LONGEST_LINE: u64 = 64 << 10;

/// Whether a stream starts as an archive does.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    let start = head.trim_ascii_start();
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    is_version(first) || start.starts_with(b"filedesc://")
}

/// The records of an archive.
pub(crate) struct Archive {
    input: String,
    reader: Window,
    is_arc: bool,
    limit: u64,
    number: usize,
    /// Whether the stream is being searched for the next record.
    lost: bool,
    ended: bool,
    counts: Counts,
    /// The addresses that are pages, where a package lists them.
    pages: Option<Pages>,
}

/// What an archive held besides pages.
#[derive(Debug, Default)]
struct Counts {
    pages: usize,
    unlisted: usize,
    other_status: usize,
    other: usize,
}

/// What a page was answered with.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    /// The address.
    pub(crate) url: String,
    kind: Kind,
    charset: Option<String>,
    is_chunked: bool,
    codings: Vec<String>,
    body: Vec<u8>,
    /// What is wrong with the record.
    note: Option<String>,
}

/// What a payload says it is, as far as it can hold an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Text,
    /// JSON or XML: a feed, an agency's item, or something else.
    Data,
    /// It does not say.
    Unknown,
}

/// How much of a block there was.
struct Block {
    bytes: Vec<u8>,
    is_too_large: bool,
    note: Option<String>,
}

impl Archive {
    pub(crate) fn new(source: Source, limits: &Limits) -> Archive {
        let is_arc = source.head.trim_ascii_start().starts_with(b"filedesc:");
        let (input, reader) = source.into_reader();
        Archive {
            input,
            reader: Window::new(Box::new(reader)),
            is_arc,
            limit: limits.record_bytes,
            number: 0,
            lost: false,
            ended: false,
            counts: Counts::default(),
            pages: None,
        }
    }

    /// The same archive, of which only some pages count.
    pub(crate) fn of_pages(self, pages: Option<Pages>) -> Archive {
        Archive { pages, ..self }
    }

    fn note(&self, message: String) -> Note {
        Note { input: self.input.clone(), message }
    }

    /// The next piece; `Ok(None)` where a record was counted only, or the archive has ended.
    fn step(&mut self) -> io::Result<Option<Piece>> {
        let mut line = Vec::new();
        match take_line(&mut self.reader, &mut line, LONGEST_LINE)? {
            Taken::Nothing => {
                self.ended = true;
                return Ok(None);
            }
            Taken::Line if line.trim_ascii().is_empty() => return Ok(None),
            _ => {}
        }
        match self.head(&line)? {
            Some(head) => {
                self.lost = false;
                self.number += 1;
                self.record(&head)
            }
            None if self.lost => Ok(None),
            None => {
                self.lost = true;
                let message =
                    format!("after record {}: what stands here is no record; skipped to the next", self.number);
                Ok(Some(Piece::Skipped(self.note(message))))
            }
        }
    }

    /// The head of the record that a line opens.
    fn head(&mut self, line: &[u8]) -> io::Result<Option<Head>> {
        if self.is_arc {
            return Ok(Head::of_arc(&String::from_utf8_lossy(line)));
        }
        if !is_version(line) {
            return Ok(None);
        }
        Fields::read(&mut self.reader).map(|fields| Some(Head::of_warc(&fields)))
    }

    fn record(&mut self, head: &Head) -> io::Result<Option<Piece>> {
        let may_be_page = matches!(&*head.kind, "response" | "resource" | "conversion") && is_address(&head.url);
        let block = self.block(head.length, may_be_page)?;
        if !may_be_page {
            self.counts.other += 1;
            return Ok(None);
        }
        let Some(mut capture) = self.capture(head, block.bytes) else { return Ok(None) };
        if block.is_too_large {
            let why = format!("more than the limit of {} MB for one record", self.limit / 1_000_000);
            return Ok(Some(Piece::Skipped(self.note(format!("{}: skipped: {why}", self.place(head))))));
        }
        capture.note =
            block.note.or(head.truncated.as_ref().map(|why| format!("the archive holds only a part ({why})")));
        self.counts.pages += 1;
        let (input, place) = (self.input.clone(), Some(self.place(head)));
        Ok(Some(Piece::Record(Record { input, place, content: Content::Capture(Box::new(capture)) })))
    }

    /// What the record holds, if it can be a page that counts.
    fn capture(&mut self, head: &Head, block: Vec<u8>) -> Option<Capture> {
        let answer = if head.kind == "response" { Answer::of(&block) } else { None };
        if let Some(answer) = answer.as_ref().filter(|answer| answer.status != 200) {
            let location = answer.fields.get("Location").filter(|_| answer.status / 100 == 3);
            if let (Some(pages), Some(location)) = (&self.pages, location) {
                pages.follow(&head.url, location);
            }
            self.counts.other_status += 1;
            return None;
        }
        let capture = Capture::of(head, answer.as_ref(), block);
        self.counts.other += usize::from(capture.is_none());
        let is_listed = self.pages.as_ref().is_none_or(|pages| pages.holds(&head.url));
        self.counts.unlisted += usize::from(capture.is_some() && !is_listed);
        capture.filter(|_| is_listed)
    }

    fn place(&self, head: &Head) -> String {
        format!("record {} ({})", self.number, head.url)
    }

    /// Reads the block of a record, of which no more than the limit is kept, or nothing.
    fn block(&mut self, length: Option<u64>, is_kept: bool) -> io::Result<Block> {
        let mut block = Block { bytes: Vec::new(), is_too_large: false, note: None };
        let stated = length.unwrap_or(0);
        let mut read = 0;
        let mut after_blank = false;
        while read < stated {
            if after_blank && !self.is_arc && self.opens_record()? {
                block.note = Some(format!("the record states {stated} bytes and holds {read}"));
                return Ok(block);
            }
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                block.note = Some("the archive ends in the middle of the record: the text may be cut off".to_owned());
                return Ok(block);
            }
            let most = buffer.len().min(usize::try_from(stated - read).unwrap_or(usize::MAX));
            let end = buffer[..most].iter().position(|&byte| byte == b'\n').map_or(most, |end| end + 1);
            let part = &buffer[..end];
            after_blank = part == b"\r\n" || part == b"\n";
            block.keep(part, self.limit, is_kept);
            self.reader.consume(end);
            read += end as u64;
        }
        if !self.is_arc && !self.is_end()? {
            let more = self.rest(&mut block, is_kept)?;
            block.note = Some(format!("the record states {stated} bytes and holds {}", read + more));
        }
        Ok(block)
    }

    /// Whether a record starts here.
    fn opens_record(&mut self) -> io::Result<bool> {
        let next = self.reader.peek(10)?;
        Ok(next.starts_with(b"WARC/")
            && is_version(next[..next.len().min(10)].split(|&b| b == b'\n').next().unwrap_or_default()))
    }

    /// Whether a block may end here: before a blank line, a record, or nothing.
    fn is_end(&mut self) -> io::Result<bool> {
        let next = self.reader.peek(2)?;
        Ok(next.is_empty() || next.starts_with(b"\r\n") || next.starts_with(b"\n") || self.opens_record()?)
    }

    /// Takes what lies between the stated end of a block and the next record; gives how many bytes.
    fn rest(&mut self, block: &mut Block, is_kept: bool) -> io::Result<u64> {
        let mut read = 0;
        let mut after_blank = false;
        loop {
            if after_blank && self.opens_record()? {
                return Ok(read);
            }
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(read);
            }
            let end = buffer.iter().position(|&byte| byte == b'\n').map_or(buffer.len(), |end| end + 1);
            let part = &buffer[..end];
            after_blank = part == b"\r\n" || part == b"\n";
            block.keep(part, self.limit, is_kept);
            self.reader.consume(end);
            read += end as u64;
        }
    }

    fn damaged(&mut self, error: &io::Error) -> Piece {
        self.ended = !goes_on(error);
        self.lost = true;
        let message = if self.ended {
            format!("after record {}: {error}; what follows cannot be read", self.number)
        } else {
            format!("record {} or the next: skipped: the compressed data is damaged ({error})", self.number)
        };
        Piece::Skipped(self.note(message))
    }

    /// What the archive held besides pages, said once.
    fn summary(&mut self) -> Option<Piece> {
        let counts = std::mem::take(&mut self.counts);
        if counts.unlisted + counts.other_status + counts.other == 0 {
            return None;
        }
        let mut parts = Vec::new();
        let mut say = |count: usize, what: &str| parts.extend((count > 0).then(|| format!("{count} {what}")));
        say(counts.unlisted, "that the list of pages does not name");
        say(counts.other_status, "with another status than 200");
        say(counts.other, "of another kind");
        let message = format!("pages and the like: {}; records left out: {}", counts.pages, parts.join(", "));
        Some(Piece::Remark(self.note(message)))
    }
}

impl Iterator for Archive {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.ended {
            match self.step() {
                Ok(Some(piece)) => return Some(piece),
                Ok(None) => {}
                Err(error) => return Some(self.damaged(&error)),
            }
        }
        self.summary()
    }
}

impl Block {
    fn keep(&mut self, part: &[u8], limit: u64, is_kept: bool) {
        self.is_too_large |= (self.bytes.len() + part.len()) as u64 > limit;
        if is_kept && !self.is_too_large {
            self.bytes.extend_from_slice(part);
        }
    }
}

/// Whether pages stand under an address: archives also file name look-ups and logs of the tool under addresses.
fn is_address(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    ["http:", "https:", "file:", "ftp:"].iter().any(|scheme| start.starts_with(scheme)) && !url.ends_with("/robots.txt")
}

impl Kind {
    /// By the type a head gives; `None` for what cannot hold an article.
    fn of(content_type: &str) -> Option<Kind> {
        let name = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match &*name {
            "text/html" | "application/xhtml+xml" => Some(Kind::Page),
            "text/plain" => Some(Kind::Text),
            "" | "unknown" | "no-type" => Some(Kind::Unknown),
            "image/svg+xml" => None,
            name if name.ends_with("/xml") || name.ends_with("+xml") => Some(Kind::Data),
            name if name.ends_with("/json") || name.ends_with("+json") => Some(Kind::Data),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Kind::Page => "page",
            Kind::Text => "text",
            Kind::Data => "data",
            Kind::Unknown => "unknown",
        }
    }

    fn named(name: &str) -> Kind {
        match name {
            "page" => Kind::Page,
            "text" => Kind::Text,
            "data" => Kind::Data,
            _ => Kind::Unknown,
        }
    }

    /// The format a payload is read in; `None` for data that is no feed, item or page.
    fn format(self, text: &str) -> Option<Format> {
        match (self, Format::of("", text)) {
            (Kind::Page, _) => Some(Format::Html),
            (Kind::Data | Kind::Unknown, Format::Plain) | (_, Format::Opml | Format::Xml) => None,
            (_, format) => Some(format),
        }
    }
}

impl Capture {
    /// What a record holds, if it can be a page.
    fn of(head: &Head, answer: Option<&Answer>, block: Vec<u8>) -> Option<Capture> {
        let field = |name: &str| answer.and_then(|answer| answer.fields.get(name)).unwrap_or_default();
        let is_http = head.content_type.starts_with("application/http");
        let content_type = match answer {
            Some(_) => field("Content-Type"),
            None if is_http => "",
            None => &head.content_type,
        };
        let kind = Kind::of(content_type)?;
        let codings = field("Content-Encoding").split(',').map(|coding| coding.trim().to_ascii_lowercase());
        let codings: Vec<String> = codings.filter(|coding| !coding.is_empty()).collect();
        let is_chunked = field("Transfer-Encoding").to_ascii_lowercase().contains("chunked");
        let charset = charset(content_type);
        let start = answer.map_or(0, |answer| answer.body);
        if block[start..].trim_ascii().is_empty() {
            return None;
        }
        let mut body = block;
        body.drain(..start);
        let url = head.url.clone();
        Some(Capture { url, kind, charset, is_chunked, codings, body, note: None })
    }

    /// What a server answered under an address, its body as it was before it was sent; `None` where that cannot hold an
    /// article.
    pub(crate) fn fetched(url: &str, content_type: &str, body: Vec<u8>) -> Option<Capture> {
        let kind = Kind::of(content_type)?;
        let (url, charset) = (url.to_owned(), charset(content_type));
        Some(Capture { url, kind, charset, is_chunked: false, codings: Vec::new(), body, note: None })
    }

    /// What was said about the body, and the body: to be kept.
    pub(crate) fn keep(&self) -> (Value, Vec<u8>) {
        let Capture { url, kind, charset, is_chunked, codings, body, note } = self;
        // The fields are sorted: a capture is known again by these bytes too.
        let head = serde_json::json!({
            "charset": charset, "chunked": is_chunked, "codings": codings, "kind": kind.name(), "note": note, "url": url,
        });
        (head, body.clone())
    }

    /// The capture that was kept.
    pub(crate) fn of_kept(head: &Value, body: Vec<u8>) -> Option<Capture> {
        let string = |name: &str| head[name].as_str().map(str::to_owned);
        let codings = head["codings"].as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Some(Capture {
            url: string("url")?,
            kind: Kind::named(head["kind"].as_str()?),
            charset: string("charset"),
            is_chunked: head["chunked"].as_bool()?,
            codings,
            body,
            note: string("note"),
        })
    }

    /// How much it holds, in bytes.
    pub(crate) fn size(&self) -> usize {
        self.body.len()
    }

    /// The articles of the payload: one of a page or a text, those of a feed, none of other data.
    pub(crate) fn read(self, input: &str, limits: &Limits) -> Result<Read, Error> {
        let Capture { url, kind, charset, is_chunked, codings, body, note } = self;
        let mut notes: Vec<String> = note.into_iter().collect();
        let is_cut = !notes.is_empty();
        let bytes = payload(input, body, is_chunked, &codings, &mut notes, limits)?;
        if let Some((what, advice)) = encoding::binary(&bytes) {
            return Err(Error::Binary { input: input.to_owned(), what, advice });
        }
        let decoded = encoding::decode_labelled(&bytes, charset.as_deref());
        notes.extend(decoded.note);
        let Some(format) = kind.format(&decoded.text) else { return Ok(Read::default()) };
        let mut read = match format {
            Format::Json => json::known(input, &decoded.text, limits),
            _ => articles_in(format, input, Some(&url), decoded.text, limits)?,
        };
        if let [article] = &mut read.articles[..] {
            under(article, &url);
            article.complete &= !is_cut;
        }
        for article in &mut read.articles {
            article.diagnostics.splice(0..0, notes.iter().cloned());
        }
        Ok(read)
    }
}

/// The body as it was before it was sent.
fn payload(
    input: &str,
    body: Vec<u8>,
    is_chunked: bool,
    codings: &[String],
    notes: &mut Vec<String>,
    limits: &Limits,
) -> Result<Vec<u8>, Error> {
    let mut bytes = body;
    if is_chunked {
        let payload = joined(bytes);
        notes.extend(payload.note.map(|note| format!("the answer was sent in chunks, and {note}")));
        bytes = payload.bytes;
    }
    for coding in codings.iter().rev().take(3) {
        let packed = bytes.len() as u64;
        let grown = |()| Error::Grows { input: input.to_owned(), limit: limits.page_bytes, packed };
        let payload = unpacked(coding, bytes, limits.page_bytes).map_err(grown)?;
        notes.extend(payload.note.map(|note| format!("the answer was sent compressed, and {note}")));
        bytes = payload.bytes;
    }
    Ok(bytes)
}

/// Puts an article under the address it was captured from.
fn under(article: &mut Article, url: &str) {
    article.id = url.to_owned();
    let is_stated = article.url.is_some() && article.found.get(&Field::Url) != Some(&Found::Url);
    if !is_stated {
        article.url = Some(url.to_owned());
        article.found.insert(Field::Url, Found::Archive);
        date_from_address(article);
    }
    if let Some(host) = json::host(url).filter(|_| article.outlet.is_none()) {
        article.outlet = Some(host);
        article.found.insert(Field::Outlet, Found::Url);
    }
}

/// The charset a type names: "text/html; charset=utf-8".
fn charset(content_type: &str) -> Option<String> {
    let lower = content_type.to_ascii_lowercase();
    let label = lower.split_once("charset=")?.1.trim_start_matches(['"', '\'', ' ']);
    let label: String = label.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect();
    Some(label).filter(|label| !label.is_empty())
}
