//! Who "he", "the envoy" and "the newspaper" are.
//!
//! The article is read once from the front. Names bring their roles ("envoy") and what is known of their sex; a later
//! description or pronoun takes the nearest fitting name before it, the subject of a sentence first. What fits nothing
//! or several alike stays out: a wrong person is worse than none.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Entity, Mention, MentionForm, NameKind, Span};

use super::find::{Found, cover};
use super::lexicon::{has, is};
use super::phrases::{Phrase, is_determiner, is_plain, phrase};
use crate::document::Document;
use crate::tokens::{Token, TokenKind};

/// Sentences a pronoun looks back.
const PRONOUN_REACH: usize = 2;
/// Sentences a description looks back.
const DESCRIPTION_REACH: usize = 12;

/// Mentions of one sentence that are looked at: more stand in lists only.
const MENTIONS: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sex {
    He,
    She,
}

/// A mention with what reading on needs to know.
struct Seen {
    mention: Mention,
    sentence: usize,
    /// One past its last token.
    end: usize,
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    entities: &'d [Entity],
    seen: Vec<Seen>,
    mentioned: BTreeSet<usize>,
    roles: BTreeMap<usize, BTreeSet<&'d str>>,
    /// Who bears a role anywhere in the article: a headline may say "the envoy" of one who is introduced below it.
    bearers: BTreeMap<&'d str, BTreeSet<usize>>,
    sex: BTreeMap<usize, Sex>,
}

/// The mentions of an article in text order: `found` names, of the entity at the same place of `of`, and what refers
/// back to them.
pub(super) fn mentions(document: &Document<'_>, found: &[Found], of: &[usize], entities: &[Entity]) -> Vec<Mention> {
    let mut reader = Reader {
        document,
        entities,
        seen: Vec::new(),
        mentioned: BTreeSet::new(),
        roles: BTreeMap::new(),
        bearers: BTreeMap::new(),
        sex: BTreeMap::new(),
    };
    let mut named = vec![false; document.tokens.len()];
    for name in found {
        named[name.tokens.clone()].fill(true);
    }
    let phrases: Vec<Phrase> =
        found.iter().zip(of).map(|(name, &entity)| reader.phrase(name, entity, &named)).collect();
    for (phrase, &entity) in phrases.iter().zip(of) {
        for &role in &phrase.roles {
            reader.bearers.entry(&document.tokens[role].lower).or_default().insert(entity);
        }
    }
    let mut names = found.iter().zip(of.iter().copied()).zip(phrases).peekable();
    let mut quoted = Quoted::default();
    for sentence in 0..document.sentences.len() {
        let range = document.range(sentence);
        quoted.enter(document.sentences[sentence].block);
        let mut taken = range.start;
        for at in range.clone() {
            let token = &document.tokens[at];
            quoted.read(token);
            while let Some(((name, entity), phrase)) = names.next_if(|((name, _), _)| name.tokens.start <= at) {
                taken = taken.max(reader.name(name, entity, phrase));
            }
            if at >= taken && !names.peek().is_some_and(|((name, _), _)| name.titles.contains(&at)) {
                reader.refer(sentence, at, quoted.inside);
            }
        }
    }
    let mut mentions: Vec<Mention> = reader.seen.into_iter().map(|seen| seen.mention).collect();
    mentions.sort_by_key(|mention| (mention.span, mention.entity));
    mentions.dedup_by_key(|mention| mention.span);
    mentions
}

/// Whether a token stands inside quotation marks of its block.
#[derive(Default)]
struct Quoted {
    block: usize,
    inside: bool,
}

impl Quoted {
    fn enter(&mut self, block: usize) {
        if block != self.block {
            *self = Quoted { block, inside: false };
        }
    }

    fn read(&mut self, token: &Token) {
        match &*token.lower {
            "“" | "„" | "«" => self.inside = true,
            "”" | "»" => self.inside = false,
            "\"" => self.inside = !self.inside,
            _ => {}
        }
    }
}

impl<'d> Reader<'d, '_> {
    fn phrase(&self, name: &Found, entity: usize, named: &[bool]) -> Phrase {
        phrase(&self.document.tokens, named, self.document.range(name.sentence), name, self.entities[entity].kind)
    }

    /// Reads a name with its phrase and appositions; returns one past the last token that belongs to it.
    fn name(&mut self, name: &Found, entity: usize, phrase: Phrase) -> usize {
        let document = self.document;
        let kind = self.entities[entity].kind;
        let Phrase { tokens, roles, appositions } = phrase;
        for role in roles {
            let word: &'d str = &document.tokens[role].lower;
            self.roles.entry(entity).or_default().insert(word);
            self.note_sex(entity, sex_of(word));
        }
        if kind == NameKind::Person {
            let first = &document.tokens[name.tokens.start];
            let given = if is("male", first) { Some(Sex::He) } else { is("female", first).then_some(Sex::She) };
            self.note_sex(entity, name.titles.clone().find_map(|at| sex_of(&document.tokens[at].lower)));
            let told = name.tokens.len() > 1 && !is("both", first);
            self.note_sex(entity, given.filter(|_| told));
        }
        let span = name.span(document);
        let mut phrase = cover(document, tokens.clone());
        // Where a place or a people only leads to another name, the words between belong to that one.
        if !phrase.contains(span) {
            phrase = span;
        }
        self.push(Mention { span, phrase, form: MentionForm::Name, entity }, name.sentence, name.tokens.end);
        let mut taken = tokens.end;
        for apposition in appositions {
            let span = cover(document, apposition.clone());
            let described = Mention { span, phrase: span, form: MentionForm::Nominal, entity };
            self.push(described, name.sentence, apposition.end);
            taken = taken.max(apposition.end);
        }
        taken
    }

    fn push(&mut self, mention: Mention, sentence: usize, end: usize) {
        self.mentioned.insert(mention.entity);
        self.seen.push(Seen { mention, sentence, end });
    }

    fn note_sex(&mut self, entity: usize, sex: Option<Sex>) {
        if let (Some(sex), NameKind::Person) = (sex, self.entities[entity].kind) {
            self.sex.entry(entity).or_insert(sex);
        }
    }

    /// Resolves the description or pronoun that ends at token `at`, if one does.
    fn refer(&mut self, sentence: usize, at: usize, quoted: bool) {
        let token = &self.document.tokens[at];
        if token.kind != TokenKind::Word {
            return;
        }
        if let Some(sex) = pronoun(token) {
            let entity = if quoted { None } else { self.person(sentence, at, sex) };
            self.found(sentence, at..at + 1, entity, MentionForm::Pronoun);
        } else if token.is("it") && !quoted {
            let entity = self.speaking_organisation(sentence, at);
            self.found(sentence, at..at + 1, entity, MentionForm::Pronoun);
        } else if let Some(start) = self.description(sentence, at) {
            let entity = self.described(sentence, start, at);
            self.found(sentence, start..at + 1, entity, MentionForm::Nominal);
        }
    }

    fn found(&mut self, sentence: usize, tokens: std::ops::Range<usize>, entity: Option<usize>, form: MentionForm) {
        let Some(entity) = entity else { return };
        let span: Span = cover(self.document, tokens.clone());
        if let (MentionForm::Pronoun, Some(sex)) = (form, pronoun(&self.document.tokens[tokens.start])) {
            self.note_sex(entity, Some(sex));
        }
        self.push(Mention { span, phrase: span, form, entity }, sentence, tokens.end);
    }

    /// Entities mentioned in a sentence so far, in order, each once.
    fn in_sentence(&self, sentence: usize) -> Vec<usize> {
        let mut entities = Vec::new();
        let from = self.seen.partition_point(|seen| seen.sentence < sentence);
        let to = self.seen.partition_point(|seen| seen.sentence <= sentence);
        for seen in self.seen[from..to].iter().take(MENTIONS) {
            if !entities.contains(&seen.mention.entity) && entities.len() < 32 {
                entities.push(seen.mention.entity);
            }
        }
        entities
    }

    /// The person a pronoun means: first the subject of this sentence, then of those before; somebody known to be of
    /// that sex before somebody unknown.
    fn person(&self, sentence: usize, before: usize, sex: Sex) -> Option<usize> {
        let block = self.document.sentences[sentence].block;
        for back in 0..=PRONOUN_REACH.min(sentence) {
            if block > self.document.sentences[sentence - back].block + 1 {
                return None;
            }
            let mut people = self.in_sentence(sentence - back);
            people.retain(|&entity| self.entities[entity].kind == NameKind::Person);
            let fits = |entity: usize| self.sex.get(&entity).is_none_or(|&known| known == sex);
            if let Some(entity) = self.speaker(sentence - back, before).filter(|&entity| fits(entity)) {
                return Some(entity);
            }
            let known = people.iter().copied().find(|entity| self.sex.get(entity) == Some(&sex));
            let mut unknown = people.iter().copied().filter(|entity| !self.sex.contains_key(entity));
            match (known, unknown.next(), unknown.next()) {
                (Some(entity), _, _) => return Some(entity),
                (None, Some(entity), None) => return Some(entity),
                (None, Some(_), Some(_)) => return None,
                (None, None, _) => {}
            }
        }
        None
    }

    /// The person named in a sentence right before a verb of saying: the last one before the token `before` in its own
    /// sentence, the first one of an earlier sentence, whose later ones may stand in a quotation.
    fn speaker(&self, sentence: usize, before: usize) -> Option<usize> {
        let tokens = &self.document.tokens;
        let from = self.seen.partition_point(|seen| seen.sentence < sentence);
        let seen = self.seen[from..].iter().take_while(|seen| seen.sentence == sentence).take(MENTIONS);
        let speaks = |seen: &&Seen| {
            let person = self.entities[seen.mention.entity].kind == NameKind::Person;
            let verb = tokens.get(seen.end).is_some_and(|next| is("speech", next));
            person && seen.end < before && verb && seen.mention.form == MentionForm::Name
        };
        let mut speakers = seen.filter(speaks).map(|seen| seen.mention.entity);
        let here = self.document.range(sentence).contains(&before);
        if here { speakers.last() } else { speakers.next() }
    }

    /// "Holt Industries said it …".
    fn speaking_organisation(&self, sentence: usize, at: usize) -> Option<usize> {
        let tokens = &self.document.tokens;
        let speech = at.checked_sub(1).filter(|&speech| is("speech", &tokens[speech]))?;
        let subject = self.seen.last().filter(|seen| seen.sentence == sentence && seen.end == speech)?;
        (self.entities[subject.mention.entity].kind == NameKind::Organisation).then_some(subject.mention.entity)
    }

    /// The start of a definite description with its head at `at`: "the special envoy".
    fn description(&self, sentence: usize, at: usize) -> Option<usize> {
        let tokens = &self.document.tokens;
        let range = self.document.range(sentence);
        let head = &tokens[at];
        let role = ["role", "org role", "place role"].iter().any(|section| is(section, head));
        let next = tokens[..range.end].get(at + 1);
        let goes_on = next.is_some_and(|next| {
            next.is_any(&["of", "for", "to", "who", "that", "which"])
                || next.capital
                || is_plain(next) && is_noun_like(next)
        });
        if !role || head.capital && !is("function", head) || goes_on {
            return None;
        }
        for start in (at.saturating_sub(3).max(range.start)..at).rev() {
            if tokens[start].kind == TokenKind::Possessive {
                let owner = |at: &usize| tokens[*at].capital && tokens[*at].is_word() && !is("function", &tokens[*at]);
                return (range.start..start).rev().take_while(owner).take(5).last();
            }
            if tokens[start].is_any(&["the", "that", "this"]) {
                return Some(start);
            }
            if !is_plain(&tokens[start]) || is_determiner(&tokens[start]) {
                return None;
            }
        }
        None
    }

    /// Who a description means: the nearest entity introduced with that role, or fit for it by its name.
    fn described(&self, sentence: usize, start: usize, head: usize) -> Option<usize> {
        let role = &*self.document.tokens[head].lower;
        let with_role = |entity: usize| self.roles.get(&entity).is_some_and(|roles| roles.contains(role));
        if let Some(entity) = self.nearest(sentence, DESCRIPTION_REACH, &with_role) {
            return Some(entity);
        }
        let tokens = &self.document.tokens;
        if let Some(&only) = self.bearers.get(role).filter(|bearers| bearers.len() == 1).and_then(BTreeSet::first) {
            return self.mentioned.contains(&only).then_some(only);
        }
        if !tokens[start].is_any(&["the", "this", "that"]) {
            return None;
        }
        let plain = head == start + 1 || is("loaded", &tokens[head - 1]);
        if has("paper role", role) {
            return self.nearest(sentence, 4, &|entity| self.is_paper(entity));
        }
        if has("outlet role", role) {
            return self.nearest(sentence, 4, &|entity| self.is_outlet(entity));
        }
        if has("company role", role) && plain {
            let sure = self.nearest(sentence, 3, &|entity| self.is_company(entity));
            return sure
                .or_else(|| self.nearest(sentence, 2, &|entity| self.is_band(entity) && !self.is_no_company(entity)));
        }
        if role == "group" && plain {
            return self.nearest(sentence, 1, &|entity| self.is_band(entity));
        }
        None
    }

    /// The entity mentioned last among those that fit; `None` when two of them stand in one sentence.
    fn nearest(&self, sentence: usize, reach: usize, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        for back in 0..=reach.min(sentence) {
            let mut fitting = self.in_sentence(sentence - back);
            fitting.retain(|&entity| fits(entity));
            match fitting[..] {
                [] => {}
                [only] => return Some(only),
                _ => return None,
            }
        }
        None
    }

    fn words(&self, entity: usize) -> Vec<String> {
        self.entities[entity].name.to_lowercase().split_whitespace().map(str::to_owned).collect()
    }

    fn is_organisation(&self, entity: usize) -> bool {
        self.entities[entity].kind == NameKind::Organisation
    }

    fn is_outlet(&self, entity: usize) -> bool {
        let words = self.words(entity);
        self.is_organisation(entity)
            && (words.last().is_some_and(|last| has("outlet head", last))
                || words.iter().any(|word| has("outlet", word)))
    }

    fn is_paper(&self, entity: usize) -> bool {
        self.is_outlet(entity) && self.words(entity).last().is_some_and(|last| has("outlet head", last))
    }

    fn is_company(&self, entity: usize) -> bool {
        let company = |role: &&str| has("company role", role);
        self.is_organisation(entity)
            && (self
                .words(entity)
                .last()
                .is_some_and(|last| has("organisation suffix", last) || has("company head", last))
                || self.roles.get(&entity).is_some_and(|roles| roles.iter().any(company)))
    }

    /// An organisation that is introduced as something else than a business: a movement, a ministry.
    fn is_no_company(&self, entity: usize) -> bool {
        let other = |role: &&str| has("org role", role) && !has("company role", role);
        self.roles.get(&entity).is_some_and(|roles| roles.iter().any(other))
    }

    fn is_band(&self, entity: usize) -> bool {
        self.is_organisation(entity)
            && !self.is_outlet(entity)
            && !self.words(entity).iter().any(|word| has("institution", word))
    }
}

fn pronoun(token: &Token) -> Option<Sex> {
    match &*token.lower {
        "he" | "him" | "his" | "himself" => Some(Sex::He),
        "she" | "her" | "hers" | "herself" => Some(Sex::She),
        _ => None,
    }
}

fn sex_of(word: &str) -> Option<Sex> {
    if has("he", word) { Some(Sex::He) } else { has("she", word).then_some(Sex::She) }
}

/// A word after a role that makes a compound of it: "the company statement"; verbs mostly end in s, ed or t.
fn is_noun_like(token: &Token) -> bool {
    ["role", "org role"].iter().any(|section| super::lexicon::is_or_plural(section, token))
        || token.is_any(&["statement", "spokesman", "spokeswoman", "race", "election", "campaign", "seat", "race"])
}
