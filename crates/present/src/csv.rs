//! Every statement of every claim as a row, for spreadsheets and data frames.

use twosource_model::{CodePoints, Comparison, Statement};

use crate::words::{called, whose, words};

const COLUMNS: [&str; 14] = [
    "story",
    "claim",
    "shared",
    "lead",
    "independent_origins",
    "confidence",
    "report",
    "outlet",
    "published",
    "start",
    "end",
    "exact",
    "whose_word",
    "differences",
];

/// Several comparisons as CSV (RFC 4180) with a header, one row a statement, offsets in code points.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front: the texts are not to be trusted.
/// JSON keeps every character.
pub fn csv(comparisons: &[Comparison]) -> String {
    let mut out = String::new();
    row(&mut out, COLUMNS.map(str::to_owned));
    for (index, comparison) in comparisons.iter().enumerate() {
        story(&mut out, index + 1, comparison);
    }
    out
}

fn story(out: &mut String, number: usize, comparison: &Comparison) {
    let points: Vec<CodePoints> =
        comparison.reports.iter().map(|report| CodePoints::new(&report.article.text)).collect();
    for (index, claim) in comparison.claims.iter().enumerate() {
        let lead = comparison.lead.as_ref().is_some_and(|lead| lead.claim == index);
        let differences: Vec<String> = comparison
            .differences
            .iter()
            .filter(|difference| difference.claim == index)
            .map(|difference| format!("{} {}", difference.kind, difference.strength))
            .collect();
        for statement in &claim.statements {
            let [id, outlet, published, start, end, exact, whose] = place(comparison, &points, statement);
            row(
                out,
                [
                    number.to_string(),
                    format!("c{}", index + 1),
                    claim.is_shared().to_string(),
                    lead.to_string(),
                    claim.independent_origins.to_string(),
                    format!("{:.3}", claim.confidence),
                    id,
                    outlet,
                    published,
                    start,
                    end,
                    exact,
                    whose,
                    differences.join("; "),
                ],
            );
        }
    }
}

/// Report id, outlet, day, start, end, words and source of a statement; empty cells where it lies in no text.
fn place(comparison: &Comparison, points: &[CodePoints], statement: &Statement) -> [String; 7] {
    let quote = statement.quote;
    let Some(report) = comparison.reports.get(quote.report) else {
        return Default::default();
    };
    let exact = words(comparison, quote);
    let (start, end) = if exact.is_empty() { (0, 0) } else { points[quote.report].span(quote.span) };
    [
        report.id.clone(),
        called(report),
        report.article.published.as_ref().map_or_else(String::new, |published| published.as_str().to_owned()),
        start.to_string(),
        end.to_string(),
        exact.to_owned(),
        statement.attribution.map_or_else(String::new, |attribution| whose(comparison, attribution)),
    ]
}

/// Adds a row.
pub(crate) fn row(out: &mut String, cells: impl IntoIterator<Item = String>) {
    let cells: Vec<String> = cells.into_iter().map(|cell| quoted(&cell)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

fn quoted(cell: &str) -> String {
    let harmless =
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() };
    if harmless.contains([',', '"', '\n', '\r']) { format!("\"{}\"", harmless.replace('"', "\"\"")) } else { harmless }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn cells() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("one, \"two\"\nthree"), "\"one, \"\"two\"\"\nthree\"");
        assert_eq!(quoted("=HYPERLINK(0)"), "'=HYPERLINK(0)");
    }
}
