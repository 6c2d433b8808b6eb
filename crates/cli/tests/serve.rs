//! `twosource serve` as a person starts and stops it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

fn twosource(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
    command.args(arguments).stderr(Stdio::piped()).stdout(Stdio::null());
    command
}

#[test]
fn other_machines_need_a_token() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db");
    let store = store.to_str().expect("a path in UTF-8");
    for more in
        [&["--listen", "0.0.0.0:0"][..], &["--listen", "[::]:0"], &["--by-token"], &["--url", "https://desk.example"]]
    {
        let ended = twosource(&[&["serve", "--store", store], more].concat()).output().expect("the program starts");
        assert_eq!(ended.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&ended.stderr).contains("twosource token add"), "{more:?}");
    }
    let wrong = ["serve", "--store", store, "--url", "desk.example/path"];
    assert_eq!(twosource(&wrong).output().expect("the program starts").status.code(), Some(2));
}

#[test]
fn tokens_are_made_listed_and_revoked() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db");
    let store = store.to_str().expect("a path in UTF-8");
    let run = |arguments: &[&str]| {
        let mut command =
            twosource(&[&["token", "--store", store, "--now", "2031-03-04T10:00:00Z"], arguments].concat());
        let output = command.stdout(Stdio::piped()).output().expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run(&["list"]), (Some(1), String::new()));
    let (code, word) = run(&["add", "desk", "--role", "admin"]);
    assert!(code == Some(0) && word.starts_with("twosource_"), "{word}");
    assert_eq!(run(&["add", "desk"]).0, Some(2), "a name has one token");
    assert_eq!(run(&["add", "anna", "--role", "owner"]).0, Some(2));
    assert_eq!(run(&["list"]), (Some(0), "admin  2031-03-04T10:00:00Z  desk\n".to_owned()));
    assert_eq!((run(&["revoke", "desk"]).0, run(&["revoke", "desk"]).0), (Some(0), Some(1)));
}

#[test]
fn webhooks_are_made_listed_and_removed() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db");
    let store = store.to_str().expect("a path in UTF-8");
    let run = |arguments: &[&str]| {
        let mut command =
            twosource(&[&["webhook", "--store", store, "--now", "2031-03-04T10:00:00Z"], arguments].concat());
        let output = command.stdout(Stdio::piped()).output().expect("the program starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run(&["list"]), (Some(1), String::new()));
    let add =
        ["add", "https://nova.example/hook", "--event", "second_origin", "--event", "new_story", "--query", "ferry"];
    let (code, secret) = run(&add);
    assert!(code == Some(0) && secret.starts_with("whsec_"), "{secret}");
    for wrong in [
        &["add", "nova", "--event", "new_story"][..],
        &["add", "https://nova.example", "--event", "rain"],
        &["add", "https://nova.example"],
    ] {
        assert_eq!(run(wrong).0, Some(2), "{wrong:?}");
    }
    let listed = "1  https://nova.example/hook  new_story, second_origin  for ferry\n";
    assert_eq!(run(&["list"]), (Some(0), listed.to_owned()));
    assert_eq!(run(&["log", "1"]), (Some(1), String::new()));
    assert_eq!((run(&["remove", "1"]).0, run(&["remove", "1"]).0), (Some(0), Some(1)));
}

/// Starts the server and gives its address; the process is to be ended by the caller.
#[cfg(unix)]
fn started(arguments: &[&str]) -> (std::process::Child, BufReader<std::process::ChildStderr>, String) {
    let mut running =
        twosource(&[&["serve", "--listen", "127.0.0.1:0"], arguments].concat()).spawn().expect("it starts");
    let mut said = BufReader::new(running.stderr.take().expect("its standard error"));
    let mut line = String::new();
    said.read_line(&mut line).expect("a line");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address");
    (running, said, address.to_owned())
}

#[cfg(unix)]
#[test]
fn whoever_says_nothing_is_hung_up_on() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db");
    let (mut running, _said, address) = started(&["--store", store.to_str().expect("a path in UTF-8")]);
    let mut slow = TcpStream::connect(&address).expect("it listens");
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("half a head");
    slow.set_read_timeout(Some(std::time::Duration::from_secs(60))).expect("a limit");
    let mut answer = Vec::new();
    let _ = slow.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"));
    let mut long = TcpStream::connect(&address).expect("it still listens");
    let head = format!("GET / HTTP/1.1\r\nHost: {address}\r\nX: {}\r\n\r\n", "x".repeat(100_000));
    let _ = long.write_all(head.as_bytes());
    let mut answer = String::new();
    let _ = long.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    running.kill().expect("it ends");
    running.wait().expect("it ended");
}

#[cfg(unix)]
#[test]
fn it_answers_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db");
    let store = store.to_str().expect("a path in UTF-8");
    for signal in ["-TERM", "-INT"] {
        let (mut running, mut said, address) = started(&["--store", store, "--log"]);
        let mut stream = TcpStream::connect(&address).expect("it listens");
        stream
            .write_all(format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
            .expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("ok\n"), "{answer}");
        let told = Command::new("kill").args([signal, &running.id().to_string()]).status().expect("kill");
        assert!(told.success());
        assert_eq!(running.wait().expect("it ends").code(), Some(0));
        let mut log = String::new();
        said.read_to_string(&mut log).expect("the log");
        assert!(log.contains("\"address\":\"/healthz\"") && log.contains("\"status\":200"), "{log}");
    }
}
