//! The wordings of each report for the actors, and whether they judge differently.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, BlockKind, Label, Mention, MentionForm, Naming, Quote, Span};

use super::lexicon::{is, judgement, words};
use super::{Actor, told};

/// Wordings shown a report and actor at most.
const WORDINGS: usize = 8;

/// A wording of one report: its uses by place.
type Uses = BTreeMap<String, Vec<Span>>;

/// All wordings by actor and report.
pub(super) struct Wordings<'r> {
    reports: &'r [Annotated],
    by_actor: Vec<BTreeMap<usize, Uses>>,
    /// The nouns actors are described by, with the actors.
    heads: BTreeMap<String, BTreeSet<usize>>,
}

impl<'r> Wordings<'r> {
    pub(super) fn new(reports: &'r [Annotated], actors: &[Actor]) -> Self {
        let mut actor_of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for (index, actor) in actors.iter().enumerate() {
            actor_of.extend(actor.members.iter().map(|&member| (member, index)));
        }
        let mut by_actor = vec![BTreeMap::new(); actors.len()];
        let mut heads: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (report, annotated) in reports.iter().enumerate() {
            for mention in told(annotated).filter(|mention| mention.form != MentionForm::Pronoun) {
                if let Some(&actor) = actor_of.get(&(report, mention.entity)) {
                    let uses: &mut Uses = by_actor[actor].entry(report).or_insert_with(Uses::new);
                    let Some(label) = label(mention, &annotated.article.text) else { continue };
                    uses.entry(wording(label.of(&annotated.article.text))).or_default().push(label);
                    if let Some(head) = head(mention, &annotated.article.text) {
                        heads.entry(head).or_default().insert(actor);
                    }
                }
            }
        }
        let mut wordings = Wordings { reports, by_actor, heads };
        wordings.describe();
        wordings
    }

    pub(super) fn count(&self, actor: usize) -> usize {
        self.by_actor[actor].values().flat_map(BTreeMap::values).map(Vec::len).sum()
    }

    /// Adds descriptions that stand alone: where one report has "the Elm Front rebel group", "Elmish resistance group"
    /// in another that names the Elm Front is that front, if no other actor of the story is called a group.
    fn describe(&mut self) {
        let unique =
            self.heads.iter().filter_map(|(head, actors)| Some((head, actors.first().filter(|_| actors.len() == 1)?)));
        for (head, &actor) in unique {
            for (&report, uses) in &mut self.by_actor[actor] {
                let annotated = &self.reports[report];
                for span in descriptions(annotated, head) {
                    if !uses.values().flatten().any(|use_| use_.overlaps(span)) {
                        uses.entry(wording(span.of(&annotated.article.text))).or_default().push(span);
                    }
                }
            }
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
            .map(|(&report, uses)| {
                let firsts = uses.values().filter_map(|spans| spans.first().copied());
                firsts.flat_map(|span| self.judgements(report, span)).filter(|class| !own.contains(class)).collect()
            })
            .collect();
        sides.iter().any(|side| *side != sides[0])
    }
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
        return (!plain && told && !phrase.starts_with(['’', '\''])).then_some(mention.phrase);
    }
    let before = text[..mention.phrase.start].trim_end();
    let touches = before.len() == mention.phrase.start && before.ends_with(['-', '–']);
    let owned = ["’s", "'s", "s’", "s'"].iter().any(|end| before.ends_with(end));
    let lower = phrase.starts_with(char::is_lowercase) && !own.first().is_some_and(|first| is("determiners", first));
    Some(if touches || owned && lower { mention.span } else { mention.phrase })
}

/// A wording for comparison: lower case, one space, without a determiner.
fn wording(phrase: &str) -> String {
    let all = words(phrase);
    let from = usize::from(all.len() > 1 && is("determiners", &all[0]));
    all[from..].join(" ")
}

/// Words before a head that a description reaches back over.
const REACH: usize = 4;

/// The descriptions with `head` in a report that carry a word that judges, without a determiner.
fn descriptions(report: &Annotated, head: &str) -> Vec<Span> {
    let text = &report.article.text;
    let mut found = Vec::new();
    for block in report.article.blocks.iter().filter(|block| block.kind != BlockKind::Promo) {
        let words: Vec<Span> = word_spans(text, block.span);
        for (at, word) in words.iter().enumerate().filter(|(_, word)| word.of(text).eq_ignore_ascii_case(head)) {
            let mut start = at;
            while start > 0 && at - start < REACH && modifies(text, words[start - 1], words[start]) {
                start -= 1;
            }
            let span = Span::new(words[start].start, word.end);
            // "A rebel group" is somebody new.
            if start.checked_sub(1).is_some_and(|before| is("indefinite", &words[before].of(text).to_lowercase())) {
                continue;
            }
            let article =
                start.checked_sub(1).filter(|&before| is("determiners", &words[before].of(text).to_lowercase()));
            let span = article.map_or(span, |before| words[before].cover(span));
            if words[start..at].iter().any(|word| judgement(&word.of(text).to_lowercase()).is_some()) {
                found.push(span);
            }
        }
    }
    found
}

fn word_spans(text: &str, span: Span) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, c) in span.of(text).char_indices() {
        let at = span.start + at;
        match found.last_mut() {
            Some(last) if last.end == at && (c.is_alphanumeric() || c == '-') => last.end = at + c.len_utf8(),
            _ if c.is_alphanumeric() => found.push(Span::new(at, at + c.len_utf8())),
            _ => {}
        }
    }
    found
}

/// Whether `word` can modify the word after it: one space between them, and no function word.
fn modifies(text: &str, word: Span, next: Span) -> bool {
    &text[word.end..next.start] == " "
        && !["stops", "indefinite"].iter().any(|section| is(section, &word.of(text).to_lowercase()))
}
