//! What holds for every comparison, however odd: no panic, no control character, no line too wide.

mod common {
    mod story;
    pub(crate) use story::sample;
}

use common::sample;
use proptest::prelude::*;
use twosource_model::{Comparison, Quote, Span};
use twosource_present::{TextStyle, csv, html, json, markdown, text};
use unicode_width::UnicodeWidthStr;

/// The sample with other texts, so that its spans lie anywhere, and with odd names and indices.
fn odd() -> impl Strategy<Value = Comparison> {
    let texts = proptest::collection::vec("(\\PC|[a-z \n\u{1b}\u{202e}“”]){0,120}", 5);
    let numbers = proptest::collection::vec(0usize..160, 24);
    (texts, "\\PC{0,40}|[\u{0}-\u{1f}<>&\"]{0,9}", numbers).prop_map(|(texts, name, numbers)| {
        let mut story = sample();
        for (report, text) in story.reports.iter_mut().zip(texts) {
            report.article.text = text;
            report.article.outlet = Some(name.clone());
        }
        let mut numbers = numbers.into_iter().cycle();
        let mut next = |below: usize| numbers.next().unwrap_or_default() % below;
        let mut quote = || {
            let start = next(160);
            Quote { report: next(7), span: Span { start, end: start + next(40) } }
        };
        for claim in &mut story.claims {
            claim.statements.iter_mut().for_each(|statement| statement.quote = quote());
        }
        for difference in &mut story.differences {
            difference.sides.iter_mut().for_each(|side| side.quote = quote());
            difference.claim += quote().report;
        }
        story.origins.iter_mut().for_each(|origin| origin.rests_on = Some(quote()));
        story.origins[1].name = name;
        story
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn nothing_panics_and_the_terminal_is_safe(story in odd(), width in 1usize..120) {
        let page = text(&story, &TextStyle { width, color: false });
        prop_assert!(page.chars().all(|char| char == '\n' || !char.is_control()));
        prop_assert!(page.lines().all(|line| line.width() <= width.max(20)), "{page}");
        prop_assert!(html(std::slice::from_ref(&story)).ends_with("</html>\n"));
        prop_assert!(csv(std::slice::from_ref(&story)).ends_with("\r\n"));
        prop_assert!(markdown(&[story]).ends_with('\n'));
    }

    #[test]
    fn the_same_comparison_gives_the_same_bytes(story in odd()) {
        prop_assert_eq!(html(std::slice::from_ref(&story)), html(std::slice::from_ref(&story)));
        prop_assert_eq!(json(&story), json(&story));
    }
}
