//! Pages a CPU second beside Python trafilatura, measured in one run and in turns, and the most memory a page takes.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{evaluation_data, output, release_binary, release_example, root};
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
    speed(&python, &data.join(TIMED))?;
    for set in WEIGHED {
        let said = script(&python, &[Path::new("memory"), &binary, &data.join(set)])?;
        let (memory, bytes) = two(&said)?;
        println!("{set:28} at most {memory:.0} MB, on a page of {:.1} MB", bytes / 1e6);
    }
    Ok(())
}

/// Both sides hold the pages before the clock starts.
fn speed(python: &Path, pages: &Path) -> Result<()> {
    let ours = release_example("xtask", "pages")?;
    let (mut text, mut metadata, mut read) = (f64::INFINITY, f64::INFINITY, f64::INFINITY);
    let theirs = |what: &str| two(&script(python, &[Path::new(what), pages])?);
    let mut count = 0.0;
    for _ in 0..TURNS {
        let (pages_read, seconds) = two(&output(Command::new(&ours).arg(pages))?)?;
        (count, read) = (pages_read, read.min(seconds));
        text = text.min(theirs("text")?.1);
        metadata = metadata.min(theirs("metadata")?.1);
    }
    println!("twosource, text and metadata             {:7.1} pages a CPU second", count / read);
    for (what, theirs) in [("text and metadata", metadata), ("text alone", text)] {
        let (speed, ratio) = (count / theirs, theirs / read);
        println!("trafilatura (Python), {what:18} {speed:7.1} pages a CPU second, ratio {ratio:.2}");
    }
    Ok(())
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
