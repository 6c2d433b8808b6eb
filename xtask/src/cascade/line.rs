//! One sentence of a report, and how a rewriter turns it.

use super::material::{Material, capital};
use crate::random::Random;

/// Verbs of saying that stand for one another.
const VERBS: [&str; 4] = ["said", "stated", "announced", "confirmed"];

/// A sentence with where it was taken from.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Index of the fact.
    pub(super) fact: usize,
    /// The sentence without attribution and full stop, or the quoted words.
    pub(super) core: String,
    pub(super) quote: bool,
    /// Whose word it is said to be.
    pub(super) credit: Credit,
    /// Whether the attribution stands in front.
    pub(super) front: bool,
    /// The reports it went through from the first on, and how it read there.
    pub(super) lineage: Vec<(usize, String)>,
}

/// Whose word a sentence is said to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Credit {
    /// Nobody's.
    Nobody,
    /// Somebody's in public.
    Source { who: String, verb: String },
    /// "according to lists": papers nobody is said to have seen.
    Papers { papers: String },
    /// "lists seen by the Observer".
    Seen { papers: String, outlet: usize, by: String },
    /// "two doctors told the Observer".
    Told { people: String, outlet: usize, by: String },
    /// "the Observer reported, citing …".
    Outlet { outlet: usize, name: String, citing: Option<String> },
}

impl Credit {
    /// The outlet it names.
    pub(super) fn outlet(&self) -> Option<usize> {
        match self {
            Credit::Seen { outlet, .. } | Credit::Told { outlet, .. } | Credit::Outlet { outlet, .. } => Some(*outlet),
            Credit::Nobody | Credit::Source { .. } | Credit::Papers { .. } => None,
        }
    }

    /// In other words, as far as there are any.
    fn reworded(&self, wordings: &[String], random: &mut Random) -> Credit {
        match self {
            Credit::Source { who, .. } => {
                let known = wordings.contains(who) && random.percent(50);
                let who = if known { random.pick(wordings).clone() } else { who.clone() };
                Credit::Source { who, verb: (*random.pick(&VERBS)).to_owned() }
            }
            other => other.clone(),
        }
    }
}

impl Line {
    /// The sentence as it is printed.
    pub(super) fn text(&self, material: &Material) -> String {
        if self.quote {
            return self.quotation();
        }
        let inside = material.inside(&self.core);
        let core = &self.core;
        match (&self.credit, self.front) {
            (Credit::Nobody, _) => format!("{core}."),
            (Credit::Source { who, verb }, false) => format!("{core}, {} {verb}.", closed(who)),
            (Credit::Source { who, verb }, true) if verb == "said" => format!("According to {who}, {inside}."),
            (Credit::Source { who, verb }, true) => format!("{} {verb} that {inside}.", capital(&closed(who))),
            (Credit::Papers { papers }, false) => format!("{core}, according to {papers}."),
            (Credit::Papers { papers }, true) => format!("According to {papers}, {inside}."),
            (Credit::Seen { papers, by, .. }, false) => format!("{core}, according to {papers} seen by {by}."),
            (Credit::Seen { papers, by, .. }, true) => format!("{} seen by {by} show that {inside}.", capital(papers)),
            (Credit::Told { people, by, .. }, false) => format!("{core}, {} told {by}.", closed(people)),
            (Credit::Told { people, by, .. }, true) => format!("{} told {by} that {inside}.", capital(&closed(people))),
            (Credit::Outlet { name, citing: None, .. }, false) => format!("{core}, {name} reported."),
            (Credit::Outlet { name, citing: None, .. }, true) => format!("According to {name}, {inside}."),
            (Credit::Outlet { name, citing: Some(whom), .. }, false) => {
                format!("{core}, {name} reported, citing {whom}.")
            }
            (Credit::Outlet { name, citing: Some(whom), .. }, true) => {
                format!("{} reported, citing {whom}, that {inside}.", capital(name))
            }
        }
    }

    fn quotation(&self) -> String {
        let core = &self.core;
        match &self.credit {
            Credit::Source { who, verb } if self.front => format!("{} {verb}: \"{core}.\"", capital(&closed(who))),
            Credit::Source { who, verb } => format!("\"{core},\" {} {verb}.", closed(who)),
            _ => format!("\"{core}.\""),
        }
    }

    /// Words of its own: those in quotation marks are everybody's.
    pub(super) fn own_words(&self) -> usize {
        if self.quote { 0 } else { self.core.split_whitespace().count() }
    }

    /// Changes words, order and attribution, each with so many chances in a hundred.
    pub(super) fn rewrite(&mut self, sources: &[String], chances: usize, material: &Material, random: &mut Random) {
        if random.percent(chances) {
            self.credit = self.credit.reworded(sources, random);
        }
        if random.percent(chances / 2) {
            self.front = !self.front;
        }
        if self.quote {
            return;
        }
        for set in &material.words {
            self.exchange(set, chances, random);
        }
        if random.percent(chances / 2) {
            self.core = turned(&self.core, material).unwrap_or_else(|| self.core.clone());
        }
    }

    /// Puts another word of a set for the first one found.
    fn exchange(&mut self, set: &[String], chances: usize, random: &mut Random) {
        let opens = |word: &str| self.core.starts_with(&capital(word)).then_some(0);
        let found = set.iter().find_map(|word| Some((word, at_word(&self.core, word).or_else(|| opens(word))?)));
        let Some((word, at)) = found.filter(|_| random.percent(chances)) else { return };
        let others: Vec<&String> = set.iter().filter(|other| *other != word).collect();
        let other = random.pick(&others);
        let other = if at == 0 { capital(other) } else { (*other).clone() };
        self.core.replace_range(at..at + word.len(), &other);
    }

    /// Other spellings of names.
    pub(super) fn rename(&mut self, names: &[(String, String)]) {
        for (one, other) in names {
            self.core = self.core.replace(one.as_str(), other);
            match &mut self.credit {
                Credit::Source { who, .. } => *who = who.replace(one.as_str(), other),
                Credit::Outlet { citing: Some(whom), .. } => *whom = whom.replace(one.as_str(), other),
                _ => {}
            }
        }
    }
}

/// An apposition ends with a comma where the sentence goes on.
fn closed(who: &str) -> String {
    if who.contains(", ") { format!("{who},") } else { who.to_owned() }
}

/// Where a word or phrase stands whole.
fn at_word(text: &str, word: &str) -> Option<usize> {
    let whole = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        let open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '\'');
        open(before) && open(after)
    };
    text.match_indices(word).map(|(at, _)| at).find(whole)
}

/// Brings a clause or a time from the end to the front.
fn turned(core: &str, material: &Material) -> Option<String> {
    for link in [", after ", " when ", ", when ", " because ", ", before ", " before ", " after "] {
        let Some((main, clause)) = core.split_once(link) else { continue };
        let is_clause = clause.split(' ').count() >= 3 && main.split(' ').count() >= 4 && !clause.contains(", ");
        if is_clause && !main.contains(", ") {
            let link = capital(link.trim_matches([',', ' ']));
            return Some(format!("{link} {clause}, {}", material.inside(main)));
        }
    }
    for time in [" on Tuesday", " on Thursday", " on Friday", " in March"] {
        let (before, after) = match core.split_once(time) {
            Some((before, after)) if after.is_empty() || after.starts_with([',', '.']) => (before, after),
            _ => continue,
        };
        return Some(format!("{}, {}{after}", capital(time.trim()), material.inside(before)));
    }
    None
}

/// One sentence of two, where they went the same way.
pub(super) fn joined(one: &Line, other: &Line, material: &Material) -> Option<Line> {
    let plain = |line: &Line| !line.quote && line.credit == Credit::Nobody;
    let reports = |line: &Line| line.lineage.iter().map(|step| step.0).collect::<Vec<_>>();
    if !plain(one) || !plain(other) || reports(one) != reports(other) {
        return None;
    }
    let lineage = one.lineage.iter().zip(&other.lineage);
    Some(Line {
        core: format!("{}, and {}", one.core, material.inside(&other.core)),
        lineage: lineage.map(|(one, other)| (one.0, format!("{} {}", one.1, other.1))).collect(),
        ..one.clone()
    })
}

/// Two sentences of one, at the place where a second main clause starts.
pub(super) fn parted(line: &Line) -> Option<[Line; 2]> {
    let (first, second) = line.core.split_once(", and ").filter(|_| !line.quote)?;
    let long = |text: &str| text.split(' ').count() >= 4;
    let parts = |core: String| Line { core, ..line.clone() };
    (long(first) && long(second)).then(|| {
        let second = Line { credit: Credit::Nobody, ..parts(capital(second)) };
        [parts(first.to_owned()), second]
    })
}
