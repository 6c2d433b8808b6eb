//! Stands for the reader of Parquet tables in a build without it.

use crate::records::Piece;
use crate::source::Storage;
use crate::{Error, Limits};

/// Refuses the table.
pub(crate) fn pieces(input: &str, _: Storage, _: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
    let advice = "convert it to JSON Lines, or build with the feature `parquet`";
    Err(Error::Binary { input: input.to_owned(), what: "a Parquet file", advice })
}
