//! What is due when: pure functions of what is known of feeds and pages, and of the time.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use twosource_model::Instant;
use twosource_store::{Feed, FeedState, Page};

use super::{Answer, Failure, instant};

/// A feed is fetched this often unless something else is said.
pub const EVERY: Duration = Duration::from_secs(30 * 60);
/// And no more often than this, whatever is said.
pub const SOONEST: Duration = Duration::from_secs(5 * 60);
/// A feed that fails is tried again after its time, twice, four times … as long, and at least so often.
const LATEST: Duration = Duration::from_secs(24 * 3600);
/// So many times in a row nothing may be there before a feed counts as gone.
const MISSING: u32 = 5;
/// A page is fetched again so many minutes after it was named first: news changes most while it is new.
const AGAIN: &[i64] = &[60, 3 * 60, 8 * 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60];
/// A page that fails so many times in a row is given up.
const FAILURES: u32 = 6;

/// The state of a feed that nobody fetches: paused by hand.
pub const PAUSED: &str = "paused";
/// The state of a feed that is there no more.
pub const GONE: &str = "gone";

/// What is due, by number; and when something will be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Feeds to be fetched now, in the order of the list.
    pub feeds: Vec<usize>,
    /// When the next of the others is due.
    pub next: Option<Timestamp>,
}

/// Which feeds are due.
pub fn due(feeds: &[Feed], now: Timestamp) -> Due {
    let mut due = Due::default();
    for (at, feed) in feeds.iter().enumerate().filter(|(_, feed)| is_watched(feed)) {
        match feed.state.next_at.as_ref().and_then(moment).filter(|next| *next > now) {
            Some(next) => due.next = Some(due.next.map_or(next, |soonest| soonest.min(next))),
            None => due.feeds.push(at),
        }
    }
    due
}

/// Whether a feed is fetched at all.
pub fn is_watched(feed: &Feed) -> bool {
    feed.state.state != PAUSED && feed.state.state != GONE
}

/// The state of a feed after an answer.
pub fn after_feed(feed: &Feed, answer: &Answer, now: Timestamp) -> FeedState {
    let every = feed.every.map_or(EVERY, |seconds| Duration::from_secs(seconds.into())).max(SOONEST);
    let old = &feed.state;
    match answer {
        Answer::Unchanged => FeedState {
            next_at: Some(later(now, every)),
            failures: 0,
            message: None,
            state: "ok".to_owned(),
            ..old.clone()
        },
        Answer::Body(fetched) => {
            let fresh = Duration::from_secs(fetched.max_age.unwrap_or_default()).min(LATEST);
            FeedState {
                etag: fetched.etag.clone(),
                last_modified: fetched.last_modified.clone(),
                next_at: Some(later(now, every.max(fresh))),
                failures: 0,
                state: "ok".to_owned(),
                message: None,
            }
        }
        Answer::Failed(failure) => failed(old, failure, every, now),
    }
}

fn failed(old: &FeedState, failure: &Failure, every: Duration, now: Timestamp) -> FeedState {
    let failures = old.failures.saturating_add(1);
    let wait = every.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LATEST);
    let asked = Duration::from_secs(failure.retry_after.unwrap_or_default()).min(LATEST);
    let is_gone = failure.is_gone || (failure.is_missing && failures >= MISSING);
    let message = match is_gone {
        true => format!("{}; it is asked for no more", failure.message.split(';').next().unwrap_or_default()),
        false => failure.message.clone(),
    };
    FeedState {
        next_at: (!is_gone).then(|| later(now, wait.max(asked))),
        failures,
        state: if is_gone { GONE } else { "failing" }.to_owned(),
        message: Some(message),
        ..old.clone()
    }
}

/// A page that a feed names for the first time: it is due at once.
pub fn new_page(url: String, feed: &str, now: Timestamp) -> Page {
    Page {
        url,
        feed: feed.to_owned(),
        seen_at: instant(now),
        next_at: Some(instant(now)),
        fetches: 0,
        failures: 0,
        etag: None,
        last_modified: None,
        message: None,
    }
}

/// A page after an answer.
pub fn after_page(page: &Page, answer: &Answer, now: Timestamp) -> Page {
    let next_at = again(page, now);
    let fetched = Page { next_at, fetches: page.fetches.saturating_add(1), failures: 0, message: None, ..page.clone() };
    match answer {
        Answer::Unchanged => fetched,
        Answer::Body(body) => Page { etag: body.etag.clone(), last_modified: body.last_modified.clone(), ..fetched },
        Answer::Failed(failure) => {
            let failures = page.failures.saturating_add(1);
            let is_over = failure.is_gone || failure.is_missing || failure.is_lasting || failures >= FAILURES;
            let wait = Duration::from_secs(600).saturating_mul(1 << failures.min(16)).min(LATEST);
            let asked = Duration::from_secs(failure.retry_after.unwrap_or_default()).min(LATEST);
            let next_at = (!is_over).then(|| later(now, wait.max(asked)));
            Page { next_at, failures, message: Some(failure.message.clone()), ..page.clone() }
        }
    }
}

/// When a page that was just fetched is fetched again: less and less often, and after a week no more.
fn again(page: &Page, now: Timestamp) -> Option<Instant> {
    let seen = moment(&page.seen_at)?;
    let times = AGAIN.iter().filter_map(|&minutes| seen.checked_add(SignedDuration::from_mins(minutes)).ok());
    times.into_iter().find(|&time| time > now).map(instant)
}

fn later(now: Timestamp, wait: Duration) -> Instant {
    now.checked_add(wait).map_or_else(|_| never(), instant)
}

/// A moment that does not come.
pub(super) fn never() -> Instant {
    instant(Timestamp::MAX)
}

/// A moment that was kept.
pub fn moment(instant: &Instant) -> Option<Timestamp> {
    instant.as_str().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::Fetched;
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a moment")
    }

    const NOW: &str = "2031-03-04T10:00:00Z";

    fn feed(next: Option<&str>, state: &str) -> Feed {
        let state =
            FeedState { next_at: next.map(|next| instant(at(next))), state: state.to_owned(), ..FeedState::default() };
        Feed { url: "https://nova.example/feed".to_owned(), state, ..Feed::default() }
    }

    #[test]
    fn what_is_due() {
        let feeds = [
            feed(None, "new"),
            feed(Some("2031-03-04T10:00:00Z"), "ok"),
            feed(Some("2031-03-04T10:05:00Z"), "ok"),
            feed(Some("2031-03-04T10:01:00Z"), "failing"),
            feed(None, PAUSED),
            feed(None, GONE),
        ];
        assert_eq!(due(&feeds, at(NOW)), Due { feeds: vec![0, 1], next: Some(at("2031-03-04T10:01:00Z")) });
        assert_eq!(due(&[], at(NOW)), Due::default());
    }

    /// When a feed is fetched next, in minutes from now, and its state.
    fn next(feed: &Feed, answer: &Answer) -> (i64, String) {
        let state = after_feed(feed, answer, at(NOW));
        let next = state.next_at.as_ref().and_then(moment);
        (next.map_or(-1, |next| next.duration_since(at(NOW)).as_mins()), state.state)
    }

    #[test]
    fn feeds_that_fail_are_asked_less_often_and_gone_ones_no_more() {
        let failure = |failure: Failure| Answer::Failed(Failure { message: "x; y".to_owned(), ..failure });
        let failing = failure(Failure::default());
        let mut feed = feed(None, "ok");
        assert_eq!(next(&feed, &Answer::Unchanged), (30, "ok".to_owned()));
        assert_eq!(
            next(&feed, &Answer::Body(Fetched { max_age: Some(7200), ..Fetched::default() })),
            (120, "ok".to_owned())
        );
        assert_eq!(next(&feed, &failing), (30, "failing".to_owned()));
        assert_eq!(
            next(&feed, &failure(Failure { retry_after: Some(3600), ..Failure::default() })),
            (60, "failing".to_owned())
        );
        feed.state.failures = 2;
        assert_eq!(next(&feed, &failing), (120, "failing".to_owned()));
        feed.state.failures = 40;
        assert_eq!(next(&feed, &failing), (24 * 60, "failing".to_owned()));
        assert_eq!(next(&feed, &failure(Failure { is_gone: true, ..Failure::default() })), (-1, GONE.to_owned()));
        let missing = failure(Failure { is_missing: true, ..Failure::default() });
        feed.state.failures = 1;
        assert_eq!(next(&feed, &missing).1, "failing");
        feed.state.failures = 4;
        assert_eq!(after_feed(&feed, &missing, at(NOW)).message.as_deref(), Some("x; it is asked for no more"));
        feed.every = Some(60);
        assert_eq!(next(&feed, &Answer::Unchanged), (5, "ok".to_owned()));
    }

    #[test]
    fn pages_are_fetched_again_less_and_less_often() {
        let mut page = new_page("https://nova.example/1".to_owned(), "https://nova.example/feed", at(NOW));
        let mut hours = Vec::new();
        while let Some(next) = page.next_at.as_ref().and_then(moment) {
            hours.push(next.duration_since(at(NOW)).as_hours());
            page = after_page(&page, &Answer::Unchanged, next);
        }
        assert_eq!(hours, [0, 1, 3, 8, 24, 72, 168]);
        assert_eq!(page.fetches, 7);
    }

    #[test]
    fn pages_that_fail_are_given_up() {
        let mut page = new_page("https://nova.example/1".to_owned(), "https://nova.example/feed", at(NOW));
        let failing = Answer::Failed(Failure::default());
        let mut count = 0;
        while let Some(next) = page.next_at.as_ref().and_then(moment) {
            page = after_page(&page, &failing, next);
            count += 1;
        }
        assert_eq!(count, FAILURES);
        let missing = Answer::Failed(Failure { is_missing: true, ..Failure::default() });
        let page = new_page(String::new(), "", at(NOW));
        assert_eq!(after_page(&page, &missing, at(NOW)).next_at, None);
    }
}
