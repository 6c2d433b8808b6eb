//! Feeds that are watched, and how fetching them goes.

use rusqlite::{OptionalExtension, Row, params};
use twosource_model::Instant;

use crate::{Error, Store};

/// A feed that is watched.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Feed {
    /// Its address; two feeds never share one.
    pub url: String,
    /// What the list or the feed itself calls it.
    pub title: String,
    /// The address of its site.
    pub site_url: Option<String>,
    /// The folders it is in, outermost first.
    pub folders: Vec<String>,
    /// Seconds between two fetches; `None` for the usual.
    pub every: Option<u32>,
    /// How fetching it goes.
    pub state: FeedState,
}

/// How fetching a feed goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedState {
    /// What the server calls its latest state.
    pub etag: Option<String>,
    /// When the server says it changed, in its own words.
    pub last_modified: Option<String>,
    /// Not to be fetched before.
    pub next_at: Option<Instant>,
    /// Failures in a row.
    pub failures: u32,
    /// In a word of the fetcher's: "new", "ok", "failing", "gone" …
    pub state: String,
    /// What a person should know about it.
    pub message: Option<String>,
}

impl Default for FeedState {
    fn default() -> Self {
        FeedState {
            etag: None,
            last_modified: None,
            next_at: None,
            failures: 0,
            state: "new".to_owned(),
            message: None,
        }
    }
}

impl Store {
    /// The feeds in the order in which they were listed.
    pub fn feeds(&self) -> Result<Vec<Feed>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT url, title, site_url, folders, etag, last_modified, next_at, failures, state, message,
             every FROM feeds ORDER BY position, url",
        )?;
        let feeds = statement.query_map([], feed)?;
        Ok(feeds.collect::<rusqlite::Result<_>>()?)
    }

    /// Adds feeds, or gives those that are there another title, site and folders; how fetching them goes stays. Gives how
    /// many are new.
    pub fn put_feeds(&mut self, feeds: &[Feed]) -> Result<usize, Error> {
        let transaction = self.connection.transaction()?;
        let mut added = 0;
        for feed in feeds {
            let is_known = transaction.query_row("SELECT 1 FROM feeds WHERE url = ?1", [&feed.url], |_| Ok(()));
            added += usize::from(is_known.optional()?.is_none());
            let folders = serde_json::to_string(&feed.folders).unwrap_or_default();
            transaction.execute(
                "INSERT INTO feeds (url, position, title, site_url, folders, every)
                 VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM feeds), ?2, ?3, ?4, ?5)
                 ON CONFLICT (url) DO UPDATE SET title = excluded.title, site_url = excluded.site_url,
                 folders = excluded.folders, every = coalesce(excluded.every, every)",
                params![feed.url, feed.title, feed.site_url, folders, feed.every],
            )?;
        }
        transaction.commit()?;
        Ok(added)
    }

    /// Notes how fetching a feed went; `false` where there is no such feed.
    pub fn put_feed_state(&mut self, url: &str, state: &FeedState) -> Result<bool, Error> {
        let changed = self.connection.execute(
            "UPDATE feeds SET etag = ?2, last_modified = ?3, next_at = ?4, failures = ?5, state = ?6, message = ?7
             WHERE url = ?1",
            params![
                url,
                state.etag,
                state.last_modified,
                state.next_at.as_ref().map(Instant::as_str),
                state.failures,
                state.state,
                state.message
            ],
        )?;
        Ok(changed > 0)
    }

    /// Gives a feed a state by hand and forgets its failures: "paused", or "new" to fetch it soon; `false` where there is no
    /// such feed.
    pub fn restart_feed(&mut self, url: &str, state: &str) -> Result<bool, Error> {
        let restart = "UPDATE feeds SET state = ?2, next_at = NULL, failures = 0, message = NULL WHERE url = ?1";
        Ok(self.connection.execute(restart, [url, state])? > 0)
    }

    /// Gives a feed another address; where a feed of that address is watched already, the old one is let go.
    pub fn move_feed(&mut self, url: &str, to: &str) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        transaction.execute("UPDATE OR IGNORE feeds SET url = ?2 WHERE url = ?1", [url, to])?;
        if url != to {
            transaction.execute("DELETE FROM feeds WHERE url = ?1", [url])?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Watches a feed no longer; `false` where there is no such feed.
    pub fn remove_feed(&mut self, url: &str) -> Result<bool, Error> {
        Ok(self.connection.execute("DELETE FROM feeds WHERE url = ?1", [url])? > 0)
    }
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    Ok(Feed {
        url: row.get(0)?,
        title: row.get(1)?,
        site_url: row.get(2)?,
        folders: serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default(),
        state: FeedState {
            etag: row.get(4)?,
            last_modified: row.get(5)?,
            next_at: row.get::<_, Option<String>>(6)?.as_deref().and_then(Instant::new),
            failures: row.get(7)?,
            state: row.get(8)?,
            message: row.get(9)?,
        },
        every: row.get(10)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_keep_their_state() {
        let mut store = Store::in_memory().expect("a store");
        let feed = |url: &str, title: &str| Feed { url: url.to_owned(), title: title.to_owned(), ..Feed::default() };
        let list = [feed("https://nova.example/b", "B"), feed("https://nova.example/a", "A")];
        assert_eq!(store.put_feeds(&list).expect("feeds"), 2);
        let state = FeedState { etag: Some("x".to_owned()), failures: 2, ..FeedState::default() };
        assert!(store.put_feed_state("https://nova.example/a", &state).expect("a state"));
        assert!(!store.put_feed_state("https://nova.example/c", &state).expect("a state"));
        assert_eq!(store.put_feeds(&[feed("https://nova.example/a", "New")]).expect("feeds"), 0);
        let found = store.feeds().expect("feeds");
        assert_eq!(found[0].title, "B");
        assert_eq!((&*found[1].title, found[1].state.failures), ("New", 2));
        assert!(store.restart_feed("https://nova.example/a", "paused").expect("a state"));
        let paused = &store.feeds().expect("feeds")[1].state;
        assert_eq!((&*paused.state, paused.failures, paused.etag.as_deref()), ("paused", 0, Some("x")));
        assert!(!store.restart_feed("https://nova.example/c", "new").expect("a state"));
        assert!(store.remove_feed("https://nova.example/b").expect("a feed"));
    }
}
