//! How the cost of a comparison grows with the reports of a story.
//!
//! The reports are those of the commonest topic of the AllSides set, over again where there are too few: long reports that
//! share many names and words, which is the hard case, and copies of one another, which is the other one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::cost::{Cost, cost};
use crate::run::{evaluation_data, output, release_binary, target};

/// Reports of the stories that are measured.
const SIZES: [usize; 4] = [50, 100, 200, 500];

/// Measures time and memory, and says what a report costs: the same at every size where the cost grows with their number.
pub(crate) fn bench() -> Result<()> {
    let Some(data) = evaluation_data().map(|data| data.join("data").join("stories").join("allsides.jsonl.gz")) else {
        println!("skipped: the evaluation data is not beside the checkout");
        return Ok(());
    };
    let binary = release_binary()?;
    let reports = reports(&data)?;
    for size in SIZES {
        let story = story(&reports, size)?;
        let mut command = Command::new(&binary);
        let Cost { cpu, wall, memory } =
            cost(command.args(["compare", "--one-story", "--format", "json"]).arg(&story))?;
        println!(
            "{size:4} reports {cpu:7.2} s of CPU {wall:7.2} s in all {memory:7.0} MB, {:6.1} ms a report",
            cpu * 1e3 / size as f64
        );
    }
    Ok(())
}

/// The reports of the commonest topic, as lines without what tells the story.
fn reports(data: &Path) -> Result<Vec<String>> {
    let text = output(Command::new("gzip").args(["-dc"]).arg(data))?;
    let mut topics: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in text.lines() {
        let value: Value = serde_json::from_str(line)?;
        let kept = ["id", "title", "text", "published", "outlet"];
        let report: serde_json::Map<String, Value> =
            kept.iter().filter_map(|&key| Some((key.to_owned(), value.get(key)?.clone()))).collect();
        let topic = value.get("topic").and_then(Value::as_str).unwrap_or_default();
        topics.entry(topic.to_owned()).or_default().push(Value::Object(report).to_string());
    }
    topics.into_values().max_by_key(Vec::len).context("no reports")
}

/// Writes a story of so many reports and returns where.
fn story(reports: &[String], size: usize) -> Result<PathBuf> {
    let path = target().join(format!("bench-compare-{size}.jsonl"));
    let lines: Vec<&str> = reports.iter().cycle().take(size).map(String::as_str).collect();
    std::fs::write(&path, lines.join("\n")).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
