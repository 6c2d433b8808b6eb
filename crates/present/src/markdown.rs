//! Comparisons as Markdown (CommonMark), to paste into a ticket, a wiki or an editor's note.
//!
//! The same order as on the terminal. Characters that Markdown would read as its own are escaped, so that no text
//! becomes a link, an image or markup.

use twosource_model::{Claim, Comparison, Node, Provenance, Quote};

use crate::notes::notes;
use crate::verdict::verdict;
use crate::views;
use crate::words::{
    called, count, difference_kind, heading, ids, in_marks, line, one_line, origin_kind, origin_name, percent, value,
};

/// One story or several as one Markdown document.
pub fn markdown(comparisons: &[Comparison]) -> String {
    let stories: Vec<String> =
        comparisons.iter().map(|comparison| Story { comparison, out: String::new() }.whole()).collect();
    stories.join("\n---\n\n")
}

struct Story<'c> {
    comparison: &'c Comparison,
    out: String,
}

impl Story<'_> {
    fn whole(mut self) -> String {
        let verdict = verdict(self.comparison);
        self.paragraph(&format!("# {}", escaped(&verdict.line())));
        self.paragraph(&escaped(&verdict.explanation()));
        self.lead();
        self.section("Reports", Story::reports);
        self.section("Shared claims", |story| story.claims(views::confirmed(story.comparison)));
        self.section("Suggested claims, which may only touch on the same topic", |story| {
            story.claims(views::suggested(story.comparison))
        });
        self.section("Differences", Story::differences);
        self.section("Origins, and who draws on them", Story::origins);
        self.section("Who is named how", Story::names);
        self.section("What only one says", Story::only_in);
        self.section("Timeline", Story::timeline);
        self.section("To know", Story::notes);
        self.out.truncate(self.out.trim_end().len());
        self.out + "\n"
    }

    fn paragraph(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str("\n\n");
    }

    /// A section, left out where its body has nothing to say.
    fn section(&mut self, title: &str, body: impl Fn(&Self) -> Vec<String>) {
        let lines = body(self);
        if !lines.is_empty() {
            self.paragraph(&format!("## {title}"));
            self.paragraph(&lines.join("\n"));
        }
    }

    fn quoted(&self, quote: Quote) -> String {
        escaped(&in_marks(&line(self.comparison, quote)))
    }

    /// Report ids in bold: "**a**", "**a, c and d**".
    fn ids(&self, reports: &[usize]) -> String {
        format!("**{}**", ids(self.comparison, reports))
    }

    fn lead(&mut self) {
        let lead = self.comparison.lead.as_ref().and_then(|lead| self.comparison.claims.get(lead.claim));
        if let Some(statement) = lead.and_then(views::clearest) {
            self.paragraph(&format!("> {} ({})", self.quoted(statement.quote), self.ids(&[statement.quote.report])));
            let mut figures = views::claim_counts(self.comparison);
            figures.extend(views::difference_counts(self.comparison));
            self.paragraph(&figures.join(" · "));
        }
    }

    fn reports(&self) -> Vec<String> {
        let reports = self.comparison.reports.iter().enumerate();
        reports
            .map(|(index, report)| {
                let day = report.article.published.as_ref().map_or("", |published| published.day());
                let day = if day.is_empty() { String::new() } else { format!(" · {day}") };
                let partial = if report.article.complete { "" } else { " · only part of the text is held" };
                let title = escaped(&heading(report, 120));
                format!("- {} {}{day}{partial} · {title}", self.ids(&[index]), escaped(&called(report)))
            })
            .collect()
    }

    fn claims(&self, claims: Vec<(usize, &Claim)>) -> Vec<String> {
        claims.into_iter().flat_map(|(index, claim)| self.claim(index, claim)).collect()
    }

    fn claim(&self, index: usize, claim: &Claim) -> Vec<String> {
        let mut facts = count(views::making(claim).len(), "report");
        if claim.independent_origins > 0 {
            facts.push_str(&format!(" · {}", count(claim.independent_origins, "independent origin")));
        }
        if claim.confidence < 0.995 {
            facts.push_str(&format!(" · alike {}", percent(claim.confidence)));
        }
        let mut lines = vec![format!("{}. {facts}", index + 1)];
        let indent = " ".repeat((index + 1).to_string().len() + 2);
        lines.extend(views::wordings(self.comparison, claim).into_iter().map(|wording| {
            let mut reports: Vec<usize> = wording.places.iter().map(|&(_, report)| report).collect();
            reports.dedup();
            let whose = wording.whose.map_or_else(String::new, |whose| format!(" — {}", escaped(&whose)));
            format!("{indent}- {} {}{whose}", self.ids(&reports), escaped(&in_marks(&wording.words)))
        }));
        lines
    }

    fn differences(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for difference in &self.comparison.differences {
            let superseded =
                if difference.superseded { " · superseded: the later report updates the earlier" } else { "" };
            let kind = difference_kind(difference.kind);
            lines.push(format!("- **{}** · {kind} · claim {}{superseded}", difference.strength, difference.claim + 1));
            lines.extend(difference.sides.iter().map(|side| {
                let value = if side.value.is_empty() {
                    String::new()
                } else {
                    format!(" = {}", escaped(&value(difference.kind, &side.value)))
                };
                format!("  - {} {}{value}", self.ids(&[side.quote.report]), self.quoted(side.quote))
            }));
        }
        lines
    }

    fn origins(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let (order, minor) = views::origins(self.comparison);
        for index in order.into_iter().chain(minor) {
            let origin = &self.comparison.origins[index];
            let name = escaped(&origin_name(self.comparison, origin));
            lines.push(format!(
                "- **{name}** · {} · {}",
                origin_kind(origin.kind),
                ids(self.comparison, &origin.reports)
            ));
            let edges = views::edges_from(self.comparison, Node::Origin(index));
            lines.extend(
                edges.into_iter().map(|(_, edge)| format!("  - {} {}", self.ids(&[edge.to]), self.ground(edge))),
            );
        }
        let derived = self.comparison.provenance.iter().filter(|edge| matches!(edge.from, Node::Report(_)));
        lines.extend(derived.map(|edge| {
            let name = escaped(&views::node_name(self.comparison, edge.from));
            format!("- {} {} {name}: {}", self.ids(&[edge.to]), views::relation(edge.relation), self.ground(edge))
        }));
        lines
    }

    fn ground(&self, edge: &Provenance) -> String {
        let known =
            if edge.stated { "stated".to_owned() } else { format!("*worked out, {}*", percent(edge.confidence)) };
        match edge.evidence.first() {
            Some(&evidence) => format!("{known}: {}", self.quoted(evidence)),
            None => known,
        }
    }

    fn names(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for naming in self.comparison.names.iter().filter(|naming| naming.contrast) {
            lines.push(format!("- **{}** · {}", escaped(&one_line(&naming.entity)), naming.kind));
            lines.extend(naming.labels.iter().map(|label| {
                let times = if label.count > 1 { format!(" ×{}", label.count) } else { String::new() };
                format!("  - {} {}{times}", self.ids(&[label.quote.report]), self.quoted(label.quote))
            }));
        }
        lines
    }

    fn only_in(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for (index, report) in self.comparison.reports.iter().enumerate() {
            let alone = views::only_in(self.comparison, index);
            if alone.is_empty() || self.comparison.reports.len() < 2 {
                continue;
            }
            lines.push(format!("- {} {}", self.ids(&[index]), escaped(&called(report))));
            let statements = alone.into_iter().filter_map(|(_, claim)| views::clearest(claim));
            lines.extend(statements.map(|statement| format!("  - {}", self.quoted(statement.quote))));
        }
        lines
    }

    fn timeline(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for moment in &self.comparison.timeline {
            let value = escaped(&one_line(&moment.value));
            let line =
                |dated: &views::Dated| format!("- {value} {} {}", self.quoted(dated.quote), self.ids(&dated.reports));
            lines.extend(views::dated(self.comparison, moment).iter().map(line));
        }
        lines
    }

    fn notes(&self) -> Vec<String> {
        let notes = notes(self.comparison).into_iter();
        notes
            .map(|(report, message)| {
                let about = report.map_or_else(String::new, |report| format!("{} ", self.ids(&[report])));
                format!("- {about}{}", escaped(&one_line(message)))
            })
            .collect()
    }
}

/// Text in which Markdown finds nothing of its own, bare addresses included.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, char) in text.char_indices() {
        let before = out.chars().next_back();
        let special = match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' | '!' | '@' => true,
            ':' => text[at..].starts_with("://"),
            '.' => before.is_some_and(|before| before.eq_ignore_ascii_case(&'w')),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_becomes_markup() {
        assert_eq!(escaped("plain, “quoted” – 3.5 %"), "plain, “quoted” – 3.5 %");
        assert_eq!(escaped("<b>[x](y)</b>"), "\\<b\\>\\[x\\](y)\\</b\\>");
        assert_eq!(escaped("https://a www.b x@y"), "https\\://a www\\.b x\\@y");
    }
}
