//! What several reports of one story say, side by side.

use crate::annotation::{Attribution, NameKind, Time};
use crate::article::Article;
use crate::span::Span;
use crate::vocabulary::vocabulary;

/// The comparison of the reports of one story; the public document is its image with code-point offsets.
///
/// Indices (`report`, `claim`, `attribution`, `origin`) point into the lists of this value.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Comparison {
    /// The reports in the order given.
    pub reports: Vec<Report>,
    /// Everything the reports put in another's mouth, by report and place.
    pub attributions: Vec<ReportAttribution>,
    /// Claims, the shared ones first, then in the order of their first statement.
    pub claims: Vec<Claim>,
    /// Where statements of one claim are not alike, the strongest first.
    pub differences: Vec<Difference>,
    /// Whose word stands at the end of the chains.
    pub origins: Vec<Origin>,
    /// The claim the story is about; `None` where the reports share none.
    pub lead: Option<Lead>,
    /// The graph of origins and reports; without cycles.
    pub provenance: Vec<Provenance>,
    /// The main actors and how each report names them.
    pub names: Vec<Naming>,
    /// Temporal expressions of all reports, by report and place.
    pub times: Vec<ReportTime>,
    /// Claims and times in the order of the calendar.
    pub timeline: Vec<Moment>,
    /// What was skipped or unsure.
    pub diagnostics: Vec<Note>,
}

/// An article taking part in a story.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Report {
    /// `a`, `b`, … in the order given, after `z` comes `aa`.
    pub id: String,
    /// The article.
    pub article: Article,
}

/// The id of the report at `index`: a … z, aa, ab, …
pub fn report_id(index: usize) -> String {
    let letter = char::from(b'a' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        rest => report_id(rest - 1) + &letter.to_string(),
    }
}

/// An attribution and the report it stands in; its `rests_on` points into [`Comparison::attributions`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportAttribution {
    /// Index of the report.
    pub report: usize,
    /// The attribution.
    pub attribution: Attribution,
}

/// Words of one report: the evidence for whatever is shown beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quote {
    /// Index of the report.
    pub report: usize,
    /// The words.
    pub span: Span,
}

/// What one or several reports assert.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Index of the clearest statement, whose words stand for the claim.
    pub clearest: usize,
    /// Every wording, by report and place; never empty.
    pub statements: Vec<Statement>,
    /// Indices of the origins it rests on.
    pub origins: Vec<usize>,
    /// How many of them are independent of one another.
    pub independent_origins: usize,
    /// That the statements make the same claim; 1.0 for a single one.
    pub confidence: f64,
}

impl Claim {
    /// Whether at least two reports make it.
    pub fn is_shared(&self) -> bool {
        self.statements.iter().any(|statement| statement.quote.report != self.statements[0].quote.report)
    }
}

/// One report's wording of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The words.
    pub quote: Quote,
    /// Index of the attribution it is the content of.
    pub attribution: Option<usize>,
}

/// Reports that make the same claim, but not alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Index of the claim.
    pub claim: usize,
    /// In what they differ.
    pub kind: DifferenceKind,
    /// How much it matters.
    pub strength: Strength,
    /// The later report updates the earlier one.
    pub superseded: bool,
    /// The sides in the order of their reports; at least two.
    pub sides: Vec<Side>,
    /// That an editor would agree.
    pub confidence: f64,
}

/// One side of a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The words that differ.
    pub quote: Quote,
    /// What they come to: a number, a date, "declined".
    pub value: String,
}

vocabulary! {
    /// In what statements differ.
    DifferenceKind {
        /// How many or how much.
        Number = "number",
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// Who.
        Person = "person",
        /// Whether at all.
        Polarity = "polarity",
        /// Done, planned, possible.
        Modality = "modality",
        /// What came back on a request for comment.
        Response = "response",
        /// Why.
        Cause = "cause",
        /// In which order.
        Sequence = "sequence",
        /// On whose word.
        Attribution = "attribution",
        /// Anything else.
        Other = "other",
    }
}

vocabulary! {
    /// How much a difference matters, the strongest first.
    Strength {
        /// Both cannot be right.
        Contradiction = "contradiction",
        /// Both can be right, but they pull apart.
        Tension = "tension",
        /// One says it more exactly.
        Precision = "precision",
    }
}

/// Whose word stands at the end of a chain of attributions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// In the words of the reports.
    pub name: String,
    /// What it is.
    pub kind: OriginKind,
    /// The furthest the texts lead behind it.
    pub rests_on: Option<Quote>,
    /// Indices of the reports that draw on it.
    pub reports: Vec<usize>,
    /// The words that say so.
    pub evidence: Vec<Quote>,
}

vocabulary! {
    /// What an origin is.
    OriginKind {
        /// A newspaper, broadcaster, site.
        Outlet = "outlet",
        /// A news agency.
        Agency = "agency",
        /// A person with a name.
        NamedPerson = "named_person",
        /// An organisation with a name.
        NamedOrganisation = "named_organisation",
        /// People without a name.
        UnnamedPeople = "unnamed_people",
        /// A letter, filing, data set.
        Document = "document",
        /// What a report's own reporters found.
        OwnReporting = "own_reporting",
        /// A public statement.
        Statement = "statement",
        /// Not to be told from the texts.
        Unknown = "unknown",
    }
}

/// The claim the story is about and what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Index of the claim.
    pub claim: usize,
    /// Indices of its origins.
    pub origins: Vec<usize>,
    /// How many of them are independent of one another.
    pub independent_origins: usize,
}

/// An edge of the provenance graph: `to` draws on `from`.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// What is drawn on.
    pub from: Node,
    /// Index of the report that draws on it.
    pub to: usize,
    /// How, in the words of W3C PROV.
    pub relation: Relation,
    /// The text says so; false: worked out from shared wording and times.
    pub stated: bool,
    /// The words that say or show it.
    pub evidence: Vec<Quote>,
    /// 1.0 where it is stated.
    pub confidence: f64,
}

/// A node of the provenance graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// Index of an origin.
    Origin(usize),
    /// Index of a report.
    Report(usize),
}

vocabulary! {
    /// Relations of W3C PROV that the graph uses.
    Relation {
        /// Words taken over as a quotation.
        WasQuotedFrom = "wasQuotedFrom",
        /// The report rests on it.
        HadPrimarySource = "hadPrimarySource",
        /// The text was made from it.
        WasDerivedFrom = "wasDerivedFrom",
        /// The same article at a later time.
        WasRevisionOf = "wasRevisionOf",
    }
}

/// A main actor and how each report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Naming {
    /// The fullest plain name any report uses.
    pub entity: String,
    /// What it is.
    pub kind: NameKind,
    /// The wordings, by report and place of their first use.
    pub labels: Vec<Label>,
    /// Whether the reports' wordings part in a way an editor would remark on.
    pub contrast: bool,
}

/// One wording for an actor in one report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its first use.
    pub quote: Quote,
    /// How often the report uses it.
    pub count: usize,
}

/// A temporal expression and the report it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportTime {
    /// Index of the report.
    pub report: usize,
    /// The expression.
    pub time: Time,
}

/// A point of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// TIMEX3 value of a day, month or year.
    pub value: String,
    /// Indices of the claims that are dated so.
    pub claims: Vec<usize>,
    /// Indices into [`Comparison::times`].
    pub times: Vec<usize>,
}

/// Something a reader of the comparison should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Index of the report it is about, or `None` for all.
    pub report: Option<usize>,
    /// In words a person can act on.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_on_after_z() {
        let ids: Vec<_> = [0, 1, 25, 26, 27, 51, 52, 701, 702].into_iter().map(report_id).collect();
        assert_eq!(ids, ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]);
    }
}
