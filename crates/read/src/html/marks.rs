//! What the names of an element say of the text in it: a class "photo-credit", an id "comments".
//!
//! Names are words of the web's own, kept in `data/page/marks.txt`. They are weak evidence and only ever weigh beside
//! what the text itself shows: pruning by names alone loses more text than it saves.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use dom_query::{Element, LocalName, local_name};

/// A kind of text that names speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Comment,
    Related,
    Promo,
    Share,
    Ad,
    Nav,
    Author,
    Tags,
    Cookie,
    Hidden,
    Date,
    Credit,
    Caption,
    Picture,
    Standfirst,
    Kicker,
    PullQuote,
    Correction,
    Live,
    Body,
}

const NAMES: &[(&str, Mark)] = &[
    ("comment", Mark::Comment),
    ("related", Mark::Related),
    ("promo", Mark::Promo),
    ("share", Mark::Share),
    ("ad", Mark::Ad),
    ("nav", Mark::Nav),
    ("author", Mark::Author),
    ("tags", Mark::Tags),
    ("cookie", Mark::Cookie),
    ("hidden", Mark::Hidden),
    ("date", Mark::Date),
    ("credit", Mark::Credit),
    ("caption", Mark::Caption),
    ("picture", Mark::Picture),
    ("standfirst", Mark::Standfirst),
    ("kicker", Mark::Kicker),
    ("pullquote", Mark::PullQuote),
    ("correction", Mark::Correction),
    ("live", Mark::Live),
    ("body", Mark::Body),
];

/// A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks(u32);

impl Marks {
    pub(super) fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u32) != 0
    }

    pub(super) fn any(self, marks: &[Mark]) -> bool {
        marks.iter().any(|mark| self.has(*mark))
    }

    pub(super) fn set(&mut self, mark: Mark) {
        self.0 |= 1 << mark as u32;
    }

    pub(super) fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

/// The attributes of an element that name it.
pub(super) fn names_of(element: &Element) -> impl Iterator<Item = &str> {
    let naming = |name: &LocalName| match *name {
        local_name!("class") | local_name!("id") | local_name!("role") | local_name!("itemprop") => true,
        ref name => name.starts_with("data-") && matches!(&**name, "data-testid" | "data-component"),
    };
    element.attrs.iter().filter(move |attribute| naming(&attribute.name.local)).map(|attribute| &*attribute.value)
}

/// What the names in an attribute say.
pub(super) fn marks_of(names: &str) -> Marks {
    names.split_whitespace().take(30).fold(Marks::default(), |marks, name| marks.with(marks_of_name(name)))
}

/// The marks of one name: of its words ("photo-credit", "photoCredit" hold "photo" and "credit"), and of the whole.
fn marks_of_name(name: &str) -> Marks {
    let mut marks = Marks::default();
    let lower = name.to_ascii_lowercase();
    // "tag-ferry", "category-news" file the whole post.
    let files = ["tag-", "category-"].iter().any(|start| lower.starts_with(start));
    if name.len() > 80 || files {
        return marks;
    }
    for (part, mark) in &WORDS.parts {
        if lower.contains(part) {
            marks.set(*mark);
        }
    }
    let whole = lower.replace(['-', '_'], "");
    for word in words(name).iter().map(String::as_str).chain([whole.as_str(), lower.as_str()]) {
        for mark in WORDS.whole.get(word).into_iter().flatten() {
            marks.set(*mark);
        }
    }
    marks
}

/// The words of a name in lower case: borders are signs, digits and capitals after small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        let border = !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && small);
        if border && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        small = c.is_ascii_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphabetic()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words
}

struct Words {
    whole: BTreeMap<&'static str, Vec<Mark>>,
    parts: Vec<(&'static str, Mark)>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: BTreeMap::new(), parts: Vec::new() };
    for line in include_str!("../../data/page/marks.txt").lines().filter(|line| !line.starts_with('#')) {
        let Some((kind, list)) = line.split_once(':') else { continue };
        let Some((_, mark)) = NAMES.iter().find(|(name, _)| *name == kind) else { continue };
        for word in list.split_whitespace() {
            match word.trim_matches('*') {
                part if part.len() < word.len() => words.parts.push((part, *mark)),
                _ => words.whole.entry(word).or_default().push(*mark),
            }
        }
    }
    words
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        assert_eq!(words("photoCredit--small2x"), ["photo", "credit", "small", "x"]);
        assert!(marks_of_name("article__photo-credit").has(Mark::Credit));
        assert!(marks_of_name("ArticleBody_caption__3fk2").has(Mark::Caption));
        assert!(!marks_of_name("leadership").any(&[Mark::Standfirst, Mark::Ad]));
        assert!(marks_of_name("sr-only").has(Mark::Hidden));
    }
}
