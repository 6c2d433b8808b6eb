//! From cues to attributions, sentence by sentence: the cue finds its source, then its content.
//!
//! Every finder looks at one pattern of words ("X said that …", "…, according to X", "X's claim that …") and returns
//! what it finds in tokens; what the sentence alone cannot tell (who "he" is, whose an orphan quotation is) comes later.

use std::ops::Range;

use twosource_model::{Response, Stance};

use super::contents::Cue;
use super::lexicon::{Class, Frame, Inflection, Verb};
use super::phrases::{Act, Phrases};
use super::quotes::Quote;

/// Content of one stretch.
pub(super) fn one(part: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(part).collect()
}

/// An attribution in tokens.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// What is attributed.
    pub(crate) content: Vec<Range<usize>>,
    /// The noun phrase for who says it.
    pub(crate) source: Option<Range<usize>>,
    /// The noun phrase a relative pronoun stands for.
    pub(crate) antecedent: Option<Range<usize>>,
    /// The words that make it an attribution.
    pub(crate) cue: Option<Range<usize>>,
    /// The base form of the cue verb.
    pub(crate) lemma: &'static str,
    /// "did not say".
    pub(crate) negated: bool,
    /// Set for answers to requests for comment.
    pub(crate) response: Option<Response>,
    /// Index of the attribution it rests on.
    pub(crate) rests_on: Option<usize>,
    /// Whether the source is an outlet that carries what another told it.
    pub(crate) carrier: bool,
    /// The sentence of the cue.
    pub(crate) sentence: usize,
    /// Set where the verb alone does not tell it.
    pub(crate) stance: Option<Stance>,
}

/// How the subject of a verb of attribution holds its content.
pub(crate) fn stance(verb: Verb) -> Stance {
    let frames = verb.frames;
    match () {
        () if frames.any(Frame::Think) => Stance::Thinks,
        () if frames.any(Frame::Show) && !frames.any(Frame::Say) => Stance::Shows,
        () if frames.any(Frame::Say | Frame::Tell) => Stance::Says,
        () if frames.any(Frame::Judge | Frame::Regard) => Stance::Judges,
        () if frames.any(Frame::Intend) => Stance::Wants,
        () => Stance::Says,
    }
}

/// What the finders share.
pub(crate) struct Finder<'p> {
    pub(crate) phrases: &'p Phrases<'p>,
    pub(crate) quotes: &'p [Quote],
    /// For each token the speech quotation it stands in.
    pub(super) inside: Vec<Option<usize>>,
    /// What was found so far, in the order of the cues.
    pub(crate) found: Vec<Found>,
    /// For each quotation the attribution that has it.
    pub(crate) owner: Vec<Option<usize>>,
    /// How many attributions were found by cues; those stand in the order of their sentences.
    pub(super) cued: usize,
    pub(super) sentence: usize,
    pub(super) range: Range<usize>,
    /// Whether the source at hand is a document.
    pub(super) by_document: bool,
    /// Whether the cue at hand stands in a relative clause ("residents, who fear that …, left").
    pub(super) in_relative: bool,
}

impl<'p> Finder<'p> {
    pub(crate) fn new(phrases: &'p Phrases<'p>, quotes: &'p [Quote]) -> Self {
        let mut inside = vec![None; phrases.document.tokens.len()];
        for (at, quote) in quotes.iter().enumerate().filter(|(_, quote)| quote.speech) {
            inside[quote.tokens.clone()].fill(Some(at));
        }
        Finder {
            phrases,
            quotes,
            inside,
            found: Vec::new(),
            owner: vec![None; quotes.len()],
            cued: 0,
            sentence: 0,
            range: 0..0,
            by_document: false,
            in_relative: false,
        }
    }

    /// Turns to a sentence, with the attributions that were found in it.
    pub(crate) fn enter(&mut self, sentence: usize, found: Vec<Found>) {
        self.sentence = sentence;
        self.range = self.without_dateline(sentence);
        self.in_relative = false;
        self.found = found;
    }

    /// The tokens of a sentence behind the dateline it may begin with.
    fn without_dateline(&self, sentence: usize) -> Range<usize> {
        let document = self.phrases.document;
        let range = document.range(sentence);
        let dateline = crate::clauses::dateline(document, &document.tokens[range.clone()]);
        if dateline < range.len() { range.start + dateline..range.end } else { range }
    }

    /// Finds the attributions of one sentence.
    pub(crate) fn sentence(&mut self, sentence: usize) {
        self.sentence = sentence;
        self.range = self.without_dateline(sentence);
        self.in_relative = false;
        let mut at = self.range.start;
        while at < self.range.end {
            if self.inside[at].is_none() {
                self.cue_at(at);
            }
            at += 1;
        }
    }

    pub(super) fn cue_at(&mut self, at: usize) {
        if self.phrases.is(at, "according") && self.phrases.is(at + 1, "to") {
            return self.according(at);
        }
        if self.response(at) || self.phrases.is(at, "as") && self.as_reported(at) {
            return;
        }
        if self.phrases.class(at, Class::Hearsay) {
            return self.reportedly(at);
        }
        match (self.phrases.verb(at), self.phrases.act(at)) {
            (Some(verb), Act::Finite | Act::Gerund | Act::Participle) if verb.frames.attributes() => {
                self.verb(at, verb)
            }
            (Some(verb), Act::Infinitive) if verb.frames.any(Frame::Say) => self.continued(at, verb),
            (_, Act::Other) if self.phrases.class(at, Class::Speech) => self.noun(at),
            _ => {}
        }
    }

    /// The last token of the sentence that is not its final punctuation, exclusive.
    pub(super) fn sentence_end(&self) -> usize {
        let mut end = self.range.end;
        while end > self.range.start && self.phrases.token(end - 1).is_any(&[".", "!", "?", ")", "…"]) {
            end -= 1;
        }
        end
    }

    pub(super) fn push(&mut self, mut found: Found) -> usize {
        found.sentence = self.sentence;
        found.source = found.source.filter(|source| !source.is_empty());
        let index = self.found.len();
        for content in &found.content {
            for quote in self.quotes_in(content) {
                self.give(quote, index, *content == self.quotes[quote].tokens);
            }
        }
        self.found.push(found);
        index
    }

    /// Makes an attribution the owner of a quotation. One with a cue of its own leaves an owner that only ran on into it.
    pub(super) fn give(&mut self, quote: usize, index: usize, whole: bool) {
        let tokens = &self.quotes[quote].tokens;
        if let Some(owner) = self.owner[quote].filter(|&owner| whole && self.found[owner].sentence < self.sentence) {
            let content = &mut self.found[owner].content;
            if content.len() > 1 && content.first() != Some(tokens) {
                content.retain(|part| part != tokens);
                self.owner[quote] = Some(index);
            }
        }
        self.owner[quote].get_or_insert(index);
    }

    /// The quotations that share a token with a stretch of text.
    pub(crate) fn quotes_in(&self, tokens: &Range<usize>) -> Vec<usize> {
        let first = self.quotes.partition_point(|quote| quote.tokens.end <= tokens.start);
        (first..self.quotes.len()).take_while(|&at| self.quotes[at].tokens.start < tokens.end).collect()
    }

    pub(super) fn speech_at(&self, at: usize) -> Option<usize> {
        self.inside.get(at).copied().flatten().filter(|&quote| self.quotes[quote].tokens.start == at)
    }

    pub(super) fn verb(&mut self, at: usize, verb: Verb) {
        let act = self.phrases.act(at);
        let group = self.phrases.group(self.range.start, at);
        if verb.lemma == "cite" && act == Act::Gerund {
            return self.citing(at);
        }
        if act == Act::Participle || self.is_passive(&group, verb) {
            return self.passive(at, group, verb);
        }
        if act == Act::Finite && self.inverted(at, &group, verb) {
            return;
        }
        let told = Frame::Say | Frame::Tell | Frame::Show;
        if act == Act::Gerund && !verb.frames.any(told) && (self.is_attribute(&group) || self.is_framed(group.start)) {
            return;
        }
        let Some((source, antecedent)) = self.subject_of(&group, act) else { return };
        if self.is_hypothetical(&group, &source)
            || verb.lemma == "call" && group.len() == 1 && self.is_named(&source, at)
        {
            return;
        }
        let mut found = Found { antecedent, lemma: verb.lemma, negated: self.is_negated(&group), ..Found::default() };
        found.source = Some(source.clone());
        found.cue = Some(group.clone());
        if verb.lemma == "quote" && !self.phrases.is(at + 1, "that") && self.speech_at(at + 1).is_none() {
            return;
        }
        self.in_relative = self.phrases.class(source.start, Class::Relative)
            || act == Act::Gerund && self.is_framed(group.start)
            || self.fronted(&source).is_some_and(|front| front > self.range.start && self.phrases.is(front - 1, ","));
        self.by_document = source.clone().any(|at| self.phrases.class(at, Class::Document));
        let particles = self.particles(at + 1, verb);
        let particles = if self.is_place(particles, verb) { at + 1 } else { particles };
        let (after, hearer) = self.after_cue(particles, verb);
        let after = self.equated(after).unwrap_or(after);
        let about = verb.frames.any(Frame::Say | Frame::Tell | Frame::Judge) && particles > at + 1;
        let cue = Cue { verb, act, group: group.clone(), source, after };
        let content = self.content_about(&cue, Some(particles).filter(|_| about));
        found.content = self.with_fronted(&cue.source, particles, content);
        let first = if act == Act::Gerund { self.issued_at(&group) } else { group.start };
        found.cue = Some(first..self.cue_end(particles, &found.content));
        if found.content.is_empty() {
            return;
        }
        if act == Act::Finite && matches!(verb.lemma, "deny" | "confirm") {
            found.response = Some(if verb.lemma == "deny" { Response::Denied } else { Response::Confirmed });
        }
        self.push_told(found, hearer);
    }

    /// "wrote on her page that …": the preposition leads to a place, the content is the clause behind.
    fn is_place(&self, object: usize, verb: Verb) -> bool {
        let phrase = self.phrases.phrase_at(object, self.sentence_end(), false);
        verb.frames.any(Frame::Say) && phrase.is_some_and(|phrase| self.phrases.is(phrase.end, "that"))
    }

    /// "went on to say that …": an infinitive that is said all the same.
    fn continued(&mut self, at: usize, verb: Verb) {
        let Some((first, (source, antecedent))) = self.chain(at) else { return };
        let goes_on = (first..at).any(|before| self.phrases.class(before, Class::Continuing));
        if !goes_on || self.is_negated(&(first..at)) {
            return;
        }
        let particles = self.particles(at + 1, verb);
        let (after, _) = self.after_cue(particles, verb);
        let cue = Cue { verb, act: Act::Finite, group: first..at + 1, source: source.clone(), after };
        let content = self.content(&cue);
        if !content.is_empty() {
            let cue = Some(first..self.cue_end(particles, &content));
            self.push(Found { content, source: Some(source), antecedent, cue, lemma: verb.lemma, ..Found::default() });
        }
    }

    /// The content of a cue; where its prepositions end at `particles`, the object behind them ("called for a vote").
    fn content_about(&self, cue: &Cue, particles: Option<usize>) -> Vec<Range<usize>> {
        let content = self.content(cue);
        let trailing = content.first().is_some_and(|part| part.start < cue.group.start);
        match particles.filter(|&object| !trailing && self.is_object_at(object)) {
            Some(object) => one(object..self.object_end(object, self.sentence_end())),
            None => content,
        }
    }

    /// The prepositions of a cue belong to it where its content follows, and so does a colon.
    fn cue_end(&self, particles: usize, content: &[Range<usize>]) -> usize {
        let phrases = self.phrases;
        let colon = phrases.is(particles, ":") && content.iter().any(|part| part.start == particles + 1);
        particles + usize::from(colon)
    }

    /// Adds an attribution, and where it was told to an outlet a second one to the outlet.
    pub(super) fn push_told(&mut self, found: Found, hearer: Option<Range<usize>>) {
        let carrier =
            hearer.filter(|hearer| self.is_outlet(hearer) && !found.source.as_ref().is_some_and(|s| self.is_outlet(s)));
        let index = self.push(found.clone());
        if let Some(hearer) = carrier {
            self.push(Found {
                source: Some(hearer),
                antecedent: None,
                rests_on: Some(index),
                carrier: true,
                response: None,
                ..found
            });
        }
    }

    /// "a play called Miracle Run": a name, no opinion.
    pub(super) fn is_named(&self, source: &Range<usize>, at: usize) -> bool {
        let phrases = self.phrases;
        let thing = phrases.token(source.start).is_any(&["a", "an", "the", "something"])
            && !source.clone().any(|at| phrases.class(at, Class::People | Class::Organisation | Class::Document));
        thing && (phrases.token(at + 1).capital || phrases.token(at + 1).is_quote())
    }

    /// "would show", "if he agrees": nothing was said.
    fn is_hypothetical(&self, group: &Range<usize>, source: &Range<usize>) -> bool {
        let modal = group.clone().any(|at| self.phrases.class(at, Class::Modal));
        let condition = source.start > self.range.start && self.phrases.class(source.start - 1, Class::Condition);
        modal && !self.is_negated(group) || condition
    }

    /// "One thing the mayor points out is that …": the content stands behind "is".
    pub(super) fn equated(&self, after: usize) -> Option<usize> {
        let limit = (after + 7).min(self.range.end);
        let be = if self.phrases.is(after, "out") { after + 1 } else { after };
        if be >= limit || !self.phrases.class(be, Class::Be) {
            return None;
        }
        (be + 1..limit).take_while(|&at| !self.phrases.is_finite(at)).find(|&at| self.phrases.is(at, "that"))
    }

    /// Whether a noun phrase begins with the name of an outlet.
    pub(crate) fn is_outlet(&self, phrase: &Range<usize>) -> bool {
        super::sources::is_outlet(self.phrases, phrase)
    }

    pub(super) fn is_passive(&self, group: &Range<usize>, verb: Verb) -> bool {
        let form = self.phrases.verb(group.end - 1).map_or(verb.inflection, |verb| verb.inflection);
        let be = group.clone().rev().skip(1).find(|&at| self.phrases.class(at, Class::Auxiliary));
        let has = be.is_some_and(|at| self.phrases.is(at, "'s"))
            && (verb.frames.any(Frame::Say) && !self.phrases.token(group.end).is_any(&["by", "to"])
                || self.particles(group.end, verb) > group.end);
        if has {
            return false;
        }
        form.can_be(Inflection::PARTICIPLE)
            && be.is_some_and(|at| self.phrases.class(at, Class::Be) || self.phrases.is(at, "get"))
    }

    pub(super) fn is_negated(&self, group: &Range<usize>) -> bool {
        group.clone().any(|at| self.phrases.class(at, Class::Negation))
    }

    /// "…," said X. / "…, said X, a Y at Z."
    pub(super) fn inverted(&mut self, at: usize, group: &Range<usize>, verb: Verb) -> bool {
        let fits = verb.frames.any(Frame::Parenthetical)
            && verb.lemma != "tell"
            && group.len() <= 2
            && at + 1 < self.range.end
            && at > 0;
        let Some(before) = group.start.checked_sub(1).filter(|_| fits) else { return false };
        let after_quote = self.phrases.token(before).is_quote() && self.inside[before].is_some();
        let after_comma = self.phrases.is(before, ",") && before > self.range.start;
        let start = self.phrases.token(at + 1);
        if !(after_quote || after_comma)
            || self.phrases.is(at + 1, "that")
            || start.is_quote()
            || self.phrases.class(at + 1, Class::Time)
        {
            return false;
        }
        let Some(source) = self.phrases.phrase_at(at + 1, self.sentence_end(), true) else { return false };
        let spoken = after_quote && before > 1 && self.phrases.token(before - 1).is_any(&[",", "?", "!"]);
        let whole = source.end;
        let source = if spoken { self.speaker(source) } else { source };
        let after = source.end;
        let clause =
            source.len() == 1 && self.phrases.class(at + 1, Class::SubjectPronoun) && self.phrases.is_finite(after);
        let stop = spoken && !clause
            || after >= self.sentence_end()
            || !self.phrases.is_finite(after) && !self.phrases.is_nominal(after) && !self.phrases.is(after, "that")
            || self.phrases.class(after, Class::Time | Class::Adverb);
        let object = !after_quote && self.phrases.class(at + 1, Class::ObjectPronoun);
        let appositive =
            !after_quote && self.appositive_subject(group.start).is_some() && !self.phrases.token(at + 1).capital;
        if !stop || object || appositive || self.has_finite(&source) && !self.has_relative(&source) {
            return false;
        }
        let mut content = self.before_cue(group.start);
        if after == whole {
            content.extend(self.resumed(self.skip_adjuncts(after)));
        }
        if content.is_empty() {
            return false;
        }
        self.push(Found {
            content,
            source: Some(source),
            cue: Some(group.clone()),
            lemma: verb.lemma,
            ..Found::default()
        });
        true
    }

    /// The noun phrase behind an inverted cue without a clause that began in it: "the chief (known as …)", "Fenn, mayor
    /// at the time (the bridge was built)".
    fn speaker(&self, phrase: Range<usize>) -> Range<usize> {
        let attributes = |at: usize| self.phrases.verb(at).is_some_and(|verb| verb.frames.attributes());
        let verb = phrase.clone().skip(1).find(|&at| self.phrases.is_finite(at));
        let Some(verb) = verb.filter(|&verb| !self.has_relative(&phrase) || attributes(verb)) else { return phrase };
        let comma = phrase.clone().find(|&at| self.phrases.is(at, ","));
        phrase.start..comma.map_or(verb, |comma| comma.min(verb))
    }

    pub(super) fn has_finite(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|at| self.phrases.is_finite(at))
    }

    pub(super) fn has_relative(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|at| self.phrases.class(at, Class::Relative))
    }
}
