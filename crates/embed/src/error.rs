//! What can go wrong when a model is loaded, told with the way out.

use std::path::{Path, PathBuf};

/// Why a model folder could not be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such folder.
    #[error(
        "the model folder {folder} cannot be read ({source}); name a folder that holds a model",
        folder = folder.display()
    )]
    NoFolder {
        /// The folder asked for.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of the model could not be read.
    #[error(
        "{file} of the model folder {folder} cannot be read ({source}); a model folder holds either a static table \
         (a .table file, or model2vec's model.safetensors with tokenizer.json) or a sentence-transformers BERT \
         (config.json, model.safetensors, and vocab.txt or tokenizer.json)",
        file = file.display(), folder = folder.display()
    )]
    Unreadable {
        /// The folder asked for.
        folder: PathBuf,
        /// The file's name in it.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of the model is there but says something that cannot be used.
    #[error(
        "{file} of the model folder {folder} cannot be used: {reason}",
        file = file.display(), folder = folder.display()
    )]
    Unusable {
        /// The folder asked for.
        folder: PathBuf,
        /// The file's name in it.
        file: PathBuf,
        /// What is wrong, and what would be right.
        reason: String,
    },
}

impl Error {
    pub(crate) fn no_folder(folder: &Path, source: std::io::Error) -> Error {
        Error::NoFolder { folder: folder.to_path_buf(), source }
    }

    pub(crate) fn unusable(path: &Path, reason: impl Into<String>) -> Error {
        let (folder, file) = folder_and_file(path);
        Error::Unusable { folder, file, reason: reason.into() }
    }

    pub(crate) fn unreadable(path: &Path, source: std::io::Error) -> Error {
        let (folder, file) = folder_and_file(path);
        Error::Unreadable { folder, file, source }
    }
}

fn folder_and_file(path: &Path) -> (PathBuf, PathBuf) {
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    (folder, path.file_name().map_or_else(|| path.to_path_buf(), PathBuf::from))
}

/// Reads a file of a model folder.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|source| Error::unreadable(path, source))
}
