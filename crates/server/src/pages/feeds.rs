//! `/feeds`: the feeds that are watched, and how fetching them goes; whoever may adds, pauses and removes them here.

use axum::extract::State as Given;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html as markup};
use twosource_engine::watch::plan::{PAUSED, is_watched};
use twosource_fetch::canonical;
use twosource_present::{count, footer, one_line, shown};
use twosource_store::{Feed, Role, Store};

use super::{Tab, answer, time_of};
use crate::access::{Form, Visitor};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Characters of a title.
const TITLE: usize = 200;

/// What was typed and cannot be taken, and why.
struct Refused {
    url: String,
    title: String,
    why: String,
}

/// The page.
pub(crate) async fn show(Given(state): Given<Shared>, visitor: Visitor) -> Result<Response, Problem> {
    let feeds = with_store(&state, |_, store| Ok(store.feeds()?)).await?;
    Ok(answer("Feeds", Tab::Feeds, &page(&feeds, &visitor, None)))
}

/// Adds, pauses, resumes or removes a feed; then the page is shown anew, so that loading it again sends nothing again.
pub(crate) async fn change(Given(state): Given<Shared>, form: Form) -> Result<Response, Problem> {
    form.visitor.needs(Role::Admin)?;
    let fields = form.fields;
    let done = with_store(&state, move |_, store| {
        let refused = changed(store, &fields)?;
        Ok(refused.map(|refused| store.feeds().map(|feeds| (refused, feeds))).transpose()?)
    });
    let Some((refused, feeds)) = done.await? else { return Ok(Redirect::to("/feeds").into_response()) };
    let mut response = answer("Feeds", Tab::Feeds, &page(&feeds, &form.visitor, Some(&refused)));
    *response.status_mut() = StatusCode::BAD_REQUEST;
    Ok(response)
}

/// Does what a form asks for, or says why not.
fn changed(store: &mut Store, fields: &Parameters) -> Result<Option<Refused>, Problem> {
    let url = fields.text("url").unwrap_or_default();
    let missing = || Problem::missing("This feed is not watched any more.");
    match fields.text("change") {
        Some("add") => return add(store, url, fields.text("title").unwrap_or_default()),
        Some("remove") => store.remove_feed(url)?.then_some(()).ok_or_else(missing)?,
        Some("pause") => store.restart_feed(url, PAUSED)?.then_some(()).ok_or_else(missing)?,
        Some("resume") => store.restart_feed(url, "new")?.then_some(()).ok_or_else(missing)?,
        _ => return Err(Problem::wrong("change: add, remove, pause or resume is wanted.")),
    }
    Ok(None)
}

fn add(store: &mut Store, url: &str, title: &str) -> Result<Option<Refused>, Problem> {
    let refused = |why: String| Ok(Some(Refused { url: url.to_owned(), title: title.to_owned(), why }));
    let address = match canonical(url) {
        Ok(address) => address,
        Err(error) => return refused(error.to_string()),
    };
    if store.feeds()?.iter().any(|feed| feed.url == address) {
        return refused("This feed is watched already.".to_owned());
    }
    let title: String = one_line(title).chars().take(TITLE).collect();
    let title = if title.is_empty() { address.clone() } else { title };
    store.put_feeds(&[Feed { url: address, title, ..Feed::default() }])?;
    Ok(None)
}

fn page(feeds: &[Feed], visitor: &Visitor, refused: Option<&Refused>) -> Markup {
    let may = visitor.may(Role::Admin);
    let failing = feeds.iter().filter(|feed| feed.state.failures > 0).count();
    markup! {
        main.listing #content {
            h1 { "Feeds" }
            @if feeds.is_empty() {
                p.explanation { "No feed is listed." }
            } @else {
                p.explanation {
                    (count(feeds.len(), "feed")) ", " @if failing == 0 { "none of them failing." } @else { (failing) " of them failing." }
                }
            }
            @if may { (adding(visitor, refused)) }
            @if !feeds.is_empty() { (table(feeds, visitor, may)) }
            p.facts {
                "They are fetched by " code { "twosource watch" } ". A list of your reader: "
                code { "twosource import feeds.opml" } "."
            }
        }
        (footer())
    }
}

fn adding(visitor: &Visitor, refused: Option<&Refused>) -> Markup {
    let typed = |field: fn(&Refused) -> &String| refused.map(|refused| shown(field(refused)));
    markup! {
        form.filters method="post" action="/feeds" aria-label="Add a feed" {
            (visitor.form_field())
            label.wide { "Address of a feed"
                input type="url" name="url" required maxlength="2000" placeholder="https://nova.example/feed" value=[typed(|refused| &refused.url)]
                    aria-invalid=[refused.map(|_| "true")] aria-describedby=[refused.map(|_| "refused")]; }
            label { "Title, if you like" input name="title" maxlength=(TITLE) value=[typed(|refused| &refused.title)]; }
            button name="change" value="add" { "Add" }
        }
        @if let Some(refused) = refused { div.complaint role="alert" #refused { p { (one_line(&refused.why)) } } }
    }
}

fn table(feeds: &[Feed], visitor: &Visitor, may: bool) -> Markup {
    markup! {
        div.scroll role="region" aria-label="Feeds" tabindex="0" {
            table.plain {
                thead { tr {
                    th scope="col" { "Feed" } th scope="col" { "How it is" } th scope="col" { "Fetched next" }
                    @if may { th scope="col" { "Change" } }
                } }
                tbody { @for feed in feeds { (row(feed, visitor, may)) } }
            }
        }
    }
}

fn row(feed: &Feed, visitor: &Visitor, may: bool) -> Markup {
    let title = Some(one_line(&feed.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| one_line(&feed.url));
    let is_well = feed.state.failures == 0;
    markup! {
        tr {
            th scope="row" {
                bdi { (title) }
                p.facts { bdi { (one_line(&feed.url)) } @if !feed.folders.is_empty() { " · " bdi { (one_line(&feed.folders.join(" / "))) } } }
            }
            td {
                span.tag.stated[is_well && feed.state.state == "ok"].contradiction[!is_well] { (health(&feed.state.state)) }
                @if !is_well { " " (count(feed.state.failures as usize, "failure")) " in a row" }
                @if let Some(message) = &feed.state.message { p.facts { bdi { (one_line(message)) } } }
            }
            td { @if let Some(next) = &feed.state.next_at { (time_of(next.as_str())) } @else { "–" } }
            @if may { td { (changes(feed, &title, visitor)) } }
        }
    }
}

/// The state of a feed in words.
fn health(state: &str) -> String {
    match state {
        "new" => "not fetched yet".to_owned(),
        "ok" => "fine".to_owned(),
        other => one_line(other),
    }
}

fn changes(feed: &Feed, title: &str, visitor: &Visitor) -> Markup {
    let (change, word) = if is_watched(feed) { ("pause", "Pause") } else { ("resume", "Resume") };
    markup! {
        form.row-form method="post" action="/feeds" {
            (visitor.form_field())
            input type="hidden" name="url" value=(shown(&feed.url));
            @for (change, word) in [(change, word), ("remove", "Remove")] {
                button.quiet name="change" value=(change) aria-label={ (word) ": " (title) } { (word) }
            }
        }
    }
}
