-- What was given to be read and what was decided by hand: the canonical data, never made anew.

-- One thing that was read: a page, a line of JSON, a record of an archive; enough to read it again.
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL,            -- 16 bytes over format, head, bytes and web address
    input TEXT NOT NULL,           -- file or address it came from
    place TEXT,                    -- where in the input: "line 17"
    format TEXT NOT NULL,          -- how it is to be read
    head TEXT,                     -- what the reader needs besides the bytes
    body BLOB NOT NULL,            -- the bytes, packed with Zstandard
    captured_at TEXT,              -- RFC 3339
    fetched INTEGER NOT NULL       -- 1 where it is the state of an address at that moment
) STRICT;
CREATE INDEX captures_by_hash ON captures (hash);

-- The number of each article, which lasts, and the order in which articles were sorted into stories.
CREATE TABLE identities (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE,      -- 16 bytes over its address, else outlet and id, else outlet and text
    place INTEGER UNIQUE           -- 1, 2, ... in the order of sorting
) STRICT;

-- Merges, splits and pins by hand.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    after_place INTEGER NOT NULL,  -- how many articles were sorted before it
    kind TEXT NOT NULL,            -- merge, split, pin, unpin, undo
    story INTEGER NOT NULL,        -- the story that the articles come from, or that is pinned
    into_story INTEGER NOT NULL,   -- the story they go to
    articles TEXT NOT NULL,        -- JSON: articles that go
    pinned TEXT NOT NULL,          -- JSON: articles that stay where they are from now on
    reason TEXT NOT NULL,
    made_at TEXT
) STRICT;

-- Outlets and publisher families of the user.
CREATE TABLE lists (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,           -- JSON
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

-- Feeds that are watched, and how fetching them goes.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    position INTEGER NOT NULL,     -- order in which they were listed
    title TEXT NOT NULL,
    site_url TEXT,
    folders TEXT NOT NULL,         -- JSON: outermost first
    etag TEXT,
    last_modified TEXT,
    next_at TEXT,                  -- RFC 3339
    failures INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'new',
    message TEXT
) STRICT, WITHOUT ROWID;

-- How far the rest has been worked out.
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;
