//! Articles to stories: which of them tell of one event.
//!
//! [`cluster`] goes through the articles in time order. Each is two sparse vectors over the stems of its words and its
//! numbers, of the whole and of its top, where names count double and a rare word counts more than a common one
//! ([`vectors`]); it joins the most similar story of the days around it, or founds one ([`stories`]). Articles of one
//! story share names and rare words whatever the outlet, and come in a burst: the threshold and what a day between two
//! articles costs were chosen on three labelled sets together.

mod stories;
mod vectors;

use twosource_model::{Annotated, Meaning};

/// Sorts articles into stories: lists of indices, each ascending, in the order of their first article.
pub fn cluster(articles: &[Annotated], meaning: &dyn Meaning) -> Vec<Vec<usize>> {
    let profiles = vectors::profiles(articles, meaning);
    let mut stories = stories::stories(articles, &profiles);
    stories.iter_mut().for_each(|story| story.sort_unstable());
    stories.sort_unstable();
    stories
}
