//! Temporal expressions and their TIMEX3 values.
//!
//! Three steps for each sentence: find how times are worded (`pattern`, with the words of `lexicon`), drop what is no
//! time where it stands and see which way the clause looks (`cues`), and work out the value (`resolve`). Everything
//! about a language is in `data/<language>/times_*.txt`.

mod cues;
mod lexicon;
mod pattern;
mod resolve;

use jiff::civil::Date;
use twosource_model::{BlockKind, Instant, Span, Time};

use crate::document::Document;
use crate::pieces::pieces;
use pattern::{Match, Reading};
use resolve::{Frame, day_from, resolve};

pub(crate) use lexicon::Lexicon;

/// Finds the temporal expressions of an article; relative ones count from its publication, else from `story_day`.
pub(crate) fn times(document: &Document<'_>, story_day: Option<&str>) -> Vec<Time> {
    let mut frame = Frame { reference: reference(document, story_day), ..Frame::default() };
    let mut found = Vec::new();
    for sentence in 0..document.sentences.len() {
        found.extend(of_sentence(document, sentence, &mut frame));
    }
    found
}

/// The day relative times count from: that of the article, of its story, or of a dateline in the text.
fn reference(document: &Document<'_>, story_day: Option<&str>) -> Option<Date> {
    let published = document.article.published.as_ref().map(Instant::day);
    published.and_then(day_from).or_else(|| story_day.and_then(day_from)).or_else(|| dated(document))
}

/// The first full date of a dateline or byline.
fn dated(document: &Document<'_>) -> Option<Date> {
    let furniture =
        |&sentence: &usize| matches!(document.block_kind(sentence), BlockKind::Dateline | BlockKind::Byline);
    (0..document.sentences.len()).filter(furniture).find_map(|sentence| {
        let times = of_sentence(document, sentence, &mut Frame::default());
        times.iter().filter_map(|time| time.value.as_deref()).find_map(day_from)
    })
}

fn of_sentence(document: &Document<'_>, sentence: usize, frame: &mut Frame) -> Vec<Time> {
    let pieces = pieces(document.text(), document.tokens_of(sentence));
    let lexicon = &document.language.times;
    let cues = &lexicon.cues;
    let hits = pattern::matches(lexicon, document.text(), &pieces, |hit| cues.plausible(&pieces, hit));
    // Most sentences name no time, and what their words tell of one need not be known.
    let tenses = if hits.is_empty() { Vec::new() } else { cues.tenses(&pieces) };
    let mut found = Vec::new();
    for hit in hits {
        let direction = cues.direction(&pieces, &tenses, hit.first, hit.end);
        if let Some(resolved) = resolve(hit.reading, &hit.values, frame, direction) {
            let first = if widens(&hit) { cues.widened(&pieces, hit.first) } else { hit.first };
            let span = Span::new(pieces[first].span.start, pieces[hit.end - 1].span.end);
            let resolve::Resolved { kind, value, worked_out } = resolved;
            found.push(Time { span, kind, value, worked_out });
        }
    }
    found
}

/// Whether "nearly" and "more than" before an expression belong to it.
fn widens(hit: &Match) -> bool {
    matches!(hit.reading, Reading::Duration | Reading::Ago)
}

/// The text of a case, without the marks.
#[cfg(test)]
pub(crate) fn plain(case: &str) -> String {
    let mut out = String::new();
    for part in case.split('[') {
        let (words, rest) = part.split_once(']').map_or((part, ""), |(marked, rest)| {
            (marked.split_once(" = ").unwrap_or_else(|| panic!("want [words = value]: {case}")).0, rest)
        });
        out += words;
        out += rest;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use twosource_model::{Article, Block, Instant};

    use super::*;

    fn article(text: &str, published: Option<&str>) -> Article {
        let span = Span::new(0, text.len()).trim(text);
        let blocks = if span.is_empty() { Vec::new() } else { vec![Block { kind: BlockKind::Paragraph, span }] };
        let published = published.and_then(Instant::new);
        Article { text: text.to_owned(), blocks, published, ..Article::default() }
    }

    fn found(text: &str, published: Option<&str>) -> Vec<Time> {
        found_in("en", text, published)
    }

    fn found_in(code: &str, text: &str, published: Option<&str>) -> Vec<Time> {
        times(&Document::written_in(&article(text, published), crate::languages::language(code)), None)
    }

    /// The text with its times marked as the case file marks them.
    fn marked(text: &str, times: &[Time]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for time in times {
            let value = time.value.as_deref().unwrap_or("?");
            out.push_str(&text[at..time.span.start]);
            out.push_str(&format!("[{} = {value}]", time.span.of(text)));
            at = time.span.end;
        }
        out + &text[at..]
    }

    #[test]
    fn cases() {
        let mut wrong = Vec::new();
        for (code, cases) in crate::languages::cases!("times.txt") {
            let mut published = None;
            for line in cases.lines().filter(|line| !line.is_empty()) {
                if let Some(day) = line.strip_prefix("@ ") {
                    published = Instant::new(day).map(|_| day);
                } else if !line.starts_with('#') {
                    let text = plain(line);
                    let marked = marked(&text, &found_in(code, &text, published));
                    if marked != line {
                        wrong.push(format!("wanted {line}\n   got {marked}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn a_day_worked_out_says_so() {
        let times = found("On Friday, 2 May 2031 and on Friday.", Some("2031-05-14"));
        assert_eq!(times.iter().map(|time| time.worked_out).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_dateline_dates_the_article() {
        let text = "May 14, 2031\nShe left on Friday.";
        let mut article = article(text, None);
        let block = |kind, start, end| Block { kind, span: Span::new(start, end) };
        article.blocks = vec![block(BlockKind::Dateline, 0, 12), block(BlockKind::Paragraph, 13, text.len())];
        let times = times(&Document::new(&article), None);
        assert_eq!(times[1].value.as_deref(), Some("2031-05-09"));
    }

    proptest! {
        #[test]
        fn any_text_gives_times_in_order_inside_it(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "last", "May", "31", "2031", "Friday", "ago", "two", "years", "the", "quarter", "-", "é", "5", "p.m.",
                    ",", ".", "million", "later", "99999999999999999999", "0", "century", "next", "every", "“", "2/3",
                ]),
                0..30,
            ),
            glue in prop::sample::select(vec![" ", "-", "", "\n\n"]),
        ) {
            let text = words.join(glue);
            let mut end = 0;
            for time in found(&text, Some("2031-05-14")) {
                prop_assert!(time.span.start >= end && time.span.end <= text.len() && !time.span.is_empty());
                prop_assert!(text.is_char_boundary(time.span.start) && text.is_char_boundary(time.span.end));
                end = time.span.end;
            }
        }
    }
}
