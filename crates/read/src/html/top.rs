//! What stands over the body: kicker, headline, standfirst, byline, date.
//!
//! The headline often stands in a header of its own outside of the article's box. From it to the first paragraph
//! every line is looked at, wherever it stands. A standfirst shows itself by what its box is called, by repeating the
//! description the page gives of itself, or by being the only text in the header of the headline.

use twosource_model::BlockKind;

use super::container::{Main, running};
use super::marks::{Mark, Marks};
use super::outline::{Outline, Tag};
use super::stated::rows;
use crate::labels::signature;

/// A line over the body and its kind; `None` for what is no part of the article.
type Over = (usize, Option<BlockKind>);

/// How many lines after the headline are looked at.
const MOST: usize = 60;

/// The kinds of the lines over the body, given the kinds inside the article.
pub(super) fn over(page: &Outline, main: &Main, inner: &[Marks], kinds: &[Option<BlockKind>]) -> Vec<Over> {
    let inside = page.boxes[main.area].lines;
    let marks = |at: usize| if at < inside.0 { marks_over(page, at) } else { inner[page.lines[at].area] };
    let is_body = |at: usize| is_body(page, kinds, marks(at), at);
    let Some(headline) = main.headline.filter(|&line| line < inside.1) else {
        let body = (inside.0..inside.1).find(|&at| is_body(at)).unwrap_or(inside.1);
        return lead(page, body, is_body).map(|at| (at, Some(BlockKind::Standfirst))).into_iter().collect();
    };
    let mut found = vec![(headline, Some(BlockKind::Headline))];
    found.extend(kicker(page, headline).map(|at| (at, Some(BlockKind::Kicker))));
    let body = (headline + 1..inside.1).find(|&at| at >= inside.0 && is_body(at)).unwrap_or(inside.1);
    let over = kinds.iter().enumerate().take(body.min(headline + MOST)).skip(headline + 1);
    for (at, inside) in over {
        found.extend(kind(page, headline, at, marks(at), *inside).map(|kind| (at, kind)));
    }
    found.extend(lead(page, body, is_body).map(|at| (at, Some(BlockKind::Standfirst))));
    found.extend(pictures_over(page, main, headline).map(|at| (at, Some(BlockKind::Caption))));
    found
}

fn is_body(page: &Outline, kinds: &[Option<BlockKind>], marks: Marks, at: usize) -> bool {
    let tag = page.boxes[page.lines[at].area].tag;
    kinds[at] == Some(BlockKind::Paragraph)
        && running(&page.lines[at]) > 0
        && !marks.has(Mark::Standfirst)
        && !matches!(tag, Tag::Heading(_))
}

/// The first paragraph where it is the standfirst: set in bold, or unlike those after it and what the page says of
/// itself.
fn lead(page: &Outline, body: usize, is_body: impl Fn(usize) -> bool) -> Option<usize> {
    let line = page.lines.get(body)?;
    let next = (body + 1..page.lines.len()).find(|&at| is_body(at))?;
    let is_bold = |at: usize| page.lines[at].bold * 10 >= page.lines[at].size * 9;
    let look = |at: usize| page.boxes[page.lines[at].area].look;
    let set_apart = is_bold(body) && !is_bold(next);
    let unlike = || look(body) != look(next) && repeats(&page.description, &line.text);
    (line.size < 900 && (set_apart || unlike())).then_some(body)
}

/// The text of pictures before the headline, in the box that holds headline and article.
fn pictures_over<'p>(page: &'p Outline, main: &Main, headline: usize) -> impl Iterator<Item = usize> + 'p {
    let holds = |area: &usize| page.boxes[*area].lines.0 <= headline;
    let mut outer =
        std::iter::successors(Some(main.area), |&area| Some(page.boxes[area].parent).filter(|&outer| outer > 0));
    let from = outer.find(holds).map_or(headline, |area| page.boxes[area].lines.0);
    let near = from.max(headline.saturating_sub(MOST))..headline;
    near.filter(|&at| !page.lines[at].is_link() && in_picture(page, at))
}

/// What a line between headline and body is; `None` where it keeps the kind it has.
fn kind(
    page: &Outline,
    headline: usize,
    at: usize,
    marks: Marks,
    inside: Option<BlockKind>,
) -> Option<Option<BlockKind>> {
    let line = &page.lines[at];
    let tag = page.boxes[line.area].tag;
    // Inside the article pictures are known already.
    let pictured = inside.is_none()
        && marks.has(Mark::Picture)
        && line.size < 300
        && around(page, at).take(3).any(|area| page.boxes[area].pictures > 0);
    let furniture = [
        Mark::Share,
        Mark::Nav,
        Mark::Cookie,
        Mark::Hidden,
        Mark::Promo,
        Mark::Comment,
        Mark::Ad,
        Mark::Tags,
        Mark::Related,
    ];
    let caption = matches!(inside, Some(BlockKind::Caption | BlockKind::Credit))
        || !line.is_link() && (pictured || in_picture(page, at));
    match () {
        () if inside == Some(BlockKind::Caption) || inside == Some(BlockKind::Credit) => None,
        () if is_standfirst(page, headline, at, marks, tag) && !caption => Some(Some(BlockKind::Standfirst)),
        () if caption => Some(Some(BlockKind::Caption)),
        () if marks.any(&furniture) || in_furniture(page, at) => Some(None),
        () if marks.has(Mark::Author) && line.size < 200 => Some(Some(BlockKind::Byline)),
        () if marks.has(Mark::Date) && line.size < 100 => Some(Some(BlockKind::Dateline)),
        () if inside.is_some_and(|kind| !matches!(kind, BlockKind::Other)) => None,
        () if line.size < 120 => Some(signature(&line.text)),
        () => Some(None),
    }
}

fn is_standfirst(page: &Outline, headline: usize, at: usize, marks: Marks, tag: Tag) -> bool {
    let line = &page.lines[at];
    if line.size < 25 || line.size > 700 || line.linked * 2 > line.size || marks.any(&[Mark::Author, Mark::Hidden]) {
        return false;
    }
    let header = page.boxes[page.lines[headline].area].parent;
    let (from, to) = page.boxes[header].lines;
    let with_headline = (from..to).contains(&at) && to - from <= 12;
    let block = matches!(tag, Tag::Paragraph | Tag::Heading(_));
    marks.has(Mark::Standfirst)
        || repeats(&page.description, &line.text)
        || with_headline && (running(line) > 0 || block && line.size >= 40)
        || matches!(tag, Tag::Heading(2..=4)) && at <= headline + 2 && line.size >= 40
}

/// Whether a line says what the page says of itself; descriptions are often cut.
fn repeats(description: &[String], line: &str) -> bool {
    let line = rows(line);
    !line.is_empty()
        && description.iter().any(|description| {
            let known = rows(description);
            let same = line.iter().filter(|row| known.contains(row)).count();
            same * 10 >= line.len() * 7 || same * 10 >= known.len() * 9 && known.len() >= 6 && same * 2 >= line.len()
        })
}

/// The label right over the headline, in its header.
fn kicker(page: &Outline, headline: usize) -> Option<usize> {
    let at = headline.checked_sub(1)?;
    let header = page.boxes[page.lines[headline].area].parent;
    let near = page.boxes[header].lines.0 <= at || page.boxes[page.boxes[header].parent].lines.0 <= at;
    let marks = marks_over(page, at);
    let line = &page.lines[at];
    (near && line.size <= 40 && marks.has(Mark::Kicker)).then_some(at)
}

/// What the boxes around a line say, as far as they hold little else.
pub(super) fn marks_over(page: &Outline, at: usize) -> Marks {
    let mut marks = Marks::default();
    let mut area = page.lines[at].area;
    while area > 0 && page.boxes[area].lines.1 - page.boxes[area].lines.0 <= 6 {
        marks = marks.with(page.boxes[area].marks);
        area = page.boxes[area].parent;
    }
    marks
}

fn in_picture(page: &Outline, at: usize) -> bool {
    around(page, at).any(|area| matches!(page.boxes[area].tag, Tag::Figure | Tag::Caption))
        || marks_over(page, at).has(Mark::Caption)
}

fn in_furniture(page: &Outline, at: usize) -> bool {
    around(page, at).take(6).any(|area| matches!(page.boxes[area].tag, Tag::Nav | Tag::Form | Tag::Aside | Tag::Footer))
}

/// The boxes around a line, innermost first.
fn around(page: &Outline, at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(page.lines[at].area), |&area| Some(page.boxes[area].parent).filter(|&outer| outer > 0))
}
