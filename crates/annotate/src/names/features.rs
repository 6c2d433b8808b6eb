//! What a name and the words around it look like, as numbers a classifier reads.
//!
//! A feature is a template and a value, hashed to one of [`BUCKETS`] places; two that share a place are told apart by
//! the others. The words themselves are given as token ranges ([`Observation::slots`]), for their vectors.
//! `scripts/names/train.py` learns from exactly these numbers, printed by the example `name_features`.

use std::collections::HashMap;
use std::ops::Range;

use super::find::{Found, Words};
use super::kind::Evidence;
use super::lexicon::{class, has, is, joined, sections};
use super::longer::Longer;
use super::priors::{Prior, mean, prior};
use super::topics::Topics;
use crate::document::Document;
use crate::tokens::{Token, TokenKind};
use twosource_model::NameKind;

/// Places that features are hashed to.
pub(super) const BUCKETS: usize = 1 << 15;
/// First word, last word, all words, the two before, the two after.
pub(super) const SLOTS: usize = 7;

/// How often a word stands in an article with a capital where that says something, and without one; never gone through.
pub(super) type Cases<'d> = HashMap<&'d str, (u32, u32)>;

/// A name as the classifier sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Observation {
    /// Places of the features that hold, below [`BUCKETS`], in the order of the templates.
    pub(super) buckets: Vec<u32>,
    /// Ranges of tokens, empty at the ends of a sentence.
    pub(super) slots: [Range<usize>; SLOTS],
}

/// FNV-1a, 32 bits, over the template, a zero and the value.
fn bucket(template: &str, values: &[&str]) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    let mut eat = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    template.bytes().for_each(&mut eat);
    for value in values {
        eat(0);
        value.bytes().for_each(&mut eat);
    }
    (hash ^ (hash >> 15)) & (BUCKETS as u32 - 1)
}

impl Observation {
    fn add(&mut self, template: &str, value: &str) {
        self.buckets.push(bucket(template, &[value]));
    }

    fn flag(&mut self, template: &str, holds: bool) {
        if holds {
            self.add(template, "");
        }
    }

    /// A feature for each kind: how likely it is.
    fn prior(&mut self, template: &str, prior: Option<Prior>) {
        let Some(Prior(steps)) = prior else { return self.add(template, "") };
        for (kind, step) in ["p", "o", "l", "x"].iter().zip(steps) {
            self.buckets.push(bucket(template, &[kind, likely(step)]));
        }
    }

    fn listed(&mut self, template: &str, entry: &str) {
        for section in sections(entry) {
            self.add(template, section);
        }
    }
}

/// What the whole article says about each of its names.
pub(super) struct Article<'a, 'd> {
    pub(super) cases: &'a Cases<'d>,
    pub(super) longer: &'a Longer<'d>,
    pub(super) topics: &'a Topics,
}

/// Looks at one name; `evidence` is what the rules think of it.
pub(super) fn observe(
    document: &Document<'_>,
    found: &Found,
    article: &Article<'_, '_>,
    evidence: &Evidence,
) -> Observation {
    let sentence = document.range(found.sentence);
    let Range { start, end } = found.tokens.clone();
    let mut seen = Observation::default();
    let context = |at: usize| if sentence.contains(&at) { at..at + 1 } else { 0..0 };
    let before = |back: usize| start.checked_sub(back).map_or(0..0, context);
    seen.slots = [start..start + 1, end - 1..end, start..end, before(2), before(1), context(end), context(end + 1)];
    of_name(document, found, article.cases, &mut seen);
    around(document, found, &sentence, &mut seen);
    weigh_words(document, found, &sentence, &mut seen);
    relate(&document.tokens[found.tokens.clone()], article.longer, &mut seen);
    around_topics(document, found, article.topics, &mut seen);
    for (index, kind) in NameKind::ALL.iter().enumerate() {
        let points = evidence.of(*kind);
        if points != 0 {
            let step = ["<0", "1-2", "3-4", "5-7", "8+"][(points.clamp(-1, 8) as usize).div_ceil(2).min(4)];
            seen.buckets
                .push(bucket("points", &[["p", "o", "l", "g", "e", "x"][index], if points < 0 { "<0" } else { step }]));
        }
    }
    let best = evidence.ruled().as_str();
    seen.add("best", best);
    let tokens = &document.tokens[found.tokens.clone()];
    let pattern = pattern(tokens);
    let previous = at(document, &sentence, start.checked_sub(1)).map_or("", plain);
    let next = at(document, &sentence, Some(end)).map_or("", plain);
    seen.buckets.push(bucket("best", &[best, &pattern]));
    seen.add("pattern", &pattern);
    seen.buckets.push(bucket("pattern -1", &[&pattern, previous]));
    seen.buckets.push(bucket("pattern +1", &[&pattern, next]));
    seen.buckets.push(bucket("best -1", &[best, previous]));
    seen
}

fn at<'d>(document: &'d Document<'_>, sentence: &Range<usize>, index: Option<usize>) -> Option<&'d Token> {
    index.filter(|index| sentence.contains(index)).map(|index| &document.tokens[index])
}

/// A letter a word, for what the lists know of it: "gs" for a given name and a family name.
fn pattern(tokens: &[Token]) -> String {
    let class = |token: &Token| match class(token) {
        _ if !token.is_word() => '.',
        Some(letter) => letter,
        None if token.lower.len() <= 2 => 'i',
        None => 'x',
    };
    tokens.iter().take(4).map(class).collect()
}

/// The words of the name.
fn of_name(document: &Document<'_>, found: &Found, cases: &Cases<'_>, seen: &mut Observation) {
    let tokens = &document.tokens[found.tokens.clone()];
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    let phrase = joined(tokens);
    seen.add("length", ["1", "2", "3", "4"][tokens.len().min(4) - 1]);
    seen.add("first", &first.lower);
    seen.add("last", &last.lower);
    seen.add("phrase", &phrase);
    seen.listed("phrase in", &phrase);
    seen.listed("first in", &first.lower);
    seen.listed("last in", &last.lower);
    for token in &tokens[1..tokens.len().max(2) - 1] {
        seen.add("inner", &token.lower);
        seen.listed("inner in", &token.lower);
    }
    for (template, token) in [("first", first), ("last", last)] {
        let word = document.words(token.span);
        seen.buckets.push(bucket("shape", &[template, &shape(word)]));
        seen.buckets.push(bucket("end", &[template, tail(&token.lower, 3)]));
        seen.buckets.push(bucket("end", &[template, tail(&token.lower, 2)]));
        let (capital, lower) = cases.get(&*token.lower).copied().unwrap_or_default();
        seen.buckets.push(bucket("cases", &[template, count(capital), count(lower)]));
    }
    seen.flag("the before", has("organisation", &format!("the {phrase}")));
    seen.flag("plural", phrase.ends_with('s'));
}

/// The words around the name.
fn around(document: &Document<'_>, found: &Found, sentence: &Range<usize>, seen: &mut Observation) {
    let Range { start, end } = found.tokens.clone();
    let at = |index| at(document, sentence, index);
    let (before, before2) = (at(start.checked_sub(1)), at(start.checked_sub(2)));
    let (after, after2) = (at(Some(end)), at(Some(end + 1)));
    for (template, token) in [("-1", before), ("-2", before2), ("+1", after), ("+2", after2)] {
        let word = token.map_or("", plain);
        seen.add(template, word);
        if template.ends_with('1')
            && let Some(token) = token
        {
            seen.listed(template, &token.lower);
            seen.buckets.push(bucket("capital", &[template, if token.capital { "y" } else { "n" }]));
        }
    }
    seen.buckets.push(bucket("-1+1", &[before.map_or("", plain), after.map_or("", plain)]));
    seen.buckets.push(bucket("-2-1", &[before2.map_or("", plain), before.map_or("", plain)]));
    seen.buckets.push(bucket("+1+2", &[after.map_or("", plain), after2.map_or("", plain)]));
    for (template, link, other) in [("list -2", before, before2), ("list +2", after, after2)] {
        let listing = link.is_some_and(|link| link.is_any(&[",", "and", "or", "&"]));
        if let Some(other) = other.filter(|_| listing) {
            seen.listed(template, &other.lower);
            seen.add(template, &other.lower);
        }
    }
    let defined = after.is_some_and(|next| next.is_any(&["is", "was", "are", "were", ","]))
        && after2.is_some_and(|next| next.is_any(&["a", "an", "the", "one"]));
    if defined {
        let words = &document.tokens[(end + 2).min(sentence.end)..sentence.end];
        for word in words.iter().take(6).take_while(|word| word.is_word() && !is("function", word)) {
            seen.add("defined", &word.lower);
            seen.listed("defined in", &word.lower);
        }
    }
    let verb = after.filter(|next| next.is_word() && !next.capital).map_or("", |next| tail(&next.lower, 2));
    seen.add("+1 end", verb);
    seen.flag("titled", !found.titles.is_empty());
    seen.flag("article", found.article);
    seen.flag("alone", start == sentence.start && end == sentence.end);
    let words = Words { text: document.text(), tokens: &document.tokens };
    seen.flag("acronym", words.is_acronym(start) && found.tokens.len() == 1);
}

/// The longer names of the article that this one begins or ends, and the shorter one that may stand for it.
fn relate(tokens: &[Token], longer: &Longer<'_>, seen: &mut Observation) {
    let phrase = joined(tokens);
    let (starting, ending) = (longer.starting(&phrase), longer.ending(&phrase));
    for (template, other, known) in [("longer starts", "longer tail", starting), ("longer ends", "longer head", ending)]
    {
        let Some(known) = known else { continue };
        known.kinds.iter().for_each(|kind| seen.add(template, kind.as_str()));
        known.others().for_each(|word| seen.add(other, word));
    }
    seen.flag("longer none", starting.is_none() && ending.is_none());
    if let [first, .., last] = tokens {
        seen.flag("shorter last", longer.has(std::slice::from_ref(last)));
        seen.flag("shorter first", longer.has(std::slice::from_ref(first)));
    }
}

/// What each word of the name and around it by itself says about the kind.
fn weigh_words(document: &Document<'_>, found: &Found, sentence: &Range<usize>, seen: &mut Observation) {
    let Range { start, end } = found.tokens.clone();
    let letters = |token: &&Token| token.is_word() && token.lower.len() > 1 && !is("joint", token);
    let own: Vec<Prior> =
        document.tokens[start..end].iter().filter(letters).filter_map(|token| prior(&token.lower)).collect();
    if let ([first, .., last], true) = (&own[..], own.len() > 1) {
        seen.prior("prior first", Some(*first));
        seen.prior("prior last", Some(*last));
        seen.prior("prior mean", mean(&own));
        let most = |kind: usize| own.iter().map(|prior| prior.0[kind]).max().unwrap_or(0);
        seen.prior("prior most", Some(Prior(std::array::from_fn(most))));
        let best = [first.best(), last.best()].map(|kind| ["p", "o", "l", "x"][kind]);
        seen.buckets.push(bucket("prior both", &best));
    } else {
        seen.prior("prior only", own.first().copied());
    }
    if let Some(head) = own.last() {
        let best = ["p", "o", "l", "x"][head.best()];
        for (template, index) in [("prior best -1", start.checked_sub(1)), ("prior best +1", Some(end))] {
            let word = at(document, sentence, index).map_or("", plain);
            seen.buckets.push(bucket(template, &[best, word]));
        }
    }
    for (template, index) in [
        ("prior -1", start.checked_sub(1)),
        ("prior -2", start.checked_sub(2)),
        ("prior +1", Some(end)),
        ("prior +2", Some(end + 1)),
    ] {
        let token = at(document, sentence, index).filter(|token| token.is_word());
        seen.prior(template, token.and_then(|token| prior(&token.lower)));
    }
}

/// What the words around the name, and its first and its last one, are about.
fn around_topics(document: &Document<'_>, found: &Found, topics: &Topics, seen: &mut Observation) {
    let mut add = |template: &str, topic: u8| {
        seen.buckets.push(bucket(template, &[char::from(b'0' + topic).encode_utf8(&mut [0; 4])]));
    };
    let around = topics.around(document, &document.range(found.sentence), &found.tokens);
    around.into_iter().for_each(|topic| add("topic", topic));
    for (template, at) in [("topic first", found.tokens.start), ("topic last", found.tokens.end - 1)] {
        topics.of(at).into_iter().for_each(|topic| add(template, topic));
    }
}

/// A step of a prior, coarsely.
fn likely(step: u8) -> &'static str {
    match step {
        0..5 => "0",
        5..9 => "1",
        9..12 => "2",
        12..14 => "3",
        _ => "4",
    }
}

/// A word of the context; digits are all one.
fn plain(token: &Token) -> &str {
    if token.kind == TokenKind::Number { "0" } else { &token.lower }
}

fn count(times: u32) -> &'static str {
    ["0", "1", "2", "3"][times.min(3) as usize]
}

fn tail(word: &str, letters: usize) -> &str {
    let start = word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    &word[start..]
}

/// "Xx" for a word, "X" for capitals, "xX" for a capital inside; "-", "." and "0" for what it holds besides letters.
fn shape(word: &str) -> String {
    let mut shape = String::new();
    for c in word.chars() {
        let mark = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            _ => '-',
        };
        if !shape.ends_with(mark) && shape.len() < 8 {
            shape.push(mark);
        }
    }
    let length = word.chars().count().min(4);
    if word.len() == shape.len() || length < 3 {
        shape.push(char::from(b'0' + length as u8));
    }
    shape
}
