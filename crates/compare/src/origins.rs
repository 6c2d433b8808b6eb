//! How many independent sources stand behind a claim.
//!
//! Every statement is followed to an [`End`]: the furthest word its report identifies. Then, by
//! these principles, each of which would rather count one origin too few than one too many:
//!
//! - One origin under several names is one: outlet variants, full and short names, a spokesperson and whom they speak
//!   for, the outlets of one publisher.
//! - One utterance has one origin: the same quoted words are one word, whoever relays them.
//! - An outlet vouches for the unnamed people who spoke to it: they count as its own reporting. Officials without a
//!   name are the public word of an authority: they count once, and not beside a named authority.
//! - Of two origins one of which rests on the other, only the one at the end counts.
//! - A statement without attribution rests on what its report attributes the same news to; else on the report whose
//!   words it shares, the agency whose copy it carries, or the outlet that the report cites and others name for this
//!   claim. Where none of this is to be seen it is the report's own reporting, which counts unless others name a public
//!   source the report may have it from, or the report shows no reporting of its own.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{
    Annotated, Claim, Lead, Note, Origin, OriginKind, Provenance, Quote, ReportAttribution, SourceKind, Span, Statement,
};

use crate::chains::{Chains, End, Voice, Voucher, chains, gives_nothing, join, root, source_words};
use crate::descent::{Descent, descent};
use crate::outlets::{ENGLISH, Outlets};
use crate::provenance::edges;
use crate::shown::{Heard, Shown};
use crate::sources::Class;
use crate::wording::{Shares, Stems, likeness, overlap, stems};

/// Copies of copies that are followed.
const DEEPEST: usize = 32;

/// Where a story comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traced {
    /// Whose word stands at the end of the chains, and the outlets that relay it.
    pub(crate) origins: Vec<Origin>,
    /// Who draws on whom.
    pub(crate) provenance: Vec<Provenance>,
    /// The claim the story is about.
    pub(crate) lead: Option<Lead>,
    /// Why origins were counted as one, and what could not be told.
    pub(crate) notes: Vec<Note>,
}

/// Traces a story: fills `origins` and `independent_origins` of every claim.
pub(crate) fn trace(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    claims: &mut [Claim],
    outlets: &Outlets,
) -> Traced {
    let chains = chains(reports, attributions, outlets);
    let descent = descent(reports, attributions, &chains);
    let tracer = Tracer::new(reports, attributions, &chains, &descent);
    let mut catalogue = Catalogue::new(&tracer);
    let mut notes = Vec::new();
    let lead = lead(reports, attributions, claims, &tracer);
    for (index, claim) in claims.iter_mut().enumerate() {
        let mut words = tracer.words(claim);
        let counted = tracer.independent(&words);
        words.retain(|word| word.said || !counted.silent.contains(&word.report));
        let known = words.iter().any(|word| word.end.is_known());
        words.retain(|word| !known || word.end.is_known());
        claim.origins = catalogue.of(&words, claim);
        claim.independent_origins = counted.ends.len();
        if lead == Some(index) {
            notes = tracer.notes(&counted, &catalogue);
            catalogue.lead = counted.ends.iter().filter_map(|end| catalogue.index.get(end).copied()).collect();
        }
    }
    let lead = lead.map(|claim| Lead {
        claim,
        origins: catalogue.lead.clone(),
        independent_origins: claims[claim].independent_origins,
    });
    let provenance = edges(reports, attributions, &chains, &descent, &catalogue.index, &catalogue.origins);
    Traced { origins: catalogue.origins, provenance, lead, notes }
}

/// One statement's end.
#[derive(Clone, Copy, Debug)]
struct Word {
    end: End,
    report: usize,
    /// Index of the statement in its claim.
    statement: usize,
    /// Whether the report says whose word it is.
    said: bool,
}

/// The independent origins of a claim.
struct Counted {
    ends: Vec<End>,
    /// Ends that were counted together, and why.
    merged: Vec<(End, End, Cow<'static, str>)>,
    /// Reports that do not say where they have the claim from and were not counted.
    silent: Vec<usize>,
}

struct Tracer<'a> {
    reports: &'a [Annotated],
    attributions: &'a [ReportAttribution],
    chains: &'a Chains<'a>,
    descent: &'a Descent,
    /// The attributions of each report.
    of_report: Vec<Vec<usize>>,
    /// The stems of each attribution's content.
    contents: Vec<Stems>,
    /// The outlets and agencies each report cites.
    cited: Vec<BTreeSet<usize>>,
}

impl<'a> Tracer<'a> {
    fn new(
        reports: &'a [Annotated],
        attributions: &'a [ReportAttribution],
        chains: &'a Chains<'a>,
        descent: &'a Descent,
    ) -> Self {
        let mut of_report = vec![Vec::new(); reports.len()];
        let mut cited = vec![BTreeSet::new(); reports.len()];
        for (index, each) in attributions.iter().enumerate() {
            of_report[each.report].push(index);
            if let Voice::Source(source) = chains.links[index].voice
                && chains.names.class(source) == Class::Outlet
                && chains.outlets[each.report] != Some(source)
            {
                cited[each.report].insert(source);
            }
        }
        let content = |each: &ReportAttribution| {
            stems(each.attribution.content.iter().map(|span| span.of(&reports[each.report].article.text)))
        };
        let contents = attributions.iter().map(content).collect();
        Tracer { reports, attributions, chains, descent, of_report, contents, cited }
    }

    /// Whose word each statement of a claim is.
    fn words(&self, claim: &Claim) -> Vec<Word> {
        let aligned = self.aligned(claim);
        let statements = || claim.statements.iter().enumerate().filter(|(index, _)| aligned[*index]);
        let attributed = statements().filter_map(|(index, statement)| {
            let report = statement.quote.report;
            let (end, _) = self.said(statement.attribution?, statement.quote.span);
            let end = self.vouched(end, report, statement.quote.span);
            let clearer = || self.word_in(report, statement.quote.span, 0).filter(|end| end.is_known());
            let end = if end.is_known() { end } else { clearer().unwrap_or(end) };
            Some(Word { end, report, statement: index, said: true })
        });
        let mut words: Vec<Word> = attributed.collect();
        let text = |(_, each): (usize, &Statement)| self.reports[each.quote.report].article.text.as_str();
        let news = stems(statements().map(|each| each.1.quote.span.of(text(each))));
        let identified: BTreeSet<usize> =
            words.iter().filter(|word| word.end.is_known()).map(|word| word.report).collect();
        let named: BTreeSet<End> = words.iter().map(|word| word.end).collect();
        for (index, statement) in statements() {
            let report = statement.quote.report;
            if statement.attribution.is_some() {
                continue;
            }
            if self.is_drawn_on(report, &news) {
                let (end, _) = self.own(report, statement.quote.span, 0);
                words.push(Word { end, report, statement: index, said: true });
            } else if !identified.contains(&report) {
                let (end, said) = self.unattributed(statement, &named);
                words.push(Word { end, report, statement: index, said });
            }
        }
        self.follow_reports(&mut words, claim);
        self.follow_papers(&mut words, claim);
        words
    }

    /// Whom a report names bare, and another says an outlet was shown or told by, is that outlet's.
    fn follow_papers(&self, words: &mut [Word], claim: &Claim) {
        const MOST: usize = 64;
        let shown = Shown { reports: self.reports, attributions: self.attributions, chains: self.chains };
        let quote = |word: &Word| claim.statements[word.statement].quote;
        let is_outlets =
            |end: End| matches!(end, End::Source(source) if self.chains.names.class(source) == Class::Outlet);
        let outlets = words.iter().filter(|word| is_outlets(word.end));
        let heard = outlets.filter_map(|word| Some((*word, shown.heard(quote(word))?)));
        let heard: Vec<_> = heard.take(MOST).collect();
        if heard.is_empty() {
            return;
        }
        for word in words.iter_mut() {
            let attribution = claim.statements[word.statement].attribution;
            let own = || self.was_shown(word.report, quote(word).span);
            let Some(bare) = attribution.and_then(|at| shown.bare(at)).filter(|_| !own()) else { continue };
            let is_by =
                |(other, heard): &&(Word, Heard)| other.report != word.report && shown.is_by(&bare, quote(word), heard);
            word.end = heard.iter().find(is_by).map_or(word.end, |(other, _)| other.end);
        }
    }

    /// An outlet that is cited for a claim and is itself among the reports that make it has it from where its report says.
    fn follow_reports(&self, words: &mut [Word], claim: &Claim) {
        let of_report: BTreeMap<usize, BTreeSet<End>> = words.iter().fold(BTreeMap::new(), |mut ends, word| {
            ends.entry(word.report).or_insert_with(BTreeSet::new).insert(word.end);
            ends
        });
        for word in words.iter_mut() {
            let End::Source(source) = word.end else { continue };
            // What an outlet itself says it was told is no citation of it; what it gives without a source may be.
            let Statement { quote, attribution } = claim.statements[word.statement];
            let says_whose = attribution.is_some() || self.was_shown(word.report, quote.span);
            if self.chains.outlets[word.report] == Some(source) && says_whose {
                continue;
            }
            let is_outlets = |report: &&usize| **report != word.report && self.chains.outlets[**report] == Some(source);
            let ends: BTreeSet<End> =
                of_report.keys().filter(is_outlets).flat_map(|report| &of_report[report]).copied().collect();
            let mut public = ends.iter().filter(|&&end| self.is_public(end));
            if let (Some(&end), None, false) = (public.next(), public.next(), ends.contains(&word.end)) {
                word.end = end;
            }
        }
    }

    /// Whether others cite the outlet of a report for this news, or so often that the story is its work.
    fn is_drawn_on(&self, report: usize, news: &Stems) -> bool {
        const SAME_NEWS: f64 = 0.5;
        const OFTEN: usize = 2;
        let Some(outlet) = self.chains.outlets[report] else { return false };
        let cites = |index: &usize| {
            self.chains.links[*index].voice == Voice::Source(outlet)
                && self.chains.outlets[self.attributions[*index].report] != Some(outlet)
        };
        let citing: Vec<usize> = (0..self.attributions.len()).filter(cites).collect();
        citing.len() >= OFTEN || citing.iter().any(|&index| overlap(&self.contents[index], news) >= SAME_NEWS)
    }

    /// Which statements of a claim bring it origins: a report's first one, and those that say what another report says
    /// nearly as well as its best one does.
    fn aligned(&self, claim: &Claim) -> Vec<bool> {
        const AS_GOOD: f64 = 0.6;
        const LEAST: f64 = 0.45;
        const MOST: usize = 64;
        if claim.statements.len() > MOST {
            return vec![true; claim.statements.len()];
        }
        let text = |quote: Quote| quote.span.of(&self.reports[quote.report].article.text);
        let stems: Vec<Stems> =
            claim.statements.iter().map(|statement| stems([text(statement.quote)].into_iter())).collect();
        let report = |index: usize| claim.statements[index].quote.report;
        let of_others = |index: usize| (0..stems.len()).filter(move |&other| report(other) != report(index));
        let closeness =
            |index| of_others(index).map(|other| likeness(&stems[index], &stems[other])).fold(0.0, f64::max);
        let close: Vec<f64> = (0..stems.len()).map(closeness).collect();
        let mut best: BTreeMap<usize, f64> = BTreeMap::new();
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        for (index, &close) in close.iter().enumerate() {
            let best = best.entry(report(index)).or_default();
            *best = best.max(close);
            let start = claim.statements[index].quote.span.start;
            let first = first.entry(report(index)).or_insert(start);
            *first = start.min(*first);
        }
        let is_first = |index: usize| claim.statements[index].quote.span.start == first[&report(index)];
        let brings =
            |(index, &close): (usize, &f64)| is_first(index) || close >= (AS_GOOD * best[&report(index)]).max(LEAST);
        close.iter().enumerate().map(brings).collect()
    }

    /// Where an attribution leads, through the report it was copied from if there is one.
    fn said(&self, attribution: usize, span: Span) -> (End, bool) {
        match self.chains.links.get(attribution).map(|link| link.end) {
            Some(End::Own(report)) => {
                let depth = if self.was_shown(report, span) { DEEPEST } else { 0 };
                (self.own(report, span, depth).0, true)
            }
            Some(end) => (self.known(end, self.attributions[attribution].report, span, 0), true),
            None => (End::Vague, false),
        }
    }

    /// Whether a report says of a place that its outlet was told or shown it itself ("lists seen by the Observer"): that
    /// outweighs wording which another has too.
    fn was_shown(&self, report: usize, span: Span) -> bool {
        let own = self.chains.outlets[report];
        let shown = |voucher: &Voucher| voucher.heard && Some(voucher.source) == own && voucher.sentence.contains(span);
        own.is_some() && self.chains.vouchers[report].iter().any(shown)
    }

    /// Words for somebody without a name that were copied with what they say: whoever the model names for it.
    fn known(&self, end: End, report: usize, span: Span, depth: usize) -> End {
        let End::Unnamed(unnamed) = end else { return end };
        if depth >= DEEPEST {
            return end;
        }
        // Whose papers those were may stand in the lost text; an authority is one whoever names it.
        let is_document = self.chains.unnamed[unnamed].document.is_some();
        let lost = self.descent.lost[report].filter(|_| is_document && self.descent.lost_words(report, span));
        if let Some(first) = lost {
            return End::Lost(first);
        }
        let model = self.descent.copied(report, span);
        model.and_then(|(parent, there)| self.word_in(parent, there, depth + 1)).unwrap_or(end)
    }

    /// Where a statement without attribution comes from, and whether the report says so.
    fn unattributed(&self, statement: &Statement, named: &BTreeSet<End>) -> (End, bool) {
        let Quote { report, span } = statement.quote;
        let own = self.own(report, span, 0);
        if let Some(end) = self.act_of_reporting(report, span).or_else(|| self.sentence_word(report, span)) {
            return (end, true);
        }
        let relayed = self.cited[report].iter().map(|&source| End::Source(source)).find(|end| named.contains(end));
        if named.contains(&own.0) {
            return (own.0, true);
        }
        let told_elsewhere = relayed.or_else(|| self.echoed(report, span));
        told_elsewhere.map_or(own, |end| (end, true))
    }

    /// Whose word the sentence says it is, where no attribution was read that holds this place: "lists seen by the Herald
    /// show …", "According to the Hollin River Board, …".
    fn sentence_word(&self, report: usize, span: Span) -> Option<End> {
        if let Some(voucher) = self.chains.vouched(report, span) {
            return Some(End::Source(voucher.source));
        }
        let sentence = self.reports[report].sentences.iter().map(|sentence| sentence.span);
        let sentence = sentence.into_iter().find(|sentence| sentence.contains(Span::new(span.start, span.start)))?;
        let text = &self.reports[report].article.text;
        let holds_all = |&&index: &&usize| {
            let cue = self.attributions[index].attribution.cue;
            cue.is_some_and(|cue| sentence.contains(cue) && ENGLISH.has("whole sentence", &cue.of(text).to_lowercase()))
        };
        let index = self.of_report[report].iter().find(holds_all)?;
        Some(self.said(*index, span).0).filter(|end| end.is_known())
    }

    /// An end without a name, in a sentence that names the outlet it rests on.
    fn vouched(&self, end: End, report: usize, span: Span) -> End {
        let unclear = !end.is_known() || matches!(end, End::Unnamed(_) | End::Own(_) | End::Lost(_));
        let voucher = self.chains.vouched(report, span).filter(|voucher| unclear && voucher.heard);
        voucher.map_or(end, |voucher| End::Source(voucher.source))
    }

    /// "The Herald reported on Friday": that it did is the Herald's word.
    fn act_of_reporting(&self, report: usize, span: Span) -> Option<End> {
        let cites = |&&index: &&usize| {
            let each = &self.attributions[index].attribution;
            let is_outlet =
                matches!(self.chains.links[index].voice, Voice::Source(source) if self.cited[report].contains(&source));
            is_outlet && [each.source, each.cue].into_iter().all(|part| part.is_some_and(|part| span.contains(part)))
        };
        let index = self.of_report[report].iter().find(cites)?;
        Some(self.chains.links[*index].end)
    }

    /// Whom the same report attributes the same news to elsewhere.
    fn echoed(&self, report: usize, span: Span) -> Option<End> {
        const SAME_NEWS: f64 = 0.5;
        let words = stems([span.of(&self.reports[report].article.text)].into_iter());
        let score = |&index: &usize| {
            let far = overlap(&words, &self.contents[index]);
            (far >= SAME_NEWS && matches!(self.chains.links[index].end, End::Source(_))).then_some((index, far))
        };
        let echoes = self.of_report[report].iter().filter_map(score);
        let (best, _) = echoes.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
        Some(self.said(best, self.attributions[best].attribution.content_cover()).0)
    }

    /// What a report's own word comes to: its parent's, its agency's, or its outlet's; and whether that is shown.
    fn own(&self, report: usize, span: Span, depth: usize) -> (End, bool) {
        if depth < DEEPEST {
            if let Some((parent, there)) = self.descent.copied(report, span) {
                let word = self.word_in(parent, there, depth + 1).map(|end| (end, true));
                return word.unwrap_or_else(|| self.own(parent, there, depth + 1));
            }
            if let Some(first) = self.descent.lost[report].filter(|_| self.descent.lost_words(report, span)) {
                return (End::Lost(first), false);
            }
        }
        match (self.chains.agencies[report], self.chains.outlets[report]) {
            (Some(agency), outlet) => (End::Source(agency), outlet != Some(agency)),
            (None, Some(outlet)) => (End::Source(outlet), false),
            (None, None) => (End::Own(report), false),
        }
    }

    /// Whom a report attributes a place in it to: the innermost attribution that identifies somebody.
    fn word_in(&self, report: usize, span: Span, depth: usize) -> Option<End> {
        let holds = |&&index: &&usize| {
            let content = self.attributions[index].attribution.content_cover();
            let common = content.intersection(span).map_or(0, Span::len);
            2 * common >= content.len().min(span.len()) && self.chains.links[index].end.is_known() && common > 0
        };
        let innermost = self.of_report[report].iter().filter(holds);
        let innermost = innermost.min_by_key(|&&index| self.attributions[index].attribution.content_cover().len());
        let Some(&innermost) = innermost else { return self.sentence_word(report, span) };
        let end = match self.chains.links[innermost].end {
            End::Own(_) => self.own(report, span, depth).0,
            end => self.known(end, report, span, depth),
        };
        Some(self.vouched(end, report, span))
    }

    /// Whether a report shows reporting of its own: somebody spoke to it.
    fn reports_itself(&self, report: usize) -> bool {
        self.of_report[report].iter().any(|&index| self.chains.links[index].heard)
    }

    /// Counts the origins behind the statements of a claim.
    fn independent(&self, words: &[Word]) -> Counted {
        let said: BTreeSet<End> = words.iter().filter(|word| word.said).map(|word| word.end).collect();
        let open_to_all = said.iter().any(|&end| self.is_public(end));
        let counts = |word: &&Word| {
            let nothing_known = said.iter().all(|end| !end.is_known());
            word.said || nothing_known || (!open_to_all && self.reports_itself(word.report))
        };
        let mut ends: BTreeSet<End> = words.iter().filter(counts).map(|word| word.end).collect();
        let silent = words.iter().filter(|word| !counts(word) && !ends.contains(&word.end)).map(|word| word.report);
        let silent: BTreeSet<usize> = silent.collect();
        // Words that tell nobody count where nothing else is known, and then once.
        if ends.iter().any(|end| end.is_known()) {
            ends.retain(|end| end.is_known());
        } else {
            ends = ends.first().copied().into_iter().collect();
        }
        let mut counted = self.merged(&ends.into_iter().collect::<Vec<_>>());
        counted.silent = silent.into_iter().collect();
        counted
    }

    /// Whether anybody can hear this word: not what an outlet found out.
    fn is_public(&self, end: End) -> bool {
        match end {
            End::Source(source) => self.chains.names.class(source) != Class::Outlet,
            End::Unnamed(_) => true,
            End::Own(_) | End::Vague | End::Nobody(_) | End::Lost(_) => false,
        }
    }

    /// Makes one of ends that are not independent of one another.
    fn merged(&self, ends: &[End]) -> Counted {
        let mut groups: Vec<usize> = (0..ends.len()).collect();
        let mut dependent = BTreeSet::new();
        let mut merged = Vec::new();
        for other in 0..ends.len() {
            for one in 0..other {
                // One without a name may be any of the named, but does not make them one.
                let settled = matches!(ends[other], End::Unnamed(_)) && root(&mut groups, other) != other;
                let Some((reason, rests)) = self.dependence(ends[one], ends[other]).filter(|_| !settled) else {
                    continue;
                };
                dependent.extend(rests);
                if root(&mut groups, one) != root(&mut groups, other) {
                    merged.push((ends[one], ends[other], reason));
                    join(&mut groups, one, other);
                }
            }
        }
        let mut standing: BTreeMap<usize, Vec<End>> = BTreeMap::new();
        for (index, &end) in ends.iter().enumerate() {
            standing.entry(root(&mut groups, index)).or_default().push(end);
        }
        let last = |group: &Vec<End>| *group.iter().find(|end| !dependent.contains(*end)).unwrap_or(&group[0]);
        Counted { ends: standing.values().map(last).collect(), merged, silent: Vec::new() }
    }

    /// Why two ends are one origin, and which of them rests on the other.
    fn dependence(&self, one: End, other: End) -> Option<(Cow<'static, str>, Option<End>)> {
        let names = &self.chains.names;
        match (one, other) {
            (End::Source(a), End::Source(b)) => {
                let rests_on = &self.chains.rests_on;
                let forth = rests_on.get(&(a, b)).map(|why| (why.as_str().into(), Some(one)));
                let back = rests_on.get(&(b, a)).map(|why| (why.as_str().into(), Some(other)));
                let family = names.family(a).filter(|family| names.family(b) == Some(*family));
                let alike = names.may_be_one(a, b).then_some(("the one named in short may be the other".into(), None));
                forth.or(back).or(family.map(|family| (family.reason().into(), None))).or(alike)
            }
            (End::Unnamed(_), End::Unnamed(_)) => Some(("neither has a name".into(), None)),
            (End::Source(source), unnamed @ End::Unnamed(_)) | (unnamed @ End::Unnamed(_), End::Source(source)) => {
                let reason = "the one without a name may be the other";
                (names.class(source) != Class::Outlet).then_some((reason.into(), Some(unnamed)))
            }
            _ => None,
        }
    }

    fn notes(&self, counted: &Counted, catalogue: &Catalogue) -> Vec<Note> {
        let name = |end: &End| {
            catalogue.index.get(end).map_or_else(String::new, |&index| catalogue.origins[index].name.clone())
        };
        let together = counted.merged.iter().map(|(one, other, reason)| Note {
            report: None,
            message: format!("counted as one origin: “{}” and “{}” ({reason})", name(one), name(other)),
        });
        let silent = counted.silent.iter().map(|&report| Note {
            report: Some(report),
            message: "does not say where it has the lead from; not counted as an origin of its own".to_owned(),
        });
        together.chain(silent).collect()
    }
}

/// The origins found so far.
struct Catalogue<'a> {
    tracer: &'a Tracer<'a>,
    index: BTreeMap<End, usize>,
    origins: Vec<Origin>,
    lead: Vec<usize>,
}

impl<'a> Catalogue<'a> {
    /// Starts with every attribution's end and the outlets and agencies that relay.
    fn new(tracer: &'a Tracer<'a>) -> Self {
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
    fn of(&mut self, words: &[Word], claim: &Claim) -> Vec<usize> {
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

/// The words that say whose word it is: source and cue together where they stand close.
pub(crate) fn evidence(attribution: &twosource_model::Attribution) -> Option<Span> {
    const CLOSE: usize = 80;
    match (attribution.source, attribution.cue) {
        (Some(source), Some(cue)) => {
            let both = source.cover(cue);
            Some(if both.len() <= source.len() + cue.len() + CLOSE { both } else { source })
        }
        (source, cue) => source.or(cue),
    }
}

/// The claim the story is about: made by the most reports, nearest the top of each, in the words of the headlines, and
/// surely one claim. It is shown by the statement nearest the top.
///
/// What somebody answered, or did not answer, to a request for comment is never what a story is about.
fn lead(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    claims: &mut [Claim],
    tracer: &Tracer<'_>,
) -> Option<usize> {
    let headlines = Shares::of(reports.iter().map(headline));
    let near = |claim: &Claim| -> Vec<Option<f64>> {
        let near = |statement: &Statement| nearness(reports, statement.quote, &headlines);
        let aligned = tracer.aligned(claim).into_iter();
        claim.statements.iter().zip(aligned).map(|(each, aligned)| aligned.then(|| near(each))).collect()
    };
    let score = |claim: &Claim| {
        let mut first: BTreeMap<usize, f64> = BTreeMap::new();
        for (statement, near) in claim.statements.iter().zip(near(claim)) {
            let best = first.entry(statement.quote.report).or_default();
            *best = best.max(near.unwrap_or_default());
        }
        first.values().sum::<f64>() * claim.confidence
    };
    let is_answer = |claim: &Claim| {
        let mut attributed = claim.statements.iter().filter_map(|statement| attributions.get(statement.attribution?));
        attributed.any(gives_nothing)
    };
    let shared = claims.iter().enumerate().filter(|(_, claim)| claim.is_shared() && !is_answer(claim));
    let scored = shared.map(|(index, claim)| (index, score(claim)));
    let (lead, _) = scored.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))?;
    let nearest = near(&claims[lead]).into_iter().enumerate().filter_map(|(index, near)| Some((index, near?)));
    let nearest = nearest.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)));
    claims[lead].clearest = nearest.map_or(claims[lead].clearest, |(index, _)| index);
    Some(lead)
}

/// The stems of a report's title and headline blocks.
fn headline(report: &Annotated) -> Stems {
    let article = &report.article;
    let blocks = article.blocks.iter().filter(|block| block.kind == twosource_model::BlockKind::Headline);
    stems(blocks.map(|block| block.span.of(&article.text)).chain(article.title.as_deref()))
}

/// How near a statement is to the top of its report, and how much of the headlines it says.
fn nearness(reports: &[Annotated], quote: Quote, headlines: &Shares) -> f64 {
    const HALF_WAY: f64 = 3.0;
    let report = &reports[quote.report];
    let is_body = |index: usize| report.article.blocks.get(index).is_some_and(|block| block.kind.is_body());
    let before = report.sentences.iter().take_while(|sentence| sentence.span.end <= quote.span.start);
    let before = before.filter(|sentence| is_body(sentence.block)).count();
    let words = stems([quote.span.of(&report.article.text)].into_iter());
    let said = headlines.mean(&words);
    HALF_WAY / (HALF_WAY + before as f64) + said
}

#[cfg(test)]
#[path = "origins_cases.rs"]
mod cases;
