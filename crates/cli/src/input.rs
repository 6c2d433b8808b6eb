//! Inputs of the command line to articles, with a word on standard error for whatever could not be read.
//!
//! Inputs are read record by record, some at a time in parallel and always in order, so that memory does not grow with
//! the length of a file: [`each`] hands out the articles as they come, [`articles`] collects them.

mod ids;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Result, bail};
use rayon::prelude::*;
use twosource_embed::StaticTable;
use twosource_model::{Article, Meaning};
use twosource_read::{Error, Input, Limits, Note, Piece, Read, Records, expand, records, records_of_stream};

use crate::arguments;
use crate::output::say;

use ids::Ids;

/// Records read at a time: enough to keep every core busy.
const MOST_RECORDS: usize = 256;
/// Bytes of records read at a time, as they are before they are read; one larger record is read by itself.
const MOST_BYTES: usize = 16 << 20;

/// What could be read.
pub(crate) struct Articles {
    /// The articles in the order of the inputs, each with an id of its own.
    pub(crate) articles: Vec<Article>,
    /// Whether some input, or a part of one, could not be read.
    pub(crate) unread: bool,
}

/// Reads all inputs; one that cannot be read is named on standard error and costs none of the others.
pub(crate) fn articles(options: &arguments::Input) -> Result<Articles> {
    let mut articles = Vec::new();
    let unread = each(options, &mut |more| {
        articles.extend(more);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Articles { articles, unread })
}

/// What is done with some articles that follow one another; `Break` where no more are wanted.
pub(crate) type Use<'u> = dyn FnMut(Vec<Article>) -> Result<ControlFlow<()>> + 'u;

/// Reads all inputs and hands out their articles in order, each with an id of its own. Gives whether some input, or a
/// part of one, could not be read.
pub(crate) fn each(options: &arguments::Input, take: &mut Use<'_>) -> Result<bool> {
    let limits = Limits::default();
    let mut reading = Reading::default();
    batches(options, &limits, &mut |batch| reading.hand_out(batch, &limits, take))?;
    Ok(reading.losses.unread)
}

/// What is done with a batch of what the inputs hold; `Break` where no more is wanted.
pub(crate) type UseBatch<'u> = dyn FnMut(Vec<Waiting>) -> Result<ControlFlow<()>> + 'u;

/// Cuts all inputs into batches of records, none of which is read yet, in order.
pub(crate) fn batches(options: &arguments::Input, limits: &Limits, take: &mut UseBatch<'_>) -> Result<()> {
    let mut batch = Batch::default();
    for input in inputs(options)? {
        let records = match open(&input, limits) {
            Ok(records) => records,
            Err(error) => {
                batch.wait(Waiting::Unread(error));
                continue;
            }
        };
        batch.wait(Waiting::Start(name(&input)));
        for piece in records {
            let is_full = batch.wait(Waiting::Piece(piece));
            if is_full && take(batch.empty())?.is_break() {
                return Ok(());
            }
        }
        batch.wait(Waiting::End);
    }
    let _ = take(batch.empty())?;
    Ok(())
}

/// The inputs, each once. A result that would overwrite one of them is refused before anything is written.
fn inputs(options: &arguments::Input) -> Result<Vec<Input>> {
    let mut seen = BTreeSet::new();
    let output = options.output.as_ref().and_then(|path| path.canonicalize().ok());
    let mut inputs = Vec::new();
    for input in expand(&options.inputs) {
        let real = if let Input::File(path) = &input { path.canonicalize().ok() } else { None };
        if let (Some(output), true) = (&output, real.is_some() && real == output) {
            bail!("{}: is also an input; choose another place with -o", output.display());
        }
        if seen.insert(input.clone()) {
            inputs.push(input);
        } else {
            say(&format!("{}: given twice, read once", name(&input)));
        }
    }
    Ok(inputs)
}

fn open(input: &Input, limits: &Limits) -> Result<Records, String> {
    let opened: Result<Records, Error> = match input {
        Input::File(path) => records(path, limits),
        Input::Stdin => records_of_stream("standard input", Box::new(std::io::stdin()), limits),
        Input::Url(url) => return Err(format!("{url}: this program fetches nothing; save the page and give the file")),
    };
    opened.map_err(|error| error.to_string())
}

/// What waits to be read or said, in the order of the inputs.
pub(crate) enum Waiting {
    /// An input begins.
    Start(String),
    /// A piece of it.
    Piece(Piece),
    /// An input that cannot be opened, and why.
    Unread(String),
    /// The input ends.
    End,
}

/// What became of it.
enum Done {
    Start(String),
    Read(Read),
    /// Something was skipped.
    Loss(String),
    /// Something worth a word.
    Word(String),
    End,
}

impl Waiting {
    fn done(self, limits: &Limits) -> Done {
        let message = |note: Note| format!("{}: {}", note.input, note.message);
        match self {
            Waiting::Start(input) => Done::Start(input),
            Waiting::Piece(Piece::Record(record)) => {
                record.read(limits).map_or_else(|error| Done::Loss(error.to_string()), Done::Read)
            }
            Waiting::Piece(Piece::Skipped(note)) => Done::Loss(message(note)),
            Waiting::Piece(Piece::Remark(note)) => Done::Word(message(note)),
            Waiting::Unread(message) => Done::Loss(message),
            Waiting::End => Done::End,
        }
    }
}

/// Records that wait to be read together.
#[derive(Default)]
struct Batch {
    waiting: Vec<Waiting>,
    bytes: usize,
}

impl Batch {
    /// Adds to the batch; `true` when it is full.
    fn wait(&mut self, waiting: Waiting) -> bool {
        if let Waiting::Piece(Piece::Record(record)) = &waiting {
            self.bytes += record.size();
        }
        self.waiting.push(waiting);
        self.waiting.len() >= MOST_RECORDS || self.bytes >= MOST_BYTES
    }

    fn empty(&mut self) -> Vec<Waiting> {
        std::mem::take(self).waiting
    }
}

/// Says of each input what could not be read.
#[derive(Default)]
pub(crate) struct Losses {
    /// Whether something could not be read.
    pub(crate) unread: bool,
    /// The input at hand, and whether anything came of it or was said of its loss.
    input: String,
    is_barren: bool,
}

impl Losses {
    /// An input begins.
    pub(crate) fn start(&mut self, input: String) {
        (self.input, self.is_barren) = (input, true);
    }

    /// An article came of it.
    pub(crate) fn found(&mut self) {
        self.is_barren = false;
    }

    /// Something of it was lost.
    pub(crate) fn lost(&mut self, message: &str) {
        say(message);
        (self.unread, self.is_barren) = (true, false);
    }

    /// The input ends.
    pub(crate) fn end(&mut self) {
        if self.is_barren {
            let message =
                format!("{}: no article found: no records that hold one; give a file with articles", self.input);
            self.lost(&message);
        }
    }
}

/// What came of the batches before.
#[derive(Default)]
struct Reading {
    ids: Ids,
    losses: Losses,
}

impl Reading {
    /// Reads a batch in parallel, then says and hands out what came of it, in order.
    fn hand_out(&mut self, batch: Vec<Waiting>, limits: &Limits, take: &mut Use<'_>) -> Result<ControlFlow<()>> {
        let done: Vec<Done> = batch.into_par_iter().map(|waiting| waiting.done(limits)).collect();
        let mut articles = Vec::new();
        for done in done {
            match done {
                Done::Read(read) => self.take(read, &mut articles),
                Done::Loss(message) => self.losses.lost(&message),
                Done::Word(message) => say(&message),
                Done::Start(input) => self.losses.start(input),
                Done::End => self.losses.end(),
            }
        }
        take(articles)
    }

    fn take(&mut self, read: Read, articles: &mut Vec<Article>) {
        for (input, message) in read.notes {
            self.losses.lost(&format!("{input}: {message}"));
        }
        for mut article in read.articles {
            self.losses.found();
            self.ids.make_distinct(&mut article.id);
            articles.push(article);
        }
    }
}

fn name(input: &Input) -> String {
    match input {
        Input::File(path) => path.display().to_string(),
        Input::Stdin => "standard input".to_owned(),
        Input::Url(url) => url.clone(),
    }
}

/// Says what was skipped or unsure in articles: one of many in an input is named by its id too, and what is to be said of
/// several of one input is said once.
pub(crate) fn say_diagnostics<'a>(articles: impl IntoIterator<Item = &'a Article>) {
    let mut remarks = Remarks::default();
    for article in articles {
        article.diagnostics.iter().for_each(|message| remarks.add(&article.input, &article.id, message));
    }
    remarks.say();
}

/// What is to be said of articles, each message once an input.
#[derive(Default)]
pub(crate) struct Remarks {
    remarks: Vec<Remark>,
    known: BTreeMap<(String, String), usize>,
}

impl Remarks {
    /// Notes a message about an article.
    pub(crate) fn add(&mut self, input: &str, id: &str, message: &str) {
        let key = (input.to_owned(), message.to_owned());
        let at = *self.known.entry(key).or_insert(self.remarks.len());
        match self.remarks.get_mut(at) {
            Some(remark) => remark.others += 1,
            None => {
                let name = if id.starts_with(input) { id.to_owned() } else { format!("{input}: {id}") };
                self.remarks.push(Remark { name, message: message.to_owned(), others: 0 });
            }
        }
    }

    /// Says all of it, in the order in which it came.
    pub(crate) fn say(&self) {
        self.remarks.iter().for_each(|remark| say(&remark.words()));
    }
}

/// What is to be said of an article, and of so many others of the same input.
struct Remark {
    name: String,
    message: String,
    others: usize,
}

impl Remark {
    fn words(&self) -> String {
        match self.others {
            0 => format!("{}: {}", self.name, self.message),
            others => format!("{} and {others} more: {}", self.name, self.message),
        }
    }
}

/// The model of meaning: the built-in table, or the one in a folder.
pub(crate) fn meaning(folder: Option<&Path>) -> Result<Box<dyn Meaning>> {
    match folder {
        None => Ok(Box::new(StaticTable::builtin())),
        Some(folder) => Ok(twosource_embed::load(folder)?),
    }
}
