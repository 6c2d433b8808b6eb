//! Search over the words of all articles.
//!
//! [`Query`] reads what a person types, [`Store::search`] answers. Rows of the index are numbered by the time of
//! publication, so the newest results come first without any ranking, however many there are: a search stops as soon as
//! it has enough. Ranking by relevance looks at the newest results only.

mod columns;
mod matching;
mod query;
mod snippets;
mod stems;
mod terms;

use rusqlite::{OptionalExtension, params};
use twosource_model::Article;

use crate::articles::unpacked;
use crate::entry::first_doc;
use crate::store::id;
use crate::time::{DAY, days_since_epoch};
use crate::{Error, Listed, Store};

pub(crate) use columns::Columns;
pub use query::{Query, QueryError};
pub use snippets::Snippet;
pub(crate) use stems::words;
pub(crate) use terms::note;

use matching::Matching;
use snippets::snippet;
use terms::Terms;

/// Results that are ranked by relevance: the newest so many.
const CANDIDATES: usize = 100;

/// The order of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The newest first, those without a date last.
    #[default]
    Newest,
    /// Of the newest ones those first that hold most of what was searched for.
    Relevance,
}

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its place in the order of time: [`Store::search_before`] goes on from here.
    pub place: i64,
    /// What lists show of it.
    pub listed: Listed,
    /// Its text.
    pub text: String,
    /// The piece of the text that shows why.
    pub snippet: Snippet,
}

impl Store {
    /// The articles that answer a query: after the first `skip`, at most `most`.
    pub fn search(&self, query: &Query, sort: Sort, skip: usize, most: usize) -> Result<Vec<Hit>, Error> {
        match sort {
            Sort::Newest => {
                self.docs(query, None, skip, most)?.into_iter().map(|doc| Ok(self.hit(doc, query)?.0)).collect()
            }
            Sort::Relevance => self.ranked(query, skip, most),
        }
    }

    /// The newest articles that answer a query, of those before a place in the order of time. Going on from the place of
    /// the last one costs the same however far one is, and what is added meanwhile moves nothing.
    pub fn search_before(&self, query: &Query, before: Option<i64>, most: usize) -> Result<Vec<Hit>, Error> {
        self.docs(query, before, 0, most)?.into_iter().map(|doc| Ok(self.hit(doc, query)?.0)).collect()
    }

    /// Whether an article answers a query.
    pub fn finds(&self, query: &Query, article: u64) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached("SELECT doc FROM articles WHERE id = ?1")?;
        let doc: Option<i64> = statement.query_row([crate::store::sql(article)], |row| row.get(0)).optional()?;
        let Some(doc) = doc else { return Ok(false) };
        let before = Some(doc.saturating_add(1));
        let found = match self.docs(query, before, 0, 1) {
            // Too many words begin as one of the query does; those of the article are enough.
            Err(Error::Query(_)) => {
                let terms = Terms::of_article(&self.connection, columns::all_words(&self.latest(article)?));
                self.docs_among(query, terms, before, 0, 1)?
            }
            found => found?,
        };
        Ok(found.first() == Some(&doc))
    }

    fn ranked(&self, query: &Query, skip: usize, most: usize) -> Result<Vec<Hit>, Error> {
        let docs = self.docs(query, None, 0, CANDIDATES.max(skip.saturating_add(most)))?;
        let hits = docs.into_iter().map(|doc| self.hit(doc, query)).collect::<Result<Vec<_>, _>>()?;
        let length = |hit: &Hit| hit.text.len() as u64 / 1_000 + 4;
        let mut ranked: Vec<(u64, Hit)> = hits
            .into_iter()
            // Different words first, then how thick they stand.
            .map(|(hit, count)| (hit.snippet.hits.len() as u64 * 4 + count as u64 * 100 / length(&hit), hit))
            .collect();
        // The sort is stable: of two alike the newer one stays first.
        ranked.sort_by_key(|&(score, _)| std::cmp::Reverse(score));
        Ok(ranked.into_iter().map(|(_, hit)| hit).skip(skip).take(most).collect())
    }

    /// The rows that answer a query, the newest first.
    fn docs(&self, query: &Query, before: Option<i64>, skip: usize, most: usize) -> Result<Vec<i64>, Error> {
        self.docs_among(query, Terms::of(&self.connection), before, skip, most)
    }

    /// The same where the beginnings of words stand for those of `terms`.
    fn docs_among(
        &self,
        query: &Query,
        terms: Terms<'_>,
        before: Option<i64>,
        skip: usize,
        most: usize,
    ) -> Result<Vec<i64>, Error> {
        let from = query.since.map_or(0, |day| first_doc(i64::from(days_since_epoch(day)) * DAY));
        let to = query.until.map_or(i64::MAX, |day| first_doc((i64::from(days_since_epoch(day)) + 1) * DAY) - 1);
        let to = before.map_or(to, |before| to.min(before.saturating_sub(1)));
        let (skip, most) = (i64::try_from(skip).unwrap_or(i64::MAX), i64::try_from(most).unwrap_or(i64::MAX));
        let Some(words) = &query.words else {
            let mut statement = self.connection.prepare_cached(
                "SELECT doc FROM articles WHERE doc BETWEEN ?1 AND ?2 ORDER BY doc DESC LIMIT ?3 OFFSET ?4",
            )?;
            let docs = statement.query_map(params![from, to, most, skip], |row| row.get(0))?;
            return Ok(docs.collect::<rusqlite::Result<_>>()?);
        };
        let expression = Matching::new(query, &self.languages()?, terms).expression(words)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT rowid FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC
             LIMIT ?4 OFFSET ?5",
        )?;
        let docs = statement.query_map(params![expression, from, to, most, skip], |row| row.get(0))?;
        Ok(docs.collect::<rusqlite::Result<_>>()?)
    }

    /// The languages of the articles.
    pub fn languages(&self) -> Result<Vec<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT code FROM languages ORDER BY code")?;
        let codes = statement.query_map([], |row| row.get(0))?;
        Ok(codes.collect::<rusqlite::Result<_>>()?)
    }

    /// What a row of the index stands for, with how often what was searched for stands in its text.
    fn hit(&self, doc: i64, query: &Query) -> Result<(Hit, usize), Error> {
        let article = id(doc & 0xffff_ffff);
        let listed = self.listed(article)?.ok_or(Error::NoArticle(article))?;
        let found = self.latest(article)?;
        let (snippet, count) = snippet(&found, query.words.as_ref());
        Ok((Hit { place: doc, listed, text: found.text, snippet }, count))
    }

    /// The latest revision of an article.
    fn latest(&self, article: u64) -> Result<Article, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT body FROM revisions WHERE article = ?1 ORDER BY number DESC LIMIT 1")?;
        let body: Vec<u8> = statement.query_row([crate::store::sql(article)], |row| row.get(0))?;
        unpacked(article, &body)
    }
}
