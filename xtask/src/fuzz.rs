//! Each reader on inputs that libFuzzer makes up from the seeds, for a while.
//!
//! The targets are built as `cargo fuzz` builds them, with the flags that make the compiler count the branches taken.
//! All of them are flags of the stable compiler; the address sanitizer, which is not, is left out: there is no unsafe
//! code here for it to watch.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::run::{command, output, root, run, target};

/// How long each target runs when nothing else is said: the minute that the tests give it.
pub(crate) const SECONDS: u32 = 60;
/// Targets that run at the same time.
const TOGETHER: usize = 2;
/// What makes the compiler count branches and show comparisons to the fuzzer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Builds the targets and runs each, or only the one named.
pub(crate) fn fuzz(seconds: u32, only: Option<&str>) -> Result<()> {
    let programs = build()?;
    let mut names = targets()?;
    names.retain(|name| only.is_none_or(|only| only == name));
    ensure!(!names.is_empty(), "no such target; they are {}", targets()?.join(", "));
    let mut failed = Vec::new();
    for names in names.chunks(TOGETHER) {
        let running: Vec<(&String, Run)> =
            names.iter().map(|name| Ok((name, start(&programs, name, seconds)?))).collect::<Result<_>>()?;
        for (name, run) in running {
            if !run.finish()? {
                failed.push(name.clone());
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    bail!("fuzzing found faults in: {}; the inputs are in {}", failed.join(", "), artifacts().display())
}

/// The targets: one a file.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(root().join("fuzz").join("targets"))? {
        names.extend(entry?.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn folder() -> PathBuf {
    target().join("fuzz")
}

fn artifacts() -> PathBuf {
    folder().join("artifacts")
}

/// libFuzzer is written in C++; Debian keeps that compiler apart.
fn install_compiler() -> Result<()> {
    let has = command("c++", &["--version"]).output();
    if has.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    run("apt-get", &["update"])?;
    run("apt-get", &["install", "--yes", "--no-install-recommends", "g++"])
}

/// Builds all targets; gives the folder of the programs. Naming the platform keeps the flags from build scripts.
fn build() -> Result<PathBuf> {
    install_compiler()?;
    let about = output(&mut command("rustc", &["-vV"]))?;
    let platform =
        about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?.to_owned();
    println!("$ cargo build of the fuzz targets");
    let status = command("cargo", &["build", "--release", "--bins", "--target", &platform])
        .current_dir(root().join("fuzz"))
        .env("CARGO_TARGET_DIR", folder())
        .env("RUSTFLAGS", FLAGS)
        .status()
        .context("cannot start cargo")?;
    ensure!(status.success(), "the fuzz targets do not build: {status}");
    Ok(folder().join(platform).join("release"))
}

/// A target that is running.
struct Run {
    name: String,
    child: Child,
    log: PathBuf,
}

/// Starts a target on its seeds and on what earlier runs found worth keeping.
fn start(programs: &Path, name: &str, seconds: u32) -> Result<Run> {
    let corpus = folder().join("corpus").join(name);
    for folder in [&corpus, &artifacts()] {
        std::fs::create_dir_all(folder)?;
    }
    let log = folder().join(format!("{name}.log"));
    let file = std::fs::File::create(&log)?;
    println!("$ fuzz {name} for {seconds} s");
    let child = Command::new(programs.join(name))
        .args(["-max_len=65536", "-timeout=20", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=1"])
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/{name}-", artifacts().display()))
        .arg(&corpus)
        .arg(root().join("fuzz").join("seeds").join(name))
        .stdout(Stdio::null())
        .stderr(file)
        .spawn()
        .with_context(|| format!("cannot start the fuzz target {name}"))?;
    Ok(Run { name: name.to_owned(), child, log })
}

impl Run {
    /// Waits for the end and tells what was done, or what was found.
    fn finish(mut self) -> Result<bool> {
        let status = self.child.wait()?;
        let log = std::fs::read(&self.log)?;
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        if status.success() {
            let figure = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name)).unwrap_or(" ?").trim();
            let (runs, memory) = (figure("stat::number_of_executed_units:"), figure("stat::peak_rss_mb:"));
            println!("{:10} {runs} inputs, at most {memory} MB", self.name);
        } else {
            println!("{} ended with {status}:\n{}", self.name, lines[lines.len().saturating_sub(40)..].join("\n"));
        }
        Ok(status.success())
    }
}
