//! Whether two numbers, or two times, of one claim agree.
//!
//! What a number says is taken as two intervals: the *loose* one, which a writer who rounds would still use the word
//! for ("3 million" for 3,009,611), and the *strict* one, outside of which the word is wrong ("at least 20" is wrong
//! only below 20). A time is the interval of days it covers. Where neither text is wrong, nothing is called a
//! contradiction; where units or nouns do not match, nothing is said at all.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use jiff::civil::{Date, ISOWeekDate, Weekday, date};
use twosource_model::{Bound, Quantity, Time, TimeKind};

/// How two values of one claim stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// The same value.
    Same,
    /// Both can be right; one says it more exactly, or bounds it.
    Precision,
    /// Both can be right, but they pull apart.
    Tension,
    /// Both cannot be right.
    Contradiction,
    /// Not comparable.
    Unrelated,
}

/// A quantity with the words that matter for comparing it.
#[derive(Clone, Debug)]
struct Amount<'a> {
    quantity: &'a Quantity,
    /// The noun counted, lower case and singular.
    head: Option<String>,
    /// The words before that noun.
    modifiers: BTreeSet<String>,
    /// Whether the words say that the value lies a little below ("nearly two dozen").
    below: bool,
    /// Whether it comes on top of others ("two other men").
    added: bool,
}

impl<'a> Amount<'a> {
    fn new(quantity: &'a Quantity, text: &str) -> Self {
        let first = quantity.span.of(text).split_whitespace().next().unwrap_or_default().to_lowercase();
        let phrase = quantity.counted.map_or("", |counted| counted.of(text));
        let below = word_list("below").contains(&&*first);
        let before = text[..quantity.span.start].split_whitespace().next_back().unwrap_or_default();
        let mut near = phrase.split_whitespace().chain([before]);
        let added = near.any(|word| word_list("added").contains(&&*word.to_lowercase()));
        Amount { quantity, head: head(phrase), modifiers: modifiers(phrase), below, added }
    }
}

impl Amount<'_> {
    /// Whether one value is the least and the other the most there can be.
    fn bounds_the_other_way(&self, other: &Amount<'_>) -> bool {
        let least = |amount: &Amount<'_>| matches!(amount.quantity.bound, Bound::AtLeast | Bound::MoreThan);
        let most = |amount: &Amount<'_>| matches!(amount.quantity.bound, Bound::AtMost | Bound::LessThan);
        least(self) && most(other) || most(self) && least(other)
    }
}

static LISTS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in include_str!("../data/en/values.txt").lines().filter(|line| !line.starts_with('#')) {
        let (name, words) = line.split_once(": ").unwrap_or_else(|| panic!("values: want “name: words”: {line}"));
        lists.entry(name).or_default().extend(words.split(' '));
    }
    lists
});

fn word_list(name: &str) -> &'static [&'static str] {
    LISTS.get(name).map_or(&[], Vec::as_slice)
}

/// The value of `key` in a list of `key=value`.
fn entry(list: &str, key: &str) -> Option<&'static str> {
    word_list(list).iter().find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// The head noun of a noun phrase: the last word before "of", lower case and singular.
fn head(phrase: &str) -> Option<String> {
    let word = phrase.split_whitespace().take_while(|&word| word != "of").last()?;
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    (!word.is_empty()).then(|| singular(&word))
}

/// The words before the head noun, without those that any noun can have.
fn modifiers(phrase: &str) -> BTreeSet<String> {
    let words: Vec<_> = phrase.split_whitespace().take_while(|&word| word != "of").map(str::to_lowercase).collect();
    let before = words.iter().take(words.len().saturating_sub(1));
    before.filter(|word| !word_list("free").contains(&word.as_str())).cloned().collect()
}

fn singular(word: &str) -> String {
    if let Some(one) = entry("irregular", word) {
        return one.to_owned();
    }
    match word {
        _ if word.len() < 4 || word.ends_with("ss") || word.ends_with("us") => word.to_owned(),
        _ if word.ends_with("ies") => format!("{}y", &word[..word.len() - 3]),
        _ if ["ches", "shes", "xes", "sses"].iter().any(|end| word.ends_with(end)) => word[..word.len() - 2].to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// Whether a word, lower case and singular or plural, is a noun for a person.
pub(crate) fn is_person(word: &str) -> bool {
    word_list("person").contains(&singular(word).as_str())
}

/// Compares two quantities of one claim, each with the text its spans point into.
pub(crate) fn compare_quantities(a: &Quantity, a_text: &str, b: &Quantity, b_text: &str) -> Relation {
    if a.one_of || b.one_of || is_part(a, a_text) != is_part(b, b_text) {
        return Relation::Unrelated;
    }
    relation(&Amount::new(a, a_text), &Amount::new(b, b_text))
}

/// Whether a count picks some of a number that is known: "two of the prosecutors" are not all of them.
fn is_part(quantity: &Quantity, text: &str) -> bool {
    let mut after = text[quantity.span.end..].split_whitespace();
    let determiner = |word: &str| word_list("part").contains(&word.trim_matches(|c: char| !c.is_alphanumeric()));
    quantity.unit.is_none() && after.next() == Some("of") && after.next().is_some_and(determiner)
}

fn relation(a: &Amount<'_>, b: &Amount<'_>) -> Relation {
    let (Some(x), Some(y)) = (Interval::of(a), Interval::of(b)) else { return Relation::Unrelated };
    let ratio = x.ratio(&y);
    if x.dimension != y.dimension {
        return Relation::Unrelated;
    }
    let equal = close(x.low, y.low) && close(x.high, y.high);
    let alike = a.quantity.bound == b.quantity.bound && a.below == b.below && a.quantity.vague == b.quantity.vague;
    let found = match (equal, alike) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Precision,
        _ if x.fits(&y) || y.fits(&x) => Relation::Precision,
        _ if ratio > likely_ratio(a, b) || a.added != b.added => Relation::Unrelated,
        // "at least 25" and "as many as 40" bound one number.
        _ if a.bounds_the_other_way(b) && meet(&x.strict, &y.strict) => Relation::Precision,
        _ if meet(&x.strict, &y.strict) || x.nearly(&y) => Relation::Tension,
        _ => Relation::Contradiction,
    };
    match nouns(a, b) {
        Nouns::Alike => found,
        Nouns::People if equal => found,
        // "25 officials" and "nearly two dozen aides": the nouns may hide that others are counted.
        Nouns::People if x.low.min(y.low) >= CROWD && ratio <= 1.5 => match found {
            Relation::Contradiction => Relation::Tension,
            found => found,
        },
        // "131,200 people have died" and "more than 131,000 deaths": large numbers do not meet by chance.
        _ if equal && alike && x.low >= LARGE => Relation::Same,
        _ if x.low.min(y.low) >= LARGE && ratio <= 1.0 + SNAPSHOT && found != Relation::Contradiction => {
            Relation::Precision
        }
        _ => Relation::Unrelated,
    }
}

/// How the nouns of two counts stand to each other.
enum Nouns {
    /// One noun, or none on a side.
    Alike,
    /// Two nouns for people.
    People,
    /// Other things.
    Apart,
}

fn nouns(a: &Amount<'_>, b: &Amount<'_>) -> Nouns {
    let person = |head: &String| word_list("person").contains(&head.as_str());
    match (&a.head, &b.head) {
        (Some(one), Some(other)) if one == other => Nouns::Alike,
        (Some(one), Some(other)) if person(one) && person(other) => Nouns::People,
        (Some(_), Some(_)) => Nouns::Apart,
        _ => Nouns::Alike,
    }
}

/// Fewer people than this under another name are likely others.
const CROWD: f64 = 10.0;
/// From here on, numbers of other things that agree are one number.
const LARGE: f64 = 1000.0;

/// How far apart two numbers may lie and still be taken for the number of one thing. Two officials and twenty-five
/// officials are different officials, a man of 63 and one of 20 two men.
fn likely_ratio(a: &Amount<'_>, b: &Amount<'_>) -> f64 {
    let aged = a.quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("of age"));
    match (&a.head, &b.head) {
        _ if aged => 1.1,
        (Some(_), Some(_)) if a.modifiers == b.modifiers => 5.0,
        (None, None) => 3.0,
        _ => 2.0,
    }
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

fn meet(one: &RangeInclusive<f64>, other: &RangeInclusive<f64>) -> bool {
    one.start().max(*other.start()) <= one.end().min(*other.end())
}

/// What a quantity says, in the base unit of what it measures.
struct Interval {
    dimension: String,
    low: f64,
    high: f64,
    loose: RangeInclusive<f64>,
    strict: RangeInclusive<f64>,
    /// Bare counts under a hundred are exact unless the words say otherwise.
    exact: bool,
}

/// Counts below this are not rounded.
const ROUNDED: f64 = 100.0;
/// How far "about", and a round number, reach: a tenth and a twentieth.
const ABOUT: f64 = 0.1;
const ROUND: f64 = 0.05;
/// How far "more than" and "fewer than" usually reach.
const OPEN: f64 = 0.25;
/// How far "dozens" and "hundreds" usually reach.
const VAGUE: f64 = 5.0;
/// Large numbers this close are one number at two times.
const SNAPSHOT: f64 = 0.02;

impl Interval {
    fn of(amount: &Amount<'_>) -> Option<Interval> {
        let quantity = amount.quantity;
        let (dimension, factor) = dimension(quantity)?;
        let (low, high) = (quantity.value, quantity.upper.unwrap_or(quantity.value));
        let count = amount_is_count(quantity);
        // A little less than half a step, so that 3 and 4 million do not meet.
        let half = |value: f64| if count { 0.0 } else { grain(value) * 0.49 };
        let size = low.abs().max(high.abs());
        let near = |value: f64, share: f64| half(value).min(value.abs() * share);
        let loose = |share: f64| (low - near(low, share), high + near(high, share));
        let around = |share: f64| (low - size * share, high + size * share);
        let far = f64::MAX / 1e100;
        let (loose, strict) = match quantity.bound {
            _ if quantity.vague => ((low, low * VAGUE), (low * 0.5, far)),
            _ if amount.below => ((low - size * ABOUT, high), (low - size * OPEN, high)),
            Bound::Exact => (loose(ROUND), (low - half(low), high + half(high))),
            Bound::About => (around(ABOUT), around(OPEN)),
            Bound::AtLeast | Bound::MoreThan => ((low, high + size * OPEN), (low, far)),
            Bound::AtMost | Bound::LessThan => ((low - size * OPEN, high), (-far, high)),
        };
        let scale = |(start, end): (f64, f64)| start * factor..=end * factor;
        Some(Interval {
            dimension,
            low: low * factor,
            high: high * factor,
            loose: scale(loose),
            strict: scale(strict),
            exact: count && quantity.bound == Bound::Exact,
        })
    }

    /// Whether the value of `other` is one that these words would be used for.
    fn fits(&self, other: &Interval) -> bool {
        self.loose.contains(&other.low) && self.loose.contains(&other.high)
    }

    /// How many times the larger value holds the smaller.
    fn ratio(&self, other: &Interval) -> f64 {
        let (small, large) = if self.low < other.low { (self, other) } else { (other, self) };
        if small.high >= large.low { 1.0 } else { large.low / small.high.max(f64::MIN_POSITIVE) }
    }

    /// Large counts a little apart.
    fn nearly(&self, other: &Interval) -> bool {
        let size = self.high.abs().max(other.high.abs());
        let rounded = !self.exact && !other.exact;
        rounded && size >= 10.0 * ROUNDED && (self.low - other.low).abs() <= SNAPSHOT * size
    }
}

/// What a quantity measures and how many base units its unit holds. Parts of a whole are percentages.
fn dimension(quantity: &Quantity) -> Option<(String, f64)> {
    let Some(unit) = quantity.unit.as_deref() else {
        let part = quantity.value > 0.0 && quantity.value < 1.0;
        return Some(if part { ("%".to_owned(), 100.0) } else { (String::new(), 1.0) });
    };
    let Some(measure) = entry("measure", unit) else { return Some((unit.to_owned(), 1.0)) };
    let (dimension, factor) = measure.split_once('*')?;
    Some((dimension.to_owned(), factor.parse().ok()?))
}

/// A small whole number of things, which nobody rounds.
fn amount_is_count(quantity: &Quantity) -> bool {
    quantity.unit.is_none() && quantity.value.fract() == 0.0 && quantity.value.abs() < ROUNDED
}

/// The place value of the last digit that is not a closing zero: 1,000,000 of three million, 0.1 of 43.4.
fn grain(value: f64) -> f64 {
    let value = value.abs();
    if value == 0.0 {
        return 1.0;
    }
    let whole = |step: f64| ((value / step).round() - value / step).abs() < 1e-6;
    let steps = (-3..=13).rev().map(|power| 10f64.powi(power));
    steps.filter(|&step| step <= value).find(|&step| whole(step)).unwrap_or(1e-3)
}

/// Compares two times of one claim by the calendar; unknown and vague values are not comparable. Lengths of time are
/// quantities, which know their bounds, and are compared as such.
pub(crate) fn compare_times(a: &Time, b: &Time) -> Relation {
    let dated = |time: &Time| matches!(time.kind, TimeKind::Date | TimeKind::Time);
    match (&a.value, &b.value) {
        (Some(one), Some(other)) if dated(a) && dated(b) => {
            let worked_out = a.worked_out || b.worked_out;
            let one_day = worked_out && is_day_of_another_year(one, other);
            if one_day { Relation::Same } else { relation_of_values(one, other) }
        }
        _ => Relation::Unrelated,
    }
}

/// "1 December" or "next December" of two years: where a year had to be worked out, one of the reports was counted from
/// the wrong day.
fn is_day_of_another_year(one: &str, other: &str) -> bool {
    const YEAR: usize = 4;
    const MONTH: usize = 7;
    one.len() >= MONTH && one.len() == other.len() && one.get(YEAR..) == other.get(YEAR..)
}

/// "2011" and "2011-01": precision; "2010" and "2011-01": contradiction.
fn relation_of_values(a: &str, b: &str) -> Relation {
    let (Some(one), Some(other)) = (days(a), days(b)) else { return Relation::Unrelated };
    let inside = |one: &RangeInclusive<Date>, other: &RangeInclusive<Date>| {
        one.start() <= other.start() && other.end() <= one.end()
    };
    match () {
        () if one == other => hours_relation(a, b),
        () if inside(&one, &other) || inside(&other, &one) => Relation::Precision,
        () if one.start().max(other.start()) <= one.end().min(other.end()) => Relation::Tension,
        () => Relation::Contradiction,
    }
}

/// Which of two calendar values is the earlier; `None` where they are not apart.
pub(crate) fn order_of_times(a: &str, b: &str) -> Option<Ordering> {
    let (one, other) = (days(a)?, days(b)?);
    let by_day = apart(&one, &other);
    if by_day.is_some() || one != other || one.start() != one.end() {
        return by_day;
    }
    apart(&hours(a)?, &hours(b)?)
}

/// Which of two stretches ends before the other begins.
fn apart<T: PartialOrd>(one: &RangeInclusive<T>, other: &RangeInclusive<T>) -> Option<Ordering> {
    match () {
        () if one.end() < other.start() => Some(Ordering::Less),
        () if other.end() < one.start() => Some(Ordering::Greater),
        () => None,
    }
}

/// The relation of two times of one day.
fn hours_relation(a: &str, b: &str) -> Relation {
    match (hours(a), hours(b)) {
        (None, None) => Relation::Same,
        (Some(one), Some(other)) if one == other => Relation::Same,
        (Some(one), Some(other)) if one.start().max(other.start()) > one.end().min(other.end()) => {
            Relation::Contradiction
        }
        _ => Relation::Precision,
    }
}

/// The minutes of the day that the part after "T" allows.
fn hours(value: &str) -> Option<RangeInclusive<u32>> {
    let (_, part) = value.split_once('T')?;
    Some(match part {
        "MO" => 240..=719,
        "AF" => 720..=1140,
        "EV" => 960..=1380,
        // A night begins in the evening and ends after the next midnight.
        "NI" => 1020..=1800,
        clock => {
            let (hour, minute) = clock.split_once(':').unwrap_or((clock, "00"));
            let at = hour.parse::<u32>().ok()?.checked_mul(60)?.checked_add(minute.parse().ok()?)?;
            at..=at
        }
    })
}

/// The first and the last day that a time covers, where that is known.
pub(crate) fn days_of(time: &Time) -> Option<(Date, Date)> {
    let covered = days(time.value.as_deref()?)?;
    Some((*covered.start(), *covered.end()))
}

/// The days a calendar value covers: "2011", "2011-01", "2011-01-05TMO", "2011-Q1", "2011-SU", "2011-W05", "201".
fn days(value: &str) -> Option<RangeInclusive<Date>> {
    let value = value.split('T').next()?;
    let mut fields = value.split('-');
    let first = fields.next()?;
    if !first.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i16 = first.parse().ok()?;
    let years = match first.len() {
        4 => number..=number,
        3 => number * 10..=number * 10 + 9,
        2 => number * 100..=number * 100 + 99,
        _ => return None,
    };
    let months = |first: i8, last: i8| span_of_months(number, first, last);
    match (fields.next(), fields.next()) {
        (None, _) => Some(Date::new(*years.start(), 1, 1).ok()?..=Date::new(*years.end(), 12, 31).ok()?),
        _ if first.len() != 4 => None,
        (Some("SP"), None) => months(3, 6),
        (Some("SU"), None) => months(6, 9),
        (Some("FA"), None) => months(9, 12),
        (Some("WI"), None) => Some(Date::new(number, 12, 1).ok()?..=Date::new(number.checked_add(1)?, 3, 31).ok()?),
        (Some(quarter), None) if quarter.starts_with('Q') => {
            let quarter: i8 = quarter[1..].parse().ok().filter(|quarter| (1..=4).contains(quarter))?;
            months(quarter * 3 - 2, quarter * 3)
        }
        (Some(week), part) if week.starts_with('W') => week_of(number, &week[1..], part),
        (Some(month), None) => {
            let month = month.parse().ok()?;
            months(month, month)
        }
        (Some(month), Some(day)) => {
            let day = Date::new(number, month.parse().ok()?, day.parse().ok()?).ok()?;
            Some(day..=day)
        }
    }
}

fn span_of_months(year: i16, first: i8, last: i8) -> Option<RangeInclusive<Date>> {
    Some(Date::new(year, first, 1).ok()?..=Date::new(year, last, 1).ok()?.last_of_month())
}

/// An ISO week, or its week-end.
fn week_of(year: i16, week: &str, part: Option<&str>) -> Option<RangeInclusive<Date>> {
    let week = week.parse().ok()?;
    let day = |weekday| ISOWeekDate::new(year, week, weekday).ok().map(ISOWeekDate::date);
    let first = if part == Some("WE") { Weekday::Saturday } else { Weekday::Monday };
    Some(day(first)?..=day(Weekday::Sunday)?)
}

/// The day, month or year of the calendar that a time names, for the timeline and the public document; `None` for
/// lengths, sets, vague times, weeks and decades. Seasons and quarters come down to their year.
pub(crate) fn calendar(time: &Time) -> Option<String> {
    let dated = matches!(time.kind, TimeKind::Date | TimeKind::Time);
    let value = time.value.as_deref().filter(|_| dated)?.split('T').next()?;
    let covered = days(value)?;
    let (start, end) = (*covered.start(), *covered.end());
    let length = match value.len() {
        _ if start < date(1000, 1, 1) => return None,
        10 | 7 if !value.contains(|c: char| c.is_ascii_alphabetic()) => value.len(),
        4 => 4,
        7 if start.month() != end.month() => 4,
        _ => return None,
    };
    value.get(..length).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::Span;

    /// Reads "bound value[..upper][~] [unit] [head]": "more_than 20 - person", "exact 5..7 km", "at_least 24~".
    fn amount(case: &str) -> (Quantity, Option<String>, bool) {
        let fields: Vec<_> = case.split_whitespace().collect();
        let [bound, number, rest @ ..] = &fields[..] else { panic!("want “bound value …”: {case}") };
        let (number, vague) = number.strip_suffix('~').map_or((*number, false), |number| (number, true));
        let (value, upper) = number.split_once("..").map_or((number, None), |(low, high)| (low, Some(high)));
        let read = |number: &str| number.replace(',', "").parse().unwrap_or_else(|_| panic!("no number: {case}"));
        let below = *bound == "nearly";
        let quantity = Quantity {
            span: Span::default(),
            value: read(value),
            upper: upper.map(read),
            bound: if below { Bound::About } else { bound.parse().unwrap_or_else(|_| panic!("no bound: {case}")) },
            unit: rest.first().filter(|&&unit| unit != "-").map(|&unit| unit.replace('+', " ")),
            counted: None,
            vague,
            one_of: false,
            joint: None,
        };
        (quantity, rest.get(1).map(|&head| head.to_owned()), below)
    }

    fn check(a: &str, b: &str) -> String {
        let [(a, a_head, a_below), (b, b_head, b_below)] = [amount(a), amount(b)];
        let of = |quantity, head, below| Amount { quantity, head, modifiers: BTreeSet::new(), below, added: false };
        let (a, b) = (of(&a, a_head, a_below), of(&b, b_head, b_below));
        let found = relation(&a, &b);
        assert_eq!(found, relation(&b, &a), "not the same both ways");
        format!("{found:?}").to_lowercase()
    }

    #[test]
    fn quantities() {
        for line in include_str!("../cases/en/values.txt").lines().filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                continue;
            }
            let parts: Vec<_> = line.split([':', '|']).map(str::trim).collect();
            let [expected, a, b] = parts[..] else { panic!("want “relation: a | b”: {line}") };
            assert_eq!(check(a, b), expected, "{line}");
        }
    }

    #[test]
    fn times() {
        for line in include_str!("../cases/en/value_times.txt").lines().filter(|line| !line.is_empty()) {
            if line.starts_with('#') {
                continue;
            }
            let fields: Vec<_> = line.split_whitespace().collect();
            let [expected, a, b] = fields[..] else { panic!("want “relation a b”: {line}") };
            assert_eq!(format!("{:?}", relation_of_values(a, b)).to_lowercase(), expected, "{line}");
            assert_eq!(relation_of_values(a, b), relation_of_values(b, a), "not the same both ways: {line}");
        }
    }

    #[test]
    fn some_of_them_are_not_all() {
        let count = |text: &str, digits: usize| {
            let (mut quantity, ..) = amount("exact 4");
            (quantity.value, quantity.span) = (digits as f64, Span::new(0, 1));
            (quantity, text.to_owned())
        };
        let compare = |(a, a_text): (Quantity, String), (b, b_text): (Quantity, String)| {
            compare_quantities(&a, &a_text, &b, &b_text)
        };
        let (all, some) = ("4 prosecutors withdrew", "2 of the prosecutors withdrew");
        assert_eq!(compare(count(all, 4), count(some, 2)), Relation::Unrelated);
        assert_eq!(compare(count("3 of the injured", 3), count("2 of the injured", 2)), Relation::Contradiction);
    }

    #[test]
    fn a_year_that_was_worked_out_may_be_wrong() {
        let time = |value: &str, worked_out| Time {
            span: Span::default(),
            kind: TimeKind::Date,
            value: Some(value.to_owned()),
            worked_out,
        };
        let (one, other) = (time("2031-12-01", true), time("2030-12-01", false));
        assert_eq!(compare_times(&one, &other), Relation::Same);
        assert_eq!(compare_times(&time("2031-12-01", false), &other), Relation::Contradiction);
        assert_eq!(compare_times(&time("2031-12-02", true), &other), Relation::Contradiction);
    }

    #[test]
    fn heads() {
        for (phrase, expected) in [
            ("people familiar", "familiar"),
            ("new cases of flu", "case"),
            ("armed policemen", "policeman"),
            ("Companies", "company"),
            ("boxes", "box"),
            ("buses", "buse"),
        ] {
            assert_eq!(head(phrase).as_deref(), Some(expected), "{phrase}");
        }
        assert_eq!(head("—"), None);
        assert_eq!(modifiers("new senior retired harbour officials of Elmford").len(), 3);
        assert_eq!(modifiers(""), BTreeSet::new());
    }

    #[test]
    fn calendar_values() {
        let of = |kind, value: &str| {
            calendar(&Time { span: Span::default(), kind, value: Some(value.to_owned()), worked_out: false })
        };
        let known = |value: &str| of(TimeKind::Date, value);
        assert_eq!(of(TimeKind::Time, "2031-04-19TMO").as_deref(), Some("2031-04-19"));
        assert_eq!(known("2031-04").as_deref(), Some("2031-04"));
        assert_eq!(known("2031").as_deref(), Some("2031"));
        assert_eq!(known("2031-SU").as_deref(), Some("2031"));
        assert_eq!(known("2031-Q3").as_deref(), Some("2031"));
        for none in ["203", "20", "PAST_REF", "2031-W05", "2031-W05-WE", "XXXX-05", "T17:00", "", "2031-02-30", "P2Y"] {
            assert_eq!(known(none), None, "{none}");
        }
        assert_eq!(of(TimeKind::Duration, "2031"), None);
    }
}
