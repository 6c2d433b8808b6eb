//! Word lists of a language, read from a data file.
//!
//! A file holds named lists: a line `[name]` opens one, words are separated by white space, the words of a phrase are
//! joined by `_`, and `#` starts a comment that runs to the end of the line.

use std::collections::BTreeMap;

use crate::pieces::Piece;
use crate::tokens::Token;
use crate::word_map::WordMap;

/// What lists are held against: a word in lower case.
pub(crate) trait Lower {
    /// The word in lower case.
    fn lower(&self) -> &str;
}

impl Lower for Token {
    fn lower(&self) -> &str {
        &self.lower
    }
}

impl Lower for Piece<'_> {
    fn lower(&self) -> &str {
        &self.lower
    }
}

/// Words and phrases of one list.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordList {
    /// What is known of a word that is an entry or the first word of one.
    words: WordMap<First>,
    /// The number of words of the longest entry.
    longest: usize,
}

#[derive(Clone, Debug, Default)]
struct First {
    /// Whether it is an entry by itself.
    alone: bool,
    /// The phrases it begins, longest first.
    phrases: Vec<Vec<&'static str>>,
}

impl WordList {
    /// Whether a single word is in the list.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.get(word).is_some_and(|first| first.alone)
    }

    /// How many words at the start of `words` are an entry of the list: 0 for none, the longest entry first.
    pub(crate) fn length_at<W: Lower>(&self, words: &[W]) -> usize {
        let Some(first) = words.first().and_then(|first| self.words.get(first.lower())) else { return 0 };
        let phrase = first.phrases.iter().find(|phrase| {
            phrase.len() <= words.len() && phrase.iter().zip(words).all(|(word, token)| token.lower() == *word)
        });
        phrase.map_or(usize::from(first.alone), Vec::len)
    }

    /// How many words at the end of `words` are an entry of the list: 0 for none, the longest entry first.
    pub(crate) fn length_before<W: Lower>(&self, words: &[W]) -> usize {
        let lengths = (1..=self.longest.min(words.len())).rev();
        lengths.into_iter().find(|length| self.length_at(&words[words.len() - length..]) == *length).unwrap_or(0)
    }

    /// Whether any entry stands in `tokens`.
    pub(crate) fn occurs_in(&self, tokens: &[Token]) -> bool {
        (0..tokens.len()).any(|at| self.length_at(&tokens[at..]) > 0)
    }

    fn insert(&mut self, entry: &'static str) {
        let phrase: Vec<_> = entry.split('_').collect();
        self.longest = self.longest.max(phrase.len());
        let first = self.words.entry(phrase[0]).or_default();
        if phrase.len() == 1 {
            first.alone = true;
            return;
        }
        first.phrases.push(phrase);
        first.phrases.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
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
