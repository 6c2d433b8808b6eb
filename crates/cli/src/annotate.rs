//! `twosource annotate`: articles to annotations.

use anyhow::Result;
use twosource_present::annotated_line;

use crate::Ending;
use crate::arguments::Stage;
use crate::input::{Articles, articles, say_diagnostics};
use crate::output::write;

/// Reads the inputs and prints one annotated article a line.
pub(crate) fn run(options: &Stage) -> Result<Ending> {
    let Articles { articles, unread } = articles(&options.input)?;
    let annotated = twosource_engine::annotate_all(articles);
    say_diagnostics(annotated.iter().map(|annotated| &annotated.article));
    let lines: String = annotated.iter().map(annotated_line).collect();
    write(&lines, options.input.output.as_deref())?;
    Ok(Ending::of(!annotated.is_empty(), unread))
}
