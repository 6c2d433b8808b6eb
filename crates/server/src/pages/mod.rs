//! Pages for people, one a file. Each has an address for every view and works without a script.

pub(crate) mod article;
pub(crate) mod feeds;
pub(crate) mod outlets;
pub(crate) mod progress;
pub(crate) mod revisions;
pub(crate) mod search;
pub(crate) mod sign_in;
pub(crate) mod stories;
pub(crate) mod story;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html as markup};

use crate::assets::{ICON, SCRIPT, STYLE};

/// Where in the program a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Stories,
    Search,
    Outlets,
    Feeds,
    /// None of them; two reports side by side, the one page with a script.
    Side,
    /// None of them.
    None,
}

const TABS: [(Tab, &str, &str); 4] = [
    (Tab::Stories, "/", "Stories"),
    (Tab::Search, "/search", "Search"),
    (Tab::Outlets, "/outlets", "Outlets"),
    (Tab::Feeds, "/feeds", "Feeds"),
];

/// Marks an answer that is an error and has its page already.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole;

/// A page as an answer.
pub(crate) fn answer(title: &str, tab: Tab, main: &Markup) -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], document(title, tab, main)).into_response()
}

/// A whole page around its main part.
pub(crate) fn document(title: &str, tab: Tab, main: &Markup) -> String {
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – Twosource" }
                link rel="icon" href=(ICON);
                link rel="stylesheet" href=(STYLE.address());
                link rel="alternate" type="application/atom+xml" title="Stories" href="/feeds/stories.atom";
                @if tab == Tab::Side { script src=(SCRIPT.address()) defer {} }
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header.masthead {
                    p.brand { a href="/" { "Twosource" } }
                    nav.tabs aria-label="Twosource" {
                        ul {
                            @for (of, address, name) in TABS {
                                li { a href=(address) aria-current=[(of == tab).then_some("page")] { (name) } }
                            }
                        }
                    }
                }
                (main)
            }
        }
    };
    page.into_string() + "\n"
}
