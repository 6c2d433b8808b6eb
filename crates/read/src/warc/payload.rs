//! The body of an HTTP answer as it was before it was sent: without chunks, without compression.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// A body, and what was odd about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Payload {
    pub(super) bytes: Vec<u8>,
    pub(super) note: Option<String>,
}

/// Joins the chunks of a chunked body. A body that has none although its head says so is taken as it is: many archives
/// store bodies joined already. Behind a bad chunk the rest is taken as it is.
pub(super) fn joined(body: Vec<u8>) -> Payload {
    let (mut out, mut rest) = (Vec::new(), &body[..]);
    loop {
        let end = rest.iter().take(32).position(|&byte| byte == b'\n');
        let size = end.and_then(|end| chunk_size(&rest[..end]));
        match (end, size) {
            (_, Some(0)) => return Payload { bytes: out, note: None },
            (Some(end), Some(size)) => {
                let chunk = &rest[end + 1..];
                out.extend_from_slice(&chunk[..size.min(chunk.len())]);
                rest = chunk.get(size..).unwrap_or_default();
                rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
            }
            _ if out.is_empty() => return Payload { bytes: body, note: None },
            _ if rest.is_empty() => return Payload { bytes: out, note: Some("its last chunk is missing".to_owned()) },
            _ => {
                out.extend_from_slice(rest);
                return Payload { bytes: out, note: Some("one of its chunks states a wrong length".to_owned()) };
            }
        }
    }
}

/// The number of bytes a line such as "1c37;name=value" announces.
fn chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|&byte| byte == b';').next()?.trim_ascii();
    let digits = std::str::from_utf8(digits).ok().filter(|digits| (1..=8).contains(&digits.len()))?;
    usize::from_str_radix(digits, 16).ok()
}

/// Undoes a compression named in a head, holding no more than `limit` bytes. A body that is not compressed although
/// its head says so is taken as it is; of one that is damaged, what came before. The error is the body's size limit.
pub(super) fn unpacked(coding: &str, body: Vec<u8>, limit: u64) -> Result<Payload, ()> {
    let source = &body[..];
    let reader: Box<dyn Read> = match coding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Box::new(MultiGzDecoder::new(source)),
        "deflate" if is_zlib(source) => Box::new(ZlibDecoder::new(source)),
        "deflate" if !body.starts_with(b"<") => Box::new(DeflateDecoder::new(source)),
        "br" if !body.trim_ascii_start().starts_with(b"<") => {
            Box::new(brotli_decompressor::Decompressor::new(source, 4096))
        }
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => match zstd::stream::read::Decoder::new(source) {
            Ok(decoder) => Box::new(decoder),
            Err(_) => return Ok(Payload { bytes: body, note: None }),
        },
        _ => return Ok(Payload { bytes: body, note: None }),
    };
    let mut bytes = Vec::new();
    let read = reader.take(limit + 1).read_to_end(&mut bytes);
    match read {
        _ if bytes.len() as u64 > limit => Err(()),
        Ok(_) => Ok(Payload { bytes, note: None }),
        Err(_) if bytes.is_empty() => Ok(Payload { bytes: body, note: None }),
        Err(reason) => Ok(Payload { bytes, note: Some(format!("its compressed data is damaged ({reason})")) }),
    }
}

/// The two bytes before zlib data (RFC 1950).
fn is_zlib(body: &[u8]) -> bool {
    matches!(body, [method, flags, ..] if method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn joined_text(body: &[u8]) -> (String, bool) {
        let payload = joined(body.to_vec());
        (String::from_utf8_lossy(&payload.bytes).into_owned(), payload.note.is_some())
    }

    #[test]
    fn chunks() {
        let text = |text: &str, odd| (text.to_owned(), odd);
        assert_eq!(joined_text(b"003;x=y\r\nabc\r\n2\nde\n0\r\n\r\n"), text("abcde", false));
        assert_eq!(joined_text(b"<p>not chunked"), text("<p>not chunked", false));
        assert_eq!(joined_text(b"3\r\nabc\r\n"), text("abc", true));
        assert_eq!(joined_text(b"3\r\nabc\r\nxyz <p>"), text("abcxyz <p>", true));
        assert_eq!(joined_text(b"ffffffff\r\nabc"), text("abc", true));
    }

    #[test]
    fn codings() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&[b'a'; 5000]).expect("memory to write to");
        let packed = gzip.finish().expect("memory to write to");
        assert_eq!(unpacked("gzip", packed.clone(), 5000).expect("no more than the limit").bytes.len(), 5000);
        assert_eq!(unpacked("gzip", packed.clone(), 4999), Err(()));
        assert_eq!(unpacked("gzip", b"<p>".to_vec(), 10), Ok(Payload { bytes: b"<p>".to_vec(), note: None }));
        assert_eq!(unpacked("br", b"\x0b\x01\x80abc\x03".to_vec(), 10).expect("three bytes").bytes, b"abc");
        let cut = packed[..packed.len() - 9].to_vec();
        assert!(unpacked("gzip", cut, 5000).is_ok());
    }
}
