//! The sources of one story by name: variants of one name are one source.
//!
//! [`Names`] collects every name that speaks in the story and merges what can only be the same: "the Times" and "The
//! New York Times", "Novak" and "Mayor Petra Novak", "CDC" and "Centers for Disease Control". A short name that fits
//! two longer ones stays alone: the preferred error is two entries for one source, never one entry for two.

use std::collections::BTreeMap;

use crate::naming::{CountryWord, country};
use crate::outlets::{ENGLISH, Outlet, Outlets, Publisher};

/// Names longer than this many words are descriptions; postings longer than this name nothing.
const MOST_WORDS: usize = 12;
const MOST_POSTINGS: usize = 64;

/// What kind of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// A newspaper, broadcaster, agency.
    Outlet,
    /// A person.
    Person,
    /// Anything else with a name.
    Organisation,
}

/// The sources of one story; a source is known by its index.
#[derive(Debug)]
pub(crate) struct Names<'o> {
    outlets: &'o Outlets,
    entries: Vec<Entry<'o>>,
    by_words: BTreeMap<Vec<String>, usize>,
}

#[derive(Debug)]
struct Entry<'o> {
    words: Vec<String>,
    class: Class,
    /// How often it is used as a person's name, and how often as an organisation's.
    uses: [usize; 2],
    outlet: Option<&'o Outlet>,
    /// How often each wording is used.
    wordings: BTreeMap<String, usize>,
    /// The fuller entry this one is a variant of.
    variant_of: Option<usize>,
}

impl<'o> Names<'o> {
    /// No source yet, where these outlets are known.
    pub(crate) fn new(outlets: &'o Outlets) -> Self {
        Names { outlets, entries: Vec::new(), by_words: BTreeMap::new() }
    }

    /// Adds a use of a name; `None` where it holds no word.
    pub(crate) fn add(&mut self, name: &str, class: Class) -> Option<usize> {
        let outlet = (class == Class::Outlet).then(|| self.outlets.find(name)).flatten();
        let words = words(outlet.map_or(name, |outlet| &outlet.name));
        if words.is_empty() {
            return None;
        }
        let index = *self.by_words.entry(words.clone()).or_insert_with(|| {
            self.entries.push(Entry {
                words,
                class,
                uses: [0; 2],
                outlet,
                wordings: BTreeMap::new(),
                variant_of: None,
            });
            self.entries.len() - 1
        });
        let entry = &mut self.entries[index];
        entry.uses[0] += usize::from(class == Class::Person);
        entry.uses[1] += usize::from(class == Class::Organisation);
        entry.class = match entry.class.min(class) {
            Class::Outlet => Class::Outlet,
            _ if entry.uses[1] > entry.uses[0] => Class::Organisation,
            _ if entry.uses[1] == entry.uses[0] => entry.class,
            _ => Class::Person,
        };
        entry.outlet = entry.outlet.or(outlet);
        *entry.wordings.entry(name.trim().to_owned()).or_default() += 1;
        Some(index)
    }

    /// Merges variants; to be called once, when all names are in.
    pub(crate) fn merge(&mut self) {
        let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            for word in &entry.words {
                by_word.entry(word).or_default().push(index);
            }
        }
        let acronyms = self.acronyms();
        let fuller: Vec<_> = (0..self.entries.len())
            .map(|index| self.fuller(index, &by_word).or_else(|| self.spelled_out(index, &acronyms)))
            .collect();
        for (entry, fuller) in self.entries.iter_mut().zip(fuller) {
            entry.variant_of = fuller;
        }
    }

    /// The one longer name that has all the words of this one.
    fn fuller(&self, index: usize, by_word: &BTreeMap<&str, Vec<usize>>) -> Option<usize> {
        let entry = &self.entries[index];
        let postings =
            entry.words.iter().filter_map(|word| by_word.get(word.as_str())).min_by_key(|list| list.len())?;
        if postings.len() > MOST_POSTINGS || entry.words.len() > MOST_WORDS || entry.outlet.is_some() {
            return None;
        }
        let mut candidates: Vec<usize> =
            postings.iter().copied().filter(|&other| self.entries[other].may_be_called(entry)).collect();
        candidates.sort_by_key(|&other| (self.entries[other].words.len(), other));
        let fullest = *candidates.last()?;
        candidates.iter().all(|&other| self.entries[fullest].has_words_of(&self.entries[other])).then_some(fullest)
    }

    fn acronyms(&self) -> BTreeMap<String, Vec<usize>> {
        let mut acronyms: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let initials: String = entry.words.iter().filter_map(|word| word.chars().next()).collect();
            if entry.words.len() > 1 && entry.words.len() <= MOST_WORDS {
                acronyms.entry(initials).or_default().push(index);
            }
        }
        acronyms
    }

    /// "CDC" for the one name with these initials.
    fn spelled_out(&self, index: usize, acronyms: &BTreeMap<String, Vec<usize>>) -> Option<usize> {
        let [word] = self.entries[index].words.as_slice() else { return None };
        let [one] = acronyms.get(word)?.as_slice() else { return None };
        (word.chars().count() >= 2 && self.entries[*one].class != Class::Person).then_some(*one)
    }

    /// The source with exactly this name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.by_words.get(&words(name)).map(|&index| self.source(index))
    }

    /// The source a name stands for.
    pub(crate) fn source(&self, index: usize) -> usize {
        // Variants point from fewer words to more, an acronym to a longer name: the walk ends.
        let mut index = index;
        for _ in 0..self.entries.len() {
            match self.entries[index].variant_of {
                Some(fuller) => index = fuller,
                None => break,
            }
        }
        index
    }

    /// The wording to show: an outlet's full name, else the fullest, then the most used one.
    pub(crate) fn shown(&self, source: usize) -> &str {
        let entry = &self.entries[source];
        if let Some(outlet) = entry.outlet {
            return &outlet.name;
        }
        let fullest =
            |(name, uses): &(&String, &usize)| (name.split(' ').count(), **uses, std::cmp::Reverse(name.len()));
        entry.wordings.iter().max_by_key(fullest).map_or("", |(name, _)| name)
    }

    /// Whether a source known by a short name only may be another: "Novak" one of two Novaks, "Ada Brandt" an Ada Brandt
    /// with a word more behind, "the fire service" the city's fire service.
    pub(crate) fn may_be_one(&self, one: usize, other: usize) -> bool {
        let (short, long) = (&self.entries[one], &self.entries[other]);
        let (short, long) = if short.words.len() <= long.words.len() { (short, long) } else { (long, short) };
        if short.class != long.class || short.outlet.is_some() || long.outlet.is_some() {
            return false;
        }
        match short.class {
            Class::Person => {
                let (name, suffix) = surname(&long.words).unwrap_or_default();
                match short.words.as_slice() {
                    [word] => name == word,
                    words => suffix.is_empty() && long.words.starts_with(words),
                }
            }
            Class::Organisation => {
                let one_is_bare = !short.has_name() || !long.has_name();
                (one_is_bare
                    && (long.has_words_of(short) || short.head().is_some_and(|head| long.head() == Some(head))))
                    || short.is_turned(long)
            }
            Class::Outlet => false,
        }
    }

    /// Why two names stand for one authority: a country under two names ("Beijing", "the Chinese government"), a country and
    /// what is a body of it, a person and what is called after him ("the Brandt administration").
    pub(crate) fn one_authority(&self, one: usize, other: usize) -> Option<&'static str> {
        let (one, other) = (&self.entries[one], &self.entries[other]);
        if one.outlet.is_some() || other.outlet.is_some() {
            return None;
        }
        match (one.class, other.class) {
            (Class::Organisation, Class::Organisation) => match (one.country()?, other.country()?) {
                ((a, Of::Country), (b, Of::Country)) if a == b => Some("both stand for one country"),
                ((a, Of::Country), (b, Of::Body)) | ((a, Of::Body), (b, Of::Country)) if a == b => {
                    Some("the one is a body of the other")
                }
                _ => None,
            },
            (Class::Person, Class::Organisation) => other.is_called_after(one),
            (Class::Organisation, Class::Person) => one.is_called_after(other),
            _ => None,
        }
    }

    /// What kind of source it is.
    pub(crate) fn class(&self, source: usize) -> Class {
        self.entries[source].class
    }

    /// Whether it is a news agency.
    pub(crate) fn is_agency(&self, source: usize) -> bool {
        self.entries[source].outlet.is_some_and(|outlet| outlet.agency)
    }

    /// The publisher it belongs to.
    pub(crate) fn family(&self, source: usize) -> Option<&'o Publisher> {
        let entry = &self.entries[source];
        entry
            .outlet
            .and_then(|outlet| self.outlets.family(&outlet.name))
            .or_else(|| self.outlets.family(&entry.words.join(" ")))
            .or_else(|| entry.wordings.keys().find_map(|name| self.outlets.family(name)))
    }
}

impl Entry<'_> {
    /// Whether a wording for it has a capital letter behind the article.
    fn has_name(&self) -> bool {
        self.wordings.keys().any(|wording| {
            let mut words = wording.split(' ').filter(|word| !ENGLISH.has("article", &word.to_lowercase()));
            words.any(|word| word.starts_with(char::is_uppercase))
        })
    }

    /// What it is: "service" of "the city's fire service" and of "the fire service of Hollin".
    fn head(&self) -> Option<&str> {
        let wording = self.wordings.keys().next()?;
        let name = wording.split(" of ").next()?;
        name.rsplit(' ').next().filter(|head| ENGLISH.has("body", &head.to_lowercase()))
    }

    /// Whether two names have the same words in another order or form: "the Valdrian coastguard" and "the coastguard of
    /// Valdria".
    fn is_turned(&self, other: &Entry<'_>) -> bool {
        let found = |word: &&String| other.words.iter().any(|there| is_form_of(word, there));
        self.words.len() > 1 && self.words.len() == other.words.len() && self.words.iter().all(|word| found(&word))
    }

    /// The country it stands for or is a body of.
    fn country(&self) -> Option<(usize, Of)> {
        self.wordings.keys().find_map(|wording| country_of(wording))
    }

    /// "The Brandt administration": a body that has a person's last name in front.
    fn is_called_after(&self, person: &Entry<'_>) -> Option<&'static str> {
        const SHORTEST: usize = 4;
        let (name, _) = surname(&person.words)?;
        let named = name.chars().count() >= SHORTEST
            && self.words.len() > 1
            && self.words[..self.words.len() - 1].iter().any(|word| word == name);
        (named && self.head().is_some()).then_some("the one is called after the other")
    }

    fn has_words_of(&self, other: &Entry<'_>) -> bool {
        other.words.iter().all(|word| self.words.contains(word))
    }

    /// Whether `short` can be a shorter name for this source.
    fn may_be_called(&self, short: &Entry<'_>) -> bool {
        if self.words.len() <= short.words.len() || self.words.len() > MOST_WORDS || !self.has_words_of(short) {
            return false;
        }
        match (self.class, short.class) {
            (Class::Person, Class::Person) => surname(&self.words) == surname(&short.words),
            (Class::Person, _) | (_, Class::Person) => false,
            (_, Class::Outlet) => true,
            _ => short.words.len() > 1 || self.words[0] == short.words[0],
        }
    }
}

/// What a name has of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// Its name, its people's or the seat of its government, with or without "government".
    Country,
    /// That in front of a body: "the Chinese finance ministry".
    Body,
}

/// The country that a wording names in front, and whether it names more than that and its government.
fn country_of(wording: &str) -> Option<(usize, Of)> {
    let lower = wording.to_lowercase().replace(['’', 'ʼ'], "'").replace("'s", "").replace(['.', '\''], "");
    let words: Vec<&str> = lower.split_whitespace().skip_while(|word| ENGLISH.has("article", word)).collect();
    (1..=words.len().min(MOST_WORDS)).rev().find_map(|length| {
        let (country, what) = country(&words[..length].join(" "))?;
        let rest = &words[length..];
        let is_government = rest.iter().all(|word| ENGLISH.has("country's word", word));
        match rest.last() {
            None => (what != CountryWord::People).then_some((country, Of::Country)),
            _ if is_government => Some((country, Of::Country)),
            Some(last) => ENGLISH.has("state body", last).then_some((country, Of::Body)),
        }
    })
}

/// Whether two words are one up to a short ending: a place and what is named after it.
fn is_form_of(one: &str, other: &str) -> bool {
    const STEM: usize = 4;
    const ENDING: usize = 3;
    let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    let rest = |word: &str| word.chars().count() - same;
    one == other || (same >= STEM && rest(one) <= ENDING && rest(other) <= ENDING)
}

/// The last name with a "Jr." behind it: a father and a son are two.
fn surname(words: &[String]) -> Option<(&str, &str)> {
    let suffix = |word: &str| matches!(word, "jr" | "sr" | "ii" | "iii" | "iv");
    match words {
        [.., name, last] if suffix(last) => Some((name, last)),
        [.., last] => Some((last, "")),
        [] => None,
    }
}

/// The words that tell a name: lower case, no title, article, legal form or possessive; plural and singular alike.
fn words(name: &str) -> Vec<String> {
    let lower = name.to_lowercase().replace(['’', 'ʼ'], "'").replace("'s", " ").replace('.', "");
    let mut words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_filler = |word: &str| matches!(word, "the" | "a" | "an" | "of" | "and" | "for");
    let several = words.len() > 1;
    words.retain(|word| !is_filler(word));
    while words.len() > 1 && ENGLISH.has("title", words[0]) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| ENGLISH.has("legal form", word)) {
        words.pop();
    }
    words.into_iter().map(|word| if several { singular(word) } else { word }.to_owned()).collect()
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(first: (&str, Class), second: (&str, Class), others: &[(&str, Class)]) -> bool {
        let outlets = Outlets::default();
        let mut names = Names::new(&outlets);
        let first = names.add(first.0, first.1).unwrap();
        let second = names.add(second.0, second.1).unwrap();
        for &(name, class) in others {
            names.add(name, class);
        }
        names.merge();
        names.source(first) == names.source(second)
    }

    #[test]
    fn variants_of_one_source() {
        use Class::{Organisation, Outlet, Person};
        assert!(one(("NYT", Outlet), ("The New York Times", Outlet), &[]));
        assert!(one(("Novak", Person), ("Mayor Petra Novak", Person), &[]));
        assert!(one(("RBH", Organisation), ("River Board of Hollin", Organisation), &[]));
        assert!(one(("Hollins Institute", Organisation), ("Hollin Institute Flood Center", Organisation), &[]));
        assert!(one(("Ferrum Inc", Organisation), ("Ferrum", Organisation), &[]));
    }

    #[test]
    fn names_that_may_be_two_stay_two() {
        use Class::{Organisation, Person};
        assert!(!one(("Novak", Person), ("Petra Novak", Person), &[("Ivo Novak", Person)]));
        assert!(!one(("Ivo Novak", Person), ("Ivo Novak Jr.", Person), &[]));
        assert!(!one(("Novak", Person), ("Novak Institute", Organisation), &[]));
        assert!(!one(("River", Organisation), ("Hollin River Board", Organisation), &[]));
    }
}
