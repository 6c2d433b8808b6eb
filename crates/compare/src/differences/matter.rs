//! Whether two values can be of one matter.
//!
//! Statements of one claim may still count different things: an hour's fall and a day's, the sentence of one prisoner
//! and that of another. What tells it stands around the values: the names and days of the sentences, the words beside
//! the value, and the small word before a date. Each test here only ever takes a difference back.

use std::collections::BTreeSet;

use jiff::civil::Date;
use twosource_model::{MentionForm, Quantity, Span, Time};

use super::slots::words_beside;
use super::{Facts, counted, within};
use crate::outlets::Lexicon;
use crate::stems::Stems;
use std::sync::LazyLock;

static MATTER: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../data/en/matter.txt")));
static STEMS: LazyLock<Stems> = LazyLock::new(|| Stems::new(Some("en")));

/// Share of the words of two statements that must agree where their numbers count nothing by name, and where two days
/// are held against each other: the days of one week's news are many.
const ALIKE: f64 = 0.5;
/// The same for numbers of which nothing is said at all.
const BARE: f64 = 0.75;
/// The same for longer stretches of time.
const ROUGHLY: f64 = 0.25;
/// The most names of a sentence that are looked at, and letters of their words ("Ethiopia", "Ethiopian").
const NAMES: usize = 24;
const LETTERS: usize = 6;

/// The names of a sentence, each by its words.
fn names(facts: &Facts<'_>) -> Vec<BTreeSet<String>> {
    names_besides(facts, Span::new(0, 0))
}

/// The names of a sentence outside a span, each by its words.
fn names_besides(facts: &Facts<'_>, span: Span) -> Vec<BTreeSet<String>> {
    let mentions = within(&facts.report.mentions, facts.sentence, |mention| mention.span).iter();
    let named = mentions.filter(|name| name.form == MentionForm::Name && !span.contains(name.span)).take(NAMES);
    named.map(|name| name_words(name.span.of(facts.text))).filter(|words| !words.is_empty()).collect()
}

fn name_words(name: &str) -> BTreeSet<String> {
    let owned = |word: &str| word.trim_end_matches("'s").trim_end_matches("’s").replace('.', "");
    let words = name.split([' ', '-', '/']).map(|word| owned(&word.to_lowercase()));
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
    let telling = words.filter(|word| word.chars().count() > 1 && !MATTER.has("no name", word));
    telling.map(|word| word.chars().take(LETTERS).collect()).collect()
}

/// Whether both sentences name somebody or something, and nothing that the other names.
pub(super) fn of_other_names(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    are_apart(&names(a), &names(b))
}

/// The same for what is named besides two spans.
pub(super) fn of_other_names_besides(a: &Facts<'_>, x: Span, b: &Facts<'_>, y: Span) -> bool {
    are_apart(&names_besides(a, x), &names_besides(b, y))
}

fn are_apart(one: &[BTreeSet<String>], other: &[BTreeSet<String>]) -> bool {
    let agree = |x: &BTreeSet<String>, y: &BTreeSet<String>| x.is_subset(y) || y.is_subset(x);
    !one.is_empty() && !other.is_empty() && !one.iter().any(|x| other.iter().any(|y| agree(x, y)))
}

/// Whether both sentences tell a time, and no time of one touches one of the other: they count at two times.
pub(super) fn on_other_days(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let spans = |facts: &Facts<'_>| facts.dates_of_sentence().filter_map(crate::values::days_of).collect::<Vec<_>>();
    let (one, other) = (spans(a), spans(b));
    let touch = |x: &(Date, Date), y: &(Date, Date)| x.0 <= y.1 && y.0 <= x.1;
    !one.is_empty() && !other.is_empty() && !one.iter().any(|x| other.iter().any(|y| touch(x, y)))
}

/// Whether a word means somebody who can be the first in something.
pub(super) fn is_somebody(word: &str) -> bool {
    crate::values::is_person(word) || MATTER.has("somebody", word)
}

/// Whether numbers that come on top of others ("40 new cases") are told of other days: each day has its own.
fn is_of_another_day(a: &Facts<'_>, x: &Quantity, b: &Facts<'_>, y: &Quantity) -> bool {
    let new = |facts: &Facts<'_>, quantity: &Quantity| {
        let noun = quantity.counted.map_or("", |noun| noun.of(facts.text)).to_lowercase();
        noun.split_whitespace().any(|word| MATTER.has("a day's", word))
    };
    let days =
        |facts: &Facts<'_>| facts.dates_of_sentence().filter_map(crate::values::days_of).collect::<BTreeSet<_>>();
    (new(a, x) || new(b, y)) && !days(a).is_empty() && !days(b).is_empty() && days(a) != days(b)
}

/// Whether two numbers that do not agree may be of one thing: no other names or days, and the same words beside them,
/// or the same noun counted in more than one word.
pub(super) fn is_one_count(a: &Facts<'_>, x: &Quantity, b: &Facts<'_>, y: &Quantity) -> bool {
    let (left, right) = (noun(a, x), noun(b, y));
    let nouns = left.intersection(&right).count();
    let beside = words_beside(a, counted(x, a), b, counted(y, b));
    let bare = |quantity: &Quantity| quantity.unit.is_none() && quantity.counted.is_none();
    let least = if bare(x) && bare(y) { BARE } else { ALIKE };
    (beside > 0 || nouns > 1)
        && (nouns > 0 || a.likeness(b) >= least)
        && !is_of_another_day(a, x, b, y)
        && !of_other_names(a, b)
}

/// The numbers of a sentence.
fn numbers<'a>(facts: &Facts<'a>) -> &'a [Quantity] {
    within(&facts.report.quantities, facts.sentence, |quantity| quantity.span)
}

/// Whether two numbers count one noun, or measure in one unit.
fn count_alike(a: &Facts<'_>, x: &Quantity, b: &Facts<'_>, y: &Quantity) -> bool {
    x.unit == y.unit && (x.unit.is_some() || !noun(a, x).is_disjoint(&noun(b, y)))
}

/// Whether a number stands elsewhere in the sentence of another.
pub(super) fn stands_beside(x: &Quantity, facts: &Facts<'_>) -> bool {
    let one = |unit: &Option<String>| unit.is_none() || x.unit.is_none() || *unit == x.unit;
    numbers(facts).iter().any(|y| [Some(y.value), y.upper].contains(&Some(x.value)) && one(&y.unit))
}

/// Whether the numbers of one thing in a sentence add up to a number: "five counts of theft and two of fraud" are seven.
pub(super) fn is_sum(x: &Quantity, facts: &Facts<'_>) -> bool {
    const NEAR: f64 = 1e-6;
    let parts: Vec<f64> = numbers(facts).iter().filter(|y| y.unit == x.unit).map(|y| y.value).collect();
    let sums = (0..parts.len()).flat_map(|from| (from + 2..=parts.len()).map(move |to| (from, to)));
    parts.len() <= NAMES && { sums }.any(|(from, to)| (parts[from..to].iter().sum::<f64>() - x.value).abs() <= NEAR)
}

/// Whether the report of a statement gives a number of another one itself, wherever: it knows both, and so tells of two
/// things or of two times. A count must be of the same noun.
pub(super) fn is_given(a: &Facts<'_>, x: &Quantity, b: &Facts<'_>) -> bool {
    let quantities = b.report.quantities.iter();
    quantities.filter(|y| (y.value, y.upper) == (x.value, x.upper)).any(|y| count_alike(a, x, b, y))
}

/// Whether two sentences count one noun or measure in one unit, and one of them has a number for it that the other has not.
pub(super) fn count_otherwise(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    has_more(a, b) || has_more(b, a)
}

/// Whether a sentence has a number for what another sentence counts too, but as other numbers.
fn has_more(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    numbers(a).iter().take(NAMES).any(|x| {
        let mut alike = numbers(b).iter().take(NAMES).filter(|y| count_alike(a, x, b, y)).peekable();
        alike.peek().is_some() && !alike.any(|y| y.value == x.value)
    })
}

/// Whether two statements tell of a plan in one word: "pledged to disband", "has pledged".
pub(super) fn plan_in_one_word(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let words = |facts: &Facts<'_>| -> BTreeSet<String> {
        let words = facts.quote.span.of(facts.text).split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.filter(|word| MATTER.has("plan", word)).collect()
    };
    !words(a).is_disjoint(&words(b))
}

/// Whether two numbers of which one is only more exact may be of one thing: numbers that lie apart need the same words
/// beside them or statements alike.
pub(super) fn is_one_amount(a: &Facts<'_>, x: &Quantity, b: &Facts<'_>, y: &Quantity) -> bool {
    const NEAR: f64 = 1.1;
    let ends = |quantity: &Quantity| [Some(quantity.value), quantity.upper].into_iter().flatten().collect::<Vec<_>>();
    let near = |x: &f64, y: &f64| x.max(*y) <= NEAR * x.min(*y);
    ends(x).iter().any(|x| ends(y).iter().any(|y| near(x, y)))
        || a.likeness(b) >= ALIKE
        || words_beside(a, counted(x, a), b, counted(y, b)) > 0
}

/// The words for what is counted that say something.
fn noun(facts: &Facts<'_>, quantity: &Quantity) -> BTreeSet<String> {
    quantity.counted.map(|noun| STEMS.of(&noun.of(facts.text).to_lowercase()).into_iter().collect()).unwrap_or_default()
}

/// Whether two dates that do not agree may be of one thing: told with the same small word ("until"), of one grain, not
/// counted from the day of writing or speaking where that alone may set them apart, and the statements alike.
pub(super) fn is_one_day(a: &Facts<'_>, x: &Time, b: &Facts<'_>, y: &Time) -> bool {
    let (Some(one), Some(other)) = (crate::values::days_of(x), crate::values::days_of(y)) else { return false };
    let is_day = |(first, last): (Date, Date)| first == last;
    let near = (one.0.until(other.0)).is_ok_and(|apart| apart.get_days().abs() <= 1);
    let shifted = |facts: &Facts<'_>, time: &Time| is_deictic(time, facts) && (near || is_in_quotes(time, facts));
    let least = if is_day(one) && is_day(other) { ALIKE } else { ROUGHLY };
    is_day(one) == is_day(other)
        && !shifted(a, x)
        && !shifted(b, y)
        && bound(a, x) == bound(b, y)
        && a.likeness(b) >= least
        && !of_other_names(a, b)
}

/// Whether two dates of which one only says more than the other may be of one thing: longer stretches always, a day where
/// the same words stand beside it or the statements are alike; a day says nothing of a year that holds it otherwise.
pub(super) fn is_one_time(a: &Facts<'_>, x: &Time, b: &Facts<'_>, y: &Time) -> bool {
    const WEEK: i32 = 7;
    const SEASON: i32 = 100;
    let days = |time: &Time| {
        let (first, last) = crate::values::days_of(time)?;
        first.until(last).ok().map(|length| length.get_days())
    };
    let (short, long) = days(x).zip(days(y)).map_or((0, i32::MAX), |(x, y)| (x.min(y), x.max(y)));
    short >= WEEK || a.likeness(b) >= ALIKE || long <= SEASON && words_beside(a, x.span, b, y.span) > 0
}

/// "today", "tomorrow": as far off as the day of writing is.
fn is_deictic(time: &Time, facts: &Facts<'_>) -> bool {
    let words = time.span.of(facts.text).to_lowercase();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| MATTER.has("deictic", word))
}

/// Whether a quotation is open before a time, in its sentence.
fn is_in_quotes(time: &Time, facts: &Facts<'_>) -> bool {
    let before = &facts.text[facts.sentence.start..time.span.start.max(facts.sentence.start)];
    let (opened, closed) = (before.matches(['“', '«']).count(), before.matches(['”', '»']).count());
    opened > closed || before.matches('"').count() % 2 == 1 || facts.source.is_some() && facts.is_quoted()
}

/// The small word that says which end of a stretch a date is: "since", "until".
fn bound(facts: &Facts<'_>, time: &Time) -> Option<&'static str> {
    const BACK: usize = 4;
    let before = facts.text[facts.sentence.start..time.span.start.max(facts.sentence.start)].to_lowercase();
    let words = before.split_whitespace().rev().take(BACK);
    let passing = |word: &&str| MATTER.has("before a date", word) || MATTER.finds("bound", word);
    let own = time.span.of(facts.text).to_lowercase();
    let first = own.split_whitespace().next().and_then(|word| MATTER.entries("bound").find(|bound| *bound == word));
    first.or_else(|| words.take_while(passing).find_map(|word| MATTER.entries("bound").find(|bound| *bound == word)))
}

/// Whether a time only tells which of several things of one name is meant: "the 2031 budget".
pub(super) fn is_attribute(time: &Time, facts: &Facts<'_>) -> bool {
    if time.span.len() != 4 || !time.span.of(facts.text).bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let before = facts.text[facts.sentence.start..time.span.start.max(facts.sentence.start)].trim_end().to_lowercase();
    let last = before.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let owned = MATTER.has("determiner", last) || last.ends_with("'s") || last.ends_with("’s");
    let goes_on =
        facts.text[time.span.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    owned && goes_on
}

/// Whether a number is part of a name: "Section 12", "Standard Index 500", "the Big Ten".
pub(super) fn is_part_of_name(quantity: &Quantity, facts: &Facts<'_>) -> bool {
    let mentions = within(&facts.report.mentions, facts.sentence, |mention| mention.span).iter();
    let mut names = mentions.filter(|mention| mention.form == MentionForm::Name);
    let before = facts.text[..quantity.span.start].trim_end_matches(' ');
    let capital =
        |word: &str| word.starts_with(char::is_uppercase) && !word.bytes().all(|byte| byte.is_ascii_uppercase());
    let previous = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let spelled =
        capital(quantity.span.of(facts.text)) && capital(previous) && quantity.span.start > facts.sentence.start;
    let bare = quantity.unit.is_none() && quantity.counted.is_none();
    spelled || names.any(|name| name.span.contains(quantity.span) || bare && name.span.end == before.len())
}
