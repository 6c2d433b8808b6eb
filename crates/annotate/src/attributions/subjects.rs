//! Who does what a verb says: the subject before it, behind a relative pronoun, or shared with another verb.

use std::ops::Range;

use super::cues::Finder;
use super::lexicon::Class;
use super::phrases::Act;

/// A subject with the noun phrase a relative pronoun stands for.
pub(super) type Subject = (Range<usize>, Option<Range<usize>>);

/// What a gerund that somebody does beside the main verb stands behind: "after saying", "by calling".
const FRAMES: [&str; 8] = ["after", "before", "while", "when", "by", "since", "in", "despite"];

impl Finder<'_> {
    /// The subject of a verb group, with the noun phrase a relative pronoun stands for.
    pub(super) fn subject_of(&self, group: &Range<usize>, act: Act) -> Option<Subject> {
        let start = self.range.start;
        let before = group.start.checked_sub(1).filter(|&before| before >= start);
        if self.phrases.is_contracted(group.start) {
            return Some((group.start..group.start + 1, None));
        }
        if act == Act::Gerund && !group.clone().any(|at| self.phrases.class(at, Class::Be)) {
            if let Some(subject) = self.framed_subject(group.start) {
                return Some((subject, None));
            }
            let noun =
                before.filter(|&before| self.phrases.is_nominal(before) && !self.phrases.class(before, Class::Time));
            let beside = noun.and_then(|_| self.phrases.phrase_before(start, group.start)).filter(|phrase| {
                let before = phrase.start.checked_sub(1).filter(|&at| at >= start);
                let last = self.phrases.token(phrase.end - 1);
                let several = last.capital || last.lower.ends_with('s') || last.is("percent") || !last.is_word();
                let with = |at: usize| self.phrases.is(at, "with") && several;
                before.is_none_or(|at| with(at) || !self.phrases.class(at, Class::Preposition))
            });
            let issuer = beside.as_ref().and_then(|document| self.issuer(document));
            return issuer.or_else(|| {
                beside
                    .or_else(|| before.and_then(|_| self.main_subject(group.start)))
                    .or_else(|| before.and_then(|_| self.shared_subject(group.start)))
                    .map(|subject| (subject, None))
            });
        }
        let mut before = before?;
        if before > start + 1 && self.is_parenthetical(before - 1) {
            before -= 2;
        }
        if self.phrases.token(before).is_any(&["who", "which", "that"]) && self.phrases.class(before, Class::Relative) {
            let comma = before > start && self.phrases.is(before - 1, ",");
            let end = if comma { before - 1 } else { before };
            return Some((before..before + 1, self.phrases.phrase_before(start, end)));
        }
        if let Some(subject) = self.subject_before(group.start) {
            return Some((subject, None));
        }
        let before = self.before_time(group.start).checked_sub(1).filter(|&at| at >= start).unwrap_or(before);
        let joined = self.phrases.class(before, Class::Conjunction) || self.phrases.is(before, ",");
        (joined && act == Act::Finite)
            .then(|| self.shared_subject(group.start))
            .flatten()
            .map(|subject| (subject, None))
    }

    /// The noun phrase before a verb group: time words between are skipped, appositions belong to it.
    pub(super) fn subject_before(&self, end: usize) -> Option<Range<usize>> {
        let start = self.range.start;
        let mut end = self.before_time(end);
        if end > start + 2 && self.is_parenthetical(end - 2) {
            end -= 2;
        }
        let room = end > start + 3;
        if room && self.phrases.token(end - 1).is_quote() && self.phrases.is(end - 2, ",") {
            return self.appositive_subject(end - 1).map(|subject| subject.start..end);
        }
        if room && self.phrases.is(end - 1, ",") && self.phrases.is(end - 2, ")") {
            return self.phrases.phrase_before(start, end - 1);
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
        let fronted = phrase.len() > 1 && self.phrases.token(phrase.start).is_any(&["what", "which", "whom"]);
        plain.then_some(phrase.start + usize::from(fronted)..phrase.end)
    }

    /// Where the time words before `end` begin: "on Monday (announced)".
    fn before_time(&self, end: usize) -> usize {
        let (start, mut end) = (self.range.start, end);
        while end > start + 1 && self.phrases.class(end - 1, Class::Time) && !self.phrases.is(end - 1, "may") {
            let preposition = self.phrases.class(end - 2, Class::Preposition) && end > start + 2;
            end -= if preposition { 2 } else { 1 };
        }
        end
    }

    /// Whether a gerund stands behind "after" or the like at the beginning of its sentence or behind a comma.
    pub(super) fn is_framed(&self, gerund: usize) -> bool {
        let start = self.range.start;
        let frame = gerund.checked_sub(1).filter(|&at| at >= start && self.phrases.token(at).is_any(&FRAMES));
        frame.is_some_and(|frame| frame == start || self.phrases.is(frame - 1, ","))
    }

    /// "in 2010", "in fact" between a subject and its verb.
    fn is_parenthetical(&self, at: usize) -> bool {
        let phrases = self.phrases;
        let year =
            phrases.token(at + 1).kind == crate::tokens::TokenKind::Number && phrases.token(at + 1).lower.len() == 4;
        phrases.is(at, "in")
            && (year || phrases.token(at + 1).is_any(&["fact", "turn", "part", "effect", "essence", "general"]))
    }

    /// The pronoun that stands for the content before its source: "what he called a joke", "the plan, which she opposes".
    pub(super) fn fronted(&self, source: &Range<usize>) -> Option<usize> {
        let phrases = self.phrases;
        let before = source.start.checked_sub(1).filter(|&before| before >= self.range.start)?;
        let adverbial = before > self.range.start && phrases.class(before - 1, Class::Preposition);
        let pronoun = phrases.token(before).is_any(&["what", "which", "whom", "who"]);
        (pronoun && !adverbial).then_some(before)
    }

    /// A content with the pronoun before its source; "what he says is true" ends before the main verb.
    pub(super) fn with_fronted(
        &self,
        source: &Range<usize>,
        cue_end: usize,
        content: Vec<Range<usize>>,
    ) -> Vec<Range<usize>> {
        let Some(front) = self.fronted(source) else { return content };
        let first = content.first().map_or(cue_end, |part| part.start);
        if first < cue_end {
            return content;
        }
        let main = self.phrases.is(front, "what") && self.phrases.is_finite(first);
        let rest = content.into_iter().filter(|_| !main);
        std::iter::once(front..front + 1).chain(rest).collect()
    }

    pub(crate) fn is_dash(&self, at: usize) -> bool {
        self.phrases.token(at).is_any(&["—", "–", "―", "-"])
    }

    /// "The mayor — a former teacher —" before a verb.
    pub(super) fn dashed_subject(&self, end: usize) -> Option<Range<usize>> {
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
    pub(super) fn appositive_subject(&self, end: usize) -> Option<Range<usize>> {
        let close = end.checked_sub(1).filter(|&close| close > self.range.start && self.phrases.is(close, ","))?;
        let floor = self.range.start.max(close.saturating_sub(50));
        for open in (floor + 1..close).rev().filter(|&at| self.phrases.is(at, ",")).take(4) {
            let segment = open + 1..close;
            if !self.is_apposition(&segment) {
                continue;
            }
            let phrase = self.phrases.phrase_before(self.range.start, open)?;
            if self.is_inside_participial(&phrase) {
                continue;
            }
            let named = self.phrases.token(phrase.start + 1).capital && phrase.len() > 1;
            if phrase.end != open || self.phrases.class(phrase.start, Class::Time) && !named {
                return None;
            }
            return Some(self.with_earlier_pieces(phrase).start..close);
        }
        None
    }

    /// "Fenn, speaking at a rally in Nova, Ohio, said": whether a noun phrase hangs on a gerund behind a comma.
    fn is_inside_participial(&self, phrase: &Range<usize>) -> bool {
        let floor = self.range.start.max(phrase.start.saturating_sub(12));
        let comma = (floor..phrase.start).rev().find(|&at| self.phrases.is(at, ","));
        let gerund = |at: usize| {
            let token = self.phrases.token(at);
            token.lower.len() > 4 && token.lower.ends_with("ing") && !self.phrases.is_nominal(at)
                || self.phrases.act(at) == Act::Gerund
                || token.is_any(&["facing", "speaking", "appearing", "standing"])
        };
        comma.is_some_and(|comma| gerund(comma + 1) && (comma + 1..phrase.start).all(|at| !self.phrases.is_finite(at)))
    }

    /// "Rep. X, D-Ohio, an oversight panel member", "Ann Other, 59, of Springfield, who": short pieces between commas
    /// belong to the name before them.
    pub(super) fn with_earlier_pieces(&self, phrase: Range<usize>) -> Range<usize> {
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
    pub(super) fn piece_before(&self, start: usize, end: usize) -> Option<usize> {
        let floor = self.range.start.max(start.saturating_sub(3));
        let comma = (floor..=start.checked_sub(1)?).rev().find(|&at| self.phrases.is(at, ","))?;
        let first = self.phrases.token(comma + 1);
        let party = first.capital && ["r-", "d-", "i-"].iter().any(|prefix| first.lower.starts_with(prefix));
        let number = first.kind == crate::tokens::TokenKind::Number;
        let state = self.phrases.is(end - 1, ".") && !self.phrases.class(end - 2, Class::Suffix);
        let place = self.phrases.class(comma + 1, Class::Preposition) || state;
        (party || number || place).then_some(comma)
    }

    pub(super) fn is_apposition(&self, segment: &Range<usize>) -> bool {
        let Some(first) = segment.clone().next() else { return false };
        if self.phrases.token(first).is_any(&["who", "whose", "which", "whom"]) {
            return true;
        }
        if self.phrases.class(first, Class::Conjunction | Class::SubjectPronoun) || self.phrases.token(first).is_quote()
        {
            return false;
        }
        let manner = self.phrases.class(first, Class::Adverb) && segment.len() <= 3;
        let relative = self.has_relative(segment) || manner;
        let finite = segment
            .clone()
            .filter(|&at| self.phrases.act(at) == Act::Finite || self.phrases.class(at, Class::Auxiliary))
            .count();
        let determined = self.phrases.class(first, Class::Determiner | Class::Possessive);
        let auxiliary = segment.clone().any(|at| self.phrases.class(at, Class::Auxiliary));
        let participle = self.phrases.token(first).lower.ends_with("ed")
            && self.phrases.class(first + 1, Class::Preposition)
            && finite <= 1
            && !auxiliary;
        let adjunct = participle || self.phrases.class(first, Class::Preposition) && finite == 1 && !auxiliary;
        (finite == 0 || relative || adjunct || finite == 1 && determined && !auxiliary)
            && !(self.phrases.class(first, Class::Time) && segment.len() < 3)
    }

    /// "tried to persuade", "is likely to oppose", "went on to criticise": the words before an infinitive belong to its
    /// cue. Where the cue begins, and its subject.
    pub(super) fn chain(&self, infinitive: usize) -> Option<(usize, Subject)> {
        let phrases = self.phrases;
        let start = self.range.start;
        let to = (start.max(infinitive.saturating_sub(4))..infinitive).rev().find(|&b| phrases.is(b, "to"))?;
        let before = to.checked_sub(1).filter(|&b| b >= start)?;
        let verbal = |b: usize| matches!(phrases.act(b), Act::Finite | Act::Gerund) || phrases.class(b, Class::Be);
        let closed = Class::Determiner | Class::ObjectPronoun | Class::SubjectPronoun;
        let joined = |b: usize| {
            phrases.class(b, Class::Adverb | Class::Preposition)
                || phrases.is_nominal(b) && !phrases.class(b, closed) && !phrases.token(b).capital
        };
        let floor = start.max(to.saturating_sub(3));
        let verb = (floor..=before).rev().find(|&b| verbal(b) || !joined(b)).filter(|&b| verbal(b))?;
        let predicate = verb == before || phrases.class(verb, Class::Be) || phrases.class(before, Class::Preposition);
        let group = phrases.group(start, verb);
        let act = if phrases.act(verb) == Act::Gerund { Act::Gerund } else { Act::Finite };
        let subject = predicate.then(|| self.subject_of(&group, act)).flatten()?;
        Some((group.start, subject))
    }

    /// "The groups supporting the plan": a gerund that only tells which groups are meant.
    pub(super) fn is_attribute(&self, group: &Range<usize>) -> bool {
        let start = self.range.start;
        let beside = group.start > start && self.phrases.is_nominal(group.start - 1);
        let phrase = self.phrases.phrase_before(start, group.start).filter(|_| beside);
        phrase.is_some_and(|phrase| {
            let with = phrase.start > start && self.phrases.is(phrase.start - 1, "with");
            !with && self.issuer(&phrase).is_none()
        })
    }

    /// "responded by saying", "followed up by asking": the verb that a gerund only tells the words of.
    fn means(&self, gerund: usize) -> Option<usize> {
        let phrases = self.phrases;
        let by = gerund.checked_sub(1).filter(|&at| at > self.range.start && phrases.is(at, "by"))?;
        let back = usize::from(phrases.token(by - 1).is_any(&["up", "back", "out", "off"]));
        let acts = |at: usize| matches!(phrases.act(at), Act::Finite | Act::Participle);
        let verb = (by - 1).checked_sub(back).filter(|&at| at > self.range.start && acts(at))?;
        phrases.class(verb, Class::Introducing).then_some(verb)
    }

    /// Where the cue of a gerund begins: "issued a statement condemning", "kept saying" are one cue.
    pub(super) fn issued_at(&self, group: &Range<usize>) -> usize {
        if let Some(verb) = self.means(group.start) {
            return self.phrases.group(self.range.start, verb).start;
        }
        let verb = group.start.checked_sub(1).filter(|&before| self.phrases.act(before) == Act::Finite);
        if let Some(verb) = verb.filter(|&verb| verb > self.range.start && !self.phrases.class(verb, Class::Be)) {
            return self.phrases.group(self.range.start, verb).start;
        }
        let document = self.phrases.phrase_before(self.range.start, group.start);
        let beside = group.start.checked_sub(1).filter(|&before| self.phrases.is_nominal(before));
        match document.filter(|document| beside.is_some() && self.issuer(document).is_some()) {
            Some(document) => self.phrases.group(self.range.start, document.start - 1).start,
            None => group.start,
        }
    }

    /// "The council issued a statement condemning …": who issued the document that a gerund stands behind.
    pub(super) fn issuer(&self, document: &Range<usize>) -> Option<Subject> {
        let phrases = self.phrases;
        let spent = document.start > self.range.start
            && phrases.verb(document.start - 1).is_some_and(|verb| matches!(verb.lemma, "spend" | "waste"));
        let named = spent || document.clone().any(|at| phrases.class(at, Class::Document | Class::Speech));
        let verb = document
            .start
            .checked_sub(1)
            .filter(|&at| named && at > self.range.start && phrases.act(at) == Act::Finite)?;
        let group = phrases.group(self.range.start, verb);
        self.subject_of(&group, Act::Finite)
    }

    /// "Citing the report, …", "One month after saying …, …", "In addition to calling …, …": the gerund (with its adverbs)
    /// that opens the sentence, where nothing but a preposition and what belongs to it stands before.
    pub(super) fn opening_gerund(&self) -> Option<usize> {
        let phrases = self.phrases;
        let start = self.range.start;
        let limit = (start + 7).min(self.range.end);
        let opens = |at: usize| phrases.act(at) == Act::Gerund;
        let breaks = |at: usize| phrases.is_finite(at) || phrases.is(at, ",") || phrases.token(at).is_quote();
        let gerund = (start..limit).take_while(|&at| opens(at) || !breaks(at)).find(|&at| opens(at))?;
        let first = phrases.group(start, gerund).start;
        let frames = Class::Preposition | Class::Subordinator | Class::Adverb | Class::Conjunction;
        let framed = first
            .checked_sub(1)
            .filter(|&at| at >= start)
            .is_none_or(|at| phrases.class(at, frames) || phrases.token(at).is_any(&["to", "upon", "than", "rather"]));
        framed.then_some(first)
    }

    /// "After saying …, Fenn left", "Fenn, after saying …, left", "Fenn left after saying …": whose the gerund is.
    fn framed_subject(&self, gerund: usize) -> Option<Range<usize>> {
        let phrases = self.phrases;
        let start = self.range.start;
        if let Some(verb) = self.means(gerund) {
            return self.subject_before(phrases.group(start, verb).start.max(start + 1));
        }
        if self.opening_gerund() == Some(gerund) {
            let limit = self.sentence_end().min(gerund + 80);
            let ends = |at: usize| match self.inside[at] {
                Some(quote) => self.quotes[quote].tokens.end == at + 1 && phrases.is(at - 1, ","),
                None => phrases.is(at, ","),
            };
            let comma = (gerund + 1..limit).find(|&at| ends(at) && self.opens_main(at + 1, limit))?;
            let subject = phrases.phrase_at(comma + 1, limit, false)?;
            let adverbs = subject.clone().rev().take_while(|&at| phrases.class(at, Class::Adverb)).count();
            return Some(subject.start..subject.end - adverbs).filter(|subject| !subject.is_empty());
        }
        let frame = gerund.checked_sub(1).filter(|&at| at > start + 1 && phrases.token(at).is_any(&FRAMES))?;
        if phrases.is(frame - 1, ",") {
            let subject = phrases.phrase_before(start, frame - 1)?;
            return (subject.start == start).then_some(subject);
        }
        None
    }

    /// The subject of the main clause before a gerund: "The mayor fined those who had complained, saying …".
    fn main_subject(&self, gerund: usize) -> Option<Range<usize>> {
        let phrases = self.phrases;
        let start = self.range.start;
        if gerund <= start || !phrases.is(gerund - 1, ",") {
            return None;
        }
        let floor = start.max(gerund.saturating_sub(80));
        let opening =
            phrases.class(start, Class::Subordinator | Class::Preposition) || phrases.act(start) == Act::Gerund;
        let first = if opening && floor == start {
            (start + 1..gerund).find(|&at| phrases.is(at, ",") && self.opens_main(at + 1, gerund))? + 1
        } else {
            floor
        };
        let subordinate = Class::Relative | Class::Subordinator;
        let verb = (first..gerund).filter(|&at| self.inside[at].is_none() && phrases.is_finite(at)).find(|&at| {
            at > first
                && !(first..at).any(|b| {
                    self.inside[b].is_none() && phrases.class(b, subordinate) && !phrases.class(b, Class::Preposition)
                })
        })?;
        let cued = self.found.iter().rev().take(20).take_while(|found| found.sentence == self.sentence);
        let own =
            cued.filter(|found| !found.carrier).find(|found| found.cue.as_ref().is_some_and(|cue| cue.contains(&verb)));
        match own {
            Some(found) => found.source.clone(),
            None => self.subject_before(phrases.group(start, verb).start.max(start + 1)),
        }
    }

    /// The subject a gerund or a coordinated verb shares with a verb before it.
    pub(super) fn shared_subject(&self, before: usize) -> Option<Range<usize>> {
        let same = self.found.iter().rev().take(20).take_while(|found| found.sentence == self.sentence);
        let cued = same.clone().find(|found| {
            !found.carrier && found.response.is_none() && found.cue.as_ref().is_some_and(|cue| cue.end <= before)
        });
        if let Some(found) = cued {
            return found.source.clone();
        }
        let floor = self.range.start.max(before.saturating_sub(80));
        let mut subordinate = None;
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
                if !self.is_subordinate(&subject) {
                    return Some(subject);
                }
                subordinate.get_or_insert(subject);
            }
            at = group.start;
        }
        subordinate
    }

    /// "left when he heard it and said": whether the clause of a subject only tells when or why.
    fn is_subordinate(&self, subject: &Range<usize>) -> bool {
        let before = subject.start.checked_sub(1).filter(|&at| at >= self.range.start);
        before.is_some_and(|at| self.phrases.class(at, Class::ClauseOpener | Class::Condition | Class::Circumstance))
    }
}
