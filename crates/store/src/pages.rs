//! Pages that feeds named, to be fetched and fetched again.

use rusqlite::{OptionalExtension, Row, params};
use twosource_model::Instant;

use crate::{Error, Store};

/// A page that a feed named. Its moments are in UTC and to the second, so that they are sorted as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// The address of the feed that named it first.
    pub feed: String,
    /// When it was named first.
    pub seen_at: Instant,
    /// When it is to be fetched; `None` where that is over.
    pub next_at: Option<Instant>,
    /// How often it was fetched.
    pub fetches: u32,
    /// Failures in a row.
    pub failures: u32,
    /// What the server calls its latest state.
    pub etag: Option<String>,
    /// When the server says it changed, in its own words.
    pub last_modified: Option<String>,
    /// What a person should know about it.
    pub message: Option<String>,
}

const PAGE: &str = "SELECT url, feed, seen_at, next_at, fetches, failures, etag, last_modified, message FROM pages";

impl Store {
    /// Keeps pages that are not known yet, all or none; gives how many those were.
    pub fn add_pages(&mut self, pages: &[Page]) -> Result<usize, Error> {
        let transaction = self.connection.transaction()?;
        let mut added = 0;
        for page in pages {
            let next_at = page.next_at.as_ref().map(Instant::as_str);
            added += transaction.execute(
                "INSERT INTO pages (url, feed, seen_at, next_at, fetches, failures) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (url) DO NOTHING",
                params![page.url, page.feed, page.seen_at.as_str(), next_at, page.fetches, page.failures],
            )?;
        }
        transaction.commit()?;
        Ok(added)
    }

    /// Notes how fetching a page went.
    pub fn put_page(&mut self, page: &Page) -> Result<(), Error> {
        self.connection.execute(
            "UPDATE pages SET next_at = ?2, fetches = ?3, failures = ?4, etag = ?5, last_modified = ?6, message = ?7
             WHERE url = ?1",
            params![
                page.url,
                page.next_at.as_ref().map(Instant::as_str),
                page.fetches,
                page.failures,
                page.etag,
                page.last_modified,
                page.message
            ],
        )?;
        Ok(())
    }

    /// The pages that are to be fetched up to a moment, the longest due first.
    pub fn due_pages(&self, until: &Instant, most: usize) -> Result<Vec<Page>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{PAGE} WHERE next_at <= ?1 ORDER BY next_at, url LIMIT ?2"))?;
        let pages = statement.query_map(params![until.as_str(), most as i64], page)?;
        Ok(pages.collect::<rusqlite::Result<_>>()?)
    }

    /// When the next page is to be fetched.
    pub fn next_page_at(&self) -> Result<Option<Instant>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT min(next_at) FROM pages")?;
        let next: Option<String> = statement.query_row([], |row| row.get(0))?;
        Ok(next.as_deref().and_then(Instant::new))
    }

    /// A page that a feed named.
    pub fn page(&self, url: &str) -> Result<Option<Page>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{PAGE} WHERE url = ?1"))?;
        Ok(statement.query_row([url], page).optional()?)
    }
}

fn page(row: &Row<'_>) -> rusqlite::Result<Page> {
    let instant = |text: Option<String>| text.as_deref().and_then(Instant::new);
    let seen_at = instant(row.get(2)?).ok_or(rusqlite::Error::InvalidQuery)?;
    Ok(Page {
        url: row.get(0)?,
        feed: row.get(1)?,
        seen_at,
        next_at: instant(row.get(3)?),
        fetches: row.get(4)?,
        failures: row.get(5)?,
        etag: row.get(6)?,
        last_modified: row.get(7)?,
        message: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::new(text).expect("a moment")
    }

    #[test]
    fn pages_wait_for_their_time() {
        let mut store = Store::in_memory().expect("a store");
        let page = |url: &str, next: &str| Page {
            url: url.to_owned(),
            feed: "https://nova.example/feed".to_owned(),
            seen_at: at("2031-03-04T10:00:00Z"),
            next_at: Some(at(next)),
            fetches: 0,
            failures: 0,
            etag: None,
            last_modified: None,
            message: None,
        };
        let (one, other) = (
            page("https://nova.example/1", "2031-03-04T12:00:00Z"),
            page("https://nova.example/2", "2031-03-04T11:00:00Z"),
        );
        assert_eq!(store.add_pages(&[one.clone(), other.clone()]).expect("pages"), 2);
        assert_eq!(store.add_pages(&[page("https://nova.example/1", "2031-03-04T09:00:00Z")]).expect("pages"), 0);
        assert_eq!(store.due_pages(&at("2031-03-04T11:00:00Z"), 9).expect("pages"), std::slice::from_ref(&other));
        assert_eq!(store.due_pages(&at("2031-03-05T00:00:00Z"), 9).expect("pages"), [other.clone(), one.clone()]);
        let done = Page { next_at: None, fetches: 1, etag: Some("x".to_owned()), ..other };
        store.put_page(&done).expect("a page");
        assert_eq!(store.page(&done.url).expect("a page"), Some(done));
        assert_eq!(store.next_page_at().expect("a moment"), one.next_at);
    }
}
