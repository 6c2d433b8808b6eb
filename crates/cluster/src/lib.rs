//! Articles to stories: which of them tell of one event.
//!
//! A [`Stream`] takes in one article after the other, each as its [`Profile`]: counts of the stems of its words and its
//! numbers, in the whole of it and at its top, where names count double. An [`Epoch`] says what each stem weighs, a rare
//! one more than a common one. An article joins the most similar story of the days around it, or founds one. Articles of
//! one story share names and rare words whatever the outlet, and come in a burst: the threshold and what a day between
//! two articles costs were chosen on three labelled sets together. [`cluster`] is the stream over articles in time order.
//! [`Duplicates`] finds the texts that are nearly one text, [`Passages`] what texts share that are otherwise different.

mod batch;
mod bytes;
mod change;
mod duplicates;
mod epoch;
mod extension;
mod grouping;
mod index;
mod passages;
mod pool;
mod position;
mod profile;
mod seeds;
mod shingles;
mod similarity;
mod story;
mod stream;
mod window;

pub use batch::{cluster, time_order};
pub use change::{Change, Placement, Reason};
pub use duplicates::{Duplicates, Pair, connected};
pub use epoch::Epoch;
pub use passages::{Passage, Passages, Reuse};
pub use position::Position;
pub use profile::{Profile, profile};
pub use stream::{Kept, Stream};
