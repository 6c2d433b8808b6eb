//! An article as a sparse vector of weighted words.

use std::collections::BTreeMap;

use rust_stemmers::{Algorithm, Stemmer};
use twosource_model::{Annotated, Meaning, MentionForm};
use unicode_segmentation::UnicodeSegmentation;

/// Words of the body that are read; what a story is about stands at its top.
const WORDS_READ: usize = 1_000;

/// Words of the body that make up the top of an article, with its title twice: what happened, before what it is about.
const WORDS_OF_LEAD: usize = 80;

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

/// An article as it is compared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    /// Its title, its body and its names.
    pub(crate) whole: Vector,
    /// Its title and the top of its body.
    pub(crate) lead: Vector,
}

impl Profile {
    /// How alike two articles are, as a whole and at their tops: 0 to 1.
    pub(crate) fn alike(&self, other: &Profile) -> f32 {
        (cosine(&self.whole, &other.whole) + cosine(&self.lead, &other.lead)) / 2.0
    }
}

/// The profile of each article.
pub(crate) fn profiles(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Profile> {
    let stems = Stems { stemmer: Stemmer::create(Algorithm::English), meaning };
    let wholes = vectors(&articles.iter().map(|article| stems.terms(article)).collect::<Vec<_>>());
    let leads = vectors(&articles.iter().map(|article| stems.terms_of_lead(article)).collect::<Vec<_>>());
    wholes.into_iter().zip(leads).map(|(whole, lead)| Profile { whole, lead }).collect()
}

/// One vector for the terms of each article, over terms numbered in the order of the alphabet.
fn vectors(of_articles: &[BTreeMap<String, Term>]) -> Vec<Vector> {
    let mut all: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for (stem, term) in of_articles.iter().flatten() {
        let (articles, share) = all.entry(stem).or_default();
        *articles += 1;
        *share = share.max(term.share);
    }
    let total = of_articles.len() as f64 + BACKGROUND;
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
        let text = &annotated.article.text;
        let names = annotated.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
        let mut terms = BTreeMap::new();
        self.count(title(annotated), &mut terms);
        self.count(body(annotated).take(WORDS_READ), &mut terms);
        self.count(names.flat_map(|mention| mention.span.of(text).unicode_words()).take(WORDS_READ), &mut terms);
        terms
    }

    /// The stems of an article's title, which count double, and of the top of its body.
    fn terms_of_lead(&self, annotated: &Annotated) -> BTreeMap<String, Term> {
        let mut terms = BTreeMap::new();
        self.count(title(annotated).chain(title(annotated)), &mut terms);
        self.count(body(annotated).take(WORDS_OF_LEAD), &mut terms);
        terms
    }

    fn count<'t>(&self, words: impl Iterator<Item = &'t str>, terms: &mut BTreeMap<String, Term>) {
        for word in words {
            let lower = word.to_lowercase().replace('’', "'");
            let term = terms.entry(self.stemmer.stem(&lower).into_owned()).or_default();
            term.count += 1.0;
            term.share = term.share.max(self.meaning.document_share(&lower));
        }
    }
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
