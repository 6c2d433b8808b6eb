//! Text to the words a model of uncased English knows: lower case, no accents, letters and digits kept together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word looked up in pieces; anything longer is no word of a language.
pub(crate) const LONGEST_WORD: usize = 100;

/// Letters that are written with plain ones where a keyboard lacks them, yet are no plain letter with an accent.
const PLAIN: [(char, &str); 9] =
    [('ß', "ss"), ('æ', "ae"), ('œ', "oe"), ('ø', "o"), ('ł', "l"), ('đ', "d"), ('ð', "d"), ('þ', "th"), ('ı', "i")];

/// Lower case without accents: "Élysée" becomes "elysee", "Łódź" "lodz".
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare = text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(text.len());
    for c in bare {
        match PLAIN.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(c),
        }
    }
    folded
}

/// The words of folded text, in order: runs of letters and digits.
///
/// An apostrophe between letters ends a word, so "wouldn't" is "wouldn" and "t" and "o'reilly" is "o" and "reilly", as
/// in the vocabulary the vectors come from.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Cuts a word into the longest known pieces from the left, as WordPiece does: all after the first are looked up with
/// "##" before them.
///
/// No piece is longer than `longest` bytes, so that a long word is not searched for in full at each of its letters.
/// `None` where a part of the word is unknown, or the word is too long to be one.
pub(crate) fn pieces(word: &str, longest: usize, find: impl Fn(&str) -> Option<u32>) -> Option<Vec<u32>> {
    if word.len() > 4 * LONGEST_WORD || word.chars().count() > LONGEST_WORD {
        return None;
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start < word.len() {
        let end = word.floor_char_boundary(start.saturating_add(longest));
        let (piece, length) = longest_piece(&word[start..end], start > 0, &find)?;
        found.push(piece);
        start += length;
    }
    Some(found)
}

fn longest_piece(rest: &str, inside: bool, find: &impl Fn(&str) -> Option<u32>) -> Option<(u32, usize)> {
    let mut piece = format!("{}{rest}", if inside { "##" } else { "" });
    for length in (1..=rest.len()).rev().filter(|&length| rest.is_char_boundary(length)) {
        piece.truncate(piece.len().min(length + if inside { 2 } else { 0 }));
        if let Some(row) = find(&piece) {
            return Some((row, length));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_case_and_accents() {
        assert_eq!(fold("Élysée PALACE"), "elysee palace");
        assert_eq!(fold("İstanbul, Łódź, Ærø"), "istanbul, lodz, aero");
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let found: Vec<_> = words("she wouldn't say: 3.5 million (“no”)").collect();
        assert_eq!(found, ["she", "wouldn", "t", "say", "3", "5", "million", "no"]);
    }

    #[test]
    fn pieces_are_the_longest_from_the_left() {
        let known = ["un", "unlike", "##ly", "##like"];
        let find = |piece: &str| known.iter().position(|&k| k == piece).map(|row| row as u32);
        assert_eq!(pieces("unlikely", 8, find), Some(vec![1, 2]));
        assert_eq!(pieces("unlikely", 3, find), None);
        assert_eq!(pieces("unknown", 8, find), None);
        assert_eq!(pieces(&"un".repeat(100_000), 8, find), None);
    }
}
