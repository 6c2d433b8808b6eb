//! A report of an event in its own words, or a near copy of another.

use std::fmt::Write;

use jiff::civil::{Date, DateTime, date};

use super::Published;
use super::event::{Event, Fact};
use super::material::Material;
use crate::random::Random;

/// When the stream begins.
const BEGINNING: DateTime = date(2025, 1, 6).at(0, 0, 0, 0);

/// Writes the line of a report.
pub(super) fn line(line: &mut String, published: &Published<'_>) {
    let (event, at) = (&*published.event, published.report);
    let telling = event.reports[at];
    let when = moment(published.minute);
    let outlet = outlet_of(published.material, telling.outlet);
    let report = report(published.material, event, telling.copy_of.unwrap_or(at));
    let report = if telling.copy_of.is_some() { copy(published.material, event, at, report) } else { report };
    let _ = write!(
        line,
        "{{\"id\":\"{}\",\"url\":\"https://{}.example/{}/{}-{at}\"",
        id(event, at),
        host(&outlet),
        when.date(),
        event.number
    );
    let _ = write!(line, ",\"outlet\":\"{outlet}\",\"title\":\"{}\",\"published\":\"{when}Z\"", report.title);
    let _ = write!(line, ",\"story\":{},\"kind\":\"{}\"", event.number, published.material.kinds[event.kind].name);
    if let Some(original) = telling.copy_of {
        let _ = write!(line, ",\"copy_of\":\"{}\"", id(event, original));
    }
    line.push_str(",\"text\":\"");
    // Of what has to be escaped in JSON, quotation marks alone occur.
    for (at, paragraph) in report.paragraphs.iter().enumerate() {
        line.push_str(if at > 0 { "\\n\\n" } else { "" });
        line.push_str(&paragraph.replace('"', "\\\""));
    }
    line.push_str("\"}\n");
}

fn id(event: &Event, at: usize) -> String {
    format!("g{}-{}-{at}", event.seed, event.number)
}

fn moment(minute: u64) -> DateTime {
    let span = jiff::Span::new().minutes(minute as i64);
    BEGINNING.checked_add(span).unwrap_or(BEGINNING)
}

/// The day of a minute of the stream.
pub(super) fn day(minute: u64) -> Date {
    moment(minute).date()
}

/// The name of an outlet.
pub(super) fn outlet_of(material: &Material, number: usize) -> String {
    let (front, back) = (number / material.outlets.len(), number % material.outlets.len());
    let mut town = format!(
        "{}{}",
        material.syllables[front % material.syllables.len()],
        material.endings[(7 * front + 3) % material.endings.len()]
    );
    town[..1].make_ascii_uppercase();
    format!("{town} {}", material.outlets[back])
}

fn host(outlet: &str) -> String {
    outlet.to_lowercase().replace(' ', "-")
}

/// What a report says.
struct Report {
    title: String,
    paragraphs: Vec<String>,
}

/// The report of a number as it is where it is no copy: its own choice of the facts, in its own words.
fn report(material: &Material, event: &Event, at: usize) -> Report {
    let mut random = Random::new(event.seed ^ 0x5eed, event.number * 64 + at as u64);
    let kind = &material.kinds[event.kind];
    let day = moment(event.minute).weekday();
    let filled = |text: &str| fill(text, event, weekday(day));
    let title = filled(random.pick(&kind.titles).as_str());
    let mut sentences = vec![filled(random.pick(&kind.leads).as_str())];
    let mut facts: Vec<&Fact> = event.facts.iter().collect();
    // Early facts are in most reports, later ones in few.
    for end in (1..facts.len()).rev() {
        facts.swap(end, end - random.below(6.min(end + 1)));
    }
    facts.truncate(19 + random.below(8));
    sentences.extend(facts.into_iter().map(|fact| sentence(material, fact, &mut random)));
    let paragraphs = sentences.chunks(2).map(|pair| pair.join(" ")).collect();
    Report { title, paragraphs }
}

/// The wordings of a fact.
fn sentence(material: &Material, fact: &Fact, random: &mut Random) -> String {
    let Fact { who, verb, what, circumstance, source } = fact;
    let adjective = random.pick(&material.adjectives);
    let noun = random.pick(&material.nouns);
    let core = match random.below(5) {
        0 => format!("{who} {verb} {what} {circumstance}"),
        1 => format!("{circumstance}, {who} {verb} {what}"),
        2 => format!("{who}, despite the {adjective} {noun}, {verb} {what} {circumstance}"),
        3 => format!("it was {who} that {verb} {what} {circumstance}, as part of the {adjective} {noun}"),
        _ => format!("{what}, a {adjective} {noun}, {verb} {who} {circumstance}"),
    };
    let says = random.pick(&material.says);
    let sentence = match (source.is_empty(), random.below(3)) {
        (true, _) => core,
        (false, 0) => format!("{core}, {source} {says}"),
        (false, 1) => format!("according to {source}, {core}"),
        (false, _) => format!("\"{}\", {source} {says}", capital(&core)),
    };
    capital(&sentence) + "."
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let marks: String = chars.clone().take_while(|c| !c.is_alphanumeric()).collect();
    chars.by_ref().take(marks.chars().count()).for_each(drop);
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    marks + &first + chars.as_str()
}

fn fill(text: &str, event: &Event, day: &str) -> String {
    let noun = event.others.first().map_or("", String::as_str);
    let filled =
        event.names.iter().fold(text.to_owned(), |text, (slot, name)| text.replace(&format!("{{{slot}}}"), name));
    capital(&filled.replace("{day}", day).replace("{noun}", noun))
}

fn weekday(day: jiff::civil::Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.to_monday_zero_offset() as usize]
}

/// A near copy: a credit in front or a note behind, a few words changed, or the end cut off.
fn copy(material: &Material, event: &Event, at: usize, mut report: Report) -> Report {
    let mut random = Random::new(event.seed ^ 0xc0b1, event.number * 64 + at as u64);
    if random.percent(40) {
        let kept = report.paragraphs.len() * (75 + random.below(25)) / 100;
        report.paragraphs.truncate(kept.max(1));
    }
    if random.percent(50) {
        let changed = 1 + random.below(2);
        for paragraph in &mut report.paragraphs {
            if random.percent(40) {
                *paragraph = reworded(material, paragraph, changed, &mut random);
            }
        }
    }
    match random.below(3) {
        0 => report
            .paragraphs
            .insert(0, format!("This report first appeared in the {}.", outlet_of(material, event.reports[at].outlet))),
        1 => report.paragraphs.push("Editing by our newsroom. All rights reserved.".to_owned()),
        _ => {}
    }
    report
}

/// A paragraph with some of its words changed for others.
fn reworded(material: &Material, paragraph: &str, changed: usize, random: &mut Random) -> String {
    let mut words: Vec<&str> = paragraph.split(' ').collect();
    for _ in 0..changed {
        let at = random.below(words.len());
        words[at] = random.pick(&material.adjectives).as_str();
    }
    words.join(" ")
}
