//! What a cue attributes: where the content behind it, before it or around it begins and ends.

use std::ops::Range;

use super::cues::{Finder, one};
use super::lexicon::{Class, Frame, Verb};
use super::phrases::Act;

/// A clause is not followed further than this many tokens.
pub(super) const LONGEST_CLAUSE: usize = 300;

/// A cue verb with its surroundings.
pub(super) struct Cue {
    /// The verb.
    pub(super) verb: Verb,
    /// How it stands there.
    pub(super) act: Act,
    /// Its auxiliaries and adverbs with it.
    pub(super) group: Range<usize>,
    /// Its subject.
    pub(super) source: Range<usize>,
    /// Where the content begins if it stands behind: past the hearer, the time and the place.
    pub(super) after: usize,
}

impl Finder<'_> {
    /// Where the content would begin behind a cue: hearer, time, place and manner are skipped.
    pub(super) fn after_cue(&self, start: usize, verb: Verb) -> (usize, Option<Range<usize>>) {
        let mut at = start;
        let mut hearer = None;
        if verb.frames.any(Frame::Tell)
            && at < self.range.end
            && !self.phrases.token(at).is_quote()
            && !self.phrases.class(at, Class::Time)
            && !self.phrases.token(at).is_any(&["that", "how", "what", "why", "whether", "to"])
        {
            let phrase = self.phrases.phrase_at(at, self.sentence_end(), false);
            let told = phrase.filter(|phrase| {
                verb.lemma == "tell"
                    || phrase.end < self.range.end
                        && self.phrases.token(phrase.end).is_any(&["that", "not", "about", "of"])
            });
            if let Some(phrase) = told {
                let phrase = self.hearer_alone(phrase);
                at = phrase.end;
                hearer = Some(phrase);
            }
        }
        (self.skip_adjuncts(at), hearer)
    }

    /// "told the paper Ann Other needed help": the hearer ends where a finite verb would otherwise lack a subject.
    pub(super) fn hearer_alone(&self, phrase: Range<usize>) -> Range<usize> {
        if phrase.end >= self.range.end || !self.phrases.is_finite(phrase.end) {
            return phrase;
        }
        let part = |at: &usize| {
            self.phrases.token(*at).capital || self.phrases.token(*at).is_any(&["the", ".", "com", "org", "net"])
        };
        let name = phrase.clone().take_while(part).count();
        let mut parts = (1..=name.min(6)).rev().map(|length| phrase.start..phrase.start + length);
        parts
            .find(|part| super::sources::is_listed_outlet(self.phrases, part))
            .unwrap_or(phrase.start..phrase.start + 1)
    }

    pub(super) fn skip_adjuncts(&self, start: usize) -> usize {
        let end = self.range.end;
        let mut at = start;
        while at < end {
            let next = self.skip_adjunct(at);
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    pub(super) fn skip_adjunct(&self, at: usize) -> usize {
        let end = self.range.end;
        let phrases = self.phrases;
        if phrases.class(at, Class::Subordinator | Class::Relative) && !phrases.class(at, Class::Preposition)
            || phrases.token(at).is_quote()
        {
            return at;
        }
        let manner = phrases.class(at, Class::Time | Class::Adverb)
            && !phrases.token(at).is_any(&["so", "there", "first", "may", "not"])
            && (!phrases.is(at, "this") || phrases.class(at + 1, Class::Time));
        if manner
            && !(at + 1 < end && phrases.token(at).kind == crate::tokens::TokenKind::Word && phrases.is(at + 1, "'s"))
        {
            let number = at + 1 < end && phrases.token(at + 1).kind == crate::tokens::TokenKind::Number;
            let stop = phrases.is(at + 1, ".") && at + 2 < end;
            let number = number || stop && phrases.token(at + 2).kind == crate::tokens::TokenKind::Number;
            return at + 1 + usize::from(number) + usize::from(stop);
        }
        if phrases.class(at, Class::Preposition) || phrases.token(at).is_any(&["after", "before", "as", "to", "while"])
        {
            return self.skip_prepositional(at);
        }
        if phrases.act(at) == Act::Participle || phrases.class(at, Class::MadePublic) {
            let stop =
                (at + 1..(at + 12).min(end)).find(|&ahead| phrases.token(ahead).is_any(&["that", ",", ":", "."]));
            return stop.unwrap_or(at);
        }
        at
    }

    /// "on Monday", "in an interview with the paper", "at a rally in Springfield, Ohio, (that)".
    pub(super) fn skip_prepositional(&self, at: usize) -> usize {
        let listener = Class::Determiner | Class::Possessive | Class::ObjectPronoun | Class::People;
        let person = self.phrases.class(at + 1, listener) || self.phrases.token(at + 1).capital;
        if self.phrases.is(at, "to") && (self.phrases.act(at + 1) == Act::Infinitive || !person) {
            return at;
        }
        let (end, phrases) = (self.range.end, self.phrases);
        let limit = (at + 14).min(end);
        let finite = |to: usize| (at + 1..to).any(|ahead| phrases.is_finite(ahead));
        let says =
            |to: usize| (at + 1..to).any(|ahead| phrases.is_finite(ahead) && !phrases.class(ahead, Class::AlsoNoun));
        let stops = |ahead: &usize| {
            phrases.token(*ahead).is_any(&["that", ",", ":"])
                || phrases.token(*ahead).is_quote()
                || phrases.is(*ahead, ".") && *ahead + 1 == end
        };
        let that = (at + 1..limit).find(|&ahead| phrases.is(ahead, "that"));
        if let Some(that) =
            that.filter(|&that| !says(that) && (at..that).all(|before| !phrases.token(before).is_quote()))
        {
            return that;
        }
        if self.is_approximate(at) {
            return at;
        }
        let phrase = phrases.phrase_at(at + 1, end, false);
        let stated = |phrase: &Range<usize>| {
            phrases.token(phrase.end).is_any(&["he", "she", "they", "it", "there"]) && phrases.is_finite(phrase.end + 1)
        };
        if let Some(phrase) = phrase.clone().filter(|phrase| phrase.end < end && stated(phrase)) {
            return phrase.end;
        }
        let setting = phrase.filter(|phrase| {
            phrase.clone().any(|word| phrases.class(word, Class::Time | Class::Setting)) || phrases.is(at, "to")
        });
        if let Some(phrase) = setting.filter(|phrase| phrase.end >= end || !phrases.is_finite(phrase.end)) {
            return phrase.end;
        }
        let clause = phrases.token(at).is_any(&["after", "before", "when", "while"]);
        let object = phrases.token(at).is_any(&["for", "of", "about", "against"]);
        let stop = (at + 1..limit).find(stops).filter(|&stop| !object && (!finite(stop) || clause));
        stop.unwrap_or(at)
    }

    /// The content of an active verb: a quotation before it, one behind it, what it stands in as an aside, or the
    /// clause behind it.
    pub(super) fn content(&self, cue: &Cue) -> Vec<Range<usize>> {
        if cue.act != Act::Finite && self.phrases.is(cue.group.end - 1, "asked") {
            return Vec::new();
        }
        let aside = cue.verb.frames.any(Frame::Parenthetical) && cue.act == Act::Finite;
        if aside && self.is_behind_quote(cue) && !self.phrases.is(cue.after, ":") {
            let mut content = self.before_cue(cue.source.start);
            content.extend(self.resumed(cue.after));
            return content;
        }
        if let Some(content) = self.quotation_behind(cue.after) {
            return content;
        }
        if cue.after >= self.sentence_end() || self.phrases.token(cue.after).is_any(&[",", ".", ";", "—", "–", ")"])
        {
            let content = if aside { self.around(cue) } else { Vec::new() };
            return if content.is_empty() { self.late_clause(cue) } else { content };
        }
        let content = self.clause_behind(cue);
        let content = if content.is_empty() { self.late_clause(cue) } else { content };
        if content.is_empty() && aside { self.before_adjunct(cue) } else { content }
    }

    /// "The bridge will be closed, he said during a visit": the clause before a cue with nothing but an adjunct behind.
    fn before_adjunct(&self, cue: &Cue) -> Vec<Range<usize>> {
        let phrases = self.phrases;
        let start = cue.source.start;
        let adjunct = Class::Preposition | Class::ClauseOpener | Class::Time | Class::Adverb;
        let next = cue.group.end;
        let trailing = start > self.range.start + 3 && phrases.is(start - 1, ",") && cue.source.end <= cue.group.start;
        let fits = trailing
            && cue.verb.frames.any(Frame::Say)
            && (phrases.class(next, adjunct) || phrases.token(next).is_any(&["as", "when", "while"]))
            && self.opens_main(self.range.start, start)
            && self.found.last().is_none_or(|found| found.sentence != self.sentence);
        if fits { self.before_cue(start) } else { Vec::new() }
    }

    /// "said, however, that …", "said on air, where she is a guest, that …": the clause behind an aside.
    fn late_clause(&self, cue: &Cue) -> Vec<Range<usize>> {
        let end = self.sentence_end();
        let phrases = self.phrases;
        let fits = cue.act == Act::Finite && cue.verb.frames.any(Frame::Say | Frame::Tell);
        let aside = phrases.is(cue.after, ",") || phrases.class(cue.after, Class::Preposition);
        let limit = (cue.after + 18).min(end.saturating_sub(1));
        let that = (cue.after + 1..limit)
            .take_while(|&at| !phrases.token(at).is_quote() && !phrases.is(at, ";"))
            .find(|&at| phrases.is(at, ",") && phrases.is(at + 1, "that"))
            .filter(|_| fits && aside)
            .map(|comma| comma + 1);
        that.map_or_else(Vec::new, |that| one(that..self.content_end(that, end)))
    }

    /// "about half", "about 30": a number, and no topic.
    fn is_approximate(&self, at: usize) -> bool {
        let number = ["half", "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        let next = self.phrases.token(at + 1);
        self.phrases.is(at, "about")
            && (next.kind == crate::tokens::TokenKind::Number || next.is_any(&number))
            && self.is_clause(at + 1, self.sentence_end())
    }

    /// Whether a quotation of this sentence ends right before the subject of the cue.
    fn is_behind_quote(&self, cue: &Cue) -> bool {
        let start = cue.source.start;
        start > self.range.start && self.inside[start - 1].is_some() && cue.source.end <= cue.group.start
    }

    /// `said “…”`, `said: “…”`, `said, in part, “…”`.
    fn quotation_behind(&self, after: usize) -> Option<Vec<Range<usize>>> {
        let end = self.sentence_end();
        if let Some(quote) = self.speech_at(after) {
            return Some(self.quoted(quote));
        }
        if after < self.range.end && self.phrases.is(after, ":") {
            return Some(self.after_colon(after));
        }
        let words = self.phrases.is(after, ",") && self.phrases.token(after + 1).is_quote() && after + 2 < end;
        if words && self.speech_at(after + 1).is_none() {
            return Some(one(after + 1..self.content_end(after + 1, end)));
        }
        self.mark_ahead(after).map(|mark| self.after_colon(mark))
    }

    /// `…, X said.` and `…, X said, …`.
    fn around(&self, cue: &Cue) -> Vec<Range<usize>> {
        let start = cue.source.start;
        if let Some(content) = self.behind_as(cue) {
            return content;
        }
        let mut content = self.before_cue(start.min(cue.group.start));
        let opening = start > self.range.start && self.phrases.is(start - 1, ",");
        if (opening || !content.is_empty()) && self.phrases.is(cue.after, ",") {
            content.extend(self.resumed(cue.after));
        }
        let subject = self.range.start..start.saturating_sub(1);
        let first = content.first().map(|part| part.start);
        if opening && subject.len() == 1 && first.is_some_and(|first| first > start && self.phrases.is_finite(first)) {
            content.insert(0, subject);
        }
        content
    }

    /// "As the paper reported, …": the main clause behind.
    fn behind_as(&self, cue: &Cue) -> Option<Vec<Range<usize>>> {
        let first = cue.source.start.checked_sub(1).filter(|&at| at >= self.range.start)?;
        let opens = first == self.range.start
            || first == self.range.start + 1 && self.phrases.class(self.range.start, Class::Conjunction);
        let main = cue.after + 1;
        let fits = opens && self.phrases.is(first, "as") && self.phrases.is(cue.after, ",");
        (fits && main < self.sentence_end()).then(|| one(main..self.content_end(main, self.sentence_end())))
    }

    /// `said (that) …`, `criticised …`.
    fn clause_behind(&self, cue: &Cue) -> Vec<Range<usize>> {
        let (after, end) = (cue.after, self.sentence_end());
        if !self.accepts(cue, end) {
            return self.before_quote(&cue.source, cue.verb);
        }
        let object = cue.verb.frames.any(Frame::Judge) && !self.phrases.class(after, Class::Subordinator);
        let clause = cue.verb.frames.any(Frame::Say) && self.is_clause(after, end) && self.opens_main(after, end);
        let stop = if object && !clause { self.object_end(after, end) } else { self.content_end(after, end) };
        if stop > after { one(after..stop) } else { Vec::new() }
    }

    /// The comma or colon before a quotation, where only a phrase without a verb stands between it and the cue.
    pub(super) fn mark_ahead(&self, after: usize) -> Option<usize> {
        let limit = (after + 12).min(self.range.end);
        let phrase = (after..limit).take_while(|&at| !self.phrases.is_finite(at) && self.inside[at].is_none());
        phrase
            .filter(|&at| self.phrases.is(at, ",") || self.phrases.is(at, ":"))
            .find(|&at| self.speech_at(at + 1).is_some())
    }

    /// "“…,” X said as he left": what follows is no content, the quotation before is.
    pub(super) fn before_quote(&self, source: &Range<usize>, verb: Verb) -> Vec<Range<usize>> {
        let adjacent = source.start > self.range.start
            && self.phrases.token(source.start - 1).is_quote()
            && self.inside[source.start - 1].is_some();
        if adjacent && verb.frames.any(Frame::Parenthetical) { self.before_cue(source.start) } else { Vec::new() }
    }

    /// Whether what begins behind the cue can be the content of its verb.
    fn accepts(&self, cue: &Cue, end: usize) -> bool {
        let (at, verb, frames) = (cue.after, cue.verb, cue.verb.frames);
        let negated = self.is_negated(&cue.group);
        let phrases = self.phrases;
        if phrases.is(at, "that") && at + 1 < end {
            return true;
        }
        if phrases.is(at, "to") {
            return frames.any(Frame::Intend | Frame::Tell);
        }
        if verb.lemma == "say" && (phrases.is(at, "if") && !negated || self.is_approximate(at)) {
            return true;
        }
        let adverbial = phrases.is(at, "if") || phrases.class(at, Class::Preposition);
        if adverbial
            && verb.lemma == "say"
            && (at..end).any(|comma| phrases.is(comma, ",") && self.opens_main(comma + 1, end))
        {
            return true;
        }
        if phrases.class(at, Class::Question) {
            let hypothetical = phrases.class(at, Class::Circumstance);
            return frames.any(Frame::Say | Frame::Tell | Frame::Think | Frame::Show) && (!hypothetical || negated)
                || verb.lemma == "ask";
        }
        if frames.any(Frame::Judge) && !phrases.class(at, Class::Preposition) && !phrases.is_finite(at) {
            return true;
        }
        if phrases.token(at).is_quote() {
            return frames.any(Frame::Say | Frame::Tell);
        }
        if phrases.token(at).is_any(&["about", "for", "on", "against", "of"]) {
            return verb.lemma == "call" && phrases.is(at, "for")
                || matches!(verb.lemma, "warn" | "complain" | "speculate" | "boast") && at + 1 < end;
        }
        let clause = self.is_clause(at, end);
        if verb.frames.any(Frame::Show) && self.by_document {
            return true;
        }
        match verb.lemma {
            "say" | "believe" | "think" | "add" | "argue" | "insist" | "claim" => clause || phrases.is_nominal(at),
            _ => clause && frames.any(Frame::Say | Frame::Think | Frame::Show | Frame::Tell),
        }
    }

    /// Whether a noun phrase and a finite verb follow: a clause without "that".
    pub(super) fn is_clause(&self, at: usize, end: usize) -> bool {
        let limit = end.min(at + 40);
        (at..limit).take_while(|&ahead| !self.phrases.is(ahead, ";")).any(|ahead| self.phrases.is_finite(ahead))
            && (!self.phrases.class(at, Class::Preposition) || self.opens_amount(at))
    }

    /// "at least six", "about 30", "more than half".
    fn opens_amount(&self, at: usize) -> bool {
        let phrases = self.phrases;
        phrases.is(at, "at") && phrases.token(at + 1).is_any(&["least", "most"])
            || phrases.token(at).is_any(&["about", "around", "over"])
                && phrases.token(at + 1).kind == crate::tokens::TokenKind::Number
    }

    pub(super) fn after_colon(&self, mark: usize) -> Vec<Range<usize>> {
        match self.speech_at(mark + 1) {
            Some(quote) => self.quoted(quote),
            None if mark + 1 < self.sentence_end() => one(mark + 1..self.sentence_end()),
            None => Vec::new(),
        }
    }

    /// A quotation, with its continuations in the next blocks.
    pub(crate) fn quoted(&self, quote: usize) -> Vec<Range<usize>> {
        let mut content = vec![self.quotes[quote].tokens.clone()];
        let mut at = quote;
        while self.quotes[at].runs_on && at + 1 < self.quotes.len() && at < quote + 40 {
            at += 1;
            content.push(self.quotes[at].tokens.clone());
        }
        content
    }

    /// What stands before a trailing cue whose source begins (or whose inverted verb stands) at `cue`.
    pub(super) fn before_cue(&self, cue: usize) -> Vec<Range<usize>> {
        let Some(before) = cue.checked_sub(1) else { return Vec::new() };
        if let Some(quote) =
            self.inside[before].filter(|&quote| self.quotes[quote].tokens.end == cue && self.is_here(quote))
        {
            return self.quote_before(quote);
        }
        if cue <= self.range.start + 1
            || !(self.phrases.is(before, ",")
                || self.phrases.is(before, "—")
                || self.phrases.is(before, "-")
                || self.phrases.is(before, "as"))
        {
            return Vec::new();
        }
        let end = if self.phrases.is(before, "as") && before > self.range.start && self.phrases.is(before - 1, ",") {
            before - 1
        } else {
            before
        };
        let mut start = self.range.start.max(end.saturating_sub(LONGEST_CLAUSE));
        if let Some(quote) = self.inside[start] {
            start = start.min(self.quotes[quote].tokens.start);
        }
        let words = (start..end).filter(|&at| self.phrases.token(at).is_word()).count();
        if words < 2 && !self.phrases.token(start).is_quote() { Vec::new() } else { one(start..end) }
    }

    /// Whether a quotation stands in the block of the sentence at hand.
    pub(super) fn is_here(&self, quote: usize) -> bool {
        self.quotes[quote].block == self.phrases.document.sentences[self.sentence].block
    }

    /// A quotation that ends right before the cue, with the words of its sentence before it.
    pub(super) fn quote_before(&self, quote: usize) -> Vec<Range<usize>> {
        let tokens = self.quotes[quote].tokens.clone();
        let first = self.range.start.max(tokens.start.saturating_sub(LONGEST_CLAUSE));
        let dashed = tokens.start > first + 1 && self.is_dash(tokens.start - 1);
        let own = tokens.start <= first || tokens.start >= self.range.end || dashed;
        let capital = self.phrases.token(tokens.start + 1).capital;
        if own || capital && (first..tokens.start).any(|at| self.taken(at)) {
            let mut from = quote;
            while from > 0 && self.quotes[from - 1].runs_on && quote - from < 40 {
                from -= 1;
            }
            return self.quotes[from..=quote].iter().map(|quote| quote.tokens.clone()).collect();
        }
        one(first..tokens.end)
    }

    pub(super) fn taken(&self, at: usize) -> bool {
        let same = self.found.iter().rev().take(20).take_while(|found| found.sentence == self.sentence);
        same.into_iter().any(|found| found.cue.as_ref().is_some_and(|cue| cue.contains(&at)))
    }

    /// What goes on after an interrupting cue: "…, X said, …".
    pub(super) fn resumed(&self, comma: usize) -> Vec<Range<usize>> {
        let end = self.sentence_end();
        if comma + 1 >= self.range.end
            || !(self.phrases.is(comma, ",") || self.phrases.is(comma, ":") || self.phrases.token(comma).is_quote())
        {
            return Vec::new();
        }
        let first = if self.phrases.token(comma).is_quote() { comma } else { comma + 1 };
        if let Some(quote) = self.speech_at(first) {
            return self.quoted(quote);
        }
        let quoted =
            self.phrases.class(first, Class::Conjunction) && self.phrases.token((first + 1).min(end)).is_quote();
        let attributing = self.phrases.verb(first).is_some_and(|verb| verb.frames.attributes());
        let gerund = self.phrases.act(first) == Act::Gerund && (attributing || !self.is_clause(first + 1, end));
        let adverb = self.phrases.class(first, Class::Adverb) && self.phrases.act(first + 1) == Act::Gerund;
        let goes_on =
            self.phrases.is(first, "and") && (self.phrases.is_finite(first + 1) || self.opens_main(first + 1, end));
        let other = gerund
            || adverb
            || self.phrases.class(first, Class::Negation) && !self.phrases.is_finite(first)
            || self.phrases.class(first, Class::Relative | Class::Conjunction)
                && !goes_on
                && !quoted
                && !self.phrases.is(first, "that")
            || self.phrases.token(first).is_any(&[
                "according",
                "as",
                "when",
                "while",
                "after",
                "before",
                "though",
                "although",
            ])
            || self.phrases.class(first, Class::Determiner) && !self.is_clause(first, end);
        let adjunct = self.phrases.class(first, Class::Preposition) && self.skip_adjuncts(first) >= end;
        let stop = self.content_end(first, end);
        if other || adjunct || stop <= first + 2 { Vec::new() } else { one(first..stop) }
    }
}
