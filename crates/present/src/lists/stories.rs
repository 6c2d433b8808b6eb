//! Stories in a list, and what was merged and split.

use serde::Serialize;
use twosource_model::report_id;

use super::{COLUMN, ListFormat, days, json, jsonl};
use crate::csv::row;
use crate::flow::{FAINT, Flow, ID, LOUD, PLAIN, STRONG, piece};
use crate::markdown::escaped;
use crate::text::TextStyle;
use crate::words::{count, in_marks, list, one_line, shorten};

/// Characters of the lead that are shown.
const QUOTE: usize = 240;
/// Outlets that are named.
const OUTLETS: usize = 6;

/// A story as lists show it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StoryRow {
    /// Its id.
    pub story: u64,
    /// The title of its first report.
    pub title: String,
    /// How many reports it has.
    pub reports: u64,
    /// Who published them, each once.
    pub outlets: Vec<String>,
    /// When the first report was published, RFC 3339 or a day.
    pub first: Option<String>,
    /// When the last report was published.
    pub last: Option<String>,
    /// How many independent origins stand behind the lead claim; `None` where the reports share none.
    pub independent_origins: Option<usize>,
    /// Their names.
    pub origins: Vec<String>,
    /// The words of the lead claim and the number of the article they stand in.
    pub lead: Option<super::Place>,
    /// Claims that at least two reports make.
    pub shared_claims: usize,
    /// How many differences there are.
    pub differences: DifferenceCounts,
}

/// Differences by strength.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DifferenceCounts {
    /// Both cannot be right.
    pub contradiction: usize,
    /// They pull apart.
    pub tension: usize,
    /// One is more exact.
    pub precision: usize,
}

impl DifferenceCounts {
    /// The counts in words, the strongest first; nothing where there are none.
    pub fn words(self) -> Vec<String> {
        let counted = |number, noun, rest: &str| (number > 0).then(|| count(number, noun) + rest);
        [
            counted(self.contradiction, "contradiction", ""),
            counted(self.tension, "tension", ""),
            counted(self.precision, "difference", " in precision"),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl StoryRow {
    /// How many independent origins, in words.
    pub fn origins_words(&self) -> String {
        match (self.reports, self.independent_origins) {
            (0 | 1, _) => "nothing to compare yet".to_owned(),
            (_, None) => "no claim in common".to_owned(),
            (_, Some(0)) => "origin unknown".to_owned(),
            (_, Some(origins)) => count(origins, "independent origin"),
        }
    }

    /// The first outlets by name, and how many more.
    pub fn outlets_words(&self) -> String {
        let named: Vec<String> = self.outlets.iter().take(OUTLETS).map(|outlet| one_line(outlet)).collect();
        match self.outlets.len().saturating_sub(OUTLETS) {
            0 => list(&named),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }
}

/// Stories as a list; the same order.
pub fn story_list(rows: &[StoryRow], format: ListFormat) -> String {
    match format {
        ListFormat::Text(style) => text(rows, style),
        ListFormat::Json => json(rows),
        ListFormat::Jsonl => jsonl(rows),
        ListFormat::Csv => csv(rows),
        ListFormat::Markdown => markdown(rows),
    }
}

fn text(rows: &[StoryRow], style: TextStyle) -> String {
    let mut flow = Flow::new(style.width, style.color);
    for story in rows {
        flow.gap();
        flow.labelled(0, &piece(ID, &story.story.to_string()), COLUMN, &[piece(STRONG, &story.title)]);
        let origins = if story.independent_origins == Some(1) { LOUD } else { STRONG };
        let mut facts = vec![
            piece(PLAIN, &format!("{} · ", count(story.reports as usize, "report"))),
            piece(origins, &story.origins_words()),
        ];
        if !story.origins.is_empty() {
            facts.push(piece(PLAIN, &format!(": {}", list(&story.origins))));
        }
        flow.paragraph(COLUMN, COLUMN, &facts);
        let mut rest = vec![days(story.first.as_deref(), story.last.as_deref())];
        rest.extend(Some(story.outlets_words()).filter(|outlets| !outlets.is_empty()));
        flow.paragraph(COLUMN, COLUMN, &[piece(FAINT, &rest.join(" · "))]);
        if let Some(lead) = &story.lead {
            flow.paragraph(COLUMN, COLUMN, &[piece(PLAIN, &in_marks(&shorten(&one_line(&lead.exact), QUOTE)))]);
        }
        let differences = story.differences.words();
        if !differences.is_empty() {
            flow.paragraph(COLUMN, COLUMN, &[piece(PLAIN, &differences.join(" · "))]);
        }
    }
    flow.finish()
}

fn csv(rows: &[StoryRow]) -> String {
    let mut out = String::new();
    let columns = [
        "story",
        "title",
        "reports",
        "outlets",
        "first",
        "last",
        "independent_origins",
        "origins",
        "lead",
        "shared_claims",
        "contradictions",
        "tensions",
        "precisions",
    ];
    row(&mut out, columns.map(str::to_owned));
    for story in rows {
        let differences = story.differences;
        let cells = [
            story.story.to_string(),
            one_line(&story.title),
            story.reports.to_string(),
            story.outlets.join("; "),
            story.first.clone().unwrap_or_default(),
            story.last.clone().unwrap_or_default(),
            story.independent_origins.map_or_else(String::new, |origins| origins.to_string()),
            story.origins.join("; "),
            story.lead.as_ref().map_or_else(String::new, |lead| lead.exact.clone()),
            story.shared_claims.to_string(),
            differences.contradiction.to_string(),
            differences.tension.to_string(),
            differences.precision.to_string(),
        ];
        row(&mut out, cells);
    }
    out
}

fn markdown(rows: &[StoryRow]) -> String {
    let mut out = String::new();
    for story in rows {
        let title = escaped(&one_line(&story.title));
        let mut facts = vec![count(story.reports as usize, "report"), story.origins_words()];
        facts.extend(story.differences.words());
        facts.push(days(story.first.as_deref(), story.last.as_deref()));
        out += &format!("- **{title}** (story {}): {}", story.story, facts.join(" · "));
        if let Some(lead) = &story.lead {
            out += &format!("  \n  {}", escaped(&in_marks(&shorten(&one_line(&lead.exact), QUOTE))));
        }
        out.push('\n');
    }
    out
}

/// What stands over the comparison of a story: its id, and the number of each report's article.
pub fn story_heading(story: u64, articles: &[u64], style: TextStyle) -> String {
    let mut flow = Flow::new(style.width, style.color);
    let number = |(at, article): (usize, &u64)| format!("{} {article}", report_id(at));
    let numbers: Vec<String> = articles.iter().enumerate().map(number).collect();
    let articles = if numbers.len() == 1 { "article" } else { "articles" };
    let pieces = [piece(ID, &format!("Story {story}")), piece(FAINT, &format!(" · {articles} {}", numbers.join(", ")))];
    flow.paragraph(0, 2, &pieces);
    flow.finish() + "\n"
}

/// A merge or a split as the log shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoryLogRow {
    /// Its number, which undoing takes.
    pub number: u64,
    /// "merge", "split" or "undo".
    pub kind: String,
    /// The story that articles left.
    pub from: u64,
    /// The story they went to.
    pub into: u64,
    /// The articles.
    pub articles: Vec<u64>,
    /// Why.
    pub reason: String,
    /// Whether a person decided it.
    pub by_hand: bool,
    /// Whether it was undone.
    pub undone: bool,
}

/// Merges and splits as a list; CSV and Markdown are as text.
pub fn story_log(rows: &[StoryLogRow], format: ListFormat) -> String {
    let style = match format {
        ListFormat::Json => return json(rows),
        ListFormat::Jsonl => return jsonl(rows),
        ListFormat::Text(style) => style,
        ListFormat::Csv | ListFormat::Markdown => TextStyle::default(),
    };
    let mut flow = Flow::new(style.width, style.color);
    for entry in rows {
        let articles = match entry.articles.as_slice() {
            [one] => format!("article {one}"),
            several => count(several.len(), "article"),
        };
        let mut words =
            vec![piece(PLAIN, &format!("{}: {articles} from story {} to {}", entry.kind, entry.from, entry.into))];
        words.push(piece(FAINT, &format!(" ({})", entry.reason)));
        if entry.undone {
            words.push(piece(STRONG, " undone"));
        }
        flow.labelled(0, &piece(ID, &entry.number.to_string()), COLUMN, &words);
    }
    flow.finish()
}
