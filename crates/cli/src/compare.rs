//! `twosource compare`: the main job.

use anyhow::Result;
use twosource_engine::{Grouping, Method, compare};
use twosource_model::Comparison;
use twosource_present::{TextStyle, csv, html, json, json_ld, json_list, jsonl, markdown, text};

use crate::Ending;
use crate::arguments::{Compare, Format};
use crate::input::{Articles, articles, meaning, say_diagnostics};
use crate::outlets::read_lists;
use crate::output::{say, text_style, write};

/// Reads the reports, compares them and prints the result.
pub(crate) fn run(options: &Compare) -> Result<Ending> {
    let lists = read_lists(&options.outlets)?;
    let Articles { articles, unread } = articles(&options.input)?;
    if articles.is_empty() {
        say("no report to compare");
        return Ok(if unread { Ending::SomeUnread } else { Ending::Nothing });
    }
    let names: Vec<String> = articles.iter().map(|article| article.input.clone()).collect();
    let grouping = if options.one_story { Grouping::OneStory } else { Grouping::Cluster };
    let meaning = meaning(options.model.as_deref())?;
    let comparisons = compare(articles, grouping, &Method::new(&*meaning, lists));
    say_diagnostics(comparisons.iter().flat_map(|c| &c.reports).map(|report| &report.article));
    let style = text_style(&options.style, options.input.output.as_deref());
    write(&printed(&comparisons, options.format, &style), options.input.output.as_deref())?;
    let found = found(&comparisons, &names);
    Ok(if unread { Ending::SomeUnread } else { found })
}

/// Comparisons in a format.
pub(crate) fn printed(comparisons: &[Comparison], format: Format, style: &TextStyle) -> String {
    match (format, comparisons) {
        (Format::Text, _) => texts(comparisons, style),
        (Format::Json, [comparison]) => json(comparison),
        (Format::Json, _) => json_list(comparisons),
        (Format::Jsonl, _) => jsonl(comparisons),
        (Format::Jsonld, _) => json_ld(comparisons),
        (Format::Html, _) => html(comparisons),
        (Format::Markdown, _) => markdown(comparisons),
        (Format::Csv, _) => csv(comparisons),
    }
}

/// One text after the other; where there are several stories, each under its number.
fn texts(comparisons: &[Comparison], style: &TextStyle) -> String {
    let total = comparisons.len();
    let heading = |number: usize| if total > 1 { format!("Story {number} of {total}\n\n") } else { String::new() };
    let stories = comparisons.iter().enumerate().map(|(at, story)| heading(at + 1) + &text(story, style));
    stories.collect::<Vec<_>>().join("\n\n")
}

/// Says so where nothing could be compared.
fn found(comparisons: &[Comparison], names: &[String]) -> Ending {
    if let [name] = names {
        say(&format!("{name}: one report only; give at least two reports of a story to compare them"));
        return Ending::Nothing;
    }
    let shares = |comparison: &Comparison| comparison.claims.iter().any(twosource_model::Claim::is_shared);
    if comparisons.iter().any(shares) {
        return Ending::Done;
    }
    say(&format!("no claim in common: {}", list(names)));
    Ending::Nothing
}

/// The names of the inputs, cut short where there are many.
fn list(names: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
