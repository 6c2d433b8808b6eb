//! Differences in one slot of a sentence: what stands beside the same words, and is not the same.
//!
//! Two sentences that make one claim may agree in little but the place where they differ: "nominated … in 2010" and
//! "nominated … in January 2011". So a slot is recognised by the words right around it, and a statement may be as long
//! as it likes. Each detector would rather miss a difference than find one between two things.

mod quotes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use twosource_model::{Attribution, DifferenceKind, MentionForm, NameKind, SourceKind, Span, Strength, Time};

use super::{Facts, Finding, as_of, matter, relation_rank, strength_of_rank, within};
use crate::outlets::Lexicon;
use crate::stems::Stems;
use crate::values::compare_times;

pub(super) use quotes::{same_quote, speaker, wording};

/// Words before and after a slot that tell what it is.
const BEFORE: usize = 7;
const AFTER: usize = 5;
/// The most words of a sentence that are looked at.
const LONGEST: usize = 120;

static STEMS: LazyLock<Stems> = LazyLock::new(|| Stems::new(Some("en")));
static SLOTS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../data/en/slots.txt")));
static TERMS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../data/en/terms.txt")));

/// The fields of `data/en/terms.txt`, and whether two of their values exclude each other.
const FIELDS: [(&str, Strength); 6] = [
    ("condition", Strength::Tension),
    ("custody", Strength::Contradiction),
    ("verdict", Strength::Tension),
    ("departure", Strength::Tension),
    ("plan", Strength::Contradiction),
    ("weapon", Strength::Tension),
];

/// A word of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Word {
    span: Span,
    lower: String,
    /// `None` for words that say nothing.
    stem: Option<String>,
    /// Whether it belongs to a name.
    named: bool,
    /// Whether a sign stands between it and the next word.
    ends: bool,
}

/// The words of the sentence a statement stands in.
pub(super) fn words(facts: &Facts<'_>) -> Vec<Word> {
    let sentence = facts.sentence;
    let text = sentence.of(facts.text);
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '.');
    let names = within(&facts.report.mentions, sentence, |mention| mention.span);
    let mut found: Vec<Word> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.find(char::is_alphanumeric).filter(|_| found.len() < LONGEST) {
        let start = sentence.start + (text.len() - rest.len()) + first;
        let length = rest[first..].find(|c| !inside(c)).unwrap_or(rest.len() - first);
        let word = rest[first..first + length].trim_end_matches(|c: char| !c.is_alphanumeric());
        let span = Span::new(start, start + word.len());
        let after = &rest[first + word.len()..];
        let named = names.iter().any(|name| name.form == MentionForm::Name && name.span.contains(span));
        let lower = word.to_lowercase().replace('’', "'");
        let stem = STEMS.of(&lower).into_iter().next();
        let next = after.trim_start_matches(['.', ' ']);
        let ends = next.starts_with("- ") || next.starts_with(|c: char| !inside(c) && c != '$');
        found.push(Word { span, lower, stem, named, ends });
        rest = after;
    }
    found
}

/// The words that say something before and after a span, as far as no sign stands between: stem, and whether it names.
fn around<'w>(words: &'w [Word], span: Span, after: usize) -> [BTreeSet<(&'w str, bool)>; 2] {
    let first = words.partition_point(|word| word.span.end <= span.start);
    let last = words.partition_point(|word| word.span.start < span.end);
    let before = words[..first].iter().rev().take(BEFORE).take_while(|word| !word.ends).collect();
    let open = !last.checked_sub(1).and_then(|at| words.get(at)).is_some_and(|word| word.ends);
    let rest = words[last..].iter().take(if open { after } else { 0 });
    let cut = rest.clone().position(|word| word.ends).map_or(after, |end| end + 1);
    let telling = |near: Vec<&'w Word>| near.iter().filter_map(|w| Some((w.stem.as_deref()?, w.named))).collect();
    [telling(before), telling(rest.take(cut).collect())]
}

/// Before and after together.
fn near(words: &[Word], span: Span) -> BTreeSet<(&str, bool)> {
    let [mut before, after] = around(words, span, AFTER);
    before.extend(after);
    before
}

/// How many words two surroundings share, and how many of them are no names.
fn shared(one: &BTreeSet<(&str, bool)>, other: &BTreeSet<(&str, bool)>) -> (usize, usize) {
    let common: Vec<_> = one.intersection(other).collect();
    (common.len(), common.iter().filter(|(_, named)| !named).count())
}

/// How many words beside two spans are the same, names apart.
pub(super) fn words_beside(a: &Facts<'_>, x: Span, b: &Facts<'_>, y: Span) -> usize {
    shared(&near(&a.words, x), &near(&b.words, y)).1
}

fn slots<'f>(facts: &'f Facts<'_>) -> &'f Slots {
    facts.slots.get_or_init(|| Slots::of(facts))
}

/// Dates beside the same words. Where any two dates of the sentences agree in such a place, nothing is said.
pub(super) fn date(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    const LEAST: usize = 2;
    const PAIRS: usize = 36;
    let (left, right) = (&slots(a).dates, &slots(b).dates);
    let pairs = left.iter().flat_map(|x| right.iter().map(move |y| (x, y)));
    let mut best: Option<(usize, &Time, &Time, Strength)> = None;
    for (x, y) in pairs.take(PAIRS) {
        let (common, plain) = shared(&near(&a.words, x.span), &near(&b.words, y.span));
        if common < LEAST || plain == 0 {
            continue;
        }
        match strength_of_rank(relation_rank(compare_times(x, y))) {
            Some(Strength::Contradiction | Strength::Tension)
                if !is_one_slot(a, x, b, y) || !matter::is_one_day(a, x, b, y) => {}
            Some(Strength::Precision) if !matter::is_one_time(a, x, b, y) => {}
            Some(strength) if !super::only_hours(x, y) => {
                if best.as_ref().is_none_or(|&(before, ..)| common > before) {
                    best = Some((common, x, y, strength));
                }
            }
            _ => return None,
        }
    }
    let (_, x, y, strength) = best?;
    if as_of::are_said(a, x, b, y) {
        return None;
    }
    let other_force = || a.clause.zip(b.clause).is_some_and(|(one, other)| one.force != other.force);
    if strength != Strength::Precision && (other_force() || super::counts_differ(a, b)) {
        return None;
    }
    let value = |time: &Time| time.value.clone().unwrap_or_default();
    let sides = [a.side(x.span, value(x)), b.side(y.span, value(y))];
    Some(Finding { kind: DifferenceKind::Date, strength, sides })
}

/// Whether two dates stand behind a common word that is no name: "nominated by … in 2010", "nominated … in 2011".
pub(super) fn is_one_slot(a: &Facts<'_>, x: &Time, b: &Facts<'_>, y: &Time) -> bool {
    let (one, other) = (behind(&a.words, x.span), behind(&b.words, y.span));
    let common = one.intersection(&other).count();
    common > 0
        && 2 * common >= one.len().min(other.len())
        && !is_one_weekday(x.span.of(a.text), y.span.of(b.text))
        && within_years(x, y)
}

/// Whether two dates lie so near that they can be those of one event.
fn within_years(x: &Time, y: &Time) -> bool {
    const YEARS: i32 = 3;
    let year = |time: &Time| time.value.as_deref()?.get(..4)?.parse::<i32>().ok();
    year(x).zip(year(y)).is_some_and(|(x, y)| (x - y).abs() <= YEARS)
}

/// The words before a span that say something and name nothing, back to a sign or to what begins a new predicate.
fn behind(words: &[Word], span: Span) -> BTreeSet<&str> {
    let first = words.partition_point(|word| word.span.end <= span.start);
    let before = words[..first].iter().rev().take(BEFORE);
    let before = before.take_while(|word| !word.ends && !matches!(&*word.lower, "and" | "but" | "or"));
    before.filter(|word| !word.named).filter_map(|word| word.stem.as_deref()).collect()
}

/// "Thursday" and "Thursday": if they are not one day, then because one was counted from the wrong one.
fn is_one_weekday(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<BTreeSet<_>>();
    let (one, other) = (words(one), words(other));
    one == other || one.intersection(&other).any(|word| word.ends_with("day"))
}

/// Values of one field that exclude each other: "critical condition", "stable condition".
pub(super) fn term(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    FIELDS.iter().zip(slots(a).terms.iter().zip(&slots(b).terms)).find_map(|(&(field, strength), (x, y))| {
        let ((span, value), (other_span, other)) = (only(x)?, only(y)?);
        let unsure = field == "verdict" && !of_one_beside(a, span, b, other_span);
        if value == other || unsure || of_others_beside(a, span, b, other_span) || matter::on_other_days(a, b) {
            return None;
        }
        let about = |facts: &Facts<'_>, list: &str| {
            TERMS.entries(list).any(|wanted| facts.words.iter().any(|word| word.lower == wanted))
        };
        let list = format!("{field} about");
        let placed = match TERMS.entries(&list).next() {
            Some(_) => about(a, &list) && about(b, &list),
            None => shared(&near(&a.words, span), &near(&b.words, other_span)).0 > 0 || in_common(a, b) >= CONTEXT,
        };
        let sides = [a.side(span, value), b.side(other_span, other)];
        placed.then_some(Finding { kind: DifferenceKind::Other, strength, sides })
    })
}

/// Words that two sentences must share where nothing right beside a slot tells that it is one.
const CONTEXT: usize = 3;

/// How many words that say something two sentences share.
fn in_common(a: &Facts<'_>, b: &Facts<'_>) -> usize {
    let stems = |facts: &Facts<'_>| facts.words.iter().filter_map(|word| word.stem.clone()).collect::<BTreeSet<_>>();
    stems(a).intersection(&stems(b)).count()
}

/// The one value that a sentence has of a field, where it is first said.
fn only<'v>(found: &[(Span, &'v str)]) -> Option<(Span, &'v str)> {
    let (first, rest) = found.split_first()?;
    rest.iter().all(|(_, value)| *value == first.1).then_some(*first)
}

/// A term of a field: its words, and the value they stand for.
type Term = (Vec<&'static str>, &'static str);

/// The terms of a field by their first words.
type Terms = BTreeMap<&'static str, Vec<Term>>;

static FIELD_TERMS: LazyLock<Vec<Terms>> =
    LazyLock::new(|| FIELDS.iter().map(|(field, _)| by_first_word(&TERMS, field)).collect());
static MEDIA: LazyLock<Terms> = LazyLock::new(|| by_first_word(&SLOTS, "medium"));

fn by_first_word(lexicon: &'static Lexicon, field: &str) -> Terms {
    let mut terms = Terms::new();
    for (value, list) in lexicon.entries(field).filter_map(|line| line.split_once(" = ")) {
        for term in list.split(" | ") {
            let words: Vec<_> = term.split([' ', ',']).filter(|word| !word.is_empty()).collect();
            if let Some(&first) = words.first() {
                terms.entry(first).or_default().push((words, value));
            }
        }
    }
    terms
}

/// The values of a field in some words, longest words first.
fn terms(words: &[Word], terms: &Terms) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let stands = |(term, _): &&Term| {
            term.len() <= rest.len() && term.iter().zip(rest).all(|(wanted, word)| word.lower == *wanted)
        };
        let here = terms.get(&*words[at].lower).into_iter().flatten().filter(stands);
        match here.max_by_key(|(term, _)| term.len()) {
            Some((term, value)) => {
                found.push((words[at].span.cover(words[at + term.len() - 1].span), *value));
                at += term.len();
            }
            None => at += 1,
        }
    }
    found
}

/// Whoever is first in something: "the first Latina", "the first Hispanic woman".
pub(super) fn primacy(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    /// Words after a rank that tell in what.
    const IN_WHAT: usize = 14;
    const LEAST: usize = 2;
    slots(a).ranks.iter().find_map(|(word, x)| {
        let (_, y) = slots(b).ranks.iter().find(|(other, _)| other == word)?;
        let apart = |(_, one): &Ranked| y.iter().all(|(_, other)| one.is_disjoint(other));
        let ((left, _), (right, _)) = (x.first()?, y.first()?);
        let ([_, one], [_, other]) =
            (around(&a.words, start_of(*left), IN_WHAT), around(&b.words, start_of(*right), IN_WHAT));
        let differ = x.iter().all(apart) && shared(&one, &other).0 >= LEAST;
        let sides = [a.side(*left, left.of(a.text)), b.side(*right, right.of(b.text))];
        differ.then_some(Finding { kind: DifferenceKind::Other, strength: Strength::Tension, sides })
    })
}

fn start_of(span: Span) -> Span {
    Span::new(span.start, span.start + 1)
}

/// What stands after a word of rank, up to the next word that says nothing.
fn ranked(words: &[Word], rank: &str) -> Vec<Ranked> {
    const PHRASE: usize = 4;
    let no_rank = |word: &Word| SLOTS.entries("no primacy").any(|other| other == word.lower);
    let acts = |words: &[&Word]| words.first().is_some_and(|word| word.lower.ends_with("ing"));
    let phrase = |at: usize| {
        let mut ended = words[at].ends;
        let mut following: Vec<&Word> = Vec::new();
        for word in words[at + 1..].iter().take(PHRASE) {
            if ended || word.stem.is_none() {
                break;
            }
            following.push(word);
            ended = word.ends;
        }
        let ranks = !acts(&following) && following.iter().any(|word| word.named || matter::is_somebody(&word.lower));
        let last = following.last().filter(|_| ranks && !following.iter().any(|word| no_rank(word)))?;
        let same = |stem: String| SLOTS.value("same", &stem).map_or(stem, str::to_owned);
        let stems = following.iter().filter_map(|word| word.stem.clone()).map(same).collect();
        Some((words[at].span.cover(last.span), stems))
    };
    let places = words.iter().enumerate().filter(|(_, word)| word.lower == rank && !word.named);
    places.filter_map(|(at, _)| phrase(at)).collect()
}

/// What somebody or something is taken for, behind the same word: "dressed as a driver", "dressed as a nurse".
pub(super) fn role(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (&slots(a).roles, &slots(b).roles);
    x.iter().find_map(|(verb, span, role)| {
        let same = |other: &&(String, Span, BTreeSet<String>)| other.0 == *verb;
        let (_, other_span, other) = y.iter().find(same)?;
        let sides = [a.side(*span, span.of(a.text)), b.side(*other_span, other_span.of(b.text))];
        let differ = role.is_disjoint(other);
        differ.then_some(Finding { kind: DifferenceKind::Other, strength: Strength::Precision, sides })
    })
}

/// "VERB as a PHRASE": the stem of the verb, the whole, and the stems of the phrase.
fn roles(words: &[Word]) -> Vec<(String, Span, BTreeSet<String>)> {
    const PHRASE: usize = 3;
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|word| any.contains(&&*word.lower));
    let found = |at: usize| {
        let verb = words[at.checked_sub(1)?].stem.clone().filter(|verb| SLOTS.has("taken for", verb))?;
        if !is(at, &["as"]) || !is(at + 1, &["a", "an"]) || words[at - 1].named {
            return None;
        }
        let phrase: Vec<&Word> = words[at + 2..].iter().take(PHRASE).take_while(|word| word.stem.is_some()).collect();
        let cut = phrase.iter().position(|word| word.ends).map_or(phrase.len(), |end| end + 1);
        let last = phrase[..cut].last()?;
        let stems = phrase[..cut].iter().filter_map(|word| word.stem.clone()).collect();
        Some((verb, words[at - 1].span.cover(last.span), stems))
    };
    (0..words.len()).filter_map(found).collect()
}

/// One source, the same claim, but said in another place: "tweeted", "said in a statement".
pub(super) fn medium(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.source?, b.source?);
    let named = [x, y].iter().all(|source| !matches!(source.kind, SourceKind::Outlet | SourceKind::Agency));
    if !named || !super::same_party(x, a.text, y, b.text) {
        return None;
    }
    let ((left, one), (right, other)) = (medium_of(a, x)?, medium_of(b, y)?);
    let sides = [a.side(left, one), b.side(right, other)];
    let differ = one != other;
    differ.then_some(Finding { kind: DifferenceKind::Attribution, strength: Strength::Precision, sides })
}

/// The one medium that a sentence names near the cue of an attribution, outside of what is attributed.
fn medium_of(facts: &Facts<'_>, source: &Attribution) -> Option<(Span, &'static str)> {
    const NEAR: usize = 40;
    let cue = source.cue?;
    let outside = |word: &&Word| !source.content.iter().any(|content| content.contains(word.span));
    let near = |word: &&Word| word.span.end + NEAR >= cue.start && word.span.start <= cue.end + NEAR;
    let words: Vec<Word> = facts.words.iter().filter(outside).filter(near).cloned().collect();
    only(&terms(&words, &MEDIA))
}

/// People without a name who are told apart by what is said of them.
pub(super) fn unnamed(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.source?, b.source?);
    let described = |facts: &Facts<'_>, source: &Attribution| {
        let words = source.source.map(|span| within(&facts.words, span, |word| word.span)).unwrap_or_default();
        let words = &words[..words.iter().position(|word| word.ends).map_or(words.len(), |end| end + 1)];
        let telling = |word: &&Word| !SLOTS.entries("unnamed").any(|other| other == word.lower);
        words.iter().filter(telling).filter_map(|word| word.stem.clone()).collect::<BTreeSet<String>>()
    };
    let secret = |facts: &Facts<'_>, source: &Attribution| {
        let words = source.source.map(|span| within(&facts.words, span, |word| word.span)).unwrap_or_default();
        source.kind == SourceKind::UnnamedPeople && words.iter().any(|word| SLOTS.has("secret", &word.lower))
    };
    if !secret(a, x) || !secret(b, y) {
        return None;
    }
    let (one, other) = (described(a, x), described(b, y));
    let differ = !one.is_empty() && !other.is_empty() && one.is_disjoint(&other);
    let side = |facts: &Facts<'_>, source: &Attribution| {
        let span = source.source.unwrap_or(facts.quote.span);
        facts.side(span, span.of(facts.text))
    };
    let sides = [side(a, x), side(b, y)];
    differ.then_some(Finding { kind: DifferenceKind::Attribution, strength: Strength::Precision, sides })
}

/// A phrase of a word of rank, and the stems after that word.
type Ranked = (Span, BTreeSet<String>);

/// What the slots of a sentence hold, found once for all sentences it is held against.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    dates: Vec<Time>,
    quotes: Vec<Span>,
    /// For each of [`FIELDS`], its values.
    terms: Vec<Vec<(Span, &'static str)>>,
    /// For each word of rank that is there, what follows.
    ranks: Vec<(&'static str, Vec<Ranked>)>,
    roles: Vec<(String, Span, BTreeSet<String>)>,
}

impl Slots {
    fn of(facts: &Facts<'_>) -> Slots {
        let words = &facts.words;
        let rank = |rank: &'static str| Some((rank, ranked(words, rank))).filter(|(_, found)| !found.is_empty());
        Slots {
            dates: facts.dates_of_sentence().cloned().collect(),
            quotes: quotes::quotes(facts),
            terms: FIELD_TERMS.iter().map(|field| terms(words, field)).collect(),
            ranks: SLOTS.entries("primacy").filter_map(rank).collect(),
            roles: roles(words),
        }
    }
}

/// The last names of the people that a sentence speaks of, by name or pronoun.
pub(super) fn last_names(facts: &Facts<'_>) -> BTreeSet<String> {
    people_in(facts, facts.sentence)
}

/// Whether people stand right beside two spans, and none of them is one of the others'.
fn of_others_beside(a: &Facts<'_>, x: Span, b: &Facts<'_>, y: Span) -> bool {
    let (one, other) = (people_beside(a, x), people_beside(b, y));
    !one.is_empty() && !other.is_empty() && one.is_disjoint(&other)
}

/// Whether somebody stands right beside both of two spans.
fn of_one_beside(a: &Facts<'_>, x: Span, b: &Facts<'_>, y: Span) -> bool {
    !people_beside(a, x).is_disjoint(&people_beside(b, y))
}

/// The last names of the people within a few words of a span.
fn people_beside(facts: &Facts<'_>, span: Span) -> BTreeSet<String> {
    let first = facts.words.partition_point(|word| word.span.end <= span.start).saturating_sub(AFTER);
    let last = facts.words.partition_point(|word| word.span.start < span.end) + AFTER;
    let near = &facts.words[first..last.min(facts.words.len())];
    near.iter().map(|word| word.span).reduce(Span::cover).map(|near| people_in(facts, near)).unwrap_or_default()
}

fn people_in(facts: &Facts<'_>, span: Span) -> BTreeSet<String> {
    let mentions = within(&facts.report.mentions, span, |mention| mention.span).iter();
    let people = mentions.filter_map(|mention| facts.report.entities.get(mention.entity));
    let names = people.filter(|entity| entity.kind == NameKind::Person).map(|entity| entity.name.to_lowercase());
    names.filter_map(|name| last_name(&name).map(str::to_owned)).collect()
}

fn last_name(name: &str) -> Option<&str> {
    name.split_whitespace().rev().find(|word| !SLOTS.has("suffix", word)).map(|word| word.trim_end_matches("'s"))
}

/// One denies, in the same words, what the other says: "gave no warning", "gave the warning".
pub(super) fn denied(a: &Facts<'_>, b: &Facts<'_>) -> Option<Span> {
    let inside = |facts: &Facts<'_>| within(&facts.words, facts.quote.span, |word| word.span).to_vec();
    let (words, other) = (inside(a), inside(b));
    let stems: BTreeSet<&str> = other.iter().filter_map(|word| word.stem.as_deref()).collect();
    let is_negation = |word: &Word| SLOTS.has("negation", &word.lower) || word.lower.ends_with("n't");
    let until = b.words.partition_point(|word| word.span.start < b.quote.span.end);
    if b.words[..until].iter().any(is_negation) {
        return None;
    }
    let at = words.iter().position(is_negation)?;
    let next = words[at + 1..].iter().take(NEGATED).find(|word| word.stem.is_some())?;
    next.stem.as_deref().is_some_and(|stem| stems.contains(stem)).then(|| words[at].span.cover(next.span))
}

/// Words after a negation that may be what is denied.
const NEGATED: usize = 4;

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Annotated, Article, Form, Quote, Sentence, Stance, TimeKind};

    /// A report of one sentence; `[words=value]` marks a date.
    fn report(marked: &str) -> Annotated {
        let mut annotated = Annotated::default();
        let mut text = String::new();
        for part in marked.split_inclusive(']') {
            let (before, date) = part.split_once('[').unwrap_or((part, ""));
            text.push_str(before);
            if let Some((words, value)) = date.strip_suffix(']').and_then(|date| date.split_once('=')) {
                let span = Span::new(text.len(), text.len() + words.len());
                let value = Some(value.to_owned());
                annotated.times.push(Time { span, kind: TimeKind::Date, value, worked_out: false });
                text.push_str(words);
            }
        }
        annotated.sentences.push(Sentence { span: Span::new(0, text.len()), block: 0 });
        Annotated { article: Article { text, ..Article::default() }, ..annotated }
    }

    fn facts(report: &Annotated, number: usize) -> Facts<'_> {
        let quote = Quote { report: 0, span: report.sentences[0].span };
        let statement = twosource_model::Statement { quote, attribution: None };
        let facts = Facts::of(&statement, std::slice::from_ref(report), &[]);
        Facts { quote: Quote { report: number, ..quote }, ..facts }
    }

    fn check(detector: super::super::Detector, a: &str, b: &str, expected: Option<[&str; 2]>) {
        let (one, other) = (report(a), report(b));
        let found = |a: &Annotated, b: &Annotated| {
            detector(&facts(a, 0), &facts(b, 1)).map(|finding| finding.sides.map(|side| side.value))
        };
        assert_eq!(found(&one, &other), expected.map(|sides| sides.map(str::to_owned)), "{a} / {b}");
        assert_eq!(found(&other, &one), expected.map(|[x, y]| [y.to_owned(), x.to_owned()]), "{b} / {a}");
    }

    #[test]
    fn dates_in_one_slot() {
        let a = "Brandt, the first woman in the office, was appointed harbour master in [2010=2010] by the council.";
        let b = "A former pilot, she was appointed harbour master by the council in [January 2011=2011-01].";
        check(date, a, b, Some(["2010", "2011-01"]));
        check(date, a, a, None);
        check(date, a, "The council closed the harbour in [2011=2011] after the storm.", None);
        check(date, a, "She was appointed harbour master in [1998=1998].", None);
        let (a, b) =
            ("The ferry sailed for Osmark on [Friday=2031-05-02].", "It sailed for Osmark [Friday=2031-05-09].");
        check(date, a, b, None);
    }

    #[test]
    fn one_of_several_terms() {
        let a = "Jon Moss underwent surgery at a hospital in Norrvik and was listed in critical but stable condition.";
        let b = "Moss needed surgery but is in stable condition at the hospital.";
        check(term, a, b, Some(["critical but stable", "stable"]));
        check(term, b, "Moss is in a stable condition after surgery at the hospital.", None);
        let (a, b) = ("The suspect in the robbery is dead.", "Police are on the hunt for the gunman.");
        check(term, a, b, Some(["dead", "at large"]));
        check(term, "The mayor is dead.", b, None);
    }

    #[test]
    fn who_was_first_and_taken_for_whom() {
        let a = "Brandt is the first Latina to serve as a district judge in U.S. history.";
        check(
            primacy,
            a,
            "She is the first Hispanic woman to serve as a district judge.",
            Some(["first Latina", "first Hispanic woman"]),
        );
        check(primacy, a, "For the first time a district judge serves two terms in office.", None);
        let (a, b) = ("The man came dressed as a postal driver.", "He was dressed as a nurse, police said.");
        check(role, a, b, Some(["dressed as a postal driver", "dressed as a nurse"]));
        check(role, a, "He was dressed as a driver.", None);
    }

    #[test]
    fn quotes_in_other_words() {
        let a = "“There is so much to do, don’t get yourself into a false comfort,” Brandt said.";
        let b = "\"There is so much to do, don't get yourself into false comfort.\"";
        let value = |text: &str| text.trim_matches(['“', '”', '"', ',', '.']).to_owned();
        let found = [
            value("There is so much to do, don’t get yourself into a false comfort"),
            value("There is so much to do, don't get yourself into false comfort"),
        ];
        check(wording, a, b, Some([&found[0], &found[1]]));
        check(wording, a, a, None);
        check(wording, a, "“There is so much to do,” Brandt said.", None);
        assert!(same_quote(&facts(&report(a), 0), &facts(&report(b), 1)));
        let (a, b) = (
            "“The senior advisor will stay with us in May,” he said.",
            "“The senior adviser will stay with us in May.”",
        );
        check(wording, a, b, None);
    }

    #[test]
    fn what_is_denied() {
        let (a, b) = (report("Officers gave no warning on the quay."), report("Officers gave a warning on the quay."));
        let found = denied(&facts(&a, 0), &facts(&b, 1)).map(|span| span.of(&a.article.text));
        assert_eq!(found, Some("no warning"));
        assert_eq!(denied(&facts(&b, 0), &facts(&a, 1)), None);
        let c = report("It was to no avail that officers gave a warning on the quay.");
        assert_eq!(denied(&facts(&c, 0), &facts(&b, 1)), None);
    }

    fn attribution(text: &str, source: &str, cue: &str, kind: SourceKind) -> Attribution {
        let find = |words: &str| text.find(words).map(|at| Span::new(at, at + words.len()));
        Attribution {
            content: vec![Span::new(0, 10)],
            source: find(source),
            cue: find(cue),
            resolved: None,
            entity: None,
            kind,
            stance: Stance::Says,
            form: Form::Indirect,
            rests_on: None,
            response: None,
            negated: false,
        }
    }

    #[test]
    fn whose_word_and_where() {
        let (a, b) = (
            report("A ferry sank, the Port Office tweeted."),
            report("A ferry sank, the Port Office said in a statement."),
        );
        let source = |report: &Annotated, cue: &str| {
            attribution(&report.article.text, "Port Office", cue, SourceKind::NamedOrganisation)
        };
        let (x, y) = (source(&a, "tweeted"), source(&b, "said"));
        let of = |report, source| Facts { source: Some(source), ..facts(report, 0) };
        let found = medium(&of(&a, &x), &of(&b, &y)).map(|finding| finding.sides.map(|side| side.value));
        assert_eq!(found, Some(["tweet".to_owned(), "statement".to_owned()]));
        let (a, b) = (
            report("A ferry sank, sources briefed on the talks said."),
            report("A ferry sank, sources close to the mayor said."),
        );
        let unnamed_source = |report: &Annotated, words: &str| {
            attribution(&report.article.text, words, "said", SourceKind::UnnamedPeople)
        };
        let (x, y) =
            (unnamed_source(&a, "sources briefed on the talks"), unnamed_source(&b, "sources close to the mayor"));
        assert!(unnamed(&of(&a, &x), &of(&b, &y)).is_some());
        assert!(unnamed(&of(&a, &x), &of(&a, &x)).is_none());
    }
}
