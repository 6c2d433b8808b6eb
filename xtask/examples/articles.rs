//! How much CPU time annotation takes: the side of `cargo xtask bench annotate` that is ours.
//!
//! `articles FILE SECONDS` takes lines `{"text": …}` into memory first, as the other side does, annotates all of them
//! again and again for about SECONDS each, and prints how many CPU seconds one pass takes: for sentences, names, times
//! and quantities, and for everything.

#[path = "../src/cpu.rs"]
mod cpu;

use cpu::cpu_seconds;
use twosource_annotate::{Config, Depth, annotate};
use twosource_model::{Article, Block, BlockKind, Span};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_default();
    let least: f64 = arguments.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(1.0);
    let mut articles = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        articles.extend(record["text"].as_str().map(article));
    }
    let mentions = a_pass(&articles, Depth::Mentions, least)?;
    let everything = a_pass(&articles, Depth::Everything, least)?;
    #[allow(clippy::print_stdout, reason = "it is what this program is for")]
    {
        println!("{mentions} {everything}");
    }
    Ok(())
}

/// An article with a paragraph a line.
fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        if !span.is_empty() {
            blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
    Article { text: text.to_owned(), blocks, ..Article::default() }
}

/// The CPU seconds of one pass over the articles, the mean of as many as take `least` seconds after a first one.
fn a_pass(articles: &[Article], depth: Depth, least: f64) -> std::io::Result<f64> {
    let config = Config { depth, ..Config::default() };
    let pass = || articles.iter().map(|article| annotate(article.clone(), &config).sentences.len()).sum::<usize>();
    let sentences = pass();
    let [before, _] = cpu_seconds()?;
    for passes in 1.. {
        assert_eq!(pass(), sentences, "one text, one annotation");
        let [now, _] = cpu_seconds()?;
        if now - before >= least {
            return Ok((now - before) / f64::from(passes));
        }
    }
    unreachable!("a pass takes time")
}
