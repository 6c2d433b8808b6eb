//! Our own lines back into the articles they were.

use std::collections::BTreeMap;

use serde_json::Value;
use twosource_model::{Article, Block, BlockKind, CodePoints, Field, Found, Instant, PubStatus, Span, Wire};

use super::Object;

/// The article of a line that `twosource extract` wrote, as it was. Such a line says whether its text is complete, where
/// its metadata was found, and has blocks that fit.
pub(super) fn article(input: &str, record: &Object) -> Option<Article> {
    let complete = record.get("complete")?.as_bool()?;
    let found = record.get("found")?.as_object()?;
    let text = record.get("text")?.as_str()?;
    let (blocks, block_times) = blocks_of(text, record.get("blocks")?.as_array()?)?;
    let string = |name: &str| record.get(name).and_then(Value::as_str).map(str::to_owned);
    let strings = |name: &str| {
        let items = record.get(name).and_then(Value::as_array).into_iter().flatten();
        items.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let place = |(field, place): (&String, &Value)| Some((field.parse().ok()?, place.as_str()?.parse().ok()?));
    let found: BTreeMap<Field, Found> = found.iter().filter_map(place).collect();
    Some(Article {
        id: string("id")?,
        input: string("input").unwrap_or_else(|| input.to_owned()),
        url: string("url"),
        outlet: string("outlet"),
        agency: string("agency"),
        authors: strings("authors"),
        title: string("title"),
        published: instant(record, "published"),
        modified: instant(record, "modified"),
        language: string("language"),
        text: text.to_owned(),
        complete,
        blocks,
        block_times,
        found,
        via: string("via"),
        wire: record.get("wire").and_then(Value::as_object).map(wire),
        diagnostics: strings("diagnostics"),
    })
}

fn instant(record: &Object, name: &str) -> Option<Instant> {
    Instant::new(record.get(name)?.as_str()?)
}

fn wire(record: &Object) -> Wire {
    let string = |name: &str| record.get(name).and_then(Value::as_str);
    Wire {
        status: string("status").and_then(|status| status.parse::<PubStatus>().ok()),
        embargoed_until: instant(record, "embargoed_until"),
        editors_note: string("editors_note").map(str::to_owned),
        version: string("version").map(str::to_owned),
    }
}

/// Blocks, and the time of each that has one.
pub(super) type Blocks = (Vec<Block>, BTreeMap<usize, Instant>);

/// Blocks given in code points, where they are in order, apart, and hold all of the text that is not white space.
pub(super) fn blocks_of(text: &str, given: &[Value]) -> Option<Blocks> {
    let points = CodePoints::new(text);
    let mut blocks = Vec::with_capacity(given.len());
    let mut times = BTreeMap::new();
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
        times.extend(value.as_object().and_then(|block| instant(block, "time")).map(|time| (blocks.len(), time)));
        blocks.push(Block { kind, span });
        end = to;
    }
    text[end..].trim().is_empty().then_some((blocks, times))
}
