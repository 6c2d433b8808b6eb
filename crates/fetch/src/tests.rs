//! The client against a server of ours. No request leaves this machine.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::io::{self, Write};
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicUsize;

use flate2::{Compression, write::GzEncoder};
use jiff::Timestamp;

use super::*;

#[path = "../tests/support/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with other tests")]
mod server;

use server::{Asked, Reply, Server};

/// A clock that does not wait, but keeps for how long it was asked to.
#[derive(Clone, Default)]
struct Skipping(Arc<Mutex<(Duration, Vec<Duration>)>>);

impl Clock for Skipping {
    fn now(&self) -> Duration {
        locked(&self.0).0
    }

    fn wall(&self) -> Timestamp {
        "2031-03-04T10:00:00Z".parse().unwrap()
    }

    fn sleep(&self, wait: Duration, _: &dyn Fn() -> bool) {
        let mut kept = locked(&self.0);
        kept.0 += wait;
        kept.1.push(wait);
    }
}

impl Skipping {
    fn waits(&self) -> Vec<u64> {
        locked(&self.0).1.iter().map(Duration::as_secs).collect()
    }
}

fn settings(server: &Server) -> Settings {
    Settings { trusted: vec![server.address], ..Settings::default() }
}

fn client(server: &Server) -> (Client, Skipping) {
    let clock = Skipping::default();
    (Client::with_parts(settings(server), None, Box::new(clock.clone())), clock)
}

fn page(server: &Server, path: &str) -> Result<Fetched, Error> {
    client(server).0.fetch(&Request::new(&server.url(path), Want::Page))
}

fn bytes(fetched: Result<Fetched, Error>) -> Vec<u8> {
    fetched.unwrap().body.unwrap().bytes
}

/// A server that has no rules and answers everything else alike.
fn serving(reply: Reply) -> Server {
    Server::start(move |asked| if asked.path == "/robots.txt" { Reply::nothing() } else { reply.clone() })
}

#[test]
fn a_page_with_who_asks_and_what_was_known() {
    let server = Server::start(|asked: &Asked| match (&*asked.path, asked.fields.get("if-none-match")) {
        ("/robots.txt", _) => Reply::nothing(),
        (_, Some(tag)) if tag == "\"1\"" => Reply::new(304, &[], ""),
        _ => Reply::new(
            200,
            &[("ETag", "\"1\""), ("Content-Type", "text/html; charset=iso-8859-1"), ("Cache-Control", "max-age=60")],
            b"<p>Caf\xe9",
        ),
    });
    let (client, _) = client(&server);
    let mut request = Request::new(&server.url("/a#part"), Want::Page);
    let first = client.fetch(&request).unwrap();
    let body = first.body.unwrap();
    assert_eq!(
        (&*body.bytes, body.content_type.as_deref()),
        (&b"<p>Caf\xe9"[..], Some("text/html; charset=iso-8859-1"))
    );
    assert_eq!((body.etag.as_deref(), body.max_age), (Some("\"1\""), Some(Duration::from_secs(60))));
    assert_eq!((first.url, first.moved_to), (server.url("/a"), None));
    request.etag = body.etag;
    request.last_modified = Some("bad\nfield".to_owned());
    assert_eq!(client.fetch(&request).unwrap().body, None);
    let asked = server.asked();
    assert_eq!(asked.iter().map(|asked| &*asked.path).collect::<Vec<_>>(), ["/robots.txt", "/a", "/a"]);
    assert!(asked[1].fields["user-agent"].starts_with("twosource/0."));
    assert!(!asked[2].fields.contains_key("if-modified-since"));
}

#[test]
fn redirects_are_followed_and_kept_where_they_are_for_good() {
    let server = Server::start(|asked: &Asked| match &*asked.path {
        "/old" => Reply::to(301, "/new"),
        "/new" => Reply::to(308, "/newer?x#y"),
        "/newer?x" => Reply::to(302, "/today"),
        "/today" => Reply::page("here"),
        "/round" => Reply::to(302, "/round"),
        "/nowhere" => Reply::new(302, &[], ""),
        "/file" => Reply::to(302, "file:///etc/passwd"),
        "/secret" => Reply::to(302, "http://anna:x@nova.example/"),
        _ => Reply::nothing(),
    });
    let fetched = page(&server, "/old").unwrap();
    assert_eq!((fetched.url, fetched.moved_to), (server.url("/today"), Some(server.url("/newer?x"))));
    assert!(matches!(page(&server, "/round"), Err(Error::Redirects { most: 8, .. })));
    assert!(matches!(page(&server, "/nowhere"), Err(Error::Damaged { .. })));
    assert!(matches!(page(&server, "/file"), Err(Error::Address { .. })));
    assert!(matches!(page(&server, "/secret"), Err(Error::Address { .. })));
}

#[test]
fn redirects_to_what_is_not_public_are_refused() {
    let other = serving(Reply::page("inside"));
    let inside = other.url("/");
    let server = Server::start(move |asked: &Asked| match &*asked.path {
        "/robots.txt" => Reply::nothing(),
        "/loopback" => Reply::to(302, &inside),
        path => Reply::to(301, &format!("http://{}/", &path[1..])),
    });
    let bad = [
        "loopback",
        "127.0.0.1:80",
        "localhost:8080",
        "0x7f.1",
        "2130706433",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.9.9:8080",
        "169.254.169.254",
        "[::1]:8080",
        "[::ffff:127.0.0.1]:8080",
        "[64:ff9b::a00:1]",
        "[2002:7f00:1::]",
        "[fe80::1]",
        "100.64.0.1",
        "0.0.0.0:8080",
        "[::]:8080",
        "[fd00:ec2::254]",
        "224.0.0.1",
    ];
    for address in bad {
        let found = page(&server, &format!("/{address}"));
        assert!(matches!(found, Err(Error::NotPublic { .. })), "{address}: {found:?}");
    }
    assert!(other.asked().is_empty());
}

/// A name that means a public address first and one inside the network then.
struct Rebinding {
    first: SocketAddr,
    then: SocketAddr,
    asked: AtomicUsize,
}

impl Lookup for Rebinding {
    fn addresses(&self, _: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let count = self.asked.fetch_add(1, Ordering::Relaxed);
        Ok(vec![if count < 2 { self.first } else { self.then }])
    }
}

#[test]
fn a_name_that_changes_its_meaning_gains_nothing() {
    let inside = serving(Reply::page("inside"));
    let server = serving(Reply::page("outside"));
    let lookup = Rebinding { first: server.address, then: inside.address, asked: AtomicUsize::new(0) };
    let client = Client::with_lookup(Settings { pace: Duration::ZERO, ..settings(&server) }, lookup);
    let request = Request::new("http://nova.example/a", Want::Page);
    assert_eq!(bytes(client.fetch(&request)), b"outside");
    assert!(matches!(client.fetch(&request), Err(Error::NotPublic { .. })));
    assert!(inside.asked().is_empty());
}

#[test]
fn limits_of_size() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&vec![b'a'; 3_000_000]).unwrap();
    let bomb = gzip.finish().unwrap();
    let server = Server::start(move |asked: &Asked| match &*asked.path {
        "/bomb" => Reply::new(200, &[("Content-Encoding", "gzip")], &bomb),
        "/large" => Reply::new(200, &[], vec![b'a'; 1_000_001]),
        "/endless" => Reply::raw([&b"HTTP/1.1 200 x\r\n\r\n"[..], &vec![b'a'; 5_000_000]].concat()),
        "/head" => Reply::raw(["HTTP/1.1 200 x\r\nX: ", &"a".repeat(1_000_000), "\r\n\r\n"].concat()),
        "/fits" => Reply::new(200, &[], vec![b'a'; 1_000_000]),
        _ => Reply::nothing(),
    });
    let fetch = |path: &str| {
        let settings = Settings { most_bytes: 1_000_000, attempts: 1, ..settings(&server) };
        let client = Client::with_parts(settings, None, Box::new(Skipping::default()));
        client.fetch(&Request::new(&server.url(path), Want::Page))
    };
    assert!(matches!(fetch("/bomb"), Err(Error::TooLarge { packed: true, .. })));
    assert!(matches!(fetch("/large"), Err(Error::TooLarge { packed: false, .. })));
    assert!(matches!(fetch("/endless"), Err(Error::TooLarge { packed: false, .. })));
    let head = fetch("/head");
    assert!(matches!(head, Err(Error::Damaged { .. } | Error::Connection { .. })), "{head:?}");
    assert_eq!(bytes(fetch("/fits")).len(), 1_000_000);
}

#[test]
fn an_answer_that_drips_is_given_up() {
    let server = serving(Reply::page("a".repeat(10_000)).slowly(Duration::from_millis(20)));
    let settings = Settings { whole_time: Duration::from_millis(300), attempts: 1, ..settings(&server) };
    let client = Client::new(settings);
    let found = client.fetch(&Request::new(&server.url("/a"), Want::Page));
    assert!(matches!(found, Err(Error::Slow { .. })), "{found:?}");
}

#[test]
fn bodies_as_they_come() {
    let server = Server::start(|asked: &Asked| match &*asked.path {
        "/chunked" => {
            Reply::raw("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        }
        "/cut-chunks" => Reply::raw("HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n9\r\nde"),
        "/cut" => Reply::raw("HTTP/1.1 200 x\r\nContent-Length: 10\r\n\r\nabc"),
        "/old" => Reply::raw("HTTP/1.0 200 x\r\n\r\nabc"),
        "/no-http" => Reply::raw("SSH-2.0-nova\r\n"),
        "/bad-length" => Reply::raw("HTTP/1.1 200 x\r\nContent-Length: many\r\n\r\nabc"),
        "/bad-field" => Reply::raw("HTTP/1.1 200 x\r\nno colon here\r\n\r\nabc"),
        "/nothing" => Reply::raw(""),
        "/bad-gzip" => Reply::new(200, &[("Content-Encoding", "gzip")], b"\x1f\x8b\x08zzzzzzzzzz"),
        "/picture" => Reply::new(200, &[("Content-Type", "image/png")], "x"),
        _ => Reply::nothing(),
    });
    assert_eq!(bytes(page(&server, "/chunked")), b"abcde");
    assert_eq!(bytes(page(&server, "/old")), b"abc");
    for path in ["/cut-chunks", "/cut", "/no-http", "/bad-length", "/bad-field", "/nothing", "/bad-gzip"] {
        let found = page(&server, path);
        assert!(matches!(found, Err(Error::Damaged { .. } | Error::Connection { .. })), "{path}: {found:?}");
        assert!(found.unwrap_err().to_string().starts_with(&server.url(path)), "{path}");
    }
    let picture = page(&server, "/picture").unwrap_err().to_string();
    assert!(picture.contains("this is image/png, not a page"), "{picture}");
}

#[test]
fn rules_are_kept_and_asked_for_once() {
    let server = Server::start(|asked: &Asked| match &*asked.path {
        "/robots.txt" => Reply::new(200, &[], "User-agent: twosource\nDisallow: /private\nCrawl-delay: 3"),
        "/away" => Reply::to(302, "/private/a"),
        _ => Reply::page("x"),
    });
    let (client, clock) = client(&server);
    let fetch = |path: &str| client.fetch(&Request::new(&server.url(path), Want::Page));
    assert!(fetch("/a").is_ok());
    assert!(fetch("/b").is_ok());
    assert!(matches!(fetch("/private/a"), Err(Error::Robots { .. })));
    assert!(matches!(fetch("/away"), Err(Error::Robots { .. })));
    assert_eq!(server.paths(), ["/a", "/b", "/away"]);
    assert_eq!(server.asked().len(), 4);
    assert_eq!(clock.waits(), [0, 1, 3, 3]);
}

#[test]
fn without_rules_all_or_nothing() {
    for (status, is_allowed) in [(404, true), (403, true), (410, true), (500, false), (503, false), (429, false)] {
        let server =
            Server::start(
                move |asked: &Asked| {
                    if asked.path == "/robots.txt" { Reply::new(status, &[], "") } else { Reply::page("x") }
                },
            );
        assert_eq!(page(&server, "/a").is_ok(), is_allowed, "{status}");
        assert_eq!(server.paths().is_empty(), !is_allowed, "{status}");
    }
}

#[test]
fn who_is_busy_is_left_alone() {
    let count = AtomicUsize::new(0);
    let server = Server::start(move |asked: &Asked| match &*asked.path {
        "/robots.txt" => Reply::nothing(),
        "/often" if count.fetch_add(1, Ordering::Relaxed) == 0 => Reply::new(429, &[("Retry-After", "7")], ""),
        "/long" => Reply::new(503, &[("Retry-After", "Tue, 04 Mar 2031 11:00:00 GMT")], ""),
        _ => Reply::page("x"),
    });
    let (client, clock) = client(&server);
    let fetch = |path: &str| client.fetch(&Request::new(&server.url(path), Want::Page));
    assert!(fetch("/often").is_ok());
    assert_eq!(clock.waits(), [0, 1, 7]);
    let long = fetch("/long").unwrap_err();
    assert_eq!(long.retry_after(), Some(Duration::from_secs(3600)));
    assert!(matches!(fetch("/other"), Err(Error::Resting { .. })));
    assert_eq!(server.paths(), ["/often", "/often", "/long"]);
}

#[test]
fn what_is_gone() {
    let server = Server::start(|asked: &Asked| Reply::new(if asked.path == "/gone" { 410 } else { 404 }, &[], ""));
    assert!(matches!(page(&server, "/gone"), Err(Error::Gone { .. })));
    assert!(matches!(page(&server, "/missing"), Err(Error::NotFound { .. })));
}

#[test]
fn many_at_a_time() {
    let (one, other) = (serving(Reply::page("one")), serving(Reply::page("other")));
    let settings =
        Settings { trusted: vec![one.address, other.address], pace: Duration::ZERO, workers: 3, ..Settings::default() };
    let client = Client::new(settings);
    let urls: Vec<String> =
        (0..6).map(|n| if n % 2 == 0 { one.url(&format!("/{n}")) } else { other.url(&format!("/{n}")) }).collect();
    let requests: Vec<Request> = urls.iter().map(|url| Request::new(url, Want::Page)).collect();
    let mut seen = Vec::new();
    let ended = client.fetch_each(&requests, &mut |number, fetched| {
        seen.push((number, bytes(fetched)));
        ControlFlow::Continue(())
    });
    assert!(ended.is_continue());
    seen.sort();
    let expected: Vec<_> = (0..6).map(|n| (n, if n % 2 == 0 { b"one".to_vec() } else { b"other".to_vec() })).collect();
    assert_eq!(seen, expected);
    let ended = client.fetch_each(&requests, &mut |_, _| ControlFlow::Break(()));
    assert!(ended.is_break());
    assert!(matches!(client.fetch(&requests[0]), Err(Error::Stopped { .. })));
}

#[test]
fn messages_are_sent_to_guarded_addresses_and_followed_nowhere() {
    let server = Server::start(|asked| match asked.path.as_str() {
        "/moved" => Reply::to(307, "http://10.0.0.1/"),
        "/busy" => Reply::new(503, &[], ""),
        _ => Reply::new(204, &[], ""),
    });
    let (client, _) = client(&server);
    let headers = [("webhook-id", "msg_1".to_owned())];
    for (path, status) in [("/hook", 204), ("/moved", 307), ("/busy", 503)] {
        assert_eq!(client.post(&server.url(path), &headers, "{\"type\":\"new_story\"}"), Ok(status));
    }
    let asked = server.asked();
    assert_eq!((asked.len(), asked[0].body.as_str()), (3, "{\"type\":\"new_story\"}"));
    assert_eq!(asked[0].fields["webhook-id"], "msg_1");
    let guarded = Client::new(Settings::default());
    assert!(matches!(guarded.post(&server.url("/hook"), &headers, "{}"), Err(Error::NotPublic { .. })));
    assert!(matches!(guarded.post("file:///etc/passwd", &headers, "{}"), Err(Error::Address { .. })));
    assert_eq!(server.asked().len(), 3, "nothing was sent");
}
