-- Whether a story's times are those of publication: reports without a date count by their capture only where none has one.
ALTER TABLE stories ADD COLUMN dated INTEGER NOT NULL DEFAULT 0;
DELETE FROM stories;
INSERT INTO stories (id, articles, first_at, last_at, dated)
    SELECT story, count(*), coalesce(min(at), min(seen), 0), coalesce(max(at), max(seen), 0), max(at IS NOT NULL)
    FROM articles WHERE story IS NOT NULL GROUP BY story;
