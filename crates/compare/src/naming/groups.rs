//! Which of given mentions in the reports of a story mean the same.
//!
//! Labelled data gives the mentions; the program only finds names and what refers to them. This is the generous side of
//! naming: every mention gets a group. First come names, then roles learned from any report, what governs a country and
//! short forms of organisations; what is left is grouped by its head noun, and heads in like company by meaning.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Meaning, Mention, MentionForm, NameKind, Span};

use super::Actor;
use super::actors::actors;
use super::lexicon::{country, fold, is, is_person_noun, singular};
use super::readings::{Description, Word, head_part, named_country, word_list};
use super::roles::Roles;

/// Mean cosine above which groups of one head each are joined: of 0.25 to 0.5 the one with the best B-cubed F1 over all
/// mentions of the development events of NewsWCL50; lower ones gain CoNLL F1 by putting unlike things together.
const ALIKE: f32 = 0.3;

/// How often more than all others together a bearer of a surname must be named to be meant by the surname alone.
const DOMINANT: usize = 3;

/// Who or what a mention means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Country(usize),
    Actor(usize),
    /// Nobody known by name: the head of the phrase in the singular.
    Head(String),
}

/// Groups mentions, each a report and a span in its text, and returns the number of the group of each.
///
/// For measuring: what the product shows is chosen with more care.
#[doc(hidden)]
pub fn group_mentions(reports: &[Annotated], given: &[(usize, Span)], meaning: &dyn Meaning) -> Vec<usize> {
    let actors = actors(reports);
    let cast = Cast::new(reports, &actors);
    let who: Vec<Who> = given.iter().map(|&(report, span)| cast.who(report, span)).collect();
    let who = cast.common_nouns(given, who);
    let joined = join_heads(reports, given, &who, meaning);
    let mut numbers: BTreeMap<&Who, usize> = BTreeMap::new();
    who.iter()
        .map(|who| {
            let who = joined.get(who).unwrap_or(who);
            let next = numbers.len();
            *numbers.entry(who).or_insert(next)
        })
        .collect()
}

/// Everybody a story names.
struct Cast<'r> {
    reports: &'r [Annotated],
    actors: &'r [Actor],
    actor_of: BTreeMap<(usize, usize), usize>,
    /// Mentions of an actor in a report.
    count: BTreeMap<(usize, usize), usize>,
    /// The bearer a bare surname means, where one is named far more than the others.
    stands_for: BTreeMap<usize, usize>,
    roles: Roles,
    /// Organisations by the last word of their names.
    by_last_word: BTreeMap<String, BTreeSet<usize>>,
}

impl<'r> Cast<'r> {
    fn new(reports: &'r [Annotated], actors: &'r [Actor]) -> Self {
        let mut cast = Cast {
            reports,
            actors,
            actor_of: BTreeMap::new(),
            count: BTreeMap::new(),
            stands_for: BTreeMap::new(),
            roles: Roles::default(),
            by_last_word: BTreeMap::new(),
        };
        for (index, actor) in actors.iter().enumerate() {
            cast.actor_of.extend(actor.members.iter().map(|&member| (member, index)));
        }
        for (report, mention) in mentions(reports) {
            if let Some(&actor) = cast.actor_of.get(&(report, mention.entity)) {
                *cast.count.entry((report, actor)).or_default() += 1;
            }
        }
        cast.settle_surnames();
        for (report, mention) in mentions(reports) {
            let kind = reports[report].entities.get(mention.entity).map(|entity| entity.kind);
            if let (Some(who), Some(NameKind::Person)) = (cast.actor(report, mention), kind) {
                cast.roles.learn(&reports[report].article.text, mention, who);
            }
        }
        for (index, actor) in actors.iter().enumerate().filter(|(_, actor)| actor.kind != NameKind::Person) {
            let words = fold(&actor.name);
            if let Some(last) = words.last().filter(|_| words.len() > 1) {
                cast.by_last_word.entry(singular(last)).or_default().insert(index);
            }
        }
        cast
    }

    fn total(&self, actor: usize) -> usize {
        (0..self.reports.len()).map(|report| self.in_report(report, actor)).sum()
    }

    fn in_report(&self, report: usize, actor: usize) -> usize {
        self.count.get(&(report, actor)).copied().unwrap_or_default()
    }

    fn settle_surnames(&mut self) {
        let mut bearers: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let people = || self.actors.iter().enumerate().filter(|(_, actor)| actor.kind == NameKind::Person);
        for (index, actor) in people() {
            let words = fold(&actor.name);
            let last = words.iter().rfind(|word| !is("suffixes", word)).cloned();
            for name in last.into_iter().chain(words.first().cloned()).filter(|_| words.len() > 1) {
                bearers.entry(name).or_default().insert(index);
            }
        }
        let mut stands_for = BTreeMap::new();
        for (index, actor) in people() {
            let [surname] = &fold(&actor.name)[..] else { continue };
            let Some(known) = bearers.get(surname) else { continue };
            let counted: Vec<(usize, usize)> = known.iter().map(|&who| (self.total(who), who)).collect();
            let all: usize = counted.iter().map(|(count, _)| count).sum();
            if let Some(&(_, who)) = counted.iter().max().filter(|(most, _)| *most >= DOMINANT * (all - most)) {
                stands_for.insert(index, who);
            }
        }
        self.stands_for = stands_for;
    }

    /// The actor of a mention.
    fn actor(&self, report: usize, mention: &Mention) -> Option<usize> {
        let actor = *self.actor_of.get(&(report, mention.entity))?;
        Some(self.stands_for.get(&actor).copied().unwrap_or(actor))
    }

    /// Whom a mention of the program means: a country where its name is one.
    fn of(&self, report: usize, mention: &Mention) -> Option<Who> {
        let annotated = &self.reports[report];
        let words = word_list(&annotated.article.text, mention.span);
        let known =
            named_country(&words).or_else(|| country(&annotated.entities.get(mention.entity)?.name.to_lowercase()));
        if let Some((number, _)) = known {
            return Some(Who::Country(number));
        }
        self.actor(report, mention).map(Who::Actor)
    }

    /// Mentions of the program inside a span.
    fn inside(&self, report: usize, span: Span) -> impl Iterator<Item = &'r Mention> {
        let mentions = &self.reports[report].mentions;
        let from = mentions.partition_point(|mention| mention.span.start < span.start);
        mentions[from..].iter().take_while(move |mention| mention.span.start < span.end)
    }

    fn who(&self, report: usize, span: Span) -> Who {
        let text = &self.reports[report].article.text;
        let words = word_list(text, span);
        let (start, end) = head_part(&words);
        let part = &words[start..end];
        let (Some(first), Some(last)) = (part.first(), part.last()) else {
            return Who::Head(span.of(text).to_lowercase());
        };
        let cover = first.span.cover(last.span);
        self.point(part)
            .or_else(|| self.named(report, part, cover))
            .or_else(|| self.named_behind(report, span))
            .or_else(|| self.described(report, span, &words, end, part))
            .unwrap_or_else(|| Who::Head(singular(&last.lower)))
    }

    /// A name at the end of the head part, or a country.
    fn named(&self, report: usize, part: &[Word], cover: Span) -> Option<Who> {
        let last = part.last()?;
        if last.owner {
            return None;
        }
        let ends = |mention: &&Mention| {
            mention.form == MentionForm::Name
                && mention.span.end >= last.span.end
                && mention.span.start <= last.span.start
        };
        let name = self.inside(report, cover).filter(ends).last();
        name.and_then(|mention| self.of(report, mention))
            .or_else(|| named_country(part).map(|(number, _)| Who::Country(number)))
    }

    /// "His son, Bo Reyes": the name behind the comma that ends the span.
    fn named_behind(&self, report: usize, span: Span) -> Option<Who> {
        let text = &self.reports[report].article.text;
        let mut people = self.inside(report, span).filter(|mention| {
            let kind = self.reports[report].entities.get(mention.entity).map(|entity| entity.kind);
            let alone = text.get(mention.span.end..span.end).is_some_and(|rest| !rest.contains(char::is_alphanumeric));
            let comma = text[span.start..mention.span.start].trim_end().ends_with(',');
            mention.form == MentionForm::Name && kind == Some(NameKind::Person) && alone && comma
        });
        people.next().and_then(|mention| self.of(report, mention))
    }

    /// "The North" where the story names one country that is called so.
    fn point(&self, part: &[Word]) -> Option<Who> {
        let own: Vec<&Word> = part.iter().filter(|word| !is("determiners", &word.lower)).collect();
        let [word] = own[..] else { return None };
        if !word.capital || !is("compass", &word.lower) {
            return None;
        }
        let names = self.actors.iter().map(|actor| actor.name.to_lowercase());
        let points = names.filter(|name| name.split(' ').next() == Some(&word.lower));
        let found: BTreeSet<usize> = points.filter_map(|name| country(&name)).map(|(number, _)| number).collect();
        found.first().filter(|_| found.len() == 1).map(|&number| Who::Country(number))
    }

    /// Who a description means: as the report itself resolves it, by role, by country or by organisation.
    fn described(&self, report: usize, span: Span, words: &[Word], end: usize, part: &[Word]) -> Option<Who> {
        let last = part.last()?;
        let own = self.inside(report, Span::new(span.start.saturating_sub(4), last.span.end + 1));
        let nominal = own.filter(|m| m.form == MentionForm::Nominal && m.span.end == last.span.end).last();
        if let Some(who) = nominal.and_then(|mention| self.of(report, mention)) {
            return Some(who);
        }
        let mut description = Description::read(part);
        // "The president of Norway".
        if words.get(end).is_some_and(|word| word.lower == "of") {
            let behind = words[end + 1..].iter().skip_while(|word| is("determiners", &word.lower));
            let behind: Vec<Word> = behind.take(2).cloned().collect();
            let found = named_country(&behind).or_else(|| named_country(behind.get(..1)?));
            description.countries.extend(found.map(|(number, _)| number));
        }
        self.roles
            .bearer(&description, |who| self.in_report(report, who))
            .map(Who::Actor)
            .or_else(|| self.government(report, span, part, &description))
            .or_else(|| self.organisation(report, &description))
    }

    /// "The Norwegian government", "her administration": the country.
    fn government(&self, report: usize, span: Span, part: &[Word], description: &Description) -> Option<Who> {
        if !is("government", &description.written) {
            return None;
        }
        if let [only] = description.countries[..] {
            return Some(Who::Country(only));
        }
        let opening = Span::new(span.start, part.last()?.span.start);
        let owners = self.inside(report, opening).filter(|mention| mention.form != MentionForm::Nominal);
        let mut countries = owners.filter_map(|mention| match self.of(report, mention)? {
            Who::Country(number) => Some(number),
            Who::Actor(who) => self.roles.country_of(who),
            Who::Head(_) => None,
        });
        countries.next().map(Who::Country)
    }

    /// "The party" for the organisation that ends so and that the report names most.
    fn organisation(&self, report: usize, description: &Description) -> Option<Who> {
        if description.is_plural() || !matches!(&*description.opening, "the" | "this" | "that") {
            return None;
        }
        let named = |who: usize, term: &String| fold(&self.actors[who].name).iter().any(|word| singular(word) == *term);
        let fits =
            |who: &usize| description.terms.iter().all(|term| named(*who, term)) && self.in_report(report, *who) > 0;
        let candidates = self.by_last_word.get(&description.head)?.iter().copied().filter(fits);
        candidates.max_by_key(|&who| (self.in_report(report, who), std::cmp::Reverse(who))).map(Who::Actor)
    }

    /// A name of one word that others write small is no name: "the Summit" is the summit.
    fn common_nouns(&self, given: &[(usize, Span)], mut who: Vec<Who>) -> Vec<Who> {
        let small: BTreeSet<String> =
            who.iter().filter_map(|who| if let Who::Head(head) = who { Some(head.clone()) } else { None }).collect();
        for (who, &(report, span)) in who.iter_mut().zip(given) {
            let Who::Actor(actor) = who else { continue };
            if matches!(self.actors[*actor].kind, NameKind::Person | NameKind::Place | NameKind::Group) {
                continue;
            }
            let words = word_list(&self.reports[report].article.text, span);
            let own: Vec<&Word> = words.iter().filter(|word| !is("determiners", &word.lower)).collect();
            let [word] = own[..] else { continue };
            let noun = singular(&word.lower);
            if small.contains(&noun) && singular(&self.actors[*actor].name.to_lowercase()) == noun {
                *who = Who::Head(noun);
            }
        }
        who
    }
}

fn mentions(reports: &[Annotated]) -> impl Iterator<Item = (usize, &Mention)> {
    reports.iter().enumerate().flat_map(|(report, annotated)| annotated.mentions.iter().map(move |m| (report, m)))
}

/// Heads whose mentions are alike in meaning, each with the head it joins: average linkage on the cosine of all words
/// of their mentions.
fn join_heads(
    reports: &[Annotated],
    given: &[(usize, Span)],
    who: &[Who],
    meaning: &dyn Meaning,
) -> BTreeMap<Who, Who> {
    let mut texts: BTreeMap<&Who, String> = BTreeMap::new();
    for (who, &(report, span)) in who.iter().zip(given).filter(|(who, _)| matches!(who, Who::Head(_))) {
        let text = texts.entry(who).or_default();
        text.push_str(span.of(&reports[report].article.text));
        text.push(' ');
    }
    let heads: Vec<&Who> = texts.keys().copied().collect();
    let all: Vec<&str> = texts.values().map(String::as_str).collect();
    let people: Vec<bool> = heads.iter().map(|who| matches!(who, Who::Head(head) if is_person_noun(head))).collect();
    let joined = average_linkage(&meaning.sentences(&all), &people);
    heads.iter().zip(joined).map(|(&head, first)| (head.clone(), heads[first].clone())).collect()
}

/// For each vector the first one of its cluster; those of different kinds are never alike.
fn average_linkage(vectors: &[Vec<f32>], kinds: &[bool]) -> Vec<usize> {
    let cosine = |a: usize, b: usize| {
        let dot = vectors[a].iter().zip(&vectors[b]).map(|(a, b)| a * b).sum::<f32>();
        if kinds[a] == kinds[b] { dot } else { -1.0 }
    };
    let mut similarity: Vec<Vec<f32>> =
        (0..vectors.len()).map(|a| (0..vectors.len()).map(|b| cosine(a, b)).collect()).collect();
    let mut of: Vec<usize> = (0..vectors.len()).collect();
    let mut size = vec![1.0_f32; vectors.len()];
    let mut active: Vec<usize> = of.clone();
    loop {
        let pairs = active.iter().enumerate().flat_map(|(at, &a)| active[at + 1..].iter().map(move |&b| (a, b)));
        let best = pairs
            .max_by(|&(a, b), &(c, d)| similarity[a][b].total_cmp(&similarity[c][d]).then_with(|| (c, d).cmp(&(a, b))));
        let Some((a, b)) = best.filter(|&(a, b)| similarity[a][b] >= ALIKE) else { return of };
        for &other in active.iter().filter(|&&other| other != a && other != b) {
            let mean = (similarity[a][other] * size[a] + similarity[b][other] * size[b]) / (size[a] + size[b]);
            similarity[a][other] = mean;
            similarity[other][a] = mean;
        }
        size[a] += size[b];
        active.retain(|&other| other != b);
        of.iter_mut().filter(|first| **first == b).for_each(|first| *first = a);
    }
}
