//! The case files of the formats: a source, and what is read of it, line by line.

use std::fmt::Write as _;

use twosource_model::{Article, Instant, PubStatus};
use twosource_read::{Limits, read_bytes};

/// A case: its name, its source and what is expected.
struct Case<'f> {
    name: &'f str,
    source: &'f str,
    expected: &'f str,
}

fn cases(file: &str) -> Vec<Case<'_>> {
    let parts = file.split("\n=== ").skip(1);
    parts.map(|part| case(part).unwrap_or_else(|| panic!("a case without a source or without ---: {part}"))).collect()
}

fn case(part: &str) -> Option<Case<'_>> {
    let (name, rest) = part.split_once('\n')?;
    let (source, expected) = rest.split_once("\n---\n").or_else(|| rest.split_once("\n---"))?;
    Some(Case { name, source, expected })
}

/// What was read, a line for each thing that is there.
fn shown(source: &str) -> String {
    let read = match read_bytes("case", source.as_bytes(), &Limits::default()) {
        Ok(read) => read,
        Err(error) => return format!("error: {error}"),
    };
    let mut text = String::new();
    read.articles.iter().for_each(|article| show(&mut text, article));
    read.notes.iter().for_each(|(_, note)| line(&mut text, "note", note));
    text.trim().to_owned()
}

fn line(text: &mut String, name: &str, value: &str) {
    writeln!(text, "{name}: {value}").expect("a string takes everything");
}

fn show(text: &mut String, article: &Article) {
    line(text, "article", &article.id);
    let mut given =
        |name: &str, value: Option<&str>| value.into_iter().for_each(|value| line(text, &format!("  {name}"), value));
    given("url", article.url.as_deref());
    given("outlet", article.outlet.as_deref());
    given("agency", article.agency.as_deref());
    given("via", article.via.as_deref());
    given("title", article.title.as_deref());
    article.authors.iter().for_each(|author| given("author", Some(author)));
    given("published", article.published.as_ref().map(Instant::as_str));
    given("modified", article.modified.as_ref().map(Instant::as_str));
    given("language", article.language.as_deref());
    if let Some(wire) = &article.wire {
        given("status", wire.status.map(PubStatus::as_str));
        given("embargoed until", wire.embargoed_until.as_ref().map(Instant::as_str));
        given("version", wire.version.as_deref());
        given("editor's note", wire.editors_note.as_ref().map(|note| note.replace('\n', " / ")).as_deref());
    }
    given("incomplete", (!article.complete).then_some("yes"));
    article.diagnostics.iter().for_each(|note| given("diagnostic", Some(note)));
    for block in &article.blocks {
        line(text, &format!("  {}", block.kind.as_str()), block.span.of(&article.text));
    }
}

fn check(file: &str) {
    let cases = cases(file);
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| case.expected.trim() != shown(case.source))
        .map(|case| format!("=== {}\n{}\n---\n{}\n", case.name, case.source, shown(case.source)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} cases; found:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn feeds() {
    check(include_str!("../cases/formats/feeds.txt"));
}

#[test]
fn wire() {
    check(include_str!("../cases/formats/wire.txt"));
}

/// A source cut at any byte gives what stands before the cut, and never a panic.
#[test]
fn cut_at_every_byte() {
    for file in [include_str!("../cases/formats/feeds.txt"), include_str!("../cases/formats/wire.txt")] {
        for case in cases(file) {
            for end in 0..case.source.len() {
                let read = read_bytes("case", &case.source.as_bytes()[..end], &Limits::default());
                for article in read.map(|read| read.articles).unwrap_or_default() {
                    assert!(
                        article.blocks.iter().all(|block| !block.span.of(&article.text).trim().is_empty()),
                        "{}",
                        case.name
                    );
                }
            }
        }
    }
}
