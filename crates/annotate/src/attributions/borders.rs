//! Where a content ends: clauses before the main clause, a second cue or an aside; objects before adjuncts.

use super::contents::LONGEST_CLAUSE;
use super::cues::Finder;
use super::lexicon::{Class, ENGLISH, Frame, Verb};
use super::phrases::Act;

impl Finder<'_> {
    /// Where the prepositions and particles end that a verb takes ("called for", "lashed out at"): `after` where it
    /// has none.
    pub(super) fn particles(&self, after: usize, verb: Verb) -> usize {
        let Some(listed) = ENGLISH.complements("verb", verb.lemma) else { return after };
        let phrases = self.phrases;
        let limit = (after + 3).min(self.sentence_end());
        let taken = (after..limit).take_while(|&at| {
            let infinitive = phrases.is(at, "to") && phrases.act(at + 1) == Act::Infinitive;
            let adjunct = infinitive || self.is_date(at + 1);
            !adjunct && listed.iter().any(|word| phrases.is(at, word))
        });
        after + taken.count()
    }

    /// Where content that begins at `start` ends.
    pub(super) fn content_end(&self, start: usize, end: usize) -> usize {
        let limit = end.min(start + LONGEST_CLAUSE);
        let limit = self.main_clause(start, limit).unwrap_or(limit);
        let mut at = start;
        while at < limit {
            if let Some(quote) = self.inside[at] {
                at = self.quotes[quote].tokens.end.max(at + 1);
                let closes = self.in_relative && at > start + 2 && self.phrases.is(at - 2, ",");
                if at > limit || closes {
                    return at;
                }
                continue;
            }
            if at > start && self.ends_content(at, start) {
                return at;
            }
            at = self.past_words_quoted(at, limit);
        }
        limit
    }

    /// Behind a few quoted words that begin at `at` ("much, much better"), or behind the token: no content ends in them.
    fn past_words_quoted(&self, at: usize, limit: usize) -> usize {
        if !self.phrases.token(at).is_quote() {
            return at + 1;
        }
        let first = self.quotes.partition_point(|quote| quote.tokens.start < at);
        let end =
            self.quotes.get(first).filter(|quote| quote.tokens.start == at).map_or(at + 1, |quote| quote.tokens.end);
        if end > limit || end > at + 12 { at + 1 } else { end }
    }

    /// "…, records show.", "…, they say, …": a source and its cue as an aside.
    fn is_trailing_cue(&self, at: usize) -> bool {
        let phrases = self.phrases;
        let limit = (at + 6).min(self.range.end);
        let verb = (at + 1..limit).find(|&at| phrases.act(at) == Act::Finite);
        verb.is_some_and(|verb| {
            let parenthetical = phrases.verb(verb).is_some_and(|verb| verb.frames.any(Frame::Parenthetical));
            parenthetical && (verb + 1 >= self.sentence_end() || phrases.is(verb + 1, ","))
        })
    }

    /// The comma before the main clause, where the cue stands in a subordinate clause that opens the sentence: "While he
    /// said it was safe, the council closed it."
    fn main_clause(&self, start: usize, limit: usize) -> Option<usize> {
        let phrases = self.phrases;
        let opener = self.subordinator(start)?;
        let main = |from: usize, to: usize| {
            let comma = |at: &usize| phrases.is(*at, ",") && self.inside[*at].is_none();
            (from..to).filter(comma).find(|&at| self.opens_main(at + 1, limit))
        };
        if main(opener, start).is_some() { None } else { main(start, limit) }
    }

    /// The subordinator that opens the sentence, or the clause before `start` behind a comma ("Last month, when …").
    fn subordinator(&self, start: usize) -> Option<usize> {
        let phrases = self.phrases;
        let range = &self.range;
        let first = range.start + usize::from(phrases.token(range.start).is_any(&["but", "and"]));
        let opening = Class::ClauseOpener | Class::Condition | Class::Contrast;
        let gerund = self.opening_gerund().is_some_and(|gerund| gerund < start);
        let opens = gerund || phrases.class(first, opening) && !phrases.is(first, "but") || phrases.is(first, "as");
        if start <= first || start > first + LONGEST_CLAUSE {
            return None;
        }
        let framed = |at: &usize| phrases.class(*at, Class::ClauseOpener) && !phrases.is(*at, "though");
        let later = (first + 1..start.min(first + 6)).find(|at| framed(at) && phrases.is(at - 1, ","));
        if opens { Some(first) } else { later }
    }

    /// Whether a noun phrase and right behind it a finite verb begin here.
    pub(super) fn opens_main(&self, at: usize, end: usize) -> bool {
        let phrases = self.phrases;
        if phrases.class(at, Class::Conjunction | Class::Subordinator | Class::Preposition) || at >= end {
            return false;
        }
        if phrases.is(at, "there") && phrases.is_finite(at + 1) || phrases.is_contracted(at) {
            return true;
        }
        let subject = phrases.phrase_at(at, end, false);
        subject.is_some_and(|subject| {
            let verb =
                (subject.end..(subject.end + 3).min(self.range.end)).find(|&at| !phrases.class(at, Class::Adverb));
            let relative = subject.clone().any(|at| phrases.class(at, Class::Relative));
            verb.is_some_and(|verb| phrases.is_finite(verb))
                || !relative && subject.clone().any(|at| phrases.is_finite(at))
        })
    }

    pub(super) fn ends_content(&self, at: usize, start: usize) -> bool {
        let phrases = self.phrases;
        if phrases.is(at, ";") {
            return true;
        }
        if phrases.is(at, ",") {
            let next = at + 1;
            if self.in_relative {
                return true;
            }
            let cue = phrases.verb(next).is_some_and(|verb| verb.frames.attributes());
            let contrast =
                phrases.class(next, Class::Contrast) && self.has_finite(&(next + 1..(next + 8).min(self.range.end)));
            return phrases.token(next).is_any(&["according", "compared"])
                || cue && phrases.act(next) == Act::Gerund
                || contrast && !phrases.is(start, "that") && !phrases.class(next + 1, Class::Auxiliary)
                || phrases.is(next, "as") && phrases.is_finite(next + 1)
                || phrases.is(next, "and") && self.joined_cue(next + 1)
                || phrases.is_nominal(next) && (self.joined_cue(next) || self.is_trailing_cue(next))
                || phrases.token(next).is_any(&["which", "who"]) && !phrases.is(start, "that");
        }
        if self.is_dash(at) && !self.hangs(at) && phrases.token(at + 1).is_any(&["and", "but"]) {
            return !(at + 1..(at + 25).min(self.range.end)).any(|b| self.is_dash(b));
        }
        if phrases.is(at, "and") || phrases.is(at, "but") {
            return self.joined_cue(at + 1);
        }
        false
    }

    /// Whether a noun phrase, a quotation or a question begins here.
    pub(super) fn is_object_at(&self, at: usize) -> bool {
        let phrases = self.phrases;
        let nominal = phrases.is_nominal(at) && !phrases.class(at, Class::Time | Class::Adverb);
        let other = phrases.token(at).is_quote()
            || phrases.act(at) == Act::Gerund
            || phrases.class(at, Class::Question | Class::ObjectPronoun);
        at < self.sentence_end() && (nominal || other)
    }

    /// Where an object ends that is no clause: a noun phrase with what belongs to it. Adjuncts ("in an interview", "on
    /// Monday", "after the vote") and coordinated verbs stay outside.
    pub(super) fn object_end(&self, start: usize, end: usize) -> usize {
        let stop = self.content_end(start, end);
        let mut at = start;
        let mut clausal = self.phrases.class(start, Class::Question)
            || self.phrases.is(start, "to")
            || self.phrases.is(start, "that");
        while at < stop {
            if let Some(quote) = self.inside[at] {
                at = self.quotes[quote].tokens.end.max(at + 1);
                continue;
            }
            clausal |= self.phrases.act(at) == Act::Infinitive
                || self.phrases.is(at, "be")
                || at > start
                    && self.phrases.class(at, Class::Relative | Class::Subordinator)
                    && !self.phrases.class(at, Class::Preposition);
            if at > start && self.ends_object(start, at, stop, clausal) {
                return at;
            }
            at = self.past_words_quoted(at, stop);
        }
        stop
    }

    pub(super) fn ends_object(&self, start: usize, at: usize, stop: usize, clausal: bool) -> bool {
        let phrases = self.phrases;
        let during = phrases.is(at, "while") && phrases.act(at + 1) == Act::Gerund && clausal;
        let timed = phrases.is(at, "when") && phrases.token(at - 1).is_any(&["times", "time", "day", "year", "moment"]);
        if phrases.class(at, Class::ClauseOpener) && !during && !timed
            || phrases.is(at, "as") && self.opens_main(at + 1, stop)
        {
            return true;
        }
        if phrases.is(at, ",") {
            let next = at + 1;
            let joined = phrases.token(next).is_any(&["and", "but"]) && self.opens_main(next + 1, stop);
            return joined && phrases.is(start, "to")
                || clausal
                    && (phrases.class(next, Class::Relative | Class::Subordinator | Class::SubjectPronoun)
                        || phrases.act(next) == Act::Gerund
                        || phrases.token(next).is_any(&["but", "with"]))
                || !clausal && !self.lists_on(at, stop);
        }
        if self.is_dash(at) && !self.hangs(at) || phrases.is(at, "--") {
            return true;
        }
        if phrases.is(at, "and") || phrases.is(at, "but") || phrases.is(at, "or") {
            return matches!(phrases.act(at + 1), Act::Finite)
                || phrases.class(at + 1, Class::Adverb | Class::Auxiliary) && phrases.act(at + 2) == Act::Finite
                || !clausal && phrases.class(at + 1, Class::SubjectPronoun) && phrases.is_finite(at + 2)
                || phrases.act(at + 1) == Act::Gerund && phrases.act(start) != Act::Gerund
                || phrases.act(at + 1) == Act::Infinitive;
        }
        let bare = !clausal && self.in_relative && phrases.is_finite(at);
        bare && phrases.is_nominal(at - 1) && !phrases.class(at - 1, Class::SubjectPronoun)
            || !clausal && self.opens_adjunct(at)
    }

    /// "above- and below-ground": a hyphen that its word has.
    fn hangs(&self, at: usize) -> bool {
        at > 0 && self.phrases.is(at, "-") && self.phrases.token(at - 1).span.end == self.phrases.token(at).span.start
    }

    /// Whether a comma goes on with a list: "tax cuts, tariffs and a wall".
    fn lists_on(&self, comma: usize, stop: usize) -> bool {
        let limit = stop.min(comma + 10);
        let item = (comma + 1..limit)
            .take_while(|&at| self.phrases.is_nominal(at) || self.phrases.class(at, Class::Preposition))
            .count();
        let next = comma + 1 + item;
        let piece = (comma + 2..(comma + 5).min(stop)).find(|&at| self.phrases.is(at, ","));
        if piece.is_some_and(|close| {
            (comma + 1..close).all(|at| self.phrases.token(at).capital || self.phrases.is(at, "."))
        }) {
            return true;
        }
        let article = self.phrases.token(comma + 1).is_any(&["who", "a", "an"]);
        item > 0
            && !article
            && next + 1 < stop
            && (self.phrases.token(next).is_any(&["and", "or"]) && self.phrases.is_nominal(next + 1)
                || self.phrases.is(next, ",") && self.lists_on(next, stop.min(next + 12)))
            || self.phrases.token(comma + 1).is_any(&["and", "or"])
                && self.phrases.is_nominal(comma + 2)
                && !self.opens_main(comma + 2, stop)
            || self.phrases.token(comma + 1).is_any(&["which", "including"])
    }

    /// A weekday, a month, a stretch of the calendar.
    fn is_date(&self, at: usize) -> bool {
        let vague = [
            "early", "late", "then", "now", "next", "this", "last", "earlier", "later", "recently", "previous", "may",
            "march",
        ];
        self.phrases.class(at, Class::Time) && self.phrases.token(at).capital && !self.phrases.token(at).is_any(&vague)
    }

    /// Whether a preposition opens an adjunct of the verb rather than a part of the object.
    fn opens_adjunct(&self, at: usize) -> bool {
        let phrases = self.phrases;
        let inside = Class::Determiner | Class::Possessive | Class::Preposition;
        let dated = self.is_date(at) || phrases.is(at, "last") && phrases.class(at + 1, Class::Time);
        if dated && !phrases.class(at - 1, inside) && !phrases.is(at + 1, "'s") {
            return true;
        }
        if !phrases.class(at, Class::Preposition) || phrases.act(at) != Act::Other {
            return false;
        }
        if phrases.is(at, "to") {
            return false;
        }
        if phrases.token(at).is_any(&["during", "amid", "throughout", "despite", "via", "since", "until"]) {
            return true;
        }
        let limit = (at + 6).min(self.range.end);
        let ahead = (at + 1..limit)
            .take_while(|&b| phrases.is_nominal(b))
            .any(|b| phrases.class(b, Class::Setting) && !phrases.is(b, "favor") || self.is_date(b));
        ahead && !phrases.token(at).is_any(&["of", "to", "from", "about", "than", "like", "for", "with"])
    }

    /// "… and said …", "… and officials said …": another attribution begins behind a conjunction.
    pub(super) fn joined_cue(&self, start: usize) -> bool {
        let helping = Class::Adverb | Class::Auxiliary | Class::Negation;
        let helped = (start..(start + 4).min(self.range.end)).find(|&at| !self.phrases.class(at, helping));
        let first = helped.unwrap_or(start);
        if self.phrases.act(first) == Act::Finite
            && self.phrases.verb(first).is_some_and(|verb| verb.frames.attributes())
        {
            return true;
        }
        let limit = (start + 8).min(self.range.end);
        for at in start..limit {
            let Some(verb) = self.phrases.verb(at) else {
                if self.phrases.is_finite(at) && !self.phrases.class(at, Class::Have)
                    || self.phrases.is(at, ",")
                    || self.phrases.token(at).is_quote()
                {
                    return false;
                }
                continue;
            };
            if self.phrases.act(at) == Act::Finite {
                return verb.frames.any(Frame::Say | Frame::Show);
            }
        }
        false
    }
}
