//! `twosource stories`: stories of the store.

use anyhow::Result;
use twosource_embed::StaticTable;
use twosource_engine::{Method, Wanted, stories};
use twosource_present::{ListFormat, StoryRow, story_list};
use twosource_server::story_row;

use crate::Ending;
use crate::arguments::{Listing, Shown, Stories};
use crate::output::{say, text_style, write};

/// Lists the stories that are wanted.
pub(crate) fn run(options: &Stories) -> Result<Ending> {
    let mut store = options.of_store.open_existing()?;
    let since = options.since.as_deref().map(|since| options.of_store.moment(since)).transpose()?;
    let wanted = Wanted {
        since,
        min_reports: options.min_reports,
        min_origins: options.min_origins,
        differences: options.differences,
        most: options.limit,
        ..Wanted::default()
    };
    let meaning = StaticTable::builtin();
    let method = Method::of_store(&store, &meaning)?;
    let found = stories(&mut store, &wanted, &method)?;
    let rows: Vec<StoryRow> = found.into_iter().map(story_row).collect();
    write(&story_list(&rows, options.shown.list_format()), options.shown.output.as_deref())?;
    if rows.is_empty() {
        let (all, several) = (store.count_stories(1)?, store.count_stories(2)?);
        say(&format!("no such story among {all}, {several} of them with several reports; ask for less"));
    }
    Ok(Ending::of(!rows.is_empty(), false))
}

impl Shown {
    /// The format that was asked for.
    pub(crate) fn list_format(&self) -> ListFormat {
        match self.format {
            Listing::Text => ListFormat::Text(text_style(&self.style, self.output.as_deref())),
            Listing::Json => ListFormat::Json,
            Listing::Jsonl => ListFormat::Jsonl,
            Listing::Csv => ListFormat::Csv,
            Listing::Markdown => ListFormat::Markdown,
        }
    }
}
