//! `twosource story`: one story, and changes to stories by hand.

use anyhow::{Context, Result};
use twosource_engine::{Compared, Method, comparison_of};
use twosource_present::{StoryLogRow, story_heading, story_log};
use twosource_store::{Because, Logged, Resolved, Store};

use crate::Ending;
use crate::arguments::{Decision, Format, OfStore, Shown, Story, StoryChange};
use crate::compare::printed;
use crate::input::meaning;
use crate::output::{say, text_style, write};

/// Shows a story, or changes one.
pub(crate) fn run(options: &Story) -> Result<Ending> {
    match &options.change {
        Some(change) => decide(change),
        None => show(options, options.id.context("which story? give its number")?),
    }
}

fn show(options: &Story, id: u64) -> Result<Ending> {
    let store = options.of_store.open_existing()?;
    let Some(story) = resolved(&store, id)? else { return Ok(Ending::Nothing) };
    let meaning = meaning(options.model.as_deref())?;
    let method = Method::of_store(&store, &*meaning)?;
    let Compared { articles, comparison } = comparison_of(&store, story, &method)?;
    let output = options.output.as_deref();
    let style = text_style(&options.style, output);
    let heading = match options.format {
        Format::Text => {
            let numbers: Vec<u64> = articles.iter().map(|listed| listed.article).collect();
            story_heading(story, &numbers, style)
        }
        _ => String::new(),
    };
    write(&(heading + &printed(&[comparison], options.format, &style)), output)?;
    Ok(Ending::Done)
}

/// The story that an id leads to, with a word where it is another, or none.
fn resolved(store: &Store, id: u64) -> Result<Option<u64>> {
    match store.resolve(id)? {
        Some(Resolved { story, redirected }) => {
            if redirected {
                say(&format!("story {id} was merged: it is story {story} now"));
            }
            Ok(Some(story))
        }
        None => {
            let story = store.listed(id)?.map(|listed| listed.story);
            match story {
                Some(Some(story)) => say(&format!("no story {id}; the article {id} is in story {story}")),
                Some(None) => say(&format!("no story {id}; the article {id} waits to be sorted")),
                None => say(&format!("no story {id}; list them with: twosource stories")),
            }
            Ok(None)
        }
    }
}

fn decide(change: &StoryChange) -> Result<Ending> {
    let said = match change {
        StoryChange::Merge { one, other, decision } => {
            let story = decision.store()?.merge(*one, *other, &decision.because()?)?;
            format!("stories {one} and {other} are story {story} now")
        }
        StoryChange::Split { story, articles, decision } => {
            let split = decision.store()?.split(*story, articles, &decision.because()?)?;
            format!("story {split} was split off story {story}")
        }
        StoryChange::Pin { story, decision } => {
            let pinned = decision.store()?.pin(*story, true, &decision.because()?)?;
            format!("the articles of story {pinned} stay where they are")
        }
        StoryChange::Unpin { story, decision } => {
            let unpinned = decision.store()?.pin(*story, false, &decision.because()?)?;
            format!("the articles of story {unpinned} may be sorted again")
        }
        StoryChange::Undo { number, decision } => {
            let Logged { kind, from, into, .. } = decision.store()?.undo(*number, &decision.because()?)?;
            format!("the {kind} of story {from} into {into} is undone")
        }
        StoryChange::Log { story, of_store, shown } => return log(*story, of_store, shown),
    };
    write(&format!("{said}\n"), None)?;
    Ok(Ending::Done)
}

impl Decision {
    fn store(&self) -> Result<Store> {
        self.of_store.open_existing()
    }

    fn because(&self) -> Result<Because> {
        Ok(Because { reason: self.reason.clone(), at: Some(self.of_store.now()?) })
    }
}

fn log(story: Option<u64>, of_store: &OfStore, shown: &Shown) -> Result<Ending> {
    let log = of_store.open_existing()?.story_log(story)?;
    let rows: Vec<StoryLogRow> = log.into_iter().map(row).collect();
    if rows.is_empty() {
        say("nothing was merged or split");
    }
    write(&story_log(&rows, shown.list_format()), shown.output.as_deref())?;
    Ok(Ending::of(!rows.is_empty(), false))
}

fn row(logged: Logged) -> StoryLogRow {
    let Logged { number, kind, from, into, articles, reason, by_hand, undone } = logged;
    StoryLogRow { number, kind, from, into, articles, reason, by_hand, undone }
}
