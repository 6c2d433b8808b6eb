//! Attributions that the layout shows and no verb: posts and readers' letters signed behind a dash, transcripts,
//! headlines ("Mayor: …", "… — report"), block quotations and lists behind a colon.

use std::collections::BTreeMap;
use std::ops::Range;

use twosource_model::BlockKind;

use super::cues::{Finder, Found};
use super::lexicon::Class;
use super::phrases::Act;
use super::quotes::blocks;

/// Adds what the layout of each block shows.
pub(crate) fn complete(finder: &mut Finder<'_>) {
    let document = finder.phrases.document;
    finder.cued = finder.found.len();
    let blocks = blocks(document);
    let labels = speaker_labels(finder, &blocks);
    for at in 0..blocks.len() {
        let (block, tokens) = blocks[at].clone();
        match document.article.blocks[block].kind {
            BlockKind::Headline => headline(finder, &tokens),
            BlockKind::Quote if !signed(finder, &tokens) => {
                block_quote(finder, at.checked_sub(1).map(|before| &blocks[before]), &tokens)
            }
            kind if kind.is_body() && !signed(finder, &tokens) => {
                transcript(finder, &tokens, &labels);
                list_after(finder, &blocks, at);
            }
            _ => {}
        }
    }
}

fn is_dash(finder: &Finder<'_>, at: usize) -> bool {
    finder.phrases.token(at).is_any(&["—", "–", "―", "-"])
}

/// "The words. — Name (@handle) date", "“The words.” ― Name": whether the block is signed so.
fn signed(finder: &mut Finder<'_>, tokens: &Range<usize>) -> bool {
    let mut start = tokens.start;
    let mut any = false;
    for dash in tokens.clone().skip(2) {
        if !is_dash(finder, dash) || dash + 1 >= tokens.end || dash < start {
            continue;
        }
        let Some(name) = finder.phrases.phrase_at(dash + 1, tokens.end, false) else { continue };
        let name = dash + 1..name.clone().find(|&at| finder.phrases.is(at, "(")).unwrap_or(name.end);
        let post =
            name.end + 1 < tokens.end && finder.phrases.is(name.end, "(") && finder.phrases.is(name.end + 1, "@");
        let letter =
            finder.phrases.token(dash - 1).is_quote() && tokens.end - name.end <= 8 && finder.speech_ends_at(dash);
        let named = !name.is_empty() && finder.phrases.token(name.start).capital;
        if !named || !(post || letter) {
            continue;
        }
        finder.replace(
            start..dash,
            Found { source: Some(name.clone()), cue: Some(dash..dash + 1), lemma: "post", ..Found::default() },
        );
        start = name.end;
        any = true;
    }
    any
}

/// Labels in capitals that begin at least two blocks: the speakers of a transcript.
fn speaker_labels(finder: &Finder<'_>, blocks: &[(usize, Range<usize>)]) -> BTreeMap<String, usize> {
    let mut labels = BTreeMap::new();
    for (_, tokens) in blocks {
        if let Some(label) = label(finder, tokens) {
            *labels.entry(finder.words(&label)).or_default() += 1;
        }
    }
    labels
}

fn label(finder: &Finder<'_>, tokens: &Range<usize>) -> Option<Range<usize>> {
    let start = tokens.start + usize::from(finder.phrases.token(tokens.start).is_quote());
    let colon = (start..tokens.end.min(start + 5)).find(|&at| finder.phrases.is(at, ":"))?;
    let label = start..colon;
    let capitals = |at: usize| finder.words(&(at..at + 1)).chars().all(|c| !c.is_lowercase());
    (!label.is_empty() && colon + 1 < tokens.end && label.clone().all(capitals)).then_some(label)
}

fn transcript(finder: &mut Finder<'_>, tokens: &Range<usize>, labels: &BTreeMap<String, usize>) {
    let Some(label) = label(finder, tokens) else { return };
    if labels.get(&finder.words(&label)).is_none_or(|count| *count < 2) {
        return;
    }
    let colon = label.end;
    finder.replace(
        colon + 1..tokens.end,
        Found { source: Some(label), cue: Some(colon..colon + 1), lemma: "speak", ..Found::default() },
    );
}

/// "Mayor: Bridge to open in May", "Bridge to open in May — report".
fn headline(finder: &mut Finder<'_>, tokens: &Range<usize>) {
    let phrases = finder.phrases;
    let mark = |at: &usize| phrases.is(*at, ":") || is_dash(finder, *at);
    let end = tokens.end - usize::from(phrases.is(tokens.end - 1, "."));
    let first = tokens.clone().take(7).find(|&at| phrases.is(at, ":"));
    let last = (tokens.start..end).rev().take(6).find(mark);
    let front = first.map(|at| (tokens.start..at, at, at + 1..end));
    let back = last.map(|at| (at + 1..end, at, tokens.start..at));
    let found =
        front.into_iter().chain(back).find(|(source, _, content)| content.len() > 2 && names_source(finder, source));
    if let Some((source, mark, content)) = found {
        finder.replace(
            content,
            Found { source: Some(source), cue: Some(mark..mark + 1), lemma: "head", ..Found::default() },
        );
    }
}

/// Whether the words beside a mark in a headline can only be who says it.
fn names_source(finder: &Finder<'_>, source: &Range<usize>) -> bool {
    let Some(last) = source.end.checked_sub(1).filter(|_| !source.is_empty()) else { return false };
    let verb = source.clone().any(|at| finder.phrases.class(at, Class::Auxiliary | Class::Subordinator));
    let kinds = Class::Document | Class::People | Class::OutletNoun;
    !verb && (finder.phrases.class(last, kinds) || finder.is_outlet(source) || finder.speaks_below(source))
}

/// A block quotation belongs to the attribution that introduces it.
fn block_quote(finder: &mut Finder<'_>, before: Option<&(usize, Range<usize>)>, tokens: &Range<usize>) {
    if finder.made_in(tokens).next().is_some() {
        return;
    }
    let Some((_, before)) = before else { return };
    let made = |found: &Found| found.source.is_some() && found.response.is_none();
    let introduced = finder.made_in(before).rev().take(20).find(|&found| made(&finder.found[found]));
    let introduction = finder.introduction(before.end);
    let found = match (introduction, introduced) {
        (Some(found), _) => found,
        (None, Some(at)) => Found { rests_on: None, ..finder.found[at].clone() },
        _ => return,
    };
    finder.replace(tokens.clone(), found);
}

/// A list behind "…, including:" goes on with the content of its introduction.
fn list_after(finder: &mut Finder<'_>, blocks: &[(usize, Range<usize>)], at: usize) {
    let (_, tokens) = &blocks[at];
    let last = tokens.end - 1;
    if !finder.phrases.is(last, ":") {
        return;
    }
    // "“The bridge had faults,” the council wrote in a memo, including:" goes on behind its cue.
    let resumed = last.checked_sub(1).is_some_and(|before| finder.phrases.is(before, "including"));
    let said_here = |found: &Found| resumed && found.cue.as_ref().is_some_and(|cue| cue.end + 15 >= tokens.end);
    let ends_here = |found: &Found| {
        found.content.iter().any(|part| part.end + 4 >= tokens.end && part.end <= tokens.end) || said_here(found)
    };
    let Some(owner) = finder.made_in(tokens).rev().take(20).find(|&found| ends_here(&finder.found[found])) else {
        return;
    };
    let list: Vec<Range<usize>> = blocks[at + 1..]
        .iter()
        .take(30)
        .take_while(|block| is_item(finder, block))
        .map(|(_, item)| item.clone())
        .collect();
    finder.found[owner].content.extend(list);
}

/// An item of a list, also where only its shape says so: a few words without a full stop.
fn is_item(finder: &Finder<'_>, (block, tokens): &(usize, Range<usize>)) -> bool {
    let kind = finder.phrases.document.article.blocks[*block].kind;
    let short = tokens.len() <= 14
        && finder.phrases.token(tokens.end - 1).is_word()
        && !finder.phrases.token(tokens.start).is_quote();
    kind == BlockKind::ListItem || kind == BlockKind::Paragraph && short
}

impl Finder<'_> {
    /// The attributions whose cues were found in a stretch of text.
    pub(super) fn made_in(&self, tokens: &Range<usize>) -> Range<usize> {
        let sentence =
            |at: usize| self.phrases.document.sentence_at(self.phrases.token(at).span.start).unwrap_or_default();
        let (first, last) = (sentence(tokens.start), sentence(tokens.end - 1));
        let cued = &self.found[..self.cued];
        let start = cued.partition_point(|found| found.sentence < first);
        start..cued.partition_point(|found| found.sentence <= last).max(start)
    }

    /// The words of some tokens.
    pub(crate) fn words(&self, tokens: &Range<usize>) -> String {
        let first = self.phrases.token(tokens.start).span;
        let last = self.phrases.token(tokens.end - 1).span;
        self.phrases.document.words(first.cover(last)).to_owned()
    }

    /// Adds an attribution for a stretch of text in place of what was found wholly inside it.
    pub(crate) fn replace(&mut self, content: Range<usize>, found: Found) {
        if content.is_empty() {
            return;
        }
        let sentence =
            self.phrases.document.sentence_at(self.phrases.token(content.start).span.start).unwrap_or_default();
        let index = self.found.len();
        self.found.push(Found { content: vec![], sentence, ..found });
        self.found[index].content.push(content.clone());
        for quote in self.quotes_in(&content) {
            self.owner[quote] = Some(index);
        }
    }

    /// Whether a speech quotation ends right before a token.
    pub(crate) fn speech_ends_at(&self, end: usize) -> bool {
        let first = self.quotes.partition_point(|quote| quote.tokens.end < end);
        self.quotes.get(first).is_some_and(|quote| quote.speech && quote.tokens.end == end)
    }

    /// Whether somebody with the last name in `source` is a source further down.
    pub(crate) fn speaks_below(&self, source: &Range<usize>) -> bool {
        let last = self.phrases.token(source.end - 1);
        last.capital
            && self
                .found
                .iter()
                .take(200)
                .filter_map(|found| found.source.as_ref())
                .filter(|other| other.start > source.end)
                .any(|other| {
                    other.clone().any(|at| self.phrases.token(at).lower == last.lower && self.phrases.token(at).capital)
                })
    }

    /// The name before the colon before `start`, at the start of its sentence or behind a dash: "Jane Fenn: “…”".
    pub(crate) fn named_before(&self, start: usize) -> Option<Found> {
        let colon = start.checked_sub(1).filter(|&colon| self.phrases.is(colon, ":"))?;
        let sentence = self.phrases.document.sentence_at(self.phrases.token(colon).span.start)?;
        let range = self.phrases.document.range(sentence);
        let source = self.phrases.phrase_before(range.start, colon)?;
        let opens = source.start == range.start
            || self.is_dash(source.start - 1)
            || self.phrases.token(source.start - 1).is_any(&["from", ",", "."]);
        let named = self.phrases.token(source.end - 1).capital && source.len() <= 8
            || self.phrases.class(source.end - 1, Class::Document | Class::People);
        (opens && named).then(|| Found {
            source: Some(source),
            cue: Some(colon..colon + 1),
            lemma: "speak",
            sentence,
            ..Found::default()
        })
    }

    /// What introduces a quotation after the colon before `start`: the subject and the verb of that sentence.
    pub(crate) fn introduction(&self, start: usize) -> Option<Found> {
        let colon = start.checked_sub(1).filter(|&colon| self.phrases.is(colon, ":"))?;
        let sentence = self.phrases.document.sentence_at(self.phrases.token(colon).span.start)?;
        let range = self.phrases.document.range(sentence);
        let floor = range.start.max(colon.saturating_sub(60));
        let verb = (floor..colon).find(|&at| self.phrases.act(at) == Act::Finite)?;
        let group = self.phrases.group(range.start, verb);
        let source = self.phrases.phrase_before(range.start, group.start)?;
        Some(Found { source: Some(source), cue: Some(group), lemma: "introduce", sentence, ..Found::default() })
    }
}
