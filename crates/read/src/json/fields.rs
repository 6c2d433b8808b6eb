//! The names under which records keep what an article has, the plainest first.
//!
//! Ours; news-please (`maintext`, `date_publish`, `source_domain`); passim (`text`, `series`, `date`); schema.org in
//! JSON (`headline`, `articleBody`, `datePublished`); answers of news interfaces (`source: {name}`, `publishedAt`); and
//! columns common in corpora (`content`, `article_text`, `publication`, `publish_date`).

/// Text, as it is.
pub(super) const TEXT: &[&str] = &["text", "maintext"];
/// Names that mean other things elsewhere: read where they hold a string, as a page where the string is one.
pub(super) const OTHER_TEXT: &[&str] = &[
    "articleBody",
    "article_body",
    "article_text",
    "full_text",
    "fulltext",
    "body_text",
    "plain_text",
    "raw_text",
    "article",
    "content",
    "body",
    "story",
];
/// A whole page.
pub(super) const PAGE: &[&str] = &["html", "raw_html", "page", "content_html"];
pub(super) const ID: &[&str] = &["id", "_id", "article_id", "doc_id", "guid", "uuid"];
pub(super) const URL: &[&str] = &["url", "canonical_url", "article_url", "web_url", "webUrl", "link"];
pub(super) const TITLE: &[&str] = &["title", "headline", "article_title", "title_page"];
pub(super) const OUTLET: &[&str] = &[
    "outlet",
    "publication",
    "publisher",
    "newspaper",
    "source",
    "source_name",
    "site_name",
    "site",
    "series",
    "source_domain",
    "domain",
];
pub(super) const AGENCY: &[&str] = &["agency"];
pub(super) const LANGUAGE: &[&str] = &["language", "lang"];
pub(super) const AUTHORS: &[&str] = &["authors", "author", "creator"];
pub(super) const PUBLISHED: &[&str] = &[
    "published",
    "date_publish",
    "datePublished",
    "date_published",
    "publish_date",
    "published_date",
    "publication_date",
    "published_at",
    "publishedAt",
    "pub_date",
    "pubDate",
    "date",
];
pub(super) const MODIFIED: &[&str] = &[
    "modified",
    "date_modify",
    "dateModified",
    "date_modified",
    "modified_date",
    "updated",
    "updated_at",
    "updatedAt",
];

/// Names that only our own lines have, besides those above, and a byline.
#[cfg(feature = "parquet")]
const OWN: &[&str] = &["input", "byline", "blocks", "complete", "found", "via", "wire", "diagnostics"];

/// Whether a column of a table means something.
#[cfg(feature = "parquet")]
pub(crate) fn is_known(name: &str) -> bool {
    let lists = [ID, URL, TITLE, OUTLET, AGENCY, LANGUAGE, AUTHORS, PUBLISHED, MODIFIED, OWN];
    holds_text(name) || lists.iter().any(|list| list.contains(&name))
}

/// Whether a column of a table may hold the text of an article.
#[cfg(feature = "parquet")]
pub(crate) fn holds_text(name: &str) -> bool {
    [TEXT, OTHER_TEXT, PAGE].iter().any(|list| list.contains(&name))
}
