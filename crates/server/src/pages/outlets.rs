//! `/outlets`: other names of outlets, and which belong to one publisher; whoever may edits both here.

use std::collections::BTreeMap;

use axum::extract::State as Given;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html as markup};
use twosource_present::{footer, one_line, shown};
use twosource_store::{List, Role, Store};

use super::{Tab, answer};
use crate::access::{Form, Visitor};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::state::{Shared, with_store};

/// Characters of a name.
const NAME: usize = 200;
/// Names that belong to one.
const NAMES: usize = 500;

/// A list as the page has it.
struct Shelf {
    list: List,
    /// Its name in addresses and forms.
    id: &'static str,
    title: &'static str,
    none: &'static str,
    /// What adds an entry.
    adding: &'static str,
    /// What an entry is called, and what belongs to it.
    entry: &'static str,
    names: &'static str,
}

const SHELVES: [Shelf; 2] = [
    Shelf {
        list: List::Families,
        id: "families",
        title: "Publisher families",
        none: "No family is listed.",
        adding: "Add a publisher",
        entry: "Publisher",
        names: "Its outlets, one a line",
    },
    Shelf {
        list: List::Outlets,
        id: "outlets",
        title: "Outlets and their other names",
        none: "No outlet is listed.",
        adding: "Add an outlet",
        entry: "Outlet",
        names: "Its other names, one a line",
    },
];

/// The page; `?families=NAME` or `?outlets=NAME` opens an entry to edit.
pub(crate) async fn show(
    Given(state): Given<Shared>,
    visitor: Visitor,
    given: Parameters,
) -> Result<Response, Problem> {
    let lists = with_store(&state, |_, store| Ok([store.list(SHELVES[0].list)?, store.list(SHELVES[1].list)?])).await?;
    let main = markup! {
        main.listing #content {
            h1 { "Outlets" }
            p.explanation { "An outlet counts once under all its names, and outlets of one publisher count as one origin." }
            @for (shelf, entries) in SHELVES.iter().zip(&lists) { (section(shelf, entries, &visitor, &given)) }
            p.facts {
                "Both in a file: " code { "twosource export outlets -o outlets.toml" } ", then "
                code { "twosource import outlets.toml" } "."
            }
        }
        (footer())
    };
    Ok(answer("Outlets", Tab::Outlets, &main))
}

/// Saves or removes an entry, then shows the page anew.
pub(crate) async fn change(Given(state): Given<Shared>, form: Form) -> Result<Response, Problem> {
    form.visitor.needs(Role::Admin)?;
    let fields = form.fields;
    let id = with_store(&state, move |_, store| changed(store, &fields));
    Ok(Redirect::to(&format!("/outlets#{}", id.await?)).into_response())
}

/// Does what a form asks for; gives the list it is about.
fn changed(store: &mut Store, fields: &Parameters) -> Result<&'static str, Problem> {
    let shelf = SHELVES.iter().find(|shelf| Some(shelf.id) == fields.text("list"));
    let shelf = shelf.ok_or_else(|| Problem::wrong("list: families or outlets is wanted."))?;
    let was = fields.text("was").unwrap_or_default();
    match fields.text("change") {
        Some("remove") => {
            store.remove_from_list(shelf.list, was)?;
        }
        Some("save") => {
            let name = named(fields.text("name").unwrap_or_default())?;
            let names: Vec<String> = fields.text("names").unwrap_or_default().lines().map(one_line).collect();
            let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
            if names.len() > NAMES || names.iter().any(|name| name.chars().count() > NAME) {
                let detail = format!("At most {NAMES} names of at most {NAME} characters belong to one.");
                return Err(Problem::wrong(detail));
            }
            if !was.is_empty() && was != name {
                store.remove_from_list(shelf.list, was)?;
            }
            store.put_list(shelf.list, &BTreeMap::from([(name, names)]))?;
        }
        _ => return Err(Problem::wrong("change: save or remove is wanted.")),
    }
    Ok(shelf.id)
}

fn named(name: &str) -> Result<String, Problem> {
    let name = one_line(name);
    match name.chars().count() {
        1..=NAME => Ok(name),
        _ => Err(Problem::wrong(format!("name: 1 to {NAME} characters are wanted."))),
    }
}

fn section(shelf: &Shelf, entries: &BTreeMap<String, Vec<String>>, visitor: &Visitor, given: &Parameters) -> Markup {
    let may = visitor.may(Role::Admin);
    let opened = given.text(shelf.id).filter(|_| may);
    markup! {
        section aria-labelledby=(shelf.id) {
            h2 #(shelf.id) { (shelf.title) }
            @if entries.is_empty() { p { (shelf.none) } }
            @else { dl.found { @for (name, names) in entries {
                div {
                    dt { bdi { (one_line(name)) } }
                    dd {
                        @if opened == Some(name) { (editing(shelf, visitor, Some((name, names)))) }
                        @else {
                            bdi { (names.iter().map(|name| one_line(name)).collect::<Vec<_>>().join(", ")) }
                            @if may { " " (edit_link(shelf, name)) }
                        }
                    }
                }
            } } }
            @if may && opened.is_none() {
                details {
                    summary { (shelf.adding) }
                    (editing(shelf, visitor, None))
                }
            }
        }
    }
}

fn edit_link(shelf: &Shelf, name: &str) -> Markup {
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair(shelf.id, name).finish();
    markup! {
        a.facts href={ "/outlets?" (query) "#" (shelf.id) } aria-label={ "Edit " (one_line(name)) } { "Edit" }
    }
}

/// The form of an entry, or of a new one.
fn editing(shelf: &Shelf, visitor: &Visitor, entry: Option<(&String, &Vec<String>)>) -> Markup {
    let names = entry
        .map_or_else(String::new, |(_, names)| names.iter().map(|name| one_line(name)).collect::<Vec<_>>().join("\n"));
    markup! {
        form.entry method="post" action="/outlets" {
            (visitor.form_field())
            input type="hidden" name="list" value=(shelf.id);
            @if let Some((name, _)) = entry { input type="hidden" name="was" value=(shown(name)); }
            label { (shelf.entry)
                input name="name" required maxlength=(NAME) value=[entry.map(|(name, _)| one_line(name))]; }
            label { (shelf.names) textarea name="names" rows="4" { (names) } }
            div.buttons {
                button name="change" value="save" { "Save" }
                @if entry.is_some() {
                    button.quiet name="change" value="remove" formnovalidate { "Remove" }
                    a.facts href="/outlets" { "Leave as it is" }
                }
            }
        }
    }
}
