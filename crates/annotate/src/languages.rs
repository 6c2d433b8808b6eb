//! Languages as data: what each stage knows of the language an article is written in.
//!
//! A language is a folder of word lists (`data/<code>/`), a folder of cases (`cases/<code>/`) and a line in
//! [`language`]. English has stages of its own for names, numbers and attributions; every other language shares the
//! ones here, which take what its lists give and find less rather than guess:
//!
//! - [`names`](names::names): names by pattern: titles, known given names, legal forms, known places;
//! - [`numbers`] and [`quantities`](quantities::quantities): numbers, percentages and money;
//! - [`speech`](speech::attributions): quotations and reported speech with cue and source;
//! - [`clauses`](clauses::clauses): sentences cut at the borders of what is attributed.
//!
//! A text in a language without data is cut into sentences, its quotations are marked, and it says so.
//! How to add a language: `docs/adding-a-language.md`.

mod clauses;
mod identify;
mod names;
mod numbers;
mod quantities;
mod quotes;
mod speech;
mod splits;

use std::sync::LazyLock;

use twosource_model::{Annotated, Article};

use crate::document::Document;
use crate::sentences::Rules;
use crate::times::{self, Lexicon};

pub(crate) use identify::identify;
pub(crate) use numbers::Numbers;
pub(crate) use splits::Splits;

/// What the stages know of a language.
#[derive(Debug)]
pub(crate) struct Language {
    /// ISO 639-1.
    pub(crate) code: &'static str,
    /// Where its sentences end.
    pub(crate) sentences: Rules,
    /// How its words are cut beyond white space and signs; `None` for English.
    pub(crate) tokens: Option<Splits>,
    /// How it words times.
    pub(crate) times: Lexicon,
    /// What names, numbers and reported speech look like; `None` for English, which has stages of its own for them.
    pub(crate) patterns: Option<Patterns>,
}

/// What names, numbers and reported speech look like in a language.
#[derive(Debug)]
pub(crate) struct Patterns {
    pub(crate) names: names::Lexicon,
    pub(crate) numbers: &'static Numbers,
    pub(crate) speech: speech::Lexicon,
}

/// The data files of a language, each as it stands in its folder.
struct Files {
    code: &'static str,
    sentences: &'static str,
    tokens: &'static str,
    times: [&'static str; 3],
    numbers: &'static str,
    names: &'static str,
    speech: &'static str,
}

impl Files {
    fn read(self) -> Language {
        // Lives as long as the program, like the files it is read from.
        let numbers: &'static Numbers = Box::leak(Box::new(Numbers::new(self.numbers)));
        let names = names::Lexicon::new(self.names);
        let speech = speech::Lexicon::new(self.speech);
        Language {
            code: self.code,
            sentences: Rules::new(self.sentences),
            tokens: Some(Splits::new(self.tokens)),
            times: Lexicon::new(self.times, Some(numbers)),
            patterns: Some(Patterns { names, numbers, speech }),
        }
    }
}

/// The language of the folder `data/<code>`.
macro_rules! folder {
    ($code:literal) => {{
        static READ: LazyLock<Language> = LazyLock::new(|| {
            Files {
                code: $code,
                sentences: include_str!(concat!("../data/", $code, "/sentences_abbreviations.txt")),
                tokens: include_str!(concat!("../data/", $code, "/tokens.txt")),
                times: [
                    include_str!(concat!("../data/", $code, "/times_words.txt")),
                    include_str!(concat!("../data/", $code, "/times_patterns.txt")),
                    include_str!(concat!("../data/", $code, "/times_cues.txt")),
                ],
                numbers: include_str!(concat!("../data/", $code, "/numbers.txt")),
                names: include_str!(concat!("../data/", $code, "/names.txt")),
                speech: include_str!(concat!("../data/", $code, "/speech.txt")),
            }
            .read()
        });
        &READ
    }};
}

/// The language with a code; for any other code one that knows sentences and quotation marks alone.
pub(crate) fn language(code: &str) -> &'static Language {
    match code {
        "en" => &ENGLISH,
        "ar" => folder!("ar"),
        "de" => folder!("de"),
        "es" => folder!("es"),
        "fr" => folder!("fr"),
        _ => &OTHER,
    }
}

static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language {
    code: "en",
    sentences: Rules::new(include_str!("../data/en/sentences_abbreviations.txt")),
    tokens: None,
    times: Lexicon::new(
        [
            include_str!("../data/en/times_words.txt"),
            include_str!("../data/en/times_patterns.txt"),
            include_str!("../data/en/times_cues.txt"),
        ],
        None,
    ),
    patterns: None,
});

/// A language without data.
static OTHER: LazyLock<Language> = LazyLock::new(|| {
    let sentences = include_str!("../data/en/sentences_abbreviations.txt");
    Files { code: "", sentences, tokens: "", times: [""; 3], numbers: "", names: "", speech: "" }.read()
});

/// Annotates an article in a language other than English by its patterns.
pub(crate) fn annotate(article: Article, story_day: Option<&str>, language: &'static Language) -> Annotated {
    let document = Document::written_in(&article, language);
    let Some(patterns) = &language.patterns else { return Annotated::default() };
    let times = times::times(&document, story_day);
    let names = names::names(&document, &patterns.names);
    let quantities = quantities::quantities(&document, patterns.numbers, &times);
    let attributions = speech::attributions(&document, &patterns.speech, &names, &times);
    let clauses = clauses::clauses(&document, &attributions);
    Annotated {
        sentences: document.sentences,
        mentions: names.mentions,
        entities: names.entities,
        times,
        quantities,
        attributions,
        clauses,
        article,
        ..Annotated::default()
    }
}

#[cfg(test)]
mod tests;

/// The case files of a name with the codes of their languages.
#[cfg(test)]
macro_rules! cases {
    ($file:literal) => {
        [
            ("en", include_str!(concat!("../cases/en/", $file))),
            ("ar", include_str!(concat!("../cases/ar/", $file))),
            ("de", include_str!(concat!("../cases/de/", $file))),
            ("es", include_str!(concat!("../cases/es/", $file))),
            ("fr", include_str!(concat!("../cases/fr/", $file))),
        ]
    };
}
#[cfg(test)]
pub(crate) use cases;
