//! `twosource article`: one article of the store.

use anyhow::Result;
use twosource_engine::annotate_all;
use twosource_present::{
    ArticleFormat, ArticleWriter, RevisionRow, StoredArticle, stored_article_line, stored_article_text,
};
use twosource_server::revision_row;

use crate::Ending;
use crate::arguments::{Articles, ShowArticle};
use crate::output::{say, text_style, write};

/// Shows an article with everything that is known of it.
pub(crate) fn run(options: &ShowArticle) -> Result<Ending> {
    let store = options.of_store.open_existing()?;
    let Some(number) = store.find_article(&options.id)? else {
        say(&format!("no article {}; find one with: twosource search QUERY", options.id));
        return Ok(Ending::Nothing);
    };
    let listed = store.listed(number)?;
    let revisions = store.revisions(number)?;
    let wanted = options.revision.unwrap_or_else(|| revisions.last().map_or(1, |revision| revision.number));
    let Some(revision) = revisions.iter().find(|revision| revision.number == wanted) else {
        say(&format!("article {number} has {} revisions, no revision {wanted}", revisions.len()));
        return Ok(Ending::Nothing);
    };
    let rows: Vec<RevisionRow> = revisions.iter().map(revision_row).collect();
    for annotated in annotate_all(vec![revision.article.clone()]) {
        let stored = StoredArticle {
            number,
            story: listed.as_ref().and_then(|listed| listed.story),
            pinned: listed.as_ref().is_some_and(|listed| listed.pinned),
            annotated: &annotated,
            revisions: &rows,
        };
        write(&printed(&stored, options), options.output.as_deref())?;
    }
    Ok(Ending::Done)
}

fn printed(stored: &StoredArticle<'_>, options: &ShowArticle) -> String {
    match options.format {
        Articles::Text => stored_article_text(stored, text_style(&options.style, options.output.as_deref())),
        Articles::Json | Articles::Jsonl => stored_article_line(stored),
        Articles::Html => {
            let mut writer = ArticleWriter::new(ArticleFormat::Html);
            writer.opening() + &writer.article(&stored.annotated.article) + &writer.closing()
        }
    }
}
