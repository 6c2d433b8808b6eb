//! The stream of the clustering, as the store remembers it.

use jiff::civil::Date;
use twosource_cluster::{Change, Epoch, Placement, Position, Profile, Stream};
use twosource_store::{Error, Placed, Profiled, Progress, Store, StoryChange, Version, day_of_number};

/// Articles sorted in one transaction.
const STEP: usize = 1_000;

/// How sorting went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorted {
    /// Articles that found a story or founded one.
    pub articles: u64,
    /// Stories that began.
    pub founded: u64,
    /// Stories that were merged or split.
    pub changes: u64,
}

/// Days around one that comes long after its time, on either side: together no more than the stream's own window.
const AROUND: i32 = 15;

/// The stream, as long as nobody else changes the stories.
#[derive(Default)]
pub(crate) struct Sorting {
    at: Option<(Stream, Version)>,
}

impl Sorting {
    /// Sorts everything that waits.
    pub(crate) fn sort(&mut self, store: &mut Store) -> Result<Sorted, Error> {
        let mut sorted = Sorted::default();
        loop {
            let waiting = store.pending(STEP)?;
            if waiting.is_empty() {
                return Ok(sorted);
            }
            let version = store.version()?;
            let (mut stream, epoch) = self.resumed(store, version)?;
            let step = match late(&stream, &waiting[0]) {
                Some(day) => Step::late(store, &stream, day, &waiting)?,
                None => Step::on(&mut stream, &waiting),
            };
            let progress = Progress {
                position: step.position.to_bytes(),
                epoch: step.epoch.as_ref().filter(|new| epoch != Some(new.number())).map(Epoch::to_bytes),
            };
            // Where somebody else was faster, the step is taken again after what they did.
            let Some(version) = store.place(version, &step.placed, &progress)? else { continue };
            self.at = step.goes_on.then_some((stream, version));
            sorted.add(step.sorted);
        }
    }

    /// The stream as it was left, with the number of the epoch that is on disk.
    fn resumed(&mut self, store: &Store, version: Version) -> Result<(Stream, Option<u64>), Error> {
        if let Some((stream, seen)) = self.at.take()
            && seen == version
        {
            let epoch = stream.epoch().number();
            return Ok((stream, Some(epoch)));
        }
        let Some((position, epoch)) = store.progress()? else {
            return Ok((Stream::new(), None));
        };
        let unreadable = || Error::Unreadable { what: "the progress of sorting".to_owned() };
        let position = Position::from_bytes(&position).ok_or_else(unreadable)?;
        let epoch = Epoch::from_bytes(&epoch).ok_or_else(unreadable)?;
        let number = epoch.number();
        let from = position.first_day().map(number_of_day);
        Ok((restored(store, epoch, position, (from, None))?, Some(number)))
    }
}

/// Some articles sorted.
struct Step {
    placed: Vec<Placed>,
    sorted: Sorted,
    position: Position,
    epoch: Option<Epoch>,
    /// Whether the stream in memory knows of them.
    goes_on: bool,
}

impl Step {
    /// Sorts articles up to the first that comes long after its time.
    fn on(stream: &mut Stream, waiting: &[Profiled]) -> Step {
        let (mut placed, mut sorted) = (Vec::new(), Sorted::default());
        for waiting in waiting {
            if late(stream, waiting).is_some() {
                break;
            }
            placed.push(sorted.place(stream, waiting));
        }
        let (position, epoch) = (stream.position().clone(), Some(stream.epoch().clone()));
        Step { placed, sorted, position, epoch, goes_on: true }
    }

    /// Sorts articles of a day that the stream has left behind, among those of the days around it.
    fn late(store: &Store, stream: &Stream, day: Date, waiting: &[Profiled]) -> Result<Step, Error> {
        let number = number_of_day(day);
        let around = stream.position().moved_to(day_of_number(number + AROUND));
        let days = (Some(number - AROUND), Some(number + AROUND));
        let mut there = restored(store, stream.epoch().clone(), around, days)?;
        let mut sorted = Sorted::default();
        let of_day = waiting.iter().take_while(|waiting| waiting.day == Some(number));
        let placed: Vec<Placed> = of_day.map(|waiting| sorted.place(&mut there, waiting)).collect();
        let position = there.position().moved_to(stream.position().last_day());
        Ok(Step { placed, sorted, position, epoch: Some(there.epoch().clone()), goes_on: false })
    }
}

/// The day of an article that lies before the window of the stream.
fn late(stream: &Stream, waiting: &Profiled) -> Option<Date> {
    day(waiting).filter(|&day| stream.position().first_day().is_some_and(|first| day < first))
}

/// A stream from its epoch, its position and the articles of some days.
fn restored(
    store: &Store,
    epoch: Epoch,
    position: Position,
    (from, to): (Option<i32>, Option<i32>),
) -> Result<Stream, Error> {
    let mut failed = None;
    let kept = store.kept(from, to)?.into_iter().map_while(|article| match kept(store, article) {
        Ok(kept) => Some(kept),
        Err(error) => {
            failed = Some(error);
            None
        }
    });
    let stream = Stream::restore(epoch, position, kept);
    failed.map_or(Ok(stream), Err)
}

fn number_of_day(day: Date) -> i32 {
    day.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

fn kept(store: &Store, article: u64) -> Result<twosource_cluster::Kept, Error> {
    let profiled = store.profiled(article)?;
    Ok(twosource_cluster::Kept {
        article,
        story: profiled.story.unwrap_or(article),
        day: day(&profiled),
        pinned: profiled.pinned,
        profile: profile(&profiled)?,
    })
}

fn day(profiled: &Profiled) -> Option<Date> {
    profiled.day.and_then(day_of_number)
}

fn profile(profiled: &Profiled) -> Result<Profile, Error> {
    let unreadable = || Error::Unreadable { what: format!("the profile of article {}", profiled.article) };
    Profile::from_bytes(&profiled.profile).ok_or_else(unreadable)
}

impl Sorted {
    /// Hands an article to the stream.
    fn place(&mut self, stream: &mut Stream, waiting: &Profiled) -> Placed {
        // A profile that cannot be read counts as empty: the article founds a story of its own.
        let profile = profile(waiting).unwrap_or_default();
        let Placement { story, founded, changes, .. } = stream.add(waiting.article, day(waiting), profile);
        self.articles += 1;
        self.founded += u64::from(founded);
        self.changes += changes.len() as u64;
        Placed { article: waiting.article, story, changes: changes.into_iter().map(change).collect() }
    }

    fn add(&mut self, more: Sorted) {
        self.articles += more.articles;
        self.founded += more.founded;
        self.changes += more.changes;
    }
}

fn change(change: Change) -> StoryChange {
    match change {
        Change::Merge { from, into, reason } => StoryChange::Merge { from, into, reason: reason.to_string() },
        Change::Split { from, into, articles, reason } => {
            StoryChange::Split { from, into, articles, reason: reason.to_string() }
        }
    }
}
