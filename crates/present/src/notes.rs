//! What the reader should know about the comparison itself.

use twosource_model::Comparison;

/// What was skipped or unsure while reading and comparing, by report, each message once.
pub(crate) fn notes(comparison: &Comparison) -> Vec<(Option<usize>, &str)> {
    let read = comparison.reports.iter().enumerate().flat_map(|(index, report)| {
        report.article.diagnostics.iter().map(move |message| (Some(index), message.as_str()))
    });
    let compared = comparison.diagnostics.iter().map(|note| (note.report, note.message.as_str()));
    let mut seen = std::collections::BTreeSet::new();
    read.chain(compared).filter(|&note| seen.insert(note)).collect()
}
