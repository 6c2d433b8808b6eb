//! The seed story of the design, where it is beside the checkout: what must come out of it whatever else changes.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The comparison of the two seed reports.
fn comparison(folder: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args(["compare", "--format", "json"])
        .args([folder.join("a.txt"), folder.join("b.txt")])
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
#[allow(clippy::print_stderr, reason = "a skipped test must say so")]
fn one_origin_and_two_answers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/stories/seed");
    if !folder.exists() {
        eprintln!("skipped: the evaluation stories are not beside the checkout");
        return;
    }
    let found = comparison(&folder);
    assert_eq!(found["reports"].as_array().map(Vec::len), Some(2), "one story");
    assert_eq!(found["lead"]["independent_origins"], 1);
    let origin = &found["origins"][0];
    assert_eq!(found["lead"]["origins"][0], origin["id"]);
    assert_eq!((&origin["kind"], origin["reports"].as_array().map(Vec::len)), (&"outlet".into(), Some(2)));
    assert!(origin["rests_on"].is_string(), "the outlet rests on people without a name");

    let differences = found["differences"].as_array().expect("differences");
    let answers = differences.iter().find(|difference| difference["kind"] == "response").expect("a response");
    assert_eq!(answers["strength"], "contradiction");
    let values: Vec<&Value> = answers["sides"].as_array().expect("sides").iter().map(|side| &side["value"]).collect();
    assert_eq!(values, ["declined", "no_reply"]);
}
