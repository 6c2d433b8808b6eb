-- When each story last changed: a number that only grows. A story that was merged away keeps its row, so that whoever
-- follows the changes learns of it. Articles need none: the capture of the latest revision is such a number.
CREATE TABLE changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL UNIQUE
) STRICT;
INSERT INTO changes (story) SELECT id FROM stories ORDER BY last_at, id;
