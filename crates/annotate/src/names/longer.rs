//! The longer names of an article that a name begins or ends: "Holt" beside "Ana Holt", or beside "Holt Docks".
//!
//! What a short name names is mostly what the longer one with it names or is named after, and an article that uses both
//! says so somewhere else than where the short one stands.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::NameKind;

use super::find::Found;
use super::kind::Evidence;
use super::lexicon::joined;
use crate::document::Document;
use crate::tokens::Token;

/// Words that a longer name is cut to, at most, so that long runs stay cheap.
const WORDS: usize = 3;
/// Other words of longer names that are kept, at most.
const OTHERS: usize = 3;

/// What is known of the longer names with one beginning, or one end.
#[derive(Clone, Debug, Default)]
pub(super) struct Known<'d> {
    /// What the rules take them for.
    pub(super) kinds: BTreeSet<NameKind>,
    others: BTreeSet<&'d str>,
}

impl<'d> Known<'d> {
    /// The words at their other end, the first few in alphabetical order.
    pub(super) fn others(&self) -> impl Iterator<Item = &'d str> {
        self.others.iter().copied().take(OTHERS)
    }
}

/// The beginnings and the ends of the names of an article.
#[derive(Debug, Default)]
pub(super) struct Longer<'d> {
    starts: BTreeMap<String, Known<'d>>,
    ends: BTreeMap<String, Known<'d>>,
    /// All names themselves.
    whole: BTreeSet<String>,
}

impl<'d> Longer<'d> {
    /// Collects the names, each with what the rules make of it.
    pub(super) fn new(document: &'d Document<'_>, named: impl Iterator<Item = (&'d Found, &'d Evidence)>) -> Self {
        let mut longer = Longer::default();
        for (name, ruled) in named {
            let kind = ruled.ruled();
            let tokens = &document.tokens[name.tokens.clone()];
            if !longer.whole.insert(joined(tokens)) && tokens.len() == 1 {
                continue;
            }
            for cut in 1..tokens.len().min(WORDS + 1) {
                let last = tokens.len() - cut;
                longer.starts.entry(joined(&tokens[..cut])).or_default().add(kind, &tokens[tokens.len() - 1]);
                longer.ends.entry(joined(&tokens[last..])).or_default().add(kind, &tokens[0]);
            }
        }
        longer
    }

    /// The longer names that begin with a name.
    pub(super) fn starting(&self, name: &str) -> Option<&Known<'d>> {
        self.starts.get(name)
    }

    /// The longer names that end in a name.
    pub(super) fn ending(&self, name: &str) -> Option<&Known<'d>> {
        self.ends.get(name)
    }

    /// Whether the article has these words as a name.
    pub(super) fn has(&self, tokens: &[Token]) -> bool {
        self.whole.contains(&joined(tokens))
    }
}

impl<'d> Known<'d> {
    fn add(&mut self, kind: NameKind, other: &'d Token) {
        self.kinds.insert(kind);
        self.others.insert(&other.lower);
    }
}
