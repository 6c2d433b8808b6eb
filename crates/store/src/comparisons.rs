//! Comparisons that were made before.

use rusqlite::{OptionalExtension, params};
use twosource_model::Comparison;

use crate::form::{pack_comparison, unpack_comparison};
use crate::identity::hash_bytes;
use crate::store::sql;
use crate::{Error, Listed, Store};

/// What a comparison was made from: the contents of the reports in their order, and the program with its settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparisonKey([u8; 16]);

impl ComparisonKey {
    /// The key of the comparison of some articles by a version of the program.
    pub fn new(articles: &[Listed], version: &str) -> ComparisonKey {
        let mut parts: Vec<&[u8]> = vec![version.as_bytes()];
        let numbers: Vec<[u8; 8]> = articles.iter().map(|listed| listed.article.to_be_bytes()).collect();
        for (listed, number) in articles.iter().zip(&numbers) {
            // The same text under another date or outlet compares otherwise.
            let known = [Some(&listed.title), listed.outlet.as_ref(), listed.published.as_ref()];
            parts.extend([&number[..], &listed.hash[..]]);
            parts.extend(known.map(|value| value.map_or(&b""[..], |value| value.as_bytes())));
        }
        ComparisonKey(hash_bytes(&parts).to_be_bytes())
    }
}

/// A comparison to keep, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cached {
    key: ComparisonKey,
    story: u64,
    summary: String,
    packed: Vec<u8>,
}

impl Cached {
    /// A comparison of a story under what it was made from, with what lists show of it in the caller's own form.
    pub fn new(key: ComparisonKey, story: u64, summary: String, comparison: &Comparison) -> Cached {
        Cached { key, story, summary, packed: pack_comparison(comparison) }
    }
}

impl Store {
    /// What lists show of a comparison, as it was put.
    pub fn comparison_summary(&self, key: ComparisonKey) -> Result<Option<String>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT summary FROM comparisons WHERE key = ?1")?;
        Ok(statement.query_row([key.0], |row| row.get(0)).optional()?)
    }

    /// What lists show of the comparison that was put last of a story, whatever changed since.
    pub fn last_summary(&self, story: u64) -> Result<Option<String>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT summary FROM comparisons WHERE story = ?1 LIMIT 1")?;
        Ok(statement.query_row([sql(story)], |row| row.get(0)).optional()?)
    }

    /// A comparison as it was put.
    pub fn comparison(&self, key: ComparisonKey) -> Result<Option<Comparison>, Error> {
        let mut statement = self.connection.prepare_cached("SELECT document FROM comparisons WHERE key = ?1")?;
        let packed: Option<Vec<u8>> = statement.query_row([key.0], |row| row.get(0)).optional()?;
        Ok(packed.as_deref().and_then(unpack_comparison))
    }

    /// Keeps comparisons of stories; what was kept for the same stories before is dropped.
    pub fn put_comparisons(&mut self, comparisons: &[Cached]) -> Result<(), Error> {
        if comparisons.is_empty() {
            return Ok(());
        }
        let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for Cached { key, story, summary, packed } in comparisons {
            transaction.execute("DELETE FROM comparisons WHERE story = ?1 OR key = ?2", params![sql(*story), key.0])?;
            let put = "INSERT INTO comparisons VALUES (?1, ?2, ?3, ?4)";
            transaction.execute(put, params![key.0, sql(*story), summary, packed])?;
        }
        Ok(transaction.commit()?)
    }
}
