//! `/article/ID/revisions`: what changed from each revision of an article to the next.

use axum::extract::State as Given;
use axum::response::Response;
use maud::html as markup;
use twosource_engine::{RevisionSettings, revisions};
use twosource_model::{Article, Instant};
use twosource_present::{Revised, Version, footer, one_line, revisions_page};
use twosource_store::Revision;

use super::{Tab, answer};
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Revisions that are compared: the latest ones.
const MOST: usize = 20;

/// The page.
pub(crate) async fn show(
    Given(state): Given<Shared>,
    Number(id): Number,
    given: Parameters,
) -> Result<Response, Problem> {
    let with_trivial = given.flag("trivial")?;
    let page = with_store(&state, move |state, store| {
        let missing = || Problem::missing(format!("There is no article {id}."));
        let title = one_line(&store.listed(id)?.ok_or_else(missing)?.title);
        let mut kept = store.revisions(id)?;
        kept.drain(..kept.len().saturating_sub(MOST));
        let articles: Vec<Article> = kept.iter().map(|revision| revision.article.clone()).collect();
        let changed = revisions(&articles, &*state.meaning, RevisionSettings::default());
        let versions: Vec<Version<'_>> = kept.iter().map(version).collect();
        let pairs = versions.windows(2).zip(&changed).filter_map(|(pair, revision)| match pair {
            &[old, new] => Some(Revised { old, new, revision }),
            _ => None,
        });
        Ok((title, revisions_page(id, &pairs.collect::<Vec<_>>(), with_trivial)))
    });
    let (title, main) = page.await?;
    let title = if title.is_empty() { format!("Article {id}") } else { title };
    Ok(answer(&format!("Revisions: {title}"), Tab::None, &markup! { (main) (footer()) }))
}

/// A revision as it is shown.
fn version(revision: &Revision) -> Version<'_> {
    let captured_at = revision.captured_at.as_ref().map(Instant::as_str);
    Version { number: revision.number, captured_at, article: &revision.article }
}
