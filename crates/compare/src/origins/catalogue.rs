//! The origins of a story as they are shown: name, kind, evidence.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Claim, Origin, OriginKind, Quote, SourceKind, Span};

use super::evidence;
use super::words::{Tracer, Word};
use crate::chains::{End, Voice, source_words};
use crate::outlets::ENGLISH;
use crate::sources::Class;

/// The origins found so far.
pub(super) struct Catalogue<'a> {
    pub(super) tracer: &'a Tracer<'a>,
    pub(super) index: BTreeMap<End, usize>,
    pub(super) origins: Vec<Origin>,
    pub(super) lead: Vec<usize>,
}

impl<'a> Catalogue<'a> {
    /// Starts with every attribution's end and the outlets and agencies that relay.
    pub(super) fn new(tracer: &'a Tracer<'a>) -> Self {
        let mut catalogue = Catalogue { tracer, index: BTreeMap::new(), origins: Vec::new(), lead: Vec::new() };
        for (index, link) in tracer.chains.links.iter().enumerate() {
            let no_word = matches!(link.voice, Voice::Nobody | Voice::Silent);
            if no_word || (link.end == End::Vague && tracer.attributions[index].attribution.source.is_none()) {
                continue;
            }
            let cover = tracer.attributions[index].attribution.content_cover();
            let (end, _) = tracer.said(index, cover);
            let relay = match link.voice {
                Voice::Source(source) if tracer.chains.names.class(source) == Class::Outlet => {
                    Some(End::Source(source))
                }
                _ => None,
            };
            for end in [Some(end), relay.filter(|&relay| relay != end)].into_iter().flatten() {
                catalogue.see(end, index);
            }
        }
        catalogue
    }

    /// Notes that an attribution speaks of an end.
    fn see(&mut self, end: End, attribution: usize) {
        let each = &self.tracer.attributions[attribution];
        let link = &self.tracer.chains.links[attribution];
        let quote = |span: Span| Quote { report: each.report, span };
        let origin = self.add(end, Some(attribution));
        let origin = &mut self.origins[origin];
        if origin.rests_on.is_none() {
            let behind = link.behind.map(|behind| &self.tracer.attributions[behind]);
            origin.rests_on = behind.and_then(|behind| behind.attribution.source).map(quote);
        }
        let first_of_report = !origin.evidence.iter().any(|evidence| evidence.report == each.report);
        origin.evidence.extend(evidence(&each.attribution).map(quote).filter(|_| first_of_report));
        if !origin.reports.contains(&each.report) {
            origin.reports.push(each.report);
        }
    }

    fn add(&mut self, end: End, attribution: Option<usize>) -> usize {
        if let Some(&index) = self.index.get(&end) {
            return index;
        }
        let (name, kind) = self.describe(end, attribution);
        self.origins.push(Origin { name, kind, rests_on: None, reports: Vec::new(), evidence: Vec::new() });
        self.index.insert(end, self.origins.len() - 1);
        self.origins.len() - 1
    }

    /// The origins of a claim in the order of their statements.
    pub(super) fn of(&mut self, words: &[Word], claim: &Claim) -> Vec<usize> {
        let mut found: Vec<(usize, usize)> = Vec::new();
        for word in words {
            let quote = claim.statements[word.statement].quote;
            let index = self.add(word.end, claim.statements[word.statement].attribution);
            let origin = &mut self.origins[index];
            if !origin.reports.contains(&word.report) {
                origin.reports.push(word.report);
                origin.reports.sort_unstable();
                origin.evidence.push(quote);
            }
            found.push((word.statement, index));
        }
        found.sort_unstable();
        let mut seen = BTreeSet::new();
        found.into_iter().map(|(_, index)| index).filter(|&index| seen.insert(index)).collect()
    }

    /// Name and kind of a new origin.
    fn describe(&self, end: End, attribution: Option<usize>) -> (String, OriginKind) {
        let words = attribution.and_then(|index| {
            let each = &self.tracer.attributions[index];
            source_words(self.tracer.reports, each).map(str::to_owned)
        });
        match end {
            End::Source(source) => (self.tracer.chains.names.shown(source).to_owned(), self.kind(source)),
            End::Own(report) => (self.called(report), OriginKind::OwnReporting),
            End::Unnamed(index) => self.describe_unnamed(index),
            End::Vague => {
                let outlets = words.filter(|words| ENGLISH.finds("vague outlets", words));
                (outlets.unwrap_or_else(|| "unnamed reports".to_owned()), OriginKind::Unknown)
            }
            End::Nobody(report) => (format!("somebody {} does not identify", self.called(report)), OriginKind::Unknown),
            End::Lost(first) => (format!("unknown text that {} shares", self.called(first)), OriginKind::Unknown),
        }
    }

    /// What a report is called where its outlet alone does not tell: its outlet, else its file; a title would read like
    /// a claim.
    fn called(&self, report: usize) -> String {
        let article = &self.tracer.reports[report].article;
        let file = article.input.rsplit(['/', '\\']).next().filter(|file| !file.is_empty());
        let called = article.outlet.as_deref().or(file);
        called.unwrap_or("own reporting").to_owned()
    }

    fn describe_unnamed(&self, index: usize) -> (String, OriginKind) {
        let unnamed = &self.tracer.chains.unnamed[index];
        let kind = if unnamed.document.is_some() { OriginKind::Document } else { OriginKind::UnnamedPeople };
        (unnamed.words.clone(), kind)
    }

    /// What a source with a name is, by how the reports give its word.
    fn kind(&self, source: usize) -> OriginKind {
        let chains = self.tracer.chains;
        let is_cited = self.tracer.cited.iter().any(|cited| cited.contains(&source));
        let is_agency = chains.names.is_agency(source) || chains.agencies.contains(&Some(source));
        match chains.names.class(source) {
            Class::Outlet if is_agency => OriginKind::Agency,
            Class::Outlet if is_cited || !chains.outlets.contains(&Some(source)) => OriginKind::Outlet,
            Class::Outlet => OriginKind::OwnReporting,
            class => self.kind_of_speaker(source, class),
        }
    }

    fn kind_of_speaker(&self, source: usize, class: Class) -> OriginKind {
        let (mut all, mut public, mut documents) = (0, 0, 0);
        for (each, link) in self.tracer.attributions.iter().zip(&self.tracer.chains.links) {
            if link.end == End::Source(source) {
                let cue = each.attribution.cue.map_or("", |cue| cue.of(&self.tracer.reports[each.report].article.text));
                all += 1;
                public += usize::from(ENGLISH.finds("public cue", cue));
                documents += usize::from(each.attribution.kind == SourceKind::Document);
            }
        }
        match class {
            _ if 2 * documents > all => OriginKind::Document,
            _ if 2 * public > all => OriginKind::Statement,
            Class::Person => OriginKind::NamedPerson,
            _ => OriginKind::NamedOrganisation,
        }
    }
}
