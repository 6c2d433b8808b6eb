//! The only network code: feeds and pages, politely and safely.
//!
//! A [`Client`] asks for one address at a time of a host, no more often than the host likes and only for what its
//! `robots.txt` allows ([`robots`]), says who it is, asks again only for what has changed (`ETag`, `Last-Modified`), and
//! leaves alone whoever is busy ([`pace`]). It connects to public addresses only ([`guard`]), on every redirect anew,
//! takes no more bytes and no more time than its [`Settings`] allow, and hands on bytes as they came, decompressed: what
//! they hold is the business of the reader. No proxy is used, not even one named in the environment: behind one nobody
//! could say what is connected to.
//!
//! ```
//! use twosource_fetch::{Client, Error, Request, Settings, Want};
//! let client = Client::new(Settings::default());
//! let request = Request::new("http://192.168.0.1/admin", Want::Page);
//! assert!(matches!(client.fetch(&request), Err(Error::NotPublic { .. })));
//! ```

mod body;
mod clock;
mod error;
pub mod guard;
mod headers;
mod hop;
mod pace;
mod pool;
pub mod robots;
mod target;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ureq::Agent;

pub use error::Error;
pub use target::{canonical, host_of};

use clock::{Clock, SystemClock};
use guard::{Guard, Lookup};
use hop::Answer;
use pace::{Outcome, Pace};
use robots::Robots;
use target::Target;

/// The name we go by in `robots.txt`.
pub const PRODUCT: &str = "twosource";

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// A page with an article.
    Page,
    /// A feed.
    Feed,
    /// Anything that a reader may know: what a person names.
    Input,
    /// The rules of a site.
    Robots,
}

/// How to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where the owners of a site can complain, shown to them: an address or a mail address.
    pub contact: Option<String>,
    /// Between two requests to one host.
    pub pace: Duration,
    /// A host that wants to be left alone for longer is not waited for.
    pub longest_wait: Duration,
    /// How often something is asked for before it is given up, the first time included.
    pub attempts: usize,
    /// For a connection.
    pub connect_time: Duration,
    /// For an answer and its body, its redirects included.
    pub whole_time: Duration,
    /// Bytes of an answer, decompressed.
    pub most_bytes: u64,
    /// How many redirects are followed.
    pub most_redirects: usize,
    /// How many hosts are asked at a time.
    pub workers: usize,
    /// Addresses that are asked whatever they are, in tests.
    pub trusted: Vec<SocketAddr>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            contact: None,
            pace: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            attempts: 2,
            connect_time: Duration::from_secs(10),
            whole_time: Duration::from_secs(60),
            most_bytes: 20_000_000,
            most_redirects: 8,
            workers: 8,
            trusted: Vec::new(),
        }
    }
}

/// Something to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The address.
    pub url: String,
    /// What is expected there.
    pub want: Want,
    /// The `ETag` of what is known of it.
    pub etag: Option<String>,
    /// The `Last-Modified` of what is known of it.
    pub last_modified: Option<String>,
}

impl Request {
    /// Asks for all of it.
    pub fn new(url: &str, want: Want) -> Request {
        Request { url: url.to_owned(), want, etag: None, last_modified: None }
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was found in the end.
    pub url: String,
    /// Where the address has moved to for good, if it has.
    pub moved_to: Option<String>,
    /// The body; `None` where nothing has changed since (304).
    pub body: Option<Body>,
}

/// The body of an answer and what its sender says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Decompressed, otherwise as they came.
    pub bytes: Vec<u8>,
    /// `Content-Type` as it stands.
    pub content_type: Option<String>,
    /// To ask again with.
    pub etag: Option<String>,
    /// To ask again with.
    pub last_modified: Option<String>,
    /// For how long it stays good by the sender's word.
    pub max_age: Option<Duration>,
}

/// Asks for addresses, politely and safely. It can be shared between threads.
pub struct Client {
    settings: Settings,
    agent: Agent,
    clock: Box<dyn Clock>,
    pace: Mutex<Pace>,
    robots: Mutex<BTreeMap<String, Rules>>,
    stop: Arc<AtomicBool>,
}

/// The rules of a site, or why they cannot be had, and until when that is believed.
struct Rules {
    known: Result<Arc<Robots>, Error>,
    until: Duration,
}

/// Rules are asked for again after a day (RFC 9309, section 2.4).
const RULES_LAST: Duration = Duration::from_secs(24 * 3600);
/// Rules that could not be had are asked for again after this.
const RULES_FAIL: Duration = Duration::from_secs(300);
/// No `Crawl-delay` makes us wait longer than this between two requests.
const LONGEST_DELAY: Duration = Duration::from_secs(30);

impl Client {
    /// A client that looks names up as the system does.
    pub fn new(settings: Settings) -> Client {
        Client::with_parts(settings, None, Box::new(SystemClock::default()))
    }

    /// A client that looks names up in another way.
    pub fn with_lookup(settings: Settings, lookup: impl Lookup) -> Client {
        Client::with_parts(settings, Some(Box::new(lookup)), Box::new(SystemClock::default()))
    }

    fn with_parts(settings: Settings, lookup: Option<Box<dyn Lookup>>, clock: Box<dyn Clock>) -> Client {
        let guard = Guard { lookup, trusted: settings.trusted.clone() };
        let agent = hop::agent(&settings, guard);
        let stop = Arc::new(AtomicBool::new(false));
        Client { settings, agent, clock, pace: Mutex::default(), robots: Mutex::default(), stop }
    }

    /// Set to `true`, it makes the client give up all waiting and ask for nothing more.
    pub fn stop(&self) -> Arc<AtomicBool> {
        self.stop.clone()
    }

    /// Asks for an address, waiting until its host may be asked, and again where that may help.
    pub fn fetch(&self, request: &Request) -> Result<Fetched, Error> {
        let mut attempt = 1;
        loop {
            let fetched = self.fetch_once(request);
            let is_last = attempt >= self.settings.attempts.max(1);
            match fetched {
                Err(error) if !is_last && is_worth_another(&error) => attempt += 1,
                fetched => return fetched,
            }
        }
    }

    /// Sends a message to an address that a person named, and gives the status of the answer, whatever that is.
    ///
    /// The address is guarded as all are. Nothing is followed, and nothing of the answer is read.
    pub fn post(&self, url: &str, headers: &[(&str, String)], body: &str) -> Result<u16, Error> {
        hop::post(&self.agent, &Target::new(url)?, headers, body, self.settings.whole_time)
    }

    /// Asks for an address and follows where it leads.
    fn fetch_once(&self, request: &Request) -> Result<Fetched, Error> {
        let mut target = Target::new(&request.url)?;
        let (mut moved_to, mut for_good) = (None, true);
        let mut left = self.settings.whole_time;
        for _ in 0..=self.settings.most_redirects {
            self.check_robots(&target, request.want)?;
            let body = match self.ask(&target, request, &mut left)? {
                Answer::Redirect { location, permanent } => {
                    target = target.join(&location)?;
                    for_good &= permanent;
                    moved_to = if for_good { Some(target.as_str().to_owned()) } else { moved_to };
                    continue;
                }
                Answer::NotModified => None,
                Answer::Body(body) => Some(body),
            };
            return Ok(Fetched { url: target.as_str().to_owned(), moved_to, body });
        }
        Err(Error::Redirects { url: request.url.clone(), most: self.settings.most_redirects })
    }

    /// Asks once, when the host may be asked, and keeps how it went.
    fn ask(&self, target: &Target, request: &Request, left: &mut Duration) -> Result<Answer, Error> {
        self.wait_for(target)?;
        let start = self.clock.now();
        let answer = hop::ask(&self.agent, target, request, &self.settings, *left, self.clock.wall());
        let now = self.clock.now();
        *left = left.saturating_sub(now.saturating_sub(start)).max(Duration::from_millis(1));
        locked(&self.pace).ended(&target.host(), outcome(&answer), now);
        answer
    }

    /// Waits until a host may be asked.
    fn wait_for(&self, target: &Target) -> Result<(), Error> {
        let (host, url) = (target.host(), || target.as_str().to_owned());
        let wait = {
            let mut pace = locked(&self.pace);
            let now = self.clock.now();
            let rest = pace.rest(&host, now);
            if rest > self.settings.longest_wait {
                return Err(Error::Resting { url: url(), wait: rest });
            }
            pace.turn(&host, self.pace_of(target), now)
        };
        let is_stopped = || self.stop.load(Ordering::Relaxed);
        self.clock.sleep(wait, &is_stopped);
        if is_stopped() { Err(Error::Stopped { url: url() }) } else { Ok(()) }
    }

    /// The time between two requests to the host of an address.
    fn pace_of(&self, target: &Target) -> Duration {
        let robots = locked(&self.robots);
        let delay = robots.get(&target.origin()).and_then(|rules| rules.known.as_ref().ok()?.crawl_delay);
        self.settings.pace.max(delay.unwrap_or_default().min(LONGEST_DELAY))
    }

    fn check_robots(&self, target: &Target, want: Want) -> Result<(), Error> {
        if want == Want::Robots {
            return Ok(());
        }
        let robots = || format!("{}/robots.txt", target.origin());
        let url = target.as_str().to_owned();
        match self.rules(target) {
            Ok(rules) if rules.allows(target.path()) => Ok(()),
            Ok(_) => Err(Error::Robots { url, robots: robots() }),
            Err(error) => Err(hop::without_rules(error, url, robots())),
        }
    }

    /// The rules of a site: those that are known, or asked for. Where there are none, everything is allowed.
    fn rules(&self, target: &Target) -> Result<Arc<Robots>, Error> {
        let origin = target.origin();
        let now = self.clock.now();
        if let Some(rules) = locked(&self.robots).get(&origin).filter(|rules| rules.until > now) {
            return rules.known.clone();
        }
        let request = Request::new(&format!("{origin}/robots.txt"), Want::Robots);
        let known = match self.fetch_once(&request) {
            Ok(fetched) => Ok(Arc::new(Robots::read(&fetched.body.unwrap_or_default().bytes, PRODUCT))),
            Err(error) if hop::means_no_rules(&error) => Ok(Arc::default()),
            Err(error) => Err(error),
        };
        let lasts = if known.is_ok() { RULES_LAST } else { RULES_FAIL };
        if !matches!(known, Err(Error::Stopped { .. })) {
            locked(&self.robots).insert(origin, Rules { known: known.clone(), until: self.clock.now() + lasts });
        }
        known
    }
}

/// What an answer means for the pace of its host.
fn outcome(answer: &Result<Answer, Error>) -> Outcome {
    match answer {
        Err(Error::Busy { retry_after: Some(wait), .. }) => Outcome::Asked(*wait),
        Err(error) if error.is_passing() => Outcome::Failed,
        _ => Outcome::Answered,
    }
}

/// Whether something is asked for again at once; what took too long already is not.
fn is_worth_another(error: &Error) -> bool {
    matches!(
        error,
        Error::Busy { .. } | Error::Status { status: 500.., .. } | Error::Damaged { .. } | Error::Connection { .. }
    )
}

/// What a lock guards stays whole whoever panics: it is changed in one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
