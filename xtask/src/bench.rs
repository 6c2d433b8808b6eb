//! How much CPU time the program takes.

pub(crate) mod compare;
pub(crate) mod extract;

use std::process::Command;

use anyhow::{Context, Result, ensure};

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
        let before = children_cpu_ms()?;
        for _ in 0..RUNS {
            let output = command.output().context("cannot start twosource")?;
            ensure!(output.status.success(), "{command:?} ended with {}", output.status);
        }
        println!(
            "{what:24} {:7.1} ms of CPU, mean of {RUNS} cold runs",
            (children_cpu_ms()? - before) / f64::from(RUNS)
        );
    }
    Ok(())
}

/// User and system time of ended child processes in milliseconds, from proc(5): fields 16 and 17 of `stat`.
pub(crate) fn children_cpu_ms() -> Result<f64> {
    const MS_PER_TICK: f64 = 10.0;
    let stat = std::fs::read_to_string("/proc/self/stat").context("the benchmark reads /proc, as Linux has it")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after_name.split_whitespace().filter_map(|field| field.parse().ok()).collect();
    let [user, system] = [fields.get(12), fields.get(13)].map(|field| field.copied().unwrap_or_default());
    Ok((user + system) * MS_PER_TICK)
}
