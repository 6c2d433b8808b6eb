//! `twosource add`: articles into the store.

use std::ops::ControlFlow;

use anyhow::Result;
use serde_json::json;
use twosource_embed::StaticTable;
use twosource_engine::{Given, Ingest, Kept, Sorted, Taken};
use twosource_model::Instant;
use twosource_read::{Limits, Piece};
use twosource_store::Change;

use crate::Ending;
use crate::arguments::{Add, Input, Report};
use crate::input::{Losses, Remarks, Waiting, batches};
use crate::output::{Output, say};

/// Takes the inputs into the store and sorts their articles into stories.
pub(crate) fn run(options: &Add) -> Result<Ending> {
    run_on(options, options.input.inputs.clone())
}

/// The same with other inputs.
pub(crate) fn run_on(options: &Add, inputs: Vec<String>) -> Result<Ending> {
    let input = Input { inputs, output: options.input.output.clone(), network: options.input.network.clone() };
    let meaning = StaticTable::builtin();
    let mut ingest = Ingest::new(options.of_store.open()?, &meaning);
    // What an earlier run left: a rebuild that was broken off, articles that wait.
    ingest.finish_rebuild(&mut |_| {})?;
    let mut adding = Adding {
        now: options.of_store.now()?,
        losses: Losses::default(),
        remarks: Remarks::default(),
        counts: Counts::default(),
        output: Output::new(input.output.as_deref()),
        format: options.format,
    };
    batches(&input, &Limits::default(), &mut |batch| adding.take(&mut ingest, batch))?;
    adding.remarks.say();
    let sorted = ingest.sort()?;
    let stories = ingest.store().count_stories(1)?;
    adding.say(&sorted, stories)?;
    Ok(Ending::of(adding.counts.all() > 0, adding.losses.unread))
}

/// How many articles brought what.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    new: u64,
    revisions: u64,
    known: u64,
}

impl Counts {
    fn all(self) -> u64 {
        self.new + self.revisions + self.known
    }
}

struct Adding {
    now: Instant,
    losses: Losses,
    remarks: Remarks,
    counts: Counts,
    output: Output,
    format: Report,
}

impl Adding {
    /// Takes a batch into the store, then says what came of it, in order. What is said is on disk.
    fn take(&mut self, ingest: &mut Ingest<'_>, batch: Vec<Waiting>) -> Result<ControlFlow<()>> {
        let mut given = Vec::new();
        let batch: Vec<Waiting> = batch.into_iter().map(|waiting| self.give(waiting, &mut given)).collect();
        let mut taken = ingest.add(given)?.into_iter();
        let mut lines = String::new();
        for waiting in batch {
            match waiting {
                Waiting::Start(input) => self.losses.start(input),
                Waiting::End => self.losses.end(),
                Waiting::Unread(message) => self.losses.lost(&message),
                Waiting::Piece(Piece::Skipped(note)) => self.losses.lost(&format!("{}: {}", note.input, note.message)),
                Waiting::Piece(Piece::Remark(note)) => say(&format!("{}: {}", note.input, note.message)),
                Waiting::Piece(Piece::Record(_)) => {
                    if let Some(taken) = taken.next() {
                        self.count(taken, &mut lines);
                    }
                }
            }
        }
        self.output.write(&lines)
    }

    /// A record is given away; its place in the batch stays.
    fn give(&self, waiting: Waiting, given: &mut Vec<Given>) -> Waiting {
        if let Waiting::Piece(Piece::Record(record)) = &waiting {
            let captured_at = Some(self.now.clone());
            given.push(Given { record: record.clone(), captured_at, fetched: false });
        }
        waiting
    }

    fn count(&mut self, taken: Taken, lines: &mut String) {
        if let Some(error) = taken.error {
            self.losses.lost(&error);
        }
        for (input, message) in taken.notes {
            self.losses.lost(&format!("{input}: {message}"));
        }
        for kept in taken.articles {
            self.losses.found();
            kept.diagnostics.iter().for_each(|message| self.remarks.add(&kept.input, &kept.id, message));
            match kept.change {
                Change::New => self.counts.new += 1,
                Change::Revision(_) => self.counts.revisions += 1,
                Change::Known => self.counts.known += 1,
            }
            if self.format == Report::Jsonl {
                lines.push_str(&line(&kept));
            }
        }
    }

    fn say(&mut self, sorted: &Sorted, stories: u64) -> Result<()> {
        let Counts { new, revisions, known } = self.counts;
        let summary = match self.format {
            Report::Jsonl => return Ok(()),
            Report::Json => {
                let summary = json!({
                    "new": new, "revisions": revisions, "known": known, "stories": stories,
                    "stories_begun": sorted.founded, "stories_changed": sorted.changes,
                });
                format!("{summary}\n")
            }
            Report::Text => {
                let story = if sorted.founded == 1 { "story" } else { "stories" };
                let began = sorted.founded;
                format!("{new} new, {revisions} revised, {known} known; {began} {story} began, {stories} in all\n")
            }
        };
        self.output.write(&summary).map(|_| ())
    }
}

fn line(kept: &Kept) -> String {
    let (change, revision) = match kept.change {
        Change::New => ("new", Some(1)),
        Change::Revision(number) => ("revision", Some(number)),
        Change::Known => ("known", None),
    };
    let line = json!({
        "article": kept.article, "change": change, "revision": revision, "id": kept.id, "title": kept.title,
    });
    format!("{line}\n")
}
