//! Addresses that are told of events, the messages for them, and what was known when events were last looked for.

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use twosource_model::Instant;

use crate::store::{id, put_state, sql};
use crate::{Error, Store};

/// Webhooks of a store at most.
pub const MOST_WEBHOOKS: usize = 100;

/// Messages of a webhook that are kept after they arrived or were given up.
const KEPT: i64 = 1_000;

/// The change up to which events were looked for.
const MARK: &str = "noticed";
/// The last article and the last capture there were when somebody first wanted to be told of events.
const ARTICLE: &str = "noticed_article";
const CAPTURE: &str = "noticed_capture";

/// An address that is told of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its number; 0 for one that is not kept yet.
    pub id: u64,
    /// The address.
    pub url: String,
    /// Names of the events it is told of.
    pub events: Vec<String>,
    /// Only of stories that this search finds.
    pub query: Option<String>,
    /// What its messages are signed with.
    pub secret: Vec<u8>,
    /// When it was made.
    pub made_at: Instant,
}

/// A message for a webhook, and how sending it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its number; 0 for one that is not kept yet.
    pub id: u64,
    /// The webhook.
    pub webhook: u64,
    /// The name of the event.
    pub event: String,
    /// What tells the event from every other one.
    pub key: String,
    /// The message.
    pub body: String,
    /// When the event was noticed.
    pub made_at: Instant,
    /// How often it was sent.
    pub attempts: u32,
    /// When it is to be sent, in Unix time; `None` where it arrived or was given up.
    pub next_at: Option<i64>,
    /// The status of the latest answer.
    pub status: Option<u16>,
    /// Why the latest attempt failed.
    pub message: Option<String>,
}

/// How the messages of a webhook fare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Messages that arrived, of those still kept.
    pub arrived: u64,
    /// Messages that were not sent yet, or did not arrive yet and are sent again.
    pub waiting: u64,
    /// Messages that never arrived and are not sent again, of those still kept.
    pub given_up: u64,
    /// The newest message that was sent at least once.
    pub latest: Option<Delivery>,
}

/// What was known of a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// Independent origins behind its lead claim.
    pub origins: u64,
    /// Contradictions among its reports.
    pub contradictions: u64,
    /// The latest capture among its articles.
    pub captured: u64,
}

impl Store {
    /// The webhooks in the order of their making.
    pub fn webhooks(&self) -> Result<Vec<Webhook>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, url, events, query, secret, made_at FROM webhooks ORDER BY id")?;
        let webhooks = statement.query_map([], webhook)?;
        Ok(webhooks.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps a webhook and gives its number; `None` where there are too many. What changed before it was made is no event.
    pub fn add_webhook(&mut self, webhook: &Webhook) -> Result<Option<u64>, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let count: i64 = transaction.query_row("SELECT count(*) FROM webhooks", [], |row| row.get(0))?;
        if count >= MOST_WEBHOOKS as i64 {
            return Ok(None);
        }
        if count == 0 {
            begin(&transaction)?;
        }
        let events = serde_json::to_string(&webhook.events).unwrap_or_default();
        transaction.execute(
            "INSERT INTO webhooks (url, events, query, secret, made_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![webhook.url, events, webhook.query, webhook.secret, webhook.made_at.as_str()],
        )?;
        let number = id(transaction.last_insert_rowid());
        transaction.commit()?;
        Ok(Some(number))
    }

    /// Takes a webhook away with its messages; `false` where there is none of this number.
    pub fn remove_webhook(&mut self, number: u64) -> Result<bool, Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let removed = transaction.execute("DELETE FROM webhooks WHERE id = ?1", [sql(number)])?;
        transaction.execute("DELETE FROM deliveries WHERE webhook = ?1", [sql(number)])?;
        transaction.commit()?;
        Ok(removed > 0)
    }

    /// The change up to which events were looked for.
    pub fn noticed_change(&self) -> Result<u64, Error> {
        Ok(id(self.number(MARK)?.unwrap_or(0)))
    }

    /// The last article and the last capture there were when somebody first wanted to be told of events: what is older is
    /// no news.
    pub fn noticed_since(&self) -> Result<(u64, u64), Error> {
        Ok((id(self.number(ARTICLE)?.unwrap_or(0)), id(self.number(CAPTURE)?.unwrap_or(0))))
    }

    /// What was known of a story; `None` where it was never looked at.
    pub fn noticed(&self, story: u64) -> Result<Option<Noticed>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT origins, contradictions, captured FROM noticed WHERE story = ?1")?;
        let noticed = statement.query_row([sql(story)], |row| {
            Ok(Noticed { origins: id(row.get(0)?), contradictions: id(row.get(1)?), captured: id(row.get(2)?) })
        });
        Ok(noticed.optional()?)
    }

    /// Notes what is known of a story after a change, together with the messages about it; those whose events were told
    /// before are left out. All or nothing.
    pub fn notice(
        &mut self,
        change: u64,
        story: u64,
        noticed: Option<Noticed>,
        messages: &[Delivery],
    ) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if let Some(Noticed { origins, contradictions, captured }) = noticed {
            transaction.execute(
                "INSERT OR REPLACE INTO noticed VALUES (?1, ?2, ?3, ?4)",
                params![sql(story), sql(origins), sql(contradictions), sql(captured)],
            )?;
        }
        messages.iter().try_for_each(|message| put(&transaction, message))?;
        put_state(&transaction, MARK, &sql(change))?;
        Ok(transaction.commit()?)
    }

    /// The messages that are to be sent up to a moment, the longest due first.
    pub fn due_deliveries(&self, until: i64, most: usize) -> Result<Vec<Delivery>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{DELIVERY} WHERE next_at <= ?1 ORDER BY next_at, id LIMIT ?2"))?;
        let found = statement.query_map(params![until, sql(most as u64)], delivery)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// The latest messages of a webhook, the newest first.
    pub fn deliveries(&self, webhook: u64, most: usize) -> Result<Vec<Delivery>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{DELIVERY} WHERE webhook = ?1 ORDER BY id DESC LIMIT ?2"))?;
        let found = statement.query_map(params![sql(webhook), sql(most as u64)], delivery)?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    /// How the messages of a webhook fare.
    pub fn health(&self, webhook: u64) -> Result<Health, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT count(*) FILTER (WHERE next_at IS NULL AND message IS NULL),
             count(*) FILTER (WHERE next_at IS NOT NULL),
             count(*) FILTER (WHERE next_at IS NULL AND message IS NOT NULL)
             FROM deliveries WHERE webhook = ?1",
        )?;
        let [arrived, waiting, given_up] =
            statement.query_row([sql(webhook)], |row| Ok([id(row.get(0)?), id(row.get(1)?), id(row.get(2)?)]))?;
        let mut statement = self
            .connection
            .prepare_cached(&format!("{DELIVERY} WHERE webhook = ?1 AND attempts > 0 ORDER BY id DESC LIMIT 1"))?;
        let latest = statement.query_row([sql(webhook)], delivery).optional()?;
        Ok(Health { arrived, waiting, given_up, latest })
    }

    /// Notes how sending a message went.
    pub fn put_delivery(&mut self, sent: &Delivery) -> Result<(), Error> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "UPDATE deliveries SET attempts = ?2, next_at = ?3, status = ?4, message = ?5 WHERE id = ?1",
            params![sql(sent.id), sent.attempts, sent.next_at, sent.status, sent.message],
        )?;
        transaction.execute(
            "DELETE FROM deliveries WHERE webhook = ?1 AND next_at IS NULL AND id <=
             (SELECT max(id) FROM deliveries WHERE webhook = ?1) - ?2",
            params![sql(sent.webhook), KEPT],
        )?;
        Ok(transaction.commit()?)
    }

    /// The latest capture of an article; 0 where there is no such article.
    pub fn last_capture(&self, article: u64) -> Result<u64, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT coalesce(max(capture), 0) FROM revisions WHERE article = ?1")?;
        Ok(id(statement.query_row([sql(article)], |row| row.get(0))?))
    }

    /// The latest capture among the articles of a story; 0 where it has none.
    pub fn last_capture_of(&self, story: u64) -> Result<u64, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(max(r.capture), 0) FROM articles a JOIN revisions r ON r.article = a.id WHERE a.story = ?1",
        )?;
        Ok(id(statement.query_row([sql(story)], |row| row.get(0))?))
    }
}

/// From now on what changes is an event.
fn begin(connection: &Connection) -> Result<(), Error> {
    connection.execute("DELETE FROM noticed", [])?;
    for (mark, last) in [
        (MARK, "SELECT coalesce(max(number), 0) FROM changes"),
        (ARTICLE, "SELECT coalesce(max(id), 0) FROM articles"),
        (CAPTURE, "SELECT coalesce(max(id), 0) FROM captures"),
    ] {
        put_state(connection, mark, &connection.query_row(last, [], |row| row.get::<_, i64>(0))?)?;
    }
    Ok(())
}

fn put(connection: &Connection, message: &Delivery) -> Result<(), Error> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO deliveries (webhook, event, key, body, made_at, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (webhook, key) DO NOTHING",
    )?;
    let Delivery { webhook, event, key, body, made_at, next_at, .. } = message;
    statement.execute(params![sql(*webhook), event, key, body, made_at.as_str(), next_at])?;
    Ok(())
}

const DELIVERY: &str =
    "SELECT id, webhook, event, key, body, made_at, attempts, next_at, status, message FROM deliveries";

fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Instant> {
    Instant::new(&row.get::<_, String>(at)?).ok_or(rusqlite::Error::InvalidQuery)
}

fn webhook(row: &Row<'_>) -> rusqlite::Result<Webhook> {
    Ok(Webhook {
        id: id(row.get(0)?),
        url: row.get(1)?,
        events: serde_json::from_str(&row.get::<_, String>(2)?).unwrap_or_default(),
        query: row.get(3)?,
        secret: row.get(4)?,
        made_at: moment(row, 5)?,
    })
}

fn delivery(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        id: id(row.get(0)?),
        webhook: id(row.get(1)?),
        event: row.get(2)?,
        key: row.get(3)?,
        body: row.get(4)?,
        made_at: moment(row, 5)?,
        attempts: row.get(6)?,
        next_at: row.get(7)?,
        status: row.get(8)?,
        message: row.get(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_told_once() {
        let mut store = Store::in_memory().expect("a store");
        let at = Instant::new("2031-03-04T10:00:00Z").expect("a moment");
        let hook = Webhook {
            id: 0,
            url: "https://nova.example/hook".to_owned(),
            events: vec!["second_origin".to_owned()],
            query: None,
            secret: vec![1, 2],
            made_at: at.clone(),
        };
        assert_eq!(store.add_webhook(&hook).expect("a webhook"), Some(1));
        assert_eq!(store.webhooks().expect("webhooks"), [Webhook { id: 1, ..hook }]);
        let message = Delivery {
            id: 0,
            webhook: 1,
            event: "second_origin".to_owned(),
            key: "second_origin 7".to_owned(),
            body: "{}".to_owned(),
            made_at: at,
            attempts: 0,
            next_at: Some(5),
            status: None,
            message: None,
        };
        let known = Noticed { origins: 2, contradictions: 0, captured: 9 };
        for change in [3, 4] {
            store.notice(change, 7, Some(known), std::slice::from_ref(&message)).expect("noticed");
        }
        assert_eq!((store.noticed(7).expect("known"), store.noticed_change().expect("a mark")), (Some(known), 4));
        assert_eq!(store.due_deliveries(4, 9).expect("messages"), []);
        let [due] = &store.due_deliveries(5, 9).expect("messages")[..] else { panic!("one message") };
        assert_eq!(store.health(1).expect("health"), Health { waiting: 1, ..Health::default() });
        let failed = Delivery { attempts: 8, next_at: None, message: Some("no host".to_owned()), ..due.clone() };
        store.put_delivery(&failed).expect("noted");
        assert_eq!(store.health(1).expect("health"), Health { given_up: 1, latest: Some(failed), ..Health::default() });
        let sent = Delivery { attempts: 1, next_at: None, status: Some(204), ..due.clone() };
        store.put_delivery(&sent).expect("noted");
        assert_eq!(store.health(1).expect("health").arrived, 1);
        assert_eq!(store.due_deliveries(99, 9).expect("messages"), []);
        assert_eq!(store.deliveries(1, 9).expect("messages"), [sent]);
        assert!(store.remove_webhook(1).expect("an answer") && !store.remove_webhook(1).expect("an answer"));
        assert_eq!(store.deliveries(1, 9).expect("messages"), []);
    }
}
