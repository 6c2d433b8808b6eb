//! JSON to articles: our own lines back again, news-please's and passim's fields, and those common in corpora.
//!
//! [`Stream`] cuts an input into values, [`record`] reads one. What `twosource extract` writes comes back as it was.
//! Other records are read by the names of their fields ([`fields`]); a name that could be several things loses to a
//! plainer one. A bad record never costs the others: it becomes a note that names its place.

pub(crate) mod fields;
mod own;
mod stream;

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use twosource_model::{Article, Field, Found, Instant};

use crate::dates::metadata_date;
use crate::labels::{Hints, authors_of, label_blocks};
use crate::language::code_of_tag;
use crate::plain::{date_from_address, from_blocks};
use crate::records::{Piece, only};
use crate::source::Source;
use crate::{Error, Limits, Read, encoding, epoch, feeds, html, ninjs};

pub(crate) use stream::Stream;

/// The fields of a record.
pub(crate) type Object = Map<String, Value>;

/// Whether a text is JSON: one value, or a first line that is an object.
pub(crate) fn is_json(text: &str) -> bool {
    let start = text.trim_start();
    let first_line = start.lines().next().unwrap_or_default();
    let is_value = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    start.starts_with('{') && is_value(first_line) || start.starts_with(['{', '[']) && is_value(start)
}

/// Whether an input is to be cut into JSON values: by its first characters, or by its name.
pub(crate) fn opens(name: &str, head: &[u8]) -> bool {
    let start = start(head);
    let next = start.get(1..).unwrap_or_default().trim_ascii_start().first();
    let is_named = |endings| is_named(name, endings);
    match (start.first(), next) {
        (_, Some(0)) => false,
        (Some(b'{'), Some(b'"' | b'}')) | (Some(b'['), Some(b'{')) => true,
        (Some(b'{'), _) if head.windows(3).any(|bytes| bytes == b"\n{\"") => true,
        (Some(b'{' | b'['), _) => is_named(&[".json", ".jsonl", ".ndjson"]),
        _ => is_named(&[".jsonl", ".ndjson"]),
    }
}

/// Without a byte order mark and white space before it.
fn start(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start()
}

/// Whether a name ends in one of some endings, whatever it is packed in.
fn is_named(name: &str, endings: &[&str]) -> bool {
    let name = name.to_lowercase();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    endings.iter().any(|ending| name.ends_with(ending))
}

/// The articles of a JSON or JSON Lines text that was decoded as a whole, and a note for every record that is none.
pub(crate) fn read(input: &str, text: &str, limits: &Limits) -> Read {
    let mut read = Read::default();
    let Ok(source) = Source::bytes(input.to_owned(), Arc::from(text.as_bytes())) else { return read };
    for piece in Stream::new(source, limits) {
        match piece {
            Piece::Record(record) => match record.read(limits) {
                Ok(more) => read.take(more),
                Err(error) => read.notes.push(error.into_note(input)),
            },
            Piece::Skipped(note) | Piece::Remark(note) => read.notes.push((note.input, note.message)),
        }
    }
    read
}

/// The articles of one value. A value of a format that has its own names (a JSON Feed, an agency's item) is read as
/// that.
pub(crate) fn record(input: &str, place: &str, bytes: &[u8], limits: &Limits) -> Result<Read, Error> {
    let decoded = encoding::decode(bytes);
    let value = match parsed(decoded.text.trim_start_matches('\u{feff}').trim()) {
        Ok(value) => value,
        Err(error) if error.to_string().starts_with("recursion limit") => {
            return Err(unusable(input, "its values are nested deeper than the limit of 127"));
        }
        Err(error) => return Err(unusable(input, &format!("no JSON ({error})"))),
    };
    let mut read = match (of_known_format(input, place, &value, limits), value) {
        (Some(known), _) => known,
        (None, Value::Object(record)) => only(article(input, place, &record, limits)?),
        (None, _) => {
            return Err(unusable(input, "not an object; each record is one object with at least `text`"));
        }
    };
    for article in &mut read.articles {
        article.diagnostics.splice(0..0, decoded.note.clone());
    }
    Ok(read)
}

/// What a value of a format that has its own names holds: a JSON Feed, or an item of ninjs.
fn of_known_format(input: &str, place: &str, value: &Value, limits: &Limits) -> Option<Read> {
    match () {
        () if feeds::is_jsonfeed(value) => Some(feeds::read_json(input, value, limits)),
        () if ninjs::is_ninjs(value) => Some(ninjs::read(input, place, value, limits)),
        () => None,
    }
}

/// What a text of JSON holds that says itself what it is; other JSON may be anything.
pub(crate) fn known(input: &str, text: &str, limits: &Limits) -> Read {
    let value = parsed(text.trim()).ok();
    value.and_then(|value| of_known_format(input, "record 1", &value, limits)).unwrap_or_default()
}

/// Parses a value; Python writes `NaN` and `Infinity`, which are no JSON, for what is missing.
fn parsed(text: &str) -> serde_json::Result<Value> {
    let parsed = serde_json::from_str(text);
    match (&parsed, without_nan(text)) {
        (Err(_), Cow::Owned(repaired)) => serde_json::from_str(&repaired),
        _ => parsed,
    }
}

/// The text with `null` for bare `NaN` and `Infinity`.
fn without_nan(text: &str) -> Cow<'_, str> {
    if !text.contains("NaN") && !text.contains("Infinity") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut in_string, mut escaped, mut rest) = (String::with_capacity(text.len()), false, false, text);
    while let Some(c) = rest.chars().next() {
        let word = ["NaN", "-Infinity", "Infinity"].into_iter().find(|word| !in_string && rest.starts_with(word));
        in_string = if c == '"' && !escaped { !in_string } else { in_string };
        escaped = c == '\\' && in_string && !escaped;
        match word {
            Some(_) => out.push_str("null"),
            None => out.push(c),
        }
        rest = &rest[word.map_or(c.len_utf8(), str::len)..];
    }
    Cow::Owned(out)
}

fn unusable(input: &str, why: &str) -> Error {
    Error::Unusable { input: input.to_owned(), why: why.to_owned() }
}

/// The article of a record's fields.
pub(crate) fn article(input: &str, place: &str, record: &Object, limits: &Limits) -> Result<Article, Error> {
    if let Some(article) = own::article(input, record) {
        return Ok(article);
    }
    let number = place.rsplit(' ').next().unwrap_or_default();
    let id = text_of(record, fields::ID).unwrap_or_else(|| format!("{input}:{number}"));
    let is_wrong = |name: &&&str| record.get(**name).is_some_and(|value| !value.is_string() && !value.is_null());
    if let Some(name) = fields::TEXT.iter().find(is_wrong) {
        let why = format!("`{name}` is not a string; give the text of the article as one string");
        return Err(unusable(input, &why));
    }
    let plain = string_of(record, fields::TEXT);
    let other = string_of(record, fields::OTHER_TEXT).filter(|_| plain.is_none());
    let page = string_of(record, fields::PAGE).or(other.filter(|text| html::is_html(text)));
    match (plain.or(other), page) {
        (None, Some(page)) => of_page(input, id, page, record, limits),
        (Some(text), Some(page)) if std::ptr::eq(text, page) => of_page(input, id, page, record, limits),
        (Some(text), _) => Ok(of_text(input, id, text, record)),
        (None, None) => {
            Err(unusable(input, "no `text` (nor `maintext`, `content`, `body` or another field of that kind)"))
        }
    }
}

fn of_page(input: &str, id: String, page: &str, record: &Object, limits: &Limits) -> Result<Article, Error> {
    let url = text_of(record, fields::URL);
    let mut article = html::article(input, url.as_deref(), page, limits)?;
    article.id = id;
    metadata(&mut article, record);
    date_from_address(&mut article);
    Ok(article)
}

fn of_text(input: &str, id: String, text: &str, record: &Object) -> Article {
    let mut article =
        Article { id, input: input.to_owned(), text: text.to_owned(), complete: true, ..Article::default() };
    metadata(&mut article, record);
    let given = record.get("blocks").and_then(Value::as_array).filter(|blocks| !blocks.is_empty());
    match given.map(|blocks| own::blocks_of(&article.text, blocks)) {
        Some(Some((blocks, times))) => (article.blocks, article.block_times) = (blocks, times),
        taken => {
            if taken.is_some() {
                let note = "the blocks given do not fit the text; they were worked out anew";
                article.diagnostics.push(note.to_owned());
            }
            article.blocks = label_blocks(&article.text, &Hints { title: article.title.as_deref(), skip: 0 });
        }
    }
    from_blocks(&mut article, false);
    article
}

/// What the fields say, over what was worked out.
fn metadata(article: &mut Article, record: &Object) {
    let found = &mut article.found;
    let mut put = |field: Field, slot: &mut Option<String>, names: &[&str]| {
        if let Some(value) = name_of(record, names) {
            *slot = Some(value);
            found.insert(field, Found::Record);
        }
    };
    put(Field::Url, &mut article.url, fields::URL);
    put(Field::Title, &mut article.title, fields::TITLE);
    put(Field::Outlet, &mut article.outlet, fields::OUTLET);
    put(Field::Agency, &mut article.agency, fields::AGENCY);
    if let Some(host) = article.url.as_deref().and_then(host).filter(|_| article.outlet.is_none()) {
        article.outlet = Some(host);
        article.found.insert(Field::Outlet, Found::Url);
    }
    if let Some(code) = name_of(record, fields::LANGUAGE).and_then(|tag| code_of_tag(&tag)) {
        article.language = Some(code);
        article.found.insert(Field::Language, Found::Record);
    }
    let authors = authors(record);
    if !authors.is_empty() {
        article.authors = authors;
        article.found.insert(Field::Authors, Found::Record);
    }
    if let Some(published) = date(article, record, fields::PUBLISHED) {
        article.published = Some(published);
        article.found.insert(Field::Published, Found::Record);
    }
    if let Some(modified) = date(article, record, fields::MODIFIED) {
        article.modified = Some(modified);
        article.found.insert(Field::Modified, Found::Record);
    }
}

/// The first of some fields that holds a text.
fn string_of<'r>(record: &'r Object, names: &[&str]) -> Option<&'r str> {
    names.iter().filter_map(|name| record.get(*name)?.as_str()).find(|text| !text.trim().is_empty())
}

/// The first of some fields that holds a text or a number.
fn text_of(record: &Object, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match record.get(*name)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The first of some fields that says something: a text, a number, an object with a name, but no sign of a gap.
fn name_of(record: &Object, names: &[&str]) -> Option<String> {
    let says = |text: &String| !matches!(&*text.trim().to_lowercase(), "" | "nan" | "none" | "null" | "nat" | "n/a");
    let named = |name: &&str| match record.get(*name)? {
        Value::Object(inner) => text_of(inner, &["name", "title"]),
        _ => text_of(record, &[name]),
    };
    names.iter().filter_map(named).find(says)
}

/// Names as a list of texts or objects, as one text, or as a byline.
fn authors(record: &Object) -> Vec<String> {
    let name =
        |value: &Value| value.as_str().or_else(|| value.get("name")?.as_str()).map(|name| name.trim().to_owned());
    let given = fields::AUTHORS.iter().filter_map(|name| record.get(*name));
    let names = given.map(|value| match value {
        Value::Array(items) => items.iter().filter_map(name).collect::<Vec<_>>(),
        value => name(value).into_iter().flat_map(|text| one_line(&text)).collect(),
    });
    let says = |name: &String| !matches!(&*name.to_lowercase(), "" | "nan" | "none" | "null");
    let mut lists = names.map(|names| names.into_iter().filter(says).collect::<Vec<_>>());
    let listed = lists.find(|names| !names.is_empty());
    listed.unwrap_or_else(|| name_of(record, &["byline"]).map(|line| authors_of(&line)).unwrap_or_default())
}

/// One text that may be a list: as Python prints lists, or with semicolons.
fn one_line(text: &str) -> Vec<String> {
    let quotes = ['\'', '"', ' '];
    match text.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        Some(list) => list.split(',').map(|name| name.trim_matches(quotes).to_owned()).collect(),
        None => text.split(';').map(|name| name.trim().to_owned()).collect(),
    }
}

fn date(article: &mut Article, record: &Object, names: &[&str]) -> Option<Instant> {
    let value = name_of(record, names)?;
    let found = value.parse().map_or_else(|_| metadata_date(&value), epoch::bare).or_else(|| metadata_date(&value));
    if found.is_none() {
        article.diagnostics.push(format!("the date “{value}” could not be read; write it as YYYY-MM-DD"));
    }
    found
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
    use twosource_model::{Block, BlockKind, Span};

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
            r#"[{"maintext":"The ferry stops.","description":"No text.","date_publish":"2025-05-03 08:00:00","date_modify":NaN,"source_domain":"nova.example","authors":["Anna Berg"],"language":"en-GB"},"#,
            r#"{"id":"p","text":"It was old.","series":"novapost","date":"2025-05-03"}]"#
        ));
        let [first, second] = &read.articles[..] else { panic!("two articles, not {read:?}") };
        assert_eq!(first.text, "The ferry stops.");
        assert_eq!((first.outlet.as_deref(), first.language.as_deref()), (Some("nova.example"), Some("en")));
        assert_eq!(first.published.as_ref().map(Instant::day), Some("2025-05-03"));
        assert_eq!((first.modified.as_ref(), &first.diagnostics[..]), (None, &[][..]));
        assert_eq!(first.found[&Field::Published], Found::Record);
        assert_eq!(
            (second.outlet.as_deref(), second.published.as_ref().map(Instant::day)),
            (Some("novapost"), Some("2025-05-03"))
        );
    }

    #[test]
    fn field_names_of_corpora() {
        let read = read_text(concat!(
            r#"{"headline":"Ferry to stop","byline":"By Anna Berg and Carl Dahl","publication":"Nova Post","article":"The ferry stops.","publish_date":1746259200,"title":""}"#,
            "\n",
            r#"{"source":{"id":null,"name":"Nova Post"},"author":"Anna Berg; Carl Dahl","content":"The ferry stops.","publishedAt":"2025-05-03T08:00:00Z","url":"https://novapost.example/a"}"#,
            "\n",
            r#"{"body":"<p>The ferry stops in May, the port of Nova said.</p><p>It was old.</p>","site":"nova.example","authors":"['Anna Berg', 'Carl Dahl']","date":"2025-05-03"}"#,
        ));
        assert_eq!(read.articles.len(), 3, "{:?}", read.notes);
        for article in &read.articles {
            assert!(article.text.starts_with("The ferry stops"), "{}", article.text);
            assert_eq!(article.authors, ["Anna Berg", "Carl Dahl"]);
            assert_eq!(article.published.as_ref().map(Instant::day), Some("2025-05-03"));
        }
        let outlets: Vec<_> = read.articles.iter().filter_map(|article| article.outlet.as_deref()).collect();
        assert_eq!(outlets, ["Nova Post", "Nova Post", "nova.example"]);
        assert_eq!(read.articles[0].title.as_deref(), Some("Ferry to stop"));
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
    fn python_writes_what_is_no_json() {
        assert_eq!(
            without_nan(r#"{"a":NaN,"b":"NaN \" NaN","c":[-Infinity]}"#),
            r#"{"a":null,"b":"NaN \" NaN","c":[null]}"#
        );
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://www.Nova.example:80/a?b").as_deref(), Some("nova.example"));
        assert_eq!(host("nova"), None);
    }
}
