//! Temporal expressions and their TIMEX3 values.
//!
//! Three steps for each sentence: find how times are worded (`pattern`, with the words of `lexicon`), drop what is no
//! time where it stands and see which way the clause looks (`cues`), and work out the value (`resolve`). Everything
//! about English is in `data/en/times_*.txt`.

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
    let mut found = Vec::new();
    for hit in pattern::matches(document.text(), &pieces, |hit| cues::plausible(&pieces, hit)) {
        let direction = cues::direction(&pieces, hit.first, hit.end);
        if let Some(resolved) = resolve(hit.reading, &hit.values, frame, direction) {
            let first = if widens(&hit) { cues::widened(&pieces, hit.first) } else { hit.first };
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
