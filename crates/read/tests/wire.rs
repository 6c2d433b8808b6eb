//! Agencies' formats: the examples and validation suites of the IPTC under `../shared`.

#![allow(clippy::print_stderr, reason = "a test that skips says so, and the figures are wanted")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use twosource_model::Article;
use twosource_read::{Limits, read_bytes};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?.join("shared/eval/data/iptc");
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            if entry.path().is_dir() { open.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found.retain(|path| path.to_string_lossy().ends_with(ending));
    found.sort();
    found
}

fn read(path: &Path) -> Result<Vec<Article>, String> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = read_bytes(&name, &fs::read(path).expect("a file"), &Limits::default());
    read.map(|read| read.articles).map_err(|error| error.to_string())
}

/// Letters and figures: what is left when markup, white space and escapes differ.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text with its numeric references replaced.
fn decoded(text: &str) -> String {
    let mut parts = text.split("&#");
    let mut done = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';').unwrap_or(("0", part));
        let code =
            number.strip_prefix('x').map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        done.extend(code.and_then(char::from_u32));
        done.push_str(rest);
    }
    done
}

/// A source without its tags.
fn bare(text: &str) -> String {
    let text = text.replace("\\\"", "\"").replace("\\n", "\n").replace("\\t", " ");
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    let text = decoded(&text);
    letters(&text.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<String>())
}

/// Every body block of an article stands in the source.
fn stands_in(article: &Article, source: &str) {
    let source = bare(source);
    let body = article.blocks.iter().filter(|block| block.kind.is_body());
    let mut count = 0;
    for block in body {
        let words = letters(block.span.of(&article.text));
        assert!(source.contains(&words), "{}: “{}” is not in the source", article.input, block.span.of(&article.text));
        count += 1;
    }
    assert!(count > 0, "{}: no body", article.input);
}

/// A field by its name, whatever the case.
fn field<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    value.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn has_body(value: &Value) -> bool {
    let names = value.as_object().into_iter().flat_map(|record| record.iter());
    // "[ ... ]" stands for a text in some examples.
    let said = |value: &Value| value.as_str().is_some_and(|text| letters(text).len() > 12);
    let listed = |value: &Value| {
        value.as_array().is_some_and(|bodies| bodies.iter().any(|body| field(body, "value").is_some_and(said)))
    };
    names
        .into_iter()
        .any(|(name, value)| (name.starts_with("body_") && said(value)) || name == "bodies" && listed(value))
}

#[test]
fn examples_of_ninjs() {
    let Some(folder) = folder() else {
        eprintln!("skipped: ../shared/eval/data/iptc is not there");
        return;
    };
    let (mut texts, mut others, mut broken) = (0, 0, 0);
    for path in files(&folder, ".json") {
        let source = fs::read_to_string(&path).unwrap_or_default();
        let found = read(&path);
        let Ok(value) = serde_json::from_str::<Value>(&source) else {
            assert!(found.is_err(), "{}", path.display());
            broken += 1;
            continue;
        };
        if path.to_string_lossy().contains("should_fail") || !has_body(&value) || field(&value, "uri").is_none() {
            others += 1;
            eprintln!(
                "{}: {}",
                path.display(),
                found.map_or_else(|why| why, |found| format!("{} articles", found.len()))
            );
            continue;
        }
        let found = found.unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        let article = &found[0];
        // Pretty-printed sources escape letters; the parsed one does not.
        stands_in(article, &value.to_string());
        let wire = article.wire.as_ref().expect("what the agency says");
        let text =
            |name: &str| field(&value, name).map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        // Where the item itself counts no version, the NITF in it may.
        assert!(text("version").is_none_or(|version| wire.version == Some(version)), "{}", path.display());
        let status = text("pubstatus").map(|status| status.rsplit([':', '/']).next().unwrap_or_default().to_owned());
        assert_eq!(wire.status.map(|status| status.as_str().to_owned()), status, "{}", path.display());
        assert_eq!(wire.editors_note, text("ednote"), "{}", path.display());
        texts += 1;
    }
    eprintln!("ninjs: {texts} examples with a text read, {others} others, {broken} that are no JSON refused");
    assert!(texts >= 30, "{texts}");
}

#[test]
fn examples_of_newsml() {
    let Some(folder) = folder() else {
        eprintln!("skipped: ../shared/eval/data/iptc is not there");
        return;
    };
    let (mut texts, mut others) = (0, 0);
    for path in files(&folder, ".xml") {
        let source = fs::read_to_string(&path).expect("a text");
        match read(&path) {
            Ok(found) => {
                for article in &found {
                    stands_in(article, &source);
                    let version = format!(
                        "version=\"{}\"",
                        article.wire.as_ref().and_then(|wire| wire.version.clone()).unwrap_or_default()
                    );
                    let wire = article.wire.as_ref().expect("what the agency says");
                    assert!(
                        wire.version.is_none() || source.contains(&version) || source.contains("<RevisionId"),
                        "{}",
                        path.display()
                    );
                    let usable = source.contains("stat:usable") || source.contains("FormalName=\"Usable\"");
                    assert_eq!(wire.status.is_some(), usable, "{}", path.display());
                    eprintln!("{}: {} blocks, {:?}", path.display(), article.blocks.len(), article.title);
                }
                texts += 1;
            }
            Err(why) => {
                others += 1;
                let holds_text = source.contains("<nitf") && source.contains("<p>") || source.contains("<DataContent>");
                assert!(!holds_text, "{}: {why}", path.display());
                eprintln!("{}: {why}", path.display());
            }
        }
    }
    eprintln!("NewsML: {texts} documents with a text read, {others} others named");
    assert!(texts >= 8, "{texts}");
}
