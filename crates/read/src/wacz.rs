//! WACZ: web archives zipped with a list of their pages (specs.webrecorder.net/wacz).
//!
//! The archives inside are streamed one after the other. Where the package lists its pages, an answer is a page only if
//! its address is listed, or a listed address led to it: everything else a browser fetched along the way (frames,
//! advertisements) is left out and counted.

mod zip;

use std::cell::RefCell;
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufReader, Read};
use std::rc::Rc;

use serde_json::Value;

use crate::records::{Note, Piece, stream_pieces};
use crate::source::{Source, Storage, Taken, take_line};
use crate::warc::{Archive, is_archive};
use crate::{Error, Limits};

use zip::{Entry, directory};

/// More of a list of pages is not read.
const LONGEST_LIST: u64 = 100_000_000;
const LONGEST_LINE: u64 = 1 << 20;

/// The addresses that are pages, and those they led to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pages(Rc<RefCell<BTreeSet<String>>>);

impl Pages {
    pub(crate) fn holds(&self, url: &str) -> bool {
        self.0.borrow().contains(&key(url))
    }

    /// Takes up what a listed address led to.
    pub(crate) fn follow(&self, url: &str, location: &str) {
        if self.holds(url) {
            self.0.borrow_mut().insert(key(&joined(url, location)));
        }
    }

    fn add(&self, list: impl Read) {
        let mut reader = BufReader::new(list.take(LONGEST_LIST));
        let mut line = Vec::new();
        while matches!(take_line(&mut reader, &mut line, LONGEST_LINE), Ok(Taken::Line | Taken::TooLong)) {
            let page: Option<Value> = serde_json::from_slice(&line).ok();
            let url = page.as_ref().and_then(|page| page.get("url")?.as_str());
            self.0.borrow_mut().extend(url.map(key));
        }
    }
}

/// An address without what does not tell pages apart: the scheme, the place in the page, a slash at the end.
fn key(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default();
    url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/').to_owned()
}

/// The address that a page names by `location`.
fn joined(url: &str, location: &str) -> String {
    let host_ends = url.find("://").map_or(0, |at| at + 3 + url[at + 3..].find('/').unwrap_or(url.len() - at - 3));
    let folder_ends = url.rfind('/').map_or(url.len(), |at| at + 1).max(host_ends);
    match location {
        location if location.contains("://") => location.to_owned(),
        location if location.starts_with("//") => format!("https:{location}"),
        location if location.starts_with('/') => format!("{}{location}", &url[..host_ends]),
        location => format!("{}{location}", &url[..folder_ends]),
    }
}

/// The pages of a package.
pub(crate) fn pieces(input: &str, storage: Storage, limits: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
    let failed = |reason| Error::Container { input: input.to_owned(), what: "ZIP archive", reason };
    let entries = directory(&storage).map_err(failed)?;
    let archives: VecDeque<Entry> = entries.iter().filter(|entry| is_web_archive(&entry.name)).cloned().collect();
    if archives.is_empty() {
        return Err(Error::Binary {
            input: input.to_owned(),
            what: "a ZIP archive or an office document without a web archive in it",
            advice: "unpack it, or save it as plain text or HTML",
        });
    }
    let pages = Pages::default();
    for list in entries.iter().filter(|entry| entry.name.starts_with("pages/") && entry.name.ends_with(".jsonl")) {
        if let Ok(list) = list.open(&storage) {
            pages.add(list);
        }
    }
    let pages = if pages.0.borrow().is_empty() { None } else { Some(pages) };
    Ok(Box::new(Package { input: input.to_owned(), storage, archives, pages, limits: limits.clone(), current: None }))
}

fn is_web_archive(name: &str) -> bool {
    let bare = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    bare.ends_with(".warc") || bare.ends_with(".arc")
}

/// The archives of a package, one after the other.
struct Package {
    input: String,
    storage: Storage,
    archives: VecDeque<Entry>,
    pages: Option<Pages>,
    limits: Limits,
    current: Option<Box<dyn Iterator<Item = Piece>>>,
}

impl Package {
    fn open(&self, entry: &Entry) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
        let input = format!("{}/{}", self.input, entry.name);
        let stream = entry.open(&self.storage);
        let stream = stream.map_err(|reason| Error::Container {
            input: input.clone(),
            what: "part of a ZIP archive",
            reason,
        })?;
        let mut source = Source::stream(input, stream)?;
        source.unpack()?;
        if is_archive(&source.head) {
            return Ok(Box::new(Archive::new(source, &self.limits).of_pages(self.pages.clone())));
        }
        stream_pieces(source, &self.limits)
    }
}

impl Iterator for Package {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(piece) = self.current.as_mut().and_then(Iterator::next) {
                return Some(piece);
            }
            let entry = self.archives.pop_front()?;
            match self.open(&entry) {
                Ok(pieces) => self.current = Some(pieces),
                Err(error) => {
                    self.current = None;
                    let (input, message) = error.into_note(&format!("{}/{}", self.input, entry.name));
                    return Some(Piece::Skipped(Note { input, message }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_followed() {
        let pages = Pages::default();
        pages.add(&b"{\"format\":\"json-pages-1.0\"}\n{\"url\":\"http://nova.example/a/b#top\"}\n"[..]);
        assert!(pages.holds("https://nova.example/a/b/"));
        for (location, target) in [
            ("/c", "https://nova.example/c"),
            ("d?e", "https://nova.example/a/d?e"),
            ("//other.example/", "https://other.example"),
            ("https://third.example/x", "https://third.example/x"),
        ] {
            pages.follow("https://nova.example/a/b", location);
            assert!(pages.holds(target), "{target}");
        }
        pages.follow("https://unlisted.example/", "/y");
        assert!(!pages.holds("https://unlisted.example/y"));
        assert_eq!(joined("https://nova.example", "x"), "https://nova.examplex");
    }
}
