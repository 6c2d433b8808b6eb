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
use super::phrases::{Act, Phrases};

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
    let own = !name.contains(['\'', '’']);
    let acronym = own && first.len() > 2 && first.chars().all(char::is_uppercase) && first.len() < name.len();
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
                || phrases.act(at) == Act::Participle
                || phrases.act(at) == Act::Gerund && phrases.class(at - 1, Class::People)
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
    /// The block that stood in.
    last_outlet_in: usize,
    last_person: Option<(String, Option<usize>)>,
    last_organisation: Option<(String, Option<usize>)>,
    last_unnamed: Option<String>,
    /// The noun those were called by, in the singular.
    last_unnamed_head: String,
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
            last_outlet_in: 0,
            last_person: None,
            last_organisation: None,
            last_unnamed: None,
            last_unnamed_head: String::new(),
            last_unnamed_at: 0,
            sentence: 0,
        }
    }

    /// Resolves one source; call in text order.
    pub(crate) fn resolve(&mut self, found: &Found) -> Resolved {
        self.sentence = found.sentence;
        let Some(source) = &found.source else {
            return self.hearsay(found);
        };
        let resolved = match &found.antecedent {
            Some(antecedent) => self.antecedent(source, antecedent),
            None => self.phrase(source),
        };
        self.remember(&resolved, source);
        resolved
    }

    /// "Reportedly" means the outlet that reported before in the same paragraph; "allegedly" means nobody.
    fn hearsay(&self, found: &Found) -> Resolved {
        let reported = found.cue.as_ref().is_some_and(|cue| self.phrases.is(cue.start, "reportedly"));
        let name = self.last_outlet.clone().filter(|_| reported && self.last_outlet_in == self.block());
        let kind = name.as_ref().map(|_| SourceKind::Outlet);
        Resolved { name, kind, entity: None }
    }

    fn block(&self) -> usize {
        self.phrases.document.sentences[self.sentence].block
    }

    /// Whom "who", "which" or "that" behind a noun phrase means: the phrase, or for "who" its last part where only that
    /// is a person ("a backlash from lawmakers who …").
    fn antecedent(&self, relative: &Range<usize>, phrase: &Range<usize>) -> Resolved {
        let human =
            |resolved: &Resolved| matches!(resolved.kind, Some(SourceKind::NamedPerson | SourceKind::UnnamedPeople));
        let mut meant = phrase.clone();
        let mut resolved = self.phrase(&meant);
        if self.phrases.is(relative.start, "who") && !human(&resolved) {
            let last = phrase.clone().rev().find(|&at| self.phrases.class(at, Class::Preposition));
            let verb = |last: usize| self.phrases.is(last, "to") && self.phrases.act(last + 1) != Act::Other;
            if let Some(last) = last.map(|last| last + usize::from(verb(last))).filter(|last| last + 1 < phrase.end) {
                meant = last + 1..phrase.end;
                resolved = self.phrase(&meant);
            }
            if !human(&resolved) {
                return Resolved { kind: Some(SourceKind::UnnamedPeople), ..Resolved::default() };
            }
        }
        if resolved.name.is_none() && resolved.kind != Some(SourceKind::Unknown) {
            resolved.name = self.noun_phrase(&meant);
        }
        resolved
    }

    /// The words of a phrase that stand for themselves: no pronoun, no relative, no verb.
    fn noun_phrase(&self, phrase: &Range<usize>) -> Option<String> {
        let comma = phrase.clone().find(|&at| self.phrases.is(at, ",")).unwrap_or(phrase.end);
        let relative = phrase.len() > 1 && self.phrases.class(phrase.start, Class::Relative);
        let own = phrase.start + usize::from(relative && !self.phrases.is(phrase.start, "that"))..comma;
        let bare = Class::SubjectPronoun | Class::ObjectPronoun | Class::Relative | Class::Pronoun;
        let only = own.len() == 1 && self.phrases.class(own.start, bare);
        let says = own.clone().any(|at| self.phrases.is_finite(at));
        (!own.is_empty() && !only && !says).then(|| words(self.phrases, &own).to_owned())
    }

    fn remember(&mut self, resolved: &Resolved, source: &Range<usize>) {
        match (resolved.kind, &resolved.name) {
            (Some(SourceKind::Outlet | SourceKind::Agency), Some(name)) if name.starts_with(char::is_uppercase) => {
                self.last_outlet = Some(name.clone());
                self.last_outlet_in = self.block();
            }
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
                self.last_unnamed = self.noun_phrase(&(source.start..comma));
                self.last_unnamed_head = stem(&self.phrases.token(self.head(&core(self.phrases, source))).lower);
            }
            _ => {}
        }
    }

    fn phrase(&self, phrase: &Range<usize>) -> Resolved {
        let emphasis = ["himself", "herself", "itself", "themselves"];
        let emphatic = phrase.len() > 1 && self.phrases.token(phrase.end - 1).is_any(&emphasis);
        let phrase = &(phrase.start..phrase.end - usize::from(emphatic));
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
        let titled = || {
            let mut people = inside.clone().filter(|mention| self.kind(mention.entity) == Some(NameKind::Person));
            people.find(|mention| self.is_titled_by(phrase, mention))
        };
        if person.is_none() && self.is_party_member(core) {
            return Some(resolved(None, SourceKind::UnnamedPeople));
        }
        if let Some(mention) = person.or_else(titled).or(headed) {
            let entity = self.names.entities.get(mention.entity)?;
            return Some(Resolved {
                name: Some(entity.name.clone()),
                entity: Some(mention.entity),
                kind: Some(entity_kind(entity)),
            });
        }
        self.capitalised(phrase, core)
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

    /// "House of Elders Speaker Ana Holt", "chief of staff Ana Holt": the words before the name are a title that has a
    /// preposition in it, and the person is the source.
    fn is_titled_by(&self, phrase: &Range<usize>, mention: &Mention) -> bool {
        let Some(name) = phrase.clone().find(|&at| self.phrases.token(at).span.start == mention.span.start) else {
            return false;
        };
        let title = Class::Title | Class::People;
        let comma = (phrase.start..name).any(|at| self.phrases.is(at, ",") || self.phrases.class(at, Class::Relative));
        let before = |back: usize| name.checked_sub(back).filter(|&at| at >= phrase.start);
        let plain = |at: usize| {
            self.phrases.token(at).is_word() && !self.phrases.class(at, Class::Preposition | Class::Conjunction)
        };
        let office = before(1).is_some_and(|at| self.phrases.class(at, title) && self.phrases.token(at).capital)
            && before(2).is_some_and(|at| self.phrases.token(at).capital && plain(at));
        let of = before(2).is_some_and(|at| self.phrases.is(at, "of"))
            && before(1)
                .is_some_and(|at| plain(at) && !self.phrases.token(at).capital && !self.phrases.class(at, title))
            && before(3).is_some_and(|at| self.phrases.class(at, title));
        !comma && (office || of)
    }

    /// "the Elmford Republican": a person, not the party.
    fn is_party_member(&self, core: &Range<usize>) -> bool {
        let single = self.phrases.class(core.start, Class::Determiner) && core.len() > 1;
        single && self.phrases.token(core.end - 1).is_any(&["republican", "democrat"])
    }

    fn kind(&self, entity: usize) -> Option<NameKind> {
        self.names.entities.get(entity).map(|entity| entity.kind)
    }

    /// A name the list of names does not know, by its capitals.
    fn capitalised(&self, phrase: &Range<usize>, core: &Range<usize>) -> Option<Resolved> {
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
        // "the Attorney's Office" is no "Office".
        let owned = run > core.start && self.phrases.token(run - 1).kind == TokenKind::Possessive;
        if owned && self.phrases.class(last, Class::Organisation) {
            return Some(self.organisation(phrase, core, last, false));
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
        let service = self.phrases.is(head, "service") && self.in_core(core, Class::OutletWord);
        if self.phrases.class(head, Class::OutletNoun)
            || service
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
            if self.phrases.class(head, Class::Organisation) && self.proper(core).is_some() {
                return resolved(self.proper(core), SourceKind::NamedOrganisation);
            }
            let again = self.phrases.is(phrase.start, "one") && self.phrases.is(phrase.start + 1, "of") || bare;
            let called = stem(&self.phrases.token(head).lower) == self.last_unnamed_head;
            let own = words(self.phrases, core);
            let same = self.last_unnamed.clone().filter(|same| again && called && !same.eq_ignore_ascii_case(own));
            return resolved(same, SourceKind::UnnamedPeople);
        }
        if self.phrases.class(head, Class::Organisation) {
            return self.organisation(phrase, core, head, bare);
        }
        let somebody = ["some", "others", "many", "someone", "somebody", "several", "few", "one"];
        let somebody = core.len() == 1 && self.phrases.token(head).is_any(&somebody);
        resolved(None, if somebody { SourceKind::UnnamedPeople } else { SourceKind::Unknown })
    }

    /// An organisation described: "Holt's office" by its own words, "the court" as the last one with that word in its
    /// name, "the company" as the organisation that spoke last.
    fn organisation(&self, phrase: &Range<usize>, core: &Range<usize>, head: usize, bare: bool) -> Resolved {
        let kind = Some(SourceKind::NamedOrganisation);
        if !bare {
            // "Office for the District of Elm" goes on with a name, "office for a review" does not.
            let goes_on = phrase.end > core.end
                && self.phrases.token(phrase.end - 1).capital
                && (core.end..phrase.end).all(|at| {
                    self.phrases.token(at).capital
                        || self.phrases.is(at, "the")
                        || self.phrases.class(at, Class::Preposition)
                });
            let whole = self.noun_phrase(phrase).filter(|_| goes_on && self.proper(core).is_some());
            let name = whole.or_else(|| self.proper(core)).map(|name| without_article(&name).to_owned());
            return Resolved { name, entity: None, kind };
        }
        let word = &*self.phrases.token(head).lower;
        let fits = |entity: &Entity| {
            entity.kind == NameKind::Organisation && entity.name.split(' ').any(|part| part.to_lowercase() == word)
        };
        let before = self.names.mentions_in(Span::new(0, self.phrases.token(phrase.start).span.start));
        let named = before.iter().rev().take(NAMES_BACK).find_map(|mention| {
            let entity = self.names.entities.get(mention.entity).filter(|entity| fits(entity))?;
            Some((entity.name.clone(), Some(mention.entity)))
        });
        let general = ["company", "firm", "group", "organisation", "organization", "agency"].contains(&word);
        let last = || self.last_organisation.clone().filter(|_| general);
        let (name, entity) = named.or_else(last).map_or((None, None), |(name, entity)| (Some(name), entity));
        Resolved { name, entity, kind }
    }

    /// The words of a phrase with a proper noun in it, without its article.
    fn proper(&self, core: &Range<usize>) -> Option<String> {
        let names = |at: usize| {
            let token = self.phrases.token(at);
            let known = self.names.mentions_in(token.span).iter().any(|mention| mention.form == MentionForm::Name);
            let opens = at == core.start && self.starts_sentence(at) && !known;
            token.is_word() && token.capital && !opens && !self.phrases.class(at, Class::Determiner)
        };
        let own = self.phrases.class(core.start, Class::Possessive);
        (!own && core.clone().any(names)).then(|| without_article(words(self.phrases, core)).to_owned())
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

/// Names before "the court" that are looked through for one.
const NAMES_BACK: usize = 60;

fn without_article(name: &str) -> &str {
    ["The ", "the ", "A ", "a ", "An ", "an "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

/// A noun without the s of its plural.
fn stem(noun: &str) -> String {
    noun.strip_suffix('s').unwrap_or(noun).to_owned()
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
