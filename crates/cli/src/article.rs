//! `twosource article`: one article of the store.

use anyhow::Result;
use twosource_engine::{RevisionSettings, annotate_all, revisions};
use twosource_model::Instant;
use twosource_present::{
    ArticleFormat, ArticleWriter, RevisionFormat, RevisionRow, StoredArticle, Version, revised, stored_article_line,
    stored_article_text,
};
use twosource_server::revision_row;
use twosource_store::Revision;

use crate::Ending;
use crate::arguments::{Articles, ShowArticle};
use crate::input::meaning;
use crate::output::{say, text_style, write};

/// Shows an article with everything that is known of it.
pub(crate) fn run(options: &ShowArticle) -> Result<Ending> {
    let store = options.of_store.open_existing()?;
    let Some(number) = store.find_article(&options.id)? else {
        say(&format!("no article {}; find one with: twosource search QUERY", options.id));
        return Ok(Ending::Nothing);
    };
    let listed = store.listed(number)?;
    let kept = store.revisions(number)?;
    let wanted = options.revision.unwrap_or_else(|| kept.last().map_or(1, |revision| revision.number));
    let Some(revision) = kept.iter().find(|revision| revision.number == wanted) else {
        say(&format!("article {number} has {} revisions, no revision {wanted}", kept.len()));
        return Ok(Ending::Nothing);
    };
    if options.revisions {
        return changes(&kept, options);
    }
    let rows: Vec<RevisionRow> = kept.iter().map(revision_row).collect();
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

/// Shows what changed from each revision to the next.
fn changes(kept: &[Revision], options: &ShowArticle) -> Result<Ending> {
    let articles: Vec<_> = kept.iter().map(|revision| revision.article.clone()).collect();
    let changed = revisions(&articles, &*meaning(None)?, RevisionSettings::default());
    let versions: Vec<Version<'_>> = kept.iter().map(version).collect();
    let format = match options.format {
        Articles::Text => RevisionFormat::Text(text_style(&options.style, options.output.as_deref())),
        Articles::Json | Articles::Jsonl => RevisionFormat::Json,
        Articles::Html => RevisionFormat::Html,
    };
    let printed = twosource_present::revisions(&revised(&versions, &changed), format, options.trivial);
    write(&printed, options.output.as_deref())?;
    Ok(if changed.is_empty() { Ending::Nothing } else { Ending::Done })
}

fn version(revision: &Revision) -> Version<'_> {
    let captured_at = revision.captured_at.as_ref().map(Instant::as_str);
    Version { number: revision.number, captured_at, article: &revision.article }
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
