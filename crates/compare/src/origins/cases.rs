//! Cases of `cases/en/origins.txt`, and the laws of the graph.

use std::collections::BTreeMap;

use proptest::prelude::*;
use twosource_model::{
    Annotated, Article, Attribution, Block, BlockKind, Claim, Entity, Form, Instant, Mention, MentionForm, NameKind,
    Node, Quote, ReportAttribution, Sentence, SourceKind, Span, Statement,
};

use super::{Traced, trace};
use crate::outlets::{OutletLists, Outlets};
use crate::provenance::Graph;

/// The reports of one case and what is expected of them.
#[derive(Default)]
pub(super) struct Case<'a> {
    title: &'a str,
    reports: Vec<Annotated>,
    attributions: Vec<ReportAttribution>,
    claims: BTreeMap<&'a str, Claim>,
    lists: OutletLists,
    expected: Vec<&'a str>,
}

fn read(cases: &str) -> Vec<Case<'_>> {
    let mut read: Vec<Case<'_>> = Vec::new();
    for line in cases.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(title) = line.strip_prefix("== ") {
            read.push(Case { title, ..Case::default() });
            continue;
        }
        let case = read.last_mut().unwrap_or_else(|| panic!("before the first case: {line}"));
        if let Some(entry) = line.strip_prefix("++ ") {
            case.entry(entry);
        } else if let Some(report) = line.strip_prefix("-- ") {
            case.reports.push(report_of(report));
        } else if let Some(expected) = line.strip_prefix("=> ") {
            case.expected.push(expected);
        } else {
            case.sentence(line);
        }
    }
    read
}

fn report_of(line: &str) -> Annotated {
    let mut fields = line.split('|').map(str::trim);
    let mut field = || fields.next().filter(|field| *field != "-").map(str::to_owned);
    let (outlet, published, agency) = (field(), field(), field());
    let published = published.map(|day| Instant::new(&day).unwrap_or_else(|| panic!("no date: {line}")));
    Annotated { article: Article { outlet, published, agency, ..Article::default() }, ..Annotated::default() }
}

impl<'a> Case<'a> {
    /// An entry of the user's lists.
    fn entry(&mut self, line: &str) {
        let mut names = line.split('|').map(|name| name.trim().to_owned());
        let (kind, name) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let list = match kind.as_str() {
            "outlet" => &mut self.lists.outlets,
            "family" => &mut self.lists.families,
            _ => panic!("neither outlet nor family: {line}"),
        };
        list.insert(name, names.collect());
    }

    fn sentence(&mut self, line: &'a str) {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let [claim, words, chain @ ..] = fields.as_slice() else { panic!("not a sentence: {line}") };
        let report = self.reports.len() - 1;
        let annotated = self.reports.last_mut().expect("a report before its sentences");
        let span = push(annotated, words);
        let mut outermost = None;
        for link in chain.iter().rev().filter(|link| !link.is_empty()) {
            if let Some(name) = link.strip_prefix("about:") {
                name_whom_it_is_about(annotated, span, name.trim());
                continue;
            }
            let attribution = attribution(link, words, span, outermost);
            self.attributions.push(ReportAttribution { report, attribution });
            outermost = Some(self.attributions.len() - 1);
        }
        if *claim != "-" {
            let statement = Statement { quote: Quote { report, span }, attribution: outermost };
            let empty = Claim {
                clearest: 0,
                statements: Vec::new(),
                origins: Vec::new(),
                independent_origins: 0,
                confidence: 1.0,
            };
            self.claims.entry(claim).or_insert(empty).statements.push(statement);
        }
    }
}

/// Adds the person a sentence is about, named in it.
fn name_whom_it_is_about(report: &mut Annotated, sentence: Span, name: &str) {
    let at = sentence.of(&report.article.text).find(name).unwrap_or_else(|| panic!("nobody is called {name}"));
    let span = Span::new(sentence.start + at, sentence.start + at + name.len());
    report.entities.push(Entity { name: name.to_owned(), kind: NameKind::Person });
    let entity = report.entities.len() - 1;
    report.mentions.push(Mention { span, phrase: span, form: MentionForm::Name, entity });
}

/// Adds a paragraph of one sentence to a report.
fn push(report: &mut Annotated, words: &str) -> Span {
    let start = report.article.text.len();
    report.article.text.push_str(words);
    let span = Span::new(start, report.article.text.len());
    report.article.text.push('\n');
    report.article.blocks.push(Block { kind: BlockKind::Paragraph, span });
    report.sentences.push(Sentence { span, block: report.article.blocks.len() - 1 });
    span
}

fn attribution(link: &str, words: &str, sentence: Span, rests_on: Option<usize>) -> Attribution {
    let (kind, link) = link.split_once(':').unwrap_or_else(|| panic!("no kind: {link}"));
    let (link, resolved) =
        link.split_once('=').map_or((link, None), |(link, name)| (link, Some(name.trim().to_owned())));
    let (link, response) = link.split_once('!').map_or((link, None), |(link, answer)| (link, Some(answer.trim())));
    let (link, stance) = link.split_once('~').map_or((link, "says"), |(link, stance)| (link, stance.trim()));
    let (source, cue) = link.split_once('/').unwrap_or_else(|| panic!("no cue: {link}"));
    let find = |part: &str| {
        let part = part.trim();
        let at = words.find(part).unwrap_or_else(|| panic!("“{part}” is not in “{words}”")) + sentence.start;
        (!part.is_empty()).then(|| Span::new(at, at + part.len()))
    };
    Attribution {
        content: vec![sentence],
        source: find(source),
        cue: find(cue),
        resolved,
        entity: None,
        kind: kind.parse::<SourceKind>().unwrap_or_else(|error| panic!("{error}")),
        stance: stance.parse().unwrap_or_else(|error| panic!("{stance}: {error}")),
        form: if words.contains('“') { Form::Mixed } else { Form::Indirect },
        rests_on,
        response: response.map(|answer| answer.parse().unwrap_or_else(|error| panic!("{answer}: {error}"))),
        negated: false,
    }
}

#[test]
fn cases() {
    let mut wrong = Vec::new();
    for mut case in read(include_str!("../../cases/en/origins.txt")) {
        let ids: Vec<&str> = case.claims.keys().copied().collect();
        let mut claims: Vec<Claim> = case.claims.values().cloned().collect();
        let traced = trace(&case.reports, &case.attributions, &mut claims, &Outlets::with(&case.lists));
        assert!(!case.expected.is_empty(), "{}: nothing expected", case.title);
        for expected in std::mem::take(&mut case.expected) {
            let found = match expected.split_once(" -> ") {
                _ if expected.starts_with("why: ") => why(&traced, expected),
                Some((from, rest)) => edge(&traced, from, &rest[..1]),
                None => origins(&traced, &claims, &ids, expected.split(':').next().unwrap_or_default()),
            };
            if found != expected {
                wrong.push(format!("{}\n  expected {expected}\n  found    {found}", case.title));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn origins(traced: &Traced, claims: &[Claim], ids: &[&str], id: &str) -> String {
    let at = ids.iter().position(|other| *other == id).unwrap_or_else(|| panic!("no claim {id}"));
    let names: Vec<&str> = claims[at].origins.iter().map(|&origin| plain(&traced.origins[origin].name)).collect();
    format!("{id}: {}; {}", claims[at].independent_origins, names.join(", "))
}

/// The note that was expected, or all there are.
fn why(traced: &Traced, expected: &str) -> String {
    let notes: Vec<String> = traced.notes.iter().map(|note| format!("why: {}", note.message)).collect();
    if notes.iter().any(|note| note == expected) { expected.to_owned() } else { notes.join("; ") }
}

fn plain(name: &str) -> &str {
    ["The ", "the "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

fn edge(traced: &Traced, from: &str, to: &str) -> String {
    let index = |id: &str| usize::from(id.as_bytes()[0] - b'a');
    let between = |edge: &&twosource_model::Provenance| edge.from == Node::Report(index(from)) && edge.to == index(to);
    let kind =
        traced.provenance.iter().find(between).map_or("none", |edge| if edge.stated { "stated" } else { "worked out" });
    format!("{from} -> {to} {kind}")
}

proptest! {
    #[test]
    fn a_graph_never_gets_a_cycle(edges in prop::collection::vec((0usize..8, 0usize..8), 0..60)) {
        let mut graph = Graph::new(8);
        let kept: Vec<_> = edges.into_iter().filter(|&(from, to)| graph.add(from, to)).collect();
        prop_assert!(without_cycle(&kept));
    }

    /// Reports made of the same few sentences, citing one another at will.
    #[test]
    fn provenance_has_no_cycle_and_points_into_the_texts(
        stories in prop::collection::vec((prop::collection::vec(0usize..6, 1..7), 0usize..5, 0usize..4), 1..6)
    ) {
        let (reports, attributions, mut claims) = jumble(&stories);
        let traced = trace(&reports, &attributions, &mut claims, &Outlets::default());
        let between: Vec<_> = traced.provenance.iter().filter_map(|edge| match edge.from {
            Node::Report(from) => Some((from, edge.to)),
            Node::Origin(_) => None,
        }).collect();
        prop_assert!(without_cycle(&between));
        for quote in traced.provenance.iter().flat_map(|edge| &edge.evidence) {
            prop_assert!(reports[quote.report].article.text.get(quote.span.start..quote.span.end).is_some());
        }
        for claim in &claims {
            prop_assert!(claim.independent_origins <= claim.origins.len());
            prop_assert!(claim.independent_origins >= 1);
            prop_assert!(claim.origins.iter().all(|&origin| origin < traced.origins.len()));
        }
    }
}

fn without_cycle(edges: &[(usize, usize)]) -> bool {
    let mut edges = edges.to_vec();
    loop {
        let before = edges.len();
        let targets: Vec<usize> = edges.iter().map(|&(_, to)| to).collect();
        edges.retain(|(from, _)| targets.contains(from));
        if edges.len() == before {
            return edges.is_empty();
        }
    }
}

fn jumble(stories: &[(Vec<usize>, usize, usize)]) -> (Vec<Annotated>, Vec<ReportAttribution>, Vec<Claim>) {
    const OUTLETS: [&str; 5] = ["Harbour Herald", "Kestrel Times", "Morning Lantern", "Reuters", "Örtliche Post"];
    const SENTENCES: [&str; 6] = [
        "The harbour board voted on Tuesday evening to sell the northern docks to a group of investors.",
        "Four members opposed the sale because the price had been set before the land was surveyed.",
        "“We will sell,” Petra Novak said, “whatever they say about it in the old town of Hollin.”",
        "The docks have lost money for nine years and two of the three cranes no longer work.",
        "Überall schlägt die Glocke zwölf — nobody knew why, and nobody asked for the reason either.",
        "The Kestrel Times reported it.",
    ];
    let mut reports: Vec<Annotated> = Vec::new();
    let mut attributions: Vec<ReportAttribution> = Vec::new();
    let mut claims: Vec<Claim> = Vec::new();
    for (report, (sentences, outlet, cited)) in stories.iter().enumerate() {
        let mut annotated = report_of(&format!("{} | 2031-05-0{}", OUTLETS[*outlet], 1 + cited));
        for &at in sentences {
            let span = push(&mut annotated, SENTENCES[at]);
            let cites = (at % 2 == 0).then(|| {
                let mut made = attribution("outlet: /", SENTENCES[at], span, None);
                made.resolved = Some(OUTLETS[*cited].to_owned());
                attributions.push(ReportAttribution { report, attribution: made });
                attributions.len() - 1
            });
            let statement = Statement { quote: Quote { report, span }, attribution: cites };
            match claims.get_mut(at) {
                Some(claim) => claim.statements.push(statement),
                None => claims.push(Claim {
                    clearest: 0,
                    statements: vec![statement],
                    origins: Vec::new(),
                    independent_origins: 0,
                    confidence: 1.0,
                }),
            }
        }
        reports.push(annotated);
    }
    (reports, attributions, claims)
}
