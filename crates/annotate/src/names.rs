//! People, organisations and places: mentions and the entities they mean.

pub(crate) mod lists;

use twosource_model::{Entity, Mention};

use crate::document::Document;

/// Mentions in text order and the entities they point to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) entities: Vec<Entity>,
}

/// Finds who and what an article names, describes or means by a pronoun.
pub(crate) fn names(_document: &Document<'_>) -> Names {
    Names::default()
}
