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
    pub(super) const BEFORE: Hints = Hints(512);
    pub(super) const BETWEEN: Hints = Hints(1024);
    pub(super) const ROLE: Hints = Hints(2048);

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
            "before" => Hints::BEFORE,
            "between" => Hints::BETWEEN,
            "role" => Hints::ROLE,
            _ => Hints::default(),
        }
    }
}

/// Words with their hints, found without a copy of what is looked up.
#[derive(Default)]
struct Words {
    hints: BTreeMap<&'static str, Hints>,
    /// For each byte a word can start with, a bit for each length such words have.
    lengths: BTreeMap<u8, u32>,
}

/// No word of a list is longer.
const LONGEST: usize = 24;

impl Words {
    /// Lines of a section and its words: "date: published posted". A word may stand in several.
    fn new(lists: &[&'static str]) -> Words {
        let lines = lists.iter().flat_map(|list| list.lines()).filter(|line| !line.starts_with('#'));
        let mut words = Words::default();
        for (section, list) in lines.filter_map(|line| line.split_once(':')) {
            for word in list.split_whitespace() {
                let hints = words.hints.entry(word).or_default();
                *hints = hints.with(Hints::named(section.trim()));
                *words.lengths.entry(word.as_bytes()[0]).or_default() |= 1 << word.len().min(31);
            }
        }
        words
    }

    /// The hints of a word in any case.
    fn of(&self, word: &str) -> Hints {
        let Some(first) = word.bytes().next().filter(|_| word.len() <= LONGEST) else { return Hints::default() };
        if !first.is_ascii() {
            return self.hints.get(crate::words::lower(word).as_str()).copied().unwrap_or_default();
        }
        let lengths = self.lengths.get(&first.to_ascii_lowercase()).copied().unwrap_or_default();
        if lengths & 1 << word.len() == 0 {
            return Hints::default();
        }
        if !word.is_ascii() {
            return self.hints.get(crate::words::lower(word).as_str()).copied().unwrap_or_default();
        }
        let mut lower = [0; LONGEST];
        lower[..word.len()].copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let lower = std::str::from_utf8(&lower[..word.len()]).unwrap_or_default();
        self.hints.get(lower).copied().unwrap_or_default()
    }
}

macro_rules! sections {
    ($($file:literal),+ $(,)?) => { Words::new(&[$(include_str!(concat!("../../../data/", $file, ".txt"))),+]) };
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

static BYLINE_WORDS: LazyLock<Words> = LazyLock::new(|| {
    sections!(
        "en/byline_words",
        "de/byline_words",
        "es/byline_words",
        "fr/byline_words",
        "it/byline_words",
        "nl/byline_words",
        "pt/byline_words",
    )
});

static MONTH_FIRST: &str = include_str!("../../../data/en/month_first.txt");

/// What a word of a byline is for.
pub(super) fn byline_hints(word: &str) -> Hints {
    BYLINE_WORDS.of(word)
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
        hints = hints.with(CLASS_WORDS.of(name));
        for word in parts(name).filter(|word| word.len() < name.len()) {
            hints = hints.with(CLASS_WORDS.of(word));
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
    let word = |word: &str| Some(DATE_WORDS.of(word)).filter(|hints| *hints != Hints::default());
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
