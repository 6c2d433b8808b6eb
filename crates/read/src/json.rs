//! JSON to articles: one object a line, an array, or one object; our field names, news-please's and passim's.
//!
//! A bad record never costs the others: it becomes a note that names its line.

use serde_json::{Map, Value};
use twosource_model::{Article, Block, BlockKind, CodePoints, Instant, Span};

use crate::dates::metadata_date;
use crate::labels::{Hints, label_blocks};
use crate::language::code_of_tag;
use crate::plain::{date_from_address, from_blocks};
use crate::{Limits, Read, html};

type Record = Map<String, Value>;

/// Whether a text is JSON: one value, or a first line that is an object.
pub(crate) fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    let first_line = start.lines().next().unwrap_or_default();
    start.starts_with('{') && serde_json::from_str::<Record>(first_line).is_ok()
        || start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok()
}

/// The articles of a JSON or JSON Lines text, and a note for every record that is none.
pub(crate) fn read(input: &str, text: &str, limits: &Limits) -> Read {
    let mut read = Read::default();
    for (place, value) in values(text) {
        match value
            .map_err(|error| format!("no JSON ({error})"))
            .and_then(|value| article(input, &place, value, limits))
        {
            Ok(article) => read.articles.push(article),
            Err(why) => read.notes.push((input.to_owned(), format!("{place}: skipped: {why}"))),
        }
    }
    read
}

/// Every value with the words for where it stands. Lines are parsed one by one: a large file is never held twice.
fn values(text: &str) -> Box<dyn Iterator<Item = (String, serde_json::Result<Value>)> + '_> {
    match serde_json::from_str(text.trim()) {
        Ok(Value::Array(items)) => {
            Box::new((1..).zip(items).map(|(number, item): (usize, _)| (format!("record {number}"), Ok(item))))
        }
        Ok(value) => Box::new(std::iter::once(("record 1".to_owned(), Ok(value)))),
        Err(_) => {
            let lines = (1..).zip(text.lines()).filter(|(_, line): &(usize, &str)| !line.trim().is_empty());
            Box::new(lines.map(|(number, line)| (format!("line {number}"), serde_json::from_str(line.trim()))))
        }
    }
}

fn article(input: &str, place: &str, value: Value, limits: &Limits) -> Result<Article, String> {
    let Value::Object(record) = value else {
        return Err("not an object; each line holds one object with at least `text`".to_owned());
    };
    let number = place.rsplit(' ').next().unwrap_or_default();
    let id = text_of(&record, &["id"]).unwrap_or_else(|| format!("{input}:{number}"));
    if let Some(page) = text_of(&record, &["html"]).filter(|_| text_of(&record, &["text", "maintext"]).is_none()) {
        let mut article = html::article_at(input, text_of(&record, &["url"]).as_deref(), &page, limits)
            .map_err(|error| without_input(input, &error))?;
        article.id = id;
        metadata(&mut article, &record);
        date_from_address(&mut article);
        return Ok(article);
    }
    let is_wrong = |name: &&&str| record.get(**name).is_some_and(|value| !value.is_string() && !value.is_null());
    if let Some(name) = ["text", "maintext"].iter().find(is_wrong) {
        return Err(format!("`{name}` is not a string; give the text of the article as one string"));
    }
    let text = text_of(&record, &["text", "maintext"]).ok_or("no `text` (or news-please's `maintext`)")?;
    let mut article = Article { id, input: input.to_owned(), text, complete: true, ..Article::default() };
    metadata(&mut article, &record);
    let given = record.get("blocks").and_then(Value::as_array).filter(|blocks| !blocks.is_empty());
    let taken = given.and_then(|blocks| blocks_of(&article.text, blocks));
    if given.is_some() && taken.is_none() {
        article.diagnostics.push("the blocks given do not fit the text; they were worked out anew".to_owned());
    }
    article.blocks =
        taken.unwrap_or_else(|| label_blocks(&article.text, &Hints { title: article.title.as_deref(), skip: 0 }));
    from_blocks(&mut article, false);
    Ok(article)
}

/// The note names the input already.
fn without_input(input: &str, error: &crate::Error) -> String {
    let message = error.to_string();
    message.strip_prefix(&format!("{input}: ")).unwrap_or(&message).to_owned()
}

/// What the fields say, over what was worked out.
fn metadata(article: &mut Article, record: &Record) {
    let put = |slot: &mut Option<String>, names: &[&str]| {
        if let Some(value) = text_of(record, names) {
            *slot = Some(value);
        }
    };
    put(&mut article.url, &["url"]);
    put(&mut article.title, &["title"]);
    put(&mut article.outlet, &["outlet", "source_domain", "series"]);
    put(&mut article.agency, &["agency"]);
    article.outlet = article.outlet.take().or_else(|| article.url.as_deref().and_then(host));
    article.language = text_of(record, &["language"]).and_then(|tag| code_of_tag(&tag)).or(article.language.take());
    let authors = authors(record);
    if !authors.is_empty() {
        article.authors = authors;
    }
    article.published = date(article, record, &["published", "date_publish", "date"]).or(article.published.take());
    article.modified = date(article, record, &["modified", "date_modify"]).or(article.modified.take());
}

/// The first of some fields that holds a text or a number.
fn text_of(record: &Record, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match record.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn authors(record: &Record) -> Vec<String> {
    let name =
        |value: &Value| value.as_str().or_else(|| value.get("name")?.as_str()).map(|name| name.trim().to_owned());
    let names: Vec<String> = match record.get("authors").or_else(|| record.get("author")) {
        Some(Value::Array(items)) => items.iter().filter_map(name).collect(),
        Some(value) => name(value).into_iter().collect(),
        None => Vec::new(),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

fn date(article: &mut Article, record: &Record, names: &[&str]) -> Option<Instant> {
    let value = text_of(record, names)?;
    let found = metadata_date(&value);
    if found.is_none() {
        article.diagnostics.push(format!("the date “{value}” could not be read; write it as YYYY-MM-DD"));
    }
    found
}

/// Blocks given in code points, where they are in order, apart, and hold all of the text that is not white space.
fn blocks_of(text: &str, given: &[Value]) -> Option<Vec<Block>> {
    let points = CodePoints::new(text);
    let mut blocks = Vec::with_capacity(given.len());
    let mut end = 0;
    for value in given {
        let offset = |name: &str| points.byte(usize::try_from(value.get(name)?.as_u64()?).ok()?);
        let (from, to) = (offset("start")?, offset("end")?);
        let kind: BlockKind = value.get("kind")?.as_str()?.parse().ok()?;
        let gap = text.get(end..from)?;
        let span = Span::new(from, from.max(to)).trim(text);
        if !gap.trim().is_empty() || from >= to || span.is_empty() {
            return None;
        }
        blocks.push(Block { kind, span });
        end = to;
    }
    text[end..].trim().is_empty().then_some(blocks)
}

/// The host of an address without "www.": whom to call the outlet where nothing names it.
pub(crate) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.')).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Read {
        read("f.jsonl", text, &Limits::default())
    }

    #[test]
    fn bad_lines_cost_only_themselves() {
        let read = read_text(
            "{\"text\":\"The ferry stops.\"}\n{broken\n[1]\n{\"title\":\"x\"}\n\n{\"id\":7,\"text\":\"It was old.\"}",
        );
        let ids: Vec<_> = read.articles.iter().map(|article| &*article.id).collect();
        assert_eq!(ids, ["f.jsonl:1", "7"]);
        let places: Vec<_> = read.notes.iter().map(|(_, note)| note.split(':').next().unwrap_or_default()).collect();
        assert_eq!(places, ["line 2", "line 3", "line 4"]);
    }

    #[test]
    fn field_names_of_news_please_and_passim() {
        let read = read_text(concat!(
            r#"[{"maintext":"The ferry stops.","description":"No text.","date_publish":"2025-05-03 08:00:00","source_domain":"nova.example","authors":["Anna Berg"],"language":"en-GB"},"#,
            r#"{"id":"p","text":"It was old.","series":"novapost","date":"2025-05-03"}]"#
        ));
        let [first, second] = &read.articles[..] else { panic!("two articles") };
        assert_eq!(first.text, "The ferry stops.");
        assert_eq!((first.outlet.as_deref(), first.language.as_deref()), (Some("nova.example"), Some("en")));
        assert_eq!(first.published.as_ref().map(Instant::day), Some("2025-05-03"));
        assert_eq!(
            (second.outlet.as_deref(), second.published.as_ref().map(Instant::day)),
            (Some("novapost"), Some("2025-05-03"))
        );
    }

    #[test]
    fn given_blocks_count_code_points_and_must_fit() {
        let good = r#"{"text":"“Ä”\n\nNo.","blocks":[{"kind":"headline","start":0,"end":3},{"kind":"quote","start":5,"end":8}]}"#;
        let article = &read_text(good).articles[0];
        assert_eq!(article.blocks[1], Block { kind: BlockKind::Quote, span: Span::new(10, 13) });
        let bad = good.replace("\"start\":5", "\"start\":6");
        assert_eq!(read_text(&bad).articles[0].diagnostics.len(), 1);
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.Nova.example:80/a?b").as_deref(), Some("nova.example"));
        assert_eq!(host("nova"), None);
    }
}
