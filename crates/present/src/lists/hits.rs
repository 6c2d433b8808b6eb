//! Results of a search, each with the words that show why it was found.

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use twosource_model::{CodePoints, Span};

use super::{COLUMN, ListFormat, json, jsonl};
use crate::csv::row;
use crate::flow::{FAINT, Flow, ID, PLAIN, Piece, STRONG, piece};
use crate::markdown::escaped;
use crate::text::TextStyle;
use crate::words::one_line;

const HIT: Style = AnsiColor::Yellow.on_default().bold();

/// Words of an article, with offsets in code points of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The number of the article.
    pub article: u64,
    /// Where they start.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The words.
    pub exact: String,
}

impl Place {
    fn of(article: u64, text: &str, points: &CodePoints<'_>, span: Span) -> Place {
        let (start, end) = points.span(span);
        Place { article, start, end, exact: text.get(span.start..span.end).unwrap_or_default().to_owned() }
    }
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HitRow {
    /// Its number.
    pub article: u64,
    /// The story it is in.
    pub story: Option<u64>,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The piece of its text that shows why it was found.
    pub snippet: Place,
    /// The words of the query in that piece.
    pub hits: Vec<Place>,
    /// The first words of its text, for one without a title.
    #[serde(skip)]
    pub opening: String,
}

/// Words of a text that stand in for a title.
const OPENING: usize = 12;

impl HitRow {
    /// Its title on one line; where it has none the first words of its text, where that is empty `(no title)`.
    pub fn heading(&self) -> String {
        let told = [one_line(&self.title), self.opening.clone()];
        told.into_iter().find(|told| !told.is_empty()).unwrap_or_else(|| "(no title)".to_owned())
    }

    /// Fills in the snippet and its hits from their spans in the text.
    pub fn with_snippet(mut self, text: &str, snippet: Span, hits: &[Span]) -> HitRow {
        let (points, article) = (CodePoints::new(text), self.article);
        self.snippet = Place::of(article, text, &points, snippet);
        self.hits = hits.iter().map(|&hit| Place::of(article, text, &points, hit)).collect();
        self.opening = opening(text);
        self
    }

    /// The snippet in parts, each with whether it is a hit.
    pub fn parts(&self) -> Vec<(String, bool)> {
        let mut characters = self.snippet.exact.chars();
        let (mut parts, mut at): (Vec<(String, bool)>, usize) = (Vec::new(), self.snippet.start);
        for hit in &self.hits {
            parts.push((characters.by_ref().take(hit.start.saturating_sub(at)).collect(), false));
            parts.push((characters.by_ref().take(hit.end - hit.start).collect(), true));
            at = hit.end;
        }
        parts.push((characters.collect(), false));
        parts.retain(|(text, _)| !text.is_empty());
        parts
    }

    /// Who published it and when, and its story, on one line.
    pub fn facts(&self) -> String {
        let story = self.story.map(|story| format!("story {story}"));
        let published = self.published.as_deref().map(|moment| moment.get(..10).unwrap_or(moment).to_owned());
        let facts: Vec<String> =
            [self.outlet.as_deref().map(one_line), published, story].into_iter().flatten().collect();
        facts.join(" · ")
    }
}

/// The first words of a text, with a sign that it goes on.
fn opening(text: &str) -> String {
    let mut words = text.split_whitespace();
    let first: Vec<&str> = words.by_ref().take(OPENING).collect();
    let end = if words.next().is_some() { " …" } else { "" };
    // A script without spaces is one long word.
    let shown: String = one_line(&first.join(" ")).chars().take(10 * OPENING).collect();
    shown + end
}

/// Results as a list; the same order.
pub fn hit_list(rows: &[HitRow], format: ListFormat) -> String {
    match format {
        ListFormat::Text(style) => text(rows, style),
        ListFormat::Json => json(rows),
        ListFormat::Jsonl => jsonl(rows),
        ListFormat::Csv => csv(rows),
        ListFormat::Markdown => markdown(rows),
    }
}

fn text(rows: &[HitRow], style: TextStyle) -> String {
    let mut flow = Flow::new(style.width, style.color);
    for hit in rows {
        flow.gap();
        flow.labelled(0, &piece(ID, &hit.article.to_string()), COLUMN, &[piece(STRONG, &hit.heading())]);
        flow.paragraph(COLUMN, COLUMN, &[piece(FAINT, &hit.facts())]);
        let parts: Vec<Piece> =
            hit.parts().iter().map(|(text, is_hit)| piece(if *is_hit { HIT } else { PLAIN }, text)).collect();
        flow.paragraph(COLUMN, COLUMN, &parts);
    }
    flow.finish()
}

fn csv(rows: &[HitRow]) -> String {
    let mut out = String::new();
    let columns =
        ["article", "story", "title", "outlet", "published", "language", "url", "start", "end", "snippet", "hits"];
    row(&mut out, columns.map(str::to_owned));
    for hit in rows {
        let or_nothing = |value: &Option<String>| value.clone().unwrap_or_default();
        let hits: Vec<&str> = hit.hits.iter().map(|hit| hit.exact.as_str()).collect();
        let cells = [
            hit.article.to_string(),
            hit.story.map_or_else(String::new, |story| story.to_string()),
            one_line(&hit.title),
            or_nothing(&hit.outlet),
            or_nothing(&hit.published),
            or_nothing(&hit.language),
            or_nothing(&hit.url),
            hit.snippet.start.to_string(),
            hit.snippet.end.to_string(),
            hit.snippet.exact.clone(),
            hits.join("; "),
        ];
        row(&mut out, cells);
    }
    out
}

fn markdown(rows: &[HitRow]) -> String {
    let mut out = String::new();
    for hit in rows {
        let part = |(text, is_hit): &(String, bool)| {
            let words = escaped(&spaced(text));
            if *is_hit { format!("**{words}**") } else { words }
        };
        let snippet: String = hit.parts().iter().map(part).collect();
        let title = escaped(&hit.heading());
        out += &format!("- **{title}** (article {}, {})  \n  {}\n", hit.article, escaped(&hit.facts()), snippet.trim());
    }
    out
}

/// On one line, with the white space at its ends as one space each.
fn spaced(text: &str) -> String {
    let gap = |there: bool| if there { " " } else { "" };
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    format!("{}{}{}", gap(before), one_line(text), gap(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_stand_out() {
        let text = "“Keine” Fähre\nfuhr, die Fähren standen.";
        let span = |words: &str| {
            let start = text.rfind(words).expect("words of the text");
            Span::new(start, start + words.len())
        };
        let hit = HitRow {
            article: 7,
            story: Some(3),
            title: "Fähren".to_owned(),
            outlet: Some("Hafenbote".to_owned()),
            published: Some("2025-11-14T08:00:00Z".to_owned()),
            language: None,
            url: None,
            snippet: Place::default(),
            hits: Vec::new(),
            opening: String::new(),
        };
        let first = Span::new(12, 18);
        let hit = hit.with_snippet(text, Span::new(0, text.len()), &[first, span("Fähren")]);
        assert_eq!(hit.hits[0], Place { article: 7, start: 8, end: 13, exact: "Fähre".to_owned() });
        assert_eq!(
            hit_list(std::slice::from_ref(&hit), ListFormat::Markdown),
            "- **Fähren** (article 7, Hafenbote · 2025-11-14 · story 3)  \n  “Keine” **Fähre** fuhr, die **Fähren** standen.\n"
        );
        let untitled = HitRow { title: "\n".to_owned(), ..hit.clone() };
        assert_eq!(untitled.heading(), "“Keine” Fähre fuhr, die Fähren standen.");
        assert_eq!(opening(&"港".repeat(500)).chars().count(), 10 * OPENING);
        assert_eq!(opening("1 2 3 4 5 6 7 8 9 10 11 12 13"), "1 2 3 4 5 6 7 8 9 10 11 12 …");
        let plain = hit_list(&[hit], ListFormat::Text(TextStyle::default()));
        assert_eq!(
            plain,
            "7       Fähren\n        Hafenbote · 2025-11-14 · story 3\n        “Keine” Fähre fuhr, die Fähren standen.\n"
        );
    }
}
