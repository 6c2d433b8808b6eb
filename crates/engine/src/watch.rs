//! Watching feeds: what is due, what to do with what came, and when to ask again.
//!
//! [`plan`] says what is due and when it is due again, as pure functions of what is known and the time. [`Ingest::take_feed`]
//! and [`Ingest::take_page`] put what was fetched into the store; fetching itself is done by others, who hand over an
//! [`Answer`]. The order in which things are written is what a kill depends on: the articles and the pages of a feed are on
//! disk before the feed is noted as fetched, and an article before its page is, so that whatever is lost is fetched again,
//! and what is fetched again changes nothing.

pub mod plan;

use jiff::Timestamp;
use twosource_model::Instant;
use twosource_read::feeds::{self, Entry, Feed as FeedDocument};
use twosource_read::{Limits, Record};
use twosource_store::{Change, Error, Feed, Page};

use crate::{Given, Ingest};

/// What fetching an address brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing has changed.
    Unchanged,
    /// What is there now.
    Body(Fetched),
    /// Nothing.
    Failed(Failure),
}

/// What is there under an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end.
    pub url: String,
    /// Where the address has moved to for good.
    pub moved_to: Option<String>,
    /// The bytes, decompressed.
    pub bytes: Vec<u8>,
    /// What its sender calls it.
    pub content_type: Option<String>,
    /// To ask again with.
    pub etag: Option<String>,
    /// To ask again with.
    pub last_modified: Option<String>,
    /// Seconds for which it stays good by its sender's word.
    pub max_age: Option<u64>,
}

/// Why there is nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Failure {
    /// In words, with the address.
    pub message: String,
    /// It was taken away for good.
    pub is_gone: bool,
    /// Nothing is there, for now at least.
    pub is_missing: bool,
    /// Trying again will not help before something changes there: a type, a rule.
    pub is_lasting: bool,
    /// Seconds for which the server wants to be left alone.
    pub retry_after: Option<u64>,
}

/// What a feed or a page brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Articles that were not there.
    pub new: u64,
    /// Revisions of articles that were there.
    pub revisions: u64,
    /// Pages that are now to be fetched.
    pub pages: u64,
    /// What a person should know.
    pub notes: Vec<String>,
}

impl Brought {
    /// Adds what another one brought.
    pub fn add(&mut self, more: Brought) {
        self.new += more.new;
        self.revisions += more.revisions;
        self.pages += more.pages;
        self.notes.extend(more.notes);
    }
}

impl Ingest<'_> {
    /// Takes what came of a feed: entries with their whole text become articles, the others pages to be fetched.
    pub fn take_feed(&mut self, feed: &Feed, answer: &Answer, now: Timestamp) -> Result<Brought, Error> {
        let mut brought = Brought::default();
        let mut title = None;
        let answer = match answer {
            Answer::Body(fetched) => match feeds::feed(&fetched.bytes, &Limits::default()) {
                Some(document) => {
                    brought.notes.extend(document.notes.iter().map(|note| format!("{}: {note}", feed.url)));
                    self.take_entries(feed, &document, now, &mut brought)?;
                    title = document.title;
                    answer.clone()
                }
                None => Answer::Failed(no_feed(&feed.url)),
            },
            other => other.clone(),
        };
        let state = plan::after_feed(feed, &answer, now);
        brought.notes.extend(state.message.clone());
        let url = moved(&answer).unwrap_or(&feed.url).to_owned();
        if url != feed.url {
            brought.notes.push(format!("{}: moved for good to {url}", feed.url));
            self.store_mut().move_feed(&feed.url, &url)?;
        }
        if let Some(title) = title.filter(|_| feed.title.is_empty() || feed.title == feed.url) {
            self.store_mut().put_feeds(&[Feed { url: url.clone(), title, ..feed.clone() }])?;
        }
        self.store_mut().put_feed_state(&url, &state)?;
        Ok(brought)
    }

    fn take_entries(
        &mut self,
        feed: &Feed,
        document: &FeedDocument,
        now: Timestamp,
        brought: &mut Brought,
    ) -> Result<(), Error> {
        let limits = Limits::default();
        let is_page = |entry: &&Entry| entry.url.is_some() && !feeds::is_whole(document, entry, &limits);
        let (pages, whole): (Vec<&Entry>, Vec<&Entry>) = document.entries.iter().partition(is_page);
        let records = whole.into_iter().map(|entry| feeds::record(&feed.url, document, entry));
        self.keep(records.collect(), now, brought)?;
        let page = |entry: &Entry| Some(plan::new_page(entry.url.clone()?, &feed.url, now));
        let pages: Vec<Page> = pages.into_iter().filter_map(page).collect();
        brought.pages += self.store_mut().add_pages(&pages)? as u64;
        Ok(())
    }

    /// Takes what came of a page: an article, or a revision of one.
    pub fn take_page(&mut self, page: &Page, answer: &Answer, now: Timestamp) -> Result<Brought, Error> {
        let mut brought = Brought::default();
        if let Answer::Body(fetched) = answer {
            let kind = fetched.content_type.as_deref().unwrap_or_default();
            match Record::fetched(&fetched.url, kind, fetched.bytes.clone()) {
                Some(record) => self.keep(vec![record], now, &mut brought)?,
                None => brought.notes.push(format!("{}: {kind} cannot hold an article; leave it out", page.url)),
            }
        }
        let after = plan::after_page(page, answer, now);
        brought.notes.extend(after.message.clone());
        self.store_mut().put_page(&after)?;
        Ok(brought)
    }

    /// Keeps the articles of records and counts what they brought.
    fn keep(&mut self, records: Vec<Record>, now: Timestamp, brought: &mut Brought) -> Result<(), Error> {
        let given = |record| Given { record, captured_at: Some(instant(now)), fetched: true };
        for taken in self.add(records.into_iter().map(given).collect())? {
            for article in &taken.articles {
                brought.new += u64::from(article.change == Change::New);
                brought.revisions += u64::from(matches!(article.change, Change::Revision(_)));
            }
            brought.notes.extend(taken.notes.into_iter().map(|(input, note)| format!("{input}: {note}")));
            brought.notes.extend(taken.error);
        }
        Ok(())
    }
}

fn moved(answer: &Answer) -> Option<&str> {
    match answer {
        Answer::Body(fetched) => fetched.moved_to.as_deref(),
        _ => None,
    }
}

fn no_feed(url: &str) -> Failure {
    let message = format!("{url}: this is no feed; give the address of the feed, which the page names in its head");
    Failure { message, is_lasting: true, ..Failure::default() }
}

/// A moment in UTC, to the second.
pub fn instant(time: Timestamp) -> Instant {
    let time = Timestamp::from_second(time.as_second()).unwrap_or(time);
    Instant::new(&time.to_string()).unwrap_or_else(plan::never)
}
