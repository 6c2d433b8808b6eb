//! `/article/ID`: an article with what was found in it.

use axum::extract::State as Given;
use axum::response::Response;
use maud::Markup;
use twosource_engine::annotate_all;
use twosource_model::Annotated;
use twosource_present::{Marks, RevisionRow, StoredArticle, article_page, footer, one_line};
use twosource_store::{Listed, Store};

use super::{Tab, answer};
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::rows::revision_row;
use crate::state::{Shared, with_store};

/// An article of the store with one of its revisions annotated.
pub(crate) struct Kept {
    listed: Listed,
    revision: u64,
    revisions: Vec<RevisionRow>,
    annotated: Annotated,
}

impl Kept {
    /// The latest revision of an article, or the one asked for.
    pub(crate) fn find(store: &Store, id: u64, wanted: Option<u64>) -> Result<Kept, Problem> {
        let listed = store.listed(id)?.ok_or_else(|| Problem::missing(format!("There is no article {id}.")))?;
        let mut revisions = store.revisions(id)?;
        let rows: Vec<RevisionRow> = revisions.iter().map(revision_row).collect();
        let number = wanted.unwrap_or_else(|| rows.last().map_or(1, |row| row.number));
        let at = revisions.iter().position(|revision| revision.number == number);
        let missing =
            || Problem::missing(format!("Article {id} has no revision {number}; the latest is {}.", rows.len()));
        let article = revisions.swap_remove(at.ok_or_else(missing)?).article;
        let annotated = annotate_all(vec![article]).pop().unwrap_or_default();
        Ok(Kept { listed, revision: number, revisions: rows, annotated })
    }

    /// As it is shown.
    pub(crate) fn stored(&self) -> StoredArticle<'_> {
        StoredArticle {
            number: self.listed.article,
            story: self.listed.story,
            pinned: self.listed.pinned,
            annotated: &self.annotated,
            revisions: &self.revisions,
        }
    }
}

/// The page.
pub(crate) async fn show(
    Given(state): Given<Shared>,
    Number(id): Number,
    given: Parameters,
) -> Result<Response, Problem> {
    let marks = marks(&given)?;
    let revision = given.number("revision")?;
    let page = with_store(&state, move |_, store| {
        let kept = Kept::find(store, id, revision)?;
        let title = Some(one_line(&kept.listed.title)).filter(|title| !title.is_empty());
        let main: Markup = article_page(&kept.stored(), kept.revision, marks);
        Ok((title.unwrap_or_else(|| format!("Article {id}")), maud::html! { (main) (footer()) }))
    });
    let (title, page) = page.await?;
    Ok(answer(&title, Tab::None, &page))
}

/// Which annotations the address asks for; all where it says nothing.
fn marks(given: &Parameters) -> Result<Marks, Problem> {
    let shown: Vec<&str> = given.all("show").collect();
    let known = ["words", "names", "times", "quantities", "text"];
    if let Some(other) = shown.iter().find(|shown| !known.contains(shown)) {
        return Err(Problem::wrong(format!("show={other}: one of {} is wanted.", known.join(", "))));
    }
    let has = |name: &str| shown.is_empty() || shown.contains(&name);
    Ok(Marks { words: has("words"), names: has("names"), times: has("times"), quantities: has("quantities") })
}
