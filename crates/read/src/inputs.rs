//! What a person names on the command line, made into files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// One thing to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// A file. Whether it is there shows when it is read.
    File(PathBuf),
    /// Standard input, named `-`.
    Stdin,
    /// An address; fetching it is not this crate's business.
    Url(String),
}

/// Directories are searched no deeper than this.
const DEEPEST: usize = 64;

/// Makes names into inputs, in the order given: a directory is searched for readable files, sorted by path; a
/// pattern with `*`, `?` or `[…]` that names no file is expanded, sorted. A file named twice is read twice, since only the caller
/// knows whether that is meant; within one directory or pattern every file comes once.
pub fn expand(names: &[String]) -> Vec<Input> {
    names.iter().flat_map(|name| expand_one(name)).collect()
}

fn expand_one(name: &str) -> Vec<Input> {
    let path = Path::new(name);
    match () {
        () if name == "-" => vec![Input::Stdin],
        () if name.starts_with("http://") || name.starts_with("https://") => vec![Input::Url(name.to_owned())],
        () if path.is_dir() => folder(path),
        () if !path.exists() && is_pattern(name) => pattern(name),
        () => vec![Input::File(path.to_owned())],
    }
}

/// Whether a name may be meant as a pattern.
pub(crate) fn is_pattern(name: &str) -> bool {
    name.contains(['*', '?', '['])
}

/// A folder without readable files stays a name, so that reading it says so.
fn folder(path: &Path) -> Vec<Input> {
    let found = directory(path, 0);
    if found.is_empty() { vec![Input::File(path.to_owned())] } else { files(found) }
}

fn files(paths: BTreeSet<PathBuf>) -> Vec<Input> {
    paths.into_iter().map(Input::File).collect()
}

/// A pattern that matches nothing stays a file name, so that reading it says there is none.
fn pattern(name: &str) -> Vec<Input> {
    let found: BTreeSet<PathBuf> = glob::glob(name).into_iter().flatten().filter_map(Result::ok).collect();
    if found.is_empty() {
        return vec![Input::File(PathBuf::from(name))];
    }
    let within = |path: PathBuf| if path.is_dir() { directory(&path, 0) } else { BTreeSet::from([path]) };
    files(found.into_iter().flat_map(within).collect())
}

/// Readable files under a directory, hidden ones and links to directories left out.
fn directory(path: &Path, depth: usize) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().filter_map(Result::ok);
    let mut found = BTreeSet::new();
    for entry in entries.filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        let inner = entry.path();
        let is_real_directory = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_real_directory && depth < DEEPEST {
            found.extend(directory(&inner, depth + 1));
        } else if inner.is_file() && is_readable(&inner) {
            found.insert(inner);
        }
    }
    found
}

/// In a directory only files that promise an article are read; a file named by itself always is.
fn is_readable(path: &Path) -> bool {
    const ENDINGS: &[&str] = &[
        ".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".xml", ".rss", ".atom", ".rdf", ".json", ".jsonl",
        ".ndjson", ".warc", ".arc", ".wacz", ".parquet",
    ];
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(&name);
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_inputs() {
        let root = std::env::temp_dir().join(format!("twosource-inputs-{}", std::process::id()));
        fs::create_dir_all(root.join("sub")).expect("a directory to write in");
        for name in ["b.txt", "a.txt", "sub/c.html", "picture.png", ".hidden.txt"] {
            fs::write(root.join(name), "x").expect("a file to write");
        }
        let of = |name: &str| {
            let inputs = expand(&[root.join(name).to_string_lossy().into_owned()]);
            let short = |input: &Input| match input {
                Input::File(path) => path.strip_prefix(&root).unwrap_or(path).to_string_lossy().into_owned(),
                other => format!("{other:?}"),
            };
            inputs.iter().map(short).collect::<Vec<_>>()
        };
        assert_eq!(of(""), ["a.txt", "b.txt", "sub/c.html"]);
        assert_eq!(of("?.txt"), ["a.txt", "b.txt"]);
        assert_eq!(of("none*.txt"), ["none*.txt"]);
        assert_eq!(of("picture.png"), ["picture.png"]);
        assert_eq!(
            expand(&["-".to_owned(), "https://nova.example/a".to_owned()]),
            [Input::Stdin, Input::Url("https://nova.example/a".to_owned())]
        );
        fs::remove_dir_all(&root).expect("a directory to remove");
    }
}
