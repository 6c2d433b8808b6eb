//! The stages in order.
//!
//! ```text
//! Article ──annotate──▶ Annotated ──cluster──▶ stories ──compare──▶ Comparison
//! ```
//!
//! This is the one place that knows the order. Work on several articles or stories runs in parallel on the current
//! rayon pool and comes back in the order of the input, so the number of threads changes nothing.

use std::collections::BTreeMap;

use rayon::prelude::*;
use twosource_annotate::{Config, annotate};
use twosource_model::{Annotated, Article, Comparison, Meaning};

/// Whether the input is one story by the user's word, or is to be sorted into stories first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Grouping {
    /// Find out which articles tell the same story.
    #[default]
    Cluster,
    /// All articles tell one story.
    OneStory,
}

/// Articles to comparisons: annotates every article, sorts them into stories and compares the reports of each.
///
/// Stories come in the order of their first article; a story of one report has a comparison too.
pub fn compare(articles: Vec<Article>, grouping: Grouping, meaning: &dyn Meaning) -> Vec<Comparison> {
    let annotated = annotate_all(articles);
    let stories = match grouping {
        Grouping::Cluster => twosource_cluster::cluster(&annotated, meaning),
        Grouping::OneStory => vec![(0..annotated.len()).collect()],
    };
    deal(annotated, &stories).into_par_iter().map(|story| compare_story(story, meaning)).collect()
}

/// Annotates articles, each by itself; the result is in the order of the input.
pub fn annotate_all(articles: Vec<Article>) -> Vec<Annotated> {
    articles.into_par_iter().map(|article| annotate(article, &Config::default())).collect()
}

/// Sorts annotated articles into stories: lists of indices, each ascending, in the order of their first article.
pub fn cluster(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Vec<usize>> {
    twosource_cluster::cluster(articles, meaning)
}

/// Compares the reports of one story, after giving those without a date the day of the others to count from.
pub fn compare_story(mut reports: Vec<Annotated>, meaning: &dyn Meaning) -> Comparison {
    if let Some(story_day) = story_day(&reports) {
        for report in reports.iter_mut().filter(|report| report.article.published.is_none()) {
            let article = std::mem::take(&mut report.article);
            *report = annotate(article, &Config { story_day: Some(story_day.clone()) });
        }
    }
    twosource_compare::compare(reports, meaning)
}

/// The day on which most of the dated reports were published; the earliest of several.
fn story_day(reports: &[Annotated]) -> Option<String> {
    let mut days: BTreeMap<&str, usize> = BTreeMap::new();
    for published in reports.iter().filter_map(|report| report.article.published.as_ref()) {
        *days.entry(published.day()).or_default() += 1;
    }
    let most = days.values().copied().max()?;
    days.into_iter().find(|&(_, count)| count == most).map(|(day, _)| day.to_owned())
}

/// Hands each story its articles.
fn deal(annotated: Vec<Annotated>, stories: &[Vec<usize>]) -> Vec<Vec<Annotated>> {
    let mut slots: Vec<Option<Annotated>> = annotated.into_iter().map(Some).collect();
    stories.iter().map(|story| story.iter().filter_map(|&at| slots[at].take()).collect()).collect()
}
