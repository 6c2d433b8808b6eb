//! How a language cuts and folds words beyond white space and signs: French elisions, German compounds with a part
//! of the day, the conjunctions Arabic writes as part of a word.

use std::collections::{HashMap, HashSet};

use twosource_model::Span;

use crate::names::lists::Lists;
use crate::tokens::{Token, TokenKind};

/// The lists of `tokens.txt`.
#[derive(Debug)]
pub(crate) struct Splits {
    lists: Lists,
    /// Letters read as others, or as nothing.
    letters: HashMap<char, Option<char>>,
    prefixes: Vec<&'static str>,
    prefixed: HashSet<&'static str>,
    enclitics: Vec<&'static str>,
    heads: Vec<&'static str>,
}

impl Splits {
    /// Reads a data file that is part of the program.
    pub(crate) fn new(file: &'static str) -> Splits {
        let lists = Lists::new(&[file]);
        let letters = lists.entries_of("letters").into_iter().filter_map(|entry| {
            let mut letters = entry.chars();
            Some((letters.next()?, letters.next()))
        });
        let mut enclitics = lists.entries_of("enclitics");
        enclitics.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
        Splits {
            letters: letters.collect(),
            prefixes: lists.entries_of("prefixes"),
            prefixed: lists.entries_of("prefixed").into_iter().collect(),
            heads: lists.entries_of("compound_heads"),
            enclitics,
            lists,
        }
    }

    /// Adds the tokens of one sentence to `all`, cut and folded.
    pub(crate) fn apply(&self, text: &str, tokens: Vec<Token>, all: &mut Vec<Token>) {
        for mut token in tokens {
            self.fold(&mut token);
            let mut rest = token;
            while let Some(at) = self.cut(&rest, text) {
                let (first, second) = self.halves(text, &rest, at);
                all.push(first);
                rest = second;
            }
            all.push(rest);
        }
    }

    /// Whether a letter is read as another, or not at all.
    #[cfg(test)]
    pub(crate) fn folds(&self, letter: char) -> bool {
        self.letters.contains_key(&letter)
    }

    fn fold(&self, token: &mut Token) {
        if !self.letters.is_empty() && !token.lower.is_ascii() {
            let folded = token.lower.chars().filter_map(|c| self.letters.get(&c).map_or(Some(c), |to| *to));
            *token = Token::new(token.span, token.kind, folded.collect::<String>().into(), token.capital);
        }
    }

    /// The bytes of a token after which it is cut.
    fn cut(&self, token: &Token, text: &str) -> Option<usize> {
        if token.kind != TokenKind::Word {
            return None;
        }
        let words = token.span.of(text);
        self.elision(words).or_else(|| self.enclitic(words)).or_else(|| self.compound(words)).or_else(|| {
            let prefix = self.prefixes.iter().find(|prefix| words.starts_with(**prefix))?;
            let known = self.prefixed.contains(token.lower.strip_prefix(prefix)?);
            (known && !self.prefixed.contains(&*token.lower)).then_some(prefix.len())
        })
    }

    /// "l’avion", "qu’elle": after the apostrophe.
    fn elision(&self, words: &str) -> Option<usize> {
        let (at, mark) = words.char_indices().find(|(_, c)| matches!(c, '\'' | '’' | 'ʼ'))?;
        let end = at + mark.len_utf8();
        (end < words.len() && self.lists.has("elisions", &words[..at].to_lowercase())).then_some(end)
    }

    /// "a-t-il", "dit-elle": before and after the hyphens.
    fn enclitic(&self, words: &str) -> Option<usize> {
        if words.starts_with('-') {
            let end = words.rfind('-')? + 1;
            return (end < words.len()).then_some(end);
        }
        let tail = self.enclitics.iter().find(|tail| words.ends_with(**tail))?;
        Some(words.len() - tail.len()).filter(|&at| at > 0)
    }

    /// "Montagabend": between the day and its part.
    fn compound(&self, words: &str) -> Option<usize> {
        let lower = words.to_lowercase();
        let head = self.heads.iter().find(|head| lower.starts_with(**head) && lower.len() > head.len())?;
        (lower.len() == words.len() && self.lists.has("compound_tails", &lower[head.len()..])).then_some(head.len())
    }

    /// A token in two; what begins with a hyphen is no word.
    fn halves(&self, text: &str, token: &Token, at: usize) -> (Token, Token) {
        let half = |start: usize, end: usize| {
            let span = Span::new(start, end);
            let words = span.of(text);
            let joint = words.starts_with('-') && words.ends_with('-');
            let kind = if joint { TokenKind::Sign } else { TokenKind::Word };
            let capital = words.starts_with(char::is_uppercase);
            let mut half = Token::new(span, kind, words.to_lowercase().replace(['’', 'ʼ'], "'").into(), capital);
            self.fold(&mut half);
            half
        };
        let middle = token.span.start + at;
        (half(token.span.start, middle), half(middle, token.span.end))
    }
}
