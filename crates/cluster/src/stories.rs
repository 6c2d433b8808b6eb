//! Vectors to stories, article by article in time order.

use std::collections::BTreeMap;

use jiff::civil::Date;
use twosource_model::Annotated;

use crate::vectors::{Vector, cosine};

/// Mean similarity to the articles of a story from which an article joins it.
const THRESHOLD: f32 = 0.2;

/// Days between an article and the last one of its story.
const WINDOW: i32 = 30;

/// Stories an article is compared with: those that share most of its weightiest words.
const CANDIDATES: usize = 20;

struct Story {
    members: Vec<usize>,
    last_day: Option<Date>,
}

/// Sorts articles into stories; the order of the input does not matter.
pub(crate) fn stories(articles: &[Annotated], vectors: &[Vector]) -> Vec<Vec<usize>> {
    let mut stories: Vec<Story> = Vec::new();
    let mut index: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for at in time_order(articles) {
        let day = day(&articles[at]);
        let best = candidates(&vectors[at], &index)
            .into_iter()
            .filter(|&story| within_window(stories[story].last_day, day))
            .map(|story| (similarity(&vectors[at], &stories[story], vectors), story))
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        let story = match best {
            Some((similarity, story)) if similarity >= THRESHOLD => story,
            _ => {
                stories.push(Story { members: Vec::new(), last_day: None });
                stories.len() - 1
            }
        };
        join(&mut stories[story], story, at, day, &vectors[at], &mut index);
    }
    stories.into_iter().map(|story| story.members).collect()
}

fn join(
    story: &mut Story,
    number: usize,
    at: usize,
    day: Option<Date>,
    vector: &Vector,
    index: &mut BTreeMap<u32, Vec<usize>>,
) {
    story.members.push(at);
    story.last_day = story.last_day.max(day);
    for &(term, _) in &vector.0 {
        let stories = index.entry(term).or_default();
        if stories.last() != Some(&number) {
            stories.push(number);
        }
    }
}

/// Undated articles come last, when the stories they may belong to are there; ties are broken by content.
fn time_order(articles: &[Annotated]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.sort_by_key(|&at| {
        let article = &articles[at].article;
        (article.published.is_none(), &article.published, &article.outlet, &article.title, &article.text)
    });
    order
}

fn day(article: &Annotated) -> Option<Date> {
    article.article.published.as_ref().and_then(|published| published.day().parse().ok())
}

fn within_window(last: Option<Date>, day: Option<Date>) -> bool {
    match (last, day) {
        (Some(last), Some(day)) => day.since(last).map_or(true, |apart| apart.get_days().abs() <= WINDOW),
        _ => true,
    }
}

/// The stories that share most weight with an article.
fn candidates(vector: &Vector, index: &BTreeMap<u32, Vec<usize>>) -> Vec<usize> {
    let mut shared: BTreeMap<usize, f32> = BTreeMap::new();
    for (term, weight) in &vector.0 {
        for &story in index.get(term).into_iter().flatten() {
            *shared.entry(story).or_default() += weight;
        }
    }
    let mut ranked: Vec<(usize, f32)> = shared.into_iter().collect();
    ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    ranked.into_iter().take(CANDIDATES).map(|(story, _)| story).collect()
}

/// The mean similarity to the articles of a story.
fn similarity(vector: &Vector, story: &Story, vectors: &[Vector]) -> f32 {
    let sum: f32 = story.members.iter().map(|&member| cosine(vector, &vectors[member])).sum();
    sum / story.members.len() as f32
}
