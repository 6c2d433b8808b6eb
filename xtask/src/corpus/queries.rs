//! What somebody would search the corpus for: common words, rare names, phrases, fields and days.

use super::event::Event;
use super::material::Material;
use super::report::{day, outlet_of};
use crate::random::Random;

/// Events that queries are about.
const EVENTS: u64 = 6;

/// The arguments of `twosource search`, a list each: ten kinds of queries about each of several events that lie evenly
/// among the first `events`, `step` thousandths of a minute apart.
pub(super) fn queries(material: &Material, seed: u64, events: u64, step: u64) -> Vec<Vec<String>> {
    let about = |at: u64| {
        let number = events * (2 * at + 1) / (2 * EVENTS);
        let event = Event::new(material, seed, number, number * step / 1_000);
        about(material, &event)
    };
    (0..EVENTS).flat_map(about).collect()
}

/// Ten queries about an event.
fn about(material: &Material, event: &Event) -> Vec<Vec<String>> {
    let mut random = Random::new(event.seed ^ 0x9e4, event.number);
    let name = |slot: &str| {
        let found = event.names.iter().find(|(name, _)| *name == slot);
        found.map_or("", |(_, name)| name.as_str())
    };
    let (place, person) = (name("place"), name("person"));
    let outlet = event.reports.first().map(|report| outlet_of(material, report.outlet)).unwrap_or_default();
    let role = random.pick(&material.roles).clone();
    let day = day(event.minute);
    let [noun, other, third] = [(); 3].map(|()| random.pick(&material.nouns).as_str());
    let adjective = random.pick(&material.adjectives);
    let start: String = noun.chars().take(4).collect();
    let plain = [
        noun.to_owned(),
        format!("{noun} AND {other}"),
        format!("({noun} OR {other}) NOT {third}"),
        format!("\"{adjective} {noun}\""),
        format!("{start}* {other}"),
        format!("\"{place}\""),
        format!("name:\"{person}\""),
        format!("{noun} AND outlet:\"{outlet}\" since:{day}"),
        format!("title:{noun} OR origin:\"{role}\""),
    ];
    let ranked = vec!["--sort".to_owned(), "relevance".to_owned(), format!("{noun} {other} until:{day}")];
    plain.map(|query| vec![query]).into_iter().chain([ranked]).collect()
}
