//! The answer to the first question: is this confirmed, or is everybody citing one source?

use twosource_model::{Comparison, Difference, Node, Note, Origin, OriginKind, Relation, SourceKind, Strength};

use crate::views::making;
use crate::words::{count, origin_name};

/// What stands behind the lead claim, in parts that every format puts together alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// How many reports were compared, earlier versions of others left out.
    pub reports: usize,
    /// What was found.
    pub finding: Finding,
    /// Indices of the reports that make the lead claim; empty where there is none.
    pub making: Vec<usize>,
    /// Those of them that draw on one of the origins.
    pub resting: Vec<usize>,
    /// Whether the reports contradict one another on the lead claim.
    pub contradicted: bool,
    /// Whether any report says whose word the lead claim is.
    pub attributed: bool,
    /// The origins behind the lead claim, each with what it cites: "The Courier, citing “two officials”".
    pub origins: Vec<String>,
}

/// What a comparison comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// There is only one report.
    OneReport,
    /// The reports share no claim.
    NothingShared,
    /// The texts do not show whose word the lead claim is.
    OriginUnknown,
    /// So many independent origins stand behind the lead claim; at least one.
    Origins(usize),
}

/// Reads the verdict off a comparison.
pub fn verdict(comparison: &Comparison) -> Verdict {
    let lead = comparison.lead.as_ref();
    let mut making = lead.and_then(|lead| comparison.claims.get(lead.claim)).map_or_else(Vec::new, making);
    making.retain(|&report| !is_earlier(comparison, report));
    let reports = (0..comparison.reports.len()).filter(|&report| !is_earlier(comparison, report)).count();
    let origins = lead.map_or(&[][..], |lead| &lead.origins[..]).iter();
    let origins: Vec<&Origin> = origins.filter_map(|&origin| comparison.origins.get(origin)).collect();
    let rests = |report: &usize| {
        origins.iter().any(|origin| origin.reports.contains(report)) && !is_left_out(comparison, *report)
    };
    let contradicts = |difference: &Difference| {
        Some(difference.claim) == lead.map(|lead| lead.claim)
            && difference.strength == Strength::Contradiction
            && !difference.superseded
    };
    Verdict {
        reports,
        finding: finding(comparison),
        resting: making.iter().copied().filter(rests).collect(),
        making,
        attributed: is_attributed(comparison),
        contradicted: comparison.differences.iter().any(contradicts),
        origins: origins.iter().map(|origin| origin_name(comparison, origin)).collect(),
    }
}

/// Whether a note says that a report's word on the lead was not counted: it may quote the origin elsewhere, but does not
/// give the lead on its word.
fn is_left_out(comparison: &Comparison, report: usize) -> bool {
    let says_so =
        |note: &Note| note.report == Some(report) && note.message.contains("; not counted as an origin of it");
    comparison.diagnostics.iter().any(says_so)
}

/// Whether a report says whose word the lead claim is: an origin of it is more than an outlet's own word, or people or
/// papers without a name stand behind a statement of it. Somebody with a name would be an origin.
fn is_attributed(comparison: &Comparison) -> bool {
    let Some(lead) = &comparison.lead else { return false };
    let statements = comparison.claims.get(lead.claim).map_or(&[][..], |claim| &claim.statements[..]);
    let mut origins = lead.origins.iter().filter_map(|&origin| comparison.origins.get(origin));
    let is_named = |kind| matches!(kind, SourceKind::NamedPerson | SourceKind::NamedOrganisation);
    let mut behind = statements.iter().filter_map(|statement| comparison.attributions.get(statement.attribution?));
    behind.any(|each| !is_named(each.attribution.kind))
        || origins.any(|origin| !matches!(origin.kind, OriginKind::OwnReporting | OriginKind::Agency))
}

/// Whether a report is an earlier version of another.
fn is_earlier(comparison: &Comparison, report: usize) -> bool {
    let is_edge = |edge: &twosource_model::Provenance| {
        edge.relation == Relation::WasRevisionOf && edge.from == Node::Report(report)
    };
    comparison.provenance.iter().any(is_edge)
}

fn finding(comparison: &Comparison) -> Finding {
    match &comparison.lead {
        _ if comparison.reports.len() < 2 => Finding::OneReport,
        None => Finding::NothingShared,
        Some(lead) if lead.independent_origins == 0 => Finding::OriginUnknown,
        Some(lead) => Finding::Origins(lead.independent_origins),
    }
}

impl Verdict {
    /// "2 reports · 1 independent origin".
    pub fn headline(&self) -> String {
        format!("{} · {}", count(self.reports, "report"), self.answer())
    }

    /// "1 independent origin", "no claim in common".
    pub fn answer(&self) -> String {
        match self.finding {
            Finding::OneReport => "nothing to compare".to_owned(),
            Finding::NothingShared => "no claim in common".to_owned(),
            Finding::OriginUnknown => "origin unknown".to_owned(),
            Finding::Origins(independent) => count(independent, "independent origin"),
        }
    }

    /// The whole on one line: "2 reports · 1 independent origin: The Courier, citing “two officials”".
    pub fn line(&self) -> String {
        match self.origins_line() {
            Some(origins) => format!("{}: {origins}", self.headline()),
            None => self.headline(),
        }
    }

    /// The origins on one line, the first few where there are many; `None` where there are none.
    pub fn origins_line(&self) -> Option<String> {
        const NAMED: usize = 4;
        let named = self.origins.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join("; ");
        match self.origins.len() {
            0 => None,
            all if all > NAMED => Some(format!("{named}; and {} more", all - NAMED)),
            _ => Some(named),
        }
    }

    /// What that means, in a few short sentences.
    pub fn explanation(&self) -> String {
        let meaning = match self.finding {
            Finding::OneReport => "A second report of the same story is needed for a comparison.".to_owned(),
            Finding::NothingShared => "The reports may not be about the same event.".to_owned(),
            Finding::OriginUnknown => "The texts do not show whose word the lead claim rests on.".to_owned(),
            Finding::Origins(1) => self.one_origin(),
            Finding::Origins(independent) if !self.attributed => format!(
                "No report says whose word the lead claim is, and neither wording nor credits show that one has it from \
                 another: {independent} count as reporting of their own."
            ),
            Finding::Origins(independent) => {
                format!("{independent} origins that do not draw on one another stand behind the lead claim.")
            }
        };
        [meaning, self.dependence(), self.contradiction(), self.silence()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn one_origin(&self) -> String {
        match (self.resting.len(), self.making.len()) {
            (2, 2) => "Both reports of the lead claim rest on the same origin; neither adds a second.".to_owned(),
            (resting, making) if resting == making => {
                format!("All {making} reports of the lead claim rest on the same origin; none adds a second.")
            }
            (0, _) => "The texts show one origin for the lead claim.".to_owned(),
            (1, making) => {
                format!(
                    "1 of the {making} reports of the lead claim shows where it comes from; the texts show no other origin."
                )
            }
            (resting, making) => format!(
                "{resting} of the {making} reports of the lead claim rest on the same origin; the texts show no other."
            ),
        }
    }

    fn dependence(&self) -> String {
        match self.finding {
            Finding::Origins(independent) if independent < self.origins.len() => {
                format!(
                    "{} are named, not all of them independent of one another.",
                    count(self.origins.len(), "origin")
                )
            }
            _ => String::new(),
        }
    }

    fn contradiction(&self) -> String {
        if self.contradicted { "The reports contradict one another on it.".to_owned() } else { String::new() }
    }

    fn silence(&self) -> String {
        let shared = !matches!(self.finding, Finding::OneReport | Finding::NothingShared);
        match self.reports.saturating_sub(self.making.len()) {
            1 if shared => format!("1 of the {} reports does not make it.", self.reports),
            silent if shared && silent > 1 => format!("{silent} of the {} reports do not make it.", self.reports),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(finding: Finding, reports: usize, making: usize, resting: usize) -> String {
        let origins = vec!["The Courier".to_owned(); usize::from(matches!(finding, Finding::Origins(_)))];
        let (making, resting) = ((0..making).collect(), (0..resting).collect());
        Verdict { reports, finding, making, resting, attributed: true, contradicted: false, origins }.explanation()
    }

    #[test]
    fn explanations() {
        let check = |explanation: String, expected: &str| assert_eq!(explanation, expected);
        check(
            explained(Finding::Origins(1), 2, 2, 2),
            "Both reports of the lead claim rest on the same origin; neither adds a second.",
        );
        check(
            explained(Finding::Origins(1), 5, 4, 4),
            "All 4 reports of the lead claim rest on the same origin; none adds a second. 1 of the 5 reports does not \
             make it.",
        );
        check(
            explained(Finding::Origins(1), 3, 3, 2),
            "2 of the 3 reports of the lead claim rest on the same origin; the texts show no other.",
        );
        check(
            explained(Finding::Origins(1), 2, 2, 1),
            "1 of the 2 reports of the lead claim shows where it comes from; the texts show no other origin.",
        );
        check(
            explained(Finding::OriginUnknown, 9, 2, 0),
            "The texts do not show whose word the lead claim rests on. 7 of the 9 reports do not make it.",
        );
        check(explained(Finding::NothingShared, 2, 0, 0), "The reports may not be about the same event.");
    }

    #[test]
    fn reports_that_name_nobody() {
        let (finding, origins) = (Finding::Origins(2), vec!["The Courier".to_owned(), "Nova Post".to_owned()]);
        let (making, resting) = (vec![0, 1], vec![0, 1]);
        let verdict = Verdict { reports: 2, finding, making, resting, attributed: false, contradicted: false, origins };
        assert_eq!(
            verdict.explanation(),
            "No report says whose word the lead claim is, and neither wording nor credits show that one has it from \
             another: 2 count as reporting of their own."
        );
    }

    #[test]
    fn many_origins_are_cut_short() {
        let origins = ["A", "B", "C", "D", "E", "F"].map(str::to_owned).to_vec();
        let finding = Finding::Origins(6);
        let verdict = Verdict {
            reports: 9,
            finding,
            making: vec![],
            resting: vec![],
            attributed: true,
            contradicted: false,
            origins,
        };
        assert_eq!(verdict.line(), "9 reports · 6 independent origins: A; B; C; D; and 2 more");
    }
}
