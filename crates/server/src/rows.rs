//! Values of the store and the engine as rows that are shown.

use std::collections::BTreeSet;

use jiff::Timestamp;
use twosource_engine::{LeadWords, Looked};
use twosource_model::Instant;
use twosource_present::{DifferenceCounts, HitRow, Place, RevisionRow, StoryRow};
use twosource_store::{Hit, Revision};

/// A story with what its comparison comes to.
pub fn story_row(looked: Looked) -> StoryRow {
    let Looked { story, articles, summary } = looked;
    let titled = articles.iter().find(|listed| !listed.title.is_empty());
    let mut seen = BTreeSet::new();
    let outlets =
        articles.iter().filter_map(|listed| listed.outlet.clone()).filter(|outlet| seen.insert(outlet.clone()));
    let is_dated = articles.iter().any(|listed| listed.published.is_some());
    let moment = |at: i64| Timestamp::from_second(at).ok().filter(|_| is_dated).map(|at| at.to_string());
    StoryRow {
        story: story.story,
        title: titled.map_or_else(String::new, |listed| listed.title.clone()),
        reports: story.articles,
        first: moment(story.first_at),
        last: moment(story.last_at),
        independent_origins: summary.independent_origins,
        origins: summary.origins,
        lead: summary.lead.map(|LeadWords { article, start, end, exact }| Place { article, start, end, exact }),
        shared_claims: summary.shared_claims,
        differences: DifferenceCounts {
            contradiction: summary.contradictions,
            tension: summary.tensions,
            precision: summary.precisions,
        },
        outlets: outlets.collect(),
    }
}

/// An article that was found.
pub fn hit_row(hit: Hit) -> HitRow {
    let Hit { listed, text, snippet, .. } = hit;
    let row = HitRow {
        article: listed.article,
        story: listed.story,
        title: listed.title,
        outlet: listed.outlet,
        published: listed.published,
        language: listed.language,
        url: listed.url,
        snippet: Place::default(),
        hits: Vec::new(),
        opening: String::new(),
    };
    row.with_snippet(&text, snippet.span, &snippet.hits)
}

/// A revision of an article.
pub fn revision_row(revision: &Revision) -> RevisionRow {
    RevisionRow {
        number: revision.number,
        captured_at: revision.captured_at.as_ref().map(Instant::as_str).map(str::to_owned),
        title: revision.article.title.clone(),
        characters: revision.article.text.chars().count(),
        complete: revision.complete,
    }
}
