//! Cues of attitude that are no active verbs: "seems to", passives, adjectives, nouns, "Asked whether …".

use std::ops::Range;

use twosource_model::Stance;

use super::attitudes::Attitudes;
use super::cues::{Found, one};
use super::lexicon::{Class, ENGLISH, Frame, Inflection, Verb};
use super::phrases::Act;

impl Attitudes<'_> {
    /// "Asked whether the bridge was safe, the mayor laughed": a question nobody is named for.
    pub(super) fn asked(&self, at: usize) -> Option<Found> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let opens = at == finder.range.start || phrases.token(at - 1).is_any(&["when", ","]);
        let source =
            phrases.is(at + 1, "by").then(|| phrases.phrase_at(at + 2, finder.sentence_end(), false)).flatten();
        let next = source.as_ref().map_or(at + 1, |source| source.end);
        // "Asked on Monday whether", "when asked by the paper in May about".
        let asks = |ahead: &usize| phrases.is(*ahead, "about") || phrases.token(*ahead).is_any(&["whether", "if"]);
        let adjunct = |ahead: &usize| !phrases.is(*ahead, ",") && !phrases.is_finite(*ahead);
        let next = (next..(next + 7).min(finder.range.end)).take_while(adjunct).find(asks).unwrap_or(next);
        let about = next + usize::from(phrases.is(next, "about"));
        if !opens || !(about > next || phrases.class(about, Class::Question)) {
            return None;
        }
        let end = finder.sentence_end();
        let comma = (about..end).find(|&b| phrases.is(b, ",") && finder.opens_main(b + 1, end));
        let stop = comma.unwrap_or_else(|| finder.content_end(about, end));
        let cue = if source.is_some() { at..at + 1 } else { at..about };
        (stop > about).then(|| Found { source, ..self.attitude(cue, one(about..stop), Stance::Says) })
    }

    /// "seems to know", "appeared tired": the subject and what it seems are the content.
    pub(super) fn seeming(&self, at: usize, group: &Range<usize>, verb: Verb) -> Option<Found> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let end = finder.sentence_end();
        let (subject, _) = finder.subject_of(group, phrases.act(at))?;
        let next = at + 1;
        let closed = Class::Determiner | Class::Time | Class::Adverb | Class::Possessive;
        let adjective = phrases.is_nominal(next) && !phrases.class(next, closed);
        let fits = phrases.token(next).is_any(&["to", "that", "like"])
            || verb.lemma == "seem"
            || verb.lemma == "appear" && adjective;
        if next >= end || !fits {
            return None;
        }
        let mut content = one(next..finder.content_end(next, end));
        if !self.is_expletive(&subject) {
            content.insert(0, subject);
        }
        Some(self.attitude(group.clone(), content, Stance::Seems))
    }

    /// "is expected to …", "was accused of …", "is seen as …", "was asked about …": by nobody named.
    pub(super) fn passive(&self, at: usize, group: &Range<usize>, verb: Verb) -> Option<Found> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let end = finder.sentence_end();
        let next = at + 1;
        let held = Frame::Say | Frame::Tell | Frame::Think | Frame::Know | Frame::Regard;
        let judged = Frame::Judge | Frame::Attitude | Frame::Urge | Frame::Feel;
        if next >= end || phrases.is(next, "by") || !verb.frames.any(held | judged) {
            return None;
        }
        let asks = matches!(verb.lemma, "ask" | "press" | "question" | "grill");
        let about = next + usize::from(phrases.is(next, "about"));
        if asks && (about > next || phrases.class(next, Class::Question)) {
            let content = (about < end).then(|| one(about..finder.content_end(about, end)))?;
            return Some(self.attitude(group.start..about, content, Stance::Says));
        }
        let subject = self.passive_subject(at, group);
        let content = next..finder.content_end(next, end);
        if phrases.is(next, "that") && subject.as_ref().is_some_and(|subject| self.is_expletive(subject)) {
            return Some(self.attitude(group.clone(), one(content), super::cues::stance(verb)));
        }
        let told = verb.frames.any(Frame::Tell)
            && verb.inflection.can_be(Inflection::PARTICIPLE)
            && !matches!(verb.lemma, "show" | "convince" | "persuade");
        if told && (phrases.is(next, "that") || phrases.class(next, Class::Question) || finder.opens_main(next, end)) {
            return Some(self.attitude(group.clone(), one(content), Stance::Says));
        }
        let acts = phrases.act(next + 1) != Act::Other || phrases.class(next + 1, Class::Auxiliary);
        let to = phrases.is(next, "to") && acts && verb.frames.any(held);
        let blamed = phrases.token(next).is_any(&["for", "with", "over"])
            && verb.frames.any(Frame::Judge)
            && finder.particles(next, verb) == next;
        let regarded = verb.frames.any(Frame::Regard)
            && verb.lemma != "see"
            && finder.is_object_at(next)
            && phrases.act(next) == Act::Other;
        let fits = to || blamed || regarded || phrases.token(next).is_any(&["as", "of"]);
        let stance = if to { super::cues::stance(verb) } else { Stance::Judges };
        fits.then_some(()).and(subject).map(|subject| self.attitude(group.clone(), vec![subject, content], stance))
    }

    fn passive_subject(&self, at: usize, group: &Range<usize>) -> Option<Range<usize>> {
        let finder = &self.finder;
        if finder.phrases.act(at) == Act::Participle {
            return finder.phrases.phrase_before(finder.range.start, group.start);
        }
        finder.subject_of(group, Act::Finite).map(|(subject, antecedent)| antecedent.unwrap_or(subject))
    }

    /// "is confident that", "are worried about", "was eager to".
    pub(super) fn adjective(&self, at: usize) -> Option<Found> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let prepositions = ENGLISH.complements("adjective", &phrases.token(at).lower)?;
        let start = finder.range.start;
        let beside = |b: &usize| {
            phrases.class(*b, Class::Adverb | Class::Auxiliary | Class::Determiner) || phrases.act(*b) != Act::Other
        };
        let be = (start.max(at.saturating_sub(4))..at)
            .rev()
            .take_while(beside)
            .find(|&b| phrases.class(b, Class::Be) || phrases.act(b) == Act::Finite)?;
        let group = phrases.group(start, be);
        let (source, antecedent) = finder.subject_of(&group, Act::Finite)?;
        let (next, end) = (at + 1, finder.sentence_end());
        let infinitive = phrases.is(next, "to") && phrases.act(next + 1) != Act::Other;
        let (cue_end, content) = if next < end && (phrases.is(next, "that") || infinitive) {
            (next, next..finder.content_end(next, end))
        } else if prepositions.iter().any(|word| phrases.is(next, word)) {
            (next + 1, self.object(next + 1)?)
        } else {
            return None;
        };
        let source = Some(source).filter(|source| !self.is_expletive(source));
        let stance = if infinitive { Stance::Wants } else { Stance::Thinks };
        Some(Found { source, antecedent, ..self.attitude(group.start..cue_end, one(content), stance) })
    }

    /// "raised concerns about the bridge": a noun of attitude as the object of a verb with a subject.
    pub(super) fn noun(&self, at: usize) -> Option<Found> {
        let finder = &self.finder;
        let phrases = finder.phrases;
        let word = &phrases.token(at).lower;
        let prepositions =
            ENGLISH.complements("noun", word).or_else(|| ENGLISH.complements("noun", word.strip_suffix('s')?))?;
        let next = at + 1;
        if next >= finder.sentence_end() || !prepositions.iter().any(|word| phrases.is(next, word)) {
            return None;
        }
        let content = self.object(next + 1)?;
        let floor = finder.range.start.max(at.saturating_sub(8));
        let owned = |b: usize| {
            phrases.token(b).kind == crate::tokens::TokenKind::Possessive || phrases.class(b, Class::Possessive)
        };
        let meets = |b: usize| phrases.class(b, Class::Receiving);
        let left = |b: &usize| !phrases.is_nominal(*b) || owned(*b) || meets(*b);
        let before = (floor..at).rev().find(left).filter(|&b| !owned(b))?;
        if meets(before) {
            return Some(self.attitude(at..next + 1, one(content), Stance::Judges));
        }
        let act = phrases.act(before);
        if !(matches!(act, Act::Finite | Act::Gerund) || phrases.class(before, Class::Have)) {
            return None;
        }
        let group = phrases.group(finder.range.start, before);
        let (source, antecedent) = finder.subject_of(&group, if act == Act::Gerund { act } else { Act::Finite })?;
        let attitude = self.attitude(group.start..next + 1, one(content), Stance::Judges);
        Some(Found { source: Some(source), antecedent, ..attitude })
    }
}
