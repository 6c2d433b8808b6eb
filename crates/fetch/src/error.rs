//! Why something could not be fetched.

use std::time::Duration;

/// Why something could not be fetched; every message names the address and the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// It is no address that can be asked for.
    #[error("{url}: cannot be fetched: {why}; give an address that starts with https://")]
    Address {
        /// The address.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// Its host is not public.
    #[error("{url}: not fetched: {address} is {kind}, and only public addresses are; save the page and give the file")]
    NotPublic {
        /// The address.
        url: String,
        /// What its host resolves to.
        address: String,
        /// What that is for.
        kind: String,
    },
    /// `robots.txt` does not allow it.
    #[error("{url}: not fetched: {robots} does not allow it; read the page yourself, save it and give the file")]
    Robots {
        /// The address.
        url: String,
        /// The address of the rules.
        robots: String,
    },
    /// Whether it is allowed cannot be told.
    #[error("{url}: not fetched: {robots} cannot be had ({why}), and without it nothing is allowed; try again later")]
    RobotsUnreachable {
        /// The address.
        url: String,
        /// The address of the rules.
        robots: String,
        /// Why not.
        why: String,
    },
    /// The host is not known.
    #[error("{url}: its host is not known; check the spelling and the connection to the network")]
    NoHost {
        /// The address.
        url: String,
    },
    /// There is nothing, for now or for good (404).
    #[error("{url}: there is nothing at this address (404); check the spelling")]
    NotFound {
        /// The address.
        url: String,
    },
    /// It was taken away for good (410).
    #[error("{url}: it was taken away for good (410); leave it out")]
    Gone {
        /// The address.
        url: String,
    },
    /// The server wants to be left alone for a time (429, 503).
    #[error("{url}: the server asks to come back later ({status}){}; try again then", after(*.retry_after))]
    Busy {
        /// The address.
        url: String,
        /// The status.
        status: u16,
        /// How long to wait.
        retry_after: Option<Duration>,
    },
    /// The host has been told to be left alone by an earlier answer.
    #[error("{url}: not asked: its host wants to be left alone for {} s more; try again then", wait.as_secs().max(1))]
    Resting {
        /// The address.
        url: String,
        /// For how long.
        wait: Duration,
    },
    /// Any other status that is no success.
    #[error("{url}: the server answers with {status}; {}", advice(*.status))]
    Status {
        /// The address.
        url: String,
        /// The status.
        status: u16,
    },
    /// It leads elsewhere too often.
    #[error("{url}: more than {most} redirects; give the address of the page itself")]
    Redirects {
        /// The address.
        url: String,
        /// How many were followed.
        most: usize,
    },
    /// Something on the way took longer than allowed.
    #[error("{url}: {what} took longer than allowed; try again later")]
    Slow {
        /// The address.
        url: String,
        /// What took so long.
        what: String,
    },
    /// It is larger than allowed.
    #[error("{url}: more than the limit of {} MB{}; leave it out", limit / 1_000_000, if *packed { " once decompressed" } else { "" })]
    TooLarge {
        /// The address.
        url: String,
        /// The limit in bytes.
        limit: u64,
        /// Whether it grew when it was decompressed.
        packed: bool,
    },
    /// It is something else than was asked for.
    #[error("{url}: this is {kind}, not {wanted}; give the address of {wanted}")]
    WrongType {
        /// The address.
        url: String,
        /// Its media type.
        kind: String,
        /// What was asked for, as in "a feed".
        wanted: &'static str,
    },
    /// The answer breaks off or is damaged.
    #[error("{url}: the answer is damaged ({why}); try again later")]
    Damaged {
        /// The address.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is no connection.
    #[error("{url}: no connection ({why}); check the address and the connection to the network, or try again later")]
    Connection {
        /// The address.
        url: String,
        /// Why not.
        why: String,
    },
    /// The program was asked to stop.
    #[error("{url}: not fetched: asked to stop")]
    Stopped {
        /// The address.
        url: String,
    },
}

fn after(wait: Option<Duration>) -> String {
    wait.map_or_else(String::new, |wait| format!(" in {} s", wait.as_secs()))
}

fn advice(status: u16) -> &'static str {
    match status {
        401 | 402 | 403 | 451 => "it is not for everybody: save the page yourself and give the file",
        500.. => "try again later",
        _ => "check the address",
    }
}

impl Error {
    /// Whether trying again a little later may help.
    pub fn is_passing(&self) -> bool {
        match self {
            Error::Busy { .. }
            | Error::Resting { .. }
            | Error::Slow { .. }
            | Error::Damaged { .. }
            | Error::Connection { .. }
            | Error::RobotsUnreachable { .. }
            | Error::NoHost { .. }
            | Error::Stopped { .. } => true,
            Error::Status { status, .. } => *status >= 500 || *status == 408,
            _ => false,
        }
    }

    /// How long the server asks to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Error::Busy { retry_after, .. } => *retry_after,
            Error::Resting { wait, .. } => Some(*wait),
            _ => None,
        }
    }
}
