//! The crash test of the store, for longer than the tests run it.

#[path = "../../crates/cli/tests/common/crash.rs"]
mod kills;
#[path = "../../crates/fetch/tests/support/server.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with tests")]
mod server;
#[path = "../../crates/cli/tests/common/watch_crash.rs"]
mod watch_kills;

use anyhow::{Result, anyhow};

use crate::run::{release_binary, target};

/// Kills where nothing is said.
pub(crate) const KILLS: usize = 200;

/// Kills `twosource add` and `twosource watch` so many times each at moments drawn from a seed.
pub(crate) fn crash(kills: usize, seed: u64) -> Result<()> {
    let folder = target().join("crash");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    let crash = kills::Crash { binary: release_binary()?, folder, kills, articles: 2_000, seed };
    crash.run(|said| println!("{said}")).map_err(|what| anyhow!(what))?;
    let folder = target().join("crash").join("watch");
    std::fs::create_dir_all(&folder)?;
    let crash = watch_kills::WatchCrash { binary: release_binary()?, folder, kills, seed };
    crash.run(|said| println!("{said}")).map_err(|what| anyhow!(what))?;
    println!("{kills} kills of each: nothing acknowledged lost, nothing doubled, every store sound");
    Ok(())
}
