//! Kills `twosource add` at varied moments and looks whether anything acknowledged was lost or anything doubled.
//!
//! Used by the test of the program and, for a longer run, by `cargo xtask crash`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A run of kills.
pub(crate) struct Crash {
    /// The program.
    pub(crate) binary: PathBuf,
    /// An empty folder to work in.
    pub(crate) folder: PathBuf,
    /// How many kills.
    pub(crate) kills: usize,
    /// How many articles are added.
    pub(crate) articles: usize,
    /// What the moments are drawn from.
    pub(crate) seed: u64,
}

/// Numbers that look drawn (SplitMix64), the same for the same seed.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }
}

impl Crash {
    /// Kills so many times; the error says what was lost, doubled or damaged.
    pub(crate) fn run(&self, mut say: impl FnMut(String)) -> Result<(), String> {
        let input = self.folder.join("articles.jsonl");
        fs::write(&input, invented(self.articles, self.seed)).map_err(|error| error.to_string())?;
        let whole = self.folder.join("whole.db");
        let began = Instant::now();
        self.succeed(&whole, &["add", &input.to_string_lossy(), "--format", "jsonl"])?;
        let duration = began.elapsed();
        let expected = self.state(&whole)?;
        let mut draw = Draw(self.seed);
        let mut store = self.folder.join("0.db");
        let mut acknowledged = BTreeSet::new();
        for kill in 0..self.kills {
            let moment = duration.mul_f64(draw.below(1_000) as f64 / 1_000.0);
            let lines = self.killed(&store, &input, moment)?;
            acknowledged.extend(lines);
            self.look(&store, &acknowledged).map_err(|what| format!("kill {kill} after {moment:?}: {what}"))?;
            say(format!("kill {} after {moment:?}: {} acknowledged, all there", kill + 1, acknowledged.len()));
            if draw.below(3) == 0 || acknowledged.len() == self.articles {
                self.finish(&store, &input, &expected).map_err(|what| format!("after kill {kill}: {what}"))?;
                store = self.folder.join(format!("{}.db", kill + 1));
                acknowledged.clear();
            }
        }
        self.finish(&store, &input, &expected)
    }

    fn command(&self, store: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.args(arguments).arg("--store").arg(store).args(["--now", "2025-11-20T10:00:00Z"]);
        command
    }

    fn output(&self, store: &Path, arguments: &[&str]) -> Result<Output, String> {
        self.command(store, arguments).output().map_err(|error| format!("the program does not start: {error}"))
    }

    fn succeed(&self, store: &Path, arguments: &[&str]) -> Result<String, String> {
        let output = self.output(store, arguments)?;
        let said = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
            code => Err(format!("{} ended with {code:?}: {said}", arguments.join(" "))),
        }
    }

    /// Adds the articles, kills the program after a while, and gives the ids it had acknowledged.
    fn killed(&self, store: &Path, input: &Path, after: Duration) -> Result<Vec<String>, String> {
        let acknowledged = self.folder.join("acknowledged.jsonl");
        let failed = |error: std::io::Error| error.to_string();
        let mut child = self
            .command(store, &["add", &input.to_string_lossy(), "--format", "jsonl"])
            .stdout(File::create(&acknowledged).map_err(failed)?)
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        std::thread::sleep(after);
        // On Unix this is SIGKILL.
        child.kill().map_err(failed)?;
        child.wait().map_err(failed)?;
        let text = fs::read_to_string(&acknowledged).map_err(failed)?;
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let lines = whole.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        // What was known by its bytes comes without its id.
        Ok(lines.filter_map(|line| line["id"].as_str().map(str::to_owned)).filter(|id| !id.is_empty()).collect())
    }

    /// Whether the store is sound, holds everything acknowledged, and nothing twice.
    fn look(&self, store: &Path, acknowledged: &BTreeSet<String>) -> Result<(), String> {
        let check = self.output(store, &["check"])?;
        let said = String::from_utf8_lossy(&check.stderr).into_owned();
        if said.contains("there is no store yet") && acknowledged.is_empty() {
            return Ok(());
        }
        if check.status.code() != Some(0) {
            return Err(said);
        }
        let export = self.output(store, &["export"])?;
        let text = String::from_utf8_lossy(&export.stdout).into_owned();
        let mut held = BTreeSet::new();
        for line in text.lines() {
            let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
            let id = line["id"].as_str().unwrap_or_default().to_owned();
            if !held.insert(id.clone()) {
                return Err(format!("{id} is there twice"));
            }
        }
        match acknowledged.difference(&held).next() {
            Some(lost) => Err(format!("{lost} was acknowledged and is lost")),
            None => Ok(()),
        }
    }

    /// Adds what is missing and compares with a run that was never killed.
    fn finish(&self, store: &Path, input: &Path, expected: &str) -> Result<(), String> {
        self.succeed(store, &["add", &input.to_string_lossy()])?;
        self.succeed(store, &["check"])?;
        if self.state(store)? == expected { Ok(()) } else { Err("the store differs from one never killed".to_owned()) }
    }

    /// Everything a store holds: articles with their stories.
    fn state(&self, store: &Path) -> Result<String, String> {
        Ok(self.succeed(store, &["export"])? + &self.succeed(store, &["export", "stories"])?)
    }
}

/// Invented reports, several of each event, as JSON Lines.
fn invented(articles: usize, seed: u64) -> String {
    const THINGS: &[&str] =
        &["ferry", "bridge", "library", "tram", "harbour", "school", "orchard", "lighthouse", "market"];
    const DEEDS: &[&str] = &["closed", "burned", "flooded", "opened", "moved", "sold", "repaired", "painted"];
    const PLACES: &[&str] = &["Nova", "Norrvik", "Osmark", "Fjordby", "Elmstad", "Havn", "Lindholm"];
    let mut draw = Draw(seed ^ 0x5eed);
    let mut lines = String::new();
    for number in 0..articles {
        // Four reports an event; which ones come together is drawn.
        let event = draw.below(articles / 4 + 1);
        let (thing, deed, place) = (THINGS[event % 9], DEEDS[event / 9 % 8], PLACES[event / 72 % 7]);
        let day = 1 + event % 28;
        let who = draw.below(40);
        let text = format!(
            "The {thing} of {place} was {deed} on Friday, the city council said. Event number {event} of the year \
             surprised reporter {who}, who was told by Anna Berg that {} people came.",
            draw.below(500)
        );
        let line = json!({
            "id": format!("n{number}"), "outlet": format!("Post {who}"), "title": format!("{place}: {thing} {deed}"),
            "published": format!("2025-10-{day:02}"), "language": "en", "text": text,
        });
        lines += &format!("{line}\n");
    }
    lines
}
