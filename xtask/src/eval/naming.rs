//! How well the labelled mentions of one actor are grouped across the outlets of an event, beside what the rule "same
//! head noun, same actor" reaches on the same mentions.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Figures;
use super::coreference::{Scores, scores};
use crate::run::{output, release_example};

/// The two codings of the events and their names among the figures.
const CODINGS: [(&str, &str); 2] = [("mentions", "2023"), ("mentions_2026", "2026")];
/// The types of concept that are actors.
const ACTORS: [&str; 5] = ["ACTOR", "ACTOR-I", "COUNTRY", "GROUP", "ORGANIZATION"];
/// Where the head of a phrase is found: the word before the first of these.
const CUTS: &str = "who that which of in on at by for from with to about over between against into as after before \
                    during behind and or amid among under through toward towards whose where when while";

/// A labelled mention.
struct Mention {
    words: String,
    chain: String,
    actor: bool,
}

/// Measures the grouping on NewsWCL50: means over the events.
pub(super) fn naming(data: &Path) -> Result<Figures> {
    let gold = data.join("data").join("naming").join("newswcl50.jsonl");
    let grouping = release_example("twosource-engine", "mention_groups")?;
    let mut figures = Figures::new();
    for (field, coding) in CODINGS {
        let events = events(&gold, field)?;
        let lines = output(Command::new(&grouping).arg(&gold).arg(field))?;
        let ours: BTreeMap<String, Vec<usize>> = lines.lines().map(groups).collect::<Result<_>>()?;
        for (kind, actors_only) in [("actors", true), ("all", false)] {
            let mean = |groups: &dyn Fn(&str, &[Mention]) -> Vec<usize>| -> (f64, f64) {
                let scored: Vec<Scores> = events
                    .iter()
                    .map(|(event, mentions)| event_scores(mentions, &groups(event, mentions), actors_only))
                    .collect();
                let sum = |of: &dyn Fn(&Scores) -> f64| scored.iter().map(of).sum::<f64>() / scored.len().max(1) as f64;
                (sum(&|scores| scores.conll()), sum(&|scores| scores.b_cubed))
            };
            let ours = mean(&|event, _| ours.get(event).cloned().unwrap_or_default());
            let baseline = mean(&|_, mentions| same_head(mentions));
            for (who, (conll, b_cubed)) in [("", ours), (".same_head", baseline)] {
                figures.insert(format!("naming.newswcl50-{coding}.{kind}.conll{who}"), conll);
                figures.insert(format!("naming.newswcl50-{coding}.{kind}.bcubed{who}"), b_cubed);
            }
        }
    }
    Ok(figures)
}

fn event_scores(mentions: &[Mention], groups: &[usize], actors_only: bool) -> Scores {
    let chains = numbers(mentions.iter().map(|mention| mention.chain.as_str()));
    let all = mentions.iter().zip(chains).zip(groups);
    let kept = all.filter(|((mention, _), _)| mention.actor || !actors_only);
    let (gold, found): (Vec<usize>, Vec<usize>) = kept.map(|((_, chain), &group)| (chain, group)).unzip();
    scores(&gold, &found)
}

/// A line of the example `mention_groups`.
fn groups(line: &str) -> Result<(String, Vec<usize>)> {
    let line: Value = serde_json::from_str(line)?;
    let groups = line["groups"].as_array().context("no groups")?;
    let number = |group: &Value| group.as_u64().and_then(|group| usize::try_from(group).ok()).context("no number");
    Ok((line["event"].as_str().unwrap_or_default().to_owned(), groups.iter().map(number).collect::<Result<_>>()?))
}

fn events(gold: &Path, field: &str) -> Result<BTreeMap<String, Vec<Mention>>> {
    let text = std::fs::read_to_string(gold).with_context(|| format!("{} cannot be read", gold.display()))?;
    let mut events: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for line in text.lines() {
        let document: Value = serde_json::from_str(line)?;
        let letters: Vec<char> = document["text"].as_str().unwrap_or_default().chars().collect();
        let mentions = events.entry(document["event"].to_string()).or_default();
        for mention in document[field].as_array().into_iter().flatten() {
            let at = |key: &str| mention[key].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(usize::MAX);
            let words = letters.get(at("start")..at("end")).context("a mention outside of its text")?;
            mentions.push(Mention {
                words: words.iter().collect(),
                chain: mention["chain"].as_str().unwrap_or_default().to_owned(),
                actor: mention["concept_type"].as_str().is_some_and(|kind| ACTORS.contains(&kind)),
            });
        }
    }
    ensure!(!events.is_empty(), "{} is empty", gold.display());
    Ok(events)
}

/// Numbers for labels: equal ones for equal labels.
fn numbers<'a>(labels: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut number = |label: &'a str| {
        let next = known.len();
        *known.entry(label).or_insert(next)
    };
    labels.map(&mut number).collect()
}

/// The baseline: mentions with the same head in the singular are one group.
fn same_head(mentions: &[Mention]) -> Vec<usize> {
    let heads: Vec<String> = mentions.iter().map(|mention| head(&mention.words)).collect();
    numbers(heads.iter().map(String::as_str))
}

/// The last word before the first comma or preposition, in the singular and lower case.
fn head(words: &str) -> String {
    let mut head = None;
    for token in words.split_whitespace() {
        let word = token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if CUTS.split_whitespace().any(|cut| cut == word) || word.is_empty() {
            if head.is_some() {
                break;
            }
            continue;
        }
        let bare = word.trim_end_matches("'s").trim_end_matches("’s").to_owned();
        head = Some(bare);
        if token.ends_with([',', ';', ':', ')']) {
            break;
        }
    }
    singular(&head.unwrap_or_else(|| words.to_lowercase()))
}

fn singular(noun: &str) -> String {
    if noun.len() <= 3 || ["ss", "us", "is"].iter().any(|end| noun.ends_with(end)) {
        return noun.to_owned();
    }
    match noun.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => noun.strip_suffix('s').unwrap_or(noun).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        assert_eq!(head("the former minister of Elmford"), "minister");
        assert_eq!(head("Ana Holt, the mayor"), "holt");
        assert_eq!(head("the parties’ leaders"), "leader");
        assert_eq!(head("to meet"), "meet");
        assert_eq!(head("\"…\""), "\"…\"");
    }
}
