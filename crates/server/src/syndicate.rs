//! Stories, the reports of one story, and searches for feed readers: Atom (RFC 4287) and JSON Feed 1.1.
//!
//! An entry has its page as its id, under the name the server was asked by, and moves when its newest report does.

use axum::extract::{Path, State as Given};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use twosource_model::Instant;
use twosource_present::{HitRow, StoryRow, count, in_marks, one_line};
use twosource_store::{Listed, seconds};

use crate::pages::search::{Asked, PARAMETERS};
use crate::pages::stories::{FILTERS, wanted};
use crate::pages::story::led;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::rows::story_row;
use crate::state::{Shared, State, with_store};

/// Entries of a feed.
const MOST: usize = 50;

/// A feed in any form.
struct Feed {
    title: String,
    /// The page it follows, and the feed itself.
    page: String,
    own: String,
    entries: Vec<Entry>,
}

struct Entry {
    page: String,
    title: String,
    summary: String,
    /// Unix time; 0 where nothing is known.
    updated: i64,
    language: Option<String>,
}

/// The forms of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Atom,
    Json,
}

impl Form {
    const ALL: [Form; 2] = [Form::Atom, Form::Json];

    /// How the name of a feed ends.
    fn ending(self) -> &'static str {
        match self {
            Form::Atom => "atom",
            Form::Json => "json",
        }
    }

    /// What a feed is of, and its form, from its name.
    fn named(name: &str) -> Option<(&str, Form)> {
        let (of, ending) = name.rsplit_once('.')?;
        Some((of, Form::ALL.into_iter().find(|form| form.ending() == ending)?))
    }
}

/// Stories that the filters take, or the newest results of a search: `stories.atom`, `search.json`.
pub(crate) async fn list(
    Given(state): Given<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
    uri: Uri,
    given: Parameters,
) -> Result<Response, Problem> {
    let missing =
        "Stories are followed under /feeds/stories.atom, a search under /feeds/search.atom?q=WORDS; or .json for both.";
    match Form::named(&name) {
        Some(("stories", form)) => Ok(stories(&state, &headers, &uri, given).await?.shown(form)),
        Some(("search", form)) => Ok(search(&state, &headers, &uri, given).await?.shown(form)),
        _ => Err(Problem::missing(missing)),
    }
}

/// The reports of one story, the newest first: `12.atom`, `12.json`.
pub(crate) async fn story(
    Given(state): Given<Shared>,
    Path(name): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, Problem> {
    let named = Form::named(&name).and_then(|(id, form)| Some((id.parse::<u32>().ok()?, form)));
    let (id, form) = named.ok_or_else(|| {
        Problem::missing("A story is followed under its number: /feeds/story/12.atom or /feeds/story/12.json.")
    })?;
    let base = base(&state, &headers, &uri);
    let id = u64::from(id);
    let led = with_store(&state, move |_, store| led(store, id, |store| Ok(store.articles_of(id)?)));
    let (page, own) = (format!("{base}/story/{id}"), own(&base, &uri));
    let feed = |mut articles: Vec<Listed>| {
        let title = articles.iter().map(|listed| one_line(&listed.title)).find(|title| !title.is_empty());
        articles.reverse();
        let entries = articles.iter().take(MOST).map(|listed| of_report(&base, listed)).collect();
        Feed { title: format!("Twosource: {}", title.unwrap_or_else(|| format!("story {id}"))), page, own, entries }
    };
    let elsewhere = |story: u64| format!("/feeds/story/{story}.{}", form.ending());
    Ok(led.await?.answer(|articles| feed(articles).shown(form), elsewhere))
}

async fn stories(state: &Shared, headers: &HeaderMap, uri: &Uri, given: Parameters) -> Result<Feed, Problem> {
    let base = base(state, headers, uri);
    let page = given.only("/", &FILTERS);
    let rows = with_store(state, move |state, store| {
        let wanted = wanted(state, &given, MOST)?;
        Ok(state.stories(store, &wanted)?.stories.into_iter().map(story_row).collect::<Vec<StoryRow>>())
    });
    let entries = rows.await?.iter().map(|row| of_story(&base, row)).collect();
    Ok(Feed { title: "Twosource: stories".to_owned(), page: base.clone() + &page, own: own(&base, uri), entries })
}

async fn search(state: &Shared, headers: &HeaderMap, uri: &Uri, given: Parameters) -> Result<Feed, Problem> {
    let base = base(state, headers, uri);
    let page = given.only("/search", &PARAMETERS);
    let title = format!("Twosource: {}", one_line(given.text("q").unwrap_or("search")));
    let asked = Asked::of(&given)?.ok_or_else(|| Problem::wrong("q: nothing to search for; give a word."))?;
    let found = with_store(state, move |_, store| asked.find(store, MOST)).await?;
    let entries = found.rows.iter().map(|row| of_hit(&base, row)).collect();
    Ok(Feed { title, page: base.clone() + &page, own: own(&base, uri), entries })
}

/// The address of this server, under the name it was asked by; only its own names come this far.
fn base(state: &State, headers: &HeaderMap, uri: &Uri) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or(uri.authority().map(Authority::as_str)).unwrap_or("localhost");
    format!("{}://{host}", state.access.scheme_of(host))
}

fn own(base: &str, uri: &Uri) -> String {
    format!("{base}{}", uri.path_and_query().map_or("/", |address| address.as_str()))
}

fn of_story(base: &str, story: &StoryRow) -> Entry {
    let title = Some(one_line(&story.title)).filter(|title| !title.is_empty());
    let mut summary = format!("{} · {}", count(story.reports as usize, "report"), story.origins_words());
    let names: Vec<String> = story.origins.iter().map(|name| one_line(name)).collect();
    for (sign, part) in [(": ", names.join(", ")), (" · ", story.differences.words().join(" · "))] {
        summary += &if part.is_empty() { part } else { format!("{sign}{part}") };
    }
    if let Some(lead) = &story.lead {
        summary += &format!(". {}", in_marks(&one_line(&lead.exact)));
    }
    Entry {
        page: format!("{base}/story/{}", story.story),
        title: title.unwrap_or_else(|| format!("Story {}", story.story)),
        summary,
        updated: unix(story.last.as_deref()),
        language: None,
    }
}

fn of_hit(base: &str, hit: &HitRow) -> Entry {
    let outlet = hit.outlet.as_deref().map_or_else(String::new, |outlet| format!("{}: ", one_line(outlet)));
    Entry {
        page: format!("{base}/article/{}", hit.article),
        title: hit.heading(),
        summary: outlet + &in_marks(&one_line(&hit.snippet.exact)),
        updated: unix(hit.published.as_deref()),
        language: hit.language.clone(),
    }
}

fn of_report(base: &str, listed: &Listed) -> Entry {
    let title = Some(one_line(&listed.title)).filter(|title| !title.is_empty());
    let outlet = listed.outlet.as_deref().map_or_else(|| "an outlet not named".to_owned(), one_line);
    Entry {
        page: format!("{base}/article/{}", listed.article),
        title: title.unwrap_or_else(|| format!("Article {}", listed.article)),
        summary: format!("{outlet} · {}", count(listed.revisions as usize, "revision")),
        updated: unix(listed.published.as_deref()),
        language: listed.language.clone(),
    }
}

fn unix(moment: Option<&str>) -> i64 {
    moment.and_then(Instant::new).as_ref().and_then(seconds).unwrap_or(0)
}

fn moment(unix: i64) -> String {
    Timestamp::from_second(unix).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

impl Feed {
    fn shown(&self, form: Form) -> Response {
        match form {
            Form::Atom => self.atom(),
            Form::Json => self.json(),
        }
    }

    fn atom(&self) -> Response {
        let updated = self.entries.iter().map(|entry| entry.updated).max().unwrap_or(0);
        let mut feed = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<title>{}</title>\n\
             <id>{own}</id>\n<link rel=\"self\" href=\"{own}\"/>\n<link href=\"{}\"/>\n<updated>{}</updated>\n\
             <author><name>Twosource</name></author>\n",
            escaped(&self.title),
            escaped(&self.page),
            moment(updated),
            own = escaped(&self.own),
        );
        for Entry { page, title, summary, updated, .. } in &self.entries {
            feed += &format!(
                "<entry>\n<title>{}</title>\n<id>{page}</id>\n<link href=\"{page}\"/>\n<updated>{}</updated>\n\
                 <summary>{}</summary>\n</entry>\n",
                escaped(title),
                moment(*updated),
                escaped(summary),
                page = escaped(page),
            );
        }
        feed += "</feed>\n";
        ([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response()
    }

    fn json(&self) -> Response {
        let item = |entry: &Entry| {
            let mut item = json!({
                "id": entry.page, "url": entry.page, "title": entry.title, "content_text": entry.summary,
            });
            if entry.updated != 0 {
                item["date_modified"] = json!(moment(entry.updated));
            }
            if let Some(language) = &entry.language {
                item["language"] = json!(language);
            }
            item
        };
        let items: Vec<serde_json::Value> = self.entries.iter().map(item).collect();
        let feed = json!({
            "version": "https://jsonfeed.org/version/1.1", "title": self.title, "home_page_url": self.page,
            "feed_url": self.own, "items": items,
        });
        ([(CONTENT_TYPE, "application/feed+json")], format!("{feed}\n")).into_response()
    }
}

/// Text for XML: escaped, and without the characters that XML cannot have.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            char if char.is_control() && !matches!(char, '\t' | '\n') => {}
            char => safe.push(char),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_is_safe() {
        assert_eq!(escaped("<a b=\"'&\u{0}\u{ffff}\n"), "&lt;a b=&quot;&#39;&amp;\n");
    }
}
