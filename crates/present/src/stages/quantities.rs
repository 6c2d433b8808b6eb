//! Quantities as `annotate` prints them: what is written as one expression is one object.

use serde::Serialize;
use twosource_model::{Annotated, CodePoints, Joint, Quantity, Span};

use super::{Range, Words};

/// A quantity, or two that belong together.
#[derive(Serialize)]
pub(super) struct QuantityLine<'a> {
    #[serde(flatten)]
    words: Words<'a>,
    /// What the words say: `amount`, `range` ("5 to 7"), `from_to` ("from 7 to 5"), `score` ("52-48"), `vague` ("dozens"),
    /// `one_of` ("one of the men").
    kind: &'static str,
    value: Value,
    /// The smaller and the larger end, where there are two.
    lower: Option<f64>,
    upper: Option<f64>,
    bound: &'static str,
    unit: Option<&'a str>,
    counted: Option<Words<'a>>,
}

/// A number, or two as the string "15.0-22.0", in the order of the text.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    One(f64),
    Two(String),
}

/// How many times "dozens" says a dozen, at least: what a vague [`Quantity::value`] counts.
const LEAST: f64 = 2.0;
/// A vague number stands for one to ten of what it names, as the gold standard of NewsQuant has it: "dozens" for 12 to
/// 120.
const ORDER: f64 = 10.0;

/// The quantities of an article in text order.
pub(super) fn quantities<'a>(annotated: &'a Annotated, points: &CodePoints<'_>) -> Vec<QuantityLine<'a>> {
    let mut lines = Vec::with_capacity(annotated.quantities.len());
    let mut rest = annotated.quantities.iter();
    while let Some(quantity) = rest.next() {
        let joined = quantity.joint.and_then(|joint| Some((joint, rest.next()?)));
        lines.push(line(quantity, joined, &annotated.article.text, points));
    }
    lines
}

fn line<'a>(
    quantity: &'a Quantity,
    joined: Option<(Joint, &'a Quantity)>,
    text: &'a str,
    points: &CodePoints<'_>,
) -> QuantityLine<'a> {
    let words = |span: Span| Words { range: Range::of(span, points), exact: span.of(text) };
    let ends = match (joined, quantity.upper) {
        (Some((_, other)), _) => Some((quantity.value, other.value)),
        (None, Some(upper)) => Some((quantity.value, upper)),
        (None, None) if quantity.vague => Some((quantity.value / LEAST, quantity.value / LEAST * ORDER)),
        (None, None) => None,
    };
    let kind = match joined {
        Some((joint, _)) => joint.as_str(),
        None if quantity.one_of => "one_of",
        None if quantity.vague => "vague",
        None if quantity.upper.is_some() => "range",
        None => "amount",
    };
    let other = joined.map(|(_, other)| other);
    QuantityLine {
        words: words(other.map_or(quantity.span, |other| quantity.span.cover(other.span))),
        kind,
        value: ends.map_or(Value::One(quantity.value), |(first, second)| Value::Two(format!("{first:?}-{second:?}"))),
        lower: ends.map(|(first, second)| first.min(second)),
        upper: ends.map(|(first, second)| first.max(second)),
        bound: quantity.bound.as_str(),
        unit: quantity.unit.as_deref(),
        counted: quantity.counted.or_else(|| other?.counted).map(words),
    }
}
