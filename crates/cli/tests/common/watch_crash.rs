//! Kills `twosource watch` at drawn moments, while it fetches from a server of ours, and looks whether anything it had
//! noted as fetched was lost or anything doubled.
//!
//! Used by the test of the program and, for a longer run, by `cargo xtask crash`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::server::{Asked, Reply, Server};

/// A run of kills.
pub(crate) struct WatchCrash {
    /// The program.
    pub(crate) binary: PathBuf,
    /// An empty folder to work in.
    pub(crate) folder: PathBuf,
    /// How many kills.
    pub(crate) kills: usize,
    /// What the moments are drawn from.
    pub(crate) seed: u64,
}

/// Pages of the feed.
const PAGES: usize = 12;
const MORNING: &str = "2031-03-04T08:00:00Z";
/// When the feed is due again.
const LATER: &str = "2031-03-04T08:31:00Z";

impl WatchCrash {
    /// Kills so many times; the error says what was lost, doubled or damaged.
    pub(crate) fn run(&self, mut say: impl FnMut(String)) -> Result<(), String> {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = asked.clone();
        let server = Server::start(move |asked| {
            count.fetch_add(1, Ordering::Relaxed);
            answer(asked)
        });
        let mut state = self.seed;
        let mut draw = |limit: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % limit
        };
        let mut store = self.folder.join("0.db");
        for kill in 0..self.kills {
            // A moment is a request, and some milliseconds behind it.
            let (requests, behind) = (1 + draw(PAGES as u64) as usize, Duration::from_millis(draw(30)));
            let is_done = self.killed(&server, &store, &asked, requests, behind)?;
            self.look(&store)
                .map_err(|what| format!("kill {kill} after {requests} requests and {behind:?}: {what}"))?;
            say(format!("kill {} after {requests} requests and {behind:?}: sound", kill + 1));
            if is_done || draw(4) == 0 {
                self.finish(&server, &store).map_err(|what| format!("after kill {kill}: {what}"))?;
                store = self.folder.join(format!("{}.db", kill + 1));
            }
        }
        self.finish(&server, &store)
    }

    fn command(&self, store: &Path, arguments: &[&str], now: &str) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--store").arg(store).args(["--now", now]);
        command
    }

    fn watch(&self, server: &Server, store: &Path, now: &str) -> Command {
        let (feed, address) = (server.url("/feed"), server.address.to_string());
        self.command(store, &["watch", &feed, "--once", "--allow-address", &address], now)
    }

    /// What the program prints; an error where it does not end well.
    fn output(mut command: Command) -> Result<String, String> {
        let output = command.output().map_err(|error| format!("the program does not start: {error}"))?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        match output.status.code() {
            Some(0) => Ok(text(&output.stdout)),
            code => Err(format!("ended with {code:?}: {}{}", text(&output.stdout), text(&output.stderr))),
        }
    }

    /// Kills the program some time after it has asked for so many things; `true` where it was faster.
    fn killed(
        &self,
        server: &Server,
        store: &Path,
        asked: &AtomicUsize,
        requests: usize,
        behind: Duration,
    ) -> Result<bool, String> {
        let failed = |error: std::io::Error| error.to_string();
        asked.store(0, Ordering::Relaxed);
        let mut watch = self.watch(server, store, MORNING);
        let mut child = watch.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(failed)?;
        while asked.load(Ordering::Relaxed) < requests && child.try_wait().map_err(failed)?.is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(behind);
        let is_done = child.try_wait().map_err(failed)?.is_some();
        // On Unix this is SIGKILL.
        let _ = child.kill();
        child.wait().map_err(failed)?;
        Ok(is_done)
    }

    /// Whether the store is sound and holds nothing twice.
    fn look(&self, store: &Path) -> Result<(), String> {
        if !fs::exists(store).unwrap_or(false) {
            return Ok(());
        }
        Self::output(self.command(store, &["check"], MORNING))?;
        let texts = Self::output(self.command(store, &["export", "--revisions"], MORNING)).unwrap_or_default();
        let mut lines: Vec<&str> = texts.lines().collect();
        let count = lines.len();
        lines.sort_unstable();
        lines.dedup();
        if lines.len() == count { Ok(()) } else { Err("an article is there twice".to_owned()) }
    }

    /// Lets the program end and looks whether every page is there, once.
    fn finish(&self, server: &Server, store: &Path) -> Result<(), String> {
        Self::output(self.watch(server, store, LATER))?;
        self.look(store)?;
        let texts = Self::output(self.command(store, &["export", "--revisions"], MORNING))?;
        match texts.lines().count() {
            PAGES => Ok(()),
            other => Err(format!("{other} revisions of {PAGES} pages that never changed")),
        }
    }
}

fn answer(asked: &Asked) -> Reply {
    match &*asked.path {
        "/feed" if asked.fields.contains_key("if-none-match") => Reply::new(304, &[], ""),
        "/feed" => {
            let host = &asked.fields["host"];
            let item = |n: usize| format!("<item><title>{n}</title><link>http://{host}/{n}</link></item>");
            let items: String = (0..PAGES).map(item).collect();
            Reply::new(200, &[("ETag", "\"f\"")], format!("<rss version='2.0'><channel>{items}</channel></rss>"))
        }
        "/robots.txt" => Reply::nothing(),
        path => Reply::page(format!(
            "<article><h1>Pier {path} of Nova</h1><p>The pier number {path} of the port of Nova will be closed in May, the \
             harbour office said.</p><p>It was built a hundred years ago and nobody uses it.</p></article>"
        )),
    }
}
