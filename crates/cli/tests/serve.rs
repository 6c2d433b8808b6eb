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
fn other_machines_are_not_served() {
    for address in ["0.0.0.0:0", "192.0.2.1:80", "[::]:0"] {
        let ended =
            twosource(&["serve", "--store", "/dev/null", "--listen", address]).output().expect("the program starts");
        assert_eq!(ended.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&ended.stderr).contains("access by token comes first"), "{address}");
    }
}

#[cfg(unix)]
#[test]
fn it_answers_until_it_is_told_to_stop() {
    let folder = tempfile::tempdir().expect("a folder to write in");
    let store = folder.path().join("store.db");
    let store = store.to_str().expect("a path in UTF-8");
    for signal in ["-TERM", "-INT"] {
        let serving = twosource(&["serve", "--store", store, "--listen", "127.0.0.1:0", "--log"]);
        let mut running = { serving }.spawn().expect("the program starts");
        let mut said = BufReader::new(running.stderr.take().expect("its standard error"));
        let mut line = String::new();
        said.read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next()).expect("an address");
        let mut stream = TcpStream::connect(address).expect("it listens");
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
