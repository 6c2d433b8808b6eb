//! Dates, titles and authors of pages, held against what people or the outlets' own parsers found.
//!
//! A date is right when it is the day of the gold; `not_wrong` counts the days that are right or missing, since no date
//! is better than a wrong one. A title is right when it equals the gold once white space at the ends is cut and every
//! run of white space inside is one space; case, quotation marks and signs count. Authors are sets of names without
//! regard to case; the F1 is over all names of all pages whose gold names any.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::{Figures, finish};

/// The records of a JSON Lines file by their ids.
type Records = BTreeMap<String, Value>;

/// Measures the metadata of all page sets. The pages of `naeb` and `fundus` have been read before, into `scratch`.
pub(super) fn metadata(binary: &Path, data: &Path, scratch: &Path) -> Result<Figures> {
    let data = data.join("data").join("extract");
    let mut figures = Figures::new();
    for set in ["htmldate", "naeb", "fundus"] {
        let predicted = scratch.join(format!("extract-{set}.jsonl"));
        if set == "htmldate" {
            let pages = data.join(format!("{set}-pages.jsonl.gz"));
            finish(Command::new(binary).args(["extract", "--format", "jsonl", "-o"]).arg(&predicted).arg(pages))?;
        }
        let gold = records(&data.join(format!("{set}-gold.jsonl")))?;
        let found = records(&predicted)?;
        let measured = [("date", date(&gold, &found)), ("not_wrong", not_wrong(&gold, &found))];
        let more = [("title", title(&gold, &found)), ("authors.f1", authors(&gold, &found))];
        let named = measured.into_iter().chain(more).filter_map(|(name, figure)| Some((name, figure?)));
        figures.extend(named.map(|(name, figure)| (format!("extract.{set}.{name}"), figure)));
    }
    Ok(figures)
}

fn records(path: &Path) -> Result<Records> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| {
            let record: Value = serde_json::from_str(line).with_context(|| format!("{}: no JSON", path.display()))?;
            Ok((record["id"].as_str().unwrap_or_default().to_owned(), record))
        })
        .collect()
}

fn day(record: Option<&Value>) -> Option<&str> {
    record?.get("published")?.as_str()?.get(..10)
}

/// The share of the pages with a date whose day is found.
fn date(gold: &Records, found: &Records) -> Option<f64> {
    share(gold, |id, record| Some(day(found.get(id)) == Some(day(Some(record))?)))
}

fn not_wrong(gold: &Records, found: &Records) -> Option<f64> {
    share(gold, |id, record| {
        let right = day(Some(record))?;
        Some(day(found.get(id)).is_none_or(|found| found == right))
    })
}

fn title(gold: &Records, found: &Records) -> Option<f64> {
    share(gold, |id, record| {
        let right = folded(record.get("title")?.as_str()?);
        Some(found.get(id).and_then(|found| found.get("title")?.as_str()).is_some_and(|title| folded(title) == right))
    })
}

/// The share of records that are right, of those that can be judged.
fn share(gold: &Records, judge: impl Fn(&str, &Value) -> Option<bool>) -> Option<f64> {
    let judged: Vec<bool> = gold.iter().filter_map(|(id, record)| judge(id, record)).collect();
    let right = judged.iter().filter(|right| **right).count();
    (!judged.is_empty()).then(|| right as f64 / judged.len() as f64)
}

fn authors(gold: &Records, found: &Records) -> Option<f64> {
    let (mut both, mut named, mut right) = (0, 0, 0);
    for (id, record) in gold {
        let expected = names(Some(record));
        if expected.is_empty() {
            continue;
        }
        let given = names(found.get(id));
        both += expected.intersection(&given).count();
        named += given.len();
        right += expected.len();
    }
    (right > 0).then(|| 2.0 * both as f64 / (named + right) as f64)
}

/// The names of a record: a list, or a text with commas between them.
fn names(record: Option<&Value>) -> BTreeSet<String> {
    let clean = |name: &str| folded(name).to_lowercase();
    let names: Vec<String> = match record.and_then(|record| record.get("authors")) {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(clean).collect(),
        Some(Value::String(text)) => text.split(',').map(clean).collect(),
        _ => Vec::new(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(lines: &[Value]) -> Records {
        lines.iter().map(|line| (line["id"].as_str().unwrap_or_default().to_owned(), line.clone())).collect()
    }

    #[test]
    fn figures() {
        use serde_json::json;
        let gold = set(&[
            json!({"id": "a", "published": "2025-05-03", "title": "Ferry  to stop", "authors": "Anna Berg, Carl Dahl"}),
            json!({"id": "b", "published": "2025-05-04", "title": "No", "authors": []}),
            json!({"id": "c"}),
        ]);
        let found = set(&[
            json!({"id": "a", "published": "2025-05-03T08:00:00Z", "title": " Ferry to stop", "authors": ["anna berg"]}),
            json!({"id": "b", "published": "2025-05-05", "title": "no"}),
        ]);
        assert_eq!(
            (date(&gold, &found), not_wrong(&gold, &found), title(&gold, &found)),
            (Some(0.5), Some(0.5), Some(0.5))
        );
        assert_eq!(authors(&gold, &found), Some(2.0 / 3.0));
    }
}
