//! People, organisations and places: mentions and the entities they mean.

mod entities;
mod find;
mod kind;
mod lexicon;
pub(crate) mod lists;

use twosource_model::{Entity, Mention, MentionForm};

use crate::document::Document;

/// Mentions in text order and the entities they point to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) entities: Vec<Entity>,
}

/// Finds who and what an article names, describes or means by a pronoun.
pub(crate) fn names(document: &Document<'_>) -> Names {
    let found = find::find(document);
    let (entities, of) = entities::join(document, &found);
    let mentions = found
        .iter()
        .zip(of)
        .map(|(name, entity)| {
            let span = name.span(document);
            Mention { span, phrase: span, form: MentionForm::Name, entity }
        })
        .collect();
    Names { mentions, entities }
}
