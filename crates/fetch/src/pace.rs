//! How often a host is asked: a pure account of the answers of each, with the time as an argument.
//!
//! Between two requests to one host lies at least the pace, or what its `robots.txt` asks for. A host that fails or says
//! it has enough is left alone for as long as it says, or for twice as long each time.

use std::collections::BTreeMap;
use std::time::Duration;

/// A host is left alone for this long after its first failure; twice as long after each that follows.
const FIRST_REST: Duration = Duration::from_secs(1);
/// And no longer than this, unless it asks for it.
const LONGEST_REST: Duration = Duration::from_secs(3600);
/// What a host asks for is believed up to this: a day.
const LONGEST_ASKED: Duration = Duration::from_secs(24 * 3600);

/// The account of all hosts. Times are counted from any fixed moment.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    hosts: BTreeMap<String, Host>,
}

#[derive(Debug, Default)]
struct Host {
    /// When it may be asked again.
    next: Duration,
    /// How many failures in a row.
    failures: u32,
}

/// What became of a request, as far as the host's pace is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It answered.
    Answered,
    /// It did not, or with a fault of its own.
    Failed,
    /// It wants to be left alone.
    Asked(Duration),
}

impl Pace {
    /// How long to wait before a host may be asked; the place is taken from then on, so that the next who asks waits
    /// for longer.
    pub(crate) fn turn(&mut self, host: &str, pace: Duration, now: Duration) -> Duration {
        let host = self.hosts.entry(host.to_owned()).or_default();
        let at = host.next.max(now);
        host.next = at + pace;
        at - now
    }

    /// How long a host wants to be left alone, without taking a place.
    pub(crate) fn rest(&self, host: &str, now: Duration) -> Duration {
        self.hosts.get(host).map_or(Duration::ZERO, |host| host.next.saturating_sub(now))
    }

    /// Keeps what became of a request; gives how long the host is left alone for it.
    pub(crate) fn ended(&mut self, host: &str, outcome: Outcome, now: Duration) -> Duration {
        let host = self.hosts.entry(host.to_owned()).or_default();
        host.failures = if outcome == Outcome::Answered { 0 } else { host.failures.saturating_add(1) };
        let rest = match outcome {
            Outcome::Answered => Duration::ZERO,
            Outcome::Failed => back_off(host.failures),
            Outcome::Asked(wait) => wait.min(LONGEST_ASKED),
        };
        host.next = host.next.max(now + rest);
        rest
    }
}

/// 1 s, 2 s, 4 s …
fn back_off(failures: u32) -> Duration {
    FIRST_REST.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn one_after_the_other() {
        let mut pace = Pace::default();
        assert_eq!(pace.turn("a", SECOND, SECOND), Duration::ZERO);
        assert_eq!(pace.turn("a", SECOND, SECOND), SECOND);
        assert_eq!(pace.turn("a", 5 * SECOND, SECOND), 2 * SECOND);
        assert_eq!(pace.turn("a", SECOND, 3 * SECOND), 5 * SECOND);
        assert_eq!(pace.turn("b", SECOND, 3 * SECOND), Duration::ZERO);
    }

    #[test]
    fn failures_double_the_rest() {
        let mut pace = Pace::default();
        let rests = [0, 10, 20].map(|at| pace.ended("a", Outcome::Failed, at * SECOND).as_secs());
        assert_eq!(rests, [1, 2, 4]);
        assert_eq!(pace.rest("a", 20 * SECOND), 4 * SECOND);
        assert_eq!(pace.ended("a", Outcome::Asked(30 * SECOND), 30 * SECOND), 30 * SECOND);
        assert_eq!(pace.rest("a", 31 * SECOND), 29 * SECOND);
        pace.ended("a", Outcome::Answered, 60 * SECOND);
        assert_eq!(pace.ended("a", Outcome::Failed, 70 * SECOND), SECOND);
        assert_eq!(pace.ended("a", Outcome::Asked(SECOND * u32::MAX), 80 * SECOND), LONGEST_ASKED);
        assert_eq!(back_off(u32::MAX), LONGEST_REST);
    }
}
