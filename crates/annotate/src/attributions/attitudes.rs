//! Attitudes: what somebody wants, expects, is for, against, worried or on about.
//!
//! Nothing is asserted in them, so they are kept apart from attributions and looked for only where nothing is
//! attributed already; within another's words they are his. PolNeAR marks them with the same three spans. The mistake
//! preferred is a missed one: a cue without a clear subject and object is left alone.

use std::ops::Range;

use twosource_model::Stance;

use super::cues::{Finder, Found, one};
use super::lexicon::{Class, Frame, Verb};
use super::phrases::{Act, Phrases};
use super::quotes::Quote;

/// Finds the attitudes of a document in text order; `found` are its attributions, `speaks` says of each sentence
/// whether it can hold any.
pub(crate) fn attitudes(phrases: &Phrases<'_>, quotes: &[Quote], found: &[Found], speaks: &[bool]) -> Vec<Found> {
    let mut by_sentence: Vec<Vec<Found>> = vec![Vec::new(); speaks.len()];
    let mut covered = vec![false; phrases.document.tokens.len()];
    for each in found {
        for part in each.content.iter().chain(&each.cue).chain(&each.source) {
            covered[part.clone()].fill(true);
        }
        by_sentence[each.sentence].push(each.clone());
    }
    let mut attitudes = Attitudes { finder: Finder::new(phrases, quotes), covered, found: Vec::new() };
    for (sentence, own) in by_sentence.into_iter().enumerate() {
        if speaks[sentence] {
            attitudes.finder.enter(sentence, own);
            attitudes.sentence();
        }
    }
    attitudes.found
}

/// What the finders of attitudes share.
pub(super) struct Attitudes<'p> {
    pub(super) finder: Finder<'p>,
    /// Tokens that are attributed already.
    covered: Vec<bool>,
    found: Vec<Found>,
}

/// What a verb governs: where its cue ends, and the content behind it.
pub(super) struct Governed {
    pub(super) end: usize,
    pub(super) content: Range<usize>,
    pub(super) stance: Stance,
}

impl Attitudes<'_> {
    fn sentence(&mut self) {
        for at in self.finder.range.clone() {
            if self.covered[at] || self.finder.inside[at].is_some() {
                continue;
            }
            if let Some(found) = self.at(at).filter(|found| self.is_free(found)) {
                for part in found.content.iter().chain(&found.cue) {
                    self.covered[part.clone()].fill(true);
                }
                self.found.push(found);
            }
        }
    }

    /// Whether cue and content are not attributed already.
    fn is_free(&self, found: &Found) -> bool {
        let all: usize = found.content.iter().map(ExactSizeIterator::len).sum();
        let taken = found.content.iter().cloned().flatten().filter(|&at| self.covered[at]).count();
        all > 0 && taken * 2 < all && found.cue.iter().cloned().flatten().all(|at| !self.covered[at])
    }

    fn at(&self, at: usize) -> Option<Found> {
        let phrases = self.finder.phrases;
        let act = phrases.act(at);
        if phrases.is(at, "asked") && act != Act::Finite {
            return self.asked(at);
        }
        match phrases.verb(at).filter(|_| act != Act::Other) {
            Some(verb) => self.verb(at, act, verb),
            None if act == Act::Other => self.adjective(at).or_else(|| self.noun(at)),
            None => None,
        }
    }

    /// "wants to …", "supports …", "is talking about …".
    fn verb(&self, at: usize, act: Act, verb: Verb) -> Option<Found> {
        let finder = &self.finder;
        let group = finder.phrases.group(finder.range.start, at);
        if verb.frames.any(Frame::Seem) {
            return self.seeming(at, &group, verb);
        }
        if act == Act::Participle || act == Act::Finite && finder.is_passive(&group, verb) {
            return self.passive(at, &group, verb).or_else(|| self.adjective(at));
        }
        if act == Act::Gerund && finder.is_attribute(&group) {
            return None;
        }
        let (first, (source, antecedent)) = match act {
            Act::Infinitive => finder.chain(at)?,
            Act::Gerund => (finder.issued_at(&group), finder.subject_of(&group, act)?),
            _ => (group.start, finder.subject_of(&group, act)?),
        };
        let fronted = finder.fronted(&source).filter(|_| act == Act::Finite && verb.frames.governs());
        let empty = fronted.map(|_| Governed { end: at + 1, content: at + 1..at + 1, stance: stance(verb) });
        let governed = self.governed(at + 1, verb).or(empty);
        if governed.is_none() && act == Act::Finite && verb.frames.governs() {
            return self.bare_relative(at, &group, &source, verb);
        }
        let governed = governed?;
        let weak = act == Act::Gerund && governed.end == at + 1 || self.is_hypothetical(&group);
        let somebody = self.is_somebody(antecedent.as_ref().unwrap_or(&source));
        let name = verb.lemma == "call" && group.len() == 1 && finder.is_named(&source, at);
        if self.is_expletive(&source) || weak && !somebody || name {
            return None;
        }
        // "is going to say", "tried to argue": not said yet.
        let unsaid = act == Act::Infinitive && governed.stance == Stance::Says;
        let stance = if unsaid { Stance::Wants } else { governed.stance };
        let mut content = finder.with_fronted(&source, governed.end, one(governed.content));
        content.retain(|part| !part.is_empty());
        Some(Found {
            source: Some(source),
            antecedent,
            lemma: verb.lemma,
            negated: finder.is_negated(&group),
            ..self.attitude(first..governed.end, content, stance)
        })
    }

    /// "the report she denounced", "a vote the council hopes will pass": the content stands before the subject, with no
    /// pronoun between.
    fn bare_relative(&self, at: usize, group: &Range<usize>, source: &Range<usize>, verb: Verb) -> Option<Found> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let (start, end) = (finder.range.start, finder.sentence_end());
        let next = at + 1;
        let closes = Class::Preposition | Class::Conjunction | Class::Time | Class::Subordinator;
        let open = next >= end || !phrases.token(next).is_word() || phrases.class(next, closes);
        let goes_on = next < end && phrases.is_finite(next);
        let subject = self.second_phrase(source, goes_on)?..source.end;
        let other = Class::Time | Class::Adverb | Class::Question | Class::Determiner | Class::ObjectPronoun;
        let before = subject.start.checked_sub(1).filter(|&before| before >= start)?;
        let noun = phrases.is_nominal(before) && !phrases.class(before, other);
        let verbal = group.len() > 1 || !phrases.class(at, Class::AlsoNoun) || subject.len() == 1;
        if !noun || !verbal || !(open || goes_on) || phrases.token(next).is_quote() {
            return None;
        }
        let antecedent = phrases.phrase_before(start, subject.start).filter(|phrase| phrase.end == subject.start)?;
        let mut content = one(antecedent);
        if goes_on && verb.frames.any(Frame::Say | Frame::Think | Frame::Know) {
            content.push(next..finder.content_end(next, end));
        }
        let attitude = self.attitude(group.clone(), content, stance(verb));
        Some(Found { source: Some(subject), lemma: verb.lemma, ..attitude })
    }

    /// Where a subject begins that follows a noun phrase without a sign between: a pronoun, a determiner, or, where a
    /// finite verb shows that there is a second clause, a name behind a common noun.
    fn second_phrase(&self, source: &Range<usize>, goes_on: bool) -> Option<usize> {
        let phrases = self.finder.phrases;
        let opening = Class::SubjectPronoun | Class::Determiner | Class::Possessive;
        let object = Class::Relative | Class::ObjectPronoun;
        let pronoun = |at: usize| source.len() == 1 && phrases.class(at, object);
        let common = |at: usize| {
            let listed = Class::Title | Class::People | Class::Organisation | Class::Determiner | Class::Preposition;
            phrases.token(at).is_word() && !phrases.token(at).capital && !phrases.class(at, listed)
        };
        let name = |at: &usize| phrases.token(*at).capital && common(at - 1);
        let inside = (source.start + 1..source.end).find(name).filter(|_| goes_on);
        let determined = phrases.class(source.start, Class::Determiner | Class::Possessive);
        match inside {
            Some(at) if determined && (at..source.end).all(|b| phrases.token(b).capital) => Some(at),
            _ => (phrases.class(source.start, opening) && !pronoun(source.start)).then_some(source.start),
        }
    }

    /// An attitude of this sentence.
    pub(super) fn attitude(&self, cue: Range<usize>, content: Vec<Range<usize>>, stance: Stance) -> Found {
        let negated = self.finder.is_negated(&cue);
        let sentence = self.finder.sentence;
        Found { cue: Some(cue), content, stance: Some(stance), negated, sentence, ..Found::default() }
    }

    /// "it", "there": nobody.
    pub(super) fn is_expletive(&self, source: &Range<usize>) -> bool {
        let empty = ["it", "there", "that", "this", "which"];
        source.len() == 1 && self.finder.phrases.token(source.start).is_any(&empty)
    }

    /// "would show": a possibility.
    fn is_hypothetical(&self, group: &Range<usize>) -> bool {
        group.clone().any(|at| self.finder.phrases.class(at, Class::Modal))
    }

    /// Whether a source can hold an attitude: a name, people, an organisation.
    fn is_somebody(&self, source: &Range<usize>) -> bool {
        let phrases = self.finder.phrases;
        let someone = Class::SubjectPronoun | Class::People | Class::Organisation | Class::OutletWord;
        let named = |at: usize| phrases.token(at).capital && at > self.finder.range.start;
        let last = phrases.token(source.end - 1);
        last.capital || last.lower.ends_with('s') || source.clone().any(|at| phrases.class(at, someone) || named(at))
    }

    /// What a verb governs behind `after`: what its prepositions lead to, an infinitive, a clause or an object.
    fn governed(&self, after: usize, verb: Verb) -> Option<Governed> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let end = finder.sentence_end();
        let plain = |at: usize| {
            let other = Class::Determiner | Class::Preposition;
            phrases.class(at, Class::Adverb) && !phrases.is(at, "there") && !phrases.class(at, other)
        };
        let next = after + (after..end.min(after + 3)).take_while(|&at| plain(at)).count();
        let particles = finder.particles(next, verb);
        if particles > next {
            let content = self.object(particles)?;
            let says = verb.frames.any(Frame::Judge | Frame::Attitude | Frame::Think | Frame::Know | Frame::Want);
            let stance = if says { stance(verb) } else { Stance::Says };
            return Some(Governed { end: particles, content, stance });
        }
        if next >= end {
            return None;
        }
        let (content, stance) = match phrases.is(next, "to") {
            true => (self.infinitive(next, end, verb)?, Stance::Wants),
            false => (self.complement(next, end, verb)?, stance(verb)),
        };
        Some(Governed { end: after, content, stance })
    }

    fn infinitive(&self, to: usize, end: usize, verb: Verb) -> Option<Range<usize>> {
        let phrases = self.finder.phrases;
        let acts = phrases.act(to + 1) != Act::Other;
        let wanted = verb.frames.any(Frame::Want) && (acts || !phrases.class(to + 1, Class::Determiner));
        let fits = wanted || verb.frames.any(Frame::Intend) && acts;
        fits.then(|| to..self.finder.object_end(to, end))
    }

    /// A clause or an object of a verb.
    fn complement(&self, at: usize, end: usize, verb: Verb) -> Option<Range<usize>> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let clausal =
            Frame::Say | Frame::Tell | Frame::Think | Frame::Show | Frame::Know | Frame::Intend | Frame::Judge;
        let question = phrases.class(at, Class::Question) && !phrases.class(at, Class::Circumstance);
        if phrases.is(at, "that") || question {
            return verb.frames.any(clausal).then(|| at..finder.content_end(at, end));
        }
        let bare = Frame::Know | Frame::Say | Frame::Think | Frame::Show;
        if verb.frames.any(bare) && finder.opens_main(at, end) {
            return Some(at..finder.content_end(at, end));
        }
        let objective =
            Frame::Want | Frame::Urge | Frame::Regard | Frame::Know | Frame::Feel | Frame::Attitude | Frame::Judge;
        verb.frames.any(objective).then(|| self.object(at)).flatten()
    }

    /// An object that begins at `start`.
    pub(super) fn object(&self, start: usize) -> Option<Range<usize>> {
        let finder = &self.finder;
        let stop = finder.is_object_at(start).then(|| finder.object_end(start, finder.sentence_end()))?;
        (stop > start).then_some(start..stop)
    }
}

/// How the subject of a verb of attitude holds its object.
pub(super) fn stance(verb: Verb) -> Stance {
    let kinds = [
        (Frame::Judge | Frame::Feel | Frame::Attitude | Frame::Regard, Stance::Judges),
        (Frame::Want | Frame::Urge | Frame::Intend, Stance::Wants),
        (Frame::Think | Frame::Know, Stance::Thinks),
        (Frame::Show, Stance::Shows),
    ];
    kinds.iter().find(|(frames, _)| verb.frames.any(*frames)).map_or(Stance::Says, |(_, stance)| *stance)
}
