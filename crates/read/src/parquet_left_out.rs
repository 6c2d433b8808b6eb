//! Stands for the reader of Parquet tables in a build without it.

use crate::records::Piece;
use crate::source::Storage;
use crate::{Error, Limits};

/// Refuses the table.
pub(crate) fn pieces(input: &str, _: Storage, _: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
    let advice = "convert it to JSON Lines, or build with the feature `parquet`";
    Err(Error::Binary { input: input.to_owned(), what: "a Parquet file", advice })
}

/// Writes no table in this build.
pub struct TableWriter<W>(std::convert::Infallible, std::marker::PhantomData<W>);

impl<W: std::io::Write + Send> TableWriter<W> {
    /// An error that names the feature.
    pub fn new(_: W) -> Result<TableWriter<W>, String> {
        Err("this build writes no Parquet; build it with the feature parquet".to_owned())
    }

    /// Not to be reached.
    pub fn write(&mut self, _: &[twosource_model::Article]) -> Result<(), String> {
        match self.0 {}
    }

    /// Not to be reached.
    pub fn close(self) -> Result<(), String> {
        match self.0 {}
    }
}
