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
pub(crate) mod webhooks;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html as markup};
use twosource_present::one_line;
use twosource_store::Role;

use crate::access::Visitor;
use crate::assets::{ICON, SCRIPT, STYLE};

/// Where in the program a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Stories,
    Search,
    Outlets,
    Feeds,
    Webhooks,
    /// None of them; two reports side by side, the one page with a script.
    Side,
    /// None of them.
    None,
}

/// The menu, and who is offered what.
const TABS: [(Tab, &str, &str, Role); 5] = [
    (Tab::Stories, "/", "Stories", Role::Read),
    (Tab::Search, "/search", "Search", Role::Read),
    (Tab::Outlets, "/outlets", "Outlets", Role::Read),
    (Tab::Feeds, "/feeds", "Feeds", Role::Read),
    (Tab::Webhooks, "/webhooks", "Webhooks", Role::Admin),
];

/// A page without what stands around all of them: handlers answer with it, and [`crate::problem::rendered`] makes it
/// whole for whoever asks.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) tab: Tab,
    pub(crate) main: Markup,
}

/// A page as an answer.
pub(crate) fn answer(title: &str, tab: Tab, main: &Markup) -> Response {
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(Page { title: title.to_owned(), tab, main: main.clone() });
    response
}

impl Page {
    /// The whole page for a visitor; `None` where nobody knows who asks.
    pub(crate) fn document(&self, visitor: Option<&Visitor>) -> String {
        let page = markup! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " – Twosource" }
                    link rel="icon" href=(ICON);
                    link rel="stylesheet" href=(STYLE.address());
                    link rel="alternate" type="application/atom+xml" title="Stories" href="/feeds/stories.atom";
                    @if self.tab == Tab::Side { script src=(SCRIPT.address()) defer {} }
                }
                body {
                    a.skip href="#content" { "Skip to the content" }
                    header.masthead {
                        p.brand { a href="/" { "Twosource" } }
                        (menu(self.tab, visitor))
                        @if let Some(visitor) = visitor.filter(|visitor| visitor.has_session()) { (leaving(visitor)) }
                    }
                    (self.main)
                }
            }
        };
        page.into_string() + "\n"
    }
}

/// A moment as people read it.
pub(crate) fn time_of(at: &str) -> Markup {
    markup! { time datetime=(at) { (at.replace('T', " ")) } }
}

fn menu(tab: Tab, visitor: Option<&Visitor>) -> Markup {
    let offered = |role: Role| role == Role::Read || visitor.is_some_and(|visitor| visitor.may(role));
    markup! {
        nav.tabs aria-label="Twosource" {
            ul {
                @for (of, address, name, _) in TABS.iter().filter(|(.., role)| offered(*role)) {
                    li { a href=(address) aria-current=[(*of == tab).then_some("page")] { (name) } }
                }
            }
        }
    }
}

/// Who is signed in, and the way out.
fn leaving(visitor: &Visitor) -> Markup {
    let name = one_line(visitor.name.as_deref().unwrap_or_default());
    markup! {
        form.leaving method="post" action="/sign-out" {
            (visitor.form_field())
            span.facts { "Signed in as " bdi { (name) } }
            button.quiet { "Sign out" }
        }
    }
}
