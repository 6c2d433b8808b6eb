//! What clustering looks at in an article: its stems, counted, before any weighing.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};
use twosource_model::{Annotated, Meaning, MentionForm};
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

use crate::bytes::{put, take, take_byte};

/// Words of the body that are read, and names; what a story is about stands at its top.
const WORDS_READ: usize = 1_000;

/// Words of the body that make up the top of an article, with its title twice: what happened, before what it is about.
const WORDS_OF_LEAD: usize = 80;

/// The first byte of a stored profile; one that differs means that the profile is to be made anew.
const VERSION: u8 = 1;

/// What clustering looks at in an article: how often each stem occurs in the whole of it and at its top.
///
/// Nothing in it depends on other articles, so it can be stored and outlives every [`Epoch`](crate::Epoch). Stems are
/// kept as hashes (the low half of XXH3), in their order; no text can be read back from a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub(crate) terms: Vec<Term>,
}

/// A stem of one article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Term {
    /// The hash of the stem.
    pub(crate) stem: u32,
    /// How often it occurs in the title and body, once more for each name it stands in, twice for each time it is a whole
    /// name of several words; at most 255.
    pub(crate) whole: u8,
    /// How often it occurs in the title, which counts double, and at the top of the body; at most 255.
    pub(crate) lead: u8,
    /// Share of general texts with the commonest of its forms, as -16 ln: stems themselves are no words.
    pub(crate) rarity: u8,
}

impl Profile {
    /// The profile as bytes to store, about four for each stem.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(1 + 6 * self.terms.len());
        bytes.push(VERSION);
        let mut last = 0;
        for term in &self.terms {
            put(&mut bytes, u64::from(term.stem - last));
            bytes.extend([term.whole, term.lead, term.rarity]);
            last = term.stem;
        }
        bytes
    }

    /// The profile that was stored; `None` for bytes of another version or of something else: make it anew.
    pub fn from_bytes(bytes: &[u8]) -> Option<Profile> {
        let (&VERSION, mut rest) = bytes.split_first()? else { return None };
        let mut terms: Vec<Term> = Vec::new();
        while !rest.is_empty() {
            let step = u32::try_from(take(&mut rest)?).ok()?;
            let last = terms.last().map(|term| term.stem);
            let stem = last.unwrap_or_default().checked_add(step)?;
            if last == Some(stem) {
                return None;
            }
            let mut count = || take_byte(&mut rest);
            terms.push(Term { stem, whole: count()?, lead: count()?, rarity: count()? });
        }
        Some(Profile { terms })
    }
}

/// The profile of an article: the stems of its title, of the top of its body and of its names.
pub fn profile(article: &Annotated, meaning: &dyn Meaning) -> Profile {
    let mut counting = Counting { stemmer: Stemmer::create(Algorithm::English), meaning, terms: BTreeMap::new() };
    title(article).for_each(|word| counting.count(word, 1, 2));
    for (at, word) in body(article).take(WORDS_READ).enumerate() {
        counting.count(word, 1, u8::from(at < WORDS_OF_LEAD));
    }
    for name in names(article).take(WORDS_READ) {
        counting.name(name);
    }
    Profile { terms: counting.terms.into_values().collect() }
}

struct Counting<'m> {
    stemmer: Stemmer,
    meaning: &'m dyn Meaning,
    terms: BTreeMap<u32, Term>,
}

impl Counting<'_> {
    fn count(&mut self, word: &str, whole: u8, lead: u8) {
        let lower = word.to_lowercase().replace('’', "'");
        let stem = xxh3_64(self.stemmer.stem(&lower).as_bytes()) as u32;
        let term = self.terms.entry(stem).or_insert(Term { stem, rarity: u8::MAX, ..Term::default() });
        term.whole = term.whole.saturating_add(whole);
        term.lead = term.lead.saturating_add(lead);
        term.rarity = term.rarity.min(rarity(self.meaning.document_share(&lower)));
    }

    /// Counts the words of a name once more, and the whole of one of several words as a stem of its own: two articles with
    /// one full name have more in common than two with a given name here and a family name there.
    fn name(&mut self, name: &str) {
        let words: Vec<&str> = name.unicode_words().collect();
        words.iter().for_each(|word| self.count(word, 1, 0));
        if words.len() > 1 {
            self.count(&words.join(" "), 2, 0);
        }
    }
}

/// A share of texts in steps of 1/16 of the natural logarithm.
fn rarity(share: f64) -> u8 {
    (-16.0 * share.ln()).round() as u8
}

/// The words and numbers of the title.
fn title(annotated: &Annotated) -> impl Iterator<Item = &str> {
    annotated.article.title.iter().flat_map(|title| title.unicode_words())
}

/// The words and numbers of the paragraphs.
fn body(annotated: &Annotated) -> impl Iterator<Item = &str> {
    let article = &annotated.article;
    let blocks = article.blocks.iter().filter(|block| block.kind.is_body());
    blocks.flat_map(|block| block.span.of(&article.text).unicode_words())
}

/// The names, each as often as it stands there.
fn names(annotated: &Annotated) -> impl Iterator<Item = &str> {
    let names = annotated.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    names.map(|mention| mention.span.of(&annotated.article.text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn profiles_come_back(counted in prop::collection::btree_map(any::<u32>(), any::<(u8, u8, u8)>(), 0..50)) {
            let term = |(stem, (whole, lead, rarity))| Term { stem, whole, lead, rarity };
            let profile = Profile { terms: counted.into_iter().map(term).collect() };
            prop_assert_eq!(Profile::from_bytes(&profile.to_bytes()), Some(profile));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Some(profile) = Profile::from_bytes(&bytes) {
                prop_assert!(profile.terms.is_sorted_by(|one, next| one.stem < next.stem));
            }
        }
    }
}
