//! How much CPU time reading pages takes: the side of `cargo xtask bench extract` that is ours.
//!
//! `pages FILE…` takes lines `{"html": …}`, packed with gzip, into memory first, as the other side does, then reads
//! every page and prints "PAGES SECONDS".

#[path = "../src/cpu.rs"]
mod cpu;

use std::fs::File;
use std::io::{BufRead, BufReader};

use cpu::cpu_seconds;
use twosource_read::{Limits, read_bytes};

fn main() -> std::io::Result<()> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        for line in BufReader::new(flate2::read::MultiGzDecoder::new(File::open(path)?)).lines() {
            let record: serde_json::Value = serde_json::from_str(&line?)?;
            pages.extend(record["html"].as_str().map(str::to_owned));
        }
    }
    let [before, _] = cpu_seconds()?;
    let read = pages.iter().filter(|page| read_bytes("page.html", page.as_bytes(), &Limits::default()).is_ok()).count();
    let [after, _] = cpu_seconds()?;
    assert!(read * 10 >= pages.len() * 9, "{read} of {} pages could be read", pages.len());
    #[allow(clippy::print_stdout, reason = "it is what this program is for")]
    {
        println!("{} {}", pages.len(), after - before);
    }
    Ok(())
}
