//! The dates of feeds: RFC 822 with all that writers make of it, RFC 3339 and the profile of ISO 8601 of the W3C.

use twosource_model::Instant;

use crate::dates::metadata_date;
use crate::words::LISTS;

/// A date of a feed. A time of day counts only with its zone; without a whole day there is no answer.
pub(crate) fn feed_date(value: &str) -> Option<Instant> {
    let value = value.trim();
    let value = value.get(..80).unwrap_or(value);
    iso(value).or_else(|| mail(value)).or_else(|| metadata_date(value)).filter(|instant| is_day(instant.day()))
}

/// Whether a day of the form YYYY-MM-DD is in the calendar.
fn is_day(day: &str) -> bool {
    let numbers: Vec<u32> = day.split('-').filter_map(number).collect();
    matches!(numbers[..], [year, month, day] if calendar_day(year, month, day).is_some())
}

/// "2003-12-31T10:14:55Z", "2003-12-31 10:14:55.5+0100", "20031231T101455Z".
fn iso(value: &str) -> Option<Instant> {
    let dashed = value.get(4..5) == Some("-");
    let (year, month, day, rest) = if dashed {
        (value.get(..4)?, value.get(5..7)?, value.get(8..10)?, value.get(10..)?)
    } else {
        (value.get(..4)?, value.get(4..6)?, value.get(6..8)?, value.get(8..)?)
    };
    let separated = !dashed || value.get(7..8) == Some("-");
    let day = separated.then(|| calendar_day(number(year)?, number(month)?, number(day)?))??;
    let rest = rest.trim_start_matches(['T', 't', ' ', ',']).trim();
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        let time_end = rest.find(|c: char| !c.is_ascii_digit() && !":.,".contains(c)).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(time_end);
        return moment(&day, clock(time), offset(zone.trim()));
    }
    // "20080219+0100" is a day; "200312311014" is none.
    (rest.is_empty() || rest.starts_with(['+', '-', 'Z', 'z'])).then(|| Instant::new(&day))?
}

/// "Thu, 01 Jan 2004 19:48:21 GMT" and its like: the parts in any order, the weekday ignored.
fn mail(value: &str) -> Option<Instant> {
    let mut parts = Parts::default();
    for word in value.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        parts.take(word);
    }
    let day = calendar_day(parts.year?, parts.month?, parts.day?)?;
    moment(&day, parts.time, parts.zone)
}

#[derive(Default)]
struct Parts {
    day: Option<u32>,
    month: Option<u32>,
    year: Option<u32>,
    time: Option<(u32, u32, u32)>,
    /// Minutes east of Greenwich.
    zone: Option<i32>,
}

impl Parts {
    fn take(&mut self, word: &str) {
        let dashed: Vec<&str> = word.split('-').collect();
        if let [day, month, year] = dashed[..]
            && self.month.is_none()
            && month.starts_with(|c: char| c.is_alphabetic())
        {
            (self.day, self.month, self.year) = (number(day), month_of(month), year_of(year));
            return;
        }
        match () {
            () if word.contains(':') && self.time.is_none() => self.take_time(word),
            () if word.starts_with(|c: char| c.is_ascii_digit()) => self.take_number(word),
            () if word.starts_with(['+', '-']) => self.zone = offset(word).or(self.zone),
            () if self.month.is_none() && month_of(word).is_some() => self.month = month_of(word),
            () => self.half_day(word),
        }
    }

    /// "19:48:21", "19:48:21+0100", "7:48PM".
    fn take_time(&mut self, word: &str) {
        let end = word.find(|c: char| !c.is_ascii_digit() && !":.".contains(c)).unwrap_or(word.len());
        self.time = clock(&word[..end]);
        if !word[end..].is_empty() {
            self.half_day(&word[end..]);
        }
    }

    /// The day comes before the year, save in "2004 Jan 1".
    fn take_number(&mut self, word: &str) {
        let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
        match (self.day, digits.len()) {
            (_, 4) => self.year = self.year.or_else(|| number(digits)),
            (None, 1 | 2) => self.day = number(digits),
            (Some(_), 1..=3) if self.year.is_none() => self.year = year_of(digits),
            _ => {}
        }
    }

    /// "PM", or a zone.
    fn half_day(&mut self, word: &str) {
        let time = self.time;
        match (&*word.to_ascii_uppercase(), time) {
            ("PM" | "P.M.", Some((hour @ 1..=11, minute, second))) => self.time = Some((hour + 12, minute, second)),
            ("AM" | "A.M.", Some((12, minute, second))) => self.time = Some((0, minute, second)),
            (zone, _) => self.zone = offset(zone).or(self.zone),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Two figures as RFC 2822 reads them: 00 to 49 are of this century; three count from 1900.
fn year_of(text: &str) -> Option<u32> {
    let number = number(text)?;
    Some(match text.len() {
        1 | 2 if number < 50 => 2000 + number,
        1..=3 => 1900 + number,
        _ => number,
    })
}

fn month_of(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    let english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let listed = LISTS.months.get(&*word).copied();
    listed.or_else(|| (1..).zip(english).find(|(_, name)| *name == word).map(|(at, _)| at))
}

/// A day that is in the calendar.
fn calendar_day(year: u32, month: u32, day: u32) -> Option<String> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let length = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let known = (1600..=2200).contains(&year) && (1..=length).contains(&day);
    known.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// "19:48:21", "19:48", "194821", "1948"; parts of a second are dropped.
fn clock(text: &str) -> Option<(u32, u32, u32)> {
    let whole = text.split(['.', ',']).next()?;
    let parts: Vec<&str> = match whole.contains(':') {
        true => whole.split(':').collect(),
        false => vec![whole.get(..2)?, whole.get(2..4)?, whole.get(4..6).unwrap_or("0")],
    };
    let number = |at: usize| parts.get(at).map_or(Some(0), |part| number(part));
    let (hour, minute, second) = (number(0)?, number(1)?, number(2)?);
    (parts.len() > 1 && hour < 24 && minute < 60 && second <= 60).then_some((hour, minute, second.min(59)))
}

/// Minutes east of Greenwich of "+0100", "-5:30", "Z", "EST", "GMT+1"; a name that several zones share is none.
fn offset(zone: &str) -> Option<i32> {
    const NAMES: &[(&str, i32)] = &[
        ("Z", 0),
        ("UT", 0),
        ("GMT", 0),
        ("UTC", 0),
        ("WET", 0),
        ("WEST", 60),
        ("CET", 60),
        ("MEZ", 60),
        ("CEST", 120),
        ("MESZ", 120),
        ("EET", 120),
        ("EEST", 180),
        ("MSK", 180),
        ("JST", 540),
        ("AKST", -540),
        ("AKDT", -480),
        ("EST", -300),
        ("EDT", -240),
        ("CST", -360),
        ("CDT", -300),
        ("MST", -420),
        ("MDT", -360),
        ("PST", -480),
        ("PDT", -420),
        ("HST", -600),
    ];
    let name_end = zone.find(['+', '-']).unwrap_or(zone.len());
    let (name, sign) = zone.split_at(name_end);
    let named = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim())).map(|(_, minutes)| *minutes);
    if sign.is_empty() {
        return named;
    }
    if !name.is_empty() && named != Some(0) {
        return None;
    }
    let digits: String = sign[1..].chars().filter(char::is_ascii_digit).take(4).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number(&digits)?, 0),
        3 => (number(&digits[..1])?, number(&digits[1..])?),
        4 => (number(&digits[..2])?, number(&digits[2..])?),
        _ => return None,
    };
    let minutes = i32::try_from(hours * 60 + minutes).ok().filter(|_| hours <= 14 && minutes < 60)?;
    Some(if sign.starts_with('-') { -minutes } else { minutes })
}

fn moment(day: &str, time: Option<(u32, u32, u32)>, zone: Option<i32>) -> Option<Instant> {
    let (Some((hour, minute, second)), Some(zone)) = (time, zone) else { return Instant::new(day) };
    let sign = if zone < 0 { '-' } else { '+' };
    let offset = match zone.unsigned_abs() {
        0 => "Z".to_owned(),
        minutes => format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
    };
    Instant::new(&format!("{day}T{hour:02}:{minute:02}:{second:02}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: &str) {
        assert_eq!(feed_date(value).as_ref().map_or("", Instant::as_str), expected, "{value}");
    }

    #[test]
    fn dates_of_mail() {
        check("Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z");
        check("Mon, 1 Jan 04 19:48 EST", "2004-01-01T19:48:00-05:00");
        check("01 Jan 99 19:48:21 +0130", "1999-01-01T19:48:21+01:30");
        check("Thursday, January 1, 2004 7:48 PM GMT", "2004-01-01T19:48:00Z");
        check("Sun Jan  4 16:29:06 PST 2004", "2004-01-04T16:29:06-08:00");
        check("1-Jan-04 19:48:21 GMT", "2004-01-01T19:48:21Z");
        check("Thu,01 Jan 2004 19:48:21GMT", "2004-01-01T19:48:21Z");
        check("Thu, 01 Jan 2004 25:48:21 GMT", "2004-01-01");
        check("Thu, 01 Jan 2004 19:48:21 XYZ", "2004-01-01");
        check("Do, 01 Mai 2025 19:48:21 +0200", "2025-05-01T19:48:21+02:00");
        check("Sun, 31 Feb 2004 19:48:21 GMT", "");
        check("Thu, 01 Jan 2004 00:00:00 GMT+2", "2004-01-01T00:00:00+02:00");
    }

    #[test]
    fn dates_of_the_web() {
        check("2003-12-31T10:14:55Z", "2003-12-31T10:14:55Z");
        check("2003-12-31T10:14:55.25-08:00", "2003-12-31T10:14:55-08:00");
        check("2003-12-31T10:14+0100", "2003-12-31T10:14:00+01:00");
        check("2003-12-31 10:14:55", "2003-12-31");
        check("20031231T101455Z", "2003-12-31T10:14:55Z");
        check("20080219+0100", "2008-02-19");
        check("2003-12-31", "2003-12-31");
        check("2003-12", "");
        check("2003", "");
        check("yesterday", "");
        check("", "");
        check("ÄÄÄÄÄÄÄÄÄÄÄÄ", "");
    }
}
