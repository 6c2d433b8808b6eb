//! The words that naming turns on, from `data/en`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use any_ascii::any_ascii;

static LOADED: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/naming_loaded.txt").lines().filter(|line| !line.starts_with('#'));
    lines.enumerate().flat_map(|(class, line)| line.split_whitespace().map(move |word| (word, class))).collect()
});

static WORDS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut sections: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut section = "stops";
    for line in include_str!("../../data/en/naming_words.txt").lines().filter(|line| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = name,
            None => sections.entry(section).or_default().extend(line.split_whitespace()),
        }
    }
    sections
});

/// Words by section, each with the numbers of its lines.
type Lines = BTreeMap<&'static str, BTreeMap<&'static str, Vec<usize>>>;

static ALIKE: LazyLock<Lines> = LazyLock::new(|| {
    let mut lines = Lines::new();
    let mut section = "";
    let text = include_str!("../../data/en/naming_alike.txt");
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => section = name,
            None => {
                let words = lines.entry(section).or_default();
                line.split_whitespace().for_each(|word| words.entry(word).or_default().push(number));
            }
        }
    }
    lines
});

fn lines_with(section: &str, word: &str) -> &'static [usize] {
    ALIKE.get(section).and_then(|words| words.get(word)).map(Vec::as_slice).unwrap_or_default()
}

/// What a word says of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CountryWord {
    /// Its name.
    Name,
    /// Its people or what is of it: "Norwegian".
    People,
    /// Where its government sits, which may stand for it: "Oslo".
    Seat,
}

static COUNTRIES: LazyLock<BTreeMap<String, (usize, CountryWord)>> = LazyLock::new(|| {
    let lines = include_str!("../../data/en/naming_countries.txt").lines().filter(|line| !line.starts_with('#'));
    let mut words = BTreeMap::new();
    for (country, line) in lines.enumerate() {
        let mut parts = line.split(';');
        let names = parts.next().unwrap_or_default().split(',').map(|name| name.trim().replace('-', " "));
        words.extend(names.map(|name| (name, (country, CountryWord::Name))));
        for (part, what) in parts.zip([CountryWord::People, CountryWord::Seat]) {
            words.extend(part.split_whitespace().map(|word| (word.replace('-', " "), (country, what))));
        }
    }
    words
});

/// Whether a word stands in a section of `naming_words.txt`.
pub(super) fn is(section: &str, word: &str) -> bool {
    WORDS.get(section).is_some_and(|words| words.contains(word))
}

/// The kind of judgement a word passes while it names, the number of its line in `naming_loaded.txt`.
pub(super) fn judgement(word: &str) -> Option<usize> {
    LOADED.get(word).copied()
}

/// Whether two words stand in one line of a section of `naming_alike.txt`: "Bob" and "Robert" among given names.
pub(super) fn alike(section: &str, one: &str, other: &str) -> bool {
    lines_with(section, one).iter().any(|line| lines_with(section, other).contains(line))
}

/// What all words for one role have in common: "director" and "chief" get the same.
pub(super) fn role_key(noun: &str) -> String {
    lines_with("role", noun).first().map_or_else(|| noun.to_owned(), ToString::to_string)
}

/// The country that words name, in lower case and without dots ("north korean"), and what they say of it.
pub(crate) fn country(words: &str) -> Option<(usize, CountryWord)> {
    COUNTRIES.get(words).copied()
}

/// Whether a noun, in the singular, means a person: "minister", "spokeswoman", "pianist".
pub(super) fn is_person_noun(noun: &str) -> bool {
    is("people", noun) || ["man", "woman", "person", "ist", "-in-law"].iter().any(|end| noun.ends_with(end))
}

/// The singular of a noun, roughly: "memos" and "parties", but not "virus" and "crisis".
pub(super) fn singular(noun: &str) -> String {
    if noun.len() <= 3 {
        return noun.to_owned();
    }
    if let Some(stem) = noun.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = noun.strip_suffix("men").filter(|_| noun.len() > 4) {
        return format!("{stem}man");
    }
    let kept = ["ss", "us", "is"].iter().any(|end| noun.ends_with(end));
    noun.strip_suffix('s').filter(|_| !kept).unwrap_or(noun).to_owned()
}

/// ASCII, lower case, hyphens as spaces, ordinals in words, without stops and a leading article.
pub(super) fn fold(name: &str) -> Vec<String> {
    let plain = any_ascii(name).to_lowercase().replace(['.', '\'', ','], "");
    let words = plain.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty() && *word != "the");
    words.flat_map(spelled).map(str::to_owned).collect()
}

/// The words of an ordinal in figures, or the word itself: "6th" is "sixth", "21st" is "twenty first".
fn spelled(word: &str) -> Vec<&str> {
    static ORDINALS: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| WORDS.get("ordinal").into_iter().flatten().filter_map(|pair| pair.split_once('=')).collect());
    let tens = || {
        let (ten, unit) = word.split_at_checked(1)?;
        Some(vec![*ORDINALS.get(&*format!("{ten}-"))?, *ORDINALS.get(unit)?])
    };
    let figures = word.starts_with(|c: char| c.is_ascii_digit());
    let found = figures.then(|| ORDINALS.get(word).map(|&ordinal| vec![ordinal]).or_else(tens)).flatten();
    found.unwrap_or_else(|| vec![word])
}

/// The words of a phrase in lower case, without signs.
pub(super) fn words(phrase: &str) -> Vec<String> {
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    phrase.split_whitespace().map(clean).filter(|word| !word.is_empty()).collect()
}
