//! Tokens cut once more at their hyphens: "third-quarter" and "third quarter" are the same two words to whoever reads
//! times and numbers.

use std::borrow::Cow;

use twosource_model::Span;

use crate::tokens::{Token, TokenKind};

/// A token, or the part of one between hyphens.
#[derive(Clone, Debug)]
pub(crate) struct Piece<'t> {
    pub(crate) span: Span,
    pub(crate) kind: TokenKind,
    /// Lower case, with the curly apostrophe made straight.
    pub(crate) lower: Cow<'t, str>,
    /// Whether a capital stands anywhere in it ("iPhone" is a name).
    pub(crate) capital: bool,
    /// Whether a hyphen joins it to the piece before.
    pub(crate) glued: bool,
}

impl Piece<'_> {
    pub(crate) fn is(&self, word: &str) -> bool {
        &*self.lower == word
    }

    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.contains(&&*self.lower)
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub(crate) fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    /// Whether no white space stands between this piece and `next`.
    pub(crate) fn touches(&self, next: &Piece<'_>) -> bool {
        self.span.end == next.span.start
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// The pieces of the tokens of one sentence.
pub(crate) fn pieces<'t>(text: &str, tokens: &'t [Token]) -> Vec<Piece<'t>> {
    let mut found = Vec::with_capacity(tokens.len());
    for token in tokens {
        let words = token.span.of(text);
        if !matches!(token.kind, TokenKind::Word | TokenKind::Number) || !words.contains(is_hyphen) {
            let &Token { span, kind, ref lower, .. } = token;
            let capital = words.contains(char::is_uppercase);
            found.push(Piece { span, kind, lower: Cow::Borrowed(lower), capital, glued: false });
            continue;
        }
        let mut at = token.span.start;
        for part in words.split_inclusive(is_hyphen) {
            let word = part.trim_end_matches(is_hyphen);
            if let Some(first) = word.chars().next() {
                found.push(Piece {
                    span: Span::new(at, at + word.len()),
                    kind: if first.is_numeric() { TokenKind::Number } else { TokenKind::Word },
                    lower: word.to_lowercase().replace(['’', 'ʼ'], "'").into(),
                    capital: word.contains(char::is_uppercase),
                    glued: at > token.span.start,
                });
            }
            at += part.len();
        }
    }
    found
}
