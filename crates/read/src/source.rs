//! Where bytes come from: a file, standard input, bytes in memory, a part of an archive; and what they start with.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;

use crate::compressed::{Consumed, decompressed, is_compressed, is_damage};
use crate::error::too_large;
use crate::{Error, Limits, encoding};

/// How many bytes are looked at to tell what a file is.
const HEAD: usize = 16 << 10;

/// An input that is being read from its start.
pub(crate) struct Source {
    /// As the person named it.
    pub(crate) input: String,
    /// Its first bytes, which `stream` gives again.
    pub(crate) head: Vec<u8>,
    stream: Box<dyn Read>,
    storage: Option<Storage>,
    /// How much of a compressed stream was taken.
    packed: Option<Consumed>,
    /// Whether the compressed data is damaged near its start.
    is_damaged: bool,
}

/// An input that can be read at any place.
#[derive(Debug)]
pub(crate) enum Storage {
    File(File),
    Bytes(Arc<[u8]>),
}

impl Source {
    /// A file that was opened.
    pub(crate) fn file(input: String, file: File) -> Result<Source, Error> {
        let failed = |reason| Error::Io { input: input.clone(), reason };
        let is_regular = file.metadata().map_err(failed)?.is_file();
        let stream = Box::new(file.try_clone().map_err(failed)?);
        let mut source = Source::stream(input, stream)?;
        source.storage = is_regular.then_some(Storage::File(file));
        Ok(source)
    }

    /// Bytes in memory.
    pub(crate) fn bytes(input: String, bytes: Arc<[u8]>) -> Result<Source, Error> {
        let mut source = Source::stream(input, Box::new(Cursor::new(bytes.clone())))?;
        source.storage = Some(Storage::Bytes(bytes));
        Ok(source)
    }

    /// A stream that can be read but once.
    pub(crate) fn stream(input: String, mut stream: Box<dyn Read>) -> Result<Source, Error> {
        let mut head = Vec::with_capacity(HEAD);
        let read = (&mut stream).take(HEAD as u64).read_to_end(&mut head);
        read.map_err(|reason| Error::Io { input: input.clone(), reason })?;
        Ok(Source { input, head, stream, storage: None, packed: None, is_damaged: false })
    }

    pub(crate) fn starts_with(&self, magic: &[u8]) -> bool {
        self.head.starts_with(magic)
    }

    /// Whether there is nothing but white space.
    pub(crate) fn is_blank(&self) -> bool {
        let bare = self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.head);
        self.head.len() < HEAD && bare.trim_ascii().is_empty()
    }

    /// Puts a decompressed stream in the place of a compressed one.
    pub(crate) fn unpack(&mut self) -> Result<(), Error> {
        if !is_compressed(&self.head) {
            return Ok(());
        }
        let input = self.input.clone();
        let damaged = |reason| Error::Compressed { input: input.clone(), reason };
        let head = std::mem::take(&mut self.head);
        let rest = std::mem::replace(&mut self.stream, Box::new(io::empty()));
        let whole = Box::new(Cursor::new(head.clone()).chain(rest));
        let (mut stream, consumed) = decompressed(whole, &head).map_err(damaged)?;
        let read = (&mut stream).take(HEAD as u64).read_to_end(&mut self.head);
        self.is_damaged = read.is_err();
        // Damage behind some text is the business of whoever reads on.
        match read {
            Err(reason) if self.head.is_empty() => return Err(damaged(reason)),
            Err(reason) => self.stream = Box::new(Failing(Some(reason)).chain(stream)),
            Ok(_) => self.stream = stream,
        }
        if is_compressed(&self.head) {
            return Err(Error::Binary {
                input,
                what: "a file compressed twice",
                advice: "decompress it once and give the result",
            });
        }
        self.storage = None;
        self.packed = Some(consumed);
        Ok(())
    }

    /// The whole stream, its head included.
    pub(crate) fn into_reader(self) -> (String, BufReader<Box<dyn Read>>) {
        let whole: Box<dyn Read> = Box::new(Cursor::new(self.head).chain(self.stream));
        (self.input, BufReader::with_capacity(64 << 10, whole))
    }

    /// All bytes, if they are no more than a limit.
    pub(crate) fn whole(self, limit: u64) -> Result<Vec<u8>, Error> {
        let binary = encoding::binary(&self.head).filter(|_| !self.is_damaged);
        if let Some((what, advice)) = binary {
            return Err(Error::Binary { input: self.input, what, advice });
        }
        let packed = self.packed.clone();
        let (input, reader) = self.into_reader();
        let mut bytes = Vec::new();
        reader.take(limit + 1).read_to_end(&mut bytes).map_err(|reason| failed(&input, reason))?;
        if bytes.len() as u64 <= limit {
            return Ok(bytes);
        }
        Err(match packed {
            None => too_large(&input, "a file", limit),
            Some(packed) => Error::Grows { input, limit, packed: packed.bytes() },
        })
    }

    /// The input in a form that can be read at any place; a stream is taken into memory, up to the limit of a file.
    pub(crate) fn into_storage(mut self, limits: &Limits) -> Result<Storage, Error> {
        if let Some(storage) = self.storage.take() {
            return Ok(storage);
        }
        let (input, reader) = self.into_reader();
        let mut bytes = Vec::new();
        let read = reader.take(limits.file_bytes + 1).read_to_end(&mut bytes);
        read.map_err(|reason| failed(&input, reason))?;
        if bytes.len() as u64 > limits.file_bytes {
            return Err(too_large(
                &input,
                "such a file on standard input; save it and give its path",
                limits.file_bytes,
            ));
        }
        Ok(Storage::Bytes(bytes.into()))
    }
}

fn failed(input: &str, reason: io::Error) -> Error {
    let input = input.to_owned();
    if is_damage(&reason) { Error::Compressed { input, reason } } else { Error::Io { input, reason } }
}

/// A reader that fails once and is then at its end.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

impl Storage {
    /// How many bytes there are.
    pub(crate) fn length(&self) -> io::Result<u64> {
        match self {
            Storage::File(file) => Ok(file.metadata()?.len()),
            Storage::Bytes(bytes) => Ok(bytes.len() as u64),
        }
    }

    /// A stream over a part. Only the stream that was made last may be read: files share their place of reading.
    pub(crate) fn range(&self, start: u64, length: u64) -> io::Result<Box<dyn Read>> {
        match self {
            Storage::File(file) => {
                let mut file = file.try_clone()?;
                file.seek(SeekFrom::Start(start))?;
                Ok(Box::new(file.take(length)))
            }
            Storage::Bytes(bytes) => {
                let mut cursor = Cursor::new(bytes.clone());
                cursor.set_position(start);
                Ok(Box::new(cursor.take(length)))
            }
        }
    }

    /// Some bytes at a place, fewer where the storage ends.
    pub(crate) fn read_at(&self, start: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.range(start, length)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// How a line was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// All of it, its line break left out.
    Line,
    /// It was longer than the limit; what was beyond was let go.
    TooLong,
    /// There was none: the stream has ended.
    Nothing,
}

/// Takes a line into `line`, holding no more than `limit` bytes of it.
pub(crate) fn take_line(reader: &mut impl BufRead, line: &mut Vec<u8>, limit: u64) -> io::Result<Taken> {
    line.clear();
    let mut taken = Taken::Nothing;
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        if buffer.is_empty() {
            return Ok(taken);
        }
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        if taken != Taken::TooLong && (line.len() + part.len()) as u64 <= limit {
            line.extend_from_slice(part);
            taken = Taken::Line;
        } else {
            taken = Taken::TooLong;
        }
        let used = part.len() + usize::from(end.is_some());
        reader.consume(used);
        if end.is_some() {
            return Ok(taken);
        }
    }
}
