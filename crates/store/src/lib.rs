//! Everything Twosource keeps, in one SQLite file.
//!
//! A [`Store`] holds [`Capture`]s (what was given to be read) and decisions by hand, which are canonical, and what was
//! made of them: articles with their revisions, stories with their log, the words of the search, comparisons. All that can
//! be made anew ([`Store::begin_rebuild`]). This crate keeps and finds; reading, annotating and sorting are done by
//! others, who hand over an [`Entry`] an article ([`Store::write`]) and say where it goes ([`Store::place`]).
//!
//! What a writing method returned `Ok` for is on disk, and a process that is killed leaves a file that opens clean.
//!
//! ```
//! use twosource_model::Article;
//! use twosource_store::{Capture, Change, Entry, Query, Sort, Store};
//! let mut store = Store::in_memory()?;
//! let capture = Capture { input: "a.txt".into(), format: "document".into(), bytes: b"The ferry stops.".into(), ..Capture::default() };
//! let article = Article { text: "The ferry stops.".into(), language: Some("en".into()), complete: true, ..Article::default() };
//! let entry = || Entry::new(article.clone(), vec![], &["Nova"], &[]);
//! assert_eq!(store.write(&[(capture.clone().packed(), vec![entry()])])?[0][0].change, Change::New);
//! assert_eq!(store.write(&[(capture.packed(), vec![entry()])])?[0][0].change, Change::Known);
//! assert_eq!(store.search(&Query::parse("ferries name:nova")?, Sort::Newest, 0, 10)?.len(), 1);
//! # Ok::<(), twosource_store::Error>(())
//! ```

mod articles;
mod captures;
mod changes;
mod comparisons;
mod decisions;
mod entry;
mod error;
mod feeds;
mod form;
mod identity;
mod lists;
mod pages;
mod rebuild;
mod search;
mod sorting;
mod store;
mod stories;
mod time;
mod tokens;
mod webhooks;

pub use articles::{Listed, Revision};
pub use captures::{Capture, Packed};
pub use changes::{ArticleChange, Changed};
pub use comparisons::{Cached, ComparisonKey};
pub use decisions::Because;
pub use entry::{Change, Entry, Outcome};
pub use error::Error;
pub use feeds::{Feed, FeedState};
pub use lists::List;
pub use pages::Page;
pub use search::{Hit, Query, QueryError, Snippet, Sort};
pub use sorting::{Placed, PositionAndEpoch, Profiled, Progress, StoryChange, Version};
pub use store::Store;
pub use stories::{Logged, Resolved, StoryListed};
pub use time::{day_number, day_of_number, moment, seconds};
pub use tokens::{MOST_TOKENS, Role, Token};
pub use webhooks::{Delivery, Health, MOST_WEBHOOKS, Noticed, Webhook};
