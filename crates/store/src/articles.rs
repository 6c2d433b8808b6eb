//! Articles as they were kept: the latest revision or an earlier one, and lists of them.

use rusqlite::{OptionalExtension, Row, params};
use twosource_model::{Article, Instant};

use crate::form::unpack_article;
use crate::identity::key_of_url;
use crate::store::{id, sql};
use crate::{Error, Store};

/// What lists show of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub article: u64,
    /// The story it is in; `None` until it is sorted into one.
    pub story: Option<u64>,
    /// Its title, or nothing.
    pub title: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The id the input gave it, or one made from where it was found.
    pub given_id: String,
    /// Its address.
    pub url: Option<String>,
    /// When it was published, as it was stated.
    pub published: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// How many revisions of it there are.
    pub revisions: u64,
    /// A hash of title and text.
    pub hash: [u8; 16],
    /// Whether a person said that it belongs to its story.
    pub pinned: bool,
}

/// A revision of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 1, 2, … in the order of recording.
    pub number: u64,
    /// When it was captured.
    pub captured_at: Option<Instant>,
    /// Whether its text is whole, as far as can be seen.
    pub complete: bool,
    /// The article as it was.
    pub article: Article,
}

const LISTED: &str =
    "SELECT id, story, title, outlet, url, published, language, revision, hash, pinned, given_id FROM articles";

impl Store {
    /// What is known of an article.
    pub fn listed(&self, article: u64) -> Result<Option<Listed>, Error> {
        let mut statement = self.connection.prepare_cached(&format!("{LISTED} WHERE id = ?1"))?;
        Ok(statement.query_row([sql(article)], listed).optional()?)
    }

    /// The articles of a story in the order of publication, those without a date last.
    pub fn articles_of(&self, story: u64) -> Result<Vec<Listed>, Error> {
        let mut statement =
            self.connection.prepare_cached(&format!("{LISTED} WHERE story = ?1 ORDER BY at IS NULL, at, id"))?;
        let articles = statement.query_map([sql(story)], listed)?;
        Ok(articles.collect::<rusqlite::Result<_>>()?)
    }

    /// The article a person means: by its number, its address, or the id the input gave (the first of several).
    pub fn find_article(&self, name: &str) -> Result<Option<u64>, Error> {
        let connection = &self.connection;
        let by_number = name.parse::<u32>().ok().map(u64::from);
        if let Some(number) = by_number.filter(|&number| self.listed(number).is_ok_and(|found| found.is_some())) {
            return Ok(Some(number));
        }
        let mut by_key = connection
            .prepare_cached("SELECT i.id FROM identities i JOIN articles a ON a.id = i.id WHERE i.key = ?1")?;
        let by_url = by_key.query_row([key_of_url(name).to_be_bytes()], |row| row.get(0)).optional()?;
        if let Some(article) = by_url {
            return Ok(Some(id(article)));
        }
        let mut by_id =
            connection.prepare_cached("SELECT min(id) FROM articles WHERE given_id = ?1 HAVING count(*) > 0")?;
        Ok(by_id.query_row([name], |row| row.get(0)).optional()?.map(id))
    }

    /// The latest revision of an article.
    pub fn article(&self, article: u64) -> Result<Article, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.body FROM articles a JOIN revisions r ON r.article = a.id AND r.number = a.revision
             WHERE a.id = ?1",
        )?;
        let body: Option<Vec<u8>> = statement.query_row([sql(article)], |row| row.get(0)).optional()?;
        unpacked(article, &body.ok_or(Error::NoArticle(article))?)
    }

    /// All revisions of an article, the earliest first.
    pub fn revisions(&self, article: u64) -> Result<Vec<Revision>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.number, c.captured_at, r.complete, r.body FROM revisions r JOIN captures c ON c.id = r.capture
             WHERE r.article = ?1 ORDER BY r.number",
        )?;
        let mut rows = statement.query([sql(article)])?;
        let mut revisions = Vec::new();
        while let Some(row) = rows.next()? {
            revisions.push(Revision {
                number: id(row.get(0)?),
                captured_at: row.get::<_, Option<String>>(1)?.as_deref().and_then(Instant::new),
                complete: row.get(2)?,
                article: unpacked(article, &row.get::<_, Vec<u8>>(3)?)?,
            });
        }
        if revisions.is_empty() { Err(Error::NoArticle(article)) } else { Ok(revisions) }
    }

    /// Numbers of articles in the order of their recording, a few at a time: those after a number.
    pub fn article_ids(&self, after: u64, most: usize) -> Result<Vec<u64>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM articles WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let ids = statement.query_map(params![sql(after), sql(most as u64)], |row| row.get(0))?;
        ids.map(|found| Ok(id(found?))).collect()
    }

    /// How many articles there are.
    pub fn count_articles(&self) -> Result<u64, Error> {
        Ok(id(self.connection.query_row("SELECT count(*) FROM articles", [], |row| row.get(0))?))
    }
}

pub(crate) fn unpacked(article: u64, body: &[u8]) -> Result<Article, Error> {
    unpack_article(body).ok_or_else(|| Error::Unreadable { what: format!("article {article}") })
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    listed_at(row, 0)
}

/// What is known of an article, from the columns of a row that begin at a place.
pub(crate) fn listed_at(row: &Row<'_>, at: usize) -> rusqlite::Result<Listed> {
    Ok(Listed {
        article: id(row.get(at)?),
        story: row.get::<_, Option<i64>>(at + 1)?.map(id),
        title: row.get(at + 2)?,
        outlet: row.get(at + 3)?,
        url: row.get(at + 4)?,
        published: row.get(at + 5)?,
        language: row.get(at + 6)?,
        revisions: id(row.get(at + 7)?),
        hash: row.get(at + 8)?,
        pinned: row.get(at + 9)?,
        given_id: row.get(at + 10)?,
    })
}
