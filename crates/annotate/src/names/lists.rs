//! Word lists of a language: text files of `[sections]` with comments, entries separated by commas or white space.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The sections of one or several list files by name. A section without a comma holds words, one with commas holds
/// phrases; all are kept in lower case.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    sections: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// For each entry its sections as bits, in the order of `names`.
    entries: HashMap<&'static str, u64>,
    names: Vec<&'static str>,
}

impl Lists {
    /// Reads list files that are part of the program.
    pub(crate) fn new(files: &[&'static str]) -> Self {
        let mut lists = Lists::default();
        for file in files {
            lists.read(file);
        }
        for (bit, (name, entries)) in lists.sections.iter().enumerate().take(64) {
            lists.names.push(name);
            for entry in entries {
                *lists.entries.entry(entry).or_default() |= 1 << bit;
            }
        }
        lists
    }

    fn read(&mut self, file: &'static str) {
        let mut section = "";
        for line in file.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = name;
                continue;
            }
            let entries = self.sections.entry(section).or_default();
            match line.contains(',') {
                true => entries.extend(line.split(',').map(str::trim).filter(|entry| !entry.is_empty())),
                false => entries.extend(line.split_whitespace()),
            }
        }
    }

    /// The sections that hold `entry` (lower case), by name; of the first 64.
    pub(crate) fn sections_of(&self, entry: &str) -> impl Iterator<Item = &'static str> {
        let bits = self.entries.get(entry).copied().unwrap_or_default();
        self.names.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, name)| *name)
    }

    /// Whether `entry` (lower case) is in the section.
    pub(crate) fn has(&self, section: &str, entry: &str) -> bool {
        self.sections.get(section).is_some_and(|entries| entries.contains(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases() {
        let lists = Lists::new(&["# note\n[a]\none two\n[b]\nnew york, la paz,\nlima, quito\n"]);
        assert!(lists.has("a", "two") && !lists.has("b", "two"));
        assert!(["la paz", "lima", "new york", "quito"].iter().all(|place| lists.has("b", place)));
    }
}
