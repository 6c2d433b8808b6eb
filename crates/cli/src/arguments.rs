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
    /// Find articles that are nearly one text: clusters, what each shares with its source, and how much.
    ///
    /// Exit codes: 0 done, 1 no near duplicates, 2 wrong use, 3 done but some inputs could not be read.
    Dedupe(Dedupe),
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Input {
    /// Files, folders, globs, or - for standard input: plain text, saved web pages, JSON Lines, web archives (WARC,
    /// WACZ), tables (Parquet); packed with gzip or Zstandard too.
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    /// Write the result into a file instead of standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
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

/// Options of `dedupe`.
#[derive(Debug, Args)]
pub(crate) struct Dedupe {
    #[command(flatten)]
    pub(crate) input: Input,
    /// How to print the result.
    #[arg(short, long, value_enum, default_value_t = Copies::Jsonl)]
    pub(crate) format: Copies,
}

/// Formats of near duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Copies {
    /// One JSON object an article, with passim's fields: cluster, size, begin, end, src.
    Jsonl,
    /// For a terminal.
    Text,
    /// One row an article.
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
