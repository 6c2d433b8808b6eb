//! Vectors to stories, article by article in time order.

use std::collections::BTreeMap;

use jiff::civil::Date;
use twosource_model::Annotated;

use crate::vectors::{Profile, Vector};

/// Mean similarity to the articles of a story from which an article joins it.
const THRESHOLD: f32 = 0.18;

/// Days between an article and the last one of its story.
const WINDOW: i32 = 30;

/// What the similarity of two articles loses each time the days between them double: news of one event comes in a burst,
/// and the next shooting in a town is told in the same words.
const LOSS: f32 = 0.04;

/// Stories an article is compared with: those with the articles most like it in its weightiest words.
const CANDIDATES: usize = 20;

/// The weightiest words of an article, by which candidates are found.
const KEY_WORDS: usize = 60;

/// For each term the articles that hold it among their key words, with its weight there.
type Index = BTreeMap<u32, Vec<(usize, f32)>>;

struct Story {
    members: Vec<usize>,
    last_day: Option<Date>,
}

/// Sorts articles into stories; the order of the input does not matter.
pub(crate) fn stories(articles: &[Annotated], profiles: &[Profile]) -> Vec<Vec<usize>> {
    let mut stories: Vec<Story> = Vec::new();
    let mut story_of = vec![usize::MAX; articles.len()];
    let days: Vec<Option<Date>> = articles.iter().map(day).collect();
    let mut index = Index::new();
    for at in time_order(articles) {
        let day = days[at];
        let keys = key_words(&profiles[at].whole);
        let best = candidates(&keys, &index, &story_of)
            .into_iter()
            .filter(|&story| within_window(stories[story].last_day, day))
            .map(|story| (similarity(at, &stories[story], profiles, &days), story))
            .max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        let story = match best {
            Some((similarity, story)) if similarity >= THRESHOLD => story,
            _ => {
                stories.push(Story { members: Vec::new(), last_day: None });
                stories.len() - 1
            }
        };
        stories[story].members.push(at);
        stories[story].last_day = stories[story].last_day.max(day);
        story_of[at] = story;
        keys.into_iter().for_each(|(term, weight)| index.entry(term).or_default().push((at, weight)));
    }
    stories.into_iter().map(|story| story.members).collect()
}

/// The terms of the greatest weight.
fn key_words(vector: &Vector) -> Vec<(u32, f32)> {
    let mut terms = vector.0.clone();
    terms.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    terms.truncate(KEY_WORDS);
    terms
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
    days_apart(last, day) <= WINDOW
}

/// Days between two days; none where one is not known.
fn days_apart(one: Option<Date>, other: Option<Date>) -> i32 {
    let apart = |(one, other): (Date, Date)| one.since(other).map_or(i32::MAX, |apart| apart.get_days().abs());
    one.zip(other).map_or(0, apart)
}

/// The stories of the articles most like one in their key words.
fn candidates(keys: &[(u32, f32)], index: &Index, story_of: &[usize]) -> Vec<usize> {
    let mut alike: BTreeMap<usize, f32> = BTreeMap::new();
    for (term, weight) in keys {
        for (article, other) in index.get(term).into_iter().flatten() {
            *alike.entry(*article).or_default() += weight * other;
        }
    }
    let mut of_story: BTreeMap<usize, f32> = BTreeMap::new();
    for (article, alike) in alike {
        let most = of_story.entry(story_of[article]).or_default();
        *most = most.max(alike);
    }
    let mut ranked: Vec<(usize, f32)> = of_story.into_iter().collect();
    ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    ranked.into_iter().take(CANDIDATES).map(|(story, _)| story).collect()
}

/// The mean similarity of an article to those of a story, less what the days between them cost.
fn similarity(at: usize, story: &Story, profiles: &[Profile], days: &[Option<Date>]) -> f32 {
    let to_member = |&member: &usize| {
        let doublings = (1.0 + days_apart(days[at], days[member]) as f32).log2();
        profiles[at].alike(&profiles[member]) - LOSS * doublings
    };
    story.members.iter().map(to_member).sum::<f32>() / story.members.len() as f32
}
