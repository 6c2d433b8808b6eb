//! The page, held against an expected file, its own links, and hostile input.

mod common {
    pub(crate) mod expected;
    mod story;
    pub(crate) use story::sample;
}

use std::collections::BTreeSet;

use common::sample;
use twosource_model::{Comparison, Node, Report, report_id};
use twosource_present::{Links, Part, TextStyle, html, json, part_page, side_page, story_page, text};

/// The values of an attribute, in the order of the page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let opening = format!(" {attribute}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The story with copies of its reports under further ids: more reports than a table has room for.
fn crowd(reports: usize) -> Comparison {
    let mut story = sample();
    for index in story.reports.len()..reports {
        let article = story.reports[index % 5].article.clone();
        story.reports.push(Report { id: report_id(index), article });
        let mut again = story.provenance[index % 9].clone();
        again.to = index;
        story.provenance.push(again);
        let statement = story.claims[0].statements[index % 5];
        let mut again = statement;
        again.quote.report = index;
        story.claims[0].statements.push(again);
    }
    story
}

#[test]
fn expected_page() {
    common::expected::check("story.html", &html(&[sample()]));
    let beside = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(beside.join("stories.html"), html(&[sample(), crowd(60)])).unwrap();
}

#[test]
fn every_link_leads_somewhere_on_the_page() {
    for stories in [vec![sample()], vec![sample(), crowd(60), Comparison::default()]] {
        let page = html(&stories);
        let ids = values(&page, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "an id is there twice");
        for target in values(&page, "href") {
            let id = target.strip_prefix('#').unwrap_or_else(|| panic!("{target} leaves the page"));
            assert!(known.contains(id), "{target} leads nowhere");
        }
    }
}

/// The page of a story at an address: the story, a section of it, or two of its reports.
fn page_at(story: &Comparison, links: &Links, address: &str) -> Option<String> {
    let rest = address.strip_prefix(&links.story)?;
    if let Some(query) = rest.strip_prefix("/side?") {
        let numbers: Vec<u64> = query.split("&amp;").filter_map(|pair| pair.split_once('=')?.1.parse().ok()).collect();
        let place = |number: &u64| links.articles.iter().position(|article| article == number);
        let (first, last) = (place(numbers.first()?)?, place(numbers.last()?)?);
        return Some(side_page(story, links, [first, last]).into_string());
    }
    match rest.strip_prefix('/') {
        Some(part) => Some(part_page(story, links, Part::parse(part)?)?.into_string()),
        None => rest.is_empty().then(|| story_page(story, links).into_string()),
    }
}

#[test]
fn every_link_of_a_story_and_its_sections_leads_somewhere() {
    for reports in [5, 60] {
        let story = crowd(reports);
        let links = Links { story: "/story/1".to_owned(), articles: (1..).take(reports).collect(), article: None };
        let parts = Part::ALL.iter().map(|part| format!("/story/1/{}", part.as_str()));
        let addresses: Vec<String> = std::iter::once("/story/1".to_owned()).chain(parts).collect();
        for address in &addresses {
            let Some(page) = page_at(&story, &links, address) else { continue };
            for target in values(&page, "href") {
                let (path, id) = target.split_once('#').unwrap_or((target, ""));
                let path = if path.is_empty() { address } else { path };
                let there = page_at(&story, &links, path);
                let there = there.unwrap_or_else(|| panic!("{address}: {target} leads nowhere"));
                assert!(id.is_empty() || values(&there, "id").contains(&id), "{address}: {target} leads nowhere");
            }
        }
    }
}

#[test]
fn a_story_of_many_reports_is_shown_in_brief() {
    let story = crowd(60);
    let links = Links { story: "/story/1".to_owned(), articles: (1..=60).collect(), article: None };
    let brief = story_page(&story, &links).into_string();
    let whole = part_page(&story, &links, Part::Provenance).expect("a section").into_string();
    assert!(brief.contains("href=\"/story/1/provenance\"") && brief.len() < html(&[story]).len() / 2);
    assert!(values(&whole, "id").iter().filter(|id| id.starts_with("s1-o")).count() >= 4);
}

#[test]
fn of_many_lines_the_nearest_are_drawn() {
    let mut story = sample();
    let few = html(std::slice::from_ref(&story));
    let from_origin = story.provenance.iter().find(|edge| matches!(edge.from, Node::Origin(_))).cloned();
    story.provenance.extend(vec![from_origin.expect("an edge"); 60]);
    let many = html(&[story]);
    let lines = |page: &str| page.matches("<path d=\"").count();
    assert!(!few.contains("the nearest are drawn") && many.contains("the nearest are drawn"));
    assert!(lines(&many) < lines(&few) + 60, "{} and {}", lines(&many), lines(&few));
    assert_eq!(few.matches("marker-end").count(), 3, "once for each manner of line");
}

#[test]
fn asks_nothing_of_the_network() {
    let page = html(&[sample()]);
    for word in ["http://", "https://", "<script", "<img", "<link", "@import", "url(//", " src="] {
        assert!(!page.contains(word), "{word}");
    }
}

#[test]
fn hostile_text_never_becomes_markup() {
    let evil = "</p></style><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"x \u{202e}\u{0}\u{1b}";
    let mut story = sample();
    for report in &mut story.reports {
        report.article.title = Some(evil.to_owned());
        report.article.outlet = Some(evil.to_owned());
        report.article.agency = Some(evil.to_owned());
        report.article.authors = vec![evil.to_owned()];
        report.article.diagnostics = vec![evil.to_owned()];
        report.article.language = Some(evil.to_owned());
        report.article.text = report.article.text.replace("Port Velmere", evil).replace('\u{1d7d5}', "\u{0}\u{202e}");
        report.article.blocks.clear();
    }
    story.origins[0].name = evil.to_owned();
    story.names[0].entity = evil.to_owned();
    story.differences[0].sides[0].value = evil.to_owned();
    story.timeline[0].value = evil.to_owned();
    let page = html(&[story]);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("\" onload"));
    assert!(!page.contains(['\u{0}', '\u{1b}', '\u{202e}']));
    assert_eq!(page.matches("</style>").count(), 1);
}

#[test]
fn wrong_indices_and_spans_do_not_panic() {
    let mut story = sample();
    story.reports.truncate(2);
    story.reports[0].article.text.clear();
    story.attributions.clear();
    story.origins.truncate(1);
    assert!(html(std::slice::from_ref(&story)).contains("</html>"));
    assert!(json(&story).ends_with("}\n"));
    assert!(text(&story, &TextStyle::default()).starts_with("2 reports"));
}
