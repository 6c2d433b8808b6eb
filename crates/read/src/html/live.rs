//! Live blogs: which blocks are entries, and when each was written.
//!
//! An entry is a box that looks like others of its kind and holds a `time` element of its own and running text; the
//! page is a live blog when several such boxes hold most of the article. Where the page states its entries for
//! machines (`liveBlogUpdate` of a LiveBlogPosting, schema.org), an entry is found by the words of its text, which
//! also gives times to entries that show theirs as "two hours ago" only.

use std::collections::BTreeMap;

use serde_json::Value;
use twosource_model::Instant;

use super::container::Main;
use super::outline::Outline;
use super::stated::rows;
use crate::dates::metadata_date;

/// Fewer boxes with times are updates and lists of other stories.
const FEWEST: usize = 3;

/// The moment of each line that is part of an entry of a live blog.
pub(super) fn times(page: &Outline, main: &Main) -> BTreeMap<usize, Instant> {
    let mut times = shown(page, main);
    for (at, time) in stated(page, main) {
        times.entry(at).or_insert(time);
    }
    times
}

/// Entries by their boxes.
fn shown(page: &Outline, main: &Main) -> BTreeMap<usize, Instant> {
    let mut looks: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for at in main.area + 1..page.boxes[main.area].end {
        if main.plain_in(page.boxes[at].lines) > 0 && own_time(page, at).is_some() {
            looks.entry(page.boxes[at].look).or_default().push(at);
        }
    }
    let whole = main.plain_in(page.boxes[main.area].lines);
    let text = |boxes: &[usize]| -> usize { boxes.iter().map(|&at| main.plain_in(page.boxes[at].lines)).sum() };
    let apart = |boxes: &[usize]| boxes.windows(2).all(|two| page.boxes[two[0]].end <= two[1]);
    let entries = looks.values().find(|boxes| boxes.len() >= FEWEST && apart(boxes) && text(boxes) * 2 > whole);
    let mut times = BTreeMap::new();
    for &entry in entries.into_iter().flatten() {
        let Some(time) = own_time(page, entry) else { continue };
        let (from, to) = page.boxes[entry].lines;
        times.extend((from..to).map(|at| (at, time.clone())));
    }
    times
}

/// The first moment stated in a box and the boxes inside it.
fn own_time(page: &Outline, area: usize) -> Option<Instant> {
    let inside = &page.boxes[area..page.boxes[area].end.min(area + 12)];
    inside.iter().find_map(|area| area.time.as_deref()).and_then(metadata_date)
}

/// Entries by the text the page states for them.
fn stated(page: &Outline, main: &Main) -> BTreeMap<usize, Instant> {
    let updates: Vec<(Instant, String)> = page.stated.iter().flat_map(|script| updates(script)).collect();
    if updates.len() < FEWEST {
        return BTreeMap::new();
    }
    let mut entries: BTreeMap<u64, usize> = BTreeMap::new();
    for (number, (_, text)) in updates.iter().enumerate() {
        entries.extend(rows(text).into_iter().map(|row| (row, number)));
    }
    let (from, to) = page.boxes[main.area].lines;
    let of_line = |at: usize| {
        let mut hits: BTreeMap<usize, usize> = BTreeMap::new();
        let rows = rows(&page.lines[at].text);
        rows.iter().filter_map(|row| entries.get(row)).for_each(|entry| *hits.entry(*entry).or_default() += 1);
        let best = hits.into_iter().max_by_key(|&(_, hits)| hits);
        best.filter(|(_, hits)| hits * 2 > rows.len()).map(|(entry, _)| (at, updates[entry].0.clone()))
    };
    (from..to).filter_map(of_line).collect()
}

/// The updates of a LiveBlogPosting in a JSON-LD script.
fn updates(script: &str) -> Vec<(Instant, String)> {
    if !script.contains("liveBlogUpdate") {
        return Vec::new();
    }
    let value: Value = serde_json::from_str(script.trim().trim_end_matches(';')).unwrap_or_default();
    let mut found = Vec::new();
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                open.extend(fields.get("@graph"));
                let updates = fields.get("liveBlogUpdate").and_then(Value::as_array).into_iter().flatten();
                found.extend(updates.filter_map(update));
            }
            _ => {}
        }
    }
    found
}

fn update(value: &Value) -> Option<(Instant, String)> {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    Some((metadata_date(text("datePublished"))?, format!("{} {}", text("headline"), text("articleBody"))))
}
