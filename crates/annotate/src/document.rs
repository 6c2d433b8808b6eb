//! An article cut into sentences and tokens: what every annotator reads.

use std::ops::Range;

use twosource_model::{Article, BlockKind, Sentence, Span};

use crate::languages::{Language, language};
use crate::sentences::sentences;
use crate::tokens::{Token, tokens};

/// An article with its sentences and tokens.
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Sentences of all blocks in text order.
    pub sentences: Vec<Sentence>,
    /// Tokens of all sentences in text order.
    pub tokens: Vec<Token>,
    /// For each sentence the range of its tokens.
    ranges: Vec<Range<usize>>,
    /// What it is read by.
    pub(crate) language: &'static Language,
}

impl<'a> Document<'a> {
    /// Cuts an English article into sentences and tokens.
    pub fn new(article: &'a Article) -> Self {
        Document::written_in(article, language("en"))
    }

    /// Cuts an article into sentences and tokens as its language does.
    pub(crate) fn written_in(article: &'a Article, language: &'static Language) -> Self {
        let sentences = sentences(article, &language.sentences);
        let mut all = Vec::new();
        let mut ranges = Vec::with_capacity(sentences.len());
        for sentence in &sentences {
            let first = all.len();
            let found = tokens(&article.text, sentence.span);
            match &language.tokens {
                Some(splits) => splits.apply(&article.text, found, &mut all),
                None => all.extend(found),
            }
            ranges.push(first..all.len());
        }
        Document { article, sentences, tokens: all, ranges, language }
    }

    /// The text all spans point into.
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        span.of(self.text())
    }

    /// The indices of the tokens of a sentence.
    pub fn range(&self, sentence: usize) -> Range<usize> {
        self.ranges[sentence].clone()
    }

    /// The tokens of a sentence.
    pub fn tokens_of(&self, sentence: usize) -> &[Token] {
        &self.tokens[self.range(sentence)]
    }

    /// The kind of block a sentence stands in.
    pub fn block_kind(&self, sentence: usize) -> BlockKind {
        self.article.blocks[self.sentences[sentence].block].kind
    }

    /// The sentence that contains a byte offset, if any does.
    pub fn sentence_at(&self, byte: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= byte);
        (after > 0 && byte < self.sentences[after - 1].span.end).then(|| after - 1)
    }
}
