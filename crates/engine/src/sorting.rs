//! The stream of the clustering, as the store remembers it.

use jiff::civil::{Date, date};
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
            let (mut stream, epoch) = match self.at.take() {
                Some((stream, seen)) if seen == version => {
                    let epoch = stream.epoch().number();
                    (stream, Some(epoch))
                }
                _ => restored(store)?,
            };
            let mut step = Sorted::default();
            let placed: Vec<Placed> = waiting.iter().map(|waiting| step.place(&mut stream, waiting)).collect();
            let is_new = epoch != Some(stream.epoch().number());
            let progress =
                Progress { position: stream.position().to_bytes(), epoch: is_new.then(|| stream.epoch().to_bytes()) };
            // Where somebody else was faster, the step is taken again after what they did.
            let Some(version) = store.place(version, &placed, &progress)? else { continue };
            self.at = Some((stream, version));
            sorted.add(step);
        }
    }
}

/// The stream as it was left, with the number of the epoch that is on disk.
fn restored(store: &Store) -> Result<(Stream, Option<u64>), Error> {
    let Some((position, epoch)) = store.progress()? else {
        return Ok((Stream::new(), None));
    };
    let unreadable = || Error::Unreadable { what: "the progress of sorting".to_owned() };
    let position = Position::from_bytes(&position).ok_or_else(unreadable)?;
    let epoch = Epoch::from_bytes(&epoch).ok_or_else(unreadable)?;
    let number = epoch.number();
    let first = position.first_day().map(|day| day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days()));
    let mut failed = None;
    let kept =
        store.kept(first, position.latest(&epoch))?.into_iter().map_while(|article| match kept(store, article) {
            Ok(kept) => Some(kept),
            Err(error) => {
                failed = Some(error);
                None
            }
        });
    let stream = Stream::restore(epoch, position, kept, store.pinned_stories()?);
    failed.map_or(Ok((stream, Some(number))), Err)
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
