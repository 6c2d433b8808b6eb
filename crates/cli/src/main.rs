//! The program `twosource`: reads what it is given, hands it to the engine and prints what comes back.
//!
//! Results go to standard output or a file, everything said about the input to standard error. Exit codes: 0 done,
//! 1 nothing to do or nothing found, 2 wrong use, 3 done but some inputs could not be read.

mod add;
mod annotate;
mod arguments;
mod article;
mod cluster;
mod compare;
mod dedupe;
mod exchange;
mod extract;
mod feeds;
mod fetching;
mod input;
mod keeping;
mod mcp;
mod outlets;
mod output;
mod search;
mod serve;
mod stories;
mod story;
mod token;
mod watch;
mod webhook;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::output::say;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Done = 0,
    Nothing = 1,
    WrongUse = 2,
    SomeUnread = 3,
}

impl Ending {
    /// The ending of a run that found something or nothing, and could or could not read all inputs.
    fn of(found: bool, unread: bool) -> Ending {
        match (unread, found) {
            (true, _) => Ending::SomeUnread,
            (false, true) => Ending::Done,
            (false, false) => Ending::Nothing,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let ending = with_threads(arguments.threads, || match &arguments.command {
        Command::Compare(options) => compare::run(options),
        Command::Extract(options) => extract::run(options),
        Command::Annotate(options) => annotate::run(options),
        Command::Cluster(options) => cluster::run(options),
        Command::Add(options) => add::run(options),
        Command::Stories(options) => stories::run(options),
        Command::Story(options) => story::run(options),
        Command::Article(options) => article::run(options),
        Command::Search(options) => search::run(options),
        Command::Serve(options) => serve::run(options, arguments.threads),
        Command::Mcp(options) => mcp::run(options, arguments.threads),
        Command::Token(options) => token::run(options),
        Command::Webhook(options) => webhook::run(options),
        Command::Export(options) => exchange::export(options),
        Command::Import(options) => exchange::import(options),
        Command::Rebuild(options) => keeping::rebuild(options),
        Command::Check(options) => keeping::check(options),
        Command::Dedupe(options) => dedupe::run(options),
        Command::Watch(options) => watch::run(options),
        Command::Feeds(options) => feeds::run(options),
    });
    match ending {
        Ok(ending) => ExitCode::from(ending as u8),
        Err(error) => {
            say(&format!("{error:#}"));
            ExitCode::from(Ending::WrongUse as u8)
        }
    }
}

/// Runs the work on a pool of the size asked for; by default one thread a core.
fn with_threads(threads: usize, work: impl FnOnce() -> anyhow::Result<Ending> + Send) -> anyhow::Result<Ending> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build()?.install(work)
}
