//! `twosource serve`: the store as pages, with an API beside them.

use anyhow::Result;
use twosource_server::{Log, Settings, serve};

use crate::Ending;
use crate::arguments::Serve;
use crate::output::say;

/// Serves until the process is told to stop. Stories are compared on so many threads; on one a core by default.
///
/// They are compared for requests, so on the pool that all threads share and not on that of this command.
pub(crate) fn run(options: &Serve, threads: usize) -> Result<Ending> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    let log = if options.log { Log::Json } else { Log::Off };
    let (url, by_token) = (options.url.clone(), options.by_token);
    let settings = Settings { store: options.of_store.path()?, listen: options.listen, url, by_token, log };
    serve(&settings, &mut |address| say(&format!("http://{address} – stop with Ctrl-C")))?;
    Ok(Ending::Done)
}
