//! `get_story`, `whose_word` and `compare`: the comparison document, cut to what an assistant can take in.

use std::io::Cursor;

use serde_json::{Value, json};
use twosource_engine::{Grouping, comparison_of};
use twosource_model::{Article, Comparison};
use twosource_present::verdict;
use twosource_read::{Limits, Piece, records_of_stream};
use twosource_store::Resolved;

use super::{Desk, said};
use crate::arguments::{Arguments, id, limit, text};

/// Bytes of an answer at most.
const LONGEST: usize = 60_000;
/// Statements of a claim, and pieces of evidence of anything.
const FEW: usize = 8;
/// Reports compared together.
const REPORTS: usize = 20;
/// Bytes of all texts that are given.
const GIVEN: usize = 1_000_000;
/// Claims that are named where words fit several.
const ALIKE: usize = 10;

/// Claims and differences, unless said otherwise.
const DEFAULT: usize = 20;
const MOST: usize = 100;

/// The comparison of a story.
pub(super) fn story(desk: &Desk, arguments: &Arguments) -> Result<Value, String> {
    let most = limit(arguments, DEFAULT, MOST)?;
    let (story, articles, comparison) = compared(desk, id(arguments, "story")?)?;
    Ok(fitting(&comparison, &articles, Some(story), most))
}

/// The story an id leads to, the numbers of its articles, and its comparison.
fn compared(desk: &Desk, id: u64) -> Result<(u64, Vec<u64>, Comparison), String> {
    let missing = || format!("{id}: no such story; find one with search_stories");
    let Resolved { story, .. } = desk.store.resolve(id).map_err(said)?.ok_or_else(missing)?;
    let compared = comparison_of(&desk.store, story, &desk.method().map_err(said)?).map_err(said)?;
    let articles = compared.articles.iter().map(|listed| listed.article).collect();
    Ok((story, articles, compared.comparison))
}

/// Reports of the store or given ones, compared.
pub(super) fn compare(desk: &Desk, arguments: &Arguments) -> Result<Value, String> {
    let most = limit(arguments, DEFAULT, MOST)?;
    let list = |name: &str| match arguments.get(name) {
        None | Some(Value::Null) => Ok(&[][..]),
        Some(Value::Array(list)) => Ok(&list[..]),
        Some(_) => Err(format!("{name}: a list is wanted")),
    };
    let (stored, given) = (list("articles")?, list("reports")?);
    if !(2..=REPORTS).contains(&(stored.len() + given.len())) {
        return Err(format!("2 to {REPORTS} reports are wanted, in articles, reports or both"));
    }
    let mut articles = Vec::new();
    let mut numbers = Vec::new();
    for number in stored {
        let number = number.as_u64().ok_or("articles: numbers are wanted")?;
        articles.push(desk.store.article(number).map_err(said)?);
        numbers.push(number);
    }
    articles.extend(read(given)?);
    let compared = twosource_engine::compare(articles, Grouping::OneStory, &desk.method().map_err(said)?);
    let comparison = compared.into_iter().next().unwrap_or_default();
    Ok(fitting(&comparison, &numbers, None, most))
}

/// Reports as they were given, in our own fields.
fn read(given: &[Value]) -> Result<Vec<Article>, String> {
    let lines: String = given.iter().map(|report| format!("{report}\n")).collect();
    if lines.len() > GIVEN {
        return Err(format!("reports: at most {} kB of text can be compared at a time", GIVEN / 1_000));
    }
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let limits = Limits::default();
    let mut articles = Vec::new();
    for piece in records_of_stream("reports.jsonl", Box::new(Cursor::new(lines.into_bytes())), &limits).map_err(said)? {
        match piece {
            Piece::Record(record) => articles.extend(record.read(&limits).map_err(said)?.articles),
            Piece::Skipped(note) => return Err(note.message),
            Piece::Remark(_) => {}
        }
    }
    Ok(articles)
}

/// Whose word a claim is.
pub(super) fn whose_word(desk: &Desk, arguments: &Arguments) -> Result<Value, String> {
    let wanted = text(arguments, "claim")?.ok_or("claim: its id, or words of it, are wanted")?;
    let (story, articles, comparison) = compared(desk, id(arguments, "story")?)?;
    let document = document(&comparison, &articles);
    let claims = entries(&document, "claims");
    let fits = |claim: &&Value| {
        let wording = entries(claim, "statements").iter().any(|statement| holds(&statement["exact"], wanted));
        claim["id"] == wanted || holds(&claim["text"], wanted) || wording
    };
    let fitting: Vec<&Value> = claims.iter().filter(fits).collect();
    let by_id = fitting.iter().find(|claim| claim["id"] == wanted);
    match (by_id, &fitting[..]) {
        (Some(claim), _) | (None, [claim]) => Ok(answer(story, &document, claim)),
        (None, []) => Err(format!("{wanted}: no claim of story {story} has these words; look at get_story")),
        (None, several) => {
            let named = several.iter().take(ALIKE).map(|claim| json!({"claim": claim["id"], "text": claim["text"]}));
            Ok(json!({"story": story, "several": named.collect::<Vec<_>>(), "ask": "Ask again with the id of one."}))
        }
    }
}

fn holds(text: &Value, words: &str) -> bool {
    text.as_str().is_some_and(|text| text.to_lowercase().contains(&words.to_lowercase()))
}

fn entries<'d>(document: &'d Value, name: &str) -> &'d [Value] {
    document[name].as_array().map_or(&[], Vec::as_slice)
}

fn answer(story: u64, document: &Value, claim: &Value) -> Value {
    let said_by = |statement: &Value| {
        let mut statement = statement.clone();
        let chain = chain(document, &statement["attribution"]);
        if let Some(fields) = statement.as_object_mut() {
            fields.remove("attribution");
            fields.insert("attributions".to_owned(), json!(chain));
        }
        statement
    };
    let statements: Vec<Value> = entries(claim, "statements").iter().take(MOST).map(said_by).collect();
    let is_behind = |origin: &&Value| entries(claim, "origins").contains(&origin["id"]);
    let mut origins: Vec<Value> = entries(document, "origins").iter().filter(is_behind).cloned().collect();
    origins.iter_mut().for_each(|origin| cut(origin, "evidence", FEW));
    json!({
        "story": story, "claim": claim["id"], "text": claim["text"], "independent_origins": claim["independent_origins"],
        "confidence": claim["confidence"], "origins": origins, "statements": statements, "reports": document["reports"],
    })
}

/// The attributions a statement rests on, the nearest first.
fn chain(document: &Value, nearest: &Value) -> Vec<Value> {
    let known = entries(document, "attributions");
    let mut chain: Vec<Value> = Vec::new();
    let mut next = nearest.clone();
    while let Some(attribution) = known.iter().find(|attribution| attribution["id"] == next) {
        if chain.len() == FEW || chain.iter().any(|before| before["id"] == attribution["id"]) {
            break;
        }
        next = attribution["rests_on"].clone();
        let mut kept = attribution.clone();
        if let Some(fields) = kept.as_object_mut() {
            fields.retain(|name, _| !matches!(name.as_str(), "content" | "report" | "form"));
        }
        chain.push(kept);
    }
    chain
}

/// The public document without the texts, with the numbers of the articles.
fn document(comparison: &Comparison, articles: &[u64]) -> Value {
    let mut document: Value = serde_json::from_str(&twosource_present::json(comparison)).unwrap_or_default();
    let reports = document["reports"].as_array_mut().into_iter().flatten();
    for (at, fields) in reports.filter_map(Value::as_object_mut).enumerate() {
        for name in ["text", "blocks", "input"] {
            fields.remove(name);
        }
        let url = comparison.reports.get(at).and_then(|report| report.article.url.as_deref());
        fields.insert("url".to_owned(), json!(url));
        if let Some(article) = articles.get(at) {
            fields.insert("article".to_owned(), json!(article));
        }
    }
    document
}

/// The document with as many claims and differences as fit.
fn fitting(comparison: &Comparison, articles: &[u64], story: Option<u64>, most: usize) -> Value {
    let mut whole = document(comparison, articles);
    if let Some(fields) = whole.as_object_mut() {
        for name in ["schema", "generator", "attributions", "times", "timeline"] {
            fields.remove(name);
        }
    }
    let mut most = most;
    loop {
        let mut shown = whole.clone();
        shorten(&mut shown, most);
        let head = [("story", json!(story)), ("verdict", json!(verdict(comparison).line()))];
        if let Some(fields) = shown.as_object_mut() {
            fields.extend(head.map(|(name, value)| (name.to_owned(), value)));
        }
        if most == 1 || shown.to_string().len() <= LONGEST {
            return shown;
        }
        most /= 2;
    }
}

/// Cuts the lists of a document, each of which then stands beside a number such as `more_claims`.
fn shorten(document: &mut Value, most: usize) {
    for name in ["claims", "differences", "origins", "provenance", "names", "diagnostics", "reports"] {
        cut(document, name, if name == "reports" { MOST } else { most });
        for entry in document[name].as_array_mut().into_iter().flatten() {
            for name in ["statements", "sides", "evidence", "labels", "reports"] {
                cut(entry, name, FEW.min(most));
            }
        }
    }
}

/// Cuts a list in a value, and says how much of it is gone.
fn cut(value: &mut Value, name: &str, most: usize) {
    let Some(list) = value.get_mut(name).and_then(Value::as_array_mut) else { return };
    let over = list.len().saturating_sub(most);
    list.truncate(most);
    if let (true, Some(fields)) = (over > 0, value.as_object_mut()) {
        fields.insert(format!("more_{name}"), json!(over));
    }
}
