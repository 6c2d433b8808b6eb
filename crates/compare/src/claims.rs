//! Statements to claims: one row for what one or several reports assert.

use twosource_model::{Annotated, Claim, Meaning, Quote, ReportAttribution, Statement};

use crate::align::{Group, Unit, align, units};

/// The claims of a story: the groups of aligned statements, and every statement that stands alone.
///
/// Origins are filled in later, by [`crate::origins::trace`].
pub(crate) fn claims(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    meaning: &dyn Meaning,
) -> Vec<Claim> {
    let units = units(reports, attributions);
    align(reports, &units, meaning).iter().map(|group| claim(group, &units, reports)).collect()
}

fn claim(group: &Group, units: &[Unit], reports: &[Annotated]) -> Claim {
    let statements: Vec<Statement> = group.members.iter().map(|&at| statement(&units[at])).collect();
    let clearest = clearest(&statements, reports);
    Claim { clearest, statements, origins: Vec::new(), independent_origins: 0, confidence: group.confidence }
}

fn statement(unit: &Unit) -> Statement {
    Statement { quote: Quote { report: unit.report, span: unit.span }, attribution: unit.attribution }
}

/// The statement whose length is nearest to what a reader takes in at a glance; the first of several.
fn clearest(statements: &[Statement], reports: &[Annotated]) -> usize {
    const GLANCE: usize = 110;
    let distance = |statement: &Statement| {
        let words = statement.quote.span.of(&reports[statement.quote.report].article.text);
        words.chars().count().abs_diff(GLANCE)
    };
    (0..statements.len()).min_by_key(|&at| distance(&statements[at])).unwrap_or_default()
}
