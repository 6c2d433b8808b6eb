//! `/`: the stories, the latest first, with filters; what this is where there are none yet.

use axum::extract::State as Given;
use axum::response::Response;
use maud::{Markup, html as markup};
use twosource_engine::{StoryPage, Wanted};
use twosource_present::{StoryRow, count, days, footer, in_marks, one_line, shorten};
use twosource_store::{StoryListed, moment};

use super::progress::{adding, of_list};
use super::{Tab, answer};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::rows::story_row;
use crate::state::{Shared, State, with_store};

/// Stories on a page.
const MOST: usize = 20;
/// Stories looked at for a page: filters by what a comparison found may take few of many.
const EFFORT: usize = 100;
/// Characters of the lead claim.
const QUOTE: usize = 280;
/// Characters of it where it stands for a title.
const HEADING: usize = 120;

/// Choices of the filter by time, beside whatever the address says.
const SINCE: [(&str, &str); 4] =
    [("24h", "the last day"), ("7d", "the last week"), ("4w", "the last four weeks"), ("52w", "the last year")];

/// Parameters of the filters.
pub(crate) const FILTERS: [&str; 4] = ["since", "min_reports", "min_origins", "differences"];

/// What lists of stories are filtered by.
pub(crate) fn wanted(state: &State, given: &Parameters, most: usize) -> Result<Wanted, Problem> {
    let wrong =
        |since: &str| Problem::wrong(format!("since={since}: 12h, 7d, 4w or a day such as 2025-11-14 is wanted."));
    let since = given.text("since").map(|since| moment(since, state.now()).ok_or_else(|| wrong(since))).transpose()?;
    Ok(Wanted {
        after: given.text("cursor").map(after).transpose()?,
        since,
        min_reports: given.number("min_reports")?.unwrap_or(2),
        min_origins: given.number("min_origins")?.unwrap_or(0),
        differences: given.flag("differences")?,
        most,
        effort: Some(EFFORT),
    })
}

/// The place a cursor names.
fn after(cursor: &str) -> Result<StoryListed, Problem> {
    let parts = cursor.split_once('_').and_then(|(at, story)| Some((at.parse().ok()?, story.parse::<u32>().ok()?)));
    let (last_at, story) = parts.ok_or_else(|| Problem::wrong("cursor: not one that this server gave."))?;
    Ok(StoryListed { story: u64::from(story), articles: 0, first_at: last_at, last_at })
}

/// The name of a place in the list.
pub(crate) fn cursor(story: StoryListed) -> String {
    format!("{}_{}", story.last_at, story.story)
}

/// The page.
pub(crate) async fn show(Given(state): Given<Shared>, given: Parameters) -> Result<Response, Problem> {
    of_list(listed(&state, given)).await
}

async fn listed(state: &Shared, given: Parameters) -> Result<Response, Problem> {
    let adding = adding(state);
    let main = with_store(state, move |state, store| {
        if store.article_ids(0, 1)?.is_empty() {
            return Ok(empty(&adding));
        }
        let wanted = wanted(state, &given, MOST)?;
        let StoryPage { stories, next } = state.stories(store, &wanted)?;
        let rows: Vec<StoryRow> = stories.into_iter().map(story_row).collect();
        Ok(list(&given, &wanted, &rows, next, &adding))
    });
    Ok(answer("Stories", Tab::Stories, &main.await?))
}

fn list(given: &Parameters, wanted: &Wanted, rows: &[StoryRow], next: Option<StoryListed>, adding: &Markup) -> Markup {
    markup! {
        main.listing #content {
            h1 { "Stories" }
            (adding)
            (filters(given, wanted))
            @if rows.is_empty() { (nothing(next.is_some())) }
            @else { ol.items { @for row in rows { li { (item(row)) } } } }
            @if given.text("cursor").is_some() || next.is_some() {
                nav.pages aria-label="Pages" {
                    @if given.text("cursor").is_some() { a href=(given.only("/", &FILTERS)) { "Latest stories" } }
                    @if let Some(next) = next { a rel="next" href=(given.link("/", "cursor", &cursor(next))) { "Earlier stories" } }
                }
            }
        }
        (footer())
    }
}

fn filters(given: &Parameters, wanted: &Wanted) -> Markup {
    let since = given.text("since");
    let is_listed = SINCE.iter().any(|(value, _)| Some(*value) == since);
    markup! {
        form.filters action="/" role="search" aria-label="Filter stories" autocomplete="off" {
            label { "With a report of " select name="since" {
                option value="" { "any time" }
                @for (value, name) in SINCE { option value=(value) selected[since == Some(value)] { (name) } }
                @if let Some(since) = since.filter(|_| !is_listed) { option value=(since) selected { "since " (one_line(since)) } }
            } }
            label { "Reports, at least " input type="number" name="min_reports" min="1" max="999" value=(wanted.min_reports); }
            label { "Origins, at least " input type="number" name="min_origins" min="0" max="99" value=(wanted.min_origins); }
            label.box { input type="checkbox" name="differences" value="1" checked[wanted.differences]; " that differ" }
            button { "Show" }
        }
    }
}

fn nothing(goes_on: bool) -> Markup {
    markup! {
        p.explanation {
            @if goes_on { "None of the latest " (EFFORT) " stories is like this; earlier ones may be." }
            @else { "No story is like this. Ask for less, or look at " a href="/?min_reports=1" { "all stories, those of one report too" } "." }
        }
    }
}

fn item(story: &StoryRow) -> Markup {
    let title = Some(one_line(&story.title)).filter(|title| !title.is_empty());
    let said = |most| story.lead.as_ref().map(|lead| in_marks(&shorten(&one_line(&lead.exact), most)));
    // Reports without titles: the words of the lead stand for them.
    let (title, lead) = match title {
        Some(title) => (title, said(QUOTE)),
        None => (said(HEADING).unwrap_or_else(|| format!("Story {}", story.story)), None),
    };
    let names: Vec<String> = story.origins.iter().map(|name| one_line(name)).collect();
    let address = format!("/story/{}", story.story);
    let differences = story.differences.words();
    markup! {
        article.item {
            p.kicker { (days(story.first.as_deref(), story.last.as_deref())) }
            h2 dir="auto" { a href=(address) { (title) } }
            p.answer.alone[story.independent_origins == Some(1)] {
                (count(story.reports as usize, "report")) " · " strong { (story.origins_words()) }
                @if let [first, rest @ ..] = &names[..] {
                    ": " bdi { (first) }
                    @for name in rest.iter().take(3) { ", " bdi { (name) } }
                    @if rest.len() > 3 { " and " (rest.len() - 3) " more" }
                }
            }
            @if let Some(lead) = lead { p.said dir="auto" { (lead) } }
            p.facts { bdi { (story.outlets_words()) } }
            @if !differences.is_empty() {
                p.tags { @for words in &differences {
                    a.tag.(kind(words)) href={ (address) "#s1-differences" } { (words) } " "
                } }
            }
        }
    }
}

/// The strength of a difference, from its words.
fn kind(words: &str) -> &'static str {
    [("contradiction", "contradiction"), ("tension", "tension")]
        .into_iter()
        .find(|(noun, _)| words.contains(noun))
        .map_or("precision", |(_, class)| class)
}

/// What this is, for whoever opens it with nothing in the store.
fn empty(adding: &Markup) -> Markup {
    markup! {
        main.welcome #content {
            h1 { "Are there two sources, or is it one report told twice?" }
            p.deck {
                "Twosource lays news reports of one story side by side: what they share, what only one says, where they "
                "differ, and how many " em { "independent" } " origins really stand behind it. Always in their own words."
            }
            (adding)
            p.call { a.button href="/example" { "See an example: five reports, two origins" } }
            section aria-labelledby="begin" {
                h2 #begin { "Nothing is in the store yet" }
                dl.found {
                    div { dt { "Reports you have" } dd { code { "twosource add pages/*.html articles.jsonl" } " – pages, texts, feeds, archives, agencies’ items" } }
                    div { dt { "Feeds you follow" } dd { code { "twosource import feeds.opml" } " – the list of your reader, as OPML; or " a href="/feeds" { "add them here" } ". Then " code { "twosource watch" } } }
                    div { dt { "Just once" } dd { code { "twosource compare a.txt b.txt" } " – nothing is kept" } }
                }
                p { "Then load this page again. Nothing leaves this machine." }
            }
        }
        (footer())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_lead_back() {
        let story = StoryListed { story: 7, articles: 0, first_at: -5, last_at: -5 };
        assert_eq!(after(&cursor(story)), Ok(story));
        assert!(after("7").is_err() && after("x_7").is_err() && after("1_-7").is_err());
    }
}
