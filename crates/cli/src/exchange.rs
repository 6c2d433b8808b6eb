//! `twosource export` and `import`: what the store holds, in formats others read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;

use anyhow::{Context, Error, Result};
use serde_json::json;
use twosource_engine::OutletLists;
use twosource_present::article_line;
use twosource_read::opml::{self, FeedSource};
use twosource_read::{Input, Limits, TableWriter, expand};
use twosource_store::{Feed, List, Store};

use crate::Ending;
use crate::arguments::{Add, Export, Exported, Table};
use crate::outlets::parse_lists;
use crate::output::{Output, say, write};

/// Articles written out at a time.
const STEP: usize = 500;

/// Writes out what the store holds.
pub(crate) fn export(options: &Export) -> Result<Ending> {
    let store = options.of_store.open_existing()?;
    match (options.what, options.format) {
        (Exported::Articles, Table::Jsonl) => articles(&store, options),
        (Exported::Articles, Table::Parquet) => table(&store, options),
        (Exported::Stories, _) => each(&store, options, &|number| {
            let listed = store.listed(number)?;
            let line = listed.map(|listed| json!({ "article": number, "id": listed.given_id, "story": listed.story }));
            Ok(line.map_or_else(String::new, |line| format!("{line}\n")))
        }),
        (Exported::Feeds, _) => feeds(&store, options),
        (Exported::Outlets, _) => outlets(&store, options),
    }
}

fn articles(store: &Store, options: &Export) -> Result<Ending> {
    each(store, options, &|number| match options.revisions {
        true => Ok(store.revisions(number)?.iter().map(|revision| article_line(&revision.article)).collect()),
        false => Ok(article_line(&store.article(number)?)),
    })
}

/// Writes articles as a table, a row group a step.
fn table(store: &Store, options: &Export) -> Result<Ending> {
    let path = options.output.as_deref().context("a table is no text; name a file with -o")?;
    let failed = || format!("{} cannot be written; choose another place with -o", path.display());
    let file = BufWriter::new(File::create(path).with_context(failed)?);
    let mut writer = TableWriter::new(file).map_err(Error::msg).with_context(failed)?;
    let mut last = 0;
    loop {
        let numbers = store.article_ids(last, STEP)?;
        let Some(&next) = numbers.last() else { break };
        let mut rows = Vec::new();
        for number in numbers {
            match options.revisions {
                true => rows.extend(store.revisions(number)?.into_iter().map(|revision| revision.article)),
                false => rows.push(store.article(number)?),
            }
        }
        writer.write(&rows).map_err(Error::msg).with_context(failed)?;
        last = next;
    }
    writer.close().map_err(Error::msg).with_context(failed)?;
    Ok(Ending::of(last > 0, false))
}

/// Writes something of each article, in the order of their recording.
fn each(store: &Store, options: &Export, line: &dyn Fn(u64) -> Result<String>) -> Result<Ending> {
    let mut output = Output::new(options.output.as_deref());
    let mut last = 0;
    loop {
        let numbers = store.article_ids(last, STEP)?;
        let Some(&next) = numbers.last() else { break };
        let lines = numbers.into_iter().map(line).collect::<Result<String>>()?;
        if output.write(&lines)?.is_break() {
            break;
        }
        last = next;
    }
    Ok(Ending::of(last > 0, false))
}

fn feeds(store: &Store, options: &Export) -> Result<Ending> {
    let source = |feed: Feed| FeedSource {
        title: feed.title,
        feed_url: feed.url,
        site_url: feed.site_url,
        folders: feed.folders,
    };
    let feeds: Vec<FeedSource> = store.feeds()?.into_iter().map(source).collect();
    write(&opml::write("Feeds of Twosource", &feeds), options.output.as_deref())?;
    Ok(Ending::of(!feeds.is_empty(), false))
}

fn outlets(store: &Store, options: &Export) -> Result<Ending> {
    let lists = BTreeMap::from([("outlets", store.list(List::Outlets)?), ("families", store.list(List::Families)?)]);
    write(&toml::to_string(&lists)?, options.output.as_deref())?;
    Ok(Ending::of(lists.values().any(|list| !list.is_empty()), false))
}

/// Takes in lists of feeds and of outlets, and everything else as `add` does.
pub(crate) fn import(options: &Add) -> Result<Ending> {
    let (lists, articles): (Vec<Input>, Vec<Input>) = expand(&options.input.inputs).into_iter().partition(is_list);
    if !lists.is_empty() {
        let mut store = options.of_store.open()?;
        for input in &lists {
            let Input::File(path) = input else { continue };
            say(&format!("{}: {}", path.display(), import_list(&mut store, path)?));
        }
    }
    if articles.is_empty() {
        return Ok(Ending::Done);
    }
    let is_article = |name: &&String| expand(std::slice::from_ref(*name)).iter().any(|input| !is_list(input));
    let inputs = options.input.inputs.iter().filter(is_article).cloned().collect();
    crate::add::run_on(options, inputs)
}

fn is_list(input: &Input) -> bool {
    let ending = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    matches!(input, Input::File(path) if matches!(ending(path).as_deref(), Some("opml" | "toml")))
}

/// Takes in a list and says what came of it.
fn import_list(store: &mut Store, path: &Path) -> Result<String> {
    let failed = || format!("{} cannot be read", path.display());
    let bytes = fs::read(path).with_context(failed)?;
    if let Some(sources) = opml::read(&bytes, &Limits::default()) {
        let feed = |source: FeedSource| Feed {
            url: source.feed_url,
            title: source.title,
            site_url: source.site_url,
            folders: source.folders,
            ..Feed::default()
        };
        let feeds: Vec<Feed> = sources.into_iter().map(feed).collect();
        let added = store.put_feeds(&feeds)?;
        return Ok(format!("{} feeds, {added} of them new", feeds.len()));
    }
    let text = String::from_utf8(bytes).with_context(failed)?;
    let OutletLists { outlets, families } = parse_lists(path, &text)?;
    store.put_list(List::Outlets, &outlets)?;
    store.put_list(List::Families, &families)?;
    Ok(format!("{} outlets, {} families", outlets.len(), families.len()))
}
