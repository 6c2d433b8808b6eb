//! The head of a record: the named fields of WARC (ISO 28500), the line of ARC, and the heads of HTTP answers.

use std::io::{self, BufRead};

use crate::compressed::is_damage;
use crate::source::{Taken, take_line};

/// No line of a head is longer, and no head has more lines or bytes, without something being wrong.
const LONGEST_LINE: u64 = 64 << 10;
const MOST_LINES: usize = 1000;
const MOST_BYTES: usize = 1 << 20;

/// Named fields in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The value of the first field of a name, whatever its case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Takes a line "Name: value", or one that goes on with the value of the line before.
    fn take(&mut self, line: &str) {
        match (line.starts_with([' ', '\t']), self.0.last_mut(), line.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (_, _, Some((name, value))) => self.0.push((name.trim().to_owned(), value.trim().to_owned())),
            _ => {}
        }
    }

    /// Reads lines up to a blank one.
    pub(super) fn read(reader: &mut impl BufRead) -> io::Result<Fields> {
        let mut fields = Fields::default();
        let (mut line, mut bytes) = (Vec::new(), 0);
        for _ in 0..MOST_LINES {
            let taken = take_line(reader, &mut line, LONGEST_LINE)?;
            bytes += line.len();
            if taken == Taken::Nothing || taken == Taken::Line && line.trim_ascii().is_empty() || bytes > MOST_BYTES {
                break;
            }
            fields.take(&String::from_utf8_lossy(&line));
        }
        Ok(fields)
    }
}

/// What a record says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// `response`, `resource` and so on.
    pub(super) kind: String,
    /// The address, without the angle brackets some tools write.
    pub(super) url: String,
    /// What the record says its block holds.
    pub(super) content_type: String,
    /// How long its block is; `None` where it does not say.
    pub(super) length: Option<u64>,
    /// Why the block was cut when it was written.
    pub(super) truncated: Option<String>,
}

impl Head {
    /// The head of a WARC record from the lines after its version.
    pub(super) fn of_warc(fields: &Fields) -> Head {
        let string = |name: &str| fields.get(name).unwrap_or_default().to_owned();
        let url = string("WARC-Target-URI");
        let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(&url).trim();
        Head {
            kind: string("WARC-Type").to_lowercase(),
            url: url.to_owned(),
            content_type: string("Content-Type"),
            length: fields.get("Content-Length").and_then(|length| length.parse().ok()),
            truncated: fields.get("WARC-Truncated").map(str::to_owned),
        }
    }

    /// The head of an ARC record: address, IP number, date, type and length in one line. Addresses may hold spaces.
    pub(super) fn of_arc(line: &str) -> Option<Head> {
        let mut parts = line.trim_end().rsplitn(5, ' ');
        let length = parts.next()?.parse().ok()?;
        let content_type = parts.next()?;
        let date = parts.next()?;
        let _ip = parts.next()?;
        let url = parts.next()?.trim();
        let is_date = (8..=14).contains(&date.len()) && date.bytes().all(|byte| byte.is_ascii_digit());
        (is_date && url.contains(':')).then(|| Head {
            kind: if url.starts_with("http") { "response" } else { "filedesc" }.to_owned(),
            url: url.to_owned(),
            content_type: content_type.to_owned(),
            length: Some(length),
            truncated: None,
        })
    }
}

/// Whether a line opens a WARC record: "WARC/1.0", "WARC/1.1" and what may follow them.
pub(super) fn is_version(line: &[u8]) -> bool {
    let Some(&[a, b'.', c]) = line.strip_prefix(b"WARC/").and_then(<[u8]>::first_chunk::<3>) else { return false };
    let rest = line[8..].trim_ascii_end();
    a.is_ascii_digit() && c.is_ascii_digit() && rest.is_empty()
}

/// The head of an HTTP answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) fields: Fields,
    /// Where the body starts.
    pub(super) body: usize,
}

impl Answer {
    /// Reads the head at the start of a block; `None` where there is none.
    pub(super) fn of(block: &[u8]) -> Option<Answer> {
        let mut rest = block;
        let mut line = Vec::new();
        take_line(&mut rest, &mut line, LONGEST_LINE).ok()?;
        let status = line.strip_prefix(b"HTTP/")?;
        let status = String::from_utf8_lossy(status).split_whitespace().nth(1)?.parse().ok()?;
        let fields = Fields::read(&mut rest).ok()?;
        Some(Answer { status, fields, body: block.len() - rest.len() })
    }
}

/// Whether reading on makes sense after an error.
pub(super) fn goes_on(error: &io::Error) -> bool {
    is_damage(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_arc() {
        let head = Head::of_arc("http://nova.example/a?b=A C 127.0.0.1 20250503080000 text/html 159").expect("a head");
        assert_eq!(
            (&*head.url, &*head.content_type, head.length),
            ("http://nova.example/a?b=A C", "text/html", Some(159))
        );
        assert_eq!(Head::of_arc("http://nova.example/ 127.0.0.1 20250503080000 text/html -1"), None);
        assert_eq!(Head::of_arc("a sentence of five words"), None);
    }

    #[test]
    fn versions() {
        for (line, answer) in
            [(&b"WARC/1.0\r"[..], true), (b"WARC/1.1", true), (b"WARC/1.0 is a format", false), (b"WARC/x", false)]
        {
            assert_eq!(is_version(line), answer);
        }
    }

    #[test]
    fn answers() {
        let block = b"HTTP/1.1 200 OK\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n<p>";
        let answer = Answer::of(block).expect("a head");
        assert_eq!((answer.status, answer.fields.get("content-type")), (200, Some("text/html; charset=utf-8")));
        assert_eq!(&block[answer.body..], b"<p>");
        assert_eq!(Answer::of(b"<p>"), None);
    }
}
