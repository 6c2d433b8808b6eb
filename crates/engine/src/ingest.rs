//! Records to articles in the store.
//!
//! ```text
//! Record ──read──▶ Article ──annotate──▶ Annotated ──profile──▶ Entry ──▶ store ──▶ sorted into stories
//! ```
//!
//! [`Ingest::add`] takes a batch as far as the store, in one transaction: what it returns is on disk. [`Ingest::sort`]
//! then sorts what waits into stories, in the order of publication. Both can be broken off at any moment: what was not
//! written comes again with the input, what was not sorted waits, and in the end everything is as if nothing had happened.

use rayon::prelude::*;
use twosource_annotate::Config;
use twosource_model::{Annotated, Article, Instant, Meaning, MentionForm};
use twosource_read::{Limits, Record};
use twosource_store::{Capture, Change, Entry, Error, Outcome, Packed, Store};

use crate::annotated;
use crate::sorting::Sorting;

/// Captures made anew at a time.
const AGAIN: usize = 256;

/// A record that is given to be kept.
#[derive(Clone, Debug)]
pub struct Given {
    /// The record.
    pub record: Record,
    /// When it was captured, or given.
    pub captured_at: Option<Instant>,
    /// Whether it is the state of an address at that moment: a text that was there before can come back then. What is
    /// only given again is no news.
    pub fetched: bool,
}

/// What became of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Its articles in their order.
    pub articles: Vec<Kept>,
    /// What was skipped: the input, and what and why.
    pub notes: Vec<(String, String)>,
    /// Why nothing of it could be read.
    pub error: Option<String>,
}

/// An article that was given, and what it brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its number.
    pub article: u64,
    /// What it brought.
    pub change: Change,
    /// Its title; nothing where it has none, or is known from before by its bytes.
    pub title: String,
    /// What was odd about it.
    pub diagnostics: Vec<String>,
    /// Where it was read.
    pub input: String,
    /// Its id in the input.
    pub id: String,
}

/// Takes records into a store and sorts their articles into stories.
pub struct Ingest<'m> {
    store: Store,
    meaning: &'m dyn Meaning,
    limits: Limits,
    sorting: Sorting,
}

/// A record as far as it can be prepared without the store.
enum Prepared {
    Known(Vec<u64>),
    Read { packed: Box<Packed>, entries: Vec<(Entry, Kept)>, notes: Vec<(String, String)> },
    Unreadable(String),
}

impl<'m> Ingest<'m> {
    /// Takes over a store.
    pub fn new(store: Store, meaning: &'m dyn Meaning) -> Ingest<'m> {
        Ingest { store, meaning, limits: Limits::default(), sorting: Sorting::default() }
    }

    /// The store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The store, for what is neither articles nor stories.
    pub fn store_mut(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Keeps the articles of some records, all or none, and says what became of each record. What is returned is on disk.
    ///
    /// Records are read and annotated in parallel; the same records again change nothing.
    pub fn add(&mut self, given: Vec<Given>) -> Result<Vec<Taken>, Error> {
        let captures: Vec<(Capture, Given)> = given.into_par_iter().map(|given| (capture(&given), given)).collect();
        let mut known = Vec::with_capacity(captures.len());
        for (capture, given) in &captures {
            known.push(if given.fetched { None } else { self.store.known(capture.hash())? });
        }
        let (limits, meaning) = (&self.limits, self.meaning);
        let prepared: Vec<Prepared> = (captures, known)
            .into_par_iter()
            .map(|((capture, given), known)| match known {
                Some(articles) => Prepared::Known(articles),
                None => prepared(capture, given.record, limits, meaning),
            })
            .collect();
        self.write(prepared)
    }

    fn write(&mut self, prepared: Vec<Prepared>) -> Result<Vec<Taken>, Error> {
        let (mut batch, mut said) = (Vec::new(), Vec::with_capacity(prepared.len()));
        for prepared in prepared {
            said.push(match prepared {
                Prepared::Read { packed, entries, notes } => {
                    let (entries, kept): (Vec<Entry>, Vec<Kept>) = entries.into_iter().unzip();
                    batch.push((*packed, entries));
                    (Taken { articles: kept, notes, error: None }, true)
                }
                Prepared::Known(articles) => {
                    (Taken { articles: articles.into_iter().map(known).collect(), ..Taken::default() }, false)
                }
                Prepared::Unreadable(error) => (Taken { error: Some(error), ..Taken::default() }, false),
            });
        }
        let mut outcomes = self.store.write(&batch)?.into_iter();
        let finish = |(mut taken, is_written): (Taken, bool)| {
            let outcomes: Vec<Outcome> = if is_written { outcomes.next().unwrap_or_default() } else { Vec::new() };
            for (kept, outcome) in taken.articles.iter_mut().zip(outcomes) {
                (kept.article, kept.change) = (outcome.article, outcome.change);
            }
            taken
        };
        Ok(said.into_iter().map(finish).collect())
    }

    /// Sorts the articles that wait into stories and says how it went, in steps that are on disk each.
    pub fn sort(&mut self) -> Result<crate::Sorted, Error> {
        self.sorting.sort(&mut self.store)
    }

    /// Makes everything anew that was made of the captures, in the order in which they were recorded, and calls `step`
    /// with the number of captures done after each step.
    pub fn rebuild(&mut self, step: &mut dyn FnMut(u64)) -> Result<crate::Sorted, Error> {
        self.store.begin_rebuild()?;
        self.make_again(step)
    }

    /// Goes on with a rebuild that was broken off, if there is one.
    ///
    /// Articles that wait for another reason are left: they are sorted together with those that are still to come, as if
    /// the run that brought them had not been broken off.
    pub fn finish_rebuild(&mut self, step: &mut dyn FnMut(u64)) -> Result<crate::Sorted, Error> {
        if self.store.is_whole()? { Ok(crate::Sorted::default()) } else { self.make_again(step) }
    }

    fn make_again(&mut self, step: &mut dyn FnMut(u64)) -> Result<crate::Sorted, Error> {
        let mut done = 0;
        loop {
            let captures = self.store.next_captures(AGAIN)?;
            if captures.is_empty() {
                return self.sort();
            }
            done += captures.len() as u64;
            let (limits, meaning) = (&self.limits, self.meaning);
            let batch: Vec<(u64, Packed, Vec<Entry>)> =
                captures.into_par_iter().map(|(number, capture)| again(number, capture, limits, meaning)).collect();
            self.store.put_again(&batch)?;
            step(done);
        }
    }
}

/// An article of a capture that is known by its bytes.
fn known(article: u64) -> Kept {
    Kept {
        article,
        change: Change::Known,
        title: String::new(),
        diagnostics: Vec::new(),
        input: String::new(),
        id: String::new(),
    }
}

fn capture(given: &Given) -> Capture {
    let twosource_read::Kept { input, place, format, head, bytes } = given.record.keep();
    Capture { input, place, format, head, bytes, captured_at: given.captured_at.clone(), fetched: given.fetched }
}

fn prepared(capture: Capture, record: Record, limits: &Limits, meaning: &dyn Meaning) -> Prepared {
    match record.read(limits) {
        Err(error) => Prepared::Unreadable(error.to_string()),
        Ok(read) => Prepared::Read {
            packed: Box::new(capture.packed()),
            entries: read.articles.into_iter().map(|article| entry(article, meaning)).collect(),
            notes: read.notes,
        },
    }
}

/// What is made of a capture today; nothing where it can be read no more.
fn again(number: u64, capture: Capture, limits: &Limits, meaning: &dyn Meaning) -> (u64, Packed, Vec<Entry>) {
    let kept = twosource_read::Kept {
        input: capture.input.clone(),
        place: capture.place.clone(),
        format: capture.format.clone(),
        head: capture.head.clone(),
        bytes: capture.bytes.clone(),
    };
    let read = kept.record().and_then(|record| record.read(limits).ok()).unwrap_or_default();
    let entries = read.articles.into_iter().map(|article| entry(article, meaning).0).collect();
    (number, capture.packed(), entries)
}

/// An article made ready to be kept.
fn entry(article: Article, meaning: &dyn Meaning) -> (Entry, Kept) {
    let annotated = annotated(article, &Config::default());
    let profile = crate::guarded(|| twosource_cluster::profile(&annotated, meaning)).unwrap_or_default();
    let (names, origins) = (names(&annotated), origins(&annotated));
    let kept = Kept {
        title: annotated.article.title.clone().unwrap_or_default(),
        diagnostics: annotated.article.diagnostics.clone(),
        input: annotated.article.input.clone(),
        id: annotated.article.id.clone(),
        ..known(0)
    };
    let (names, origins): (Vec<&str>, Vec<&str>) =
        (names.iter().map(String::as_str).collect(), origins.iter().map(String::as_str).collect());
    (Entry::new(annotated.article, profile.to_bytes(), &names, &origins), kept)
}

/// The people, organisations, places … that an article names, each once.
fn names(annotated: &Annotated) -> Vec<String> {
    let named = annotated.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let mut entities: Vec<usize> = named.map(|mention| mention.entity).collect();
    entities.sort_unstable();
    entities.dedup();
    entities.into_iter().filter_map(|entity| Some(annotated.entities.get(entity)?.name.clone())).collect()
}

/// Whose word an article gives: the sources of its attributions, resolved where they are, each once.
fn origins(annotated: &Annotated) -> Vec<String> {
    let text = &annotated.article.text;
    let mut origins: Vec<String> = annotated
        .attributions
        .iter()
        .flat_map(|attribution| {
            let words = attribution.source.map(|source| source.of(text).to_owned());
            attribution.resolved.clone().into_iter().chain(words)
        })
        .collect();
    origins.sort_unstable();
    origins.dedup();
    origins
}
