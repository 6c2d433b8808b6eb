//! Who publishes: outlets and agencies under all their names, and the families they belong to.
//!
//! [`Outlets`] is made of three editable lists in `data/` and of what the user adds to them ([`OutletLists`]), and is
//! handed to the comparison: nothing here is global. A name is compared by its words in lower case without "the" and
//! without what archives add to it ("(Online)", "- News"). [`Lexicon`] holds the words that tell what a source is, one
//! section a question.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// What is known of one outlet.
#[derive(Clone, Debug)]
pub(crate) struct Outlet {
    /// Its full name.
    pub(crate) name: String,
    /// Whether it is a news agency.
    pub(crate) agency: bool,
}

/// Who owns outlets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Publisher {
    /// Its name.
    pub(crate) name: String,
    /// Whether the user's list says so.
    pub(crate) by_user: bool,
}

impl Publisher {
    /// Why two of its outlets are no two origins.
    pub(crate) fn reason(&self) -> String {
        let whose = if self.by_user { ", by your list of families" } else { "" };
        format!("one publisher: {}{whose}", self.name)
    }
}

/// Outlets and publisher families of the user, by name, each with the names that belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutletLists {
    /// Outlets by their full names, with their other names; "~" in front of one marks a short name that several outlets
    /// share, which counts only where reports name the outlet in full.
    pub outlets: BTreeMap<String, Vec<String>>,
    /// Publishers with their outlets, by any of their names.
    pub families: BTreeMap<String, Vec<String>>,
}

/// Outlets, agencies and publisher families; by default those that come with the program.
#[derive(Clone, Debug)]
pub struct Outlets {
    all: Vec<Outlet>,
    by_name: BTreeMap<String, usize>,
    /// Short names that several outlets share.
    by_short_name: BTreeMap<String, Vec<usize>>,
    publishers: Vec<Publisher>,
    /// Publisher by the folded name of its outlet.
    families: BTreeMap<String, usize>,
}

impl Default for Outlets {
    fn default() -> Self {
        Outlets::with(&OutletLists::default())
    }
}

impl Outlets {
    /// The lists that come with the program and those of the user, whose word comes first: an outlet of theirs that is
    /// known already keeps the names it has and is shown by theirs; a name of theirs that is the full name of another
    /// outlet makes the two one; an outlet in a family of theirs leaves the one it was in.
    pub fn with(lists: &OutletLists) -> Outlets {
        let mut making = Making::default();
        making.read(include_str!("../data/agencies.txt"), true);
        making.read(include_str!("../data/outlets.txt"), false);
        for (name, names) in &lists.outlets {
            making.add_of_user(name, names);
        }
        let mut outlets = making.made();
        for line in entries(include_str!("../data/families.txt")) {
            let mut names = line.split('|').map(str::trim);
            let publisher = names.next().unwrap_or_default();
            outlets.add_family(publisher, names, false);
        }
        for (publisher, names) in &lists.families {
            outlets.add_family(publisher, names.iter().map(String::as_str), true);
        }
        // What has no word names nobody.
        outlets.families.remove("");
        outlets
    }

    fn add_family<'n>(&mut self, publisher: &'n str, names: impl Iterator<Item = &'n str>, by_user: bool) {
        let number = self.publishers.len();
        self.publishers.push(Publisher { name: publisher.to_owned(), by_user });
        for name in names.chain(by_user.then_some(publisher)) {
            let full = self.find(name).map(|outlet| fold(&outlet.name));
            for key in [Some(fold(name)), Some(fold(bare(name))), full].into_iter().flatten() {
                self.families.insert(key, number);
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
    pub(crate) fn family(&self, name: &str) -> Option<&Publisher> {
        self.families.get(&fold(name)).map(|&number| &self.publishers[number])
    }
}

/// Outlets on their way, while it is still found out which are one.
#[derive(Default)]
struct Making {
    all: Vec<Outlet>,
    /// The later outlet that each turned out to be.
    became: Vec<Option<usize>>,
    by_name: BTreeMap<String, usize>,
    by_short_name: BTreeMap<String, Vec<usize>>,
}

impl Making {
    /// Reads a list of `data/`: an outlet a line.
    fn read(&mut self, list: &str, agency: bool) {
        for line in entries(list) {
            let mut names = line.split('|').map(str::trim).peekable();
            let index = self.push(names.peek().unwrap_or(&""), agency);
            for name in names {
                match name.strip_prefix('~') {
                    Some(short) => self.by_short_name.entry(fold(short)).or_default().push(index),
                    None => _ = self.by_name.entry(fold(name)).or_insert(index),
                }
            }
        }
    }

    fn push(&mut self, name: &str, agency: bool) -> usize {
        self.all.push(Outlet { name: name.to_owned(), agency });
        self.became.push(None);
        self.all.len() - 1
    }

    /// An outlet of the user, with its other names.
    fn add_of_user(&mut self, name: &str, names: &[String]) {
        let index = self.push(name, false);
        if let Some(&known) = self.by_name.get(&fold(name)) {
            self.unite(known, index);
        }
        self.by_name.insert(fold(name), index);
        for name in names {
            let Some(name) = name.strip_prefix('~') else {
                self.add_name(name, index);
                continue;
            };
            self.by_short_name.entry(fold(name)).or_default().push(index);
        }
    }

    /// Another name of an outlet; who has it as the full name is the same outlet.
    fn add_name(&mut self, name: &str, index: usize) {
        if let Some(&known) = self.by_name.get(&fold(name))
            && fold(&self.all[self.last(known)].name) == fold(name)
        {
            self.unite(known, index);
        }
        self.by_name.insert(fold(name), index);
    }

    /// What an outlet has become so far.
    fn last(&self, index: usize) -> usize {
        std::iter::successors(Some(index), |&at| self.became[at]).last().unwrap_or(index)
    }

    /// Makes one outlet of two, under the name of the second.
    fn unite(&mut self, one: usize, other: usize) {
        let one = self.last(one);
        if one != other {
            self.became[one] = Some(other);
            self.all[other].agency |= self.all[one].agency;
        }
    }

    fn made(self) -> Outlets {
        // An outlet only ever becomes a later one.
        let mut last: Vec<usize> = (0..self.all.len()).collect();
        for index in (0..last.len()).rev() {
            last[index] = self.became[index].map_or(index, |later| last[later]);
        }
        let mut by_short_name = self.by_short_name;
        for outlets in by_short_name.values_mut() {
            outlets.iter_mut().for_each(|outlet| *outlet = last[*outlet]);
            outlets.dedup();
        }
        let mut by_name = self.by_name;
        by_name.values_mut().for_each(|outlet| *outlet = last[*outlet]);
        // What has no word names nobody.
        by_name.remove("");
        by_short_name.remove("");
        Outlets { all: self.all, by_name, by_short_name, publishers: Vec::new(), families: BTreeMap::new() }
    }
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
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

    /// What a word stands for in a section of `word=other` entries.
    pub(crate) fn value(&self, section: &str, word: &str) -> Option<&'static str> {
        self.entries(section).find_map(|entry| entry.strip_prefix(word)?.strip_prefix('='))
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

    /// Names with what belongs to each.
    fn list(entries: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        entries.iter().map(|&(name, names)| (name.to_owned(), owned(names))).collect()
    }

    fn named(outlets: &Outlets, name: &str) -> Option<String> {
        outlets.find(name).map(|outlet| outlet.name.clone())
    }

    #[test]
    fn one_outlet_under_many_names() {
        let outlets = Outlets::default();
        for name in ["The New York Times", "New York Times - News", "NYT", "the New York Times (Online)"] {
            assert_eq!(named(&outlets, name).as_deref(), Some("The New York Times"), "{name}");
        }
        assert!(outlets.find("AP").is_some_and(|outlet| outlet.agency));
        assert!(outlets.find("the Times").is_none(), "a shared short name alone names nobody");
        assert!(outlets.short_for("The Times").count() > 1);
        assert!(outlets.find("").is_none());
    }

    #[test]
    fn every_outlet_of_a_family_has_one_publisher() {
        let outlets = Outlets::default();
        assert_eq!(outlets.family("Fox News"), outlets.family("21st Century Fox"));
        assert_eq!(outlets.family("Nobody’s Gazette"), None);
    }

    #[test]
    fn outlets_of_the_user_come_first() {
        let lists = OutletLists {
            outlets: list(&[
                ("Nova Post", &["NP", "~the Post", "Nova Herald", "Insider"]),
                ("Nova Herald", &["NH"]),
                ("Reuters", &["Reuters Nova"]),
            ]),
            ..OutletLists::default()
        };
        let outlets = Outlets::with(&lists);
        for name in ["the Nova Post", "NP", "NH", "Nova Herald (Online)", "Insider"] {
            assert_eq!(named(&outlets, name).as_deref(), Some("Nova Post"), "{name}");
        }
        assert_eq!(named(&outlets, "Business Insider").as_deref(), Some("Business Insider"));
        assert!(outlets.short_for("the Post").any(|outlet| outlet.name == "Nova Post"));
        assert!(outlets.find("Reuters Nova").is_some_and(|outlet| outlet.agency), "an agency stays one");
        assert_eq!(named(&outlets, "Thomson Reuters").as_deref(), Some("Reuters"));
    }

    #[test]
    fn families_of_the_user_come_first() {
        let lists = OutletLists {
            outlets: list(&[("Nova Post", &["NP"])]),
            families: list(&[("Nova Media", &["NP", "Harbour Herald (Online)", "Fox News"])]),
        };
        let outlets = Outlets::with(&lists);
        for name in ["Nova Post", "Harbour Herald", "Fox News", "Nova Media"] {
            assert!(outlets.family(name).is_some_and(|family| family.name == "Nova Media" && family.by_user), "{name}");
        }
        assert!(outlets.family("New York Post").is_some_and(|family| !family.by_user));
    }

    #[test]
    fn two_outlets_that_name_each_other_are_one() {
        let lists = OutletLists {
            outlets: list(&[("Harbour Herald", &["Nova Post"]), ("Nova Post", &["Harbour Herald"])]),
            ..OutletLists::default()
        };
        let outlets = Outlets::with(&lists);
        assert_eq!(named(&outlets, "Harbour Herald"), named(&outlets, "Nova Post"));
    }

    #[test]
    fn lexicon_finds_words_and_pairs() {
        assert!(ENGLISH.finds("confidential", "two people familiar with his plans"));
        assert!(ENGLISH.finds("speaks for", "the press secretary"));
        assert!(!ENGLISH.finds("official", "an officialdom"));
    }
}
