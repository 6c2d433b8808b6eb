//! The public document: the image of a [`Comparison`] with offsets in Unicode code points.
//!
//! The structures here are the contract with other programs (`schema/comparison-1.schema.json`); they change only
//! with the version of the schema, whatever happens to the model. Fields stand in the order of the contract.

use serde::Serialize;
use twosource_model::{CodePoints, Comparison, Node, Quote, Span};

use crate::notes::notes;
use crate::words::words;

/// The version of the document.
pub const SCHEMA: &str = "twosource/comparison/1";

/// The comparison as one JSON document, one field a line, ended with a line break.
pub fn json(comparison: &Comparison) -> String {
    indented(&document(comparison))
}

/// Several comparisons as one JSON list of documents, for input that turned out to be several stories.
pub fn json_list(comparisons: &[Comparison]) -> String {
    indented(&comparisons.iter().map(document).collect::<Vec<_>>())
}

fn indented(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    written(value.serialize(&mut serializer).map(|()| bytes))
}

/// Several comparisons as JSON Lines, one document a line.
pub fn jsonl(comparisons: &[Comparison]) -> String {
    comparisons.iter().map(|comparison| written(serde_json::to_vec(&document(comparison)))).collect()
}

/// Serialising plain structures of strings and numbers into memory has no way to fail.
fn written(bytes: Result<Vec<u8>, serde_json::Error>) -> String {
    let mut json = String::from_utf8(bytes.unwrap_or_default()).unwrap_or_default();
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Document<'c> {
    schema: &'static str,
    generator: Generator,
    reports: Vec<ReportEntry<'c>>,
    attributions: Vec<AttributionEntry<'c>>,
    claims: Vec<ClaimEntry<'c>>,
    differences: Vec<DifferenceEntry<'c>>,
    origins: Vec<OriginEntry<'c>>,
    lead: Option<LeadEntry>,
    provenance: Vec<ProvenanceEntry<'c>>,
    names: Vec<NamingEntry<'c>>,
    times: Vec<TimeEntry<'c>>,
    timeline: Vec<MomentEntry<'c>>,
    diagnostics: Vec<NoteEntry<'c>>,
}

#[derive(Serialize)]
struct Generator {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct ReportEntry<'c> {
    id: &'c str,
    input: &'c str,
    outlet: Option<&'c str>,
    agency: Option<&'c str>,
    authors: &'c [String],
    title: Option<&'c str>,
    published: Option<&'c str>,
    modified: Option<&'c str>,
    language: Option<&'c str>,
    text: &'c str,
    complete: bool,
    blocks: Vec<BlockEntry>,
}

#[derive(Serialize)]
struct BlockEntry {
    kind: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct AttributionEntry<'c> {
    id: String,
    report: &'c str,
    content: Content,
    source: Option<Words<'c>>,
    resolved: Option<&'c str>,
    kind: &'static str,
    cue: Option<Words<'c>>,
    form: &'static str,
    rests_on: Option<String>,
}

/// The smallest range with the whole content, and its parts where it is not one run.
#[derive(Serialize)]
struct Content {
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    spans: Vec<Range>,
}

#[derive(Serialize)]
struct Range {
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Words<'c> {
    start: usize,
    end: usize,
    exact: &'c str,
}

/// Words of a report, with their place in code points.
#[derive(Serialize)]
pub(crate) struct QuoteEntry<'c> {
    pub(crate) report: &'c str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) exact: &'c str,
}

#[derive(Serialize)]
struct ClaimEntry<'c> {
    id: String,
    text: &'c str,
    statements: Vec<StatementEntry<'c>>,
    origins: Vec<String>,
    independent_origins: usize,
    confidence: f64,
}

#[derive(Serialize)]
struct StatementEntry<'c> {
    report: &'c str,
    start: usize,
    end: usize,
    exact: &'c str,
    attribution: Option<String>,
}

#[derive(Serialize)]
struct DifferenceEntry<'c> {
    id: String,
    claim: String,
    kind: &'static str,
    strength: &'static str,
    superseded: bool,
    sides: Vec<SideEntry<'c>>,
    confidence: f64,
}

#[derive(Serialize)]
struct SideEntry<'c> {
    report: &'c str,
    start: usize,
    end: usize,
    exact: &'c str,
    value: &'c str,
}

#[derive(Serialize)]
struct OriginEntry<'c> {
    id: String,
    name: &'c str,
    kind: &'static str,
    rests_on: Option<&'c str>,
    reports: Vec<&'c str>,
    evidence: Vec<QuoteEntry<'c>>,
}

#[derive(Serialize)]
struct LeadEntry {
    claim: String,
    origins: Vec<String>,
    independent_origins: usize,
}

#[derive(Serialize)]
struct ProvenanceEntry<'c> {
    from: String,
    to: &'c str,
    relation: &'static str,
    stated: bool,
    evidence: Vec<QuoteEntry<'c>>,
    confidence: f64,
}

#[derive(Serialize)]
struct NamingEntry<'c> {
    entity: &'c str,
    #[serde(rename = "type")]
    kind: &'static str,
    labels: Vec<LabelEntry<'c>>,
    contrast: bool,
}

#[derive(Serialize)]
struct LabelEntry<'c> {
    report: &'c str,
    exact: &'c str,
    count: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct TimeEntry<'c> {
    report: &'c str,
    start: usize,
    end: usize,
    exact: &'c str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Option<&'c str>,
}

#[derive(Serialize)]
struct MomentEntry<'c> {
    value: &'c str,
    claims: Vec<String>,
    times: &'c [usize],
}

#[derive(Serialize)]
struct NoteEntry<'c> {
    report: Option<&'c str>,
    message: &'c str,
}

pub(crate) fn claim_id(index: usize) -> String {
    format!("c{}", index + 1)
}

pub(crate) fn origin_id(index: usize) -> String {
    format!("o{}", index + 1)
}

fn attribution_id(index: usize) -> String {
    format!("t{}", index + 1)
}

fn origin_ids(indices: &[usize]) -> Vec<String> {
    indices.iter().copied().map(origin_id).collect()
}

/// Three decimals say all a confidence can; a number that is none becomes 0.
pub(crate) fn rounded(confidence: f64) -> f64 {
    if confidence.is_finite() { (confidence.clamp(0.0, 1.0) * 1000.0).round() / 1000.0 } else { 0.0 }
}

/// A comparison with what it takes to turn its byte spans into code points.
pub(crate) struct Border<'c> {
    pub(crate) comparison: &'c Comparison,
    points: Vec<CodePoints<'c>>,
}

impl<'c> Border<'c> {
    pub(crate) fn new(comparison: &'c Comparison) -> Self {
        let points = comparison.reports.iter().map(|report| CodePoints::new(&report.article.text)).collect();
        Border { comparison, points }
    }

    /// The id of a report.
    pub(crate) fn report(&self, index: usize) -> &'c str {
        self.comparison.reports.get(index).map_or("", |report| report.id.as_str())
    }

    fn reports(&self, indices: &[usize]) -> Vec<&'c str> {
        indices.iter().map(|&index| self.report(index)).collect()
    }

    /// Code points of a span; an empty range at 0 where it does not lie in the text, as its words are empty then.
    fn range(&self, report: usize, span: Span) -> Range {
        let text = self.comparison.reports.get(report).map_or("", |report| report.article.text.as_str());
        let points = self.points.get(report).filter(|_| text.get(span.start..span.end).is_some());
        let (start, end) = points.map_or((0, 0), |points| points.span(span));
        Range { start, end }
    }

    pub(crate) fn quote(&self, quote: Quote) -> QuoteEntry<'c> {
        let Range { start, end } = self.range(quote.report, quote.span);
        QuoteEntry { report: self.report(quote.report), start, end, exact: words(self.comparison, quote) }
    }

    fn quotes(&self, quotes: &[Quote]) -> Vec<QuoteEntry<'c>> {
        quotes.iter().map(|&quote| self.quote(quote)).collect()
    }

    fn words(&self, report: usize, span: Span) -> Words<'c> {
        let QuoteEntry { start, end, exact, .. } = self.quote(Quote { report, span });
        Words { start, end, exact }
    }

    fn content(&self, report: usize, attribution: &twosource_model::Attribution) -> Content {
        let Range { start, end } = self.range(report, attribution.content_cover());
        let parts = &attribution.content;
        let spans = if parts.len() > 1 { parts.iter().map(|&part| self.range(report, part)).collect() } else { vec![] };
        Content { start, end, spans }
    }
}

fn document(comparison: &Comparison) -> Document<'_> {
    let border = Border::new(comparison);
    Document {
        schema: SCHEMA,
        generator: Generator { name: "twosource", version: env!("CARGO_PKG_VERSION") },
        reports: reports(&border),
        attributions: attributions(&border),
        claims: claims(&border),
        differences: differences(&border),
        origins: origins(&border),
        lead: comparison.lead.as_ref().map(|lead| LeadEntry {
            claim: claim_id(lead.claim),
            origins: origin_ids(&lead.origins),
            independent_origins: lead.independent_origins,
        }),
        provenance: provenance(&border),
        names: names(&border),
        times: times(&border),
        timeline: timeline(comparison),
        diagnostics: notes(comparison)
            .into_iter()
            .map(|(report, message)| NoteEntry { report: report.map(|report| border.report(report)), message })
            .collect(),
    }
}

fn reports<'c>(border: &Border<'c>) -> Vec<ReportEntry<'c>> {
    let entry = |(index, report): (usize, &'c twosource_model::Report)| {
        let article = &report.article;
        let blocks = article.blocks.iter().map(|block| {
            let Range { start, end } = border.range(index, block.span);
            BlockEntry { kind: block.kind.as_str(), start, end }
        });
        ReportEntry {
            id: &report.id,
            input: &article.input,
            outlet: article.outlet.as_deref(),
            agency: article.agency.as_deref(),
            authors: &article.authors,
            title: article.title.as_deref(),
            published: article.published.as_ref().map(twosource_model::Instant::as_str),
            modified: article.modified.as_ref().map(twosource_model::Instant::as_str),
            language: article.language.as_deref(),
            text: &article.text,
            complete: article.complete,
            blocks: blocks.collect(),
        }
    };
    border.comparison.reports.iter().enumerate().map(entry).collect()
}

fn attributions<'c>(border: &Border<'c>) -> Vec<AttributionEntry<'c>> {
    let entry = |(index, entry): (usize, &'c twosource_model::ReportAttribution)| {
        let attribution = &entry.attribution;
        AttributionEntry {
            id: attribution_id(index),
            report: border.report(entry.report),
            content: border.content(entry.report, attribution),
            source: attribution.source.map(|span| border.words(entry.report, span)),
            resolved: attribution.resolved.as_deref(),
            kind: attribution.kind.as_str(),
            cue: attribution.cue.map(|span| border.words(entry.report, span)),
            form: attribution.form.as_str(),
            rests_on: attribution.rests_on.map(attribution_id),
        }
    };
    border.comparison.attributions.iter().enumerate().map(entry).collect()
}

fn claims<'c>(border: &Border<'c>) -> Vec<ClaimEntry<'c>> {
    let statement = |statement: &twosource_model::Statement| {
        let QuoteEntry { report, start, end, exact } = border.quote(statement.quote);
        StatementEntry { report, start, end, exact, attribution: statement.attribution.map(attribution_id) }
    };
    let entry = |(index, claim): (usize, &'c twosource_model::Claim)| ClaimEntry {
        id: claim_id(index),
        text: claim.statements.get(claim.clearest).map_or("", |clearest| words(border.comparison, clearest.quote)),
        statements: claim.statements.iter().map(statement).collect(),
        origins: origin_ids(&claim.origins),
        independent_origins: claim.independent_origins,
        confidence: rounded(claim.confidence),
    };
    border.comparison.claims.iter().enumerate().map(entry).collect()
}

fn differences<'c>(border: &Border<'c>) -> Vec<DifferenceEntry<'c>> {
    let side = |side: &'c twosource_model::Side| {
        let QuoteEntry { report, start, end, exact } = border.quote(side.quote);
        SideEntry { report, start, end, exact, value: &side.value }
    };
    let entry = |(index, difference): (usize, &'c twosource_model::Difference)| DifferenceEntry {
        id: format!("d{}", index + 1),
        claim: claim_id(difference.claim),
        kind: difference.kind.as_str(),
        strength: difference.strength.as_str(),
        superseded: difference.superseded,
        sides: difference.sides.iter().map(side).collect(),
        confidence: rounded(difference.confidence),
    };
    border.comparison.differences.iter().enumerate().map(entry).collect()
}

fn origins<'c>(border: &Border<'c>) -> Vec<OriginEntry<'c>> {
    let entry = |(index, origin): (usize, &'c twosource_model::Origin)| OriginEntry {
        id: origin_id(index),
        name: &origin.name,
        kind: origin.kind.as_str(),
        rests_on: origin.rests_on.map(|quote| words(border.comparison, quote)),
        reports: border.reports(&origin.reports),
        evidence: border.quotes(&origin.evidence),
    };
    border.comparison.origins.iter().enumerate().map(entry).collect()
}

fn provenance<'c>(border: &Border<'c>) -> Vec<ProvenanceEntry<'c>> {
    let entry = |edge: &'c twosource_model::Provenance| ProvenanceEntry {
        from: match edge.from {
            Node::Origin(origin) => origin_id(origin),
            Node::Report(report) => border.report(report).to_owned(),
        },
        to: border.report(edge.to),
        relation: edge.relation.as_str(),
        stated: edge.stated,
        evidence: border.quotes(&edge.evidence),
        confidence: rounded(edge.confidence),
    };
    border.comparison.provenance.iter().map(entry).collect()
}

fn names<'c>(border: &Border<'c>) -> Vec<NamingEntry<'c>> {
    let label = |label: &twosource_model::Label| {
        let QuoteEntry { report, start, end, exact } = border.quote(label.quote);
        LabelEntry { report, exact, count: label.count, start, end }
    };
    let entry = |naming: &'c twosource_model::Naming| NamingEntry {
        entity: &naming.entity,
        kind: naming.kind.as_str(),
        labels: naming.labels.iter().map(label).collect(),
        contrast: naming.contrast,
    };
    border.comparison.names.iter().map(entry).collect()
}

fn times<'c>(border: &Border<'c>) -> Vec<TimeEntry<'c>> {
    let entry = |entry: &'c twosource_model::ReportTime| {
        let Words { start, end, exact } = border.words(entry.report, entry.time.span);
        TimeEntry {
            report: border.report(entry.report),
            start,
            end,
            exact,
            kind: entry.time.kind.as_str(),
            value: entry.time.value.as_deref(),
        }
    };
    border.comparison.times.iter().map(entry).collect()
}

fn timeline<'c>(comparison: &'c Comparison) -> Vec<MomentEntry<'c>> {
    let entry = |moment: &'c twosource_model::Moment| MomentEntry {
        value: &moment.value,
        claims: moment.claims.iter().copied().map(claim_id).collect(),
        times: &moment.times,
    };
    comparison.timeline.iter().map(entry).collect()
}
