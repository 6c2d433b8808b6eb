//! What can keep the server from starting, and the way out.

use std::net::SocketAddr;

/// Anything that ends the server before it is told to stop.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An address that other machines can reach.
    #[error(
        "{address}: other machines could read everything without a password; access by token comes first, until then \
         listen on 127.0.0.1 or [::1]"
    )]
    NotLoopback {
        /// The address.
        address: SocketAddr,
    },
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
