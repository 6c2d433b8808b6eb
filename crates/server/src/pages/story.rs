//! `/story/ID`: the comparison of a story; `/story/ID/claims` …: a section of it as a whole;
//! `/story/ID/side`: two of its reports side by side.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State as Given};
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse, Response};
use twosource_engine::Compared;
use twosource_present::{Links, Part, part_page, side_page, story_page, verdict};
use twosource_store::{Resolved, Store};

use super::progress::of_story;
use super::{Tab, answer};
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Where the id of a story leads.
pub(crate) enum Led<T> {
    /// To the story.
    Here(T),
    /// To another story, which it was merged into.
    Moved(u64),
}

impl<T> Led<T> {
    /// The value as an answer, or the way to the other story.
    pub(crate) fn answer(self, answer: impl FnOnce(T) -> Response, address: impl FnOnce(u64) -> String) -> Response {
        match self {
            Led::Here(value) => answer(value),
            Led::Moved(story) => (StatusCode::MOVED_PERMANENTLY, [(LOCATION, address(story))]).into_response(),
        }
    }
}

/// Does something with a story, where its id is not that of one which was merged.
pub(crate) fn led<T>(
    store: &mut Store,
    id: u64,
    look: impl FnOnce(&mut Store) -> Result<T, Problem>,
) -> Result<Led<T>, Problem> {
    match store.resolve(id)? {
        Some(Resolved { story, redirected: true }) => Ok(Led::Moved(story)),
        Some(_) => look(store).map(Led::Here),
        None => Err(Problem::missing(match store.listed(id)?.and_then(|listed| listed.story) {
            Some(story) => format!("There is no story {id}; the article {id} is in story {story}."),
            None => format!("There is no story {id}."),
        })),
    }
}

fn links(id: u64, compared: &Compared) -> Links {
    Links {
        story: format!("/story/{id}"),
        articles: compared.articles.iter().map(|listed| listed.article).collect(),
        article: Some("/article/".to_owned()),
    }
}

/// The comparison.
pub(crate) async fn show(Given(state): Given<Shared>, Number(id): Number) -> Result<Response, Problem> {
    of_story(&state, id, whole(&state, id)).await
}

async fn whole(state: &Shared, id: u64) -> Result<Response, Problem> {
    let led = with_store(state, move |state, store| {
        led(store, id, |store| {
            let compared: Arc<Compared> = state.comparison(store, id)?;
            let title = verdict(&compared.comparison).line();
            Ok((title, story_page(&compared.comparison, &links(id, &compared))))
        })
    });
    Ok(led.await?.answer(|(title, page)| answer(&title, Tab::None, &page), |story| format!("/story/{story}")))
}

/// A section of the comparison as a whole.
pub(crate) async fn part(
    Given(state): Given<Shared>,
    Path((id, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let Number(id) = Number::read(&id)?;
    let part = named(&name)?;
    of_story(&state, id, section(&state, id, part)).await
}

async fn section(state: &Shared, id: u64, part: Part) -> Result<Response, Problem> {
    let led = with_store(state, move |state, store| {
        led(store, id, |store| {
            let compared = state.comparison(store, id)?;
            let page = part_page(&compared.comparison, &links(id, &compared), part);
            Ok((verdict(&compared.comparison).line(), page.ok_or_else(|| nothing(part))?))
        })
    });
    Ok(led
        .await?
        .answer(|(title, page)| answer(&title, Tab::None, &page), |story| format!("/story/{story}/{}", part.as_str())))
}

/// The section that the last part of an address names.
pub(crate) fn named(name: &str) -> Result<Part, Problem> {
    let names = || Part::ALL.map(Part::as_str).join(", ");
    Part::parse(name).ok_or_else(|| Problem::missing(format!("A story has these parts: {}, side.", names())))
}

/// A section that a story does not have.
pub(crate) fn nothing(part: Part) -> Problem {
    Problem::missing(format!("The comparison has nothing to show under “{}”.", part.as_str()))
}

/// Two of its reports side by side.
pub(crate) async fn side(
    Given(state): Given<Shared>,
    Number(id): Number,
    RawQuery(query): RawQuery,
    given: Parameters,
) -> Result<Response, Problem> {
    of_story(&state, id, beside(&state, id, query, given)).await
}

async fn beside(state: &Shared, id: u64, query: Option<String>, given: Parameters) -> Result<Response, Problem> {
    let led = with_store(state, move |state, store| {
        led(store, id, |store| {
            let compared = state.comparison(store, id)?;
            let links = links(id, &compared);
            Ok(side_page(&compared.comparison, &links, pair(&given, &links.articles)?))
        })
    });
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let title = format!("Story {id}: two reports side by side");
    Ok(led.await?.answer(|page| answer(&title, Tab::Side, &page), |story| format!("/story/{story}/side{query}")))
}

/// The two reports that an address names by their numbers: the first two where it names none.
pub(crate) fn pair(given: &Parameters, articles: &[u64]) -> Result<[usize; 2], Problem> {
    let place = |name: &str| -> Result<Option<usize>, Problem> {
        let missing =
            |number: u64| Problem::missing(format!("{name}={number}: no report of this story has this number."));
        let number: Option<u64> = given.number(name)?;
        number
            .map(|number| articles.iter().position(|&article| article == number).ok_or_else(|| missing(number)))
            .transpose()
    };
    let (a, b) = (place("a")?, place("b")?);
    let second = usize::from(articles.len() > 1);
    Ok(match (a, b) {
        (None, None) => [0, second],
        (Some(a), b) => [a, b.unwrap_or(a)],
        (None, Some(b)) => [b, b],
    })
}
