//! `/v1/articles/ID`: an article with its annotations, as `twosource article --format json` prints it.

use axum::extract::State as Given;
use axum::response::Response;
use twosource_present::stored_article_line;

use super::document;
use crate::pages::article::Kept;
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// The latest revision, or the one asked for.
pub(crate) async fn one(
    Given(state): Given<Shared>,
    Number(id): Number,
    given: Parameters,
) -> Result<Response, Problem> {
    let revision = given.number("revision")?;
    let line = with_store(&state, move |_, store| Ok(stored_article_line(&Kept::find(store, id, revision)?.stored())));
    Ok(document(line.await?))
}
