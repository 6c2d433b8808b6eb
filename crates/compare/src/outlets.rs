//! Who publishes: outlets and agencies under all their names, and the families they belong to.
//!
//! [`Outlets`] answers from three editable lists in `data/`. A name is compared by its words in lower case without
//! "the" and without what archives add to it ("(Online)", "- News"). [`Lexicon`] holds the words that tell what a
//! source is, one section a question.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is known of one outlet.
#[derive(Debug)]
pub(crate) struct Outlet {
    /// Its full name.
    pub(crate) name: &'static str,
    /// Whether it is a news agency.
    pub(crate) agency: bool,
}

/// Outlets, agencies and publisher families.
#[derive(Debug)]
pub(crate) struct Outlets {
    all: Vec<Outlet>,
    by_name: BTreeMap<String, usize>,
    /// Short names that several outlets share.
    by_short_name: BTreeMap<String, Vec<usize>>,
    /// Publisher by the folded name of its outlet.
    families: BTreeMap<String, &'static str>,
}

/// The lists of `data/`.
pub(crate) static OUTLETS: LazyLock<Outlets> = LazyLock::new(|| {
    let mut outlets = Outlets {
        all: Vec::new(),
        by_name: BTreeMap::new(),
        by_short_name: BTreeMap::new(),
        families: families(include_str!("../data/families.txt")),
    };
    outlets.read(include_str!("../data/agencies.txt"), true);
    outlets.read(include_str!("../data/outlets.txt"), false);
    outlets
});

impl Outlets {
    fn read(&mut self, list: &'static str, agency: bool) {
        for line in entries(list) {
            let index = self.all.len();
            for (at, name) in line.split('|').map(str::trim).enumerate() {
                if at == 0 {
                    self.all.push(Outlet { name, agency });
                }
                match name.strip_prefix('~') {
                    Some(short) => self.by_short_name.entry(fold(short)).or_default().push(index),
                    None => _ = self.by_name.entry(fold(name)).or_insert(index),
                }
            }
        }
    }

    /// The outlet of this name, as metadata and texts write it.
    pub(crate) fn find(&self, name: &str) -> Option<&Outlet> {
        let known = |name: &str| self.by_name.get(&fold(name)).map(|&index| &self.all[index]);
        known(name).or_else(|| known(bare(name)))
    }

    /// The outlets a short name such as "the Times" can mean.
    pub(crate) fn short_for(&self, name: &str) -> impl Iterator<Item = &Outlet> {
        self.by_short_name.get(&fold(name)).into_iter().flatten().map(|&index| &self.all[index])
    }

    /// The publisher of an outlet, agency or company.
    pub(crate) fn family(&self, name: &str) -> Option<&'static str> {
        self.families.get(&fold(name)).copied()
    }
}

fn families(list: &'static str) -> BTreeMap<String, &'static str> {
    let mut families = BTreeMap::new();
    for line in entries(list) {
        let mut names = line.split('|').map(str::trim);
        if let Some(publisher) = names.next() {
            families.extend(names.map(|name| (fold(name), publisher)));
        }
    }
    families
}

fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The name without what an archive adds: "Daily Planet (Online)", "Daily Planet - News".
pub(crate) fn bare(name: &str) -> &str {
    let name = name.split(" - ").next().unwrap_or(name);
    name.split(" (").next().unwrap_or(name).trim()
}

/// Words in lower case, without "the" in front, dots and "www.".
fn fold(name: &str) -> String {
    let lower = name.to_lowercase().replace(['.', '\'', '’'], "");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.strip_prefix(&["the"]).unwrap_or(&words).join(" ")
}

/// Word lists by their question.
#[derive(Debug)]
pub(crate) struct Lexicon(BTreeMap<&'static str, BTreeSet<&'static str>>);

/// The lists of `data/en/sources.txt`.
pub(crate) static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../data/en/sources.txt")));

impl Lexicon {
    /// Reads a file of `[sections]` with an entry a line.
    pub(crate) fn parse(text: &'static str) -> Lexicon {
        let mut sections: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        let mut current = "";
        for line in entries(text) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(section) => current = section,
                None => _ = sections.entry(current).or_default().insert(line),
            }
        }
        Lexicon(sections)
    }

    /// The entries of a section, in the order of the alphabet.
    pub(crate) fn entries(&self, section: &str) -> impl Iterator<Item = &'static str> + '_ {
        self.0.get(section).into_iter().flatten().copied()
    }

    /// Whether a word or phrase stands in a section.
    pub(crate) fn has(&self, section: &str, entry: &str) -> bool {
        self.0.get(section).is_some_and(|entries| entries.contains(entry))
    }

    /// Whether any word, or any two neighbouring words, of a text stand in a section.
    pub(crate) fn finds(&self, section: &str, text: &str) -> bool {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
        words.iter().any(|word| self.has(section, word))
            || words.windows(2).any(|pair| self.has(section, &pair.join(" ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outlet_under_many_names() {
        for name in ["The New York Times", "New York Times - News", "NYT", "the New York Times (Online)"] {
            assert_eq!(OUTLETS.find(name).map(|outlet| outlet.name), Some("The New York Times"), "{name}");
        }
        assert!(OUTLETS.find("AP").is_some_and(|outlet| outlet.agency));
        assert!(OUTLETS.find("the Times").is_none(), "a shared short name alone names nobody");
        assert!(OUTLETS.short_for("The Times").count() > 1);
        assert!(OUTLETS.find("").is_none());
    }

    #[test]
    fn every_outlet_of_a_family_has_one_publisher() {
        assert_eq!(OUTLETS.family("Fox News"), OUTLETS.family("21st Century Fox"));
        assert_eq!(OUTLETS.family("Nobody’s Gazette"), None);
    }

    #[test]
    fn lexicon_finds_words_and_pairs() {
        assert!(ENGLISH.finds("confidential", "two people familiar with his plans"));
        assert!(ENGLISH.finds("speaks for", "the press secretary"));
        assert!(!ENGLISH.finds("official", "an officialdom"));
    }
}
