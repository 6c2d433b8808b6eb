//! Which box of a page is the article: the smallest that holds nearly all running text.
//!
//! Running text is what is long enough to be sentences and hardly linked. What stands in navigation, footers, asides
//! and boxes whose names speak of comments or other stories counts little, unless it is most of the page. From the
//! page inwards the walk enters the box that holds the text until it would leave text behind that looks like the text
//! inside it. The mistake it would rather make is to stop too early: [`super::prune`] takes boxes out afterwards.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::marks::Mark;
use super::outline::{Outline, Piece, Tag};

/// Where the article is and how the running text of the page is spread.
pub(super) struct Main {
    /// The box of the article.
    pub(super) area: usize,
    /// The line that is the headline, inside the article or before it.
    pub(super) headline: Option<usize>,
    /// Running text up to each line: of the lines `a..b` it is `sums[b] - sums[a]`.
    sums: Vec<usize>,
    /// The same without any weight.
    plain: Vec<usize>,
    /// Which boxes stand beside the article by tag or name.
    beside: Vec<bool>,
    /// Running text in all boxes of a look, by its number.
    looks: BTreeMap<u64, usize>,
}

impl Main {
    /// Running text in a range of lines.
    pub(super) fn text_in(&self, (from, to): (usize, usize)) -> usize {
        self.sums[to] - self.sums[from]
    }

    /// Running text in a range of lines, without any weight.
    pub(super) fn plain_in(&self, (from, to): (usize, usize)) -> usize {
        self.plain[to] - self.plain[from]
    }

    /// The part of the article's running text, in percent, that a box holds.
    pub(super) fn percent(&self, page: &Outline, area: usize) -> usize {
        self.plain_in(page.boxes[area].lines) * 100 / self.plain_in(page.boxes[self.area].lines).max(1)
    }

    /// How much running text of the article stands before a box.
    pub(super) fn before(&self, page: &Outline, area: usize) -> usize {
        self.plain_in((page.boxes[self.area].lines.0, page.boxes[area].lines.0))
    }

    /// The part of the article's running text, in percent, that boxes of this look hold together.
    pub(super) fn percent_alike(&self, page: &Outline, area: usize) -> usize {
        let whole = self.plain_in(page.boxes[self.area].lines).max(1);
        self.looks.get(&page.boxes[area].look).map_or(0, |text| text * 100 / whole)
    }
}

/// Shorter lines are labels, titles and buttons as far as their size tells.
pub(super) const SENTENCE: usize = 50;

/// How much running text a line holds.
pub(super) fn running(line: &Piece) -> usize {
    let sentence = line.size >= 2 * SENTENCE || line.size >= SENTENCE && crate::lines::ends_sentence(&line.text);
    if sentence && line.linked * 2 < line.size { line.size - line.linked } else { 0 }
}

/// The box of the article. `stated` tells how far a line stands in the text the page states for machines, `title` what
/// its headline says.
pub(super) fn container(page: &Outline, stated: &[Option<bool>], title: Option<&str>) -> Main {
    let mut main = weighed(page, stated, title);
    if main.text_in((0, page.lines.len())) == 0 {
        // Not a sentence on the page: what it marks as its article, if anything.
        let marked = |tag: Tag| page.boxes.iter().position(|area| area.tag == tag);
        main.area = marked(Tag::Article).or_else(|| marked(Tag::Main)).unwrap_or(0);
        return main;
    }
    let mut spread = Spread::new(page, &main);
    while let Some(inner) = inner(page, &main, &mut spread) {
        main.area = inner;
    }
    main
}

/// All of a page that is nothing but its article, such as the content of an entry of a feed.
pub(super) fn whole(page: &Outline) -> Main {
    weighed(page, &[], None)
}

/// The running text of a page, and as yet no box.
fn weighed(page: &Outline, stated: &[Option<bool>], title: Option<&str>) -> Main {
    let raw = once(page);
    let plain = sums(&raw);
    let looks = looks(page, &plain);
    let headline = headline(page, title);
    let beside = beside(page, &plain, &looks, headline);
    let weighed = page.lines.iter().zip(raw).enumerate().map(|(at, (line, text))| {
        let text = if beside[line.area] { text / 5 } else { text };
        let text = if page.boxes[line.area].tag == Tag::Item { text / 2 } else { text };
        match stated.get(at).copied().flatten() {
            Some(true) => text * 2,
            Some(false) => text / 2,
            None => text,
        }
    });
    let sums = sums(&weighed.collect::<Vec<_>>());
    Main { area: 0, headline, sums, plain, beside, looks }
}

/// The line that is the headline: the heading that says what most of the given titles say, first-rank ones first.
fn headline(page: &Outline, title: Option<&str>) -> Option<usize> {
    let titles = |given: &[&str]| -> Vec<String> { given.iter().map(|title| words_of(title)).collect() };
    let stated = titles(&page.titles.iter().map(String::as_str).collect::<Vec<_>>());
    let chosen = titles(title.as_slice());
    // A title that was chosen among those of the page may be the page's first heading, the outlet's name.
    let said = |line: &str| {
        let line = words_of(line);
        let count = |titles: &[String]| titles.iter().filter(|title| says(&line, title)).count();
        2 * count(&stated) + count(&chosen)
    };
    let headings = page.lines.iter().enumerate().filter_map(|(at, line)| match page.boxes[line.area].tag {
        Tag::Heading(rank) if !line.is_link() => Some((said(&line.text), in_list(page, line.area), rank.min(2), at)),
        _ => None,
    });
    let said = headings.filter(|(said, ..)| *said > 0);
    let best = said.min_by_key(|&(said, listed, rank, at)| (Reverse(said), listed, rank, at));
    best.map(|(.., at)| at)
}

/// Whether a box stands in a list or a menu, as the title in a trail of links does.
fn in_list(page: &Outline, area: usize) -> bool {
    let outer = std::iter::successors(Some(area), |&at| Some(page.boxes[at].parent).filter(|&outer| outer > 0));
    outer.take(4).any(|at| matches!(page.boxes[at].tag, Tag::Item | Tag::List | Tag::Nav))
}

/// Whether a line says what a title says; titles carry the outlet's name, lines a kicker.
fn says(line: &str, title: &str) -> bool {
    !line.is_empty() && line.len() * 2 >= title.len() && title.contains(line)
        || title.len() >= 20 && line.contains(title) && line.len() < 2 * title.len()
}

fn looks(page: &Outline, sums: &[usize]) -> BTreeMap<u64, usize> {
    let mut looks = BTreeMap::new();
    for area in &page.boxes[1..] {
        *looks.entry(area.look).or_default() += sums[area.lines.1] - sums[area.lines.0];
    }
    looks
}

/// The running text of each line; what was said before counts no more.
fn once(page: &Outline) -> Vec<usize> {
    let mut said = BTreeSet::new();
    page.lines
        .iter()
        .map(|line| match running(line) {
            0 if page.boxes[line.area].tag == Tag::Row && line.linked * 2 < line.size => line.size / 2,
            text if text >= 3 * SENTENCE && !said.insert(words_of(&line.text)) => 0,
            text => text,
        })
        .collect()
}

/// The letters and digits of a text in lower case: texts that say the same are alike in them.
pub(super) fn words_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn sums(parts: &[usize]) -> Vec<usize> {
    let mut sum = 0;
    std::iter::once(0)
        .chain(parts.iter().map(|part| {
            sum += part;
            sum
        }))
        .collect()
}

/// Boxes that by tag or name stand beside the article: they and those that look like them hold less than half of the
/// text. Articles without the headline stand beside the one that has it.
fn beside(page: &Outline, sums: &[usize], looks: &BTreeMap<u64, usize>, headline: Option<usize>) -> Vec<bool> {
    const NAMES: &[Mark] =
        &[Mark::Comment, Mark::Related, Mark::Promo, Mark::Nav, Mark::Hidden, Mark::Share, Mark::Ad, Mark::Tags];
    let whole = sums[sums.len() - 1];
    let own = headline.and_then(|line| own_article(page, sums, line));
    let mut beside = vec![false; page.boxes.len()];
    for (at, area) in page.boxes.iter().enumerate().skip(1) {
        let held = sums[area.lines.1] - sums[area.lines.0];
        let alike = looks.get(&area.look).copied().unwrap_or_default();
        let tagged = matches!(area.tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form) && held * 2 < whole;
        let named = area.marks.any(NAMES) && alike * 2 < whole;
        let holds = headline.is_some_and(|line| (area.lines.0..area.lines.1).contains(&line));
        let other =
            area.tag == Tag::Article && own.is_some_and(|own| at > own && at >= page.boxes[own].end || area.end <= own);
        let after = headline.is_some_and(|line| line < area.lines.0 && sums[area.lines.0] - sums[line] >= 6 * SENTENCE);
        let comments = area.marks.has(Mark::Comment) && after;
        let cookie = area.marks.has(Mark::Cookie) && alike * 10 < whole * 9;
        beside[at] = beside[area.parent] || !holds && (tagged || named || other || comments || cookie);
    }
    beside
}

/// The article element around the headline, if it holds more than a teaser.
fn own_article(page: &Outline, sums: &[usize], line: usize) -> Option<usize> {
    let mut at = page.lines[line].area;
    while at > 0 {
        let area = &page.boxes[at];
        if area.tag == Tag::Article && sums[area.lines.1] - sums[area.lines.0] >= 6 * SENTENCE {
            return Some(at);
        }
        at = area.parent;
    }
    None
}

/// The box inside the chosen one that can take its place: the one with the headline if it has more of the text than a
/// header has, else the one that has most.
fn inner(page: &Outline, main: &Main, spread: &mut Spread) -> Option<usize> {
    let whole = main.text_in(page.boxes[main.area].lines);
    let (mut most, mut headed) = (None, None);
    let mut child = main.area + 1;
    while child < page.boxes[main.area].end {
        let lines = page.boxes[child].lines;
        let text = if is_leaf(page.boxes[child].tag) { 0 } else { main.text_in(lines) };
        if most.is_none_or(|(best, _)| text > best) {
            most = Some((text, child));
        }
        if main.headline.is_some_and(|line| (lines.0..lines.1).contains(&line)) {
            headed = Some((text, child));
        }
        child = page.boxes[child].end;
    }
    let headed = headed.filter(|&(text, child)| text * 8 >= whole && is_more_than_header(page, main, child));
    let most = most.filter(|(text, _)| *text > 0 && *text * 2 >= whole);
    headed.into_iter().chain(most).map(|(_, child)| child).find(|&child| spread.leave(page, main, child))
}

/// Whether a box with the headline holds three lines of running text after it.
fn is_more_than_header(page: &Outline, main: &Main, area: usize) -> bool {
    let after = main.headline.unwrap_or_default()..page.boxes[area].lines.1;
    let lines = after.filter(|&at| main.text_in((at, at + 1)) > 0).take(3).count();
    lines == 3 && page.boxes[area].tag != Tag::Header
}

/// Whether a box is a block of an article and never holds one.
fn is_leaf(tag: Tag) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading(_) | Tag::Caption | Tag::Figure)
}

/// How the running text inside the chosen box is spread over looks, and what was left behind on the way in.
struct Spread {
    inside: BTreeMap<(u64, Tag), usize>,
    left: usize,
}

impl Spread {
    fn new(page: &Outline, main: &Main) -> Spread {
        let mut inside = BTreeMap::new();
        for at in 0..page.lines.len() {
            *inside.entry(look(page, at)).or_default() += main.text_in((at, at + 1));
        }
        Spread { inside, left: 0 }
    }

    /// Goes into `child` unless too much of the text left behind looks like text inside it, counted over all steps.
    /// Every line is left behind once at most, so that the whole way in is linear.
    fn leave(&mut self, page: &Outline, main: &Main, child: usize) -> bool {
        let (outer, inner) = (page.boxes[main.area].lines, page.boxes[child].lines);
        let whole = main.text_in(inner);
        let outside = || (outer.0..inner.0).chain(inner.1..outer.1).filter(|&at| main.text_in((at, at + 1)) > 0);
        let mut gone: BTreeMap<(u64, Tag), usize> = BTreeMap::new();
        for at in outside() {
            *gone.entry(look(page, at)).or_default() += main.text_in((at, at + 1));
        }
        let stays = |look: &(u64, Tag)| self.inside.get(look).copied().unwrap_or_default() - gone[look];
        let alike: usize = outside()
            .filter(|&at| !main.beside[page.lines[at].area] && stays(&look(page, at)) * 10 >= whole)
            .map(|at| main.text_in((at, at + 1)))
            .sum();
        if (self.left + alike) * 20 >= whole {
            return false;
        }
        self.left += alike;
        for (look, text) in gone {
            self.inside.entry(look).and_modify(|inside| *inside -= text);
        }
        true
    }
}

/// What a line looks like: its box, and the tag around that.
fn look(page: &Outline, line: usize) -> (u64, Tag) {
    let area = &page.boxes[page.lines[line].area];
    (area.look, page.boxes[area.parent].tag)
}
