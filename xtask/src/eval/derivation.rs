//! Whether the program sees that one text was made from another, on answers that students copied, revised or wrote on
//! their own (Clough and Stevenson 2011).

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

/// Share of the pairs rightly told apart: made from the source, in whatever measure, or not.
///
/// Both texts are given as the reports of one story, without times or outlets. An edge between them says that one was
/// made from the other, in either direction; an origin of unknown text says that both share one.
pub(super) fn accuracy(binary: &Path, data: &Path, scratch: &Path) -> Result<f64> {
    let pairs = std::fs::read_to_string(data.join("data/derivation/plagiarised_short_answers.jsonl"))?;
    let (mut right, mut all) = (0, 0);
    for line in pairs.lines() {
        let pair: Value = serde_json::from_str(line)?;
        let derived = pair["level"] != "none";
        all += 1;
        right += usize::from(is_derived(binary, scratch, &pair)? == derived);
    }
    ensure!(all > 0, "no pairs of texts");
    Ok(f64::from(u32::try_from(right)?) / f64::from(u32::try_from(all)?))
}

fn is_derived(binary: &Path, scratch: &Path, pair: &Value) -> Result<bool> {
    let (input, output) = (scratch.join("derivation.jsonl"), scratch.join("derivation.json"));
    let report = |text: &str| json!({"id": text, "text": pair[text]});
    std::fs::write(&input, format!("{}\n{}\n", report("source_text"), report("text")))?;
    let mut command = Command::new(binary);
    command.args(["compare", "--one-story", "--format", "json", "-o"]).arg(&output).arg(&input);
    let status = command.stderr(Stdio::null()).status().context("cannot start twosource")?;
    ensure!(matches!(status.code(), Some(0 | 1)), "{command:?} ended with {status}");
    let document: Value = serde_json::from_str(&std::fs::read_to_string(&output)?)?;
    let list = |name: &str| document[name].as_array().cloned().unwrap_or_default();
    let reports = list("reports");
    let edge = list("provenance").iter().any(|edge| reports.iter().any(|report| report["id"] == edge["from"]));
    let shared = |origin: &Value| origin["name"].as_str().is_some_and(|name| name.starts_with("unknown text"));
    Ok(edge || list("origins").iter().any(shared))
}
