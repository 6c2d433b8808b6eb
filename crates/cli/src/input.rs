//! Inputs of the command line to articles, with a word on standard error for whatever could not be read.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context, Result};
use twosource_embed::StaticTable;
use twosource_model::{Article, Meaning};
use twosource_read::{Input, Limits, Read, expand, read_bytes, read_path};

use crate::arguments;
use crate::output::say;

/// What could be read.
pub(crate) struct Articles {
    /// The articles in the order of the inputs, each with an id of its own.
    pub(crate) articles: Vec<Article>,
    /// Whether some input, or a part of one, could not be read.
    pub(crate) unread: bool,
}

/// Reads all inputs; one that cannot be read is named on standard error and costs none of the others.
pub(crate) fn articles(options: &arguments::Input) -> Result<Articles> {
    let limits = Limits::default();
    let mut found = Articles { articles: Vec::new(), unread: false };
    let mut seen = BTreeSet::new();
    for input in expand(&options.inputs) {
        if !seen.insert(input.clone()) {
            say(&format!("{}: given twice, read once", name(&input)));
            continue;
        }
        match guarded(&input, &limits) {
            Ok(read) => found.take(read),
            Err(error) => {
                say(&format!("{error:#}"));
                found.unread = true;
            }
        }
    }
    distinct_ids(&mut found.articles);
    Ok(found)
}

impl Articles {
    fn take(&mut self, read: Read) {
        for (input, message) in read.notes {
            say(&format!("{input}: {message}"));
            self.unread = true;
        }
        self.articles.extend(read.articles);
    }
}

/// Reads an input; should the reader panic, which would be an error of ours, only this input is lost.
fn guarded(input: &Input, limits: &Limits) -> Result<Read> {
    std::panic::catch_unwind(|| read(input, limits)).unwrap_or_else(|_| {
        anyhow::bail!("{}: could not be read: an error in this program; please report it with the file", name(input))
    })
}

fn read(input: &Input, limits: &Limits) -> Result<Read> {
    match input {
        Input::File(path) => Ok(read_path(path, limits)?),
        Input::Stdin => {
            let mut bytes = Vec::new();
            let limited = std::io::stdin().lock().take(limits.file_bytes + 1).read_to_end(&mut bytes);
            limited.context("standard input: cannot be read")?;
            Ok(read_bytes("standard input", &bytes, limits)?)
        }
        Input::Url(url) => {
            anyhow::bail!("{url}: this program fetches nothing; save the page and give the file")
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

/// Says what was skipped or unsure in an article.
pub(crate) fn say_diagnostics<'a>(articles: impl IntoIterator<Item = &'a Article>) {
    for article in articles {
        article.diagnostics.iter().for_each(|message| say(&format!("{}: {message}", article.input)));
    }
}

/// Makes ids unique: a second "a" becomes "a-2".
fn distinct_ids(articles: &mut [Article]) {
    let mut taken = BTreeSet::new();
    for article in articles {
        let mut id = article.id.clone();
        let mut number = 1;
        while !taken.insert(id.clone()) {
            number += 1;
            id = format!("{}-{number}", article.id);
        }
        article.id = id;
    }
}

/// The model of meaning: the built-in table, or the one in a folder.
pub(crate) fn meaning(folder: Option<&Path>) -> Result<Box<dyn Meaning>> {
    match folder {
        None => Ok(Box::new(StaticTable::builtin())),
        Some(folder) => Ok(twosource_embed::load(folder)?),
    }
}
