//! Compressed streams, told by their first bytes: gzip and Zstandard, member after member.
//!
//! [`Members`] is a reader that decompresses as it is read, so nothing is held but a window of the input. Where a member
//! is damaged it says so once, as an error of kind [`io::ErrorKind::InvalidData`], and the next read goes on with the
//! member after it: archives are made of a member a record so that one bad record costs itself only. Members are told
//! by their magic numbers (RFC 1952, RFC 8878). A first skippable frame of a `.warc.zst` holds the dictionary of the
//! frames after it (IIPC, "WARC with Zstandard").

mod gzip;
mod zstandard;

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use gzip::Gzip;
use zstandard::Zstandard;

/// Compressed bytes kept behind the place of reading: a damaged member is searched this far for the start of the next.
const KEPT: usize = 256 << 10;
/// Bytes read at a time.
const STEP: usize = 64 << 10;
/// A file with more damaged places than this is not worth searching on.
const MOST_DAMAGES: usize = 1000;

/// How far one step of a decoder came.
#[derive(Clone, Copy, Debug, Default)]
struct Step {
    read: usize,
    written: usize,
    /// Whether the member has ended.
    ended: bool,
}

/// A decoder of one kind of member.
trait Codec {
    /// Whether a member starts here; `None` where more bytes are needed to tell.
    fn starts(&self, input: &[u8]) -> Option<bool>;
    /// Prepares for a new member.
    fn start(&mut self) -> io::Result<()>;
    /// Decompresses some of `input` into `out`.
    fn step(&mut self, input: &[u8], out: &mut [u8]) -> io::Result<Step>;
    /// The first byte of every member, to search for.
    const FIRST: u8;
    /// Bytes between members that mean nothing.
    const PADDING: Option<u8>;
}

/// How many bytes went into a decoder, readable while the decoder is in use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Consumed(Arc<AtomicU64>);

impl Consumed {
    /// Bytes so far.
    pub(crate) fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether the bytes open a stream that [`decompressed`] can read.
pub(crate) fn is_compressed(head: &[u8]) -> bool {
    head.starts_with(&gzip::MAGIC[..2]) || zstandard::opens(head)
}

/// The decompressed stream of one that [`is_compressed`], and how much of it was taken.
pub(crate) fn decompressed(mut source: Box<dyn Read>, head: &[u8]) -> io::Result<(Box<dyn Read>, Consumed)> {
    let consumed = Consumed::default();
    if head.starts_with(&gzip::MAGIC[..2]) {
        return Ok((Box::new(Members::new(source, Gzip::default(), consumed.clone())), consumed));
    }
    let codec = Zstandard::open(&mut source, head)?;
    let (codec, source) = codec;
    Ok((Box::new(Members::new(source, codec, consumed.clone())), consumed))
}

/// Where a reader of members stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Between,
    Inside,
    /// After damage: the start of the next member is looked for.
    Lost,
}

/// Reads a stream of compressed members; see the module.
struct Members<C> {
    source: Box<dyn Read>,
    codec: C,
    /// Compressed bytes, of which those from `at` on are still to be decoded.
    buffer: Vec<u8>,
    at: usize,
    /// Where the member that is being read starts in the buffer, or how far back the buffer goes.
    member: usize,
    source_ended: bool,
    state: State,
    damages: usize,
    consumed: Consumed,
}

impl<C: Codec> Members<C> {
    fn new(source: Box<dyn Read>, codec: C, consumed: Consumed) -> Self {
        Members {
            source,
            codec,
            buffer: Vec::new(),
            at: 0,
            member: 0,
            source_ended: false,
            state: State::Between,
            damages: 0,
            consumed,
        }
    }

    /// Reads more of the source behind what is buffered.
    fn fill(&mut self) -> io::Result<()> {
        let floor = self.member.max(self.at.saturating_sub(KEPT)).min(self.at);
        if floor > STEP {
            self.buffer.drain(..floor);
            self.at -= floor;
            self.member = self.member.saturating_sub(floor);
        }
        let before = self.buffer.len();
        self.buffer.resize(before + STEP, 0);
        let read = loop {
            match self.source.read(&mut self.buffer[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
        let read = read?;
        self.source_ended = read == 0;
        self.consumed.0.fetch_add(read as u64, Ordering::Relaxed);
        Ok(())
    }

    /// Whether a member starts at `at`, reading on where it takes more bytes to tell.
    fn starts(&mut self) -> io::Result<bool> {
        loop {
            match self.codec.starts(&self.buffer[self.at..]) {
                Some(answer) => return Ok(answer),
                None if self.source_ended => return Ok(false),
                None => self.fill()?,
            }
        }
    }

    /// Opens the next member; `false` at the end of the source.
    fn open(&mut self) -> io::Result<bool> {
        loop {
            while self.at < self.buffer.len() && Some(self.buffer[self.at]) == C::PADDING {
                self.at += 1;
            }
            if self.at < self.buffer.len() {
                break;
            }
            if self.source_ended {
                return Ok(false);
            }
            self.fill()?;
        }
        self.member = self.at;
        if !self.starts()? {
            return Err(self.damaged("what follows is not compressed"));
        }
        self.codec.start()?;
        self.state = State::Inside;
        Ok(true)
    }

    /// Looks for the start of a member; `false` where there is none.
    fn find(&mut self) -> io::Result<bool> {
        loop {
            let next = self.buffer[self.at..].iter().position(|&byte| byte == C::FIRST);
            self.at = next.map_or(self.buffer.len(), |next| self.at + next);
            self.member = self.at;
            if next.is_some() && self.starts()? {
                self.state = State::Between;
                return Ok(true);
            }
            if next.is_some() {
                self.at += 1;
            } else if self.source_ended {
                return Ok(false);
            } else {
                self.fill()?;
            }
        }
    }

    /// The error that tells of damage, after going back to just behind the start of the damaged member.
    fn damaged(&mut self, reason: &str) -> io::Error {
        self.damages += 1;
        self.state = State::Lost;
        self.at = (self.member + 1).min(self.buffer.len());
        if self.damages > MOST_DAMAGES {
            self.buffer.clear();
            self.at = 0;
            self.source_ended = true;
            return invalid(&format!("more than {MOST_DAMAGES} damaged places, the rest is left out"));
        }
        invalid(reason)
    }

    fn decode(&mut self, out: &mut [u8]) -> io::Result<Step> {
        let step = match self.codec.step(&self.buffer[self.at..], out) {
            Ok(step) => step,
            Err(error) => return Err(self.damaged(&error.to_string())),
        };
        self.at += step.read;
        if step.ended {
            self.state = State::Between;
            self.member = self.at;
        } else if step.read == 0 && step.written == 0 {
            if self.source_ended {
                return Err(self.damaged("it ends in the middle"));
            }
            self.fill()?;
        }
        Ok(step)
    }
}

impl<C: Codec> Read for Members<C> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !out.is_empty() {
            let goes_on = match self.state {
                State::Between => self.open()?,
                State::Lost => self.find()?,
                State::Inside => {
                    let step = self.decode(out)?;
                    if step.written > 0 {
                        return Ok(step.written);
                    }
                    true
                }
            };
            if !goes_on {
                break;
            }
        }
        Ok(0)
    }
}

fn invalid(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason.to_owned())
}

/// Whether an error of a stream tells of damage that the next read goes on behind.
pub(crate) fn is_damage(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::InvalidData
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(text).expect("memory to write to");
        encoder.finish().expect("memory to write to")
    }

    /// What comes out, with "!" for every damage.
    fn read(bytes: &[u8]) -> String {
        let (mut stream, _) = decompressed(Box::new(io::Cursor::new(bytes.to_vec())), bytes).expect("a stream");
        let (mut out, mut buffer) = (Vec::new(), [0; 1000]);
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => return String::from_utf8_lossy(&out).into_owned(),
                Ok(count) => out.extend_from_slice(&buffer[..count]),
                Err(error) => {
                    assert!(is_damage(&error), "{error}");
                    out.push(b'!');
                }
            }
        }
    }

    #[test]
    fn members_follow_one_another() {
        let frame = |text: &[u8]| zstd::bulk::compress(text, 1).expect("a frame");
        assert_eq!(read(&[gzip(b"one "), gzip(b""), gzip(b"two"), vec![0; 100]].concat()), "one two");
        assert_eq!(read(&[frame(b"one "), frame(b""), frame(b"two")].concat()), "one two");
        let skippable = [&b"\x51\x2a\x4d\x18\x03\0\0\0abc"[..], &frame(b"one")].concat();
        assert_eq!(read(&skippable), "one");
    }

    #[test]
    fn a_damaged_member_costs_itself() {
        let noise: String = (0..5000u32).map(|n| format!("{} ", n.wrapping_mul(2_654_435_761) >> 7)).collect();
        let mut cut = gzip(noise.as_bytes());
        cut.truncate(cut.len() / 2);
        let whole = [gzip(b"one "), cut, gzip(b" two")].concat();
        let text = read(&whole);
        assert!(text.starts_with("one ") && text.ends_with(" two") && text.contains('!'), "{text}");
        let mut wrong = gzip(b"two ");
        let end = wrong.len() - 6;
        wrong[end] ^= 1;
        assert_eq!(read(&[gzip(b"one "), wrong, gzip(b"three")].concat()), "one two !three");
        assert_eq!(read(&[gzip(b"one "), b"rubbish".to_vec(), gzip(b"two")].concat()), "one !two");
        let frame = |text: &[u8]| zstd::bulk::compress(text, 1).expect("a frame");
        let mut cut = frame(noise.as_bytes());
        cut.truncate(cut.len() / 2);
        let text = read(&[frame(b"one "), cut, frame(b" two")].concat());
        assert!(text.starts_with("one ") && text.ends_with(" two") && text.contains('!'), "{text}");
    }

    #[test]
    fn a_dictionary_opens_the_stream() {
        let dictionary = b"The ferry of Nova leaves the pier at nine; ".repeat(20);
        let mut compressor = zstd::bulk::Compressor::with_dictionary(3, &dictionary).expect("a compressor");
        let frame = compressor.compress(b"The ferry of Nova number 7").expect("a frame");
        let packed = zstd::bulk::compress(&dictionary, 3).expect("a frame");
        for dictionary in [dictionary, packed] {
            let length = u32::try_from(dictionary.len()).expect("a short dictionary").to_le_bytes();
            let stream = [&b"\x5d\x2a\x4d\x18"[..], &length, &dictionary, &frame, &frame].concat();
            assert_eq!(read(&stream), "The ferry of Nova number 7".repeat(2));
        }
    }
}
