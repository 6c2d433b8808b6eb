//! `get_article`.

use serde_json::{Value, json};
use twosource_engine::annotate_all;
use twosource_model::{CodePoints, Instant};

use super::{Desk, said};
use crate::arguments::{Arguments, limit, number};

/// Attributions of one answer.
const MOST: usize = 60;

/// The article.
pub(super) fn get(desk: &Desk, arguments: &Arguments) -> Result<Value, String> {
    let (most, from) = (limit(arguments, 8_000, 20_000)?, number(arguments, "from")?.unwrap_or(0));
    let from = usize::try_from(from).unwrap_or(usize::MAX);
    let name = match arguments.get("article") {
        Some(Value::String(name)) => name.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        _ => return Err("article: its number or its address is wanted".to_owned()),
    };
    let missing = || format!("{name}: no such article; find one with search_stories and get_story");
    let number = desk.store.find_article(&name).map_err(said)?.ok_or_else(missing)?;
    let listed = desk.store.listed(number).map_err(said)?.ok_or_else(missing)?;
    let article = desk.store.article(number).map_err(said)?;
    let annotated = annotate_all(vec![article]).pop().unwrap_or_default();
    let text = &annotated.article.text;
    let characters = text.chars().count();
    let to = from.saturating_add(most).min(characters);
    let shown: String = text.chars().skip(from).take(most).collect();
    let points = CodePoints::new(text);
    let words = |span: twosource_model::Span| text.get(span.start..span.end);
    let attributions = annotated.attributions.iter().filter_map(|attribution| {
        let cover = attribution.content_cover();
        let (start, end) = points.span(cover);
        (start >= from && end <= to).then(|| {
            json!({
                "start": start, "end": end, "content": words(cover), "source": attribution.source.and_then(words),
                "resolved": attribution.resolved, "kind": attribution.kind.as_str(),
            })
        })
    });
    let attributions: Vec<Value> = attributions.take(MOST).collect();
    let article = &annotated.article;
    Ok(json!({
        "article": number, "story": listed.story, "title": article.title, "outlet": article.outlet,
        "agency": article.agency, "authors": article.authors, "url": article.url, "language": article.language,
        "published": article.published.as_ref().map(Instant::as_str), "complete": article.complete,
        "revisions": listed.revisions, "from": from, "to": to, "characters": characters, "text": shown,
        "attributions": attributions,
    }))
}
