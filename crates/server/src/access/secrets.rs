//! Random words nobody can guess, and what is kept of them.

use ring::digest::{SHA256, digest};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use twosource_model::Instant;
use twosource_store::{Role, Token};

/// What tokens begin with, so that a leaked one can be recognised.
const MARK: &str = "twosource_";

/// No random numbers are to be had from the system: nothing can be made that would be safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random numbers, so nothing can be kept secret; start it where /dev/urandom can be read")]
pub struct NoRandomness;

/// A new token, as it is kept and as its owner has it: 256 random bits behind a mark. It cannot be shown again.
pub fn new_token(name: &str, role: Role, made_at: Instant) -> Result<(Token, String), NoRandomness> {
    let word = format!("{MARK}{}", hex(&random()?));
    Ok((Token { name: name.to_owned(), role, hash: hash(&word), made_at }, word))
}

/// 256 random bits.
pub(crate) fn random() -> Result<[u8; 32], NoRandomness> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// What is kept of a secret. Secrets here are random and long, so one round is enough (nothing can be tried out).
pub(crate) fn hash(secret: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, secret.as_bytes()).as_ref());
    bytes
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of hexadecimal digits.
pub(crate) fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    let is_hex = digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| digits.as_bytes().chunks(2).map(pair).collect()).flatten()
}

/// A key that signs what only this process gave out.
#[derive(Debug)]
pub(crate) struct Seal(hmac::Key);

impl Seal {
    /// A key nobody knows.
    pub(crate) fn new() -> Result<Seal, NoRandomness> {
        Ok(Seal(hmac::Key::new(hmac::HMAC_SHA256, &random()?)))
    }

    /// The mark of some words.
    pub(crate) fn mark(&self, words: &str) -> String {
        hex(hmac::sign(&self.0, words.as_bytes()).as_ref())
    }

    /// Whether a mark is that of some words; takes as long for a wrong one.
    pub(crate) fn is_mark(&self, words: &str, mark: &str) -> bool {
        unhex(mark).is_some_and(|mark| hmac::verify(&self.0, words.as_bytes(), &mark).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals() {
        let (seal, other) = (Seal::new().expect("a key"), Seal::new().expect("a key"));
        let mark = seal.mark("form");
        assert!(seal.is_mark("form", &mark) && !seal.is_mark("other", &mark) && !other.is_mark("form", &mark));
        for wrong in ["", "0", "zz", "é", "+1", &mark[2..]] {
            assert!(!seal.is_mark("form", wrong), "{wrong}");
        }
        assert_eq!(unhex(&hex(&[0, 17, 255])), Some(vec![0, 17, 255]));
    }

    #[test]
    fn tokens_are_kept_as_hashes() {
        let now = Instant::new("2031-03-04T10:00:00Z").expect("a moment");
        let (token, word) = new_token("desk", Role::Read, now).expect("a token");
        assert!(word.starts_with("twosource_") && word.len() == 74);
        assert_eq!(token.hash, hash(&word));
    }
}
