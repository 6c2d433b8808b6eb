//! Answers to requests for comment, and none: declined, no reply, could not be reached, each kept apart.

use std::ops::Range;

use twosource_model::Response;

use super::cues::{Finder, Found, one};
use super::lexicon::Class;
use super::phrases::Act;

impl Finder<'_> {
    /// "declined to comment", "did not respond", "could not be reached", "had no comment".
    pub(super) fn response(&mut self, at: usize) -> bool {
        let Some((response, last)) = self.response_words(at) else { return false };
        let group = self.phrases.group(self.range.start, self.had_none(at).unwrap_or(at));
        let Some((source, antecedent)) =
            self.subject_of(&group, Act::Finite).or_else(|| self.shared_subject(group.start).map(|s| (s, None)))
        else {
            return false;
        };
        let end = self.sentence_end();
        let cue_end = self.withheld(at, response).unwrap_or(last);
        let whole = if source.end <= group.start { source.start } else { group.start };
        let first = if cue_end < last { cue_end } else { whole };
        let stop = if cue_end < last { self.object_end(first, end) } else { self.content_end(last, end) };
        let content = one(first..stop.max(last));
        let negated = response != Response::Declined;
        self.push(Found {
            content,
            source: Some(self.without_either(source)),
            antecedent,
            cue: Some(group.start..cue_end),
            lemma: "respond",
            negated,
            response: Some(response),
            ..Found::default()
        });
        true
    }

    /// Where the words begin for what is withheld: "declined | to comment", "did not respond to | a request"; `None` where
    /// they are one with the verb ("could not be reached", "had no comment").
    fn withheld(&self, at: usize, response: Response) -> Option<usize> {
        let phrases = self.phrases;
        match response {
            Response::Declined if phrases.class(at, Class::Declining) => Some(at + 1),
            Response::NoReply if phrases.class(at, Class::Answering) && phrases.is(at + 1, "to") => Some(at + 2),
            Response::NoReply if phrases.class(at, Class::Returning) => Some(at + 1),
            _ => None,
        }
    }

    /// "Neither the mayor nor the council" without its first word.
    pub(super) fn without_either(&self, source: Range<usize>) -> Range<usize> {
        let skip = self.phrases.token(source.start).is_any(&["neither", "both", "either"]) && source.len() > 1;
        source.start + usize::from(skip)..source.end
    }

    /// What kind of answer the words around a token are, and where they end.
    pub(super) fn response_words(&self, at: usize) -> Option<(Response, usize)> {
        let phrases = self.phrases;
        if phrases.class(at, Class::Declining) {
            return self.declined(at).map(|end| (Response::Declined, end));
        }
        if phrases.token(at).is_any(&["comment", "elaborate"]) && phrases.act(at) != Act::Infinitive {
            return self.is_withheld(at).then_some((Response::Declined, at + 1));
        }
        let reached = phrases.is(at, "reached") || phrases.token(at).is_any(&["available", "unavailable"]);
        let answering = phrases.class(at, Class::Answering | Class::Returning);
        if !(reached || answering) {
            return None;
        }
        let group = phrases.group(self.range.start, at);
        let negated = self.is_negated(&group) || self.after_neither(at);
        match reached {
            true => self.unreached(at, &group, negated).map(|end| (Response::CouldNotReach, end)),
            false => self.unanswered(at).filter(|_| negated).map(|end| (Response::NoReply, end)),
        }
    }

    /// The first token of a class within a few tokens behind `at`.
    fn near(&self, at: usize, class: Class, reach: usize) -> Option<usize> {
        (at + 1..(at + 1 + reach).min(self.range.end)).find(|&ahead| self.phrases.class(ahead, class))
    }

    /// "declined to comment", "declined comment", "declined an interview": where the words end.
    fn declined(&self, at: usize) -> Option<usize> {
        let to = self.phrases.is(at + 1, "to").then(|| self.near(at, Class::Comment, 3)).flatten();
        let direct = self.phrases.class(at + 1, Class::Declined).then_some(at + 1);
        let request =
            self.phrases.class(at + 1, Class::Determiner).then(|| self.near(at + 1, Class::Declined, 1)).flatten();
        to.or(direct).or(request).map(|last| last + 1)
    }

    /// "would not comment", "had no (immediate) comment".
    fn is_withheld(&self, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| before >= self.range.start);
        let refused = before.is_some_and(|b| self.phrases.token(b).is_any(&["not", "wouldn't", "won't"]));
        refused || self.had_none(at).is_some()
    }

    /// The verb of "had no (immediate) comment".
    fn had_none(&self, at: usize) -> Option<usize> {
        let floor = self.range.start.max(at.saturating_sub(4));
        let no = (floor..at).rev().find(|&b| self.phrases.is(b, "no"))?;
        no.checked_sub(1).filter(|&have| have >= floor && self.phrases.class(have, Class::Have))
    }

    /// "could not be reached", "was not available for comment", "unavailable for comment". Other things than people are
    /// not reached either (a deal, a summit): without "comment" the subject has to be a person.
    fn unreached(&self, at: usize, group: &Range<usize>, negated: bool) -> Option<usize> {
        let asked = self.near(at, Class::Comment, 4).map(|last| last + 1);
        if !self.phrases.is(at, "reached") {
            return asked.filter(|_| negated || self.phrases.is(at, "unavailable"));
        }
        let could = group.clone().any(|b| self.phrases.token(b).is_any(&["could", "couldn't"]));
        let person = Class::People | Class::Title;
        let someone = group.start > self.range.start && {
            let last = group.start - 1;
            self.phrases.token(last).capital
                || self.phrases.class(last, person)
                || self.phrases.token(last).is_any(&["he", "she", "they"])
        };
        (negated && could).then_some(())?;
        asked.or(someone.then_some(at + 1))
    }

    /// "respond", "reply to requests", "return calls": where the words end.
    fn unanswered(&self, at: usize) -> Option<usize> {
        if self.phrases.class(at, Class::Returning) {
            return self.near(at, Class::Contact, 6).map(|last| last + 1);
        }
        let to =
            self.phrases.is(at + 1, "to").then(|| self.near(at + 1, Class::Contact, 6)).flatten().map(|last| last + 1);
        let bare = at + 1 >= self.sentence_end()
            || self.phrases.class(at + 1, Class::Time)
            || self.phrases.token(at + 1).is_any(&[",", "by", "before", "when", "immediately"]);
        to.or(bare.then_some(at + 1))
    }

    /// Whether "neither" or "nor" stands before a token in its sentence.
    pub(super) fn after_neither(&self, at: usize) -> bool {
        (self.range.start..at)
            .rev()
            .take(30)
            .take_while(|&b| !self.phrases.is(b, ";"))
            .any(|b| self.phrases.is(b, "neither") || self.phrases.is(b, "nor"))
    }
}
