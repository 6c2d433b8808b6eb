//! Real output against the published JSON Schema: the invented example, and the evaluation stories where they are
//! beside the checkout.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

#[path = "../../present/tests/common/schema.rs"]
mod schema;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What is wrong with the document that `compare` gives for an input.
fn violations(input: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args(["compare", "--one-story", "--format", "json"])
        .arg(input)
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let document = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = std::fs::read_to_string(root().join("schema/comparison-1.schema.json")).expect("the schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    schema::violations(&schema, &document)
}

#[test]
fn the_example_holds_to_the_schema() {
    assert_eq!(violations(&root().join("examples/harbour")), Vec::<String>::new());
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn real_stories_hold_to_the_schema() {
    let Ok(stories) = std::fs::read_dir(root().join("../shared/eval/stories")) else {
        eprintln!("skipped: the evaluation stories are not beside the checkout");
        return;
    };
    let paths = stories.map(|entry| entry.expect("a file").path());
    let mut seen = 0;
    for path in paths.filter(|path| path.is_dir() || path.extension().is_some_and(|kind| kind == "jsonl")) {
        assert_eq!(violations(&path), Vec::<String>::new(), "{}", path.display());
        seen += 1;
    }
    assert!(seen > 0, "no story in the folder");
}
