//! What can be said about the server, who may use it, and whom it tells.

use std::net::SocketAddr;

use clap::{Args, Subcommand};
use twosource_server::{Event, LISTEN};
use twosource_store::Role;

use super::OfStore;

/// Options of `serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// Where to listen. Port 0 takes a free one. Beyond this machine everybody needs a token.
    #[arg(long, value_name = "ADDRESS:PORT", default_value_t = LISTEN)]
    pub(crate) listen: SocketAddr,
    /// Where others reach the server, by its name or through a proxy that adds TLS. Then everybody needs a token.
    #[arg(long, value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Ask for a token on this machine too.
    #[arg(long)]
    pub(crate) by_token: bool,
    /// Write a line a request to standard error, as JSON.
    #[arg(long)]
    pub(crate) log: bool,
}

/// Options of `token`.
#[derive(Debug, Args)]
pub(crate) struct Token {
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    #[command(subcommand)]
    pub(crate) command: TokenCommand,
}

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// List whose they are, with their roles.
    List,
    /// Make one and print it, this once.
    Add {
        /// Whose it is.
        name: String,
        /// What it allows: read everything; add articles too; change everything.
        #[arg(long, default_value_t = Role::Read, value_name = "read|add|admin")]
        role: Role,
    },
    /// Take one away.
    Revoke {
        /// Whose it is.
        name: String,
    },
}

/// Options of `webhook`.
#[derive(Debug, Args)]
pub(crate) struct Webhooks {
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    #[command(subcommand)]
    pub(crate) command: WebhookCommand,
}

/// What to do with webhooks.
#[derive(Debug, Subcommand)]
pub(crate) enum WebhookCommand {
    /// List them.
    List,
    /// Add one and print its secret, this once.
    Add {
        /// The address, which must be public.
        url: String,
        /// What it is told of: new_story, second_origin, new_contradiction, silent_change; several times for several.
        #[arg(long = "event", required = true, value_name = "EVENT")]
        events: Vec<Event>,
        /// Only of stories that this search finds.
        #[arg(long, value_name = "QUERY")]
        query: Option<String>,
    },
    /// Take one away.
    Remove {
        /// Its number.
        number: u64,
    },
    /// Show its latest messages and how sending them went.
    Log {
        /// Its number.
        number: u64,
    },
}
