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
        let group = self.phrases.group(self.range.start, at);
        let Some((source, antecedent)) =
            self.subject_of(&group, Act::Finite).or_else(|| self.shared_subject(group.start).map(|s| (s, None)))
        else {
            return false;
        };
        let end = self.sentence_end();
        let first = if source.end <= group.start { source.start } else { group.start };
        let content = one(first..self.content_end(last, end).max(last));
        let negated = response != Response::Declined;
        self.push(Found {
            content,
            source: Some(self.without_either(source)),
            antecedent,
            cue: Some(group.start..last),
            lemma: "respond",
            negated,
            response: Some(response),
            ..Found::default()
        });
        true
    }

    /// "Neither the mayor nor the council" without its first word.
    pub(super) fn without_either(&self, source: Range<usize>) -> Range<usize> {
        let skip = self.phrases.token(source.start).is_any(&["neither", "both", "either"]) && source.len() > 1;
        source.start + usize::from(skip)..source.end
    }

    pub(super) fn response_words(&self, at: usize) -> Option<(Response, usize)> {
        let phrases = self.phrases;
        let token = phrases.token(at);
        let end = self.range.end;
        let near =
            |class: Class, reach: usize| (at + 1..(at + 1 + reach).min(end)).find(|&ahead| phrases.class(ahead, class));
        let negated = (self.range.start.max(at.saturating_sub(5))..at).any(|b| phrases.class(b, Class::Negation))
            || self.after_neither(at);
        if token.is_any(&["declined", "decline", "declines", "declining", "refused", "refuses"]) {
            let to = phrases.is(at + 1, "to").then(|| near(Class::Comment, 3)).flatten();
            let direct = phrases
                .token((at + 1).min(end - 1))
                .is_any(&["comment", "requests", "interview", "interviews", "further"])
                .then_some(at + 1);
            let interview = (at + 3 < end && phrases.is(at + 2, "interview")).then_some(at + 2);
            return to.or(direct).or(interview).map(|last| (Response::Declined, last + 1));
        }
        if token.is_any(&["comment", "elaborate"]) && phrases.act(at) != Act::Infinitive {
            let would_not = at > self.range.start && phrases.token(at - 1).is_any(&["not", "wouldn't"]);
            let had_no = at > self.range.start + 1
                && phrases.is(at - 1, "no")
                && phrases.token(at - 2).is_any(&["had", "has", "have", "immediate"]);
            return (would_not || had_no).then_some((Response::Declined, at + 1));
        }
        if negated && token.is_any(&["respond", "responded", "reply", "replied", "answer", "answered", "responding"]) {
            let to = phrases
                .is(at + 1, "to")
                .then(|| (at + 2..(at + 8).min(end)).find(|&ahead| phrases.class(ahead, Class::Contact)))
                .flatten();
            let bare = at + 1 >= self.sentence_end()
                || phrases.class(at + 1, Class::Time)
                || phrases.token(at + 1).is_any(&[",", "by", "before", "when", "immediately"]);
            return to.map(|to| to + 1).or(bare.then_some(at + 1)).map(|last| (Response::NoReply, last));
        }
        if negated && token.is_any(&["return", "returned"]) {
            return near(Class::Contact, 6).map(|last| (Response::NoReply, last + 1));
        }
        if negated && token.is("reached")
            || negated && token.is("available") && near(Class::Comment, 3).is_some()
            || token.is("unavailable")
        {
            let last = near(Class::Comment, 4).map_or(at + 1, |last| last + 1);
            return Some((Response::CouldNotReach, last));
        }
        None
    }

    pub(super) fn after_neither(&self, at: usize) -> bool {
        (self.range.start..at)
            .rev()
            .take(30)
            .take_while(|&b| !self.phrases.is(b, ";"))
            .any(|b| self.phrases.is(b, "neither") || self.phrases.is(b, "nor"))
    }
}
