//! Clustering by itself, for measuring and for trying settings: profiles are made once and clustered many times.
//!
//! `stories profiles INPUT OUT` annotates articles and writes a line `{"id", "day", "profile"}` for each, in time order.
//! `stories cluster PROFILES OUT` clusters them and writes `{"id", "story"}`, and prints how many changes there were.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use twosource_annotate::{Config, annotate};
use twosource_cluster::{Change, Profile, Stream, profile, time_order};
use twosource_embed::StaticTable;
use twosource_model::Annotated;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["profiles", input, out] => profiles(input, Path::new(out)),
        ["cluster", input, out] => cluster(input, Path::new(out)),
        _ => Err("stories profiles|cluster INPUT OUT".into()),
    }
}

/// Articles to lines with their profiles.
fn profiles(input: &str, out: &Path) -> Result<(), Failure> {
    let read = twosource_read::read_path(Path::new(input), &twosource_read::Limits::default())?;
    let annotated = read.articles.into_iter().map(|article| annotate(article, &Config::default()));
    let annotated: Vec<Annotated> = annotated.collect();
    let meaning = StaticTable::builtin();
    let mut lines = String::new();
    for at in time_order(&annotated) {
        let article = &annotated[at].article;
        let day = article.published.as_ref().map(|published| published.day());
        let bytes = profile(&annotated[at], &meaning).to_bytes();
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        writeln!(lines, "{}", serde_json::json!({ "id": article.id, "day": day, "profile": hex }))?;
    }
    Ok(std::fs::write(out, lines)?)
}

/// Profiles to stories.
fn cluster(input: &str, out: &Path) -> Result<(), Failure> {
    let (mut stream, mut ids, mut story_of, mut merges, mut splits) =
        (Stream::new(), Vec::new(), BTreeMap::<u64, u64>::new(), 0, 0);
    for (number, line) in (0..).zip(std::fs::read_to_string(input)?.lines()) {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let hex = record["profile"].as_str().unwrap_or_default();
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16);
        let bytes = (0..hex.len()).step_by(2).map(byte).collect::<Result<Vec<u8>, _>>()?;
        let profile = Profile::from_bytes(&bytes).ok_or("not a profile")?;
        let placement = stream.add(number, record["day"].as_str().and_then(|day| day.parse().ok()), profile);
        for change in &placement.changes {
            match change {
                Change::Merge { from, into, .. } => {
                    merges += 1;
                    story_of.values_mut().filter(|story| *story == from).for_each(|story| *story = *into);
                }
                Change::Split { into, articles, .. } => {
                    splits += 1;
                    articles.iter().for_each(|article| drop(story_of.insert(*article, *into)));
                }
            }
        }
        story_of.insert(number, placement.story);
        ids.push(record["id"].as_str().unwrap_or_default().to_owned());
    }
    let line = |(number, story): (&u64, &u64)| {
        format!("{}\n", serde_json::json!({ "id": ids[*number as usize], "story": format!("{story}") }))
    };
    std::fs::write(out, story_of.iter().map(line).collect::<String>())?;
    #[allow(clippy::print_stdout, reason = "it is what this program is for")]
    {
        println!("{merges} merges, {splits} splits");
    }
    Ok(())
}
