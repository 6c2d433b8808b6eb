//! One gzip member (RFC 1952): its header, the deflated data and the checksum behind it.

use std::io;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::{Codec, Step, invalid};

/// How every member starts: the magic number and the only method there is.
pub(super) const MAGIC: &[u8] = b"\x1f\x8b\x08";
/// A header longer than this is none: two names and an extra field.
const LONGEST_HEADER: usize = 200 << 10;

/// The part of a member that comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Header,
    Data,
    Trailer,
}

/// The decoder of gzip members.
pub(super) struct Gzip {
    part: Part,
    inflate: Decompress,
    crc: Crc,
}

impl Default for Gzip {
    fn default() -> Self {
        Gzip { part: Part::Header, inflate: Decompress::new(false), crc: Crc::new() }
    }
}

impl Codec for Gzip {
    const FIRST: u8 = MAGIC[0];
    const PADDING: Option<u8> = Some(0);

    fn starts(&self, input: &[u8]) -> Option<bool> {
        let known = input.len().min(4);
        let reserved = input.get(3).is_some_and(|flags| flags & 0xe0 != 0);
        let fits = input[..known.min(3)] == MAGIC[..known.min(3)] && !reserved;
        if fits && known < 4 { None } else { Some(fits) }
    }

    fn start(&mut self) -> io::Result<()> {
        self.part = Part::Header;
        self.inflate.reset(false);
        self.crc.reset();
        Ok(())
    }

    fn step(&mut self, input: &[u8], out: &mut [u8]) -> io::Result<Step> {
        match self.part {
            Part::Header => self.header(input),
            Part::Data => self.data(input, out),
            Part::Trailer => self.trailer(input),
        }
    }
}

impl Gzip {
    /// A step without output that takes a whole part, or nothing while the part is not all there.
    fn header(&mut self, input: &[u8]) -> io::Result<Step> {
        let Some(read) = header_length(input) else {
            let is_hopeless = input.len() > LONGEST_HEADER;
            return if is_hopeless { Err(invalid("its header has no end")) } else { Ok(Step::default()) };
        };
        self.part = Part::Data;
        Ok(Step { read, ..Step::default() })
    }

    fn data(&mut self, input: &[u8], out: &mut [u8]) -> io::Result<Step> {
        let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self
            .inflate
            .decompress(input, out, FlushDecompress::None)
            .map_err(|_| invalid("it does not decompress"))?;
        let count = |now: u64, before: u64| usize::try_from(now - before).unwrap_or(0);
        let step = Step {
            read: count(self.inflate.total_in(), read),
            written: count(self.inflate.total_out(), written),
            ended: false,
        };
        self.crc.update(&out[..step.written]);
        if status == Status::StreamEnd {
            self.part = Part::Trailer;
        }
        Ok(step)
    }

    fn trailer(&mut self, input: &[u8]) -> io::Result<Step> {
        let Some(&[a, b, c, d, e, f, g, h]) = input.first_chunk::<8>() else { return Ok(Step::default()) };
        let right = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
        if right != (self.crc.sum(), self.crc.amount()) {
            return Err(invalid("its checksum is wrong"));
        }
        Ok(Step { read: 8, written: 0, ended: true })
    }
}

/// How long the header is, where all of it is there.
fn header_length(input: &[u8]) -> Option<usize> {
    const CHECKSUM: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let flags = *input.get(3)?;
    let mut at = 10;
    if flags & EXTRA != 0 {
        let length = input.get(at..at + 2)?;
        at += 2 + usize::from(u16::from_le_bytes([length[0], length[1]]));
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            at += input.get(at..)?.iter().position(|&byte| byte == 0)? + 1;
        }
    }
    at += if flags & CHECKSUM == 0 { 0 } else { 2 };
    (at <= input.len()).then_some(at)
}
