//! Who says what, by the verbs of saying of a language: quotations, and reported speech where a word such as "que",
//! "dass" or "إن" opens it or a phrase such as "laut" and "selon" names the source.
//!
//! A cue without both a source and a content is dropped, and so is a source that does not look like one: the words of
//! the article are rather left to the article than put in the wrong mouth. A quotation that nobody is found to say is
//! given without a source.

mod contents;
mod resolve;
mod sources;

use std::ops::Range;

use twosource_model::{Attribution, Form, Span, Stance, Time};

use super::quotes::quotes;
use crate::attributions::speaks;
use crate::document::Document;
use crate::names::Names;
use crate::names::lists::Lists;
use crate::tokens::Token;

/// The lists of `speech.txt`.
#[derive(Debug)]
pub(crate) struct Lexicon {
    lists: Lists,
    /// Opening and closing marks.
    quotes: Vec<(char, char)>,
    /// "nach Angaben von", in words, the longest first.
    according: Vec<Vec<&'static str>>,
}

impl Lexicon {
    /// Reads a data file that is part of the program.
    pub(crate) fn new(file: &'static str) -> Lexicon {
        let lists = Lists::new(&[file]);
        let pairs = lists.entries_of("quotes").into_iter().filter_map(|entry| {
            let mut marks = entry.chars();
            Some((marks.next()?, marks.next()?))
        });
        let mut quotes: Vec<_> = pairs.collect();
        if quotes.is_empty() {
            quotes = vec![('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];
        }
        let mut according: Vec<Vec<_>> =
            lists.entries_of("according").into_iter().map(|phrase| phrase.split(' ').collect()).collect();
        according.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Lexicon { quotes, according, lists }
    }

    fn has(&self, section: &str, token: &Token) -> bool {
        self.lists.has(section, &token.lower)
    }

    /// A rule of the language that `[written]` names.
    fn says(&self, rule: &str) -> bool {
        self.lists.has("written", rule)
    }
}

/// An attribution in tokens.
#[derive(Clone, Debug, Default)]
struct Found {
    content: Vec<Range<usize>>,
    source: Option<Range<usize>>,
    cue: Option<Range<usize>>,
    negated: bool,
    /// Speech that a dash opens in place of quotation marks.
    dashed: bool,
    /// The sentence of the cue, or of a quotation without one.
    sentence: usize,
}

/// What the search for attributions looks at.
struct Finder<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    quotes: Vec<Range<usize>>,
    /// For each token whether a time covers it.
    timed: Vec<bool>,
    found: Vec<Found>,
}

/// Finds what an article puts in another's mouth, in text order.
pub(super) fn attributions(
    document: &Document<'_>,
    lexicon: &Lexicon,
    names: &Names,
    times: &[Time],
) -> Vec<Attribution> {
    let covered = |token: &Token| {
        let first = times.partition_point(|time| time.span.end <= token.span.start);
        times.get(first).is_some_and(|time| time.span.start < token.span.end)
    };
    let timed = document.tokens.iter().map(covered).collect();
    let quotes = quotes(document, &lexicon.quotes);
    let mut finder = Finder { document, lexicon, quotes, timed, found: Vec::new() };
    for sentence in (0..document.sentences.len()).filter(|&at| speaks(document.block_kind(at))) {
        finder.sentence(sentence);
    }
    finder.go_on();
    let mut found = finder.found;
    found.sort_by_key(|found| found.content[0].start);
    let quotes = finder.quotes;
    let mut resolver = resolve::Resolver::new(document, lexicon, names);
    found.iter().map(|found| attribution(document, &quotes, found, &mut resolver)).collect()
}

fn attribution(
    document: &Document<'_>,
    quotes: &[Range<usize>],
    found: &Found,
    resolver: &mut resolve::Resolver<'_>,
) -> Attribution {
    let span = |tokens: &Range<usize>| -> Span {
        document.tokens[tokens.start].span.cover(document.tokens[tokens.end - 1].span)
    };
    let resolved = resolver.resolve(found);
    Attribution {
        content: found.content.iter().map(span).collect(),
        source: found.source.as_ref().map(span),
        cue: found.cue.as_ref().map(span),
        resolved: resolved.name,
        entity: resolved.entity,
        kind: resolved.kind,
        stance: Stance::Says,
        form: if found.dashed { Form::Direct } else { form(quotes, &found.content) },
        rests_on: None,
        response: None,
        negated: found.negated,
    }
}

/// Direct where every word is quoted, indirect where none is.
fn form(quotes: &[Range<usize>], content: &[Range<usize>]) -> Form {
    let quoted = |part: &Range<usize>| {
        let first = quotes.partition_point(|quote| quote.end <= part.start);
        let inside = quotes[first..].iter().take_while(|quote| quote.start < part.end);
        inside.map(|quote| quote.end.min(part.end) - quote.start.max(part.start)).sum::<usize>()
    };
    let all: usize = content.iter().map(ExactSizeIterator::len).sum();
    match content.iter().map(quoted).sum::<usize>() {
        0 => Form::Indirect,
        inside if inside >= all => Form::Direct,
        _ => Form::Mixed,
    }
}

impl Finder<'_> {
    fn token(&self, at: usize) -> &Token {
        &self.document.tokens[at]
    }

    fn has(&self, section: &str, at: usize) -> bool {
        self.lexicon.has(section, self.token(at))
    }

    /// The quotation that holds a token between its marks.
    fn quote_around(&self, at: usize) -> Option<Range<usize>> {
        let first = self.quotes.partition_point(|quote| quote.end <= at);
        self.quotes.get(first).filter(|quote| quote.start <= at).cloned()
    }

    /// Everything in one sentence, cue by cue; what one cue has taken no other takes.
    fn sentence(&mut self, sentence: usize) {
        let range = self.document.range(sentence);
        let mut at = range.start;
        while at < range.end {
            let hit = self.according(at, &range).or_else(|| self.zufolge(at, &range)).or_else(|| self.verb(at, &range));
            let Some(mut hit) = hit.filter(|hit| !self.is_taken(hit)) else {
                at += 1;
                continue;
            };
            hit.sentence = sentence;
            at = hit.cue.as_ref().map_or(at, |cue| cue.end).max(at + 1);
            self.found.push(hit);
        }
    }

    fn is_taken(&self, hit: &Found) -> bool {
        let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        self.found
            .iter()
            .rev()
            .take(6)
            .any(|other| other.content.iter().any(|part| hit.content.iter().any(|new| overlap(part, new))))
    }

    /// A verb of saying at `at`, with its auxiliary.
    fn verb(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        if !self.has("verbs", at) || self.token(at).capital && at > range.start && self.lexicon.says("nouns") {
            return None;
        }
        let mut start = at;
        while start > range.start && at - start < 4 && self.joins_verb(start - 1) {
            start -= 1;
        }
        // What stands between an auxiliary and its verb belongs to them; nothing else does.
        while start < at && !self.has("auxiliaries", start) && !self.has("negations", start) {
            start += 1;
        }
        let cue = start..at + 1;
        let behind = if self.lexicon.says("negation_behind") { (at + 2).min(range.end) } else { at };
        let negated = (start..behind).any(|near| self.has("negations", near));
        match self.quote_around(at) {
            Some(quote) if quote.start < at => self.inside_quote(quote, cue),
            _ if self.has("as", range.start) => self.as_said(cue, range),
            _ => self.said(cue, range),
        }
        .map(|found| Found { negated, ..found })
    }

    fn joins_verb(&self, at: usize) -> bool {
        ["auxiliaries", "pronouns", "negations"].iter().any(|list| self.has(list, at))
            || self.token(at).lower.starts_with('-')
    }

    /// Quotations that fill a sentence go on with the speaker of the sentence before; others have no source.
    fn go_on(&mut self) {
        for quote in self.quotes.clone() {
            let overlaps = |part: &Range<usize>| part.start < quote.end && quote.start < part.end;
            if self.found.iter().any(|found| found.content.iter().any(overlaps)) {
                continue;
            }
            let Some(sentence) = self.document.sentence_at(self.token(quote.start).span.start) else { continue };
            if !speaks(self.document.block_kind(sentence)) {
                continue;
            }
            let opens = self.document.range(sentence).start == quote.start;
            let same_block = |other: usize| {
                other + 1 == sentence && self.document.sentences[other].block == self.document.sentences[sentence].block
            };
            let speaker =
                self.found.iter().position(|found| opens && found.cue.is_some() && same_block(found.sentence));
            match speaker.filter(|&at| form(&self.quotes, &self.found[at].content) == Form::Direct) {
                Some(at) => self.found[at].content.push(quote),
                None if self.is_speech(&quote) => {
                    self.found.push(Found { content: vec![quote], sentence, ..Found::default() });
                }
                None => {}
            }
        }
    }

    /// Whether a quotation is a stretch of speech rather than a word or a title.
    fn is_speech(&self, quote: &Range<usize>) -> bool {
        let words = quote.clone().filter(|&at| self.token(at).is_word()).count();
        let last = self.token(quote.end.saturating_sub(2).max(quote.start));
        let stop = last.is_any(&[".", "!", "?", "…", "؟", ","])
            || self.document.tokens.get(quote.end).is_some_and(|next| next.is_any(&[",", ".", "،"]));
        words >= 8 || words >= 4 && stop
    }
}
