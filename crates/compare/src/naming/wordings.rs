//! The wordings of each report for the actors, and whether they judge differently.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Label, Mention, MentionForm, NameKind, Naming, Quote, Span};

use super::descriptions::Known;
use super::lexicon::{CountryWord, country, is, is_person_noun, judgement, words};
use super::readings::word_list;
use super::roles::Roles;
use super::{Actor, is_english, told};

/// Wordings shown a report and actor at most.
const WORDINGS: usize = 8;

/// A wording of one report: its uses by place.
type Uses = BTreeMap<String, Vec<Span>>;

/// The wordings of an actor in a report by their starts, with their ends.
type Taken = BTreeMap<(usize, usize), BTreeMap<usize, usize>>;

/// All wordings by actor and report.
pub(super) struct Wordings<'r> {
    reports: &'r [Annotated],
    by_actor: Vec<BTreeMap<usize, Uses>>,
}

impl<'r> Wordings<'r> {
    pub(super) fn new(reports: &'r [Annotated], actors: &[Actor]) -> Self {
        let mut actor_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (index, actor) in actors.iter().enumerate() {
            actor_of.extend(actor.members.iter().map(|&member| (member, index)));
        }
        let mut by_actor = vec![BTreeMap::new(); actors.len()];
        let mut heads: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut roles = Roles::default();
        for (report, annotated) in reports.iter().enumerate() {
            for mention in told(annotated).filter(|mention| mention.form != MentionForm::Pronoun) {
                if let Some(&actor) = actor_of.get(&(report, mention.entity)) {
                    if actors[actor].kind == NameKind::Person {
                        roles.learn(&annotated.article.text, mention, actor);
                    }
                    let uses: &mut Uses = by_actor[actor].entry(report).or_insert_with(Uses::new);
                    let Some(label) = label(mention, &annotated.article.text) else { continue };
                    uses.entry(wording(label.of(&annotated.article.text))).or_default().push(label);
                    if let Some(head) = head(mention, &annotated.article.text) {
                        heads.entry(head).or_default().insert(actor);
                    }
                }
            }
        }
        let mut wordings = Wordings { reports, by_actor };
        let people = (0..actors.len()).filter(|&actor| actors[actor].kind == NameKind::Person).collect();
        wordings.describe(&Known { heads: &heads, roles: &roles, people: &people, countries: &countries(actors) });
        wordings
    }

    pub(super) fn count(&self, actor: usize) -> usize {
        self.by_actor[actor].values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }

    /// Adds descriptions that stand alone in reports that name the actor as well; those of governments where one
    /// judges them and another does not.
    fn describe(&mut self, known: &Known<'_>) {
        let mut governments: BTreeMap<usize, Vec<(usize, Span)>> = BTreeMap::new();
        let mut taken = Taken::default();
        for (report, annotated) in self.reports.iter().enumerate() {
            let found = known.descriptions(annotated);
            for (actor, span) in found.plain {
                self.add(&mut taken, actor, report, span);
            }
            for (actor, span) in found.governments {
                governments.entry(actor).or_default().push((report, span));
            }
        }
        for (actor, spans) in governments {
            let judges = |&&(report, span): &&(usize, Span)| !self.judgements(report, span).is_empty();
            let judging: BTreeSet<usize> = spans.iter().filter(judges).map(|&(report, _)| report).collect();
            if !judging.is_empty() && spans.iter().any(|(report, _)| !judging.contains(report)) {
                spans.into_iter().for_each(|(report, span)| self.add(&mut taken, actor, report, span));
            }
        }
    }

    /// Adds a description unless its words are part of a wording already.
    fn add(&mut self, taken: &mut Taken, actor: usize, report: usize, span: Span) {
        let Some(uses) = self.by_actor[actor].get_mut(&report) else { return };
        let known = || uses.values().flatten().map(|span| (span.start, span.end)).collect();
        let ends = taken.entry((actor, report)).or_insert_with(known);
        if ends.range(..span.end).next_back().is_none_or(|(_, &end)| end <= span.start) {
            ends.insert(span.start, span.end);
            uses.entry(wording(span.of(&self.reports[report].article.text))).or_default().push(span);
        }
    }

    pub(super) fn naming(&self, index: usize, actor: &Actor) -> Naming {
        let mut labels = Vec::new();
        for (&report, uses) in &self.by_actor[index] {
            let mut firsts: Vec<(Span, usize)> =
                uses.values().filter_map(|spans| Some((spans.iter().copied().min()?, spans.len()))).collect();
            firsts.sort_by_key(|&(span, count)| (std::cmp::Reverse(count), span));
            let (mut kept, rest) =
                firsts.split_at_checked(WORDINGS).map_or((firsts.clone(), &[][..]), |(a, b)| (a.to_vec(), b));
            kept.extend(rest.iter().filter(|(span, _)| !self.judgements(report, *span).is_empty()));
            kept.sort_unstable();
            labels.extend(kept.into_iter().map(|(span, count)| Label { quote: Quote { report, span }, count }));
        }
        Naming { entity: actor.name.clone(), kind: actor.kind, labels, contrast: self.contrast(index, actor) }
    }

    /// The kinds of judgement in a wording, up to a preposition: in "the envoy to the rebel group" it is not the envoy
    /// who is judged.
    fn judgements(&self, report: usize, span: Span) -> BTreeSet<usize> {
        if !is_english(&self.reports[report]) {
            return BTreeSet::new();
        }
        let words = words(span.of(&self.reports[report].article.text));
        let from = usize::from(words.len() > 1 && is("determiners", &words[0]));
        let own = words[from..].iter().take_while(|word| !is("stops", word));
        own.filter_map(|word| judgement(word)).collect()
    }

    /// Whether the reports judge differently: a kind of judgement in one that another, which names the actor as well,
    /// does without. A word of the name itself judges nothing.
    fn contrast(&self, index: usize, actor: &Actor) -> bool {
        let own: BTreeSet<usize> = words(&actor.name).iter().filter_map(|word| judgement(word)).collect();
        let sides: Vec<BTreeSet<usize>> = self.by_actor[index]
            .iter()
            .filter(|(report, _)| is_english(&self.reports[**report]))
            .map(|(&report, uses)| {
                let firsts = uses.values().filter_map(|spans| spans.first().copied());
                firsts.flat_map(|span| self.judgements(report, span)).filter(|class| !own.contains(class)).collect()
            })
            .collect();
        sides.iter().any(|side| *side != sides[0])
    }
}

/// The actors that are countries, by country: the most widely named where several are.
fn countries(actors: &[Actor]) -> BTreeMap<usize, usize> {
    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, actor) in actors.iter().enumerate().filter(|(_, actor)| actor.kind == NameKind::Place) {
        if let Some((number, CountryWord::Name)) = country(&actor.name.to_lowercase().replace('.', "")) {
            let most = found.entry(number).or_insert(index);
            if actors[*most].members.len() < actor.members.len() {
                *most = index;
            }
        }
    }
    found
}

/// The noun a mention describes its actor by: "group" in "the Elm Front rebel group", "envoy" in "the envoy of Elmford"
/// and "special envoy Ana Holt".
fn head(mention: &Mention, text: &str) -> Option<String> {
    let after = words(&text[mention.span.end..mention.phrase.end]);
    let own = || -> Vec<String> {
        let all = words(mention.phrase.of(text));
        let from = usize::from(all.first().is_some_and(|first| is("determiners", first)));
        all[from..].iter().take_while(|word| !is("stops", word)).cloned().collect()
    };
    let before = || text[mention.phrase.start..mention.span.start].split_whitespace().next_back().map(str::to_owned);
    let head = match mention.form {
        MentionForm::Nominal => own().pop(),
        _ => after.last().cloned().or_else(before),
    };
    head.filter(|head| head.len() > 3 && head.chars().all(char::is_lowercase) && !is("stops", head))
}

/// The words of a mention that an editor would quote: the name alone where its phrase is cut from a longer one
/// ("dockers' movement Open Quay"), and no description of one plain word ("report").
fn label(mention: &Mention, text: &str) -> Option<Span> {
    let phrase = mention.phrase.of(text);
    let own = words(phrase);
    if mention.form != MentionForm::Name {
        let plain = own.len() < 2 && !phrase.contains(char::is_uppercase);
        let told = own.iter().any(|word| !is("determiners", word));
        let other = own.first().is_some_and(|first| is("others", first));
        let whole = !plain && told && !other && !phrase.starts_with(['’', '\'']) && !is_cut(mention, text);
        return whole.then_some(mention.phrase);
    }
    let before = text[..mention.phrase.start].trim_end();
    let touches = before.len() == mention.phrase.start && before.ends_with(['-', '–']);
    let owned = ["’s", "'s", "s’", "s'"].iter().any(|end| before.ends_with(end));
    let lower = phrase.starts_with(char::is_lowercase) && !own.first().is_some_and(|first| is("determiners", first));
    Some(if touches || owned && lower { mention.span } else { whole_title(mention, text) })
}

/// Whether a description is only the beginning of one: "the president" in "Ana Holt, the president’s adviser", "campaign
/// chair" in "Bo Reyes, campaign chair Cy Moss"; or no apposition at all: "for Bo Reyes, the minister said".
fn is_cut(mention: &Mention, text: &str) -> bool {
    let after = &text[mention.phrase.end..];
    let apposed = text[..mention.phrase.start].trim_end().ends_with(',');
    let next = after.strip_prefix(' ').unwrap_or_default();
    let verb = next.split(|c: char| !c.is_alphanumeric()).next().is_some_and(|next| is("verbs", next));
    let goes_on = verb || next.starts_with(char::is_uppercase);
    let owner = ["’s ", "'s "].iter().any(|mark| after.starts_with(mark));
    let address = words(mention.phrase.of(text)).pop().is_some_and(|last| is("address", &last));
    apposed && (goes_on || owner) || address
}

/// Words a title is completed by at most, and the bytes they may take.
const TITLE: usize = 4;
const TITLE_BYTES: usize = 60;

/// The phrase of a name with the rest of a title that it starts within: "security adviser Ana Holt" for "adviser Ana
/// Holt". Words that could be verbs end the title.
fn whole_title(mention: &Mention, text: &str) -> Span {
    let phrase = mention.phrase;
    let role = words(phrase.of(text)).into_iter().next().filter(|_| phrase.of(text).starts_with(char::is_lowercase));
    if !role.is_some_and(|role| is_person_noun(&role) || is("apposed", &role)) {
        return phrase;
    }
    let mut from = phrase.start.saturating_sub(TITLE_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut span = phrase;
    for word in word_list(text, Span::new(from, phrase.start)).iter().rev().take(TITLE + 1) {
        let verb = ["ed", "ing", "s"].iter().any(|end| word.lower.ends_with(end));
        let beside = text[word.span.end..span.start] == *" " && (word.span.start > from || from == 0);
        if beside && is("determiners", &word.lower) && span != phrase {
            return word.span.cover(span);
        }
        let ends = ["stops", "verbs", "cuts", "determiners"].iter().any(|section| is(section, &word.lower));
        if !beside || word.capital || word.sign || verb || ends {
            break;
        }
        span = word.span.cover(span);
    }
    span
}

/// A wording for comparison: lower case, one space, without a determiner.
fn wording(phrase: &str) -> String {
    let all = words(phrase);
    let from = usize::from(all.len() > 1 && is("determiners", &all[0]));
    all[from..].join(" ")
}
