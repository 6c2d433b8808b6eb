//! Words that reports share, as signs of copying.
//!
//! [`shared`] measures every two reports of a story in passim's way: an index of word 5-grams finds candidate places,
//! which grow to the longest equal passages; then sentences that a rewriter may have turned, joined or parted are
//! compared by the stems they share, in the order of both texts. Words inside quotation marks never count: two reports
//! that quote one speaker share a source, not each other's text; nor do the words that say whose word it is, nor names and numbers among the stems: two reports
//! of one event have them in common whoever wrote them. How near a kept sentence is to its model is told by the words
//! that stand in both in the same order ([`Shared::agreed`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use rayon::prelude::*;
use twosource_model::{Annotated, Attribution, Span};

use crate::align::is_to_request;

/// Words of a seed: long enough that chance and names rarely fill it.
const SEED: usize = 5;
/// A passage needs this many words outside quotation marks; a set phrase ("did not immediately respond to a request
/// for comment") has nine.
const LEAST_PASSAGE: usize = 10;
/// So many reports with one seed are compared with a new one; the rest have the same text anyway.
const MOST_HOLDERS: usize = 16;
/// All pairs are compared sentence by sentence up to this many reports, beyond it those that share a seed.
const ALL_PAIRS: usize = 60;
/// Dice coefficient of the stems of two sentences one of which may be the other rewritten.
const REWRITTEN: f64 = 0.5;
/// Share of the stems of a sentence that a longer one has where it may be a part of that one.
const CONTAINED: f64 = 0.6;
/// Share of the words of a sentence that stand in its model in the same order, where its order is kept. With it texts
/// that were revised heavily by hand keep 0.08 of their words and more (11 of 12), texts on one subject nothing; of pairs
/// of reports of one event 5 in 100.
const KEPT_ORDER: f64 = 0.35;
/// Stems such sentences share at least.
const LEAST_COMMON: usize = 5;
/// Sentences of a report that are compared for rewriting.
const MOST_SENTENCES: usize = 400;
/// Sentences of another report that one sentence is held against word by word, and words of each side.
const MOST_PARTNERS: usize = 4;
const MOST_WORDS: usize = 400;

/// A place in one sentence of each of two reports with the same words, or the same sentence rewritten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Passage {
    /// Where it stands in the two reports of the pair.
    pub(crate) spans: [Span; 2],
    /// Whether the words are equal.
    pub(crate) exact: bool,
    /// Words outside quotation marks.
    pub(crate) words: usize,
}

/// What two reports share.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// The reports, the smaller index first.
    pub(crate) reports: [usize; 2],
    /// The passages in the order of the first report.
    pub(crate) passages: Vec<Passage>,
    /// For each report how much of each of its sentences the other has, 0 to 1.
    pub(crate) cover: [Vec<f64>; 2],
    /// For each report how many words of each of its sentences the sentences it shares have in the same order.
    pub(crate) agreed: [Vec<usize>; 2],
    /// For each report how much of its own words the other has, 0 to 1.
    pub(crate) share: [f64; 2],
    /// Own words in passages of equal words.
    pub(crate) exact: usize,
    /// For each report how much of its own words the other has in sentences that keep their order of words, 0 to 1: a
    /// copier keeps it, whoever tells the same facts on his own does not.
    pub(crate) kept: [f64; 2],
    /// In how many sentences, of the report with more.
    pub(crate) sentences: usize,
}

/// The body of a report in words.
#[derive(Debug)]
pub(crate) struct Body {
    words: Vec<Word>,
    /// For each sentence its words' range, its span and the stems outside quotation marks.
    sentences: Vec<Line>,
    /// Words outside quotation marks.
    own: usize,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    id: u32,
    span: Span,
    /// Whether it stands in quotation marks.
    quoted: bool,
    /// Whether it says whose word something is.
    whose: bool,
}

impl Word {
    /// Whether it is the report's own wording.
    fn is_own(self) -> bool {
        !self.quoted && !self.whose
    }
}

#[derive(Debug)]
struct Line {
    words: std::ops::Range<usize>,
    span: Span,
    /// The stems outside quotation marks that are no names or numbers.
    stems: Stems,
    /// Words outside quotation marks.
    own: usize,
}

impl Line {
    /// The words of it that count.
    fn ids(&self, body: &Body, counts: fn(&Word) -> bool) -> Vec<u32> {
        let words = body.words.get(self.words.clone()).unwrap_or_default();
        words.iter().filter(|word| counts(word)).map(|word| word.id).collect()
    }
}

impl Body {
    /// The sentence a word stands in.
    fn sentence_at(&self, word: usize) -> usize {
        self.sentences.partition_point(|line| line.words.end <= word).min(self.sentences.len().saturating_sub(1))
    }

    /// How many words of its own a sentence has, of all sentences in order.
    pub(crate) fn weights(&self) -> impl Iterator<Item = usize> {
        self.sentences.iter().map(|line| line.own)
    }
}

/// The bodies of all reports, with one numbering of words.
pub(crate) fn bodies(reports: &[Annotated]) -> Vec<Body> {
    let mut ids: HashMap<String, u32> = HashMap::new();
    reports.iter().map(|report| body(report, &mut ids)).collect()
}

fn body(report: &Annotated, ids: &mut HashMap<String, u32>) -> Body {
    let text = &report.article.text;
    let mut body = Body { words: Vec::new(), sentences: Vec::new(), own: 0 };
    let mut block = usize::MAX;
    let mut quoted = false;
    let whose = whose(report);
    for sentence in &report.sentences {
        if !report.article.blocks.get(sentence.block).is_some_and(|block| block.kind.is_body()) {
            continue;
        }
        // A quotation left open at the end of a paragraph does not reach into the next.
        quoted &= sentence.block == block;
        block = sentence.block;
        let first = body.words.len();
        let mut outside = Vec::new();
        for (span, is_word) in pieces(text, sentence.span) {
            if !is_word {
                quoted = match span.of(text) {
                    "“" => true,
                    "”" => false,
                    _ => !quoted,
                };
                continue;
            }
            let lower = span.of(text).to_lowercase();
            let before = whose.partition_point(|words| words.end <= span.start);
            let whose = whose.get(before).is_some_and(|words| words.contains(span));
            let next = ids.len() as u32;
            let word = Word { id: *ids.entry(lower).or_insert(next), span, quoted, whose };
            if word.is_own() {
                outside.push(span.of(text));
            }
            body.words.push(word);
        }
        body.own += outside.len();
        let own = outside.len();
        let stems =
            stems(outside.into_iter().enumerate().filter(|(at, word)| !is_name(*at, word)).map(|(_, word)| word));
        body.sentences.push(Line { words: first..body.words.len(), span: sentence.span, stems, own });
    }
    body
}

/// The words that say whose word something is, in order and apart: "the Herald reported, citing two officials" is nobody's
/// own wording, and neither is "declined to comment".
fn whose(report: &Annotated) -> Vec<Span> {
    let answer = |each: &Attribution| each.response.is_some_and(is_to_request).then(|| each.content_cover());
    let parts = report.attributions.iter().flat_map(|each| [each.source, each.cue, answer(each)]).flatten();
    let mut spans: Vec<Span> = parts.collect();
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => *last = last.cover(span),
            None => apart.push(span),
        }
    }
    apart
}

/// Whether a word is a number or, behind the first of its sentence, has a capital.
fn is_name(at: usize, word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric() || at > 0 && c.is_uppercase())
}

/// Words and double quotation marks of a span.
fn pieces(text: &str, span: Span) -> Vec<(Span, bool)> {
    let mut pieces = Vec::new();
    let mut word: Option<usize> = None;
    for (at, c) in span.of(text).char_indices().map(|(at, c)| (span.start + at, c)).chain([(span.end, ' ')]) {
        if c.is_alphanumeric() {
            word.get_or_insert(at);
            continue;
        }
        pieces.extend(word.take().map(|start| (Span::new(start, at), true)));
        if matches!(c, '“' | '”' | '"') {
            pieces.push((Span::new(at, at + c.len_utf8()), false));
        }
    }
    pieces
}

/// Everything that any two reports share.
pub(crate) fn shared(bodies: &[Body]) -> Vec<Shared> {
    let mut seeds = seeds(bodies);
    if bodies.len() <= ALL_PAIRS {
        for other in 0..bodies.len() {
            for one in 0..other {
                seeds.entry([one, other]).or_default();
            }
        }
    }
    let pairs = seeds.into_par_iter().map(|(reports, seeds)| pair(reports, &seeds, bodies));
    pairs.filter(|shared| !shared.passages.is_empty()).collect()
}

/// Places of equal 5-grams by pairs of reports.
fn seeds(bodies: &[Body]) -> BTreeMap<[usize; 2], Vec<[usize; 2]>> {
    let mut holders: HashMap<[u32; SEED], Vec<(usize, usize)>> = HashMap::new();
    let mut seeds: BTreeMap<[usize; 2], Vec<[usize; 2]>> = BTreeMap::new();
    for (report, body) in bodies.iter().enumerate() {
        for (at, window) in body.words.windows(SEED).enumerate() {
            let key = std::array::from_fn(|index| window[index].id);
            let places = holders.entry(key).or_default();
            for &(other, there) in places.iter().filter(|place| place.0 != report) {
                seeds.entry([other, report]).or_default().push([there, at]);
            }
            if places.len() < MOST_HOLDERS && places.last().is_none_or(|place| place.0 != report) {
                places.push((report, at));
            }
        }
    }
    seeds
}

/// Compares two reports.
fn pair(reports: [usize; 2], seeds: &[[usize; 2]], bodies: &[Body]) -> Shared {
    let [one, other] = reports.map(|report| &bodies[report]);
    let runs = runs(seeds, one, other);
    let mut cover = [one, other].map(|body| vec![0.0; body.sentences.len()]);
    for (side, body) in [one, other].into_iter().enumerate() {
        for (line, cover) in body.sentences.iter().zip(&mut cover[side]) {
            let equal = runs.iter().map(|run| own_words(body, &run.range(side), &line.words)).sum::<usize>();
            *cover = if line.own == 0 { 0.0 } else { equal as f64 / line.own as f64 };
        }
    }
    let pieces: Vec<(usize, usize, Run)> = runs.iter().flat_map(|run| run.by_sentence(one, other)).collect();
    let mut passages: Vec<Passage> = pieces.iter().map(|(_, _, run)| run.passage(one, other)).collect();
    let exact = passages.iter().map(|passage| passage.words).sum();
    let mut partners: BTreeSet<(usize, usize)> = pieces.iter().map(|&(i, j, _)| (i, j)).collect();
    for (i, j, alike) in rewritten(one, other) {
        if cover[0][i].max(cover[1][j]) < REWRITTEN {
            let spans = [one.sentences[i].span, other.sentences[j].span];
            passages.push(Passage { spans, exact: false, words: one.sentences[i].own.min(other.sentences[j].own) });
        }
        cover[0][i] = cover[0][i].max(alike[0]);
        cover[1][j] = cover[1][j].max(alike[1]);
        partners.insert((i, j));
    }
    passages.sort_by_key(|passage| (passage.spans, !passage.exact));
    let share = [0, 1].map(|side| share(&cover[side], [one, other][side]));
    let turned: BTreeSet<(usize, usize)> = partners.iter().map(|&(i, j)| (j, i)).collect();
    let both = |counts: fn(&Word) -> bool| [agreed(one, other, &partners, counts), agreed(other, one, &turned, counts)];
    // Whom a report names is no sign of copying, but which copy it was made from shows in how it names them too.
    let agreed = both(|word| !word.quoted);
    let kept = both(|word| word.is_own());
    let kept = [0, 1].map(|side| self::kept(&kept[side], [one, other][side]));
    let sentences = kept[0].1.max(kept[1].1);
    Shared { reports, passages, cover, agreed, share, exact, kept: kept.map(|(share, _)| share), sentences }
}

/// How much of the own words stands in sentences that keep their order, and in how many.
fn kept(agreed: &[usize], body: &Body) -> (f64, usize) {
    let in_order = |(agreed, line): &(&usize, &Line)| **agreed as f64 >= KEPT_ORDER * line.own.max(1) as f64;
    let kept: Vec<usize> = agreed.iter().zip(&body.sentences).filter(in_order).map(|(agreed, _)| *agreed).collect();
    (kept.iter().sum::<usize>() as f64 / body.own.max(1) as f64, kept.len())
}

/// For each sentence the words it has in one order with its partners in the other text.
fn agreed(here: &Body, there: &Body, partners: &BTreeSet<(usize, usize)>, counts: fn(&Word) -> bool) -> Vec<usize> {
    let mut agreed = vec![0; here.sentences.len()];
    for (i, line) in here.sentences.iter().enumerate() {
        let partners = partners.range((i, 0)..(i + 1, 0)).take(MOST_PARTNERS);
        let words: Vec<u32> = partners.flat_map(|&(_, j)| there.sentences[j].ids(there, counts)).collect();
        agreed[i] = in_common(&line.ids(here, counts), &words);
    }
    agreed
}

/// Length of the longest common subsequence.
fn in_common(one: &[u32], other: &[u32]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one.iter().take(MOST_WORDS) {
        let mut before = 0;
        for (j, there) in other.iter().enumerate().take(MOST_WORDS) {
            let diagonal = std::mem::replace(&mut before, row[j + 1]);
            row[j + 1] = if word == there { diagonal + 1 } else { row[j + 1].max(row[j]) };
        }
    }
    row.into_iter().max().unwrap_or(0)
}

fn share(cover: &[f64], body: &Body) -> f64 {
    let covered: f64 = cover.iter().zip(&body.sentences).map(|(cover, line)| cover * line.own as f64).sum();
    if body.own == 0 { 0.0 } else { covered / body.own as f64 }
}

/// Words outside quotation marks in both ranges.
fn own_words(body: &Body, run: &std::ops::Range<usize>, line: &std::ops::Range<usize>) -> usize {
    let common = run.start.max(line.start)..run.end.min(line.end);
    body.words.get(common).unwrap_or_default().iter().filter(|word| word.is_own()).count()
}

/// Equal words in a row.
#[derive(Clone, Copy, Debug)]
struct Run {
    starts: [usize; 2],
    length: usize,
}

impl Run {
    fn range(&self, side: usize) -> std::ops::Range<usize> {
        self.starts[side]..self.starts[side] + self.length
    }

    /// Its pieces that lie in one sentence of either text, with those sentences.
    fn by_sentence(&self, one: &Body, other: &Body) -> Vec<(usize, usize, Run)> {
        let mut pieces = Vec::new();
        let mut done = 0;
        while done < self.length {
            let at = self.starts.map(|start| start + done);
            let [i, j] = [one.sentence_at(at[0]), other.sentence_at(at[1])];
            let left = |body: &Body, sentence: usize, at: usize| body.sentences[sentence].words.end - at;
            let length = left(one, i, at[0]).min(left(other, j, at[1])).min(self.length - done).max(1);
            pieces.push((i, j, Run { starts: at, length }));
            done += length;
        }
        pieces
    }

    fn passage(&self, one: &Body, other: &Body) -> Passage {
        let span = |body: &Body, side: usize| {
            let words = &body.words[self.range(side)];
            words[0].span.cover(words[words.len() - 1].span)
        };
        let words = own_words(one, &self.range(0), &self.range(0));
        Passage { spans: [span(one, 0), span(other, 1)], exact: true, words }
    }
}

/// The longest equal runs that do not overlap in either text.
fn runs(seeds: &[[usize; 2]], one: &Body, other: &Body) -> Vec<Run> {
    let mut seeds: Vec<[usize; 2]> = seeds.to_vec();
    seeds.sort_unstable_by_key(|&[i, j]| (j as i64 - i as i64, i));
    let mut runs: Vec<Run> = Vec::new();
    for starts in seeds {
        match runs.last_mut() {
            Some(run) if follows(run, starts) => run.length = starts[0] + SEED - run.starts[0],
            _ => runs.push(Run { starts, length: SEED }),
        }
    }
    runs.retain(|run| {
        let own = own_words(one, &run.range(0), &run.range(0)).min(own_words(other, &run.range(1), &run.range(1)));
        own >= LEAST_PASSAGE
    });
    runs.sort_by_key(|run| (std::cmp::Reverse(run.length), run.starts));
    let mut taken = [one, other].map(|body| vec![false; body.words.len()]);
    runs.retain(|run| {
        let free = (0..2).all(|side| !taken[side][run.range(side)].contains(&true));
        if free {
            (0..2).for_each(|side| taken[side][run.range(side)].fill(true));
        }
        free
    });
    runs
}

/// Whether a seed goes on where a run on the same diagonal ends or still is.
fn follows(run: &Run, [i, j]: [usize; 2]) -> bool {
    j as i64 - i as i64 == run.starts[1] as i64 - run.starts[0] as i64 && i <= run.starts[0] + run.length
}

/// Sentences that say the same in the same order, with how much of each the other has.
fn rewritten(one: &Body, other: &Body) -> Vec<(usize, usize, [f64; 2])> {
    let mut alike: Vec<(usize, usize, [f64; 2])> = Vec::new();
    for (i, line) in one.sentences.iter().enumerate().take(MOST_SENTENCES) {
        for (j, there) in other.sentences.iter().enumerate().take(MOST_SENTENCES) {
            let found = alikeness(&line.stems, &there.stems);
            if found[0].max(found[1]) > 0.0 {
                alike.push((i, j, found));
            }
        }
    }
    in_order(&alike)
}

/// How much of each of two sentences the other has: the Dice coefficient of their stems where they are the same
/// rewritten; where one is a part of the other, what the other has of it.
fn alikeness(one: &Stems, other: &Stems) -> [f64; 2] {
    let most = one.len().min(other.len());
    if most < LEAST_COMMON {
        return [0.0; 2];
    }
    let common = one.common(other);
    if common < LEAST_COMMON {
        return [0.0; 2];
    }
    let common = common as f64;
    let dice = 2.0 * common / (one.len() + other.len()) as f64;
    let dice = if dice >= REWRITTEN { dice } else { 0.0 };
    [one, other].map(|whole| {
        let part = common / whole.len() as f64;
        if part >= CONTAINED { part.max(dice) } else { dice }
    })
}

/// The heaviest chain that goes forward in both texts; a sentence may answer to several.
fn in_order(alike: &[(usize, usize, [f64; 2])]) -> Vec<(usize, usize, [f64; 2])> {
    let alike = &alike[..alike.len().min(MOST_SENTENCES)];
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(alike.len());
    for (at, &(i, j, weight)) in alike.iter().enumerate() {
        let before = (0..at).filter(|&before| alike[before].0 <= i && alike[before].1 <= j);
        let before = before.max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
        best.push((weight[0] + weight[1] + before.map_or(0.0, |before| best[before].0), before));
    }
    let last = (0..alike.len()).max_by(|&x, &y| best[x].0.total_cmp(&best[y].0).then(y.cmp(&x)));
    let mut chain: Vec<_> = std::iter::successors(last, |&at| best[at].1).map(|at| alike[at]).collect();
    chain.reverse();
    chain
}

/// The stems of content words, each once: their fingerprints, sorted, since stems are only ever counted and compared,
/// by the million in a story of two hundred reports.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stems(Vec<u64>);

impl Stems {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many stems two texts share.
    fn common(&self, other: &Stems) -> usize {
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(x), Some(y)) = (self.0.get(i), other.0.get(j)) {
            common += usize::from(x == y);
            (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
        }
        common
    }
}

/// A fingerprint that is the same in every run (FNV-1a).
fn fingerprint(stem: &str) -> u64 {
    stem.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

static STOP: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| include_str!("../data/en/stop.txt").lines().collect());

/// The stems of the content words of some texts.
pub(crate) fn stems<'t>(texts: impl Iterator<Item = &'t str>) -> Stems {
    let mut stems = Vec::new();
    for text in texts {
        let lower = text.to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 1 && !STOP.contains(word));
        stems.extend(words.map(|word| fingerprint(stem(word))));
    }
    stems.sort_unstable();
    stems.dedup();
    Stems(stems)
}

/// Cuts the commonest endings; a stem keeps at least four letters.
fn stem(word: &str) -> &str {
    const ENDINGS: [&str; 9] = ["ations", "ation", "ings", "ing", "edly", "ed", "es", "ly", "s"];
    let cut = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 4));
    cut.unwrap_or(word).trim_end_matches('e')
}

/// How much of the shorter text's stems the longer one has; 0 below three in common.
pub(crate) fn overlap(one: &Stems, other: &Stems) -> f64 {
    const LEAST: usize = 3;
    let common = one.common(other);
    if common < LEAST { 0.0 } else { common as f64 / one.len().min(other.len()) as f64 }
}

/// How alike two texts are in their stems: 1 for the same, 0 for none in common.
pub(crate) fn likeness(one: &Stems, other: &Stems) -> f64 {
    let sizes = (one.len() * other.len()) as f64;
    if sizes == 0.0 { 0.0 } else { one.common(other) as f64 / sizes.sqrt() }
}

/// How much of `whole` is in `part`.
pub(crate) fn share_of(part: &Stems, whole: &Stems) -> f64 {
    if whole.len() == 0 { 0.0 } else { part.common(whole) as f64 / whole.len() as f64 }
}

/// How much of each of some texts a stem makes up, summed, so that one text is compared with all of them at once.
#[derive(Debug, Default)]
pub(crate) struct Shares {
    of_stems: HashMap<u64, f64>,
    texts: usize,
}

impl Shares {
    /// The shares of the stems of some texts.
    pub(crate) fn of(texts: impl Iterator<Item = Stems>) -> Shares {
        let mut shares = Shares::default();
        for stems in texts {
            shares.texts += 1;
            for &stem in &stems.0 {
                *shares.of_stems.entry(stem).or_default() += 1.0 / stems.len() as f64;
            }
        }
        shares
    }

    /// How much of the texts is in another, 0 to 1 on average.
    pub(crate) fn mean(&self, part: &Stems) -> f64 {
        let known = part.0.iter().filter_map(|stem| self.of_stems.get(stem));
        known.sum::<f64>() / self.texts.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Article, Block, BlockKind, Sentence};

    /// A report of one paragraph a line, one sentence each.
    fn report(text: &str) -> Annotated {
        let mut report =
            Annotated { article: Article { text: text.to_owned(), ..Article::default() }, ..Annotated::default() };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trim(text);
            report.sentences.push(Sentence { span, block: report.article.blocks.len() });
            report.article.blocks.push(Block { kind: BlockKind::Paragraph, span });
            at += line.len();
        }
        report
    }

    /// The passages two texts share, and the share of each.
    fn compare(one: &str, other: &str) -> (Vec<String>, [f64; 2]) {
        let reports = [report(one), report(other)];
        let Some(shared) = shared(&bodies(&reports)).pop() else { return (Vec::new(), [0.0; 2]) };
        let words = |passage: &Passage| {
            let [there, here] = [0, 1].map(|side| passage.spans[side].of(&reports[side].article.text));
            if passage.exact { format!("= {there}") } else { format!("~ {here}") }
        };
        (shared.passages.iter().map(words).collect(), shared.share)
    }

    #[test]
    fn equal_words_grow_to_the_longest_passage() {
        let (passages, share) = compare(
            "Nobody knew why.\nOn Monday the council of Hollin voted to close the old bridge over the river.",
            "The council of Hollin voted to close the old bridge over the river, again.",
        );
        assert_eq!(passages, ["= the council of Hollin voted to close the old bridge over the river"]);
        assert!(share[1] > share[0]);
    }

    #[test]
    fn a_sentence_is_known_when_it_is_turned() {
        let (passages, share) = compare(
            "The council of Hollin voted on Monday to close the old bridge over the Arrel after inspectors found cracks.",
            "After cracks were found by inspectors, Hollin council closed the old Arrel bridge on Monday in a vote.",
        );
        assert_eq!(passages.len(), 1);
        assert!(passages[0].starts_with('~') && share[0] >= REWRITTEN);
    }

    #[test]
    fn quotations_and_chance_are_no_copying() {
        let quote = "“We will close the old bridge over the river before the first snow falls in November this year”";
        assert_eq!(
            compare(&format!("{quote}, Petra Novak said."), &format!("Novak: {quote}.")).0,
            Vec::<String>::new()
        );
        let set_phrase = "did not respond to a request for comment.";
        assert_eq!(compare(&format!("The Novak Institute {set_phrase}"), &format!("Ferrum {set_phrase}")).0.len(), 0);
        assert_eq!(compare("", "").0.len(), 0);
    }
}
