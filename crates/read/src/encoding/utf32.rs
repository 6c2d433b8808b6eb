//! UTF-32, which some feeds are written in and browsers no longer read.

/// The text of bytes in UTF-32: with a mark, or opening with `<` as XML does (XML 1.0, appendix F). `None` otherwise.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let is_big = bytes.starts_with(&[0, 0, 0xfe, 0xff]) || bytes.starts_with(&[0, 0, 0, b'<']);
    let is_little = bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[b'<', 0, 0, 0]);
    if !is_big && !is_little {
        return None;
    }
    let code = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        if is_big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    };
    let mut text: String =
        bytes.chunks_exact(4).map(|four| char::from_u32(code(four)).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_first_signs() {
        let big: Vec<u8> = "<ä>".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let little: Vec<u8> = "\u{feff}ä".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(text(&big).as_deref(), Some("<ä>"));
        assert_eq!(text(&little).as_deref(), Some("ä"));
        assert_eq!(text(b"<rss>"), None);
        assert_eq!(text(b"\xff\xfea\0"), None);
    }
}
