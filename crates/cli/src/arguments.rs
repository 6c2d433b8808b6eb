//! What can be said on the command line.

mod serving;
mod watching;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use serving::{Serve, Token, TokenCommand, WebhookCommand, Webhooks};
pub(crate) use watching::{Feeds, FeedsCommand, ListFormat, Network, Watch};

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
    /// Find articles that are nearly one text, or passages that different outlets share: clusters, what each shares with
    /// its source, and how much.
    ///
    /// Exit codes: 0 done, 1 nothing found, 2 wrong use, 3 done but some inputs could not be read.
    Dedupe(Dedupe),
    /// Take articles into the store and sort them into stories.
    ///
    /// The same input again changes nothing; an article whose text changed becomes a revision. A run that was broken off
    /// is simply run again.
    Add(Add),
    /// Fetch feeds, and the pages they name, into the store, again and again.
    ///
    /// Feeds are asked politely: no more often than their site likes, only for what its robots.txt allows, and again only
    /// for what changed. Pages are fetched where a feed gives a summary, and again on the days after for their revisions.
    /// Exit codes: 0 done or stopped, 1 no feed, 2 wrong use, 3 some feeds could not be had.
    Watch(Watch),
    /// List the feeds that are watched and how they are; add, remove, pause and resume them.
    Feeds(Feeds),
    /// List stories, the latest first.
    Stories(Stories),
    /// Show a story: the comparison of its reports. Merge, split and pin stories.
    ///
    /// Exit codes: 0 done, 1 no such story, 2 wrong use.
    Story(Story),
    /// Show an article of the store: its text, where its metadata was found, what was found in it, its revisions.
    Article(ShowArticle),
    /// Search the articles of the store.
    ///
    /// Words, "phrases", AND, OR, NOT, (brackets), begin*, and fields: title:, text:, name:, outlet:, origin: (whose word
    /// an article gives), language:, since:2025-11-14, until:2025-11.
    Search(Search),
    /// Show the store as pages in the browser, with an API beside them.
    ///
    /// Listens on this machine only unless told otherwise, until it is told to stop (Ctrl-C).
    Serve(Serve),
    /// Serve the store as tools for an assistant, which starts this and speaks MCP on standard input and output.
    ///
    /// The store is only read.
    Mcp(OfStore),
    /// Say who may use the server from elsewhere: make, list and revoke tokens.
    Token(Token),
    /// Say whom the server tells of events: add, list and remove webhooks, and show how their messages went.
    Webhook(Webhooks),
    /// Write out what the store holds: articles, feeds, outlets and families.
    Export(Export),
    /// Take in what was exported: articles of any kind, feeds (OPML), outlets and families (TOML).
    Import(Add),
    /// Make everything anew from what was given to be read: after an update that reads or sorts better.
    Rebuild(OfStore),
    /// Look whether the store is sound.
    Check(OfStore),
}

/// Where the store is.
#[derive(Debug, Args)]
pub(crate) struct OfStore {
    /// The file of the store; by default one in the data folder of the platform.
    #[arg(long, value_name = "PATH", env = "TWOSOURCE_STORE")]
    pub(crate) store: Option<PathBuf>,
    /// The moment to take for now, for tests.
    #[arg(long, value_name = "RFC3339", hide = true)]
    pub(crate) now: Option<String>,
}

/// Options of `add` and `import`.
#[derive(Debug, Args)]
pub(crate) struct Add {
    #[command(flatten)]
    pub(crate) input: Input,
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// How to say what was taken in: a summary, or a line an article as soon as it is on disk.
    #[arg(short, long, value_enum, default_value_t = Report::Text)]
    pub(crate) format: Report,
}

/// Options of `stories`.
#[derive(Debug, Args)]
pub(crate) struct Stories {
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// Only stories with a report since then: 12h, 7d, 4w, or a day such as 2025-11-14.
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,
    /// Only stories with at least so many independent origins behind the lead claim.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) min_origins: usize,
    /// Only stories with at least so many reports.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) min_reports: u64,
    /// Only stories whose reports differ.
    #[arg(long)]
    pub(crate) differences: bool,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

/// How a list is printed.
#[derive(Debug, Args)]
pub(crate) struct Shown {
    /// How to print it.
    #[arg(short, long, value_enum, default_value_t = Listing::Text)]
    pub(crate) format: Listing,
    /// Write the result into a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// Options of `story`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct Story {
    /// The number of the story.
    #[arg(required = true, value_name = "ID")]
    pub(crate) id: Option<u64>,
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// How to print the comparison.
    #[arg(short, long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Write the result into a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// A folder with another model of meaning, as for `compare`.
    #[arg(long, value_name = "DIR")]
    pub(crate) model: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) style: Style,
    #[command(subcommand)]
    pub(crate) change: Option<StoryChange>,
}

/// Changes to stories by hand.
#[derive(Debug, Subcommand)]
pub(crate) enum StoryChange {
    /// Make one story of two; the later one's number leads to the earlier one from then on.
    Merge {
        /// A story.
        one: u64,
        /// Another.
        other: u64,
        #[command(flatten)]
        decision: Decision,
    },
    /// Split articles off a story.
    Split {
        /// The story.
        story: u64,
        /// The articles.
        #[arg(required = true)]
        articles: Vec<u64>,
        #[command(flatten)]
        decision: Decision,
    },
    /// Keep the articles of a story where they are, whatever comes.
    Pin {
        /// The story.
        story: u64,
        #[command(flatten)]
        decision: Decision,
    },
    /// Let the articles of a story be sorted again.
    Unpin {
        /// The story.
        story: u64,
        #[command(flatten)]
        decision: Decision,
    },
    /// Undo a merge or a split, by its number in the log.
    Undo {
        /// The number.
        number: u64,
        #[command(flatten)]
        decision: Decision,
    },
    /// Show what was merged and split, and why: of one story, or of all.
    Log {
        /// The story.
        story: Option<u64>,
        #[command(flatten)]
        of_store: OfStore,
        #[command(flatten)]
        shown: Shown,
    },
}

/// A decision by hand.
#[derive(Debug, Args)]
pub(crate) struct Decision {
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// Why, for the log.
    #[arg(long, value_name = "WORDS", default_value = "", hide_default_value = true)]
    pub(crate) reason: String,
}

/// Options of `article`.
#[derive(Debug, Args)]
pub(crate) struct ShowArticle {
    /// The number of the article, its address, or the id the input gave it.
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// An earlier revision.
    #[arg(long, value_name = "N")]
    pub(crate) revision: Option<u64>,
    /// What changed from each revision to the next, instead of the text of one.
    #[arg(long, conflicts_with = "revision")]
    pub(crate) revisions: bool,
    /// With --revisions: trifles too, such as punctuation and misspellings.
    #[arg(long, requires = "revisions")]
    pub(crate) trivial: bool,
    /// How to print it.
    #[arg(short, long, value_enum, default_value_t = Articles::Text)]
    pub(crate) format: Articles,
    /// Write the result into a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) style: Style,
}

/// Options of `search`.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The query; several words are one query.
    #[arg(required = true, value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// The order of the results; relevance looks at the newest ones.
    #[arg(long, value_enum, default_value_t = Order::Newest)]
    pub(crate) sort: Order,
    /// At most so many.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: usize,
    /// Leave out the first so many.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) skip: usize,
    #[command(flatten)]
    pub(crate) shown: Shown,
}

/// Options of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// What to write out.
    #[arg(value_enum, default_value_t = Exported::Articles)]
    pub(crate) what: Exported,
    #[command(flatten)]
    pub(crate) of_store: OfStore,
    /// Every revision of every article, not only the latest.
    #[arg(long)]
    pub(crate) revisions: bool,
    /// How to write articles.
    #[arg(short, long, value_enum, default_value_t = Table::Jsonl)]
    pub(crate) format: Table,
    /// Write the result into a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Exported {
    /// Articles.
    Articles,
    /// The story of each article.
    Stories,
    /// Feeds, as OPML.
    Feeds,
    /// Outlets and publisher families, as TOML.
    Outlets,
}

/// Formats of exported articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Table {
    /// One JSON object a line.
    Jsonl,
    /// A table; needs -o.
    Parquet,
}

/// The order of search results.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Order {
    /// The newest first.
    Newest,
    /// Of the newest those first that hold most of the query.
    Relevance,
}

/// Formats of lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listing {
    /// For a terminal.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// For spreadsheets.
    Csv,
    /// For notes and wikis.
    Markdown,
}

/// Formats of what was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Report {
    /// A summary in words.
    Text,
    /// A summary as one JSON object.
    Json,
    /// One JSON object an article.
    Jsonl,
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
    /// A file with outlets and publisher families of yours, as `export outlets` writes it; an outlet counts once under
    /// all its names, and a family counts once. May be given several times.
    #[arg(long, value_name = "FILE", visible_alias = "families")]
    pub(crate) outlets: Vec<PathBuf>,
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

/// Options of `dedupe`.
#[derive(Debug, Args)]
pub(crate) struct Dedupe {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the result.
    #[arg(short, long, value_enum, default_value_t = Copies::Jsonl)]
    pub(crate) format: Copies,
    /// Find passages that articles of different outlets share, however different they are otherwise. What more than a
    /// hundred articles have is boilerplate and left out.
    #[arg(long)]
    pub(crate) passages: bool,
    /// With --passages: the fewest words that a passage shares; at least 16.
    #[arg(long, value_name = "N", default_value_t = 20, requires = "passages")]
    pub(crate) words: usize,
}

/// Formats of near duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Copies {
    /// One JSON object an article or passage, with passim's fields: cluster, size, begin, end, src.
    Jsonl,
    /// For a terminal.
    Text,
    /// One row an article or passage.
    Csv,
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
    /// Linked data: schema.org, W3C PROV, Web Annotation.
    Jsonld,
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
