//! How much CPU time reading pages takes: the side of `cargo xtask bench extract` that is ours.
//!
//! `pages FILE…` takes lines `{"html": …}`, packed with gzip, into memory first, as the other side does, then reads
//! every page and prints "PAGES SECONDS".

use std::fs::File;
use std::io::{BufRead, BufReader};

use twosource_read::{Limits, read_bytes};

fn main() -> std::io::Result<()> {
    let mut pages = Vec::new();
    for path in std::env::args().skip(1) {
        for line in BufReader::new(flate2::read::MultiGzDecoder::new(File::open(path)?)).lines() {
            let record: serde_json::Value = serde_json::from_str(&line?)?;
            pages.extend(record["html"].as_str().map(str::to_owned));
        }
    }
    let before = cpu_seconds()?;
    let read = pages.iter().filter(|page| read_bytes("page.html", page.as_bytes(), &Limits::default()).is_ok()).count();
    let seconds = cpu_seconds()? - before;
    assert!(read * 10 >= pages.len() * 9, "{read} of {} pages could be read", pages.len());
    #[allow(clippy::print_stdout, reason = "it is what this program is for")]
    {
        println!("{} {seconds}", pages.len());
    }
    Ok(())
}

/// User and system time of this process, from proc(5): fields 14 and 15 of `stat`, in hundredths of a second.
fn cpu_seconds() -> std::io::Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after_name.split_whitespace().filter_map(|field| field.parse().ok()).collect();
    let [user, system] = [fields.get(10), fields.get(11)].map(|field| field.copied().unwrap_or_default());
    Ok((user + system) / 100.0)
}
