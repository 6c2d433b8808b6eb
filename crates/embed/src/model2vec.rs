//! A model2vec folder: a static table made elsewhere, with its own tokenizer.

use std::path::Path;

use twosource_model::Meaning;
use xxhash_rust::xxh3::xxh3_64;

use crate::error::{Error, read};
use crate::table::unit;
use crate::weights::Weights;
use crate::wordpiece::WordPiece;

/// The most tokens of a text that are read, as in model2vec.
const LONGEST: usize = 512;

/// One vector a token; a sentence is their weighted sum.
pub(crate) struct Model2Vec {
    name: String,
    tokens: WordPiece,
    vectors: Vec<f32>,
    dims: usize,
    /// Which row a token has, where that is not its id.
    mapping: Option<Vec<f32>>,
    /// What a token counts, where its vector does not say so by its length.
    weights: Option<Vec<f32>>,
}

impl Model2Vec {
    /// Loads tokenizer.json (or vocab.txt) and model.safetensors of a folder.
    pub(crate) fn load(folder: &Path) -> Result<Model2Vec, Error> {
        let tokens = WordPiece::load(folder)?;
        let path = folder.join("model.safetensors");
        let bytes = read(&path)?;
        let tensors = Weights::new(&path, &bytes)?;
        let (vectors, rows, dims) = tensors.matrix("embeddings")?;
        let mapping = tensors.list("mapping")?;
        if mapping.is_none() && tokens.highest().is_some_and(|id| id as usize >= rows) {
            return Err(Error::unusable(
                &path,
                "it has fewer rows than the tokenizer has words; copy both from one model",
            ));
        }
        let name = format!("model2vec-{dims}-{:016x}", xxh3_64(&bytes));
        Ok(Model2Vec { name, tokens, vectors, dims, mapping, weights: tensors.list("weights")? })
    }

    fn sum(&self, text: &str) -> Option<Vec<f32>> {
        let mut sum = vec![0.0; self.dims];
        let mut known = false;
        for id in self.tokens.ids(text, LONGEST) {
            if Some(id) == self.tokens.unknown() {
                continue;
            }
            let Some(vector) = self.vector(id as usize) else { continue };
            let weight = self.weights.as_ref().and_then(|weights| weights.get(id as usize)).copied().unwrap_or(1.0);
            sum.iter_mut().zip(vector).for_each(|(sum, value)| *sum += weight * value);
            known = true;
        }
        known.then(|| unit(sum))
    }

    fn vector(&self, id: usize) -> Option<&[f32]> {
        let row = match &self.mapping {
            Some(mapping) => *mapping.get(id)? as usize,
            None => id,
        };
        self.vectors.get(row.checked_mul(self.dims)?..)?.get(..self.dims)
    }
}

impl Meaning for Model2Vec {
    fn name(&self) -> &str {
        &self.name
    }

    fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        texts.iter().map(|text| self.sum(text).unwrap_or_else(|| vec![0.0; self.dims])).collect()
    }

    fn word(&self, word: &str) -> Option<Vec<f32>> {
        self.sum(word)
    }

    fn document_share(&self, word: &str) -> f64 {
        crate::table::document_share(word)
    }
}
