//! Articles as they were read, in every format.

mod common {
    pub(crate) mod expected;
}

use twosource_model::{Article, Block, BlockKind, Field, Found, Instant, PubStatus, Span, Wire};
use twosource_present::{ArticleFormat, ArticleWriter, TextStyle};

/// An invented item of an agency with an entry of a live blog.
fn sample() -> Article {
    let parts = [
        (BlockKind::Headline, "Ferry to stop in May"),
        (BlockKind::Paragraph, "The ferry between the two islands will stop in May, the port of Nova said on Friday."),
        (BlockKind::LiveEntry, "The last boat has left the pier with forty people on board."),
        (BlockKind::Caption, "The ferry at the pier."),
    ];
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (kind, words) in parts {
        text += if text.is_empty() { "" } else { "\n\n" };
        let start = text.len();
        text += words;
        blocks.push(Block { kind, span: Span::new(start, text.len()) });
    }
    Article {
        id: "ferry".to_owned(),
        input: "ferry.json".to_owned(),
        outlet: Some("Nova Post".to_owned()),
        authors: vec!["Anna Berg".to_owned(), "Carl Dahl".to_owned()],
        title: Some("Ferry to stop in May".to_owned()),
        published: Instant::new("2025-05-03T08:00:00+02:00"),
        language: Some("en".to_owned()),
        text,
        blocks,
        block_times: [(2, Instant::new("2025-05-31T21:04:00Z").expect("an instant"))].into(),
        found: [(Field::Published, Found::Wire), (Field::Outlet, Found::Wire)].into(),
        wire: Some(Wire {
            status: Some(PubStatus::Withheld),
            embargoed_until: Instant::new("2025-05-04"),
            editors_note: Some("Corrects the month".to_owned()),
            version: Some("3".to_owned()),
        }),
        diagnostics: vec!["withheld by its agency: not to be published".to_owned()],
        ..Article::default()
    }
}

fn written(format: ArticleFormat, articles: &[Article]) -> String {
    let mut writer = ArticleWriter::new(format);
    let mut out = writer.opening();
    articles.iter().for_each(|article| out += &writer.article(article));
    out + &writer.closing()
}

#[test]
fn expected_text_and_page() {
    let text = ArticleFormat::Text(TextStyle::default());
    common::expected::check("articles-80.txt", &written(text, &[sample()]));
    common::expected::check("articles.html", &written(ArticleFormat::Html, &[sample()]));
}

#[test]
fn json_is_one_array_and_lines_are_its_items() {
    for number in 0..3 {
        let articles = vec![sample(); number];
        let array: Vec<serde_json::Value> =
            serde_json::from_str(&written(ArticleFormat::Json, &articles)).expect("an array");
        let lines = written(ArticleFormat::Jsonl, &articles);
        let items: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("an object")).collect();
        assert_eq!(array, items);
    }
    let line: serde_json::Value = serde_json::from_str(&written(ArticleFormat::Jsonl, &[sample()])).expect("an object");
    assert_eq!(line["found"]["published"], "wire");
    assert_eq!(line["wire"]["status"], "withheld");
    assert_eq!(line["blocks"][2]["time"], "2025-05-31T21:04:00Z");
    assert!(line["blocks"][1].get("time").is_none());
}

#[test]
fn hostile_text_never_becomes_markup() {
    let evil = "</p></style><script>alert(1)</script><img src=x onerror=alert(1)>\" onload=\"x \u{202e}\u{0}\u{1b}";
    let mut article = sample();
    let put = |slot: &mut Option<String>| *slot = Some(evil.to_owned());
    put(&mut article.title);
    put(&mut article.outlet);
    put(&mut article.url);
    put(&mut article.via);
    put(&mut article.language);
    article.input = evil.to_owned();
    article.diagnostics = vec![evil.to_owned()];
    article.authors = vec![evil.to_owned()];
    article.blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, evil.len()) }];
    article.text = evil.to_owned();
    let page = written(ArticleFormat::Html, &[article.clone()]);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("onload=\"x"));
    let text = written(ArticleFormat::Text(TextStyle::default()), &[article]);
    for shown in [page, text] {
        assert!(!shown.contains(['\u{202e}', '\u{0}', '\u{1b}']));
    }
}
