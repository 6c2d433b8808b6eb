//! Who may use the server from elsewhere.

use std::fmt;
use std::str::FromStr;

use rusqlite::{OptionalExtension, params};
use twosource_model::Instant;

use crate::{Error, Store};

/// Tokens of a store at most.
pub const MOST_TOKENS: usize = 1_000;

/// What somebody may do; each role may do what those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Read everything.
    Read,
    /// Add articles.
    Add,
    /// Change feeds, outlets, stories and notices.
    Admin,
}

impl Role {
    /// The roles, the least first.
    pub const ALL: [Role; 3] = [Role::Read, Role::Add, Role::Admin];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Read => "read",
            Role::Add => "add",
            Role::Admin => "admin",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Role, String> {
        let role = Role::ALL.into_iter().find(|role| role.as_str() == word);
        role.ok_or_else(|| format!("{word}: no role; give read, add or admin"))
    }
}

/// A token as it is kept: whoever reads the store cannot use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Whose it is.
    pub name: String,
    /// What it allows.
    pub role: Role,
    /// SHA-256 of it.
    pub hash: [u8; 32],
    /// When it was made.
    pub made_at: Instant,
}

impl Store {
    /// The tokens by name.
    pub fn tokens(&self) -> Result<Vec<Token>, Error> {
        let mut statement =
            self.connection.prepare_cached("SELECT name, role, hash, made_at FROM tokens ORDER BY name")?;
        let mut rows = statement.query([])?;
        let mut tokens = Vec::new();
        while let Some(row) = rows.next()? {
            let unreadable = |name: &str| Error::Unreadable { what: format!("the token {name}") };
            let name: String = row.get(0)?;
            let role = row.get::<_, String>(1)?.parse().map_err(|_| unreadable(&name))?;
            let made_at = Instant::new(&row.get::<_, String>(3)?).ok_or_else(|| unreadable(&name))?;
            tokens.push(Token { name, role, hash: row.get(2)?, made_at });
        }
        Ok(tokens)
    }

    /// Keeps a token; `false`, and nothing kept, where one of its name is there or there are too many.
    pub fn put_token(&mut self, token: &Token) -> Result<bool, Error> {
        let added = self.connection.execute(
            "INSERT INTO tokens (name, role, hash, made_at) SELECT ?1, ?2, ?3, ?4
             WHERE (SELECT count(*) FROM tokens) < ?5 ON CONFLICT (name) DO NOTHING",
            params![token.name, token.role.as_str(), token.hash, token.made_at.as_str(), MOST_TOKENS as i64],
        )?;
        Ok(added > 0)
    }

    /// Takes a token away; `false` where there is none of this name.
    pub fn remove_token(&mut self, name: &str) -> Result<bool, Error> {
        Ok(self.connection.execute("DELETE FROM tokens WHERE name = ?1", [name])? > 0)
    }

    /// Whether there is any token.
    pub fn has_tokens(&self) -> Result<bool, Error> {
        let mut statement = self.connection.prepare_cached("SELECT 1 FROM tokens LIMIT 1")?;
        Ok(statement.query_row([], |_| Ok(())).optional()?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_by_name() {
        let mut store = Store::in_memory().expect("a store");
        let made_at = Instant::new("2031-03-04T10:00:00Z").expect("a moment");
        let token =
            |name: &str, role, hash| Token { name: name.to_owned(), role, hash: [hash; 32], made_at: made_at.clone() };
        assert!(!store.has_tokens().expect("an answer"));
        assert!(store.put_token(&token("desk", Role::Admin, 1)).expect("a token"));
        assert!(!store.put_token(&token("desk", Role::Read, 2)).expect("a token"), "names are given once");
        assert!(store.put_token(&token("anna", Role::Read, 3)).expect("a token"));
        assert_eq!(store.tokens().expect("tokens"), [token("anna", Role::Read, 3), token("desk", Role::Admin, 1)]);
        assert!(store.remove_token("anna").expect("an answer") && !store.remove_token("anna").expect("an answer"));
        assert!(store.has_tokens().expect("an answer"));
        assert!(Role::Read < Role::Add && Role::Add < Role::Admin && "owner".parse::<Role>().is_err());
    }
}
