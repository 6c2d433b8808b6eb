//! `search_stories`.

use serde_json::{Value, json};
use twosource_engine::looked_at;
use twosource_server::story_row;
use twosource_store::{Query, StoryListed};

use super::{Desk, said};
use crate::arguments::{Arguments, limit, text};

/// Articles looked at for the stories they are in.
const EFFORT: usize = 200;

/// The stories.
pub(super) fn stories(desk: &Desk, arguments: &Arguments) -> Result<Value, String> {
    let most = limit(arguments, 5, 20)?;
    let listed = match text(arguments, "query")? {
        Some(query) => holding(desk, query, most)?,
        None => desk.store.stories(None, 2, None, most).map_err(said)?,
    };
    let mut stories = Vec::with_capacity(listed.len());
    for story in listed {
        let row = story_row(looked_at(&desk.store, story, &desk.method().map_err(said)?).map_err(said)?);
        stories.push(serde_json::to_value(&row).map_err(said)?);
    }
    Ok(json!({ "stories": stories }))
}

/// The stories of the newest articles that a query finds.
fn holding(desk: &Desk, query: &str, most: usize) -> Result<Vec<StoryListed>, String> {
    let query = Query::parse(query).map_err(|error| format!("query: {}, at character {}", error.message, error.at))?;
    let mut stories: Vec<StoryListed> = Vec::new();
    for hit in desk.store.search_before(&query, None, EFFORT).map_err(said)? {
        let Some(story) = hit.listed.story else { continue };
        if stories.iter().all(|known| known.story != story) {
            stories.extend(desk.store.story(story).map_err(said)?);
        }
        if stories.len() == most {
            break;
        }
    }
    Ok(stories)
}
