//! Chores of the project: `cargo xtask test | eval | bench`.

#![allow(clippy::print_stdout, reason = "a chore reports on the terminal")]

mod bench;
mod eval;
mod run;
mod test;

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask CHORE

  test            format, lints, all tests and, where the evaluation data is beside the checkout, the figures;
                  installs what they need
  eval [--raise]  the figures on the evaluation data against the floors in eval/floors.txt;
                  --raise lifts the floors to what is reached
  bench           CPU time of a cold comparison of two reports";

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test"] => test::test(),
        ["eval"] => eval::eval(eval::Floors::Keep),
        ["eval", "--raise"] => eval::eval(eval::Floors::Raise),
        ["bench"] => bench::bench(),
        _ => bail!("{USAGE}"),
    }
}
