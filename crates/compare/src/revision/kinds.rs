//! In what two versions differ at one place.

use std::ops::Range;

use twosource_model::{Annotated, ChangeKind, Meaning, MentionForm, Span};

use super::{Settings, Version};
use crate::differences::written;

/// A place of more words than these is a rewritten passage: no word in it stands for one of the other version.
const REWRITTEN: usize = 10;

/// What a change is judged by.
pub(super) struct Judge<'a> {
    pub(super) old: &'a Version<'a>,
    pub(super) new: &'a Version<'a>,
    pub(super) meaning: &'a dyn Meaning,
    pub(super) settings: Settings,
}

/// In what a place differs, and what both sides come to.
pub(super) struct Verdict {
    pub(super) kind: ChangeKind,
    pub(super) values: Option<[String; 2]>,
}

/// One side of a place: its words, and it with its neighbours.
struct Place<'a> {
    version: &'a Version<'a>,
    range: Range<usize>,
    span: Span,
    around: Span,
}

impl<'a> Place<'a> {
    fn new(version: &'a Version<'a>, range: Range<usize>) -> Place<'a> {
        let (span, around) = (version.words.span(&range), version.words.around(&range));
        Place { version, range, span, around }
    }

    fn words(&self) -> Vec<&'a str> {
        self.version.words.within(&self.range).collect()
    }

    /// The values of those of some annotations that touch the place, each once, in their order.
    fn values<T>(&self, items: &[T], span: impl Fn(&T) -> Span, value: impl Fn(&T) -> Option<String>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for item in items.iter().filter(|item| span(item).overlaps(self.around)) {
            found.extend(value(item).filter(|value| !found.contains(value)));
        }
        found
    }
}

impl Judge<'_> {
    /// What the change from some words to others is. The order is that of the questions a reader would ask.
    pub(super) fn verdict(&self, old: Range<usize>, new: Range<usize>) -> Verdict {
        let (old, new) = (Place::new(self.old, old), Place::new(self.new, new));
        let plain = |kind| Verdict { kind, values: None };
        if in_notes(&old) || in_notes(&new) {
            return plain(ChangeKind::Note);
        }
        let is_short = old.range.len().max(new.range.len()) <= REWRITTEN;
        let is_trivial = same_but_for_signs(old.span.of(old.version.text()), new.span.of(new.version.text()));
        let fact = || {
            let typo = self.is_typo(&old.words(), &new.words()).then_some(ChangeKind::Trivial);
            let found = number(&old, &new).map(|values| (ChangeKind::Number, Some(values)));
            let found = found.or_else(|| Some((ChangeKind::Date, Some(date(&old, &new)?))));
            let found = found.or_else(|| Some((ChangeKind::Name, Some(self.name(&old, &new)?))));
            let found = found.or_else(|| Some((typo?, None)));
            found.or_else(|| Some((ChangeKind::Attribution, Some(source(&old, &new)?))))
        };
        if let Some((kind, values)) = (is_short && !is_trivial).then(fact).flatten() {
            return Verdict { kind, values };
        }
        match (is_trivial, old.range.is_empty(), new.range.is_empty()) {
            (true, ..) => plain(ChangeKind::Trivial),
            (_, true, _) => plain(ChangeKind::Added),
            (_, _, true) => plain(ChangeKind::Removed),
            _ => plain(ChangeKind::Wording),
        }
    }

    /// Names that stand for one another. One that the text had in the later spelling elsewhere was misspelled.
    fn name(&self, old: &Place<'_>, new: &Place<'_>) -> Option<[String; 2]> {
        let names = |place: &Place<'_>| {
            let annotated = place.version.article;
            let named = |mention: &&twosource_model::Mention| {
                mention.form == MentionForm::Name && mention.span.overlaps(place.span)
            };
            let inside = annotated.mentions.iter().filter(named);
            inside.map(|mention| mention.span.of(place.version.text()).to_owned()).collect::<Vec<_>>()
        };
        let [before, after] = apart(&names(old), &names(new))?;
        let is_new_spelling =
            |word: &&str| word.chars().count() > 2 && !self.old.words.iter().any(|other| other == *word);
        let is_real = new.words().iter().any(is_new_spelling)
            || new.words().len() > 1
            || !self.is_near(&old.words(), &new.words());
        is_real.then_some([before, after])
    }

    /// Whether one word stands in the place of another that differs by a few letters.
    fn is_near(&self, old: &[&str], new: &[&str]) -> bool {
        let ([before], [after]) = (old, new) else { return false };
        let letters = before.chars().count().min(after.chars().count());
        let most = self.settings.typo_letters.min(letters / 4);
        most > 0 && before.chars().all(char::is_alphabetic) && edits(before, after, most).is_some()
    }

    /// Whether a misspelling was put right: a word that nobody knows became one that is known, or that the text had
    /// elsewhere. Two words that are both known mean different things however near they are ("likely", "unlikely").
    fn is_typo(&self, old: &[&str], new: &[&str]) -> bool {
        let ([before], [after]) = (old, new) else { return false };
        let unknown = self.meaning.document_share("");
        let is_known = |word: &str| self.meaning.document_share(word) > unknown;
        let stood_elsewhere = || self.old.words.iter().any(|word| word == *after);
        self.is_near(old, new) && !is_known(before) && (is_known(after) || stood_elsewhere())
    }
}

fn in_notes(place: &Place<'_>) -> bool {
    !place.range.is_empty() && place.version.notes.iter().any(|note| note.span.overlaps(place.span))
}

/// What only the one side and what only the other holds, where both hold something.
fn apart(old: &[String], new: &[String]) -> Option<[String; 2]> {
    let only = |here: &[String], there: &[String]| {
        here.iter().filter(|value| !there.contains(value)).cloned().collect::<Vec<_>>().join(", ")
    };
    let [before, after] = [only(old, new), only(new, old)];
    (!before.is_empty() && !after.is_empty()).then_some([before, after])
}

/// Numbers that stand for one another, as the annotations have them, else as their digits are.
fn number(old: &Place<'_>, new: &Place<'_>) -> Option<[String; 2]> {
    let dated = |place: &Place<'_>| {
        let times = &place.version.article.times;
        times.iter().any(|time| time.span.overlaps(place.span))
    };
    let values = |place: &Place<'_>| {
        let quantities = &place.version.article.quantities;
        place.values(quantities, |quantity| quantity.span, |quantity| (!quantity.one_of).then(|| written(quantity)))
    };
    if dated(old) || dated(new) {
        return None;
    }
    let digits = |place: &Place<'_>| -> Vec<String> {
        let is_number = |word: &&str| word.starts_with(|c: char| c.is_numeric());
        place.words().into_iter().filter(is_number).map(str::to_owned).collect()
    };
    let (before, after) = (values(old), values(new));
    // The same value in other words: "12", "twelve".
    if !before.is_empty() && before == after {
        return None;
    }
    apart(&before, &after).or_else(|| apart(&digits(old), &digits(new)))
}

fn date(old: &Place<'_>, new: &Place<'_>) -> Option<[String; 2]> {
    let values = |place: &Place<'_>| {
        let word = |time: &twosource_model::Time| time.span.of(place.version.text()).to_lowercase();
        let touching =
            |time: &twosource_model::Time| if time.span.overlaps(place.span) { time.span } else { Span::default() };
        place.values(&place.version.article.times, touching, |time| {
            Some(time.value.clone().unwrap_or_else(|| word(time)))
        })
    };
    apart(&values(old), &values(new))
}

/// Sources that stand for one another; or one that was put in or left out, where what it is the source of stayed.
fn source(old: &Place<'_>, new: &Place<'_>) -> Option<[String; 2]> {
    let (before, after) = (sources(old), sources(new));
    if let Some(values) = apart(&before, &after) {
        return Some(values);
    }
    let only = |here: &[String], there: &[String]| here.iter().find(|value| !there.contains(value)).cloned();
    match (old.range.is_empty(), new.range.is_empty()) {
        (false, true) => Some([only(&before, &after)?, String::new()]),
        (true, false) => Some([String::new(), only(&after, &before)?]),
        _ => None,
    }
}

/// The sources whose words, or the words that make them a source, stand at a place; not those that came or went with
/// what they say.
fn sources(place: &Place<'_>) -> Vec<String> {
    let article: &Annotated = place.version.article;
    let mut found = Vec::new();
    for attribution in &article.attributions {
        let is_here = attribution.source.into_iter().chain(attribution.cue).any(|span| span.overlaps(place.span));
        let stays = attribution.content.iter().any(|content| !place.span.contains(*content));
        let name = || {
            let words = attribution.source.map(|source| source.of(place.version.text()).to_owned());
            attribution.resolved.clone().or(words)
        };
        found.extend(name().filter(|_| is_here && stays).filter(|name| !found.contains(name)));
    }
    found
}

/// Whether two texts are alike but for quotation marks, dashes, commas, points, capitals and white space. Signs that
/// mean something in front of or behind a number count, and so do question marks.
pub(super) fn same_but_for_signs(old: &str, new: &str) -> bool {
    bare(old) == bare(new)
}

fn bare(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let is_digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_numeric());
    let mut out = String::new();
    for (at, &char) in chars.iter().enumerate() {
        let before = at.checked_sub(1);
        match char {
            _ if char.is_alphanumeric() => out.extend(char.to_lowercase()),
            '%' | '$' | '€' | '£' | '¥' | '°' | '+' | '?' | '؟' => out.push(char),
            '.' | ',' if is_digit(before) && is_digit(Some(at + 1)) => out.push(char),
            '-' | '−' if is_digit(Some(at + 1)) && before.is_none_or(|at| chars[at].is_whitespace()) => out.push('-'),
            _ => {}
        }
    }
    out
}

/// The letters to put in, leave out, replace or swap to make one word of another (Damerau 1964, neighbouring letters),
/// where they are no more than `most`.
fn edits(one: &str, other: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().abs_diff(b.len()) > most || a.len().max(b.len()) > 60 {
        return None;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    Some(rows[a.len()][b.len()]).filter(|&count| count <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs() {
        assert!(same_but_for_signs("the \"old\" port", "the “old” port"));
        assert!(same_but_for_signs("Port , closed", "port—closed"));
        assert!(same_but_for_signs("don't", "don’t"));
        assert!(!same_but_for_signs("1.2", "12"));
        assert!(!same_but_for_signs("5", "-5"));
        assert!(!same_but_for_signs("5", "5 %"));
        assert!(!same_but_for_signs("to resign", "to resign?"));
    }

    #[test]
    fn few_letters() {
        assert_eq!(edits("goverment", "government", 2), Some(1));
        assert_eq!(edits("recieve", "receive", 1), Some(1));
        assert_eq!(edits("port", "ferry", 2), None);
    }
}
