//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Shows what news reports of one story share, where they differ, whose word each claim rests on, and how many
/// independent origins really stand behind it.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Threads to use; 0 for one a core. The result is the same with any number.
    #[arg(long, global = true, default_value_t = 0, value_name = "N", hide_default_value = true)]
    pub(crate) threads: usize,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Lay reports side by side: claims, differences, origins, names, times.
    ///
    /// Reports of several stories are sorted into stories first. Exit codes: 0 done, 1 nothing found (one report
    /// only, or no claim in common), 2 wrong use, 3 done but some inputs could not be read.
    Compare(Compare),
    /// Read pages, feeds, archives and texts: articles with their blocks and metadata.
    Extract(Extract),
    /// Annotate articles: sentences, names, times, quantities, attributions.
    Annotate(Stage),
    /// Sort articles into stories: the id of each article and of its story.
    Cluster(Cluster),
    /// Fetch feeds, and the pages they name, into the store, again and again.
    ///
    /// Feeds are asked politely: no more often than their site likes, only for what its robots.txt allows, and again only
    /// for what changed. Pages are fetched where a feed gives a summary, and again on the days after for their revisions.
    /// Exit codes: 0 done or stopped, 1 no feed, 2 wrong use, 3 some feeds could not be had.
    Watch(Watch),
    /// List the feeds that are watched and how they are; add, remove, pause and resume them.
    Feeds(Feeds),
}

/// Where the store is.
#[derive(Debug, Args)]
pub(crate) struct StorePlace {
    /// The file of the store; by default in the folder of the platform for data.
    #[arg(long, value_name = "PATH", global = true)]
    pub(crate) store: Option<PathBuf>,
}

/// How to use the network.
#[derive(Debug, Default, Args)]
pub(crate) struct Network {
    /// Where owners of sites can reach you, told to every site: a mail address or a web address.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) contact: Option<String>,
    /// An address that is asked although it is not public, for tests.
    #[arg(long, hide = true, value_name = "IP:PORT")]
    pub(crate) allow_address: Vec<std::net::SocketAddr>,
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
    pub(crate) store: StorePlace,
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
    #[command(flatten)]
    pub(crate) store: StorePlace,
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

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// Files, folders, globs, addresses, or - for standard input: plain text, web pages, feeds, JSON Lines, web archives
    /// (WARC, WACZ), tables (Parquet); packed with gzip or Zstandard too.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Write the result into a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) network: Network,
}

/// Options of `compare`.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the comparison.
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Take all reports for one story instead of sorting them into stories.
    #[arg(long)]
    pub(crate) one_story: bool,
    /// A folder with another model of meaning: a sentence-transformers or model2vec folder, or a table of ours.
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// Options of `extract`.
#[derive(Debug, Args)]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the articles.
    #[arg(short, long, value_enum, default_value_t = Articles::Jsonl)]
    pub(crate) format: Articles,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// How text is laid out.
#[derive(Debug, Args)]
pub(crate) struct Style {
    /// Columns of the text; by default those of the terminal, else 80.
    #[arg(long, value_name = "COLUMNS")]
    pub(crate) width: Option<usize>,
    /// Whether to colour the text; `auto` colours on a terminal unless NO_COLOR is set.
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// Options of the single stages.
#[derive(Debug, Args)]
pub(crate) struct Stage {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the result.
    #[arg(short, long, value_enum, default_value_t = LineFormat::Jsonl)]
    pub(crate) format: LineFormat,
}

/// Options of `cluster`.
#[derive(Debug, Args)]
pub(crate) struct Cluster {
    #[command(flatten)]
    pub(crate) stage: Stage,
    /// A folder with another model of meaning, as for `compare`.
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
}

/// Formats of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a terminal.
    Text,
    /// The comparison document; a list of them where there are several stories.
    Json,
    /// One comparison document a line.
    Jsonl,
    /// One self-contained page.
    Html,
    /// For notes and wikis.
    Markdown,
    /// One row a statement.
    Csv,
}

/// Formats of the single stages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LineFormat {
    /// One JSON object a line.
    Jsonl,
}

/// Formats of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Articles {
    /// One JSON object a line.
    Jsonl,
    /// One JSON array.
    Json,
    /// For a terminal.
    Text,
    /// One self-contained page.
    Html,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}
