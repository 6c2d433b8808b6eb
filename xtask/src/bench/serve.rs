//! How fast the server answers on a store, how much memory it takes, and how much a page weighs.
//!
//! Requests are sent at the moments a clock says, whatever became of those before (an open loop), and the time of each
//! counts from that moment: a server that falls behind is not spared.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::run::release_binary;

/// Requests a second.
const RATE: u32 = 200;
/// Seconds of a measurement.
const SECONDS: u32 = 20;
/// Connections that are kept open.
const CONNECTIONS: usize = 16;
/// Stories that are asked for.
const STORIES: usize = 200;
/// Words that are searched for; others find nothing in an invented corpus, which is measured too.
const WORDS: [&str; 4] = ["port", "mayor", "said*", "title:ferry"];

/// Measures `twosource serve` on a store.
pub(crate) fn bench(store: &Path) -> Result<()> {
    let mut running = Running::start(store)?;
    let mut client = Client::new(&running.address)?;
    let begun = Instant::now();
    let stories = stories(&mut client)?;
    println!(
        "{:28} {:8.1} s for {} stories never looked at or looked at before",
        "lists",
        begun.elapsed().as_secs_f64(),
        stories.len()
    );
    ensure!(!stories.is_empty(), "the store has no story of two reports; fill it with: twosource add");
    first_visits(&mut client, &stories)?;
    let api: Vec<String> = addresses(&stories, API);
    let pages: Vec<String> = addresses(&stories, PAGES);
    measure("API", &running.address, &api)?;
    measure("pages", &running.address, &pages)?;
    println!("{:28} {:8.0} MB resident at most", "memory", running.peak()?);
    running.stop()
}

const API: &[&str] = &[
    "/v1/stories/{}",
    "/v1/stories/{}/comparison",
    "/v1/articles/{}",
    "/v1/search?q={word}",
    "/v1/stories",
    "/v1/articles?changed_after=0",
];
const PAGES: &[&str] = &["/story/{}", "/story/{}/side", "/article/{}", "/search?q={word}", "/"];

/// The addresses of all stories, those of one after those of the other.
fn addresses(stories: &[u64], forms: &[&str]) -> Vec<String> {
    let of = |(at, story): (usize, &u64)| {
        let word = WORDS[at % WORDS.len()].replace('*', "%2A").replace(':', "%3A");
        forms
            .iter()
            .map(move |form| form.replace("{}", &story.to_string()).replace("{word}", &word))
            .collect::<Vec<_>>()
    };
    stories.iter().enumerate().flat_map(of).collect()
}

/// The numbers of the latest stories.
fn stories(client: &mut Client) -> Result<Vec<u64>> {
    let mut stories = Vec::new();
    let mut cursor = String::new();
    while stories.len() < STORIES {
        let page: Value = serde_json::from_slice(&client.get(&format!("/v1/stories?limit=50{cursor}"))?)?;
        stories.extend(page["stories"].as_array().into_iter().flatten().filter_map(|story| story["story"].as_u64()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    stories.truncate(STORIES);
    Ok(stories)
}

/// How long the page of a story takes when it is compared for it, and what it weighs.
fn first_visits(client: &mut Client, stories: &[u64]) -> Result<()> {
    let (mut times, mut weights) = (Vec::new(), Vec::new());
    for story in stories {
        let begun = Instant::now();
        let page = client.get(&format!("/story/{story}"))?;
        times.push(begun.elapsed());
        let listed: Value = serde_json::from_slice(&client.get(&format!("/v1/stories/{story}"))?)?;
        weights.push((listed["reports"].as_u64().unwrap_or_default(), page.len()));
    }
    print("first visit of a story", &mut times);
    let of_ten = weights.iter().filter(|(reports, _)| (8..=10).contains(reports)).map(|(_, bytes)| bytes).max();
    let heaviest = weights.iter().max_by_key(|(_, bytes)| bytes);
    if let Some((reports, bytes)) = heaviest {
        println!("{:28} {:8.1} kB, of {reports} reports", "heaviest story page", *bytes as f64 / 1e3);
    }
    if let Some(bytes) = of_ten {
        println!("{:28} {:8.1} kB at most", "story page, 8 to 10 reports", *bytes as f64 / 1e3);
    }
    Ok(())
}

/// Asks for addresses at a steady rate and prints how long the answers took.
fn measure(what: &str, address: &str, addresses: &[String]) -> Result<()> {
    let total = (RATE * SECONDS) as usize;
    let (next, times) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(Vec::with_capacity(total))));
    let start = Instant::now();
    std::thread::scope(|scope| -> Result<()> {
        let asking = || -> Result<()> {
            let mut client = Client::new(address)?;
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= total {
                    return Ok(());
                }
                let due = start + Duration::from_secs(1) * number as u32 / RATE;
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                client.get(&addresses[number % addresses.len()])?;
                times.lock().unwrap_or_else(PoisonError::into_inner).push(due.elapsed());
            }
        };
        let threads: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(asking)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().map_err(|_| anyhow::anyhow!("a client failed"))?)
    })?;
    let mut times = times.lock().unwrap_or_else(PoisonError::into_inner).clone();
    print(&format!("{what}, {RATE} a second"), &mut times);
    Ok(())
}

fn print(what: &str, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len());
        times[place - 1].as_secs_f64() * 1e3
    };
    if !times.is_empty() {
        let [half, most, nearly_all, all] = [0.5, 0.9, 0.99, 1.0].map(at);
        println!(
            "{what:28} {half:8.1} ms half, {most:.1} p90, {nearly_all:.1} p99, {all:.1} at most, of {}",
            times.len()
        );
    }
}

/// A server that runs until it is dropped.
struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(store: &Path) -> Result<Running> {
        let mut command = Command::new(release_binary()?);
        command.args(["serve", "--listen", "127.0.0.1:0", "--store"]).arg(store);
        let mut child = command.stderr(Stdio::piped()).spawn().context("cannot start twosource")?;
        let mut line = String::new();
        BufReader::new(child.stderr.take().context("no standard error")?).read_line(&mut line)?;
        let address = line.split("http://").nth(1).and_then(|rest| rest.split(' ').next());
        let address = address.with_context(|| format!("the server does not listen: {line}"))?.to_owned();
        Ok(Running { child, address })
    }

    /// The most memory it ever had, in MB.
    fn peak(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1024.0 / 1e6)
    }

    fn stop(&mut self) -> Result<()> {
        self.child.kill()?;
        self.child.wait().map(|_| ()).context("the server does not end")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}

/// A connection that is used again and again, and made anew where the server has closed it.
struct Client {
    address: String,
    stream: BufReader<TcpStream>,
}

impl Client {
    fn new(address: &str) -> Result<Client> {
        Ok(Client { address: address.to_owned(), stream: connect(address)? })
    }

    /// The body of an answer; an error where it is none of 200.
    fn get(&mut self, path: &str) -> Result<Vec<u8>> {
        match self.ask(path) {
            Ok(body) => Ok(body),
            Err(_) => {
                self.stream = connect(&self.address)?;
                self.ask(path)
            }
        }
    }

    fn ask(&mut self, path: &str) -> Result<Vec<u8>> {
        let request = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        ensure!(line.starts_with("HTTP/1.1 200"), "{path}: {}", line.trim());
        let mut length = 0;
        loop {
            let mut line = String::new();
            ensure!(self.stream.read_line(&mut line)? > 0, "{path}: the answer breaks off");
            match line.trim().to_ascii_lowercase().split_once(": ") {
                Some(("content-length", value)) => length = value.parse()?,
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(body)
    }
}

fn connect(address: &str) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}
