//! An article as a sparse vector of weighted words.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};
use twosource_model::{Annotated, Meaning, MentionForm};
use unicode_segmentation::UnicodeSegmentation;

/// Words of the body that are read; what a story is about stands at its top.
const WORDS_READ: usize = 1_000;

/// How many articles of general text the background counts for, beside the articles at hand.
const BACKGROUND: f64 = 500.0;

/// A sparse vector of unit length: term and weight, in the order of the terms.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Vector(pub(crate) Vec<(u32, f32)>);

/// A stem of one article.
#[derive(Clone, Copy, Debug, Default)]
struct Term {
    /// How often it occurs; a word of a name counts twice.
    count: f64,
    /// Share of general texts with the commonest of its forms: stems themselves are no words.
    share: f64,
}

/// One vector an article, over terms numbered in the order of the alphabet.
pub(crate) fn vectors(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Vector> {
    let stems = Stems { stemmer: Stemmer::create(Algorithm::English), meaning };
    let of_articles: Vec<BTreeMap<String, Term>> = articles.iter().map(|article| stems.terms(article)).collect();
    let mut all: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for (stem, term) in of_articles.iter().flatten() {
        let (articles, share) = all.entry(stem).or_default();
        *articles += 1;
        *share = share.max(term.share);
    }
    let total = articles.len() as f64 + BACKGROUND;
    let idf = |(number, (&stem, &(df, share))): (usize, (&_, &(usize, f64)))| {
        (stem, (number as u32, (total / (df as f64 + BACKGROUND * share)).ln().max(0.0)))
    };
    let numbered: BTreeMap<&str, (u32, f64)> = all.iter().enumerate().map(idf).collect();
    of_articles.iter().map(|terms| vector(terms, &numbered)).collect()
}

fn vector(terms: &BTreeMap<String, Term>, numbered: &BTreeMap<&str, (u32, f64)>) -> Vector {
    let weighted = terms.iter().filter_map(|(stem, term)| {
        let &(number, idf) = numbered.get(stem.as_str())?;
        Some((number, (1.0 + term.count.ln()) * idf))
    });
    let weighted: Vec<(u32, f64)> = weighted.filter(|&(_, weight)| weight > 0.0).collect();
    let norm = weighted.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
    Vector(weighted.into_iter().map(|(number, weight)| (number, (weight / norm) as f32)).collect())
}

struct Stems<'m> {
    stemmer: Stemmer,
    meaning: &'m dyn Meaning,
}

impl Stems<'_> {
    /// The stems of an article's title, body and names.
    fn terms(&self, annotated: &Annotated) -> BTreeMap<String, Term> {
        let article = &annotated.article;
        let body = article.blocks.iter().filter(|block| block.kind.is_body()).map(|block| block.span);
        let names = annotated.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
        let mut terms = BTreeMap::new();
        self.count(article.title.iter().flat_map(|title| title.unicode_words()), &mut terms);
        self.count(body.flat_map(|span| span.of(&article.text).unicode_words()), &mut terms);
        self.count(names.flat_map(|mention| mention.span.of(&article.text).unicode_words()), &mut terms);
        terms
    }

    fn count<'t>(&self, words: impl Iterator<Item = &'t str>, terms: &mut BTreeMap<String, Term>) {
        for word in words.filter(|word| word.chars().any(char::is_alphabetic)).take(WORDS_READ) {
            let lower = word.to_lowercase().replace('’', "'");
            let term = terms.entry(self.stemmer.stem(&lower).into_owned()).or_default();
            term.count += 1.0;
            term.share = term.share.max(self.meaning.document_share(&lower));
        }
    }
}

/// The cosine of two unit vectors.
pub(crate) fn cosine(a: &Vector, b: &Vector) -> f32 {
    let (mut sum, mut i, mut j) = (0.0, 0, 0);
    while let (Some(x), Some(y)) = (a.0.get(i), b.0.get(j)) {
        match x.0.cmp(&y.0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += x.1 * y.1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}
