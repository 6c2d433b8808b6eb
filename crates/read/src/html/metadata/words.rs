//! The words that tell what an element of a page holds: in its class names, and beside a date.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What the names of an element and the words beside a date hint at; several at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Hints(u16);

impl Hints {
    pub(super) const DATE: Hints = Hints(1);
    pub(super) const MODIFIED: Hints = Hints(2);
    pub(super) const META: Hints = Hints(4);
    pub(super) const AUTHOR: Hints = Hints(8);
    pub(super) const COMMENT: Hints = Hints(16);
    pub(super) const ASIDE: Hints = Hints(32);
    pub(super) const PUBLISHED: Hints = Hints(64);
    pub(super) const OTHER: Hints = Hints(128);
    pub(super) const FIGURE: Hints = Hints(256);

    /// Both.
    pub(super) fn with(self, other: Hints) -> Hints {
        Hints(self.0 | other.0)
    }

    /// Whether one of these hints is given.
    pub(super) fn has(self, wanted: Hints) -> bool {
        self.0 & wanted.0 != 0
    }

    fn named(name: &str) -> Hints {
        match name {
            "date" => Hints::DATE,
            "modified" => Hints::MODIFIED,
            "meta" => Hints::META,
            "author" => Hints::AUTHOR,
            "comment" => Hints::COMMENT,
            "aside" => Hints::ASIDE,
            "published" => Hints::PUBLISHED,
            "other" => Hints::OTHER,
            "figure" => Hints::FIGURE,
            _ => Hints::default(),
        }
    }
}

type Words = BTreeMap<&'static str, Hints>;

macro_rules! sections {
    ($($file:literal),+ $(,)?) => { words(&[$(include_str!(concat!("../../../data/", $file, ".txt"))),+]) };
}

static CLASS_WORDS: LazyLock<Words> = LazyLock::new(|| sections!("en/class_words"));

static DATE_WORDS: LazyLock<Words> = LazyLock::new(|| {
    sections!(
        "en/date_words",
        "de/date_words",
        "es/date_words",
        "fr/date_words",
        "it/date_words",
        "nl/date_words",
        "pl/date_words",
        "pt/date_words",
        "tr/date_words",
    )
});

static MONTH_FIRST: &str = include_str!("../../../data/en/month_first.txt");

/// Lines of a section and its words: "date: published posted". A word may stand in several.
fn words(lists: &[&'static str]) -> Words {
    let lines = lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
    let mut words = Words::new();
    for (section, list) in lines.filter_map(|line| line.split_once(':')) {
        for word in list.split_whitespace() {
            let hints = words.entry(word).or_default();
            *hints = hints.with(Hints::named(section.trim()));
        }
    }
    words
}

/// Whether a language of this region writes the month before the day in figures.
pub(super) fn is_month_first(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase().replace('_', "-");
    MONTH_FIRST
        .lines()
        .filter(|line| !line.starts_with('#'))
        .any(|line| line.split_whitespace().any(|name| name == tag))
}

/// What the class or id of an element hints at. Words end at a sign or at a capital: "postDate", "entry-date".
pub(super) fn class_hints(names: &str) -> Hints {
    let names = &names[..crate::words::floor(names, 300)];
    let mut hints = Hints::default();
    for name in names.split_ascii_whitespace() {
        // hAtom calls the date of every entry "updated", beside a name of its own.
        if name == "updated" && names.len() > name.len() {
            continue;
        }
        if let Some(whole) = CLASS_WORDS.get(name.to_ascii_lowercase().as_str()) {
            hints = hints.with(*whole);
        }
        for word in parts(name) {
            hints = hints.with(CLASS_WORDS.get(word.to_ascii_lowercase().as_str()).copied().unwrap_or_default());
        }
    }
    hints
}

/// The words of one class name.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let start = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let word = &rest[start..];
        let capitals = word.bytes().take_while(u8::is_ascii_uppercase).count();
        let letters = word.bytes().skip(capitals).take_while(u8::is_ascii_lowercase).count();
        let length = (capitals + letters).max(1);
        rest = &word[length..];
        Some(&word[..length])
    })
}

/// What the words beside a date say of it: those before it, the nearest first, else those after it.
pub(super) fn date_hints(before: &str, after: &str) -> Hints {
    let word = |word: &str| DATE_WORDS.get(crate::words::lower(word).as_str()).copied();
    let split = |c: char| !c.is_alphabetic();
    let nearest = before.rsplit(split).filter(|word| !word.is_empty()).take(6).find_map(word);
    nearest.or_else(|| after.split(split).filter(|word| !word.is_empty()).take(4).find_map(word)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names() {
        let has = |names: &str, hint: Hints| class_hints(names).has(hint);
        assert!(
            has("entry-date published", Hints::DATE) && has("postDate", Hints::DATE) && has("post_date", Hints::DATE)
        );
        assert!(has("last-updated", Hints::MODIFIED) && !has("candidate update-x", Hints::DATE));
        assert!(has("ArticleByline__name", Hints::AUTHOR) && has("comment-list", Hints::COMMENT));
        assert_eq!(parts("fooBAR-bazQux2").collect::<Vec<_>>(), ["foo", "BAR", "baz", "Qux"]);
    }

    #[test]
    fn words_beside_a_date() {
        assert!(date_hints("Published on", "").has(Hints::PUBLISHED));
        assert!(date_hints("Published 3 May, updated", "").has(Hints::MODIFIED));
        assert!(date_hints("am", "veröffentlicht").has(Hints::PUBLISHED));
        assert!(is_month_first("en-US") && !is_month_first("en-GB"));
    }
}
