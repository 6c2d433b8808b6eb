//! How much CPU time near duplicates take: the side of `cargo xtask bench dedupe` that is ours.
//!
//! `duplicates FILE` reads the lines of a corpus, finds the near duplicates and prints the CPU seconds of both, the peak
//! of its memory in kilobytes, and precision and recall against what the lines say (`copy_of`).

#[path = "../src/cpu.rs"]
mod cpu;

use std::collections::BTreeMap;
use std::io::BufRead;

use cpu::cpu_seconds;
use twosource_cluster::{Duplicates, Pair, connected};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let path = std::env::args().nth(1).unwrap_or_default();
    let (mut duplicates, mut numbers, mut original) = (Duplicates::new(), BTreeMap::new(), Vec::new());
    for (number, line) in std::io::BufReader::new(std::fs::File::open(path)?).lines().enumerate() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        duplicates.add(record["text"].as_str().unwrap_or_default());
        numbers.insert(record["id"].as_str().unwrap_or_default().to_owned(), number);
        original.push(record["copy_of"].as_str().and_then(|id| numbers.get(id)).copied().unwrap_or(number));
    }
    let pairs = duplicates.pairs();
    let [seconds, _] = cpu_seconds()?;
    let right = pairs.iter().filter(|pair| original[pair.one] == original[pair.other]).count();
    let first = connected(original.len(), pairs.iter().map(Pair::ends));
    let copies = (0..original.len()).filter(|&text| original[text] != text);
    let (found, all) =
        copies.fold((0, 0), |(found, all), text| (found + usize::from(first[text] == first[original[text]]), all + 1));
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    #[allow(clippy::print_stdout, reason = "it is what this program is for")]
    {
        println!("{seconds} {} {} {}", peak()?, share(right, pairs.len()), share(found, all));
    }
    Ok(())
}

/// The peak of resident memory in kilobytes, 0 where the system does not tell.
fn peak() -> std::io::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    Ok(line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0))
}
