//! A long stream into one store, a tenth at a time, and searches in it.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};

use super::cost::cost;
use crate::corpus::{self, Material, Stream};
use crate::cpu::cpu_seconds;
use crate::run::{release_binary, target};

/// Reports of the stream where nothing is said.
const REPORTS: u64 = 1_000_000;

/// Parts of the stream, each added by a process of its own.
const PARTS: u64 = 10;

/// Times each query is asked: the CPU time of one process is known to a hundredth of a second only.
const TIMES: u32 = 10;

/// Reads `--articles N`.
pub(crate) fn bench(words: &[&str]) -> Result<()> {
    match words {
        [] => measure(REPORTS),
        ["--articles", number] => measure(number.parse()?),
        _ => bail!("bench stream does not know {}", words.join(" ")),
    }
}

/// Adds the stream to a fresh store and searches it.
fn measure(reports: u64) -> Result<()> {
    ensure!(reports >= PARTS, "a stream of at least {PARTS} reports, not {reports}");
    let binary = release_binary()?;
    let folder = target().join("bench-stream");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let store = folder.join("store.db");
    let options = corpus::Options { articles: reports, ..corpus::Options::default() };
    let material = Material::new()?;
    let mut stream = Stream::new(&material, &options);
    let mut costs = Vec::new();
    for part in 1..=PARTS {
        let until = reports * part / PARTS;
        let count = until - reports * (part - 1) / PARTS;
        costs.push(add(&binary, &store, &mut stream, count, until)?);
    }
    let (first, last) = (costs[0], costs[costs.len() - 1]);
    println!("the last tenth takes {:.2} times the CPU time of the first", last / first);
    search(&binary, &store, &stream.queries())
}

/// Adds the next reports of a stream and gives the CPU milliseconds one takes.
fn add(binary: &Path, store: &Path, stream: &mut Stream<'_>, count: u64, until: u64) -> Result<f64> {
    let part: PathBuf = store.with_file_name("part.jsonl");
    corpus::write(stream.take(count as usize), BufWriter::new(File::create(&part)?))?;
    let cost = cost(Command::new(binary).arg("add").arg(&part).arg("--store").arg(store))?;
    let each = 1e3 * cost.cpu / count as f64;
    println!(
        "{until:8} reports: {each:6.2} ms of CPU each, {:6.0} a second in all, {:6.0} MB, the store {:6.0} MB",
        count as f64 / cost.wall,
        cost.memory,
        std::fs::metadata(store)?.len() as f64 / 1e6
    );
    Ok(each)
}

/// Asks each query several times, each in a process of its own.
fn search(binary: &Path, store: &Path, queries: &[Vec<String>]) -> Result<()> {
    let (mut cpu, mut wall) = (Vec::new(), Vec::new());
    for query in queries {
        let [_, before] = cpu_seconds()?;
        for _ in 0..TIMES {
            let start = Instant::now();
            let mut command = Command::new(binary);
            command.arg("search").args(query).arg("--store").arg(store).stdout(Stdio::null()).stderr(Stdio::null());
            let status = command.status().context("cannot start twosource")?;
            ensure!(matches!(status.code(), Some(0 | 1)), "{command:?} ended with {status}");
            wall.push(1e3 * start.elapsed().as_secs_f64());
        }
        let [_, after] = cpu_seconds()?;
        cpu.push(1e3 * (after - before) / f64::from(TIMES));
    }
    println!(
        "search, {} queries, {TIMES} processes each, start included: CPU p50 {:.1} ms, p99 {:.1} ms; wall p50 {:.1} ms, \
         p99 {:.1} ms",
        queries.len(),
        percentile(&mut cpu, 50),
        percentile(&mut cpu, 99),
        percentile(&mut wall, 50),
        percentile(&mut wall, 99)
    );
    Ok(())
}

/// The least of some numbers that so many of a hundred do not exceed; 0 of none.
fn percentile(numbers: &mut [f64], hundredths: usize) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    let at = (numbers.len() * hundredths).div_ceil(100).saturating_sub(1);
    numbers.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        let mut numbers: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!([50, 99, 100].map(|hundredths| percentile(&mut numbers, hundredths)), [100.0, 198.0, 200.0]);
        assert_eq!(percentile(&mut [7.0], 50), 7.0);
        assert_eq!(percentile(&mut [], 99), 0.0);
    }
}
