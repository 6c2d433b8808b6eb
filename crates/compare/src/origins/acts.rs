//! What people and bodies do in public with words, though nobody is said to have said something.

use twosource_model::{Attribution, NameKind, Quote, Span, Stance};

use super::words::Tracer;
use crate::chains::End;
use crate::outlets::ENGLISH;
use crate::sources::Class;

impl Tracer<'_> {
    /// "The mayor attacked the plan", "the company issued a correction", "she entered the race, arguing that …": what
    /// somebody did in public with words is his word, where he is whom the statement is about and somebody by that name
    /// speaks in the story at all.
    pub(super) fn public_act(&self, quote: Quote) -> Option<End> {
        let annotated = &self.reports[quote.report];
        let (subject, entity) = self.subject(quote)?;
        let speaks = |each: &Attribution| {
            let is_subject = each.entity == Some(entity) || each.source.is_some_and(|source| source.contains(subject));
            is_subject && each.response.is_none() && each.cue.is_some_and(|cue| quote.span.contains(cue))
        };
        let of_stance =
            |all: &[Attribution], stance: Stance| all.iter().any(|each| each.stance == stance && speaks(each));
        let says = of_stance(&annotated.attributions, Stance::Says) || of_stance(&annotated.attitudes, Stance::Judges);
        let predicate = &annotated.article.text[subject.end..quote.span.end];
        if !says && !does_in_words(predicate) {
            return None;
        }
        let names = &self.chains.names;
        let by_words = names.find(subject.of(&annotated.article.text));
        let source = by_words.or_else(|| names.find(&annotated.entities.get(entity)?.name))?;
        (self.chains.names.class(source) != Class::Outlet).then_some(End::Source(source))
    }

    /// The person or body that a statement begins with, or that comes after the comma of what leads up to it.
    fn subject(&self, Quote { report, span }: Quote) -> Option<(Span, usize)> {
        const LEADS_UP: usize = 6;
        let annotated = &self.reports[report];
        let acts = |entity: usize| {
            let kind = annotated.entities.get(entity).map(|entity| entity.kind);
            matches!(kind, Some(NameKind::Person | NameKind::Organisation))
        };
        let inside = annotated.mentions.iter().filter(|mention| span.contains(mention.span));
        let mut acting = inside.filter(|mention| acts(mention.entity));
        let first = acting.next()?;
        let start = first.phrase.start.clamp(span.start, first.span.start);
        // "Harbour Office spokeswoman Ada Brandt" is about her.
        let heads = acting.take_while(|mention| mention.phrase.start <= start);
        let last = heads.last().unwrap_or(first);
        let before = annotated.article.text[span.start..start].trim();
        let words = before.split_whitespace();
        let is_bare = words.clone().all(|word| ENGLISH.has("article", &word.to_lowercase()));
        let leads_up = before.ends_with(',') && words.count() <= LEADS_UP;
        // "The Brandt administration" is not about Brandt alone.
        let text = &annotated.article.text[..span.end];
        let next = text[last.span.end..].split_whitespace().next().unwrap_or_default();
        let is_body = ENGLISH.has("body", next) && text[last.span.end..].starts_with(' ');
        let end = last.span.end + if is_body { 1 + next.len() } else { 0 };
        let whole = Some(Span::new(last.span.start, end)).filter(|whole| text.get(whole.start..whole.end).is_some());
        (is_bare || leads_up).then_some((whole.unwrap_or(last.span), last.entity))
    }
}

/// Whether the words behind a subject begin with an act in words: "on Tuesday issued a correction".
fn does_in_words(predicate: &str) -> bool {
    const NEAR: usize = 4;
    let words = predicate.split_whitespace().take(NEAR).take_while(|word| !word.starts_with(','));
    words
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .any(|word| ENGLISH.has("public act", &word))
}
