//! People, organisations and places: mentions and the entities they mean.
//!
//! [`names`] goes in three steps, each of which can be replaced alone: [`find`](find::find) says where names stand,
//! [`join`](entities::join) which of them mean the same and what kind of thing it is, and
//! [`mentions`](reference::mentions) adds the noun phrases around them, descriptions and pronouns.

mod entities;
mod find;
mod kind;
mod lexicon;
pub(crate) mod lists;
mod phrases;
mod reference;

use twosource_model::{Entity, Mention, Span};

use crate::document::Document;

/// Mentions in text order and the entities they point to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) entities: Vec<Entity>,
}

impl Names {
    /// The mentions that start inside `span`, in text order.
    pub(crate) fn mentions_in(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let to = self.mentions.partition_point(|mention| mention.span.start < span.end);
        &self.mentions[from..to.max(from)]
    }

    /// The mention a source or subject `span` is about: the one that ends it, else the last that stands in it with
    /// its own words, else one that reaches into it.
    pub(crate) fn at(&self, span: Span) -> Option<&Mention> {
        let inside = self.mentions_in(span);
        let ending = inside.iter().rev().find(|mention| mention.span.end == span.end || mention.phrase.end == span.end);
        let before = || {
            let first = self.mentions.partition_point(|mention| mention.span.start < span.start);
            self.mentions[..first].last().filter(|mention| mention.span.overlaps(span))
        };
        ending.or_else(|| inside.last()).or_else(before)
    }
}

/// Finds who and what an article names, describes or means by a pronoun.
pub(crate) fn names(document: &Document<'_>) -> Names {
    let found = find::find(document);
    let (entities, of) = entities::join(document, &found);
    let mentions = reference::mentions(document, &found, &of, &entities);
    Names { mentions, entities }
}
