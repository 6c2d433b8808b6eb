//! `twosource search`: articles of the store that hold some words.

use anyhow::Result;
use twosource_present::{HitRow, hit_list};
use twosource_server::hit_row;
use twosource_store::{Query, Sort};

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
    let rows: Vec<HitRow> = hits.into_iter().map(hit_row).collect();
    if rows.is_empty() {
        say(&format!("nothing found among {} articles", store.count_articles()?));
    }
    write(&hit_list(&rows, options.shown.list_format()), options.shown.output.as_deref())?;
    Ok(Ending::of(!rows.is_empty(), false))
}
