//! Descriptions that stand alone in a report and still tell who is meant.
//!
//! Four kinds, each with its own reason to believe it. A head that one actor alone is described by ("the Elm Front rebel
//! group" in one report, "resistance group" in another). A role of one person alone, with the country or as a judgement
//! ("the Elmish leader", "the strongman"). What governs a country ("the Elmish regime"), once a report judges it. And
//! people without any name ([`unnamed`](super::unnamed)).

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, BlockKind, Span};

use super::is_english;
use super::lexicon::{country, is, is_person_noun, judgement, singular};
use super::readings::{Description, Word, word_list};
use super::roles::Roles;

/// Words before a head that a description reaches back over.
const REACH: usize = 4;

/// A noun phrase without its complements.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// With its determiner.
    pub(super) span: Span,
    /// Modifiers and head.
    pub(super) words: Vec<Word>,
    /// The word before these, if nothing but a space or the mark of an owner stands between.
    before: Option<Word>,
    /// The word behind, if nothing but a space stands between.
    after: Option<Word>,
}

impl Phrase {
    /// The head in lower case.
    pub(super) fn head(&self) -> &str {
        self.words.last().map(|head| head.lower.as_str()).unwrap_or_default()
    }

    /// The words before the head.
    pub(super) fn modifiers(&self) -> &[Word] {
        &self.words[..self.words.len().saturating_sub(1)]
    }

    /// "A rebel group" is somebody new.
    pub(super) fn is_new(&self) -> bool {
        self.before.as_ref().is_some_and(|before| is("indefinite", &before.lower))
    }

    /// Whether "the" and the like open it.
    fn is_definite(&self) -> bool {
        self.before.as_ref().is_some_and(|before| is("determiners", &before.lower)) && !self.is_new()
    }

    /// Whether the noun behind it is the real head: "government officials".
    pub(super) fn goes_on(&self) -> bool {
        let noun = |word: &Word| word.capital || is_person_noun(&singular(&word.lower)) || is("tails", &word.lower);
        self.after.as_ref().is_some_and(noun)
    }

    /// Whether the word behind it is one that goes on with a clause: "terrorist attack" is about no terrorist.
    pub(super) fn is_whole(&self) -> bool {
        let clause = |word: &Word| {
            word.lower.ends_with("ed") || ["stops", "verbs", "cuts"].iter().any(|section| is(section, &word.lower))
        };
        self.after.as_ref().is_none_or(clause)
    }
}

/// The noun phrases of a report whose head is of interest, in text order.
pub(super) fn phrases(report: &Annotated, of_interest: &dyn Fn(&str) -> bool) -> Vec<Phrase> {
    if !is_english(report) {
        return Vec::new();
    }
    let text = &report.article.text;
    let told = |kind| !matches!(kind, BlockKind::Promo | BlockKind::Credit | BlockKind::Byline);
    let mut found = Vec::new();
    for block in report.article.blocks.iter().filter(|block| told(block.kind)) {
        let words = word_list(text, block.span);
        let heads = words.iter().enumerate().filter(|(_, word)| !word.sign && of_interest(&word.lower));
        found.extend(heads.map(|(at, _)| phrase(text, &words, at)));
    }
    found
}

fn phrase(text: &str, words: &[Word], head: usize) -> Phrase {
    let mut start = head;
    while start > 0 && head - start < REACH && modifies(text, &words[start - 1], &words[start]) {
        start -= 1;
    }
    let beside = |word: &Word, next: &Word| {
        let between = &text[word.span.end..next.span.start];
        (between == " " || word.owner && between.ends_with(' ') && between.len() < 6) && !word.sign
    };
    let before = start.checked_sub(1).map(|at| &words[at]).filter(|before| beside(before, &words[start]));
    let after = words.get(head + 1).filter(|after| !words[head].owner && beside(&words[head], after));
    let own = words[start].span.cover(words[head].span);
    let span = before.filter(|before| is("determiners", &before.lower)).map_or(own, |before| before.span.cover(own));
    Phrase { span, words: words[start..=head].to_vec(), before: before.cloned(), after: after.cloned() }
}

/// Whether `word` can modify the word after it: one space between them, and no function word.
fn modifies(text: &str, word: &Word, next: &Word) -> bool {
    &text[word.span.end..next.span.start] == " "
        && !word.sign
        && !["stops", "indefinite", "determiners"].iter().any(|section| is(section, &word.lower))
}

/// Who may be meant by a description that stands alone.
pub(super) struct Known<'k> {
    /// The nouns actors are described by, in lower case, with the actors.
    pub(super) heads: &'k BTreeMap<String, BTreeSet<usize>>,
    pub(super) roles: &'k Roles,
    /// Actors that are people.
    pub(super) people: &'k BTreeSet<usize>,
    /// Actors that are countries.
    pub(super) countries: &'k BTreeMap<usize, usize>,
}

/// Descriptions of one report with the actor of each, beside those of governments, which are kept apart: they are worth
/// showing only where a report judges.
#[derive(Default)]
pub(super) struct Descriptions {
    pub(super) plain: Vec<(usize, Span)>,
    pub(super) governments: Vec<(usize, Span)>,
}

impl Known<'_> {
    /// The descriptions of a report.
    pub(super) fn descriptions(&self, report: &Annotated) -> Descriptions {
        let of_interest =
            |word: &str| self.heads.contains_key(word) || is("government", word) || is_person_noun(&singular(word));
        let mut found = Descriptions::default();
        for phrase in phrases(report, &of_interest) {
            if let Some(actor) = self.by_head(&phrase).or_else(|| self.by_role(&phrase)) {
                found.plain.push((actor, phrase.span));
            } else if let Some((actor, span)) = self.government(&phrase) {
                found.governments.push((actor, span));
            }
        }
        found
    }

    /// The only actor described by this head, if the description judges. A person must be known by the names in it as
    /// well: "the moderate Elmish minister" is not every minister.
    fn by_head(&self, phrase: &Phrase) -> Option<usize> {
        let judges = phrase.modifiers().iter().any(|word| judgement(&word.lower).is_some());
        let actors = self.heads.get(phrase.head()).filter(|actors| actors.len() == 1)?;
        let actor = actors.first().copied().filter(|_| judges && !phrase.is_new())?;
        let mut names = phrase.modifiers().iter().filter(|word| word.capital);
        let known = |word: &Word| self.roles.is_called(actor, phrase.head(), &word.term());
        (!self.people.contains(&actor) || names.all(known)).then_some(actor)
    }

    /// The only person in this role: of that country, or of all where the role itself judges.
    fn by_role(&self, phrase: &Phrase) -> Option<usize> {
        let description = Description::read(&phrase.words);
        let judges = judgement(&description.head).is_some();
        if phrase.goes_on() || !phrase.is_definite() || !judges && description.countries.is_empty() {
            return None;
        }
        self.roles.only_bearer(&description)
    }

    /// "The Elmish regime" and "Elmford’s brutal regime": nothing but judgements between the country and the head.
    fn government(&self, phrase: &Phrase) -> Option<(usize, Span)> {
        if !is("government", phrase.head()) || phrase.goes_on() {
            return None;
        }
        let modifiers = phrase.modifiers();
        let own = modifiers.iter().rposition(|word| judgement(&word.lower).is_none());
        let (country_at, span) = match own {
            Some(at) => (&modifiers[at], phrase.span),
            None => {
                let owner = phrase.before.as_ref().filter(|before| before.owner)?;
                (owner, owner.span.cover(phrase.span))
            }
        };
        let pair =
            own.and_then(|at| at.checked_sub(1)).map(|at| format!("{} {}", modifiers[at].lower, country_at.lower));
        let named = pair.and_then(|pair| country(&pair)).or_else(|| country(&country_at.lower));
        let (number, _) = named.filter(|_| country_at.capital)?;
        Some((*self.countries.get(&number)?, span))
    }
}
