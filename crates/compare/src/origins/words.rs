//! Whose word each statement of a claim is.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Claim, Quote, ReportAttribution, Span, Stance, Statement};

use crate::chains::{Chains, End, Voice, Voucher};
use crate::descent::Descent;
use crate::outlets::ENGLISH;
use crate::shown::{Heard, Shown};
use crate::sources::Class;
use crate::wording::{Stems, likeness, overlap, share_of, stems};

/// Copies of copies that are followed.
const DEEPEST: usize = 32;

/// One statement's end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) end: End,
    pub(super) report: usize,
    /// Index of the statement in its claim.
    pub(super) statement: usize,
    /// Whether the report says whose word it is.
    pub(super) said: bool,
    /// Whether whoever it is only takes a side on it: praises, condemns or demands it.
    pub(super) judges: bool,
}

pub(super) struct Tracer<'a> {
    pub(super) reports: &'a [Annotated],
    pub(super) attributions: &'a [ReportAttribution],
    pub(super) chains: &'a Chains<'a>,
    pub(super) descent: &'a Descent,
    /// The attributions of each report.
    pub(super) of_report: Vec<Vec<usize>>,
    /// The stems of each attribution's content.
    pub(super) contents: Vec<Stems>,
    /// The outlets and agencies each report cites.
    pub(super) cited: Vec<BTreeSet<usize>>,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(
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
    pub(super) fn words(&self, claim: &Claim) -> Vec<Word> {
        let aligned = self.aligned(claim);
        let statements = || claim.statements.iter().enumerate().filter(|(index, _)| aligned[*index]);
        let attributed = statements().filter_map(|(index, statement)| {
            let report = statement.quote.report;
            let (end, _) = self.said(statement.attribution?, statement.quote.span);
            let end = self.vouched(end, report, statement.quote.span);
            let clearer = || self.word_in(report, statement.quote.span, 0).filter(|end| end.is_known());
            let end = if end.is_known() { end } else { clearer().unwrap_or(end) };
            let judges = self.judges(statement.attribution?);
            Some(Word { end, report, statement: index, said: true, judges })
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
                words.push(Word { end, report, statement: index, said: true, judges: false });
            } else if !identified.contains(&report) {
                let (end, said) = self.unattributed(statement, &named);
                words.push(Word { end, report, statement: index, said, judges: false });
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
    pub(super) fn is_drawn_on(&self, report: usize, news: &Stems) -> bool {
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
    pub(super) fn aligned(&self, claim: &Claim) -> Vec<bool> {
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
    pub(super) fn said(&self, attribution: usize, span: Span) -> (End, bool) {
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
        let told_elsewhere = relayed.or_else(|| self.echoed(report, span)).or_else(|| self.public_act(statement.quote));
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

    /// Whether the source of an attribution is for or against what it is about, or wants it, rather than say that it is so.
    fn judges(&self, attribution: usize) -> bool {
        let ReportAttribution { report, attribution } = &self.attributions[attribution];
        let cue = attribution.cue.map_or("", |cue| cue.of(&self.reports[*report].article.text));
        matches!(attribution.stance, Stance::Judges | Stance::Wants) && !ENGLISH.finds("public act", cue)
    }

    /// Whom the same report attributes the same news to elsewhere: most of the statement stands there, not only the names
    /// every sentence of a report has, and whoever it is says that it is so.
    fn echoed(&self, report: usize, span: Span) -> Option<End> {
        const SAME_NEWS: f64 = 0.5;
        const WORDS: f64 = 4.0;
        let words = stems([span.of(&self.reports[report].article.text)].into_iter());
        let score = |&index: &usize| {
            let far = share_of(&self.contents[index], &words);
            let same = far >= SAME_NEWS && far * words.len() as f64 >= WORDS && !self.judges(index);
            (same && matches!(self.chains.links[index].end, End::Source(_))).then_some((index, far))
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
    pub(super) fn reports_itself(&self, report: usize) -> bool {
        self.of_report[report].iter().any(|&index| self.chains.links[index].heard)
    }
}
