//! What the word lists know about the tokens of a name.

use std::sync::LazyLock;

use super::lists::{Lists, Sections};
use crate::tokens::Token;

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    Lists::new(&[
        include_str!("../../data/en/names_words.txt"),
        include_str!("../../data/en/names_places.txt"),
        include_str!("../../data/en/names_given.txt"),
        include_str!("../../data/en/names_common.txt"),
        include_str!("../../data/en/names_more.txt"),
    ])
});

/// Whether a word or phrase in lower case is in a section.
pub(super) fn has(section: &str, entry: &str) -> bool {
    LISTS.has(section, entry)
}

/// The entries of a section, sorted.
pub(super) fn entries_of(section: &str) -> Vec<&'static str> {
    LISTS.entries_of(section)
}

/// The names of the sections that hold a word or phrase in lower case.
pub(super) fn sections(entry: &str) -> impl Iterator<Item = &'static str> {
    LISTS.named(LISTS.of(entry))
}

/// A letter for the first of the classes whose sections hold a token; each class is its letter and sections.
pub(super) fn class(token: &Token) -> Option<char> {
    static SETS: LazyLock<Vec<(char, Sections)>> =
        LazyLock::new(|| CLASSES.iter().map(|&(letter, names)| (letter, LISTS.set(names))).collect());
    SETS.iter().find(|(_, set)| set & token.listed != 0).map(|&(letter, _)| letter)
}

const CLASSES: [(char, &[&str]); 10] = [
    ('o', &["organisation head", "organisation suffix"]),
    ('l', &["place head"]),
    ('e', &["event head"]),
    ('g', &["male", "female", "both"]),
    ('p', &["country", "state", "city", "place known", "town"]),
    ('d', &["demonym", "group"]),
    ('t', &["title", "role"]),
    ('s', &["surname"]),
    ('f', &["function", "joint", "part"]),
    ('c', &["common"]),
];

/// Whether a token is in a section; a plural of a role counts as the role.
pub(super) fn is(section: &str, token: &Token) -> bool {
    LISTS.among(token.listed, section)
}

/// The sections that hold a word in lower case.
pub(crate) fn listed(word: &str) -> Sections {
    LISTS.of(word)
}

/// Whether a token, or the noun it is the plural of, is in a section.
pub(super) fn is_or_plural(section: &str, token: &Token) -> bool {
    is(section, token)
        || token.lower.strip_suffix("men").is_some_and(|stem| has(section, &format!("{stem}man")))
        || token.lower.strip_suffix("ies").is_some_and(|stem| has(section, &format!("{stem}y")))
        || token.lower.strip_suffix('s').is_some_and(|noun| has(section, noun))
}

/// The tokens in lower case, with one space between them.
pub(super) fn joined(tokens: &[Token]) -> String {
    let mut phrase = String::with_capacity(tokens.iter().map(|token| token.lower.len() + 1).sum());
    for token in tokens {
        if !phrase.is_empty() && &*token.lower != "." && &*token.lower != "'s" {
            phrase.push(' ');
        }
        phrase.push_str(&token.lower);
    }
    phrase
}

/// A given name of either sex.
pub(super) fn is_given(token: &Token) -> bool {
    static GIVEN: LazyLock<Sections> = LazyLock::new(|| LISTS.set(&["male", "female", "both"]));
    token.capital && token.listed & *GIVEN != 0
}

/// The sections of places.
pub(super) fn is_place(phrase: &str) -> bool {
    static PLACES: LazyLock<Sections> = LazyLock::new(|| LISTS.set(&["country", "state", "city", "place known"]));
    LISTS.of(phrase) & *PLACES != 0
}

/// A country, or a state of one.
pub(super) fn is_country(word: &str) -> bool {
    static COUNTRIES: LazyLock<Sections> = LazyLock::new(|| LISTS.set(&["country", "state"]));
    LISTS.of(word) & *COUNTRIES != 0
}

/// The sections of peoples and the like.
pub(super) fn is_group(phrase: &str) -> bool {
    static GROUPS: LazyLock<Sections> = LazyLock::new(|| LISTS.set(&["demonym", "group"]));
    LISTS.of(phrase) & *GROUPS != 0
}

/// A word that weighs nothing in a name or headline: "of", "and", "de".
pub(super) fn is_light(token: &Token) -> bool {
    static LIGHT: LazyLock<Sections> = LazyLock::new(|| LISTS.set(&["function", "joint", "part"]));
    token.listed & *LIGHT != 0
}
