//! Feeds, pages and addresses as a person watches them, against a server of ours. No request leaves this machine.

use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use serde_json::Value;

#[path = "../../fetch/tests/support/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod server;
#[path = "common/watch_crash.rs"]
mod watch_crash;

use server::{Asked, Reply, Server};
use watch_crash::WatchCrash;

/// Two pages on one event and one on another, with the number of dead in the first.
fn page(number: usize, dead: &str) -> String {
    let [title, body] = match number {
        1 => [
            "Ferry sinks off the port of Nova",
            "A ferry sank off the port of Nova on Monday and DEAD people drowned, the coast guard said.</p><p>Divers searched \
             the wreck of the Halmar, which had left the island of Osmark at dawn with sixty people on board.",
        ],
        2 => [
            "Halmar ferry lost near Nova",
            "The ferry Halmar went down near the port of Nova on Monday on its way from the island of Osmark, and 14 people \
             drowned, the coast guard said.</p><p>Divers were still in the wreck of the Halmar in the evening.",
        ],
        _ => [
            "Beekeepers expect heather honey",
            "Beekeepers of the Velm valley expect a good harvest of heather honey this year, their union wrote on Monday.</p>\
             <p>The summer was dry, and the heather flowered for six weeks.",
        ],
    };
    format!(
        "<html lang='en'><head><title>{title}</title><meta property='article:published_time' content='2031-03-03T1{number}:00:00Z'>\
         </head><body><article><h1>{title}</h1><p>{}</p></article></body></html>",
        body.replace("DEAD", dead)
    )
}

/// A site with a feed of three summaries and an article that stands in the feed; `dead` can be changed while it runs.
struct Site {
    server: Server,
    dead: Arc<Mutex<String>>,
    folder: tempfile::TempDir,
}

impl Site {
    fn start() -> Site {
        let dead = Arc::new(Mutex::new("12".to_owned()));
        let said = dead.clone();
        let server = Server::start(move |asked: &Asked| answer(asked, &said.lock().expect("a number")));
        Site { server, dead, folder: tempfile::tempdir().expect("a folder") }
    }

    fn command(&self, arguments: &[&str], now: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
        command.args(arguments).arg("--store").arg(self.folder.path().join("store.db")).args(["--now", now]);
        command
    }

    fn run(&self, arguments: &[&str], now: &str) -> (String, String, Option<i32>) {
        said(&self.command(arguments, now).output().expect("the program starts"))
    }

    fn watch(&self, now: &str) -> Value {
        let (feed, address) = (self.server.url("/feed"), self.server.address.to_string());
        let (out, said, code) =
            self.run(&["watch", &feed, "--once", "--format", "json", "--allow-address", &address], now);
        assert_eq!(code, Some(0), "{said}");
        serde_json::from_str(&out).unwrap_or_else(|_| panic!("a line of JSON: {out}{said}"))
    }
}

fn said(output: &Output) -> (String, String, Option<i32>) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

fn answer(asked: &Asked, dead: &str) -> Reply {
    let html = |number: usize| {
        let tag = format!("\"{number}-{dead}\"");
        if number == 1 && asked.fields.get("if-none-match") == Some(&tag) {
            return Reply::new(304, &[], "");
        }
        Reply::new(200, &[("Content-Type", "text/html; charset=utf-8"), ("ETag", &tag)], page(number, dead))
    };
    match &*asked.path {
        "/feed" if asked.fields.get("if-none-match").is_some_and(|tag| tag == "\"f\"") => Reply::new(304, &[], ""),
        "/feed" => {
            Reply::new(200, &[("Content-Type", "application/rss+xml"), ("ETag", "\"f\"")], feed(&asked.fields["host"]))
        }
        "/1" => html(1),
        "/2" => html(2),
        "/3" => html(3),
        _ => Reply::nothing(),
    }
}

fn feed(host: &str) -> String {
    let item = |n: usize| {
        format!(
            "<item><title>Item {n}</title><link>http://{host}/{n}</link><description>More on the page.</description></item>"
        )
    };
    let whole = "<item><title>Port of Osmark closes</title><guid isPermaLink='false'>w1</guid><description>In short.</description>\
        <content:encoded><![CDATA[<p>The small port of Osmark closes for the winter, its harbour master Carl Dahl said.</p>\
        <p>The quay has been there since 1911 and needs new piles.</p>]]></content:encoded></item>";
    let items: String = (1..=3).map(item).collect();
    format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel>\
         <title>Nova Post</title>{items}{whole}</channel></rss>"
    )
}

const MORNING: &str = "2031-03-04T08:00:00Z";

#[test]
fn feeds_pages_stories_and_revisions() {
    let site = Site::start();
    let first = site.watch(MORNING);
    assert_eq!((&first["articles"], &first["revisions"], &first["pages"]), (&4.into(), &0.into(), &3.into()));
    let (stories, _, _) = site.run(&["stories", "--min-reports", "2", "--format", "json"], MORNING);
    assert!(stories.contains("ferry") || stories.contains("Ferry"), "{stories}");
    let (found, said, code) = site.run(&["search", "beekeepers"], MORNING);
    assert_eq!(code, Some(0), "{said}");
    assert!(found.contains("heather honey"), "{found}");

    // Nothing is due, then nothing has changed.
    assert_eq!(site.watch("2031-03-04T08:01:00Z")["feeds"], 0);
    let asked = site.server.asked().len();
    let second = site.watch("2031-03-04T08:31:00Z");
    assert_eq!((&second["unchanged"], &second["articles"], &second["pages"]), (&1.into(), &0.into(), &0.into()));
    assert_eq!(site.server.asked().len(), asked + 2, "the rules and the feed");

    // A page that changed is a revision.
    "14".clone_into(&mut site.dead.lock().expect("a number"));
    let third = site.watch("2031-03-04T09:30:00Z");
    assert_eq!((&third["articles"], &third["revisions"], &third["pages"]), (&0.into(), &1.into(), &3.into()));
    let ferry = site.server.url("/1");
    let (text, said, _) = site.run(&["article", &ferry, "--revisions"], MORNING);
    assert!(text.contains("number, without a note") && text.contains("[-12-] {+14+}"), "{text}{said}");
    let (json, _, _) = site.run(&["article", &ferry, "--revisions", "--format", "json"], MORNING);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let change = &json["revisions"][0]["changes"][0];
    assert_eq!(
        (&change["kind"], &change["silent"], &change["new"]["exact"]),
        (&"number".into(), &true.into(), &"14".into())
    );
    let new = json["versions"][1]["text"].as_str().expect("a text");
    let (start, end) =
        (change["new"]["start"].as_u64().expect("a place"), change["new"]["end"].as_u64().expect("a place"));
    assert_eq!(new.chars().skip(start as usize).take((end - start) as usize).collect::<String>(), "14");
    let (html, _, _) = site.run(&["article", &ferry, "--revisions", "--format", "html"], MORNING);
    assert!(html.contains("<del>12</del>") && html.contains("<ins>14</ins>"), "{html}");
    let (checked, said, _) = site.run(&["check"], MORNING);
    assert!(checked.starts_with("sound: 4 articles"), "{checked}{said}");
}

#[test]
fn feeds_are_listed_paused_and_removed() {
    let site = Site::start();
    let list = site.folder.path().join("feeds.toml");
    std::fs::write(&list, "[[feed]]\nurl = 'https://nova.example/feed'\ntitle = 'Nova Post'\n").expect("a file");
    let (_, said, code) = site.run(&["feeds", "add", &list.to_string_lossy(), "https://coast.example/feed"], MORNING);
    assert_eq!((code, said.contains("2 added")), (Some(0), true), "{said}");
    assert_eq!(site.run(&["feeds", "pause", "https://nova.example/feed"], MORNING).2, Some(0));
    assert_eq!(site.run(&["feeds", "pause", "https://other.example/feed"], MORNING).2, Some(1));
    assert_eq!(site.run(&["feeds", "remove", "https://coast.example/feed"], MORNING).2, Some(0));
    let (text, _, _) = site.run(&["feeds"], MORNING);
    assert_eq!(text, "paused   Nova Post  https://nova.example/feed\n");
    let (json, _, _) = site.run(&["feeds", "--format", "json"], MORNING);
    assert!(json.contains("\"state\":\"paused\""), "{json}");
    assert_eq!(site.run(&["feeds", "add", "http://anna:x@nova.example/feed"], MORNING).2, Some(2));
}

#[test]
fn what_cannot_be_had_is_said_and_kept() {
    let site = Site::start();
    let (address, gone) = (site.server.address.to_string(), site.server.url("/nothing"));
    let (_, said, code) = site.run(&["watch", &gone, "--once", "--allow-address", &address], MORNING);
    assert_eq!(code, Some(3));
    assert!(said.contains("there is nothing at this address (404)"), "{said}");
    let (_, said, code) = site.run(&["watch", &site.server.url("/feed"), "--once"], MORNING);
    assert_eq!(code, Some(3));
    assert!(said.contains("127.0.0.1 is a loopback address"), "{said}");
    let (text, _, _) = site.run(&["feeds"], MORNING);
    assert_eq!(text.matches("failing").count(), 2, "{text}");
}

#[test]
fn addresses_are_inputs() {
    let site = Site::start();
    let address = site.server.address.to_string();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_twosource"));
        said(&command.args(arguments).output().expect("the program starts"))
    };
    let (one, other) = (site.server.url("/1"), site.server.url("/2"));
    let (out, said, code) = run(&["compare", "--allow-address", &address, &one, &other, "--one-story"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(out.contains("2 reports"), "{out}");
    let (out, _, _) = run(&["extract", "--allow-address", &address, &site.server.url("/feed")]);
    assert_eq!(out.lines().count(), 4, "{out}");
    let (_, said, code) = run(&["extract", &one]);
    assert_eq!(code, Some(3));
    assert!(said.contains("only public addresses are"), "{said}");
}

#[test]
fn ten_kills() {
    let folder = tempfile::tempdir().expect("a folder");
    let crash = WatchCrash {
        binary: env!("CARGO_BIN_EXE_twosource").into(),
        folder: folder.path().to_owned(),
        kills: 10,
        seed: 6,
    };
    crash.run(|_| {}).unwrap_or_else(|what| panic!("{what}"));
}
