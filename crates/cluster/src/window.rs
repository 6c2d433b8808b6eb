//! The articles in memory: those of the last days and those that came last, added up by story.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::epoch::{Epoch, Weighted};
use crate::index::Index;
use crate::profile::Profile;
use crate::similarity::WINDOW;
use crate::story::Story;

/// How many articles it takes to move the window: a single wrong date in the future must not empty it.
const CROWD: usize = 8;

/// How many of the articles that came last stay in memory whatever their days: the articles of an archive of one topic
/// lie far apart, and those without a day come after all others.
pub(crate) const LATEST: u32 = 8_192;

/// Most articles in memory, dated or not: the oldest leave first.
const CAPACITY: usize = 200_000;

/// Articles among which the stories most like a new one are looked for.
const NEAREST: usize = 200;

/// Most articles without a day in memory.
const UNDATED: usize = 20_000;

/// An article of the window.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) article: u64,
    pub(crate) story: u64,
    /// Counted from 1970.
    pub(crate) day: Option<i32>,
    /// Whether a person said that it belongs to its story.
    pub(crate) pinned: bool,
    pub(crate) profile: Profile,
    /// Its stems as the epoch weighs them.
    pub(crate) weights: Vec<Weighted>,
}

/// The articles in memory, by their number: they are numbered as they come.
#[derive(Clone, Debug)]
pub(crate) struct Window {
    /// From the number `first` on; those that left are `None`.
    members: VecDeque<Option<Box<Member>>>,
    first: u32,
    stories: BTreeMap<u64, Story>,
    index: Index,
    /// The numbers of the articles of each day, and of none.
    days: BTreeMap<i32, VecDeque<u32>>,
    undated: VecDeque<u32>,
    /// Stories of which a person pinned articles that are here no more.
    pinned: BTreeSet<u64>,
    held: usize,
    /// Of the days before this one only the latest articles are here.
    first_day: i32,
}

impl Default for Window {
    fn default() -> Self {
        Window {
            members: VecDeque::new(),
            first: 0,
            stories: BTreeMap::new(),
            index: Index::default(),
            days: BTreeMap::new(),
            undated: VecDeque::new(),
            pinned: BTreeSet::new(),
            held: 0,
            first_day: i32::MIN,
        }
    }
}

impl Window {
    /// The article of a number.
    pub(crate) fn member(&self, number: u32) -> Option<&Member> {
        self.members.get(number.checked_sub(self.first)? as usize)?.as_deref()
    }

    /// The story of an id, as far as it lies in the window.
    pub(crate) fn story(&self, id: u64) -> Option<&Story> {
        self.stories.get(&id)
    }

    /// Remembers that a person pinned articles of a story.
    pub(crate) fn pin(&mut self, story: u64) {
        self.pinned.insert(story);
    }

    /// Whether a person pinned articles of a story that may be here no more.
    pub(crate) fn is_pinned(&self, story: u64) -> bool {
        self.pinned.contains(&story)
    }

    /// How many articles there are.
    pub(crate) fn held(&self) -> usize {
        self.held
    }

    /// Takes in an article and returns its number.
    pub(crate) fn hold(&mut self, member: Member) -> u32 {
        let number = self.first + self.members.len() as u32;
        self.index.add(number, &member.weights);
        self.stories.entry(member.story).or_default().add(number, member.day, &member.weights);
        match member.day {
            Some(day) => self.days.entry(day).or_default().push_back(number),
            None => self.undated.push_back(number),
        }
        self.members.push_back(Some(Box::new(member)));
        self.held += 1;
        number
    }

    /// Puts an article into another story.
    pub(crate) fn move_to(&mut self, number: u32, story: u64) {
        let at = (number - self.first) as usize;
        let Some(member) = self.members.get_mut(at).and_then(Option::as_mut) else { return };
        let before = std::mem::replace(&mut member.story, story);
        leave(&mut self.stories, before, number, member);
        self.stories.entry(story).or_default().add(number, member.day, &member.weights);
    }

    /// The stories of the articles most like one in their weightiest stems, at most so many, the most alike first.
    pub(crate) fn candidates(&self, weights: &[Weighted], most: usize) -> Vec<u64> {
        let mut alike = vec![0_u32; self.members.len()];
        let mut touched = Vec::new();
        self.index.shared(weights, |number, product| {
            let at = (number - self.first) as usize;
            if alike[at] == 0 {
                touched.push(at);
            }
            alike[at] = alike[at].saturating_add(product.max(1));
        });
        let rank = |&at: &usize| (std::cmp::Reverse(alike[at]), at);
        if touched.len() > NEAREST {
            touched.select_nth_unstable_by_key(NEAREST, rank);
            touched.truncate(NEAREST);
        }
        touched.sort_unstable_by_key(rank);
        let mut stories: Vec<u64> = Vec::new();
        for member in touched.into_iter().filter_map(|at| self.members[at].as_ref()) {
            if stories.len() < most && !stories.contains(&member.story) {
                stories.push(member.story);
            }
        }
        stories
    }

    /// The last day that a crowd of articles has reached.
    pub(crate) fn last_day(&self) -> Option<i32> {
        let mut left = CROWD;
        self.days.iter().rev().find_map(|(&day, articles)| {
            left = left.saturating_sub(articles.len());
            (left == 0).then_some(day)
        })
    }

    /// Lets articles leave that lie before the window that ends on a day and are not among the latest, or are too many.
    ///
    /// To be called after each article: one at a time they cease to be among the latest.
    pub(crate) fn expire(&mut self, last_day: Option<i32>) {
        let first_day = last_day.map_or(i32::MIN, |last| last.saturating_sub(WINDOW));
        let next = self.first + self.members.len() as u32;
        let latest = next.saturating_sub(LATEST);
        let ceased = latest.checked_sub(1).filter(|&number| number >= self.first);
        let outside = |member: &Member| member.day.is_some_and(|day| day < first_day);
        if let Some(number) = ceased.filter(|&number| self.member(number).is_some_and(outside)) {
            self.drop(number);
        }
        if first_day > self.first_day {
            self.first_day = first_day;
            self.leave_days(first_day, latest);
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

    /// Drops the articles of the days before one that came before a number.
    fn leave_days(&mut self, first_day: i32, latest: u32) {
        let days = self.days.range(..first_day);
        let old: Vec<u32> =
            days.flat_map(|(_, numbers)| numbers.iter().copied().take_while(|&number| number < latest)).collect();
        old.into_iter().for_each(|number| self.drop(number));
    }

    /// Drops an article.
    fn drop(&mut self, number: u32) {
        let at = (number - self.first) as usize;
        let Some(member) = self.members.get_mut(at).and_then(Option::take) else { return };
        self.index.remove(number, &member.weights);
        leave(&mut self.stories, member.story, number, &member);
        self.forget_day(number, member.day);
        if member.pinned {
            self.pin(member.story);
        }
        self.held -= 1;
        while self.members.front().is_some_and(Option::is_none) {
            self.members.pop_front();
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

    /// Weighs all articles as an epoch does.
    pub(crate) fn weigh(&mut self, epoch: &Epoch) {
        self.index = Index::default();
        self.stories.values_mut().for_each(Story::clear_weights);
        for (number, member) in (self.first..).zip(&mut self.members) {
            let Some(member) = member else { continue };
            member.weights = epoch.weights(&member.profile);
            self.index.add(number, &member.weights);
            if let Some(story) = self.stories.get_mut(&member.story) {
                story.weigh(&member.weights);
            }
        }
    }
}

/// Takes an article out of a story, and a story without articles away.
fn leave(stories: &mut BTreeMap<u64, Story>, id: u64, number: u32, member: &Member) {
    let Some(story) = stories.get_mut(&id) else { return };
    story.remove(number, member.day, &member.weights);
    if story.members.is_empty() {
        stories.remove(&id);
    }
}
