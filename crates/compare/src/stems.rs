//! Words to stems: what a statement is about, in a form that its wordings share.
//!
//! Function words and verbs of saying are left out, numbers stand as figures and in the way of words, and what a post
//! or a link says about itself is no part of the statement.

use rust_stemmers::{Algorithm, Stemmer};

const STOP_EN: &str = include_str!("../data/en/stop.txt");
const STOP_DE: &str = include_str!("../data/de/stop.txt");
const STOP_ES: &str = include_str!("../data/es/stop.txt");
const STOP_FR: &str = include_str!("../data/fr/stop.txt");
const STOP_AR: &str = include_str!("../data/ar/stop.txt");

/// Text to stems, in one language.
pub(crate) struct Stems {
    stemmer: Option<Stemmer>,
    stop: Vec<&'static str>,
    /// Whether an apostrophe parts words: "l'avion".
    elides: bool,
}

impl Stems {
    pub(crate) fn new(language: Option<&str>) -> Stems {
        let (algorithm, stop) = match language {
            None | Some("en") => (Some(Algorithm::English), STOP_EN),
            Some("ar") => (Some(Algorithm::Arabic), STOP_AR),
            Some("de") => (Some(Algorithm::German), STOP_DE),
            Some("es") => (Some(Algorithm::Spanish), STOP_ES),
            Some("fr") => (Some(Algorithm::French), STOP_FR),
            Some("it") => (Some(Algorithm::Italian), ""),
            Some("nl") => (Some(Algorithm::Dutch), ""),
            Some("pt") => (Some(Algorithm::Portuguese), ""),
            Some(_) => (None, ""),
        };
        let mut stop: Vec<_> = stop.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        stop.sort_unstable();
        let elides = matches!(language, Some("fr" | "it"));
        Stems { stemmer: algorithm.map(Stemmer::create), stop, elides }
    }

    /// The stems of the words of a text that say what it is about, each once, sorted.
    pub(crate) fn of(&self, text: &str) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        self.each(text, |_, of_word| stems.extend(of_word));
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// Calls `see` with every word of a text that says what it is about, in lower case, and its stems.
    pub(crate) fn each(&self, text: &str, mut see: impl FnMut(&str, Vec<String>)) {
        let mark = if self.elides { " " } else { "'" };
        let folded = text.to_lowercase().replace(['’', 'ʼ', '\''], mark);
        words(&folded)
            .filter(|word| self.stop.binary_search(word).is_err())
            .for_each(|word| see(word, self.stems_of(word)));
    }

    fn stems_of(&self, word: &str) -> Vec<String> {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return number_stems(word);
        }
        vec![self.stemmer.as_ref().map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned())]
    }
}

/// Words with their inner hyphens and apostrophes, numbers with their separators; a possessive ending is dropped.
fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '.' | ',')))
        .flat_map(|run| {
            let number = run.starts_with(|c: char| c.is_ascii_digit());
            run.split(move |c: char| !number && matches!(c, '.' | ','))
        })
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|word| !word.is_empty())
}

/// The most words of the name before a handle in a signature, and of the date after it.
const SIGNED_WORDS: usize = 6;

/// A text without the links and the signature of a post at its end ("— Anna Berg (@annaberg) May 4, 2021"): they say
/// where it stood and who posted it, and two posts of one person have them in common.
pub(crate) fn message(text: &str) -> &str {
    let mut rest = unsigned(text).trim_end();
    while let Some(last) = rest.split_whitespace().next_back().filter(|word| is_link(word)) {
        rest = rest[..rest.len() - last.len()].trim_end();
    }
    rest
}

/// A text without the name, handle and date at its end.
fn unsigned(text: &str) -> &str {
    let few = |words: &str| words.split_whitespace().count() <= SIGNED_WORDS;
    let Some((before, after)) = text.rsplit_once("(@") else { return text };
    let start = before.rfind(['—', '–']).unwrap_or(0);
    let is_signature = after.split_once(')').is_some_and(|(_, date)| few(date)) && few(&before[start..]);
    if is_signature { &text[..start] } else { text }
}

fn is_link(word: &str) -> bool {
    word.contains("://") || word.starts_with("pic.twitter.com/")
}

/// A number as it stands and, from ten thousand on, in the way of words: "3,009,611" is also "3" and "million".
fn number_stems(word: &str) -> Vec<String> {
    let whole: String = word.split('.').next().unwrap_or(word).chars().filter(char::is_ascii_digit).collect();
    let mut stems = vec![word.to_owned()];
    let scale = match whole.len() {
        5 | 6 => Some((3, "thousand")),
        7..=9 => Some((6, "million")),
        10..=12 => Some((9, "billion")),
        _ => None,
    };
    if let Some((zeros, name)) = scale {
        stems.push(whole[..whole.len() - zeros].to_owned());
        stems.push(name.to_owned());
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_leave_out_what_says_nothing() {
        let stems = Stems::new(Some("en"));
        assert_eq!(stems.of("The mayor’s plans, she said, were Planned by O’Hara."), ["mayor", "o'hara", "plan"]);
        assert_eq!(
            stems.of("3,009,611 crowns (or 3.5%) in 2015."),
            ["2015", "3", "3,009,611", "3.5", "crown", "million"]
        );
        assert_eq!(stems.of(""), Vec::<String>::new());
    }

    #[test]
    fn a_message_ends_before_links_and_signature() {
        let cases = [
            ("The quay is closed. https://nova.example/x — Anna Berg (@annaberg) May 4, 2021", "The quay is closed."),
            ("Anna Berg (@annaberg) May 4, 2021", ""),
            (
                "Berg (@annaberg) said on Tuesday that the quay was closed",
                "Berg (@annaberg) said on Tuesday that the quay was closed",
            ),
            ("See https://nova.example/x for the list", "See https://nova.example/x for the list"),
            ("(@", "(@"),
            ("", ""),
        ];
        for (text, message) in cases {
            assert_eq!(super::message(text), message);
        }
    }
}
