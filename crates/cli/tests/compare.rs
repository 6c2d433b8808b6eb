//! The program as a person runs it: on the invented example, in any order, on any number of threads, on bad input.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn twosource(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_twosource")).args(arguments).output().expect("the program starts")
}

fn harbour() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour")
}

fn reports() -> Vec<String> {
    let mut paths: Vec<String> = std::fs::read_dir(harbour())
        .expect("the example is in the repository")
        .map(|entry| entry.expect("a file").path().to_string_lossy().into_owned())
        .collect();
    paths.sort();
    paths
}

fn compared(arguments: &[&str]) -> Value {
    let output = twosource(&[&["compare", "--format", "json"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn as_strs(paths: &[String]) -> Vec<&str> {
    paths.iter().map(String::as_str).collect()
}

/// A folder for the files of one test, removed with it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder to write in");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file to write");
    }
    folder
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Calls `check` with every object that has `report`, `start`, `end` and `exact`.
fn each_quote(value: &Value, check: &mut impl FnMut(&str, usize, usize, &str)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each_quote(item, check)),
        Value::Object(fields) => {
            let number = |name: &str| fields.get(name).and_then(Value::as_u64).map(|n| n as usize);
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            if let (Some(report), Some(start), Some(end), Some(exact)) =
                (text("report"), number("start"), number("end"), text("exact"))
            {
                check(report, start, end, exact);
            }
            fields.values().for_each(|field| each_quote(field, check));
        }
        _ => {}
    }
}

#[test]
fn every_quotation_is_in_its_report() {
    let document = compared(&as_strs(&reports()));
    let texts: Vec<(String, Vec<char>)> = document["reports"]
        .as_array()
        .expect("reports")
        .iter()
        .map(|r| {
            (r["id"].as_str().unwrap_or_default().to_owned(), r["text"].as_str().unwrap_or_default().chars().collect())
        })
        .collect();
    let mut quotes = 0;
    each_quote(&document, &mut |report, start, end, exact| {
        let (_, text) = texts.iter().find(|(id, _)| id == report).expect("a known report");
        assert_eq!(text[start..end].iter().collect::<String>(), exact);
        quotes += 1;
    });
    assert!(quotes > 50, "only {quotes} quotations");
}

#[test]
fn the_example_comes_out_as_a_careful_reader_finds_it() {
    let document = compared(&as_strs(&reports()));
    assert_eq!(document["reports"].as_array().map(Vec::len), Some(5));
    assert_eq!(document["lead"]["independent_origins"], 2, "{:#}", document["origins"]);
    let kinds = |kind: &str| {
        document["differences"].as_array().expect("differences").iter().filter(|d| d["kind"] == kind).count()
    };
    assert!(kinds("number") > 0, "twelve against seventeen");
    assert!(kinds("response") > 0, "declined against no reply");
    let quay = document["names"].as_array().expect("names").iter().find(|n| n["entity"] == "Open Quay");
    assert_eq!(quay.expect("Open Quay is a main actor")["contrast"], true, "radical group against movement");
}

/// Two reports that name no source, of outlets no list knows.
const MILL: &[u8] = br#"{"id":"m1","outlet":"Nova Post","published":"2025-11-18","title":"Lightning strikes mill","text":"Lightning struck the old mill of Hollin at noon on Tuesday. The roof fell in an hour later."}
{"id":"m2","outlet":"Fjord Gazette","published":"2025-11-18","title":"Old mill burns","text":"The old mill of Hollin burned down on Tuesday after lightning struck it at noon. Its archive was lost."}
"#;

#[test]
fn a_family_of_the_user_counts_once_and_says_so() {
    let lists = b"[outlets]\n\"Fjord Gazette\" = [\"FG\"]\n[families]\n\"Nova Media\" = [\"Nova Post\", \"FG\"]\n";
    let twice = b"[families]\n\"A\" = [\"FG\"]\n\"B\" = [\"FG\"]\n";
    let folder = folder(&[("mill.jsonl", MILL), ("lists.toml", lists), ("twice.toml", twice)]);
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (mill, lists) = (path("mill.jsonl"), path("lists.toml"));
    let origins = |document: &Value| document["lead"]["independent_origins"].as_u64();
    assert_eq!(origins(&compared(&["--one-story", &mill])), Some(2));
    for option in ["--outlets", "--families"] {
        let one = compared(&["--one-story", &mill, option, &lists]);
        assert_eq!(origins(&one), Some(1));
        let said = one["diagnostics"].to_string();
        assert!(said.contains("(one publisher: Nova Media, by your list of families)"), "{said}");
    }
    for (name, expected) in [
        ("twice.toml", "twice.toml, line 3: “FG” stands under “A” too; leave it in one of the two"),
        ("mill.jsonl", "mill.jsonl, line 1: "),
        ("absent.toml", "absent.toml cannot be read; name a file of outlets"),
    ] {
        let output = twosource(&["compare", &mill, "--outlets", &path(name)]);
        assert_eq!(output.status.code(), Some(2));
        assert!(complaint(&output).contains(expected), "{}", complaint(&output));
    }
}

#[test]
fn threads_change_nothing() {
    let paths = reports();
    let one = twosource(&[&["compare", "--threads", "1", "--format", "json"], &as_strs(&paths)[..]].concat());
    let eight = twosource(&[&["compare", "--threads", "8", "--format", "json"], &as_strs(&paths)[..]].concat());
    assert!(one.stdout == eight.stdout, "the documents differ");
}

/// Everything in a document that names a report by its id, said by its input instead.
fn by_input(document: &Value) -> Vec<String> {
    let reports = document["reports"].as_array().expect("reports");
    let input = |id: &str| reports.iter().find(|r| r["id"] == id).and_then(|r| r["input"].as_str()).unwrap_or_default();
    let claims = document["claims"].as_array().expect("claims");
    let statement = |s: &Value| format!("{} {}", input(s["report"].as_str().unwrap_or_default()), s["start"]);
    let mut said: Vec<String> = claims
        .iter()
        .map(|claim| {
            let mut statements: Vec<String> =
                claim["statements"].as_array().expect("statements").iter().map(statement).collect();
            statements.sort();
            format!("{} {} {statements:?}", claim["independent_origins"], claim["confidence"])
        })
        .collect();
    let differences = document["differences"].as_array().expect("differences");
    said.extend(differences.iter().map(|d| {
        let mut sides: Vec<String> = d["sides"].as_array().expect("sides").iter().map(statement).collect();
        sides.sort();
        format!("{} {} {sides:?}", d["kind"], d["strength"])
    }));
    said.sort();
    said
}

#[test]
fn the_order_of_the_inputs_changes_the_ids_and_nothing_else() {
    let mut paths = reports();
    let given = by_input(&compared(&as_strs(&paths)));
    paths.rotate_left(2);
    paths.swap(0, 1);
    assert_eq!(by_input(&compared(&as_strs(&paths))), given);
}

#[test]
fn json_lines_and_standard_input_are_read() {
    let lines = concat!(
        r#"{"id":"x","text":"The mayor of Norrvik resigned on Monday, the city council said.","date":"2025-03-04","series":"Fjord Post"}"#,
        "\n",
        r#"{"id":"y","maintext":"Norrvik's mayor has resigned, the city council said on Monday.","date_publish":"2025-03-04 10:00:00","source_domain":"coast.example"}"#,
        "\n",
    );
    let files = folder(&[("story.jsonl", lines.as_bytes())]);
    let document = compared(&[&files.path().join("story.jsonl").to_string_lossy()]);
    assert_eq!(document["reports"][0]["outlet"], "Fjord Post");
    assert_eq!(document["reports"][1]["published"], "2025-03-04");
}

#[test]
fn what_cannot_be_read_is_named_and_costs_nothing_else() {
    let paths = reports();
    let files = folder(&[
        ("empty.txt", b""),
        ("binary.txt", b"\x00\x01\x02\x00binary\x00"),
        ("picture.png", b"\x89PNG\r\n\x1a\n"),
    ]);
    let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let bad = [path("empty.txt"), path("binary.txt"), path("picture.png"), path("absent.txt")];
    let output = twosource(&[&["compare", "--format", "json"], &as_strs(&bad)[..], &as_strs(&paths)[..]].concat());
    assert_eq!(output.status.code(), Some(3));
    for name in &bad {
        assert!(complaint(&output).contains(name.as_str()), "{name} is not named in:\n{}", complaint(&output));
    }
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["reports"].as_array().map(Vec::len), Some(5));
}

#[test]
fn one_report_has_nothing_to_be_compared_with() {
    let output = twosource(&["compare", &reports()[0]]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("one report only"), "{}", complaint(&output));
}

#[test]
fn the_same_file_twice_is_read_once() {
    let output = twosource(&["compare", &reports()[0], &reports()[0]]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complaint(&output).contains("given twice"), "{}", complaint(&output));
}

#[test]
fn unrelated_texts_have_no_claim_in_common() {
    let files = folder(&[
        ("one.txt", b"The ferry to Norrvik was cancelled on Monday because of high waves, the shipping line said."),
        ("two.txt", b"Beekeepers in the valley of Osmark expect a good harvest of heather honey this autumn."),
    ]);
    let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let output = twosource(&["compare", &path("one.txt"), &path("two.txt")]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(complaint(&output).contains("no claim in common"), "{}", complaint(&output));
}

#[test]
fn other_encodings_are_converted_and_said() {
    let text = "Der Bürgermeister von Nördvik ist am Montag zurückgetreten, teilte der Stadtrat mit. Über die Gründe wurde nichts gesagt.";
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let files = folder(&[("latin.txt", &latin)]);
    let output = twosource(&["extract", &files.path().join("latin.txt").to_string_lossy()]);
    let article: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(article["text"], text);
    assert!(complaint(&output).contains("latin.txt"), "{}", complaint(&output));
}

#[test]
fn wrong_use_has_a_code_of_its_own() {
    assert_eq!(twosource(&["compare"]).status.code(), Some(2));
    assert_eq!(twosource(&["compare", "--format", "poem", "x"]).status.code(), Some(2));
    let output = twosource(&["compare", "--model", "no-such-folder", &reports()[0], &reports()[1]]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("no-such-folder"), "{}", complaint(&output));
}

#[test]
fn every_format_is_written() {
    let paths = reports();
    for (format, start) in [
        ("text", "5 reports"),
        ("json", "{"),
        ("jsonl", "{\"schema\""),
        ("html", "<!DOCTYPE html>"),
        ("markdown", "# "),
        ("csv", "story,"),
    ] {
        let output = twosource(&[&["compare", "--format", format], &as_strs(&paths)[..]].concat());
        assert_eq!(output.status.code(), Some(0), "{format}");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(text.trim_start().starts_with(start), "{format}: {}", text.chars().take(80).collect::<String>());
    }
}

/// What the program says and how it ends on some files besides the example, which must come out whole.
fn beside_the_example(bad: &[&str]) -> (Option<i32>, String) {
    let paths = reports();
    let output = twosource(&[&["compare", "--format", "json"], bad, &as_strs(&paths)[..]].concat());
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(document["reports"].as_array().is_some_and(|reports| reports.len() >= 5), "{bad:?}");
    (output.status.code(), complaint(&output))
}

#[test]
fn each_bad_input_has_its_own_way_out() {
    let files = folder(&[
        ("damaged.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03cut off"),
        ("types.json", br#"{"text":["The ferry stops."],"title":3}"#),
        ("list.json", b"[]"),
        ("menu.html", b"<html><body><nav><a href=x>Home</a></nav></body></html>"),
        ("utf16.txt", b"\xff\xfe"),
    ]);
    std::fs::create_dir(files.path().join("folder")).expect("a folder to make");
    for (name, way_out) in [
        ("damaged.txt.gz", "fetch or compress the file again"),
        ("types.json", "`text` is not a string"),
        ("list.json", "no records"),
        ("menu.html", "save the text of the article"),
        ("utf16.txt", "the file is empty"),
        ("folder", "name the files themselves"),
        ("none*.txt", "no file matches this pattern"),
        ("absent.txt", "check the path and its permissions"),
    ] {
        let path = files.path().join(name).to_string_lossy().into_owned();
        let (code, said) = beside_the_example(&[&path]);
        assert_eq!(code, Some(3), "{name}: {said}");
        assert!(said.contains(&path) && said.contains(way_out), "{name}: {said}");
        assert_eq!(said.lines().count(), 1, "{name}: {said}");
    }
}

#[test]
fn a_packed_file_that_grows_beyond_the_limit_is_refused() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..100 {
        std::io::Write::write_all(&mut packed, &zeros).expect("memory to write to");
    }
    let files = folder(&[("bomb.txt.gz", &packed.finish().expect("memory to write to"))]);
    let (code, said) = beside_the_example(&[&files.path().join("bomb.txt.gz").to_string_lossy()]);
    assert_eq!(code, Some(3));
    assert!(said.contains("limit of 100 MB"), "{said}");
}

#[test]
fn broken_lines_cost_only_themselves() {
    let lines = concat!(
        r#"{"text":"The mayor of Norrvik resigned on Monday, the council said."}"#,
        "\n{broken\n[1]\n{\"text\":5}\n",
        r#"{"text":"Norrvik's mayor resigned on Monday, the council said."}"#,
    );
    let files = folder(&[("story.jsonl", lines.as_bytes())]);
    let output = twosource(&["compare", "--format", "json", &files.path().join("story.jsonl").to_string_lossy()]);
    assert_eq!(output.status.code(), Some(3));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["reports"].as_array().map(Vec::len), Some(2));
    for line in ["line 2", "line 3", "line 4"] {
        assert!(complaint(&output).contains(line), "{}", complaint(&output));
    }
}

#[test]
fn other_languages_are_compared_by_their_wording_and_said() {
    let files = folder(&[
        ("one.txt", "Helsingin valtuusto päätti maanantaina sulkea vanhan sillan, kertoi kaupunginjohtaja. Päätös syntyi pitkän keskustelun jälkeen.".as_bytes()),
        ("two.txt", "Kaupunginjohtaja kertoi, että valtuusto päätti maanantaina sulkea vanhan sillan pitkän keskustelun jälkeen.".as_bytes()),
    ]);
    let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let output = twosource(&["compare", "--one-story", &path("one.txt"), &path("two.txt")]);
    assert!(matches!(output.status.code(), Some(0 | 1)));
    assert!(complaint(&output).contains("one.txt: written in “fi”"), "{}", complaint(&output));
    assert!(!output.stdout.is_empty());
}

#[test]
fn a_long_text_is_cut_and_said_and_a_hostile_one_ends() {
    let long = "The mayor of Norrvik said on Monday that the old bridge is closed. ".repeat(5_000);
    let hostile = "“He said ($5-".repeat(10_000);
    let files = folder(&[("long.txt", long.as_bytes()), ("hostile.txt", hostile.as_bytes())]);
    let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
    let output = twosource(&["compare", &path("long.txt"), &path("hostile.txt")]);
    assert_eq!(output.status.code(), Some(1), "{}", complaint(&output));
    assert!(complaint(&output).contains("long.txt: only the first 200 kB"), "{}", complaint(&output));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let paths = reports();
    let place = harbour().join("no-such-folder/page.html").to_string_lossy().into_owned();
    let output = twosource(&[&["compare", "-o", &place], &as_strs(&paths)[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains(&place), "{}", complaint(&output));
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let paths = reports();
    let mut child = Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args([&["compare", "--format", "html"], &as_strs(&paths)[..]].concat())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), complaint(&output).as_str()), (Some(0), ""));
}
