//! `/outlets`: other names of outlets, and which belong to one publisher.

use std::collections::BTreeMap;

use axum::extract::State as Given;
use axum::response::Response;
use maud::{Markup, html as markup};
use twosource_present::{footer, one_line};
use twosource_store::List;

use super::{Tab, answer};
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// The page.
pub(crate) async fn show(Given(state): Given<Shared>) -> Result<Response, Problem> {
    let lists = with_store(&state, |_, store| Ok((store.list(List::Outlets)?, store.list(List::Families)?)));
    let (outlets, families) = lists.await?;
    let main = markup! {
        main.listing #content {
            h1 { "Outlets" }
            p.explanation { "An outlet counts once under all its names, and outlets of one publisher count as one origin." }
            (list("families", "Publisher families", "No family is listed.", &families))
            (list("outlets", "Outlets and their other names", "No outlet is listed.", &outlets))
            p.facts {
                "Edit both in a file: " code { "twosource export outlets -o outlets.toml" } ", then "
                code { "twosource import outlets.toml" } "."
            }
        }
        (footer())
    };
    Ok(answer("Outlets", Tab::Outlets, &main))
}

fn list(id: &str, title: &str, none: &str, entries: &BTreeMap<String, Vec<String>>) -> Markup {
    let names = |names: &[String]| names.iter().map(|name| one_line(name)).collect::<Vec<_>>().join(", ");
    markup! {
        section aria-labelledby=(id) {
            h2 #(id) { (title) }
            @if entries.is_empty() { p { (none) } }
            @else { dl.found { @for (name, others) in entries {
                div { dt { bdi { (one_line(name)) } } dd { bdi { (names(others)) } } }
            } } }
        }
    }
}
