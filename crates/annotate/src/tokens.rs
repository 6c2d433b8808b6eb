//! Words, numbers and signs with their spans.
//!
//! A word keeps its inner hyphens, apostrophes and full stops ("al-Masri", "didn't", "U.S."); a possessive ending is a
//! token of its own ("Brandt" + "'s"). A number keeps its separators ("130,000", "3.5") and its ordinal or unit letters
//! ("21st", "9pm"). Everything else is one sign a token.

use twosource_model::Span;

use crate::names::lexicon;
use crate::names::lists::Sections;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Starts with a letter.
    Word,
    /// Starts with a digit.
    Number,
    /// The possessive ending "'s" or "’s", or a bare apostrophe after a plural.
    Possessive,
    /// Any other sign.
    Sign,
}

/// A word, number or sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Lower case, with the curly apostrophe made straight.
    pub lower: Box<str>,
    /// Whether the first letter is upper case.
    pub capital: bool,
    /// The sections of the lists of names that hold the lower-case form: every word is asked about dozens of times.
    pub(crate) listed: Sections,
}

impl Token {
    /// A token with what the lists of names know of it.
    pub(crate) fn new(span: Span, kind: TokenKind, lower: Box<str>, capital: bool) -> Token {
        let listed = lexicon::listed(&lower);
        Token { span, kind, lower, capital, listed }
    }

    /// Whether the lower-case form equals `word`.
    pub fn is(&self, word: &str) -> bool {
        &*self.lower == word
    }

    /// Whether the lower-case form is one of `words`.
    pub fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&&*self.lower)
    }

    /// Whether it is a word (letters first).
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it is a quotation mark of any style, two apostrophes in a row among them; a lone straight apostrophe is
    /// none.
    pub fn is_quote(&self) -> bool {
        self.kind == TokenKind::Sign
            && (self.lower.chars().all(|c| "\"“”„‟«»‹›‘’".contains(c)) || is_doubled(&self.lower))
    }

    /// Whether it is a single mark, "‘" or "’", which can be an apostrophe as well.
    pub(crate) fn is_single_quote(&self) -> bool {
        self.kind == TokenKind::Sign && self.is_any(&["‘", "’"])
    }
}

/// Cuts the words of `span` into tokens.
pub(crate) fn tokens(text: &str, span: Span) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::with_capacity(span.len() / 5);
    let mut at = span.start;
    while let Some(first) = text[at..span.end].chars().next() {
        let rest = &text[at..span.end];
        let (kind, length) = if first.is_whitespace() || first == '\u{feff}' || first == '\u{200b}' {
            at += first.len_utf8();
            continue;
        } else if let Some(length) = money_code(rest, found.last().filter(|last| last.span.end == at)) {
            (TokenKind::Word, length)
        } else if first.is_alphabetic() {
            (TokenKind::Word, word_length(rest))
        } else if first.is_numeric() || is_decimal(rest, found.last().is_some_and(|last| last.span.end == at)) {
            (TokenKind::Number, number_length(rest))
        } else if is_doubled(rest) {
            (TokenKind::Sign, 2 * first.len_utf8())
        } else if is_apostrophe(first) && (follows_word(&found, at) || stands_apart(&found, rest, at)) {
            (TokenKind::Possessive, possessive_length(rest))
        } else {
            (TokenKind::Sign, first.len_utf8())
        };
        let span = Span::new(at, at + length);
        let words = span.of(text);
        let lower = if kind == TokenKind::Sign { words.into() } else { lower(words) };
        found.push(Token::new(span, kind, lower, first.is_uppercase()));
        at += length;
    }
    found
}

/// Codes of money that touch their number: "USD10m", "RM23.50". "PS" is "£" in a text that was folded to ASCII.
const MONEY_CODES: [&str; 22] = [
    "USD", "EUR", "GBP", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "HKD", "SGD", "CHF", "SEK", "NOK", "DKK", "ZAR",
    "KES", "RMB", "RM", "Rs", "PS", "Rp",
];
/// The same behind a dollar sign: "$US55", "$A82".
const DOLLAR_CODES: [&str; 8] = ["US", "AU", "NZ", "HK", "CA", "A", "C", "S"];

/// The bytes of a code of money right before digits; `before` is the token that touches it.
fn money_code(rest: &str, before: Option<&Token>) -> Option<usize> {
    if !rest.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let digit = |code: &&&str| rest[code.len()..].starts_with(|c: char| c.is_ascii_digit());
    let codes: &[&str] = match before {
        None => &MONEY_CODES,
        Some(sign) if sign.is("$") => &DOLLAR_CODES,
        Some(open) if open.kind == TokenKind::Sign => &MONEY_CODES,
        Some(_) => &[],
    };
    codes.iter().find(|code| rest.starts_with(**code) && digit(code)).map(|code| code.len())
}

/// ".001" at the beginning of a word.
fn is_decimal(rest: &str, touches: bool) -> bool {
    !touches && rest.starts_with('.') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// Two apostrophes or two grave accents, which stand for a quotation mark in text from typewriters and old wires.
fn is_doubled(rest: &str) -> bool {
    ["''", "``", "’’", "‘‘"].iter().any(|mark| rest.starts_with(mark))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn follows_word(found: &[Token], at: usize) -> bool {
    found.last().is_some_and(|last| last.span.end == at && matches!(last.kind, TokenKind::Word | TokenKind::Number))
}

/// The " 's" of a text that was cut into tokens before, one space behind its word.
fn stands_apart(found: &[Token], rest: &str, at: usize) -> bool {
    let word = found.last().is_some_and(|last| last.kind == TokenKind::Word && last.span.end + 1 == at);
    word && rest.starts_with('\'') && is_possessive(rest)
}

fn lower(word: &str) -> Box<str> {
    if word.is_ascii() {
        return word.to_ascii_lowercase().into();
    }
    word.to_lowercase().replace(['’', 'ʼ'], "'").into()
}

/// Letters, marks and digits, joined by single hyphens, apostrophes (not a possessive) and the stops of "U.S.".
fn word_length(rest: &str) -> usize {
    plain_length(rest).unwrap_or_else(|| joined_length(rest))
}

/// The length of two or more unaccented letters before a sign that joins nothing to them: nearly all words.
fn plain_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let length = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let ends = bytes
        .get(length)
        .is_none_or(|next| next.is_ascii() && !matches!(next, b'0'..=b'9' | b'-' | b'&' | b'@' | b'\''));
    (length > 1 && ends).then_some(length)
}

/// The same of any word, character by character.
fn joined_length(rest: &str) -> usize {
    let mut end = 0;
    let mut initials = Initials::default();
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = c.is_alphanumeric()
            || is_mark(c)
            || (matches!(c, '-' | '‐' | '‑' | '&' | '@') && next.is_some_and(char::is_alphanumeric))
            || (is_apostrophe(c) && next.is_some_and(char::is_alphabetic) && !is_possessive(&rest[at..]))
            || (c == '.' && initials.end_here() && (at > 1 || next.is_some_and(char::is_alphabetic)))
            || (c == '.' && at == 1 && rest.starts_with(char::is_uppercase));
        if !inside {
            break;
        }
        initials.push(c);
        end = at + c.len_utf8();
    }
    end
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{900}'..='\u{97f}' | '\u{ad}')
}

/// Whether the characters so far are the initials of an abbreviation: "U", "U.S", "a.m".
#[derive(Default)]
struct Initials {
    /// Characters since the last stop.
    part: usize,
    /// Whether a part before was no single letter.
    broken: bool,
}

impl Initials {
    fn push(&mut self, c: char) {
        if c == '.' {
            self.broken |= self.part != 1;
            self.part = 0;
        } else {
            self.broken |= !c.is_alphabetic();
            self.part += 1;
        }
    }

    /// Whether a stop that comes next ends an initial.
    fn end_here(&self) -> bool {
        !self.broken && self.part == 1
    }
}

/// "'s" that ends a word.
fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars();
    chars.next();
    matches!(chars.next(), Some('s' | 'S')) && !chars.next().is_some_and(char::is_alphanumeric)
}

fn possessive_length(rest: &str) -> usize {
    let apostrophe = rest.chars().next().map_or(0, char::len_utf8);
    if is_possessive(rest) { apostrophe + 1 } else { apostrophe }
}

/// Digits with their separators, then letters and hyphenated parts ("21st", "9pm", "20-year-old").
fn number_length(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let inside = c.is_alphanumeric()
            || (matches!(c, ',' | '.' | ':' | '/' | '⁄') && next.is_some_and(|next| next.is_ascii_digit()))
            || (matches!(c, '-' | '‐' | '‑') && next.is_some_and(char::is_alphanumeric));
        if !inside {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let found = tokens(text, Span::new(0, text.len()));
        let words: Vec<_> = found.iter().map(|token| token.span.of(text)).collect();
        assert_eq!(words.join(" | "), expected);
    }

    #[test]
    fn words_numbers_and_signs() {
        check("Samir al-Masri didn't say.", "Samir | al-Masri | didn't | say | .");
        check("Brandt's plan, the envoys’ plan", "Brandt | 's | plan | , | the | envoys | ’ | plan");
        check("more than 130,000 at $3.5m", "more | than | 130,000 | at | $ | 3.5m");
        check("the U.S. at 9 p.m. on Feb. 3", "the | U.S. | at | 9 | p.m. | on | Feb | . | 3");
        check("“No,” O’Reilly said.", "“ | No | , | ” | O’Reilly | said | .");
        check("a 20-year-old, 27%", "a | 20-year-old | , | 27 | %");
        check("''No,'' he said", "'' | No | , | '' | he | said");
        check("$US5,000 or RM2.50 at .5", "$ | US | 5,000 | or | RM | 2.50 | at | .5");
        check("Ada J. Brandt", "Ada | J. | Brandt");
        check("die 3,5 Millionen (rund)", "die | 3,5 | Millionen | ( | rund | )");
    }

    #[test]
    fn lower_case_makes_the_apostrophe_straight() {
        let text = "Didn’t";
        assert!(tokens(text, Span::new(0, text.len()))[0].is("didn't"));
    }
}
