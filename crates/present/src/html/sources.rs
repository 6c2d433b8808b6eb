//! Whose word it is: the drawing of the provenance, and every origin with what rests on it.

use maud::{Markup, html as markup};
use twosource_model::{Node, Provenance, Relation};

use super::graph;
use super::story::Story;
use crate::views;
use crate::words::{count, origin_kind, origin_name, percent};

impl Story<'_> {
    pub(super) fn has_provenance(&self) -> bool {
        !self.comparison.origins.is_empty() || !self.comparison.provenance.is_empty()
    }

    pub(super) fn provenance(&self) -> Markup {
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
}
