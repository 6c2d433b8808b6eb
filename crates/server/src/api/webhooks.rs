//! `/v1/webhooks`: addresses that are told of events, and how telling them went. For the role `admin` alone.

use axum::body::to_bytes;
use axum::extract::{Path, Request, State as Given};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use twosource_store::{Delivery, MOST_WEBHOOKS, Role, Webhook};

use super::{DEFAULT, MOST, answer};
use crate::access::Visitor;
use crate::notices::{Event, moment, new_webhook};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Bytes of a description.
const LONGEST: usize = 100_000;

/// The id in a path as it came.
type Id = Result<Path<String>, axum::extract::rejection::PathRejection>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    url: String,
    events: Vec<String>,
    query: Option<String>,
}

#[derive(Serialize)]
struct Row {
    webhook: u64,
    url: String,
    events: Vec<String>,
    query: Option<String>,
    made_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
}

#[derive(Serialize)]
struct Webhooks {
    webhooks: Vec<Row>,
}

#[derive(Serialize)]
struct Deliveries {
    deliveries: Vec<DeliveryRow>,
}

#[derive(Serialize)]
struct DeliveryRow {
    delivery: u64,
    event: String,
    made_at: String,
    attempts: u32,
    next_at: Option<String>,
    status: Option<u16>,
    message: Option<String>,
    body: serde_json::Value,
}

impl From<Webhook> for Row {
    fn from(Webhook { id, url, events, query, made_at, .. }: Webhook) -> Row {
        Row { webhook: id, url, events, query, made_at: made_at.as_str().to_owned(), secret: None }
    }
}

impl From<Delivery> for DeliveryRow {
    fn from(sent: Delivery) -> DeliveryRow {
        let Delivery { id, event, made_at, attempts, next_at, status, message, body, .. } = sent;
        DeliveryRow {
            delivery: id,
            event,
            made_at: made_at.as_str().to_owned(),
            attempts,
            next_at: next_at.and_then(moment),
            status,
            message,
            body: serde_json::from_str(&body).unwrap_or_default(),
        }
    }
}

/// What only admins see is kept nowhere on the way.
fn private(value: &impl Serialize) -> Response {
    ([(CACHE_CONTROL, "no-store")], answer(value)).into_response()
}

/// The webhooks.
pub(crate) async fn list(Given(state): Given<Shared>, visitor: Visitor) -> Result<Response, Problem> {
    visitor.needs(Role::Admin)?;
    let webhooks = with_store(&state, |_, store| Ok(store.webhooks()?)).await?;
    Ok(private(&Webhooks { webhooks: webhooks.into_iter().map(Row::from).collect() }))
}

/// Makes a webhook, and shows its secret this once.
pub(crate) async fn add(Given(state): Given<Shared>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    visitor.needs(Role::Admin)?;
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Content-Type: application/json is wanted."));
    }
    let too_long = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "The description is too long.");
    let body = to_bytes(request.into_body(), LONGEST).await.map_err(too_long)?;
    let wanted: Wanted =
        serde_json::from_slice(&body).map_err(|error| Problem::wrong(format!("The body: {error}.")))?;
    let events: Result<Vec<Event>, String> = wanted.events.iter().map(|event| event.parse()).collect();
    let now = state.instant().ok_or_else(Problem::ours)?;
    let made = events.and_then(|events| new_webhook(&wanted.url, &events, wanted.query.as_deref(), now));
    let (webhook, secret) = made.map_err(Problem::wrong)?;
    let full = || Problem::wrong(format!("There are {MOST_WEBHOOKS} webhooks; remove one first."));
    let kept = webhook.clone();
    let id = with_store(&state, move |_, store| store.add_webhook(&kept)?.ok_or_else(full)).await?;
    Ok(private(&Row { webhook: id, secret: Some(secret), ..Row::from(webhook) }))
}

fn number(id: Id) -> Result<u64, Problem> {
    let number = id.ok().and_then(|Path(id)| id.parse::<u32>().ok());
    number.map(u64::from).ok_or_else(|| Problem::missing("Webhooks have numbers; this is none."))
}

/// Takes a webhook away with its messages.
pub(crate) async fn remove(Given(state): Given<Shared>, visitor: Visitor, id: Id) -> Result<Response, Problem> {
    visitor.needs(Role::Admin)?;
    let id = number(id)?;
    let removed = with_store(&state, move |_, store| {
        let webhook = store.webhooks()?.into_iter().find(|webhook| webhook.id == id);
        store.remove_webhook(id)?;
        Ok(webhook)
    });
    let webhook = removed.await?.ok_or_else(|| Problem::missing(format!("There is no webhook {id}.")))?;
    Ok(private(&Row::from(webhook)))
}

/// The latest messages of a webhook, the newest first.
pub(crate) async fn deliveries(
    Given(state): Given<Shared>,
    visitor: Visitor,
    id: Id,
    given: Parameters,
) -> Result<Response, Problem> {
    visitor.needs(Role::Admin)?;
    let (id, limit) = (number(id)?, given.limit(DEFAULT, MOST)?);
    let sent = with_store(&state, move |_, store| {
        let is_there = store.webhooks()?.iter().any(|webhook| webhook.id == id);
        if !is_there {
            return Err(Problem::missing(format!("There is no webhook {id}.")));
        }
        Ok(store.deliveries(id, limit)?)
    });
    Ok(private(&Deliveries { deliveries: sent.await?.into_iter().map(DeliveryRow::from).collect() }))
}
