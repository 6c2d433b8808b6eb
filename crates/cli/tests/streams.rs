//! Long inputs, pipes and formats as a person meets them on the command line.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn twosource(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("the program ends");
    let _ = writer.join();
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

/// An article of ours with all that a line can hold.
fn rich() -> Value {
    json!({
        "id": "x", "input": "saved/ferry.html", "url": "https://nova.example/ferry", "outlet": "Nova Post",
        "agency": "Nova Wire", "authors": ["Anna Berg", "Carl Dahl"], "title": "Ferry to stop",
        "published": "2025-05-03T08:00:00+02:00", "modified": "2025-05-04", "language": "en",
        "text": "Ferry to stop\n\n“The ferry stops…”", "complete": false,
        "blocks": [
            {"kind": "headline", "start": 0, "end": 13},
            {"kind": "live_entry", "start": 15, "end": 33, "time": "2025-05-03T08:00:00Z"},
        ],
        "found": {"title": "json_ld", "published": "meta"},
        "via": "Fjord Post",
        "wire": {"status": "withheld", "embargoed_until": "2025-05-03T10:00:00Z", "editors_note": "Hold.", "version": "2"},
        "diagnostics": ["converted from windows-1252"],
    })
}

#[test]
fn what_extract_writes_it_reads_back_the_same() {
    let harbour = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour");
    let first = twosource(&["extract", &harbour.to_string_lossy()], b"");
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let mut written = first.stdout;
    written.extend(format!("{}\n", rich()).bytes());
    let second = twosource(&["extract", "-"], &written);
    let third = twosource(&["extract", "-"], &second.stdout);
    assert!(second.stdout == third.stdout, "a second reading changed something");
    let (given, taken) = (String::from_utf8_lossy(&written), String::from_utf8_lossy(&second.stdout));
    assert_eq!(given.lines().count(), taken.lines().count());
    for (given, taken) in given.lines().zip(taken.lines()) {
        let [given, taken] = [given, taken].map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
        assert_eq!(given, taken);
    }
}

#[test]
fn ids_are_distinct_over_all_inputs() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    for name in ["a.jsonl", "b.jsonl"] {
        let line = "{\"id\":\"x\",\"text\":\"The ferry stops in May.\"}\n";
        std::fs::write(folder.path().join(name), line.repeat(2)).expect("a file to write");
    }
    let output = twosource(&["extract", &folder.path().to_string_lossy()], b"");
    let ids: Vec<_> = lines(&output).iter().map(|line| line["id"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(ids, ["x", "x-2", "x-3", "x-4"]);
}

#[test]
fn what_holds_for_many_articles_of_an_input_is_said_once() {
    let item = |at: usize| {
        format!("<item><guid>{at}</guid><title>Ferry {at}</title><description>It stops in May.</description></item>")
    };
    let items: String = (0..50).map(item).collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Nova Post</title>{items}</channel></rss>");
    let output = twosource(&["extract", "-"], feed.as_bytes());
    assert_eq!(lines(&output).len(), 50);
    let said = said(&output);
    assert_eq!(said.matches("gives a summary only").count(), 1, "{said}");
    assert!(said.contains("and 49 more"), "{said}");
}

#[test]
fn threads_change_nothing() {
    let line = |n: usize| format!("{{\"text\":\"The ferry number {n} of Nova stops in May, the port said.\"}}\n");
    let input: String = (0..2000).map(|n| if n % 7 == 3 { "{broken\n".to_owned() } else { line(n) }).collect();
    let one = twosource(&["extract", "--threads", "1", "-"], input.as_bytes());
    let four = twosource(&["extract", "--threads", "4", "-"], input.as_bytes());
    assert!(one.stdout == four.stdout && one.stderr == four.stderr);
    assert_eq!((lines(&one).len(), one.status.code()), (1714, Some(3)));
}

/// The most memory a process took, in MB; Linux tells while it runs.
fn peak(arguments: &[&str]) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_twosource"))
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    while child.try_wait().expect("a process").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        most = most.max(line.split_whitespace().next().and_then(|kb| kb.parse().ok()).unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    most / 1000
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_file() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let text = "The ferry between the two islands of Nova will stop in May, the port said on Friday. ".repeat(12);
    let write = |name: &str, count: usize| {
        let file = std::fs::File::create(folder.path().join(name)).expect("a file to write");
        let mut packed = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        for number in 0..count {
            writeln!(packed, "{{\"id\":{number},\"text\":\"{number} {text}\"}}").expect("a file to write");
        }
        packed.finish().expect("a file to write");
    };
    write("short.jsonl.gz", 2_000);
    write("long.jsonl.gz", 25_000);
    let (short, long) =
        (peak(&["extract", &path(&folder, "short.jsonl.gz")]), peak(&["extract", &path(&folder, "long.jsonl.gz")]));
    assert!(long < short + 15, "{short} MB for 2 MB of records, {long} MB for 25 MB");
}

#[test]
fn a_reader_who_leaves_early_ends_the_run() {
    let line = "{\"text\":\"The ferry of Nova stops in May, the port said.\"}\n".repeat(20_000);
    let folder = tempfile::tempdir().expect("a folder to write in");
    std::fs::write(folder.path().join("a.jsonl"), line).expect("a file to write");
    for command in ["extract", "annotate"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_twosource"))
            .args([command, &path(&folder, "a.jsonl")])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((output.status.code(), said(&output)), (Some(0), String::new()));
    }
}

#[test]
fn an_input_is_not_written_over() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let text = "{\"text\":\"The ferry of Nova stops in May, the port said.\"}\n";
    std::fs::write(folder.path().join("a.jsonl"), text).expect("a file to write");
    let name = path(&folder, "a.jsonl");
    let output = twosource(&["extract", &name, "-o", &name], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("is also an input"), "{}", said(&output));
    assert_eq!(std::fs::read_to_string(&name).expect("the file"), text);
}

/// Each limit, with an input that passes it beside one that does not: the message names the limit, the other is read.
#[test]
fn each_limit_is_named_and_costs_its_input_only() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("a file to write");
    let good = "{\"id\":\"good\",\"text\":\"The ferry of Nova stops in May, the port said.\"}\n";
    let gzip = |bytes: &[u8], times: usize| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        (0..times).for_each(|_| packed.write_all(bytes).expect("memory to write to"));
        packed.finish().expect("memory to write to")
    };
    let blank = vec![b' '; 1 << 20];
    let page = [b"<!doctype html><html><body><p>The ferry stops.</p>", &blank.repeat(25)[..]].concat();
    write("page.html", &page);
    write("large.html", &[&page[..], &blank.repeat(75)].concat());
    write("bomb.html.gz", &gzip(&blank, 120));
    write("bomb.jsonl.gz", &[gzip(&blank, 120), gzip(b"\n", 1), gzip(good.as_bytes(), 1)].concat());
    write("deep.jsonl", format!("{}{}\n{good}", "{\"a\":".repeat(5000), "}".repeat(5000)).as_bytes());
    write("long.jsonl", &[b"{\"text\":\"", &blank.repeat(50)[..], b"\"}\n", good.as_bytes()].concat());
    write("nested.html", format!("<html><body>{}text", "<div>".repeat(20_000)).as_bytes());
    write("charset.jsonl", &[&good.as_bytes()[..60], b"\xff\xfe", &good.as_bytes()[60..]].concat());
    for (name, limit, articles) in [
        ("page.html", "limit of 20 MB", 0),
        ("large.html", "limit of 100 MB", 0),
        ("bomb.html.gz", "limit of 100 MB for a file once decompressed", 0),
        ("bomb.jsonl.gz", "limit of 40 MB for one record", 1),
        ("deep.jsonl", "nested", 1),
        ("long.jsonl", "limit of 40 MB for one record", 1),
        ("nested.html", "limit of 512 deep", 1),
        ("charset.jsonl", "converted from", 1),
    ] {
        let output = twosource(&["extract", &path(&folder, name)], b"");
        assert!(said(&output).contains(limit), "{name}: {}", said(&output));
        assert_eq!(lines(&output).len(), articles, "{name}: {}", said(&output));
    }
}
