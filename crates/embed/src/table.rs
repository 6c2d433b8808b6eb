//! The static table: one vector a word, made once from a sentence model and added up for a sentence.
//!
//! Words are folded to plain letters first; the built-in table knows no script but the Latin one.
//!
//! The file is read where it lies: nothing is unpacked or parsed at the start, a word is found by binary search in the
//! sorted vocabulary. All numbers are little-endian:
//!
//! | bytes | content |
//! |---|---|
//! | 8 | the magic `2SRCTABL` |
//! | 4 each | version (1), dimensions, rows, bytes of all words, bytes of the name |
//! | name | the name, with a hash of the weights |
//! | 4 × (rows + 1) | where each word starts in the words |
//! | words | the words, sorted by bytes, without separators; pieces inside words start with `##` |
//! | 4 × rows | one f32 a row: what a step of its numbers is worth, the weight of the word included |
//! | rows × dimensions | the vectors, one i8 a number |

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use twosource_model::Meaning;

use crate::error::{Error, read};
use crate::words::{fold, pieces, words};

const MAGIC: &[u8; 8] = b"2SRCTABL";
const VERSION: u32 = 1;
const HEADER: usize = 28;
/// The most bytes a word or piece of a table is looked up with.
const LONGEST_PIECE: usize = 24;
const BUILTIN: &[u8] = include_bytes!("../data/minilm.table");
/// How rare each word of the built-in table is, one byte a row: -16 ln of the share of texts that hold it.
const SHARES: &[u8] = include_bytes!("../data/minilm.shares");
/// The share of a word that the built-in table does not know.
const UNKNOWN_SHARE: f64 = 1e-5;

/// Vectors of words in one block of bytes; a sentence is their weighted sum.
pub struct StaticTable {
    bytes: Cow<'static, [u8]>,
    name: String,
    dims: usize,
    rows: usize,
    starts: usize,
    text: usize,
    scales: usize,
    vectors: usize,
}

/// The share of general texts that hold a word, from the built-in table whatever the model at work.
pub(crate) fn document_share(word: &str) -> f64 {
    static TABLE: LazyLock<StaticTable> = LazyLock::new(StaticTable::builtin);
    let rarity = |word: &str| TABLE.find(word).and_then(|row| SHARES.get(row as usize));
    let folded = fold(word);
    let rarest = words(&folded).map(|word| rarity(word).map_or(UNKNOWN_SHARE, |&rare| (-f64::from(rare) / 16.0).exp()));
    rarest.min_by(f64::total_cmp).unwrap_or(UNKNOWN_SHARE)
}

impl StaticTable {
    /// The table inside the program.
    ///
    /// It was distilled from all-MiniLM-L6-v2 by `scripts/distil/distil.py`.
    pub fn builtin() -> StaticTable {
        StaticTable::new(Cow::Borrowed(BUILTIN)).unwrap_or_else(|_| StaticTable::empty())
    }

    /// The table in a file of the format above.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or its header does not describe its size.
    pub fn open(path: &Path) -> Result<StaticTable, Error> {
        StaticTable::new(Cow::Owned(read(path)?)).map_err(|reason| Error::unusable(path, reason))
    }

    fn new(bytes: Cow<'static, [u8]>) -> Result<StaticTable, String> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err("it is no table of Twosource; scripts/distil/distil.py writes one".into());
        }
        let field = |at: usize| number(&bytes, 8 + 4 * at).map(|value| value as usize).unwrap_or_default();
        let (version, dims, rows, text_length, name_length) = (field(0), field(1), field(2), field(3), field(4));
        if version != VERSION as usize {
            return Err(format!("its version is {version}, this program reads {VERSION}; distil it anew"));
        }
        let name =
            bytes.get(HEADER..HEADER + name_length).map(String::from_utf8_lossy).unwrap_or_default().into_owned();
        let starts = HEADER + name_length;
        let text = starts + 4 * (rows + 1);
        let scales = text + text_length;
        let vectors = scales + 4 * rows;
        let length = rows.checked_mul(dims).and_then(|size| size.checked_add(vectors));
        if dims == 0 || length != Some(bytes.len()) {
            return Err(format!("its header asks for {length:?} bytes, the file has {}; copy it again", bytes.len()));
        }
        Ok(StaticTable { bytes, name, dims, rows, starts, text, scales, vectors })
    }

    /// A table without words, so that a damaged program says "nothing known" where it could only stop otherwise.
    fn empty() -> StaticTable {
        let bytes = Cow::Borrowed(&[] as &[u8]);
        StaticTable { bytes, name: "empty".into(), dims: 1, rows: 0, starts: 0, text: 0, scales: 0, vectors: 0 }
    }

    /// The number of dimensions of its vectors.
    pub fn dims(&self) -> usize {
        self.dims
    }

    /// The number of words and pieces it holds.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether it holds no word at all.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Whether the word itself has a vector, not only its pieces; the word in any case, with or without accents.
    pub fn knows(&self, word: &str) -> bool {
        self.find(&fold(word)).is_some()
    }

    fn find(&self, word: &str) -> Option<u32> {
        let (mut low, mut high) = (0, self.rows);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.entry(middle)?.cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => return u32::try_from(middle).ok(),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn entry(&self, row: usize) -> Option<&[u8]> {
        let start = number(&self.bytes, self.starts + 4 * row)? as usize;
        let end = number(&self.bytes, self.starts + 4 * (row + 1))? as usize;
        self.bytes.get(self.text + start..self.text + end)
    }

    fn add(&self, row: u32, sum: &mut [f32]) {
        let row = row as usize;
        let start = self.vectors + row * self.dims;
        let scale = number(&self.bytes, self.scales + 4 * row).map_or(0.0, f32::from_bits);
        for (value, &step) in sum.iter_mut().zip(&self.bytes[start..start + self.dims]) {
            *value += scale * f32::from(step.cast_signed());
        }
    }

    /// Adds the vector of one folded word, or those of its pieces; says whether there was anything to add.
    ///
    /// The pieces were learned as what they add, so an unknown name of three pieces counts for more than a common word,
    /// as it should: their mean in place of their sum costs two points of Pearson on pairs of news sentences.
    fn add_word(&self, word: &str, sum: &mut [f32]) -> bool {
        if let Some(row) = self.find(word) {
            self.add(row, sum);
            return true;
        }
        let Some(found) = pieces(word, LONGEST_PIECE, |piece| self.find(piece)) else { return false };
        found.iter().for_each(|&piece| self.add(piece, sum));
        true
    }

    fn sentence(&self, text: &str) -> Vec<f32> {
        let mut sum = vec![0.0; self.dims];
        for word in words(&fold(text)) {
            self.add_word(word, &mut sum);
        }
        unit(sum)
    }
}

impl Meaning for StaticTable {
    fn name(&self) -> &str {
        &self.name
    }

    fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| self.sentence(text)).collect()
    }

    fn word(&self, word: &str) -> Option<Vec<f32>> {
        let mut sum = vec![0.0; self.dims];
        let mut known = false;
        for word in words(&fold(word)) {
            known |= self.add_word(word, &mut sum);
        }
        known.then(|| unit(sum))
    }

    fn document_share(&self, word: &str) -> f64 {
        document_share(word)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

/// The vector at length one; the zero vector stays as it is.
///
/// The sum runs in f64 from the first number to the last, so it is the same on every machine.
pub(crate) fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let square: f64 = vector.iter().map(|&value| f64::from(value) * f64::from(value)).sum();
    if square.is_finite() && square > 1e-24 {
        let shrink = 1.0 / square.sqrt();
        vector.iter_mut().for_each(|value| *value = (f64::from(*value) * shrink) as f32);
    } else {
        vector.fill(0.0);
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of a case file, three a block.
    fn blocks(file: &str) -> Vec<[&str; 3]> {
        let lines = file.lines().filter(|line| !line.starts_with('#'));
        let texts: Vec<_> = lines.map(str::trim).collect();
        let filled = texts.split(|line| line.is_empty()).filter(|block| !block.is_empty());
        filled.map(|block| block.try_into().unwrap_or_else(|_| panic!("a case is three lines: {block:?}"))).collect()
    }

    #[test]
    fn nearer_texts_have_nearer_vectors() {
        let table = StaticTable::builtin();
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        for texts in blocks(include_str!("../cases/en/nearer.txt")) {
            let vectors = table.sentences(&texts);
            let (near, far) = (dot(&vectors[0], &vectors[1]), dot(&vectors[0], &vectors[2]));
            assert!(near > far, "{texts:?}: {near} is not above {far}");
        }
    }

    #[test]
    fn the_vocabulary_is_sorted_and_its_words_are_found() {
        let table = StaticTable::builtin();
        assert!(table.len() > 20_000);
        for row in 0..table.len() {
            let word = std::str::from_utf8(table.entry(row).expect("a word")).expect("UTF-8");
            assert_eq!(table.find(word), u32::try_from(row).ok(), "{word}");
        }
    }

    #[test]
    fn a_damaged_table_is_refused() {
        let refused = |bytes: &[u8]| StaticTable::new(Cow::Owned(bytes.to_vec())).is_err();
        assert!(refused(b"") && refused(MAGIC) && refused(&BUILTIN[..BUILTIN.len() - 1]));
        assert!(!refused(BUILTIN));
    }

    #[test]
    fn unknown_words_are_spelled_and_nothing_is_zero() {
        let table = StaticTable::builtin();
        assert!(!table.knows("Quorvasia") && table.word("Quorvasia").is_some());
        assert_eq!(table.word("ΩΩΩ"), None);
        assert_eq!(table.sentences(&["", "… — !"]), vec![vec![0.0; table.dims()]; 2]);
        assert_eq!(table.word("ÉLYSÉE"), table.word("elysee"));
    }

    #[test]
    fn common_words_stand_in_most_texts() {
        assert_eq!(SHARES.len(), StaticTable::builtin().len());
        assert!(document_share("the") > 0.9);
        assert!(document_share("police") < document_share("year"));
        assert!(document_share("zxqv") <= UNKNOWN_SHARE);
        assert!(document_share("Zürich") < 0.05);
    }
}
