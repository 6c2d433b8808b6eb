//! A new article and the stories most like it, taken apart and put together anew.

use std::collections::BTreeMap;

use crate::change::{Change, Reason};
use crate::grouping::Atom;
use crate::similarity::{loss, of_product, product, told};
use crate::window::{Member, Window};

/// Most articles that are taken apart; a story for which there is no room stays whole.
const OPENED: usize = 64;

/// What is grouped anew, in the order in which the first article of each came.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    parts: Vec<Part>,
    new: u32,
}

/// What stays together: an article, the pinned articles of a story, or a whole story.
#[derive(Clone, Debug)]
struct Part {
    /// The numbers of its articles, ascending.
    numbers: Vec<u32>,
    story: u64,
    pinned: bool,
    /// Whether it is all that the window holds of its story.
    whole: bool,
    /// Whether the story's id stays with it: it holds what a person pinned, or else the article that gave the id, or else
    /// the first one in the window.
    keeper: bool,
}

/// What a new grouping changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Regrouped {
    /// The articles that go to another story.
    pub(crate) moves: Vec<(u32, u64)>,
    /// The same in words for others.
    pub(crate) changes: Vec<Change>,
}

/// The parts of one story in one group.
#[derive(Clone, Debug)]
struct Piece {
    parts: Vec<usize>,
    numbers: Vec<u32>,
    /// The story it belonged to.
    from: u64,
    /// The story it is now, before it is joined to others.
    id: u64,
    /// By which the piece that names the group is chosen: the least.
    rank: (bool, bool, u32),
}

impl Pool {
    /// Takes stories apart as far as there is room.
    pub(crate) fn new(window: &Window, stories: &[u64], new: u32) -> Pool {
        let mut parts = vec![Part { numbers: vec![new], story: 0, pinned: false, whole: true, keeper: true }];
        parts[0].story = window.member(new).map_or(0, |member| member.story);
        let mut room = OPENED;
        for &id in stories {
            let numbers = window.story(id).map_or(&[][..], |story| &story.members);
            let opened = numbers.len() <= room;
            room -= if opened { numbers.len() } else { 0 };
            parts.extend(taken_apart(window, id, numbers, opened));
        }
        parts.sort_unstable_by(|x, y| x.numbers.cmp(&y.numbers));
        Pool { parts, new }
    }

    /// The parts as [`groups`](crate::grouping::groups) takes them.
    pub(crate) fn atoms(&self) -> Vec<Atom> {
        self.parts
            .iter()
            .map(|part| Atom { size: part.numbers.len(), pinned: part.pinned.then_some(part.story) })
            .collect()
    }

    /// For each pair of parts the sum of the similarities of their articles.
    pub(crate) fn sums(&self, window: &Window) -> Vec<i64> {
        let count = self.parts.len();
        let mut sums = vec![0; count * count];
        for row in 0..count {
            for column in 0..row {
                let sum = sum(window, &self.parts[row], &self.parts[column]);
                sums[row * count + column] = sum;
                sums[column * count + row] = sum;
            }
        }
        sums
    }

    /// What changes where the parts form these groups.
    pub(crate) fn regrouped(&self, window: &Window, groups: &[Vec<usize>], sums: &[i64]) -> Regrouped {
        let mut regrouped = Regrouped::default();
        let mut merges = Vec::new();
        for group in groups {
            let pieces = self.pieces(window, group);
            let Some(name) = pieces.iter().min_by_key(|piece| piece.rank).map(|piece| piece.id) else { continue };
            for piece in pieces {
                regrouped
                    .moves
                    .extend(piece.numbers.iter().filter(|_| piece.from != name).map(|&number| (number, name)));
                if piece.numbers == [self.new] {
                    continue;
                }
                let others = |other: &usize| !piece.parts.contains(other);
                if piece.id != piece.from {
                    let left: Vec<usize> =
                        (0..self.parts.len()).filter(|&at| self.parts[at].story == piece.from).filter(others).collect();
                    regrouped.changes.push(self.split(window, &piece, self.mean(sums, &piece.parts, &left)));
                }
                if piece.id != name {
                    let joined: Vec<usize> = group.iter().copied().filter(others).collect();
                    let reason = Reason::Alike(self.mean(sums, &piece.parts, &joined));
                    merges.push(Change::Merge { from: piece.id, into: name, reason });
                }
            }
        }
        regrouped.changes.append(&mut merges);
        regrouped
    }

    fn split(&self, window: &Window, piece: &Piece, similarity: f64) -> Change {
        let article = |&number: &u32| window.member(number).map(|member| member.article);
        let articles = piece.numbers.iter().filter_map(article).collect();
        Change::Split { from: piece.from, into: piece.id, articles, reason: Reason::Unlike(similarity) }
    }

    /// The parts of a group by the story they belong to.
    fn pieces(&self, window: &Window, group: &[usize]) -> Vec<Piece> {
        let mut of_story: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        group.iter().for_each(|&part| of_story.entry(self.parts[part].story).or_default().push(part));
        of_story.into_iter().map(|(story, parts)| self.piece(window, story, parts)).collect()
    }

    fn piece(&self, window: &Window, from: u64, parts: Vec<usize>) -> Piece {
        let mut numbers: Vec<u32> = parts.iter().flat_map(|&part| self.parts[part].numbers.iter().copied()).collect();
        numbers.sort_unstable();
        let keeper = parts.iter().any(|&part| self.parts[part].keeper);
        let pinned = parts.iter().any(|&part| self.parts[part].pinned);
        let article = |number: u32| window.member(number).map_or(from, |member| member.article);
        let id = if keeper { from } else { article(numbers[0]) };
        // Where the article that named a story has left the window, the story is older than any in it.
        let founder = numbers.iter().copied().find(|&number| article(number) == from);
        let named = keeper && numbers != [self.new];
        let began = if named { founder.unwrap_or(0) } else { numbers[0] };
        Piece { parts, from, id, rank: (!pinned, !named, began), numbers }
    }

    /// The mean similarity of the articles of some parts to those of others.
    fn mean(&self, sums: &[i64], some: &[usize], others: &[usize]) -> f64 {
        let count = self.parts.len();
        let size = |parts: &[usize]| parts.iter().map(|&part| self.parts[part].numbers.len()).sum::<usize>();
        let pairs = (size(some) * size(others)).max(1) as i64;
        told(some.iter().flat_map(|one| others.iter().map(move |other| sums[one * count + other])).sum::<i64>() / pairs)
    }
}

/// The parts of a story: every article by itself, and what a person pinned together with the article that gave the story
/// its id; or the story as a whole. Where all that was pinned has left the window, the first article here stands for it.
fn taken_apart(window: &Window, story: u64, numbers: &[u32], opened: bool) -> Vec<Part> {
    let is = |number: &u32, what: fn(&Member) -> bool| window.member(*number).is_some_and(what);
    let pinned = window.is_pinned(story) || numbers.iter().any(|number| is(number, |member| member.pinned));
    let part =
        |numbers: Vec<u32>, pinned: bool, whole: bool, keeper: bool| Part { numbers, story, pinned, whole, keeper };
    if !opened && !numbers.is_empty() {
        return vec![part(numbers.to_vec(), pinned, true, true)];
    }
    let stays = |number: &u32| is(number, |member| member.pinned || member.article == member.story);
    let stand_in = numbers.first().filter(|_| !numbers.iter().any(stays));
    let (together, single): (Vec<u32>, Vec<u32>) =
        numbers.iter().partition(|number| pinned && (stays(number) || stand_in == Some(number)));
    let founder = numbers.iter().copied().find(|number| is(number, |member| member.article == member.story));
    let keeper = if pinned { None } else { founder.or(numbers.first().copied()) };
    let single = single.into_iter().map(|number| part(vec![number], false, false, keeper == Some(number)));
    let together = (!together.is_empty()).then(|| part(together, true, false, true));
    single.chain(together).collect()
}

/// The sum of the similarities of the articles of two parts.
fn sum(window: &Window, one: &Part, other: &Part) -> i64 {
    let members = |part: &Part| part.numbers.iter().filter_map(|&number| window.member(number)).collect::<Vec<_>>();
    match (
        one.whole.then(|| window.story(one.story)).flatten(),
        other.whole.then(|| window.story(other.story)).flatten(),
    ) {
        (Some(one), Some(other)) => one.similarities_of(other),
        (Some(story), None) => {
            members(other).iter().map(|member| story.similarities(member.day, &member.weights)).sum()
        }
        (None, Some(story)) => members(one).iter().map(|member| story.similarities(member.day, &member.weights)).sum(),
        (None, None) => {
            let others = members(other);
            members(one).iter().flat_map(|one| others.iter().map(|other| similarity(one, other))).sum()
        }
    }
}

/// The similarity of two articles, less what the days between them cost.
fn similarity(one: &Member, other: &Member) -> i64 {
    of_product(product(&one.weights, &other.weights)) - loss(one.day, other.day)
}
