//! One article to its annotations: a pure function of the article and a small configuration.
//!
//! [`annotate`] reads like a table of contents: sentences and tokens first, then what stands in them. No stage sees
//! a second article, and no text makes any of them fail. A language is data (`data/<code>/`) plus a case file
//! (`cases/<code>/`).

mod attributions;
mod clauses;
mod document;
mod languages;
mod lexicon;
mod names;
mod numerals;
mod pieces;
mod quantities;
mod sentences;
mod times;
mod tokens;
mod word_map;

pub use document::Document;
#[doc(hidden)]
pub use names::{Example, name_examples};
pub use tokens::{Token, TokenKind};

use sentences::MOST_BYTES;
use twosource_model::{Annotated, Article};

/// What annotation needs to know besides the article.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The day relative dates count from where the article itself has no date, `YYYY-MM-DD`: the day of the other
    /// reports of its story.
    pub story_day: Option<String>,
    /// How far annotation goes.
    pub depth: Depth,
}

/// How far annotation goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// Sentences, names, times and quantities: what sorting articles into stories needs, at a third of the time.
    Mentions,
    /// Attributions, attitudes and clauses as well.
    #[default]
    Everything,
}

/// Annotates one article by the rules of its language; one that does not state it is told by its commonest words.
pub fn annotate(mut article: Article, config: &Config) -> Annotated {
    if article.text.len() > MOST_BYTES {
        let limit = MOST_BYTES / 1000;
        note(
            &mut article,
            format!("only the first {limit} kB are annotated and compared; split the text to have it all"),
        );
    }
    let code = article.language.clone().unwrap_or_else(|| languages::identify(&article.text).to_owned());
    if code == "en" {
        return annotate_english(article, config);
    }
    let language = languages::language(&code);
    let by_wording = "compared by its wording alone";
    if code.is_empty() {
        note(&mut article, format!("written in a language that could not be told: {by_wording}"));
    } else if language.code.is_empty() {
        note(&mut article, format!("written in “{code}”, which is not annotated yet: {by_wording}"));
    } else {
        article.language = Some(code);
    }
    languages::annotate(article, config.story_day.as_deref(), language)
}

/// An article can be annotated twice; it says everything once.
fn note(article: &mut Article, message: String) {
    if !article.diagnostics.contains(&message) {
        article.diagnostics.push(message);
    }
}

fn annotate_english(article: Article, config: &Config) -> Annotated {
    let document = Document::new(&article);
    let names = names::names(&document);
    let mut times = times::times(&document, config.story_day.as_deref());
    times.retain(|time| !names.has_inside(time.span));
    let quantities = quantities::quantities(&document, &times);
    let (attributions, attitudes) = match config.depth {
        Depth::Mentions => Default::default(),
        Depth::Everything => attributions::attributions(&document, &names),
    };
    let clauses = match config.depth {
        Depth::Mentions => Vec::new(),
        Depth::Everything => clauses::clauses(&document, &attributions),
    };
    Annotated {
        sentences: document.sentences,
        mentions: names.mentions,
        entities: names.entities,
        times,
        quantities,
        attributions,
        attitudes,
        clauses,
        article,
    }
}
