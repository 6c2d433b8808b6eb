//! Which names mean the same: spellings, surnames, acronyms and short forms of one article join one entity.
//!
//! Joining goes by written forms: every distinct form is a node, and nodes are joined when one can stand for the
//! other. A short form that fits several (two people of one surname) is decided mention by mention for the one named
//! last. Two given names never join through a surname, nor does a junior with his father. It would rather leave two
//! entities apart than make one of two people.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use any_ascii::any_ascii;
use twosource_model::{Entity, NameKind};

use super::features::{Article, Cases};
use super::find::Found;
use super::kind::{Evidence, evidence, ruled};
use super::lexicon::{entries_of, has, is, is_group, is_place};
use super::longer::Longer;
use super::topics::Topics;
use crate::document::Document;
use crate::tokens::Token;

/// Entities in the order of their first mention, and for each name the entity it means.
pub(super) fn join(document: &Document<'_>, found: &[Found], cases: &Cases<'_>) -> (Vec<Entity>, Vec<usize>) {
    let mut forms = Forms::new(document, found, cases);
    forms.join_people();
    forms.join_short_people();
    forms.join_acronyms();
    forms.join_short_organisations();
    forms.join_storms();
    forms.entities()
}

/// A distinct written form.
struct Form {
    /// Folded words: ASCII, lower case, without stops.
    words: Vec<String>,
    /// The words as they stand in the text, by how often.
    written: BTreeMap<String, usize>,
    evidence: Evidence,
    kind: NameKind,
    /// Whether all its letters are capitals.
    acronym: bool,
    titled: bool,
    /// The words of its titles, without courtesy titles.
    ranks: BTreeSet<String>,
    /// Whether its first mention is introduced by a title or an apposition.
    introduced: bool,
    /// Called Mr, prince … or Mrs, princess …; for a full name its given name counts as well.
    he: bool,
    she: bool,
    /// Whether its first mention is given as somebody's wife, son …
    relative: bool,
    /// Its mentions after which the sentence goes on with "he" or "his", and with "she".
    called_he: usize,
    called_she: usize,
    /// The places of its first mentions among all names.
    first: Vec<usize>,
}

struct Forms {
    forms: Vec<Form>,
    /// For each name the index of its form.
    of: Vec<usize>,
    /// For each name whether its own title says "he" (true) or "she".
    titled: Vec<Option<bool>>,
    /// For each form the one it joined; roots point to themselves.
    parent: Vec<usize>,
    /// Forms that may mean any of several others, decided mention by mention.
    open: BTreeMap<usize, Vec<usize>>,
}

/// The folded words of a name: "Al-Hollah" and "al Hollah" are alike, and so are "21st" and "Twenty-First".
pub(super) fn fold(name: &str) -> Vec<String> {
    let plain = any_ascii(name).to_lowercase().replace(['.', '\'', ',', '"'], "");
    let words = plain.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    words.flat_map(spelled).map(str::to_owned).collect()
}

/// The words of an ordinal in figures, or the word itself: "6th" is "sixth", "21st" is "twenty first".
fn spelled(word: &str) -> Vec<&str> {
    static ORDINALS: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| entries_of("ordinal").into_iter().filter_map(|pair| pair.split_once('=')).collect());
    let tens = || {
        let (ten, unit) = word.split_at_checked(1)?;
        Some(vec![*ORDINALS.get(&*format!("{ten}-"))?, *ORDINALS.get(unit)?])
    };
    let figures = word.starts_with(|c: char| c.is_ascii_digit());
    let found = figures.then(|| ORDINALS.get(word).map(|&ordinal| vec![ordinal]).or_else(tens)).flatten();
    found.unwrap_or_else(|| vec![word])
}

impl Forms {
    fn new(document: &Document<'_>, found: &[Found], cases: &Cases<'_>) -> Self {
        let mut forms: Vec<Form> = Vec::new();
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        let mut of = Vec::with_capacity(found.len());
        let mut titled = Vec::with_capacity(found.len());
        let ruled: Vec<Evidence> = found.iter().map(|name| ruled(document, name)).collect();
        let longer = Longer::new(document, found.iter().zip(&ruled));
        let topics = Topics::new(document, found);
        let article = Article { cases, longer: &longer, topics: &topics };
        for (name, ruled) in found.iter().zip(&ruled) {
            titled.push(titled_sex(document, name));
            let written = document.words(name.words_span(document));
            let words = fold(written);
            let mut key = words.concat();
            if is_group(&key) && key.len() > 4 {
                key.truncate(key.trim_end_matches('s').len());
            }
            let index = *by_key.entry(key).or_insert_with(|| {
                forms.push(Form {
                    words,
                    written: BTreeMap::new(),
                    evidence: Evidence::default(),
                    kind: NameKind::Other,
                    acronym: written.chars().all(|c| c.is_uppercase() || !c.is_alphabetic()),
                    titled: false,
                    ranks: BTreeSet::new(),
                    introduced: introduced(document, name),
                    relative: is_relative(document, name),
                    called_he: 0,
                    called_she: 0,
                    he: false,
                    she: false,
                    first: Vec::new(),
                });
                forms.len() - 1
            });
            *forms[index].written.entry(written.to_owned()).or_default() += 1;
            forms[index].evidence.join(evidence(document, name, &article, ruled));
            forms[index].titled |= !name.titles.is_empty();
            let titles = document.tokens[name.titles.clone()].iter();
            let ranks = titles.filter(|title| title.is_word() && !is("courtesy", title));
            forms[index].ranks.extend(ranks.map(|title| title.lower.to_string()));
            forms[index].he |= is_of(document, name, "he", "male");
            forms[index].she |= is_of(document, name, "she", "female");
            match pronoun_after(document, name) {
                Some(true) => forms[index].called_he += 1,
                Some(false) => forms[index].called_she += 1,
                None => {}
            }
            if forms[index].first.len() < EARLY {
                forms[index].first.push(of.len());
            }
            of.push(index);
        }
        tell_businesses(&mut forms, &by_key);
        tell_storms(&mut forms, &by_key);
        for form in &mut forms {
            form.kind = form.evidence.kind();
            if !form.he && !form.she {
                form.he = form.called_he > 1 && form.called_he > 3 * form.called_she;
                form.she = form.called_she > 1 && form.called_she > 3 * form.called_he;
            }
        }
        let parent = (0..forms.len()).collect();
        Forms { forms, of, titled, parent, open: BTreeMap::new() }
    }

    fn root(&self, mut form: usize) -> usize {
        while self.parent[form] != form {
            form = self.parent[form];
        }
        form
    }

    fn union(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }

    fn full_people(&self) -> Vec<usize> {
        let full = |form: &Form| form.kind == NameKind::Person && core(&form.words).len() > 1;
        (0..self.forms.len()).filter(|&form| full(&self.forms[form])).collect()
    }

    /// "Ana Holt", "Ana B. Holt" and "A. Holt".
    fn join_people(&mut self) {
        let mut by_surname: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for form in self.full_people() {
            let surname = core(&self.forms[form].words).last().cloned().unwrap_or_default();
            by_surname.entry(surname).or_default().push(form);
        }
        for family in by_surname.values() {
            for (at, &one) in family.iter().enumerate().take(MANY) {
                let same: Vec<usize> = family[at + 1..]
                    .iter()
                    .copied()
                    .take(MANY)
                    .filter(|&other| same_person(&self.forms[one].words, &self.forms[other].words))
                    .collect();
                for other in same {
                    self.union(one, other);
                }
            }
        }
    }

    /// "Holt" and "al Hollah" for the person whose full name ends so, "Ana" for the only one called so.
    fn join_short_people(&mut self) {
        let full: BTreeSet<usize> = self.full_people().into_iter().collect();
        let mut by_end: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        let mut by_given: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
        for &form in &full {
            let words = core(&self.forms[form].words);
            for length in 1..words.len().min(4) {
                by_end
                    .entry(with_suffix(&self.forms[form].words, &words[words.len() - length..]))
                    .or_default()
                    .push(form);
                by_end.entry(words[words.len() - length..].to_vec()).or_default().push(form);
            }
            by_given.entry(words[..1].to_vec()).or_default().push(form);
            if has_suffix(&self.forms[form].words) {
                for (end, _) in words[0].char_indices().take(12).skip(3).chain([(words[0].len(), ' ')]) {
                    by_end
                        .entry(with_suffix(&self.forms[form].words, &[words[0][..end].to_owned()]))
                        .or_default()
                        .push(form);
                }
            }
        }
        for form in 0..self.forms.len() {
            let short = &self.forms[form];
            if full.contains(&form) && short.words.len() > 2 || listed_otherwise(short) {
                continue;
            }
            let fit =
                by_end.get(&short.words).or_else(|| by_given.get(&short.words).filter(|_| short.words.len() == 1));
            self.settle(form, fit.cloned().unwrap_or_default());
        }
    }

    /// Joins a short form with the only entity it fits, or leaves it open between several.
    fn settle(&mut self, form: usize, fit: Vec<usize>) {
        let mut fit: Vec<usize> = fit.into_iter().filter(|&other| other != form).collect();
        if !has_suffix(&self.forms[form].words) && fit.iter().any(|&full| !has_suffix(&self.forms[full].words)) {
            fit.retain(|&full| !has_suffix(&self.forms[full].words));
        }
        fit.retain(|&full| {
            !self.known_before(form, full) && !self.differ_in_sex(form, full) && !self.differ_in_rank(form, full)
        });
        // A bare surname is that of the one the report is about, not of a relative who comes up.
        if fit.iter().any(|&full| !self.forms[full].relative) {
            fit.retain(|&full| !self.forms[full].relative);
        }
        let mut roots: Vec<usize> = fit.iter().map(|&full| self.root(full)).collect();
        roots.sort_unstable();
        roots.dedup();
        match roots[..] {
            [] => {}
            [only] => self.union(form, only),
            _ => {
                self.open.insert(form, roots);
            }
        }
    }

    /// Whether the short form is used so often before the full one comes up that it must mean somebody whom everybody
    /// knows: reports give the full name first, headlines aside. A relative who comes up later is never meant by it.
    fn known_before(&self, form: usize, full: usize) -> bool {
        let (form, full) = (&self.forms[form], &self.forms[full]);
        let Some(first) = full.first.first().filter(|_| full.kind == NameKind::Person) else { return false };
        let relative = full.relative && form.first.first().is_some_and(|mention| mention < first);
        let everybody =
            full.introduced && form.first.len() == EARLY && form.first.iter().all(|mention| mention < first);
        relative || everybody
    }

    /// "Mr. Holt" is not Ana Holt.
    fn differ_in_sex(&self, form: usize, full: usize) -> bool {
        let (a, b) = (&self.forms[form], &self.forms[full]);
        a.he && !a.she && b.she && !b.he || a.she && !a.he && b.he && !b.she
    }

    /// A name in full that comes up once, with another rank than the often used short form has, is a relative.
    fn differ_in_rank(&self, form: usize, full: usize) -> bool {
        let (short, long) = (&self.forms[form], &self.forms[full]);
        let ranked = !short.ranks.is_empty() && !long.ranks.is_empty();
        ranked && long.first.len() == 1 && short.first.len() == EARLY && short.ranks.is_disjoint(&long.ranks)
    }

    /// "UN" for the only name with these initials.
    fn join_acronyms(&mut self) {
        let mut by_initials: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, form) in self.forms.iter().enumerate().filter(|(_, form)| form.words.len() > 1) {
            for initials in initials(&form.words) {
                by_initials.entry(initials).or_default().push(index);
            }
        }
        for form in 0..self.forms.len() {
            let short = &self.forms[form];
            if short.words.len() != 1 || !short.acronym || short.words[0].len() < 2 {
                continue;
            }
            let mut fit = by_initials.get(&short.words[0]).cloned().unwrap_or_default();
            // "U.S. Senate" has the initials of "U.S." and is not it.
            let itself = |full: &Form| full.words.first() == short.words.first();
            fit.retain(|&full| self.forms[full].kind != NameKind::Person && !itself(&self.forms[full]));
            fit.dedup();
            if let [only] = fit[..] {
                self.union(form, only);
            }
        }
    }

    /// "the Times" for "The New York Times", "Holt" for "Holt Inc.", "Elm" for "Elm Strip".
    fn join_short_organisations(&mut self) {
        let mut by_part: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
        for (index, form) in self.forms.iter().enumerate() {
            for cut in 1..form.words.len().min(8) {
                let (start, end) = form.words.split_at(cut);
                if form.kind == NameKind::Organisation
                    && end.len() <= 3
                    && has("organisation head", &end[end.len() - 1])
                {
                    by_part.entry(end).or_default().push(index);
                }
                if tail_only(form, end) {
                    by_part.entry(start).or_default().push(index);
                }
            }
        }
        let joins: Vec<(usize, Vec<usize>)> = (0..self.forms.len())
            .filter(|&form| self.forms[form].kind != NameKind::Person)
            .filter_map(|form| Some((form, by_part.get(&*self.forms[form].words)?.clone())))
            .collect();
        for (form, fit) in joins {
            self.settle(form, fit);
        }
    }

    /// "Ana" for "Hurricane Ana", where nothing makes her a person.
    fn join_storms(&mut self) {
        let by_words: BTreeMap<&[String], usize> =
            self.forms.iter().enumerate().map(|(index, form)| (&*form.words, index)).collect();
        let storms = self.forms.iter().enumerate().filter_map(|(index, form)| {
            let &short = by_words.get(storm_name(form)?)?;
            (self.forms[short].kind != NameKind::Person).then_some((index, short))
        });
        for (storm, short) in storms.collect::<Vec<_>>() {
            self.union(storm, short);
        }
    }

    /// Whether the person of a form may be called "he" (or "she"), as far as titles and given names tell.
    fn may_be(&self, root: usize, he: bool) -> bool {
        let Form { he: is_he, she: is_she, .. } = self.forms[root];
        if he { is_he || !is_she } else { is_she || !is_he }
    }

    fn entities(self) -> (Vec<Entity>, Vec<usize>) {
        let mut sums: BTreeMap<usize, (Evidence, Fullness<'_>)> = BTreeMap::new();
        for (index, form) in self.forms.iter().enumerate() {
            let (sum, name) = sums.entry(self.root(index)).or_default();
            sum.join(form.evidence);
            for (written, &count) in &form.written {
                let core = core(&form.words).len();
                let rank = if form.kind == NameKind::Person { (core.min(2), count) } else { (core, count) };
                let full = (rank.0, rank.1, form.words.len(), written.as_str());
                *name = (*name).max(full);
            }
        }
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        let mut entities: Vec<Entity> = Vec::new();
        let mut of = Vec::with_capacity(self.of.len());
        for (at, &form) in self.of.iter().enumerate() {
            let root = match self.open.get(&form) {
                Some(fit) => {
                    let fits = |root: &usize| self.titled[at].is_none_or(|he| self.may_be(*root, he));
                    let latest = |root: &usize| (fits(root), last.get(root).copied(), std::cmp::Reverse(*root));
                    fit.iter().copied().max_by_key(latest).unwrap_or(form)
                }
                None => self.root(form),
            };
            last.insert(root, at + 1);
            let number = *numbers.entry(root).or_insert_with(|| {
                let (sum, (_, _, _, name)) = sums.get(&root).copied().unwrap_or_default();
                entities.push(Entity { name: one_line(name), kind: sum.kind() });
                entities.len() - 1
            });
            of.push(number);
        }
        (entities, of)
    }
}

/// "Holt Inc." says what "Holt" is, and so does "Holt Freight", unless the article names an Ana Holt or Holt is a place.
fn tell_businesses(forms: &mut [Form], by_key: &BTreeMap<String, usize>) {
    let person = |form: &Form| has_given(&form.words) && form.evidence.of(NameKind::Person) > 0;
    let families: BTreeSet<String> =
        forms.iter().filter(|form| person(form)).filter_map(|form| core(&form.words).last().cloned()).collect();
    let told = |(index, form): (usize, &Form)| {
        let (last, rest) = form.words.split_last()?;
        let &short = by_key.get(&rest.concat())?;
        let open = || rest.len() == 1 && !families.contains(&rest[0]) && is_bare_person(&forms[short]);
        let suffix = has("organisation suffix", last);
        (suffix || has("company head", last) && open()).then_some((index, short, suffix))
    };
    let told: Vec<(usize, usize, bool)> = forms.iter().enumerate().filter_map(told).collect();
    for (index, short, suffix) in told {
        let evidence = forms[index].evidence;
        forms[short].evidence.join(evidence);
        if !suffix {
            forms[short].evidence.insist(NameKind::Organisation);
        }
    }
}

/// "Hurricane Ana" says that "Ana" is a storm as well, unless something makes her a person.
fn tell_storms(forms: &mut [Form], by_key: &BTreeMap<String, usize>) {
    let told: Vec<usize> = forms.iter().filter_map(|form| by_key.get(&storm_name(form)?.concat()).copied()).collect();
    for short in told.into_iter().filter(|&short| is_bare_person(&forms[short])).collect::<Vec<_>>() {
        forms[short].evidence.insist(NameKind::Event);
    }
}

/// The name of the storm in "Hurricane Ana", of one word.
fn storm_name(form: &Form) -> Option<&[String]> {
    let (first, rest) = form.words.split_first()?;
    (rest.len() == 1 && has("storm", first)).then_some(rest)
}

/// A name taken for a person's, whom nothing but the name itself makes a person.
fn is_bare_person(form: &Form) -> bool {
    let person = form.titled || form.he || form.she || form.called_he + form.called_she > 0;
    !person && form.evidence.kind() == NameKind::Person
}

/// Whether a name of several words begins with a given name.
fn has_given(words: &[String]) -> bool {
    let given = |word: &String| ["male", "female", "both"].iter().any(|section| has(section, word));
    words.len() > 1 && words.first().is_some_and(given)
}

/// What makes a written form the one to show: its words, how often it stands, its length, itself.
type Fullness<'f> = (usize, usize, usize, &'f str);

/// Mentions of a short form before the full name that make it a name of its own.
const EARLY: usize = 4;

/// People of one surname that are compared with one another; more stand in no article, only in lists.
const MANY: usize = 60;

/// Whether a name comes with a title or is followed by a comma, as somebody new is.
fn introduced(document: &Document<'_>, name: &Found) -> bool {
    let next = document.tokens.get(name.tokens.end);
    !name.titles.is_empty() || next.is_some_and(|next| next.is(",") || next.is("who"))
}

/// Whether a name is given as that of a relative: "his wife, Ana Holt", "the first lady, Ana Holt".
fn is_relative(document: &Document<'_>, name: &Found) -> bool {
    let start = document.range(name.sentence).start;
    let first = name.titles.start.min(name.tokens.start);
    let before = &document.tokens[start.min(first)..first];
    let before = before.split_last().filter(|(last, _)| last.is(",")).map_or(before, |(_, rest)| rest);
    let lady = |words: &[Token]| words.windows(2).any(|two| two[0].is("first") && two[1].is("lady"));
    let tail = &before[before.len().saturating_sub(2)..];
    tail.last().is_some_and(|last| is("kin", last)) || lady(tail) || lady(&document.tokens[name.titles.clone()])
}

/// Words after a name in which "he" or "she" most likely means its bearer.
const PRONOUN_NEAR: usize = 12;

/// Whether the sentence goes on with "he" (or "his") or "she" before anybody else is named.
fn pronoun_after(document: &Document<'_>, name: &Found) -> Option<bool> {
    let end = document.range(name.sentence).end;
    let after = document.tokens.get(name.tokens.end..end.max(name.tokens.end))?.iter().take(PRONOUN_NEAR);
    let near = after.take_while(|token| !token.capital && !token.is_quote());
    near.filter_map(|token| match &*token.lower {
        "he" | "his" | "himself" => Some(true),
        "she" | "herself" => Some(false),
        _ => None,
    })
    .next()
}

/// "Mr Holt" is a man, "Ms Holt" a woman.
fn titled_sex(document: &Document<'_>, name: &Found) -> Option<bool> {
    let titles = document.tokens[name.titles.clone()].iter();
    titles.map(|title| (is("he", title), is("she", title))).find_map(|sexes| match sexes {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    })
}

/// Whether a title, or the given name of a full name, says "he" or "she"; the sections with these words are given.
fn is_of(document: &Document<'_>, name: &Found, titles: &str, given: &str) -> bool {
    let first = &document.tokens[name.tokens.start];
    let titled = document.tokens[name.titles.clone()].iter().any(|title| is(titles, title));
    titled || name.tokens.len() > 1 && is(given, first) && !is("both", first)
}

fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words without "Jr" and the like.
fn core(words: &[String]) -> &[String] {
    match words.split_last() {
        Some((last, rest)) if has("suffix", last) => rest,
        _ => words,
    }
}

fn has_suffix(words: &[String]) -> bool {
    core(words).len() < words.len()
}

fn with_suffix(words: &[String], end: &[String]) -> Vec<String> {
    end.iter().chain(&words[core(words).len()..]).cloned().collect()
}

/// Whether two full names of one surname are one person's: given names alike or abbreviated, the same suffix.
fn same_person(one: &[String], other: &[String]) -> bool {
    let (a, b) = (core(one), core(other));
    let given = |a: &str, b: &str| a == b || a.len().min(b.len()) != 2 && (a.starts_with(b) || b.starts_with(a));
    let middle = |words: &[String]| words[1..words.len() - 1].join(" ");
    let (ma, mb) = (middle(a), middle(b));
    given(&a[0], &b[0]) && (ma.starts_with(&mb) || mb.starts_with(&ma)) && one[a.len()..] == other[b.len()..]
}

/// A name the lists know as a place, people or organisation, and no title says otherwise; a place that never stands as
/// one ("Jordan said") may be a surname.
fn listed_otherwise(form: &Form) -> bool {
    let phrase = form.words.join(" ");
    let count: usize = form.written.values().sum();
    let person_only = form.evidence.of(NameKind::Person) > 0 && form.evidence.of(NameKind::Place) <= 7 * count as i32;
    let listed = is_place(&phrase) && !person_only || is_group(&phrase) || has("organisation", &phrase);
    listed && !form.titled
}

/// The initials of all words and of those that are not joints: "Bank of England" is BoE and BE.
fn initials(words: &[String]) -> Vec<String> {
    let all = || words.iter().filter_map(|word| word.chars().next());
    let own = words.iter().filter(|word| !has("joint", word)).filter_map(|word| word.chars().next());
    let mut found = vec![all().collect::<String>(), own.collect()];
    found.dedup();
    found
}

/// Whether what follows adds nothing to the name: "Inc.", "Strip".
fn tail_only(form: &Form, end: &[String]) -> bool {
    let section = if form.kind == NameKind::Place { "place tail" } else { "organisation suffix" };
    end.iter().all(|word| has(section, word))
}
