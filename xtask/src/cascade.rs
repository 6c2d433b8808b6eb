//! Families of reports with a known descent, and what the program makes of them.
//!
//! `cargo xtask cascade` invents families ([`family`]) from the sentences of `data/cascade`, has the built program
//! compare each, and scores the parents it finds and the origins it counts against what a careful reader could know
//! ([`gold`]). The same seed makes the same families.

mod family;
mod gold;
mod line;
mod material;
mod moves;
mod print;
mod score;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::random::Random;
use crate::run::{release_binary, target};
use score::Scores;

/// What to make.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    families: usize,
    seed: u64,
    /// Where families, the program's documents and the faults are kept to look at.
    keep: Option<PathBuf>,
    /// A program that is built already.
    binary: Option<PathBuf>,
}

impl Options {
    /// What holds where nothing is said.
    pub(crate) const fn usual() -> Self {
        Options { families: 500, seed: 1, keep: None, binary: None }
    }

    /// The run among the figures: small, and always the same.
    pub(crate) const fn for_floors() -> Self {
        Options { families: 60, seed: 60, keep: None, binary: None }
    }

    /// Reads `--families N --seed N --keep DIR`.
    pub(crate) fn read(words: &[&str]) -> Result<Self> {
        let mut options = Options::usual();
        for pair in words.chunks(2) {
            match pair {
                ["--families", number] => options.families = number.parse()?,
                ["--seed", number] => options.seed = number.parse()?,
                ["--keep", folder] => options.keep = Some(PathBuf::from(folder)),
                ["--binary", file] => options.binary = Some(PathBuf::from(file)),
                _ => bail!("cascade does not know {}", pair.join(" ")),
            }
        }
        Ok(options)
    }
}

/// Makes families, has them compared and prints how well that went.
pub(crate) fn cascade(options: &Options) -> Result<()> {
    let binary = options.binary.clone().map_or_else(release_binary, Ok)?;
    let scores = measure(&binary, options)?;
    print::scores(&scores);
    if let Some(folder) = &options.keep {
        std::fs::write(folder.join("faults.txt"), scores.faults.join("\n") + "\n")?;
    }
    Ok(())
}

/// The figures of the small run: share of right counts of origins, F1 of parent edges, share of graphs without cycle.
pub(crate) fn figures(binary: &Path) -> Result<[(&'static str, f64); 3]> {
    let scores = measure(binary, &Options::for_floors())?;
    let share = |part: usize| part as f64 / scores.families.max(1) as f64;
    Ok([
        ("cascade.edges.f1", scores.edges.figures()[2]),
        ("cascade.origins", share(scores.origins_right)),
        ("cascade.without_cycle", share(scores.families - scores.cycles)),
    ])
}

fn measure(binary: &Path, options: &Options) -> Result<Scores> {
    let material = material::material()?;
    let folder = options.keep.clone().unwrap_or_else(|| target().join("cascade"));
    std::fs::create_dir_all(&folder)?;
    let mut scores = Scores::default();
    for number in 0..options.families {
        let family = family::family(&material, Random::new(options.seed, number as u64));
        let name = format!("{number:03}");
        let document = compared(binary, &folder, &name, &print::family(&family, &material))?;
        scores.add(&name, &family, &gold::gold(&family, &material), &document)?;
    }
    Ok(scores)
}

/// The program's document of one family.
fn compared(binary: &Path, folder: &Path, name: &str, family: &str) -> Result<Value> {
    let input = folder.join(format!("{name}.jsonl"));
    let output = folder.join(format!("{name}.json"));
    std::fs::write(&input, family)?;
    let mut command = Command::new(binary);
    command.args(["compare", "--one-story", "--format", "json", "-o"]).arg(&output).arg(&input);
    let status = command.stderr(Stdio::null()).status().context("cannot start twosource")?;
    ensure!(matches!(status.code(), Some(0 | 1)), "{command:?} ended with {status}");
    Ok(serde_json::from_str(&std::fs::read_to_string(&output)?)?)
}
