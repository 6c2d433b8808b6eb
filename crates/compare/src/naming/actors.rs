//! Entities of several reports that are one person, organisation or place.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Mention, MentionForm, NameKind};

use super::lexicon::{alike as alike_in, fold, is, words};
use super::{Actor, told};

/// An entity of one report before it is merged.
struct Candidate {
    report: usize,
    entity: usize,
    kind: NameKind,
    name: String,
    /// Folded words of the fullest name.
    words: Vec<String>,
    /// Mentions in the report.
    count: usize,
    /// The words before the name: "president".
    titles: BTreeSet<String>,
}

/// The actors of a story in the order of their first report and mention.
pub(super) fn actors(reports: &[Annotated]) -> Vec<Actor> {
    let candidates = candidates(reports);
    let mut merge = Merge::new(&candidates);
    merge.by(|candidate| vec![candidate.words.concat()], |_, _| true);
    merge.by(|candidate| surname(candidate).into_iter().collect(), same_person);
    merge.by(short_keys, short_for);
    merge.by_bare_surname();
    merge.actors()
}

fn candidates(reports: &[Annotated]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (report, annotated) in reports.iter().enumerate() {
        let mut counts = vec![0; annotated.entities.len()];
        let mut titles = vec![BTreeSet::new(); annotated.entities.len()];
        for mention in told(annotated).filter(|mention| mention.entity < annotated.entities.len()) {
            counts[mention.entity] += 1;
            titles[mention.entity].extend(title(mention, &annotated.article.text));
        }
        for (entity, (e, (count, titles))) in annotated.entities.iter().zip(counts.into_iter().zip(titles)).enumerate()
        {
            let (name, words) = (e.name.clone(), fold(&e.name));
            if count > 0 && !words.is_empty() {
                found.push(Candidate { report, entity, kind: e.kind, name, words, count, titles });
            }
        }
    }
    found
}

/// The last word before a name in its phrase, unless half the world bears it.
fn title(mention: &Mention, text: &str) -> Option<String> {
    let before = words(&text[mention.phrase.start..mention.span.start]).pop();
    before.filter(|title| mention.form == MentionForm::Name && !is("address", title) && !is("stops", title))
}

/// What different spellings of a name in another script have in common: "Qaddafi" and "Gadhafi", "Esther" and "Ester".
fn skeleton(word: &str) -> String {
    let mut bare = String::new();
    for c in word.replace("ph", "f").replace("ou", "u").replace("kh", "k").chars() {
        let c = match c {
            'y' | 'j' | 'e' => 'i',
            'q' | 'g' | 'c' => 'k',
            'z' => 's',
            'w' => 'v',
            'o' => 'u',
            'h' => continue,
            other => other,
        };
        if !bare.ends_with(c) {
            bare.push(c);
        }
    }
    bare
}

/// The words without "Jr" and the like.
fn core(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() && is("suffixes", last) => rest,
        _ => words,
    }
}

fn suffix(words: &[String]) -> &[String] {
    &words[core(words).len()..]
}

/// The key of a person with given name and surname.
fn surname(candidate: &Candidate) -> Option<String> {
    let words = core(&candidate.words);
    (candidate.kind == NameKind::Person && words.len() > 1).then(|| skeleton(&words[words.len() - 1]))
}

/// Full names of one surname: the given names alike, abbreviated or spelled alike, and no junior for a senior.
fn same_person(one: &Candidate, other: &Candidate) -> bool {
    let (a, b) = (core(&one.words), core(&other.words));
    let (Some(first), Some(second)) = (a.first(), b.first()) else { return false };
    let alike = |a: &str, b: &str| a == b || a.len() > 3 && b.len() > 3 && skeleton(a) == skeleton(b);
    let initial = |a: &str, b: &str| a.len() == 1 && b.starts_with(a);
    let short = |a: &str, b: &str| a.len() > 2 && b.starts_with(a);
    let given = alike(first, second)
        || initial(first, second)
        || initial(second, first)
        || short(first, second)
        || short(second, first)
        || alike_in("given", first, second);
    let last = alike(&a[a.len() - 1], &b[b.len() - 1]);
    given && last && suffixes_agree(suffix(&one.words), suffix(&other.words))
}

/// "Bo Reyes Jr" is not Bo Reyes, but "Cy Moss III" may well be called Cy Moss elsewhere.
fn suffixes_agree(one: &[String], other: &[String]) -> bool {
    let numbered = |words: &[String]| words.iter().all(|word| word.starts_with('i'));
    one == other || numbered(one) && numbered(other) && (one.is_empty() || other.is_empty())
}

/// Under which an organisation or place may meet its acronym or its short form.
fn short_keys(candidate: &Candidate) -> Vec<String> {
    let words = &candidate.words;
    if candidate.kind == NameKind::Person || words.is_empty() {
        return Vec::new();
    }
    let mut keys = vec![words.concat()];
    if words.len() > 1 {
        let own: Vec<&String> = words.iter().filter(|word| !is("joints", word)).collect();
        keys.push(own.iter().filter_map(|word| word.chars().next()).collect());
        keys.push(words.iter().filter_map(|word| word.chars().next()).collect());
        let (last, rest) = (&words[words.len() - 1], &words[..words.len() - 1]);
        if is("newspaper heads", last) {
            keys.push(last.clone());
        }
        if is("place tails", last) {
            keys.push(rest.concat());
        }
    }
    keys.dedup();
    keys
}

/// Whether one name is the acronym of the other, a newspaper's last word, or the place without "Strip".
fn short_for(one: &Candidate, other: &Candidate) -> bool {
    let (short, long) = if one.words.len() <= other.words.len() { (one, other) } else { (other, one) };
    if let Some((tail, rest)) = long.words.split_last()
        && is("place tails", tail)
    {
        return rest == short.words;
    }
    let [word] = &short.words[..] else { return false };
    if long.words.len() < 2 {
        return false;
    }
    let shouted = short.name.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let head = long.words.last() == Some(word);
    head && is("newspaper heads", word) || shouted && word.len() > 1 && short_keys(long).contains(word) && !head
}

/// The merging of candidates to groups that hold one entity a report at most.
struct Merge<'c> {
    candidates: &'c [Candidate],
    group: Vec<usize>,
    members: BTreeMap<usize, Vec<usize>>,
}

impl<'c> Merge<'c> {
    fn new(candidates: &'c [Candidate]) -> Self {
        let group: Vec<usize> = (0..candidates.len()).collect();
        let members = group.iter().map(|&candidate| (candidate, vec![candidate])).collect();
        Merge { candidates, group, members }
    }

    /// Joins two groups unless a report would have two entities in one.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.group[one].min(self.group[other]), self.group[one].max(self.group[other]));
        let reports = |group: usize| self.members[&group].iter().map(|&member| self.candidates[member].report);
        let mine: BTreeSet<usize> = reports(one).collect();
        if one == other || reports(other).any(|report| mine.contains(&report)) || !self.kinds_agree(one, other) {
            return;
        }
        let moved = self.members.remove(&other).unwrap_or_default();
        for &member in &moved {
            self.group[member] = one;
        }
        self.members.entry(one).or_default().extend(moved);
    }

    /// Whether two of the groups hold entities of one report, so that a name that fits both fits neither.
    fn share_a_report(&self, groups: &[usize]) -> bool {
        let mut seen = BTreeSet::new();
        let members = groups.iter().filter_map(|group| self.members.get(group)).flatten();
        members.map(|&member| self.candidates[member].report).any(|report| !seen.insert(report))
    }

    fn kinds_agree(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.candidates[one], &self.candidates[other]);
        let long = a.words.len() > 1 && a.words == b.words;
        a.kind == b.kind || long || a.kind == NameKind::Other || b.kind == NameKind::Other
    }

    /// Joins the candidates that share a key and fit; one that fits two entities of one report joins neither.
    fn by(&mut self, keys: impl Fn(&Candidate) -> Vec<String>, fits: impl Fn(&Candidate, &Candidate) -> bool) {
        let mut shared: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            for key in keys(candidate) {
                shared.entry(key).or_default().push(index);
            }
        }
        for bucket in shared.values().filter(|bucket| bucket.len() > 1) {
            for &one in bucket {
                let mut fitting: Vec<usize> = Vec::new();
                for &other in bucket {
                    let group = self.group[other];
                    if group != self.group[one]
                        && !fitting.contains(&group)
                        && fits(&self.candidates[one], &self.candidates[other])
                    {
                        fitting.push(group);
                    }
                }
                if !self.share_a_report(&fitting) {
                    for group in fitting {
                        self.join(one, group);
                    }
                }
            }
        }
    }

    /// A bare surname joins the person of that name when the story knows one only, or one only of that title.
    fn by_bare_surname(&mut self) {
        let mut bearers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, candidate) in self.candidates.iter().enumerate().filter(|(_, c)| c.kind == NameKind::Person) {
            let words = core(&candidate.words);
            if words.len() > 1 && suffix(&candidate.words).is_empty() {
                for start in 1..words.len() {
                    bearers.entry(words[start..].concat()).or_default().insert(self.group[index]);
                }
            }
        }
        for index in 0..self.candidates.len() {
            let candidate = &self.candidates[index];
            let bare =
                matches!(candidate.kind, NameKind::Person | NameKind::Other) && core(&candidate.words).len() <= 2;
            let Some(known) = bearers.get(&candidate.words.concat()).filter(|_| bare) else { continue };
            // One whom the same report names in full was kept apart from the bare surname there.
            let elsewhere = |group: &usize| {
                let members = self.members.get(&self.group[*group]).into_iter().flatten();
                !members.into_iter().any(|&member| self.candidates[member].report == candidate.report)
            };
            let mut groups: BTreeSet<usize> =
                known.iter().filter(|group| elsewhere(group)).map(|&group| self.group[group]).collect();
            if groups.len() > 1 {
                groups.retain(|&group| self.shares_title(group, candidate));
            }
            if let (1, Some(&only)) = (groups.len(), groups.first()) {
                self.join(index, only);
            }
        }
    }

    /// "President Holt" is the Holt who is called a president elsewhere.
    fn shares_title(&self, group: usize, candidate: &Candidate) -> bool {
        let mut members = self.members.get(&group).into_iter().flatten();
        members.any(|&member| !self.candidates[member].titles.is_disjoint(&candidate.titles))
    }

    fn actors(self) -> Vec<Actor> {
        self.members
            .into_values()
            .map(|mut members| {
                members.sort_unstable();
                let of = |member: &usize| &self.candidates[*member];
                let shouted = |name: &str| name.chars().count() > 6 && !name.contains(char::is_lowercase);
                let fullest = members
                    .iter()
                    .map(of)
                    .max_by_key(|c| (!shouted(&c.name), c.words.len(), c.count, std::cmp::Reverse(c.report)));
                let mut kinds: BTreeMap<NameKind, usize> = BTreeMap::new();
                for member in members.iter().map(of) {
                    *kinds.entry(member.kind).or_default() +=
                        if member.kind == NameKind::Other { 0 } else { member.count };
                }
                let kind =
                    kinds.iter().max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind))).map(|(&kind, _)| kind);
                Actor {
                    name: fullest.map(|c| c.name.clone()).unwrap_or_default(),
                    kind: kind.unwrap_or(NameKind::Other),
                    members: members.iter().map(of).map(|c| (c.report, c.entity)).collect(),
                }
            })
            .collect()
    }
}
