//! Text to the words a model of uncased English knows: lower case, no accents, letters and digits kept together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest word looked up in pieces; anything longer is no word of a language.
pub(crate) const LONGEST_WORD: usize = 64;

/// Lower case without accents: "Élysée" becomes "elysee".
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
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
/// `None` where a part of the word is unknown, or the word is too long to be one.
pub(crate) fn pieces(word: &str, find: impl Fn(&str) -> Option<u32>) -> Option<Vec<u32>> {
    if word.len() > 4 * LONGEST_WORD || word.chars().count() > LONGEST_WORD {
        return None;
    }
    let mut found = Vec::new();
    let mut start = 0;
    while start < word.len() {
        let (piece, end) = longest_piece(word, start, &find)?;
        found.push(piece);
        start = end;
    }
    Some(found)
}

fn longest_piece(word: &str, start: usize, find: &impl Fn(&str) -> Option<u32>) -> Option<(u32, usize)> {
    let lead = if start == 0 { "" } else { "##" };
    let mut piece = format!("{lead}{}", &word[start..]);
    let mut end = word.len();
    while end > start {
        if let Some(row) = find(&piece) {
            return Some((row, end));
        }
        let last = piece.pop()?;
        end -= last.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_case_and_accents() {
        assert_eq!(fold("Élysée PALACE"), "elysee palace");
        assert_eq!(fold("İstanbul"), "istanbul");
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
        assert_eq!(pieces("unlikely", find), Some(vec![1, 2]));
        assert_eq!(pieces("unknown", find), None);
        assert_eq!(pieces(&"un".repeat(100_000), find), None);
    }
}
