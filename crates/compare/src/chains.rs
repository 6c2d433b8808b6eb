//! Where each attribution leads.
//!
//! [`crate::speakers`] reads who speaks; here the chains are followed.
//!
//! A chain runs from the words a report uses ("the Herald reported") through what those rest on ("citing two people
//! …"). Its [`End`] is the furthest word that can be identified. Unnamed people are nobody's word but the outlet's
//! that vouches for them; officials and police without a name are the public word of an authority. One utterance has
//! one end: where two attributions hold the same quoted words, the one that leads further decides for both.

use std::collections::BTreeMap;

use twosource_model::{Annotated, Attribution, Form, ReportAttribution, Response, SourceKind, Span};

use crate::outlets::{ENGLISH, Outlets, bare};
use crate::sources::{Class, Names};
use crate::speakers::{Reader, credited, is_public_body, names_in};

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// Somebody with a name: an index into [`Names`].
    Source(usize),
    /// The reporters of a report whose outlet is not known.
    Own(usize),
    /// People or a document without a name, in public: an index into [`Chains::unnamed`].
    Unnamed(usize),
    /// Outlets without a name ("media reports").
    Vague,
    /// Somebody a report names by words that tell nobody ("they"): the report.
    Nobody(usize),
    /// One text several reports were made from, which is not among them: the first of those reports.
    Lost(usize),
}

impl End {
    /// Whether it tells whose word it is.
    pub(crate) fn is_known(self) -> bool {
        !matches!(self, End::Vague | End::Nobody(_))
    }
}

/// The attributions of a story with their ends.
#[derive(Debug)]
pub(crate) struct Chains<'o> {
    /// Every name that speaks.
    pub(crate) names: Names<'o>,
    /// The source of each report's outlet.
    pub(crate) outlets: Vec<Option<usize>>,
    /// The source of the agency each report carries.
    pub(crate) agencies: Vec<Option<usize>>,
    /// For each attribution its own voice, its end and the attribution that end rests on.
    pub(crate) links: Vec<Link>,
    /// The words for those who speak in public without a name.
    pub(crate) unnamed: Vec<Unnamed>,
    /// For each report the sentences that say themselves which outlet they rest on, in order.
    pub(crate) vouchers: Vec<Vec<Voucher>>,
    /// Pairs of sources of which the first rests on the second, as some report says.
    pub(crate) rests_on: BTreeMap<(usize, usize), Why>,
}

/// A sentence that says which outlet it rests on: "lists seen by the Herald show …", "…, two people told the Herald".
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voucher {
    /// The sentence.
    pub(crate) sentence: Span,
    /// The source that stands for the outlet, or for whom the outlet cites.
    pub(crate) source: usize,
    /// Whether somebody spoke to it or showed it something; else it is only cited.
    pub(crate) heard: bool,
}

/// Why a source is not independent of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Reports give both the same quoted words.
    SameWords,
    /// A report says that the one has it from the other.
    RestsOn,
    /// The one speaks for the other.
    SpeaksFor,
}

impl Why {
    /// In words.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Why::SameWords => "the same words are quoted from both",
            Why::RestsOn => "one rests on the other",
            Why::SpeaksFor => "one speaks for the other",
        }
    }
}

/// Somebody without a name, or a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unnamed {
    /// The words without article: "senior officials".
    pub(crate) words: String,
    /// For a document the report it stands in: "the letter" of two reports may be two.
    pub(crate) document: Option<usize>,
}

/// What is known of one attribution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Who speaks here.
    pub(crate) voice: Voice,
    /// Where the chain ends.
    pub(crate) end: End,
    /// The attribution with the words behind the end: unnamed people the outlet rests on.
    pub(crate) behind: Option<usize>,
    /// Whether the report's own reporters heard it.
    pub(crate) heard: bool,
    depth: usize,
}

/// Who speaks in one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Somebody with a name.
    Source(usize),
    /// People who speak to the outlet alone.
    Confidential,
    /// People an outlet interviews: witnesses, experts.
    Interviewed,
    /// People or a document without a name, in public: an index into [`Chains::unnamed`].
    Unnamed(usize),
    /// Outlets without a name.
    Vague,
    /// Words that tell nobody: a pronoun nobody resolved, a thing that does not speak.
    Nobody,
    /// Somebody who was asked and gave nothing.
    Silent,
}

/// How many steps of a chain are followed.
const LONGEST_CHAIN: usize = 32;

/// Follows every attribution to its end.
pub(crate) fn chains<'o>(reports: &[Annotated], attributions: &[ReportAttribution], known: &'o Outlets) -> Chains<'o> {
    let reader = Reader::new(reports, attributions, known);
    let mut names = Names::new(known);
    let named: Vec<_> = attributions.iter().map(|each| reader.named(each, &mut names)).collect();
    let metadata = |name: &Option<String>, names: &mut Names<'_>| {
        name.as_deref().and_then(|name| names.add(bare(name), Class::Outlet))
    };
    let mut outlets: Vec<_> = reports.iter().map(|report| metadata(&report.article.outlet, &mut names)).collect();
    let mut agencies: Vec<_> = reports.iter().map(|report| metadata(&credited(report, known), &mut names)).collect();
    let mut vouchers: Vec<Vec<Voucher>> = (0..reports.len()).map(|at| reader.vouchers(at, &mut names)).collect();
    names.merge();
    for voucher in vouchers.iter_mut().flatten() {
        voucher.source = names.source(voucher.source);
    }
    for source in outlets.iter_mut().chain(&mut agencies).flatten() {
        *source = names.source(*source);
    }
    let mut unnamed = BTreeMap::new();
    let mut voices = Vec::with_capacity(attributions.len());
    for (each, name) in attributions.iter().zip(&named) {
        voices.push(match name {
            _ if gives_nothing(each) => Voice::Silent,
            Some(name) => Voice::Source(names.source(*name)),
            None => reader.unnamed(each, &mut unnamed),
        });
    }
    let outer = outer(attributions);
    let walker = Walker { reports, attributions, voices: &voices, outer: &outer, outlets: &outlets, names: &names };
    let mut links = walker.links();
    let rests_on = walker.rests_on(&mut links);
    let mut unnamed: Vec<(Unnamed, usize)> = unnamed.into_iter().collect();
    unnamed.sort_by_key(|&(_, number)| number);
    let unnamed = unnamed.into_iter().map(|(unnamed, _)| unnamed).collect();
    Chains { names, outlets, agencies, links, unnamed, vouchers, rests_on }
}

impl Chains<'_> {
    /// The outlet a sentence that holds this place rests on by its own words.
    pub(crate) fn vouched(&self, report: usize, span: Span) -> Option<&Voucher> {
        let vouchers = self.vouchers.get(report)?;
        vouchers.iter().find(|voucher| voucher.sentence.start <= span.start && span.start < voucher.sentence.end)
    }
}

/// Who declined to comment or could not be reached gave nothing; denials and confirmations are words.
pub(crate) fn gives_nothing(each: &ReportAttribution) -> bool {
    use Response::{CouldNotReach, Declined, NoReply};
    each.attribution.response.is_some_and(|response| matches!(response, Declined | NoReply | CouldNotReach))
}

/// The words for the source of an attribution.
pub(crate) fn source_words<'a>(reports: &'a [Annotated], each: &ReportAttribution) -> Option<&'a str> {
    each.attribution.source.map(|span| span.of(&reports[each.report].article.text))
}

/// For each attribution the smallest one of the same report whose content holds its source or cue.
fn outer(attributions: &[ReportAttribution]) -> Vec<Option<usize>> {
    let mut outer = vec![None; attributions.len()];
    let mut order: Vec<(usize, Span, usize)> = Vec::new();
    for (index, each) in attributions.iter().enumerate() {
        order.push((each.report, each.attribution.content_cover(), index));
    }
    order.sort_by_key(|&(report, span, index)| (report, span.start, std::cmp::Reverse(span.end), index));
    let mut open: Vec<(usize, Span, usize)> = Vec::new();
    for &(report, span, index) in &order {
        let words = whole(&attributions[index].attribution, span);
        while open.last().is_some_and(|&(other, outside, _)| other != report || outside.end < span.end) {
            open.pop();
        }
        let holds = |&&(_, outside, _): &&(usize, Span, usize)| outside.contains(words) && outside != span;
        outer[index] = open.iter().rev().take(LONGEST_CHAIN).find(holds).map(|&(_, _, outside)| outside);
        open.push((report, span, index));
    }
    outer
}

/// Content, source and cue together.
fn whole(attribution: &Attribution, content: Span) -> Span {
    [attribution.source, attribution.cue].into_iter().flatten().fold(content, Span::cover)
}

/// Walks the chains.
struct Walker<'a> {
    reports: &'a [Annotated],
    attributions: &'a [ReportAttribution],
    voices: &'a [Voice],
    outer: &'a [Option<usize>],
    outlets: &'a [Option<usize>],
    names: &'a Names<'a>,
}

impl Walker<'_> {
    fn links(&self) -> Vec<Link> {
        let citing = self.citing();
        let usual = self.usual_outlets();
        (0..self.attributions.len()).map(|index| self.link(index, &citing, &usual)).collect()
    }

    /// For each attribution the one that rests on it.
    fn citing(&self) -> Vec<Option<usize>> {
        let mut citing = vec![None; self.attributions.len()];
        for (index, each) in self.attributions.iter().enumerate() {
            if let Some(slot) = each.attribution.rests_on.and_then(|inner| citing.get_mut(inner)) {
                *slot = Some(index);
            }
        }
        citing
    }

    /// The other outlet each report cites most, the first of equals: what its "media reports" are.
    fn usual_outlets(&self) -> Vec<Option<usize>> {
        let mut counts: Vec<BTreeMap<usize, (usize, usize)>> = vec![BTreeMap::new(); self.outlets.len()];
        for (index, (each, voice)) in self.attributions.iter().zip(self.voices).enumerate() {
            if let Voice::Source(source) = *voice
                && self.names.class(source) == Class::Outlet
                && Some(source) != self.outlets[each.report]
            {
                counts[each.report].entry(source).or_insert((0, index)).0 += 1;
            }
        }
        let most = |counts: BTreeMap<usize, (usize, usize)>| {
            counts
                .into_iter()
                .max_by_key(|&(_, (count, first))| (count, std::cmp::Reverse(first)))
                .map(|(source, _)| source)
        };
        counts.into_iter().map(most).collect()
    }

    /// Who speaks in an attribution, if that has a name and is not the report's own outlet.
    fn source(&self, index: usize) -> Option<usize> {
        let own = self.outlets[self.attributions[index].report];
        match self.voices[index] {
            Voice::Source(source) if own != Some(source) => Some(source),
            _ => None,
        }
    }

    fn path(&self, index: usize) -> Vec<usize> {
        let next = |&at: &usize| self.attributions[at].attribution.rests_on.filter(|&next| next < self.voices.len());
        std::iter::successors(Some(index), next).take(LONGEST_CHAIN).collect()
    }

    fn link(&self, index: usize, citing: &[Option<usize>], usual: &[Option<usize>]) -> Link {
        let report = self.attributions[index].report;
        let path = self.path(index);
        let named = |at: usize| self.source(at);
        let deepest = path[path.len() - 1];
        let link = |end, behind, heard| Link { voice: self.voices[index], end, behind, heard, depth: path.len() };
        // Only those who speak in confidence are worth naming behind an origin: the rest can be heard by all.
        let behind = matches!(self.voices[deepest], Voice::Confidential).then_some(deepest);
        if let Some((at, source)) = path.iter().rev().find_map(|&at| Some((at, named(at)?))) {
            let is_outlet = self.names.class(source) == Class::Outlet;
            // "The Herald reported, citing the coastguard": an authority without a name speaks to all, not to the Herald.
            if let Voice::Unnamed(words) = self.voices[deepest]
                && is_outlet
                && self.attributions[deepest].attribution.kind != SourceKind::Document
                && source_words(self.reports, &self.attributions[deepest]).is_some_and(is_public_body)
            {
                return link(End::Unnamed(words), None, false);
            }
            let seen_by_it = is_outlet && (deepest != at || self.is_shown(at));
            return link(End::Source(source), behind.or(seen_by_it.then_some(deepest)), false);
        }
        let vouching = std::iter::successors(self.outer[index].or(citing[index]), |&at| self.outer[at].or(citing[at]));
        if let Some(source) = vouching.take(LONGEST_CHAIN).find_map(named).or_else(|| self.meant_before(index, citing))
        {
            return link(End::Source(source), behind, false);
        }
        match self.voices[deepest] {
            Voice::Unnamed(words) => link(End::Unnamed(words), None, false),
            Voice::Vague => {
                let named = usual[report].filter(|_| self.attributions[deepest].attribution.source.is_some());
                link(named.map_or(End::Vague, End::Source), None, false)
            }
            Voice::Nobody => link(End::Nobody(report), None, false),
            Voice::Silent => link(End::Own(report), None, false),
            Voice::Source(_) => link(End::Own(report), Some(deepest).filter(|&at| self.is_shown(at)), true),
            Voice::Interviewed | Voice::Confidential => link(End::Own(report), behind, true),
        }
    }

    /// "Lists seen by the Herald": words for what an outlet was shown, not for the outlet.
    fn is_shown(&self, index: usize) -> bool {
        use SourceKind::{Document, Unknown, UnnamedPeople};
        matches!(self.attributions[index].attribution.kind, Document | Unknown | UnnamedPeople)
    }

    /// "One of the officials" after "the Herald reported, citing two officials": the Herald's.
    fn meant_before(&self, index: usize, citing: &[Option<usize>]) -> Option<usize> {
        const LOOK_BACK: usize = 12;
        let each = &self.attributions[index];
        let words = source_words(self.reports, each).unwrap_or_default();
        let points_back = words.split(' ').next().is_some_and(|first| ENGLISH.has("definite", &first.to_lowercase()));
        if each.attribution.kind != SourceKind::UnnamedPeople || !points_back {
            return None;
        }
        let before = self.attributions[..index].iter().enumerate().rev().take(LOOK_BACK);
        let mut before = before.take_while(|(_, other)| other.report == each.report);
        let same = |other: &ReportAttribution| {
            other.attribution.kind == SourceKind::UnnamedPeople
                && each.attribution.resolved == other.attribution.resolved
        };
        before.find_map(|(at, other)| match self.voices[citing[at].filter(|_| same(other))?] {
            Voice::Source(source) if self.names.class(source) == Class::Outlet => Some(source),
            _ => None,
        })
    }

    /// Gives one utterance one end and collects who rests on whom.
    fn rests_on(&self, links: &mut [Link]) -> BTreeMap<(usize, usize), Why> {
        let mut pairs = BTreeMap::new();
        for utterance in utterances(self.attributions, self.reports) {
            let named = |&&at: &&usize| matches!(links[at].end, End::Source(_));
            let further =
                utterance.iter().filter(named).max_by_key(|&&at| (self.nested(at, links), std::cmp::Reverse(at)));
            let Some(&further) = further else { continue };
            for &at in &utterance {
                if let (End::Source(said), End::Source(end)) = (links[at].end, links[further].end) {
                    pairs.insert((said, end), Why::SameWords);
                }
                links[at].end = links[further].end;
            }
        }
        for (index, link) in links.iter().enumerate() {
            let End::Source(end) = link.end else { continue };
            let above = self.path(index).into_iter().chain(self.outer[index]);
            for source in above.filter_map(|at| self.source(at)) {
                pairs.entry((source, end)).or_insert(Why::RestsOn);
            }
        }
        for pair in (0..self.attributions.len()).filter_map(|index| self.speaks_for(index)) {
            pairs.entry(pair).or_insert(Why::SpeaksFor);
        }
        pairs.retain(|(said, end), _| said != end);
        pairs
    }

    /// "Ferrum spokeswoman Petra Novak": her word is Ferrum's.
    fn speaks_for(&self, index: usize) -> Option<(usize, usize)> {
        let Voice::Source(speaker) = self.voices[index] else { return None };
        let words = source_words(self.reports, &self.attributions[index])?;
        if self.names.class(speaker) != Class::Person || !ENGLISH.finds("speaks for", words) {
            return None;
        }
        let mut others = names_in(words).filter_map(|name| self.names.find(name)).filter(|&other| other != speaker);
        others.next().map(|principal| (speaker, principal))
    }

    /// How many words stand between the reader and the end.
    fn nested(&self, index: usize, links: &[Link]) -> usize {
        let outside = std::iter::successors(self.outer[index], |&at| self.outer[at]).take(LONGEST_CHAIN).count();
        links[index].depth + outside
    }
}

/// Attributions of different reports that quote the same words: two thirds of the shorter quotation, or so many that
/// nobody else says them. People who condole do it in six equal words.
fn utterances(attributions: &[ReportAttribution], reports: &[Annotated]) -> Vec<Vec<usize>> {
    const WINDOW: usize = 6;
    const UNMISTAKABLE: usize = 12;
    let mut first_with: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut quotations: Vec<(usize, usize)> = Vec::new();
    let mut groups: Vec<usize> = (0..attributions.len()).collect();
    for (index, each) in attributions.iter().enumerate() {
        for quoted in quoted_words(each, &reports[each.report].article.text) {
            let mut common: BTreeMap<usize, usize> = BTreeMap::new();
            for window in quoted.windows(WINDOW) {
                let first = *first_with.entry(window.to_vec()).or_insert(quotations.len());
                *common.entry(first).or_insert(WINDOW - 1) += 1;
            }
            quotations.push((index, quoted.len()));
            for (first, words) in common {
                let (other, length) = quotations[first];
                if words >= UNMISTAKABLE || 3 * words >= 2 * length.min(quoted.len()) {
                    join(&mut groups, other, index);
                }
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..attributions.len() {
        members.entry(root(&mut groups, index)).or_default().push(index);
    }
    let several = |group: &Vec<usize>| group.iter().any(|&at| attributions[at].report != attributions[group[0]].report);
    members.into_values().filter(several).collect()
}

/// The root of a member of a forest of groups, with the path made short.
pub(crate) fn root(groups: &mut [usize], mut at: usize) -> usize {
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

/// Makes one group of two; the smaller index stands for it.
pub(crate) fn join(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(groups, one), root(groups, other));
    groups[one.max(other)] = one.min(other);
}

/// The runs of words that an attribution gives as a quotation.
fn quoted_words(each: &ReportAttribution, text: &str) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    for content in &each.attribution.content {
        let words = content.of(text);
        if each.attribution.form == Form::Direct {
            runs.push(plain_words(words));
            continue;
        }
        let mut open = None;
        for (at, mark) in words.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '"')) {
            match open.take() {
                Some(from) if mark != '“' => runs.push(plain_words(&words[from..at])),
                _ => open = Some(at + mark.len_utf8()),
            }
        }
        runs.extend(open.map(|from| plain_words(&words[from..])));
    }
    runs
}

fn plain_words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
