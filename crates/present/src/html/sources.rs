//! Whose word it is: the drawing of the provenance, and every origin with what rests on it.

use maud::{Markup, html as markup};
use twosource_model::{Node, Provenance, Relation};

use super::extent::Part;
use super::graph;
use super::reports::BADGES;
use super::story::Story;
use crate::views;
use crate::words::{count, origin_kind, origin_name, percent};

/// Origins, and copies, on the page of a story.
const ENTRIES: usize = 12;
/// Reports behind an origin whose words it quotes; the others are named.
const EVIDENCE: usize = 3;
/// Reports behind an origin that it names at most: those and the letters in a row.
const BEHIND: usize = EVIDENCE + BADGES;

impl Story<'_> {
    pub(super) fn has_provenance(&self) -> bool {
        !self.comparison.origins.is_empty() || !self.comparison.provenance.is_empty()
    }

    pub(super) fn provenance(&self) -> Markup {
        let (order, minor) = views::origins(self.comparison);
        let edges = self.comparison.provenance.iter();
        let derived: Vec<_> = edges.filter(|edge| matches!(edge.from, Node::Report(_))).collect();
        let most = self.most(ENTRIES);
        let behind_many = |&index: &usize| self.comparison.origins[index].reports.len() > BEHIND;
        let is_cut = order.len() > most || derived.len() > most || !minor.is_empty() || order.iter().any(behind_many);
        markup! {
            (graph::figure(self))
            ul.origins {
                @for &index in order.iter().take(most) { (self.origin(index)) }
                @for edge in derived.iter().take(most) {
                    li {
                        p { (self.report_link(edge.to)) " " (views::relation(edge.relation)) " " (self.node(edge.from)) ": " (self.ground(edge)) }
                    }
                }
            }
            (self.whole_of(Part::Provenance, is_cut, &format!("All {} and who draws on whom", count(self.comparison.origins.len(), "origin"))))
            @if !minor.is_empty() && !self.is_brief() {
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

    fn origin_id(&self, origin: usize) -> String {
        self.id(&format!("o{}", origin + 1))
    }

    /// Where an origin is.
    pub(super) fn origin_link(&self, origin: usize) -> String {
        let order = views::origins(self.comparison).0;
        self.place(Part::Provenance, &self.origin_id(origin), order.iter().take(ENTRIES).any(|&known| known == origin))
    }

    fn origin(&self, index: usize) -> Markup {
        let origin = &self.comparison.origins[index];
        let mut edges = views::edges_from(self.comparison, Node::Origin(index));
        edges.truncate(self.most(EVIDENCE));
        let without: Vec<usize> =
            origin.reports.iter().copied().filter(|&report| edges.iter().all(|(_, edge)| edge.to != report)).collect();
        markup! {
            li #(self.origin_id(index)) {
                p { strong { bdi { (origin_name(self.comparison, origin)) } } span.facts { " · " (origin_kind(origin.kind)) } }
                ul {
                    @for (_, edge) in &edges {
                        li {
                            (self.badge(edge.to)) " "
                            @if edge.relation != Relation::HadPrimarySource { (views::relation(edge.relation)) " " }
                            (self.ground(edge))
                        }
                    }
                    @if !without.is_empty() { li { "also in " (self.some_badges(&without)) } }
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
}
