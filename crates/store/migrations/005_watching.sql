-- How often a feed is fetched, in seconds; nothing for the usual.
ALTER TABLE feeds ADD COLUMN every INTEGER;

-- Pages that feeds named: canonical, since a feed forgets what it named. A page stands here before its feed is noted as
-- fetched, so that no kill loses one.
CREATE TABLE pages (
    url TEXT PRIMARY KEY,
    feed TEXT NOT NULL,            -- the feed that named it first
    seen_at TEXT NOT NULL,         -- RFC 3339, UTC, to the second, as are all moments here
    next_at TEXT,                  -- when it is to be fetched; nothing where that is over
    fetches INTEGER NOT NULL,      -- how often it was fetched
    failures INTEGER NOT NULL,     -- failures in a row
    etag TEXT,
    last_modified TEXT,
    message TEXT                   -- what a person should know about it
) STRICT, WITHOUT ROWID;
CREATE INDEX pages_by_time ON pages (next_at) WHERE next_at IS NOT NULL;
