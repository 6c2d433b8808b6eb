//! The claim a story is about.

use std::collections::BTreeMap;

use twosource_model::{Annotated, Claim, Quote, ReportAttribution, Statement};

use super::words::Tracer;
use crate::chains::gives_nothing;
use crate::wording::{Shares, Stems, stems};

/// The claim the story is about: made by the most reports, nearest the top of each, in the words of the headlines, and
/// surely one claim. It is shown by the statement nearest the top.
///
/// What somebody answered, or did not answer, to a request for comment is never what a story is about.
pub(super) fn lead(
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
