//! At which time a count holds: "12 dead as of Monday", "police said on Tuesday that 14 had died".
//!
//! Two counts given at two times do not contradict each other: the newer one updates the older. The texts themselves say
//! best which is newer; else the times of publication do. Where neither tells, the counts are held against each other.

use std::cmp::Ordering;
use std::sync::LazyLock;

use twosource_model::{DifferenceKind, Span, Time};

use super::{Facts, Finding, grows, number, same_party, value};
use crate::moments::earlier;
use crate::outlets::Lexicon;
use crate::values::order_of_times;

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../data/en/as_of.txt")));

/// Whether a time only says when something was counted: it is no date of the event.
pub(super) fn is_counted_at(text: &str, time: Span) -> bool {
    stands_behind("counted", text, time)
}

/// Whether one of two counts only updates the other. Counts of two sources who count for themselves contradict each
/// other. With a stated time each, whichever is newer updates the other; else only a growing count that grew does.
pub(super) fn updates(finding: &Finding, a: &Facts<'_>, b: &Facts<'_>) -> bool {
    if finding.kind != DifferenceKind::Number || !may_update(a, b) {
        return false;
    }
    let Some((order, is_stated)) = order(a, b) else { return false };
    let [left, right] = &finding.sides;
    let (old, new) = if order == Ordering::Less { (left, right) } else { (right, left) };
    let is_growing = || grows(left, a.text) && grows(right, b.text);
    is_stated || (is_growing() && value(old) < value(new))
}

/// Whether one count can update the other: two sources who count for themselves contradict each other.
fn may_update(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    match (a.source, b.source) {
        (Some(x), Some(y)) => {
            let words = |span: Option<Span>, text: &str| span.map(|span| span.of(text).to_lowercase());
            same_party(x, a.text, y, b.text) || words(x.source, a.text) == words(y.source, b.text)
        }
        _ => true,
    }
}

/// Whether two times only say when counts that differ were given.
pub(super) fn are_said(a: &Facts<'_>, x: &Time, b: &Facts<'_>, y: &Time) -> bool {
    let is_said = |facts: &Facts<'_>, time: &Time| said(facts).is_some_and(|said| said.span == time.span);
    is_said(a, x) && is_said(b, y) && number(a, b).is_some()
}

/// Which of two statements holds at the earlier time, and whether both say themselves at which they hold. `None` where
/// that cannot be told, or both hold at one time.
fn order(a: &Facts<'_>, b: &Facts<'_>) -> Option<(Ordering, bool)> {
    let (x, y) = (as_of(a), as_of(b));
    if let (Some(x), Some(y)) = (x, y) {
        if x == y {
            return None;
        }
        if let Some(order) = order_of_times(x, y) {
            return Some((order, true));
        }
    }
    let by_days = || order_of_times(told(a)?, told(b)?);
    let by_publication = || {
        let first = earlier(a.report.article.published.as_ref()?, b.report.article.published.as_ref()?)?;
        Some(if first { Ordering::Less } else { Ordering::Greater })
    };
    by_days().or_else(by_publication).map(|order| (order, false))
}

/// The time at which a count holds, as well as it is known.
fn told<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    as_of(facts).or_else(|| said(facts)?.value.as_deref()).or_else(|| published(facts))
}

/// The time for which the counts of a sentence hold by its own words, where there is just one.
fn as_of<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    let mut times = times(facts).filter(|time| stands_behind("holds", facts.text, time.span));
    times.next().filter(|_| times.next().is_none()).and_then(|time| time.value.as_deref())
}

/// The time at which a count was given: right behind the word for saying.
fn said<'a>(facts: &Facts<'a>) -> Option<&'a Time> {
    let cue = facts.source?.cue?;
    let is_behind = |time: &&Time| {
        let between = facts.text.get(cue.end..time.span.start).map(|words| words.trim().to_lowercase());
        between.is_some_and(|words| words.is_empty() || WORDS.has("said", &words))
    };
    times(facts).find(is_behind)
}

/// The day of publication.
fn published<'a>(facts: &Facts<'a>) -> Option<&'a str> {
    Some(facts.report.article.published.as_ref()?.day())
}

/// The dated times of the sentence.
fn times<'a>(facts: &Facts<'a>) -> impl Iterator<Item = &'a Time> {
    let times = super::within(&facts.report.times, facts.sentence, |time| time.span);
    times.iter().filter(|time| super::is_dated(time))
}

/// Whether the words right before a time stand in a section.
fn stands_behind(section: &str, text: &str, time: Span) -> bool {
    const LONGEST: usize = 3;
    let before: Vec<&str> = text[..time.start].split(' ').rev().skip(1).take(LONGEST).collect();
    let ends = text[..time.start].ends_with(' ');
    let words =
        |count: usize| before[..count].iter().rev().map(|word| word.to_lowercase()).collect::<Vec<_>>().join(" ");
    ends && (1..=before.len()).any(|count| WORDS.has(section, &words(count)))
}
