//! `/article/ID/revisions`: what changed from each revision of an article to the next.

use axum::extract::State as Given;
use axum::response::Response;
use maud::html as markup;
use twosource_present::{footer, one_line, revisions_page};

use super::{Tab, answer};
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::revised::with_revised;
use crate::state::{Shared, with_store};

/// The page.
pub(crate) async fn show(
    Given(state): Given<Shared>,
    Number(id): Number,
    given: Parameters,
) -> Result<Response, Problem> {
    let with_trivial = given.flag("trivial")?;
    let page = with_store(&state, move |state, store| {
        with_revised(state, store, id, |listed, pairs| {
            (one_line(&listed.title), revisions_page(id, pairs, with_trivial))
        })
    });
    let (title, main) = page.await?;
    let title = if title.is_empty() { format!("Article {id}") } else { title };
    Ok(answer(&format!("Revisions: {title}"), Tab::None, &markup! { (main) (footer()) }))
}
