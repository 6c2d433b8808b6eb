//! `twosource extract`: pages and texts to articles.

use anyhow::Result;
use twosource_model::Article;
use twosource_present::article_line;

use crate::Ending;
use crate::arguments::Stage;
use crate::input::{each, say_diagnostics};
use crate::output::Output;

/// Reads the inputs and prints the articles as they come.
pub(crate) fn run(options: &Stage) -> Result<Ending> {
    let mut output = Output::new(options.input.output.as_deref());
    let mut found = false;
    let unread = each(&options.input, &mut |articles| {
        say_diagnostics(&articles);
        found |= !articles.is_empty();
        output.write(&printed(&articles))
    })?;
    Ok(Ending::of(found, unread))
}

/// Some articles that follow one another.
fn printed(articles: &[Article]) -> String {
    articles.iter().map(article_line).collect()
}
