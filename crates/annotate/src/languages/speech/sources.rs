//! The words for who speaks, before a cue and behind it.

use std::ops::Range;

use super::Finder;

/// A source has at most so many words.
const LONGEST: usize = 16;

impl Finder<'_> {
    /// The noun phrase that starts at `at`: up to a sign, a preposition of place or time, a time, or what is said.
    pub(super) fn source_after(&self, at: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let at = at + usize::from(at < range.end && self.token(at).lower.starts_with('-'));
        let mut end = at;
        while end < range.end && end < at + LONGEST && !self.ends_source(end, at) && self.quote_around(end).is_none() {
            end += 1;
            if end == at + 1 && self.has("pronouns", at) {
                break;
            }
        }
        let end = self.with_apposition(at, end, range);
        (end > at && self.is_source(at..end)).then_some(at..end)
    }

    fn ends_source(&self, at: usize, first: usize) -> bool {
        let token = self.token(at);
        let abbreviation = token.is(".") && at > first && self.has("abbreviated", at - 1);
        let sign = !token.is_word() && !token.lower.starts_with('-') && !abbreviation;
        sign || self.timed[at]
            || self.has("source_ends", at)
            || self.has("complements", at)
            || self.has("verbs", at) && !token.capital
    }

    /// An apposition behind a comma: "Anna Berg, Sprecherin der Werke", and the name behind a description: "la maire,
    /// Anna Berg".
    pub(super) fn with_apposition(&self, at: usize, end: usize, range: &Range<usize>) -> usize {
        let comma = end < range.end && self.token(end).is_any(&[",", "،"]) && end > at;
        let first = end + 1;
        if !comma || first + 1 >= range.end {
            return end;
        }
        let is_person = |at: usize| self.has("people", at);
        let described = is_person(first) || self.has("articles", first) && is_person(first + 1);
        let capital = |at: usize| self.token(at).is_word() && self.token(at).capital;
        let named = (at..end).any(is_person) && capital(first) && capital(first + 1);
        if !described && !named {
            return end;
        }
        let mut next = first;
        while next < range.end && next < end + LONGEST && !self.ends_source(next, first) {
            next += 1;
        }
        let closed = next >= range.end || self.token(next).is_any(&[".", ",", ":", "،"]);
        if next > first && (closed || named) { next } else { end }
    }

    /// The noun phrase before a cue: from the last sign or the beginning of the clause.
    pub(super) fn source_before(&self, cue: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let mut end = cue;
        while end > range.start && self.has("negations", end - 1) {
            end -= 1;
        }
        let comma = |at: usize| self.token(at).is_any(&[",", "،"]);
        let closed = end > range.start && comma(end - 1);
        let floor = range.start.max(end.saturating_sub(LONGEST));
        let mut start = end - usize::from(closed);
        while start > floor && self.inside_source(start - 1) {
            start -= 1;
        }
        if closed && start > range.start && comma(start - 1) {
            // "Karl Holm, der Bürgermeister, …": what stands between two commas describes what stands before them.
            start -= 1;
            while start > floor && self.inside_source(start - 1) {
                start -= 1;
            }
        } else if closed {
            return None;
        }
        if start == floor && floor > range.start {
            return None;
        }
        let start = self.without_leading(start, end);
        (start < end && self.is_source(start..end)).then_some(start..end)
    }

    fn inside_source(&self, at: usize) -> bool {
        let token = self.token(at);
        let stop = token.is(".") && at > 0 && self.has("abbreviated", at - 1);
        (token.is_word() || stop || token.lower.starts_with('-'))
            && self.quote_around(at).is_none()
            && !self.has("complements", at)
    }

    /// Conjunctions and times at the start are no part of a source.
    fn without_leading(&self, mut start: usize, end: usize) -> usize {
        while start < end && (self.has("conjunctions", start) || self.timed[start]) {
            start += 1;
        }
        start
    }

    /// Whether a stretch looks like somebody who can speak.
    pub(super) fn is_source(&self, tokens: Range<usize>) -> bool {
        let first = tokens.start;
        let leads = self.has("source_ends", first) || self.has("not_sources", first);
        let known = tokens
            .clone()
            .any(|at| ["people", "bodies", "outlets", "agencies", "documents"].iter().any(|list| self.has(list, at)));
        let pronoun = tokens.len() == 1 && self.has("pronouns", first);
        let capital =
            tokens.clone().any(|at| self.token(at).capital && self.token(at).is_word() && !self.has("articles", at));
        let worded = tokens.clone().any(|at| self.token(at).is_word());
        let verbs = tokens.clone().any(|at| self.has("verbs_finite", at));
        !leads
            && !verbs
            && worded
            && (pronoun || known || capital || self.lexicon.says("no_case") && !self.has("common", first))
    }

    /// German "der Hafenbehörde zufolge": the capitals before `end` with their articles and adjectives.
    pub(super) fn capitals_before(&self, end: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let floor = range.start.max(end.saturating_sub(LONGEST));
        let mut start = end;
        while start > floor {
            let at = start - 1;
            let token = self.token(at);
            let adjective = at > floor && self.has("articles", at - 1) && self.token(at + 1).capital;
            let part = token.capital || self.has("articles", at) || self.has("joiners", at) || adjective;
            if !(token.is_word() && part) {
                break;
            }
            start -= 1;
        }
        while start < end && self.has("joiners", start) && !self.has("articles", start) {
            start += 1;
        }
        (start < end && self.is_source(start..end)).then_some(start..end)
    }

    /// German "laut der örtlichen Polizei in Nova wurde …": articles, adjectives behind them, and capitals, for there
    /// is no sign before the verb.
    pub(super) fn capitals_after(&self, at: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let mut end = at;
        let mut next = at;
        while next < range.end && next < at + LONGEST && !self.timed[next] {
            let token = self.token(next);
            let adjective = next > at
                && self.has("articles", next - 1)
                && token.is_word()
                && next + 1 < range.end
                && self.token(next + 1).capital;
            let stop = token.is(".") && next > at && self.has("abbreviated", next - 1);
            if token.is_word() && token.capital {
                end = next + 1;
            } else if !(self.has("articles", next) || self.has("joiners", next) || adjective || stop) {
                break;
            }
            next += 1;
        }
        (end > at && self.is_source(at..end)).then_some(at..end)
    }
}
