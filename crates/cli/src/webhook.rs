//! `twosource webhook`: addresses that the server tells of events.

use anyhow::{Result, bail};
use twosource_server::new_webhook;
use twosource_store::{Delivery, MOST_WEBHOOKS, Webhook};

use crate::Ending;
use crate::arguments::{WebhookCommand, Webhooks};
use crate::output::{say, write};

/// Messages of a log.
const MOST: usize = 50;

/// Lists, adds and removes webhooks, and shows how their messages went.
pub(crate) fn run(options: &Webhooks) -> Result<Ending> {
    let mut store = options.of_store.open()?;
    match &options.command {
        WebhookCommand::List => list(&store.webhooks()?),
        WebhookCommand::Add { url, events, query } => {
            let made = new_webhook(url, events, query.as_deref(), options.of_store.now()?);
            let (webhook, secret) = made.map_err(anyhow::Error::msg)?;
            let Some(number) = store.add_webhook(&webhook)? else {
                bail!("there are {MOST_WEBHOOKS} webhooks; remove one first");
            };
            say(&format!("webhook {number}; its secret is shown this once, and `twosource serve` sends its messages"));
            write(&format!("{secret}\n"), None)?;
            Ok(Ending::Done)
        }
        WebhookCommand::Remove { number } => {
            if store.remove_webhook(*number)? {
                return Ok(Ending::Done);
            }
            say(&format!("no webhook {number}; list them with: twosource webhook list"));
            Ok(Ending::Nothing)
        }
        WebhookCommand::Log { number } => {
            let lines: String = store.deliveries(*number, MOST)?.iter().map(delivery).collect();
            write(&lines, None)?;
            Ok(Ending::of(!lines.is_empty(), false))
        }
    }
}

fn list(webhooks: &[Webhook]) -> Result<Ending> {
    let line = |webhook: &Webhook| {
        let query = webhook.query.as_ref().map_or_else(String::new, |query| format!("  for {query}"));
        format!("{}  {}  {}{query}\n", webhook.id, webhook.url, webhook.events.join(", "))
    };
    write(&webhooks.iter().map(line).collect::<String>(), None)?;
    Ok(Ending::of(!webhooks.is_empty(), false))
}

fn delivery(sent: &Delivery) -> String {
    let state = match (sent.status, sent.next_at) {
        (Some(200..=299), None) => "arrived".to_owned(),
        (_, None) => "given up".to_owned(),
        (_, Some(_)) if sent.attempts == 0 => "waits".to_owned(),
        (_, Some(_)) => format!("failed {} times", sent.attempts),
    };
    let why = sent.message.as_ref().map_or_else(String::new, |message| format!("  {message}"));
    format!("{}  {}  {}  {state}{why}\n", sent.id, sent.made_at.as_str(), sent.event)
}
