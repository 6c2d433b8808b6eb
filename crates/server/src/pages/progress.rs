//! Work that takes long, as pages show it: how far it is, and a page that loads itself again until it is done.

use std::time::Duration;

use axum::http::StatusCode;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html as markup};
use twosource_present::footer;

use super::{Tab, answer};
use crate::problem::Problem;
use crate::state::{Shared, State};
use crate::work::{What, Work};

/// How long a page waits for its content before it says that it is being made.
const PATIENCE: Duration = Duration::from_secs(3);

/// Seconds after which a page that says so is loaded again.
const AGAIN: &str = "2";

/// The comparison of a story as an answer; where it takes long, a page that says so and loads itself again. What was
/// begun goes on meanwhile, and is not begun twice.
pub(crate) async fn of_story(
    state: &Shared,
    story: u64,
    page: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    let is_compared = state.works.all().iter().any(|work| work.what == What::Compare(story));
    let words = "The reports of this story are being compared.";
    if is_compared { Ok(waiting(words)) } else { in_time(words, PATIENCE, page).await }
}

/// The same for a list of stories.
pub(crate) async fn of_list(page: impl Future<Output = Result<Response, Problem>>) -> Result<Response, Problem> {
    in_time("The stories of this list are being compared.", PATIENCE, page).await
}

async fn in_time(
    words: &str,
    patience: Duration,
    page: impl Future<Output = Result<Response, Problem>>,
) -> Result<Response, Problem> {
    tokio::time::timeout(patience, page).await.unwrap_or_else(|_| Ok(waiting(words)))
}

fn waiting(words: &str) -> Response {
    let main = markup! {
        main.listing #content {
            h1 { "One moment" }
            p.explanation role="status" { (words) " This page loads itself again until they are." }
            p { progress aria-label="Comparing" {} }
        }
        (footer())
    };
    (StatusCode::ACCEPTED, [(REFRESH, AGAIN)], answer("One moment", Tab::None, &main)).into_response()
}

/// Articles that are being added, and how many of them are in the store.
pub(crate) fn adding(state: &State) -> Markup {
    let works: Vec<Work> = state.works.all().into_iter().filter(|work| work.what == What::Add).collect();
    markup! {
        @for Work { done, total, .. } in works {
            p.facts role="status" {
                "Articles are being added" @if total > 0 { ": " (done) " of " (total) " " progress aria-label="Added" max=(total) value=(done) {} }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> Shared {
        let folder = tempfile::tempdir().expect("a folder to write in");
        let clock = crate::state::system_clock();
        State::open(&folder.path().join("store.db"), crate::Log::Off, clock).expect("a store")
    }

    #[tokio::test]
    async fn a_story_that_is_being_compared_is_waited_for() {
        let state = state();
        let page = || async { Ok("the comparison".into_response()) };
        let status = async || of_story(&state, 7, page()).await.expect("an answer").status();
        let (one, other) = (state.works.begin(What::Compare(7), 0, 0), state.works.begin(What::Compare(8), 0, 0));
        let waiting = of_story(&state, 7, page()).await.expect("an answer");
        assert_eq!((waiting.status(), waiting.headers()[REFRESH].as_bytes()), (StatusCode::ACCEPTED, AGAIN.as_bytes()));
        drop(one);
        assert_eq!(status().await, StatusCode::OK, "the other story is another");
        drop(other);
    }

    #[tokio::test]
    async fn what_takes_long_says_so() {
        let waited = in_time("Not yet.", Duration::ZERO, std::future::pending()).await.expect("an answer");
        assert_eq!(waited.status(), StatusCode::ACCEPTED);
        let quick = async { Ok("the list".into_response()) };
        assert_eq!(in_time("Not yet.", PATIENCE, quick).await.expect("an answer").status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn what_is_added_is_counted() {
        let state = state();
        assert_eq!(adding(&state).into_string(), "");
        let work = state.works.begin(What::Add, 10, 0);
        work.did(4);
        assert!(adding(&state).into_string().contains("4 of 10"));
    }
}
