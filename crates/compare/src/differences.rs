//! Statements of one claim that are not alike.
//!
//! Every difference accuses a report of something, so each detector prefers a missed difference to a false one: values
//! are compared only where they count the same thing, dates only where each statement has one, negation and plans only
//! where the statements are otherwise nearly the same. Of several readings the most charitable is taken.

mod as_of;
mod matter;
mod parts;
mod slots;

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use twosource_model::{
    Annotated, Attribution, Claim, Clause, Difference, DifferenceKind, Force, Form, Quantity, Quote, ReportAttribution,
    Response, Side, Span, Statement, Strength, Time,
};

use crate::align::{Links, Place};
use crate::values::{Relation, compare_quantities, compare_times};
use crate::wording::{Stems, overlap, stems};

/// Share of their words that two statements must have in common before an opposite value is held against them: two
/// dates or numbers differ for a hundred reasons, and mostly because the statements tell of different things.
const ALIKE: f64 = 0.4;

/// The same for opposite dates: statements of one actor on several days share a good deal.
const ONE_EVENT: f64 = 0.75;

/// The same for dates of which one only says more than the other.
const ONE_TIME: f64 = 0.25;

/// The same for negation and plans, which say little unless the statements agree in nearly everything else; and the
/// words that they must have for that to mean anything.
const NEARLY_THE_SAME: f64 = 0.8;
const WORDS: usize = 4;

/// The same for plans alone: "could" and "will" stand in many statements that differ in nothing.
const SAME_WORDS: f64 = 0.9;

/// Numbers further apart than this hardly count the same thing.
const FURTHEST: f64 = 3.0;

/// How sure it must be that statements make one claim before their dates contradict each other, or their sources differ.
const SURE: f64 = 0.6;

/// The chance from which on the sentences of two values are taken to make one claim by themselves.
const LINKED: f64 = 0.7;

/// The differences within the claims that several reports make.
pub(crate) fn differences(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    claims: &[Claim],
    links: &Links,
) -> Vec<Difference> {
    let of_claim = |(number, claim): (usize, &Claim)| -> Vec<Difference> {
        let facts: Vec<Facts<'_>> =
            claim.statements.iter().map(|statement| Facts::of(statement, reports, attributions)).collect();
        DETECTORS.iter().flat_map(|detector| in_claim(number, claim, &facts, links, *detector)).collect()
    };
    let shared = claims.par_iter().enumerate().filter(|(_, claim)| claim.is_shared());
    let found: Vec<Difference> = shared.flat_map_iter(of_claim).collect();
    once(found).into_iter().map(one_side_a_value).collect()
}

/// A report has one side for each value, its first words for it: the same number twice is no further difference.
fn one_side_a_value(mut difference: Difference) -> Difference {
    difference.sides.sort_by_key(|side| side.quote);
    let mut told = BTreeSet::new();
    difference.sides.retain(|side| told.insert((side.quote.report, side.value.clone())));
    difference
}

/// A fact that several claims touch makes one difference: of two that have two sides of different reports in common,
/// the surer one stays, and of equally sure ones the one with more sides.
fn once(mut found: Vec<Difference>) -> Vec<Difference> {
    let order = |d: &Difference| (Reverse(d.sides.len()), d.kind, d.claim);
    found.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| order(a).cmp(&order(b))));
    let mut places: BTreeMap<(DifferenceKind, Quote), Vec<usize>> = BTreeMap::new();
    let mut kept: Vec<Difference> = Vec::with_capacity(found.len());
    for difference in found {
        let told = |side: &Side| places.get(&(difference.kind, side.quote)).cloned().unwrap_or_default();
        let mut reports: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for side in &difference.sides {
            told(side).into_iter().for_each(|at| _ = reports.entry(at).or_default().insert(side.quote.report));
        }
        if reports.values().all(|reports| reports.len() < 2) {
            for side in &difference.sides {
                places.entry((difference.kind, side.quote)).or_default().push(kept.len());
            }
            kept.push(difference);
        }
    }
    kept.sort_by_key(|difference| (difference.kind, difference.claim));
    kept
}

/// What is known of one statement.
struct Facts<'a> {
    quote: Quote,
    report: &'a Annotated,
    quantities: Vec<&'a Quantity>,
    times: Vec<&'a Time>,
    clause: Option<&'a Clause>,
    response: Option<&'a Attribution>,
    source: Option<&'a Attribution>,
    text: &'a str,
    stems: Stems,
    /// The sentence it stands in, and which it is.
    sentence: Span,
    place: Place,
    /// The words of that sentence.
    words: Vec<slots::Word>,
    /// The last names of the people it speaks of.
    people: BTreeSet<String>,
    /// What its slots hold, once that is asked for.
    slots: OnceCell<slots::Slots>,
}

impl<'a> Facts<'a> {
    fn of(statement: &Statement, reports: &'a [Annotated], attributions: &'a [ReportAttribution]) -> Self {
        let quote = statement.quote;
        let report = &reports[quote.report];
        let attribution = statement.attribution.map(|at| &attributions[at].attribution);
        let mut facts = Facts {
            quote,
            report,
            quantities: Vec::new(),
            times: within(&report.times, quote.span, |time| time.span)
                .iter()
                .filter(|time| is_event_date(time, &report.article.text))
                .collect(),
            clause: within(&report.clauses, quote.span, |clause| clause.span).first(),
            source: attribution.filter(|attribution| attribution.source.is_some()),
            response: attribution.filter(|attribution| attribution.response.is_some()),
            text: &report.article.text,
            stems: stems(std::iter::once(quote.span.of(&report.article.text))),
            sentence: sentence_of(report, quote.span),
            place: (quote.report, sentence_at(report, quote.span).unwrap_or_default()),
            words: Vec::new(),
            people: BTreeSet::new(),
            slots: OnceCell::new(),
        };
        let quantities = within(&report.quantities, quote.span, |quantity| quantity.span).iter();
        facts.quantities = quantities.filter(|quantity| !matter::is_part_of_name(quantity, &facts)).collect();
        facts.times = facts.times.iter().copied().filter(|time| !matter::is_attribute(time, &facts)).collect();
        facts.words = slots::words(&facts);
        facts.people = slots::last_names(&facts);
        facts
    }

    /// The dated times of the sentence.
    fn dates_of_sentence(&self) -> impl Iterator<Item = &'a Time> + '_ {
        let names = within(&self.report.mentions, self.sentence, |mention| mention.span);
        let in_name = move |time: &Time| names.iter().any(|name| name.span.contains(time.span));
        let times = within(&self.report.times, self.sentence, |time| time.span).iter();
        let told = move |time: &&Time| is_event_date(time, self.text);
        times.filter(move |time| told(time) && !in_name(time) && !matter::is_attribute(time, self))
    }

    /// Whether the sentences speak of people, and none of them is one of the others': their values are not of one thing.
    fn of_others(&self, other: &Facts<'_>) -> bool {
        !self.people.is_empty() && !other.people.is_empty() && self.people.is_disjoint(&other.people)
    }

    /// Whether somebody's own words stand in it: whether they are a plan is his affair.
    fn is_quoted(&self) -> bool {
        let marked = self.quote.span.of(self.text).contains(['"', '“', '”', '«', '»']);
        marked || self.source.is_some_and(|source| source.form != Form::Indirect)
    }

    /// The share of its words that the poorer of two statements has in common with the other.
    fn likeness(&self, other: &Facts<'_>) -> f64 {
        overlap(&self.stems, &other.stems)
    }

    fn side(&self, span: Span, value: impl Into<String>) -> Side {
        Side { quote: Quote { report: self.quote.report, span }, value: value.into() }
    }
}

/// Whether a date may be one of what is told: it is not when a post was written, nor when something was counted.
fn is_event_date(time: &Time, text: &str) -> bool {
    is_dated(time) && !is_signature(text, time.span) && !as_of::is_counted_at(text, time.span)
}

/// Whether a date stands below a post on a platform: "Ada Brandt (@brandt) May 4, 2031".
fn is_signature(text: &str, date: Span) -> bool {
    let before = text[..date.start].trim_end();
    before.strip_suffix(')').and_then(|before| before.rsplit_once('(')).is_some_and(|(_, name)| name.starts_with('@'))
}

/// The index of the last sentence that begins no later than a statement.
fn sentence_at(report: &Annotated, statement: Span) -> Option<usize> {
    report.sentences.partition_point(|sentence| sentence.span.start <= statement.start).checked_sub(1)
}

/// The sentence around a statement; a statement of no sentence is one itself.
pub(crate) fn sentence_of(report: &Annotated, statement: Span) -> Span {
    let before = sentence_at(report, statement).map(|at| report.sentences[at].span);
    before.filter(|sentence| sentence.contains(statement)).unwrap_or(statement)
}

/// The items of a list in text order that lie inside a span.
fn within<T>(items: &[T], span: Span, of: impl Fn(&T) -> Span) -> &[T] {
    let first = items.partition_point(|item| of(item).start < span.start);
    let count = items[first..].iter().take_while(|item| of(item).end <= span.end).count();
    &items[first..first + count]
}

/// Whether it has a place in the calendar.
fn is_dated(time: &Time) -> bool {
    time.value.as_deref().is_some_and(|value| value.starts_with(|c: char| c.is_ascii_digit()))
}

/// In what two statements differ, the words of each side, and how much.
struct Finding {
    kind: DifferenceKind,
    strength: Strength,
    sides: [Side; 2],
}

type Detector = fn(&Facts<'_>, &Facts<'_>) -> Option<Finding>;

const DETECTORS: [Detector; 18] = [
    response,
    number,
    date,
    polarity,
    modality,
    parts::person,
    parts::place,
    parts::cause,
    parts::sequence,
    parts::attribution,
    slots::date,
    slots::term,
    slots::primacy,
    slots::role,
    slots::medium,
    slots::unnamed,
    slots::wording,
    slots::speaker,
];

/// The differences one detector finds in a claim; sides that differ from a common one are one difference.
fn in_claim(number: usize, claim: &Claim, facts: &[Facts<'_>], links: &Links, detector: Detector) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for (at, a) in facts.iter().enumerate() {
        for b in facts[at + 1..].iter().filter(|b| b.quote.report != a.quote.report) {
            let Some(finding) = detector(a, b).filter(|finding| !a.of_others(b) || needs_no_subject(finding.kind))
            else {
                continue;
            };
            let unsure = claim.confidence < SURE && needs_sure_claim(&finding);
            if unsure || needs_link(&finding) && linked(a, b, links) < LINKED {
                continue;
            }
            let superseded = as_of::updates(&finding, a, b);
            let new = Difference {
                claim: number,
                kind: finding.kind,
                // Both were right at their time.
                strength: if superseded { finding.strength.max(Strength::Tension) } else { finding.strength },
                superseded,
                confidence: confidence(&finding, claim),
                sides: finding.sides.into(),
            };
            add(&mut found, new);
        }
    }
    found
}

/// The chance that the sentences of two statements make the same claim by themselves; 0 where only a third joins them.
fn linked(a: &Facts<'_>, b: &Facts<'_>, links: &Links) -> f64 {
    let pair = if a.place <= b.place { (a.place, b.place) } else { (b.place, a.place) };
    links.get(&pair).copied().unwrap_or_default()
}

/// Dates of things that happen again and again, and sources of what many say, differ without any claim in common.
fn needs_sure_claim(finding: &Finding) -> bool {
    match finding.kind {
        DifferenceKind::Date => finding.strength != Strength::Precision,
        DifferenceKind::Attribution => true,
        _ => false,
    }
}

/// Whether two values accuse each other, which sentences that only a third joins cannot do.
fn needs_link(finding: &Finding) -> bool {
    let valued = matches!(finding.kind, DifferenceKind::Number | DifferenceKind::Date);
    valued && finding.strength != Strength::Precision
}

/// Whether a kind of difference may be between statements about different people.
fn needs_no_subject(kind: DifferenceKind) -> bool {
    matches!(kind, DifferenceKind::Person | DifferenceKind::Response | DifferenceKind::Attribution)
}

/// Adds a difference to those it has a side in common with, which become one.
fn add(found: &mut Vec<Difference>, mut new: Difference) {
    let touches = |old: &Difference| new.sides.iter().any(|side| old.sides.contains(side));
    let (touched, apart): (Vec<Difference>, Vec<Difference>) = std::mem::take(found).into_iter().partition(touches);
    *found = apart;
    for old in touched.into_iter().rev() {
        new.strength = new.strength.min(old.strength);
        new.superseded &= old.superseded;
        let more: Vec<Side> = new.sides.drain(..).filter(|side| !old.sides.contains(side)).collect();
        new.sides = old.sides.into_iter().chain(more).collect();
    }
    found.push(new);
}

/// That an editor would agree: no surer than that the statements make the same claim.
fn confidence(finding: &Finding, claim: &Claim) -> f64 {
    let detector: f64 = match finding.kind {
        DifferenceKind::Response => 0.9,
        DifferenceKind::Number | DifferenceKind::Date => 0.7,
        _ => 0.5,
    };
    (detector.min(claim.confidence) * 100.0).round() / 100.0
}

/// Two answers to a request for comment that do not go together, from the same party.
fn response(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.response?, b.response?);
    let (left, right) = (x.response?, y.response?);
    if left == right || !same_party(x, a.text, y, b.text) {
        return None;
    }
    let (x, y) = (answer(x, a.quote.span), answer(y, b.quote.span));
    let sides = [a.side(x, left.as_str()), b.side(y, right.as_str())];
    Some(Finding { kind: DifferenceKind::Response, strength: strength_of(left, right), sides })
}

/// The words of an answer: the whole statement where it is no longer than that.
fn answer(attribution: &Attribution, statement: Span) -> Span {
    const LONG: usize = 120;
    let words = attribution.source.iter().chain(&attribution.cue).copied().reduce(Span::cover);
    words.filter(|_| statement.len() > LONG).unwrap_or(statement)
}

/// "declined" and "could not be reached" may both be so, at different times; a denial against a confirmation, or an
/// answer against none, may not.
fn strength_of(left: Response, right: Response) -> Strength {
    match (left, right) {
        (Response::NoReply, Response::CouldNotReach) | (Response::CouldNotReach, Response::NoReply) => {
            Strength::Precision
        }
        (Response::Declined, Response::Denied) | (Response::Denied, Response::Declined) => Strength::Tension,
        _ => Strength::Contradiction,
    }
}

/// Whether the words for who was asked share a capitalised word.
fn same_party(x: &Attribution, x_text: &str, y: &Attribution, y_text: &str) -> bool {
    !party(x, x_text).is_disjoint(&party(y, y_text))
}

/// The capitalised words for who was asked.
pub(crate) fn party(asked: &Attribution, text: &str) -> BTreeSet<String> {
    let source = asked.source.map(|span| span.of(text)).unwrap_or_default();
    let resolved = asked.resolved.as_deref().unwrap_or_default();
    let words = [source, resolved].into_iter().flat_map(|words| words.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| is_name_word(word)).map(str::to_lowercase).collect()
}

fn is_name_word(word: &str) -> bool {
    word.chars().count() > 2
        && word.starts_with(char::is_uppercase)
        && !["The", "Both", "Neither", "Nor", "And", "Mr", "Mrs", "Spokesman", "Spokeswoman"].contains(&word)
}

/// Numbers for the same thing. Where any pair of numbers agrees, nothing is said; nor are numbers held against each other
/// of which the other report gives one itself, beside its own or as the sum of several.
fn number(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (rank, x, y) = closest(a, b)?;
    let strength = strength_of_rank(rank)?;
    let said = |x: &Quantity, facts: &Facts<'_>| matter::stands_beside(x, facts) || matter::is_sum(x, facts);
    let apart = || far_apart(x, y) || a.likeness(b) < ALIKE || said(x, b) || said(y, a);
    let sides = [a.side(counted(x, a), written(x)), b.side(counted(y, b), written(y))];
    let finding = Finding { kind: DifferenceKind::Number, strength, sides };
    let gives_both = || matter::is_given(a, x, b) || matter::is_given(b, y, a);
    let one_matter = match strength {
        Strength::Precision => matter::is_one_amount(a, x, b, y),
        _ => {
            let counts_anew = as_of::updates(&finding, a, b);
            let one_time = counts_anew || !matter::on_other_days(a, b) && !gives_both();
            !apart() && one_time && matter::is_one_count(a, x, b, y)
        }
    };
    one_matter.then_some(finding)
}

/// The two numbers of one kind that agree best, behind how well they do.
fn closest<'a>(a: &Facts<'a>, b: &Facts<'a>) -> Option<(u8, &'a Quantity, &'a Quantity)> {
    let pairs = a.quantities.iter().flat_map(|&x| b.quantities.iter().map(move |&y| (x, y)));
    let related = pairs.map(|(x, y)| (relation_rank(compare_quantities(x, a.text, y, b.text)), x, y));
    related.filter(|(rank, ..)| *rank > 0).min_by_key(|(rank, ..)| *rank)
}

/// Whether two statements count differently: their dates then only say when each counted.
fn counts_differ(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    closest(a, b).is_some_and(|(rank, ..)| strength_of_rank(rank).is_some()) || matter::count_otherwise(a, b)
}

/// A number with the noun it counts and what it is counted by: "more than $20 million per year".
fn counted(quantity: &Quantity, facts: &Facts<'_>) -> Span {
    let cover = quantity.counted.map_or(quantity.span, |noun| quantity.span.cover(noun));
    let near = facts.quote.span.contains(cover) && cover.len() <= quantity.span.len() + NOUN;
    let span = if near { cover } else { quantity.span };
    let rest = &facts.text[span.end..facts.quote.span.end.max(span.end)];
    let mut words = rest.split_inclusive(' ');
    let (space, per) = (words.next(), words.next().unwrap_or_default());
    let unit = words.next().unwrap_or_default().trim_end_matches(|c: char| !c.is_alphanumeric());
    let rated = space == Some(" ") && matches!(per, "per " | "a " | "each ") && RATES.lines().any(|word| word == unit);
    Span::new(span.start, if rated { span.end + 1 + per.len() + unit.len() } else { span.end })
}

/// The most bytes of a noun that is quoted with its number.
const NOUN: usize = 40;
const RATES: &str = include_str!("../data/en/rates.txt");

fn far_apart(x: &Quantity, y: &Quantity) -> bool {
    let (low, high) = (x.value.min(y.value), x.value.max(y.value));
    high > FURTHEST * low
}

/// Dates, where each statement has just one.
fn date(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let ([x], [y]) = (a.times.as_slice(), b.times.as_slice()) else { return None };
    let strength = strength_of_rank(relation_rank(compare_times(x, y)))?;
    let least = if strength == Strength::Precision { ONE_TIME } else { ONE_EVENT };
    let one_slot = match strength {
        Strength::Precision => matter::is_one_time(a, x, b, y),
        _ => slots::is_one_slot(a, x, b, y) && matter::is_one_day(a, x, b, y),
    };
    if counts_differ(a, b) || a.likeness(b) < least || only_hours(x, y) || !one_slot {
        return None;
    }
    let value = |time: &Time| time.value.clone().unwrap_or_default();
    let sides = [a.side(x.span, value(x)), b.side(y.span, value(y))];
    Some(Finding { kind: DifferenceKind::Date, strength, sides })
}

/// "Sunday" and "Sunday night": that one tells the hour is no difference.
fn only_hours(x: &Time, y: &Time) -> bool {
    let day = |time: &Time| time.value.as_deref().and_then(|value| value.split('T').next().map(str::to_owned));
    let timed = |time: &Time| time.value.as_deref().is_some_and(|value| value.contains('T'));
    day(x) == day(y) && timed(x) != timed(y)
}

/// 0 for values that cannot be compared, then from the most to the least alike.
fn relation_rank(relation: Relation) -> u8 {
    match relation {
        Relation::Unrelated => 0,
        Relation::Same => 1,
        Relation::Precision => 2,
        Relation::Tension => 3,
        Relation::Contradiction => 4,
    }
}

fn strength_of_rank(rank: u8) -> Option<Strength> {
    match rank {
        2 => Some(Strength::Precision),
        3 => Some(Strength::Tension),
        4 => Some(Strength::Contradiction),
        _ => None,
    }
}

/// A quantity in a normal form: bound, value, unit.
pub(crate) fn written(quantity: &Quantity) -> String {
    let bound = match quantity.bound {
        twosource_model::Bound::Exact => "",
        twosource_model::Bound::About => "~",
        twosource_model::Bound::AtLeast => "≥",
        twosource_model::Bound::MoreThan => ">",
        twosource_model::Bound::AtMost => "≤",
        twosource_model::Bound::LessThan => "<",
    };
    let upper = quantity.upper.map(|upper| format!("–{upper}")).unwrap_or_default();
    let unit = quantity.unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{bound}{}{upper}{unit}", quantity.value)
}

/// One affirms what the other denies.
fn polarity(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.clause?, b.clause?);
    let alike = same_but_for_one_thing(a, b) && of_one_length(a, b);
    if x.polarity == y.polarity || x.force != y.force || !alike || slots::same_quote(a, b) {
        return None;
    }
    slots::denied(a, b).or_else(|| slots::denied(b, a))?;
    Some(Finding {
        kind: DifferenceKind::Polarity,
        strength: Strength::Contradiction,
        sides: [a.side(x.span, x.polarity.as_str()), b.side(y.span, y.polarity.as_str())],
    })
}

/// One plans or supposes what the other reports as done.
fn modality(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.clause?, b.clause?);
    let open = |force: Force| matches!(force, Force::Planned | Force::Possible);
    let differ = x.polarity == y.polarity
        && ((open(x.force) && y.force == Force::Asserted) || (x.force == Force::Asserted && open(y.force)))
        && a.likeness(b) >= SAME_WORDS
        && same_but_for_one_thing(a, b)
        && !matter::plan_in_one_word(a, b)
        && !a.is_quoted()
        && !b.is_quoted();
    differ.then(|| Finding {
        kind: DifferenceKind::Modality,
        strength: Strength::Tension,
        sides: [a.side(x.span, x.force.as_str()), b.side(y.span, y.force.as_str())],
    })
}

/// Whether two statements agree in nearly all their words; answers to a request for comment have a kind of their own.
fn same_but_for_one_thing(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    a.response.is_none() && b.response.is_none() && nearly_the_same(&a.stems, &b.stems)
}

/// Whether neither statement goes on for long where the other ends: what is denied there is another thing.
fn of_one_length(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let (short, long) = (a.stems.len().min(b.stems.len()), a.stems.len().max(b.stems.len()));
    5 * short >= 4 * long
}

/// Whether two wordings share nearly all their words and are of about one length.
fn nearly_the_same(one: &Stems, other: &Stems) -> bool {
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    short >= WORDS && 5 * short >= 3 * long && overlap(one, other) >= NEARLY_THE_SAME
}

/// The first number of a side's value.
fn value(side: &Side) -> Option<u64> {
    let digits = side.value.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Whether the words around a number speak of a count that grows as news comes in.
fn grows(side: &Side, text: &str) -> bool {
    const AROUND: usize = 80;
    let edge = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default();
    let span = side.quote.span;
    let words = text[edge(span.start.saturating_sub(AROUND))..edge(span.end + AROUND)].to_lowercase();
    words.split(|c: char| !c.is_alphabetic()).any(|word| GROWING.lines().any(|growing| growing == word))
}

const GROWING: &str = include_str!("../data/en/growing_counts.txt");
