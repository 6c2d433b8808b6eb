//! Cues that are no active verbs: passives, "according to", "citing", "reportedly", nouns of saying.

use std::ops::Range;

use super::contents::LONGEST_CLAUSE;
use super::cues::{Finder, Found, one};
use super::lexicon::{Class, Frame, Inflection, Verb};
use super::phrases::Act;

impl Finder<'_> {
    /// "was accused by X of …", "is believed by X to …", "was quoted by Y as saying".
    pub(super) fn passive(&mut self, at: usize, group: Range<usize>, verb: Verb) {
        if !verb.frames.any(Frame::Say | Frame::Think | Frame::Show | Frame::Judge) {
            return;
        }
        let by = (at + 1..(at + 14).min(self.range.end))
            .take_while(|&ahead| !self.phrases.is(ahead, ",") && !self.phrases.is_finite(ahead))
            .find(|&ahead| self.phrases.is(ahead, "by"));
        let Some(by) = by else { return };
        let Some(source) = self.phrases.phrase_at(by + 1, self.sentence_end(), false) else { return };
        if group.start > self.range.start + 1 && self.phrases.is(group.start - 1, ",") && by == at + 1 {
            return self.aside_by(group, source, verb);
        }
        let subject = self.subject_of(&group, Act::Finite);
        if verb.lemma == "quote" {
            return self.quoted_by(group, source, subject.map(|(subject, _)| subject));
        }
        let after = source.end;
        let end = self.sentence_end();
        let mut content = Vec::new();
        if let Some((subject, antecedent)) = subject {
            content.push(antecedent.unwrap_or(subject));
        } else if let Some(phrase) = self.phrases.phrase_before(self.range.start, group.start) {
            content.push(phrase);
        }
        if after < end && (self.phrases.token(after).is_any(&["of", "as", "to", "for", "that"])) {
            content.push(after..self.content_end(after, end));
        }
        content.retain(|part| !part.is_empty());
        if content.is_empty() {
            return;
        }
        content.sort_by_key(|part| part.start);
        self.push(Found {
            content,
            source: Some(source),
            cue: Some(group.start..by + 1),
            lemma: verb.lemma,
            ..Found::default()
        });
    }

    /// "The plan, first reported by X, …": the words around the aside.
    fn aside_by(&mut self, group: Range<usize>, source: Range<usize>, verb: Verb) {
        let Some(subject) = self.phrases.phrase_before(self.range.start, group.start - 1) else { return };
        let mut content = one(subject);
        let rest = source.end + 1;
        if self.phrases.is(source.end, ",") && self.phrases.is_finite(rest) && verb.frames.any(Frame::Say) {
            content.push(rest..self.content_end(rest, self.sentence_end()));
        }
        self.push(Found { content, source: Some(source), cue: Some(group), lemma: verb.lemma, ..Found::default() });
    }

    /// "As reported by X, …", "…, as first reported by X": the clause beside it. Whether that stands at `at`.
    pub(super) fn as_reported(&mut self, at: usize) -> bool {
        let said = at + 1 + usize::from(self.phrases.class(at + 1, Class::Adverb));
        let verb = self
            .phrases
            .verb(said)
            .filter(|verb| verb.frames.any(Frame::Parenthetical) && verb.inflection.can_be(Inflection::PARTICIPLE));
        let (Some(verb), true) = (verb, self.phrases.is(said + 1, "by")) else { return false };
        let end = self.sentence_end();
        let Some(source) = self.phrases.phrase_at(said + 2, end, false) else { return false };
        let leading = at <= self.range.start + 1 && self.phrases.is(source.end, ",");
        let trailing = at > self.range.start + 2 && self.phrases.is(at - 1, ",");
        let content = match (leading, trailing) {
            (true, _) => source.end + 1..self.content_end(source.end + 1, end),
            (_, true) => self.range.start.max(at.saturating_sub(LONGEST_CLAUSE))..at - 1,
            _ => return false,
        };
        if content.is_empty() {
            return false;
        }
        let cue = Some(at + 1..said + 1);
        self.push(Found { content: one(content), source: Some(source), cue, lemma: verb.lemma, ..Found::default() });
        true
    }

    /// "…, X was quoted by Y as saying."
    pub(super) fn quoted_by(&mut self, group: Range<usize>, outlet: Range<usize>, subject: Option<Range<usize>>) {
        let Some(subject) = subject else { return };
        let said = (outlet.end..(outlet.end + 4).min(self.range.end))
            .find(|&at| self.phrases.verb(at).is_some_and(|verb| verb.frames.attributes()));
        let Some(said) = said else { return };
        let end = self.sentence_end();
        let mut content = self.before_cue(subject.start);
        if content.is_empty() && said + 1 < end {
            content = one(said + 1..self.content_end(said + 1, end));
        }
        if content.is_empty() {
            return;
        }
        let first = self.push(Found {
            content: content.clone(),
            source: Some(subject),
            cue: Some(said..said + 1),
            lemma: "say",
            ..Found::default()
        });
        self.push(Found {
            content,
            source: Some(outlet),
            cue: Some(group),
            lemma: "quote",
            rests_on: Some(first),
            carrier: true,
            ..Found::default()
        });
    }

    /// "according to X": leading, trailing or inside.
    pub(super) fn according(&mut self, at: usize) {
        let end = self.sentence_end();
        let Some(source) = self.phrases.phrase_at(at + 2, end, true) else { return };
        let leading = at == self.range.start
            || (at == self.range.start + 1 && self.phrases.class(self.range.start, Class::Conjunction | Class::Adverb));
        let source = if leading || source.end < end {
            self.phrases.phrase_at(at + 2, end, false).unwrap_or(source)
        } else {
            source
        };
        let mut content = Vec::new();
        let first = self.skip_adjuncts(source.end);
        let resumed = if self.phrases.is(first, ",") { first + 1 } else { first };
        let conjunction =
            at > self.range.start + 1 && self.phrases.is(at - 1, ",") && self.phrases.class(at - 2, Class::Conjunction);
        let joined = conjunction && !self.phrases.is_finite(resumed);
        if !leading && !joined {
            let before = if self.phrases.is(at - 1, ",") { at - 1 } else { at };
            let mut start = self.range.start.max(before.saturating_sub(LONGEST_CLAUSE));
            if let Some(quote) = self.inside[start] {
                start = start.min(self.quotes[quote].tokens.start);
            }
            if start < before {
                content.push(start..before);
            }
        }
        let goes_on = leading || joined || self.phrases.is(first, ",") && self.is_rest_of_clause(resumed, end);
        if goes_on && resumed < end {
            let stop = self.content_end(resumed, end);
            content.push(resumed..stop);
        }
        content.retain(|part| part.start < part.end);
        if !content.is_empty() {
            self.push(Found {
                content,
                source: Some(source),
                cue: Some(at..at + 2),
                lemma: "accord",
                ..Found::default()
            });
        }
    }

    pub(super) fn is_rest_of_clause(&self, at: usize, end: usize) -> bool {
        at < end
            && !self.phrases.class(at, Class::Conjunction | Class::Relative | Class::Subordinator)
            && self.phrases.act(at) != Act::Gerund
            && (self.phrases.is_finite(at) || self.is_clause(at, end))
    }

    /// ", citing X": what the attribution before rests on.
    pub(super) fn citing(&mut self, at: usize) {
        let Some(source) = self.phrases.phrase_at(at + 1, self.sentence_end(), true) else { return };
        let comma = source.clone().find(|&at| self.phrases.is(at, ",") && self.phrases.class(at + 1, Class::Relative));
        let source = source.start..comma.unwrap_or(source.end);
        let outer = self
            .found
            .iter()
            .enumerate()
            .rev()
            .take(20)
            .take_while(|(_, found)| found.sentence == self.sentence)
            .find(|(_, found)| found.rests_on.is_none() && !found.carrier)
            .map(|(index, _)| index);
        let Some(outer) = outer else { return };
        let content = self.found[outer].content.clone();
        let index = self.push(Found {
            content,
            source: Some(source),
            cue: Some(at..at + 1),
            lemma: "cite",
            ..Found::default()
        });
        self.found[outer].rests_on = Some(index);
    }

    /// "reportedly": a source is not named.
    pub(super) fn reportedly(&mut self, at: usize) {
        let end = self.sentence_end();
        let said = |found: &&Found| found.content.iter().any(|part| part.contains(&at));
        let mut same = self.found.iter().rev().take(20).take_while(|found| found.sentence == self.sentence);
        if same.any(|found| said(&found)) {
            return;
        }
        let floor = self.range.start.max(at.saturating_sub(60));
        let start = (floor..at)
            .rev()
            .find(|&before| {
                self.phrases.is(before, ";")
                    || self.phrases.token(before).is_quote()
                    || self.phrases.is(before, ",") && self.phrases.class(before + 1, Class::Conjunction)
            })
            .map_or(floor, |before| before + 1);
        let mut content = Vec::new();
        if start < at {
            content.push(start..at);
        }
        let stop = self.content_end(at + 1, end.max(at + 1));
        if at + 1 < stop {
            content.push(at + 1..stop);
        }
        if !content.is_empty() {
            self.push(Found { content, cue: Some(at..at + 1), lemma: "report", ..Found::default() });
        }
    }

    /// "X's claim that …", "a promise by X to …", "reports that …".
    pub(super) fn noun(&mut self, at: usize) {
        let end = self.sentence_end();
        let mut after = at + 1;
        let mut source = None;
        if after < end
            && self.phrases.token(after).is_any(&["by", "from", "of"])
            && let Some(phrase) =
                self.phrases.phrase_at(after + 1, end, false).filter(|phrase| self.phrases.is(phrase.end, "that"))
        {
            after = phrase.end;
            source = Some(phrase);
        }
        let floor = self.range.start.max(at.saturating_sub(14));
        let owner = (floor..at).rev().take(4).take_while(|&b| self.phrases.is_nominal(b)).find(|&b| {
            self.phrases.token(b).kind == crate::tokens::TokenKind::Possessive
                || self.phrases.class(b, Class::Possessive) && !self.phrases.is(b, "whose")
        });
        if source.is_none() {
            source = owner.and_then(|b| {
                let own = self.phrases.class(b, Class::Possessive);
                if own { Some(b..b + 1) } else { self.phrases.phrase_before(floor, b + 1) }
            });
        }
        if source.is_none() {
            source = self.carried(at);
            self.in_relative = source.is_some();
        }
        let clause = self.phrases.is(after, "that");
        let acts = self.phrases.act(after + 1) != Act::Other || self.phrases.class(after + 1, Class::Auxiliary);
        let infinitive = self.phrases.is(after, "to") && source.is_some() && acts;
        let plural = self.phrases.class(at, Class::Rumour);
        if after >= end || !(clause && (source.is_some() || plural) || infinitive) {
            return;
        }
        let stop = self.content_end(after, end);
        let stop = self.predicate(at, after + 1, stop).unwrap_or(stop);
        self.push(Found {
            content: one(after..stop),
            source,
            cue: Some(at..at + 1),
            lemma: "claim",
            ..Found::default()
        });
    }

    /// "His claim that nobody knew surprised the town": where the verb begins that the noun is the subject of, the second
    /// of two with nothing to join them.
    fn predicate(&self, noun: usize, start: usize, stop: usize) -> Option<usize> {
        let phrases = self.phrases;
        if (self.range.start..noun).any(|at| phrases.is_finite(at)) {
            return None;
        }
        let joins = Class::Conjunction | Class::Subordinator | Class::Relative;
        let joined = |at: usize| {
            phrases.token(at).is_any(&[",", ";", "—", "–", "-"])
                || phrases.class(at, joins) && !phrases.class(at, Class::Preposition)
        };
        let first = (start..stop).find(|&at| phrases.is_finite(at) || joined(at)).filter(|&at| !joined(at))?;
        let helps = |at: &usize| phrases.class(*at, Class::Auxiliary | Class::Adverb | Class::Negation);
        let main = first + (first..stop).take_while(helps).count();
        let alone = main + usize::from(main < stop && phrases.act(main) == Act::Finite);
        let past =
            |at: usize| at == alone && phrases.verb(at).is_some_and(|verb| verb.inflection.can_be(Inflection::PAST));
        let verb = |at: usize| phrases.is_finite(at) || past(at);
        let second = (alone..stop).find(|&at| verb(at) || joined(at)).filter(|&at| !joined(at))?;
        Some(phrases.group(alone, second).start)
    }

    /// "expressed concern that", "made the claim that": the subject of the verb the noun is the object of.
    pub(super) fn carried(&self, noun: usize) -> Option<Range<usize>> {
        let floor = self.range.start.max(noun.saturating_sub(4));
        let verb = (floor..noun)
            .rev()
            .take_while(|&at| self.phrases.is_nominal(at) || self.phrases.act(at) == Act::Finite)
            .find(|&at| self.phrases.act(at) == Act::Finite && self.phrases.class(at, Class::LightVerb))?;
        let group = self.phrases.group(self.range.start, verb);
        self.subject_of(&group, Act::Finite).map(|(source, antecedent)| antecedent.unwrap_or(source))
    }
}
