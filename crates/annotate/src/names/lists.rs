//! Word lists of a language: text files of `[sections]` with comments, entries separated by commas or white space.

use crate::word_map::WordMap;

/// The sections of one or several list files by name. A section without a comma holds words, one with commas holds
/// phrases; all are kept in lower case.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// Each section's bit, by name; asked for with every word.
    sections: WordMap<Sections>,
    /// The sections of each entry.
    entries: WordMap<Sections>,
    /// The names of the sections by the place of their bits.
    names: Vec<&'static str>,
}

/// A set of sections, a bit each; there are far fewer than 128.
pub(crate) type Sections = u128;

impl Lists {
    /// Reads list files that are part of the program.
    pub(crate) fn new(files: &[&'static str]) -> Self {
        let mut lists = Lists::default();
        for file in files {
            lists.read(file);
        }
        lists
    }

    fn read(&mut self, file: &'static str) {
        let mut section = 0;
        for line in file.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                section = self.section(name);
                continue;
            }
            let mut add = |entry| *self.entries.entry(entry).or_default() |= section;
            match line.contains(',') {
                true => line.split(',').map(str::trim).filter(|entry| !entry.is_empty()).for_each(&mut add),
                false => line.split_whitespace().for_each(&mut add),
            }
        }
    }

    fn section(&mut self, name: &'static str) -> Sections {
        let next = Sections::checked_shl(1, self.names.len() as u32).unwrap_or_default();
        let names = &mut self.names;
        *self.sections.entry(name).or_insert_with(|| {
            names.push(name);
            next
        })
    }

    /// Whether `entry` (lower case) is in the section.
    pub(crate) fn has(&self, section: &str, entry: &str) -> bool {
        self.among(self.of(entry), section)
    }

    /// Whether the section is one of some. Most words are in none, which costs nothing.
    pub(crate) fn among(&self, sections: Sections, section: &str) -> bool {
        sections != 0 && self.sections.get(section).is_some_and(|section| sections & section != 0)
    }

    /// The sections that hold `entry` (lower case).
    pub(crate) fn of(&self, entry: &str) -> Sections {
        self.entries.get(entry).copied().unwrap_or_default()
    }

    /// The set of the sections called so.
    pub(crate) fn set(&self, names: &[&str]) -> Sections {
        names.iter().filter_map(|&name| self.sections.get(name)).fold(0, |set, section| set | section)
    }

    /// The entries of a section, sorted.
    pub(crate) fn entries_of(&self, section: &str) -> Vec<&'static str> {
        let wanted = self.set(&[section]);
        let mut found: Vec<_> =
            self.entries.iter().filter(|(_, sections)| **sections & wanted != 0).map(|(entry, _)| *entry).collect();
        found.sort_unstable();
        found
    }

    /// The names of a set of sections, in the order of the files.
    pub(crate) fn named(&self, mut sections: Sections) -> impl Iterator<Item = &'static str> {
        std::iter::from_fn(move || {
            let bit = sections.trailing_zeros() as usize;
            sections &= sections.wrapping_sub(1);
            self.names.get(bit).copied()
        })
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
