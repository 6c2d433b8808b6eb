//! `twosource extract`: pages and texts to articles.

use anyhow::Result;
use twosource_present::article_line;

use crate::Ending;
use crate::arguments::Stage;
use crate::input::{Articles, articles, say_diagnostics};
use crate::output::write;

/// Reads the inputs and prints one article a line.
pub(crate) fn run(options: &Stage) -> Result<Ending> {
    let Articles { articles, unread } = articles(&options.input)?;
    say_diagnostics(&articles);
    let lines: String = articles.iter().map(article_line).collect();
    write(&lines, options.input.output.as_deref())?;
    Ok(Ending::of(!articles.is_empty(), unread))
}
