//! The stages in order.
//!
//! ```text
//! Article ──annotate──▶ Annotated ──cluster──▶ stories ──compare──▶ Comparison
//! ```
//!
//! This is the one place that knows the order. Work on several articles or stories runs in parallel on the current
//! rayon pool and comes back in the order of the input, so the number of threads changes nothing. Should a stage panic,
//! which would be an error of ours, it costs the article or the story at hand and no other.

mod ingest;
mod looking;
mod method;
mod revisions;
mod sorting;
pub mod watch;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use twosource_annotate::{Config, annotate};
/// Copies need no annotation: texts go straight into [`Duplicates`] and [`Passages`].
pub use twosource_cluster::{Duplicates, Pair, Passage, Passages, connected};
use twosource_model::{Annotated, Article, Comparison, Meaning, Note, Report, report_id};

pub use ingest::{Given, Ingest, Kept, Taken};
pub use looking::{
    Compared, LeadWords, Looked, StoryPage, Summary, Wanted, compare_stored, comparison_key, comparison_of,
    keep_comparison, known_comparison, known_story_page, look_at, looked_at, stories, story_page,
};
pub use method::Method;
pub use revisions::{Earlier, compare_story_with_earlier, revisions};
pub use sorting::Sorted;
pub use twosource_compare::OutletLists;
pub use twosource_compare::revision::Settings as RevisionSettings;

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
pub fn compare(articles: Vec<Article>, grouping: Grouping, method: &Method<'_>) -> Vec<Comparison> {
    let annotated = annotate_all(articles);
    let stories = match grouping {
        Grouping::Cluster => twosource_cluster::cluster(&annotated, method.meaning),
        Grouping::OneStory => vec![(0..annotated.len()).collect()],
    };
    deal(annotated, &stories).into_par_iter().map(|story| compare_story(story, method)).collect()
}

/// Annotates articles, each by itself; the result is in the order of the input.
pub fn annotate_all(articles: Vec<Article>) -> Vec<Annotated> {
    articles.into_par_iter().map(|article| annotated(article, &Config::default())).collect()
}

/// Annotates an article; one that makes a stage panic stays without annotations and says so.
fn annotated(article: Article, config: &Config) -> Annotated {
    let kept = article.clone();
    guarded(|| annotate(article, config)).unwrap_or_else(|| {
        let mut article = kept;
        article.diagnostics.push(format!("could not be annotated: {OURS}"));
        Annotated { article, ..Annotated::default() }
    })
}

/// What to do about a panic.
const OURS: &str = "an error in this program; please report it with the text that brings it about";

/// The result of some work, unless it panics.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Sorts annotated articles into stories: lists of indices, each ascending, in the order of their first article.
pub fn cluster(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Vec<usize>> {
    twosource_cluster::cluster(articles, meaning)
}

/// Compares the reports of one story, after giving those without a date the day of the others to count from.
pub fn compare_story(mut reports: Vec<Annotated>, method: &Method<'_>) -> Comparison {
    if let Some(story_day) = story_day(&reports) {
        for report in reports.iter_mut().filter(|report| report.article.published.is_none()) {
            let article = std::mem::take(&mut report.article);
            *report = annotated(article, &Config { story_day: Some(story_day.clone()), ..Config::default() });
        }
    }
    let articles: Vec<Article> = reports.iter().map(|report| report.article.clone()).collect();
    let compared = guarded(|| twosource_compare::compare(reports, method.meaning, method.outlets()));
    compared.unwrap_or_else(|| not_compared(articles))
}

/// The comparison of a story that made a stage panic: its reports, and that they could not be compared.
fn not_compared(articles: Vec<Article>) -> Comparison {
    let message = format!("could not be compared: {OURS}");
    let report = |(at, mut article): (usize, Article)| {
        article.diagnostics.push(message.clone());
        Report { id: report_id(at), article }
    };
    let reports: Vec<Report> = articles.into_iter().enumerate().map(report).collect();
    let note = |report: usize| Note { report: Some(report), message: message.clone() };
    Comparison { diagnostics: (0..reports.len()).map(note).collect(), reports, ..Comparison::default() }
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

#[cfg(test)]
mod tests {
    use twosource_model::{Block, BlockKind, Span};

    use super::*;

    /// A model that fails on one word.
    struct Fragile;

    impl Meaning for Fragile {
        fn name(&self) -> &str {
            "fragile"
        }

        fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>> {
            assert!(!texts.iter().any(|text| text.contains("glass")), "broken");
            vec![vec![0.0; 4]; texts.len()]
        }

        fn word(&self, _word: &str) -> Option<Vec<f32>> {
            None
        }

        fn document_share(&self, _word: &str) -> f64 {
            0.01
        }
    }

    #[test]
    fn a_panic_costs_one_story_and_no_other() {
        let article = |text: &str| Article {
            text: text.to_owned(),
            blocks: vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }],
            ..Article::default()
        };
        let glass = "The glass roof of the Norrvik station fell in.";
        let ferry = "Beekeepers of Osmark expect a good harvest of heather honey.";
        let stories = compare(
            [glass, ferry, glass, ferry].map(article).to_vec(),
            Grouping::Cluster,
            &Method::new(&Fragile, OutletLists::default()),
        );
        let [broken, whole] = &stories[..] else { panic!("two stories, not {}", stories.len()) };
        assert!(broken.claims.is_empty() && broken.reports.len() == 2);
        assert!(broken.diagnostics[0].message.starts_with("could not be compared"));
        assert!(whole.claims.iter().any(twosource_model::Claim::is_shared));
    }
}
