//! The lines of an article with the kinds their boxes give.
//!
//! What stands between the headline and the first paragraph is a matter of its own, see [`super::top`]. Pictures and
//! the text under them are known by their elements, by what their boxes are called, or by a small box around a
//! picture. A line that is only a link is a way out of the article.

use std::collections::BTreeSet;

use twosource_model::{BlockKind, Instant};

use super::container::{Main, SENTENCE, running};
use super::live;
use super::marks::{Mark, Marks};
use super::outline::{Area, Outline, Piece, Tag};
use super::prune::{Role, marks_around, roles};
use super::stated::rows;
use super::top;

/// One block: its kind and its words, white space folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    /// When the entry of a live blog it is part of was written.
    pub(crate) time: Option<Instant>,
}

impl Element {
    /// A block of a kind without a time of its own.
    pub(crate) fn new(kind: BlockKind, text: String) -> Element {
        Element { kind, text, time: None }
    }

    /// A paragraph of these words.
    pub(crate) fn paragraph(words: &str) -> Element {
        Element::new(BlockKind::Paragraph, words.trim().to_owned())
    }
}

/// The blocks of the article in the order of the page.
pub(super) fn elements(page: &Outline, main: &Main) -> Vec<Element> {
    let (from, to) = page.boxes[main.area].lines;
    let marks = marks_around(page, main);
    let mut kinds = kinds(page, main, &marks);
    for (at, kind) in top::over(page, main, &marks, &kinds) {
        kinds[at] = kind;
    }
    bold_headings(page, &mut kinds);
    dangling_headings(&mut kinds[from..to]);
    said_before(page, &mut kinds);
    pull_quotes(page, &mut kinds);
    let times = live::times(page, main);
    let entry = |at: usize, kind: BlockKind| match kind {
        BlockKind::Paragraph | BlockKind::ListItem if times.contains_key(&at) => BlockKind::LiveEntry,
        kind => kind,
    };
    let kept = page.lines.iter().zip(kinds).enumerate();
    kept.filter_map(|(at, (line, kind))| {
        Some(Element { kind: entry(at, kind?), text: line.text.clone(), time: times.get(&at).cloned() })
    })
    .collect()
}

/// A quotation set as a block whose words another paragraph holds is there for display.
fn pull_quotes(page: &Outline, kinds: &mut [Option<BlockKind>]) {
    let of = |wanted: BlockKind, kinds: &[Option<BlockKind>]| -> Vec<usize> {
        (0..kinds.len()).filter(|&at| kinds[at] == Some(wanted)).collect()
    };
    let quotes = of(BlockKind::Quote, kinds);
    if quotes.is_empty() {
        return;
    }
    let paragraphs = of(BlockKind::Paragraph, kinds);
    let told: BTreeSet<u64> = paragraphs.iter().flat_map(|&at| rows(&page.lines[at].text)).collect();
    for at in quotes {
        let rows = rows(&page.lines[at].text);
        if rows.len() >= 3 && rows.iter().all(|row| told.contains(row)) {
            kinds[at] = Some(BlockKind::PullQuote);
        }
    }
}

/// Pages hold copies of their text for other screens: a longer line whose words were all said before leaves.
fn said_before(page: &Outline, kinds: &mut [Option<BlockKind>]) {
    let mut said = BTreeSet::new();
    for (line, kind) in page.lines.iter().zip(kinds) {
        let Some(known) = *kind else { continue };
        if line.size < 150 {
            continue;
        }
        let rows = rows(&line.text);
        let copied = rows.iter().filter(|row| said.contains(*row)).count();
        if copied * 10 >= rows.len() * 9 {
            *kind = None;
        } else if known.is_body() {
            said.extend(rows);
        }
    }
}

/// The kind of every line; `None` for those that are no part of the article.
fn kinds(page: &Outline, main: &Main, marks: &[Marks]) -> Vec<Option<BlockKind>> {
    let roles = roles(page, main);
    let senses = senses(page, main, marks);
    let mut kinds = vec![None; page.lines.len()];
    let (from, to) = page.boxes[main.area].lines;
    for (line, found) in page.lines[from..to].iter().zip(&mut kinds[from..to]) {
        *found = match roles[line.area] {
            Role::Out | Role::Hidden => None,
            Role::Promo => Some(BlockKind::Promo),
            Role::Part => Some(kind(page, line, senses[line.area], marks[line.area])),
        };
    }
    picture_series(page, &mut kinds);
    kinds
}

/// Where most of the running text stands under pictures, the pictures are the article and their texts its paragraphs.
fn picture_series(page: &Outline, kinds: &mut [Option<BlockKind>]) {
    let text = |wanted: fn(BlockKind) -> bool| -> usize {
        let lines = page.lines.iter().zip(&*kinds).filter(|(_, kind)| kind.is_some_and(wanted));
        lines.map(|(line, _)| running(line)).sum()
    };
    let body = text(BlockKind::is_body);
    if text(|kind| kind == BlockKind::Caption) <= body || body > ARTICLE {
        return;
    }
    for (line, kind) in page.lines.iter().zip(kinds) {
        if *kind == Some(BlockKind::Caption) && running(line) > 0 {
            *kind = Some(BlockKind::Paragraph);
        }
    }
}

/// What the elements around a box make of the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Text,
    Heading(u8),
    Picture,
    Item,
    Quote,
}

fn senses(page: &Outline, main: &Main, marks: &[Marks]) -> Vec<Sense> {
    let mut senses = vec![Sense::Text; page.boxes.len()];
    for at in main.area + 1..page.boxes[main.area].end {
        let area = &page.boxes[at];
        let own = match area.tag {
            Tag::Heading(rank) => Sense::Heading(rank),
            Tag::Figure | Tag::Caption => Sense::Picture,
            Tag::Item | Tag::Row => Sense::Item,
            Tag::Quote => Sense::Quote,
            _ if main.percent_alike(page, at) < 30 && is_picture_box(page, area, marks[at]) => Sense::Picture,
            _ => Sense::Text,
        };
        senses[at] = match senses[area.parent] {
            Sense::Picture => Sense::Picture,
            outer if own == Sense::Text => outer,
            _ => own,
        };
    }
    senses
}

/// Enough running text for an article of its own.
const ARTICLE: usize = 18 * SENTENCE;

/// A small box around a picture and a few words.
fn is_picture_box(page: &Outline, area: &Area, marks: Marks) -> bool {
    let lines = &page.lines[area.lines.0..area.lines.1];
    if area.pictures == 0 || lines.len() > 4 || matches!(area.tag, Tag::Paragraph | Tag::Row | Tag::Cell) {
        return false;
    }
    let size: usize = lines.iter().map(|line| line.size).sum();
    let tag = |line: &Piece| page.boxes[line.area].tag;
    if lines.iter().any(|line| matches!(tag(line), Tag::Heading(_))) {
        return false;
    }
    let plain = lines.iter().all(|line| tag(line) != Tag::Paragraph);
    size < 500 && marks.has(Mark::Picture) || size < 160 && plain
}

fn kind(page: &Outline, line: &Piece, sense: Sense, marks: Marks) -> BlockKind {
    let short = line.size < 500;
    let tag = page.boxes[line.area].tag;
    match sense {
        _ if short && marks.has(Mark::Caption) => BlockKind::Caption,
        _ if line.size < 150 && marks.has(Mark::Credit) => BlockKind::Credit,
        Sense::Picture => BlockKind::Caption,
        _ if marks.has(Mark::PullQuote) => BlockKind::PullQuote,
        _ if marks.has(Mark::Author) => BlockKind::Byline,
        _ if line.size < 60 && marks.has(Mark::Date) => BlockKind::Dateline,
        Sense::Heading(1) => BlockKind::Headline,
        Sense::Heading(_) => BlockKind::Heading,
        Sense::Quote => BlockKind::Quote,
        Sense::Item => BlockKind::ListItem,
        Sense::Text if line.linked * 10 > line.size * 8 => BlockKind::Promo,
        Sense::Text if is_button(line, tag) => BlockKind::Other,
        Sense::Text => BlockKind::Paragraph,
    }
}

/// A few words in a box that is no paragraph and no sentence: a label, a button, a counter.
fn is_button(line: &Piece, tag: Tag) -> bool {
    running(line) == 0
        && line.size < 25
        && !crate::lines::ends_sentence(&line.text)
        && tag != Tag::Paragraph
        && line.bold == 0
}

/// Headings over nothing, and over nothing but ways out, head no part of the article.
fn dangling_headings(kinds: &mut [Option<BlockKind>]) {
    let mut below = Below::Nothing;
    for kind in kinds.iter_mut().rev() {
        below = match (*kind, below) {
            (Some(BlockKind::Heading), Below::Nothing) => {
                *kind = Some(BlockKind::Promo);
                Below::Nothing
            }
            (Some(BlockKind::Heading), _) => Below::Heading,
            (Some(BlockKind::Promo), Below::Heading) => Below::Nothing,
            (Some(known), _) if known.is_body() => Below::Body,
            (_, below) => below,
        };
    }
}

/// What follows a line, furniture aside.
#[derive(Clone, Copy)]
enum Below {
    Nothing,
    Body,
    Heading,
}

/// A paragraph all in bold between two paragraphs is a heading if it is short and no sentence.
fn bold_headings(page: &Outline, kinds: &mut [Option<BlockKind>]) {
    let body: Vec<usize> = (0..kinds.len()).filter(|&at| kinds[at].is_some_and(BlockKind::is_body)).collect();
    let is_bold = |at: usize| page.lines[at].bold * 10 >= page.lines[at].size * 9;
    for three in body.windows(3) {
        let line = &page.lines[three[1]];
        let open = !crate::lines::ends_sentence(&line.text) || line.text.ends_with('?');
        let titled = open && !line.text.ends_with([',', ';', ':']) && (4..=90).contains(&line.size);
        let between = kinds[three[1]] == Some(BlockKind::Paragraph) && !is_bold(three[0]) && !is_bold(three[2]);
        if titled && between && is_bold(three[1]) && running(&page.lines[three[2]]) > 0 {
            kinds[three[1]] = Some(BlockKind::Heading);
        }
    }
}
