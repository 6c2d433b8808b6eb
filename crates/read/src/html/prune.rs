//! Which boxes inside the article are none of it: other stories, newsletters, buttons, comments, author notes.
//!
//! A box leaves when its tag, its names or the links in it say so and it holds only a small part of the article's
//! running text: names alone never take much of an article away.

use super::container::{Main, SENTENCE};
use super::marks::{Mark, Marks};
use super::outline::{Area, Outline, Tag};

/// No tag and no name takes more than this part of the article's running text away, in percent.
const MOST: usize = 40;

/// What a box is to the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Part of it.
    Part,
    /// A way to something else inside it.
    Promo,
    /// Not part of it, save for pictures in it: galleries wait hidden.
    Hidden,
    /// Not part of it.
    Out,
}

/// The role of every box; those outside of the article are out.
pub(super) fn roles(page: &Outline, main: &Main) -> Vec<Role> {
    let (links, sizes) = (sums(page, |line| line.linked), sums(page, |line| line.size));
    let mut in_figure = vec![false; page.boxes.len()];
    let mut roles = vec![Role::Out; page.boxes.len()];
    for at in main.area..page.boxes[main.area].end {
        let area = &page.boxes[at];
        let outer = if at == main.area { Role::Part } else { roles[area.parent] };
        let share = |sums: &[usize]| sums[area.lines.1] - sums[area.lines.0];
        in_figure[at] = in_figure[area.parent] || area.tag == Tag::Figure && at != main.area;
        let held = Held {
            size: share(&sizes),
            linked: share(&links),
            percent: main.percent(page, at),
            alike: main.percent_alike(page, at),
            before: main.before(page, at),
        };
        roles[at] = match outer {
            Role::Part if at != main.area && in_figure[area.parent] => Role::Part,
            Role::Part if at != main.area => role(area, &held),
            Role::Hidden if area.tag == Tag::Figure => Role::Part,
            outer => outer,
        };
    }
    roles
}

/// What a box holds.
struct Held {
    size: usize,
    linked: usize,
    /// Its part of the running text of the article.
    percent: usize,
    /// The same for all boxes that look like it.
    alike: usize,
    /// Running text of the article before it.
    before: usize,
}

fn role(area: &Area, held: &Held) -> Role {
    const OUT: &[Mark] = &[Mark::Comment, Mark::Share, Mark::Ad, Mark::Nav, Mark::Cookie, Mark::Tags];
    const AWAY: &[Mark] = &[Mark::Related, Mark::Promo];
    let marks = area.marks;
    match () {
        () if marks.has(Mark::Comment) && held.before >= 6 * SENTENCE && held.percent > 20 => Role::Out,
        () if matches!(area.tag, Tag::Figure | Tag::Caption) => Role::Part,
        () if held.percent > MOST => Role::Part,
        () if matches!(area.tag, Tag::Nav | Tag::Form | Tag::Footer) => Role::Out,
        () if held.alike <= MOST && marks.any(OUT) => Role::Out,
        () if held.alike <= MOST && marks.has(Mark::Hidden) => Role::Hidden,
        () if area.tag == Tag::Aside && !marks.has(Mark::Picture) || held.alike <= MOST && marks.any(AWAY) => {
            Role::Promo
        }
        () if is_linked(area, held) => Role::Promo,
        () => Role::Part,
    }
}

/// Lists and groups most of whose words are links, and cards that are one link.
fn is_linked(area: &Area, held: &Held) -> bool {
    let most = held.linked * 3 > held.size * 2;
    match area.tag {
        Tag::Paragraph | Tag::Heading(_) | Tag::Item | Tag::Row => held.linked * 10 > held.size * 9,
        Tag::Table => false,
        _ => most,
    }
}

fn sums(page: &Outline, part: impl Fn(&super::outline::Piece) -> usize) -> Vec<usize> {
    let mut sum = 0;
    let parts = page.lines.iter().map(|line| {
        sum += part(line);
        sum
    });
    std::iter::once(0).chain(parts).collect()
}

/// What the boxes around a line inside the article say of it, all together.
pub(super) fn marks_around(page: &Outline, main: &Main) -> Vec<Marks> {
    let mut marks = vec![Marks::default(); page.boxes.len()];
    for at in main.area + 1..page.boxes[main.area].end {
        let area = &page.boxes[at];
        if main.percent(page, at) > MOST {
            continue;
        }
        let own = if main.percent_alike(page, at) > MOST { Marks::default() } else { area.marks };
        marks[at] = marks[area.parent].with(own);
    }
    marks
}
