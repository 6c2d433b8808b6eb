//! The words of an article under which it is found.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use twosource_model::Article;

use super::stems::Stems;

/// No more of a text is searched, in bytes: as much as is annotated and compared.
const LONGEST: usize = 200_000;

/// Stands between two names, so that no phrase reaches from one into the next.
const BETWEEN: &str = "\u{e000} ";

/// Every word of an article, as it stands and as a stem.
pub(super) fn all_words(article: &Article) -> BTreeSet<String> {
    let columns = Columns::new(article, &[], &[]);
    let plain = Stems::of(None);
    let plain = plain.line(article.title.as_deref().unwrap_or_default()) + &plain.line(&article.text);
    columns.terms().chain(plain.split_ascii_whitespace()).map(str::to_owned).collect()
}

/// The words of an article, column by column, each apart by a space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Columns {
    title: String,
    body: String,
    name: String,
    outlet: String,
    origin: String,
    language: String,
}

impl Columns {
    /// The words of an article; names and origins are given as the text has them.
    pub(crate) fn new(article: &Article, names: &[&str], origins: &[&str]) -> Columns {
        let language = article.language.as_deref();
        let (stems, plain) = (Stems::of(language), Stems::of(None));
        let mut end = article.text.len().min(LONGEST);
        while !article.text.is_char_boundary(end) {
            end -= 1;
        }
        // Names are not bent: "Gates" is no gate.
        let list = |names: &[&str]| names.iter().map(|name| plain.line(name) + BETWEEN).collect::<String>();
        let credited = [article.agency.as_deref(), article.via.as_deref()];
        let origins: Vec<&str> = origins.iter().copied().chain(credited.into_iter().flatten()).collect();
        Columns {
            title: stems.line(article.title.as_deref().unwrap_or_default()),
            body: stems.line(&article.text[..end]),
            name: list(names),
            outlet: plain.line(article.outlet.as_deref().unwrap_or_default()),
            origin: list(&origins),
            language: plain.line(language.unwrap_or_default()),
        }
    }

    /// The words, as often as they stand.
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        let Columns { title, body, name, outlet, origin, language } = self;
        [title, body, name, outlet, origin, language].into_iter().flat_map(|words| words.split_ascii_whitespace())
    }

    /// Writes them under the number of a row.
    pub(crate) fn insert(&self, connection: &Connection, doc: i64) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "INSERT INTO words (rowid, title, body, name, outlet, origin, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let Columns { title, body, name, outlet, origin, language } = self;
        statement.execute(params![doc, title, body, name, outlet, origin, language]).map(|_| ())
    }
}
