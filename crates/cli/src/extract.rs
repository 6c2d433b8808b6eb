//! `twosource extract`: pages and texts to articles.

use anyhow::Result;
use twosource_present::{ArticleFormat, ArticleWriter};

use crate::Ending;
use crate::arguments::{self, Extract};
use crate::input::{Articles, articles, say_diagnostics};
use crate::output::{text_style, write};

/// Reads the inputs and prints their articles.
pub(crate) fn run(options: &Extract) -> Result<Ending> {
    let Articles { articles, unread } = articles(&options.input)?;
    say_diagnostics(&articles);
    let mut writer = ArticleWriter::new(format(options));
    let mut out = writer.opening();
    articles.iter().for_each(|article| out += &writer.article(article));
    write(&(out + &writer.closing()), options.input.output.as_deref())?;
    Ok(Ending::of(!articles.is_empty(), unread))
}

fn format(options: &Extract) -> ArticleFormat {
    match options.format {
        arguments::Articles::Jsonl => ArticleFormat::Jsonl,
        arguments::Articles::Json => ArticleFormat::Json,
        arguments::Articles::Text => ArticleFormat::Text(text_style(&options.style, options.input.output.as_deref())),
        arguments::Articles::Html => ArticleFormat::Html,
    }
}
