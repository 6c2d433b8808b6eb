//! Running other programs from the root of the repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The evaluation data beside the checkout, or `None` where there is none.
pub(crate) fn evaluation_data() -> Option<PathBuf> {
    let folder = root().parent()?.join("shared").join("eval");
    folder.is_dir().then_some(folder)
}

/// Where build results and scratch files go.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command that runs in the root of the repository.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Runs a command with its output shown, and fails where it fails.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Result<()> {
    println!("$ {program} {}", arguments.join(" "));
    let status = command(program, arguments).status().with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "{program} {} ended with {status}", arguments.join(" "));
    Ok(())
}

/// Runs a command and returns what it printed on standard output, and fails where it fails.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("cannot start {:?}", command.get_program()))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{:?} ended with {}: {complaint}", command, output.status);
    Ok(String::from_utf8(output.stdout)?)
}

/// Builds the program for measuring and returns its path.
pub(crate) fn release_binary() -> Result<PathBuf> {
    run("cargo", &["build", "--release", "--workspace", "--exclude", "xtask"])?;
    Ok(target().join("release").join("twosource"))
}

/// Builds an example of a package for measuring and returns its path.
pub(crate) fn release_example(package: &str, name: &str) -> Result<PathBuf> {
    run("cargo", &["build", "--release", "--package", package, "--example", name])?;
    Ok(target().join("release").join("examples").join(name))
}
