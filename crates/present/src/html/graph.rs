//! The provenance as a drawing: origins on the left, reports to the right of whatever they draw on.
//!
//! A small layered layout after Sugiyama, Tagawa and Toda (1981): a column for each step away from the origins, edges
//! over several columns led through free slots, slots ordered by the mean place of their neighbours, and each column
//! then drawn to the height its neighbours pull it to. Every edge ends at a place of its own on its report, where its
//! label stands, so labels never cover one another. Of many edges the nearest are drawn, and of many reports those that
//! draw on the same, and that nobody draws on, share a box. What has no edge stands at the foot of its column. The drawing
//! repeats what the list beside it says in words.

mod drawing;

use std::collections::BTreeMap;

use maud::{Markup, html as markup};
use twosource_model::{Comparison, Node, Origin, Provenance};

use super::story::Story;
use crate::views;
use crate::words::{called, count, ids, line, may_break, one_line, origin_name, shorten, width_of};
use drawing::drawing;

// Four columns are as wide as the page.
const BOX_WIDTH: f64 = 200.0;
const COLUMN_GAP: f64 = 136.0;
/// The straight end of an edge, over which its label stands.
const LABEL: f64 = 82.0;
const ROW_GAP: f64 = 16.0;
const LINE: f64 = 17.0;
const PADDING: f64 = 9.0;
/// Distance of two edges that end at one report: room for a label between them.
const PORT: f64 = 21.0;
/// Height of the slot that leads an edge past a column.
const PASSAGE: f64 = 12.0;
/// Columns of text in a box, in half ems.
const BOX_TEXT: usize = 23;
const SWEEPS: usize = 8;
/// Up to so many reports each has a box of its own.
const ALONE: usize = 12;
/// Up to so many edges each has a line.
const LINES: usize = 60;

/// The figure: the drawing and what its lines mean.
pub(super) fn figure(story: &Story) -> Markup {
    let graph = Graph::new(story.comparison);
    if graph.edges.is_empty() {
        return markup! {};
    }
    let hidden = story.comparison.origins.len() - graph.slots.iter().filter(|slot| slot.is_origin()).count();
    markup! {
        figure.graph {
            div.scroll role="region" aria-label="Drawing of the provenance" tabindex="0" { (drawing(story, &graph)) }
            figcaption {
                "An arrow leads from what is drawn on to the report that rests on it, unless it says otherwise. "
                span.key-stated { "Solid: a text states it." } " "
                span.key-worked-out { "Dashed: worked out from shared wording and times." }
                @if graph.edges.iter().any(|(arrow, _)| arrow.edge.is_none()) {
                    " Dotted: the report is itself where the trail ends."
                }
                @if is_dense(story.comparison) {
                    " Of many lines the nearest are drawn: what each report derives from, else the origins of the lead claim"
                    @if story.comparison.reports.len() > ALONE { "; reports that draw on the same share a box" }
                    ". The list has everything."
                } @else if hidden > 0 { " " (hidden) " more, each behind a single report, are in the list only." }
            }
        }
    }
}

/// A box, or the free place through which an edge passes a column.
struct Slot {
    node: Option<Node>,
    /// How many reports the box stands for; the node is the first of them.
    reports: usize,
    layer: usize,
    lines: Vec<String>,
    /// How many of the lines are the name, set in bold.
    name_lines: usize,
    height: f64,
    y: f64,
    /// Indices into [`Graph::links`], in the order of their places on the box.
    incoming: Vec<usize>,
    outgoing: Vec<usize>,
}

impl Slot {
    fn is_origin(&self) -> bool {
        matches!(self.node, Some(Node::Origin(_)))
    }

    /// Whether no edge leads here or away.
    fn is_alone(&self) -> bool {
        self.incoming.is_empty() && self.outgoing.is_empty()
    }

    fn centre(&self) -> f64 {
        self.y + self.height / 2.0
    }
}

/// A stretch of an edge from one column to the next.
struct Link {
    from: usize,
    to: usize,
}

/// Slots that stand close together.
struct Pool {
    /// The sum of the tops they wish for, each less its height in the pool.
    wishes: f64,
    /// Each with its height where the whole column stands close together.
    slots: Vec<(usize, f64)>,
}

impl Pool {
    fn mean(&self) -> f64 {
        self.wishes / self.slots.len() as f64
    }
}

/// What leads from a box to a report.
#[derive(Clone, Copy)]
struct Arrow<'c> {
    from: Node,
    to: usize,
    /// `None` where the report is itself the end of the trail: an origin that nothing else draws on.
    edge: Option<&'c Provenance>,
}

struct Graph<'c> {
    slots: Vec<Slot>,
    links: Vec<Link>,
    /// Each arrow with its links from left to right.
    edges: Vec<(Arrow<'c>, Vec<usize>)>,
    /// Slots of each column from top to bottom.
    columns: Vec<Vec<usize>>,
}

impl<'c> Graph<'c> {
    fn new(comparison: &'c Comparison) -> Self {
        let layers = report_layers(comparison);
        let edges = drawn(comparison);
        let first = firsts(comparison, &edges);
        let mut graph = Graph { slots: Vec::new(), links: Vec::new(), edges: Vec::new(), columns: Vec::new() };
        let is_used = |origin: &usize| edges.iter().any(|arrow| arrow.from == Node::Origin(*origin));
        let is_dense = is_dense(comparison);
        for origin in views::origins(comparison).0.into_iter().filter(|origin| !is_dense || is_used(origin)) {
            graph.add(Some(Node::Origin(origin)), 0, origin_lines(comparison, origin));
        }
        for (report, &layer) in layers.iter().enumerate() {
            if first[report] == report {
                let same: Vec<usize> = (0..first.len()).filter(|&other| first[other] == report).collect();
                let slot = graph.add(Some(Node::Report(report)), layer, reports_lines(comparison, &same));
                graph.slots[slot].reports = same.len();
            }
        }
        for edge in edges {
            graph.connect(edge);
        }
        graph.size();
        graph.order();
        graph.place();
        graph
    }

    fn add(&mut self, node: Option<Node>, layer: usize, (name, about): (Vec<String>, Vec<String>)) -> usize {
        let slot = self.slots.len();
        let (height, incoming, outgoing) = (PASSAGE, Vec::new(), Vec::new());
        let (name_lines, lines) = (name.len(), [name, about].concat());
        self.slots.push(Slot { node, reports: 1, layer, lines, name_lines, height, y: 0.0, incoming, outgoing });
        if self.columns.len() <= layer {
            self.columns.resize(layer + 1, Vec::new());
        }
        self.columns[layer].push(slot);
        slot
    }

    fn find(&self, node: Node) -> Option<usize> {
        self.slots.iter().position(|slot| slot.node == Some(node))
    }

    /// Adds an edge through all columns between its ends; one that would run backwards is not drawn.
    fn connect(&mut self, arrow: Arrow<'c>) {
        let (Some(from), Some(to)) = (self.find(arrow.from), self.find(Node::Report(arrow.to))) else { return };
        let (first, last) = (self.slots[from].layer, self.slots[to].layer);
        if first >= last {
            return;
        }
        let mut stops = vec![from];
        stops.extend((first + 1..last).map(|layer| self.add(None, layer, Default::default())).collect::<Vec<_>>());
        stops.push(to);
        let links = stops.windows(2).map(|ends| self.link(ends[0], ends[1])).collect();
        self.edges.push((arrow, links));
    }

    fn link(&mut self, from: usize, to: usize) -> usize {
        let link = self.links.len();
        self.links.push(Link { from, to });
        self.slots[from].outgoing.push(link);
        self.slots[to].incoming.push(link);
        link
    }

    fn size(&mut self) {
        for slot in self.slots.iter_mut().filter(|slot| slot.node.is_some()) {
            let text = slot.lines.len() as f64 * LINE + 2.0 * PADDING;
            slot.height = text.max(slot.incoming.len() as f64 * PORT + PADDING).max(slot.outgoing.len() as f64 * 6.0);
        }
    }

    /// Orders every column by the mean row of its neighbours, from the left and from the right in turn.
    fn order(&mut self) {
        let mut rows = vec![0; self.slots.len()];
        for sweep in 0..SWEEPS {
            let forward = sweep % 2 == 0;
            for column in &self.columns {
                column.iter().enumerate().for_each(|(row, &slot)| rows[slot] = row);
            }
            for turn in 0..self.columns.len() {
                let layer = if forward { turn } else { self.columns.len() - 1 - turn };
                let mut column = std::mem::take(&mut self.columns[layer]);
                let pull = |slot: usize| self.neighbours(slot, forward, &|other| rows[other] as f64);
                column.sort_by(|&one, &other| {
                    let alone =
                        |slot: usize| if self.slots[slot].is_alone() { f64::INFINITY } else { rows[slot] as f64 };
                    let place = |slot| pull(slot).unwrap_or_else(|| alone(slot));
                    place(one).total_cmp(&place(other)).then(rows[one].cmp(&rows[other]))
                });
                column.iter().enumerate().for_each(|(row, &slot)| rows[slot] = row);
                self.columns[layer] = column;
            }
        }
    }

    /// The mean of a measure over the neighbours in the column before or behind; `None` where there is none.
    fn neighbours(&self, slot: usize, before: bool, measure: &dyn Fn(usize) -> f64) -> Option<f64> {
        let slot = &self.slots[slot];
        let neighbours: Vec<f64> = match before {
            true => slot.incoming.iter().map(|&link| measure(self.links[link].from)).collect(),
            false => slot.outgoing.iter().map(|&link| measure(self.links[link].to)).collect(),
        };
        (!neighbours.is_empty()).then(|| neighbours.iter().sum::<f64>() / neighbours.len() as f64)
    }

    /// Gives every slot its height on the page, then every link its place on its boxes.
    fn place(&mut self) {
        for layer in 0..self.columns.len() {
            self.settle(layer, &|_| None);
        }
        for sweep in 0..SWEEPS {
            let forward = sweep % 2 == 0;
            for turn in 0..self.columns.len() {
                let layer = if forward { turn } else { self.columns.len() - 1 - turn };
                let centres: Vec<f64> = self.slots.iter().map(Slot::centre).collect();
                let pull = |slot, before| self.neighbours(slot, before, &|other| centres[other]);
                let wished: Vec<Option<f64>> =
                    (0..self.slots.len()).map(|slot| pull(slot, forward).or_else(|| pull(slot, !forward))).collect();
                self.settle(layer, &|slot| wished[slot]);
            }
        }
        let top = self.slots.iter().map(|slot| slot.y).fold(f64::INFINITY, f64::min);
        self.slots.iter_mut().for_each(|slot| slot.y -= top);
        self.spread();
    }

    /// Places the slots of a column in order, as near to the wished centres as their heights allow: least squares under
    /// an order, by pooling neighbours that would overlap (Ayer et al. 1955). What has no edge follows below.
    fn settle(&mut self, layer: usize, wished: &dyn Fn(usize) -> Option<f64>) {
        let column = self.columns[layer].clone();
        // Heights of the tops where all stand close together; against these, order is all that is asked.
        let mut close = 0.0;
        let mut pools: Vec<Pool> = Vec::new();
        for slot in column.iter().copied().filter(|&slot| !self.slots[slot].is_alone()) {
            let Slot { y, height, .. } = self.slots[slot];
            let wish = wished(slot).map_or(y, |centre| centre - height / 2.0) - close;
            let mut pool = Pool { wishes: wish, slots: vec![(slot, close)] };
            close += height + ROW_GAP;
            while let Some(above) = pools.pop_if(|above| above.mean() > pool.mean()) {
                pool = Pool { wishes: pool.wishes + above.wishes, slots: [above.slots, pool.slots].concat() };
            }
            pools.push(pool);
        }
        let mut foot: f64 = 0.0;
        for pool in pools {
            let top = pool.mean();
            for (slot, close) in pool.slots {
                self.slots[slot].y = top + close;
                foot = self.slots[slot].y + self.slots[slot].height + ROW_GAP;
            }
        }
        for slot in column.into_iter().filter(|&slot| self.slots[slot].is_alone()).collect::<Vec<_>>() {
            self.slots[slot].y = foot;
            foot += self.slots[slot].height + ROW_GAP;
        }
    }

    /// Orders the links on each side of a box by where they lead, so that they do not cross at the box.
    fn spread(&mut self) {
        let centres: Vec<f64> = self.slots.iter().map(Slot::centre).collect();
        let links = &self.links;
        for slot in &mut self.slots {
            slot.incoming.sort_by(|&one, &other| centres[links[one].from].total_cmp(&centres[links[other].from]));
            slot.outgoing.sort_by(|&one, &other| centres[links[one].to].total_cmp(&centres[links[other].to]));
        }
    }

    fn left(layer: usize) -> f64 {
        layer as f64 * (BOX_WIDTH + COLUMN_GAP)
    }

    /// Where a link ends on a slot, as a height.
    fn port(slot: &Slot, links: &[usize], link: usize) -> f64 {
        let place = links.iter().position(|&other| other == link).unwrap_or(0) as f64;
        slot.y + slot.height * (place + 1.0) / (links.len() as f64 + 1.0)
    }

    /// The ends of a link: left x, left y, right x, right y.
    fn ends(&self, link: usize) -> (f64, f64, f64, f64) {
        let (from, to) = (&self.slots[self.links[link].from], &self.slots[self.links[link].to]);
        let left = Self::left(from.layer) + BOX_WIDTH;
        let right = Self::left(to.layer);
        (left, Self::port(from, &from.outgoing, link), right, Self::port(to, &to.incoming, link))
    }

    /// The path of an edge, smooth through the slots it passes; whole pixels are exact enough.
    fn path(&self, links: &[usize]) -> String {
        let mut path = String::new();
        for (place, &link) in links.iter().enumerate() {
            let (x1, y1, x2, y2) = self.ends(link);
            let (start, last) = (if place == 0 { 'M' } else { 'L' }, place + 1 == links.len());
            let flat = if last { x2 - LABEL } else { x2 };
            let bend = x1 + (flat - x1) / 2.0;
            path += &format!("{start}{x1:.0} {y1:.0}C{bend:.0} {y1:.0} {bend:.0} {y2:.0} {flat:.0} {y2:.0}");
            if last {
                path += &format!("H{:.0}", x2 - 7.0);
            }
        }
        path
    }

    fn width(&self) -> f64 {
        Self::left(self.columns.len().saturating_sub(1)) + BOX_WIDTH
    }

    fn height(&self) -> f64 {
        self.slots.iter().map(|slot| slot.y + slot.height).fold(0.0, f64::max)
    }
}

/// Whether there are so many lines that they would hide one another.
fn is_dense(comparison: &Comparison) -> bool {
    comparison.reports.len() > ALONE || comparison.provenance.len() > LINES
}

/// The arrows that are drawn: of few all; of many, where the lines would hide one another, the nearest. What a report
/// has from another one it derives from it has through that one, and of the other origins those of the lead show what
/// the story rests on.
fn drawn(comparison: &Comparison) -> Vec<Arrow<'_>> {
    let edges = || comparison.provenance.iter();
    let all = edges().map(|edge| Arrow { from: edge.from, to: edge.to, edge: Some(edge) }).chain(own(comparison));
    if !is_dense(comparison) {
        return all.collect();
    }
    let lead = comparison.lead.as_ref().map(|lead| lead.origins.clone());
    let lead = lead.unwrap_or_else(|| views::origins(comparison).0);
    let has_parent = |report: usize| edges().any(|edge| edge.to == report && matches!(edge.from, Node::Report(_)));
    let is_near = |arrow: &Arrow| match arrow.from {
        Node::Report(_) => true,
        Node::Origin(origin) => lead.contains(&origin) && !has_parent(arrow.to),
    };
    all.filter(is_near).collect()
}

/// Origins that no edge leads from are the reports they stand in: those of them that draw on no other one.
fn own(comparison: &Comparison) -> impl Iterator<Item = Arrow<'_>> {
    let has_edge = |origin: usize| comparison.provenance.iter().any(|edge| edge.from == Node::Origin(origin));
    let without = comparison.origins.iter().enumerate().filter(move |(at, _)| !has_edge(*at));
    without.flat_map(|(at, origin)| {
        let is_copied = |to: usize| {
            let is_inside =
                |edge: &Provenance| matches!(edge.from, Node::Report(from) if origin.reports.contains(&from));
            comparison.provenance.iter().any(|edge| edge.to == to && is_inside(edge))
        };
        let first = origin.reports.iter().copied().filter(move |&report| !is_copied(report));
        first.map(move |to| Arrow { from: Node::Origin(at), to, edge: None })
    })
}

/// For each report the first one that draws on the same in the same way; itself where it has a box of its own.
fn firsts(comparison: &Comparison, arrows: &[Arrow]) -> Vec<usize> {
    let all = 0..comparison.reports.len();
    if all.len() <= ALONE {
        return all.collect();
    }
    let draws_on = |report: usize| {
        let of_it = arrows.iter().filter(|arrow| arrow.to == report);
        let manner = |edge: &Provenance| (edge.relation.as_str(), edge.stated);
        let mut of_it: Vec<_> = of_it.map(|arrow| (arrow.from, arrow.edge.map(manner))).collect();
        of_it.sort_unstable();
        of_it.dedup();
        of_it
    };
    let is_drawn_on = |report: usize| arrows.iter().any(|arrow| arrow.from == Node::Report(report));
    let mut known = BTreeMap::new();
    all.map(|report| if is_drawn_on(report) { report } else { *known.entry(draws_on(report)).or_insert(report) })
        .collect()
}

/// The column of each report: one right of everything it draws on.
fn report_layers(comparison: &Comparison) -> Vec<usize> {
    let mut layers = vec![1; comparison.reports.len()];
    let derived = || {
        comparison.provenance.iter().filter_map(|edge| match edge.from {
            Node::Report(from) => Some((from, edge.to)),
            Node::Origin(_) => None,
        })
    };
    // Without cycles the longest chain has as many steps as there are reports; with one, this stops all the same.
    for _ in 0..comparison.reports.len() {
        let before = layers.clone();
        for (from, to) in derived() {
            if from < layers.len() && to < layers.len() && before[from] < layers.len() {
                layers[to] = layers[to].max(layers[from] + 1);
            }
        }
        if layers == before {
            break;
        }
    }
    layers
}

/// The lines of an origin's box: its name, and what it cites.
fn origin_lines(comparison: &Comparison, index: usize) -> (Vec<String>, Vec<String>) {
    let origin = &comparison.origins[index];
    let named = origin_name(comparison, &Origin { rests_on: None, ..origin.clone() });
    let cited = origin.rests_on.map(|quote| format!("citing “{}”", line(comparison, quote)));
    (lines(&named, 3), cited.map_or_else(Vec::new, |cited| lines(&cited, 3)))
}

/// The lines of a report's box: its id and outlet, and its day.
fn report_lines(comparison: &Comparison, index: usize) -> (Vec<String>, Vec<String>) {
    let report = &comparison.reports[index];
    let day = report.article.published.as_ref().map(|published| published.day().to_owned());
    (lines(&format!("{} · {}", report.id, called(report)), 2), day.into_iter().collect())
}

/// The lines of a box for some reports that draw on the same: how many there are, and which.
fn reports_lines(comparison: &Comparison, reports: &[usize]) -> (Vec<String>, Vec<String>) {
    match reports {
        [one] => report_lines(comparison, *one),
        several => (lines(&count(several.len(), "report"), 1), lines(&ids(comparison, several), 4)),
    }
}

/// At most `limit` lines of box width, broken between words; what does not fit gives way to "…".
fn lines(text: &str, limit: usize) -> Vec<String> {
    let text = one_line(text);
    let mut found = vec![String::new()];
    let mut width = 0;
    let mut word = String::new();
    let mut before = ' ';
    for char in text.chars().chain([' ']) {
        if may_break(before, char) && !word.is_empty() {
            let word_width: usize = word.chars().map(width_of).sum();
            if width + word_width > BOX_TEXT && width > 0 {
                found.push(String::new());
                width = 0;
            }
            found.last_mut().expect("starts with a line").push_str(&word);
            width += word_width;
            word.clear();
        }
        if !(width == 0 && word.is_empty() && char == ' ') {
            word.push(char);
        }
        before = char;
    }
    let cut = found.len() > limit;
    found.truncate(limit);
    let last = found.len() - 1;
    for (place, line) in found.iter_mut().enumerate() {
        *line = shorten(line.trim(), BOX_TEXT + 4);
        if cut && place == last && !line.ends_with('…') {
            line.push_str(" …");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{OriginKind, Relation, Report, report_id};

    /// Reports that each draw on the one before, one origin under the first, and one shared by all.
    fn chain(length: usize) -> Comparison {
        let mut story = Comparison::default();
        let edge = |from, to| Provenance {
            from,
            to,
            relation: Relation::WasDerivedFrom,
            stated: true,
            evidence: Vec::new(),
            confidence: 1.0,
        };
        for index in 0..length {
            story.reports.push(Report { id: report_id(index), ..Report::default() });
            story.provenance.push(edge(Node::Origin(0), index));
            story.provenance.extend((index > 0).then(|| edge(Node::Report(index - 1), index)));
        }
        let (name, kind, reports) = ("the harbour office".to_owned(), OriginKind::Statement, (0..length).collect());
        story.origins.push(Origin { name, kind, rests_on: None, reports, evidence: Vec::new() });
        story
    }

    #[test]
    fn boxes_of_a_column_do_not_overlap_and_arrows_run_right() {
        for length in [1, 2, 5, 12] {
            let story = chain(length);
            let graph = Graph::new(&story);
            assert_eq!(graph.edges.len(), story.provenance.len());
            for column in &graph.columns {
                for pair in column.windows(2) {
                    let (above, below) = (&graph.slots[pair[0]], &graph.slots[pair[1]]);
                    assert!(above.y + above.height <= below.y + 0.001);
                }
            }
            assert!((0..graph.links.len()).all(|link| graph.ends(link).0 < graph.ends(link).2));
        }
    }

    #[test]
    fn of_many_reports_those_that_draw_on_the_same_share_a_box() {
        let mut story = chain(40);
        story.provenance.retain(|edge| matches!(edge.from, Node::Origin(_)) || edge.to < 3);
        let graph = Graph::new(&story);
        let boxes: Vec<usize> =
            graph.slots.iter().filter(|slot| slot.node.is_some()).map(|slot| slot.reports).collect();
        assert_eq!(boxes, [1, 1, 1, 1, 37], "the origin, three reports that draw on one another, all others");
    }

    #[test]
    fn an_origin_that_is_a_report_itself_is_drawn_to_it() {
        let mut story = chain(3);
        let reports = vec![1, 2];
        story.origins.push(Origin { name: "The Lantern".to_owned(), reports, ..story.origins[0].clone() });
        let graph = Graph::new(&story);
        let own: Vec<usize> =
            graph.edges.iter().filter(|(arrow, _)| arrow.edge.is_none()).map(|(arrow, _)| arrow.to).collect();
        assert_eq!(own, [1], "the last report has it from the one before");
    }

    #[test]
    fn a_cycle_is_survived() {
        let mut story = chain(4);
        story.provenance.push(Provenance { from: Node::Report(3), to: 0, ..story.provenance[0].clone() });
        story.provenance.push(Provenance { from: Node::Report(2), to: 2, ..story.provenance[0].clone() });
        assert!(Graph::new(&story).edges.len() < story.provenance.len());
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(lines("Coastal Wire, citing “two officials familiar”", 4).len(), 3);
        assert_eq!(lines(&"word ".repeat(40), 2)[1], "word word word word …");
        assert_eq!(lines("", 2), [""]);
        assert_eq!(lines(&"x".repeat(100), 2), ["…"]);
    }
}
