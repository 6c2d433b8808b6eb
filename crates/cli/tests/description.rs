//! `docs/openapi.json` held against a running server by schemathesis, which sends whatever the description allows, and
//! much that it does not.

#![cfg(unix)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

fn twosource(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn the_server_does_what_its_description_says() {
    let known = Command::new("python3").args(["-c", "import schemathesis"]).output();
    if !known.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: the Python package schemathesis is not there; cargo xtask test installs it");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db").to_str().expect("a path in UTF-8").to_owned();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour");
    let example = example.to_str().expect("a path in UTF-8");
    assert!(twosource(&["add", "--store", &store, example]).status().expect("it starts").success());
    let mut running = twosource(&["serve", "--store", &store, "--listen", "127.0.0.1:0"]).spawn().expect("it starts");
    let mut line = String::new();
    let mut said = BufReader::new(running.stderr.take().expect("its standard error"));
    said.read_line(&mut line).expect("a line");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address").to_owned();
    // What it sends depends on the seed alone. It makes no webhooks: nobody is to be called at addresses it makes up.
    let script = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())";
    let tried = Command::new("python3")
        .args(["-c", script, "run", &format!("http://{address}/v1/openapi.json")])
        .args(["--max-examples", "15", "--seed", "7", "--generation-deterministic", "--no-color"])
        .args(["--phases", "examples,coverage,fuzzing", "--request-timeout", "60"])
        // Parameters nobody knows are ignored, as elsewhere on the web, and what a query means no schema can say.
        .args(["--exclude-operation-id", "addWebhook"])
        .args(["--exclude-checks", "negative_data_rejection,positive_data_acceptance,unsupported_method"])
        .current_dir(folder.path())
        .output()
        .expect("Python starts");
    running.kill().expect("it ends");
    running.wait().expect("it ended");
    assert!(tried.status.success(), "{}", String::from_utf8_lossy(&tried.stdout));
}
