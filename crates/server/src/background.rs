//! What a server does unasked, on one thread: telling webhooks of events ([`crate::notices`]), then comparing ahead what
//! changed lately ([`crate::ahead`]).
//!
//! The order matters: an event is what the comparison of a story comes to now against what the last one came to, so nobody
//! keeps a new one before.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use twosource_fetch::Client;
use twosource_store::Error;

use crate::ahead::Ahead;
use crate::state::{Shared, State};

/// Between two turns.
const PAUSE: Duration = Duration::from_millis(500);
/// Looks for what changed are so many turns apart.
const TURNS: u32 = 4;

/// Works until the server is no more or is told to stop.
pub(crate) fn start(state: &Shared, client: Client) -> Result<Arc<AtomicBool>, std::io::Error> {
    let (stop, mut ahead) = (client.stop(), Ahead::new()?);
    let (state, stopped) = (Arc::downgrade(state), stop.clone());
    let thread = std::thread::Builder::new().name("background".to_owned());
    thread.spawn(move || working(&state, &client, &mut ahead, &stopped))?;
    Ok(stop)
}

fn working(state: &Weak<State>, client: &Client, ahead: &mut Ahead, stopped: &AtomicBool) {
    let mut turn = 0;
    while !stopped.load(Ordering::Relaxed) {
        let Some(state) = state.upgrade() else { return };
        // A store that is busy or being made anew is looked at again a little later. Work that panics is an error of
        // ours, and costs one turn.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            if turn == 0 {
                look(&state, client, ahead)?;
            }
            ahead.turn(&state)
        }));
        turn = (turn + 1) % TURNS;
        drop(state);
        std::thread::sleep(PAUSE);
    }
}

fn look(state: &Shared, client: &Client, ahead: &mut Ahead) -> Result<(), Error> {
    let last = state.pool.take()?.last_change()?;
    state.look_and_send(client)?;
    ahead.look(last);
    Ok(())
}
