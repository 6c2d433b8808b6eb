//! What the words around a name are about: "ate" and "waitress" make a restaurant of what "sued" makes a company.

use std::ops::Range;

use super::find::Found;
use super::priors::topic;
use crate::document::Document;

/// Words on each side of a name that are looked at.
const REACH: usize = 12;
/// Shorter words are about nothing.
const SHORTEST: usize = 4;

/// The topic of each token of the sentences that hold names.
#[derive(Debug, Default)]
pub(super) struct Topics {
    of: Vec<Option<u8>>,
}

impl Topics {
    /// Looks up the words around the names of an article, each once.
    pub(super) fn new(document: &Document<'_>, found: &[Found]) -> Self {
        let mut of = vec![None; document.tokens.len()];
        let mut done = None;
        for name in found {
            if done.replace(name.sentence) == Some(name.sentence) {
                continue;
            }
            for at in document.range(name.sentence) {
                let token = &document.tokens[at];
                of[at] = if token.is_word() && token.lower.len() >= SHORTEST { topic(&token.lower) } else { None };
            }
        }
        Topics { of }
    }

    /// The topic of a token in a sentence that holds a name.
    pub(super) fn of(&self, token: usize) -> Option<u8> {
        self.of[token]
    }

    /// The topics around a name, each once, in ascending order.
    pub(super) fn around(&self, document: &Document<'_>, sentence: &Range<usize>, name: &Range<usize>) -> Vec<u8> {
        let words = |at: &usize| document.tokens[*at].is_word();
        let before = (sentence.start..name.start).rev().filter(words).take(REACH);
        let after = (name.end..sentence.end).filter(words).take(REACH);
        let mut topics: Vec<u8> = before.chain(after).filter_map(|at| self.of[at]).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}
