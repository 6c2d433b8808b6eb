//! `twosource annotate`: articles to annotations.

use anyhow::Result;
use twosource_present::annotated_line;

use crate::Ending;
use crate::arguments::Stage;
use crate::input::{each, say_diagnostics};
use crate::output::Output;

/// Reads the inputs and prints one annotated article a line, as they come.
pub(crate) fn run(options: &Stage) -> Result<Ending> {
    let mut output = Output::new(options.input.output.as_deref());
    let mut found = false;
    let unread = each(&options.input, &mut |articles| {
        let annotated = twosource_engine::annotate_all(articles);
        say_diagnostics(annotated.iter().map(|annotated| &annotated.article));
        found |= !annotated.is_empty();
        let lines: String = annotated.iter().map(annotated_line).collect();
        output.write(&lines)
    })?;
    Ok(Ending::of(found, unread))
}
