//! `/v1/stories`: stories with what their comparison comes to, and the comparison itself.

use axum::extract::State as Given;
use axum::response::Response;
use serde::Serialize;
use twosource_engine::{StoryPage, Wanted};
use twosource_present::StoryRow;
use twosource_store::{Error, Listed, Store, StoryListed};

use super::{DEFAULT, MOST, answer, document};
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

#[derive(Serialize)]
struct Story {
    #[serde(flatten)]
    row: StoryRow,
    articles: Vec<ArticleRow>,
}

/// An article of a story.
#[derive(Serialize)]
struct ArticleRow {
    article: u64,
    title: String,
    outlet: Option<String>,
    published: Option<String>,
    language: Option<String>,
    url: Option<String>,
    revisions: u64,
    pinned: bool,
}

impl From<Listed> for ArticleRow {
    fn from(listed: Listed) -> Self {
        let Listed { article, title, outlet, published, language, url, revisions, pinned, .. } = listed;
        ArticleRow { article, title, outlet, published, language, url, revisions, pinned }
    }
}

/// The stories that are wanted, the latest first.
pub(crate) async fn list(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    let stories = with_store(&state, move |state, store| {
        let wanted = wanted(state, &given, given.limit(DEFAULT, MOST)?)?;
        let StoryPage { stories, next } = state.stories(store, &wanted)?;
        Ok(Stories { stories: stories.into_iter().map(story_row).collect(), next: next.map(cursor) })
    });
    Ok(answer(&stories.await?))
}

/// A story with its articles, in the order of its reports.
pub(crate) async fn one(Given(state): Given<Shared>, Number(id): Number) -> Result<Response, Problem> {
    let led = with_store(&state, move |state, store| led(store, id, |store| story(state, store, id)));
    Ok(led.await?.answer(|story| answer(&story), |story| format!("/v1/stories/{story}")))
}

fn story(state: &State, store: &mut Store, id: u64) -> Result<Story, Problem> {
    let listed = store.story(id)?.ok_or(Error::NoStory(id))?;
    // The list goes down by time, then by number: right before the story stands the next higher number.
    let place = StoryListed { story: id + 1, ..listed };
    let wanted = Wanted { after: Some(place), min_reports: 1, most: 1, effort: Some(1), ..Wanted::default() };
    let looked = state.stories(store, &wanted)?.stories.pop().ok_or(Error::NoStory(id))?;
    let articles = looked.articles.iter().cloned().map(ArticleRow::from).collect();
    Ok(Story { row: story_row(looked), articles })
}

/// The comparison document of a story (`schema/comparison-1.schema.json`).
pub(crate) async fn comparison(Given(state): Given<Shared>, Number(id): Number) -> Result<Response, Problem> {
    let led = with_store(&state, move |state, store| led(store, id, |store| Ok(state.document(store, id)?)));
    Ok(led.await?.answer(document, |story| format!("/v1/stories/{story}/comparison")))
}
