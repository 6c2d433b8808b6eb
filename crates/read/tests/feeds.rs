//! Feeds of others: the fixtures of feedparser and of feed-rs under `../shared`, held against what feedparser's own
//! comments expect of them (`Expect: not bozo and entries[0]['title'] == 'x'`).

#![allow(clippy::print_stderr, reason = "a test that skips says so, and the figures are wanted")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use twosource_read::feeds::{Feed, feed};
use twosource_read::{Limits, read_bytes};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.join("shared/eval/data/feeds");
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            if entry.path().is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    let is_feed = |path: &PathBuf| {
        let name = path.to_string_lossy().into_owned();
        name.ends_with(".xml") || (name.contains("/jsonfeed/") && !name.contains(".serde."))
    };
    found.retain(is_feed);
    found.sort();
    found
}

/// What the comment of a fixture expects.
fn expected(bytes: &[u8]) -> Option<String> {
    let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).take(4000).collect();
    let text = String::from_utf8_lossy(&plain).into_owned();
    let line = text.split("Expect:").nth(1)?.lines().next()?;
    Some(line.trim().to_owned())
}

/// How many entries an expectation speaks of.
fn entries(expected: &str) -> usize {
    let numbers = expected.split("entries[").skip(1).filter_map(|rest| rest.split(']').next()?.parse::<usize>().ok());
    numbers.max().map_or(0, |most| most + 1)
}

/// "['title'] == 'x'" behind `start`: the field and the value of a comparison with a text.
fn comparison(expected: &str, start: &str) -> Option<(String, String)> {
    let rest = &expected[expected.find(start)? + start.len()..];
    let (field, rest) = rest.strip_prefix("['")?.split_once("'] == ")?;
    let rest = rest.trim_start_matches('u');
    let quote = rest.chars().next().filter(|c| "'\"".contains(*c))?;
    let value = rest[1..].strip_suffix(quote)?;
    Some((field.to_owned(), unescaped(value)))
}

/// The escapes of Python.
fn unescaped(text: &str) -> String {
    let mut done = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        done.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let hex = |digits: usize| char::from_u32(u32::from_str_radix(escape.get(1..=digits)?, 16).ok()?);
        let (value, length) = match escape.chars().next() {
            Some('u') => (hex(4), 5),
            Some('x') => (hex(2), 3),
            Some('n') => (Some('\n'), 1),
            other => (other, 1),
        };
        done.extend(value);
        rest = escape.get(length..).unwrap_or_default();
    }
    done + rest
}

/// Words without tags and references, as a reader sees them.
fn words(html: &str) -> String {
    let text: String = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What we found in a field that feedparser names, where we keep it.
fn ours(feed: &Feed, scope: &str, field: &str) -> Option<String> {
    let entry = feed.entries.first();
    let text = |instant: Option<&twosource_model::Instant>| instant.map(|instant| instant.as_str().to_owned());
    Some(
        match (scope, field) {
            ("feed", "title") => feed.title.clone(),
            ("feed", "link") => feed.site.clone(),
            ("entry", "title") => entry?.title.clone(),
            ("entry", "link") => entry?.url.clone(),
            ("entry", "id" | "guid") => entry?.id.clone(),
            ("entry", "author") => entry?.authors.first().cloned(),
            ("entry", "published") => text(entry?.published.as_ref()),
            ("entry", "updated") => text(entry?.modified.as_ref().or(entry?.published.as_ref())),
            _ => return None,
        }
        .unwrap_or_default(),
    )
}

fn agrees(field: &str, ours: &str, theirs: &str) -> bool {
    match field {
        "published" | "updated" => ours.get(..10) == day(theirs).as_deref(),
        "author" => theirs.contains(ours) && !ours.is_empty(),
        _ => ours.split_whitespace().collect::<Vec<_>>().join(" ") == words(theirs),
    }
}

/// The day of "Thu, 01 Jan 2004 19:48:21 GMT" or of an ISO date.
fn day(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    match parts[..] {
        [_, day, "Jan", year, ..] => Some(format!("{year}-01-{day:0>2}")),
        _ => text.get(..10).map(str::to_owned),
    }
}

#[test]
fn what_feedparser_expects() {
    let Some(folder) = folder() else {
        eprintln!("skipped: ../shared/eval/data/feeds is not there");
        return;
    };
    let (mut with_entries, mut given, mut asked, mut articles) = (0, 0, 0, 0);
    let mut fields: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut unread, mut told) = (Vec::new(), (0, 0));
    let files = files(&folder);
    for path in &files {
        let bytes = fs::read(path).expect("a file");
        let found = feed(&bytes, &Limits::default());
        let read = read_bytes(&path.to_string_lossy(), &bytes, &Limits::default());
        let texts = read.map(|read| read.articles).unwrap_or_default();
        articles += texts.len();
        unread.extend(found.is_none().then(|| path.to_string_lossy().into_owned()));
        given += found.as_ref().map_or(0, |feed| feed.entries.len());
        let Some(expected) = expected(&bytes) else { continue };
        asked += 1;
        let found = found.unwrap_or_default();
        if found.entries.len() >= entries(&expected) {
            with_entries += 1;
        } else {
            eprintln!("fewer entries: {} ({expected})", path.display());
        }
        if let Some((field, theirs)) = comparison(&expected, "entries[0]")
            && matches!(&*field, "description" | "summary")
            && !words(&theirs).is_empty()
        {
            let text = texts.first().map(|article| words(&article.text)).unwrap_or_default();
            told = (told.0 + usize::from(text.contains(&words(&theirs))), told.1 + 1);
            if !text.contains(&words(&theirs)) {
                eprintln!("text: “{text}”, expected “{theirs}”: {}", path.display());
            }
        }
        for (scope, start) in [("feed", "feed"), ("entry", "entries[0]")] {
            let Some((field, theirs)) = comparison(&expected, start) else { continue };
            let Some(ours) = ours(&found, scope, &field) else { continue };
            let right = agrees(&field, &ours, &theirs);
            let count = fields.entry(format!("{scope}.{field}")).or_default();
            *count = (count.0 + usize::from(right), count.1 + 1);
            if !right {
                eprintln!("{scope}.{field}: ours “{ours}”, expected “{theirs}”: {}", path.display());
            }
        }
    }
    eprintln!("{} fixtures, none crashed: {given} entries, {articles} articles", files.len());
    eprintln!("{with_entries} of {asked} give at least the entries expected; fields that agree: {fields:?}");
    eprintln!("texts that hold the words expected: {} of {}; no feed: {unread:?}", told.0, told.1);
    assert!(with_entries * 100 >= asked * 98, "{with_entries} of {asked}");
    let (right, all) = fields.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    assert!(right * 100 >= all * 90, "{right} of {all} fields");
}
