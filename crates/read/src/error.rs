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
    /// A document in XML that holds no news text.
    #[error("{input}: no news text ({why}); leave it out, or give the item that holds the text")]
    NoNews {
        /// The input.
        input: String,
        /// What it holds instead.
        why: String,
    },
    /// A list of feeds instead of news.
    #[error("{input}: this is a list of feeds ({feeds} of them), not news; save the feeds and give the files")]
    FeedList {
        /// The input.
        input: String,
        /// How many feeds it names.
        feeds: usize,
    },
    /// A compressed file that does not decompress.
    #[error("{input}: the compressed data is damaged ({reason}); fetch or compress the file again")]
    Compressed {
        /// The input.
        input: String,
        /// What the decoder said.
        reason: io::Error,
    },
    /// A compressed file that becomes larger than a limit allows: a bomb, or a page of no use.
    #[error(
        "{input}: more than the limit of {} MB for a file once decompressed (from {packed} bytes, {} times as much); \
         leave it out",
        limit / 1_000_000,
        limit / (*packed).max(1)
    )]
    Grows {
        /// The input.
        input: String,
        /// The limit in bytes.
        limit: u64,
        /// How many compressed bytes had been read by then.
        packed: u64,
    },
    /// A record that holds no article.
    #[error("{input}: {why}")]
    Unusable {
        /// The input.
        input: String,
        /// What is missing or wrong, and the way out.
        why: String,
    },
    /// A record of an input that could not be read.
    #[error("{input}: {place}: skipped: {why}")]
    Record {
        /// The input.
        input: String,
        /// Where in the input, such as "line 17".
        place: String,
        /// Why not.
        why: String,
    },
    /// A table or an archive that cannot be taken apart.
    #[error("{input}: this {what} cannot be read ({reason}); fetch or write it again")]
    Container {
        /// The input.
        input: String,
        /// What it is.
        what: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A reader panicked.
    #[error("{input}: could not be read: an error in this program; please report it with the file")]
    Ours {
        /// The input.
        input: String,
    },
}

impl Error {
    /// The input, and the place, what and why, as notes keep them.
    pub(crate) fn into_note(self, input: &str) -> (String, String) {
        let message = self.to_string();
        let why = message.strip_prefix(input).and_then(|rest| rest.strip_prefix(": "));
        (input.to_owned(), why.unwrap_or(&message).to_owned())
    }
}

/// The error of an input that is larger than a limit allows.
pub(crate) fn too_large(input: &str, what: &'static str, limit: u64) -> Error {
    Error::TooLarge { input: input.to_owned(), what, limit }
}
