//! The words of the corpus: `data/corpus/*.txt`.

use anyhow::{Context, Result, bail};

/// Everything invented.
#[derive(Debug, Default)]
pub(crate) struct Material {
    pub(super) kinds: Vec<Kind>,
    pub(super) nouns: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) adjectives: Vec<String>,
    pub(super) linkers: Vec<String>,
    pub(super) times: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) says: Vec<String>,
    pub(super) syllables: Vec<String>,
    pub(super) endings: Vec<String>,
    pub(super) outlets: Vec<String>,
}

/// A kind of events.
#[derive(Debug, Default)]
pub(super) struct Kind {
    pub(super) name: String,
    pub(super) nouns: Vec<String>,
    pub(super) titles: Vec<String>,
    pub(super) leads: Vec<String>,
}

impl Material {
    /// Reads the files; a malformed line fails.
    pub(crate) fn new() -> Result<Material> {
        let mut material =
            Material { kinds: kinds(include_str!("../../data/corpus/kinds.txt"))?, ..Material::default() };
        for line in lines(include_str!("../../data/corpus/words.txt")) {
            let (key, words) = line.split_once(": ").with_context(|| format!("words.txt: “{line}”"))?;
            *material.list(key)? = if words.contains(';') { split(words, ';') } else { split(words, ' ') };
        }
        Ok(material)
    }

    fn list(&mut self, key: &str) -> Result<&mut Vec<String>> {
        Ok(match key {
            "nouns" => &mut self.nouns,
            "verbs" => &mut self.verbs,
            "adjectives" => &mut self.adjectives,
            "linkers" => &mut self.linkers,
            "times" => &mut self.times,
            "roles" => &mut self.roles,
            "says" => &mut self.says,
            "syllables" => &mut self.syllables,
            "endings" => &mut self.endings,
            "outlets" => &mut self.outlets,
            _ => bail!("words.txt: no list “{key}”"),
        })
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn split(words: &str, at: char) -> Vec<String> {
    words.split(at).map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

fn kinds(text: &str) -> Result<Vec<Kind>> {
    let mut kinds: Vec<Kind> = Vec::new();
    for line in lines(text) {
        if let Some(name) = line.strip_prefix("== ") {
            kinds.push(Kind { name: name.to_owned(), ..Kind::default() });
            continue;
        }
        let kind = kinds.last_mut().with_context(|| format!("kinds.txt: before the first kind: “{line}”"))?;
        match line.split_once(": ") {
            Some(("nouns", words)) => kind.nouns = split(words, ' '),
            Some(("title", words)) => kind.titles.push(words.to_owned()),
            Some(("lead", words)) => kind.leads.push(words.to_owned()),
            _ => bail!("kinds.txt: “{line}”"),
        }
    }
    Ok(kinds)
}
