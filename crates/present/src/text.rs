//! A comparison for a terminal: the verdict first, then what it stands on.
//!
//! Sections without anything to say are left out. Without colour nothing is lost: every distinction is in the words.

use anstyle::{AnsiColor, Style};
use twosource_model::{Claim, Comparison, Difference, Node, Provenance, Quote, Strength};

use crate::flow::{FAINT, Flow, ID, LOUD, PLAIN, Piece, STRONG, piece};
use crate::notes::notes;
use crate::verdict::{Finding, verdict};
use crate::views;
use crate::words::{
    called, count, difference_kind, heading, ids, in_marks, line, one_line, origin_kind, origin_name, percent, shorten,
    value,
};

/// How to write for a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Columns of a line; at least 20 are used.
    pub width: usize,
    /// Whether to colour with ANSI escapes.
    pub color: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        TextStyle { width: 80, color: false }
    }
}

const STATED: Style = AnsiColor::Green.on_default();
const WORKED_OUT: Style = AnsiColor::Magenta.on_default().italic();
const MEDIUM: Style = AnsiColor::Yellow.on_default();

/// Entries of a list that a terminal shows before it refers to the other formats: claims of one report alone,
/// origins, reports that draw on one.
const SHOWN: usize = 12;
/// Characters of a quote before it is shortened.
const QUOTE: usize = 280;
/// Characters of a quote in a list of many.
const SHORT: usize = 140;

/// The comparison as lines of text, ended with a line break.
pub fn text(comparison: &Comparison, style: &TextStyle) -> String {
    let mut page = Page { comparison, flow: Flow::new(style.width, style.color) };
    page.verdict();
    page.reports();
    page.claims();
    page.differences();
    page.origins();
    page.names();
    page.only_in();
    page.timeline();
    page.notes();
    page.flow.finish()
}

struct Page<'c> {
    comparison: &'c Comparison,
    flow: Flow,
}

impl Page<'_> {
    fn section(&mut self, title: &str) {
        self.flow.gap();
        self.flow.paragraph(0, 0, &[piece(STRONG, title)]);
    }

    fn verdict(&mut self) {
        let verdict = verdict(self.comparison);
        let style = if verdict.finding == Finding::Origins(1) { LOUD } else { STRONG };
        let mut pieces =
            vec![piece(STRONG, &format!("{} · ", count(verdict.reports, "report"))), piece(style, &verdict.answer())];
        pieces.extend(verdict.origins_line().map(|origins| piece(STRONG, &format!(": {origins}"))));
        self.flow.paragraph(0, 2, &pieces);
        self.flow.paragraph(2, 2, &[piece(PLAIN, &verdict.explanation())]);
        self.lead();
    }

    fn lead(&mut self) {
        let lead = self.comparison.lead.as_ref().and_then(|lead| self.comparison.claims.get(lead.claim));
        let Some((claim, clearest)) = lead.and_then(|claim| Some((claim, views::clearest(claim)?))) else {
            return;
        };
        let others: Vec<usize> =
            views::making(claim).into_iter().filter(|&report| report != clearest.quote.report).collect();
        let mut pieces = self.quoted(clearest.quote, QUOTE);
        pieces.push(piece(FAINT, &format!(" {}", ids(self.comparison, &[clearest.quote.report]))));
        if !others.is_empty() {
            pieces.push(piece(FAINT, &format!(", also {}", ids(self.comparison, &others))));
        }
        self.flow.gap();
        self.flow.labelled(2, &piece(FAINT, "Lead:"), 6, &pieces);
        let mut figures = views::claim_counts(self.comparison);
        figures.extend(views::difference_counts(self.comparison));
        self.flow.paragraph(2, 2, &[piece(PLAIN, &figures.join(" · "))]);
    }

    fn reports(&mut self) {
        self.section("Reports");
        let column = self.id_column();
        for report in &self.comparison.reports {
            let article = &report.article;
            let mut facts = vec![String::new()];
            facts.extend(article.published.as_ref().map(|published| published.day().to_owned()));
            facts.extend(article.modified.as_ref().map(|modified| format!("changed {}", modified.day())));
            facts.extend((!article.complete).then(|| "only part of the text is held".to_owned()));
            facts.push(String::new());
            let facts = facts.join(" · ");
            let pieces =
                [piece(STRONG, &called(report)), piece(FAINT, &facts), piece(PLAIN, &heading(report, SHORT / 2))];
            self.flow.labelled(2, &piece(ID, &report.id), column, &pieces);
        }
    }

    fn claims(&mut self) {
        let (confirmed, suggested) = (views::confirmed(self.comparison), views::suggested(self.comparison));
        let sections =
            [("Shared claims", confirmed), ("Suggested claims, which may only touch on the same topic", suggested)];
        for (title, claims) in sections.into_iter().filter(|(_, claims)| !claims.is_empty()) {
            self.section(&format!("{title} ({})", claims.len()));
            claims.into_iter().for_each(|(index, claim)| self.claim(index, claim));
        }
    }

    fn claim(&mut self, index: usize, claim: &Claim) {
        let column = self.id_column();
        let mut facts = ids(self.comparison, &views::making(claim));
        if claim.independent_origins > 0 {
            facts.push_str(&format!(" · {}", count(claim.independent_origins, "independent origin")));
        }
        if claim.confidence < 0.995 {
            facts.push_str(&format!(" · alike {}", percent(claim.confidence)));
        }
        self.flow.labelled(2, &piece(STRONG, &format!("{}.", index + 1)), 4, &[piece(FAINT, &facts)]);
        for wording in views::wordings(self.comparison, claim) {
            let (_, first) = wording.places[0];
            let mut pieces = vec![piece(PLAIN, &in_marks(&shorten(&wording.words, QUOTE)))];
            if let Some(whose) = &wording.whose {
                pieces.push(piece(FAINT, &format!(" — {}", shorten(whose, SHORT))));
            }
            let others: Vec<usize> = wording.places[1..].iter().map(|&(_, report)| report).collect();
            if !others.is_empty() {
                pieces.push(piece(FAINT, &format!(" · also {}", ids(self.comparison, &others))));
            }
            self.flow.labelled(6, &self.id(first), column, &pieces);
        }
    }

    fn differences(&mut self) {
        if self.comparison.differences.is_empty() {
            return;
        }
        self.section(&format!("Differences ({})", self.comparison.differences.len()));
        for difference in &self.comparison.differences {
            self.difference(difference);
        }
    }

    fn difference(&mut self, difference: &Difference) {
        let column = self.id_column();
        let style = match difference.strength {
            Strength::Contradiction => LOUD,
            Strength::Tension => MEDIUM,
            Strength::Precision => PLAIN,
        };
        let mut facts = format!(" · {} · claim {}", difference_kind(difference.kind), difference.claim + 1);
        if difference.superseded {
            facts.push_str(" · superseded: the later report updates the earlier");
        }
        self.flow.paragraph(2, 4, &[piece(style, difference.strength.as_str()), piece(PLAIN, &facts)]);
        for side in &difference.sides {
            let mut pieces = self.quoted(side.quote, SHORT);
            let value = value(difference.kind, &side.value);
            if !value.is_empty() && !line(self.comparison, side.quote).eq_ignore_ascii_case(&value) {
                pieces.push(piece(FAINT, &format!(" = {}", shorten(&value, SHORT))));
            }
            self.flow.labelled(6, &self.id(side.quote.report), column, &pieces);
        }
    }

    fn origins(&mut self) {
        let (order, minor) = views::origins(self.comparison);
        let derived: Vec<&Provenance> =
            self.comparison.provenance.iter().filter(|edge| matches!(edge.from, Node::Report(_))).collect();
        if order.is_empty() && minor.is_empty() && derived.is_empty() {
            return;
        }
        self.section("Origins, and who draws on them");
        for &index in order.iter().take(SHOWN) {
            self.origin(index);
        }
        self.more(2, order.len());
        self.minor_origins(&minor);
        for edge in derived {
            let name = views::node_name(self.comparison, edge.from);
            let mut pieces = vec![piece(PLAIN, &format!("{} {name} ", views::relation(edge.relation)))];
            pieces.extend(self.ground(edge));
            self.flow.labelled(2, &self.id(edge.to), self.id_column(), &pieces);
        }
    }

    /// The origins that one report alone draws on, by report.
    fn minor_origins(&mut self, minor: &[usize]) {
        for report in 0..self.comparison.reports.len() {
            let origins = minor.iter().map(|&index| &self.comparison.origins[index]);
            let names: Vec<String> = origins
                .filter(|origin| origin.reports.first() == Some(&report))
                .map(|origin| shorten(&origin_name(self.comparison, origin), SHORT))
                .collect();
            if !names.is_empty() {
                let pieces = [piece(FAINT, "alone also draws on: "), piece(PLAIN, &names.join("; "))];
                self.flow.labelled(2, &self.id(report), self.id_column(), &pieces);
            }
        }
    }

    fn origin(&mut self, index: usize) {
        let origin = &self.comparison.origins[index];
        let edges = views::edges_from(self.comparison, Node::Origin(index));
        let without: Vec<usize> =
            origin.reports.iter().copied().filter(|&report| edges.iter().all(|(_, edge)| edge.to != report)).collect();
        let name = shorten(&origin_name(self.comparison, origin), QUOTE);
        let mut pieces = vec![piece(STRONG, &name), piece(FAINT, &format!(" · {}", origin_kind(origin.kind)))];
        if !without.is_empty() {
            pieces.push(piece(FAINT, &format!(" · {}", ids(self.comparison, &without))));
        }
        self.flow.paragraph(2, 4, &pieces);
        for (_, edge) in edges.iter().take(SHOWN) {
            self.flow.labelled(6, &self.id(edge.to), self.id_column(), &self.ground(edge));
        }
        self.more(6, edges.len());
    }

    /// Says how many entries of a list of this length are not shown.
    fn more(&mut self, indent: usize, length: usize) {
        if length > SHOWN {
            let more = format!("and {} more, listed in the HTML and JSON formats", length - SHOWN);
            self.flow.paragraph(indent, indent, &[piece(FAINT, &more)]);
        }
    }

    /// How an edge is known: "states it: “…”", or "worked out, 87 %: “…”".
    fn ground(&self, edge: &Provenance) -> Vec<Piece> {
        let mut pieces = vec![if edge.stated {
            piece(STATED, "states it")
        } else {
            piece(WORKED_OUT, &format!("worked out, {}", percent(edge.confidence)))
        }];
        if let Some(&evidence) = edge.evidence.first() {
            pieces.push(piece(PLAIN, ": "));
            pieces.extend(self.quoted(evidence, SHORT));
            if evidence.report != edge.to {
                pieces.push(piece(FAINT, &format!(" in {}", ids(self.comparison, &[evidence.report]))));
            }
        }
        pieces
    }

    fn names(&mut self) {
        let contrasts: Vec<_> = self.comparison.names.iter().filter(|naming| naming.contrast).collect();
        if contrasts.is_empty() {
            return;
        }
        self.section("Who is named how");
        for naming in contrasts {
            let facts = [piece(STRONG, &naming.entity), piece(FAINT, &format!(" · {}", naming.kind))];
            self.flow.paragraph(2, 4, &facts);
            for report in 0..self.comparison.reports.len() {
                let labels = naming.labels.iter().filter(|label| label.quote.report == report);
                let labels: Vec<String> = labels
                    .map(|label| {
                        let words = shorten(&line(self.comparison, label.quote), SHORT);
                        if label.count > 1 {
                            format!("“{words}” ×{}", label.count)
                        } else {
                            format!("“{words}”")
                        }
                    })
                    .collect();
                if !labels.is_empty() {
                    self.flow.labelled(6, &self.id(report), self.id_column(), &[piece(PLAIN, &labels.join(", "))]);
                }
            }
        }
    }

    fn only_in(&mut self) {
        if self.comparison.reports.len() < 2 {
            return;
        }
        for (index, report) in self.comparison.reports.iter().enumerate() {
            let alone = views::only_in(self.comparison, index);
            if alone.is_empty() {
                continue;
            }
            self.section(&format!("Only in {} {} ({})", report.id, called(report), alone.len()));
            let partial = self.partial(index);
            if !partial.is_empty() {
                let partial = format!("{partial} held only in part and may say some of this too.");
                self.flow.paragraph(2, 2, &[piece(FAINT, &partial)]);
            }
            for (_, claim) in alone.iter().take(SHOWN) {
                if let Some(statement) = views::clearest(claim) {
                    self.flow.labelled(2, &piece(FAINT, "·"), 2, &self.quoted(statement.quote, SHORT));
                }
            }
            self.more(4, alone.len());
        }
    }

    /// "b is", "b and c are": the other reports of which not the whole text is held.
    fn partial(&self, report: usize) -> String {
        let others = self.comparison.reports.iter().enumerate();
        let others: Vec<usize> = others
            .filter(|(index, other)| *index != report && !other.article.complete)
            .map(|(index, _)| index)
            .collect();
        match others.len() {
            0 => String::new(),
            1 => format!("{} is", ids(self.comparison, &others)),
            _ => format!("{} are", ids(self.comparison, &others)),
        }
    }

    fn timeline(&mut self) {
        let dated: Vec<_> = self.comparison.timeline.iter().filter(|moment| !moment.claims.is_empty()).collect();
        if dated.is_empty() {
            return;
        }
        self.section("Timeline");
        for moment in dated {
            let value = one_line(&moment.value);
            let mut label = Some(shorten(&value, 20));
            for dated in views::dated(self.comparison, moment) {
                let mut pieces = self.quoted(dated.quote, SHORT);
                pieces.push(piece(FAINT, &format!(" {}", ids(self.comparison, &dated.reports))));
                self.flow.labelled(2, &piece(STRONG, &label.take().unwrap_or_default()), 11, &pieces);
            }
        }
    }

    fn notes(&mut self) {
        let notes = notes(self.comparison);
        if notes.is_empty() {
            return;
        }
        self.section("To know");
        for (report, message) in notes {
            let label = report.map_or_else(|| piece(FAINT, "·"), |report| self.id(report));
            self.flow.labelled(2, &label, self.id_column(), &[piece(PLAIN, message)]);
        }
    }

    fn quoted(&self, quote: Quote, limit: usize) -> Vec<Piece> {
        vec![piece(PLAIN, &in_marks(&shorten(&line(self.comparison, quote), limit)))]
    }

    fn id(&self, report: usize) -> Piece {
        piece(ID, &ids(self.comparison, &[report]))
    }

    fn id_column(&self) -> usize {
        1 + self.comparison.reports.iter().map(|report| report.id.chars().count()).max().unwrap_or(1)
    }
}
