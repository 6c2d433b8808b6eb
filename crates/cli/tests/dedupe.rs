//! `twosource dedupe` as a person runs it: copies, no copies, bad input.

use std::process::{Command, Output};

use serde_json::{Value, json};

const REPORT: &str = "The port of Nova will close on Friday, the harbour master Anna Berg said, because of the storm that is \
    expected to reach the coast in the night. Ferries to Norrvik will stop at noon, and ships that are on their way will be \
    sent to the port of Osmark, where there is room for twelve of them.";

/// Runs the program on lines of articles.
fn dedupe(lines: &[Value], arguments: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let input = folder.path().join("articles.jsonl");
    std::fs::write(&input, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).expect("a file to write");
    let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
    command.arg("dedupe").args(arguments).arg(&input).output().expect("the program starts")
}

fn lines() -> [Value; 3] {
    [
        json!({ "id": "b", "outlet": "Nova Post", "published": "2026-01-05", "text": format!("{REPORT} All rights reserved.") }),
        json!({ "id": "a", "outlet": "Meridian", "published": "2026-01-04", "text": REPORT }),
        json!({ "id": "c", "text": "Beekeepers of Osmark expect a good harvest of heather honey, and the market opens in May." }),
    ]
}

#[test]
fn a_copy_has_its_source_and_the_passage_it_shares() {
    let output = dedupe(&lines(), &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let found: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(found.iter().map(|line| &line["id"]).collect::<Vec<_>>(), ["a", "b"]);
    assert!(found.iter().all(|line| line["cluster"] == "a" && line["size"] == 2));
    assert_eq!(found[0]["src"], json!([]));
    assert_eq!(found[1]["src"][0]["id"], "a");
    let (begin, end) = (found[1]["begin"].as_u64().unwrap() as usize, found[1]["end"].as_u64().unwrap() as usize);
    assert_eq!(&REPORT[begin..end], REPORT.trim_end_matches('.'));
}

#[test]
fn without_copies_it_says_so() {
    let output = dedupe(&lines()[1..], &["--format", "text"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("no near duplicates among 2 articles"));
}

#[test]
fn an_input_that_cannot_be_read_is_named() {
    let output = dedupe(&lines(), &["no-such-file.jsonl", "--format", "csv"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-file.jsonl"));
    assert!(
        String::from_utf8_lossy(&output.stdout).starts_with("id,cluster,size,begin,end,src,score,outlet,published")
    );
}
