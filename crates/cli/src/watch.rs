//! `twosource watch`: feeds, and the pages they name, into the store.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use twosource_engine::Ingest;
use twosource_engine::watch::{Answer, Brought, instant, plan};
use twosource_fetch::{Client, Request, Want};
use twosource_present::{Pass, pass_line, pass_text};
use twosource_store::{Feed, Page};

use crate::Ending;
use crate::arguments::{ListFormat, OfStore, Watch};
use crate::feeds::listed;
use crate::fetching::{answer, client};
use crate::input::meaning;
use crate::output::{say, write};

/// Pages fetched before what came is sorted into stories.
const PAGES: usize = 200;

/// Fetches what is due, once or until it is told to stop.
pub(crate) fn run(options: &Watch) -> Result<Ending> {
    let mut store = options.of_store.open()?;
    let named = listed(&options.feeds)?;
    store.put_feeds(&named)?;
    if store.feeds()?.is_empty() {
        say("no feed to watch; name some: addresses, or files with a list in OPML or TOML");
        return Ok(Ending::Nothing);
    }
    let client = client(&options.network);
    let stop = client.stop();
    stop_on_signal(stop.clone())?;
    let meaning = meaning(None)?;
    let mut watching =
        Watching { ingest: Ingest::new(store, &*meaning), client, named, stop, of_store: &options.of_store };
    loop {
        let pass = watching.pass()?;
        let is_failing = pass.failing > 0;
        let text = match options.format {
            ListFormat::Text => pass_text(&pass),
            ListFormat::Json => pass_line(&pass),
        };
        write(&text, None)?;
        if watching.is_stopped() {
            return Ok(Ending::Done);
        }
        if options.once {
            return Ok(if is_failing { Ending::SomeUnread } else { Ending::Done });
        }
        watching.wait()?;
    }
}

/// Stops what is under way at the first signal, and the process at the second.
fn stop_on_signal(stop: Arc<AtomicBool>) -> Result<()> {
    ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        say("stopping; once more to stop at once");
    })
    .context("the signal to stop cannot be listened for")
}

struct Watching<'m> {
    ingest: Ingest<'m>,
    client: Client,
    /// The feeds that were named; none for all that are kept.
    named: Vec<Feed>,
    stop: Arc<AtomicBool>,
    of_store: &'m OfStore,
}

impl Watching<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn now(&self) -> Result<Timestamp> {
        now(self.of_store)
    }

    /// The feeds to watch, as they are kept.
    fn feeds(&self) -> Result<Vec<Feed>> {
        let is_meant = |feed: &Feed| self.named.is_empty() || self.named.iter().any(|named| named.url == feed.url);
        Ok(self.ingest.store().feeds()?.into_iter().filter(is_meant).collect())
    }

    /// Fetches every feed that is due and then every page, and sorts what came into stories.
    fn pass(&mut self) -> Result<Pass> {
        let start = self.now()?;
        let mut pass = Pass { at: instant(start).as_str().to_owned(), ..Pass::default() };
        let feeds = self.feeds()?;
        let due: Vec<&Feed> = plan::due(&feeds, start).feeds.into_iter().map(|at| &feeds[at]).collect();
        self.fetch_feeds(&due, &mut pass)?;
        while !self.is_stopped() {
            let pages = self.ingest.store().due_pages(&instant(self.now()?), PAGES)?;
            if pages.is_empty() {
                break;
            }
            self.fetch_pages(&pages, &mut pass)?;
        }
        let sorted = self.ingest.sort()?;
        (pass.stories_founded, pass.stories_changed) = (sorted.founded, sorted.changes);
        Ok(pass)
    }

    fn fetch_feeds(&mut self, feeds: &[&Feed], pass: &mut Pass) -> Result<()> {
        let request = |feed: &&Feed| {
            let (etag, last_modified) = (feed.state.etag.clone(), feed.state.last_modified.clone());
            Request { etag, last_modified, ..Request::new(&feed.url, Want::Feed) }
        };
        let requests: Vec<Request> = feeds.iter().map(request).collect();
        let (ingest, of_store) = (&mut self.ingest, self.of_store);
        fetch_all(&self.client, &requests, &self.stop, &mut |number, answer| {
            pass.feeds += 1;
            pass.unchanged += u64::from(answer == Answer::Unchanged);
            pass.failing += u64::from(matches!(answer, Answer::Failed(_)));
            note(&ingest.take_feed(feeds[number], &answer, now(of_store)?)?, pass);
            Ok(())
        })
    }

    fn fetch_pages(&mut self, pages: &[Page], pass: &mut Pass) -> Result<()> {
        let request = |page: &Page| {
            let (etag, last_modified) = (page.etag.clone(), page.last_modified.clone());
            Request { etag, last_modified, ..Request::new(&page.url, Want::Page) }
        };
        let requests: Vec<Request> = pages.iter().map(request).collect();
        let (ingest, of_store) = (&mut self.ingest, self.of_store);
        fetch_all(&self.client, &requests, &self.stop, &mut |number, answer| {
            pass.pages += 1;
            note(&ingest.take_page(&pages[number], &answer, now(of_store)?)?, pass);
            Ok(())
        })
    }

    /// Waits until something is due.
    fn wait(&self) -> Result<()> {
        const STEP: Duration = Duration::from_millis(200);
        let page = self.ingest.store().next_page_at()?.as_ref().and_then(plan::moment);
        let next = plan::due(&self.feeds()?, self.now()?).next.into_iter().chain(page).min();
        while !self.is_stopped() && next.is_some_and(|next| self.now().is_ok_and(|now| now < next)) {
            std::thread::sleep(STEP);
        }
        if next.is_none() {
            say("every feed is paused or gone; nothing is left to watch");
            self.stop.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}

/// The moment it is, or is taken to be.
fn now(of_store: &OfStore) -> Result<Timestamp> {
    plan::moment(&of_store.now()?).context("--now: no moment; write 2025-11-14T08:30:00Z")
}

/// Counts what came and says what a person should know.
fn note(brought: &Brought, pass: &mut Pass) {
    pass.articles += brought.new;
    pass.revisions += brought.revisions;
    brought.notes.iter().for_each(|note| say(note));
}

type TakeAnswer<'t> = dyn FnMut(usize, Answer) -> Result<()> + 't;

/// Fetches and hands out the answers as they come. What was not asked for since the program is to stop is no failure.
fn fetch_all(client: &Client, requests: &[Request], stop: &AtomicBool, take: &mut TakeAnswer<'_>) -> Result<()> {
    let mut failed = None;
    let _ = client.fetch_each(requests, &mut |number, fetched| {
        if fetched.is_err() && stop.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        match take(number, answer(fetched)) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failed = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    failed.map_or(Ok(()), Err)
}
