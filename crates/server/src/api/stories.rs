//! `/v1/stories`: stories with what their comparison comes to, and the comparison itself.

use axum::extract::State as Given;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use twosource_engine::{Looked, StoryPage, Wanted};
use twosource_present::{StoryRow, json, json_ld};
use twosource_store::{Error, Store, StoryListed};

use super::articles::ArticleRow;
use super::{DEFAULT, MOST, answer, document, no_change};
use crate::pages::stories::{cursor, wanted};
use crate::pages::story::led;
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::rows::story_row;
use crate::state::{Shared, State, with_store};

#[derive(Serialize)]
struct Stories {
    stories: Vec<StoryRow>,
    next: Option<String>,
}

/// Stories that changed, and those that are no more.
#[derive(Serialize)]
struct ChangedStories {
    stories: Vec<StoryRow>,
    gone: Vec<Gone>,
    next: Option<String>,
    changed_after: String,
}

/// A story that was merged into another.
#[derive(Serialize)]
struct Gone {
    story: u64,
    into: Option<u64>,
}

#[derive(Serialize)]
struct Story {
    #[serde(flatten)]
    row: StoryRow,
    articles: Vec<ArticleRow>,
}

/// The stories that are wanted, the latest first; those that changed after a change in the order of the changes.
pub(crate) async fn list(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    let after = given.text("changed_after").map(|named| named.parse().map_err(|_| no_change(named))).transpose()?;
    let Some(after) = after.map(|after: u32| u64::from(after)) else { return latest(&state, given).await };
    let stories = with_store(&state, move |state, store| {
        let wanted = wanted(state, &given, given.limit(DEFAULT, MOST)?)?;
        Ok(changed(state, store, &wanted, after)?)
    });
    Ok(answer(&stories.await?))
}

async fn latest(state: &Shared, given: Parameters) -> Result<Response, Problem> {
    let stories = with_store(state, move |state, store| {
        let wanted = wanted(state, &given, given.limit(DEFAULT, MOST)?)?;
        let StoryPage { stories, next } = state.stories(store, &wanted)?;
        Ok(Stories { stories: stories.into_iter().map(story_row).collect(), next: next.map(cursor) })
    });
    Ok(answer(&stories.await?))
}

/// The wanted ones of the stories that changed after a change.
fn changed(state: &State, store: &mut Store, wanted: &Wanted, after: u64) -> Result<ChangedStories, Error> {
    let mut changes = store.changed_stories(after, wanted.most + 1)?;
    let goes_on = changes.len() > wanted.most;
    changes.truncate(wanted.most);
    let last = changes.last().map_or(after, |change| change.number).to_string();
    let (mut stories, mut gone) = (Vec::new(), Vec::new());
    for change in changes {
        match looked(state, store, change.story, wanted)? {
            Some(looked) => stories.push(story_row(looked)),
            None if store.story(change.story)?.is_none() => {
                let into = store.resolve(change.story)?.map(|resolved| resolved.story);
                gone.push(Gone { story: change.story, into });
            }
            None => {}
        }
    }
    Ok(ChangedStories { stories, gone, next: goes_on.then(|| last.clone()), changed_after: last })
}

/// A story with its articles, in the order of its reports.
pub(crate) async fn one(Given(state): Given<Shared>, Number(id): Number) -> Result<Response, Problem> {
    let led = with_store(&state, move |state, store| led(store, id, |store| story(state, store, id)));
    Ok(led.await?.answer(|story| answer(&story), |story| format!("/v1/stories/{story}")))
}

fn story(state: &State, store: &mut Store, id: u64) -> Result<Story, Problem> {
    let wanted = Wanted { min_reports: 1, ..Wanted::default() };
    let looked = looked(state, store, id, &wanted)?.ok_or(Error::NoStory(id))?;
    let articles = looked.articles.iter().cloned().map(ArticleRow::from).collect();
    Ok(Story { row: story_row(looked), articles })
}

/// A story as lists show it; `None` where there is no such story, or it is not wanted.
pub(super) fn looked(state: &State, store: &mut Store, id: u64, wanted: &Wanted) -> Result<Option<Looked>, Error> {
    let Some(listed) = store.story(id)? else { return Ok(None) };
    // The list goes down by time, then by number: right before the story stands the next higher number.
    let place = StoryListed { story: id + 1, ..listed };
    let one = Wanted { after: Some(place), most: 1, effort: Some(1), ..*wanted };
    Ok(state.stories(store, &one)?.stories.pop().filter(|looked| looked.story.story == id))
}

/// The comparison document of a story (`schema/comparison-1.schema.json`).
pub(crate) async fn comparison(Given(state): Given<Shared>, Number(id): Number) -> Result<Response, Problem> {
    let led = with_store(&state, move |state, store| {
        led(store, id, |store| Ok(json(&state.comparison(store, id)?.comparison)))
    });
    Ok(led.await?.answer(document, |story| format!("/v1/stories/{story}/comparison")))
}

/// The same as linked data.
pub(crate) async fn linked(Given(state): Given<Shared>, Number(id): Number) -> Result<Response, Problem> {
    let led = with_store(&state, move |state, store| {
        led(store, id, |store| Ok(json_ld(std::slice::from_ref(&state.comparison(store, id)?.comparison))))
    });
    let answer = |linked: String| ([(CONTENT_TYPE, "application/ld+json")], linked).into_response();
    Ok(led.await?.answer(answer, |story| format!("/v1/stories/{story}/comparison.jsonld")))
}
