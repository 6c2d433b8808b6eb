//! Dates as people write them on a page, and as machines write them in metadata.
//!
//! Only a full date counts (day, month, year). A date in figures whose day and month could be swapped
//! ("03/04/2025") is no answer: better no date than a wrong one.

mod scan;

pub(crate) use scan::{Day, Days, Seen, dates_in};
use twosource_model::Instant;

use crate::words::{LISTS, Token, floor, tokens};

/// The day a line is about when it holds nothing else: "November 14, 2025", "Updated Friday 14 Nov. 2025, 9:30 am".
///
/// `Some(None)` is a line of date words without a full date ("Updated at 6:57 p.m. ET").
pub(crate) fn date_line(line: &str) -> Option<Option<Instant>> {
    let words = tokens(line);
    let only_date_words = words.iter().filter(|token| token.is_word()).all(is_date_word);
    let has_number = words.iter().any(Token::is_number);
    (only_date_words && has_number && words.len() <= 20).then(|| find_date(&words))
}

/// The first full date in a text.
pub(crate) fn first_date(text: &str) -> Option<Instant> {
    find_date(&tokens(text))
}

/// A date or a time of metadata: RFC 3339 and what is nearly that, a date with a time after a space, RFC 2822, a date
/// in words. It keeps a time of day that has an offset.
pub(crate) fn metadata_date(value: &str) -> Option<Instant> {
    let value = value.trim();
    dates_in(&value[..floor(value, 100)]).first().and_then(Seen::instant)
}

/// The day an address names in figures, as many outlets do: "/2025/11/14/", "/2025-11-14", "/20251114".
pub(crate) fn address_date(url: &str) -> Option<Instant> {
    day_in_address(url, |day| !day.contains(char::is_alphabetic))
}

/// The same with the month in figures or as a word, "/2025/nov/14/", for pages, where other places can tell otherwise.
pub(crate) fn page_address_date(url: &str) -> Option<Instant> {
    day_in_address(url, |_| true)
}

/// The first day in the path of an address with the year first: with the year last, deep in a slug, it is more often
/// what the story is about.
fn day_in_address(url: &str, is_wanted: impl Fn(&str) -> bool) -> Option<Instant> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    let path = path.split_once('/')?.1;
    let path = &path[..floor(path, 1000)];
    let day = |seen: Seen| {
        let written = &path[seen.start..seen.end];
        let year_first = written.bytes().take(4).all(|byte| byte.is_ascii_digit());
        match seen.days {
            Days::One(day) if year_first && is_wanted(written) => Some(day),
            _ => None,
        }
    };
    dates_in(path).into_iter().filter_map(day).find(|day| (1990..2100).contains(&day.year()))?.instant()
}

fn is_date_word(token: &Token) -> bool {
    let word = token.lower.trim_end_matches('.');
    let ordinal = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_number = token.is_number() && word.len() <= 10 && word.len() - ordinal.len() <= 2;
    is_number || LISTS.months.contains_key(word) || LISTS.is_day_word(word)
}

fn find_date(words: &[Token]) -> Option<Instant> {
    let words: Vec<&Token> = words.iter().filter(|token| token.is_word() || matches!(token.text, "/" | ".")).collect();
    (0..words.len()).find_map(|at| in_figures(&words[at..]).or_else(|| in_words(&words[at..])))
}

/// "2025-11-14", "14.11.2025", "14/11/2025".
fn in_figures(words: &[&Token]) -> Option<Instant> {
    let first = &words.first()?.lower;
    if let Some(day) = first.get(..10).and_then(Instant::new) {
        return Some(day);
    }
    let joined: String = words.iter().take(5).map(|token| token.text).collect();
    let parts: Vec<u32> =
        joined.split(['/', '.', '-']).take(3).map_while(|part| part.get(..part.len().min(4))?.parse().ok()).collect();
    match parts[..] {
        [day, month, year] if day > 12 || (first.contains('.') && month <= 12) => date(year, month, day),
        [month, day, year] if day > 12 && !first.contains('.') => date(year, month, day),
        _ => None,
    }
}

/// "November 14, 2025", "14 November 2025", "14. November 2025", "14 de noviembre de 2025".
fn in_words(words: &[&Token]) -> Option<Instant> {
    let plain: Vec<&str> = words
        .iter()
        .take(8)
        .map(|token| token.lower.trim_end_matches('.'))
        .filter(|word| !matches!(*word, "" | "de" | "del" | "of" | "the"))
        .collect();
    let month = |at: usize| plain.get(at).and_then(|word| LISTS.months.get(*word)).copied();
    let number = |at: usize| {
        plain.get(at).and_then(|word| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok())
    };
    match (month(0), month(1)) {
        (Some(month), _) => date(number(2)?, month, number(1)?),
        (None, Some(month)) => date(number(2)?, month, number(0)?),
        _ => None,
    }
}

fn date(year: u32, month: u32, day: u32) -> Option<Instant> {
    (1600..=2200).contains(&year).then(|| Instant::new(&format!("{year:04}-{month:02}-{day:02}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<Option<&str>>) {
        let found = date_line(line);
        assert_eq!(found.as_ref().map(|day| day.as_ref().map(Instant::as_str)), expected, "{line}");
    }

    #[test]
    fn lines_that_are_dates() {
        check("November 14, 2025", Some(Some("2025-11-14")));
        check("Updated Fri 14 Nov. 2025 at 9:30 a.m. GMT", Some(Some("2025-11-14")));
        check("14. November 2025, 18:05 Uhr", Some(Some("2025-11-14")));
        check("14 de noviembre de 2025", Some(Some("2025-11-14")));
        check("14.11.2025", Some(Some("2025-11-14")));
        check("2025-11-14", Some(Some("2025-11-14")));
        check("Updated at 6:57 p.m. ET", Some(None));
        check("03/04/2025", Some(None));
        check("Two votes on November 14, 2025", None);
        check("May", None);
    }

    #[test]
    fn dates_of_metadata() {
        let day = |value: &str| metadata_date(value).map(|instant| instant.as_str().to_owned());
        assert_eq!(day("2025-11-14T08:30:00Z").as_deref(), Some("2025-11-14T08:30:00Z"));
        assert_eq!(day("2025-11-14 08:30:00").as_deref(), Some("2025-11-14"));
        assert_eq!(day("2025-11-14Tnever").as_deref(), Some("2025-11-14"));
        assert_eq!(day("Fri, 14 Nov 2025 08:30:00 +0000").as_deref(), Some("2025-11-14T08:30:00Z"));
        assert_eq!(day("soon"), None);
        let of = |url: &str| address_date(url).map(|instant| instant.as_str().to_owned());
        assert_eq!(of("https://nova.example/2025/11/14/ferry-9").as_deref(), Some("2025-11-14"));
        assert_eq!(of("https://nova.example/ferry-20251114.html").as_deref(), Some("2025-11-14"));
        assert_eq!(of("https://nova.example/ferry_2025_11_14_q.html").as_deref(), Some("2025-11-14"));
        let worded = "https://nova.example/2025/nov/14/ferry";
        assert_eq!((of(worded), page_address_date(worded)), (None, Instant::new("2025-11-14")));
        assert_eq!(of("https://nova.example/story/30000002/2025/ferry"), None);
    }
}
