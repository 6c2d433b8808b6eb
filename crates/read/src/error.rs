//! What can keep an input from being read at all.

use std::io;

/// Why an input could not be read; every message names the input and the way out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system could not open or read it.
    #[error("{input}: {reason}; check the path and its permissions")]
    Io {
        /// The input.
        input: String,
        /// What the system said; part of the message, so that a chain of errors does not repeat it.
        reason: io::Error,
    },
    /// A pattern that matches no file.
    #[error("{input}: no file matches this pattern; check the folder and the pattern")]
    NoMatch {
        /// The pattern.
        input: String,
    },
    /// A folder that holds nothing to read.
    #[error(
        "{input}: the folder holds no readable file that looks like an article (.txt, .html, .json, .jsonl, …); \
         name the files themselves"
    )]
    NoFiles {
        /// The folder.
        input: String,
    },
    /// It holds nothing but white space.
    #[error("{input}: the file is empty; leave it out or give the text of the article")]
    Empty {
        /// The input.
        input: String,
    },
    /// It is larger than a limit allows.
    #[error("{input}: more than the limit of {} MB for {what}; split it or leave it out", limit / 1_000_000)]
    TooLarge {
        /// The input.
        input: String,
        /// What the limit is for.
        what: &'static str,
        /// The limit in bytes.
        limit: u64,
    },
    /// It is not text.
    #[error("{input}: this is {what}, not text; {advice}")]
    Binary {
        /// The input.
        input: String,
        /// What it looks like.
        what: &'static str,
        /// The way out.
        advice: &'static str,
    },
    /// A page without an article, or a record without text.
    #[error("{input}: no article found ({why}); save the text of the article as a .txt file instead")]
    NoArticle {
        /// The input.
        input: String,
        /// What is missing.
        why: String,
    },
    /// A compressed file that does not decompress.
    #[error("{input}: the compressed data is damaged ({reason}); fetch or compress the file again")]
    Compressed {
        /// The input.
        input: String,
        /// What the decoder said.
        reason: io::Error,
    },
}
