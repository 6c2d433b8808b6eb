//! `twosource feeds`: the feeds that are watched, and how they are.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use twosource_engine::watch::plan;
use twosource_fetch::canonical;
use twosource_present::{FeedHealth, feed_lines, feeds_text};
use twosource_read::{Limits, opml};
use twosource_store::{Feed, Store};

use crate::Ending;
use crate::arguments::{Feeds, FeedsCommand, ListFormat};
use crate::output::{say, write};

/// Lists, adds, removes, pauses feeds.
pub(crate) fn run(options: &Feeds) -> Result<Ending> {
    let mut store = options.of_store().open()?;
    match options.command.as_ref().unwrap_or(&FeedsCommand::List) {
        FeedsCommand::List => list(&store, options.format),
        FeedsCommand::Add { feeds } => {
            let feeds = listed(feeds)?;
            let new = store.put_feeds(&feeds)?;
            say(&format!("{new} added, {} known before", feeds.len() - new));
            Ok(if new > 0 { Ending::Done } else { Ending::Nothing })
        }
        FeedsCommand::Remove { urls } => each(urls, &mut |url| Ok(store.remove_feed(url)?)),
        FeedsCommand::Pause { urls } => each(urls, &mut |url| Ok(store.restart_feed(url, plan::PAUSED)?)),
        FeedsCommand::Resume { urls } => each(urls, &mut |url| Ok(store.restart_feed(url, "new")?)),
    }
}

fn list(store: &Store, format: ListFormat) -> Result<Ending> {
    let feeds = store.feeds()?;
    let health: Vec<FeedHealth<'_>> = feeds.iter().map(health).collect();
    let text = match format {
        ListFormat::Text => feeds_text(&health),
        ListFormat::Json => feed_lines(&health),
    };
    write(&text, None)?;
    Ok(if feeds.is_empty() { Ending::Nothing } else { Ending::Done })
}

fn health(feed: &Feed) -> FeedHealth<'_> {
    FeedHealth {
        url: &feed.url,
        title: &feed.title,
        folders: &feed.folders,
        state: &feed.state.state,
        failures: feed.state.failures,
        next_at: feed.state.next_at.as_ref().map(twosource_model::Instant::as_str),
        message: feed.state.message.as_deref(),
    }
}

/// Does something to each feed; one that is not watched is named.
fn each(urls: &[String], change: &mut dyn FnMut(&str) -> Result<bool>) -> Result<Ending> {
    let mut is_missing = false;
    for url in urls {
        if !change(&canonical(url)?)? {
            say(&format!("{url}: is not watched; see `twosource feeds`"));
            is_missing = true;
        }
    }
    Ok(if is_missing { Ending::Nothing } else { Ending::Done })
}

/// Feeds that were named: addresses, or files with a list of them in OPML or TOML.
pub(crate) fn listed(names: &[String]) -> Result<Vec<Feed>> {
    let mut feeds: Vec<Feed> = Vec::new();
    for name in names {
        let is_address = name.starts_with("http://") || name.starts_with("https://");
        let found =
            if is_address { vec![Feed { url: name.clone(), ..Feed::default() }] } else { in_file(Path::new(name))? };
        for feed in found {
            let url = canonical(&feed.url)?;
            if feeds.iter().all(|other| other.url != url) {
                let title = if feed.title.is_empty() { url.clone() } else { feed.title };
                feeds.push(Feed { url, title, ..feed });
            }
        }
    }
    Ok(feeds)
}

fn in_file(path: &Path) -> Result<Vec<Feed>> {
    let name = path.display();
    let bytes = std::fs::read(path).with_context(|| format!("{name}: cannot be read; check the path"))?;
    let feeds = match opml::read(&bytes, &Limits::default()) {
        Some(sources) => sources.into_iter().map(of_opml).collect(),
        None => of_toml(&bytes).with_context(|| {
            format!("{name}: no list of feeds; give OPML, or TOML with a [[feed]] and its url for each")
        })?,
    };
    if feeds.is_empty() {
        bail!("{name}: this list names no feed; give another");
    }
    Ok(feeds)
}

fn of_opml(source: opml::FeedSource) -> Feed {
    let opml::FeedSource { title, feed_url, site_url, folders } = source;
    Feed { url: feed_url, title, site_url, folders, ..Feed::default() }
}

/// A list of feeds in TOML.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedList {
    #[serde(default)]
    feed: Vec<FeedEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedEntry {
    url: String,
    #[serde(default)]
    title: String,
    site: Option<String>,
    #[serde(default)]
    folders: Vec<String>,
    /// Minutes between two fetches.
    every_minutes: Option<u32>,
}

fn of_toml(bytes: &[u8]) -> Result<Vec<Feed>> {
    let list: FeedList = toml::from_str(std::str::from_utf8(bytes)?)?;
    let feed = |entry: FeedEntry| {
        let FeedEntry { url, title, site, folders, every_minutes } = entry;
        let every = every_minutes.map(|minutes| minutes.saturating_mul(60));
        Feed { url, title, site_url: site, folders, every, ..Feed::default() }
    };
    Ok(list.feed.into_iter().map(feed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_toml() {
        let list = "[[feed]]\nurl = 'https://nova.example/feed'\ntitle = 'Nova Post'\nevery_minutes = 15\n[[feed]]\nurl = 'https://coast.example/feed'\n";
        let feeds = of_toml(list.as_bytes()).expect("a list");
        assert_eq!((&*feeds[0].title, feeds[0].every), ("Nova Post", Some(900)));
        assert_eq!(feeds[1].url, "https://coast.example/feed");
        assert!(of_toml(b"[[feed]]\nurl = 1").is_err());
        assert!(of_toml(b"[[feeds]]\nurl = 'x'").is_err());
    }
}
