//! Chores of the project: `cargo xtask test | eval | cascade | crash | fuzz | bench`.

#![allow(clippy::print_stdout, reason = "a chore reports on the terminal")]

mod bench;
mod browser;
mod cascade;
mod corpus;
mod cpu;
mod crash;
mod eval;
mod fuzz;
mod random;
mod run;
mod test;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask CHORE

  test            format, lints, all tests and, where the evaluation data is beside the checkout, the figures;
                  installs what they need
  eval [--raise]  the figures on the evaluation data against the floors in eval/floors.txt;
                  --raise lifts the floors to what is reached
  cascade [--families N] [--seed N] [--keep DIR]
                  families of reports with a known descent, 500 where nothing is said: parents found, origins counted;
                  --keep leaves families, documents and a list of faults in a folder
  crash [--kills N] [--seed N]
                  kills `add` and `watch` at drawn moments, 200 times each where nothing is said, and looks for what was
                  lost or doubled
  corpus [--articles N] [--seed N] [--per-day N] [-o FILE]
                  a stream of invented reports, 100,000 where nothing is said: events told by many outlets over weeks,
                  near copies among them; JSON Lines with what is true of each (story, copy_of)
  fuzz [--seconds N] [TARGET]
                  each reader, or one, on inputs made up from fuzz/seeds, for a minute or N seconds each
  bench           CPU time of a cold comparison of two reports
  bench compare   CPU time and memory of comparing stories of 50 to 500 reports, on the evaluation data
  bench extract   pages a CPU second beside Python trafilatura, and memory, on the evaluation data
  bench annotate  articles of 400 words a CPU second beside spaCy, textacy and quantulum3, on the evaluation data or the
                  examples
  bench dedupe    CPU time and memory of finding near duplicates beside datasketch and rensa, on a generated corpus
  bench stream [--articles N]
                  CPU time and memory of adding a generated stream to a store in tenths, a million reports where nothing
                  is said (an hour of CPU time, 15 GB under target/), and how long searches in it take
  bench serve STORE
                  how long pages and the API take at 200 requests a second, memory, and the weight of a story's page";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::test(),
        ["eval"] => eval::eval(eval::Floors::Keep),
        ["eval", "--raise"] => eval::eval(eval::Floors::Raise),
        ["cascade", ref options @ ..] => cascade::cascade(&cascade::Options::read(options)?),
        ["crash"] => crash::crash(crash::KILLS, 6),
        ["crash", "--kills", kills] => crash::crash(kills.parse()?, 6),
        ["crash", "--kills", kills, "--seed", seed] => crash::crash(kills.parse()?, seed.parse()?),
        ["corpus", ref options @ ..] => corpus::corpus(&corpus::Options::read(options)?),
        ["fuzz"] => fuzz::fuzz(fuzz::SECONDS, None),
        ["fuzz", "--seconds", seconds] => fuzz::fuzz(seconds.parse()?, None),
        ["fuzz", "--seconds", seconds, target] => fuzz::fuzz(seconds.parse()?, Some(target)),
        ["fuzz", target] => fuzz::fuzz(fuzz::SECONDS, Some(target)),
        ["bench"] => bench::bench(),
        ["bench", "compare"] => bench::compare::bench(),
        ["bench", "extract"] => bench::extract::bench(),
        ["bench", "annotate"] => bench::annotate::bench(),
        ["bench", "serve", store] => bench::serve::bench(std::path::Path::new(store)),
        ["bench", "dedupe"] => bench::dedupe::bench(),
        ["bench", "stream", ref options @ ..] => bench::stream::bench(options),
        _ => bail!("{USAGE}"),
    }
}
