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

/// Two reports that have two sentences in common and nothing else, and one of the same outlet as the first.
fn reports() -> [Value; 3] {
    let passage = &REPORT[REPORT.find("Ferries").expect("a sentence")..];
    let honey = "Beekeepers of Osmark expect a good harvest of heather honey, and the market opens in May.";
    let court = "A court in Norrvik freed the poet Ines Falk, who had burned a flag, for want of a witness.";
    [
        json!({ "id": "b", "outlet": "Nova Post", "published": "2026-01-05", "text": format!("Élan. {honey} {passage}") }),
        json!({ "id": "a", "outlet": "Meridian", "published": "2026-01-04", "text": format!("{passage} {court}") }),
        json!({ "id": "c", "outlet": "Meridian", "published": "2026-01-06", "text": format!("{court} {passage}") }),
    ]
}

#[test]
fn a_passage_of_different_outlets_is_found_in_other_words_around_it() {
    assert_eq!(dedupe(&reports()[..2], &[]).status.code(), Some(1), "they are no near duplicates");
    let output = dedupe(&reports(), &["--passages"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let found: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(found.iter().map(|line| &line["id"]).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert!(found.iter().all(|line| line["cluster"] == "a:0" && line["size"] == 3));
    let sources: Vec<&Value> = found.iter().map(|line| &line["src"]).collect();
    assert_eq!((sources[0], &sources[1][0]["id"], &sources[2][0]["id"]), (&json!([]), &json!("a"), &json!("b")));
    for (line, report) in found.iter().zip([&reports()[1], &reports()[0], &reports()[2]]) {
        let [begin, end] = ["begin", "end"].map(|key| line[key].as_u64().expect("a number") as usize);
        let words: String = report["text"].as_str().expect("a text").chars().skip(begin).take(end - begin).collect();
        assert_eq!(line["text"], words);
        assert!(words.starts_with("Ferries to Norrvik") && words.ends_with("room for twelve of them"));
    }
}

#[test]
fn passages_for_a_reader_and_none() {
    let output = dedupe(&reports(), &["--passages", "--format", "text"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("3 passages are alike\n  “Ferries to Norrvik"));
    let output = dedupe(&reports(), &["--passages", "--words", "60"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no passage of 60 words"));
    let output = dedupe(&reports(), &["--passages", "--words", "3"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("at least 16 words"));
    assert_eq!(dedupe(&reports(), &["--words", "30"]).status.code(), Some(2));
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
