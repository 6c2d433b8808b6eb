//! Who says what: source, cue and content, and what each attribution rests on.
//!
//! The stages, each a module: `lexicon` (what a word can be), `phrases` (what it does here: verb groups and noun
//! phrases), `quotes` (where quotation marks open and close), `cues` (a cue word finds its source and its content
//! within the sentence), `chains` (quotations without a cue of their own, what rests on what) and `sources` (who is
//! meant). Terms and the extent of the spans follow PolNeAR (Newell, Margolin and Ruths 2018).

mod chains;
mod cues;
mod layout;
mod lexicon;
pub(crate) mod phrases;
mod quotes;
mod sources;

use std::ops::Range;

use twosource_model::{Attribution, BlockKind, Form, SourceKind, Span};

use crate::document::Document;
use crate::names::Names;

use cues::{Finder, Found};
use phrases::Phrases;
use quotes::Quote;
use sources::{Resolved, Resolver};

/// Finds everything an article puts in another's mouth, in the order of the cues.
pub(crate) fn attributions(document: &Document<'_>, names: &Names) -> Vec<Attribution> {
    let phrases = Phrases::new(document);
    let quotes = quotes::quotes(document);
    let mut finder = Finder::new(&phrases, &quotes);
    for sentence in 0..document.sentences.len() {
        if speaks(document.block_kind(sentence)) {
            finder.sentence(sentence);
        }
    }
    let found = chains::complete(finder);
    let mut resolver = Resolver::new(&phrases, names);
    let resolved: Vec<Resolved> = found.iter().map(|found| resolver.resolve(found)).collect();
    found.iter().zip(resolved).map(|(found, resolved)| attribution(document, &quotes, found, resolved)).collect()
}

/// Blocks that attribute: body text, and of the furniture what sums the article up.
pub(crate) fn speaks(kind: BlockKind) -> bool {
    kind.is_body() || matches!(kind, BlockKind::Headline | BlockKind::Standfirst)
}

fn attribution(document: &Document<'_>, quotes: &[Quote], found: &Found, resolved: Resolved) -> Attribution {
    let span = |tokens: &Range<usize>| {
        Span::new(document.tokens[tokens.start].span.start, document.tokens[tokens.end - 1].span.end)
    };
    Attribution {
        content: found.content.iter().map(span).collect(),
        source: found.source.as_ref().map(span),
        cue: found.cue.as_ref().map(span),
        resolved: resolved.name,
        entity: resolved.entity,
        kind: resolved.kind.unwrap_or(SourceKind::Unknown),
        form: form(quotes, &found.content),
        rests_on: found.rests_on,
        response: found.response,
        negated: found.negated,
    }
}

/// Direct where every word is quoted, indirect where none is.
fn form(quotes: &[Quote], content: &[Range<usize>]) -> Form {
    let quoted = |part: &Range<usize>| {
        let first = quotes.partition_point(|quote| quote.tokens.end <= part.start);
        quotes[first..]
            .iter()
            .take_while(|quote| quote.tokens.start < part.end)
            .map(|quote| quote.tokens.end.min(part.end) - quote.tokens.start.max(part.start))
            .sum::<usize>()
    };
    let all: usize = content.iter().map(ExactSizeIterator::len).sum();
    match content.iter().map(quoted).sum::<usize>() {
        0 => Form::Indirect,
        inside if inside >= all => Form::Direct,
        _ => Form::Mixed,
    }
}
