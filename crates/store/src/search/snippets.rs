//! Which words of an article to show beside a search result.

use twosource_model::{Article, Span};

use super::matching::is_bent;
use super::query::{Expression, Term};
use super::stems::{Stems, words};

/// Bytes of a snippet.
const LENGTH: usize = 240;

/// Words of a text that are looked at.
const MOST_WORDS: usize = 40_000;

/// A piece of an article's text that shows why it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, within one block.
    pub span: Span,
    /// The words of the query in it, in text order.
    pub hits: Vec<Span>,
}

/// A word of a text: where it stands, its stem, and it alone.
struct Word {
    span: Span,
    stem: String,
    plain: String,
}

/// What is looked for, in the stems of the language of one text.
struct Sought {
    words: Vec<String>,
    is_bent: bool,
    is_prefix: bool,
}

/// The piece of the text that holds most of what was searched for, the first of several; its beginning where it holds
/// none of it. With how often what was searched for stands in the text.
pub(crate) fn snippet(article: &Article, expression: Option<&Expression>) -> (Snippet, usize) {
    let stems = Stems::of(article.language.as_deref());
    let plain = Stems::of(None);
    let mut terms = Vec::new();
    expression.iter().for_each(|expression| wanted(expression, &mut terms));
    let sought: Vec<Sought> = terms.iter().map(|term| Sought::of(term, &stems, &plain)).collect();
    let text = &article.text;
    let found: Vec<Word> = words(text)
        .take(MOST_WORDS)
        .map(|span| Word { span, stem: stems.stem(span.of(text)), plain: plain.stem(span.of(text)) })
        .collect();
    let mut hits: Vec<(Span, usize)> = Vec::new();
    for (which, sought) in sought.iter().enumerate() {
        hits.extend(sought.hits(&found).map(|span| (span, which)));
    }
    hits.sort_unstable();
    let count = hits.len();
    (piece(article, &hits), count)
}

impl Sought {
    fn of(term: &Term, stems: &Stems, plain: &Stems) -> Sought {
        let is_bent = is_bent(term.field);
        let line = if is_bent && !term.is_prefix { stems.line(&term.text) } else { plain.line(&term.text) };
        Sought { words: line.split_whitespace().map(str::to_owned).collect(), is_bent, is_prefix: term.is_prefix }
    }

    /// Where it stands.
    fn hits<'w>(&'w self, found: &'w [Word]) -> impl Iterator<Item = Span> + 'w {
        let length = self.words.len().max(1);
        let matches = found.windows(length).filter(|window| !self.words.is_empty() && self.is_in(window));
        matches.map(|window| window[0].span.cover(window[window.len() - 1].span))
    }

    fn is_in(&self, window: &[Word]) -> bool {
        let last = self.words.len() - 1;
        window.iter().zip(&self.words).enumerate().all(|(at, (word, sought))| {
            match (self.is_prefix && at == last, self.is_bent) {
                (true, _) => word.plain.starts_with(sought.as_str()),
                (false, true) if !self.is_prefix => word.stem == *sought,
                _ => word.plain == *sought,
            }
        })
    }
}

/// What an article is found for, not what it must not hold.
fn wanted<'e>(expression: &'e Expression, terms: &mut Vec<&'e Term>) {
    match expression {
        Expression::Term(term) => terms.push(term),
        Expression::And(all) | Expression::Or(all) => all.iter().for_each(|one| wanted(one, terms)),
        Expression::Not(all, _) => wanted(all, terms),
    }
}

/// The piece of the block with most different terms.
fn piece(article: &Article, hits: &[(Span, usize)]) -> Snippet {
    let different = |block: &Span| {
        let mut terms: Vec<usize> = within(hits, *block).map(|&(_, which)| which).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.len()
    };
    let body = article.blocks.iter().filter(|block| block.kind.is_body()).map(|block| block.span);
    let best =
        article.blocks.iter().map(|block| block.span).rev().max_by_key(different).filter(|block| different(block) > 0);
    let Some(block) = best.or_else(|| body.clone().next()).or_else(|| article.blocks.first().map(|block| block.span))
    else {
        return Snippet::default();
    };
    let first = within(hits, block).next().map_or(block.start, |(span, _)| span.start);
    let span = cut(&article.text, block, first);
    let mut hits: Vec<Span> = within(hits, span).map(|&(hit, _)| hit).collect();
    hits.dedup_by(|next, before| before.overlaps(*next));
    Snippet { span, hits }
}

fn within(hits: &[(Span, usize)], span: Span) -> impl Iterator<Item = &(Span, usize)> {
    let from = hits.partition_point(|(hit, _)| hit.start < span.start);
    hits[from..].iter().take_while(move |(hit, _)| hit.start < span.end).filter(move |(hit, _)| span.contains(*hit))
}

/// So much of a block that a place in it is shown with some words before it, cut between words.
fn cut(text: &str, block: Span, place: usize) -> Span {
    if block.len() <= LENGTH {
        return block;
    }
    let spans: Vec<Span> =
        words(block.of(text)).map(|word| Span::new(block.start + word.start, block.start + word.end)).collect();
    let from = place.saturating_sub(LENGTH / 4).min(block.end.saturating_sub(LENGTH)).max(block.start);
    let start = if from == block.start {
        block.start
    } else {
        spans.iter().map(|word| word.start).find(|&start| start >= from).unwrap_or(place).min(place)
    };
    let is_short = |word: &&Span| word.end <= start + LENGTH || word.start <= place;
    let end = spans.iter().rev().find(is_short).map_or(block.end, |word| word.end);
    let end = if spans.last().is_none_or(|last| last.end <= end) { block.end } else { end };
    Span { start, end: end.max(start) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use twosource_model::{Block, BlockKind};

    use super::super::query::Query;
    use super::*;

    fn article(text: &str) -> Article {
        let mut at = 0;
        let block = |line: &str| {
            let span = Span::new(at, at + line.len()).trim(text);
            at += line.len() + 1;
            Block { kind: BlockKind::Paragraph, span }
        };
        let blocks = text.split('\n').map(block).filter(|block| !block.span.is_empty()).collect();
        Article { text: text.to_owned(), language: Some("en".to_owned()), blocks, ..Article::default() }
    }

    fn shown(text: &str, query: &str) -> String {
        let article = article(text);
        let query = Query::parse(query).expect("a query");
        let (Snippet { span, hits }, _) = snippet(&article, query.words.as_ref());
        let (mut shown, mut at) = (String::new(), span.start);
        for hit in hits {
            shown += &format!("{}[{}]", &text[at..hit.start], hit.of(text));
            at = hit.end;
        }
        shown + &text[at..span.end]
    }

    #[test]
    fn pieces_with_their_hits() {
        let text = "The port of Nova is old.\nNo ferry left the port on Friday; the ferries’ crews were striking.";
        assert_eq!(
            shown(text, "ferry strikes"),
            "No [ferry] left the port on Friday; the [ferries]’ crews were [striking]."
        );
        assert_eq!(shown(text, "\"port of Nova\" NOT ferry"), "The [port of Nova] is old.");
        assert_eq!(shown(text, "outlet:Post"), "The port of Nova is old.");
        assert_eq!(shown(text, "fri*"), "No ferry left the port on [Friday]; the ferries’ crews were striking.");
        let long = format!("{}ferry {}", "Nobody came. ".repeat(40), "Nobody left. ".repeat(40));
        let cut = shown(&long, "ferry");
        assert!(cut.contains("[ferry]") && cut.len() < LENGTH + 40, "{cut}");
    }

    proptest! {
        #[test]
        fn snippets_lie_in_the_text(text in "([a-cé渡 .]|ferry |\n){0,200}", query in "[a-c渡]|ferry|\"ferry a\"|fe*") {
            let article = article(&text);
            let query = Query::parse(&query).expect("a query");
            let (snippet, _) = snippet(&article, query.words.as_ref());
            prop_assert!(text.get(snippet.span.start..snippet.span.end).is_some());
            for hit in &snippet.hits {
                prop_assert!(snippet.span.contains(*hit) && text.get(hit.start..hit.end).is_some());
            }
        }
    }
}
