//! From the words of a time to its TIMEX3 value, with jiff's calendar.
//!
//! A value is as precise as the words: "last month" is a month, "two years ago" a year. What the words do not say is
//! counted from the day of publication; where there is none, the value stays unknown.

use jiff::civil::{Date, Weekday, date};
use jiff::{Span as Period, ToSpan};
use twosource_model::TimeKind;

use super::cues::Direction;
use super::lexicon::Class;
use super::pattern::{Reading, Values};

/// So many months ahead, a month without a verb to tell is the coming one.
const SOON: i8 = 2;

/// What is known when an expression is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Frame {
    /// The day of publication.
    pub(super) reference: Option<Date>,
    /// The last year, month and day mentioned: what "that June" and "the same day" mean.
    pub(super) last: Option<(i16, Option<i8>, Option<i8>)>,
    /// The last quarter mentioned: what "a year earlier" compares.
    pub(super) quarter: Option<(i16, i64)>,
}

/// A time as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeKind,
    pub(super) value: Option<String>,
    pub(super) worked_out: bool,
}

fn stated(kind: TimeKind, value: impl Into<String>) -> Resolved {
    Resolved { kind, value: Some(value.into()), worked_out: false }
}

fn derived(kind: TimeKind, value: Option<String>) -> Resolved {
    Resolved { kind, worked_out: value.is_some(), value }
}

/// A day, month or year of the calendar, as TIMEX3 writes it.
fn calendar(year: i16, month: Option<i8>, day: Option<i8>) -> String {
    match (month, day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    }
}

fn of_day(day: Date) -> String {
    calendar(day.year(), Some(day.month()), Some(day.day()))
}

fn of_month(day: Date) -> String {
    calendar(day.year(), Some(day.month()), None)
}

fn of_week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

fn quarter_of(day: Date) -> i64 {
    i64::from((day.month() - 1) / 3 + 1)
}

/// Reads one expression. `None` where the words turn out to be no time ("February 31").
pub(super) fn resolve(reading: Reading, values: &Values, frame: &mut Frame, direction: Direction) -> Option<Resolved> {
    let resolved = Reader { values, frame, direction }.read(reading)?;
    if let Some(value) = resolved.value.as_ref().filter(|_| reading != Reading::YearAgo) {
        remember(frame, value);
    }
    Some(resolved)
}

/// Keeps a calendar value for the expressions that lean on it.
fn remember(frame: &mut Frame, value: &str) {
    let Some(year) = value.get(..4).and_then(|year| year.parse().ok()) else { return };
    if let Some(quarter) = value.get(4..6).filter(|&part| part == "-Q").and(value.get(6..7)) {
        frame.quarter = quarter.parse().ok().map(|quarter| (year, quarter));
        return;
    }
    let field = |range| value.get(range).and_then(|field: &str| field.parse::<i8>().ok());
    if matches!(value.len(), 4 | 7) || value.len() >= 10 {
        frame.last = Some((year, field(5..7), field(8..10)));
    }
}

struct Reader<'a> {
    values: &'a Values,
    frame: &'a Frame,
    direction: Direction,
}

impl Reader<'_> {
    fn read(&self, reading: Reading) -> Option<Resolved> {
        use TimeKind::{Date as Day, Duration, Set, Time};
        let code = |class| self.values.get(class).map_or("", |value| value.code);
        let worked = |value| Some(derived(Day, value));
        match reading {
            Reading::Day => self.day(),
            Reading::Holiday => self.holiday(),
            Reading::Weekday => worked(self.weekday().map(of_day)),
            Reading::RelDay => Some(self.part(self.relative_day())),
            Reading::Part => {
                let day = self.values.get(Class::Weekday).map_or(self.frame.reference, |_| self.weekday());
                Some(self.part(day))
            }
            Reading::LastNight => Some(derived(Time, self.back(1.days()).map(|day| of_day(day) + "TNI"))),
            Reading::Tonight => Some(derived(Time, self.frame.reference.map(|day| of_day(day) + "TNI"))),
            Reading::Clock => self.clock(),
            Reading::Month => self.month(),
            Reading::ThatMonth => worked(self.frame.last.map(|(year, ..)| calendar(year, self.month_number(), None))),
            Reading::Year | Reading::Fiscal => Some(stated(Day, format!("{:04}", self.values.whole(Class::Year)?))),
            Reading::Decade => Some(stated(Day, self.decade()?)),
            Reading::Century => Some(stated(Day, format!("{:02}", (self.values.whole(Class::Nth)? - 1).max(0)))),
            Reading::Season => self.season(),
            Reading::Quarter => self.quarter(),
            Reading::Latest => worked(self.latest_quarter()),
            Reading::Shift => worked(self.shift()),
            Reading::ThisPeriod => worked(self.period(code(Class::Unit), 0)),
            Reading::Same => worked(self.frame.last.map(|(year, month, day)| calendar(year, month, day))),
            Reading::ThatYear => worked(self.frame.last.map(|(year, ..)| calendar(year, None, None))),
            Reading::Weekend => worked(self.weekend()),
            Reading::Ago => Some(self.ago()),
            Reading::MonthOf => worked(self.month_of()),
            Reading::Couple => Some(stated(Duration, length(2.0, self.unit()?)?)),
            Reading::VagueShift => Some(stated(Day, self.vague_shift())),
            Reading::VagueAgo => Some(stated(Day, "PAST_REF")),
            Reading::Earlier => worked(self.since_last(-1)),
            Reading::Later => worked(self.since_last(1)),
            Reading::Ahead => self.ahead(),
            Reading::YearAgo => worked(self.year_ago()),
            Reading::Duration => Some(stated(Duration, self.duration()?)),
            Reading::Vague | Reading::Plural => Some(stated(Duration, self.vague_duration()?)),
            Reading::Set => Some(stated(Set, self.duration()?)),
            Reading::SetDay => Some(stated(Set, format!("XXXX-WXX-{}", self.set_day()?))),
            Reading::SetMonth => Some(stated(Set, format!("XXXX-{:02}", self.month_number()?))),
            Reading::Often => Some(stated(Set, length(1.0, self.values.get(Class::Often).map_or("D", |v| v.code))?)),
            Reading::Present => Some(stated(Day, "PRESENT_REF")),
            Reading::Past => Some(stated(Day, "PAST_REF")),
            Reading::Future => Some(stated(Day, "FUTURE_REF")),
        }
    }

    fn month_number(&self) -> Option<i8> {
        self.values.whole(Class::Month).and_then(|month| i8::try_from(month).ok())
    }

    fn back(&self, period: Period) -> Option<Date> {
        self.frame.reference?.checked_sub(period).ok()
    }

    fn future(&self) -> bool {
        self.direction == Direction::Future
    }

    fn shift_number(&self) -> Option<i64> {
        self.values.whole(Class::Shift)
    }

    /// "November 14, 2025", "14 November", "2025-11-14".
    fn day(&self) -> Option<Resolved> {
        if let Some(packed) = self.values.whole(Class::Iso) {
            let day = date_of(packed / 10_000, packed / 100 % 100, packed % 100)?;
            return Some(stated(TimeKind::Date, of_day(day)));
        }
        let (month, day) = (self.values.whole(Class::Month)?, self.values.whole(Class::Day)?);
        if let Some(year) = self.values.whole(Class::Year) {
            return date_of(year, month, day).map(|day| stated(TimeKind::Date, of_day(day)));
        }
        // A leap year tells whether the month has such a day at all.
        date_of(2000, month, day)?;
        Some(derived(TimeKind::Date, self.day_of_year(month, day).map(of_day)))
    }

    /// "Christmas Day", "last Thanksgiving", "Labor Day 2030".
    fn holiday(&self) -> Option<Resolved> {
        let code = self.values.get(Class::Holiday)?.code;
        if let Some(year) = self.values.whole(Class::Year) {
            return holiday_of(year, code).map(|day| stated(TimeKind::Date, of_day(day)));
        }
        let day = |year: i64| holiday_of(year, code);
        let found = self.frame.reference.and_then(|reference| {
            let year = i64::from(reference.year());
            let mut near = (year - 1..=year + 1).filter_map(day);
            match self.shift_number() {
                Some(-1) => near.rfind(|day| *day < reference),
                Some(1) => near.find(|day| *day > reference),
                Some(_) => day(year),
                None => self.nearest(near),
            }
        });
        Some(derived(TimeKind::Date, found.map(of_day)))
    }

    /// The nearest such day; where the clause looks back, one well ahead is last year's.
    fn day_of_year(&self, month: i64, day: i64) -> Option<Date> {
        let year = i64::from(self.frame.reference?.year());
        self.nearest((year - 1..=year + 1).filter_map(|year| date_of(year, month, day)))
    }

    /// The day nearest to that of publication; where the clause looks back, not one well ahead, and the other way about.
    fn nearest(&self, days: impl Iterator<Item = Date>) -> Option<Date> {
        let reference = self.frame.reference?;
        let distance = |day: &Date| day.since(reference).map_or(i64::MAX, |span| i64::from(span.get_days()));
        days.min_by_key(|day| {
            let away = distance(day);
            let unlikely = match self.direction {
                Direction::Past => away > 45,
                Direction::Future => away < -45,
                Direction::Open => false,
            };
            (unlikely, away.saturating_abs())
        })
    }

    /// The latest such weekday, the day of publication included; the next one where the clause looks ahead.
    fn weekday(&self) -> Option<Date> {
        let reference = self.frame.reference?;
        let wanted = self.values.whole(Class::Weekday)?;
        let today = i64::from(reference.weekday().to_monday_one_offset());
        let since = (today - wanted).rem_euclid(7);
        let days = match self.shift_number() {
            Some(-1) => -(if since == 0 { 7 } else { since }),
            Some(1) => 7 - since,
            Some(_) => wanted - today,
            None if self.future() => (7 - since) % 7,
            None => -since,
        };
        reference.checked_add(days.days()).ok()
    }

    fn relative_day(&self) -> Option<Date> {
        self.frame.reference?.checked_add(self.values.whole(Class::RelDay)?.days()).ok()
    }

    /// A day with the part of it that is named.
    fn part(&self, day: Option<Date>) -> Resolved {
        match self.values.get(Class::Part) {
            Some(part) => derived(TimeKind::Time, day.map(|day| format!("{}T{}", of_day(day), part.code))),
            None => derived(TimeKind::Date, day.map(of_day)),
        }
    }

    /// A time of day, with its day where one is named.
    fn clock(&self) -> Option<Resolved> {
        let minutes = self.values.whole(Class::Clock)?;
        let time = format!("T{:02}:{:02}", minutes / 60, minutes % 60);
        let has = |class| self.values.get(class).is_some();
        let day = if has(Class::Weekday) {
            self.weekday().map(of_day)
        } else if has(Class::Month) {
            self.day()?.value
        } else if has(Class::RelDay) {
            self.relative_day().map(of_day)
        } else {
            return Some(stated(TimeKind::Time, time));
        };
        Some(derived(TimeKind::Time, day.map(|day| day + &time)))
    }

    /// The latest such month, that of publication included; the next one where the clause looks ahead.
    fn month(&self) -> Option<Resolved> {
        let month = self.month_number()?;
        if let Some(year) = self.values.whole(Class::Year) {
            return Some(stated(TimeKind::Date, calendar(i16::try_from(year).ok()?, Some(month), None)));
        }
        let year = self.frame.reference.map(|day| {
            let (this, year) = (day.month(), day.year());
            match self.shift_number() {
                Some(-1) if month >= this => year - 1,
                Some(1) if month <= this => year + 1,
                Some(_) => year,
                None if self.future() && month < this => year + 1,
                None if !self.future()
                    && month > this
                    && !(self.direction == Direction::Open && month - this <= SOON) =>
                {
                    year - 1
                }
                None => year,
            }
        });
        Some(derived(TimeKind::Date, year.map(|year| calendar(year, Some(month), None))))
    }

    /// "July last year".
    fn month_of(&self) -> Option<String> {
        let year = i64::from(self.frame.reference?.year()) + self.shift_number()?;
        Some(calendar(i16::try_from(year).ok()?, self.month_number(), None))
    }

    /// "past years", "coming months".
    fn vague_shift(&self) -> &'static str {
        match self.shift_number() {
            Some(-1) => "PAST_REF",
            Some(1) => "FUTURE_REF",
            _ => "PRESENT_REF",
        }
    }

    fn decade(&self) -> Option<String> {
        match self.values.whole(Class::Tens) {
            Some(tens) => Some(format!("{tens:03}")),
            None => self.values.get(Class::Decade).map(|decade| decade.code.to_owned()),
        }
    }

    fn season(&self) -> Option<Resolved> {
        let season = self.values.get(Class::Season)?.code;
        if let Some(year) = self.values.whole(Class::Year) {
            return Some(stated(TimeKind::Date, format!("{year:04}-{season}")));
        }
        let starts = match season {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        let year = self.frame.reference.map(|day| {
            let begun = day.month() >= starts;
            match self.shift_number() {
                // "last summer" in autumn is this year's, in summer or before the one of the year before.
                Some(-1) if day.month() >= starts + 3 => day.year(),
                Some(-1) => day.year() - 1,
                Some(1) if begun => day.year() + 1,
                None if !begun && !self.future() => day.year() - 1,
                _ => day.year(),
            }
        });
        Some(derived(TimeKind::Date, year.map(|year| format!("{year:04}-{season}"))))
    }

    fn quarter(&self) -> Option<Resolved> {
        let quarter = self.values.whole(Class::Order)?;
        let of = |year: i64| format!("{year:04}-Q{quarter}");
        if let Some(year) = self.values.whole(Class::Year) {
            return Some(stated(TimeKind::Date, of(year)));
        }
        let year = self.frame.reference.map(|day| {
            let (this, year) = (quarter_of(day), i64::from(day.year()));
            match self.shift_number() {
                Some(shift) => year + shift,
                None if quarter > this && !self.future() => year - 1,
                None => year,
            }
        });
        Some(derived(TimeKind::Date, year.map(of)))
    }

    /// The quarter under discussion, else the one that ended last.
    fn latest_quarter(&self) -> Option<String> {
        let (year, quarter) = match self.frame.quarter {
            Some(quarter) => quarter,
            None => {
                let before = self.back(3.months())?;
                (before.year(), quarter_of(before))
            }
        };
        Some(format!("{year:04}-Q{quarter}"))
    }

    fn shift(&self) -> Option<String> {
        self.period(self.values.get(Class::Unit)?.code, self.shift_number()?)
    }

    /// The calendar period `count` of `unit` away from the day of publication.
    fn period(&self, unit: &str, count: i64) -> Option<String> {
        let count = i32::try_from(count).ok()?;
        self.moved(self.frame.reference?, unit, count)
    }

    fn moved(&self, from: Date, unit: &str, count: i32) -> Option<String> {
        let to = |period: Result<Period, jiff::Error>| from.checked_add(period.ok()?).ok();
        let span = Period::new;
        match unit {
            "D" => to(span().try_days(count)).map(of_day),
            "W" => to(span().try_weeks(count)).map(of_week),
            "M" => to(span().try_months(count)).map(of_month),
            "Q" => to(span().try_months(count.checked_mul(3)?))
                .map(|day| format!("{:04}-Q{}", day.year(), quarter_of(day))),
            "Y" => to(span().try_years(count)).map(|day| calendar(day.year(), None, None)),
            "E" => to(span().try_years(count.checked_mul(10)?)).map(|day| format!("{:03}", day.year() / 10)),
            "C" => to(span().try_years(count.checked_mul(100)?)).map(|day| format!("{:02}", day.year() / 100)),
            _ => None,
        }
    }

    fn weekend(&self) -> Option<String> {
        let count = self.shift_number().unwrap_or_default();
        let day = self.frame.reference?.checked_add(count.weeks()).ok()?;
        Some(of_week(day) + "-WE")
    }

    /// The number of units an expression names: "two", "a".
    fn count(&self) -> f64 {
        let one = if self.values.get(Class::Dual).is_some() { 2.0 } else { 1.0 };
        self.values.get(Class::Num).map_or(one, |number| number.number)
    }

    /// German "in zwei Wochen": so much after the day of publication; a length of time where the clause looks back.
    fn ahead(&self) -> Option<Resolved> {
        if self.direction == Direction::Past {
            return Some(stated(TimeKind::Duration, self.duration()?));
        }
        let count = self.count().clamp(0.0, 100_000.0) as i64;
        Some(match self.unit()? {
            "H" | "I" | "S" => derived(TimeKind::Time, self.frame.reference.map(of_day)),
            "E" => derived(TimeKind::Date, self.period("Y", count * 10)),
            unit => derived(TimeKind::Date, self.period(unit, count)),
        })
    }

    fn ago(&self) -> Resolved {
        let count = -(self.count().clamp(0.0, 100_000.0) as i64);
        let unit = self.unit().unwrap_or_default();
        match unit {
            "H" | "I" | "S" => derived(TimeKind::Time, self.frame.reference.map(of_day)),
            "E" => derived(TimeKind::Date, self.period("Y", count * 10)),
            _ => derived(TimeKind::Date, self.period(unit, count)),
        }
    }

    /// "two days later": from the last day mentioned.
    fn since_last(&self, sign: i32) -> Option<String> {
        let (year, month, day) = self.frame.last?;
        let unit = self.values.get(Class::Unit)?.code;
        let known = match unit {
            "D" | "W" => day.is_some(),
            "M" => month.is_some(),
            _ => true,
        };
        let from = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        known.then(|| self.moved(from, unit, sign * self.count().clamp(0.0, 100_000.0) as i32))?
    }

    /// "a year earlier" beside a quarter is that quarter of the year before.
    fn year_ago(&self) -> Option<String> {
        let named = self.values.whole(Class::Order);
        match self.frame.quarter {
            Some((year, quarter)) => Some(format!("{:04}-Q{}", year - 1, named.unwrap_or(quarter))),
            None => self.period("Y", -1),
        }
    }

    fn unit(&self) -> Option<&'static str> {
        let unit = [Class::Unit, Class::Plural, Class::Dual].into_iter().find_map(|class| self.values.get(class));
        unit.map(|unit| unit.code)
    }

    fn duration(&self) -> Option<String> {
        match (self.values.get(Class::Num), self.values.get(Class::Some)) {
            (None, Some(_)) => self.vague_duration(),
            (None, None) if self.values.get(Class::Plural).is_some() => self.vague_duration(),
            _ => length(self.count(), self.unit()?),
        }
    }

    fn vague_duration(&self) -> Option<String> {
        Some(match self.unit()? {
            "H" => "PTXH".to_owned(),
            "I" => "PTXM".to_owned(),
            "S" => "PTXS".to_owned(),
            unit => format!("PX{unit}"),
        })
    }

    fn set_day(&self) -> Option<i64> {
        self.values.whole(Class::Weekdays).or(self.values.whole(Class::Weekday))
    }
}

fn date_of(year: i64, month: i64, day: i64) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The day of a holiday in a year.
fn holiday_of(year: i64, code: &str) -> Option<Date> {
    let (month, rest) = code.split_once('-')?;
    let month = month.parse().ok()?;
    match rest.rsplit_once('-') {
        None => date_of(year, month, rest.parse().ok()?),
        Some((nth, weekday)) => {
            let weekday = Weekday::from_monday_one_offset(weekday.parse().ok()?).ok()?;
            date_of(year, month, 1)?.nth_weekday_of_month(nth.parse().ok()?, weekday).ok()
        }
    }
}

/// An ISO 8601 duration; halves of years and hours in the next smaller unit.
fn length(count: f64, unit: &str) -> Option<String> {
    let whole = count.trunc();
    let half = (count - whole - 0.5).abs() < 1e-9;
    Some(match unit {
        "S" => format!("PT{count}S"),
        "I" if half => format!("PT{whole}M30S"),
        "I" => format!("PT{count}M"),
        "H" if half => format!("PT{whole}H30M"),
        "H" => format!("PT{count}H"),
        "Y" if half => format!("P{whole}Y6M"),
        "E" => format!("P{}Y", count * 10.0),
        "C" => format!("P{}Y", count * 100.0),
        "D" | "W" | "M" | "Q" | "Y" => format!("P{count}{unit}"),
        _ => return None,
    })
}

/// The first day there is, for a year alone.
pub(super) fn day_from(text: &str) -> Option<Date> {
    let field = |range| text.get(range).and_then(|field: &str| field.parse::<i64>().ok());
    date_of(field(0..4)?, field(5..7)?, field(8..10)?).filter(|day| *day >= date(1000, 1, 1))
}
