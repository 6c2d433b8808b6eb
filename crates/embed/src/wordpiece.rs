//! The WordPiece tokenizer of BERT models, as their training had it.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::error::{Error, read};
use crate::words::pieces;

/// A vocabulary and how text is cut to fit it.
pub(crate) struct WordPiece {
    vocabulary: HashMap<String, u32>,
    /// The bytes of the longest entry.
    longest: usize,
    lower: bool,
    unknown: Option<u32>,
}

impl WordPiece {
    /// Reads vocab.txt where it exists, else tokenizer.json, of a model folder.
    pub(crate) fn load(folder: &Path) -> Result<WordPiece, Error> {
        let list = folder.join("vocab.txt");
        let vocabulary = if list.is_file() { from_list(&list)? } else { from_json(&folder.join("tokenizer.json"))? };
        let unknown = vocabulary.get("[UNK]").copied();
        let longest = vocabulary.keys().map(String::len).max().unwrap_or_default();
        Ok(WordPiece { vocabulary, longest, lower: is_lower(folder)?, unknown })
    }

    /// The id of a special token such as `[CLS]`.
    pub(crate) fn id(&self, token: &str) -> Option<u32> {
        self.vocabulary.get(token).copied()
    }

    /// The highest id of the vocabulary.
    pub(crate) fn highest(&self) -> Option<u32> {
        self.vocabulary.values().max().copied()
    }

    /// The id that stands for words the vocabulary cannot spell.
    pub(crate) fn unknown(&self) -> Option<u32> {
        self.unknown
    }

    /// The first `most` ids of a text, without special tokens.
    pub(crate) fn ids(&self, text: &str, most: usize) -> Vec<u32> {
        let mut found = Vec::new();
        for word in words(&self.normal(text)) {
            if found.len() >= most {
                break;
            }
            match pieces(word, self.longest, |piece| self.id(piece)) {
                Some(ids) => found.extend(ids),
                None => found.extend(self.unknown),
            }
        }
        found.truncate(most);
        found
    }

    /// Without control characters; in lower case and without accents where the model is uncased.
    fn normal(&self, text: &str) -> String {
        let clean = text.chars().filter_map(clean);
        if !self.lower {
            return clean.collect();
        }
        let bare = clean.nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark);
        bare.flat_map(char::to_lowercase).collect()
    }
}

fn clean(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' => Some(' '),
        '\u{fffd}' => None,
        _ if c.is_whitespace() => Some(' '),
        _ if c.general_category_group() == GeneralCategoryGroup::Other => None,
        _ => Some(c),
    }
}

/// Words between white space, with every punctuation mark and Chinese character by itself.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().flat_map(|run| run.split_inclusive(stands_alone).flat_map(before_and_sign))
}

/// A piece that ends with a sign becomes what is before the sign, and the sign.
fn before_and_sign(piece: &str) -> impl Iterator<Item = &str> {
    let last = piece.chars().next_back().filter(|&c| stands_alone(c)).map_or(0, char::len_utf8);
    let (before, sign) = piece.split_at(piece.len() - last);
    [before, sign].into_iter().filter(|part| !part.is_empty())
}

fn stands_alone(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
        || is_chinese(c)
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

fn from_list(path: &Path) -> Result<HashMap<String, u32>, Error> {
    let text = String::from_utf8(read(path)?).map_err(|_| Error::unusable(path, "it is not UTF-8 text"))?;
    Ok(text.lines().zip(0..).map(|(word, id)| (word.trim_end().to_owned(), id)).collect())
}

fn from_json(path: &Path) -> Result<HashMap<String, u32>, Error> {
    let json = json(path)?;
    let kind = json["model"]["type"].as_str().unwrap_or("WordPiece");
    if kind != "WordPiece" {
        return Err(Error::unusable(
            path,
            format!("its tokenizer is {kind}; models with WordPiece (BERT, MiniLM) work"),
        ));
    }
    let Some(entries) = json["model"]["vocab"].as_object() else {
        return Err(Error::unusable(path, "it has no model.vocab; save the tokenizer again"));
    };
    let id = |value: &Value| value.as_u64().and_then(|id| u32::try_from(id).ok());
    Ok(entries.iter().filter_map(|(word, value)| Some((word.clone(), id(value)?))).collect())
}

/// Uncased unless the folder says otherwise, as BERT's tokenizers do.
fn is_lower(folder: &Path) -> Result<bool, Error> {
    let config = folder.join("tokenizer_config.json");
    if config.is_file()
        && let Some(lower) = json(&config)?["do_lower_case"].as_bool()
    {
        return Ok(lower);
    }
    let tokenizer = folder.join("tokenizer.json");
    let lower = if tokenizer.is_file() { json(&tokenizer)?["normalizer"]["lowercase"].as_bool() } else { None };
    Ok(lower.unwrap_or(true))
}

/// A JSON file of a model folder.
pub(crate) fn json(path: &Path) -> Result<Value, Error> {
    serde_json::from_slice(&read(path)?).map_err(|error| Error::unusable(path, format!("it is no JSON ({error})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_alone() {
        let found: Vec<_> = words("don't (say) “no”, 東京 €5").collect();
        assert_eq!(found, ["don", "'", "t", "(", "say", ")", "“", "no", "”", ",", "東", "京", "€5"]);
    }
}
