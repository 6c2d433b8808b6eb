//! One Zstandard frame (RFC 8878), and the dictionary that may stand before the first.

use std::io::{self, Read};

use zstd::stream::raw::{DParameter, Decoder, Operation as _};

use super::{Codec, Step, invalid};

const MAGIC: &[u8] = b"\x28\xb5\x2f\xfd";
/// The last three bytes of the number that opens a skippable frame; the first is 0x50 to 0x5f.
const SKIPPABLE: &[u8] = b"\x2a\x4d\x18";
/// The skippable frame that holds a dictionary.
const DICTIONARY: &[u8] = b"\x5d\x2a\x4d\x18";
/// A dictionary may be this large, packed or not.
const LARGEST_DICTIONARY: u64 = 16 << 20;
/// A frame may look back this far (2^27 bytes, the limit of the standard tool too), which is what it takes in memory.
const WINDOW_LOG: u32 = 27;

/// Whether a stream starts with a frame.
pub(super) fn opens(head: &[u8]) -> bool {
    head.starts_with(MAGIC) || head.get(1..4) == Some(SKIPPABLE) && head[0] & 0xf0 == 0x50
}

/// The decoder of Zstandard frames.
pub(super) struct Zstandard {
    decoder: Decoder<'static>,
}

impl Zstandard {
    /// The decoder for a stream that starts with `head`, and the stream behind its dictionary, if it has one.
    pub(super) fn open(source: &mut Box<dyn Read>, head: &[u8]) -> io::Result<(Zstandard, Box<dyn Read>)> {
        let mut source: Box<dyn Read> = std::mem::replace(source, Box::new(io::empty()));
        let dictionary = if head.starts_with(DICTIONARY) { dictionary(&mut source)? } else { Vec::new() };
        let mut decoder = Decoder::with_dictionary(&dictionary)?;
        decoder.set_parameter(DParameter::WindowLogMax(WINDOW_LOG))?;
        Ok((Zstandard { decoder }, source))
    }
}

/// Reads the frame that holds a dictionary, which may be compressed itself.
fn dictionary(source: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = [0; 8];
    source.read_exact(&mut head)?;
    let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    if length > LARGEST_DICTIONARY {
        return Err(invalid("its dictionary is larger than 16 MB"));
    }
    let mut found = Vec::new();
    source.take(length).read_to_end(&mut found)?;
    if !found.starts_with(MAGIC) {
        return Ok(found);
    }
    let mut unpacked = Vec::new();
    zstd::stream::read::Decoder::new(&found[..])?.take(LARGEST_DICTIONARY).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}

impl Codec for Zstandard {
    /// Frames that hold nothing are not searched for.
    const FIRST: u8 = MAGIC[0];
    const PADDING: Option<u8> = None;

    fn starts(&self, input: &[u8]) -> Option<bool> {
        if input.len() < 4 { None } else { Some(opens(input)) }
    }

    fn start(&mut self) -> io::Result<()> {
        self.decoder.reinit()
    }

    fn step(&mut self, input: &[u8], out: &mut [u8]) -> io::Result<Step> {
        let status = self.decoder.run_on_buffers(input, out)?;
        Ok(Step { read: status.bytes_read, written: status.bytes_written, ended: status.remaining == 0 })
    }
}
