//! Meaning as vectors: implementations of [`twosource_model::Meaning`].
//!
//! [`StaticTable`] is inside the program: one vector a word, added up for a sentence; it costs nothing to start and
//! suits a comparison of a few reports.
//!
//! ```
//! use twosource_embed::StaticTable;
//! use twosource_model::Meaning;
//!
//! let table = StaticTable::builtin();
//! let vectors = table.sentences(&["The mayor plans to meet the union.", "The mayor is planning to meet the union."]);
//! let cosine: f32 = vectors[0].iter().zip(&vectors[1]).map(|(a, b)| a * b).sum();
//! assert!(cosine > 0.8);
//! ```

mod error;
mod table;
mod words;

pub use error::Error;
pub use table::StaticTable;
