-- Comparisons by what they were made from: the contents of the reports and the version of the program.
CREATE TABLE comparisons (
    key BLOB PRIMARY KEY,          -- 16 bytes
    story INTEGER NOT NULL,        -- the story that they were last made for
    summary TEXT NOT NULL,         -- JSON: what lists of stories show
    document BLOB NOT NULL         -- the public document, packed
) STRICT, WITHOUT ROWID;
CREATE INDEX comparisons_of_story ON comparisons (story);
