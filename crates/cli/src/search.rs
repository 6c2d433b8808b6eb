//! `twosource search`: articles of the store that hold some words.

use anyhow::Result;
use twosource_present::{HitRow, Place, hit_list};
use twosource_store::{Hit, Query, Sort};

use crate::Ending;
use crate::arguments::{Order, Search};
use crate::output::{say, write};

/// Searches the store.
pub(crate) fn run(options: &Search) -> Result<Ending> {
    let query = Query::parse(&options.query.join(" "))?;
    let store = options.of_store.open_existing()?;
    let sort = match options.sort {
        Order::Newest => Sort::Newest,
        Order::Relevance => Sort::Relevance,
    };
    let hits = store.search(&query, sort, options.skip, options.limit)?;
    let rows: Vec<HitRow> = hits.into_iter().map(row).collect();
    if rows.is_empty() {
        say(&format!("nothing found among {} articles", store.count_articles()?));
    }
    write(&hit_list(&rows, options.shown.list_format()), options.shown.output.as_deref())?;
    Ok(Ending::of(!rows.is_empty(), false))
}

fn row(hit: Hit) -> HitRow {
    let Hit { listed, text, snippet } = hit;
    let row = HitRow {
        article: listed.article,
        story: listed.story,
        title: listed.title,
        outlet: listed.outlet,
        published: listed.published,
        language: listed.language,
        url: listed.url,
        snippet: Place::default(),
        hits: Vec::new(),
    };
    row.with_snippet(&text, snippet.span, &snippet.hits)
}
