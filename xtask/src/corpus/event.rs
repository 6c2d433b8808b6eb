//! An event: its names, what there is to say of it, and who tells it when.

use super::material::Material;
use crate::random::Random;

/// How many reports an event has in the mean, about.
pub(super) const MEAN_REPORTS: u64 = 6;

/// Facts of an event; a report tells some of them.
const FACTS: usize = 30;

/// One event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(super) seed: u64,
    pub(super) number: u64,
    pub(super) kind: usize,
    /// What {place} … {m} stand for.
    pub(super) names: Vec<(&'static str, String)>,
    /// People, places and bodies that its facts are about.
    pub(super) others: Vec<String>,
    pub(super) facts: Vec<Fact>,
    pub(super) reports: Vec<Telling>,
    /// The minute of the stream in which it begins.
    pub(super) minute: u64,
}

/// Something that can be said of an event: who did what to what, and a circumstance.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) who: String,
    pub(super) verb: String,
    pub(super) what: String,
    pub(super) circumstance: String,
    /// Whose word it is; empty where nobody is named.
    pub(super) source: String,
}

/// A report of an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling {
    /// Minutes after the beginning of the event.
    pub(super) delay: u64,
    /// The report that it copies; those it copies are no copies themselves.
    pub(super) copy_of: Option<usize>,
    pub(super) outlet: usize,
}

impl Event {
    /// The event of a number, always the same.
    pub(super) fn new(material: &Material, seed: u64, number: u64, minute: u64) -> Event {
        let mut random = Random::new(seed, number);
        let kind = random.below(material.kinds.len());
        let names = names(material, &mut random);
        let mut others: Vec<String> = (0..6).map(|_| person(material, &mut random)).collect();
        others.extend((0..3).map(|_| place(material, &mut random)));
        others.extend((0..3).map(|_| body(material, &mut random)));
        let mut nouns: Vec<&String> = material.kinds[kind].nouns.iter().collect();
        nouns.extend((0..40).map(|_| random.pick(&material.nouns)));
        let facts = (0..FACTS).map(|_| fact(material, &nouns, &others, &mut random)).collect();
        let reports = reports(&mut random);
        Event { seed, number, kind, names, others, facts, reports, minute }
    }
}

fn names(material: &Material, random: &mut Random) -> Vec<(&'static str, String)> {
    vec![
        ("place", place(material, random)),
        ("street", format!("{} Street", word(material, random))),
        ("person", person(material, random)),
        ("other", person(material, random)),
        ("org", body(material, random)),
        ("body", body(material, random)),
        ("n", random.between(2, 900).to_string()),
        ("m", random.between(12, 95).to_string()),
    ]
}

/// A made-up word with a capital.
fn word(material: &Material, random: &mut Random) -> String {
    let mut word: String = (0..1 + random.below(2)).map(|_| random.pick(&material.syllables).as_str()).collect();
    word.push_str(random.pick(&material.endings).as_str());
    word[..1].to_uppercase() + &word[1..]
}

fn place(material: &Material, random: &mut Random) -> String {
    let front = random.weighted(&[("", 8), ("Port ", 1), ("New ", 1), ("North ", 1), ("Upper ", 1)]);
    format!("{front}{}", word(material, random))
}

fn person(material: &Material, random: &mut Random) -> String {
    let mut given: String = (0..2).map(|_| random.pick(&material.syllables).as_str()).collect();
    given[..1].make_ascii_uppercase();
    format!("{given} {}", word(material, random))
}

fn body(material: &Material, random: &mut Random) -> String {
    let kind = ["Group", "Council", "Bank", "Institute", "Railways", "Holding", "University", "Terminals", "Office"];
    format!("{} {}", word(material, random), random.pick(&kind))
}

fn fact(material: &Material, nouns: &[&String], others: &[String], random: &mut Random) -> Fact {
    let thing = |random: &mut Random| {
        let noun = random.pick(nouns);
        match random.below(4) {
            0 => format!("the {noun}"),
            1 => format!("the {} {noun}", random.pick(&material.adjectives)),
            2 => format!("the {noun} of {}", random.pick(others)),
            _ => format!("{} {}s", random.between(2, 400), noun),
        }
    };
    let who = if random.percent(45) { random.pick(others).clone() } else { thing(random) };
    let circumstance = match random.below(3) {
        0 => random.pick(&material.times).clone(),
        1 => format!(
            "{} the {} {}",
            random.pick(&material.linkers),
            random.pick(&material.adjectives),
            clause(material, nouns, random)
        ),
        _ => format!("near {}", random.pick(others)),
    };
    let source = match random.below(3) {
        0 => format!("{}, {} of {}", random.pick(others), random.pick(&material.roles), random.pick(others)),
        1 => random.pick(&material.roles).clone(),
        _ => String::new(),
    };
    Fact { who, verb: random.pick(&material.verbs).clone(), what: thing(random), circumstance, source }
}

fn clause(material: &Material, nouns: &[&String], random: &mut Random) -> String {
    format!("{} {} the {}", random.pick(nouns), random.pick(&material.verbs), random.pick(nouns))
}

/// A burst: most within the first day, some later; one in ten is a copy of an earlier one.
fn reports(random: &mut Random) -> Vec<Telling> {
    let count = random.weighted(&[(1, 25), (2, 18), (3, 14), (5, 14), (8, 12), (12, 8), (20, 5), (30, 2)]);
    let count = 1 + random.below(2 * count - 1);
    let mut delays: Vec<u64> = (0..count).map(|_| delay(random)).collect();
    delays.sort_unstable();
    let mut reports: Vec<Telling> = Vec::new();
    for (at, delay) in delays.into_iter().enumerate() {
        let original = random.below(at.max(1));
        let copies = at > 0 && random.percent(13) && reports[original].copy_of.is_none();
        let copy_of = copies.then_some(original);
        // A copy comes at least a minute after what it copies.
        let delay = delay + copy_of.map_or(0, |_| 1);
        reports.push(Telling { delay, copy_of, outlet: random.below(OUTLETS) });
    }
    reports
}

/// How many outlets there are.
pub(super) const OUTLETS: usize = 200;

fn delay(random: &mut Random) -> u64 {
    let hours = random.weighted(&[(2, 30), (8, 30), (24, 25), (72, 15)]);
    random.below(hours * 60) as u64
}
