//! `/webhooks`: addresses that are told of events, and how telling them goes; `/webhooks/ID`: the latest messages of one.
//! For the role `admin` alone, since an address may itself be a secret.

use axum::extract::{Path, State as Given};
use axum::http::StatusCode;
use axum::http::header::CACHE_CONTROL;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html as markup};
use serde_json::Value;
use twosource_model::Instant;
use twosource_present::{count, footer, one_line, shown};
use twosource_store::{Delivery, Health, MOST_WEBHOOKS, Role, Store, Webhook};

use super::{Tab, answer, time_of};
use crate::access::{Form, Visitor};
use crate::notices::{Event, moment, new_webhook};
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Messages of a webhook on its page.
const MOST: usize = 50;
/// Characters of an address.
const ADDRESS: usize = 2_000;

/// What came of a form that was sent.
enum Came {
    /// It is done.
    Done,
    /// A webhook was made; its number, and its secret, which is shown this once.
    Made(u64, String),
    /// What was typed cannot be taken, and why.
    Refused(Parameters, String),
}

/// A webhook as the page shows it.
struct Row {
    webhook: Webhook,
    health: Health,
}

/// The page.
pub(crate) async fn show(Given(state): Given<Shared>, visitor: Visitor) -> Result<Response, Problem> {
    visitor.needs(Role::Admin)?;
    let rows = with_store(&state, |_, store| rows(store)).await?;
    Ok(private("Webhooks", &page(&rows, &visitor, &Came::Done)))
}

/// Adds or removes a webhook. After a removal the page is loaded anew; an addition shows the secret, and sent again adds
/// nothing, since the same webhook is there already.
pub(crate) async fn change(Given(state): Given<Shared>, form: Form) -> Result<Response, Problem> {
    form.visitor.needs(Role::Admin)?;
    let (fields, now) = (form.fields, state.instant().ok_or_else(Problem::ours)?);
    let done = with_store(&state, move |_, store| Ok((changed(store, fields, now)?, rows(store)?)));
    let (came, rows) = done.await?;
    if matches!(came, Came::Done) {
        return Ok(Redirect::to("/webhooks").into_response());
    }
    let mut response = private("Webhooks", &page(&rows, &form.visitor, &came));
    if matches!(came, Came::Refused(..)) {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    Ok(response)
}

/// The latest messages of a webhook.
pub(crate) async fn messages(
    Given(state): Given<Shared>,
    visitor: Visitor,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    visitor.needs(Role::Admin)?;
    let missing = || Problem::missing("There is no such webhook; it may have been removed.");
    let Number(id) = Number::read(&number).map_err(|_| missing())?;
    let found = with_store(&state, move |_, store| {
        let webhook = store.webhooks()?.into_iter().find(|webhook| webhook.id == id).ok_or_else(missing)?;
        Ok((Row { webhook, health: store.health(id)? }, store.deliveries(id, MOST)?))
    });
    let (row, sent) = found.await?;
    Ok(private(&format!("Webhook {id}"), &log(&row, &sent)))
}

/// What only admins see is kept nowhere on the way.
fn private(title: &str, main: &Markup) -> Response {
    ([(CACHE_CONTROL, "no-store")], answer(title, Tab::Webhooks, main)).into_response()
}

fn rows(store: &Store) -> Result<Vec<Row>, Problem> {
    let row = |webhook: Webhook| Ok(Row { health: store.health(webhook.id)?, webhook });
    store.webhooks()?.into_iter().map(row).collect()
}

/// Does what a form asks for, or says why not.
fn changed(store: &mut Store, fields: Parameters, now: Instant) -> Result<Came, Problem> {
    match fields.text("change") {
        Some("add") => add(store, fields, now),
        Some("remove") => {
            let missing = || Problem::missing("This webhook is not there any more.");
            let number: u32 = fields.number("webhook")?.ok_or_else(missing)?;
            store.remove_webhook(u64::from(number))?.then_some(Came::Done).ok_or_else(missing)
        }
        _ => Err(Problem::wrong("change: add or remove is wanted.")),
    }
}

fn add(store: &mut Store, fields: Parameters, now: Instant) -> Result<Came, Problem> {
    let events: Result<Vec<Event>, String> = fields.all("event").map(str::parse).collect();
    let made = events
        .and_then(|events| new_webhook(fields.text("url").unwrap_or_default(), &events, fields.text("query"), now));
    let (webhook, secret) = match made {
        Ok(made) => made,
        Err(why) => return Ok(Came::Refused(fields, why)),
    };
    let is_same =
        |known: &Webhook| (&known.url, &known.events, &known.query) == (&webhook.url, &webhook.events, &webhook.query);
    if let Some(known) = store.webhooks()?.iter().find(|known| is_same(known)) {
        return Ok(Came::Refused(fields, format!("Webhook {} tells this address of the same already.", known.id)));
    }
    Ok(match store.add_webhook(&webhook)? {
        Some(number) => Came::Made(number, secret),
        None => Came::Refused(fields, format!("There are {MOST_WEBHOOKS} webhooks; remove one first.")),
    })
}

fn page(rows: &[Row], visitor: &Visitor, came: &Came) -> Markup {
    markup! {
        main.listing #content {
            h1 { "Webhooks" }
            p.explanation {
                "A webhook is an address of a program of yours that is told when something happens to a story, so that "
                "nobody has to look again and again. Messages are signed, and sent again for two days until they arrive."
            }
            @if let Came::Made(number, secret) = came { (added(*number, secret)) }
            @if rows.is_empty() { p { "There is none yet." } } @else { (table(rows, visitor)) }
            section aria-labelledby="add" {
                h2 #add { "Add a webhook" }
                (adding(visitor, came))
            }
            p.facts {
                "The messages are as " a href="https://www.standardwebhooks.com" rel="noreferrer" { "Standard Webhooks" }
                " has them. The same on the command line: " code { "twosource webhook" } ", and for programs under "
                code { "/v1/webhooks" } "."
            }
        }
        (footer())
    }
}

fn added(number: u64, secret: &str) -> Markup {
    markup! {
        div.done role="status" {
            p { "Webhook " (number) " is there. Its secret, with which the receiver checks the signatures, is shown this once:" }
            p { code { (secret) } }
        }
    }
}

fn table(rows: &[Row], visitor: &Visitor) -> Markup {
    markup! {
        div.scroll role="region" aria-label="Webhooks" tabindex="0" {
            table.plain {
                thead { tr {
                    th scope="col" { "Address" } th scope="col" { "Told of" } th scope="col" { "How it goes" } th scope="col" { "Change" }
                } }
                tbody { @for row in rows { tr {
                    th scope="row" {
                        a href={ "/webhooks/" (row.webhook.id) } { bdi { (one_line(&row.webhook.url)) } }
                        p.facts { "Webhook " (row.webhook.id) ", since " (row.webhook.made_at.day()) }
                    }
                    td { (told_of(&row.webhook)) }
                    td { (fares(&row.health)) }
                    td { (removing(&row.webhook, visitor)) }
                } } }
            }
        }
    }
}

fn told_of(webhook: &Webhook) -> Markup {
    markup! {
        (events_of(webhook))
        @if let Some(query) = &webhook.query { p.facts { "of stories found by " code { bdi { (one_line(query)) } } } }
    }
}

/// The events a webhook is told of, in words.
fn events_of(webhook: &Webhook) -> String {
    webhook.events.iter().map(|name| words(name)).collect::<Vec<_>>().join(", ")
}

/// The name of an event in words.
fn words(name: &str) -> String {
    name.parse::<Event>().map_or_else(|_| one_line(name), |event| event.title().to_owned())
}

fn fares(health: &Health) -> Markup {
    let counts = [(health.arrived, "arrived"), (health.waiting, "to be sent"), (health.given_up, "given up")];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, how)| format!("{count} {how}"));
    markup! {
        @match &health.latest { Some(latest) => (state_of(latest)), None => "nothing sent yet" }
        p.facts { (counts.collect::<Vec<_>>().join(", ")) }
    }
}

/// How a message went, and why.
fn state_of(sent: &Delivery) -> Markup {
    markup! {
        @match (&sent.message, sent.next_at) {
            (None, None) => span.tag.stated { "arrived" },
            (_, Some(_)) if sent.attempts == 0 => span.tag { "to be sent" },
            (_, Some(_)) => span.tag.contradiction { "not arrived" },
            (Some(_), None) => span.tag.contradiction { "given up" },
        }
        @if sent.attempts > 1 { " after " (count(sent.attempts as usize, "attempt")) }
        @if let Some(message) = &sent.message { p.facts { bdi { (one_line(message)) } } }
        @if let Some(next) = sent.next_at.and_then(moment) { p.facts { "sent next " (time_of(&next)) } }
    }
}

fn removing(webhook: &Webhook, visitor: &Visitor) -> Markup {
    markup! {
        form.row-form method="post" action="/webhooks" {
            (visitor.form_field())
            input type="hidden" name="webhook" value=(webhook.id);
            button.quiet name="change" value="remove" aria-label={ "Remove webhook " (webhook.id) } { "Remove" }
        }
    }
}

fn adding(visitor: &Visitor, came: &Came) -> Markup {
    let refused = match came {
        Came::Refused(typed, why) => Some((typed, why)),
        Came::Done | Came::Made(..) => None,
    };
    let typed = |name: &str| refused.and_then(|(typed, _)| typed.text(name)).map(shown);
    let has = |event: Event| refused.is_some_and(|(typed, _)| typed.all("event").any(|name| name == event.as_str()));
    markup! {
        @if let Some((_, why)) = refused { div.complaint role="alert" #refused { p { (one_line(why)) } } }
        form.entry method="post" action="/webhooks" aria-label="Add a webhook" aria-describedby=[refused.map(|_| "refused")] {
            (visitor.form_field())
            label { "Address, which must be public"
                input type="url" name="url" required maxlength=(ADDRESS) placeholder="https://desk.example/hook" value=[typed("url")]; }
            fieldset {
                legend { "Tell it of" }
                @for event in Event::ALL {
                    label.box {
                        input type="checkbox" name="event" value=(event.as_str()) checked[has(event)];
                        span { (event.title()) span.facts { ": " (event.about()) } }
                    }
                }
            }
            label { "Only of stories with a report that this search finds, if you like"
                input name="query" maxlength=(ADDRESS) placeholder="title:ferry OR port" value=[typed("query")]; }
            div.buttons { button name="change" value="add" { "Add" } }
        }
    }
}

/// The page of one webhook.
fn log(row: &Row, sent: &[Delivery]) -> Markup {
    let all = row.health.arrived + row.health.waiting + row.health.given_up;
    markup! {
        main.listing #content {
            p.kicker { a href="/webhooks" { "Webhooks" } }
            h1 { "Webhook " (row.webhook.id) }
            p.explanation {
                bdi { (one_line(&row.webhook.url)) } " is told of: " (events_of(&row.webhook))
                @if let Some(query) = &row.webhook.query { ", of stories found by " code { bdi { (one_line(query)) } } }
                "."
            }
            @if sent.is_empty() { p { "Nothing happened yet that it would be told of." } } @else {
                div.scroll role="region" aria-label="Messages" tabindex="0" {
                    table.plain {
                        thead { tr { th scope="col" { "Message" } th scope="col" { "How it went" } th scope="col" { "Noticed" } } }
                        tbody { @for sent in sent { (message(sent)) } }
                    }
                }
                @if all > sent.len() as u64 { p.facts { "The latest " (sent.len()) " of " (all) " messages." } }
            }
        }
        (footer())
    }
}

fn message(sent: &Delivery) -> Markup {
    let body: Value = serde_json::from_str(&sent.body).unwrap_or_default();
    let title = body["data"]["title"].as_str().map(one_line).filter(|title| !title.is_empty());
    markup! {
        tr {
            th scope="row" {
                (words(&sent.event))
                @if let Some(story) = body["data"]["story"].as_u64() {
                    ": " a href={ "/story/" (story) } { bdi { (title.unwrap_or_else(|| format!("story {story}"))) } }
                }
                details {
                    summary { "Message " (sent.id) " as it is sent" }
                    pre { (shown(&serde_json::to_string_pretty(&body).unwrap_or_default())) }
                }
            }
            td { (state_of(sent)) }
            td { (time_of(sent.made_at.as_str())) }
        }
    }
}
