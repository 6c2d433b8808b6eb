//! Articles to stories, one at a time.

use jiff::civil::Date;

use crate::change::{Change, Placement};
use crate::epoch::{Epoch, Tally};
use crate::grouping::{groups, threshold};
use crate::pool::Pool;
use crate::position::{Position, day_number};
use crate::profile::Profile;
use crate::similarity::{fixed, told};
use crate::window::{Member, Window};

/// Stories an article is compared with: those with the articles most like it in its weightiest stems.
const CANDIDATES: usize = 20;

/// How many of them are grouped anew with the article,
const REGROUPED: usize = 3;

/// where their mean similarity to it lies no further below the threshold than this.
const MARGIN: i64 = fixed(0.04);

/// Sorts articles into stories as they come, each at a cost that does not grow with those that came before.
///
/// Only articles within a window of days are in memory. An article and the stories most like it are grouped anew by
/// average linkage ([`groups`]), so a story that was joined too early falls apart when more is known, and two that
/// were one all along come together. Story ids last: a story's id is the id of the article that founded it.
///
/// What a stream knows is its [`Epoch`], its [`Position`] and the articles of its window: from those it can be
/// [restored](Stream::restore), and goes on as if it had never stopped.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    epoch: Epoch,
    position: Position,
    window: Window,
    /// What came since the epoch began.
    tally: Tally,
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

impl Stream {
    /// A stream that has seen no article.
    pub fn new() -> Stream {
        Stream::default()
    }

    /// The stream that had come so far, from its articles in the order in which they were added.
    ///
    /// At least those are needed that were in memory: the last [`Position::latest`] of all, and before them those of the
    /// days from [`Position::first_day`] on and of no day. More do no harm. `pinned` are the stories of which a person
    /// pinned an article, whether it is among those or not.
    pub fn restore(
        epoch: Epoch,
        position: Position,
        kept: impl Iterator<Item = Kept>,
        pinned: impl IntoIterator<Item = u64>,
    ) -> Stream {
        let kept: Vec<Kept> = kept.collect();
        let before_epoch = (kept.len() as u64).saturating_sub(position.since(&epoch));
        let mut stream = Stream { epoch, position, ..Stream::default() };
        for (at, Kept { article, story, day, pinned, profile }) in (0..).zip(kept) {
            if at >= before_epoch {
                stream.tally.add(&profile);
            }
            let weights = stream.epoch.weights(&profile);
            stream.window.hold(Member { article, story, day: day.map(day_number), pinned, profile, weights });
            stream.window.expire(stream.position.last_day);
        }
        pinned.into_iter().for_each(|story| stream.window.pin(story));
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
        self.window.held()
    }

    /// Takes in an article: it joins the story most like it, or founds one with its own id.
    ///
    /// Articles should come in the order of their days; one without a day is taken as near to all others. The day of one
    /// that states a time to come should be the day it was found.
    pub fn add(&mut self, article: u64, day: Option<Date>, profile: Profile) -> Placement {
        let day = day.map(day_number);
        self.tally.add(&profile);
        let weights = self.epoch.weights(&profile);
        let member = Member { article, story: article, day, pinned: false, profile, weights };
        let alike = self.alike(&member);
        let number = self.window.hold(member);
        let near = alike.iter().filter(|(_, similarity)| *similarity >= threshold(1) - MARGIN).take(REGROUPED);
        let near: Vec<u64> = near.map(|(story, _)| *story).collect();
        let changes = self.regroup(&near, number);
        let story = self.window.member(number).map_or(article, |member| member.story);
        self.go_on();
        let nearest = alike.first().map(|&(story, similarity)| (story, told(similarity)));
        Placement { story, founded: story == article, nearest, changes }
    }

    /// The stories like an article with their mean similarity to it, the most alike first; of equal ones that with the
    /// smaller id.
    fn alike(&self, member: &Member) -> Vec<(u64, i64)> {
        let candidates = self.window.candidates(&member.weights, CANDIDATES);
        let stories = candidates.into_iter().filter_map(|id| Some((id, self.window.story(id)?)));
        let mean = |story: &crate::story::Story| {
            story.similarities(member.day, &member.weights) / story.members.len().max(1) as i64
        };
        let mut alike: Vec<(u64, i64)> = stories.map(|(id, story)| (id, mean(story))).collect();
        alike.sort_unstable_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
        alike
    }

    /// Groups a new article and the stories like it anew.
    fn regroup(&mut self, stories: &[u64], new: u32) -> Vec<Change> {
        if stories.is_empty() {
            return Vec::new();
        }
        let pool = Pool::new(&self.window, stories, new);
        let sums = pool.sums(&self.window);
        let found = groups(&pool.atoms(), sums.clone());
        let regrouped = pool.regrouped(&self.window, &found, &sums);
        regrouped.moves.into_iter().for_each(|(number, story)| self.window.move_to(number, story));
        regrouped.changes
    }

    /// Moves the window, and begins the next epoch where it is time.
    fn go_on(&mut self) {
        self.position.seen += 1;
        self.position.last_day = self.position.last_day.max(self.window.last_day());
        self.window.expire(self.position.last_day);
        if self.position.seen >= self.epoch.until() {
            self.epoch = self.epoch.next(std::mem::take(&mut self.tally));
            self.window.weigh(&self.epoch);
        }
    }
}
