//! Whom to tell of what: events found in what changed, and messages sent to webhooks until they arrive.
//!
//! A look goes through the stories that changed since the last one ([`Store::changed_stories`]), holds each against what
//! was known of it, and keeps a message an event and webhook; then it sends what is due. Messages follow the
//! specification "Standard Webhooks": `webhook-id`, `webhook-timestamp`, and `webhook-signature`, which is HMAC-SHA256
//! over `ID.TIMESTAMP.BODY`. Addresses are guarded as all that are fetched: no webhook leads into the network of
//! whoever runs this server.

use jiff::Timestamp;
use ring::hmac;
use serde_json::{Value, json};
use twosource_engine::{Looked, Method, RevisionSettings, Summary, look_at, revisions};
use twosource_fetch::Client;
use twosource_model::{Article, Change, Instant, RevisionKind};
use twosource_store::{Changed, Delivery, Error, Noticed, Query, Store, Webhook};

use crate::rows::story_row;
use crate::state::State;

/// Changes looked at, and messages sent, at a time.
const TOGETHER: usize = 32;
/// Seconds until a message that did not arrive is sent again; after the last time it is given up.
const AGAIN: [i64; 7] = [5, 60, 300, 1_800, 7_200, 28_800, 86_400];
/// While a message is sent, nobody else sends it for so many seconds.
const CLAIM: i64 = 180;
/// Changes of one revision that a message tells of.
const MOST: usize = 20;

/// Something a webhook can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A story came up; of those that its search finds, where it has one.
    NewStory,
    /// The lead claim of a story got a second independent origin.
    SecondOrigin,
    /// The reports of a story contradict one another in something new.
    NewContradiction,
    /// An outlet changed a number, date, name or source without a word about it.
    SilentChange,
}

impl Event {
    /// All events.
    pub const ALL: [Event; 4] = [Event::NewStory, Event::SecondOrigin, Event::NewContradiction, Event::SilentChange];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::NewStory => "new_story",
            Event::SecondOrigin => "second_origin",
            Event::NewContradiction => "new_contradiction",
            Event::SilentChange => "silent_change",
        }
    }

    /// What it is called on pages.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Event::NewStory => "New story",
            Event::SecondOrigin => "Second origin",
            Event::NewContradiction => "New contradiction",
            Event::SilentChange => "Silent change",
        }
    }

    /// What happened then.
    pub(crate) fn about(self) -> &'static str {
        match self {
            Event::NewStory => "a story came up that was not there before",
            Event::SecondOrigin => "the lead claim of a story got a second independent origin",
            Event::NewContradiction => "the reports of a story contradict one another in something new",
            Event::SilentChange => "an outlet changed a number, date, name or source without a word about it",
        }
    }
}

impl std::str::FromStr for Event {
    type Err = String;

    fn from_str(name: &str) -> Result<Event, String> {
        let event = Event::ALL.into_iter().find(|event| event.as_str() == name);
        let names = Event::ALL.map(Event::as_str).join(", ");
        event.ok_or_else(|| format!("{name}: no event; give one of {names}"))
    }
}

impl std::fmt::Display for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A new webhook, and its secret as whoever checks the signatures has it. It is shown this once.
pub fn new_webhook(
    url: &str,
    events: &[Event],
    query: Option<&str>,
    made_at: Instant,
) -> Result<(Webhook, String), String> {
    let url = twosource_fetch::canonical(url).map_err(|error| error.to_string())?;
    if let Some(query) = query {
        Query::parse(query).map_err(|error| format!("query: {}, at character {}", error.message, error.at))?;
    }
    if events.is_empty() {
        return Err(format!("events: at least one is wanted of {}", Event::ALL.map(Event::as_str).join(", ")));
    }
    let secret = crate::access::random().map_err(|error| error.to_string())?.to_vec();
    let shown = format!("whsec_{}", base64(&secret));
    let names = Event::ALL.into_iter().filter(|event| events.contains(event));
    let events = names.map(|event| event.as_str().to_owned()).collect();
    Ok((Webhook { id: 0, url, events, query: query.map(str::to_owned), secret, made_at }, shown))
}

/// Something that happened: its name, what tells it from others, and what a message says of it.
struct Happened {
    event: Event,
    key: String,
    data: Value,
}

impl State {
    /// Looks for events once and sends what is due. Gives how many messages were sent.
    pub fn look_and_send(&self, client: &Client) -> Result<usize, Error> {
        let mut store = self.pool.take()?;
        let webhooks = store.webhooks()?;
        if webhooks.is_empty() {
            return Ok(0);
        }
        let Some(now) = self.instant() else { return Ok(0) };
        let method = self.method(&store)?;
        loop {
            let changes = store.changed_stories(store.noticed_change()?, TOGETHER)?;
            if changes.is_empty() {
                break;
            }
            for change in changes {
                self.notice(&mut store, &webhooks, &method, change, &now)?;
            }
        }
        let due = store.due_deliveries(self.now(), TOGETHER)?;
        for message in &due {
            let webhook = webhooks.iter().find(|webhook| webhook.id == message.webhook);
            self.send(&mut store, webhook, message, client)?;
        }
        Ok(due.len())
    }

    /// Holds a story that changed against what was known of it, and keeps a message for whoever wants to know.
    fn notice(
        &self,
        store: &mut Store,
        webhooks: &[Webhook],
        method: &Method<'_>,
        change: Changed,
        now: &Instant,
    ) -> Result<(), Error> {
        let Some(listed) = store.story(change.story)? else {
            return store.notice(change.number, change.story, None, &[]);
        };
        let before = store.last_summary(change.story)?;
        let looked = look_at(store, listed, method)?;
        let captured = store.last_capture_of(change.story)?;
        let noticed = Noticed {
            origins: looked.summary.independent_origins.unwrap_or(0) as u64,
            contradictions: looked.summary.contradictions as u64,
            captured,
        };
        let knew = known(store, change.story, before.as_deref(), noticed)?;
        let mut happened = of_story(&looked, knew, noticed);
        if let Some(knew) = knew {
            happened.extend(self.silent_changes(store, &looked, knew)?);
        }
        let mut messages = Vec::new();
        for webhook in webhooks {
            let told =
                happened.iter().filter(|happened| webhook.events.iter().any(|event| event == happened.event.as_str()));
            let told: Vec<&Happened> = told.collect();
            if !told.is_empty() && wants(store, webhook, &looked)? {
                messages.extend(told.into_iter().map(|happened| self.message(webhook, happened, now)));
            }
        }
        store.notice(change.number, change.story, Some(noticed), &messages)
    }

    /// The revisions of a story's articles that came since and in which something changed silently.
    fn silent_changes(&self, store: &Store, looked: &Looked, knew: Noticed) -> Result<Vec<Happened>, Error> {
        let mut happened = Vec::new();
        for listed in looked.articles.iter().filter(|listed| listed.revisions > 1) {
            if store.last_capture(listed.article)? <= knew.captured {
                continue;
            }
            let kept = store.revisions(listed.article)?;
            let Some([old, new]) = kept.last_chunk::<2>() else { continue };
            let articles = [old.article.clone(), new.article.clone()];
            let changed = revisions(&articles, &*self.meaning, RevisionSettings::default());
            let [revision] = &changed[..] else { continue };
            if revision.kind() != RevisionKind::Silent {
                continue;
            }
            let changes = revision.changes.iter().filter(|change| change.is_silent).take(MOST);
            let changes: Vec<Value> = changes.map(|change| said(change, &articles)).collect();
            happened.push(Happened {
                event: Event::SilentChange,
                key: format!("{} {} {}", Event::SilentChange, listed.article, new.number),
                data: json!({
                    "story": looked.story.story, "article": listed.article, "revision": new.number,
                    "outlet": listed.outlet, "title": listed.title, "url": listed.url, "changes": changes,
                }),
            });
        }
        Ok(happened)
    }

    fn message(&self, webhook: &Webhook, happened: &Happened, now: &Instant) -> Delivery {
        let body = json!({"type": happened.event.as_str(), "timestamp": now.as_str(), "data": happened.data});
        Delivery {
            id: 0,
            webhook: webhook.id,
            event: happened.event.to_string(),
            key: happened.key.clone(),
            body: body.to_string(),
            made_at: now.clone(),
            attempts: 0,
            next_at: Some(self.now()),
            status: None,
            message: None,
        }
    }

    /// Sends a message once and notes how that went.
    fn send(&self, store: &mut Store, webhook: Option<&Webhook>, due: &Delivery, client: &Client) -> Result<(), Error> {
        let Some(webhook) = webhook else {
            return store.put_delivery(&Delivery { next_at: None, ..due.clone() });
        };
        store.put_delivery(&Delivery { next_at: Some(self.now() + CLAIM), ..due.clone() })?;
        let headers = signed(webhook, due, self.now());
        let answered = client.post(&webhook.url, &headers, &due.body);
        store.put_delivery(&after(due, answered.map_err(|error| error.to_string()), self.now()))
    }
}

/// What was known of a story before; `None` of one that came up since somebody wants to be told. Of an older one it is what
/// its last comparison came to, and where it has none, what it comes to now: what may be old is no news.
fn known(store: &Store, story: u64, before: Option<&str>, now: Noticed) -> Result<Option<Noticed>, Error> {
    if let Some(noticed) = store.noticed(story)? {
        return Ok(Some(noticed));
    }
    let (article, captured) = store.noticed_since()?;
    if story > article {
        return Ok(None);
    }
    let summary: Option<Summary> = before.and_then(|summary| serde_json::from_str(summary).ok());
    let (origins, contradictions) = summary.map_or((now.origins, now.contradictions), |summary| {
        (summary.independent_origins.unwrap_or(0) as u64, summary.contradictions as u64)
    });
    Ok(Some(Noticed { origins, contradictions, captured }))
}

/// A message after it was sent once more: the status of the answer, or why there was none.
fn after(due: &Delivery, answered: Result<u16, String>, now: i64) -> Delivery {
    let attempts = due.attempts + 1;
    let (status, message) = match answered {
        Ok(status @ 200..=299) => {
            return Delivery { attempts, next_at: None, status: Some(status), message: None, ..due.clone() };
        }
        Ok(status) => (Some(status), format!("answered with {status}; 200 to 299 says that it arrived")),
        Err(why) => (None, why),
    };
    let wait = usize::try_from(due.attempts).ok().and_then(|before| AGAIN.get(before));
    Delivery { attempts, next_at: wait.map(|wait| now + wait), status, message: Some(message), ..due.clone() }
}

/// What happened to a story as a whole.
fn of_story(looked: &Looked, knew: Option<Noticed>, noticed: Noticed) -> Vec<Happened> {
    let story = looked.story.story;
    let tell = |event: Event, key: String| Happened { event, key, data: story_data(looked) };
    let before = knew.unwrap_or_default();
    let mut happened = Vec::new();
    if knew.is_none() {
        happened.push(tell(Event::NewStory, format!("{} {story}", Event::NewStory)));
    }
    if before.origins < 2 && noticed.origins >= 2 {
        happened.push(tell(Event::SecondOrigin, format!("{} {story}", Event::SecondOrigin)));
    }
    if noticed.contradictions > before.contradictions {
        let count = noticed.contradictions;
        happened.push(tell(Event::NewContradiction, format!("{} {story} {count}", Event::NewContradiction)));
    }
    happened
}

fn story_data(looked: &Looked) -> Value {
    // Plain structures of strings and numbers have no way to fail.
    serde_json::to_value(story_row(looked.clone())).unwrap_or_default()
}

fn said(change: &Change, [old, new]: &[Article; 2]) -> Value {
    let words =
        |article: &Article, span: twosource_model::Span| article.text.get(span.start..span.end).map(str::to_owned);
    json!({
        "kind": change.kind.as_str(), "old": words(old, change.old), "new": words(new, change.new),
        "values": change.values,
    })
}

/// Whether a webhook is told of a story.
fn wants(store: &Store, webhook: &Webhook, looked: &Looked) -> Result<bool, Error> {
    let Some(query) = &webhook.query else { return Ok(true) };
    let query = Query::parse(query)?;
    for listed in &looked.articles {
        if store.finds(&query, listed.article)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The headers of a message.
fn signed(webhook: &Webhook, message: &Delivery, now: i64) -> Vec<(&'static str, String)> {
    let name = format!("msg_{}", message.id);
    let key = hmac::Key::new(hmac::HMAC_SHA256, &webhook.secret);
    let mark = hmac::sign(&key, format!("{name}.{now}.{}", message.body).as_bytes());
    vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", name),
        ("webhook-timestamp", now.to_string()),
        ("webhook-signature", format!("v1,{}", base64(mark.as_ref()))),
    ]
}

/// Bytes in base 64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for piece in bytes.chunks(3) {
        let word = piece.iter().chain(&[0, 0]).take(3).fold(0_u32, |word, &byte| word << 8 | u32::from(byte));
        for digit in 0..4 {
            let is_there = digit <= piece.len();
            let at = (word >> (18 - 6 * digit) & 63) as usize;
            text.push(if is_there { char::from(DIGITS[at]) } else { '=' });
        }
    }
    text
}

/// When a moment is, as people read it.
pub(crate) fn moment(unix: i64) -> Option<String> {
    Timestamp::from_second(unix).ok().map(|moment| moment.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_message_is_given_up_in_the_end() {
        let made_at = Instant::new("2031-03-04T10:00:00Z").expect("a moment");
        let mut message = Delivery {
            id: 1,
            webhook: 1,
            event: "new_story".to_owned(),
            key: "new_story 1".to_owned(),
            body: "{}".to_owned(),
            made_at,
            attempts: 0,
            next_at: Some(0),
            status: None,
            message: None,
        };
        let mut waits = Vec::new();
        while message.next_at.is_some() {
            message = after(&message, Ok(500), 100);
            waits.extend(message.next_at.map(|next| next - 100));
        }
        assert_eq!((waits, message.attempts), (AGAIN.to_vec(), 8));
        let arrived = after(&message, Ok(204), 100);
        assert_eq!((arrived.next_at, arrived.status, arrived.message), (None, Some(204), None));
        assert_eq!(after(&message, Err("no host".to_owned()), 100).message.as_deref(), Some("no host"));
    }

    /// The expected signature is that of Python's `hmac`.
    #[test]
    fn signatures_can_be_checked_by_others() {
        let made_at = Instant::new("2031-03-04T10:00:00Z").expect("a moment");
        let secret = b"0123456789abcdef0123456789abcdef".to_vec();
        let webhook =
            Webhook { id: 1, url: String::new(), events: vec![], query: None, secret, made_at: made_at.clone() };
        let message = Delivery {
            id: 7,
            webhook: 1,
            event: String::new(),
            key: String::new(),
            body: "{\"type\":\"new_story\"}".to_owned(),
            made_at,
            attempts: 0,
            next_at: None,
            status: None,
            message: None,
        };
        let headers = signed(&webhook, &message, 1_700_000_000);
        assert_eq!(headers[1].1, "msg_7");
        assert_eq!(headers[3].1, "v1,9/WiYAGeBdpklGnlN8uX0uShZmBeUS98iIjc8icOzIE=");
    }
}
