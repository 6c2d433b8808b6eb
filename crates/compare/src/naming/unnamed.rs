//! People without a name whom the reports call differently: "illegal aliens" here, "undocumented migrants" there.
//!
//! Which nouns may mean the same people is data (`data/en/naming_unnamed.txt`). A group is shown only where the reports
//! judge differently, each of them speaks of it more than once, and no name stands in the description: "Elm Front
//! fighters" are known otherwise. It would rather show none than put two groups together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use twosource_model::{Annotated, Label, NameKind, Naming, Quote, Span};

use super::descriptions::{Phrase, phrases};
use super::lexicon::{judgement, singular};

/// How often a report must speak of the people to count.
const OFTEN: usize = 2;
/// One in how many wordings of a report must judge to make a contrast.
const SHARE: usize = 4;
/// Wordings shown a report and group at most.
const WORDINGS: usize = 6;

static KINDS: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/naming_unnamed.txt").lines().filter(|line| !line.starts_with('#'));
    lines.enumerate().flat_map(|(kind, line)| line.split_whitespace().map(move |word| (word, kind))).collect()
});

/// The wordings of one report with their places.
type Uses = BTreeMap<String, Vec<Span>>;

/// The groups without a name that the reports judge differently.
pub(super) fn unnamed(reports: &[Annotated]) -> Vec<Naming> {
    let mut kinds: BTreeMap<usize, BTreeMap<usize, Uses>> = BTreeMap::new();
    for (report, annotated) in reports.iter().enumerate() {
        for phrase in phrases(annotated, &|word| KINDS.contains_key(word)) {
            let whole = !phrase.goes_on() && !has_name(&phrase) && (is_plural(&phrase) || phrase.is_whole());
            let Some(&kind) = KINDS.get(phrase.head()).filter(|_| whole) else { continue };
            let uses = kinds.entry(kind).or_default().entry(report).or_default();
            uses.entry(bare(&phrase)).or_default().push(judged_part(&phrase));
        }
    }
    kinds.into_values().filter_map(|uses| naming(reports, uses)).collect()
}

/// Whether a word with a capital stands in it: a name, or a people that says which group it is.
fn has_name(phrase: &Phrase) -> bool {
    phrase.modifiers().iter().any(|word| word.capital)
}

fn is_plural(phrase: &Phrase) -> bool {
    singular(phrase.head()) != phrase.head()
}

/// The judging words and the head; what else stands before them tells how many and which.
fn judged_part(phrase: &Phrase) -> Span {
    let words = &phrase.words;
    let first = words.iter().position(|word| judgement(&word.lower).is_some()).unwrap_or(words.len() - 1);
    words[first].span.cover(words[words.len() - 1].span)
}

fn bare(phrase: &Phrase) -> String {
    let part = judged_part(phrase);
    let own = phrase.words.iter().filter(|word| word.span.start >= part.start);
    own.map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ")
}

fn judgements(wording: &str) -> BTreeSet<usize> {
    wording.split(' ').filter_map(judgement).collect()
}

fn naming(reports: &[Annotated], mut by_report: BTreeMap<usize, Uses>) -> Option<Naming> {
    by_report.retain(|_, uses| uses.values().map(Vec::len).sum::<usize>() >= OFTEN);
    if by_report.len() < 2 || !part(&by_report) {
        return None;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (wording, spans) in by_report.values().flatten() {
        *counts.entry(wording).or_default() += spans.len();
    }
    let plainest = |(wording, count): &(&str, usize)| {
        (judgements(wording).is_empty(), *count, std::cmp::Reverse(wording.to_string()))
    };
    let (name, _) = counts.into_iter().max_by_key(plainest)?;
    let first = by_report.values().find_map(|uses| uses.get(name)?.iter().min()).copied();
    let report = by_report.iter().find(|(_, uses)| uses.contains_key(name)).map(|(&report, _)| report);
    let entity = first.zip(report).map(|(span, report)| span.of(&reports[report].article.text).to_lowercase())?;
    let labels = by_report.iter().flat_map(|(&report, uses)| labels(report, uses)).collect();
    Some(Naming { entity, kind: NameKind::Group, labels, contrast: true })
}

/// Whether a judgement that makes up a good part of one report’s wordings is missing from another’s.
fn part(by_report: &BTreeMap<usize, Uses>) -> bool {
    let judged = |uses: &Uses, class: usize| -> usize {
        uses.iter().filter(|(wording, _)| judgements(wording).contains(&class)).map(|(_, spans)| spans.len()).sum()
    };
    let classes: BTreeSet<usize> =
        by_report.values().flat_map(BTreeMap::keys).flat_map(|wording| judgements(wording)).collect();
    classes.into_iter().any(|class| {
        let often = |uses: &Uses| SHARE * judged(uses, class) >= uses.values().map(Vec::len).sum();
        by_report.values().any(often) && by_report.values().any(|uses| judged(uses, class) == 0)
    })
}

/// The wordings of a report by place: those that judge first where there are too many.
fn labels(report: usize, uses: &Uses) -> Vec<Label> {
    let mut all: Vec<(&String, Span, usize)> =
        uses.iter().filter_map(|(wording, spans)| Some((wording, *spans.iter().min()?, spans.len()))).collect();
    all.sort_by_key(|&(wording, span, count)| (judgements(wording).is_empty(), std::cmp::Reverse(count), span));
    all.truncate(WORDINGS);
    all.sort_by_key(|&(_, span, _)| span);
    all.into_iter().map(|(_, span, count)| Label { quote: Quote { report, span }, count }).collect()
}
