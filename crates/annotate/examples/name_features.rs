//! Prints the names of articles with the features the classifier of their kinds sees, a line an article, for
//! `scripts/names/train.py`: `cargo run --release --example name_features -- INPUT.jsonl > OUT.jsonl`.

use std::io::Write;
use std::path::Path;

use serde_json::json;
use twosource_annotate::{Document, name_examples};
use twosource_read::{Limits, read_path};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for input in std::env::args().skip(1) {
        let read = read_path(Path::new(&input), &Limits::default()).map_err(std::io::Error::other)?;
        for article in &read.articles {
            let document = Document::new(article);
            let points = |byte: usize| article.text[..byte].chars().count();
            let names: Vec<_> = name_examples(&document)
                .iter()
                .map(|name| {
                    json!([points(name.span.start), points(name.span.end), name.form, name.features, name.words])
                })
                .collect();
            writeln!(out, "{}", json!({"id": article.id, "names": names}))?;
        }
    }
    Ok(())
}
