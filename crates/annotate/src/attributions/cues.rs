//! From cues to attributions, sentence by sentence: the cue finds its source, then its content.
//!
//! Every finder looks at one pattern of words ("X said that …", "…, according to X", "X's claim that …") and returns
//! what it finds in tokens; what the sentence alone cannot tell (who "he" is, whose an orphan quotation is) comes later.

use std::ops::Range;

use twosource_model::Response;

use super::lexicon::{Class, Frame, Inflection, Verb};
use super::phrases::{Act, Phrases};
use super::quotes::Quote;

/// Participles between a cue and its content: "said in a statement released Monday that".
const RELEASED: &[&str] =
    &["released", "issued", "published", "obtained", "posted", "seen", "sent", "provided", "aired"];

/// A clause is not followed further than this many tokens.
const LONGEST_CLAUSE: usize = 300;

/// Content of one stretch.
fn one(part: Range<usize>) -> Vec<Range<usize>> {
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
}

/// What the finders share.
pub(crate) struct Finder<'p> {
    pub(crate) phrases: &'p Phrases<'p>,
    pub(crate) quotes: &'p [Quote],
    /// For each token the speech quotation it stands in.
    inside: Vec<Option<usize>>,
    /// What was found so far, in the order of the cues.
    pub(crate) found: Vec<Found>,
    /// For each quotation the attribution that has it.
    pub(crate) owner: Vec<Option<usize>>,
    sentence: usize,
    range: Range<usize>,
    /// Whether the source at hand is a document.
    by_document: bool,
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
            sentence: 0,
            range: 0..0,
            by_document: false,
        }
    }

    /// Finds the attributions of one sentence.
    pub(crate) fn sentence(&mut self, sentence: usize) {
        self.sentence = sentence;
        self.range = self.phrases.document.range(sentence);
        let mut at = self.range.start;
        while at < self.range.end {
            if self.inside[at].is_none() {
                self.cue_at(at);
            }
            at += 1;
        }
    }

    fn cue_at(&mut self, at: usize) {
        if self.phrases.is(at, "according") && self.phrases.is(at + 1, "to") {
            return self.according(at);
        }
        if self.response(at) {
            return;
        }
        if self.phrases.token(at).is_any(&["reportedly", "allegedly", "purportedly", "supposedly"]) {
            return self.reportedly(at);
        }
        match (self.phrases.verb(at), self.phrases.act(at)) {
            (Some(verb), Act::Finite | Act::Gerund | Act::Participle) if verb.frames.attributes() => {
                self.verb(at, verb)
            }
            (_, Act::Other) if self.phrases.class(at, Class::Speech) => self.noun(at),
            _ => {}
        }
    }

    /// The last token of the sentence that is not its final punctuation, exclusive.
    fn sentence_end(&self) -> usize {
        let mut end = self.range.end;
        while end > self.range.start && self.phrases.token(end - 1).is_any(&[".", "!", "?", ")", "…"]) {
            end -= 1;
        }
        end
    }

    fn push(&mut self, mut found: Found) -> usize {
        found.sentence = self.sentence;
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
    fn give(&mut self, quote: usize, index: usize, whole: bool) {
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

    fn speech_at(&self, at: usize) -> Option<usize> {
        self.inside.get(at).copied().flatten().filter(|&quote| self.quotes[quote].tokens.start == at)
    }

    // ---- verbs -------------------------------------------------------------------------------------------------

    fn verb(&mut self, at: usize, verb: Verb) {
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
        let Some((source, antecedent)) = self.subject_of(&group, act) else { return };
        let mut found = Found { antecedent, lemma: verb.lemma, negated: self.is_negated(&group), ..Found::default() };
        found.source = Some(source.clone());
        found.cue = Some(group.clone());
        if verb.lemma == "quote" && !self.phrases.is(at + 1, "that") && self.speech_at(at + 1).is_none() {
            return;
        }
        self.by_document = source.clone().any(|at| self.phrases.class(at, Class::Document));
        let (after, hearer) = self.after_cue(at + 1, verb);
        let after = self.equated(after).unwrap_or(after);
        found.content = self.content(&source, &group, after, verb, act);
        if found.content.is_empty() {
            return;
        }
        if act == Act::Finite && matches!(verb.lemma, "deny" | "confirm") {
            found.response = Some(if verb.lemma == "deny" { Response::Denied } else { Response::Confirmed });
        }
        self.push_told(found, hearer);
    }

    /// Adds an attribution, and where it was told to an outlet a second one to the outlet.
    fn push_told(&mut self, found: Found, hearer: Option<Range<usize>>) {
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

    /// "One thing the report points out is the fact that …": the content stands behind "is".
    fn equated(&self, after: usize) -> Option<usize> {
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

    fn is_passive(&self, group: &Range<usize>, verb: Verb) -> bool {
        let form = self.phrases.verb(group.end - 1).map_or(verb.inflection, |verb| verb.inflection);
        let be = group.clone().rev().skip(1).find(|&at| self.phrases.class(at, Class::Auxiliary));
        form.can_be(Inflection::PARTICIPLE)
            && be.is_some_and(|at| self.phrases.class(at, Class::Be) || self.phrases.is(at, "get"))
    }

    fn is_negated(&self, group: &Range<usize>) -> bool {
        group.clone().any(|at| self.phrases.class(at, Class::Negation))
    }

    /// "…," said X. / "…, said X, a Y at Z."
    fn inverted(&mut self, at: usize, group: &Range<usize>, verb: Verb) -> bool {
        let fits = verb.frames.any(Frame::Parenthetical) && group.len() <= 2 && at + 1 < self.range.end && at > 0;
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
        let after = source.end;
        let stop = after >= self.sentence_end()
            || !self.phrases.is_finite(after) && !self.phrases.is_nominal(after) && !self.phrases.is(after, "that")
            || self.phrases.class(after, Class::Time | Class::Adverb);
        let object = !after_quote && self.phrases.class(at + 1, Class::ObjectPronoun);
        let appositive =
            !after_quote && self.appositive_subject(group.start).is_some() && !self.phrases.token(at + 1).capital;
        if !stop || object || appositive || self.has_finite(&source) && !self.has_relative(&source) {
            return false;
        }
        let mut content = self.before_cue(group.start);
        if content.is_empty() {
            return false;
        }
        content.extend(self.resumed(self.skip_adjuncts(after)));
        self.push(Found {
            content,
            source: Some(self.phrases.phrase_at(at + 1, self.sentence_end(), true).unwrap_or(source)),
            cue: Some(group.clone()),
            lemma: verb.lemma,
            ..Found::default()
        });
        true
    }

    fn has_finite(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|at| self.phrases.is_finite(at))
    }

    fn has_relative(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|at| self.phrases.class(at, Class::Relative))
    }

    /// The subject of a verb group, with the noun phrase a relative pronoun stands for.
    fn subject_of(&self, group: &Range<usize>, act: Act) -> Option<(Range<usize>, Option<Range<usize>>)> {
        let start = self.range.start;
        let before = group.start.checked_sub(1).filter(|&before| before >= start);
        if act == Act::Gerund && !group.clone().any(|at| self.phrases.class(at, Class::Be)) {
            let noun =
                before.filter(|&before| self.phrases.is_nominal(before) && !self.phrases.class(before, Class::Time));
            let beside = noun
                .and_then(|_| self.phrases.phrase_before(start, group.start))
                .filter(|phrase| phrase.start == start || !self.phrases.class(phrase.start - 1, Class::Preposition));
            return beside
                .or_else(|| before.and_then(|_| self.shared_subject(group.start)))
                .map(|subject| (subject, None));
        }
        let before = before?;
        if self.phrases.token(before).is_any(&["who", "which", "that"]) && self.phrases.class(before, Class::Relative) {
            let comma = before > start && self.phrases.is(before - 1, ",");
            let end = if comma { before - 1 } else { before };
            return Some((before..before + 1, self.phrases.phrase_before(start, end)));
        }
        if let Some(subject) = self.subject_before(group.start) {
            return Some((subject, None));
        }
        let joined = self.phrases.class(before, Class::Conjunction) || self.phrases.is(before, ",");
        (joined && act == Act::Finite)
            .then(|| self.shared_subject(group.start))
            .flatten()
            .map(|subject| (subject, None))
    }

    /// The noun phrase before a verb group: time words between are skipped, appositions belong to it.
    fn subject_before(&self, end: usize) -> Option<Range<usize>> {
        let mut end = end;
        let start = self.range.start;
        while end > start + 1 && self.phrases.class(end - 1, Class::Time) && !self.phrases.is(end - 1, "may") {
            let preposition = self.phrases.class(end - 2, Class::Preposition) && end > start + 2;
            end -= if preposition { 2 } else { 1 };
        }
        if self.phrases.is(end - 1, ",") {
            return self.appositive_subject(end);
        }
        if self.is_dash(end - 1) {
            return self.dashed_subject(end);
        }
        let phrase = self.phrases.phrase_before(start, end)?;
        let plain = phrase.clone().any(|at| {
            self.phrases.token(at).is_word() || self.phrases.token(at).kind == crate::tokens::TokenKind::Number
        });
        plain.then_some(phrase)
    }

    pub(crate) fn is_dash(&self, at: usize) -> bool {
        self.phrases.token(at).is_any(&["—", "–", "―", "-"])
    }

    /// "The mayor — a former teacher —" before a verb.
    fn dashed_subject(&self, end: usize) -> Option<Range<usize>> {
        let floor = self.range.start.max(end.saturating_sub(40));
        let close = (floor..end).rev().take_while(|&at| self.is_dash(at)).last()?;
        let mut open = (floor..close).rev().find(|&at| self.is_dash(at))?;
        while open > floor && self.is_dash(open - 1) {
            open -= 1;
        }
        let phrase = self.phrases.phrase_before(self.range.start, open)?;
        (phrase.end == open).then_some(phrase.start..close)
    }

    /// "Alan Smith, an attorney for the company," before a verb.
    fn appositive_subject(&self, end: usize) -> Option<Range<usize>> {
        let close = end.checked_sub(1).filter(|&close| close > self.range.start && self.phrases.is(close, ","))?;
        let floor = self.range.start.max(close.saturating_sub(50));
        for open in (floor + 1..close).rev().filter(|&at| self.phrases.is(at, ",")).take(4) {
            let segment = open + 1..close;
            if !self.is_apposition(&segment) {
                continue;
            }
            let phrase = self.phrases.phrase_before(self.range.start, open)?;
            if phrase.end != open || self.phrases.class(phrase.start, Class::Time) {
                return None;
            }
            return Some(self.with_earlier_pieces(phrase).start..close);
        }
        None
    }

    /// "Rep. X, D-Ohio, an oversight panel member", "Ann Other, 59, of Springfield, who": short pieces between commas
    /// belong to the name before them.
    fn with_earlier_pieces(&self, phrase: Range<usize>) -> Range<usize> {
        let mut start = phrase.start;
        for _ in 0..3 {
            let Some(comma) = self.piece_before(start, phrase.end) else { break };
            match self.phrases.phrase_before(self.range.start, comma) {
                Some(name) if name.end == comma => start = name.start,
                _ => break,
            }
        }
        start..phrase.end
    }

    /// The comma before a piece that cannot be a source by itself: a party, an age, a state, "of Springfield".
    fn piece_before(&self, start: usize, end: usize) -> Option<usize> {
        let floor = self.range.start.max(start.saturating_sub(3));
        let comma = (floor..=start.checked_sub(1)?).rev().find(|&at| self.phrases.is(at, ","))?;
        let first = self.phrases.token(comma + 1);
        let party = first.capital && ["r-", "d-", "i-"].iter().any(|prefix| first.lower.starts_with(prefix));
        let number = first.kind == crate::tokens::TokenKind::Number;
        let state =
            self.phrases.is(end - 1, ".") && !self.phrases.token(end - 2).is_any(&["jr", "sr", "inc", "co", "corp"]);
        let place = self.phrases.class(comma + 1, Class::Preposition) || state;
        (party || number || place).then_some(comma)
    }

    fn is_apposition(&self, segment: &Range<usize>) -> bool {
        let Some(first) = segment.clone().next() else { return false };
        if self.phrases.token(first).is_any(&["who", "whose", "which", "whom"]) {
            return true;
        }
        if self.phrases.class(first, Class::Conjunction | Class::SubjectPronoun) || self.phrases.token(first).is_quote()
        {
            return false;
        }
        let relative = self.has_relative(segment);
        let finite = segment
            .clone()
            .filter(|&at| self.phrases.act(at) == Act::Finite || self.phrases.class(at, Class::Auxiliary))
            .count();
        (finite == 0 || relative) && !(self.phrases.class(first, Class::Time) && segment.len() < 3)
    }

    /// The subject a gerund or a coordinated verb shares with a verb before it.
    fn shared_subject(&self, before: usize) -> Option<Range<usize>> {
        let same = self.found.iter().rev().take_while(|found| found.sentence == self.sentence);
        let cued = same.clone().find(|found| {
            !found.carrier && found.response.is_none() && found.cue.as_ref().is_some_and(|cue| cue.end <= before)
        });
        if let Some(found) = cued {
            return found.source.clone();
        }
        let floor = self.range.start.max(before.saturating_sub(80));
        let mut at = before;
        while at > floor {
            at -= 1;
            if self.inside[at].is_some() || !self.phrases.is_finite(at) {
                continue;
            }
            let group = self.phrases.group(self.range.start, at);
            if group.start > self.range.start && self.phrases.class(group.start - 1, Class::Relative) {
                at = group.start;
                continue;
            }
            if let Some(subject) = self.subject_before(group.start.max(self.range.start + 1)) {
                return Some(subject);
            }
            at = group.start;
        }
        None
    }

    // ---- what follows a cue ------------------------------------------------------------------------------------

    /// Where the content would begin behind a cue: hearer, time, place and manner are skipped.
    fn after_cue(&self, start: usize, verb: Verb) -> (usize, Option<Range<usize>>) {
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

    /// "told NJ.com Mark Anderl needed surgery": the hearer ends where a finite verb would otherwise lack a subject.
    fn hearer_alone(&self, phrase: Range<usize>) -> Range<usize> {
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

    fn skip_adjuncts(&self, start: usize) -> usize {
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

    fn skip_adjunct(&self, at: usize) -> usize {
        let end = self.range.end;
        let phrases = self.phrases;
        if phrases.class(at, Class::Subordinator | Class::Relative) && !phrases.class(at, Class::Preposition)
            || phrases.token(at).is_quote()
        {
            return at;
        }
        let manner = phrases.class(at, Class::Time | Class::Adverb)
            && !phrases.token(at).is_any(&["so", "there", "first", "may", "not"]);
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
        if phrases.act(at) == Act::Participle || phrases.token(at).is_any(RELEASED) {
            let stop =
                (at + 1..(at + 12).min(end)).find(|&ahead| phrases.token(ahead).is_any(&["that", ",", ":", "."]));
            return stop.unwrap_or(at);
        }
        at
    }

    /// "on Monday", "in an interview with the paper", "at a rally in Springfield, Ohio, (that)".
    fn skip_prepositional(&self, at: usize) -> usize {
        if self.phrases.is(at, "to") && self.phrases.act(at + 1) == Act::Infinitive {
            return at;
        }
        let (end, phrases) = (self.range.end, self.phrases);
        let limit = (at + 14).min(end);
        let finite = |to: usize| (at + 1..to).any(|ahead| phrases.is_finite(ahead));
        let stops = |ahead: &usize| {
            phrases.token(*ahead).is_any(&["that", ",", ":"])
                || phrases.token(*ahead).is_quote()
                || phrases.is(*ahead, ".") && *ahead + 1 == end
        };
        let that = (at + 1..limit).find(|&ahead| phrases.is(ahead, "that"));
        if let Some(that) =
            that.filter(|&that| !finite(that) && (at..that).all(|before| !phrases.token(before).is_quote()))
        {
            return that;
        }
        let phrase = phrases.phrase_at(at + 1, end, false);
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

    /// The content of an active verb, whose candidates begin at `after`.
    fn content(
        &self,
        source: &Range<usize>,
        group: &Range<usize>,
        after: usize,
        verb: Verb,
        act: Act,
    ) -> Vec<Range<usize>> {
        let end = self.sentence_end();
        let asked_for = self.phrases.token(group.end - 1).is_any(&["asked"]) && act != Act::Finite;
        if asked_for {
            return Vec::new();
        }
        let behind_quote =
            source.start > self.range.start && self.inside[source.start - 1].is_some() && source.end <= group.start;
        if behind_quote && act == Act::Finite && verb.frames.any(Frame::Parenthetical) && !self.phrases.is(after, ":") {
            let mut content = self.before_cue(source.start);
            content.extend(self.resumed(after));
            return content;
        }
        if let Some(quote) = self.speech_at(after) {
            return self.quoted(quote);
        }
        let colon = self.phrases.is(after, ":") || self.phrases.is(after, ",") && self.speech_at(after + 1).is_some();
        if colon && after < self.range.end {
            return self.after_colon(after);
        }
        if let Some(mark) = self.mark_ahead(after) {
            return self.after_colon(mark);
        }
        if after >= end || self.phrases.is(after, ",") || self.phrases.is(after, ".") {
            let parenthetical = verb.frames.any(Frame::Parenthetical) && act == Act::Finite;
            let mut content = if parenthetical { self.before_cue(source.start.min(group.start)) } else { Vec::new() };
            let opening = source.start > self.range.start && self.phrases.is(source.start - 1, ",");
            if parenthetical && (opening || !content.is_empty()) && self.phrases.is(after, ",") {
                content.extend(self.resumed(after));
            }
            return content;
        }
        if !self.accepts(after, verb, end) {
            return self.before_quote(source, verb);
        }
        let object = verb.frames.any(Frame::Judge) && !self.phrases.class(after, Class::Subordinator);
        let clause = verb.frames.any(Frame::Say) && self.is_clause(after, end);
        let stop = if object && !clause { self.object_end(after, end) } else { self.content_end(after, end) };
        if stop > after { one(after..stop) } else { Vec::new() }
    }

    /// The comma or colon before a quotation, where only a phrase without a verb stands between it and the cue.
    fn mark_ahead(&self, after: usize) -> Option<usize> {
        let limit = (after + 12).min(self.range.end);
        let phrase = (after..limit).take_while(|&at| !self.phrases.is_finite(at) && self.inside[at].is_none());
        phrase
            .filter(|&at| self.phrases.is(at, ",") || self.phrases.is(at, ":"))
            .find(|&at| self.speech_at(at + 1).is_some())
    }

    /// "“…,” X said as he left": what follows is no content, the quotation before is.
    fn before_quote(&self, source: &Range<usize>, verb: Verb) -> Vec<Range<usize>> {
        let adjacent = source.start > self.range.start
            && self.phrases.token(source.start - 1).is_quote()
            && self.inside[source.start - 1].is_some();
        if adjacent && verb.frames.any(Frame::Parenthetical) { self.before_cue(source.start) } else { Vec::new() }
    }

    /// Whether what begins at `at` can be the content of the verb.
    fn accepts(&self, at: usize, verb: Verb, end: usize) -> bool {
        let frames = verb.frames;
        let phrases = self.phrases;
        if phrases.is(at, "that") && at + 1 < end {
            return true;
        }
        if phrases.is(at, "to") {
            return frames.any(Frame::Intend | Frame::Tell);
        }
        if phrases.token(at).is_any(&["whether", "how", "what", "why", "who", "if", "when", "where"]) {
            let hypothetical = phrases.token(at).is_any(&["if", "when", "where"]);
            return frames.any(Frame::Say | Frame::Tell | Frame::Think | Frame::Show) && !hypothetical
                || verb.lemma == "ask";
        }
        if frames.any(Frame::Judge) && !phrases.class(at, Class::Preposition) {
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
    fn is_clause(&self, at: usize, end: usize) -> bool {
        let limit = end.min(at + 40);
        (at..limit).take_while(|&ahead| !self.phrases.is(ahead, ";")).any(|ahead| self.phrases.is_finite(ahead))
            && !self.phrases.class(at, Class::Preposition)
    }

    fn after_colon(&self, mark: usize) -> Vec<Range<usize>> {
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
    fn before_cue(&self, cue: usize) -> Vec<Range<usize>> {
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
        let mut start = self.range.start;
        if let Some(quote) = self.inside[start] {
            start = start.min(self.quotes[quote].tokens.start);
        }
        let words = (start..end).filter(|&at| self.phrases.token(at).is_word()).count();
        if words < 2 && !self.phrases.token(start).is_quote() { Vec::new() } else { one(start..end) }
    }

    /// Whether a quotation stands in the block of the sentence at hand.
    fn is_here(&self, quote: usize) -> bool {
        self.quotes[quote].block == self.phrases.document.sentences[self.sentence].block
    }

    /// A quotation that ends right before the cue, with the words of its sentence before it.
    fn quote_before(&self, quote: usize) -> Vec<Range<usize>> {
        let tokens = self.quotes[quote].tokens.clone();
        let first = self.range.start;
        let own = tokens.start <= first || tokens.start >= self.range.end;
        if own || (first..tokens.start).any(|at| self.taken(at)) {
            return vec![tokens];
        }
        one(first..tokens.end)
    }

    fn taken(&self, at: usize) -> bool {
        let same = self.found.iter().rev().take_while(|found| found.sentence == self.sentence);
        same.into_iter().any(|found| found.cue.as_ref().is_some_and(|cue| cue.contains(&at)))
    }

    /// What goes on after an interrupting cue: "…, X said, …".
    fn resumed(&self, comma: usize) -> Vec<Range<usize>> {
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
        let other = gerund
            || self.phrases.class(first, Class::Negation)
            || self.phrases.class(first, Class::Relative | Class::Conjunction)
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
        let stop = self.content_end(first, end);
        if other || stop <= first + 2 { Vec::new() } else { one(first..stop) }
    }

    /// Where content that begins at `start` ends.
    fn content_end(&self, start: usize, end: usize) -> usize {
        let limit = end.min(start + LONGEST_CLAUSE);
        let mut at = start;
        while at < limit {
            if let Some(quote) = self.inside[at] {
                at = self.quotes[quote].tokens.end.max(at + 1);
                if at > limit {
                    return at.min(self.range.end.max(limit));
                }
                continue;
            }
            if at > start && self.ends_content(at, start) {
                return at;
            }
            at += 1;
        }
        limit
    }

    fn ends_content(&self, at: usize, start: usize) -> bool {
        let phrases = self.phrases;
        if phrases.is(at, ";") {
            return true;
        }
        if phrases.is(at, ",") {
            let next = at + 1;
            let cue = phrases.verb(next).is_some_and(|verb| verb.frames.attributes());
            let contrast = phrases.token(next).is_any(&["but", "although", "though", "while", "whereas"]);
            return phrases.is(next, "according")
                || cue && phrases.act(next) == Act::Gerund
                || contrast && !phrases.is(start, "that") && !phrases.class(next + 1, Class::Auxiliary)
                || phrases.is(next, "and") && self.joined_cue(next + 1)
                || phrases.is_nominal(next) && self.joined_cue(next);
        }
        if phrases.is(at, "and") || phrases.is(at, "but") {
            return self.joined_cue(at + 1);
        }
        false
    }

    /// Where an object ends that is no clause: also before a subordinate clause and a coordinated verb.
    fn object_end(&self, start: usize, end: usize) -> usize {
        let stop = self.content_end(start, end);
        let mut at = start;
        while at < stop {
            match self.inside[at] {
                Some(quote) => at = self.quotes[quote].tokens.end.max(at + 1),
                None if at > start && self.ends_object(at) => return at,
                None => at += 1,
            }
        }
        stop
    }

    fn ends_object(&self, at: usize) -> bool {
        let phrases = self.phrases;
        if phrases
            .token(at)
            .is_any(&["because", "when", "after", "before", "while", "although", "though", "so", "until", "unless"])
        {
            return true;
        }
        if phrases.is(at, ",") {
            let next = at + 1;
            return phrases.class(next, Class::Relative | Class::Subordinator | Class::SubjectPronoun)
                || phrases.act(next) == Act::Gerund
                || phrases.token(next).is_any(&["but", "with"]);
        }
        (phrases.is(at, "and") || phrases.is(at, "but"))
            && (phrases.act(at + 1) == Act::Finite
                || phrases.class(at + 1, Class::Adverb | Class::Auxiliary) && phrases.act(at + 2) == Act::Finite)
    }

    /// "… and said …", "… and officials said …": another attribution begins behind a conjunction.
    fn joined_cue(&self, start: usize) -> bool {
        let first = start + usize::from(self.phrases.class(start, Class::Adverb));
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
                let past = verb.inflection.can_be(Inflection::PAST | Inflection::THIRD)
                    && !verb.inflection.can_be(Inflection::BASE);
                return verb.frames.any(Frame::Say) && past;
            }
        }
        false
    }

    // ---- passives ----------------------------------------------------------------------------------------------

    /// "was accused by X of …", "is believed by X to …", "was quoted by Y as saying".
    fn passive(&mut self, at: usize, group: Range<usize>, verb: Verb) {
        if !verb.frames.any(Frame::Say | Frame::Think | Frame::Show | Frame::Judge) {
            return;
        }
        let by = (at + 1..(at + 14).min(self.range.end))
            .take_while(|&ahead| !self.phrases.is(ahead, ",") && !self.phrases.is_finite(ahead))
            .find(|&ahead| self.phrases.is(ahead, "by"));
        let Some(by) = by else { return };
        let Some(source) = self.phrases.phrase_at(by + 1, self.sentence_end(), false) else { return };
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

    /// "…, X was quoted by Y as saying."
    fn quoted_by(&mut self, group: Range<usize>, outlet: Range<usize>, subject: Option<Range<usize>>) {
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

    // ---- other cues --------------------------------------------------------------------------------------------

    /// "according to X": leading, trailing or inside.
    fn according(&mut self, at: usize) {
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
        let joined =
            at > self.range.start + 1 && self.phrases.is(at - 1, ",") && self.phrases.class(at - 2, Class::Conjunction);
        if !leading && !joined {
            let before = if self.phrases.is(at - 1, ",") { at - 1 } else { at };
            let mut start = self.range.start;
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

    fn is_rest_of_clause(&self, at: usize, end: usize) -> bool {
        at < end
            && !self.phrases.class(at, Class::Conjunction | Class::Relative | Class::Subordinator)
            && self.phrases.act(at) != Act::Gerund
            && (self.phrases.is_finite(at) || self.is_clause(at, end))
    }

    /// ", citing X": what the attribution before rests on.
    fn citing(&mut self, at: usize) {
        let Some(source) = self.phrases.phrase_at(at + 1, self.sentence_end(), true) else { return };
        let outer = self
            .found
            .iter()
            .enumerate()
            .rev()
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
    fn reportedly(&mut self, at: usize) {
        let end = self.sentence_end();
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
    fn noun(&mut self, at: usize) {
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
        }
        let clause = self.phrases.is(after, "that");
        let infinitive = self.phrases.is(after, "to") && source.is_some() && self.phrases.act(after + 1) != Act::Other;
        let plural =
            self.phrases.token(at).is_any(&["reports", "allegations", "claims", "accusations", "rumors", "rumours"]);
        if after >= end || !(clause && (source.is_some() || plural) || infinitive) {
            return;
        }
        let stop = self.content_end(after, end);
        self.push(Found {
            content: one(after..stop),
            source,
            cue: Some(at..at + 1),
            lemma: "claim",
            ..Found::default()
        });
    }

    /// "expressed concern that", "made the claim that": the subject of the verb the noun is the object of.
    fn carried(&self, noun: usize) -> Option<Range<usize>> {
        let floor = self.range.start.max(noun.saturating_sub(4));
        let verb = (floor..noun)
            .rev()
            .take_while(|&at| self.phrases.is_nominal(at) || self.phrases.act(at) == Act::Finite)
            .find(|&at| self.phrases.act(at) == Act::Finite && self.phrases.class(at, Class::LightVerb))?;
        let group = self.phrases.group(self.range.start, verb);
        self.subject_of(&group, Act::Finite).map(|(source, antecedent)| antecedent.unwrap_or(source))
    }

    // ---- responses to requests for comment ---------------------------------------------------------------------

    /// "declined to comment", "did not respond", "could not be reached", "had no comment".
    fn response(&mut self, at: usize) -> bool {
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
    fn without_either(&self, source: Range<usize>) -> Range<usize> {
        let skip = self.phrases.token(source.start).is_any(&["neither", "both", "either"]) && source.len() > 1;
        source.start + usize::from(skip)..source.end
    }

    fn response_words(&self, at: usize) -> Option<(Response, usize)> {
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

    fn after_neither(&self, at: usize) -> bool {
        (self.range.start..at)
            .rev()
            .take(30)
            .take_while(|&b| !self.phrases.is(b, ";"))
            .any(|b| self.phrases.is(b, "neither") || self.phrases.is(b, "nor"))
    }
}
