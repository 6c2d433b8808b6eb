//! Every full date in a text, as people and programs write them, with the time of day behind it.
//!
//! Only a date with day, month and year counts. A date in figures whose day and month could be swapped keeps both
//! readings ([`Days::Either`]): who knows the page decides, or nobody.

use twosource_model::Instant;

use crate::words::LISTS;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    year: u32,
    month: u32,
    day: u32,
}

impl Day {
    /// A day that exists, in the years of print.
    pub(crate) fn new(year: u32, month: u32, day: u32) -> Option<Day> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        ((1600..=2200).contains(&year) && (1..=length).contains(&day)).then_some(Day { year, month, day })
    }

    /// The day of an instant.
    pub(crate) fn of(instant: &Instant) -> Option<Day> {
        let part = |range: std::ops::Range<usize>| instant.day().get(range)?.parse().ok();
        Day::new(part(0..4)?, part(5..7)?, part(8..10)?)
    }

    /// Days since the first of March of the year 0 (the civil calendar counted forward), to tell how far days lie apart.
    pub(crate) fn number(self) -> i64 {
        let (year, month) = if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        let (year, month) = (i64::from(year), i64::from(month));
        365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i64::from(self.day) - 1
    }

    /// The year.
    pub(crate) fn year(self) -> u32 {
        self.year
    }

    /// As the model keeps it.
    pub(crate) fn instant(self) -> Option<Instant> {
        Instant::new(&self.text())
    }

    fn text(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What the figures of a date mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    /// One day.
    One(Day),
    /// One of two: "03/04/2025".
    Either {
        /// Read as the third of April.
        day_first: Day,
        /// Read as the fourth of March.
        month_first: Day,
    },
}

/// A time of day behind a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Hour, minute, second.
    hms: (u32, u32, u32),
    /// The digits behind the second.
    fraction: String,
    /// Minutes east of Greenwich, where the text says so.
    pub(crate) offset: Option<i64>,
}

impl Clock {
    /// Minutes since midnight.
    pub(crate) fn minutes(&self) -> i64 {
        i64::from(self.hms.0) * 60 + i64::from(self.hms.1)
    }

    fn text(&self, offset: i64) -> String {
        let (hour, minute, second) = self.hms;
        let dot = if self.fraction.is_empty() { "" } else { "." };
        let zone = match offset {
            0 => "Z".to_owned(),
            _ => {
                let sign = if offset < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
            }
        };
        format!("{hour:02}:{minute:02}:{second:02}{dot}{}{zone}", self.fraction)
    }
}

/// A date in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// First byte.
    pub(crate) start: usize,
    /// Behind the last byte of the date.
    pub(crate) end: usize,
    /// What it means.
    pub(crate) days: Days,
    /// The time of day behind it.
    pub(crate) clock: Option<Clock>,
    /// Whether the year has two figures.
    pub(crate) short: bool,
    /// Whether the month stands before the day, where the figures can be read only one way: "14/11/2025".
    pub(crate) month_first: Option<bool>,
}

impl Seen {
    /// The moment or day, where there is one reading.
    pub(crate) fn instant(&self) -> Option<Instant> {
        match self.days {
            Days::One(day) => self.on(day),
            Days::Either { .. } => None,
        }
    }

    /// The moment or day with a chosen reading.
    pub(crate) fn on(&self, day: Day) -> Option<Instant> {
        let moment =
            self.clock.as_ref().and_then(|clock| Some(format!("{}T{}", day.text(), clock.text(clock.offset?))));
        moment.and_then(|moment| Instant::new(&moment)).or_else(|| day.instant())
    }

    /// The same moment on clocks this many minutes east of Greenwich, where it falls on `day`.
    pub(crate) fn moved(&self, day: Day, offset: i64) -> Option<Instant> {
        let clock = self.clock.as_ref()?;
        let minutes = (clock.minutes() - clock.offset? + offset).rem_euclid(24 * 60);
        let time = |part: i64| u32::try_from(part).unwrap_or_default();
        let moved = Clock { hms: (time(minutes / 60), time(minutes % 60), clock.hms.2), ..clock.clone() };
        Instant::new(&format!("{}T{}", day.text(), moved.text(offset)))
    }
}

/// The dates of a text in their order.
pub(crate) fn dates_in(text: &str) -> Vec<Seen> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        match date_at(text, &pieces[at..]) {
            Some(shape) => {
                let Shape { days, used, short, month_first, inside } = shape;
                let (start, end) = (pieces[at].start, pieces[at + used - 1].end);
                let clock = clock_after(&text[if inside { pieces[at + 1].end } else { end }..]);
                found.push(Seen { start, end, days, clock, short, month_first });
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// How a date is written.
struct Shape {
    days: Days,
    /// How many pieces it takes.
    used: usize,
    short: bool,
    month_first: Option<bool>,
    /// Whether the time of day stands between day and year.
    inside: bool,
}

/// A run of digits, or a word.
#[derive(Clone, Copy)]
struct Piece<'t> {
    start: usize,
    end: usize,
    text: &'t str,
    number: Option<u32>,
}

impl Piece<'_> {
    fn digits(&self) -> usize {
        if self.number.is_some() { self.text.len() } else { 0 }
    }

    /// A number of one or two figures.
    fn small(&self) -> Option<u32> {
        self.number.filter(|_| self.text.len() <= 2)
    }

    fn year(&self) -> Option<u32> {
        self.number.filter(|_| self.text.len() == 4)
    }

    fn month(&self) -> Option<u32> {
        if self.number.is_some() || self.text.len() > 24 {
            return None;
        }
        LISTS.months.get(crate::words::lower(self.text).as_str()).copied()
    }
}

/// Marks of year, month and day in dates of East Asia, which part figures as "-" and "/" do.
fn is_mark(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '년' | '월' | '일')
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_alphanumeric() && !is_mark(c)) {
        rest = &rest[at..];
        let is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
        let ends = |c: char| if is_digit { !c.is_ascii_digit() } else { !c.is_alphabetic() || is_mark(c) };
        // A sign that is alphanumeric but neither digit nor letter ("²") is a word of its own.
        let length = rest.find(ends).unwrap_or(rest.len()).max(rest.chars().next().map_or(1, char::len_utf8));
        let start = text.len() - rest.len();
        let word = &rest[..length];
        let number = if is_digit && length <= 8 { word.parse().ok() } else { None };
        found.push(Piece { start, end: start + length, text: word, number });
        rest = &rest[length..];
    }
    found
}

/// The date that starts with the first of these pieces.
fn date_at(text: &str, pieces: &[Piece]) -> Option<Shape> {
    let plain = |(day, used)| Shape { days: Days::One(day), used, short: false, month_first: None, inside: false };
    year_first(text, pieces)
        .map(plain)
        .or_else(|| figures(text, pieces))
        .or_else(|| day_and_word(text, pieces).map(plain))
        .or_else(|| word_and_day(pieces).map(plain))
        .or_else(|| compact(text, pieces).map(plain))
        .or_else(|| clock_inside(pieces).map(|found| Shape { inside: true, ..plain(found) }))
}

fn gap<'t>(text: &'t str, before: &Piece, after: &Piece) -> &'t str {
    text[before.end..after.start].trim()
}

/// "2025-11-14", "2025/11/14", "2025年11月14日", "2025. november 14.".
fn year_first(text: &str, pieces: &[Piece]) -> Option<(Day, usize)> {
    let [first, second, third, ..] = pieces else { return None };
    let year = first.year()?;
    if let Some(month) = second.month() {
        return Some((Day::new(year, month, third.small()?)?, 3));
    }
    let (gap, next) = (gap(text, first, second), gap(text, second, third));
    let parted = matches!((gap, next), ("-", "-") | ("/", "/") | (".", ".") | ("_", "_") | ("年", "月") | ("년", "월"));
    parted.then_some(())?;
    Some((Day::new(year, second.small()?, third.small()?)?, 3))
}

/// "14.11.2025", "14/11/2025", "11/14/2025", "14.11.25".
fn figures(text: &str, pieces: &[Piece]) -> Option<Shape> {
    let [first, second, third, ..] = pieces else { return None };
    let sign = gap(text, first, second);
    let parted = matches!(sign, "." | "/" | "-") && gap(text, second, third) == sign;
    let follows =
        |sign: &str| pieces.get(3).is_some_and(|next| next.number.is_some() && text[third.end..next.start] == *sign);
    let led = text[..first.start].ends_with(['.', '/', '-'])
        && text[..first.start].len() > 1
        && text[..first.start - 1].ends_with(|c: char| c.is_ascii_digit());
    if !parted || follows(sign) || led {
        return None;
    }
    let (a, b) = (first.small()?, second.small()?);
    let short = third.digits() == 2 && sign != "-";
    let year = if short { 2000 + third.small().filter(|year| *year < 70)? } else { third.year()? };
    let (days, month_first) = match (Day::new(year, b, a), Day::new(year, a, b)) {
        (Some(day), _) if sign == "." || a == b => (Days::One(day), None),
        (Some(day_first), Some(month_first)) => (Days::Either { day_first, month_first }, None),
        (Some(day), None) if sign != "." => (Days::One(day), Some(false)),
        (None, Some(day)) if sign != "." => (Days::One(day), Some(true)),
        _ => return None,
    };
    Some(Shape { days, used: 3, short, month_first, inside: false })
}

/// "14 November 2025", "14. November 2025", "14th of November, 2025", "14 de noviembre de 2025", "14-Nov-2025".
fn day_and_word(text: &str, pieces: &[Piece]) -> Option<(Day, usize)> {
    let day = pieces.first()?.small()?;
    let mut at = 1;
    let glued = |at: usize| pieces.get(at).is_some_and(|piece| piece.start == pieces[at - 1].end);
    if glued(at) && matches!(pieces[at].text, "st" | "nd" | "rd" | "th" | "er" | "e" | "o" | "º") {
        at += 1;
    }
    at += usize::from(is_joiner(pieces.get(at)?));
    let month = pieces.get(at)?.month()?;
    at += 1;
    at += usize::from(is_joiner(pieces.get(at)?));
    let year = pieces.get(at)?;
    // "14 Nov '25" is a year; "14 November 25 boats" is none.
    let year = year.year().or_else(|| {
        let quoted = text[..year.start].ends_with(['\'', '’']);
        year.small().filter(|_| quoted && year.digits() == 2).map(|year| 2000 + year)
    })?;
    Some((Day::new(year, month, day)?, at + 1))
}

/// "November 14, 2025", "Nov. 14th 2025".
fn word_and_day(pieces: &[Piece]) -> Option<(Day, usize)> {
    pieces.get(1)?.small()?;
    let month = pieces[0].month()?;
    let at = if matches!(pieces.get(2)?.text, "st" | "nd" | "rd" | "th") { 3 } else { 2 };
    Some((Day::new(pieces.get(at)?.year()?, month, pieces[1].small()?)?, at + 1))
}

/// "20251114", standing alone or before a time.
fn compact(text: &str, pieces: &[Piece]) -> Option<(Day, usize)> {
    let first = pieces.first().filter(|first| first.number.is_some() && first.text.len() == 8)?;
    let part = |range: std::ops::Range<usize>| first.text[range].parse().ok();
    let year = part(0..4).filter(|year| (1990..2100).contains(year))?;
    let alone = !text[..first.start].ends_with(|c: char| c.is_alphanumeric());
    alone.then_some((Day::new(year, part(4..6)?, part(6..8)?)?, 1))
}

/// "Fri Nov 14 08:30:00 CET 2025", "Fri Nov 14 08:30:00 +0100 2025", as programs in C and Java print a time.
fn clock_inside(pieces: &[Piece]) -> Option<(Day, usize)> {
    let month = pieces.first()?.month()?;
    let numbers = pieces.get(1..5)?.iter().all(|piece| piece.small().is_some());
    // The zone has letters, or four figures and a sign: then the year is the second number of four.
    let year = pieces.get(6).filter(|piece| numbers && piece.digits() == 4)?.year()?;
    Some((Day::new(year, month, pieces[1].small()?)?, 7))
}

/// Words between day, month and year: "de", "of".
fn is_joiner(piece: &Piece) -> bool {
    matches!(piece.text, "de" | "del" | "of" | "di" | "d" | "the" | "DE" | "OF")
}

/// The time of day that follows a date closely: "T08:30:00Z", ", 8.30 pm", " um 18:05 Uhr", " 22:28:35 -0500".
fn clock_after(rest: &str) -> Option<Clock> {
    let rest = &rest[..crate::words::floor(rest, 60)];
    let start = rest.find(|c: char| c.is_ascii_digit()).filter(|start| *start <= 14)?;
    let lead = &rest[..start];
    if lead.contains(['\n', ';', '(', '+']) || lead.is_empty() {
        return None;
    }
    let (hour, rest) = number(&rest[start..])?;
    let (minute, rest) = number(rest.strip_prefix([':', '.', 'h', 'H'])?)?;
    let (second, rest) = match rest.strip_prefix(':').and_then(number) {
        Some((second, rest)) => (second, rest),
        None => (0, rest),
    };
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let fraction = rest.strip_prefix(['.', ':', ',']).map(|text| &text[..digits(text)]).unwrap_or_default();
    let rest = if fraction.is_empty() { rest } else { &rest[1 + fraction.len()..] };
    let (hour, rest) = twelve_hours(hour, rest);
    let valid = hour < 24 && minute < 60 && second < 61;
    valid.then(|| Clock { hms: (hour, minute, second), fraction: fraction.to_owned(), offset: offset(rest) })
}

/// One or two digits at the start.
fn number(text: &str) -> Option<(u32, &str)> {
    let length = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    matches!(length, 1 | 2).then(|| Some((text[..length].parse().ok()?, &text[length..])))?
}

/// Counts "8:30 p.m." on to 20:30.
fn twelve_hours(hour: u32, rest: &str) -> (u32, &str) {
    let next = rest.trim_start();
    let half: String = next.chars().filter(|c| *c != '.').take(2).collect::<String>().to_ascii_lowercase();
    let length = if next.get(1..2) == Some(".") { 4 } else { 2 };
    let after = next.get(length..).unwrap_or_default();
    match &*half {
        "am" if hour <= 12 => (hour % 12, after),
        "pm" if hour <= 12 => (hour % 12 + 12, after),
        _ => (hour, rest),
    }
}

/// Zones whose short names mean one offset in the press of all countries ("EST" and "IST" do not), in hours.
const ZONES: &[(&str, i64)] =
    &[("CET", 1), ("CEST", 2), ("MEZ", 1), ("MESZ", 2), ("EET", 2), ("EEST", 3), ("MSK", 3), ("EDT", -4), ("PDT", -7)];

/// "Z", "+01:00", "-0500", "+01", "GMT", "UTC+2", "CEST".
fn offset(rest: &str) -> Option<i64> {
    let rest = rest.trim_start();
    if rest.starts_with(['Z', 'z']) && !rest[1..].starts_with(char::is_alphanumeric) {
        return Some(0);
    }
    let name = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
    if let Some((_, hours)) = ZONES.iter().find(|(zone, _)| *zone == name) {
        return Some(hours * 60);
    }
    let named = rest.strip_prefix("GMT").or_else(|| rest.strip_prefix("UTC"));
    let numeric = named.unwrap_or(rest);
    let sign = match numeric.bytes().next() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return named.map(|_| 0),
    };
    let digits: Vec<u8> = numeric.bytes().skip(1).take(5).filter(u8::is_ascii_digit).collect();
    let value = |range: &[u8]| range.iter().fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let minutes = match digits.len() {
        1 | 2 => value(&digits) * 60,
        4 => value(&digits[..2]) * 60 + value(&digits[2..]),
        _ => return named.map(|_| 0),
    };
    (minutes <= 15 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = dates_in(text)
            .iter()
            .map(|seen| match seen.days {
                Days::One(_) => seen.instant().map(|instant| instant.as_str().to_owned()).unwrap_or_default(),
                Days::Either { day_first, month_first } => format!("{} or {}", day_first.text(), month_first.text()),
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_of_many_hands() {
        check("Posted on Wednesday, November 14th, 2025 by Anna", &["2025-11-14"]);
        check("am 14. November 2025 um 18:05 Uhr", &["2025-11-14"]);
        check("14 de noviembre de 2025, 14/11/2025", &["2025-11-14", "2025-11-14"]);
        check("jeudi 1er mai 2025", &["2025-05-01"]);
        check("16 Mart 2025 Pazar", &["2025-03-16"]);
        check("2025年11月14日 08:30", &["2025-11-14"]);
        check("2025. március 5.", &["2025-03-05"]);
        check("14 Nov '25 and 14.11.25", &["2025-11-14", "2025-11-14"]);
        check("03/04/2025 or 04/04/2025", &["2025-04-03 or 2025-03-04", "2025-04-04"]);
        check("30/02/2025, 2025-13-01, 1.2.3.2025, May 2025, 12 of 2025", &[]);
        check("MAY 3, 2025", &["2025-05-03"]);
    }

    #[test]
    fn moments_keep_their_offset() {
        check("2025-11-14T08:30:00+01:00", &["2025-11-14T08:30:00+01:00"]);
        check("2025-11-14T08:30Z", &["2025-11-14T08:30:00Z"]);
        check("2025-11-14 08:30:00.120 -0500", &["2025-11-14T08:30:00.120-05:00"]);
        check("Fri, 14 Nov 2025 08:30:00 GMT", &["2025-11-14T08:30:00Z"]);
        check("Nov. 14, 2025 at 8:30 p.m. UTC+2", &["2025-11-14T20:30:00+02:00"]);
        check("2025-11-14 08:30:00", &["2025-11-14"]);
        check("20251114T083000Z", &["2025-11-14"]);
        check("Fri Nov 14 08:30:00 CET 2025", &["2025-11-14T08:30:00+01:00"]);
        check("Fri Nov 14 08:30:00 -0500 2025", &["2025-11-14T08:30:00-05:00"]);
        check("14.11.2025, 8.30 Uhr MEZ", &["2025-11-14"]);
    }

    #[test]
    fn days_are_counted() {
        let number = |year, month, day| Day::new(year, month, day).map(Day::number);
        assert_eq!(number(2025, 3, 1), number(2025, 2, 28).map(|day| day + 1));
        assert_eq!(number(2024, 3, 1), number(2024, 2, 28).map(|day| day + 2));
        assert_eq!(number(2026, 1, 1), number(2025, 12, 31).map(|day| day + 1));
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_fail(text in ".{0,80}") {
            for seen in dates_in(&text) {
                proptest::prop_assert!(text.get(seen.start..seen.end).is_some());
            }
        }

        #[test]
        fn every_written_day_is_read(year in 1990u32..2100, month in 1u32..=12, day in 1u32..=28) {
            let expected = Day::new(year, month, day).map(Days::One);
            for text in [format!("{year}-{month:02}-{day:02}"), format!("{day}.{month}.{year}"), format!("{year}年{month}月{day}日")] {
                let found = dates_in(&text);
                proptest::prop_assert_eq!(found.first().map(|seen| seen.days), expected);
            }
        }
    }
}
