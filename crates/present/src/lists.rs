//! What a store is asked for: lists of stories, results of a search, one article with what is known of it.
//!
//! Rows are plain values, made by whoever asked; here they become text, JSON, CSV or Markdown.

mod article;
mod hits;
mod stories;

use serde::Serialize;

use crate::text::TextStyle;

pub use article::{RevisionRow, StoredArticle, stored_article_line, stored_article_text};
pub use hits::{HitRow, Place, hit_list};
pub use stories::{DifferenceCounts, StoryLogRow, StoryRow, story_heading, story_list, story_log};

/// Columns of the ids on the left of a list.
const COLUMN: usize = 8;

/// How to write a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    /// For a terminal.
    Text(TextStyle),
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// A header and one row an entry.
    Csv,
    /// For notes and wikis.
    Markdown,
}

/// Rows as one JSON array, an entry a line.
fn json<T: Serialize>(rows: &[T]) -> String {
    let lines: Vec<String> = rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default()).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// Rows as JSON Lines.
fn jsonl<T: Serialize>(rows: &[T]) -> String {
    rows.iter().map(|row| serde_json::to_string(row).unwrap_or_default() + "\n").collect()
}

/// Days of a story: "2025-11-14", "2025-11-14 to 2025-11-16", or that none is known.
pub fn days(first: Option<&str>, last: Option<&str>) -> String {
    let day = |moment: &str| moment.get(..10).unwrap_or(moment).to_owned();
    match (first.map(day), last.map(day)) {
        (Some(first), Some(last)) if first != last => format!("{first} to {last}"),
        (_, Some(day)) | (Some(day), None) => day,
        (None, None) => "no date".to_owned(),
    }
}
