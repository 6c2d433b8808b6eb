//! Moments counted from 1 January 1970, as tables and some records give them.

use twosource_model::Instant;

const DAY: i64 = 86_400;

/// The day so many days after 1 January 1970, `YYYY-MM-DD`; `None` outside the years 1 to 9999.
///
/// Days to a date of the Gregorian calendar: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub(crate) fn day(days: i64) -> Option<Instant> {
    let shifted = days.checked_add(719_468)?;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let year = year_of_era + era.checked_mul(400)? + i64::from(month <= 2);
    (1..=9999).contains(&year).then(|| Instant::new(&format!("{year:04}-{month:02}-{day:02}"))).flatten()
}

/// The moment so many seconds after the start of 1970 in UTC.
pub(crate) fn moment(seconds: i64) -> Option<Instant> {
    let date = day(seconds.div_euclid(DAY))?;
    let rest = seconds.rem_euclid(DAY);
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    Instant::new(&format!("{}T{hour:02}:{minute:02}:{second:02}Z", date.day()))
}

/// The moment a bare number means, in seconds or milliseconds, where it lies between 1990 and 2100.
pub(crate) fn bare(number: i64) -> Option<Instant> {
    const FROM: i64 = 631_152_000;
    const TO: i64 = 4_102_444_800;
    let sensible = FROM..TO;
    [number, number / 1000].into_iter().find(|seconds| sensible.contains(seconds)).and_then(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments() {
        let said = |instant: Option<Instant>| instant.map(|instant| instant.as_str().to_owned()).unwrap_or_default();
        assert_eq!(said(day(0)), "1970-01-01");
        assert_eq!(said(day(-1)), "1969-12-31");
        assert_eq!(said(day(11_016)), "2000-02-29");
        assert_eq!(said(day(i64::MAX)), "");
        assert_eq!(said(moment(1_746_259_200)), "2025-05-03T08:00:00Z");
        assert_eq!(said(bare(1_746_259_200_000)), "2025-05-03T08:00:00Z");
        assert_eq!(said(bare(20_250_503)), "");
        for number in [i64::MIN, i64::MAX] {
            assert_eq!((said(moment(number)), said(bare(number))), (String::new(), String::new()));
        }
    }
}
