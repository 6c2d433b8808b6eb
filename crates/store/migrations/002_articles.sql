-- What was made of the captures: all of it can be made anew.

CREATE TABLE articles (
    id INTEGER PRIMARY KEY,        -- as in identities
    doc INTEGER NOT NULL UNIQUE,   -- minute of publication and id in one number: the order of search results
    story INTEGER,                 -- NULL until it is sorted into a story
    pinned INTEGER NOT NULL DEFAULT 0,
    at INTEGER,                    -- second of publication, Unix time
    seen INTEGER,                  -- second of its first capture
    published TEXT,                -- as it was stated
    title TEXT NOT NULL,
    outlet TEXT,
    url TEXT,
    given_id TEXT NOT NULL,
    language TEXT,
    revision INTEGER NOT NULL,     -- the latest
    hash BLOB NOT NULL             -- 16 bytes over title and text of the latest
) STRICT;
CREATE INDEX articles_of_story ON articles (story);
CREATE INDEX articles_by_given_id ON articles (given_id);
CREATE INDEX articles_pending ON articles (at IS NULL, at, id) WHERE story IS NULL;

CREATE TABLE revisions (
    article INTEGER NOT NULL,
    number INTEGER NOT NULL,       -- 1, 2, ... in the order of recording
    capture INTEGER NOT NULL,
    position INTEGER NOT NULL,     -- which of the articles of the capture
    hash BLOB NOT NULL,
    complete INTEGER NOT NULL,
    body BLOB NOT NULL             -- the article, packed
) STRICT;
CREATE UNIQUE INDEX revisions_of_article ON revisions (article, number);
CREATE INDEX revisions_of_capture ON revisions (capture);

-- What clustering looks at, as it stood when the article was sorted.
CREATE TABLE profiles (
    article INTEGER PRIMARY KEY,
    day INTEGER,                   -- days since 1970-01-01
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX profiles_by_day ON profiles (day);

-- Stories that have articles.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY,
    articles INTEGER NOT NULL,
    first_at INTEGER NOT NULL,     -- seconds of the first and the last of its articles
    last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stories_by_last ON stories (last_at);

-- Every merge and split with its reason.
CREATE TABLE story_log (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    story INTEGER NOT NULL,
    into_story INTEGER NOT NULL,
    articles TEXT NOT NULL,        -- JSON: articles that went
    reason TEXT NOT NULL,
    by_hand INTEGER NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0
) STRICT;
