//! Near duplicates and shared passages as JSON Lines, CSV or text, with passim's names for what a row says.

use std::fmt::Write;

use serde::Serialize;

use crate::csv::row;
use crate::words::one_line;

/// An article that has near duplicates, or a passage of one that others share.
#[derive(Clone, Debug, PartialEq)]
pub struct Reprint<'a> {
    /// Its id.
    pub id: &'a str,
    /// The smallest id of an article in its cluster; of passages with the place where it begins.
    pub cluster: &'a str,
    /// Articles or passages of the cluster.
    pub size: usize,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// When.
    pub published: Option<&'a str>,
    /// The passage, where it is one.
    pub quoted: Option<Quoted<'a>>,
    /// What it shares with the earlier article most like it, from which it may be taken; `None` of the first.
    pub source: Option<Shared<'a>>,
    /// What it shares with each article it was compared with.
    pub pairs: Vec<Shared<'a>>,
}

/// A passage of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// Where it begins and ends, in code points.
    pub span: (usize, usize),
    /// Its words.
    pub words: &'a str,
}

/// What an article shares with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shared<'a> {
    /// The id of the other.
    pub id: &'a str,
    /// The shared passage in the article: where it begins and ends, in code points.
    pub span: (usize, usize),
    /// The shared passage in the other.
    pub there: (usize, usize),
    /// Share of the shingles of the two, or of the words of the longer passage, that both have: 0 to 1.
    pub score: f64,
}

/// How near duplicates are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DuplicateFormat {
    /// One JSON object a line.
    Jsonl,
    /// A row an article.
    Csv,
    /// For a terminal.
    Text,
}

/// Articles that have near duplicates, or passages, those of a cluster behind one another, the earliest first.
pub fn duplicates(reprints: &[Reprint<'_>], format: DuplicateFormat) -> String {
    match format {
        DuplicateFormat::Jsonl => reprints.iter().map(line).collect(),
        DuplicateFormat::Csv => csv(reprints),
        DuplicateFormat::Text => text(reprints),
    }
}

impl Reprint<'_> {
    /// The passage itself; of an article the one it shares with its source, or, of the first, with the one most like it.
    fn span(&self) -> (usize, usize) {
        if let Some(quoted) = &self.quoted {
            return quoted.span;
        }
        let most = self.pairs.iter().max_by(|x, y| x.score.total_cmp(&y.score));
        self.source.as_ref().or(most).map_or((0, 0), |shared| shared.span)
    }
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    cluster: &'a str,
    size: usize,
    begin: usize,
    end: usize,
    /// The words of a passage.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    /// As passim: the passages it may come from.
    src: Vec<Source<'a>>,
    pairs: Vec<Source<'a>>,
    outlet: Option<&'a str>,
    published: Option<&'a str>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    begin: usize,
    end: usize,
    score: f64,
}

impl<'a> Source<'a> {
    fn of(shared: &Shared<'a>) -> Self {
        let score = (shared.score * 10_000.0).round() / 10_000.0;
        Source { id: shared.id, begin: shared.there.0, end: shared.there.1, score }
    }
}

/// Plain structures of strings and numbers have no way to fail.
fn line(reprint: &Reprint<'_>) -> String {
    let (begin, end) = reprint.span();
    let line = Line {
        id: reprint.id,
        cluster: reprint.cluster,
        size: reprint.size,
        begin,
        end,
        text: reprint.quoted.map(|quoted| quoted.words),
        src: reprint.source.iter().map(Source::of).collect(),
        pairs: reprint.pairs.iter().map(Source::of).collect(),
        outlet: reprint.outlet,
        published: reprint.published,
    };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn csv(reprints: &[Reprint<'_>]) -> String {
    let mut out = String::new();
    let columns = ["id", "cluster", "size", "begin", "end", "src", "score", "outlet", "published"].map(str::to_owned);
    let quotes = reprints.iter().any(|reprint| reprint.quoted.is_some());
    row(&mut out, columns.into_iter().chain(quotes.then(|| "text".to_owned())));
    for reprint in reprints {
        let (begin, end) = reprint.span();
        let (src, score) =
            reprint.source.map_or(("", String::new()), |source| (source.id, format!("{:.4}", source.score)));
        let outlet = reprint.outlet.unwrap_or_default();
        let published = reprint.published.unwrap_or_default();
        let [size, begin, end] = [reprint.size, begin, end].map(|number| number.to_string());
        let cells = [reprint.id, reprint.cluster, &size, &begin, &end, src, &score, outlet, published];
        row(&mut out, cells.into_iter().chain(reprint.quoted.map(|quoted| quoted.words)).map(str::to_owned));
    }
    out
}

fn text(reprints: &[Reprint<'_>]) -> String {
    let mut out = String::new();
    for cluster in reprints.chunk_by(|one, other| one.cluster == other.cluster) {
        let _ = match cluster.first().and_then(|first| first.quoted) {
            Some(quoted) => writeln!(out, "{} passages are alike\n  “{}”", cluster.len(), one_line(quoted.words)),
            None => writeln!(out, "{} articles are nearly one text", cluster.len()),
        };
        for reprint in cluster {
            let about = [reprint.published, reprint.outlet].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let about = if about.is_empty() { about } else { format!(" ({about})") };
            let likeness = reprint.source.map(|source| format!(": {:.0} % of {}", 100.0 * source.score, source.id));
            let place = reprint.quoted.map(|quoted| format!(" at {}–{}", quoted.span.0, quoted.span.1));
            let said = format!("{}{about}{}{}", reprint.id, place.unwrap_or_default(), likeness.unwrap_or_default());
            let _ = writeln!(out, "  {}", one_line(&said));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<Reprint<'static>> {
        let shared = |id, span, there| Shared { id, span, there, score: 0.75 };
        let (one, other) = (shared("b", (0, 90), (4, 94)), shared("a", (4, 94), (0, 90)));
        let reprint = |id, source, pair, outlet| Reprint {
            id,
            cluster: "a",
            size: 2,
            outlet,
            published: Some("2026-01-05"),
            quoted: None,
            source,
            pairs: vec![pair],
        };
        vec![reprint("a", None, one, None), reprint("b", Some(other), other, Some("Nova Post"))]
    }

    #[test]
    fn a_line_has_the_names_of_passim() {
        let lines = duplicates(&example(), DuplicateFormat::Jsonl);
        let second: serde_json::Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
        assert_eq!(
            (&second["cluster"], &second["size"], &second["begin"], &second["end"]),
            (&"a".into(), &2.into(), &4.into(), &94.into())
        );
        assert_eq!(second["src"][0], serde_json::json!({ "id": "a", "begin": 0, "end": 90, "score": 0.75 }));
    }

    #[test]
    fn a_passage_is_quoted() {
        let [mut first, mut second]: [Reprint<'static>; 2] = example().try_into().expect("two");
        first.quoted = Some(Quoted { span: (0, 12), words: "Nova,\nquoted" });
        second.quoted = Some(Quoted { span: (4, 16), words: "Nova, quoted" });
        let passages = [first, second];
        let line = duplicates(&passages, DuplicateFormat::Jsonl);
        let first: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
        assert_eq!((&first["begin"], &first["end"], &first["text"]), (&0.into(), &12.into(), &"Nova,\nquoted".into()));
        assert_eq!(
            duplicates(&passages, DuplicateFormat::Text),
            "2 passages are alike\n  “Nova, quoted”\n  a (2026-01-05) at 0–12\n  \
             b (2026-01-05, Nova Post) at 4–16: 75 % of a\n\n"
        );
        let rows = duplicates(&passages, DuplicateFormat::Csv);
        assert!(rows.starts_with("id,cluster,size,begin,end,src,score,outlet,published,text"));
        assert!(rows.trim_end().ends_with("b,a,2,4,16,a,0.7500,Nova Post,2026-01-05,\"Nova, quoted\""));
    }

    #[test]
    fn text_and_rows() {
        let text = duplicates(&example(), DuplicateFormat::Text);
        assert_eq!(
            text,
            "2 articles are nearly one text\n  a (2026-01-05)\n  b (2026-01-05, Nova Post): 75 % of a\n\n"
        );
        let rows = duplicates(&example(), DuplicateFormat::Csv);
        assert_eq!(rows.lines().nth(2), Some("b,a,2,4,94,a,0.7500,Nova Post,2026-01-05"));
    }
}
