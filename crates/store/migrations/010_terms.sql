-- Every word of the index. The beginning of a word is looked for as the words it begins, each read from the newest row
-- on; without them FTS5 would first merge all rows of all of them. A word that no article holds any more may stay.
CREATE TABLE terms (
    term TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE terms_so_far USING fts5vocab (words, row);
INSERT INTO terms SELECT term FROM terms_so_far;
DROP TABLE terms_so_far;
