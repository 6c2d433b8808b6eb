//! Shallow parsing: which tokens act as verbs, and where noun phrases begin and end.
//!
//! There is no tagger behind this. Closed word classes, the inflections of listed verbs and a few neighbours decide
//! what a token does; a word nothing is known of counts as part of a noun phrase. All positions are indices into
//! [`Document::tokens`]; no phrase crosses the end of its sentence.

use std::ops::Range;
use std::sync::LazyLock;

use twosource_model::Span;

use crate::document::Document;
use crate::tokens::{Token, TokenKind};

use super::lexicon::{Class, ENGLISH, Frame, Lexicon, Verb, Word};

/// What a token does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// No verb.
    Other,
    /// A verb with a subject of its own: "said", "has said", "would say".
    Finite,
    /// "to say".
    Infinitive,
    /// "saying".
    Gerund,
    /// "released by", "quoted as".
    Participle,
}

/// What stands past the last token.
static END: LazyLock<Token> = LazyLock::new(|| Token::new(Span::default(), TokenKind::Sign, Box::from(" "), false));

/// A longest noun phrase in tokens; longer ones are cut, which keeps hostile text linear.
const LONGEST_PHRASE: usize = 60;

/// What a token can be: as listed, or by its ending where it is not.
fn word(lexicon: &Lexicon, token: &Token) -> Word {
    let word = lexicon.word(&token.lower);
    let adverb = token.is_word() && !token.capital && token.lower.len() > 4 && token.lower.ends_with("ly");
    if adverb && word.class == Class::default() && word.verb.is_none() {
        return Word { class: Class::Adverb, verb: None };
    }
    word
}

/// "'s" is a verb behind a pronoun ("it's") and a possessive behind anything else.
fn contracted(before: Class, token: &Token) -> Class {
    let verb = token.is("'s") && before.any(Class::SubjectPronoun | Class::Relative);
    if verb { Class::Auxiliary | Class::Be } else { Class::default() }
}

/// The tokens of a document with what each of them does.
pub(crate) struct Phrases<'d> {
    /// The document the indices point into.
    pub(crate) document: &'d Document<'d>,
    pub(super) words: Vec<Word>,
    pub(super) acts: Vec<Act>,
    /// Whether a token is the last of its sentence.
    pub(super) last: Vec<bool>,
}

impl<'d> Phrases<'d> {
    /// Decides for every token of the document.
    pub(crate) fn new(document: &'d Document<'d>) -> Self {
        let lexicon: &Lexicon = &ENGLISH;
        let mut words: Vec<Word> = document.tokens.iter().map(|token| word(lexicon, token)).collect();
        for at in 1..words.len() {
            if document.tokens[at].kind == TokenKind::Possessive {
                words[at].class = contracted(words[at - 1].class, &document.tokens[at]);
            }
        }
        let mut phrases = Phrases {
            document,
            words,
            acts: vec![Act::Other; document.tokens.len()],
            last: vec![false; document.tokens.len()],
        };
        for sentence in 0..document.sentences.len() {
            let range = document.range(sentence);
            if let Some(last) = range.end.checked_sub(1).filter(|_| !range.is_empty()) {
                phrases.last[last] = true;
            }
            for at in range.clone().skip(1) {
                // "has since said": no clause begins here.
                if phrases.is(at, "since") && phrases.class(at - 1, Class::Have) {
                    phrases.words[at].class = Class::Adverb;
                }
                if document.tokens[at].capital && document.tokens[at].is_any(&["will", "may"]) {
                    phrases.words[at] = Word::default();
                }
            }
            for at in range.clone() {
                phrases.acts[at] = phrases.act_in(&range, at);
            }
        }
        phrases
    }

    /// The token at an index; past the end an empty sign, so that looking ahead needs no care.
    pub(crate) fn token(&self, at: usize) -> &'d Token {
        self.document.tokens.get(at).unwrap_or(&END)
    }

    /// Whether the token at an index is the word.
    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        self.document.tokens.get(at).is_some_and(|token| token.is(word))
    }

    /// Whether the token at an index belongs to one of the classes.
    pub(crate) fn class(&self, at: usize, class: Class) -> bool {
        self.words.get(at).is_some_and(|word| word.class.any(class))
    }

    /// The verb the token can be a form of, whether or not it acts as one.
    pub(crate) fn verb(&self, at: usize) -> Option<Verb> {
        self.words.get(at).and_then(|word| word.verb)
    }

    /// Whether a cue (by its base form) reports: verbs of saying and showing, nouns, "according to".
    pub(crate) fn reports(&self, lemma: &str) -> bool {
        let says = Frame::Say | Frame::Tell | Frame::Show;
        let wishes = Frame::Judge | Frame::Think | Frame::Intend;
        ENGLISH.word(lemma).verb.is_none_or(|verb| {
            verb.frames.any(says) && (verb.frames.any(Frame::Parenthetical) || !verb.frames.any(wishes))
        })
    }

    /// What the token does.
    pub(crate) fn act(&self, at: usize) -> Act {
        self.acts.get(at).copied().unwrap_or(Act::Other)
    }

    /// Whether the token is an auxiliary or a finite verb.
    pub(crate) fn is_finite(&self, at: usize) -> bool {
        self.act(at) == Act::Finite || self.class(at, Class::Auxiliary)
    }

    /// Whether a token can be inside a noun phrase (a determiner, an adjective, a noun, a name, a number).
    pub(crate) fn is_nominal(&self, at: usize) -> bool {
        let Some(token) = self.document.tokens.get(at) else { return false };
        let breaking =
            Class::Preposition | Class::Conjunction | Class::Subordinator | Class::Relative | Class::Auxiliary;
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Possessive => !self.class(at, Class::Auxiliary),
            TokenKind::Sign => token.is_any(&["$", "€", "£", "%", "&", "#", "@"]),
            TokenKind::Word => match self.act(at) {
                Act::Other => !self.class(at, breaking) || (self.class(at, Class::Pronoun) && !self.is(at, "that")),
                _ => false,
            },
        }
    }

    /// A pronoun that takes no noun behind it: "he", "they".
    fn is_personal(&self, at: usize) -> bool {
        self.class(at, Class::SubjectPronoun) && !self.class(at, Class::Determiner | Class::Possessive | Class::Pronoun)
    }

    /// A full stop inside a sentence ends an abbreviation.
    fn is_abbreviation_stop(&self, at: usize, end: usize) -> bool {
        self.is(at, ".")
            && (at + 1 < end || !self.last.get(at).copied().unwrap_or(true))
            && at > 0
            && self.token(at - 1).is_word()
            && self.token(at - 1).lower.len() <= 6
    }

    /// The verb group around a verb: auxiliaries, negation and adverbs before it belong to it.
    pub(crate) fn group(&self, start: usize, verb: usize) -> Range<usize> {
        let mut first = verb;
        let mut auxiliary = verb;
        while first > start && verb - first < 6 {
            let before = first - 1;
            let inside = self.class(before, Class::Auxiliary | Class::Adverb | Class::Negation)
                && !self.token(before).is_quote()
                || before > start && self.is_floating(before);
            if !inside || (self.class(before, Class::Time) && !self.class(before, Class::Adverb)) {
                break;
            }
            first = before;
            if (self.class(before, Class::Auxiliary | Class::Adverb) || self.is_floating(before))
                && !self.is(before, "so")
            {
                auxiliary = before;
            }
        }
        auxiliary.min(verb)..verb + 1
    }

    /// "they've", "we're": a subject and its auxiliary in one word.
    pub(crate) fn is_contracted(&self, at: usize) -> bool {
        self.class(at, Class::SubjectPronoun) && self.class(at, Class::Auxiliary)
    }

    /// "They have both said", "they all agree": a quantifier that stands with the verb and belongs to its subject.
    fn is_floating(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|_| self.token(at).is_any(&["both", "all", "each"])) else {
            return false;
        };
        let plural = self.token(before).is_any(&["they", "we", "you"]);
        plural || self.class(before, Class::Auxiliary) || self.token(before).capital && self.is_nominal(before)
    }

    /// The noun phrase that ends before `end`, not reaching before `floor`.
    pub(crate) fn phrase_before(&self, floor: usize, end: usize) -> Option<Range<usize>> {
        let floor = floor.max(end.saturating_sub(LONGEST_PHRASE));
        if end <= floor || self.class(end - 1, Class::Conjunction) {
            return None;
        }
        if self.class(end - 1, Class::SubjectPronoun) && !self.class(end - 1, Class::Determiner | Class::Relative) {
            return Some(end - 1..end);
        }
        let mut start = end;
        let mut coordinated = false;
        while start > floor {
            match self.step_back(floor, start, end, &mut coordinated) {
                Some(next) if next < start => start = next,
                _ => break,
            }
        }
        let start = self.inner_start(self.strip_start(start, end), end);
        let with_pronoun = start > floor + 1 && self.is(start - 1, "and") && self.is_personal(start - 2);
        let start = if with_pronoun && !self.is_finite(start - 2) { start - 2 } else { start };
        (start < end).then_some(start..end)
    }

    /// One step to the left inside a noun phrase: the new start, or `None` at its left end.
    fn step_back(&self, floor: usize, start: usize, end: usize, coordinated: &mut bool) -> Option<usize> {
        let at = start - 1;
        let before = at.checked_sub(1).filter(|&b| b >= floor);
        let noun_before = before.is_some_and(|b| self.is_nominal(b) || self.is(b, ")"));
        if self.is_nominal(at) && !self.is_personal(at) {
            return Some(at);
        }
        if self.is_abbreviation_stop(at, end) {
            return Some(at);
        }
        if self.is(at, ")") {
            return (floor..at).rev().take(16).find(|&open| self.is(open, "("));
        }
        if self.token(at).is_quote() {
            return (floor..at)
                .rev()
                .take(4)
                .find(|&open| self.token(open).is_quote())
                .filter(|&open| open > floor && self.token(open - 1).capital);
        }
        if self.act(at) == Act::Other && self.class(at, Class::Preposition) && !self.class(at, Class::Subordinator) {
            let reduced = before.is_some_and(|b| {
                matches!(self.act(b), Act::Participle | Act::Gerund) && b > floor && self.is_nominal(b - 1)
            });
            return (noun_before || reduced).then_some(at);
        }
        if self.token(at).is_any(&["and", "or", "nor"]) {
            let clause = before.is_some_and(|b| self.has_finite_before(self.behind_that(floor, b), b + 1));
            // "…, current and former officials said": two adjectives of one noun.
            let adjective = before.is_some_and(|b| {
                b > floor && self.is(b - 1, ",") && !self.token(b).capital && self.is_nominal(b) && at + 1 < end
            });
            *coordinated = noun_before && (!clause || adjective);
            return coordinated.then_some(at);
        }
        if self.is(at, ",") && *coordinated && noun_before && !before.is_some_and(|b| self.class(b, Class::Time)) {
            return (!self.has_finite_before(floor, at)
                && self.token(end - 1).is_word()
                && !self.opens_with_preposition(floor, at))
            .then_some(at);
        }
        if matches!(self.act(at), Act::Participle | Act::Gerund) && noun_before {
            return Some(at);
        }
        if matches!(self.act(at), Act::Finite) || self.class(at, Class::Auxiliary) {
            return self.relative_start(floor, at);
        }
        None
    }

    /// Where the clause behind the last "that" begins: what stands before has its verb elsewhere.
    fn behind_that(&self, floor: usize, end: usize) -> usize {
        (floor..end).rev().find(|&at| self.is(at, "that")).map_or(floor, |that| that + 1)
    }

    fn opens_with_preposition(&self, floor: usize, before: usize) -> bool {
        (floor..before)
            .rev()
            .take_while(|&at| !self.is(at, ","))
            .last()
            .is_some_and(|first| self.class(first, Class::Preposition))
    }

    /// Whether a finite verb stands between the start of the clause and `end`.
    fn has_finite_before(&self, floor: usize, end: usize) -> bool {
        (floor..end)
            .rev()
            .take(LONGEST_PHRASE)
            .take_while(|&at| !self.token(at).is_quote() && !self.is(at, ";") && !self.is(at, ":"))
            .any(|at| self.is_finite(at))
    }

    /// For a finite verb inside a restrictive relative clause the place of its "who".
    fn relative_start(&self, floor: usize, verb: usize) -> Option<usize> {
        let relative = (floor..verb)
            .rev()
            .take(10)
            .take_while(|&at| !self.is(at, ","))
            .find(|&at| self.class(at, Class::Relative))?;
        (relative > floor && self.is_nominal(relative - 1)).then_some(relative)
    }

    /// Leaves out what cannot begin a noun phrase.
    fn strip_start(&self, mut start: usize, end: usize) -> usize {
        let outside = Class::Adverb | Class::Preposition | Class::Conjunction | Class::Subordinator;
        while start + 1 < end {
            let strip = (self.class(start, outside) && !self.class(start, Class::Determiner | Class::Pronoun))
                || (self.class(start, Class::Time)
                    && self.class(start + 1, Class::Determiner | Class::SubjectPronoun | Class::Time))
                || (self.class(start, Class::Time) && self.class(start, Class::Adverb))
                || self.is_weekday(start)
                || self.is(start, ",")
                || self.is(start, ".")
                || self.is_possessive(start);
            if !strip {
                break;
            }
            start += 1;
        }
        start
    }

    fn is_weekday(&self, at: usize) -> bool {
        self.token(at).capital
            && self.token(at).lower.ends_with("day")
            && self.class(at, Class::Time)
            && !self.token(at + 1).kind.eq(&TokenKind::Possessive)
    }

    /// Two noun phrases side by side ("a statement the company") are cut at the second article.
    fn inner_start(&self, start: usize, end: usize) -> usize {
        (start + 1..end)
            .rev()
            .find(|&at| {
                let article = self.class(at, Class::Article);
                let noun = |b: usize| {
                    self.is_nominal(b)
                        && !self.class(b, Class::Determiner | Class::Possessive | Class::Preposition | Class::Pronoun)
                };
                article && noun(at - 1) && !self.is_possessive(at - 1)
            })
            .unwrap_or(start)
    }

    /// The noun phrase that begins at `start`, ending before `end`; with `long`, appositions behind a comma as well.
    pub(crate) fn phrase_at(&self, start: usize, end: usize, long: bool) -> Option<Range<usize>> {
        let end = end.min(start + LONGEST_PHRASE);
        if start >= end {
            return None;
        }
        if self.class(start, Class::SubjectPronoun | Class::ObjectPronoun)
            && !self.class(start, Class::Determiner | Class::Possessive)
        {
            return Some(start..start + 1);
        }
        let mut at = start;
        while at < end {
            match self.step_forward(start, at, end, long) {
                Some(next) if next > at => at = next.min(end),
                _ => break,
            }
        }
        while at > start + 1 && (self.is(at - 1, ",") || self.class(at - 1, Class::Preposition | Class::Conjunction)) {
            at -= 1;
        }
        (at > start).then_some(start..at)
    }

    /// One step to the right inside a noun phrase, or `None` at its right end.
    fn step_forward(&self, start: usize, at: usize, end: usize, long: bool) -> Option<usize> {
        if self.is_nominal(at) {
            let pronoun = self.is_personal(at);
            let second = at > start
                && self.class(at, Class::Article)
                && !self.class(at - 1, Class::Preposition | Class::Conjunction | Class::Determiner)
                && !self.is(at - 1, ",");
            let adverb = at > start
                && self.class(at, Class::Time)
                && !self.token(at - 1).is_any(&["the", "last", "this"])
                && !self.class(at - 1, Class::Preposition);
            return (!pronoun && !second && !adverb).then_some(at + 1);
        }
        if at == start {
            return None;
        }
        if self.is_abbreviation_stop(at, end) {
            return Some(at + 1);
        }
        if self.is(at, "(") {
            return (at..end).take(8).find(|&close| self.is(close, ")")).map(|close| close + 1);
        }
        let noun_ahead = at + 1 < end && self.is_nominal(at + 1);
        if self.act(at) == Act::Other && self.class(at, Class::Preposition) {
            let adjunct = (at + 1..end).take(4).any(|ahead| self.class(ahead, Class::Time | Class::Setting))
                && !self.is(at, "of");
            let ties = self.token(at).is_any(&[
                "of", "for", "at", "in", "from", "with", "to", "close", "on", "within", "inside", "near", "by", "about",
            ]);
            return (noun_ahead && ties && !adjunct).then_some(at + 1);
        }
        if self.is(at, "and") || self.is(at, "or") {
            let after = (at + 1..end).find(|&ahead| !self.is_nominal(ahead)).unwrap_or(end);
            return (noun_ahead && !(after < end && self.is_finite(after))).then_some(at + 1);
        }
        if self.act(at) == Act::Participle
            || (self.token(at).is_any(&["who", "that"])
                && at + 1 < end
                && self.is_finite(at + 1)
                && !self.is(at, "that"))
        {
            return self.relative_end(at, end);
        }
        if self.is(at, ",") && long {
            return self.apposition_end(at, end);
        }
        None
    }

    /// "who spoke on condition of anonymity": up to the next comma, quotation mark or second finite verb.
    fn relative_end(&self, at: usize, end: usize) -> Option<usize> {
        let mut verbs = 0;
        (at + 1..end)
            .find(|&ahead| {
                verbs += usize::from(self.act(ahead) == Act::Finite);
                self.is(ahead, ",") || self.token(ahead).is_quote() || verbs > 1 || self.is(ahead, ";")
            })
            .or(Some(end))
    }

    /// ", an attorney for the company" behind a name: up to the next comma, quotation mark or the end.
    fn apposition_end(&self, comma: usize, end: usize) -> Option<usize> {
        let first = comma + 1;
        if first >= end {
            return None;
        }
        let opens = self.class(first, Class::Determiner | Class::Possessive)
            || self.token(first).is_any(&["who", "whose", "which"])
            || (self.is_nominal(first)
                && !self.class(first, Class::SubjectPronoun | Class::Time | Class::ObjectPronoun | Class::Adverb));
        if !opens {
            return None;
        }
        let stop = (first..end)
            .find(|&at| self.is(at, ",") || self.token(at).is_quote() || self.is(at, ";") || self.is(at, "—"))
            .unwrap_or(end);
        let clause = !self.class(first, Class::Determiner)
            && (first..stop).any(|at| self.is_finite(at))
            && !(first..stop).any(|at| self.class(at, Class::Relative));
        (!clause).then_some(stop)
    }
}
