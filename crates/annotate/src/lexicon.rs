//! Word lists of a language, read from a data file.
//!
//! A file holds named lists: a line `[name]` opens one, words are separated by white space, the words of a phrase are
//! joined by `_`, and `#` starts a comment that runs to the end of the line.

use std::collections::{BTreeMap, HashSet};

use crate::tokens::Token;

/// Words and phrases of one list.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordList {
    words: HashSet<&'static str>,
    /// Phrases by their first word, longest first.
    phrases: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
}

impl WordList {
    /// Whether a single word is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// How many tokens at the start of `tokens` are an entry of the list: 0 for none, the longest entry first.
    pub(crate) fn length_at(&self, tokens: &[Token]) -> usize {
        let Some(first) = tokens.first() else { return 0 };
        let phrase = self.phrases.get(&*first.lower).into_iter().flatten().find(|phrase| {
            phrase.len() <= tokens.len() && phrase.iter().zip(tokens).all(|(word, token)| token.is(word))
        });
        phrase.map_or(usize::from(self.has(&first.lower)), Vec::len)
    }

    /// Whether any entry stands in `tokens`.
    pub(crate) fn occurs_in(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| self.length_at(&tokens[at..]) > 0)
    }

    fn insert(&mut self, entry: &'static str) {
        if !entry.contains('_') {
            self.words.insert(entry);
            return;
        }
        let phrase: Vec<_> = entry.split('_').collect();
        let phrases = self.phrases.entry(phrase[0]).or_default();
        phrases.push(phrase);
        phrases.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    }
}

/// The named lists of one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lexicon {
    lists: BTreeMap<&'static str, WordList>,
}

impl Lexicon {
    /// Reads the lists of a data file that is part of the program.
    pub(crate) fn parse(text: &'static str) -> Lexicon {
        let mut lexicon = Lexicon::default();
        let mut name = "";
        for line in text.lines() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(header) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                name = header;
                continue;
            }
            let list = lexicon.lists.entry(name).or_default();
            line.split_whitespace().for_each(|entry| list.insert(entry));
        }
        lexicon
    }

    /// The list called `name`, empty where the file has none.
    pub(crate) fn list(&self, name: &str) -> WordList {
        self.lists.get(name).cloned().unwrap_or_default()
    }
}
