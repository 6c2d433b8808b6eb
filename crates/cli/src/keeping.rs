//! The store: where it is, what time it is, and keeping it sound.

use std::path::PathBuf;

use anyhow::{Context, Result};
use twosource_embed::StaticTable;
use twosource_engine::Ingest;
use twosource_model::Instant;
use twosource_store::{Store, moment, seconds};

use crate::Ending;
use crate::arguments::OfStore;
use crate::output::{say, write};

/// The file of the store.
const FILE: &str = "store.db";

impl OfStore {
    /// The file that was named, else the one in the data folder of the platform.
    pub(crate) fn path(&self) -> Result<PathBuf> {
        if let Some(path) = &self.store {
            return Ok(path.clone());
        }
        let folder =
            data_folder().context("the data folder of this platform is not known; name a file with --store")?;
        Ok(folder.join("twosource").join(FILE))
    }

    /// Opens the store, and makes one where there is none.
    pub(crate) fn open(&self) -> Result<Store> {
        Ok(Store::open(&self.path()?)?)
    }

    /// Opens a store that must be there.
    pub(crate) fn open_existing(&self) -> Result<Store> {
        Ok(Store::open_existing(&self.path()?)?)
    }

    /// The moment it is, to the second.
    pub(crate) fn now(&self) -> Result<Instant> {
        let now = match &self.now {
            Some(now) => now.clone(),
            None => jiff::Timestamp::from_second(jiff::Timestamp::now().as_second())?.to_string(),
        };
        Instant::new(&now).with_context(|| format!("--now {now}: no moment; write 2025-11-14T08:30:00Z"))
    }

    /// A moment that was named as a day, or as a time before now ("12h", "7d", "4w"), in Unix time.
    pub(crate) fn moment(&self, named: &str) -> Result<i64> {
        let now = seconds(&self.now()?).unwrap_or_default();
        let wrong = || format!("--since {named}: no time; write 12h, 7d, 4w or a day such as 2025-11-14");
        moment(named, now).with_context(wrong)
    }
}

/// Where programs of this platform keep their data: the XDG folder, Application Support, or local application data.
fn data_folder() -> Option<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = || variable("HOME");
    if cfg!(windows) {
        return variable("LOCALAPPDATA");
    }
    if cfg!(target_os = "macos") {
        return Some(home()?.join("Library").join("Application Support"));
    }
    let xdg = variable("XDG_DATA_HOME").filter(|folder| folder.is_absolute());
    xdg.or_else(|| Some(home()?.join(".local").join("share")))
}

/// Makes everything anew from the captures.
pub(crate) fn rebuild(options: &OfStore) -> Result<Ending> {
    let store = options.open_existing()?;
    let captures = store.count_captures()?;
    let meaning = StaticTable::builtin();
    let mut ingest = Ingest::new(store, &meaning);
    ingest.rebuild(&mut |_| {})?;
    let store = ingest.store();
    let (articles, stories) = (store.count_articles()?, store.count_stories(1)?);
    write(&format!("made anew from {captures} captures: {articles} articles in {stories} stories\n"), None)?;
    Ok(if captures == 0 { Ending::Nothing } else { Ending::Done })
}

/// Looks whether the store is sound.
pub(crate) fn check(options: &OfStore) -> Result<Ending> {
    let store = options.open_existing()?;
    store.check()?;
    let waiting = store.count_pending()?;
    if waiting > 0 {
        say(&format!("{waiting} articles wait to be sorted into stories; the next add does it"));
    }
    let (articles, stories) = (store.count_articles()?, store.count_stories(1)?);
    write(&format!("sound: {articles} articles in {stories} stories\n"), None)?;
    Ok(Ending::Done)
}
