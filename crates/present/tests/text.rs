//! The terminal page, held against expected files and against hostile input.

mod common {
    pub(crate) mod expected;
    mod story;
    pub(crate) use story::sample;
}

use common::sample;
use twosource_model::Comparison;
use twosource_present::{TextStyle, text, verdict};
use unicode_width::UnicodeWidthStr;

#[test]
fn expected_pages() {
    for width in [40, 80, 160] {
        common::expected::check(&format!("story-{width}.txt"), &text(&sample(), &TextStyle { width, color: false }));
    }
    common::expected::check("story-color.txt", &text(&sample(), &TextStyle { width: 80, color: true }));
}

#[test]
fn no_line_is_too_wide() {
    for width in [20, 33, 40, 80, 160] {
        let page = text(&sample(), &TextStyle { width, color: false });
        let wide: Vec<&str> = page.lines().filter(|line| line.width() > width).collect();
        assert_eq!(wide, Vec::<&str>::new(), "at {width} columns");
    }
}

#[test]
fn the_verdict_comes_first() {
    let line = "5 reports · 1 independent origin: Coastal Wire, citing “two officials familiar with her diary”";
    assert_eq!(verdict(&sample()).line(), line);
    let page = text(&sample(), &TextStyle { width: 200, color: false });
    assert!(page.starts_with(line), "{page}");
}

#[test]
fn says_when_there_is_nothing_to_say() {
    let mut unrelated = Comparison { reports: sample().reports, ..Comparison::default() };
    assert!(text(&unrelated, &TextStyle::default()).starts_with("5 reports · no claim in common\n"));
    unrelated.reports.truncate(1);
    assert!(text(&unrelated, &TextStyle::default()).starts_with("1 report · nothing to compare\n"));
}

#[test]
fn hostile_text_never_reaches_the_terminal() {
    let mut story = sample();
    let evil = "\u{1b}]0;owned\u{7}\u{202e}\u{9b}31m<script>alert(1)</script>";
    story.reports[0].article.title = Some(evil.repeat(3));
    story.reports[1].article.outlet = Some(evil.to_owned());
    story.reports[2].article.text = story.reports[2].article.text.replace("plans", "\u{1b}[2J\u{0}");
    story.origins[0].name = evil.to_owned();
    story.names[0].entity = "x".repeat(10_000);
    story.differences[0].sides[0].value = evil.to_owned();
    story.timeline[0].value = evil.to_owned();
    story.diagnostics[0].message = evil.to_owned();
    let page = text(&story, &TextStyle { width: 80, color: false });
    let controls: Vec<char> = page.chars().filter(|char| char.is_control() && *char != '\n').collect();
    assert_eq!(controls, Vec::<char>::new());
    assert!(!page.contains('\u{202e}'));
    assert!(page.lines().all(|line| line.width() <= 80));
}
