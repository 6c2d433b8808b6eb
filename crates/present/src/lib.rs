//! A [`Comparison`](twosource_model::Comparison) as a terminal page, the public JSON document, linked data, one HTML file,
//! Markdown or CSV.
//!
//! Every format answers the same question first, [`verdict()`]: how many independent origins stand behind the story.
//! What follows is always the reports' own words, quoted from their spans; nothing is decided here. What a text states
//! and what was worked out look different everywhere. Text from reports is hostile until proven otherwise: it is
//! escaped on the page and robbed of control characters on the terminal.

mod articles;
mod csv;
mod duplicates;
mod feeds;
mod flow;
mod html;
mod json;
mod json_ld;
mod languages;
mod lists;
mod markdown;
mod notes;
mod revisions;
mod stages;
mod text;
mod verdict;
mod views;
mod words;

pub use articles::{ArticleFormat, ArticleWriter};
pub use csv::csv;
pub use duplicates::{DuplicateFormat, Quoted, Reprint, Shared, duplicates};
pub use feeds::{FeedHealth, Pass, feed_lines, feeds_text, pass_line, pass_text};
pub use html::{Links, Marks, Part, STYLE, article_page, footer, html, part_page, side_page, story_page};
pub use json::{SCHEMA, json, json_list, jsonl};
pub use json_ld::json_ld;
pub use languages::language_name;
pub use lists::{
    DifferenceCounts, HitRow, ListFormat, Place, RevisionRow, StoredArticle, StoryLogRow, StoryRow, days, hit_list,
    stored_article_line, stored_article_text, story_heading, story_list, story_log,
};
pub use markdown::markdown;
pub use revisions::{Revised, RevisionFormat, STYLE as REVISION_STYLE, Version, revised, revisions, revisions_page};
pub use stages::{annotated_line, article_line, story_line};
pub use text::{TextStyle, text};
pub use verdict::{Finding, Verdict, verdict};
pub use words::{count, in_marks, one_line, shorten, shown};
