//! `/feeds`: the feeds that are watched, and how fetching them goes.

use axum::extract::State as Given;
use axum::response::Response;
use maud::{Markup, html as markup};
use twosource_present::{count, footer, one_line};
use twosource_store::Feed;

use super::{Tab, answer};
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// The page.
pub(crate) async fn show(Given(state): Given<Shared>) -> Result<Response, Problem> {
    let feeds = with_store(&state, |_, store| Ok(store.feeds()?)).await?;
    let main = markup! {
        main.listing #content {
            h1 { "Feeds" }
            @if feeds.is_empty() {
                p.explanation { "No feed is listed." }
                p { "Add the list of your reader: " code { "twosource import feeds.opml" } "." }
            } @else { (table(&feeds)) }
        }
        (footer())
    };
    Ok(answer("Feeds", Tab::Feeds, &main))
}

fn table(feeds: &[Feed]) -> Markup {
    markup! {
        div.scroll role="region" aria-label="Feeds" tabindex="0" {
            table.plain {
                thead { tr { th scope="col" { "Feed" } th scope="col" { "State" } th scope="col" { "Next" } } }
                tbody { @for feed in feeds { (row(feed)) } }
            }
        }
    }
}

fn row(feed: &Feed) -> Markup {
    let title = Some(one_line(&feed.title)).filter(|title| !title.is_empty()).unwrap_or_else(|| one_line(&feed.url));
    let is_well = feed.state.failures == 0;
    markup! {
        tr {
            th scope="row" {
                bdi { (title) }
                p.facts { bdi { (one_line(&feed.url)) } @if !feed.folders.is_empty() { " · " bdi { (one_line(&feed.folders.join(" / "))) } } }
            }
            td {
                span.tag.contradiction[!is_well] { (one_line(&feed.state.state)) }
                @if !is_well { " " (count(feed.state.failures as usize, "failure")) " in a row" }
                @if let Some(message) = &feed.state.message { p.facts { bdi { (one_line(message)) } } }
            }
            td { @if let Some(next) = &feed.state.next_at { time datetime=(next.as_str()) { (next.as_str().replace('T', " ")) } } @else { "–" } }
        }
    }
}
