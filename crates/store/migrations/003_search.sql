-- Full-text search over words that were folded and stemmed outside, each apart by a space: the tokenizer has nothing
-- left to decide. Rows are numbered as articles.doc, so that the newest come first without sorting.
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, name, outlet, origin, language,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- Languages of the articles: a word of a query is searched under the stems of each.
CREATE TABLE languages (
    code TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
