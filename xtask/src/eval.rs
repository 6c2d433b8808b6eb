//! Figures on labelled data, against floors that only ever rise.
//!
//! The scorers and the data stand beside the checkout; the floors in `eval/floors.txt`, a line a figure.

mod blocks;
mod coreference;
mod derivation;
mod metadata;
mod naming;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::run::{evaluation_data, output, release_binary, root, target};

/// What to do with the floors after measuring.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Floors {
    /// Fail where a figure lies below its floor.
    Keep,
    /// Lift floors to the figures reached; a floor never sinks.
    Raise,
}

/// A measured figure by its name, such as `compare.aligned.f1`.
type Figures = BTreeMap<String, f64>;

/// The single-stage tasks: task of the scorer, command of ours, input, gold.
const TASKS: &[(&str, &str, &str, &str)] = &[
    ("attribution", "annotate", "attribution/polnear-dev.jsonl", "attribution/polnear-dev.jsonl"),
    ("times", "annotate", "dates/tbaq.jsonl", "dates/tbaq.jsonl"),
    ("quantities", "annotate", "quantities/newsquant.jsonl", "quantities/newsquant.jsonl"),
    // The classifier of names learned from wikigold: a guard against breaks, no measure of what it can do.
    ("names", "annotate", "names/wikigold.jsonl", "names/wikigold.jsonl"),
    ("names", "annotate", "names/uner-ewt.jsonl", "names/uner-ewt.jsonl"),
    ("stories", "cluster", "stories/gva.jsonl.gz", "stories/gva.jsonl.gz"),
    ("stories", "cluster", "stories/allsides.jsonl.gz", "stories/allsides.jsonl.gz"),
    ("stories", "cluster", "stories/ecbplus.jsonl.gz", "stories/ecbplus.jsonl.gz"),
    ("extract", "extract", "extract/scrapinghub-pages.jsonl.gz", "extract/scrapinghub-gold.jsonl"),
    ("extract", "extract", "extract/naeb-pages.jsonl.gz", "extract/naeb-gold.jsonl"),
    ("extract", "extract", "extract/fundus-pages.jsonl.gz", "extract/fundus-gold.jsonl"),
];

/// Measures everything and holds it against the floors.
pub(crate) fn eval(floors: Floors) -> Result<()> {
    let Some(data) = evaluation_data() else {
        println!("skipped: the evaluation data is not beside the checkout");
        return Ok(());
    };
    let binary = release_binary()?;
    let scratch = target().join("eval");
    std::fs::create_dir_all(&scratch)?;
    let mut figures = compare(&binary, &data, &scratch)?;
    for task in TASKS {
        figures.extend(stage(&binary, &data, &scratch, task)?);
    }
    figures.extend(naming::naming(&data)?);
    figures.extend(metadata::metadata(&binary, &data, &scratch)?);
    figures.insert("derivation.right".to_owned(), derivation::accuracy(&binary, &data, &scratch)?);
    figures.extend(crate::cascade::figures(&binary)?.map(|(name, figure)| (name.to_owned(), figure)));
    let extract = data.join("data").join("extract");
    let (pages, gold) = (extract.join("fundus-pages.jsonl.gz"), extract.join("fundus-gold.jsonl"));
    figures.extend(blocks::figures(&pages, &gold, &scratch.join("extract-fundus.jsonl"))?);
    for (name, figure) in &figures {
        println!("{name:48} {figure:.4}");
    }
    match floors {
        Floors::Keep => hold(&figures),
        Floors::Raise => raise(&figures),
    }
}

/// The whole program on annotated stories.
fn compare(binary: &Path, data: &Path, scratch: &Path) -> Result<Figures> {
    let gold = data.join("stories");
    let predicted = scratch.join("stories");
    std::fs::create_dir_all(&predicted)?;
    for story in stories(&gold)? {
        let out = predicted.join(format!("{story}.json"));
        let mut command = Command::new(binary);
        command.args(["compare", "--format", "json", "-o"]).arg(&out).args(inputs(&gold, &story)?);
        finish(&mut command)?;
    }
    let scorer = data.join("score_compare.py");
    let scores = output(Command::new("python3").arg(scorer).args([&gold, &predicted]).arg("--json"))?;
    Ok(named("compare", &serde_json::from_str(&scores)?))
}

fn stories(gold: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(gold)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

/// A story is a JSON Lines file or a folder of texts.
fn inputs(gold: &Path, story: &str) -> Result<Vec<PathBuf>> {
    let lines = gold.join(format!("{story}.jsonl"));
    if lines.exists() {
        return Ok(vec![lines]);
    }
    let texts = std::fs::read_dir(gold.join(story)).with_context(|| format!("story {story} has no input"))?;
    let mut texts: Vec<PathBuf> = texts.map(|entry| entry.map(|entry| entry.path())).collect::<std::io::Result<_>>()?;
    texts.sort();
    Ok(texts)
}

/// One stage on the data of its task.
fn stage(binary: &Path, data: &Path, scratch: &Path, task: &(&str, &str, &str, &str)) -> Result<Figures> {
    let (name, command, input, gold) = *task;
    let input = data.join("data").join(input);
    let set =
        Path::new(gold).file_stem().unwrap_or_default().to_string_lossy().replace(".jsonl", "").replace("-gold", "");
    let predicted = scratch.join(format!("{name}-{set}.jsonl"));
    finish(Command::new(binary).args([command, "--format", "jsonl", "-o"]).arg(&predicted).arg(input))?;
    let scorer = data.join("score.py");
    let gold = data.join("data").join(gold);
    let scores = output(Command::new("python3").arg(scorer).arg(name).arg(gold).arg(&predicted))?;
    Ok(named(&format!("{name}.{set}"), &serde_json::from_str(&scores)?))
}

/// Runs the program; status 3 (some inputs could not be read) is for the scorer to judge.
fn finish(command: &mut Command) -> Result<()> {
    let status = command.stderr(Stdio::null()).status().context("cannot start twosource")?;
    match status.code() {
        Some(0 | 1 | 3) => Ok(()),
        _ => bail!("{command:?} ended with {status}"),
    }
}

/// The F1 figures and counts of right answers in a scorer's output, and how many problems it saw.
fn named(prefix: &str, scores: &Value) -> Figures {
    let mut figures = Figures::new();
    for (key, value) in scores.as_object().into_iter().flatten() {
        let name = format!("{prefix}.{key}");
        match value {
            Value::Object(_) => figures.extend(named(&name, value)),
            Value::Array(problems) => {
                problems.iter().for_each(|problem| println!("problem: {prefix}: {problem}"));
            }
            _ if matches!(key.as_str(), "f1" | "right") => {
                figures.extend(value.as_f64().map(|figure| (name, figure)));
            }
            _ => {}
        }
    }
    figures
}

fn floors_file() -> PathBuf {
    root().join("eval").join("floors.txt")
}

fn floors() -> Result<Figures> {
    let text = std::fs::read_to_string(floors_file()).context("eval/floors.txt cannot be read")?;
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| {
            let (name, floor) = line.split_once(' ').with_context(|| format!("eval/floors.txt: “{line}”"))?;
            Ok((name.to_owned(), floor.trim().parse().with_context(|| format!("eval/floors.txt: “{line}”"))?))
        })
        .collect()
}

fn hold(figures: &Figures) -> Result<()> {
    let mut below = Vec::new();
    for (name, floor) in floors()? {
        match figures.get(&name) {
            Some(figure) if *figure >= floor => {}
            Some(figure) => below.push(format!("{name} is {figure:.4}, its floor {floor:.4}")),
            None => below.push(format!("{name} was not measured")),
        }
    }
    if below.is_empty() {
        println!("every figure stands at or above its floor");
        return Ok(());
    }
    bail!("below the floor:\n{}", below.join("\n"))
}

/// Writes each floor as the greater of the old one and the figure, rounded down to three decimals.
fn raise(figures: &Figures) -> Result<()> {
    let mut floors = floors().unwrap_or_default();
    for (name, figure) in figures {
        let reached = (figure * 1000.0).floor() / 1000.0;
        let floor = floors.entry(name.clone()).or_insert(reached);
        *floor = floor.max(reached);
    }
    let mut text = String::from(
        "# Floors of the figures on the evaluation data: `cargo xtask eval` fails below them.\n\
         # They only ever rise: `cargo xtask eval --raise` lifts them to what is reached.\n",
    );
    floors.iter().for_each(|(name, floor)| text.push_str(&format!("{name} {floor}\n")));
    std::fs::create_dir_all(root().join("eval"))?;
    std::fs::write(floors_file(), text)?;
    Ok(())
}
