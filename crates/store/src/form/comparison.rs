//! Comparisons as they are kept, in short tuples. Only the version that wrote one reads it
//! ([`crate::ComparisonKey`] names it), so nothing is absent: what does not fit is no comparison.

use std::borrow::Cow;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use twosource_model::{
    Attribution, Claim, Comparison, Difference, Label, Lead, Moment, Naming, Node, Note, Origin, Provenance, Quote,
    Report, ReportAttribution, ReportTime, Side, Span, Statement, Time,
};

use super::{Form, article, form, pack, unpack};

/// Start and end.
type SpanForm = (usize, usize);
/// Report, start, end.
type QuoteForm = (usize, usize, usize);
/// Bits of a number with a fraction, which decimal digits would round.
type Bits = u64;

#[derive(Serialize, Deserialize)]
struct ComparisonForm<'a> {
    /// Id, article.
    reports: Vec<(Cow<'a, str>, Form<'a>)>,
    attributions: Vec<AttributionForm<'a>>,
    claims: Vec<ClaimForm>,
    differences: Vec<DifferenceForm<'a>>,
    origins: Vec<OriginForm<'a>>,
    /// Claim, origins, independent origins.
    lead: Option<(usize, Vec<usize>, usize)>,
    provenance: Vec<ProvenanceForm<'a>>,
    names: Vec<NamingForm<'a>>,
    times: Vec<TimeForm<'a>>,
    /// Value, claims, times.
    timeline: Vec<(Cow<'a, str>, Vec<usize>, Vec<usize>)>,
    /// Report, message.
    diagnostics: Vec<(Option<usize>, Cow<'a, str>)>,
}

#[derive(Serialize, Deserialize)]
struct AttributionForm<'a> {
    report: usize,
    content: Vec<SpanForm>,
    source: Option<SpanForm>,
    cue: Option<SpanForm>,
    resolved: Option<Cow<'a, str>>,
    entity: Option<usize>,
    /// Kind, stance, form.
    words: [Cow<'a, str>; 3],
    rests_on: Option<usize>,
    response: Option<Cow<'a, str>>,
    negated: bool,
}

#[derive(Serialize, Deserialize)]
struct ClaimForm {
    clearest: usize,
    /// Quote, attribution.
    statements: Vec<(QuoteForm, Option<usize>)>,
    origins: Vec<usize>,
    independent_origins: usize,
    confidence: Bits,
}

#[derive(Serialize, Deserialize)]
struct DifferenceForm<'a> {
    claim: usize,
    /// Kind, strength.
    words: [Cow<'a, str>; 2],
    superseded: bool,
    /// Quote, value.
    sides: Vec<(QuoteForm, Cow<'a, str>)>,
    confidence: Bits,
}

#[derive(Serialize, Deserialize)]
struct OriginForm<'a> {
    name: Cow<'a, str>,
    kind: Cow<'a, str>,
    rests_on: Option<QuoteForm>,
    reports: Vec<usize>,
    evidence: Vec<QuoteForm>,
}

#[derive(Serialize, Deserialize)]
struct ProvenanceForm<'a> {
    /// Whether it is a report, and its index.
    from: (bool, usize),
    to: usize,
    relation: Cow<'a, str>,
    stated: bool,
    evidence: Vec<QuoteForm>,
    confidence: Bits,
}

#[derive(Serialize, Deserialize)]
struct NamingForm<'a> {
    entity: Cow<'a, str>,
    kind: Cow<'a, str>,
    /// Quote, count.
    labels: Vec<(QuoteForm, usize)>,
    contrast: bool,
}

#[derive(Serialize, Deserialize)]
struct TimeForm<'a> {
    report: usize,
    span: SpanForm,
    kind: Cow<'a, str>,
    value: Option<Cow<'a, str>>,
    worked_out: bool,
}

/// A comparison packed.
pub(crate) fn pack_comparison(comparison: &Comparison) -> Vec<u8> {
    pack(&serde_json::to_vec(&packed(comparison)).unwrap_or_default())
}

/// The comparison that was packed; `None` where the bytes are none.
pub(crate) fn unpack_comparison(bytes: &[u8]) -> Option<Comparison> {
    let json = unpack(bytes)?;
    unpacked(serde_json::from_slice(&json).ok()?)
}

fn packed(comparison: &Comparison) -> ComparisonForm<'_> {
    ComparisonForm {
        reports: comparison.reports.iter().map(|report| (report.id.as_str().into(), form(&report.article))).collect(),
        attributions: comparison.attributions.iter().map(AttributionForm::of).collect(),
        claims: comparison.claims.iter().map(ClaimForm::of).collect(),
        differences: comparison.differences.iter().map(DifferenceForm::of).collect(),
        origins: comparison.origins.iter().map(OriginForm::of).collect(),
        lead: comparison.lead.as_ref().map(|lead| (lead.claim, lead.origins.clone(), lead.independent_origins)),
        provenance: comparison.provenance.iter().map(ProvenanceForm::of).collect(),
        names: comparison.names.iter().map(NamingForm::of).collect(),
        times: comparison.times.iter().map(TimeForm::of).collect(),
        timeline: comparison
            .timeline
            .iter()
            .map(|moment| (moment.value.as_str().into(), moment.claims.clone(), moment.times.clone()))
            .collect(),
        diagnostics: comparison.diagnostics.iter().map(|note| (note.report, note.message.as_str().into())).collect(),
    }
}

fn unpacked(form: ComparisonForm<'_>) -> Option<Comparison> {
    let report = |(id, form): (Cow<'_, str>, _)| Some(Report { id: id.into_owned(), article: article(form)? });
    let moment = |(value, claims, times): (Cow<'_, str>, _, _)| Moment { value: value.into_owned(), claims, times };
    let note = |(report, message): (_, Cow<'_, str>)| Note { report, message: message.into_owned() };
    Some(Comparison {
        reports: form.reports.into_iter().map(report).collect::<Option<_>>()?,
        attributions: form.attributions.into_iter().map(AttributionForm::read).collect::<Option<_>>()?,
        claims: form.claims.into_iter().map(ClaimForm::read).collect(),
        differences: form.differences.into_iter().map(DifferenceForm::read).collect::<Option<_>>()?,
        origins: form.origins.into_iter().map(OriginForm::read).collect::<Option<_>>()?,
        lead: form.lead.map(|(claim, origins, independent_origins)| Lead { claim, origins, independent_origins }),
        provenance: form.provenance.into_iter().map(ProvenanceForm::read).collect::<Option<_>>()?,
        names: form.names.into_iter().map(NamingForm::read).collect::<Option<_>>()?,
        times: form.times.into_iter().map(TimeForm::read).collect::<Option<_>>()?,
        timeline: form.timeline.into_iter().map(moment).collect(),
        diagnostics: form.diagnostics.into_iter().map(note).collect(),
    })
}

fn span_form(span: Span) -> SpanForm {
    (span.start, span.end)
}

fn span((start, end): SpanForm) -> Span {
    Span { start, end }
}

fn quote_form(quote: Quote) -> QuoteForm {
    (quote.report, quote.span.start, quote.span.end)
}

fn quote((report, start, end): QuoteForm) -> Quote {
    Quote { report, span: Span { start, end } }
}

fn read<T: FromStr>(word: &str) -> Option<T> {
    word.parse().ok()
}

impl AttributionForm<'_> {
    fn of(entry: &ReportAttribution) -> AttributionForm<'_> {
        let Attribution { content, source, cue, resolved, entity, kind, stance, form, rests_on, response, negated } =
            &entry.attribution;
        AttributionForm {
            report: entry.report,
            content: content.iter().copied().map(span_form).collect(),
            source: source.map(span_form),
            cue: cue.map(span_form),
            resolved: resolved.as_deref().map(Cow::Borrowed),
            entity: *entity,
            words: [kind.as_str().into(), stance.as_str().into(), form.as_str().into()],
            rests_on: *rests_on,
            response: response.map(|response| response.as_str().into()),
            negated: *negated,
        }
    }

    fn read(self) -> Option<ReportAttribution> {
        let [kind, stance, form] = &self.words;
        let attribution = Attribution {
            content: self.content.into_iter().map(span).collect(),
            source: self.source.map(span),
            cue: self.cue.map(span),
            resolved: self.resolved.map(Cow::into_owned),
            entity: self.entity,
            kind: read(kind)?,
            stance: read(stance)?,
            form: read(form)?,
            rests_on: self.rests_on,
            response: match self.response {
                Some(response) => Some(read(&response)?),
                None => None,
            },
            negated: self.negated,
        };
        Some(ReportAttribution { report: self.report, attribution })
    }
}

impl ClaimForm {
    fn of(claim: &Claim) -> ClaimForm {
        let statement = |statement: &Statement| (quote_form(statement.quote), statement.attribution);
        ClaimForm {
            clearest: claim.clearest,
            statements: claim.statements.iter().map(statement).collect(),
            origins: claim.origins.clone(),
            independent_origins: claim.independent_origins,
            confidence: claim.confidence.to_bits(),
        }
    }

    fn read(self) -> Claim {
        let statement = |(words, attribution)| Statement { quote: quote(words), attribution };
        Claim {
            clearest: self.clearest,
            statements: self.statements.into_iter().map(statement).collect(),
            origins: self.origins,
            independent_origins: self.independent_origins,
            confidence: f64::from_bits(self.confidence),
        }
    }
}

impl DifferenceForm<'_> {
    fn of(difference: &Difference) -> DifferenceForm<'_> {
        DifferenceForm {
            claim: difference.claim,
            words: [difference.kind.as_str().into(), difference.strength.as_str().into()],
            superseded: difference.superseded,
            sides: difference.sides.iter().map(|side| (quote_form(side.quote), side.value.as_str().into())).collect(),
            confidence: difference.confidence.to_bits(),
        }
    }

    fn read(self) -> Option<Difference> {
        let side = |(words, value): (_, Cow<'_, str>)| Side { quote: quote(words), value: value.into_owned() };
        Some(Difference {
            claim: self.claim,
            kind: read(&self.words[0])?,
            strength: read(&self.words[1])?,
            superseded: self.superseded,
            sides: self.sides.into_iter().map(side).collect(),
            confidence: f64::from_bits(self.confidence),
        })
    }
}

impl OriginForm<'_> {
    fn of(origin: &Origin) -> OriginForm<'_> {
        OriginForm {
            name: origin.name.as_str().into(),
            kind: origin.kind.as_str().into(),
            rests_on: origin.rests_on.map(quote_form),
            reports: origin.reports.clone(),
            evidence: origin.evidence.iter().copied().map(quote_form).collect(),
        }
    }

    fn read(self) -> Option<Origin> {
        Some(Origin {
            name: self.name.into_owned(),
            kind: read(&self.kind)?,
            rests_on: self.rests_on.map(quote),
            reports: self.reports,
            evidence: self.evidence.into_iter().map(quote).collect(),
        })
    }
}

impl ProvenanceForm<'_> {
    fn of(edge: &Provenance) -> ProvenanceForm<'_> {
        ProvenanceForm {
            from: match edge.from {
                Node::Origin(origin) => (false, origin),
                Node::Report(report) => (true, report),
            },
            to: edge.to,
            relation: edge.relation.as_str().into(),
            stated: edge.stated,
            evidence: edge.evidence.iter().copied().map(quote_form).collect(),
            confidence: edge.confidence.to_bits(),
        }
    }

    fn read(self) -> Option<Provenance> {
        let (is_report, index) = self.from;
        Some(Provenance {
            from: if is_report { Node::Report(index) } else { Node::Origin(index) },
            to: self.to,
            relation: read(&self.relation)?,
            stated: self.stated,
            evidence: self.evidence.into_iter().map(quote).collect(),
            confidence: f64::from_bits(self.confidence),
        })
    }
}

impl NamingForm<'_> {
    fn of(naming: &Naming) -> NamingForm<'_> {
        NamingForm {
            entity: naming.entity.as_str().into(),
            kind: naming.kind.as_str().into(),
            labels: naming.labels.iter().map(|label| (quote_form(label.quote), label.count)).collect(),
            contrast: naming.contrast,
        }
    }

    fn read(self) -> Option<Naming> {
        let label = |(words, count)| Label { quote: quote(words), count };
        Some(Naming {
            entity: self.entity.into_owned(),
            kind: read(&self.kind)?,
            labels: self.labels.into_iter().map(label).collect(),
            contrast: self.contrast,
        })
    }
}

impl TimeForm<'_> {
    fn of(entry: &ReportTime) -> TimeForm<'_> {
        TimeForm {
            report: entry.report,
            span: span_form(entry.time.span),
            kind: entry.time.kind.as_str().into(),
            value: entry.time.value.as_deref().map(Cow::Borrowed),
            worked_out: entry.time.worked_out,
        }
    }

    fn read(self) -> Option<ReportTime> {
        let time = Time {
            span: span(self.span),
            kind: read(&self.kind)?,
            value: self.value.map(Cow::into_owned),
            worked_out: self.worked_out,
        };
        Some(ReportTime { report: self.report, time })
    }
}

#[cfg(test)]
mod tests {
    use twosource_model::{NameKind, Relation, Strength, TimeKind};

    use super::*;

    /// The comparisons of the server's tests have everything; this one has what they may not.
    #[test]
    fn comparisons_come_back_as_they_were() {
        let quote = Quote { report: 1, span: Span::new(3, 9) };
        let whole = Comparison {
            claims: vec![Claim {
                clearest: 0,
                statements: vec![Statement { quote, attribution: None }],
                origins: vec![0, 2],
                independent_origins: 1,
                confidence: 0.1 + 0.2,
            }],
            lead: Some(Lead { claim: 0, origins: vec![2], independent_origins: 1 }),
            provenance: vec![Provenance {
                from: Node::Report(0),
                to: 1,
                relation: Relation::WasRevisionOf,
                stated: false,
                evidence: vec![quote],
                confidence: 1.0 / 3.0,
            }],
            differences: vec![Difference {
                claim: 0,
                kind: twosource_model::DifferenceKind::Other,
                strength: Strength::Tension,
                superseded: true,
                sides: vec![Side { quote, value: "ö\u{0}".to_owned() }],
                confidence: f64::MIN_POSITIVE,
            }],
            names: vec![Naming {
                entity: "Anna Berg".to_owned(),
                kind: NameKind::Person,
                labels: vec![Label { quote, count: 2 }],
                contrast: true,
            }],
            times: vec![ReportTime {
                report: 0,
                time: Time { span: quote.span, kind: TimeKind::Date, value: None, worked_out: true },
            }],
            timeline: vec![Moment { value: "2031".to_owned(), claims: vec![0], times: vec![] }],
            diagnostics: vec![Note { report: None, message: "cut".to_owned() }],
            ..Comparison::default()
        };
        for comparison in [whole, Comparison::default()] {
            assert_eq!(unpack_comparison(&pack_comparison(&comparison)), Some(comparison));
        }
        assert_eq!(unpack_comparison(&pack(b"{}")), None);
        assert_eq!(unpack_comparison(b"nothing"), None);
    }
}
