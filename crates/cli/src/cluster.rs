//! `twosource cluster`: articles to stories.

use anyhow::Result;
use twosource_present::story_line;

use crate::Ending;
use crate::arguments::Cluster;
use crate::input::{Articles, articles, meaning};
use crate::output::write;

/// Reads the inputs and prints, in their order, the story of each article: the smallest id in it.
pub(crate) fn run(options: &Cluster) -> Result<Ending> {
    let Articles { articles, unread } = articles(&options.stage.input)?;
    let annotated = twosource_engine::annotate_all(articles);
    let stories = twosource_engine::cluster(&annotated, &*meaning(options.model.as_deref())?);
    let id = |at: usize| annotated[at].article.id.as_str();
    let mut story_of = vec![""; annotated.len()];
    for story in &stories {
        let label = story.iter().map(|&at| id(at)).min().unwrap_or_default();
        story.iter().for_each(|&at| story_of[at] = label);
    }
    let lines: String = story_of.iter().enumerate().map(|(at, story)| story_line(id(at), story)).collect();
    write(&lines, options.stage.input.output.as_deref())?;
    Ok(Ending::of(!annotated.is_empty(), unread))
}
