//! What can keep the server from starting, and the way out.

use std::net::SocketAddr;

/// Anything that ends the server before it is told to stop.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Tokens are asked for, and there are none.
    #[error(
        "{address}: others may ask there, so everybody needs a token, and there is none yet; make one with: twosource \
         token add NAME --role admin"
    )]
    NoTokens {
        /// The address.
        address: SocketAddr,
    },
    /// An address of ours that makes no sense.
    #[error("--url {url}: no address of a server; write https://desk.example, without a path")]
    Url {
        /// What was given.
        url: String,
    },
    /// Nothing can be kept secret.
    #[error(transparent)]
    NoRandomness(#[from] crate::NoRandomness),
    /// The address is taken, or not allowed.
    #[error("{address}: cannot be listened on ({reason}); give another one with --listen")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        reason: std::io::Error,
    },
    /// The store cannot be opened.
    #[error(transparent)]
    Store(#[from] twosource_store::Error),
}
