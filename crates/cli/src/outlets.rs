//! The user's outlets and publisher families in a file.
//!
//! ```toml
//! [outlets]
//! "Nova Post" = ["The Nova Post Online", "~the Post"]
//!
//! [families]
//! "Nova Media" = ["Nova Post", "Harbour Herald"]
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Error, Result, bail};
use serde::Deserialize;
use toml::Spanned;
use twosource_engine::OutletLists;

/// The tables of a file, each name with its place.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Tables {
    outlets: Table,
    families: Table,
}

/// Names with what belongs to each.
type Table = BTreeMap<String, Vec<Spanned<String>>>;

/// Reads some files as one; an entry of a later file replaces one of the same name.
pub(crate) fn read_lists(paths: &[PathBuf]) -> Result<OutletLists> {
    let mut lists = OutletLists::default();
    for path in paths {
        let failed =
            || format!("{} cannot be read; name a file of outlets as `export outlets` writes it", path.display());
        let text = fs::read(path).map_err(Error::from).and_then(|bytes| Ok(String::from_utf8(bytes)?));
        let of_file = parse_lists(path, &text.with_context(failed)?)?;
        lists.outlets.extend(of_file.outlets);
        lists.families.extend(of_file.families);
    }
    Ok(lists)
}

/// Reads the text of a file; a mistake is named with its line.
pub(crate) fn parse_lists(path: &Path, text: &str) -> Result<OutletLists> {
    let tables: Tables = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        let message = error.message().trim_end();
        Error::msg(format!(
            "{}, line {line}: {message}; write [outlets] and [families] with \"Full name\" = [\"other name\"]",
            path.display()
        ))
    })?;
    let wrong = |name: &Spanned<String>, message: String| {
        Error::msg(format!("{}, line {}: {message}", path.display(), line_of(text, name.span().start)))
    };
    let lists = [("outlets", &tables.outlets), ("families", &tables.families)];
    for (table, entries) in lists {
        if entries.keys().any(|name| !has_words(name)) {
            bail!("{}: an entry of [{table}] has no name; write one, or leave the entry out", path.display());
        }
        let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
        for (owner, names) in entries {
            for name in names {
                let plain = name.get_ref().strip_prefix('~').unwrap_or(name.get_ref());
                if !has_words(plain) {
                    return Err(wrong(name, "a name without a word; write one, or leave it out".to_owned()));
                }
                let other = owners.insert(name.get_ref(), owner).filter(|other| other != owner);
                if let Some(other) = other.filter(|_| !name.get_ref().starts_with('~')) {
                    let message = format!("“{plain}” stands under “{other}” too; leave it in one of the two");
                    return Err(wrong(name, message));
                }
            }
        }
    }
    let plain = |table: Table| {
        let names = |names: Vec<Spanned<String>>| names.into_iter().map(Spanned::into_inner).collect();
        table.into_iter().map(|(name, belonging)| (name, names(belonging))).collect()
    };
    Ok(OutletLists { outlets: plain(tables.outlets), families: plain(tables.families) })
}

fn has_words(name: &str) -> bool {
    name.contains(char::is_alphanumeric)
}

/// The number of the line that holds a byte, from 1.
fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        parse_lists(Path::new("lists.toml"), text).map_or_else(|error| error.to_string(), |lists| format!("{lists:?}"))
    }

    #[test]
    fn a_mistake_is_named_with_its_line() {
        assert_eq!(said(""), format!("{:?}", OutletLists::default()));
        let shape = "; write [outlets] and [families] with \"Full name\" = [\"other name\"]";
        assert_eq!(
            said("[outlets]\n\n[famlies]\n"),
            format!("lists.toml, line 3: unknown field `famlies`, expected `outlets` or `families`{shape}")
        );
        let wrong_type = said("[families]\n\"Nova Media\" = \"Nova Post\"\n");
        assert!(wrong_type.starts_with("lists.toml, line 2: ") && wrong_type.ends_with(shape), "{wrong_type}");
        let no_toml = said("[families\n");
        assert!(no_toml.starts_with("lists.toml, line 1: ") && no_toml.ends_with(shape), "{no_toml}");
        assert_eq!(
            said("[families]\n\"A\" = [\"Nova Post\"]\n\"B\" = [\n  \"Nova Post\"]\n"),
            "lists.toml, line 4: “Nova Post” stands under “A” too; leave it in one of the two"
        );
        assert_eq!(
            said("[outlets]\n\"A\" = [\"~\"]\n"),
            "lists.toml, line 2: a name without a word; write one, or leave it out"
        );
        assert!(said("[outlets]\n\"\" = [\"A\"]\n").contains("[outlets] has no name"));
    }
}
