//! A story invented for the tests: no outlet, person or place of it exists. It has every field of a comparison.

use twosource_model::{
    Article, Attribution, Block, BlockKind, Claim, Comparison, Difference, DifferenceKind, Form, Instant, Label, Lead,
    Moment, NameKind, Naming, Node, Note, Origin, OriginKind, Provenance, Quote, Relation, Report, ReportAttribution,
    ReportTime, Response, Side, SourceKind, Span, Stance, Statement, Strength, Time, TimeKind, report_id,
};

const WIRE: &str = "\
Minister plans talks with dock strikers 🚢

Photo: Coastal Wire / Jory Penn

PORT VELMERE (Coastal Wire) - Transport minister Ilse Marrick plans to meet the leader of the striking dock workers, \
two officials familiar with her diary told the Coastal Wire on Tuesday.

At least 40 ships were waiting outside the harbour on Tuesday, the port authority said.

Marrick declined to comment. “We will not be rushed,” said Tomas Querrel, who leads the Saltmarsh dock workers’ \
movement, “and we will not be bought.”

The strike began in February.
";

const COURIER: &str = "\
Marrick to meet Saltmarsh militants

The transport minister, Ilse Marrick, is planning to meet the leader of the striking dock workers, the Coastal Wire \
reported, citing two officials.

At least 40 ships were waiting outside the harbour. The Saltmarsh militants, led by Tomas Querrel, walked out in \
February.

Marrick did not respond to a request for comment from the Velmere Courier.
";

const LANTERN: &str = "\
Will she, won’t she? Marrick and the dockers

Ilse Marrick plans to meet the leader of the striking dock workers, two officials familiar with her diary said.

More than 60 ships were waiting outside the harbour on Wednesday morning, according to the port authority.

Bakers in Port Velmere have flour for four more days.
";

const HERALD: &str = "\
Querrel: no meeting planned

There is no plan for a meeting with the minister, Tomas Querrel told the Harbour Herald at the gate of Quay 𝟕. The \
leader of the dock workers’ movement said he had read about it in the papers.

More than 60 ships were waiting, a count by this newspaper from the lighthouse found.
";

const STAR: &str = "\
Talks near in harbour dispute

The Velmere Courier says that Marrick will meet the leader of the strikers. The Inland Star could not confirm it. …
";

const NAMES: [&str; 5] = ["Coastal Wire", "Velmere Courier", "Morning Lantern", "Harbour Herald", "The Inland Star"];

/// The first place of some words in a report; the words must be there.
fn quote(comparison: &Comparison, report: usize, words: &str) -> Quote {
    let text = &comparison.reports[report].article.text;
    let start = text.find(words).unwrap_or_else(|| panic!("report {report} does not say “{words}”"));
    Quote { report, span: Span::new(start, start + words.len()) }
}

fn article(index: usize, text: &str, published: &str) -> Article {
    let mut blocks = Vec::new();
    let mut from = 0;
    for part in text.split("\n\n") {
        let span = Span::new(from, from + part.len()).trim(text);
        let kind = match part {
            _ if blocks.is_empty() => BlockKind::Headline,
            _ if part.starts_with("Photo:") => BlockKind::Credit,
            _ => BlockKind::Paragraph,
        };
        blocks.push(Block { kind, span });
        from += part.len() + 2;
    }
    Article {
        id: format!("invented-{}", index + 1),
        input: format!("stories/invented.jsonl#{}", index + 1),
        outlet: Some(NAMES[index].to_owned()),
        title: blocks.first().map(|headline| headline.span.of(text).to_owned()),
        published: Instant::new(published),
        language: Some("en".to_owned()),
        text: text.to_owned(),
        complete: true,
        blocks,
        ..Article::default()
    }
}

fn reports() -> Vec<Report> {
    let days = ["2031-03-04T09:00:00Z", "2031-03-04", "2031-03-05", "2031-03-05", "2031-03-06"];
    let texts = [WIRE, COURIER, LANTERN, HERALD, STAR];
    let mut reports: Vec<Report> = texts
        .iter()
        .zip(days)
        .enumerate()
        .map(|(index, (text, day))| Report { id: report_id(index), article: article(index, text, day) })
        .collect();
    reports[0].article.agency = Some("Coastal Wire".to_owned());
    reports[0].article.authors = vec!["Wenna Oake".to_owned(), "Piers Tallow".to_owned()];
    reports[0].article.modified = Instant::new("2031-03-05T10:30:00Z");
    reports[4].article.title = None;
    reports[4].article.complete = false;
    reports[4].article.diagnostics = vec!["the text ends with “…” and seems to be cut off".to_owned()];
    reports
}

/// The invented story, compared by hand.
pub(crate) fn sample() -> Comparison {
    let mut story = Comparison { reports: reports(), ..Comparison::default() };
    story.attributions = attributions(&story);
    story.claims = claims(&story);
    story.differences = differences(&story);
    story.origins = origins(&story);
    story.lead = Some(Lead { claim: 0, origins: vec![0], independent_origins: 1 });
    story.provenance = provenance(&story);
    story.names = names(&story);
    story.times = times(&story);
    story.timeline = vec![
        Moment { value: "2031-02".to_owned(), claims: vec![3], times: vec![0, 2] },
        Moment { value: "2031-03-04".to_owned(), claims: vec![1], times: vec![1] },
        Moment { value: "2031-03-05".to_owned(), claims: vec![1], times: vec![3] },
    ];
    story.diagnostics = vec![Note { report: None, message: "the reports were published within three days".to_owned() }];
    story
}

fn attribution(
    story: &Comparison,
    report: usize,
    content: &[&str],
    source: &str,
    cue: &str,
    kind: SourceKind,
) -> ReportAttribution {
    let span = |words: &str| quote(story, report, words).span;
    ReportAttribution {
        report,
        attribution: Attribution {
            content: content.iter().map(|words| span(words)).collect(),
            source: (!source.is_empty()).then(|| span(source)),
            cue: Some(span(cue)),
            resolved: (!source.is_empty()).then(|| source.trim_start_matches("the ").to_owned()),
            entity: None,
            kind,
            stance: Stance::Says,
            form: Form::Indirect,
            rests_on: None,
            response: None,
            negated: false,
        },
    }
}

fn attributions(story: &Comparison) -> Vec<ReportAttribution> {
    use SourceKind::{Agency, NamedOrganisation, NamedPerson, Outlet, UnnamedPeople};
    let plan = "Transport minister Ilse Marrick plans to meet the leader of the striking dock workers";
    let planning = "The transport minister, Ilse Marrick, is planning to meet the leader of the striking dock workers";
    let plans = "Ilse Marrick plans to meet the leader of the striking dock workers";
    let quoted = ["We will not be rushed,", "and we will not be bought."];
    let ships = "At least 40 ships were waiting outside the harbour on Tuesday";
    let more = "More than 60 ships were waiting outside the harbour on Wednesday morning";
    let denial = "There is no plan for a meeting with the minister";
    let will = "Marrick will meet the leader of the strikers";
    let mut all = vec![
        attribution(story, 0, &[plan], "two officials familiar with her diary", "told", UnnamedPeople),
        attribution(story, 0, &[ships], "the port authority", "said", NamedOrganisation),
        attribution(story, 0, &quoted, "Tomas Querrel", "said Tomas", NamedPerson),
        attribution(story, 1, &[planning], "the Coastal Wire", "reported", Agency),
        attribution(story, 1, &[planning], "two officials", "citing", UnnamedPeople),
        attribution(story, 2, &[plans], "two officials familiar with her diary", "said", UnnamedPeople),
        attribution(story, 2, &[more], "the port authority", "according to", NamedOrganisation),
        attribution(story, 3, &[denial], "Tomas Querrel", "told", NamedPerson),
        attribution(story, 3, &["he had read about it in the papers"], "The leader", "said he", NamedPerson),
        attribution(story, 4, &[will], "The Velmere Courier", "says", Outlet),
    ];
    all[2].attribution.form = Form::Direct;
    all[2].attribution.cue = Some(Span::new(all[2].attribution.cue.unwrap_or_default().start, {
        all[2].attribution.cue.unwrap_or_default().start + "said".len()
    }));
    all[3].attribution.rests_on = Some(4);
    all[7].attribution.response = Some(Response::Denied);
    all[8].attribution.resolved = Some("Tomas Querrel".to_owned());
    all
}

fn claim(story: &Comparison, statements: &[(usize, &str, Option<usize>)], origins: &[usize], alike: f64) -> Claim {
    let statement = |&(report, words, attribution): &(usize, &str, Option<usize>)| Statement {
        quote: quote(story, report, words),
        attribution,
    };
    Claim {
        clearest: 0,
        statements: statements.iter().map(statement).collect(),
        origins: origins.to_vec(),
        independent_origins: origins.len(),
        confidence: alike,
    }
}

fn claims(story: &Comparison) -> Vec<Claim> {
    let lead = [
        (0, "Ilse Marrick plans to meet the leader of the striking dock workers", Some(0)),
        (1, "Ilse Marrick, is planning to meet the leader of the striking dock workers", Some(3)),
        (2, "Ilse Marrick plans to meet the leader of the striking dock workers", Some(5)),
        (3, "There is no plan for a meeting with the minister", Some(7)),
        (4, "Marrick will meet the leader of the strikers", Some(9)),
    ];
    let ships = [
        (0, "At least 40 ships were waiting outside the harbour on Tuesday", Some(1)),
        (1, "At least 40 ships were waiting outside the harbour", None),
        (2, "More than 60 ships were waiting outside the harbour on Wednesday morning", Some(6)),
        (3, "More than 60 ships were waiting", None),
    ];
    let comment = [
        (0, "Marrick declined to comment", None),
        (1, "Marrick did not respond to a request for comment from the Velmere Courier", None),
    ];
    let start = [(0, "The strike began in February", None), (1, "walked out in February", None)];
    let overlapping = [(0, "the striking dock workers", None), (2, "the striking dock workers", None)];
    vec![
        claim(story, &lead, &[0], 0.93),
        claim(story, &ships, &[1, 2], 0.88),
        claim(story, &comment, &[], 0.912_345),
        claim(story, &start, &[], 0.7),
        claim(story, &overlapping, &[], 0.61),
        claim(story, &[(2, "Bakers in Port Velmere have flour for four more days", None)], &[], 1.0),
        claim(story, &[(3, "he had read about it in the papers", Some(8))], &[3], 1.0),
        claim(story, &[(0, "We will not be rushed", Some(2))], &[3], 1.0),
        claim(story, &[(4, "The Inland Star could not confirm it", None)], &[], 1.0),
    ]
}

fn difference(
    story: &Comparison,
    (claim, kind, strength): (usize, DifferenceKind, Strength),
    sides: &[(usize, &str, &str)],
) -> Difference {
    let side = |&(report, words, value): &(usize, &str, &str)| Side {
        quote: quote(story, report, words),
        value: value.to_owned(),
    };
    Difference {
        claim,
        kind,
        strength,
        superseded: kind == DifferenceKind::Number,
        sides: sides.iter().map(side).collect(),
        confidence: 0.9,
    }
}

fn differences(story: &Comparison) -> Vec<Difference> {
    use DifferenceKind::{Number, Polarity, Response};
    let denied = [(0, "plans to meet", "planned"), (3, "There is no plan for a meeting", "not planned")];
    let answer = [(0, "declined to comment", "declined"), (1, "did not respond to a request for comment", "no_reply")];
    let ships = [(0, "At least 40 ships", "≥ 40"), (2, "More than 60 ships", "> 60")];
    vec![
        difference(story, (0, Polarity, Strength::Contradiction), &denied),
        difference(story, (2, Response, Strength::Contradiction), &answer),
        difference(story, (1, Number, Strength::Tension), &ships),
    ]
}

fn origins(story: &Comparison) -> Vec<Origin> {
    let told = "two officials familiar with her diary told the Coastal Wire on Tuesday";
    let origin = |name: &str, kind, reports: &[usize], evidence: &[(usize, &str)]| Origin {
        name: name.to_owned(),
        kind,
        rests_on: None,
        reports: reports.to_vec(),
        evidence: evidence.iter().map(|&(report, words)| quote(story, report, words)).collect(),
    };
    let mut wire = origin("Coastal Wire", OriginKind::Agency, &[0, 1, 2, 4], &[(0, told), (1, "the Coastal Wire")]);
    wire.rests_on = Some(quote(story, 0, "two officials familiar with her diary"));
    vec![
        wire,
        origin("the port authority", OriginKind::NamedOrganisation, &[0, 2], &[(0, "the port authority said")]),
        origin("Harbour Herald", OriginKind::OwnReporting, &[3], &[(3, "a count by this newspaper")]),
        origin("Tomas Querrel", OriginKind::NamedPerson, &[0, 3], &[(3, "Tomas Querrel told the Harbour Herald")]),
    ]
}

fn provenance(story: &Comparison) -> Vec<Provenance> {
    let edge = |from, to, relation, confidence: f64, evidence: &[(usize, &str)]| Provenance {
        from,
        to,
        relation,
        stated: confidence == 1.0,
        evidence: evidence.iter().map(|&(report, words)| quote(story, report, words)).collect(),
        confidence,
    };
    use Relation::{HadPrimarySource, WasDerivedFrom, WasQuotedFrom};
    let alike = "Ilse Marrick plans to meet the leader of the striking dock workers, two officials familiar";
    vec![
        edge(Node::Origin(0), 0, HadPrimarySource, 1.0, &[(0, "told the Coastal Wire")]),
        edge(Node::Origin(0), 1, HadPrimarySource, 1.0, &[(1, "the Coastal Wire reported")]),
        edge(Node::Report(0), 2, WasDerivedFrom, 0.87, &[(2, alike)]),
        edge(Node::Report(1), 4, WasQuotedFrom, 1.0, &[(4, "The Velmere Courier says")]),
        edge(Node::Origin(1), 0, HadPrimarySource, 1.0, &[(0, "the port authority said")]),
        edge(Node::Origin(1), 2, HadPrimarySource, 1.0, &[(2, "according to the port authority")]),
        edge(Node::Origin(2), 3, HadPrimarySource, 1.0, &[(3, "a count by this newspaper")]),
        edge(Node::Origin(3), 0, WasQuotedFrom, 1.0, &[(0, "said Tomas Querrel")]),
        edge(Node::Origin(3), 3, HadPrimarySource, 1.0, &[(3, "Tomas Querrel told the Harbour Herald")]),
    ]
}

fn names(story: &Comparison) -> Vec<Naming> {
    let label = |&(report, words, count): &(usize, &str, usize)| Label { quote: quote(story, report, words), count };
    let movement = [
        (0, "the Saltmarsh dock workers’ movement", 1),
        (1, "Saltmarsh militants", 2),
        (3, "the dock workers’ movement", 1),
    ];
    let minister = [
        (0, "Transport minister Ilse Marrick", 1),
        (0, "Marrick", 2),
        (1, "The transport minister, Ilse Marrick", 1),
        (4, "Marrick", 1),
    ];
    vec![
        Naming {
            entity: "Saltmarsh dock workers’ movement".to_owned(),
            kind: NameKind::Organisation,
            labels: movement.iter().map(label).collect(),
            contrast: true,
        },
        Naming {
            entity: "Ilse Marrick".to_owned(),
            kind: NameKind::Person,
            labels: minister.iter().map(label).collect(),
            contrast: false,
        },
    ]
}

fn times(story: &Comparison) -> Vec<ReportTime> {
    let time = |report, words, value: Option<&str>, kind| ReportTime {
        report,
        time: Time {
            span: quote(story, report, words).span,
            kind,
            value: value.map(str::to_owned),
            worked_out: value.is_some(),
        },
    };
    vec![
        time(0, "February", Some("2031-02"), TimeKind::Date),
        at_end(time(0, "outside the harbour on Tuesday", Some("2031-03-04"), TimeKind::Date), "Tuesday"),
        time(1, "February", Some("2031-02"), TimeKind::Date),
        time(2, "Wednesday morning", Some("2031-03-05TMO"), TimeKind::Time),
        time(2, "four more days", None, TimeKind::Duration),
    ]
}

/// The same time with its last words only, where those stand several times in a report.
fn at_end(mut time: ReportTime, words: &str) -> ReportTime {
    time.time.span.start = time.time.span.end - words.len();
    time
}
