//! Time, as far as fetching needs it.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// A clock that can be waited by.
pub(crate) trait Clock: Send + Sync + 'static {
    /// Since some fixed moment; never goes back.
    fn now(&self) -> Duration;
    /// The time of day, to count dates of servers from.
    fn wall(&self) -> Timestamp;
    /// Waits, or less long where `is_stopped` says so.
    fn sleep(&self, wait: Duration, is_stopped: &dyn Fn() -> bool);
}

/// The clock of the system.
pub(crate) struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        SystemClock(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn wall(&self) -> Timestamp {
        Timestamp::now()
    }

    fn sleep(&self, wait: Duration, is_stopped: &dyn Fn() -> bool) {
        const STEP: Duration = Duration::from_millis(50);
        let end = Instant::now() + wait;
        while !is_stopped() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(STEP));
        }
    }
}
