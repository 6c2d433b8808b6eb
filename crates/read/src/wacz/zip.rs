//! The directory of a ZIP file (APPNOTE 6.3, with the 64-bit records), and its files as streams.
//!
//! Sizes are taken for what they say only as far as the file reaches, and files that lie over one another, as in bombs,
//! are refused: what all files hold packed cannot be more than the whole.

use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::source::Storage;

/// The end record and the longest comment behind it.
const TAIL: u64 = 22 + 65_535;
/// A directory larger than this is not read.
const LARGEST_DIRECTORY: u64 = 64 << 20;

/// A file in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: String,
    is_deflated: bool,
    /// Bytes in the archive.
    size: u64,
    /// Where its own header stands.
    header: u64,
}

/// The files of an archive in their order; the error is what is wrong.
pub(super) fn directory(storage: &Storage) -> Result<Vec<Entry>, String> {
    let length = storage.length().map_err(|error| error.to_string())?;
    let (start, size) = directory_place(storage, length)?;
    if size > LARGEST_DIRECTORY || start.checked_add(size).is_none_or(|end| end > length) {
        return Err("its directory lies outside the file, or is larger than 64 MB".to_owned());
    }
    let bytes = storage.read_at(start, size).map_err(|error| error.to_string())?;
    let mut entries = Vec::new();
    let (mut rest, mut packed) = (&bytes[..], 0u64);
    while let Some((entry, after)) = entry(rest) {
        packed = packed.saturating_add(entry.size);
        if packed > length {
            return Err("its files are said to be larger than itself".to_owned());
        }
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

/// Where the directory starts and how long it is.
fn directory_place(storage: &Storage, length: u64) -> Result<(u64, u64), String> {
    let from = length.saturating_sub(TAIL);
    let tail = storage.read_at(from, TAIL).map_err(|error| error.to_string())?;
    let at =
        tail.windows(4).rposition(|bytes| bytes == b"PK\x05\x06").ok_or("it has no directory; it may be cut off")?;
    let end = &tail[at..];
    let (size, start) = (u32_at(end, 12), u32_at(end, 16));
    let (Some(size), Some(start)) = (size, start) else { return Err("its end is cut off".to_owned()) };
    if size != u64::from(u32::MAX) && start != u64::from(u32::MAX) {
        return Ok((start, size));
    }
    let locator = at.checked_sub(20).map(|at| &tail[at..]).filter(|bytes| bytes.starts_with(b"PK\x06\x07"));
    let place = locator.and_then(|locator| u64_at(locator, 8)).ok_or("its 64-bit directory is missing")?;
    let end = storage.read_at(place, 56).map_err(|error| error.to_string())?;
    match (end.starts_with(b"PK\x06\x06"), u64_at(&end, 48), u64_at(&end, 40)) {
        (true, Some(start), Some(size)) => Ok((start, size)),
        _ => Err("its 64-bit directory is damaged".to_owned()),
    }
}

/// The entry at the start of some bytes of the directory, and the bytes after it.
fn entry(bytes: &[u8]) -> Option<(Entry, &[u8])> {
    if !bytes.starts_with(b"PK\x01\x02") {
        return None;
    }
    let length = |at: usize| u16_at(bytes, at).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let extra_bytes = bytes.get(46 + name..46 + name + extra)?;
    let (size, header) = wide(extra_bytes, u32_at(bytes, 24)?, u32_at(bytes, 20)?, u32_at(bytes, 42)?);
    let name_bytes = bytes.get(46..46 + name)?;
    let method = u16_at(bytes, 10)?;
    let name_text = String::from_utf8_lossy(name_bytes).into_owned();
    let entry = Entry { name: name_text, is_deflated: method == 8, size, header };
    Some((entry, bytes.get(46 + name + extra + comment..)?))
}

/// Packed size and place, from the 64-bit field where the 32-bit ones are full.
fn wide(mut extra: &[u8], unpacked: u64, packed: u64, header: u64) -> (u64, u64) {
    const FULL: u64 = u32::MAX as u64;
    let (mut size, mut place) = (packed, header);
    while let (Some(kind), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let length = usize::from(length);
        let Some(field) = extra.get(4..4 + length) else { break };
        if kind == 1 {
            let mut at = if unpacked == FULL { 8 } else { 0 };
            for slot in [&mut size, &mut place] {
                if *slot == FULL {
                    *slot = u64_at(field, at).unwrap_or(FULL);
                    at += 8;
                }
            }
        }
        extra = &extra[4 + length..];
    }
    (size, place)
}

impl Entry {
    /// The contents as a stream; the error is what is wrong.
    pub(super) fn open(&self, storage: &Storage) -> Result<Box<dyn Read>, String> {
        let head = storage.read_at(self.header, 30).map_err(|error| error.to_string())?;
        let (Some(name), Some(extra), true) = (u16_at(&head, 26), u16_at(&head, 28), head.starts_with(b"PK\x03\x04"))
        else {
            return Err("its header is missing".to_owned());
        };
        let start = self.header + 30 + u64::from(name) + u64::from(extra);
        let packed = storage.range(start, self.size).map_err(|error| error.to_string())?;
        Ok(if self.is_deflated { Box::new(DeflateDecoder::new(packed)) } else { packed })
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|found| u16::from_le_bytes(*found))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|found| u64::from(u32::from_le_bytes(*found)))
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|found| u64::from_le_bytes(*found))
}
