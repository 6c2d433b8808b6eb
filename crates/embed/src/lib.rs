//! Meaning as vectors: implementations of [`twosource_model::Meaning`].
//!
//! [`StaticTable`] is inside the program: one vector a word, added up for a sentence; it costs nothing to start and
//! suits a comparison of a few reports. [`load`] reads a model from a folder of the user's: a table, a model2vec
//! folder, or a whole sentence-transformers BERT, which knows a word by its neighbours and takes a thousand times as
//! long.
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

mod arithmetic;
mod bert;
mod error;
mod model2vec;
mod table;
mod weights;
mod wordpiece;
mod words;

use std::path::{Path, PathBuf};

use twosource_model::Meaning;

pub use error::Error;
pub use table::StaticTable;

/// Loads the model at `path`: a table file (or a folder with one `.table` file), a model2vec folder, or a
/// sentence-transformers folder of a BERT with mean pooling (all-MiniLM-L6-v2 and its kin).
///
/// # Errors
///
/// When a file is missing, cannot be read, or belongs to a model of another kind; the message says which and what would
/// work.
pub fn load(path: &Path) -> Result<Box<dyn Meaning>, Error> {
    if path.is_file() {
        return Ok(Box::new(StaticTable::open(path)?));
    }
    if let Some(table) = table_in(path)? {
        return Ok(Box::new(StaticTable::open(&table)?));
    }
    if is_model2vec(path)? {
        return Ok(Box::new(model2vec::Model2Vec::load(path)?));
    }
    Ok(Box::new(bert::Bert::load(path)?))
}

/// The first `.table` file of a folder by name.
fn table_in(folder: &Path) -> Result<Option<PathBuf>, Error> {
    let entries = std::fs::read_dir(folder).map_err(|source| Error::no_folder(folder, source))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "table")).min())
}

/// A model2vec folder says so in config.json, or has no layers to configure.
fn is_model2vec(folder: &Path) -> Result<bool, Error> {
    let config = folder.join("config.json");
    if !config.is_file() {
        return Ok(folder.join("model.safetensors").is_file() && folder.join("tokenizer.json").is_file());
    }
    let config = wordpiece::json(&config)?;
    Ok(config["model_type"] == "model2vec" || config["hidden_size"].is_null() && config["seq_length"].is_number())
}
