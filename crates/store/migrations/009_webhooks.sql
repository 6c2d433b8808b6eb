-- Addresses that are told of events, and how telling them goes.
CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    events TEXT NOT NULL,          -- JSON: names of the events it is told of
    query TEXT,                    -- only stories that this search finds
    secret BLOB NOT NULL,          -- what its messages are signed with
    made_at TEXT NOT NULL          -- RFC 3339
) STRICT;

-- Messages, each under a key of its event so that none is sent twice.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook INTEGER NOT NULL,
    event TEXT NOT NULL,
    key TEXT NOT NULL,
    body TEXT NOT NULL,
    made_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER,               -- Unix time; NULL where it arrived or was given up
    status INTEGER,                -- of the latest answer
    message TEXT                   -- why the latest attempt failed
) STRICT;
CREATE UNIQUE INDEX deliveries_once ON deliveries (webhook, key);
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;

-- What was known of a story when its changes were last looked at.
CREATE TABLE noticed (
    story INTEGER PRIMARY KEY,
    origins INTEGER NOT NULL,
    contradictions INTEGER NOT NULL,
    captured INTEGER NOT NULL      -- the latest capture among its articles
) STRICT;
