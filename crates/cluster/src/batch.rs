//! Many articles at once: the stream over them in time order.

use std::collections::BTreeMap;

use jiff::civil::Date;
use twosource_model::{Annotated, Meaning};

use crate::change::Change;
use crate::profile::profile;
use crate::stream::Stream;

/// Sorts articles into stories: lists of indices, each ascending, in the order of their first article.
pub fn cluster(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Vec<usize>> {
    let order = time_order(articles);
    let mut stream = Stream::new();
    let mut stories: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for (number, &at) in (0_u64..).zip(&order) {
        let placement = stream.add(number, day(&articles[at]), profile(&articles[at], meaning));
        placement.changes.iter().for_each(|change| apply(&mut stories, change));
        stories.entry(placement.story).or_default().push(number);
    }
    let indices = |story: Vec<u64>| {
        let mut indices: Vec<usize> =
            story.into_iter().filter_map(|number| order.get(number as usize).copied()).collect();
        indices.sort_unstable();
        indices
    };
    let mut stories: Vec<Vec<usize>> = stories.into_values().map(indices).collect();
    stories.sort_unstable();
    stories
}

/// Does to a list of the articles of each story what a change says.
fn apply(stories: &mut BTreeMap<u64, Vec<u64>>, change: &Change) {
    match change {
        Change::Merge { from, into, .. } => {
            let articles = stories.remove(from).unwrap_or_default();
            stories.entry(*into).or_default().extend(articles);
        }
        Change::Split { from, into, articles, .. } => {
            if let Some(story) = stories.get_mut(from) {
                story.retain(|article| !articles.contains(article));
            }
            stories.entry(*into).or_default().extend(articles);
        }
    }
}

/// The order in which articles are added: by time, undated ones last, when the stories they may belong to are there; ties
/// are broken by content, so that the order of the input does not matter.
pub fn time_order(articles: &[Annotated]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&at| {
        let article = &articles[at].article;
        (article.published.is_none(), &article.published, &article.outlet, &article.title, &article.text)
    });
    order
}

/// The day an article was published.
fn day(article: &Annotated) -> Option<Date> {
    article.article.published.as_ref().and_then(|published| published.day().parse().ok())
}
