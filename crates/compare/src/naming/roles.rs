//! Who bears which role in a story, learned from the words beside names.
//!
//! "Interior minister Ana Holt", "Ana Holt, the interior minister" and "Ana Holt is the minister" in one report tell
//! whom another report means by "the minister". A role is a noun for a person; the words before it tell several bearers
//! apart. What fits nobody, or fits somebody of another country, stays open.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Mention, MentionForm, Span};

use super::lexicon::{is, is_person_noun, role_key};
use super::readings::{Description, Word, head_part, word_list};

/// Bytes before and after a name that are looked at.
const WINDOW: usize = 80;
/// Words of a title before a name.
const TITLE: usize = 5;

/// Bearers of one role that are remembered: more than these it tells apart in no story.
const BEARERS: usize = 64;

/// One bearer of a role.
#[derive(Clone, Debug, Default)]
struct Bearer {
    times: usize,
    terms: BTreeMap<String, usize>,
    countries: BTreeMap<usize, usize>,
}

/// The roles of a story: noun, then bearer.
#[derive(Debug, Default)]
pub(super) struct Roles {
    by_noun: BTreeMap<String, BTreeMap<usize, Bearer>>,
}

impl Roles {
    /// Learns from a mention by name of the person `who`.
    pub(super) fn learn(&mut self, text: &str, mention: &Mention, who: usize) {
        if mention.form == MentionForm::Name {
            self.learn_title(text, mention.span, who);
            self.learn_apposition(text, mention.span, who);
        }
    }

    fn learn_title(&mut self, text: &str, name: Span, who: usize) {
        let from = boundary(text, name.start.saturating_sub(WINDOW));
        let line = text[from..name.start].rfind('\n').map_or(from, |at| from + at + 1);
        let mut words = word_list(text, Span::new(line, name.start));
        // "His son, Bo Reyes": a comma between, if the description has a determiner.
        let apposed = words.last().is_some_and(|word| word.sign && word.lower == ",");
        if apposed {
            words.pop();
        }
        let ends = |word: &Word| word.sign || is("cuts", &word.lower) || is("verbs", &word.lower);
        let title = words.iter().rev().take(TITLE).take_while(|word| !ends(word)).count();
        let part = &words[words.len() - title..];
        if !apposed || part.first().is_some_and(|first| is("determiners", &first.lower)) {
            self.add(part, who);
        }
    }

    fn learn_apposition(&mut self, text: &str, name: Span, who: usize) {
        let to = boundary(text, (name.end + WINDOW).min(text.len()));
        let line = text[name.end..to].find('\n').map_or(to, |at| name.end + at);
        let words = word_list(text, Span::new(name.end, line));
        let [link, first, ..] = &words[..] else { return };
        let opens = is("determiners", &first.lower)
            || first.owner
            || words.get(2).is_some_and(|second| second.owner)
            || is("address", &first.lower)
            || is_person_noun(&first.lower);
        let is_one = matches!(&*link.lower, "is" | "was" | "became" | "as") && is("determiners", &first.lower);
        if link.sign && link.lower == "," && opens || is_one {
            let (start, end) = head_part(&words[1..]);
            let part = &words[1 + start..1 + end];
            let end = part.iter().position(|word| is("verbs", &word.lower)).unwrap_or(part.len());
            self.add(&part[..end], who);
        }
    }

    fn add(&mut self, part: &[Word], who: usize) {
        let description = Description::read(part);
        if !is_person_noun(&description.head) {
            return;
        }
        let bearers = self.by_noun.entry(role_key(&description.head)).or_default();
        if bearers.len() == BEARERS && !bearers.contains_key(&who) {
            return;
        }
        let bearer = bearers.entry(who).or_default();
        bearer.times += 1;
        for term in description.terms {
            *bearer.terms.entry(term).or_default() += 1;
        }
        for country in description.countries {
            *bearer.countries.entry(country).or_default() += 1;
        }
    }

    /// The person a description means, in a report that mentions people as often as `count` says.
    ///
    /// Shared modifiers count most, then how present a bearer is in the report; modifiers nobody has seen count against.
    pub(super) fn bearer(&self, description: &Description, count: impl Fn(usize) -> usize) -> Option<usize> {
        if description.is_plural() || description.is_indefinite() {
            return None;
        }
        let mut best: Option<(f64, usize)> = None;
        for (&who, bearer) in self.by_noun.get(&role_key(&description.head))? {
            let Some(score) = bearer.fits(description, count(who)) else { continue };
            if score > 0.0 && best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, who));
            }
        }
        best.map(|(_, who)| who)
    }

    /// The only person of the story in a role, of the description’s country where it has one.
    pub(super) fn only_bearer(&self, description: &Description) -> Option<usize> {
        if description.is_plural() {
            return None;
        }
        let of = |bearer: &Bearer| description.countries.iter().all(|country| bearer.countries.contains_key(country));
        let mut bearers = self.by_noun.get(&role_key(&description.head))?.iter().filter(|(_, bearer)| of(bearer));
        let (&only, _) = bearers.next()?;
        bearers.next().is_none().then_some(only)
    }

    /// Whether a description of a person by this noun has been seen with this term.
    pub(super) fn is_called(&self, who: usize, noun: &str, term: &str) -> bool {
        let bearer = self.by_noun.get(&role_key(noun)).and_then(|bearers| bearers.get(&who));
        bearer.is_some_and(|bearer| bearer.terms.contains_key(term))
    }

    /// The country a person is most often said to be of.
    pub(super) fn country_of(&self, who: usize) -> Option<usize> {
        let mut countries: BTreeMap<usize, usize> = BTreeMap::new();
        for bearer in self.by_noun.values().filter_map(|bearers| bearers.get(&who)) {
            bearer.countries.iter().for_each(|(&country, &times)| *countries.entry(country).or_default() += times);
        }
        let most = countries.values().copied().max()?;
        countries.into_iter().find(|&(_, times)| times == most).map(|(country, _)| country)
    }
}

impl Bearer {
    fn fits(&self, description: &Description, count: usize) -> Option<f64> {
        let known: BTreeSet<usize> = self.countries.keys().copied().collect();
        let said: BTreeSet<usize> = description.countries.iter().copied().collect();
        let foreign = !said.is_empty() && known.is_disjoint(&said);
        if foreign && !known.is_empty() {
            return None;
        }
        let terms: BTreeSet<&String> = description.terms.iter().collect();
        let shared = terms.iter().filter(|term| self.terms.contains_key(**term)).count();
        let unseen = terms.len() - shared;
        let present = 2.0 * (1.0 + count as f64).ln() + (self.times as f64).ln() - if count == 0 { 2.0 } else { 0.0 };
        Some(5.0 * shared as f64 - unseen as f64 - if foreign { 3.0 } else { 0.0 } + present)
    }
}

/// The next character boundary at or after a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
