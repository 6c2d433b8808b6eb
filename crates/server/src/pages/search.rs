//! `/search`: the articles that hold some words.

use axum::extract::State as Given;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html as markup};
use twosource_present::{HitRow, count, footer, language_name, one_line, shown};
use twosource_store::{Query, QueryError, Sort, Store};

use super::{Tab, answer};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::rows::hit_row;
use crate::state::{Shared, with_store};

/// Results on a page.
const MOST: usize = 20;

/// Fields of the form beside the query: name, label, what it is called in a query.
const FIELDS: [(&str, &str); 4] = [("outlet", "Outlet"), (LANGUAGE, "Language"), ("since", "From"), ("until", "To")];

/// The field that is chosen from what there is; the others are typed.
const LANGUAGE: &str = "language";

/// Languages to choose from; articles may say of themselves what they like.
const LANGUAGES: usize = 200;

/// Parameters that say what is searched for.
pub(crate) const PARAMETERS: [&str; 6] = ["q", "outlet", "language", "since", "until", "sort"];

/// A search as an address asks for it.
pub(crate) struct Asked {
    query: Query,
    sort: Sort,
    cursor: Option<i64>,
}

/// Results, and where they go on.
pub(crate) struct Found {
    pub(crate) rows: Vec<HitRow>,
    pub(crate) next: Option<i64>,
}

impl Asked {
    /// Reads the parameters; `None` where nothing is searched for.
    pub(crate) fn of(given: &Parameters) -> Result<Option<Asked>, Problem> {
        let sort = match given.text("sort") {
            None | Some("newest") => Sort::Newest,
            Some("relevance") => Sort::Relevance,
            Some(other) => return Err(Problem::wrong(format!("sort={other}: newest or relevance is wanted."))),
        };
        let cursor = given.number("cursor")?;
        Ok(query(given)?.map(|query| Asked { query, sort, cursor }))
    }

    /// Searches. The cursor of the newest is a place in time; of the most relevant, which are few, a number of results.
    pub(crate) fn find(&self, store: &Store, most: usize) -> Result<Found, Problem> {
        let skip = usize::try_from(self.cursor.unwrap_or(0)).unwrap_or(0);
        let mut hits = match self.sort {
            Sort::Newest => store.search_before(&self.query, self.cursor, most + 1)?,
            Sort::Relevance => store.search(&self.query, self.sort, skip, most + 1)?,
        };
        let goes_on = hits.len() > most;
        hits.truncate(most);
        let next = match self.sort {
            Sort::Newest => hits.last().map(|hit| hit.place),
            Sort::Relevance => i64::try_from(skip + most).ok(),
        };
        Ok(Found { rows: hits.into_iter().map(hit_row).collect(), next: next.filter(|_| goes_on) })
    }
}

/// The query with the fields of the form. An error is about the query as it was typed, or names the field.
fn query(given: &Parameters) -> Result<Option<Query>, Problem> {
    let typed = given.text("q");
    typed.map(Query::parse).transpose()?;
    let mut parts: Vec<String> = typed.map(|typed| format!("({typed})")).into_iter().collect();
    for (name, _) in FIELDS {
        let Some(value) = given.text(name) else { continue };
        let part = format!("{name}:\"{}\"", value.replace('"', " "));
        let part = if matches!(name, "since" | "until") { format!("{name}:{value}") } else { part };
        Query::parse(&part).map_err(|error| Problem::wrong(format!("{name}: {}", error.message)))?;
        parts.push(part);
    }
    // A query of days alone does not stand in brackets.
    match (&parts[..], typed) {
        ([], _) => Ok(None),
        ([_], Some(typed)) => Ok(Some(Query::parse(typed)?)),
        _ => {
            let whole = Query::parse(&parts.join(" "));
            let whole = whole.or_else(|_| Query::parse(&[typed.unwrap_or_default(), &parts[1..].join(" ")].join(" ")));
            Ok(Some(whole.map_err(|error| Problem::wrong(error.message))?))
        }
    }
}

/// The page. A query that cannot be read is shown with the character where it stops making sense.
pub(crate) async fn show(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    let error = given.text("q").and_then(|typed| Query::parse(typed).err());
    let asked = if error.is_some() { None } else { Asked::of(&given)? };
    let status = if error.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    let main = with_store(&state, move |_, store| {
        let below = match (&error, asked) {
            (Some(error), _) => complaint(&given, error),
            (None, None) => help(),
            (None, Some(asked)) => results(&given, &asked.find(store, MOST)?, store.count_articles()?),
        };
        Ok(page(&given, &store.languages()?, &below))
    });
    let mut response = answer("Search", Tab::Search, &main.await?);
    *response.status_mut() = status;
    Ok(response)
}

fn page(given: &Parameters, languages: &[String], below: &Markup) -> Markup {
    let value = |name| shown(given.text(name).unwrap_or_default());
    markup! {
        main.listing #content {
            h1 { "Search" }
            form.filters action="/search" role="search" autocomplete="off" {
                label.wide { "Words" input type="search" name="q" value=(value("q")) maxlength="2000"; }
                @for (name, label) in FIELDS {
                    label { (label)
                        @if name == LANGUAGE { (choice(given.text(LANGUAGE), languages)) }
                        @else {
                            input name=(name) value=(value(name))
                                placeholder=[matches!(name, "since" | "until").then_some("2025-11-14")];
                        }
                    }
                }
                label { "Order" select name="sort" {
                    option value="" { "newest first" }
                    option value="relevance" selected[given.text("sort") == Some("relevance")] { "most relevant first" }
                } }
                button { "Search" }
            }
            (below)
        }
        (footer())
    }
}

/// The languages there are, by name, and whatever other one the address asks for.
fn choice(asked: Option<&str>, languages: &[String]) -> Markup {
    let is_asked = |code: &str| asked.is_some_and(|asked| asked.eq_ignore_ascii_case(code));
    let codes = languages.iter().map(String::as_str).take(LANGUAGES);
    let other = asked.filter(|_| !codes.clone().any(is_asked));
    let name = |code: &str| language_name(code).map_or_else(|| one_line(code), str::to_owned);
    let mut named: Vec<(String, &str)> = codes.chain(other).map(|code| (name(code), code)).collect();
    named.sort_unstable();
    markup! {
        select name=(LANGUAGE) {
            option value="" { "any" }
            @for (name, code) in named { option value=(shown(code)) selected[is_asked(code)] { (name) } }
        }
    }
}

fn help() -> Markup {
    markup! {
        dl.found {
            div { dt { code { "ferry strike" } } dd { "both words, in any of their forms" } }
            div { dt { code { "\"declined to comment\"" } } dd { "these words in this order" } }
            div { dt { code { "ferr*" } } dd { "words that begin so" } }
            div { dt { code { "ferry OR boat NOT train" } } dd { "one or the other, but not the third; (brackets) group" } }
            div { dt { code { "title: text: name:" } } dd { "in titles, in texts, in names" } }
            div { dt { code { "origin:\"fire service\"" } } dd { "articles that give its word" } }
            div { dt { code { "since:2025-11 until:2025-11-14" } } dd { "published then" } }
        }
    }
}

fn complaint(given: &Parameters, error: &QueryError) -> Markup {
    let typed = one_line_of(given.text("q").unwrap_or_default());
    let before: String = typed.chars().take(error.at).collect();
    let at: String = typed.chars().skip(error.at).take(1).collect();
    let after: String = typed.chars().skip(error.at + 1).collect();
    markup! {
        div.complaint role="alert" {
            p { (error.message) }
            pre { (before) mark { @if at.trim().is_empty() { "␣" } @else { (at) } } (after) }
        }
    }
}

/// A character for each of the query, none that steers the page.
fn one_line_of(query: &str) -> String {
    query
        .chars()
        .map(|char| if char.is_control() || shown(&char.to_string()).is_empty() { ' ' } else { char })
        .collect()
}

fn results(given: &Parameters, found: &Found, articles: u64) -> Markup {
    markup! {
        @if found.rows.is_empty() {
            p.explanation { "Nothing found among " (count(articles as usize, "article")) "." }
        } @else {
            ol.items { @for row in &found.rows { li { (item(row)) } } }
        }
        nav.pages aria-label="Pages" {
            @if given.text("cursor").is_some() { a href=(given.only("/search", &PARAMETERS)) { "First results" } }
            @if let Some(next) = found.next { a rel="next" href=(given.link("/search", "cursor", &next)) { "More results" } }
            @if !found.rows.is_empty() {
                a.facts href=(given.only("/feeds/search.atom", &PARAMETERS)) { "Follow this search as a feed" }
            }
        }
    }
}

fn item(hit: &HitRow) -> Markup {
    let title = hit.heading();
    let day = hit.published.as_deref().map(|at| at.get(..10).unwrap_or(at).to_owned());
    markup! {
        article.item {
            p.kicker {
                @if let Some(day) = &day { time datetime=(day) { (day) } } @else { "no date" }
                @if let Some(outlet) = &hit.outlet { " · " bdi { (one_line(outlet)) } }
                @if let Some(story) = hit.story { " · " a href={ "/story/" (story) } { "story " (story) } }
            }
            h2 dir="auto" { a href={ "/article/" (hit.article) } { (title) } }
            p.snippet dir="auto" {
                @for (text, is_hit) in hit.parts() { @if is_hit { mark { (shown(&text)) } } @else { (shown(&text)) } }
            }
        }
    }
}
