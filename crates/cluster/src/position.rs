//! How far a stream has come.

use jiff::civil::Date;

use crate::bytes::{put, take, unzigzag, zigzag};
use crate::epoch::Epoch;
use crate::similarity::WINDOW;
use crate::window::LATEST;

/// How far a stream has come, beside its epoch: small, and changed by every article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Articles added since the beginning.
    pub(crate) seen: u64,
    /// The last day of the window, counted from 1970.
    pub(crate) last_day: Option<i32>,
}

impl Position {
    /// The first day of the window: of the articles of earlier days only the latest are in memory. `None` before there is
    /// one.
    pub fn first_day(&self) -> Option<Date> {
        let last = self.last_day?;
        jiff::Span::new()
            .try_days(i64::from(last) - i64::from(WINDOW))
            .ok()
            .and_then(|days| BEGINNING.checked_add(days).ok())
    }

    /// How many of the articles that were added last are needed to go on, whatever their days.
    pub fn latest(&self, epoch: &Epoch) -> u64 {
        self.since(epoch).max(LATEST.into())
    }

    /// How many of the articles that were added last came since the epoch began.
    pub(crate) fn since(&self, epoch: &Epoch) -> u64 {
        self.seen.saturating_sub(epoch.began())
    }

    /// The position as bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, self.seen);
        self.last_day.into_iter().for_each(|day| put(&mut bytes, zigzag(day.into())));
        bytes
    }

    /// The position that was stored; `None` for other bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Position> {
        let seen = take(&mut bytes)?;
        let last_day = match bytes {
            [] => None,
            _ => Some(i32::try_from(unzigzag(take(&mut bytes)?)).ok()?),
        };
        bytes.is_empty().then_some(Position { seen, last_day })
    }
}

/// Where days are counted from.
const BEGINNING: Date = jiff::civil::date(1970, 1, 1);

/// Days since 1970.
pub(crate) fn day_number(day: Date) -> i32 {
    day.since(BEGINNING).map_or(0, |days| days.get_days())
}
