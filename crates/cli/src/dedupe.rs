//! `twosource dedupe`: near duplicates and what they share.

use std::ops::ControlFlow;

use anyhow::Result;
use twosource_engine::{Duplicates, Pair, connected};
use twosource_model::{Article, Instant};
use twosource_present::{DuplicateFormat, Reprint, Shared, duplicates};

use crate::Ending;
use crate::arguments::{Copies, Dedupe};
use crate::input::{each, say_diagnostics};
use crate::output::{say, write};

/// Of an article what is kept until all are read.
struct Text {
    id: String,
    outlet: Option<String>,
    published: Option<String>,
}

impl Text {
    fn of(article: Article) -> Text {
        let published = article.published.as_ref().map(Instant::as_str).map(str::to_owned);
        Text { id: article.id, outlet: article.outlet, published }
    }
}

/// Reads the inputs and prints the articles that are near duplicates of others, by cluster.
pub(crate) fn run(options: &Dedupe) -> Result<Ending> {
    let (mut texts, mut found) = (Vec::new(), Duplicates::new());
    let unread = each(&options.input, &mut |articles| {
        say_diagnostics(&articles);
        for article in articles {
            found.add(&article.text);
            texts.push(Text::of(article));
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let reprints = reprints(&texts, &found.pairs());
    if reprints.is_empty() {
        say(&format!("no near duplicates among {} articles", texts.len()));
        return Ok(Ending::of(false, unread));
    }
    let format = match options.format {
        Copies::Jsonl => DuplicateFormat::Jsonl,
        Copies::Text => DuplicateFormat::Text,
        Copies::Csv => DuplicateFormat::Csv,
    };
    write(&duplicates(&reprints, format), options.input.output.as_deref())?;
    Ok(Ending::of(true, unread))
}

/// The articles that have near duplicates, by cluster and time: a cluster has the smallest id in it.
fn reprints<'t>(texts: &'t [Text], pairs: &[Pair]) -> Vec<Reprint<'t>> {
    let first = connected(texts.len(), pairs);
    let mut names: Vec<Option<&str>> = vec![None; texts.len()];
    let mut sizes = vec![0; texts.len()];
    for (text, &first) in texts.iter().zip(&first) {
        sizes[first] += 1;
        names[first] = Some(names[first].map_or(&*text.id, |name| name.min(&text.id)));
    }
    let mut of_text: Vec<Vec<(usize, Shared<'t>)>> = texts.iter().map(|_| Vec::new()).collect();
    for pair in pairs {
        let shared = |other: usize, span: (usize, usize), there: (usize, usize)| {
            (other, Shared { id: &texts[other].id, span, there, score: pair.score })
        };
        of_text[pair.one].push(shared(pair.other, pair.span_of_one, pair.span_of_other));
        of_text[pair.other].push(shared(pair.one, pair.span_of_other, pair.span_of_one));
    }
    let time = |at: usize| (texts[at].published.is_none(), &texts[at].published, &texts[at].id);
    let mut order: Vec<usize> = (0..texts.len()).filter(|&at| sizes[first[at]] > 1).collect();
    order.sort_by_key(|&at| (names[first[at]], time(at)));
    let reprint = |at: usize| {
        let earlier = of_text[at].iter().filter(|(other, _)| time(*other) < time(at));
        // The source is the earlier text most like it, the earliest of equal ones.
        let source = earlier.min_by(|x, y| y.1.score.total_cmp(&x.1.score).then(time(x.0).cmp(&time(y.0))));
        Reprint {
            id: &texts[at].id,
            cluster: names[first[at]].unwrap_or_default(),
            size: sizes[first[at]],
            outlet: texts[at].outlet.as_deref(),
            published: texts[at].published.as_deref(),
            source: source.map(|(_, shared)| *shared),
            pairs: of_text[at].iter().map(|(_, shared)| *shared).collect(),
        }
    };
    order.into_iter().map(reprint).collect()
}
