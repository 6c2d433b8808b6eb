//! The layout as SVG, and in words for whoever does not see it.

use maud::{Markup, html as markup};
use twosource_model::{Comparison, Node, Provenance, Relation};

use super::super::story::Story;
use super::{Arrow, BOX_WIDTH, Graph, LINE, PADDING, Slot};
use crate::views;
use crate::words::{count, percent};

/// The drawing.
pub(super) fn drawing(story: &Story, graph: &Graph) -> Markup {
    let (width, height) = (graph.width() + 4.0, graph.height() + 4.0);
    let title = story.id("graph-title");
    let description = story.id("graph-text");
    let arrow = story.id("arrow");
    markup! {
        svg viewBox=(format!("-2 -2 {width:.0} {height:.0}")) width=(format!("{width:.0}")) height=(format!("{height:.0}"))
            role="group" aria-labelledby={ (title) " " (description) } {
            title #(title) { "Who draws on whom" }
            desc #(description) { (described(story.comparison, graph)) }
            defs {
                marker #(arrow) viewBox="0 0 8 8" refX="1" refY="4" markerWidth="7" markerHeight="7" orient="auto" {
                    path.arrow d="M0 0L8 4L0 8Z" {}
                }
            }
            @for manner in Manner::ALL {
                g class=(manner.class()) marker-end={ "url(#" (arrow) ")" } {
                    @for (_, links) in graph.edges_of(manner) { path d=(graph.path(links)) {} }
                }
            }
            @for manner in Manner::ALL {
                g class=(manner.class()) { @for (edge, links) in graph.edges_of(manner) { (labelled(graph, edge, links)) } }
            }
            @for slot in graph.slots.iter().filter(|slot| slot.node.is_some()) { (box_drawing(story, slot)) }
        }
    }
}

/// How a report draws on others, and on which.
type Part = (String, Vec<String>);

/// The drawing in words: for each report what it draws on, by how it does.
fn described(comparison: &Comparison, graph: &Graph) -> String {
    let mut sentences: Vec<(usize, Vec<Part>)> = Vec::new();
    for (arrow, _) in &graph.edges {
        let from = views::node_name(comparison, arrow.from);
        let relation = arrow.edge.map_or("is itself", |edge| views::relation(edge.relation));
        let sure = match arrow.edge {
            Some(edge) if edge.stated => " (stated)".to_owned(),
            Some(edge) => format!(" (worked out, {})", percent(edge.confidence)),
            None => String::new(),
        };
        let at = sentences.iter().position(|(to, _)| *to == arrow.to).unwrap_or_else(|| {
            sentences.push((arrow.to, Vec::new()));
            sentences.len() - 1
        });
        let (how, parts) = (format!("{relation}{sure}"), &mut sentences[at].1);
        match parts.iter_mut().find(|(known, _)| *known == how) {
            Some((_, names)) => names.push(from),
            None => parts.push((how, vec![from])),
        }
    }
    let part = |(how, names): &Part| format!("{how}: {}", names.join(", "));
    let sentence = |(to, parts): &(usize, Vec<Part>)| {
        let others = graph.find(Node::Report(*to)).map_or(0, |slot| graph.slots[slot].reports - 1);
        let others = if others > 0 { format!(" and {} alike", count(others, "report")) } else { String::new() };
        let to = views::node_name(comparison, Node::Report(*to));
        format!("{to}{others} {}.", parts.iter().map(part).collect::<Vec<_>>().join("; "))
    };
    sentences.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

/// How sure a line is; each manner is drawn otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Stated,
    WorkedOut,
    Own,
}

impl Manner {
    const ALL: [Manner; 3] = [Manner::Stated, Manner::WorkedOut, Manner::Own];

    fn of(arrow: &Arrow) -> Manner {
        match arrow.edge {
            Some(edge) if edge.stated => Manner::Stated,
            Some(_) => Manner::WorkedOut,
            None => Manner::Own,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Manner::Stated => "edge",
            Manner::WorkedOut => "edge worked-out",
            Manner::Own => "edge own",
        }
    }
}

impl<'c> Graph<'c> {
    fn edges_of(&self, manner: Manner) -> impl Iterator<Item = &(Arrow<'c>, Vec<usize>)> {
        self.edges.iter().filter(move |(arrow, _)| Manner::of(arrow) == manner)
    }
}

/// The label of an arrow, over its straight end.
fn labelled(graph: &Graph, arrow: &Arrow, links: &[usize]) -> Markup {
    let label = arrow.edge.map_or_else(String::new, label);
    let Some(&last) = links.last().filter(|_| !label.is_empty()) else { return markup! {} };
    let (_, _, x, y) = graph.ends(last);
    markup! { text x=(format!("{:.0}", x - 12.0)) y=(format!("{:.0}", y - 5.5)) { (label) } }
}

/// What stands over an arrow: how it draws on what it comes from where it does not rest on it, and how sure that is.
fn label(edge: &Provenance) -> String {
    let relation = match edge.relation {
        Relation::HadPrimarySource => None,
        Relation::WasDerivedFrom => Some("derives"),
        other => Some(views::relation(other)),
    };
    let sure = (!edge.stated).then(|| percent(edge.confidence));
    relation.map(str::to_owned).into_iter().chain(sure).collect::<Vec<_>>().join(", ")
}

fn box_drawing(story: &Story, slot: &Slot) -> Markup {
    let (target, class) = match slot.node {
        Some(Node::Origin(origin)) => (story.origin_link(origin), "origin"),
        Some(Node::Report(_)) if slot.reports > 1 => (story.reports_link(), "report"),
        Some(Node::Report(report)) => (story.text_link(report), "report"),
        None => return markup! {},
    };
    let x = Graph::left(slot.layer);
    let top = slot.centre() - slot.lines.len() as f64 * LINE / 2.0;
    markup! {
        a.node.(class) href=(target) {
            rect x=(format!("{x:.0}")) y=(format!("{:.0}", slot.y)) width=(BOX_WIDTH) height=(format!("{:.0}", slot.height)) rx="3" {}
            text {
                @for (row, line) in slot.lines.iter().enumerate() {
                    tspan class=[(row < slot.name_lines).then_some("strong")]
                        x=(format!("{:.0}", x + PADDING)) y=(format!("{:.0}", top + (row as f64 + 0.76) * LINE)) { (line) }
                }
            }
        }
    }
}
