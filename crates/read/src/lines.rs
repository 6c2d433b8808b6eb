//! A text cut into lines, and a line into sentences: what the labels are given to.

use twosource_model::Span;

use crate::words::{Token, tokens};

/// A line that holds something, with what its shape says.
pub(crate) struct Line<'t> {
    /// Where it stands, without white space around it.
    pub(crate) span: Span,
    /// Its words.
    pub(crate) text: &'t str,
    /// Its tokens, offsets in the line.
    pub(crate) tokens: Vec<Token<'t>>,
    /// Number of words and numbers.
    pub(crate) words: usize,
    /// Its sentences, offsets in the line.
    pub(crate) sentences: Vec<Span>,
}

impl<'t> Line<'t> {
    /// The line of a text at a span.
    pub(crate) fn new(text: &'t str, span: Span) -> Line<'t> {
        let words_of = span.of(text);
        let tokens = tokens(words_of);
        let words = tokens.iter().filter(|token| token.is_word()).count();
        Line { span, text: words_of, tokens, words, sentences: sentences(words_of) }
    }

    /// The tokens of a part of it.
    pub(crate) fn tokens_in(&self, part: Span) -> &[Token<'t>] {
        let first = self.tokens.partition_point(|token| token.start < part.start);
        let last = self.tokens.partition_point(|token| token.start < part.end);
        &self.tokens[first..last]
    }

    /// Whether it ends as a sentence does, brackets and quotation marks aside.
    pub(crate) fn ends_sentence(&self) -> bool {
        ends_sentence(self.text)
    }

    /// Whether its letters are capitals, a few aside.
    pub(crate) fn is_upper(&self) -> bool {
        is_upper(self.text)
    }

    /// Whether it starts as a title does: a capital, a digit or a quotation mark before one.
    pub(crate) fn starts_title(&self) -> bool {
        let first = self.text.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| c.is_uppercase() || c.is_numeric() || !c.is_lowercase())
    }

    /// Whether nearly all its longer words start with a capital.
    pub(crate) fn is_title_case(&self) -> bool {
        let longer = self.tokens.iter().filter(|token| token.is_word() && token.text.chars().count() > 3);
        let (names, all) = longer
            .fold((0, 0), |(names, all), token| (names + usize::from(token.is_name() || token.is_number()), all + 1));
        all > 0 && names * 10 >= all * 9
    }
}

/// Whether a piece of text ends as a sentence does, brackets and quotation marks aside.
pub(crate) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(is_closer).ends_with(['.', '!', '?', '…', '。', '؟'])
}

/// Whether the letters of a piece of text are capitals, a few aside ("McBRIDE", "iPHONE").
pub(crate) fn is_upper(text: &str) -> bool {
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    upper >= 2 && lower * 8 <= upper
}

/// The lines of a text that hold something.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let pieces = text.split_inclusive(is_line_end).map(|piece| {
        let span = Span::new(start, start + piece.len()).trim(text);
        start += piece.len();
        span
    });
    pieces.filter(|span| !span.is_empty()).map(|span| Line::new(text, span)).collect()
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '“')
}

/// The sentences of a line, roughly: good enough to tell furniture from what it is glued to.
///
/// A bracket that opens after a sentence is a sentence of its own. It would rather join two sentences than cut one.
pub(crate) fn sentences(line: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut gap = false;
    for (at, c) in line.char_indices() {
        // Only the first space of a gap is looked at: long gaps cost nothing.
        let starts_gap = c.is_whitespace() && !gap && at > start;
        gap = c.is_whitespace();
        let after = if starts_gap { line[at..].trim_start() } else { continue };
        if breaks(&line[start..at], after) {
            found.push(Span::new(start, at).trim(line));
            start = line.len() - after.len();
        }
    }
    let last = Span::new(start, line.len()).trim(line);
    found.extend((!last.is_empty()).then_some(last));
    found
}

/// Whether a sentence ends between two pieces of a line.
fn breaks(before: &str, after: &str) -> bool {
    let opens = after.starts_with(|c: char| !c.is_lowercase() && (c.is_alphanumeric() || "\"“‘'«([@—".contains(c)));
    let is_bracket = before.len() < 1000
        && before.starts_with('(')
        && before.ends_with(')')
        && before.matches('(').count() == before.matches(')').count();
    opens && (is_bracket || (ends_sentence(before) && !is_abbreviation(before) && !inside_bracket(before)))
}

fn inside_bracket(before: &str) -> bool {
    before.starts_with('(') && before.len() < 400 && !before.contains(')')
}

/// "Mr.", "U.S.", "J.", "Nov." before the next word.
fn is_abbreviation(before: &str) -> bool {
    let Some(word) = before.strip_suffix('.').and_then(|text| text.split([' ', '(', ':', '\u{a0}']).next_back()) else {
        return false;
    };
    let is_initials = word.len() < 12 && word.split('.').all(|part| part.chars().count() == 1);
    is_initials || ABBREVIATIONS.contains(&word)
}

const ABBREVIATIONS: &[&str] = &[
    "Mr", "Mrs", "Ms", "Dr", "Prof", "Gen", "Col", "Lt", "Sgt", "Capt", "Maj", "Adm", "Sen", "Rep", "Gov", "Rev",
    "Hon", "St", "Jr", "Sr", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec", "No",
    "vs", "Inc", "Corp", "Ltd", "Co", "Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind",
    "Kan", "Ky", "La", "Md", "Mass", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn",
    "Tex", "Va", "Vt", "Wash", "Wis", "Wyo",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        let found: Vec<_> = sentences(line).into_iter().map(|span| span.of(line)).collect();
        assert_eq!(found.join(" | "), expected);
    }

    #[test]
    fn sentences_of_a_line() {
        check("Mr. Berg left. He will return.", "Mr. Berg left. | He will return.");
        check("She left. (RELATED: Who stays) Then he came.", "She left. | (RELATED: Who stays) | Then he came.");
        check("“No.” He left", "“No.” | He left");
        check("The U.S. envoy J. Berg", "The U.S. envoy J. Berg");
        check("", "");
    }

    #[test]
    fn lines_of_a_text() {
        let found: Vec<_> = lines("one\ntwo\r\n\r\n three \n \n“four”").into_iter().map(|line| line.text).collect();
        assert_eq!(found, ["one", "two", "three", "“four”"]);
    }
}
