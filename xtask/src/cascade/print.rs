//! A family as the reader gets it, and the scores as a table.

use serde_json::json;

use super::family::{Family, Report};
use super::material::Material;
use super::score::Scores;

/// One report a line, lost ones left out.
pub(super) fn family(family: &Family<'_>, material: &Material) -> String {
    let line = |(at, report): (usize, &Report)| {
        let name = &material.outlets[report.outlet].name;
        let mut line = json!({
            "id": at.to_string(),
            "outlet": if report.online { format!("{name} (Online)") } else { name.clone() },
            "title": report.headline,
            "text": text(family, report, material),
        });
        if let Some(shown) = report.shown {
            line["published"] =
                json!(format!("{}T{:02}:{:02}:00+01:00", date(family, shown), hour(shown), shown.rem_euclid(60)));
        }
        format!("{line}\n")
    };
    family.kept().map(line).collect()
}

fn hour(minute: i64) -> i64 {
    minute.div_euclid(60).rem_euclid(24)
}

/// The day of the story or one of those after it.
fn date(family: &Family<'_>, minute: i64) -> String {
    let (month, day) = family.story.day.rsplit_once('-').unwrap_or_default();
    let day: i64 = day.parse().unwrap_or(1);
    format!("{month}-{:02}", day + minute.div_euclid(24 * 60))
}

fn text(family: &Family<'_>, report: &Report, material: &Material) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    for (at, line) in report.lines.iter().enumerate() {
        let sentence = line.text(material);
        // Now and then two sentences a paragraph, never the first.
        match paragraphs.last_mut().filter(|_| at > 1 && at % 3 == 0) {
            Some(last) => last.push_str(&format!(" {sentence}")),
            None => paragraphs.push(sentence),
        }
    }
    let agency = report.dateline.and_then(|agency| material.outlets[agency].dateline.as_deref());
    if let (Some(agency), Some(first)) = (agency, paragraphs.first_mut()) {
        *first = format!("{} ({agency}) - {first}", family.story.place);
    }
    if let Some(caption) = &report.caption {
        paragraphs.insert(paragraphs.len().min(2), caption.clone());
    }
    paragraphs.extend(report.more.iter().chain(&report.signed).cloned());
    paragraphs.join("\n\n")
}

/// The figures, by condition too.
pub(super) fn scores(scores: &Scores) {
    let [precision, recall, f1] = scores.edges.figures();
    let families = scores.families.max(1);
    println!("{} families, {} with a cycle", scores.families, scores.cycles);
    println!("independent origins of the lead right {:5.1} %", 100.0 * scores.origins_right as f64 / families as f64);
    println!("parent edges precision {precision:.3} recall {recall:.3} F1 {f1:.3}\n");
    println!("{:24} {:>6} {:>9} {:>6} {:>6}   origins right", "condition", "edges", "precision", "recall", "F1");
    for (name, tally) in &scores.by {
        let [precision, recall, f1] = tally.figures();
        let origins = scores.origins_by.get(name).map_or_else(String::new, |(all, right)| format!("{right} of {all}"));
        let edges = tally.hit + tally.missed;
        println!("{name:24} {edges:6} {precision:9.3} {recall:6.3} {f1:6.3}   {origins}");
    }
    println!("\nconfidence of worked-out edges, and how many are right");
    for (bin, (right, all)) in &scores.bins {
        println!("  .{bin}–  {:.2}  ({right} of {all})", *right as f64 / (*all).max(1) as f64);
    }
}
