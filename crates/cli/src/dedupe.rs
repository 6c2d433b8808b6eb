//! `twosource dedupe`: near duplicates, or the passages that texts share.

use std::ops::ControlFlow;

use anyhow::{Result, ensure};
use twosource_engine::{Duplicates, Pair, Passage, Passages, connected};
use twosource_model::{Article, Instant};
use twosource_present::{DuplicateFormat, Quoted, Reprint, Shared, duplicates};

use crate::Ending;
use crate::arguments::{Copies, Dedupe};
use crate::input::{each, say_diagnostics};
use crate::output::{say, write};

/// Of an article what is kept until all are read.
struct Text {
    id: String,
    outlet: Option<String>,
    published: Option<String>,
    /// Empty where no passage is to be quoted.
    text: String,
}

impl Text {
    fn of(article: &Article) -> Text {
        let published = article.published.as_ref().map(Instant::as_str).map(str::to_owned);
        Text { id: article.id.clone(), outlet: article.outlet.clone(), published, text: String::new() }
    }
}

/// An article, or a passage of one, that may have copies.
struct Item<'t> {
    text: &'t Text,
    /// Names its cluster where it is the least of it.
    name: String,
    quoted: Option<Quoted<'t>>,
}

/// Reads the inputs and prints what is there more than once, by cluster.
pub(crate) fn run(options: &Dedupe) -> Result<Ending> {
    if options.passages { passages(options) } else { articles(options) }
}

/// Prints the articles that are near duplicates of others.
fn articles(options: &Dedupe) -> Result<Ending> {
    let (mut texts, mut found) = (Vec::new(), Duplicates::new());
    let unread = read(options, &mut |article| {
        found.add(&article.text);
        texts.push(Text::of(&article));
    })?;
    let items: Vec<Item<'_>> = texts.iter().map(|text| Item { text, name: text.id.clone(), quoted: None }).collect();
    let nothing = format!("no near duplicates among {} articles", texts.len());
    print(options, &reprints(&items, &found.pairs()), &nothing, unread)
}

/// Prints the passages that articles of different outlets share.
fn passages(options: &Dedupe) -> Result<Ending> {
    let fewest = options.words;
    ensure!(fewest >= Passages::FEWEST, "--words {fewest}: passages of at least {} words are found", Passages::FEWEST);
    let (mut texts, mut found) = (Vec::new(), Passages::new());
    let unread = read(options, &mut |article| {
        found.add(&article.text, article.outlet.as_deref());
        texts.push(Text { text: article.text.clone(), ..Text::of(&article) });
    })?;
    let reuse = found.find(fewest);
    let quoted = quoted(&texts, &reuse.passages);
    let named = reuse.passages.iter().zip(quoted).map(|(passage, quoted)| {
        let text = &texts[passage.text];
        Item { text, name: format!("{}:{}", text.id, quoted.span.0), quoted: Some(quoted) }
    });
    let items: Vec<Item<'_>> = named.collect();
    let nothing = format!(
        "no passage of {fewest} words is shared by different outlets among {} articles; try without --passages",
        texts.len()
    );
    print(options, &reprints(&items, &reuse.pairs), &nothing, unread)
}

/// Hands each article on; whether some inputs could not be read.
fn read(options: &Dedupe, take: &mut dyn FnMut(Article)) -> Result<bool> {
    each(&options.input, &mut |articles| {
        say_diagnostics(&articles);
        articles.into_iter().for_each(&mut *take);
        Ok(ControlFlow::Continue(()))
    })
}

fn print(options: &Dedupe, reprints: &[Reprint<'_>], nothing: &str, unread: bool) -> Result<Ending> {
    if reprints.is_empty() {
        say(nothing);
        return Ok(Ending::of(false, unread));
    }
    let format = match options.format {
        Copies::Jsonl => DuplicateFormat::Jsonl,
        Copies::Text => DuplicateFormat::Text,
        Copies::Csv => DuplicateFormat::Csv,
    };
    write(&duplicates(reprints, format), options.input.output.as_deref())?;
    Ok(Ending::of(true, unread))
}

/// The words of the passages, which come by text.
fn quoted<'t>(texts: &'t [Text], passages: &[Passage]) -> Vec<Quoted<'t>> {
    let mut quoted = Vec::with_capacity(passages.len());
    for of_text in passages.chunk_by(|one, other| one.text == other.text) {
        let text = &*texts[of_text[0].text].text;
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let words = |span: (usize, usize)| text.get(*places.get(span.0)?..*places.get(span.1)?);
        quoted.extend(
            of_text.iter().map(|passage| Quoted { span: passage.span, words: words(passage.span).unwrap_or_default() }),
        );
    }
    quoted
}

/// The items that have copies, by cluster and time: a cluster has the least name in it.
fn reprints<'t>(items: &'t [Item<'t>], pairs: &[Pair]) -> Vec<Reprint<'t>> {
    let first = connected(items.len(), pairs.iter().map(Pair::ends));
    let mut names: Vec<Option<&str>> = vec![None; items.len()];
    let mut sizes = vec![0; items.len()];
    for (item, &first) in items.iter().zip(&first) {
        sizes[first] += 1;
        names[first] = Some(names[first].map_or(&*item.name, |name| name.min(&item.name)));
    }
    let mut of_item: Vec<Vec<(usize, Shared<'t>)>> = items.iter().map(|_| Vec::new()).collect();
    for pair in pairs {
        let shared = |other: usize, span: (usize, usize), there: (usize, usize)| {
            (other, Shared { id: &items[other].text.id, span, there, score: pair.score })
        };
        of_item[pair.one].push(shared(pair.other, pair.span_of_one, pair.span_of_other));
        of_item[pair.other].push(shared(pair.one, pair.span_of_other, pair.span_of_one));
    }
    let time = |at: usize| {
        let text = items[at].text;
        (text.published.is_none(), &text.published, &text.id, items[at].quoted.map(|quoted| quoted.span))
    };
    let mut order: Vec<usize> = (0..items.len()).filter(|&at| sizes[first[at]] > 1).collect();
    order.sort_by_key(|&at| (names[first[at]], time(at)));
    let reprint = |at: usize| {
        let earlier = of_item[at].iter().filter(|(other, _)| time(*other) < time(at));
        // The source is the earlier text most like it, the earliest of equal ones.
        let source = earlier.min_by(|x, y| y.1.score.total_cmp(&x.1.score).then(time(x.0).cmp(&time(y.0))));
        Reprint {
            id: &items[at].text.id,
            cluster: names[first[at]].unwrap_or_default(),
            size: sizes[first[at]],
            outlet: items[at].text.outlet.as_deref(),
            published: items[at].text.published.as_deref(),
            quoted: items[at].quoted,
            source: source.map(|(_, shared)| *shared),
            pairs: of_item[at].iter().map(|(_, shared)| *shared).collect(),
        }
    };
    order.into_iter().map(reprint).collect()
}
