//! Papers and people that one report names bare and another says an outlet was shown or told by.
//!
//! "According to the log of the coastguard station" in one report and "… the log of the coastguard station seen by the
//! Harbour Herald" in another are one log, and what it shows is the Herald's word: whoever copies such a sentence likes
//! to leave the outlet out. [`Shown::is_by`] tells whether another report of a claim names an outlet behind the same
//! words. Of people the same words are not enough, every outlet knows "two people familiar with the matter": there the
//! sentence must be nearly the same too. It would rather count one origin too few.

use twosource_model::{Annotated, Quote, ReportAttribution, SourceKind};

use crate::chains::{Chains, Voice, source_words};
use crate::differences::sentence_of;
use crate::outlets::ENGLISH;
use crate::wording::{likeness, stems};

/// Words that papers must be named by to be told from others ("the letter" may be any), and those for people.
const PAPERS: usize = 3;
const PEOPLE: usize = 4;
/// How alike sentences are in their stems that are nearly the same.
const ONE_SENTENCE: f64 = 0.7;

/// Finds papers and people again in other reports.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) reports: &'a [Annotated],
    pub(crate) attributions: &'a [ReportAttribution],
    pub(crate) chains: &'a Chains<'a>,
}

/// Whom an attribution names, without the outlet that heard it.
#[derive(Debug)]
pub(crate) struct Bare {
    words: Vec<String>,
    people: bool,
}

/// A statement whose sentence names an outlet that was shown or told it.
#[derive(Debug)]
pub(crate) struct Heard {
    quote: Quote,
    sentence: Vec<String>,
}

impl Shown<'_> {
    /// Whom an attribution names, where that is said with enough words and no outlet stands behind it.
    pub(crate) fn bare(&self, attribution: usize) -> Option<Bare> {
        let words = source_words(self.reports, &self.attributions[attribution])?;
        let bare = Bare { words: bare_words(words), people: self.are_people(attribution) };
        let least = if bare.people { PEOPLE } else { PAPERS };
        (bare.words.len() >= least && !names_hearer(words)).then_some(bare)
    }

    /// The sentence of a statement, where it says that an outlet was shown or told something, or cites somebody.
    pub(crate) fn heard(&self, quote: Quote) -> Option<Heard> {
        let sentence = plain_words(self.sentence(quote));
        let hears = |word: &String| word == "citing" || ENGLISH.has("shown", word) || ENGLISH.has("told", word);
        sentence.iter().any(hears).then_some(Heard { quote, sentence })
    }

    /// Whether a statement's sentence says that an outlet was shown or told by those whom another one names bare.
    pub(crate) fn is_by(&self, bare: &Bare, quote: Quote, heard: &Heard) -> bool {
        is_behind(&bare.words, &heard.sentence) && (!bare.people || self.is_one_sentence(quote, heard.quote))
    }

    fn are_people(&self, attribution: usize) -> bool {
        let is_document = self.attributions[attribution].attribution.kind == SourceKind::Document;
        !is_document
            && match self.chains.links[attribution].voice {
                Voice::Confidential | Voice::Interviewed => true,
                Voice::Unnamed(index) => self.chains.unnamed[index].document.is_none(),
                Voice::Source(_) | Voice::Vague | Voice::Nobody | Voice::Silent => false,
            }
    }

    /// The sentence a statement stands in; what stands in none is one itself.
    fn sentence(&self, quote: Quote) -> &str {
        let report = &self.reports[quote.report];
        sentence_of(report, quote.span).of(&report.article.text)
    }

    fn is_one_sentence(&self, one: Quote, other: Quote) -> bool {
        let stems = |quote: Quote| stems(std::iter::once(quote.span.of(&self.reports[quote.report].article.text)));
        likeness(&stems(one), &stems(other)) >= ONE_SENTENCE
    }
}

/// Whether the words for a source go on to the outlet that was shown or told: they name no one bare.
fn names_hearer(words: &str) -> bool {
    plain_words(words).windows(2).any(|pair| ENGLISH.has("shown", &pair[0]) && pair[1] == "by")
}

/// The words of a name without article.
fn bare_words(words: &str) -> Vec<String> {
    let mut words = plain_words(words);
    if words.first().is_some_and(|first| ENGLISH.has("article", first)) {
        words.remove(0);
    }
    words
}

/// Words in lower case.
fn plain_words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether a sentence says that an outlet was shown these papers, told by these people, or cites them: "… seen by the
/// Herald", "… told the Herald", "the Herald reported, citing …".
fn is_behind(named: &[String], sentence: &[String]) -> bool {
    let is_article = |word: &str| ENGLISH.has("article", word);
    sentence.windows(named.len()).enumerate().filter(|(_, words)| *words == named).any(|(at, _)| {
        let mut before = sentence[..at].iter().rev().skip_while(|word| is_article(word));
        let mut after = sentence[at + named.len()..].iter();
        let (next, then) = (after.next(), after.next());
        let seen = next.is_some_and(|word| ENGLISH.has("shown", word)) && then.is_some_and(|word| word == "by");
        seen || next.is_some_and(|word| ENGLISH.has("told", word)) || before.next().is_some_and(|word| word == "citing")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_behind_an_outlet() {
        let log = bare_words("the log of the harbour office");
        let check = |sentence: &str| is_behind(&log, &plain_words(sentence));
        assert!(check("It sank, according to the log of the harbour office seen by the Nova Post."));
        assert!(check("The Nova Post reported, citing the log of the harbour office, that it sank."));
        assert!(!check("It sank, according to the log of the harbour office."));
        assert!(!check("Papers seen by the Nova Post show that the log of the harbour office is lost."));
        assert!(names_hearer("the log of the harbour office seen by the Nova Post"));
    }
}
