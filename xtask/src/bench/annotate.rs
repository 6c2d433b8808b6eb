//! Articles of 400 words a CPU second beside spaCy and quantulum3, measured in one run and in turns.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::run::{evaluation_data, output, release_example, root, target};
use crate::test::{python_environment, python_packages};

/// Times that each is measured, in turns; the least is reported, as what the machine adds is never negative.
const TURNS: usize = 3;
/// Words of an article.
const WORDS: usize = 400;
/// CPU seconds that each of our measurements takes at least.
const LEAST: &str = "2";
/// What the other side does, as `annotate.py` calls it and as we print it.
const THEIRS: [(&str, &str); 4] = [
    ("sentences", "spaCy, tokens and sentences by rule"),
    ("terms", "the same and textacy's n-grams and acronyms"),
    ("pipeline", "spaCy, untrained, of en_core_web_sm's shape"),
    ("quantities", "quantulum3, quantities"),
];

/// Measures on news where the evaluation data is, else on the invented reports.
pub(crate) fn bench() -> Result<()> {
    let texts = match evaluation_data() {
        Some(data) => labelled(&data.join("data").join("attribution").join("polnear-dev.jsonl"))?,
        None => invented()?,
    };
    let articles = target().join("bench-articles.jsonl");
    let words = write(&texts, &articles)?;
    println!("{} texts, {words} words; an article is {WORDS} words", texts.len());
    let python = python_environment()?.join("bin").join("python");
    python_packages(&python, &["textacy", "quantulum3"])?;
    let ours = release_example("xtask", "articles")?;
    let (mut mentions, mut everything) = (f64::INFINITY, f64::INFINITY);
    let mut theirs = [f64::INFINITY; THEIRS.len()];
    for _ in 0..TURNS {
        let said = output(Command::new(&ours).arg(&articles).arg(LEAST))?;
        let (one, other) = said.trim().split_once(' ').with_context(|| format!("two numbers, not “{said}”"))?;
        (mentions, everything) = (mentions.min(one.parse()?), everything.min(other.parse()?));
        for (least, (what, _)) in theirs.iter_mut().zip(THEIRS) {
            *least = least.min(script(&python, what, &articles)?);
        }
    }
    let count = words as f64 / WORDS as f64;
    println!("{:48} {:>10} {:>22} {:>22}", "", "articles/s", "ours, mentions: times", "ours, all: times");
    println!("{:48} {:10.0}", "twosource, sentences, names, times, quantities", count / mentions);
    println!("{:48} {:10.0}", "twosource, everything", count / everything);
    for (seconds, (_, what)) in theirs.iter().zip(THEIRS) {
        println!("{what:48} {:10.1} {:22.1} {:22.1}", count / seconds, seconds / mentions, seconds / everything);
    }
    Ok(())
}

/// The CPU seconds that the other side takes for all articles.
fn script(python: &Path, what: &str, articles: &Path) -> Result<f64> {
    let script: PathBuf = root().join("xtask").join("src").join("bench").join("annotate.py");
    // One thread, as ours has.
    let said = output(Command::new(python).arg(script).arg(what).arg(articles).env("OMP_NUM_THREADS", "1"))?;
    said.trim().parse().with_context(|| format!("a number, not “{said}”"))
}

/// The texts of a labelled set.
fn labelled(path: &Path) -> Result<Vec<String>> {
    let lines = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let text = |line: &str| Ok(serde_json::from_str::<Value>(line)?["text"].as_str().unwrap_or_default().to_owned());
    lines.lines().map(text).collect()
}

/// The reports of the invented stories.
fn invented() -> Result<Vec<String>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(root().join("examples").join("harbour"))? {
        paths.push(entry?.path());
    }
    paths.sort();
    paths.iter().map(|path| Ok(std::fs::read_to_string(path)?)).collect()
}

/// Writes articles of about 400 words, cut between lines, and returns how many words they have together.
fn write(texts: &[String], path: &Path) -> Result<usize> {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path)?);
    let mut total = 0;
    for text in texts {
        let mut rest: Vec<&str> = text.lines().rev().collect();
        while !rest.is_empty() {
            let (mut article, mut words) = (String::new(), 0);
            while words < WORDS
                && let Some(line) = rest.pop()
            {
                words += line.split_whitespace().count();
                article += line;
                article.push('\n');
            }
            total += words;
            writeln!(file, "{}", json!({ "text": article }))?;
        }
    }
    ensure!(total > 0, "no text to measure on");
    file.flush()?;
    Ok(total)
}
