//! The body of an answer, decompressed, up to a limit.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// The codings that are undone, as `Accept-Encoding` lists them.
pub(crate) const CODINGS: &str = "gzip, deflate, br";

/// Why a body is none.
#[derive(Debug)]
pub(crate) enum Fault {
    /// More than the limit; `true` where it grew when it was decompressed.
    TooLarge(bool),
    /// A coding that we did not ask for.
    Coding(String),
    /// The connection or the compressed data.
    Io(io::Error),
}

/// Reads a body whose codings are named in `Content-Encoding`, holding no more than `limit` bytes of it. Nothing in it
/// is taken for whole that is not: an article that breaks off would pass for one that was shortened.
pub(crate) fn read(body: impl Read, codings: &str, limit: u64) -> Result<Vec<u8>, Fault> {
    let names: Vec<String> = codings.split(',').map(|name| name.trim().to_ascii_lowercase()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| !matches!(*name, "" | "identity")).collect();
    let mut reader = BufReader::new(body);
    let [name] = names[..] else {
        return if names.is_empty() { limited(reader, limit, false) } else { Err(Fault::Coding(codings.to_owned())) };
    };
    let start = reader.fill_buf().map_err(Fault::Io)?;
    match name {
        // Some servers name a coding and do not use it.
        "gzip" | "x-gzip" if start.first() == Some(&b'<') => limited(reader, limit, false),
        "gzip" | "x-gzip" => limited(MultiGzDecoder::new(reader), limit, true),
        "deflate" if is_zlib(start) => limited(ZlibDecoder::new(reader), limit, true),
        "deflate" => limited(DeflateDecoder::new(reader), limit, true),
        "br" => limited(brotli_decompressor::Decompressor::new(reader, 4096), limit, true),
        other => Err(Fault::Coding(other.to_owned())),
    }
}

fn limited(reader: impl Read, limit: u64, packed: bool) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(Fault::Io)?;
    if bytes.len() as u64 > limit { Err(Fault::TooLarge(packed)) } else { Ok(bytes) }
}

/// The two bytes before zlib data (RFC 1950); "deflate" is used for data with and without them.
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    #[test]
    fn codings() {
        let text = b"The ferry will stop in May. ".repeat(100);
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        let mut deflate = DeflateEncoder::new(Vec::new(), Compression::fast());
        for writer in [&mut gzip as &mut dyn Write, &mut zlib, &mut deflate] {
            writer.write_all(&text).expect("memory to write to");
        }
        let gzip = gzip.finish().expect("memory to write to");
        assert_eq!(read(&gzip[..], "GZIP", 5000).expect("a body"), text);
        assert_eq!(read(&zlib.finish().expect("memory")[..], "deflate", 5000).expect("a body"), text);
        assert_eq!(read(&deflate.finish().expect("memory")[..], "deflate", 5000).expect("a body"), text);
        assert_eq!(read(&b"\x0b\x01\x80abc\x03"[..], "br", 10).expect("a body"), b"abc");
        assert_eq!(read(&b"<p>"[..], "gzip", 10).expect("a body"), b"<p>");
        assert_eq!(read(&b"abc"[..], "", 3).expect("a body"), b"abc");
        assert!(matches!(read(&b"abc"[..], "", 2), Err(Fault::TooLarge(false))));
        assert!(matches!(read(&gzip[..], "gzip", 2799), Err(Fault::TooLarge(true))));
        assert!(matches!(read(&gzip[..gzip.len() - 9], "gzip", 5000), Err(Fault::Io(_))));
        assert!(matches!(read(&b"abc"[..], "compress", 9), Err(Fault::Coding(_))));
        assert!(matches!(read(&b"abc"[..], "gzip, br", 9), Err(Fault::Coding(_))));
    }
}
