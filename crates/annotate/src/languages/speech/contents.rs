//! What a cue attributes: the quotation beside it, what "que" or a colon opens, or the clause it interrupts.

use std::ops::Range;

use super::{Finder, Found};
use crate::tokens::TokenKind;

/// Between a cue and what it opens stand at most so many words.
const REACH: usize = 24;

impl Finder<'_> {
    fn is_comma(&self, at: usize) -> bool {
        self.token(at).is_any(&[",", "،"])
    }

    fn is_stop(&self, at: usize) -> bool {
        self.token(at).is_any(&[".", "!", "?", "…", "؟"])
    }

    fn is_dash(&self, at: usize) -> bool {
        self.token(at).is_any(&["—", "–", "―"])
    }

    /// The end of a sentence without its last stop.
    fn without_stop(&self, range: &Range<usize>) -> usize {
        let stop = range.end > range.start && self.is_stop(range.end - 1) && self.quote_around(range.end - 1).is_none();
        range.end - usize::from(stop)
    }

    /// A verb outside quotation marks: the source, then the first content that fits.
    pub(super) fn said(&self, cue: Range<usize>, range: &Range<usize>) -> Option<Found> {
        let made = |content: Vec<Range<usize>>, source: Range<usize>| {
            let content: Vec<_> = content.into_iter().filter(|part| part.start < part.end).collect();
            let found = Found { content, source: Some(source), cue: Some(cue.clone()), ..Found::default() };
            (!found.content.is_empty()).then_some(found)
        };
        let before = self.source_before(cue.start, range);
        let after = self.pronoun_inside(&cue).or_else(|| self.source_after(cue.end, range));
        let spoken = self.spoken_before(cue.start, range);
        let dashed = spoken.is_some();
        if let (Some(said), Some(source)) = (self.quote_before(cue.start, range).or(spoken), after.clone()) {
            let more = self.more_after(source.end.max(cue.end), range, dashed);
            return made([vec![said], more].concat(), source).map(|found| Found { dashed, ..found });
        }
        let first =
            if self.lexicon.says("verb_first") { after.clone().or(before.clone()) } else { before.or(after.clone()) };
        let source = first?;
        let from = if source.start >= cue.end { source.end } else { cue.end };
        if let Some(said) = self.opened(from, range) {
            return made(vec![said], source);
        }
        let source = after?;
        let closed = self.insert_end(source.end.max(cue.end), range)?;
        let more = self.rest_after(closed, range);
        let clause = self.clause_before(cue.start, range, more.len())?;
        made(vec![clause, more], source)
    }

    /// A quotation that ends before the cue, with nothing but signs between them.
    fn quote_before(&self, cue: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let last = self.quotes.partition_point(|quote| quote.end <= cue).checked_sub(1)?;
        let quote = self.quotes[last].clone();
        let near = cue - quote.end <= 2 && quote.end > range.start;
        let signs = |at: usize| !self.token(at).is_word() && !self.token(at).is_any(&[".", ":"]);
        (near && (quote.end..cue).all(signs)).then_some(quote)
    }

    /// Spanish "—No lo sabíamos —dijo": what stands between two dashes.
    fn spoken_before(&self, cue: usize, range: &Range<usize>) -> Option<Range<usize>> {
        if !self.lexicon.says("dashes") || cue < range.start + 3 || !self.is_dash(cue - 1) {
            return None;
        }
        let from = (range.start..cue - 1).rev().take_while(|at| cue - at < 200).find(|&at| self.is_dash(at));
        let opens = from.unwrap_or(range.start);
        let begins = opens == range.start && self.is_dash(opens);
        begins.then_some(opens + 1..cue - 1)
    }

    /// "a-t-il dit": the pronoun between an auxiliary and its verb.
    fn pronoun_inside(&self, cue: &Range<usize>) -> Option<Range<usize>> {
        let inside = |&at: &usize| self.has("pronouns", at) && self.token(at - 1).lower.starts_with('-');
        (cue.start + 1..cue.end).find(inside).map(|at| at..at + 1)
    }

    /// What goes on behind the source: another quotation, or the speech behind a second dash up to a third.
    fn more_after(&self, end: usize, range: &Range<usize>, dashed: bool) -> Vec<Range<usize>> {
        let next = self.quotes.partition_point(|quote| quote.start < end);
        let close = self.quotes.get(next).filter(|quote| {
            quote.start < range.end && quote.start - end <= 3 && (end..quote.start).all(|at| !self.token(at).is_word())
        });
        if let Some(quote) = close {
            return vec![quote.clone()];
        }
        if !dashed || end >= range.end || !self.is_dash(end) {
            return Vec::new();
        }
        let last = self.block_end(range);
        let start = (end + 1..last).find(|&at| self.token(at).is_word()).unwrap_or(last);
        let stop = (start..last).find(|&at| self.is_dash(at)).unwrap_or(last);
        Some(start..stop).filter(|part| part.start < part.end).into_iter().collect()
    }

    /// The end of the block of a sentence, in tokens.
    fn block_end(&self, range: &Range<usize>) -> usize {
        let sentences = &self.document.sentences;
        let Some(first) = self.document.sentence_at(self.token(range.start).span.start) else { return range.end };
        let same = |&at: &usize| sentences[at].block == sentences[first].block;
        (first..sentences.len()).take_while(same).last().map_or(range.end, |at| self.document.range(at).end)
    }

    /// What a colon, a word such as "que" or, in German, a comma before reported speech opens.
    fn opened(&self, from: usize, range: &Range<usize>) -> Option<Range<usize>> {
        let limit = range.end.min(from + REACH);
        let mut at = from;
        while at < limit {
            if self.is_stop(at) && !(at > 0 && self.has("abbreviated", at - 1)) {
                return None;
            }
            if self.token(at).is(":") {
                return self.after_colon(at + 1, range);
            }
            if let Some(quote) = self.quotes.iter().find(|quote| quote.start == at) {
                // "dijo «no» a la pregunta": a word alone is no speech.
                return self.is_speech(quote).then(|| quote.clone());
            }
            if self.has("complements", at) {
                let near = at == from || self.is_near(from, at);
                return near.then(|| at..self.without_stop(range));
            }
            if self.lexicon.says("reported_mood") && self.is_comma(at) && self.is_near(from, at) {
                let rest = at + 1..self.without_stop(range);
                let told = rest.clone().take(REACH).any(|at| self.has("reported_verbs", at));
                if told {
                    return Some(rest).filter(|rest| rest.start < rest.end);
                }
            }
            if self.is_comma(at) && !self.lexicon.says("comma_before_complement") && !self.closes_aside(from, at) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// Whether no other verb of saying stands between.
    fn is_near(&self, from: usize, at: usize) -> bool {
        (from..at).all(|between| !self.has("verbs", between))
    }

    /// A comma is passed where it opens or closes an aside of a few words.
    fn closes_aside(&self, from: usize, at: usize) -> bool {
        at - from <= 14
    }

    fn after_colon(&self, at: usize, range: &Range<usize>) -> Option<Range<usize>> {
        if let Some(quote) = self.quotes.iter().find(|quote| quote.start == at) {
            return Some(quote.clone());
        }
        let rest = at..self.without_stop(range);
        (rest.len() >= 3).then_some(rest)
    }

    /// "Der Hafen bleibt zu, sagte Berg.": the clause before the comma before the cue.
    /// It has some words, before the cue or with the `more` behind it.
    fn clause_before(&self, cue: usize, range: &Range<usize>, more: usize) -> Option<Range<usize>> {
        let comma = cue.checked_sub(1).filter(|&at| at > range.start + 1 && self.is_comma(at))?;
        let said = range.start..comma;
        let words = said.clone().filter(|&at| self.token(at).is_word()).count();
        (words + more >= 3 && !self.has("subordinators", range.start)).then_some(said)
    }

    /// Where an inserted cue ends: at a comma or the end of the sentence, perhaps behind a few words of time and place.
    fn insert_end(&self, at: usize, range: &Range<usize>) -> Option<usize> {
        const WORDS: usize = 9;
        let end = self.without_stop(range);
        let bars = |at: usize| {
            let sign = !self.token(at).is_word() && self.token(at).kind != TokenKind::Number;
            sign || self.has("complements", at) || self.has("verbs", at) && !self.token(at).capital
        };
        let stop = (at..end).find(|&at| self.is_comma(at) || bars(at)).unwrap_or(end);
        let near = stop - at <= WORDS && (stop == at || self.timed[at] || self.has("source_ends", at));
        (near && (stop >= end || self.is_comma(stop))).then_some(stop)
    }

    /// What follows the comma that closes an inserted cue.
    fn rest_after(&self, at: usize, range: &Range<usize>) -> Range<usize> {
        if at < range.end && self.is_comma(at) { at + 1..self.without_stop(range) } else { at..at }
    }

    /// « Nous savions, a dit Anna Berg. Personne … »: the quotation around a cue, less the cue and its source.
    pub(super) fn inside_quote(&self, quote: Range<usize>, cue: Range<usize>) -> Option<Found> {
        let insert = cue.start.checked_sub(1).filter(|&at| at > quote.start && self.is_comma(at))?;
        if !self.lexicon.says("cues_in_quotes") {
            return None;
        }
        let source = self.source_in_quote(cue.end, quote.end - 1)?;
        let more = self.is_comma(source.end) && self.has("source_ends", source.end + 1);
        let from = source.end + usize::from(more);
        let next =
            (from..quote.end).take(9).find(|&at| self.is_comma(at) || self.is_stop(at) || at + 1 == quote.end)?;
        let aside = more || next == source.end || self.timed[source.end] || self.has("source_ends", source.end);
        if !aside || (source.end..next).any(|at| self.has("complements", at)) {
            return None;
        }
        let rest = next + 1..quote.end;
        let mut content: Vec<_> = Some(quote.start..insert).into_iter().collect();
        if rest.clone().any(|at| self.token(at).is_word()) {
            content.push(rest);
        }
        Some(Found { content, source: Some(source), cue: Some(cue), ..Found::default() })
    }

    /// The name, pronoun or noun of a cue inside a quotation.
    fn source_in_quote(&self, at: usize, end: usize) -> Option<Range<usize>> {
        let at = if at < end && self.token(at).lower.starts_with('-') { at + 1 } else { at };
        let mut last = at;
        while last < end && last < at + 12 {
            let token = self.token(last);
            let stop = token.is(".") && last > at && self.has("abbreviated", last - 1);
            if !(token.is_word() || stop)
                || self.timed[last]
                || self.has("source_ends", last)
                || self.has("complements", last)
            {
                break;
            }
            last += 1;
        }
        let last = self.with_apposition(at, last, &(at..end));
        (last > at && self.is_source(at..last)).then_some(at..last)
    }

    /// German "Wie die Polizei mitteilte, …": the source stands between the first word and the verb.
    pub(super) fn as_said(&self, cue: Range<usize>, range: &Range<usize>) -> Option<Found> {
        let comma = (cue.end..range.end.min(cue.end + 10)).find(|&at| self.is_comma(at))?;
        let adverb = |at: &usize| self.timed[*at] || self.has("source_ends", *at);
        let end = (range.start + 1..cue.start).find(adverb).unwrap_or(cue.start);
        let source = range.start + 1..end;
        let content = comma + 1..self.without_stop(range);
        if content.len() < 3 || source.is_empty() || source.len() > 12 || !self.is_source(source.clone()) {
            return None;
        }
        Some(Found { content: vec![content], source: Some(source), cue: Some(cue), ..Found::default() })
    }

    /// "laut Polizei", "selon Anna Berg,", "وفقا للشرطة".
    pub(super) fn according(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        let stands = |words: &&Vec<&str>| {
            at + words.len() < range.end
                && words.iter().zip(&self.document.tokens[at..]).all(|(word, token)| token.is(word))
        };
        let words = self.lexicon.according.iter().find(stands)?.len();
        if self.quote_around(at).is_some() {
            return None;
        }
        let cue = at..at + words;
        let source = if self.lexicon.says("nouns") {
            self.capitals_after(cue.end, range)?
        } else {
            self.source_after(cue.end, range)?
        };
        let end = self.without_stop(range);
        let initial = self.is_initial(at, range);
        let closed = source.end >= end || self.is_comma(source.end) || self.is_dash(source.end);
        if !closed && (initial || at > range.start && self.is_comma(at - 1)) && !self.lexicon.says("nouns") {
            return None;
        }
        let inserted = !initial && self.is_comma(at - 1) && closed;
        if self.has("inserted", at) && !inserted {
            return None;
        }
        let lead = if initial { at..at } else { range.start..at - usize::from(self.is_comma(at - 1)) };
        let more = source.end + usize::from(source.end < end && self.is_comma(source.end));
        let content = [lead, more.min(end)..end];
        let content: Vec<_> =
            content.into_iter().filter(|part| part.clone().any(|at| self.token(at).is_word())).collect();
        let enough = content.iter().map(ExactSizeIterator::len).sum::<usize>() >= 2;
        enough.then(|| Found { content, source: Some(source), cue: Some(cue), ..Found::default() })
    }

    /// Whether only conjunctions and signs stand before.
    fn is_initial(&self, at: usize, range: &Range<usize>) -> bool {
        (range.start..at).all(|before| !self.token(before).is_word() || self.has("conjunctions", before))
    }

    /// German "Angaben der Polizei zufolge": the source stands before the word.
    pub(super) fn zufolge(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        if !self.has("according_after", at) {
            return None;
        }
        let source = self.capitals_before(at, range)?;
        let start = source.start;
        let end = self.without_stop(range);
        let lead = range.start..start.max(range.start);
        let more = (at + 1 + usize::from(at + 1 < end && self.is_comma(at + 1))).min(end)..end;
        let content: Vec<_> =
            [lead, more].into_iter().filter(|part| part.clone().any(|at| self.token(at).is_word())).collect();
        (!content.is_empty()).then(|| Found {
            content,
            source: Some(source),
            cue: Some(at..at + 1),
            ..Found::default()
        })
    }
}
