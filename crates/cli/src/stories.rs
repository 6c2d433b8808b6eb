//! `twosource stories`: stories of the store.

use std::collections::BTreeSet;

use anyhow::Result;
use jiff::Timestamp;
use twosource_embed::StaticTable;
use twosource_engine::{LeadWords, Looked, Wanted, stories};
use twosource_present::{DifferenceCounts, ListFormat, Place, StoryRow, json, story_list};

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
    };
    let found = stories(&mut store, &wanted, &StaticTable::builtin(), &json)?;
    let rows: Vec<StoryRow> = found.into_iter().map(row).collect();
    write(&story_list(&rows, options.shown.list_format()), options.shown.output.as_deref())?;
    if rows.is_empty() {
        let (all, several) = (store.count_stories(1)?, store.count_stories(2)?);
        say(&format!("no such story among {all}, {several} of them with several reports; ask for less"));
    }
    Ok(Ending::of(!rows.is_empty(), false))
}

fn row(looked: Looked) -> StoryRow {
    let Looked { story, articles, summary } = looked;
    let titled = articles.iter().find(|listed| !listed.title.is_empty());
    let mut seen = BTreeSet::new();
    let outlets =
        articles.iter().filter_map(|listed| listed.outlet.clone()).filter(|outlet| seen.insert(outlet.clone()));
    let is_dated = articles.iter().any(|listed| listed.published.is_some());
    let moment = |at: i64| Timestamp::from_second(at).ok().filter(|_| is_dated).map(|at| at.to_string());
    StoryRow {
        story: story.story,
        title: titled.map_or_else(String::new, |listed| listed.title.clone()),
        reports: story.articles,
        first: moment(story.first_at),
        last: moment(story.last_at),
        independent_origins: summary.independent_origins,
        origins: summary.origins,
        lead: summary.lead.map(|LeadWords { article, start, end, exact }| Place { article, start, end, exact }),
        shared_claims: summary.shared_claims,
        differences: DifferenceCounts {
            contradiction: summary.contradictions,
            tension: summary.tensions,
            precision: summary.precisions,
        },
        outlets: outlets.collect(),
    }
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
