//! Passages that texts have in common, however different they are otherwise.
//!
//! The way of passim (Smith, Cordell and Dillon 2013; Smith et al. 2014): runs of words that a few texts share point at
//! pairs ([`seeds`](crate::seeds)), the texts are compared around them ([`extension`](crate::extension)), and passages of
//! one text that lie over one another are one. Texts of one series – an outlet – are not compared: what an outlet repeats
//! is its own. Memory and time grow with the words of the texts, whatever they say.
//!
//! ```
//! use twosource_cluster::Passages;
//! let said = "The port of Nova will stay closed until the last of the twelve ships has been searched and the divers are back";
//! let mut passages = Passages::new();
//! passages.add(&format!("A storm is near. {said}, the harbour office said."), Some("Meridian"));
//! passages.add(&format!("{said}. Beekeepers hope for a better year."), Some("Nova Post"));
//! let found = passages.find(16);
//! assert_eq!(found.passages.len(), 2);
//! assert_eq!(found.passages[0].span, (17, 17 + said.len()));
//! assert_eq!(found.pairs[0].span_of_other, (0, said.len()));
//! ```

use std::collections::BTreeMap;

use crate::duplicates::Pair;
use crate::extension::{Alike, extend};
use crate::seeds::{Print, SURE, Seed, prints, seeds};
use crate::shingles::{Shingles, WORDS};

/// Two passages of a text are one where they share such a part of the longer (0.5 as in passim).
const OVERLAP: f64 = 0.5;

/// Passages of a text, or of a pair, that a further one is held against.
const OPEN: usize = 8;

/// Texts, as far as they are needed to find passages that they share.
#[derive(Clone, Debug, Default)]
pub struct Passages {
    texts: Vec<Shingles>,
    /// The series of each text.
    series: Vec<Option<u32>>,
    names: BTreeMap<String, u32>,
    prints: Vec<Print>,
}

/// A passage of a text that others share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The text, by its number in the order of adding, counted from 0.
    pub text: usize,
    /// Where it begins and ends, in code points.
    pub span: (usize, usize),
}

/// What texts share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    /// The passages, by text and place.
    pub passages: Vec<Passage>,
    /// Which of them are alike: `one` and `other` count passages, the spans lie within them, and the score is the share of
    /// the words of the longer that both have.
    pub pairs: Vec<Pair>,
}

impl Passages {
    /// The fewest words of a passage that is surely found.
    pub const FEWEST: usize = SURE;

    /// No texts yet.
    pub fn new() -> Passages {
        Passages::default()
    }

    /// Takes in a text of a series; one without is compared with all others.
    pub fn add(&mut self, text: &str, series: Option<&str>) {
        let number = self.names.len() as u32;
        let series = series.map(|name| *self.names.entry(name.to_owned()).or_insert(number));
        let shingles = Shingles::new(text);
        self.prints.extend(prints(&shingles, self.texts.len() as u32));
        self.texts.push(shingles);
        self.series.push(series);
    }

    /// The passages that texts of different series share, of at least so many shared words.
    ///
    /// A passage in more than a hundred texts is boilerplate and left out; of very many texts that share one not every
    /// pair is named, but all are connected by pairs.
    pub fn find(mut self, fewest: usize) -> Reuse {
        let seeds = seeds(&mut self.prints, &self.series);
        self.prints = Vec::new();
        let alike = self.alike(&seeds, fewest);
        drop(seeds);
        self.reuse(&alike)
    }

    /// The pairs of passages around the seeds, with the texts of each.
    fn alike(&self, seeds: &[Seed], fewest: usize) -> Vec<(Seed, Alike)> {
        let mut found: Vec<(Seed, Alike)> = Vec::new();
        for of_pair in seeds.chunk_by(|x, y| (x.one, x.other) == (y.one, y.other)) {
            let mut known: Vec<Alike> = Vec::new();
            for seed in of_pair {
                if known.iter().rev().take(OPEN).any(|alike| alike.holds(seed)) {
                    continue;
                }
                let alike = extend(&self.texts[seed.one as usize], &self.texts[seed.other as usize], seed);
                known.extend(alike);
                found.extend(alike.filter(|alike| alike.words >= fewest).map(|alike| (*seed, alike)));
            }
        }
        found
    }

    /// Makes one of the passages of a text that lie over one another, and says where all are in code points.
    fn reuse(&self, alike: &[(Seed, Alike)]) -> Reuse {
        let mut sides: Vec<Side> = Vec::with_capacity(2 * alike.len());
        for (pair, (seed, alike)) in alike.iter().enumerate() {
            sides.push(Side { text: seed.one as usize, shingles: alike.one, pair, is_other: false });
            sides.push(Side { text: seed.other as usize, shingles: alike.other, pair, is_other: true });
        }
        sides.sort_unstable();
        let mut reuse = Reuse { passages: Vec::new(), pairs: vec![Pair::default(); alike.len()] };
        for of_text in sides.chunk_by(|x, y| x.text == y.text) {
            reuse.take(of_text, &self.texts[of_text[0].text].places());
        }
        for (pair, (_, alike)) in reuse.pairs.iter_mut().zip(alike) {
            let words = |(first, last): (usize, usize)| last + WORDS - first;
            pair.score = alike.words as f64 / words(alike.one).max(words(alike.other)) as f64;
        }
        reuse
    }
}

/// One side of a pair of passages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Side {
    text: usize,
    /// The first and the last shingle.
    shingles: (usize, usize),
    pair: usize,
    is_other: bool,
}

impl Reuse {
    /// Takes in the sides of one text, in their order, with the place of each of its words.
    fn take(&mut self, sides: &[Side], places: &[(usize, usize)]) {
        let span = |(first, last): (usize, usize)| {
            let end = places.get(last + WORDS - 1).or(places.last()).map_or(0, |place| place.1);
            (places.get(first).map_or(0, |place| place.0), end)
        };
        let begun = self.passages.len();
        for side in sides {
            let span = span(side.shingles);
            let open = self.passages.len().saturating_sub(OPEN).max(begun)..self.passages.len();
            let known = open.rev().find(|&at| is_one(self.passages[at].span, span));
            let passage = known.unwrap_or_else(|| {
                self.passages.push(Passage { text: side.text, span });
                self.passages.len() - 1
            });
            let whole = &mut self.passages[passage].span;
            whole.1 = whole.1.max(span.1);
            let pair = &mut self.pairs[side.pair];
            if side.is_other {
                (pair.other, pair.span_of_other) = (passage, span);
            } else {
                (pair.one, pair.span_of_one) = (passage, span);
            }
        }
    }
}

/// Whether two spans, the second of which begins no earlier, share enough of the longer.
fn is_one(one: (usize, usize), other: (usize, usize)) -> bool {
    let shared = one.1.min(other.1).saturating_sub(other.0);
    let longer = (one.1 - one.0).max(other.1 - other.0);
    shared as f64 >= OVERLAP * longer as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::duplicates::connected;

    /// So many words that no other number has.
    fn words(from: usize, count: usize) -> String {
        (from..from + count).map(|word| format!("word{word} ")).collect()
    }

    fn found(texts: &[(String, &str)]) -> Reuse {
        let mut passages = Passages::new();
        texts.iter().for_each(|(text, series)| passages.add(text, (!series.is_empty()).then_some(*series)));
        passages.find(Passages::FEWEST)
    }

    /// The words of a passage.
    fn quoted<'t>(texts: &'t [(String, &str)], passage: &Passage) -> &'t str {
        texts[passage.text].0[passage.span.0..passage.span.1].trim_end()
    }

    #[test]
    fn a_passage_within_other_words_is_found_wherever_it_stands() {
        for before in 0..12 {
            let shared = words(0, Passages::FEWEST);
            let texts = [
                (words(1_000, before) + &shared + &words(2_000, 300), "a"),
                (words(3_000, 200) + &shared + &words(4_000, before), "b"),
            ];
            let reuse = found(&texts);
            let passages: Vec<&str> = reuse.passages.iter().map(|passage| quoted(&texts, passage)).collect();
            assert_eq!(passages, [shared.trim_end(); 2], "{before} words before it");
            assert_eq!(reuse.pairs.len(), 1);
            assert!((reuse.pairs[0].score - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn an_outlet_repeats_itself_and_a_shorter_run_is_chance() {
        let texts = |series| [(words(0, 40) + &words(100, 40), "a"), (words(0, 40) + &words(200, 40), series)];
        assert_eq!(found(&texts("a")).passages, []);
        assert_eq!(found(&texts("b")).passages.len(), 2);
        assert_eq!(found(&texts("")).passages.len(), 2);
        let short = [(words(0, 12) + &words(100, 40), "a"), (words(0, 12) + &words(200, 40), "b")];
        assert_eq!(found(&short).passages, []);
    }

    #[test]
    fn two_passages_of_one_text_are_two_and_lead_to_different_texts() {
        let (one, other) = (words(0, 30), words(500, 30));
        let texts = [(one.clone() + &words(900, 50) + &other, "a"), (one, "b"), (other, "c")];
        let reuse = found(&texts);
        assert_eq!(reuse.passages.iter().map(|passage| passage.text).collect::<Vec<_>>(), [0, 0, 1, 2]);
        let links = reuse.pairs.iter().map(Pair::ends);
        assert_eq!(connected(4, links), [0, 1, 0, 1]);
    }

    #[test]
    fn boilerplate_is_left_out_and_copies_of_a_hundred_are_connected() {
        let texts = |count: usize| -> Vec<(String, &str)> {
            (0..count).map(|text| (words(0, 40) + &words(1_000 * (text + 1), 40), "")).collect()
        };
        assert_eq!(found(&texts(101)).passages, []);
        let reuse = found(&texts(100));
        assert_eq!(reuse.passages.len(), 100);
        assert!(reuse.pairs.len() < 500);
        let first = connected(100, reuse.pairs.iter().map(Pair::ends));
        assert!(first.iter().all(|&first| first == 0));
    }

    #[test]
    fn a_text_that_says_one_thing_for_ever_takes_no_longer() {
        let text = words(0, 20).repeat(2_000);
        let reuse = found(&[(text.clone(), "a"), (text.clone(), "b"), (text, "c")]);
        assert!(reuse.pairs.len() < 1_000, "{} pairs", reuse.pairs.len());
    }

    proptest! {
        #[test]
        fn whatever_the_texts_passages_point_into_them(texts in prop::collection::vec("([ab] |é|港|. ){0,90}", 0..6)) {
            let texts: Vec<(String, &str)> = texts.into_iter().map(|text| (text, "")).collect();
            let reuse = found(&texts);
            let lengths: Vec<usize> = texts.iter().map(|(text, _)| text.chars().count()).collect();
            for Passage { text, span } in &reuse.passages {
                prop_assert!(span.0 < span.1 && span.1 <= lengths[*text]);
            }
            for pair in &reuse.pairs {
                for (passage, (begin, end)) in [(pair.one, pair.span_of_one), (pair.other, pair.span_of_other)] {
                    let whole = reuse.passages[passage].span;
                    prop_assert!(whole.0 <= begin && begin < end && end <= whole.1);
                }
            }
        }
    }
}
