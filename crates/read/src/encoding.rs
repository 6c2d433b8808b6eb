//! Bytes to text: byte order marks first, UTF-8 where it is valid, then what the page declares, then a guess.
//!
//! A file that is nearly UTF-8 stays UTF-8 with its bad bytes replaced: reading all of it in another encoding would
//! spoil every other letter.

mod utf32;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Decoded text, and what had to be done to get it, if anything.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) note: Option<String>,
}

/// Decodes bytes that are some kind of text.
pub(crate) fn decode(bytes: &[u8]) -> Decoded {
    decode_labelled(bytes, None)
}

/// Decodes bytes whose sender named an encoding: it is taken where a mark does not say, and UTF-8 does not show,
/// otherwise.
pub(crate) fn decode_labelled(bytes: &[u8], label: Option<&str>) -> Decoded {
    if let Some(text) = utf32::text(bytes) {
        return Decoded { text, note: Some("converted from utf-32".to_owned()) };
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        let note = (encoding != UTF_8).then(|| converted(encoding));
        return Decoded { text: text.into_owned(), note };
    }
    if let Some(encoding) = utf16(bytes) {
        return decode_as(bytes, encoding);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), note: None },
        Err(_) => {
            let named =
                || label.and_then(|label| Encoding::for_label(label.as_bytes())).filter(|&found| found != UTF_8);
            let encoding = || named().or_else(|| declared(bytes)).unwrap_or_else(|| guessed(bytes));
            mostly_utf8(bytes).unwrap_or_else(|| decode_as(bytes, encoding()))
        }
    }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), note: Some(converted(encoding)) }
}

fn converted(encoding: &'static Encoding) -> String {
    format!("converted from {}", encoding.name().to_lowercase())
}

/// UTF-16 without a mark shows in every second byte being zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(400) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        _ if half < 8 => None,
        (0, high) if high * 10 >= half * 7 => Some(UTF_16LE),
        (high, 0) if high * 10 >= half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

/// Text whose letters outside ASCII are UTF-8 in all but a few places.
fn mostly_utf8(bytes: &[u8]) -> Option<Decoded> {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    let note = format!("{bad} places were not valid UTF-8 and were replaced by \u{fffd}");
    (good > 4 * bad).then(|| Decoded { text: String::from_utf8_lossy(bytes).into_owned(), note: Some(note) })
}

/// The encoding a page names in its first lines (`<meta charset=…>`, `http-equiv`, an XML declaration).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let after =
        ["charset=", "encoding="].iter().find_map(|name| head.split_once(name).filter(|_| head.contains('<')))?.1;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8)
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// What a file that is no text looks like, and what to do with it.
pub(crate) fn binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const TEXT: &str = "save its text as a .txt file";
    const KINDS: &[(&[u8], &str, &str)] = &[
        (b"%PDF-", "a PDF document", "extract its text first (for example with pdftotext)"),
        (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save it as plain text or HTML"),
        (b"\xd0\xcf\x11\xe0", "an old office document", TEXT),
        (b"\x89PNG", "a PNG picture", TEXT),
        (b"\xff\xd8\xff", "a JPEG picture", TEXT),
        (b"GIF8", "a GIF picture", TEXT),
        (b"RIFF", "a picture, sound or film", TEXT),
        (b"{\\rtf", "an RTF document", TEXT),
        (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
        (
            b"BZh",
            "a bzip2 archive",
            "unpack it first, for example with `bunzip2 -k`; gzip and Zstandard are read as they are",
        ),
        (
            b"\xfd7zXZ",
            "an xz archive",
            "unpack it first, for example with `unxz -k`; gzip and Zstandard are read as they are",
        ),
        (b"\x7fELF", "a program", "leave it out"),
        (b"SQLite format 3", "an SQLite database", "export the articles as JSON Lines"),
        (b"PAR1", "a packed Parquet file", "unpack it first"),
    ];
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(("a tar archive", "unpack it and give the files"));
    }
    let known = KINDS.iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|&(_, what, advice)| (what, advice));
    known.or_else(|| looks_binary(bytes).then_some(("binary data", TEXT)))
}

/// Zero bytes outside UTF-16, or many control characters.
fn looks_binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || utf16(bytes).is_some() || utf32::text(bytes).is_some() {
        return false;
    }
    let head = &bytes[..bytes.len().min(64 << 10)];
    let control =
        head.iter().filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    head.contains(&0) || control * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], text: &str, note: Option<&str>) {
        let decoded = decode(bytes);
        assert_eq!((&*decoded.text, decoded.note.as_deref()), (text, note));
    }

    #[test]
    fn marks_declarations_and_guesses() {
        check("\u{feff}Fähre".as_bytes(), "Fähre", None);
        check(b"\xff\xfeF\0\xe4\0", "Fä", Some("converted from utf-16le"));
        check(b"<meta charset=iso-8859-2><p>\xb1", "<meta charset=iso-8859-2><p>ą", Some("converted from iso-8859-2"));
        check(
            b"Die F\xe4hre f\xe4hrt \xfcber das Meer zur Insel.",
            "Die Fähre fährt über das Meer zur Insel.",
            Some("converted from windows-1252"),
        );
        let unmarked: Vec<u8> = "The ferry stops".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&unmarked, "The ferry stops", Some("converted from utf-16le"));
    }

    #[test]
    fn a_few_bad_bytes_do_not_change_the_encoding() {
        check(
            b"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4 \xff",
            "äääää \u{fffd}",
            Some("1 places were not valid UTF-8 and were replaced by \u{fffd}"),
        );
    }

    #[test]
    fn binary_data_is_named() {
        assert!(binary(b"%PDF-1.7").is_some_and(|(what, _)| what.contains("PDF")));
        assert!(binary(b"ab\0cd").is_some());
        assert!(binary("Fähre\r\n".as_bytes()).is_none());
    }
}
