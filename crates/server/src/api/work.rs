//! `/v1/work`: what takes long and is under way.

use axum::extract::State as Given;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;

use super::answer;
use crate::problem::Problem;
use crate::state::{Shared, with_store};
use crate::work::{What, Work};

#[derive(Serialize)]
struct Works {
    work: Vec<Row>,
    /// Articles that wait to be sorted into stories.
    waiting: u64,
}

#[derive(Serialize)]
struct Row {
    work: u64,
    kind: &'static str,
    story: Option<u64>,
    done: usize,
    total: usize,
    since: Option<String>,
}

impl From<Work> for Row {
    fn from(Work { number, what, done, total, since }: Work) -> Row {
        let (kind, story) = match what {
            What::Add => ("add", None),
            What::Compare(story) => ("compare", Some(story)),
            What::CompareList => ("compare_list", None),
        };
        let since = Timestamp::from_second(since).ok().map(|since| since.to_string());
        Row { work: number, kind, story, done, total, since }
    }
}

/// The list.
pub(crate) async fn list(Given(state): Given<Shared>) -> Result<Response, Problem> {
    // Read before the store, for which work itself may make us wait.
    let work = state.works.all().into_iter().map(Row::from).collect();
    let waiting = with_store(&state, |_, store| Ok(store.count_pending()?)).await?;
    Ok(([(CACHE_CONTROL, "no-store")], answer(&Works { work, waiting })).into_response())
}
