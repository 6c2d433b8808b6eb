//! `twosource extract`: pages, feeds, archives and texts to articles.

use anyhow::Result;
use twosource_present::{ArticleFormat, ArticleWriter};

use crate::Ending;
use crate::arguments::{self, Extract};
use crate::input::{each, say_diagnostics};
use crate::output::{Output, text_style};

/// Reads the inputs and prints their articles as they come.
pub(crate) fn run(options: &Extract) -> Result<Ending> {
    let mut output = Output::new(options.input.output.as_deref());
    let mut writer = ArticleWriter::new(format(options));
    let mut opening = Some(writer.opening());
    let mut found = false;
    let unread = each(&options.input, &mut |articles| {
        say_diagnostics(&articles);
        found |= !articles.is_empty();
        let mut piece = opening.take().unwrap_or_default();
        articles.iter().for_each(|article| piece += &writer.article(article));
        output.write(&piece)
    })?;
    let _ = output.write(&writer.closing())?;
    Ok(Ending::of(found, unread))
}

fn format(options: &Extract) -> ArticleFormat {
    match options.format {
        arguments::Articles::Jsonl => ArticleFormat::Jsonl,
        arguments::Articles::Json => ArticleFormat::Json,
        arguments::Articles::Text => ArticleFormat::Text(text_style(&options.style, options.input.output.as_deref())),
        arguments::Articles::Html => ArticleFormat::Html,
    }
}
