//! Which of two publications came first.

use jiff::Timestamp;
use twosource_model::Instant;

/// Whether `a` was published before `b`; `None` where what is known of them does not tell.
///
/// Two moments are compared as such; of a day and a moment, or of two days, only different days tell.
pub(crate) fn earlier(a: &Instant, b: &Instant) -> Option<bool> {
    let moment = |instant: &Instant| instant.as_str().replace(' ', "T").parse::<Timestamp>().ok();
    match (moment(a), moment(b)) {
        (Some(x), Some(y)) => (x != y).then_some(x < y),
        _ => (a.day() != b.day()).then(|| a.day() < b.day()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, expected: Option<bool>) {
        assert_eq!(earlier(&Instant::new(a).unwrap(), &Instant::new(b).unwrap()), expected, "{a} {b}");
    }

    #[test]
    fn moments_by_the_clock_and_days_by_the_calendar() {
        check("2025-03-04T10:00:00Z", "2025-03-04T12:00:00+01:00", Some(true));
        check("2025-03-04T12:00:00+02:00", "2025-03-04T10:00:00Z", None);
        check("2025-03-04", "2025-03-04T10:00:00Z", None);
        check("2025-03-05", "2025-03-04T10:00:00Z", Some(false));
    }
}
