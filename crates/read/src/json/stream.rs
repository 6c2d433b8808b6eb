//! JSON cut into records without holding more than one: lines, items of a list, values one after the other.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use serde::de::IgnoredAny;

use super::{is_named, start};
use crate::Limits;
use crate::compressed::is_damage;
use crate::records::{Content, Note, Piece, Record};
use crate::source::{Source, Taken, take_line};

/// How an input is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    /// Not known yet: the first line tells.
    Unknown,
    /// A record a line, so that a broken one ends with it.
    Lines,
    /// By brackets: the items of a list, or values over several lines.
    Values,
}

/// The records of a JSON input.
pub(crate) struct Stream {
    input: String,
    reader: BufReader<Box<dyn Read>>,
    limit: u64,
    cut: Cut,
    /// Whether the brackets of a list are open around the values.
    in_list: bool,
    number: usize,
    ended: bool,
}

impl Stream {
    pub(crate) fn new(source: Source, limits: &Limits) -> Stream {
        let is_list = start(&source.head).starts_with(b"[");
        let cut = match () {
            () if is_list => Cut::Values,
            () if is_named(&source.input, &[".jsonl", ".ndjson"]) => Cut::Lines,
            () => Cut::Unknown,
        };
        let (input, reader) = source.into_reader();
        Stream { input, reader, limit: limits.record_bytes, cut, in_list: false, number: 0, ended: false }
    }

    /// A first line that is a whole object makes a file of lines; else its brackets count, from its start.
    fn decide(&mut self, bytes: &mut Vec<u8>) -> io::Result<Taken> {
        let taken = take_line(&mut self.reader, bytes, self.limit)?;
        let first = start(bytes);
        let is_object = first.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(first).is_ok();
        if taken != Taken::Line || is_object {
            self.cut = Cut::Lines;
            return Ok(taken);
        }
        self.cut = Cut::Values;
        let mut first = std::mem::take(bytes);
        first.push(b'\n');
        let rest = std::mem::replace(&mut self.reader, BufReader::new(Box::new(io::empty())));
        self.reader = BufReader::new(Box::new(Cursor::new(first).chain(rest)));
        self.take(bytes)
    }

    fn take(&mut self, bytes: &mut Vec<u8>) -> io::Result<Taken> {
        match self.cut {
            Cut::Unknown => self.decide(bytes),
            Cut::Lines => take_line(&mut self.reader, bytes, self.limit),
            Cut::Values => take_value(&mut self.reader, &mut self.in_list, bytes, self.limit),
        }
    }

    fn place(&self) -> String {
        let unit = if self.cut == Cut::Lines { "line" } else { "record" };
        format!("{unit} {}", self.number)
    }

    fn skipped(&self, why: &str) -> Piece {
        Piece::Skipped(Note { input: self.input.clone(), message: format!("{}: skipped: {why}", self.place()) })
    }

    fn failed(&mut self, error: &io::Error) -> Piece {
        self.ended = !is_damage(error);
        if self.ended {
            return self.skipped(&format!("{error}; what follows cannot be read"));
        }
        self.skipped(&format!("the compressed data is damaged ({error}); what follows is read on"))
    }
}

impl Iterator for Stream {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let mut bytes = Vec::new();
        while !self.ended {
            let taken = self.take(&mut bytes);
            self.number += 1;
            match taken {
                Err(error) => return Some(self.failed(&error)),
                Ok(Taken::Nothing) => self.ended = true,
                Ok(Taken::TooLong) => {
                    return Some(
                        self.skipped(&format!("more than the limit of {} MB for one record", self.limit / 1_000_000)),
                    );
                }
                Ok(Taken::Line) if start(&bytes).is_empty() => {}
                Ok(Taken::Line) => {
                    let (input, place) = (self.input.clone(), Some(self.place()));
                    return Some(Piece::Record(Record { input, place, content: Content::Json(bytes) }));
                }
            }
        }
        None
    }
}

/// What the brackets and quotation marks so far say of where a value stands.
#[derive(Clone, Copy, Debug, Default)]
struct Nesting {
    started: bool,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

/// What to do with a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Byte {
    /// It stands between values.
    Drop,
    Keep,
    /// It is the last of the value.
    KeepAndEnd,
    /// The value ended before it.
    End,
}

impl Nesting {
    fn take(&mut self, byte: u8, in_list: &mut bool) -> Byte {
        match (self.started, byte) {
            (false, b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf) => Byte::Drop,
            (false, b'[') if !*in_list => {
                *in_list = true;
                Byte::Drop
            }
            (false, b']') => {
                *in_list = false;
                Byte::Drop
            }
            _ => {
                self.started = true;
                self.inside(byte)
            }
        }
    }

    /// A line break ends a string that was not closed, since a string may hold none: so one broken string is not taken
    /// for the rest of the file.
    fn inside(&mut self, byte: u8) -> Byte {
        if self.in_string {
            self.in_string = self.escaped && byte != b'\n' || !matches!(byte, b'"' | b'\n');
            self.escaped = byte == b'\\' && !self.escaped;
            return Byte::Keep;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth == 1 => return Byte::KeepAndEnd,
            b'}' if self.depth == 0 => return Byte::KeepAndEnd,
            b']' | b',' | b'\n' if self.depth == 0 => return Byte::End,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        Byte::Keep
    }
}

/// Takes the next value of a list or of values in a row, holding no more than `limit` bytes of it. `in_list` is kept
/// from one call to the next. What no bracket closes ends with the stream.
fn take_value(reader: &mut impl BufRead, in_list: &mut bool, value: &mut Vec<u8>, limit: u64) -> io::Result<Taken> {
    value.clear();
    let mut nesting = Nesting::default();
    let mut taken = Taken::Nothing;
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok(taken);
        }
        let length = buffer.len();
        for (at, &byte) in buffer.iter().enumerate() {
            let action = nesting.take(byte, in_list);
            if matches!(action, Byte::Keep | Byte::KeepAndEnd) {
                if (value.len() as u64) < limit && taken != Taken::TooLong {
                    value.push(byte);
                    taken = Taken::Line;
                } else {
                    taken = Taken::TooLong;
                    value.clear();
                }
            }
            if matches!(action, Byte::KeepAndEnd | Byte::End) {
                reader.consume(at + usize::from(action == Byte::KeepAndEnd));
                return Ok(taken);
            }
        }
        reader.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let (mut reader, mut in_list, mut value, mut found) = (text.as_bytes(), false, Vec::new(), Vec::new());
        while take_value(&mut reader, &mut in_list, &mut value, 20).expect("memory does not fail") != Taken::Nothing {
            found.push(String::from_utf8_lossy(&value).into_owned());
        }
        found
    }

    #[test]
    fn values_are_cut_at_their_brackets() {
        assert_eq!(values(r#"[{"a":"}]"}, {"b":[1]},3,"x"]"#), [r#"{"a":"}]"}"#, r#"{"b":[1]}"#, "3", r#""x""#]);
        assert_eq!(values("{\n \"a\": 1\n}\n{\"b\":\"\\\"{\"}"), ["{\n \"a\": 1\n}", r#"{"b":"\"{"}"#]);
        assert_eq!(values("[]\n{}"), ["{}"]);
        assert_eq!(values("[{\"a\":\"unclosed}\n},{}]"), ["{\"a\":\"unclosed}\n}", "{}"]);
        assert_eq!(values(&format!("[{{\"a\":\"{}\"}},{{}}]", "x".repeat(100))), ["", "{}"]);
        assert_eq!(values("}]}{]"), ["}", "}", "{]"]);
    }
}
