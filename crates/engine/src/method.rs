//! What comparisons are made with besides their reports.

use std::sync::OnceLock;

use twosource_compare::{OutletLists, Outlets};
use twosource_model::Meaning;
use twosource_store::{Error, List, Store};

/// A model of meaning, and what is known of outlets. It is made once and lent to every comparison.
#[derive(Clone)]
pub struct Method<'m> {
    /// How near words and sentences are to one another.
    pub(crate) meaning: &'m dyn Meaning,
    lists: OutletLists,
    /// Made when it is first asked for: a comparison that is known already needs none.
    outlets: OnceLock<Outlets>,
    name: String,
}

impl<'m> Method<'m> {
    /// A method with the outlets that come with the program and those of the user.
    pub fn new(meaning: &'m dyn Meaning, lists: OutletLists) -> Method<'m> {
        let OutletLists { outlets, families } = &lists;
        let name = format!("{} {}", meaning.name(), serde_json::to_string(&[outlets, families]).unwrap_or_default());
        Method { meaning, lists, outlets: OnceLock::new(), name }
    }

    /// The method for stories of a store: with the outlets and families that the user put there.
    pub fn of_store(store: &Store, meaning: &'m dyn Meaning) -> Result<Method<'m>, Error> {
        let lists = OutletLists { outlets: store.list(List::Outlets)?, families: store.list(List::Families)? };
        Ok(Method::new(meaning, lists))
    }

    /// The outlets that are known.
    pub(crate) fn outlets(&self) -> &Outlets {
        self.outlets.get_or_init(|| Outlets::with(&self.lists))
    }

    /// What tells it from other methods of this version, the same in every run.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}
