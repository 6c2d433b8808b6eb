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
pub use tokens::{Token, TokenKind};

use twosource_model::{Annotated, Article};

/// What annotation needs to know besides the article.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The day relative dates count from where the article itself has no date, `YYYY-MM-DD`: the day of the other
    /// reports of its story.
    pub story_day: Option<String>,
}

/// Annotates one article.
pub fn annotate(article: Article, config: &Config) -> Annotated {
    let document = Document::new(&article);
    let names = names::names(&document);
    let times = times::times(&document, config.story_day.as_deref());
    let quantities = quantities::quantities(&document, &times);
    let attributions = attributions::attributions(&document, &names);
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
    }
}
