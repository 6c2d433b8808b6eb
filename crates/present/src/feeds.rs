//! Feeds that are watched: how they are, and what a pass over them brought.

use serde::Serialize;

use crate::words::{count, one_line};

/// How a feed is.
#[derive(Clone, Debug, Serialize)]
pub struct FeedHealth<'f> {
    /// Its address.
    pub url: &'f str,
    /// Its title; its address where it has none.
    pub title: &'f str,
    /// The folders it is in, outermost first.
    pub folders: &'f [String],
    /// "new", "ok", "failing", "gone", "paused".
    pub state: &'f str,
    /// Failures in a row.
    pub failures: u32,
    /// When it is fetched next.
    pub next_at: Option<&'f str>,
    /// What a person should know about it.
    pub message: Option<&'f str>,
}

/// What a pass over the feeds brought.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Pass {
    /// When it began.
    pub at: String,
    /// Feeds that were asked for.
    pub feeds: u64,
    /// Feeds that had not changed.
    pub unchanged: u64,
    /// Feeds that could not be had.
    pub failing: u64,
    /// Pages that were asked for.
    pub pages: u64,
    /// Articles that were not there.
    pub articles: u64,
    /// Revisions of articles that were there.
    pub revisions: u64,
    /// Stories that began.
    pub stories_founded: u64,
    /// Stories that were merged or split.
    pub stories_changed: u64,
}

/// Feeds for a terminal, each with its state first.
pub fn feeds_text(feeds: &[FeedHealth<'_>]) -> String {
    let line = |feed: &FeedHealth<'_>| {
        let title = if feed.title == feed.url { String::new() } else { format!("{}  ", one_line(feed.title)) };
        let next = feed.next_at.map(|next| format!("  next {}", next.replace('T', " "))).unwrap_or_default();
        let message = feed.message.map(|message| format!("\n         {}", one_line(message))).unwrap_or_default();
        format!("{:<8} {title}{}{next}{message}\n", feed.state, one_line(feed.url))
    };
    feeds.iter().map(line).collect()
}

/// Feeds as JSON Lines.
pub fn feed_lines(feeds: &[FeedHealth<'_>]) -> String {
    feeds.iter().map(json_line).collect()
}

/// What a pass brought, as one line of text.
pub fn pass_text(pass: &Pass) -> String {
    let at = pass.at.replace('T', " ");
    let of_feeds = [(pass.unchanged, "unchanged"), (pass.failing, "failing")];
    let states: String = of_feeds
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, state)| format!(", {number} {state}"))
        .collect();
    let (feeds, pages) = (count(number(pass.feeds), "feed"), count(number(pass.pages), "page"));
    let (articles, revisions) =
        (count(number(pass.articles), "new article"), count(number(pass.revisions), "revision"));
    let began = number(pass.stories_founded);
    let stories = if began == 1 { "1 story began".to_owned() } else { format!("{began} stories began") };
    format!("{at}: {feeds} asked{states}; {pages} asked; {articles}, {revisions}, {stories}\n")
}

/// What a pass brought, as a line of JSON.
pub fn pass_line(pass: &Pass) -> String {
    json_line(pass)
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Plain structures of strings and numbers have no way to fail.
fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
