//! The questions stages ask of a model of meaning.

/// Something that knows which words and sentences mean alike; implemented by the `embed` crate.
///
/// Vectors of one model have one length and unit norm, so the cosine of two is their dot product. An implementation
/// returns equal vectors for equal input, whatever else is asked at the same time.
pub trait Meaning: Send + Sync {
    /// A name for the model that changes with its weights, for cache keys and diagnostics.
    fn name(&self) -> &str;

    /// One vector a text, in the order given; the zero vector for a text without a known word.
    fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>>;

    /// The vector of one word in isolation; `None` where the model does not know it.
    fn word(&self, word: &str) -> Option<Vec<f32>>;

    /// The share of general texts in which a word occurs, between 0 and 1: about 1 for "the", tiny for a rare name.
    ///
    /// Three reports of one story cannot tell which of their words are common; this background can.
    fn document_share(&self, word: &str) -> f64;
}
