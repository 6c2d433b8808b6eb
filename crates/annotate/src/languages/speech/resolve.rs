//! Who a source is: the person or body it names, the one its pronoun or title stands for, and what kind of source.

use std::collections::BTreeMap;
use std::ops::Range;

use twosource_model::{NameKind, SourceKind, Span};

use super::{Found, Lexicon};
use crate::document::Document;
use crate::names::Names;

/// A source as far as it is known.
#[derive(Clone, Debug)]
pub(super) struct Resolved {
    pub(super) name: Option<String>,
    pub(super) entity: Option<usize>,
    pub(super) kind: SourceKind,
}

/// Keeps who spoke last.
pub(super) struct Resolver<'a> {
    document: &'a Document<'a>,
    lexicon: &'a Lexicon,
    names: &'a Names,
    /// The people whose name a title stands before, by title; `None` where it stands before several.
    titles: BTreeMap<String, Option<usize>>,
    last: Option<(usize, usize)>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(document: &'a Document<'a>, lexicon: &'a Lexicon, names: &'a Names) -> Self {
        let mut titles: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for mention in names.mentions.iter().filter(|mention| mention.phrase.start < mention.span.start) {
            let title = Span::new(mention.phrase.start, mention.span.start).of(document.text()).trim().to_lowercase();
            let known = titles.entry(title).or_insert(Some(mention.entity));
            *known = known.filter(|&entity| entity == mention.entity);
        }
        Resolver { document, lexicon, names, titles, last: None }
    }

    /// Who speaks; a pronoun is the last person who did, in this block or the one before.
    pub(super) fn resolve(&mut self, found: &Found) -> Resolved {
        let unknown = |kind| Resolved { name: None, entity: None, kind };
        let Some(source) = &found.source else { return unknown(SourceKind::Unknown) };
        let block = self.document.sentences[found.sentence].block;
        let pronoun = source.len() == 1 && self.is("pronouns", source.start);
        let person = self.named(source, NameKind::Person);
        let before = || self.last.filter(|(_, at)| block - at <= 1).map(|(who, _)| who);
        let meant = if pronoun { before().or_else(|| self.only_person(source.start, block)) } else { None };
        if let Some(entity) = person.or(meant).or_else(|| self.by_title(source)) {
            self.last = Some((entity, block));
            return self.entity(entity, SourceKind::NamedPerson);
        }
        self.last = None;
        if pronoun {
            return unknown(SourceKind::Unknown);
        }
        let kinds = [
            ("agencies", SourceKind::Agency),
            ("outlets", SourceKind::Outlet),
            ("people", SourceKind::UnnamedPeople),
            ("documents", SourceKind::Document),
            ("bodies", SourceKind::NamedOrganisation),
        ];
        let kind = kinds.into_iter().find(|(list, _)| source.clone().any(|at| self.is(list, at))).map(|(_, kind)| kind);
        match (kind, self.named(source, NameKind::Organisation)) {
            (Some(kind @ (SourceKind::UnnamedPeople | SourceKind::Document)), _) => unknown(kind),
            (kind, Some(entity)) => self.entity(entity, kind.unwrap_or(SourceKind::NamedOrganisation)),
            // "Hafenbehörde" and "der Hafenbehörde" are one.
            (Some(kind @ SourceKind::NamedOrganisation), None) => {
                let first = source.start + usize::from(self.is("articles", source.start));
                let name = self.span(&(first.min(source.end - 1)..source.end)).of(self.document.text());
                Resolved { name: Some(name.to_owned()), entity: None, kind }
            }
            (kind, None) => unknown(kind.unwrap_or(SourceKind::Unknown)),
        }
    }

    /// The one person whom the block names before a pronoun.
    fn only_person(&self, pronoun: usize, block: usize) -> Option<usize> {
        let from = self.document.article.blocks[block].span.start;
        let before = Span::new(from, self.document.tokens[pronoun].span.start);
        let people = self.names.mentions_in(before).iter().map(|mention| mention.entity);
        let mut people: Vec<usize> =
            people.filter(|&entity| self.names.entities[entity].kind == NameKind::Person).collect();
        people.sort_unstable();
        people.dedup();
        if let [one] = people[..] { Some(one) } else { None }
    }

    fn is(&self, list: &str, at: usize) -> bool {
        self.lexicon.has(list, &self.document.tokens[at])
    }

    fn entity(&self, entity: usize, kind: SourceKind) -> Resolved {
        Resolved { name: Some(self.names.entities[entity].name.clone()), entity: Some(entity), kind }
    }

    /// The first name of a kind in the source.
    fn named(&self, source: &Range<usize>, kind: NameKind) -> Option<usize> {
        let span = self.span(source);
        let mentions = self.names.mentions_in(span).iter().map(|mention| mention.entity);
        mentions.into_iter().find(|&entity| self.names.entities[entity].kind == kind)
    }

    /// "der Bürgermeister" where one person of the article is called so before the name.
    fn by_title(&self, source: &Range<usize>) -> Option<usize> {
        let first = source.start + usize::from(self.is("articles", source.start));
        let title = self.span(&(first.min(source.end - 1)..source.end)).of(self.document.text()).to_lowercase();
        self.titles.get(&title).copied().flatten()
    }

    fn span(&self, tokens: &Range<usize>) -> Span {
        self.document.tokens[tokens.start].span.cover(self.document.tokens[tokens.end - 1].span)
    }
}
