//! `/v1/articles`: articles in the order of their changes, and where new ones are given; `/v1/articles/ID`: one with its
//! annotations, as `twosource article --format json` prints it; `/v1/articles/ID/revisions`: what changed in it.

use std::io::Cursor;

use axum::body::to_bytes;
use axum::extract::{Request, State as Given};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde::Serialize;
use twosource_engine::Taken;
use twosource_present::{RevisionFormat, stored_article_line};
use twosource_read::{Limits, Piece, Record, records_of_stream};
use twosource_store::{ArticleChange, Change, Listed};

use super::{DEFAULT, MOST, answer, document};
use crate::access::Visitor;
use crate::limits::BODY;
use crate::pages::article::Kept;
use crate::parameters::{Number, Parameters};
use crate::problem::Problem;
use crate::revised::with_revised;
use crate::state::{Shared, with_store};
use crate::writer::Received;

/// Records of one gift.
const MOST_RECORDS: usize = 1_000;
/// Bytes of its records, unpacked.
const MOST_BYTES: usize = 64 << 20;
/// What the input of articles is called that are given here.
const INPUT: &str = "POST /v1/articles";
/// Bodies of these kinds can be sent by a page of elsewhere without asking first (Fetch, "simple" requests).
const SIMPLE: [&str; 3] = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];

/// An article in lists.
#[derive(Debug, Serialize)]
pub(super) struct ArticleRow {
    article: u64,
    story: Option<u64>,
    title: String,
    outlet: Option<String>,
    published: Option<String>,
    language: Option<String>,
    url: Option<String>,
    revisions: u64,
    pinned: bool,
}

impl From<Listed> for ArticleRow {
    fn from(listed: Listed) -> Self {
        let Listed { article, story, title, outlet, published, language, url, revisions, pinned, .. } = listed;
        ArticleRow { article, story, title, outlet, published, language, url, revisions, pinned }
    }
}

#[derive(Serialize)]
struct Articles {
    articles: Vec<ArticleRow>,
    next: Option<String>,
    changed_after: String,
}

/// Articles in the order in which they came or changed, those after a place in that order.
pub(crate) async fn list(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    let limit = given.limit(DEFAULT, MOST)?;
    let after = given.text("changed_after").map(place).transpose()?.unwrap_or_default();
    let changed = with_store(&state, move |_, store| Ok(store.changed_articles(after, limit + 1)?));
    let mut changed = changed.await?;
    let goes_on = changed.len() > limit;
    changed.truncate(limit);
    let last = changed.last().map_or(after, |(place, _)| *place);
    let changed_after = format!("{}_{}", last.capture, last.article);
    let articles = changed.into_iter().map(|(_, listed)| listed.into()).collect();
    Ok(answer(&Articles { articles, next: goes_on.then(|| changed_after.clone()), changed_after }))
}

/// A place in the order of changes; 0 is before all of them.
fn place(named: &str) -> Result<ArticleChange, Problem> {
    let number = |text: &str| text.parse::<u32>().ok().map(u64::from);
    let parts = named.split_once('_').and_then(|(capture, article)| Some((number(capture)?, number(article)?)));
    let start = (named == "0").then_some((0, 0));
    let (capture, article) = start.or(parts).ok_or_else(|| super::no_change(named))?;
    Ok(ArticleChange { capture, article })
}

/// The latest revision, or the one asked for.
pub(crate) async fn one(
    Given(state): Given<Shared>,
    Number(id): Number,
    given: Parameters,
) -> Result<Response, Problem> {
    let revision = given.number("revision")?;
    let line = with_store(&state, move |_, store| Ok(stored_article_line(&Kept::find(store, id, revision)?.stored())));
    Ok(document(line.await?))
}

/// What changed from each revision to the next.
pub(crate) async fn changes(
    Given(state): Given<Shared>,
    Number(id): Number,
    given: Parameters,
) -> Result<Response, Problem> {
    let with_trivial = given.flag("trivial")?;
    let changes = with_store(&state, move |state, store| {
        with_revised(state, store, id, |_, pairs| {
            twosource_present::revisions(pairs, RevisionFormat::Json, with_trivial)
        })
    });
    Ok(document(changes.await?))
}

#[derive(Serialize)]
struct Added {
    articles: Vec<AddedArticle>,
    errors: Vec<Lost>,
    stories_begun: u64,
    stories_changed: u64,
}

#[derive(Serialize)]
struct AddedArticle {
    /// The record it was in, counted from 0.
    at: usize,
    change: &'static str,
    diagnostics: Vec<String>,
    #[serde(flatten)]
    row: ArticleRow,
}

/// Something that could not be read.
#[derive(Serialize)]
struct Lost {
    at: Option<usize>,
    message: String,
}

/// Takes articles in any form that `twosource add` reads, and says what came of each.
pub(crate) async fn add(Given(state): Given<Shared>, visitor: Visitor, request: Request) -> Result<Response, Problem> {
    visitor.needs(twosource_store::Role::Add)?;
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.is_empty() || SIMPLE.contains(&kind.as_str()) {
        let detail = "Say what the body is with Content-Type: application/json, application/jsonl, text/html …";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    let body = to_bytes(request.into_body(), BODY).await.map_err(|_| too_much())?;
    let records = tokio::task::spawn_blocking(move || records(body.to_vec()));
    let (records, errors) = records.await.map_err(|_| Problem::ours())??;
    let received = state.writer.give(records, state.instant(), state.now()).await?;
    let added = added(received, errors);
    match (&added.articles[..], added.errors.first()) {
        ([], Some(first)) => Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, first.message.clone())),
        _ => Ok(answer(&added)),
    }
}

fn too_much() -> Problem {
    let (most, megabytes) = (MOST_RECORDS, BODY >> 20);
    let detail = format!("At most {most} articles and {megabytes} MB at a time; send them in parts.");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
}

/// Cuts a body into records, with a word about what is none.
fn records(body: Vec<u8>) -> Result<(Vec<Record>, Vec<Lost>), Problem> {
    let wrong = |error: twosource_read::Error| Problem::wrong(error.to_string());
    let (mut records, mut lost, mut bytes) = (Vec::new(), Vec::new(), 0);
    for piece in records_of_stream(INPUT, Box::new(Cursor::new(body)), &Limits::default()).map_err(wrong)? {
        match piece {
            Piece::Record(record) => {
                bytes += record.size();
                if records.len() == MOST_RECORDS || bytes > MOST_BYTES {
                    return Err(too_much());
                }
                records.push(record);
            }
            Piece::Skipped(note) if lost.len() < MOST_RECORDS => lost.push(Lost { at: None, message: note.message }),
            Piece::Skipped(_) => return Err(too_much()),
            Piece::Remark(_) => {}
        }
    }
    if records.is_empty() && lost.is_empty() {
        return Err(Problem::wrong("No article found; give records that hold one."));
    }
    Ok((records, lost))
}

/// What came of a gift, as it is answered.
fn added(received: Received, errors: Vec<Lost>) -> Added {
    let Received { taken, listed, sorted } = received;
    let mut listed = listed.into_iter();
    let mut added =
        Added { articles: Vec::new(), errors, stories_begun: sorted.founded, stories_changed: sorted.changes };
    for (at, Taken { articles, notes, error }) in taken.into_iter().enumerate() {
        let messages = notes.into_iter().map(|(_, message)| message).chain(error);
        added.errors.extend(messages.map(|message| Lost { at: Some(at), message }));
        for kept in articles {
            let Some(row) = listed.next().flatten().map(ArticleRow::from) else { continue };
            let change = match kept.change {
                Change::New => "new",
                Change::Revision(_) => "revision",
                Change::Known => "known",
            };
            added.articles.push(AddedArticle { at, change, diagnostics: kept.diagnostics, row });
        }
    }
    added
}
