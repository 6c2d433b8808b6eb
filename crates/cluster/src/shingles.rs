//! A text as hashes of its runs of words, with the place of each.

use xxhash_rust::xxh3::xxh3_64;

use crate::bytes::{put, take};

/// Words of a shingle.
pub(crate) const WORDS: usize = 5;

/// The base of the rolling hash: odd, without structure.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The shingles of a text in its order, and where its words stand, four or five bytes a word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shingles {
    /// The hash of each run of [`WORDS`] words, of all words where there are fewer.
    pub(crate) hashes: Box<[u32]>,
    /// For each word the code points before it since the one before, and its own.
    places: Box<[u8]>,
}

impl Shingles {
    /// The shingles of a text: lower-case words, whatever stands between them. Each sign of a script that writes no spaces
    /// is a word.
    pub(crate) fn new(text: &str) -> Shingles {
        let (mut hashes, mut places, mut buffer) = (Vec::new(), Vec::new(), Vec::new());
        let (mut rolling, mut last, mut window) = (0_u64, 0, [0_u64; WORDS]);
        let mut count = 0;
        each_word(text, |begin, end| {
            let word = hash(&text[begin..end], &mut buffer);
            put_place(&mut places, text[last..begin].chars().count(), text[begin..end].chars().count());
            last = end;
            let leaving = std::mem::replace(&mut window[count % WORDS], word);
            rolling = rolling.wrapping_mul(BASE).wrapping_add(word).wrapping_sub(leaving.wrapping_mul(POWER));
            count += 1;
            if count >= WORDS {
                hashes.push(mixed(rolling));
            }
        });
        if count > 0 && hashes.is_empty() {
            hashes.push(mixed(rolling));
        }
        Shingles { hashes: hashes.into(), places: places.into() }
    }

    /// Where each word begins and ends, in code points of the text.
    pub(crate) fn places(&self) -> Vec<(usize, usize)> {
        let (mut rest, mut at) = (&*self.places, 0);
        let place = || {
            let (gap, length) = take_place(&mut rest)?;
            at += gap + length;
            Some((at - length, at))
        };
        std::iter::from_fn(place).collect()
    }

    /// Where the words of the shingles from `first` to `last` begin and end, in code points of the text.
    pub(crate) fn span(&self, first: usize, last: usize) -> (usize, usize) {
        let (mut rest, mut at, mut begin) = (&*self.places, 0, 0);
        for word in 0.. {
            let Some((gap, length)) = take_place(&mut rest) else { break };
            begin = if word == first { at + gap } else { begin };
            at += gap + length;
            if word == last + WORDS - 1 {
                break;
            }
        }
        (begin, at)
    }
}

/// `BASE` to the power of [`WORDS`].
const POWER: u64 = BASE.wrapping_pow(WORDS as u32);

/// All bits of a hash depend on all of a number (the finaliser of SplitMix64).
fn mixed(number: u64) -> u32 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 32) as u32
}

/// The hash of a word in lower case.
fn hash(word: &str, buffer: &mut Vec<u8>) -> u64 {
    buffer.clear();
    if word.is_ascii() {
        buffer.extend(word.bytes().map(|byte| byte.to_ascii_lowercase()));
    } else {
        buffer.extend(word.to_lowercase().bytes());
    }
    xxh3_64(buffer)
}

/// Hands the first and the last byte of each word on.
fn each_word(text: &str, mut word: impl FnMut(usize, usize)) {
    let mut begun = None;
    for (at, sign) in text.char_indices() {
        let alone = sign >= '\u{2e80}' && is_without_spaces(sign);
        if begun.is_some() && (alone || !is_of_word(sign)) {
            word(begun.take().unwrap_or(at), at);
        }
        if alone {
            word(at, at + sign.len_utf8());
        } else if begun.is_none() && is_of_word(sign) {
            begun = Some(at);
        }
    }
    begun.into_iter().for_each(|begin| word(begin, text.len()));
}

fn is_of_word(sign: char) -> bool {
    if sign.is_ascii() { sign.is_ascii_alphanumeric() } else { sign.is_alphanumeric() }
}

/// Han, kana.
fn is_without_spaces(sign: char) -> bool {
    matches!(sign, '\u{2e80}'..='\u{2fdf}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks a place that does not fit into one byte.
const LONG: u8 = u8::MAX;

/// One byte for a word of less than 64 letters up to two signs behind another, more for others.
fn put_place(places: &mut Vec<u8>, gap: usize, length: usize) {
    if gap < 3 && length < 64 {
        places.push((gap << 6 | length) as u8);
    } else {
        places.push(LONG);
        put(places, gap as u64);
        put(places, length as u64);
    }
}

fn take_place(places: &mut &[u8]) -> Option<(usize, usize)> {
    let (&first, rest) = places.split_first()?;
    *places = rest;
    match first {
        LONG => Some((take(places)? as usize, take(places)? as usize)),
        short => Some((usize::from(short >> 6), usize::from(short & 63))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_punctuation_make_no_difference() {
        let one = Shingles::new("The port of Nova closed on Friday.");
        let other = Shingles::new("the PORT of nova, closed — on Friday");
        assert_eq!(one.hashes, other.hashes);
        assert_eq!(one.hashes.len(), 3);
    }

    #[test]
    fn a_hash_depends_on_its_own_words_alone() {
        let one = Shingles::new("Nobody knew why. The port of Nova closed");
        let other = Shingles::new("The port of Nova closed");
        assert_eq!(one.hashes.last(), other.hashes.last());
    }

    #[test]
    fn spans_lead_back_to_the_words() {
        let text = "«Ja», sagte   Anna Berg: die Fähre nach Nova fährt.";
        let shingles = Shingles::new(text);
        let (begin, end) = shingles.span(1, 2);
        let words: String = text.chars().skip(begin).take(end - begin).collect();
        assert_eq!(words, "sagte   Anna Berg: die Fähre nach");
        assert_eq!(shingles.span(0, shingles.hashes.len() - 1), (1, text.chars().count() - 1));
    }

    #[test]
    fn short_and_empty_texts() {
        assert_eq!(Shingles::new("").hashes.len(), 0);
        assert_eq!(Shingles::new("Nova closed").hashes.len(), 1);
        assert_eq!(Shingles::new("港口星期五关闭").hashes.len(), 3);
    }
}
