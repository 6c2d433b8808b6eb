//! How much CPU time the program takes.

pub(crate) mod annotate;
pub(crate) mod compare;
mod cost;
pub(crate) mod dedupe;
pub(crate) mod extract;
pub(crate) mod serve;
pub(crate) mod stream;

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::cpu::cpu_seconds;
use crate::run::{release_binary, root};

/// Cold processes measured; their mean is reported.
const RUNS: u32 = 50;

/// CPU time of a cold process that compares two reports with the built-in table.
pub(crate) fn bench() -> Result<()> {
    let binary = release_binary()?;
    let reports = root().join("examples").join("harbour");
    let two = [reports.join("1-meridian.txt"), reports.join("4-observer.txt")];
    for (what, arguments) in
        [("start and stop", vec!["--version"]), ("compare two reports", vec!["compare", "--one-story"])]
    {
        let mut command = Command::new(&binary);
        command.args(&arguments);
        if arguments[0] == "compare" {
            command.args(&two);
        }
        let [_, before] = cpu_seconds()?;
        for _ in 0..RUNS {
            let output = command.output().context("cannot start twosource")?;
            ensure!(output.status.success(), "{command:?} ended with {}", output.status);
        }
        let [_, after] = cpu_seconds()?;
        println!("{what:24} {:7.1} ms of CPU, mean of {RUNS} cold runs", 1e3 * (after - before) / f64::from(RUNS));
    }
    Ok(())
}
