//! How often somebody may ask: a bucket of requests for each client that fills up again with time.
//!
//! The buckets are a table of fixed size; clients that fall on the same place share one. Where they fall depends on a key
//! of this process, so nobody can choose a neighbour.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Places of the table.
const PLACES: usize = 4_096;

/// How many requests a client has, and how fast they come back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Allowance {
    /// At once, after a pause.
    pub(crate) burst: f64,
    /// A second.
    pub(crate) rate: f64,
}

/// What is left to each client.
pub(crate) struct Rate {
    start: Instant,
    keys: RandomState,
    places: Mutex<Vec<Place>>,
}

#[derive(Clone, Copy, Default)]
struct Place {
    /// Requests taken and not yet given back.
    taken: f64,
    /// When that was so, in seconds since the start.
    at: f64,
}

impl Rate {
    /// Everybody may ask.
    pub(crate) fn new() -> Rate {
        Rate { start: Instant::now(), keys: RandomState::new(), places: Mutex::new(vec![Place::default(); PLACES]) }
    }

    /// Takes some requests of a client; where it has no more, says in how many seconds it has.
    pub(crate) fn take(&self, client: &impl Hash, cost: f64, allowance: Allowance) -> Result<(), u32> {
        self.take_at(client, cost, allowance, self.start.elapsed().as_secs_f64())
    }

    fn take_at(&self, client: &impl Hash, cost: f64, allowance: Allowance, now: f64) -> Result<(), u32> {
        let at = self.keys.hash_one(client) % PLACES as u64;
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = usize::try_from(at).ok().and_then(|at| places.get_mut(at)) else { return Ok(()) };
        let taken = (place.taken - (now - place.at) * allowance.rate).max(0.0);
        let over = taken + cost - allowance.burst;
        *place = Place { taken: if over > 0.0 { taken } else { taken + cost }, at: now };
        if over > 0.0 { Err((over / allowance.rate).ceil().clamp(1.0, 3_600.0) as u32) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_come_back_with_time() {
        let (rate, few) = (Rate::new(), Allowance { burst: 3.0, rate: 0.5 });
        for _ in 0..3 {
            assert_eq!(rate.take_at(&"anna", 1.0, few, 10.0), Ok(()));
        }
        assert_eq!(rate.take_at(&"anna", 1.0, few, 10.0), Err(2));
        assert_eq!(rate.take_at(&"anna", 1.0, few, 11.9), Err(1));
        assert_eq!(rate.take_at(&"anna", 1.0, few, 12.0), Ok(()));
        assert_eq!(rate.take_at(&"anna", 3.0, few, 1_000.0), Ok(()));
        assert_eq!(rate.take_at(&"anna", 9.0, few, 2_000.0), Err(12), "what is never had is no panic");
    }
}
