//! What a single sentence cannot tell: whose a quotation without a cue is, and which attribution rests on which.

use std::ops::Range;

use super::cues::{Finder, Found};
use super::lexicon::{Class, ENGLISH, Frame, Inflection, Verb};
use super::phrases::Phrases;
use super::quotes::Quote;

/// Completes what the cues found and brings it into text order.
pub(crate) fn complete(mut finder: Finder<'_>) -> Vec<Found> {
    super::layout::complete(&mut finder);
    orphans(&mut finder);
    let Finder { mut found, phrases, .. } = finder;
    for attribution in &mut found {
        tidy(attribution);
    }
    let mut found = in_text_order(&found);
    nested(phrases, &mut found);
    without_asides(phrases, &found)
}

/// Sorts by where each attribution is made, its cue, and lets the indices follow.
fn in_text_order(found: &[Found]) -> Vec<Found> {
    let place = |found: &Found| {
        let content = found.content.first().map_or(0, |part| part.start);
        (found.cue.as_ref().map_or(content, |cue| cue.start), content)
    };
    let mut order: Vec<usize> = (0..found.len()).filter(|&at| !found[at].content.is_empty()).collect();
    order.sort_by_key(|&at| (place(&found[at]), at));
    let mut new_index = vec![None; found.len()];
    for (new, &old) in order.iter().enumerate() {
        new_index[old] = Some(new);
    }
    let moved = |old: usize| Found { rests_on: found[old].rests_on.and_then(|on| new_index[on]), ..found[old].clone() };
    order.into_iter().map(moved).collect()
}

/// Quotations nobody was found for go to the speaker beside them: of the same paragraph before, then of the same
/// paragraph behind, then of the paragraph before where that one ended in speech.
fn orphans(finder: &mut Finder<'_>) {
    let quotes = finder.quotes;
    for at in 0..quotes.len() {
        if !quotes[at].speech || finder.owner[at].is_some() || !body(finder, &quotes[at]) {
            continue;
        }
        if let Some(found) = finder.introduction(quotes[at].tokens.start) {
            finder.found.push(Found { content: finder.quoted(at), ..found });
            finder.owner[at] = Some(finder.found.len() - 1);
            continue;
        }
        if let Some(found) = finder.named_before(quotes[at].tokens.start) {
            finder.found.push(Found { content: finder.quoted(at), ..found });
            finder.owner[at] = Some(finder.found.len() - 1);
            continue;
        }
        let before =
            at.checked_sub(1).filter(|&before| near(quotes, before, at)).and_then(|before| finder.owner[before]);
        let owner = before
            .or_else(|| cue_before(finder, &quotes[at]))
            .or_else(|| behind(finder, at))
            .or_else(|| paragraph_before(finder, at));
        if let Some(owner) = owner {
            take(finder, at, owner);
        }
    }
}

fn body(finder: &Finder<'_>, quote: &Quote) -> bool {
    finder.phrases.document.article.blocks[quote.block].kind.is_body() && opens_sentence(finder, quote)
}

/// Whether a quotation is a sentence of its own; a quotation inside a sentence belongs to that sentence.
fn opens_sentence(finder: &Finder<'_>, quote: &Quote) -> bool {
    let document = finder.phrases.document;
    let first = document.tokens[quote.tokens.start].span.start;
    let colon = quote.tokens.start.checked_sub(1).is_some_and(|before| finder.phrases.is(before, ":"));
    colon || document.sentence_at(first).is_some_and(|sentence| document.range(sentence).start == quote.tokens.start)
}

/// Whether a quotation follows another closely enough to go on with it.
fn near(quotes: &[Quote], before: usize, at: usize) -> bool {
    quotes[before].speech && quotes[before].block == quotes[at].block
        || quotes[before].runs_on && quotes[before].block + 1 == quotes[at].block
}

/// The attribution whose cue stands in the sentence before a quotation, in the same paragraph.
fn cue_before(finder: &Finder<'_>, quote: &Quote) -> Option<usize> {
    let document = finder.phrases.document;
    let sentence = document.sentence_at(document.tokens[quote.tokens.start].span.start)?.checked_sub(1)?;
    if document.sentences[sentence].block != quote.block {
        return None;
    }
    let tokens = document.range(sentence);
    let said = |found: &Found| found.response.is_none() && !found.carrier;
    let last = finder.made_in(&tokens).rev().take(20).find(|&found| said(&finder.found[found]))?;
    finder.found[last].source.is_some().then_some(last)
}

/// The owner of the next quotation of the same paragraph.
fn behind(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let quotes = finder.quotes;
    (at + 1..quotes.len().min(at + 4))
        .take_while(|&next| quotes[next].block == quotes[at].block)
        .find_map(|next| finder.owner[next])
}

/// The speaker of the paragraph before, where it ended in a quotation and this paragraph begins with one.
fn paragraph_before(finder: &Finder<'_>, at: usize) -> Option<usize> {
    let quote = &finder.quotes[at];
    let previous = (at.saturating_sub(50)..at)
        .rev()
        .find(|&other| finder.quotes[other].speech && finder.quotes[other].block < quote.block)?;
    (finder.quotes[previous].block + 1 == quote.block).then(|| finder.owner[previous]).flatten()
}

/// Gives a quotation to an attribution: as more of its content beside other speech, as an attribution of its own
/// (with the same source and cue) elsewhere.
fn take(finder: &mut Finder<'_>, at: usize, owner: usize) {
    let content = finder.quoted(at);
    let beside =
        |other: Option<usize>| other.and_then(|other| finder.owner.get(other)).is_some_and(|of| *of == Some(owner));
    let direct = beside(at.checked_sub(1)) || beside(Some(at + 1)) || is_direct(finder, owner);
    if direct {
        finder.owner[at] = Some(owner);
        finder.found[owner].content.extend(content);
        return;
    }
    let source = &finder.found[owner];
    let again = Found { content, rests_on: None, response: None, negated: false, ..source.clone() };
    finder.found.push(again);
    finder.owner[at] = Some(finder.found.len() - 1);
}

/// Whether the last parts of an attribution's content are whole quotations.
fn is_direct(finder: &Finder<'_>, owner: usize) -> bool {
    let whole =
        |part: &Range<usize>| finder.quotes_in(part).first().is_some_and(|&quote| finder.quotes[quote].tokens == *part);
    finder.found[owner].content.iter().rev().take(3).any(whole)
}

/// Sorts the parts of the content, joins what overlaps and drops what is empty.
fn tidy(attribution: &mut Found) {
    attribution.content.retain(|part| part.start < part.end);
    attribution.content.sort_by_key(|part| (part.start, part.end));
    let mut tidy: Vec<Range<usize>> = Vec::with_capacity(attribution.content.len());
    for part in attribution.content.drain(..) {
        match tidy.last_mut() {
            Some(last) if part.start < last.end => last.end = last.end.max(part.end),
            _ => tidy.push(part),
        }
    }
    attribution.content = tidy;
}

/// Whether a source is nothing but a pronoun: within another's words mostly the speaker himself.
fn is_pronoun(phrases: &Phrases<'_>, found: &Found) -> bool {
    found.source.as_ref().is_some_and(|source| source.len() == 1 && phrases.class(source.start, Class::SubjectPronoun))
}

/// An attribution whose content is, but for a few words, another attribution rests on that one.
fn nested(phrases: &Phrases<'_>, found: &mut [Found]) {
    for outer in 0..found.len() {
        if found[outer].rests_on.is_some() || found[outer].response.is_some() {
            continue;
        }
        let inner = (outer.saturating_sub(3)..(outer + 4).min(found.len())).find(|&inner| {
            inner != outer
                && found[inner].response.is_none()
                && (phrases.reports(found[inner].lemma) && !is_thought(&found[inner])
                    || !is_pronoun(phrases, &found[inner]))
                && is_whole_of(&found[outer], &found[inner])
                && !is_wished(phrases, &found[outer], &found[inner])
                && !is_subordinate(phrases, &found[outer], &found[inner])
                && !rests(found, inner, outer)
        });
        found[outer].rests_on = inner;
    }
}

/// Leaves out what a pronoun says or thinks within the content of another attribution ("she said the council, which
/// fears floods, would wait"): it is mostly the speaker's own. What another rests on stays, being a link of its chain.
fn without_asides(phrases: &Phrases<'_>, found: &[Found]) -> Vec<Found> {
    let mut keep = vec![true; found.len()];
    for inner in 0..found.len() {
        let near = inner.saturating_sub(12)..(inner + 13).min(found.len());
        let told = is_plain(phrases, &found[inner]) && !is_pronoun(phrases, &found[inner]);
        keep[inner] = told
            || !near.clone().any(|outer| {
                outer != inner
                    && found[outer].rests_on != Some(inner)
                    && !hangs_on(phrases, &found[outer], &found[inner])
                    && is_aside(&found[outer], &found[inner])
            });
    }
    let kept: Vec<usize> = (0..found.len()).filter(|&at| keep[at]).collect();
    let moved = |old: usize| kept.binary_search(&old).ok();
    kept.iter().map(|&old| Found { rests_on: found[old].rests_on.and_then(moved), ..found[old].clone() }).collect()
}

/// "she thinks": behind "she said" no link of a chain.
fn is_thought(found: &Found) -> bool {
    ENGLISH.word(found.lemma).verb.is_some_and(|verb| verb.frames.any(Frame::Think))
}

/// Whether nothing but a report is meant: a clause behind "that", a quotation, words before their cue, or an answer.
fn is_plain(phrases: &Phrases<'_>, found: &Found) -> bool {
    let Some(first) = found.content.first() else { return false };
    let before = found.cue.as_ref().is_some_and(|cue| first.start < cue.start);
    let answers = found.response.is_some();
    phrases.reports(found.lemma)
        && (before || answers || phrases.is(first.start, "that") || phrases.token(first.start).is_quote())
}

/// Whether the cue of `inner` stands within the content of `outer`.
fn is_aside(outer: &Found, inner: &Found) -> bool {
    let Some(cue) = &inner.cue else { return false };
    let other = outer.cue.as_ref() != Some(cue);
    other && outer.response.is_none() && outer.content.iter().any(|part| part.start <= cue.start && cue.end <= part.end)
}

/// "demanded that the mayor explain": what somebody else is to say, in the subjunctive, is nobody's word yet.
fn is_wished(phrases: &Phrases<'_>, outer: &Found, inner: &Found) -> bool {
    let wishes = |verb: Verb| verb.frames.any(Frame::Want | Frame::Urge) && !verb.frames.any(Frame::Tell);
    let bare = |verb: Verb| verb.inflection.can_be(Inflection::BASE);
    let cue = inner.cue.as_ref().and_then(|cue| phrases.verb(cue.start));
    ENGLISH.word(outer.lemma).verb.is_some_and(wishes) && cue.is_some_and(bare)
}

/// "kept his post even after the mayor learned": the inner stands in a clause that hangs on the outer's own words.
fn is_subordinate(phrases: &Phrases<'_>, outer: &Found, inner: &Found) -> bool {
    let (Some(whole), Some(source)) = (outer.content.first(), &inner.source) else { return false };
    let first = inner.content.first().map_or(source.start, |part| part.start.min(source.start));
    (whole.start + 1..first).any(|at| phrases.class(at, Class::Subordinator))
}

fn is_whole_of(outer: &Found, inner: &Found) -> bool {
    let (Some(cue), Some(source)) = (&inner.cue, &inner.source) else { return false };
    let within =
        |part: &Range<usize>| outer.content.iter().any(|whole| whole.start <= part.start && part.end <= whole.end);
    let all: usize = outer.content.iter().map(ExactSizeIterator::len).sum();
    let own: usize = inner.content.iter().map(ExactSizeIterator::len).sum::<usize>() + cue.len() + source.len();
    inner.sentence == outer.sentence
        && within(cue)
        && within(source)
        && inner.content.iter().all(within)
        && own * 10 >= all * 8
}

/// Whether `inner` fills a clause that hangs on the words of `outer`: no link of its chain, and no aside either.
fn hangs_on(phrases: &Phrases<'_>, outer: &Found, inner: &Found) -> bool {
    is_whole_of(outer, inner) && is_subordinate(phrases, outer, inner) && !is_wished(phrases, outer, inner)
}

/// Whether `from` rests, over any number of steps, on `on`.
fn rests(found: &[Found], from: usize, on: usize) -> bool {
    let mut at = from;
    for _ in 0..8 {
        match found[at].rests_on {
            Some(next) if next == on => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}
