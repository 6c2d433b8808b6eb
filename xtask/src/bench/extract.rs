//! Pages a CPU second beside Python trafilatura, measured in one run and in turns, and the most memory a page takes.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::children_cpu_ms;
use crate::run::{evaluation_data, output, release_binary, root};
use crate::test::{python_environment, python_packages};

/// Times that each is measured, in turns; the least is reported, as what the machine adds is never negative.
const TURNS: usize = 3;
const TIMED: &str = "scrapinghub-pages.jsonl.gz";
const WEIGHED: &[&str] =
    &["scrapinghub-pages.jsonl.gz", "naeb-pages.jsonl.gz", "fundus-pages.jsonl.gz", "htmldate-pages.jsonl.gz"];

/// Measures speed and memory on the evaluation data.
pub(crate) fn bench() -> Result<()> {
    let Some(data) = evaluation_data().map(|data| data.join("data").join("extract")) else {
        println!("skipped: the evaluation data is not beside the checkout");
        return Ok(());
    };
    let python = python_environment()?.join("bin").join("python");
    // What it imports of lxml moved into a package of its own.
    python_packages(&python, &["trafilatura", "lxml_html_clean"])?;
    let binary = release_binary()?;
    speed(&python, &binary, &data.join(TIMED))?;
    for set in WEIGHED {
        let said = script(&python, &[Path::new("memory"), &binary, &data.join(set)])?;
        let (memory, bytes) = two(&said)?;
        println!("{set:28} at most {memory:.0} MB, on a page of {:.1} MB", bytes / 1e6);
    }
    Ok(())
}

fn speed(python: &Path, binary: &Path, pages: &Path) -> Result<()> {
    let (mut theirs, mut ours, mut count) = (f64::INFINITY, f64::INFINITY, 0.0);
    for _ in 0..TURNS {
        let (pages_read, seconds) = two(&script(python, &[Path::new("time"), pages])?)?;
        (count, theirs) = (pages_read, theirs.min(seconds));
        ours = ours.min(extract_seconds(binary, pages)?);
    }
    println!("trafilatura (Python)         {:7.1} pages a CPU second", count / theirs);
    println!("twosource extract            {:7.1} pages a CPU second, start of the process included", count / ours);
    println!("ratio                        {:7.2}", theirs / ours);
    Ok(())
}

/// CPU seconds of one process that reads all pages on one thread.
fn extract_seconds(binary: &Path, pages: &Path) -> Result<f64> {
    let before = children_cpu_ms()?;
    let mut command = Command::new(binary);
    command.args(["extract", "--threads", "1"]).arg(pages).stdout(Stdio::null()).stderr(Stdio::null());
    let status = command.status().context("cannot start twosource")?;
    ensure!(matches!(status.code(), Some(0 | 3)), "{command:?} ended with {status}");
    Ok((children_cpu_ms()? - before) / 1000.0)
}

fn script(python: &Path, arguments: &[&Path]) -> Result<String> {
    let script: PathBuf = root().join("xtask").join("src").join("bench").join("extract.py");
    output(Command::new(python).arg(script).args(arguments))
}

/// The two numbers that the script prints.
fn two(line: &str) -> Result<(f64, f64)> {
    let (first, second) = line.trim().split_once(' ').with_context(|| format!("two numbers, not “{line}”"))?;
    Ok((first.parse()?, second.parse()?))
}
