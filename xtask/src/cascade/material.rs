//! What reports are made of: `data/cascade/*.txt`.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};

/// Everything invented.
#[derive(Debug)]
pub(super) struct Material {
    /// The stories.
    pub(super) stories: Vec<Story>,
    /// Outlets, the agencies last.
    pub(super) outlets: Vec<Outlet>,
    /// Sets of words that stand for one another.
    pub(super) words: Vec<Vec<String>>,
    /// Words that keep their capital inside a sentence.
    pub(super) names: BTreeSet<String>,
}

/// One story.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) day: String,
    pub(super) weekday: String,
    pub(super) place: String,
    pub(super) captions: Vec<String>,
    pub(super) more: Vec<String>,
    pub(super) headlines: Vec<String>,
    /// Two spellings of a name.
    pub(super) names: Vec<(String, String)>,
    /// Papers an outlet may have seen.
    pub(super) seen: Vec<String>,
    /// People who may have spoken to it.
    pub(super) told: Vec<String>,
    /// The lead first.
    pub(super) facts: Vec<Fact>,
}

/// What a sentence says.
#[derive(Debug)]
pub(super) struct Fact {
    pub(super) kind: FactKind,
    /// Wordings for whose word it is; empty where nobody is named.
    pub(super) sources: Vec<String>,
    /// Independent wordings; of [`FactKind::Own`] things said.
    pub(super) wordings: Vec<String>,
}

/// Kinds of facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FactKind {
    /// What the story is about.
    Lead,
    /// Anything else anybody can report.
    Fact,
    /// Words in quotation marks, the same in every report.
    Quote,
    /// What people told one outlet alone.
    Own,
}

/// An outlet or agency.
#[derive(Debug)]
pub(super) struct Outlet {
    pub(super) name: String,
    /// How others call it.
    pub(super) short: String,
    /// Its name in the brackets of agency copy.
    pub(super) dateline: Option<String>,
}

/// Reads the files; a malformed line fails.
pub(super) fn material() -> Result<Material> {
    let stories = stories(include_str!("../../data/cascade/stories.txt"))?;
    let mut material = Material {
        outlets: outlets(include_str!("../../data/cascade/outlets.txt"))?,
        words: lines(include_str!("../../data/cascade/words.txt")).map(bars).collect(),
        names: names(&stories),
        stories,
    };
    material.outlets.sort_by_key(|outlet| outlet.dateline.is_some());
    Ok(material)
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn bars(line: &str) -> Vec<String> {
    line.split('|').map(|part| part.trim().to_owned()).collect()
}

fn outlets(text: &str) -> Result<Vec<Outlet>> {
    let outlet = |line| {
        let parts = bars(line);
        let [name, short, dateline @ ..] = &parts[..] else { bail!("outlets.txt: “{line}”") };
        Ok(Outlet { name: name.clone(), short: short.clone(), dateline: dateline.first().cloned() })
    };
    lines(text).map(outlet).collect()
}

fn stories(text: &str) -> Result<Vec<Story>> {
    let mut stories: Vec<Story> = Vec::new();
    for line in lines(text) {
        if line.starts_with("== ") {
            stories.push(Story::default());
            continue;
        }
        let story = stories.last_mut().with_context(|| format!("stories.txt: before the first story: “{line}”"))?;
        match line.strip_prefix("-- ") {
            Some(fact) => story.facts.push(self::fact(fact)?),
            None if story.facts.is_empty() => header(story, line)?,
            None => story.facts.last_mut().context("no fact")?.wordings.push(line.to_owned()),
        }
    }
    Ok(stories)
}

fn fact(line: &str) -> Result<Fact> {
    let mut parts = bars(line);
    let kind = match parts.remove(0).as_str() {
        "lead" => FactKind::Lead,
        "fact" => FactKind::Fact,
        "quote" => FactKind::Quote,
        "own" => FactKind::Own,
        other => bail!("stories.txt: no kind of fact: “{other}”"),
    };
    parts.retain(|source| source != "-");
    Ok(Fact { kind, sources: parts, wordings: Vec::new() })
}

fn header(story: &mut Story, line: &str) -> Result<()> {
    let (key, value) = line.split_once(": ").with_context(|| format!("stories.txt: “{line}”"))?;
    let pair = || {
        let parts = bars(value);
        let [one, other] = &parts[..] else { bail!("stories.txt: two are wanted: “{line}”") };
        Ok((one.clone(), other.clone()))
    };
    match key {
        "day" => (story.day, story.weekday) = pair()?,
        "place" => story.place = value.to_owned(),
        "caption" => story.captions.push(value.to_owned()),
        "more" => story.more.push(value.to_owned()),
        "headline" => story.headlines.push(value.to_owned()),
        "names" => story.names.push(pair()?),
        "seen" => story.seen.push(value.to_owned()),
        "told" => story.told.push(value.to_owned()),
        _ => bail!("stories.txt: “{line}”"),
    }
    Ok(())
}

/// Words that have a capital inside a sentence: names, and what stands in front of them.
fn names(stories: &[Story]) -> BTreeSet<String> {
    let facts = stories.iter().flat_map(|story| &story.facts);
    let text = facts.flat_map(|fact| fact.wordings.iter().chain(&fact.sources));
    let inside = text.flat_map(|text| text.split(NO_WORD).skip(1));
    inside.filter(|word| word.starts_with(char::is_uppercase)).map(str::to_owned).collect()
}

/// What parts words.
const NO_WORD: fn(char) -> bool = |c| !c.is_alphanumeric() && c != '-';

impl Material {
    /// A sentence as it reads behind other words: "Twelve people …" is "twelve people …".
    pub(super) fn inside(&self, core: &str) -> String {
        let first = core.split(NO_WORD).next().unwrap_or_default();
        if self.names.contains(first) { core.to_owned() } else { core.replacen(first, &first.to_lowercase(), 1) }
    }
}

/// With a capital in front.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
