//! Quotations of two sentences: one quote in other words, and one quote in two mouths.

use std::collections::BTreeSet;

use twosource_model::{Attribution, DifferenceKind, Span, Strength};

use super::super::{Facts, Finding, party, within};
use super::{SLOTS, Word, slots};

/// The words of the quotations in a sentence, each for itself.
fn quoted<'w>(facts: &'w Facts<'_>) -> Vec<&'w [Word]> {
    let runs = slots(facts).quotes.iter();
    runs.map(|run| within(&facts.words, *run, |word| word.span)).collect()
}

/// What stands between quotation marks in a sentence, as far as it is long enough to be shared; a quotation left open ends
/// with its sentence.
pub(super) fn quotes(facts: &Facts<'_>) -> Vec<Span> {
    let mut runs = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in facts.sentence.of(facts.text).char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')) {
        let at = facts.sentence.start + at;
        match (open, c) {
            (None, '"' | '“') => open = Some(at),
            (Some(start), '"' | '”') => {
                runs.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    runs.extend(open.map(|start| Span::new(start, facts.sentence.end)));
    runs.retain(|run| within(&facts.words, *run, |word| word.span).len() >= QUOTE);
    runs
}

/// The least words of a quote that two reports can be said to share.
const QUOTE: usize = 6;

/// One quote in other words: both reports claim to have the very words.
pub(in crate::differences) fn wording(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (quoted(a), quoted(b));
    let pairs = x.iter().flat_map(|one| y.iter().map(move |other| (one, other)));
    pairs.into_iter().find_map(|(one, other)| {
        let (left, right) = apart(one, other)?;
        let marked = |facts: &Facts<'_>, span: Span| {
            span.of(facts.text).contains(['[', '…', '(']) || span.of(facts.text).contains("..")
        };
        if marked(a, left) || marked(b, right) {
            return None;
        }
        let sides = [a.side(left, left.of(a.text)), b.side(right, right.of(b.text))];
        Some(Finding { kind: DifferenceKind::Other, strength: Strength::Precision, sides })
    })
}

/// The words from the first to the last that two quotes share, where they share nearly all of those and not all.
fn apart(one: &[Word], other: &[Word]) -> Option<(Span, Span)> {
    const CHANGED: usize = 3;
    if !may_share(one, other) {
        return None;
    }
    let matches = common(one, other);
    let (&(first, second), &(last, end)) = (matches.first()?, matches.last()?);
    let (left, right) = (&one[first..=last], &other[second..=end]);
    let changed = left.len().max(right.len()) - matches.len();
    let few = changed > 0 && changed <= CHANGED && matches.len() >= QUOTE && matches.len() >= 4 * changed;
    (few && !only_spelling(left, right, &matches, (first, second)))
        .then(|| (left[0].span.cover(left[left.len() - 1].span), right[0].span.cover(right[right.len() - 1].span)))
}

/// Whether what is not shared is spelling: "advisor", "adviser".
fn only_spelling(left: &[Word], right: &[Word], matches: &[(usize, usize)], from: (usize, usize)) -> bool {
    const BEGINNING: usize = 4;
    let rest = |words: &[Word], shared: BTreeSet<usize>| -> Vec<String> {
        let words = words.iter().enumerate().filter(|(at, _)| !shared.contains(at));
        words.map(|(_, word)| word.lower.clone()).collect()
    };
    let one = rest(left, matches.iter().map(|(at, _)| at - from.0).collect());
    let other = rest(right, matches.iter().map(|(_, at)| at - from.1).collect());
    let begin = |words: &[String]| words.iter().map(|w| w.chars().take(BEGINNING).collect()).collect::<Vec<String>>();
    let initials = |words: &[String]| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    let letters = |words: &[String]| words.concat().replace('.', "");
    let digits = |words: &[String]| words.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()));
    begin(&one) == begin(&other)
        || letters(&one) == letters(&other)
        || initials(&one) == letters(&other)
        || initials(&other) == letters(&one)
        || digits(&one) != digits(&other)
}

/// Whether two runs can have a quote in common at all: most pairs have not, and are not laid side by side.
fn may_share(one: &[Word], other: &[Word]) -> bool {
    let there: BTreeSet<&str> = other.iter().map(|word| word.lower.as_str()).collect();
    one.iter().filter(|word| there.contains(word.lower.as_str())).count() >= QUOTE
}

/// The longest common subsequence of two runs of words, as pairs of places.
fn common(one: &[Word], other: &[Word]) -> Vec<(usize, usize)> {
    let same = |x: &Word, y: &Word| x.lower == y.lower;
    let width = other.len() + 1;
    let mut table = vec![0_u16; (one.len() + 1) * width];
    for (i, x) in one.iter().enumerate().rev() {
        for (j, y) in other.iter().enumerate().rev() {
            table[i * width + j] = if same(x, y) {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < one.len() && j < other.len() {
        match () {
            () if same(&one[i], &other[j]) => {
                found.push((i, j));
                (i, j) = (i + 1, j + 1);
            }
            () if table[(i + 1) * width + j] >= table[i * width + j + 1] => i += 1,
            () => j += 1,
        }
    }
    found
}

/// Whether the statements are cut from one quote.
pub(in crate::differences) fn same_quote(a: &Facts<'_>, b: &Facts<'_>) -> bool {
    let (x, y) = (quoted(a), quoted(b));
    x.iter().any(|one| y.iter().any(|other| may_share(one, other) && common(one, other).len() >= QUOTE))
}

/// Whether somebody is named around a statement: a quotation between two speakers is soon given to the wrong one.
fn is_near(party: &BTreeSet<String>, facts: &Facts<'_>) -> bool {
    const AROUND: usize = 400;
    let at = |byte: usize| facts.text.floor_char_boundary(byte);
    let span = facts.quote.span;
    let around = &facts.text[at(span.start.saturating_sub(AROUND))..at(span.end.saturating_add(AROUND))];
    let mut words = around.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.any(|word| party.contains(&word))
}

/// One quote in two mouths.
pub(in crate::differences) fn speaker(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.source?, b.source?);
    // A pronoun or a description may be taken for somebody else: only names that stand there count.
    let named = |source: &Attribution| Attribution { resolved: None, ..source.clone() };
    let (one, other) = (party(&named(x), a.text), party(&named(y), b.text));
    let apart = one.is_disjoint(&other) && !is_near(&one, b) && !is_near(&other, a);
    // "The former mayor", "his statement" may be anybody's.
    let by_name = |facts: &Facts<'_>, source: &Attribution| {
        let first = source.source.and_then(|span| span.of(facts.text).split_whitespace().next()).unwrap_or_default();
        first.starts_with(char::is_uppercase) && !SLOTS.has("describing", &first.to_lowercase())
    };
    if one.is_empty() || other.is_empty() || !apart || !by_name(a, x) || !by_name(b, y) {
        return None;
    }
    let of = |facts: &'_ Facts<'_>, source: &Attribution| -> Vec<Vec<Word>> {
        let runs = quoted(facts).into_iter().map(<[Word]>::to_vec);
        runs.filter(|run| run.iter().any(|word| source.content.iter().any(|c| c.contains(word.span)))).collect()
    };
    let (left, right) = (of(a, x), of(b, y));
    let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
    let same = pairs.into_iter().any(|(one, other)| {
        let shared = if may_share(one, other) { common(one, other).len() } else { 0 };
        shared >= QUOTE && 5 * shared >= 4 * one.len().min(other.len())
    });
    let side = |facts: &Facts<'_>, source: &Attribution| {
        let span = source.source.unwrap_or(facts.quote.span);
        facts.side(span, source.resolved.clone().unwrap_or_else(|| span.of(facts.text).to_owned()))
    };
    let sides = [side(a, x), side(b, y)];
    same.then_some(Finding { kind: DifferenceKind::Attribution, strength: Strength::Tension, sides })
}
