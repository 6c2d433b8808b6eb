-- Who may use the server from elsewhere: names of tokens with their roles, and of the tokens themselves a hash only.
CREATE TABLE tokens (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,            -- read, add, admin
    hash BLOB NOT NULL UNIQUE,     -- SHA-256 of the token, which is random and long: there is nothing to guess
    made_at TEXT NOT NULL          -- RFC 3339
) STRICT, WITHOUT ROWID;
