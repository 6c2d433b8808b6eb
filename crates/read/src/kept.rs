//! Records as something that can be kept and read again, by this reader or a better one.

use serde_json::Value;

use crate::records::{Content, Record};
use crate::warc::Capture;

/// A record to be kept: its bytes, and what else a reader needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The input it comes from.
    pub input: String,
    /// Where in the input, such as "line 17"; nothing where it is all of the input.
    pub place: Option<String>,
    /// How it is to be read: "document", "json", "row" or "capture".
    pub format: String,
    /// Of a capture what its headers said, in JSON.
    pub head: Option<String>,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Record {
    /// What a server answered under an address: the type it gave, and the body, decompressed. `None` where that cannot hold
    /// an article, such as a picture.
    pub fn fetched(url: &str, content_type: &str, body: Vec<u8>) -> Option<Record> {
        let capture = Capture::fetched(url, content_type, body)?;
        Some(Record { input: url.to_owned(), place: None, content: Content::Capture(Box::new(capture)) })
    }

    /// The record as something to keep.
    pub fn keep(&self) -> Kept {
        let (format, head, bytes) = match &self.content {
            Content::Document(bytes) => ("document", None, bytes.clone()),
            Content::Json(bytes) => ("json", None, bytes.clone()),
            Content::Row(row) => ("row", None, serde_json::to_vec(row).unwrap_or_default()),
            Content::Capture(capture) => {
                let (head, bytes) = capture.keep();
                ("capture", Some(head.to_string()), bytes)
            }
        };
        Kept { input: self.input.clone(), place: self.place.clone(), format: format.to_owned(), head, bytes }
    }
}

impl Kept {
    /// The record that was kept; `None` where it is of a format that this reader does not know.
    ///
    /// ```
    /// use twosource_read::{Kept, Limits};
    /// let kept = Kept { input: "a.txt".into(), format: "document".into(), bytes: b"The ferry stops.".into(), ..Kept::default() };
    /// let record = kept.clone().record().unwrap();
    /// assert_eq!(record.keep(), kept);
    /// assert_eq!(record.read(&Limits::default()).unwrap().articles.len(), 1);
    /// ```
    pub fn record(self) -> Option<Record> {
        let Kept { input, place, format, head, bytes } = self;
        let content = match format.as_str() {
            "document" => Content::Document(bytes),
            "json" => Content::Json(bytes),
            "row" => Content::Row(serde_json::from_slice(&bytes).ok()?),
            "capture" => {
                let head: Value = serde_json::from_str(&head?).ok()?;
                Content::Capture(Box::new(Capture::of_kept(&head, bytes)?))
            }
            _ => return None,
        };
        Some(Record { input, place, content })
    }
}
