//! Articles to stories: which of them tell of one event.
//!
//! [`cluster`] goes through the articles in time order. Each is a sparse vector over the stems of its words, where its
//! names count double and a rare word counts more than a common one ([`vectors`]); it joins the most similar story of
//! the days around it, or founds one ([`stories`]). Articles of one story share names and rare words whatever the
//! outlet; the threshold was chosen on labelled stories (see `THRESHOLD`) and rather joins two stories of one event
//! than splits a story.

mod stories;
mod vectors;

use twosource_model::{Annotated, Meaning};

/// Sorts articles into stories: lists of indices, each ascending, in the order of their first article.
pub fn cluster(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Vec<usize>> {
    let vectors = vectors::vectors(articles, meaning);
    let mut stories = stories::stories(articles, &vectors);
    stories.iter_mut().for_each(|story| story.sort_unstable());
    stories.sort_unstable();
    stories
}
