//! The text a page states for machines: `articleBody` in its JSON-LD, and which lines of the page stand in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::outline::Outline;

/// The longest `articleBody` of the page's JSON-LD.
pub(super) fn body(scripts: &[String]) -> Option<String> {
    let values =
        scripts.iter().filter_map(|script| serde_json::from_str::<Value>(script.trim().trim_end_matches(';')).ok());
    values.filter_map(|value| body_in(&value, 0)).max_by_key(String::len)
}

fn body_in(value: &Value, depth: usize) -> Option<String> {
    if depth > 8 {
        return None;
    }
    match value {
        Value::Array(items) => items.iter().filter_map(|item| body_in(item, depth + 1)).max_by_key(String::len),
        Value::Object(fields) => {
            let own = fields.get("articleBody").and_then(Value::as_str).map(str::to_owned);
            let nested = ["@graph", "mainEntity", "mainEntityOfPage"];
            own.or_else(|| nested.iter().find_map(|name| body_in(fields.get(*name)?, depth + 1)))
        }
        _ => None,
    }
}

/// Words in a row that make two texts the same.
const ROW: usize = 4;

/// Fewer rows tell nothing.
const FEWEST: usize = 60;

/// For every line whether it stands in the stated text; `None` where the line is too short to tell, or the page and
/// its stated text have too little in common.
pub(super) fn stands_in(page: &Outline, body: &str) -> Vec<Option<bool>> {
    let known: BTreeSet<u64> = rows(body).into_iter().collect();
    let told: Vec<(usize, usize)> = page
        .lines
        .iter()
        .map(|line| {
            let rows = rows(&line.text);
            (rows.iter().filter(|row| known.contains(row)).count(), rows.len())
        })
        .collect();
    let hits: usize = told.iter().map(|(hits, _)| hits).sum();
    if known.len() < FEWEST || hits * 2 < known.len() {
        return vec![None; page.lines.len()];
    }
    told.into_iter().map(|(hits, all)| (all > 0).then_some(hits * 2 > all)).collect()
}

/// Hashes of every [`ROW`] words in a row, case and signs aside.
pub(super) fn rows(text: &str) -> Vec<u64> {
    let words: Vec<u64> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
    words
        .windows(ROW)
        .map(|row| row.iter().fold(0, |sum: u64, word| sum.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word))
        .collect()
}

/// FNV-1a of a word in lower case.
fn hash(word: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    if word.is_ascii() {
        return word.bytes().map(|byte| byte.to_ascii_lowercase()).fold(0xcbf2_9ce4_8422_2325, step);
    }
    word.to_lowercase().bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

/// What part of some text stands in the stated text, in percent of its rows; `None` where there is too little of it.
pub(super) fn percent_in<'t>(body: &str, texts: impl Iterator<Item = &'t str>) -> Option<usize> {
    let known: BTreeSet<u64> = rows(body).into_iter().collect();
    let (held, all) =
        texts.flat_map(rows).fold((0, 0), |(held, all), row| (held + usize::from(known.contains(&row)), all + 1));
    (known.len() >= FEWEST && all >= FEWEST).then(|| held * 100 / all)
}
