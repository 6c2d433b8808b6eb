//! A stream with a look at what comes next.

use std::io::{self, BufRead, Read};

/// Bytes read at a time.
const STEP: usize = 64 << 10;

/// A buffered reader that can show more than it hands out.
pub(super) struct Window {
    source: Box<dyn Read>,
    buffer: Vec<u8>,
    at: usize,
}

impl Window {
    pub(super) fn new(source: Box<dyn Read>) -> Window {
        Window { source, buffer: Vec::new(), at: 0 }
    }

    /// What comes next: at least `count` bytes, unless the stream ends before. After an error what stood before the
    /// damage is gone.
    pub(super) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.buffer.len() - self.at < count {
            self.buffer.drain(..self.at);
            self.at = 0;
            let before = self.buffer.len();
            self.buffer.resize(before + STEP, 0);
            let read = self.source.read(&mut self.buffer[before..]);
            self.buffer.truncate(before + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.buffer.clear();
                    return Err(error);
                }
            }
        }
        Ok(&self.buffer[self.at..])
    }
}

impl Read for Window {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.peek(1)?.read(out)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Window {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.peek(1)
    }

    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.buffer.len());
    }
}
