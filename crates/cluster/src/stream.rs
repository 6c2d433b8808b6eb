//! Articles to stories, one at a time.

use std::collections::{BTreeMap, VecDeque};

use jiff::civil::Date;

use crate::bytes::{put, take, unzigzag, zigzag};
use crate::epoch::{Epoch, Weighted};
use crate::index::Index;
use crate::profile::Profile;
use crate::similarity::{fixed, told};
use crate::story::Story;

/// Mean similarity to the articles of a story from which an article joins it.
const THRESHOLD: i64 = fixed(0.18);

/// Days between an article and the last one of its story; articles that lie further back leave the memory.
const WINDOW: i32 = 30;

/// How many articles it takes to move the window: a single wrong date in the future must not empty it.
const CROWD: usize = 8;

/// Most articles in memory, dated or not: the oldest leave first.
const CAPACITY: usize = 200_000;

/// Most articles without a day in memory.
const UNDATED: usize = 20_000;

/// Stories an article is compared with: those with the articles most like it in its weightiest stems.
const CANDIDATES: usize = 20;

/// Sorts articles into stories as they come, each at a cost that does not grow with those that came before.
///
/// Only articles within a window of days are in memory. Story ids last: a story's id is the id of its first article.
///
/// What a stream knows is its [`Epoch`], its [`Position`] and the articles of its window: from those it can be
/// [restored](Stream::restore), and goes on as if it had never stopped.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    epoch: Epoch,
    position: Position,
    /// Articles by their number in the stream, from `first` on; those that left are `None`.
    window: VecDeque<Option<Box<Member>>>,
    first: u32,
    stories: BTreeMap<u64, Story>,
    index: Index,
    /// The numbers of the articles of each day, and of none, in the window.
    days: BTreeMap<i32, VecDeque<u32>>,
    undated: VecDeque<u32>,
    held: usize,
}

/// An article of the window.
#[derive(Clone, Debug)]
struct Member {
    article: u64,
    story: u64,
    day: Option<i32>,
    pinned: bool,
    profile: Profile,
    weights: Vec<Weighted>,
}

/// An article as it is kept elsewhere, to restore a stream from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub article: u64,
    /// The id of its story.
    pub story: u64,
    /// The day it was added with.
    pub day: Option<Date>,
    /// Whether a person said that it belongs to its story.
    pub pinned: bool,
    /// Its profile.
    pub profile: Profile,
}

/// How far a stream has come, beside its epoch: small, and changed by every article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Articles added since the beginning.
    seen: u64,
    /// The last day of the window, counted from 1970.
    last_day: Option<i32>,
}

impl Position {
    /// The first day of the window: of the articles of earlier days none is in memory. `None` before any has left.
    pub fn first_day(&self) -> Option<Date> {
        let last = self.last_day?;
        jiff::Span::new()
            .try_days(i64::from(last) - i64::from(WINDOW))
            .ok()
            .and_then(|days| BEGINNING.checked_add(days).ok())
    }

    /// The last day of the window; `None` before a crowd of dated articles has come.
    pub fn last_day(&self) -> Option<Date> {
        BEGINNING.checked_add(jiff::Span::new().try_days(self.last_day?).ok()?).ok()
    }

    /// The same count of articles with a window that ends on another day: for articles that come long after their time.
    pub fn moved_to(&self, last_day: Option<Date>) -> Position {
        Position { seen: self.seen, last_day: last_day.map(day_number) }
    }

    /// The position as bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        put(&mut bytes, self.seen);
        self.last_day.into_iter().for_each(|day| put(&mut bytes, zigzag(day.into())));
        bytes
    }

    /// The position that was stored; `None` for other bytes.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Position> {
        let seen = take(&mut bytes)?;
        let last_day = match bytes {
            [] => None,
            _ => Some(i32::try_from(unzigzag(take(&mut bytes)?)).ok()?),
        };
        bytes.is_empty().then_some(Position { seen, last_day })
    }
}

/// Where an article went.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The story it belongs to, after the changes.
    pub story: u64,
    /// Whether it is the first article of that story.
    pub founded: bool,
    /// The story most like it when it came, and how like, where there was one in the window.
    pub nearest: Option<(u64, f64)>,
    /// What its coming changed for the articles that were there, in order; itself it is in none of them.
    pub changes: Vec<Change>,
}

/// A change of stories that were there already.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// All articles of a story, whether in the window or not, went to another; its id leads there from now on.
    Merge {
        /// The story that is no more.
        from: u64,
        /// The story that has its articles now: the one that began first, unless a person pinned the other.
        into: u64,
        /// Why.
        reason: Reason,
    },
    /// Some articles of a story went to a new one.
    Split {
        /// The story that they left.
        from: u64,
        /// The new story: the id of the first article in it.
        into: u64,
        /// The articles, ascending in time.
        articles: Vec<u64>,
        /// Why.
        reason: Reason,
    },
}

/// Why stories were merged or split.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// So alike were the articles of the two in the mean.
    Alike(f64),
    /// So unlike were the articles of the two in the mean.
    Unlike(f64),
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Reason::Alike(similarity) => write!(f, "their articles are alike: {similarity:.2} in the mean"),
            Reason::Unlike(similarity) => write!(f, "their articles are not alike: {similarity:.2} in the mean"),
        }
    }
}

impl Stream {
    /// A stream that has seen no article.
    pub fn new() -> Stream {
        Stream::default()
    }

    /// The stream that had come so far, from its articles in the order in which they were added.
    ///
    /// At least those of the window are needed: of the days from [`Position::first_day`] on, and of no day. More do no harm.
    pub fn restore(epoch: Epoch, position: Position, kept: impl Iterator<Item = Kept>) -> Stream {
        let mut stream = Stream { epoch, position, ..Stream::default() };
        for kept in kept {
            let Kept { article, story, day, pinned, profile } = kept;
            let weights = stream.epoch.weights(&profile);
            stream.hold(Member { article, story, day: day.map(day_number), pinned, profile, weights });
            stream.expire();
        }
        stream
    }

    /// The weights of the stems at present; to be stored when its number changes.
    pub fn epoch(&self) -> &Epoch {
        &self.epoch
    }

    /// How far the stream has come; to be stored with every article.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// How many articles are in memory.
    pub fn held(&self) -> usize {
        self.held
    }

    /// Takes in an article: it joins the story most like it, or founds one with its own id.
    ///
    /// Articles should come in the order of their days; one without a day is taken as near to all others. The day of one
    /// that states a time to come should be the day it was found.
    pub fn add(&mut self, article: u64, day: Option<Date>, profile: Profile) -> Placement {
        let day = day.map(day_number);
        let weights = self.epoch.weights(&profile);
        let nearest = self.nearest(day, &weights);
        let (story, founded) = match nearest {
            Some((story, similarity)) if similarity >= THRESHOLD => (story, false),
            _ => (article, true),
        };
        self.hold(Member { article, story, day, pinned: false, profile, weights });
        self.position.seen += 1;
        self.position.last_day = self.position.last_day.max(self.last_day());
        self.expire();
        if self.position.seen >= self.epoch.until() {
            self.advance();
        }
        let nearest = nearest.map(|(story, similarity)| (story, told(similarity)));
        Placement { story, founded, nearest, changes: Vec::new() }
    }

    /// The story most like an article; the one that began first of several.
    fn nearest(&self, day: Option<i32>, weights: &[Weighted]) -> Option<(u64, i64)> {
        let within =
            |story: &Story| story.last_day().zip(day).is_none_or(|(last, day)| last.abs_diff(day) <= WINDOW as u32);
        let candidates = self.candidates(weights).into_iter();
        let stories = candidates.filter_map(|id| Some((id, self.stories.get(&id)?))).filter(|(_, story)| within(story));
        let alike = stories.map(|(id, story)| (id, story.similarity(day, weights)));
        alike.max_by(|x, y| x.1.cmp(&y.1).then(y.0.cmp(&x.0)))
    }

    /// The stories of the articles most like one in their weightiest stems.
    fn candidates(&self, weights: &[Weighted]) -> Vec<u64> {
        let mut alike = vec![0_u32; self.window.len()];
        let mut touched = Vec::new();
        self.index.shared(weights, |number, product| {
            let at = (number - self.first) as usize;
            if alike[at] == 0 {
                touched.push(at);
            }
            alike[at] = alike[at].saturating_add(product.max(1));
        });
        let mut of_story: BTreeMap<u64, u32> = BTreeMap::new();
        for at in touched {
            let Some(member) = &self.window[at] else { continue };
            let most = of_story.entry(member.story).or_default();
            *most = alike[at].max(*most);
        }
        let mut ranked: Vec<(u64, u32)> = of_story.into_iter().collect();
        ranked.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        ranked.into_iter().take(CANDIDATES).map(|(story, _)| story).collect()
    }

    /// Takes an article into the window.
    fn hold(&mut self, member: Member) {
        let number = self.first.wrapping_add(self.window.len() as u32);
        self.index.add(number, &member.weights);
        self.stories.entry(member.story).or_default().add(number, member.day, &member.weights);
        match member.day {
            Some(day) => self.days.entry(day).or_default().push_back(number),
            None => self.undated.push_back(number),
        }
        self.window.push_back(Some(Box::new(member)));
        self.held += 1;
    }

    /// The last day that a crowd of articles has reached.
    fn last_day(&self) -> Option<i32> {
        let mut left = CROWD;
        self.days.iter().rev().find_map(|(&day, articles)| {
            left = left.saturating_sub(articles.len());
            (left == 0).then_some(day)
        })
    }

    /// Lets articles leave that lie before the window, or are too many.
    fn expire(&mut self) {
        while let Some(number) = self.before_window() {
            self.drop(number);
        }
        if self.undated.len() > UNDATED
            && let Some(&number) = self.undated.front()
        {
            self.drop(number);
        }
        if self.held > CAPACITY {
            self.drop(self.first);
        }
    }

    /// An article that lies before the window.
    fn before_window(&self) -> Option<u32> {
        let first_day = self.position.last_day? - WINDOW;
        let (_, articles) = self.days.first_key_value().filter(|(day, _)| **day < first_day)?;
        articles.front().copied()
    }

    /// Drops an article of the window.
    fn drop(&mut self, number: u32) {
        let at = (number - self.first) as usize;
        let Some(member) = self.window.get_mut(at).and_then(Option::take) else { return };
        self.index.remove(number, &member.weights);
        if let Some(story) = self.stories.get_mut(&member.story) {
            story.remove(number, member.day, &member.weights);
            if story.members.is_empty() {
                self.stories.remove(&member.story);
            }
        }
        self.forget_day(number, member.day);
        self.held -= 1;
        while self.window.front().is_some_and(Option::is_none) {
            self.window.pop_front();
            self.first += 1;
        }
    }

    fn forget_day(&mut self, number: u32, day: Option<i32>) {
        let articles = match day {
            Some(day) => self.days.entry(day).or_default(),
            None => &mut self.undated,
        };
        if let Ok(at) = articles.binary_search(&number) {
            articles.remove(at);
        }
        if let Some(day) = day.filter(|day| self.days.get(day).is_some_and(VecDeque::is_empty)) {
            self.days.remove(&day);
        }
    }

    /// Begins the next epoch: the articles of the window are weighed anew.
    fn advance(&mut self) {
        let members = self.window.iter().flatten();
        self.epoch = self.epoch.next(members.map(|member| &member.profile));
        self.index = Index::default();
        self.stories.values_mut().for_each(Story::clear_weights);
        for (at, member) in self.window.iter_mut().enumerate() {
            let Some(member) = member else { continue };
            member.weights = self.epoch.weights(&member.profile);
            self.index.add(self.first + at as u32, &member.weights);
            if let Some(story) = self.stories.get_mut(&member.story) {
                story.weigh(&member.weights);
            }
        }
    }
}

/// Where days are counted from.
const BEGINNING: Date = jiff::civil::date(1970, 1, 1);

/// Days since 1970.
fn day_number(day: Date) -> i32 {
    day.since(BEGINNING).map_or(0, |days| days.get_days())
}
