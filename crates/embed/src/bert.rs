//! A sentence-transformers folder of the BERT family (MiniLM and its kin), run here.
//!
//! The sentence vector is the mean of the last hidden states of all tokens at length one. Texts go through the layers
//! in batches without padding, and each row of a product depends on nothing but itself, so neither the batch nor the
//! number of threads changes a bit of a vector (the tests hold it to that).

use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use twosource_model::Meaning;
use xxhash_rust::xxh3::xxh3_64;

use crate::arithmetic::{Linear, add, dot, gelu, layer_norm, softmax};
use crate::error::{Error, read};
use crate::table::unit;
use crate::weights::Weights;
use crate::wordpiece::{WordPiece, json};

/// Tokens that go through the layers together: enough to use each weight often, few enough to stay in the cache.
const BATCH: usize = 192;

/// A BERT encoder with mean pooling.
pub(crate) struct Bert {
    name: String,
    tokens: WordPiece,
    first: u32,
    last: u32,
    shape: Shape,
    words: Vec<f32>,
    /// Position embeddings, with the embedding of the first segment added.
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
}

/// The numbers of config.json.
#[derive(Clone, Copy)]
struct Shape {
    width: usize,
    inner: usize,
    heads: usize,
    layers: usize,
    vocabulary: usize,
    positions: usize,
    segments: usize,
    /// The most tokens of a text that are read, special ones included.
    longest: usize,
    epsilon: f32,
}

struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    mixed: Linear,
    mixed_norm: Norm,
    inner: Linear,
    outer: Linear,
    outer_norm: Norm,
}

impl Bert {
    /// Loads config.json, the vocabulary and model.safetensors of a folder.
    pub(crate) fn load(folder: &Path) -> Result<Bert, Error> {
        let shape = Shape::load(folder)?;
        let tokens = WordPiece::load(folder)?;
        let path = folder.join("model.safetensors");
        let special = |token: &str| tokens.id(token).ok_or_else(|| Error::unusable(&path, no_token(token)));
        let (first, last) = (special("[CLS]")?, special("[SEP]")?);
        if tokens.highest().is_some_and(|id| id as usize >= shape.vocabulary) {
            return Err(Error::unusable(&path, "the vocabulary has more words than vocab_size in config.json"));
        }
        let bytes = read(&path)?;
        let weights = Weights::new(&path, &bytes)?;
        Ok(Bert {
            name: format!("bert-{}-{}-{:016x}", shape.layers, shape.width, xxh3_64(&bytes)),
            words: weights.get("embeddings.word_embeddings.weight", &[shape.vocabulary, shape.width])?,
            positions: positions(&weights, &shape)?,
            norm: Norm::load(&weights, "embeddings.LayerNorm", &shape)?,
            layers: (0..shape.layers).map(|number| Layer::load(&weights, number, &shape)).collect::<Result<_, _>>()?,
            tokens,
            first,
            last,
            shape,
        })
    }

    fn ids(&self, text: &str) -> Vec<u32> {
        let words = self.tokens.ids(text, self.shape.longest - 2);
        let mut ids = Vec::with_capacity(words.len() + 2);
        ids.push(self.first);
        ids.extend(words);
        ids.push(self.last);
        ids
    }

    /// The vectors of some token lists.
    fn encode(&self, texts: &[Vec<u32>]) -> Vec<Vec<f32>> {
        let width = self.shape.width;
        let mut x: Vec<f32> = texts.iter().flat_map(|ids| self.embedded(ids)).collect();
        self.norm.apply(&mut x, self.shape.epsilon);
        let lengths: Vec<_> = texts.iter().map(Vec::len).collect();
        for layer in &self.layers {
            layer.apply(&mut x, &lengths, &self.shape);
        }
        let mut rest = x.as_slice();
        let mut next = |length: usize| rest.split_off(..length * width).unwrap_or_default();
        lengths.iter().map(|&length| unit(mean(next(length), width))).collect()
    }

    fn embedded(&self, ids: &[u32]) -> Vec<f32> {
        let width = self.shape.width;
        let mut x: Vec<_> = ids.iter().flat_map(|&id| &self.words[id as usize * width..][..width]).copied().collect();
        add(&mut x, &self.positions);
        x
    }
}

impl Meaning for Bert {
    fn name(&self) -> &str {
        &self.name
    }

    fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>> {
        let ids: Vec<_> = texts.par_iter().map(|text| self.ids(text)).collect();
        let mut vectors: Vec<_> = batches(&ids).par_iter().flat_map_iter(|batch| self.encode(batch)).collect();
        for (vector, _) in vectors.iter_mut().zip(&ids).filter(|(_, ids)| says_nothing(ids, self.tokens.unknown())) {
            vector.fill(0.0);
        }
        vectors
    }

    fn word(&self, word: &str) -> Option<Vec<f32>> {
        let ids = self.ids(word);
        if says_nothing(&ids, self.tokens.unknown()) {
            return None;
        }
        self.encode(&[ids]).pop()
    }

    fn document_share(&self, word: &str) -> f64 {
        crate::table::document_share(word)
    }
}

/// Whether there is nothing between the special tokens, or only unknown words.
fn says_nothing(ids: &[u32], unknown: Option<u32>) -> bool {
    ids[1..ids.len() - 1].iter().all(|&id| Some(id) == unknown)
}

/// Runs of texts of about `BATCH` tokens.
fn batches(texts: &[Vec<u32>]) -> Vec<&[Vec<u32>]> {
    let mut found = Vec::new();
    let (mut start, mut tokens) = (0, 0);
    for (at, text) in texts.iter().enumerate() {
        if at > start && tokens + text.len() > BATCH {
            found.push(&texts[start..at]);
            (start, tokens) = (at, 0);
        }
        tokens += text.len();
    }
    if start < texts.len() {
        found.push(&texts[start..]);
    }
    found
}

fn mean(rows: &[f32], width: usize) -> Vec<f32> {
    let mut sum = vec![0.0; width];
    rows.chunks_exact(width).for_each(|row| add(&mut sum, row));
    sum
}

fn no_token(token: &str) -> String {
    format!("its vocabulary has no {token}; models of the BERT family work")
}

impl Shape {
    fn load(folder: &Path) -> Result<Shape, Error> {
        let path = folder.join("config.json");
        let config = json(&path)?;
        let number = |name: &str| {
            let value = config[name].as_u64().and_then(|value| usize::try_from(value).ok()).filter(|&value| value > 0);
            value.ok_or_else(|| Error::unusable(&path, format!("{name} is missing; models of the BERT family work")))
        };
        supported(&path, &config)?;
        pools_by_mean(folder)?;
        let positions = number("max_position_embeddings")?;
        let shape = Shape {
            width: number("hidden_size")?,
            inner: number("intermediate_size")?,
            heads: number("num_attention_heads")?,
            layers: number("num_hidden_layers")?,
            vocabulary: number("vocab_size")?,
            positions,
            segments: config["type_vocab_size"].as_u64().and_then(|value| usize::try_from(value).ok()).unwrap_or(2),
            longest: longest(folder)?.unwrap_or(positions).clamp(3, positions.max(3)),
            epsilon: config["layer_norm_eps"].as_f64().unwrap_or(1e-12) as f32,
        };
        if !shape.width.is_multiple_of(shape.heads) || positions < 3 {
            return Err(Error::unusable(&path, "its sizes do not fit one another; copy the model again"));
        }
        Ok(shape)
    }
}

fn supported(path: &Path, config: &Value) -> Result<(), Error> {
    let wanted = [("model_type", "bert"), ("hidden_act", "gelu"), ("position_embedding_type", "absolute")];
    for (name, supported) in wanted {
        let value = config[name].as_str().unwrap_or(supported);
        if value != supported {
            let reason = format!("{name} is {value}; only {supported} works, for example all-MiniLM-L6-v2");
            return Err(Error::unusable(path, reason));
        }
    }
    Ok(())
}

fn pools_by_mean(folder: &Path) -> Result<(), Error> {
    let path = folder.join("1_Pooling").join("config.json");
    if !path.is_file() {
        return Ok(());
    }
    let pooling = json(&path)?;
    if pooling["pooling_mode_mean_tokens"].as_bool() == Some(false) || pooling["pooling_mode_cls_token"] == true {
        return Err(Error::unusable(&path, "it does not pool by the mean of the tokens, the only way that works"));
    }
    Ok(())
}

fn longest(folder: &Path) -> Result<Option<usize>, Error> {
    let path = folder.join("sentence_bert_config.json");
    if !path.is_file() {
        return Ok(None);
    }
    Ok(json(&path)?["max_seq_length"].as_u64().and_then(|value| usize::try_from(value).ok()))
}

fn positions(weights: &Weights<'_>, shape: &Shape) -> Result<Vec<f32>, Error> {
    let mut positions = weights.get("embeddings.position_embeddings.weight", &[shape.positions, shape.width])?;
    let segments = weights.get("embeddings.token_type_embeddings.weight", &[shape.segments, shape.width])?;
    if let Some(segment) = segments.get(..shape.width) {
        positions.chunks_exact_mut(shape.width).for_each(|row| add(row, segment));
    }
    Ok(positions)
}

impl Norm {
    fn load(weights: &Weights<'_>, name: &str, shape: &Shape) -> Result<Norm, Error> {
        let get = |part: &str| weights.get(&format!("{name}.{part}"), &[shape.width]);
        Ok(Norm { scale: get("weight")?, shift: get("bias")? })
    }

    fn apply(&self, x: &mut [f32], epsilon: f32) {
        layer_norm(x, &self.scale, &self.shift, epsilon);
    }
}

impl Layer {
    fn load(weights: &Weights<'_>, number: usize, shape: &Shape) -> Result<Layer, Error> {
        let (width, inner) = (shape.width, shape.inner);
        let linear = |name: &str, outputs: usize, inputs: usize| {
            let at = format!("encoder.layer.{number}.{name}");
            let weight = weights.get(&format!("{at}.weight"), &[outputs, inputs])?;
            Ok(Linear::new(&weight, weights.get(&format!("{at}.bias"), &[outputs])?, inputs))
        };
        let norm = |name: &str| Norm::load(weights, &format!("encoder.layer.{number}.{name}"), shape);
        Ok(Layer {
            query: linear("attention.self.query", width, width)?,
            key: linear("attention.self.key", width, width)?,
            value: linear("attention.self.value", width, width)?,
            mixed: linear("attention.output.dense", width, width)?,
            mixed_norm: norm("attention.output.LayerNorm")?,
            inner: linear("intermediate.dense", inner, width)?,
            outer: linear("output.dense", width, inner)?,
            outer_norm: norm("output.LayerNorm")?,
        })
    }

    fn apply(&self, x: &mut [f32], lengths: &[usize], shape: &Shape) {
        let (query, key, value) = (self.query.apply(x), self.key.apply(x), self.value.apply(x));
        let mut mixed = vec![0.0; x.len()];
        let mut at = 0;
        for length in lengths.iter().map(|length| length * shape.width) {
            let rows = at..at + length;
            attention(&query[rows.clone()], &key[rows.clone()], &value[rows.clone()], shape, &mut mixed[rows]);
            at += length;
        }
        add(x, &self.mixed.apply(&mixed));
        self.mixed_norm.apply(x, shape.epsilon);
        let mut inner = self.inner.apply(x);
        gelu(&mut inner);
        add(x, &self.outer.apply(&inner));
        self.outer_norm.apply(x, shape.epsilon);
    }
}

/// Scaled dot-product attention over one text, head by head.
fn attention(query: &[f32], key: &[f32], value: &[f32], shape: &Shape, mixed: &mut [f32]) {
    let head_width = shape.width / shape.heads;
    let shrink = 1.0 / (head_width as f32).sqrt();
    let mut scores = vec![0.0; query.len() / shape.width];
    for head in (0..shape.heads).map(|head| head * head_width..(head + 1) * head_width) {
        for (query, mixed) in query.chunks_exact(shape.width).zip(mixed.chunks_exact_mut(shape.width)) {
            for (score, key) in scores.iter_mut().zip(key.chunks_exact(shape.width)) {
                *score = shrink * dot(&query[head.clone()], &key[head.clone()]);
            }
            softmax(&mut scores);
            for (score, value) in scores.iter().zip(value.chunks_exact(shape.width)) {
                let pairs = mixed[head.clone()].iter_mut().zip(&value[head.clone()]);
                pairs.for_each(|(mixed, value)| *mixed += score * value);
            }
        }
    }
}
