//! The versions of one article, the earliest first, to what changed from each to the next.

use twosource_annotate::Config;
use twosource_compare::revision::{Settings, revision};
use twosource_model::{Article, Meaning, Revision};

use crate::{annotated, guarded};

/// What changed between neighbouring versions: one fewer than there are versions. Two versions that make a stage panic,
/// which would be an error of ours, differ in nothing that can be told.
pub fn revisions(versions: &[Article], meaning: &dyn Meaning, settings: Settings) -> Vec<Revision> {
    let versions: Vec<_> = versions.iter().map(|article| annotated(article.clone(), &Config::default())).collect();
    let neighbours = versions.windows(2);
    let changed = |pair: &[_]| match pair {
        [old, new] => guarded(|| revision(old, new, meaning, settings)).unwrap_or_default(),
        _ => Revision::default(),
    };
    neighbours.map(changed).collect()
}
