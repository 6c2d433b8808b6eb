//! `/v1/search`: the articles that hold some words.

use axum::extract::State as Given;
use axum::response::Response;
use serde::Serialize;
use twosource_present::HitRow;

use super::{DEFAULT, MOST, answer};
use crate::pages::search::{Asked, Found};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::{Shared, with_store};

#[derive(Serialize)]
struct Articles {
    articles: Vec<HitRow>,
    next: Option<String>,
}

/// The results.
pub(crate) async fn list(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    let asked = Asked::of(&given)?.ok_or_else(|| Problem::wrong("q: nothing to search for; give a word."))?;
    let limit = given.limit(DEFAULT, MOST)?;
    let Found { rows, next } = with_store(&state, move |_, store| asked.find(store, limit)).await?;
    Ok(answer(&Articles { articles: rows, next: next.map(|next| next.to_string()) }))
}
