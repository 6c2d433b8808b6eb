//! Moments and days as numbers, in which they can be sorted and searched.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use twosource_model::Instant;

/// Seconds of a day.
pub(crate) const DAY: i64 = 86_400;

/// A moment as Unix time in seconds: the start of the day where only that is known.
///
/// ```
/// use twosource_model::Instant;
/// use twosource_store::seconds;
/// assert_eq!(seconds(&Instant::new("1970-01-02T01:00:00+01:00").unwrap()), Some(86_400));
/// assert_eq!(seconds(&Instant::new("1970-01-02").unwrap()), Some(86_400));
/// assert_eq!(seconds(&Instant::new("2025-02-31").unwrap()), None);
/// ```
pub fn seconds(instant: &Instant) -> Option<i64> {
    match instant.as_str().parse::<Timestamp>() {
        Ok(moment) => Some(moment.as_second()),
        Err(_) => Some(i64::from(day_number(instant)?) * DAY),
    }
}

/// A moment that is named as a day or an RFC 3339 time, or as a time before now: "12h", "7d", "4w". Both in Unix time.
///
/// ```
/// use twosource_store::moment;
/// assert_eq!(moment("1970-01-02", 0), Some(86_400));
/// assert_eq!(moment("12h", 86_400), Some(43_200));
/// assert_eq!(moment("soon", 0), None);
/// ```
pub fn moment(named: &str, now: i64) -> Option<i64> {
    if let Some(moment) = Instant::new(named).as_ref().and_then(seconds) {
        return Some(moment);
    }
    let unit = named.chars().last()?;
    let number: u32 = named[..named.len() - unit.len_utf8()].parse().ok()?;
    let length = match unit {
        'h' => 3_600,
        'd' => DAY,
        'w' => 7 * DAY,
        _ => return None,
    };
    Some(now.saturating_sub(i64::from(number) * length))
}

/// The day of an instant, in the offset it states, as days since 1970-01-01.
pub fn day_number(instant: &Instant) -> Option<i32> {
    instant.day().parse().ok().map(days_since_epoch)
}

/// A day as days since 1970-01-01.
pub(crate) fn days_since_epoch(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The day that lies so many days after 1970-01-01.
pub fn day_of_number(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
