//! What changed from each revision of an article to the next, as the page and the API show it.

use twosource_engine::{RevisionSettings, revisions};
use twosource_model::{Article, Instant};
use twosource_present::{Revised, Version, revised};
use twosource_store::{Listed, Revision, Store};

use crate::problem::Problem;
use crate::state::State;

/// Revisions that are compared: the latest ones.
const MOST: usize = 20;

/// Compares the latest revisions of an article and hands them to whoever shows them.
pub(crate) fn with_revised<T>(
    state: &State,
    store: &Store,
    id: u64,
    show: impl FnOnce(&Listed, &[Revised<'_>]) -> T,
) -> Result<T, Problem> {
    let listed = store.listed(id)?.ok_or_else(|| Problem::missing(format!("There is no article {id}.")))?;
    let mut kept = store.revisions(id)?;
    kept.drain(..kept.len().saturating_sub(MOST));
    let articles: Vec<Article> = kept.iter().map(|revision| revision.article.clone()).collect();
    let changed = revisions(&articles, &*state.meaning, RevisionSettings::default());
    let versions: Vec<Version<'_>> = kept.iter().map(version).collect();
    Ok(show(&listed, &revised(&versions, &changed)))
}

/// A revision as it is shown.
fn version(revision: &Revision) -> Version<'_> {
    let captured_at = revision.captured_at.as_ref().map(Instant::as_str);
    Version { number: revision.number, captured_at, article: &revision.article }
}
