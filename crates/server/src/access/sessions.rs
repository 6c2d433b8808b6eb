//! Who signed in with a browser. Kept in memory: a restart signs everybody out.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::secrets::{NoRandomness, hash, hex, random};

/// Seconds a session lasts.
pub(crate) const LASTS: i64 = 12 * 3_600;
/// Sessions at a time; where there are more, those that end first end now.
const MOST: usize = 10_000;

/// A browser that showed a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// The hash of the token; once it is revoked the session is over.
    pub(crate) token: [u8; 32],
    /// Unix time of its end.
    until: i64,
}

/// The sessions by the hashes of their names.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<BTreeMap<[u8; 32], Session>>);

impl Sessions {
    /// Begins a session and gives its name, which only the browser is told.
    pub(crate) fn begin(&self, token: [u8; 32], now: i64) -> Result<String, NoRandomness> {
        let name = hex(&random()?);
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.until > now);
        if sessions.len() >= MOST
            && let Some(first) = sessions.iter().min_by_key(|(_, session)| session.until).map(|(key, _)| *key)
        {
            sessions.remove(&first);
        }
        sessions.insert(hash(&name), Session { token, until: now + LASTS });
        Ok(name)
    }

    /// The session of a name, unless it is over.
    pub(crate) fn find(&self, name: &str, now: i64) -> Option<Session> {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&hash(name)).filter(|session| session.until > now).cloned()
    }

    /// Ends a session.
    pub(crate) fn end(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_end() {
        let sessions = Sessions::default();
        let name = sessions.begin([1; 32], 100).expect("a session");
        assert_eq!(sessions.find(&name, 100).map(|session| session.token), Some([1; 32]));
        assert_eq!(sessions.find(&name, 100 + LASTS), None);
        assert_eq!(sessions.find("", 100), None);
        sessions.end(&name);
        assert_eq!(sessions.find(&name, 100), None);
        for _ in 0..MOST + 5 {
            sessions.begin([1; 32], 100).expect("a session");
        }
        assert_eq!(sessions.0.lock().expect("a lock").len(), MOST);
    }
}
