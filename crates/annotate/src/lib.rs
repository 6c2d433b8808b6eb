//! One article to its annotations: a pure function of the article and a small configuration.
//!
//! [`annotate`] reads like a table of contents: sentences and tokens first, then what stands in them. No stage sees
//! a second article, and no text makes any of them fail. A language is data (`data/<code>/`) plus a case file
//! (`cases/<code>/`).

mod attributions;
mod clauses;
mod document;
mod lexicon;
mod names;
mod numerals;
mod pieces;
mod quantities;
mod sentences;
mod times;
mod tokens;

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
}

/// The language whose data is complete; a text in another one is cut into sentences and no more.
const LANGUAGE: &str = "en";

/// Annotates one article.
pub fn annotate(mut article: Article, config: &Config) -> Annotated {
    if article.text.len() > MOST_BYTES {
        let limit = MOST_BYTES / 1000;
        note(
            &mut article,
            format!("only the first {limit} kB are annotated and compared; split the text to have it all"),
        );
    }
    let other_language = article.language.clone().filter(|language| language != LANGUAGE);
    if let Some(language) = other_language {
        let message = format!("written in “{language}”, which is not annotated yet: compared by its wording alone");
        note(&mut article, message);
        let sentences = Document::new(&article).sentences;
        return Annotated { sentences, article, ..Annotated::default() };
    }
    annotate_english(article, config)
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
    let (attributions, attitudes) = attributions::attributions(&document, &names);
    let clauses = clauses::clauses(&document, &attributions);
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
