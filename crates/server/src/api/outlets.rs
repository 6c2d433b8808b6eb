//! `/v1/outlets`: other names of outlets, and which belong to one publisher.

use std::collections::BTreeMap;

use axum::extract::State as Given;
use axum::response::Response;
use serde::Serialize;
use twosource_store::List;

use super::answer;
use crate::problem::Problem;
use crate::state::{Shared, with_store};

#[derive(Serialize)]
struct Outlets {
    outlets: Vec<Entry>,
    families: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    name: String,
    names: Vec<String>,
}

/// The lists, by name.
pub(crate) async fn list(Given(state): Given<Shared>) -> Result<Response, Problem> {
    let lists = with_store(&state, |_, store| Ok((store.list(List::Outlets)?, store.list(List::Families)?)));
    let entries =
        |list: BTreeMap<String, Vec<String>>| list.into_iter().map(|(name, names)| Entry { name, names }).collect();
    let (outlets, families) = lists.await?;
    Ok(answer(&Outlets { outlets: entries(outlets), families: entries(families) }))
}
