//! `twosource mcp`: the store as tools for assistants.

use anyhow::Result;

use crate::Ending;
use crate::arguments::OfStore;

/// Answers an assistant on standard input and output until it hangs up. Stories are compared on so many threads.
pub(crate) fn run(options: &OfStore, threads: usize) -> Result<Ending> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    twosource_mcp::serve(&options.path()?)?;
    Ok(Ending::Done)
}
