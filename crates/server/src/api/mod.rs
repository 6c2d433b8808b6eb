//! The API, one resource a file. Lists go on with `cursor`; what is no success is a problem document (RFC 9457).
//! `docs/openapi.json` says all this for programs, and a test holds the two against each other.

pub(crate) mod articles;
pub(crate) mod outlets;
pub(crate) mod search;
pub(crate) mod stories;
pub(crate) mod webhooks;
pub(crate) mod work;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::Problem;

/// Entries of a list, unless asked for otherwise.
const DEFAULT: usize = 20;
/// Entries of a list at most.
const MOST: usize = 100;

/// A place in the order of changes that was never given out.
fn no_change(named: &str) -> Problem {
    Problem::wrong(format!("changed_after={named}: 0 is wanted, or what an answer before said."))
}

/// A value as an answer.
fn answer(value: &impl Serialize) -> Response {
    // Plain structures of strings and numbers have no way to fail.
    document(serde_json::to_string(value).unwrap_or_default() + "\n")
}

/// JSON as an answer.
fn document(json: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], json).into_response()
}

/// The description of this API.
pub(crate) async fn openapi() -> Response {
    document(include_str!("../../../../docs/openapi.json").to_owned())
}
