//! Near duplicates in a generated corpus, beside datasketch and rensa, measured in one run.

use std::process::Command;

use anyhow::{Context, Result};

use crate::corpus::{Options, corpus};
use crate::run::{output, release_example, root, target};
use crate::test::{python_environment, python_packages};

/// Texts of the corpus.
const TEXTS: u64 = 100_000;

/// Measures on a corpus of our own, with its planted copies.
pub(crate) fn bench() -> Result<()> {
    let texts = target().join("bench-corpus.jsonl");
    corpus(&Options { articles: TEXTS, output: Some(texts.clone()), ..Options::default() })?;
    let python = python_environment()?.join("bin").join("python");
    python_packages(&python, &["datasketch", "rensa"])?;
    let said = output(Command::new(release_example("xtask", "duplicates")?).arg(&texts))?;
    let figures: Vec<f64> = said.split_whitespace().map_while(|figure| figure.parse().ok()).collect();
    let [ours, memory, precision, recall] = figures[..] else { anyhow::bail!("four numbers, not “{said}”") };
    println!(
        "{TEXTS} texts; precision {precision:.4}, recall {recall:.4} of the planted copies, {:.0} MB",
        memory / 1e3
    );
    println!("{:24} {ours:8.1} CPU s, reading included", "twosource");
    let script = root().join("xtask").join("src").join("bench").join("dedupe.py");
    for other in ["datasketch", "rensa"] {
        let said = output(Command::new(&python).arg(&script).arg(other).arg(&texts).env("OMP_NUM_THREADS", "1"))?;
        let seconds = said.split_whitespace().next().and_then(|seconds| seconds.parse::<f64>().ok());
        let seconds = seconds.with_context(|| format!("a number, not “{said}”"))?;
        println!("{other:24} {seconds:8.1} CPU s without reading, {:.1} times ours", seconds / ours);
    }
    Ok(())
}
