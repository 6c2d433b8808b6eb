//! The store as a person meets it on the command line.

use std::process::{Command, Output};

use serde_json::Value;

/// A store in a folder of its own.
struct Kept {
    folder: tempfile::TempDir,
}

impl Kept {
    fn new() -> Kept {
        Kept { folder: tempfile::tempdir().expect("a folder") }
    }

    fn file(&self, name: &str, text: &str) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file to write");
        path.to_string_lossy().into_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_twosource"))
            .args(arguments)
            .arg("--store")
            .arg(self.folder.path().join("data").join("store.db"))
            .args(["--now", "2025-11-20T10:00:00Z"])
            .output()
            .expect("the program starts")
    }

    /// What a command that does its work prints.
    fn print(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.print(arguments)).expect("JSON")
    }

    /// The exit code and what is said.
    fn fail(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.run(arguments);
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn harbour() -> String {
    format!("{}/../../examples/harbour", env!("CARGO_MANIFEST_DIR"))
}

const FERRIES: &str = r#"{"id":"f1","outlet":"Nova Post","published":"2025-11-18","title":"Ferries stop","language":"en","text":"The last ferry left the port of Nova on Tuesday. At least 12 boats were tied up, Anna Berg of the port said."}
{"id":"f2","outlet":"Fjord Gazette","published":"2025-11-19","title":"No ferries from Nova","language":"en","text":"No ferry left the port of Nova on Tuesday. At least 14 boats were tied up, Anna Berg of the port of Nova said."}
"#;

fn filled() -> Kept {
    let kept = Kept::new();
    let ferries = kept.file("ferries.jsonl", FERRIES);
    let said = kept.print(&["add", &harbour(), &ferries]);
    assert!(said.starts_with("7 new, 0 revised, 0 known; "), "{said}");
    kept
}

#[test]
fn without_a_store() {
    let kept = Kept::new();
    let (code, said) = kept.fail(&["stories"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("there is no store yet") && said.contains("twosource add"), "{said}");
}

#[test]
fn the_same_again_and_a_changed_text() {
    let kept = filled();
    let again = kept.print(&["add", &harbour(), &kept.file("again.jsonl", FERRIES)]);
    assert!(again.starts_with("0 new, 0 revised, 7 known; 0 stories began"), "{again}");
    let changed = kept.file("changed.jsonl", &FERRIES.replace("At least 12", "At least 13"));
    let lines = kept.print(&["add", &changed, "--format", "jsonl"]);
    let changes: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        changes.iter().map(|line| line["change"].as_str()).collect::<Vec<_>>(),
        [Some("revision"), Some("known")]
    );
    let article = kept.json(&["article", "f1", "--format", "json"]);
    assert_eq!(article["revisions"].as_array().map(Vec::len), Some(2));
    assert!(article["text"].as_str().is_some_and(|text| text.contains("At least 13")));
    let first = kept.json(&["article", "f1", "--revision", "1", "--format", "json"]);
    assert!(first["text"].as_str().is_some_and(|text| text.contains("At least 12")));
    kept.print(&["check"]);
}

#[test]
fn looking_at_stories() {
    let kept = filled();
    let stories = kept.json(&["stories", "--format", "json"]);
    let ids: Vec<u64> =
        stories.as_array().expect("a list").iter().filter_map(|story| story["story"].as_u64()).collect();
    assert_eq!(ids.len(), 2, "{stories}");
    assert_eq!(stories[0]["first"], "2025-11-18T00:00:00Z");
    // Asked again, the answer comes from what was kept, and is the same.
    assert_eq!(kept.json(&["stories", "--format", "json"]), stories);
    let since = kept.json(&["stories", "--since", "2d", "--format", "json"]);
    assert_eq!(since.as_array().map(Vec::len), Some(1));
    let (code, said) = kept.fail(&["stories", "--since", "soon"]);
    assert!(code == Some(2) && said.contains("--since soon"), "{said}");
    let two = kept.json(&["stories", "--min-origins", "2", "--format", "json"]);
    assert!(two.as_array().expect("a list").iter().all(|story| story["independent_origins"].as_u64() >= Some(2)));
    let differing = kept.json(&["stories", "--differences", "--format", "json"]);
    let ferries = differing.as_array().expect("a list").iter().find(|story| story["story"] == ids[0]);
    assert!(ferries.is_some_and(|story| story["differences"] != Value::Null), "{differing}");
    let id = ids[0].to_string();
    assert!(kept.print(&["story", &id]).starts_with(&format!("Story {id} · articles a ")));
    assert_eq!(kept.json(&["story", &id, "--format", "json"])["reports"].as_array().map(Vec::len), Some(2));
    assert_eq!(kept.fail(&["story", "99"]).0, Some(1));
}

#[test]
fn merging_splitting_and_undoing() {
    let kept = filled();
    let stories = kept.json(&["stories", "--format", "json"]);
    let [ferries, fire] = [0, 1].map(|at| stories[at]["story"].as_u64().expect("a number").to_string());
    let merged = kept.print(&["story", "merge", &ferries, &fire, "--reason", "one night"]);
    assert_eq!(merged, format!("stories {ferries} and {fire} are story {fire} now\n"));
    let output = kept.run(&["story", &ferries]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && said.contains(&format!("story {ferries} was merged: it is story {fire} now")),
        "{said}"
    );
    let log = kept.json(&["story", "log", "--format", "json"]);
    let number =
        log.as_array().and_then(|log| log.last()).and_then(|entry| entry["number"].as_u64()).expect("an entry");
    assert_eq!(log[log.as_array().map_or(0, Vec::len) - 1]["reason"], "one night");
    kept.print(&["story", "undo", &number.to_string()]);
    assert_eq!(kept.json(&["stories", "--format", "json"]), stories);
    let before = kept.print(&["export", "stories"]);
    kept.print(&["story", "pin", &fire]);
    let rebuilt = kept.print(&["rebuild"]);
    assert!(rebuilt.starts_with("made anew from 7 captures: 7 articles in "), "{rebuilt}");
    assert_eq!(kept.print(&["export", "stories"]), before);
    assert_eq!(kept.json(&["stories", "--format", "json"]), stories);
    assert_eq!(kept.fail(&["story", "undo", "99"]).0, Some(2));
}

#[test]
fn searching() {
    let kept = filled();
    let hits = kept.json(&["search", "ferries", "outlet:nova", "--format", "json"]);
    assert_eq!(hits.as_array().map(Vec::len), Some(1), "{hits}");
    let article = kept.json(&["article", &hits[0]["article"].to_string(), "--format", "json"]);
    let text: Vec<char> = article["text"].as_str().expect("a text").chars().collect();
    for hit in hits[0]["hits"].as_array().expect("a list").iter().chain([&hits[0]["snippet"]]) {
        let range = hit["start"].as_u64().expect("a number") as usize..hit["end"].as_u64().expect("a number") as usize;
        assert_eq!(text[range].iter().collect::<String>(), hit["exact"].as_str().expect("words"));
    }
    assert_eq!(
        kept.json(&["search", "origin:\"anna berg\" tied", "--format", "json"]).as_array().map(Vec::len),
        Some(2)
    );
    assert_eq!(kept.fail(&["search", "zeppelin"]).0, Some(1));
    let (code, said) = kept.fail(&["search", "ferry AND (port"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("ferry AND (port\n            ^"), "{said}");
}

#[test]
fn out_and_in_again() {
    let kept = filled();
    let other = Kept::new();
    let articles = other.file("articles.jsonl", &kept.print(&["export"]));
    let lists = other.file(
        "lists.toml",
        "[outlets]\n\"Nova Post\" = [\"The Post\"]\n[families]\n\"Nova Media\" = [\"Nova Post\"]\n",
    );
    let opml = "<opml version='2.0'><body><outline text='Nova Post' xmlUrl='https://nova.example/feed'/></body></opml>";
    let feeds = other.file("feeds.opml", opml);
    other.print(&["import", &articles, &lists, &feeds]);
    assert_eq!(other.print(&["export"]), kept.print(&["export"]));
    let table = other.folder.path().join("articles.parquet").to_string_lossy().into_owned();
    other.print(&["export", "--format", "parquet", "-o", &table]);
    let third = Kept::new();
    let said = third.print(&["import", &table]);
    assert!(said.starts_with("7 new, "), "{said}");
    assert!(other.print(&["export", "feeds"]).contains("https://nova.example/feed"));
    assert!(other.print(&["export", "outlets"]).contains("\"Nova Media\" = [\"Nova Post\"]"));
}

#[test]
fn families_that_were_imported_count_once() {
    let kept = Kept::new();
    let mill = kept.file(
        "mill.jsonl",
        r#"{"id":"m1","outlet":"Nova Post","published":"2025-11-18","title":"Lightning strikes old mill","text":"Lightning struck the old mill of Hollin at noon on Tuesday. The roof fell in an hour later."}
{"id":"m2","outlet":"Fjord Gazette","published":"2025-11-18","title":"Lightning strikes old mill","text":"The old mill of Hollin burned down on Tuesday after lightning struck it at noon. Its roof fell in."}
"#,
    );
    kept.print(&["add", &mill]);
    let origins = || kept.json(&["story", "1", "--format", "json"])["lead"]["independent_origins"].as_u64();
    let listed = || kept.json(&["stories", "--format", "json"])[0]["independent_origins"].as_u64();
    assert_eq!((origins(), listed()), (Some(2), Some(2)));
    let lists = kept.file("lists.toml", "[families]\n\"Nova Media\" = [\"Nova Post\", \"Fjord Gazette\"]\n");
    kept.print(&["import", &lists]);
    assert_eq!((origins(), listed()), (Some(1), Some(1)));
    let bad = kept.file("bad.toml", "[families]\n\"Nova Media\" = 7\n");
    let (code, said) = kept.fail(&["import", &bad]);
    assert!(code == Some(2) && said.contains("bad.toml, line 2: "), "{said}");
}
