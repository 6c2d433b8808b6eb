//! Groups the labelled mentions of articles by story, for `cargo xtask eval`:
//! `cargo run --release --example mention_groups -- INPUT.jsonl FIELD > OUT.jsonl`.
//!
//! A line of the input is an article with its `event` and, in FIELD, its mentions with `start` and `end` in code points.
//! A line of the output is an event with the number of the group of each mention, in the order of the input.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use twosource_embed::StaticTable;
use twosource_model::{Annotated, Article, Span};
use twosource_read::{Limits, read_path};

/// The articles of an event with the mentions given in each.
type Event = Vec<(Article, Vec<Span>)>;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(field)) = (arguments.next(), arguments.next()) else {
        return Err(std::io::Error::other("give an input and the field of its mentions"));
    };
    let table = StaticTable::builtin();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (event, articles) in events(Path::new(&input), &field)? {
        let mut given = Vec::new();
        let mut texts = Vec::new();
        for (report, (article, mentions)) in articles.into_iter().enumerate() {
            given.extend(mentions.into_iter().map(|span| (report, span)));
            texts.push(article);
        }
        let reports: Vec<Annotated> = twosource_engine::annotate_all(texts);
        let groups = twosource_compare::group_mentions(&reports, &given, &table);
        writeln!(out, "{}", json!({"event": event, "groups": groups}))?;
    }
    Ok(())
}

fn events(input: &Path, field: &str) -> std::io::Result<BTreeMap<String, Event>> {
    let read = read_path(input, &Limits::default()).map_err(std::io::Error::other)?;
    let lines = std::fs::read_to_string(input)?;
    let mut events: BTreeMap<String, Event> = BTreeMap::new();
    for (article, line) in read.articles.into_iter().zip(lines.lines()) {
        let labels: Value = serde_json::from_str(line)?;
        let bytes: Vec<usize> = article.text.char_indices().map(|(at, _)| at).chain([article.text.len()]).collect();
        let byte = |value: &Value| value.as_u64().and_then(|at| bytes.get(usize::try_from(at).ok()?).copied());
        let span = |mention: &Value| Some(Span::new(byte(&mention["start"])?, byte(&mention["end"])?));
        let mentions = labels[field].as_array().into_iter().flatten().filter_map(span).collect();
        events.entry(labels["event"].to_string()).or_default().push((article, mentions));
    }
    Ok(events)
}
