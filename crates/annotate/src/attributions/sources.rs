//! What a source is, and who is meant by it.
//!
//! Sources are followed back in text order: a pronoun through the names of the article, "the newspaper" to the outlet
//! credited last, "the letter" to whoever wrote one, "one of the officials" to the unnamed people quoted before. A
//! reference that could mean two is left unresolved.

use std::collections::BTreeMap;
use std::ops::Range;

use twosource_model::{Entity, Mention, MentionForm, NameKind, SourceKind, Span};

use crate::names::Names;
use crate::tokens::TokenKind;

use super::cues::Found;
use super::lexicon::{Class, ENGLISH};
use super::phrases::Phrases;

/// Whether a noun phrase is headed by the name of an outlet or an agency.
pub(crate) fn is_outlet(phrases: &Phrases<'_>, phrase: &Range<usize>) -> bool {
    names_outlet(&bare_name(phrases, phrase))
}

/// Whether a noun phrase is the name of an outlet as it is listed, or of a site.
pub(crate) fn is_listed_outlet(phrases: &Phrases<'_>, phrase: &Range<usize>) -> bool {
    is_listed(&bare_name(phrases, phrase))
}

fn is_listed(name: &str) -> bool {
    let site = [".com", ".org", ".net", ".tv"].iter().any(|end| name.ends_with(end)) && !name.contains([' ', '@']);
    ENGLISH.is_outlet(name) || ENGLISH.is_agency(name) || site
}

/// Whether a name is that of an outlet or an agency: listed, ending like one, a site, or a listed acronym with a place
/// or a section behind it ("NBC New York").
fn names_outlet(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or(name);
    let acronym = first.len() > 2 && first.chars().all(char::is_uppercase) && first.len() < name.len();
    is_listed(name) || acronym && is_listed(first)
}

/// The words of a noun phrase up to its first preposition, comma or possessive, without article.
fn bare_name(phrases: &Phrases<'_>, phrase: &Range<usize>) -> String {
    let core = core(phrases, phrase);
    let start = core.start + usize::from(core.len() > 1 && phrases.token(core.start).is_any(&["the", "a", "an"]));
    words(phrases, &(start..core.end)).to_owned()
}

/// The noun phrase up to its first preposition, comma or relative pronoun.
fn core(phrases: &Phrases<'_>, phrase: &Range<usize>) -> Range<usize> {
    let mut start = phrase.start;
    while start + 2 < phrase.end
        && phrases.is(start + 1, "of")
        && phrases.class(start, Class::Pronoun | Class::Determiner)
    {
        start += 2;
    }
    let ends = Class::Relative | Class::Preposition;
    let end = (start + 1..phrase.end)
        .find(|&at| {
            phrases.is(at, ",")
                || phrases.is(at, "(")
                || phrases.class(at, ends) && !phrases.class(at, Class::Determiner) && !phrases.token(at).capital
                || phrases.act(at) == super::phrases::Act::Participle
        })
        .unwrap_or(phrase.end);
    let end = if end > start + 1 && phrases.token(end - 1).kind == TokenKind::Possessive { end - 1 } else { end };
    start..end
}

fn words<'t>(phrases: &Phrases<'t>, tokens: &Range<usize>) -> &'t str {
    if tokens.is_empty() {
        return "";
    }
    let span = Span::new(phrases.token(tokens.start).span.start, phrases.token(tokens.end - 1).span.end);
    span.of(phrases.document.text())
}

/// What is known of a source.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    /// The name of who is meant.
    pub(crate) name: Option<String>,
    /// The entity that is.
    pub(crate) entity: Option<usize>,
    /// What it is.
    pub(crate) kind: Option<SourceKind>,
}

/// Follows sources back through the article, in text order.
pub(crate) struct Resolver<'r> {
    phrases: &'r Phrases<'r>,
    names: &'r Names,
    /// The fullest form seen of each name, by its last word.
    full_names: BTreeMap<String, Option<String>>,
    last_outlet: Option<String>,
    last_person: Option<(String, Option<usize>)>,
    last_organisation: Option<(String, Option<usize>)>,
    last_unnamed: Option<String>,
    /// The sentence those stood in, and the one at hand.
    last_unnamed_at: usize,
    sentence: usize,
}

impl<'r> Resolver<'r> {
    pub(crate) fn new(phrases: &'r Phrases<'r>, names: &'r Names) -> Self {
        let full_names = full_names(phrases);
        Resolver {
            phrases,
            names,
            full_names,
            last_outlet: None,
            last_person: None,
            last_organisation: None,
            last_unnamed: None,
            last_unnamed_at: 0,
            sentence: 0,
        }
    }

    /// Resolves one source; call in text order.
    pub(crate) fn resolve(&mut self, found: &Found) -> Resolved {
        self.sentence = found.sentence;
        let Some(source) = &found.source else {
            let name = (found.lemma == "report").then(|| self.last_outlet.clone()).flatten();
            let kind = name.as_ref().map(|_| SourceKind::Outlet);
            return Resolved { name, kind, entity: None };
        };
        let mut resolved = match &found.antecedent {
            Some(antecedent) => self.phrase(antecedent),
            None => self.phrase(source),
        };
        if found.antecedent.is_some() && resolved.name.is_none() {
            resolved.name = found.antecedent.as_ref().map(|phrase| words(self.phrases, phrase).to_owned());
        }
        self.remember(&resolved, source);
        resolved
    }

    fn remember(&mut self, resolved: &Resolved, source: &Range<usize>) {
        match (resolved.kind, &resolved.name) {
            (Some(SourceKind::Outlet | SourceKind::Agency), Some(name)) => self.last_outlet = Some(name.clone()),
            (Some(SourceKind::NamedPerson), Some(name)) => self.last_person = Some((name.clone(), resolved.entity)),
            (Some(SourceKind::NamedOrganisation), Some(name))
                if resolved.entity.is_none_or(|entity| self.kind(entity) == Some(NameKind::Organisation)) =>
            {
                self.last_organisation = Some((name.clone(), resolved.entity))
            }
            (Some(SourceKind::UnnamedPeople), None)
                if !self.phrases.token(source.start).is_any(&["he", "she", "they"])
                    && !self.phrases.is(source.start + 1, "of") =>
            {
                let comma = source.clone().find(|&at| self.phrases.is(at, ",")).unwrap_or(source.end);
                self.last_unnamed_at = self.sentence;
                self.last_unnamed = Some(words(self.phrases, &(source.start..comma)).to_owned());
            }
            _ => {}
        }
    }

    fn phrase(&self, phrase: &Range<usize>) -> Resolved {
        let first = self.phrases.token(phrase.start);
        if phrase.len() == 1
            && self.phrases.class(phrase.start, Class::SubjectPronoun | Class::ObjectPronoun | Class::Possessive)
        {
            return self.pronoun(phrase, &first.lower);
        }
        let core = core(self.phrases, phrase);
        let name = bare_name(self.phrases, phrase);
        if ENGLISH.is_agency(&name) {
            return resolved(Some(name), SourceKind::Agency);
        }
        let head = self.head(&core);
        let capital = core.clone().any(|at| self.phrases.token(at).capital)
            && !(head == phrase.start && self.starts_sentence(head) && self.is_common(head));
        if capital && names_outlet(&name) {
            return resolved(Some(self.full_outlet(&name)), SourceKind::Outlet);
        }
        if let Some(found) = self.named(phrase, &core).or_else(|| self.described(&core)) {
            return found;
        }
        self.common(phrase, &core, head)
    }

    /// The last noun of the core that is listed ("two people familiar"), else its last word.
    fn head(&self, core: &Range<usize>) -> usize {
        let listed = Class::People | Class::Document | Class::OutletWord | Class::Organisation;
        let mut words = core.clone().rev().filter(|&at| self.phrases.token(at).is_word());
        let last = words.next().unwrap_or(core.start);
        let adjective = !self.phrases.token(last).capital && !self.phrases.class(last, listed);
        words.find(|&at| adjective && self.phrases.class(at, listed)).unwrap_or(last)
    }

    fn starts_sentence(&self, at: usize) -> bool {
        at == 0
            || self.phrases.token(at - 1).is_any(&[".", "?", "!"])
            || self.phrases.token(at - 1).is_quote()
            || self
                .phrases
                .document
                .sentence_at(self.phrases.token(at).span.start)
                .is_some_and(|s| self.phrases.document.range(s).start == at)
    }

    fn is_common(&self, at: usize) -> bool {
        self.phrases.class(
            at,
            Class::People
                | Class::Document
                | Class::OutletWord
                | Class::Organisation
                | Class::Determiner
                | Class::Pronoun,
        )
    }

    /// "he", "she", "they", "it".
    fn pronoun(&self, phrase: &Range<usize>, word: &str) -> Resolved {
        let span = self.span(phrase);
        let mention = self
            .names
            .mentions_in(span)
            .iter()
            .find(|mention| mention.span == span && mention.form == MentionForm::Pronoun);
        if let Some(entity) =
            mention.and_then(|mention| Some((mention.entity, self.names.entities.get(mention.entity)?)))
        {
            return Resolved {
                name: Some(entity.1.name.clone()),
                entity: Some(entity.0),
                kind: Some(entity_kind(entity.1)),
            };
        }
        match word {
            "he" | "she" | "his" | "her" | "him" => {
                let (name, entity) =
                    self.last_person.clone().map_or((None, None), |(name, entity)| (Some(name), entity));
                Resolved { name, entity, kind: Some(SourceKind::NamedPerson) }
            }
            "it" | "its" => {
                let (name, entity) =
                    self.last_organisation.clone().map_or((None, None), |(name, entity)| (Some(name), entity));
                Resolved {
                    kind: Some(if name.is_some() { SourceKind::NamedOrganisation } else { SourceKind::Unknown }),
                    name,
                    entity,
                }
            }
            "they" | "their" => resolved(self.plural_unnamed(), SourceKind::UnnamedPeople),
            _ => resolved(None, SourceKind::Unknown),
        }
    }

    /// The unnamed people quoted last, where they were several.
    fn plural_unnamed(&self) -> Option<String> {
        let one =
            |name: &str| ["a ", "an ", "one ", "another "].iter().any(|word| name.to_lowercase().starts_with(word));
        self.last_unnamed.clone().filter(|name| !one(name) && self.sentence <= self.last_unnamed_at + 2)
    }

    /// "the Times" to "The New York Times" where the article has the longer name.
    fn full_outlet(&self, name: &str) -> String {
        let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
        match self.full_names.get(&last) {
            Some(Some(full)) if full.len() > name.len() && full.ends_with(name) && ENGLISH.is_outlet(full) => {
                full.clone()
            }
            _ => name.to_owned(),
        }
    }

    /// A phrase with a name in it.
    fn named(&self, phrase: &Range<usize>, core: &Range<usize>) -> Option<Resolved> {
        let span = self.span(phrase);
        let core_span = self.span(core);
        let mentions = self.names.mentions_in(span).iter();
        let inside = mentions.filter(|mention| mention.form == MentionForm::Name && span.contains(mention.span));
        let person = inside.clone().find(|mention| {
            self.kind(mention.entity) == Some(NameKind::Person) && self.is_apposed(phrase, core, mention)
        });
        let headed = inside.clone().rfind(|mention| mention.span.end == core_span.end);
        if let Some(mention) = person.or(headed) {
            let entity = self.names.entities.get(mention.entity)?;
            return Some(Resolved {
                name: Some(entity.name.clone()),
                entity: Some(mention.entity),
                kind: Some(entity_kind(entity)),
            });
        }
        self.capitalised(core)
    }

    /// A description the names of the article know: "the envoy", "the company".
    fn described(&self, core: &Range<usize>) -> Option<Resolved> {
        let span = self.span(core);
        let mut mentions = self.names.mentions_in(span).iter().filter(|mention| mention.form == MentionForm::Nominal);
        let mention = mentions.find(|mention| mention.span.end == span.end)?;
        let entity = self.names.entities.get(mention.entity)?;
        Some(Resolved {
            name: Some(entity.name.clone()),
            entity: Some(mention.entity),
            kind: Some(entity_kind(entity)),
        })
    }

    /// Whether a name in the phrase is the source itself and not a part of its description ("a spokesman for Smith").
    fn is_apposed(&self, phrase: &Range<usize>, core: &Range<usize>, mention: &Mention) -> bool {
        let (name, end) = (mention.span, self.phrases.token(core.end - 1).span.end);
        if name.end <= end {
            return name.end == end;
        }
        let starts = [name.start, mention.phrase.start];
        phrase.clone().any(|at| {
            let next = self.phrases.token(at + 1).span.start;
            self.phrases.is(at, ",")
                && (starts.contains(&next)
                    || self.phrases.class(at + 1, Class::Title) && next < name.start && name.start - next < 30)
        })
    }

    fn kind(&self, entity: usize) -> Option<NameKind> {
        self.names.entities.get(entity).map(|entity| entity.kind)
    }

    /// A name the list of names does not know, by its capitals.
    fn capitalised(&self, core: &Range<usize>) -> Option<Resolved> {
        let run =
            core.clone().rev().take_while(|&at| self.phrases.token(at).capital || self.phrases.is(at, ".")).last()?;
        let end = core.end;
        let words_in: Vec<usize> = (run..end).filter(|&at| self.phrases.token(at).is_word()).collect();
        let last = *words_in.last()?;
        if words_in.len() == 1 && self.starts_sentence(last) && self.is_common(last)
            || self.phrases.class(last, Class::SubjectPronoun)
        {
            return None;
        }
        let name = words(self.phrases, &(self.without_titles(run, end)..end)).trim_end_matches('.').to_owned();
        let organisation = (run..end).any(|at| self.phrases.class(at, Class::Organisation))
            || self.phrases.is(core.start, "the")
            || name.len() > 1 && name.chars().all(|c| !c.is_lowercase());
        let kind = if organisation { SourceKind::NamedOrganisation } else { SourceKind::NamedPerson };
        let full = self
            .full_names
            .get(&*self.phrases.token(last).lower)
            .and_then(Option::as_ref)
            .filter(|full| full.ends_with(&name));
        Some(resolved(Some(full.cloned().unwrap_or(name)), kind))
    }

    fn without_titles(&self, mut start: usize, end: usize) -> usize {
        while start + 1 < end
            && (self.phrases.class(start, Class::Title | Class::Determiner) || self.phrases.is(start, "."))
        {
            start += 1;
        }
        start
    }

    /// A phrase without a name.
    fn common(&self, phrase: &Range<usize>, core: &Range<usize>, head: usize) -> Resolved {
        let definite = self.phrases.token(phrase.start).is_any(&["the", "this", "that", "these", "those"]);
        let bare = definite && core.len() <= 3 && core.end == phrase.end;
        if self.phrases.class(head, Class::OutletNoun)
            || self.phrases.class(head, Class::OutletWord) && (bare || self.in_core(core, Class::OutletNoun))
        {
            let name = bare.then(|| self.last_outlet.clone()).flatten();
            return resolved(name, SourceKind::Outlet);
        }
        if self.phrases.is(head, "report") && bare && self.last_outlet.is_some() {
            return resolved(self.last_outlet.clone(), SourceKind::Outlet);
        }
        if self.phrases.class(head, Class::Document) && !self.phrases.class(head, Class::People) {
            return resolved(self.author(phrase, core, head), SourceKind::Document);
        }
        if self.phrases.class(head, Class::People) {
            let again = self.phrases.is(phrase.start, "one") && self.phrases.is(phrase.start + 1, "of") || bare;
            let same = self.last_unnamed.clone().filter(|_| again);
            return resolved(same, SourceKind::UnnamedPeople);
        }
        if self.phrases.class(head, Class::Organisation) {
            let (name, entity) = self
                .last_organisation
                .clone()
                .filter(|_| bare)
                .map_or((None, None), |(name, entity)| (Some(name), entity));
            return Resolved { name, entity, kind: Some(SourceKind::NamedOrganisation) };
        }
        resolved(None, SourceKind::Unknown)
    }

    fn in_core(&self, core: &Range<usize>, class: Class) -> bool {
        core.clone().any(|at| self.phrases.class(at, class))
    }

    /// Who wrote "the letter": "X's letter", "a letter by X", "X wrote a letter" before it.
    fn author(&self, phrase: &Range<usize>, core: &Range<usize>, head: usize) -> Option<String> {
        if let Some(own) = self.author_in(phrase, head) {
            return Some(own);
        }
        let definite = self.phrases.is(core.start, "the") && core.len() <= 3;
        if !definite {
            return None;
        }
        let word = &self.phrases.token(head).lower;
        let earlier =
            (head.saturating_sub(400)..phrase.start).rev().filter(|&at| self.phrases.token(at).lower == *word).take(3);
        earlier.into_iter().find_map(|at| self.author_near(at))
    }

    fn author_in(&self, phrase: &Range<usize>, head: usize) -> Option<String> {
        let possessive = (phrase.start..head).rev().find(|&at| self.phrases.token(at).kind == TokenKind::Possessive);
        let by = (head + 1..phrase.end).find(|&at| self.phrases.token(at).is_any(&["by", "from"]));
        let owner = match (possessive, by) {
            (Some(at), _) => phrase.start..at,
            (None, Some(at)) => at + 1..phrase.end,
            _ => return None,
        };
        self.capitalised_anywhere(owner)
    }

    fn author_near(&self, head: usize) -> Option<String> {
        let tokens = self.phrases.document.tokens.len();
        let sentence = self.phrases.document.sentence_at(self.phrases.token(head).span.start)?;
        let range = self.phrases.document.range(sentence);
        let by = (head + 1..(head + 7).min(range.end).min(tokens))
            .find(|&at| self.phrases.token(at).is_any(&["by", "from"]));
        if let Some(by) = by {
            return self.capitalised_anywhere(self.phrases.phrase_at(by + 1, range.end, false)?);
        }
        if let Some(owner) = (head.saturating_sub(5).max(range.start)..head)
            .rev()
            .find(|&at| self.phrases.token(at).kind == TokenKind::Possessive)
        {
            return self.capitalised_anywhere(self.phrases.phrase_before(range.start, owner)?);
        }
        let verb = (head.saturating_sub(6).max(range.start)..head).rev().find(|&at| self.phrases.is_finite(at))?;
        let subject = self.phrases.phrase_before(range.start, self.phrases.group(range.start, verb).start)?;
        self.capitalised_anywhere(subject)
    }

    fn capitalised_anywhere(&self, phrase: Range<usize>) -> Option<String> {
        if phrase.is_empty() {
            return None;
        }
        let core = core(self.phrases, &phrase);
        self.named(&phrase, &core).and_then(|resolved| resolved.name)
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        Span::new(self.phrases.token(tokens.start).span.start, self.phrases.token(tokens.end - 1).span.end)
    }
}

fn resolved(name: Option<String>, kind: SourceKind) -> Resolved {
    Resolved { name, entity: None, kind: Some(kind) }
}

/// What an entity is as a source; an outlet is one also where the names only know an organisation.
fn entity_kind(entity: &Entity) -> SourceKind {
    let name = entity.name.strip_prefix("The ").or(entity.name.strip_prefix("the ")).unwrap_or(&entity.name);
    match entity.kind {
        NameKind::Person => SourceKind::NamedPerson,
        _ if ENGLISH.is_agency(name) => SourceKind::Agency,
        _ if names_outlet(name) => SourceKind::Outlet,
        kind => kind_of(kind),
    }
}

fn kind_of(kind: NameKind) -> SourceKind {
    match kind {
        NameKind::Person => SourceKind::NamedPerson,
        NameKind::Organisation | NameKind::Group | NameKind::Place => SourceKind::NamedOrganisation,
        NameKind::Event | NameKind::Other => SourceKind::Unknown,
    }
}

/// Runs of capitalised words, the longest for each last word, without titles; `None` where two differ ("Ann Hale",
/// "Bob Hale").
fn full_names(phrases: &Phrases<'_>) -> BTreeMap<String, Option<String>> {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    let tokens = &phrases.document.tokens;
    let mut at = 0;
    while at < tokens.len() {
        if !(tokens[at].is_word() && tokens[at].capital) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && end - at < 6 && tokens[end].is_word() && tokens[end].capital {
            end += 1;
        }
        let mut start = at;
        while start + 1 < end
            && phrases.class(
                start,
                Class::Title
                    | Class::Determiner
                    | Class::Adverb
                    | Class::Preposition
                    | Class::Subordinator
                    | Class::Conjunction
                    | Class::Time,
            )
        {
            start += 1;
        }
        if end - start >= 2 {
            let name = words(phrases, &(start..end));
            let entry = found.entry(tokens[end - 1].lower.to_string()).or_insert_with(|| Some(name.to_owned()));
            let same = entry
                .as_ref()
                .is_some_and(|full| full == name || full.ends_with(name) || name.ends_with(full.as_str()));
            *entry =
                entry.take().filter(|_| same).map(|full| if full.len() < name.len() { name.to_owned() } else { full });
        }
        at = end;
    }
    found
}
