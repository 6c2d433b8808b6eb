//! What can be said of watching feeds.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::OfStore;

/// How to use the network.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Network {
    /// Where owners of sites can reach you, told to every site: a mail address or a web address.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,
    /// An address that is asked although it is not public, for tests.
    #[arg(long, hide = true, value_name = "IP:PORT")]
    pub(crate) allow_address: Vec<SocketAddr>,
}

/// Options of `watch`.
#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// Addresses of feeds, or files with a list of feeds in OPML or TOML; none for all that are kept in the store. What
    /// is named is kept.
    #[arg(value_name = "FEEDS")]
    pub(crate) feeds: Vec<String>,
    /// Fetch what is due once, and end.
    #[arg(long)]
    pub(crate) once: bool,
    /// How to say what each pass brought.
    #[arg(short, long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    #[command(flatten)]
    pub(crate) network: Network,
}

/// Options of `feeds`.
#[derive(Debug, Args)]
pub(crate) struct Feeds {
    #[command(subcommand)]
    pub(crate) command: Option<FeedsCommand>,
    /// How to print the list.
    #[arg(short, long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    // The fields of `OfStore`, said before or behind the command.
    /// The file of the store; by default one in the data folder of the platform.
    #[arg(long, global = true, value_name = "PATH", env = "TWOSOURCE_STORE")]
    store: Option<PathBuf>,
    /// The moment to take for now, for tests.
    #[arg(long, global = true, value_name = "RFC3339", hide = true)]
    now: Option<String>,
}

impl Feeds {
    /// Where the store is.
    pub(crate) fn of_store(&self) -> OfStore {
        OfStore { store: self.store.clone(), now: self.now.clone() }
    }
}

/// What to do with feeds.
#[derive(Debug, Subcommand)]
pub(crate) enum FeedsCommand {
    /// List them with their state.
    List,
    /// Add feeds: addresses, or files with a list in OPML or TOML.
    Add {
        /// Addresses or files.
        #[arg(required = true, value_name = "FEEDS")]
        feeds: Vec<String>,
    },
    /// Watch feeds no longer; their articles stay.
    Remove {
        /// Their addresses.
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
    },
    /// Leave feeds alone for now.
    Pause {
        /// Their addresses.
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
    },
    /// Watch feeds again that were paused or are gone.
    Resume {
        /// Their addresses.
        #[arg(required = true, value_name = "URL")]
        urls: Vec<String>,
    },
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal.
    Text,
    /// One JSON object a line.
    Json,
}
