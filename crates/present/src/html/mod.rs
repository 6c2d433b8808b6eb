//! Comparisons as one HTML page: a file to read, print, keep and send on.
//!
//! It asks nothing of the network, runs no script, and every view is an anchor: a claim's row links to its passages in
//! the reports and back. [`graph`] draws the provenance, [`passages`] the reports with their highlights. What texts say
//! is escaped by `maud`; the policy in the head forbids everything else a text could smuggle in. [`site`] has the same
//! parts for the pages of a server, [`article`] one article with its annotations.

mod article;
mod graph;
mod passages;
mod site;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use twosource_model::{Claim, Comparison, Difference, Naming, Node, Provenance, Quote, Relation, Report, Span};

use crate::notes::notes;
use crate::verdict::{Finding, verdict};
use crate::views::{self, Wording};
use crate::words::{
    called, count, difference_kind, heading, ids, language_tag, line, marks, one_line, origin_kind, origin_name,
    percent, shown, value, whose, words,
};

pub use article::{Marks, article_page};
pub use site::{Links, side_page, story_page};

use site::Page;

/// The style of all pages.
pub const STYLE: &str = include_str!("style.css");

/// Reports up to this number are columns of tables; more are listed under one another.
const COLUMNS: usize = 6;

/// Origins that the verdict names before it refers to their section.
const NAMED: usize = 6;

/// One story or several on one self-contained page.
pub fn html(comparisons: &[Comparison]) -> String {
    let stories: Vec<Story> = comparisons
        .iter()
        .enumerate()
        .map(|(index, comparison)| Story {
            comparison,
            number: index + 1,
            level: if comparisons.len() == 1 { 1 } else { 2 },
            page: Page::File,
        })
        .collect();
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            (head(&title(&stories), ""))
            body {
                a.skip href="#content" { "Skip to the comparison" }
                (masthead(&stories))
                main #content { @for story in &stories { (story.whole()) } }
                (footer())
            }
        }
    };
    page.into_string() + "\n"
}

/// The title of the page.
fn title(stories: &[Story]) -> String {
    let title = match stories {
        [story] => verdict(story.comparison).line(),
        _ => count(stories.len(), "story").replace("storys", "stories"),
    };
    format!("{title} – Twosource")
}

/// The head of a page; `style` is added to the style of all pages.
pub(crate) fn head(title: &str, style: &str) -> Markup {
    markup! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            meta name="generator" content=(concat!("twosource ", env!("CARGO_PKG_VERSION")));
            title { (title) }
            style { (PreEscaped(STYLE)) (PreEscaped(style)) }
        }
    }
}

fn masthead(stories: &[Story]) -> Markup {
    markup! {
        header.masthead {
            @if let [_] = stories {
                p.brand { "Twosource" }
            } @else {
                h1.brand { "Twosource: " (count(stories.len(), "story").replace("storys", "stories")) }
                nav aria-label="Stories" {
                    ol.stories {
                        @for story in stories {
                            li { a href={ "#" (story.id("")) } { (verdict(story.comparison).line()) } }
                        }
                    }
                }
            }
        }
    }
}

/// What every page says of itself at its end.
pub fn footer() -> Markup {
    markup! {
        footer {
            p { "Words in quotation marks are the reports’ own. “Stated” means that a text says so; “worked out” means \
                 that shared wording and times suggest it, with the confidence given. Twosource compares words; it \
                 judges neither the reports nor the truth of what they say." }
            p { "Twosource " (env!("CARGO_PKG_VERSION")) }
        }
    }
}

/// One comparison on the page.
struct Story<'c> {
    comparison: &'c Comparison,
    /// From 1.
    number: usize,
    /// Heading level of the verdict.
    level: usize,
    /// The page it stands on, and so where its links lead.
    page: Page<'c>,
}

impl Story<'_> {
    /// An id on the page for a part of this story.
    fn id(&self, part: &str) -> String {
        format!("s{}{}{part}", self.number, if part.is_empty() { "" } else { "-" })
    }

    fn claim_id(&self, claim: usize) -> String {
        self.id(&format!("c{}", claim + 1))
    }

    /// The id of a statement's passage in its report.
    fn passage_id(&self, claim: usize, statement: usize) -> String {
        self.id(&format!("c{}-{}", claim + 1, statement + 1))
    }

    fn text_id(&self, report: usize) -> String {
        self.id(&format!("text-{}", ids(self.comparison, &[report])))
    }

    fn whole(&self) -> Markup {
        let sections = self.sections();
        markup! {
            article.story #(self.id("")) {
                (self.verdict())
                @if sections.len() > 2 {
                    nav.contents aria-label="Contents" {
                        ul { @for (id, title, _) in &sections { li { a href={ "#" (self.id(id)) } { (title) } } } }
                    }
                }
                @for (id, title, body) in &sections {
                    section #(self.id(id)) aria-labelledby=(self.id(&format!("{id}-title"))) {
                        (headline(self.level + 1, &self.id(&format!("{id}-title")), title))
                        (body)
                    }
                }
            }
        }
    }

    /// The sections that have something to say: id, title, body.
    fn sections(&self) -> Vec<(&'static str, String, Markup)> {
        let comparison = self.comparison;
        let (shared, suggested) = (views::confirmed(comparison), views::suggested(comparison));
        let alone = (0..comparison.reports.len()).map(|report| views::only_in(comparison, report).len()).sum::<usize>();
        let several = comparison.reports.len() > 1;
        let sections = [
            (true, "reports", "Reports".to_owned(), self.reports()),
            (!shared.is_empty(), "claims", "What they share".to_owned(), self.claims(&shared)),
            (
                !suggested.is_empty(),
                "suggested",
                "Suggested: this may only touch on the same topic".to_owned(),
                self.claims(&suggested),
            ),
            (!comparison.differences.is_empty(), "differences", "Where they differ".to_owned(), self.differences()),
            (self.has_provenance(), "provenance", "Whose word it is".to_owned(), self.provenance()),
            (!comparison.names.is_empty(), "names", "Who is named how".to_owned(), self.names()),
            (several && alone > 0, "only", "What only one says".to_owned(), self.only_in()),
            (!comparison.timeline.is_empty(), "timeline", "When".to_owned(), self.timeline()),
            (self.has_texts(), "texts", "The reports, side by side".to_owned(), self.texts()),
            (!notes(comparison).is_empty(), "notes", "To know".to_owned(), self.notes()),
        ];
        sections.into_iter().filter(|(there, ..)| *there).map(|(_, id, title, body)| (id, title, body)).collect()
    }

    fn verdict(&self) -> Markup {
        let verdict = verdict(self.comparison);
        let title = self.id("verdict");
        markup! {
            header.verdict.alone[verdict.finding == Finding::Origins(1)] {
                @if let Some((first, last)) = views::days(self.comparison) {
                    p.kicker { time datetime=(first) { (first) } @if first != last { " to " time datetime=(last) { (last) } } }
                }
                (headline(self.level, &title, &format!("{}, {}", count(verdict.reports, "report"), verdict.answer())))
                @if !verdict.origins.is_empty() {
                    ul.deck {
                        @for origin in verdict.origins.iter().take(NAMED) { li { bdi { (origin) } } }
                        @if verdict.origins.len() > NAMED {
                            li { a href={ "#" (self.id("provenance")) } { "and " (verdict.origins.len() - NAMED) " more" } }
                        }
                    }
                }
                p.explanation { (verdict.explanation()) }
                (self.lead())
                (self.figures())
            }
        }
    }

    fn lead(&self) -> Markup {
        let lead = self.comparison.lead.as_ref();
        let claim = lead.and_then(|lead| Some((lead.claim, self.comparison.claims.get(lead.claim)?)));
        let Some((index, clearest)) = claim.and_then(|(index, claim)| Some((index, views::clearest(claim)?))) else {
            return markup! {};
        };
        markup! {
            figure.lead {
                blockquote { p { (quoted(&line(self.comparison, clearest.quote), Some(&self.claim_link(index)))) } }
                figcaption { "The lead claim, as " (self.report_link(clearest.quote.report)) " has it" }
            }
        }
    }

    fn figures(&self) -> Markup {
        let shared = views::confirmed(self.comparison).len();
        markup! {
            @if shared > 0 {
                p.figures {
                    a href={ "#" (self.id("claims")) } { (count(shared, "shared claim")) }
                    @for differences in views::difference_counts(self.comparison) {
                        " · " a href={ "#" (self.id("differences")) } { (differences) }
                    }
                }
            }
        }
    }

    fn reports(&self) -> Markup {
        markup! {
            ol.reports {
                @for (index, report) in self.comparison.reports.iter().enumerate() {
                    li { (self.badge(index)) div { (self.about(index, report)) } }
                }
            }
        }
    }

    fn about(&self, index: usize, report: &Report) -> Markup {
        let article = &report.article;
        markup! {
            p {
                strong { bdi { (called(report)) } } " · "
                @if let Some(page) = self.article_link(index) { a href=(page) { bdi { (heading(report, 120)) } } }
                @else { bdi { (heading(report, 120)) } }
            }
            p.facts {
                @if let Some(published) = &article.published { "published " time datetime=(published.as_str()) { (published.day()) } }
                @if let Some(modified) = &article.modified { " · changed " time datetime=(modified.as_str()) { (modified.day()) } }
                @if let Some(agency) = &article.agency { " · agency: " bdi { (one_line(agency)) } }
                @if !article.authors.is_empty() { " · by " bdi { (one_line(&article.authors.join(", "))) } }
                @if !article.complete { " · " strong { "only part of the text is held" } }
            }
        }
    }

    /// The report's letter, linked to its text.
    fn badge(&self, report: usize) -> Markup {
        let name = self.comparison.reports.get(report).map_or_else(String::new, called);
        markup! { a.badge href=(self.text_link(report)) title=(name) { (ids(self.comparison, &[report])) } }
    }

    fn badges(&self, reports: &[usize]) -> Markup {
        markup! { span.badges { @for &report in reports { (self.badge(report)) " " } } }
    }

    fn report_link(&self, report: usize) -> Markup {
        let name = self.comparison.reports.get(report).map_or_else(String::new, called);
        markup! { (self.badge(report)) " " bdi { (name) } }
    }

    fn claims(&self, claims: &[(usize, &Claim)]) -> Markup {
        if self.comparison.reports.len() > COLUMNS { self.claim_list(claims) } else { self.claim_table(claims) }
    }

    fn claim_table(&self, claims: &[(usize, &Claim)]) -> Markup {
        markup! {
            div.scroll role="region" aria-label="Claims by report" tabindex="0" {
                table.claims role="table" {
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { "Claim" }
                            @for report in 0..self.comparison.reports.len() {
                                th scope="col" role="columnheader" { (self.report_link(report)) }
                            }
                        }
                    }
                    tbody role="rowgroup" { @for &(index, claim) in claims { (self.claim_row(index, claim)) } }
                }
            }
        }
    }

    fn claim_row(&self, index: usize, claim: &Claim) -> Markup {
        markup! {
            tr #(self.claim_id(index)) role="row" {
                th scope="row" role="rowheader" { (self.claim_facts(index, claim)) }
                @for (report, about) in self.comparison.reports.iter().enumerate() {
                    @let said = claim.statements.iter().any(|statement| statement.quote.report == report);
                    td role="cell" data-report={ (about.id) " · " (called(about)) } .silent[!said] {
                        @if said { (self.statements(index, claim, report)) }
                        @else if about.article.complete { span { "not said" } }
                        @else { span { "not in the part we hold" } }
                    }
                }
            }
        }
    }

    fn claim_list(&self, claims: &[(usize, &Claim)]) -> Markup {
        markup! {
            ol.cards {
                @for &(index, claim) in claims {
                    li #(self.claim_id(index)) {
                        div.card-facts { (self.claim_facts(index, claim)) }
                        ul { @for wording in views::wordings(self.comparison, claim) { li { (self.wording(index, &wording)) } } }
                    }
                }
            }
        }
    }

    /// A wording and all the reports it stands in, each linked to its passage.
    fn wording(&self, claim: usize, wording: &Wording) -> Markup {
        markup! {
            p.said { (quoted(&wording.words, None)) }
            p.whose {
                @if let Some(whose) = &wording.whose { "— " bdi { (whose) } " " }
                @for &(statement, report) in &wording.places {
                    @let name = self.comparison.reports.get(report).map_or_else(String::new, called);
                    a.badge href=(self.passage_link(claim, statement)) title=(name) { (ids(self.comparison, &[report])) } " "
                }
            }
        }
    }

    fn claim_facts(&self, index: usize, claim: &Claim) -> Markup {
        let lead = self.comparison.lead.as_ref().is_some_and(|lead| lead.claim == index);
        let differences = self.comparison.differences.iter().enumerate();
        markup! {
            span.number { (index + 1) }
            span.facts {
                @if lead { strong { "lead claim" } " · " }
                (count(views::making(claim).len(), "report"))
                @if claim.independent_origins > 0 { " · " (count(claim.independent_origins, "independent origin")) }
                @if claim.confidence < 0.995 { " · alike " (percent(claim.confidence)) }
            }
            @for (number, difference) in differences.filter(|(_, difference)| difference.claim == index) {
                " " a.tag.(difference.strength) href={ "#" (self.id(&format!("d{}", number + 1))) } { (difference.strength) }
            }
        }
    }

    /// One report's wordings of a claim, each linked to its passage.
    fn statements(&self, index: usize, claim: &Claim, report: usize) -> Markup {
        let statements = claim.statements.iter().enumerate();
        markup! {
            @for (number, statement) in statements.filter(|(_, statement)| statement.quote.report == report) {
                p.said {
                    (quoted(&line(self.comparison, statement.quote), Some(&self.passage_link(index, number))))
                }
                @if let Some(attribution) = statement.attribution {
                    p.whose { "— " bdi { (whose(self.comparison, attribution)) } }
                }
            }
        }
    }

    fn differences(&self) -> Markup {
        markup! {
            ol.differences {
                @for (index, difference) in self.comparison.differences.iter().enumerate() {
                    li #(self.id(&format!("d{}", index + 1))) { (self.difference(difference)) }
                }
            }
        }
    }

    fn difference(&self, difference: &Difference) -> Markup {
        markup! {
            p.facts {
                span.tag.(difference.strength) { (difference.strength) } " · " strong { (difference_kind(difference.kind)) }
                " · " a href={ "#" (self.claim_id(difference.claim)) } { "claim " (difference.claim + 1) }
                @if difference.superseded { " · superseded: the later report updates the earlier" }
            }
            div.sides {
                @for side in &difference.sides {
                    div.side {
                        p.facts { (self.report_link(side.quote.report)) }
                        p.said { (self.side(difference.claim, side.quote)) }
                        @if !side.value.trim().is_empty() { p.whose { "= " bdi { (value(difference.kind, &side.value)) } } }
                    }
                }
            }
        }
    }

    fn quoted(&self, quote: Quote) -> Markup {
        quoted(&line(self.comparison, quote), None)
    }

    /// The words of a side within the statement they are taken from, linked to its passage.
    fn side(&self, claim: usize, side: Quote) -> Markup {
        let statements = self.comparison.claims.get(claim).map_or(&[][..], |claim| &claim.statements[..]);
        let holds = |quote: Quote| quote.report == side.report && quote.span.contains(side.span);
        let Some(number) = statements.iter().position(|statement| holds(statement.quote)) else {
            return self.quoted(side);
        };
        let whole = statements[number].quote.span;
        let part = |start, end| words(self.comparison, Quote { report: side.report, span: Span { start, end } });
        let (before, after) = (part(whole.start, side.span.start), part(side.span.end, whole.end));
        if before.trim().is_empty() && after.trim().is_empty() {
            return quoted(&line(self.comparison, side), Some(&self.passage_link(claim, number)));
        }
        let (open, close) = marks(words(self.comparison, statements[number].quote).trim());
        markup! {
            (open)
            a href=(self.passage_link(claim, number)) {
                bdi { (shown(before)) strong { (shown(words(self.comparison, side))) } (shown(after)) }
            }
            (close)
        }
    }

    fn has_provenance(&self) -> bool {
        !self.comparison.origins.is_empty() || !self.comparison.provenance.is_empty()
    }

    fn provenance(&self) -> Markup {
        let (order, minor) = views::origins(self.comparison);
        let derived = || self.comparison.provenance.iter().filter(|edge| matches!(edge.from, Node::Report(_)));
        markup! {
            (graph::figure(self))
            ul.origins {
                @for index in order { (self.origin(index)) }
                @for edge in derived() {
                    li {
                        p { (self.report_link(edge.to)) " " (views::relation(edge.relation)) " " (self.node(edge.from)) ": " (self.ground(edge)) }
                    }
                }
            }
            @if !minor.is_empty() {
                details {
                    summary { (count(minor.len(), "more origin")) ", each behind one report alone" }
                    ul.origins { @for index in minor { (self.origin(index)) } }
                }
            }
        }
    }

    fn node(&self, node: Node) -> Markup {
        match node {
            Node::Report(report) => self.report_link(report),
            Node::Origin(_) => markup! { bdi { (views::node_name(self.comparison, node)) } },
        }
    }

    fn origin(&self, index: usize) -> Markup {
        let origin = &self.comparison.origins[index];
        let edges = views::edges_from(self.comparison, Node::Origin(index));
        let without: Vec<usize> =
            origin.reports.iter().copied().filter(|&report| edges.iter().all(|(_, edge)| edge.to != report)).collect();
        markup! {
            li #(self.id(&format!("o{}", index + 1))) {
                p { strong { bdi { (origin_name(self.comparison, origin)) } } span.facts { " · " (origin_kind(origin.kind)) } }
                ul {
                    @for (_, edge) in &edges {
                        li {
                            (self.badge(edge.to)) " "
                            @if edge.relation != Relation::HadPrimarySource { (views::relation(edge.relation)) " " }
                            (self.ground(edge))
                        }
                    }
                    @if !without.is_empty() { li { "also in " (self.badges(&without)) } }
                }
            }
        }
    }

    fn ground(&self, edge: &Provenance) -> Markup {
        markup! {
            @if edge.stated { span.tag.stated { "stated" } }
            @else { span.tag.worked-out { "worked out, " (percent(edge.confidence)) } }
            @if let Some(&evidence) = edge.evidence.first() {
                " " span.said { (self.quoted(evidence)) }
                @if evidence.report != edge.to { " in " (self.badge(evidence.report)) }
            }
        }
    }

    fn names(&self) -> Markup {
        let (contrasts, others): (Vec<&Naming>, Vec<&Naming>) =
            self.comparison.names.iter().partition(|naming| naming.contrast);
        markup! {
            @if !contrasts.is_empty() { (self.namings(&contrasts)) }
            @if !others.is_empty() && contrasts.is_empty() { (self.namings(&others)) }
            @if !others.is_empty() && !contrasts.is_empty() {
                details {
                    summary { (count(others.len(), "actor")) " named without contrast" }
                    (self.namings(&others))
                }
            }
        }
    }

    fn namings(&self, namings: &[&Naming]) -> Markup {
        markup! {
            div.namings {
                @for naming in namings {
                    div.naming {
                        p {
                            strong { bdi { (one_line(&naming.entity)) } } span.facts { " · " (naming.kind) }
                            @if naming.contrast { " " span.tag.contrast { "contrast" } }
                        }
                        (self.labels(naming))
                    }
                }
            }
        }
    }

    fn labels(&self, naming: &Naming) -> Markup {
        let labels = |report: usize| naming.labels.iter().filter(move |label| label.quote.report == report);
        let reports = (0..self.comparison.reports.len()).filter(|&report| labels(report).next().is_some());
        markup! {
            dl {
                @for report in reports {
                    dt { (self.report_link(report)) }
                    dd {
                        @for (place, label) in labels(report).enumerate() {
                            @if place > 0 { ", " }
                            span.said { (self.quoted(label.quote)) }
                            @if label.count > 1 { span.facts { " ×" (label.count) } }
                        }
                    }
                }
            }
        }
    }

    fn only_in(&self) -> Markup {
        let incomplete: Vec<usize> = (0..self.comparison.reports.len())
            .filter(|&report| !self.comparison.reports[report].article.complete)
            .collect();
        markup! {
            @if !incomplete.is_empty() {
                p.facts { "Of " (self.badges(&incomplete)) "only part of the text is held: silence there is no omission." }
            }
            div.only {
                @for report in 0..self.comparison.reports.len() { (self.alone(report)) }
            }
        }
    }

    fn alone(&self, report: usize) -> Markup {
        let alone = views::only_in(self.comparison, report);
        let missing = views::not_in(self.comparison, report);
        markup! {
            @if !alone.is_empty() || !missing.is_empty() {
                div.alone-in {
                    (headline(self.level + 2, "", &format!("{} {}", ids(self.comparison, &[report]), called(&self.comparison.reports[report]))))
                    @if !missing.is_empty() {
                        p.facts {
                            @if self.comparison.reports[report].article.complete { "Does not make claim " }
                            @else { "As far as we hold it, does not make claim " }
                            @for (place, claim) in missing.iter().enumerate() {
                                @if place > 0 { ", " }
                                a href={ "#" (self.claim_id(*claim)) } { (claim + 1) }
                            }
                        }
                    }
                    ul { @for (index, claim) in alone { li { (self.statements(index, claim, report)) } } }
                }
            }
        }
    }

    fn timeline(&self) -> Markup {
        markup! {
            ol.timeline {
                @for moment in &self.comparison.timeline {
                    li {
                        time { (one_line(&moment.value)) }
                        div {
                            @for dated in views::dated(self.comparison, moment) {
                                p { span.said { (self.quoted(dated.quote)) } " " (self.dated(&dated)) }
                            }
                            @if !moment.times.is_empty() { p.facts { "from " (self.expressions(&moment.times)) } }
                        }
                    }
                }
            }
        }
    }

    fn dated(&self, dated: &views::Dated) -> Markup {
        let shared = self.comparison.claims.get(dated.claim).is_some_and(Claim::is_shared);
        markup! {
            (self.badges(&dated.reports))
            @if shared { a.facts href={ "#" (self.claim_id(dated.claim)) } { "claim " (dated.claim + 1) } }
        }
    }

    fn expressions(&self, times: &[usize]) -> Markup {
        let mut found: Vec<(String, Vec<usize>)> = Vec::new();
        for entry in times.iter().filter_map(|&index| self.comparison.times.get(index)) {
            let words = line(self.comparison, Quote { report: entry.report, span: entry.time.span });
            match found.iter_mut().find(|(known, _)| *known == words) {
                Some((_, reports)) if reports.contains(&entry.report) => {}
                Some((_, reports)) => reports.push(entry.report),
                None => found.push((words, vec![entry.report])),
            }
        }
        markup! {
            @for (place, (words, reports)) in found.iter().enumerate() {
                @if place > 0 { ", " }
                (quoted(words, None)) " " (self.badges(reports))
            }
        }
    }

    fn has_texts(&self) -> bool {
        match self.page {
            Page::File | Page::Side(..) => !self.comparison.reports.is_empty(),
            Page::Site(_) => self.comparison.reports.len() > 1,
        }
    }

    /// The texts; where they have a page of their own, the choice of two of them.
    fn texts(&self) -> Markup {
        match self.page {
            Page::Site(links) => self.choice(links, [0, 1]),
            Page::Side(_, pair) => self.texts_of(&pair),
            Page::File => self.texts_of(&(0..self.comparison.reports.len()).collect::<Vec<_>>()),
        }
    }

    pub(super) fn texts_of(&self, reports: &[usize]) -> Markup {
        let shown = reports.iter().filter_map(|&at| Some((at, self.comparison.reports.get(at)?)));
        markup! {
            p.facts {
                "Highlighted: what at least two reports say, with the number of the claim. "
                span.differs { "Underlined" } ": where they differ."
            }
            div.texts role="region" aria-label="The reports side by side" tabindex="0" {
                @for (index, report) in shown {
                    article.text #(self.text_id(index)) lang=[language_tag(&report.article)] {
                        header {
                            p { span.badge { (report.id) } " " strong { bdi { (called(report)) } } }
                            @if let Some(published) = &report.article.published { p.facts { (published.day()) } }
                        }
                        (passages::passages(self, index))
                    }
                }
            }
        }
    }

    fn notes(&self) -> Markup {
        markup! {
            ul.notes {
                @for (report, message) in notes(self.comparison) {
                    li { @if let Some(report) = report { (self.badge(report)) " " } bdi { (one_line(message)) } }
                }
            }
        }
    }
}

/// Words in quotation marks, with a link where there is something to lead to.
fn quoted(words: &str, target: Option<&str>) -> Markup {
    let (open, close) = marks(words);
    markup! {
        (open)
        @if let Some(target) = target { a href=(target) { bdi { (words) } } } @else { bdi { (words) } }
        (close)
    }
}

/// A heading of a level from 1 to 4; an empty id is left out.
fn headline(level: usize, id: &str, title: &str) -> Markup {
    let id = (!id.is_empty()).then_some(id);
    match level {
        1 => markup! { h1 id=[id] { (title) } },
        2 => markup! { h2 id=[id] { (title) } },
        3 => markup! { h3 id=[id] { (title) } },
        _ => markup! { h4 id=[id] { (title) } },
    }
}
