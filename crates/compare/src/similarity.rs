//! How alike two statements are: shared words first, the model of meaning second, the neighbours third.
//!
//! Words of one story are the surest sign: two sentences that share words which are rare in this story speak of the
//! same thing. [`Words`] weighs each stem by how rare it is among the sentences of the story and in general text, and
//! compares by what two sentences share, beside what each holds. A model of meaning adds what is said in other words; it is asked twice, for
//! the sentences (less what all sentences of the story have in common) and for the clauses. Last, reports tell a story
//! in runs, so a pair whose neighbours are alike as well is a little more likely, and what a third report says alike
//! to both stands between them ([`bridge`]).
//!
//! Everything compared is a whole number of [`UNIT`]ths, so the result does not hang on the last bit of a float.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use twosource_model::Meaning;

use crate::stems::Stems;

/// Scores and weights are whole numbers of this part.
pub(crate) const UNIT: f64 = 4096.0;

/// Fewer sentences than this do not tell rare words from common ones: a smaller story is weighed as if it had so many.
const LEAST_SENTENCES: usize = 40;
/// The rarity in the story of a word found once among some eighty sentences; in a longer story nothing is rarer.
const RAREST_IN_STORY: f64 = 4.0;
/// The rarities in general text, as negative logarithms of the share of texts with the word, that are told apart: a word
/// that every third text has is common, one that a few in a thousand have is rare, and names are rarer than they say.
const RARITY_IN_GENERAL: (f64, f64) = (1.0, 6.0);
/// What the square of the rarity in the story, times the rarity in general, is divided by. Aligned pairs of the
/// development stories: with the rarity in the story alone F1 .60 (precision .63), with its square .61, with both .64
/// (precision .79); over 600 random settings of the other numbers here the mean rises alike.
const WEIGHT_SCALE: f64 = 12.0;
/// What no word outweighs: one rare word alone makes no claim ("marvelled" here, "a marvel" there).
const GREATEST_WEIGHT: f64 = 5.0;
/// The weight, of about two rare words, that every sentence is credited with unshared: short ones share by chance.
const UNSHARED: f64 = 10.0;
/// What a pair gains of the likeness that both its sentences have with one sentence of a third report.
const BRIDGE: f64 = 0.3;
/// The likeness from which a sentence of a third report stands between two: just below that of one claim.
const BRIDGE_FROM: i32 = (0.15 * UNIT) as i32;
/// What the mean of the four neighbouring pairs adds to a pair.
const NEIGHBOURS: f64 = 0.3;
/// What the likeness of sentences in the model of meaning counts beside that of words.
const SENTENCE_MEANING: f64 = 0.15;
/// What the likeness of the closest phrases counts.
const PHRASE_MEANING: f64 = 0.15;
/// What the fit of clauses counts where one only says who says it.
const FRAME: f64 = 0.5;
/// The likeness of phrases from which clauses without a common word can still say the same.
const SAME_MEANING: f64 = 0.5;
/// What is left of the score of two sentences whose clauses have nothing but names in common.
const ONLY_NAMES: f64 = 0.4;
/// What shared words that are no names must weigh together for two sentences to tell more than that the same actors
/// take part in the same story: hardly more than one rare word.
const TELLING: u64 = (5.0 * UNIT) as u64;
/// The fewest words of a phrase.
const PHRASE_WORDS: usize = 4;
/// The most phrases of a clause.
const PHRASES: usize = 4;
/// How many sentences the common part of a story is held back by: two or three sentences have no common part yet.
const COMMON_PART_FROM: f64 = 5.0;
/// Sentences visited by way of shared words, for each sentence; the rarest words come first.
const VISITS: usize = 20_000;
/// Sentences looked at closely, for each sentence.
const CANDIDATES: usize = 48;
/// Share of words below which meaning is not asked.
const LEAST_SHARED: i32 = (0.02 * UNIT) as i32;

/// A sentence to compare: its words, whose it is, and the clauses it is made of.
pub(crate) struct Said<'a> {
    /// Index of the report.
    pub(crate) report: usize,
    /// The words.
    pub(crate) text: &'a str,
    /// The language they are in.
    pub(crate) language: Option<&'a str>,
    /// The clauses it is made of.
    pub(crate) clauses: Vec<Part<'a>>,
    /// The values of its numbers, in a form that all reports share.
    pub(crate) values: Vec<String>,
}

/// A clause to compare.
pub(crate) struct Part<'a> {
    /// The words.
    pub(crate) text: &'a str,
    /// What it does in its sentence.
    pub(crate) role: Role,
    /// The names in it and the words for who speaks: what two statements may share though they say different things.
    pub(crate) names: Vec<&'a str>,
}

/// What a clause does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It says something.
    Content,
    /// It says that an outlet or agency reports something, which is news of its own.
    Outlet,
    /// It says who speaks: "the mayor said in a statement".
    Speaker,
    /// It is an answer to a request for comment, or says that there was none.
    Answer,
}

/// How alike two sentences of different reports are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The earlier sentence.
    pub(crate) first: usize,
    /// The later sentence.
    pub(crate) second: usize,
    /// How alike they are, in [`UNIT`]ths.
    pub(crate) score: i32,
    /// The clause of the first and that of the second that fit each other best.
    pub(crate) clauses: (usize, usize),
    /// Whether there is nothing to join: the best clauses only say who speaks, or none fits another.
    pub(crate) nothing: bool,
    /// Whether they share little but names and what the whole story is about.
    pub(crate) thin: bool,
}

/// Compares the sentences of a story: every pair that may be alike, in order.
pub(crate) fn pairs(said: &[Said<'_>], meaning: &dyn Meaning) -> Vec<Pair> {
    let words = Words::new(said, meaning);
    let shared = words.shared_pairs(said);
    let meant = Meant::new(said, meaning);
    let compared = |first: usize, second: usize, alike: i32| {
        let alike = f64::from(alike) + NEIGHBOURS * f64::from(neighbours(&shared, said, first, second)) / 4.0;
        (alike >= f64::from(LEAST_SHARED)).then(|| {
            let phrases = meant.phrases(first, second);
            let closest = phrases.iter().copied().fold(0.0, f64::max);
            let score = meant.score(first, second, alike / UNIT, closest);
            pair(said, &words, (first, second), score, &phrases)
        })
    };
    let of_first = |(first, row): (usize, &Vec<(usize, i32)>)| -> Vec<Pair> {
        row.iter().filter_map(|&(second, alike)| compared(first, second, alike)).collect()
    };
    let mut found: Vec<Pair> = shared.0.par_iter().enumerate().flat_map_iter(of_first).collect();
    bridge(&mut found, said.len());
    found
}

/// Raises the score of two sentences that are both like a third: three reports of one fact share more than two.
fn bridge(pairs: &mut [Pair], sentences: usize) {
    let mut alike: Vec<BTreeMap<usize, i32>> = vec![BTreeMap::new(); sentences];
    for pair in pairs.iter().filter(|pair| pair.score > BRIDGE_FROM) {
        alike[pair.first].insert(pair.second, pair.score);
        alike[pair.second].insert(pair.first, pair.score);
    }
    pairs.par_iter_mut().for_each(|pair| {
        let (few, many) = (&alike[pair.first], &alike[pair.second]);
        let (few, many) = if few.len() <= many.len() { (few, many) } else { (many, few) };
        let both = few.iter().filter_map(|(third, &score)| many.get(third).map(|&other| score.min(other)));
        let between = both.max().map_or(0, |score| score - BRIDGE_FROM);
        pair.score += quantised(BRIDGE * f64::from(between) / UNIT);
    });
}

/// Two sentences with the clauses that fit each other best. Where these share names and nothing else, in words or in
/// meaning, two things are said of one actor, and the score is held back.
fn pair(said: &[Said<'_>], words: &Words, (first, second): (usize, usize), score: i32, phrases: &[f64]) -> Pair {
    let fits = clause_fits(said, words, first, second, phrases);
    let width = said[second].clauses.len().max(1);
    let best = (0..fits.len()).max_by_key(|&at| (fits[at], std::cmp::Reverse(at))).unwrap_or_default();
    let clauses = (best / width, best % width);
    let grounded = words.share_content((first, clauses.0), (second, clauses.1))
        || phrases.get(best).is_some_and(|&alike| alike >= SAME_MEANING);
    let score = if grounded { score } else { quantised(f64::from(score) / UNIT * ONLY_NAMES) };
    let roles = [said[first].clauses[clauses.0].role, said[second].clauses[clauses.1].role];
    let nothing = roles == [Role::Speaker; 2] || fits.get(best).is_none_or(|&fit| fit == 0);
    let thin = words.told(first, second) < TELLING;
    Pair { first, second, score, clauses, nothing, thin }
}

/// How well each two clauses of two sentences fit each other, by words and by meaning. An answer to a request for
/// comment fits nothing but an answer.
fn clause_fits(said: &[Said<'_>], words: &Words, first: usize, second: usize, phrases: &[f64]) -> Vec<i32> {
    let width = said[second].clauses.len();
    let fit = |at: usize| {
        let (a, b) = (at / width, at % width);
        let shared = words.clauses_alike((first, a), (second, b));
        let roles = [said[first].clauses[a].role, said[second].clauses[b].role];
        let about = match roles {
            [Role::Content, Role::Content] | [Role::Answer, Role::Answer] => 1.0,
            [Role::Answer, _] | [_, Role::Answer] => 0.0,
            _ => FRAME,
        };
        quantised((f64::from(shared) / UNIT + PHRASE_MEANING * phrases[at]) * about)
    };
    (0..phrases.len()).map(fit).collect()
}

/// The stems of every sentence with their weights in this story.
struct Words {
    sentences: Vec<Bag>,
    clauses: Vec<Vec<Bag>>,
    /// The stems of each clause less those of the names in it.
    content: Vec<Vec<Vec<u32>>>,
    /// The stems of each sentence less those of the names in it.
    told: Vec<Vec<u32>>,
    weights: Vec<u32>,
    /// The sentences each stem stands in.
    places: Vec<Vec<usize>>,
}

/// How much of their words sentences share: for each the later ones it was compared with, in order.
struct SharedWords(Vec<Vec<(usize, i32)>>);

impl SharedWords {
    /// For two sentences in either order; 0 where they were not compared.
    fn of(&self, one: usize, other: usize) -> i32 {
        let row = &self.0[one.min(other)];
        row.binary_search_by_key(&one.max(other), |&(second, _)| second).map_or(0, |at| row[at].1)
    }
}

/// The stems of a text, as numbers, sorted.
#[derive(Default)]
struct Bag {
    stems: Vec<u32>,
    /// What they weigh together, and what every text is credited with.
    norm: f64,
}

impl Words {
    fn new(said: &[Said<'_>], meaning: &dyn Meaning) -> Words {
        let mut numbering = Numbering::new(meaning);
        let mut sentences: Vec<Bag> = said.iter().map(|sentence| numbering.sentence(sentence)).collect();
        let mut places = vec![Vec::new(); numbering.numbers.len()];
        for (sentence, bag) in sentences.iter().enumerate() {
            bag.stems.iter().for_each(|&stem| places[stem as usize].push(sentence));
        }
        let rarities = places.iter().zip(&numbering.rarities);
        let weights = rarities.map(|(places, &rarity)| weight(places.len(), said.len(), rarity)).collect::<Vec<u32>>();
        let mut clauses: Vec<Vec<Bag>> = said.iter().map(|sentence| numbering.clauses(sentence)).collect();
        let content = said.iter().map(|sentence| numbering.content(sentence)).collect();
        let told = said.iter().zip(&sentences).map(|(sentence, bag)| numbering.told(sentence, bag)).collect();
        sentences.iter_mut().chain(clauses.iter_mut().flatten()).for_each(|bag| bag.norm = norm(&bag.stems, &weights));
        Words { sentences, clauses, content, told, weights, places }
    }

    /// How much of their words each two sentences of different reports share, for the pairs that share most.
    fn shared_pairs(&self, said: &[Said<'_>]) -> SharedWords {
        let sums = || vec![0_u32; said.len()];
        let candidates = |sums: &mut Vec<u32>, sentence| self.candidates(sentence, said, sums);
        let met: Vec<Vec<usize>> = (0..said.len()).into_par_iter().map_init(sums, candidates).collect();
        let mut later: Vec<Vec<usize>> = vec![Vec::new(); said.len()];
        for (sentence, others) in met.iter().enumerate() {
            others.iter().for_each(|&other| later[sentence.min(other)].push(sentence.max(other)));
        }
        let row = |(first, mut later): (usize, Vec<usize>)| {
            later.sort_unstable();
            later.dedup();
            let alike = |second: usize| (second, self.alike(&self.sentences[first], &self.sentences[second]));
            later.into_iter().map(alike).collect()
        };
        SharedWords(later.into_par_iter().enumerate().map(row).collect())
    }

    /// The sentences of other reports that share most, found by way of the rarest words.
    fn candidates(&self, sentence: usize, said: &[Said<'_>], sums: &mut [u32]) -> Vec<usize> {
        let mut rarest = self.sentences[sentence].stems.clone();
        rarest.sort_by_key(|&stem| (self.places[stem as usize].len(), stem));
        let (mut met, mut visits) = (Vec::new(), 0);
        for stem in rarest {
            let places = &self.places[stem as usize];
            visits += places.len();
            if visits > VISITS {
                break;
            }
            for &place in places {
                if said[place].report != said[sentence].report {
                    if sums[place] == 0 {
                        met.push(place);
                    }
                    sums[place] += self.weights[stem as usize];
                }
            }
        }
        if met.len() > CANDIDATES {
            met.select_nth_unstable_by_key(CANDIDATES, |&place| (std::cmp::Reverse(sums[place]), place));
        }
        met.iter().for_each(|&place| sums[place] = 0);
        met.truncate(CANDIDATES);
        met.shrink_to_fit();
        met
    }

    fn clauses_alike(&self, one: (usize, usize), other: (usize, usize)) -> i32 {
        self.alike(&self.clauses[one.0][one.1], &self.clauses[other.0][other.1])
    }

    /// Whether two clauses have a word in common that is no name.
    fn share_content(&self, one: (usize, usize), other: (usize, usize)) -> bool {
        let other = &self.content[other.0][other.1];
        self.content[one.0][one.1].iter().any(|stem| other.binary_search(stem).is_ok())
    }

    /// What the words weigh that two sentences share and that are no names.
    fn told(&self, one: usize, other: usize) -> u64 {
        let other = &self.told[other];
        let shared = self.told[one].iter().filter(|stem| other.binary_search(stem).is_ok());
        shared.map(|&stem| u64::from(self.weights[stem as usize])).sum()
    }

    /// What two texts share, beside the geometric mean of what they hold.
    fn alike(&self, one: &Bag, other: &Bag) -> i32 {
        let (mut a, mut b) = (one.stems.as_slice(), other.stems.as_slice());
        let mut sum = 0.0;
        while let (Some(x), Some(y)) = (a.first(), b.first()) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => a = &a[1..],
                std::cmp::Ordering::Greater => b = &b[1..],
                std::cmp::Ordering::Equal => {
                    sum += f64::from(self.weights[*x as usize]);
                    (a, b) = (&a[1..], &b[1..]);
                }
            }
        }
        quantised(sum / UNIT / (one.norm * other.norm).sqrt())
    }
}

/// Stems to numbers, in the order they are met.
struct Numbering<'a> {
    meaning: &'a dyn Meaning,
    languages: BTreeMap<Option<&'a str>, Stems>,
    numbers: HashMap<String, u32>,
    /// How rare each stem is in general text: as rare as the commonest of its words.
    rarities: Vec<f64>,
    /// How rare each word is in general text.
    known: HashMap<String, f64>,
}

impl<'a> Numbering<'a> {
    fn new(meaning: &'a dyn Meaning) -> Numbering<'a> {
        let (numbers, known) = (HashMap::new(), HashMap::new());
        Numbering { meaning, languages: BTreeMap::new(), numbers, rarities: Vec::new(), known }
    }

    fn sentence(&mut self, said: &Said<'a>) -> Bag {
        let mut stems = self.stems(said.text, said.language);
        stems.extend_from_slice(&said.values);
        let bag = self.bag(stems);
        self.note_rarities(said);
        bag
    }

    /// Notes how rare the words of a sentence are that has been numbered.
    fn note_rarities(&mut self, said: &Said<'a>) {
        let (least, most) = RARITY_IN_GENERAL;
        self.rarities.resize(self.numbers.len(), most);
        let Some(stems) = self.languages.get(&said.language) else { return };
        stems.each(said.text, |word, of_word| {
            let rarity = self.known.get(word).copied().unwrap_or_else(|| {
                let rarity = -self.meaning.document_share(word).max(f64::MIN_POSITIVE).ln();
                self.known.insert(word.to_owned(), rarity.clamp(least, most));
                rarity.clamp(least, most)
            });
            for number in of_word.iter().filter_map(|stem| self.numbers.get(stem)) {
                let before = &mut self.rarities[*number as usize];
                *before = before.min(rarity);
            }
        });
    }

    fn clauses(&mut self, said: &Said<'a>) -> Vec<Bag> {
        said.clauses
            .iter()
            .map(|clause| {
                let mut stems = self.stems(clause.text, said.language);
                stems.retain(|stem| self.numbers.contains_key(stem));
                self.bag(stems)
            })
            .collect()
    }

    fn content(&mut self, said: &Said<'a>) -> Vec<Vec<u32>> {
        said.clauses
            .iter()
            .map(|clause| {
                let names: Vec<String> = clause.names.iter().flat_map(|name| self.stems(name, said.language)).collect();
                let mut stems = self.stems(clause.text, said.language);
                stems.retain(|stem| self.numbers.contains_key(stem) && !names.contains(stem));
                self.bag(stems).stems
            })
            .collect()
    }

    fn told(&mut self, said: &Said<'a>, bag: &Bag) -> Vec<u32> {
        let names = said.clauses.iter().flat_map(|clause| &clause.names);
        let names: Vec<String> = names.flat_map(|name| self.stems(name, said.language)).collect();
        let names: Vec<u32> = names.iter().filter_map(|name| self.numbers.get(name)).copied().collect();
        bag.stems.iter().copied().filter(|stem| !names.contains(stem)).collect()
    }

    fn stems(&mut self, text: &str, language: Option<&'a str>) -> Vec<String> {
        self.languages.entry(language).or_insert_with(|| Stems::new(language)).of(text)
    }

    fn bag(&mut self, stems: Vec<String>) -> Bag {
        let mut bag = Bag::default();
        for stem in stems {
            let next = self.numbers.len() as u32;
            bag.stems.push(*self.numbers.entry(stem).or_insert(next));
        }
        bag.stems.sort_unstable();
        bag.stems.dedup();
        bag
    }
}

/// How much a word found in `found` of `sentences` says that is so rare in general text.
fn weight(found: usize, sentences: usize, rarity: f64) -> u32 {
    let sentences = sentences.max(LEAST_SENTENCES) as f64;
    let in_story = ((sentences + 1.0) / (found as f64 + 0.5)).ln().clamp(0.0, RAREST_IN_STORY);
    quantised((in_story.powi(2) * rarity / WEIGHT_SCALE).min(GREATEST_WEIGHT)).max(1).cast_unsigned()
}

fn norm(stems: &[u32], weights: &[u32]) -> f64 {
    let sum: u64 = stems.iter().map(|&stem| u64::from(weights[stem as usize])).sum();
    sum as f64 / UNIT + UNSHARED
}

fn quantised(score: f64) -> i32 {
    (score * UNIT).round() as i32
}

/// The sum over the pairs of either sentence with those before and after the other: what one report tells in a sentence
/// another tells in two. That reports tell things in one order says less: with the pairs of two neighbours aligned pairs
/// lose .005 to .01.
fn neighbours(shared: &SharedWords, said: &[Said<'_>], first: usize, second: usize) -> i32 {
    let beside = |at: usize| {
        let sides = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        sides.filter(move |&near| near < said.len() && said[near].report == said[at].report)
    };
    let pairs = beside(first).map(|near| (near, second)).chain(beside(second).map(|near| (first, near)));
    pairs.map(|(one, other)| shared.of(one, other)).sum()
}

/// Sentences as vectors, and their clauses as vectors of the phrases in them.
struct Meant {
    sentences: Vec<Vec<f32>>,
    /// For each sentence its clauses, for each clause its phrases.
    clauses: Vec<Vec<Vec<Vec<f32>>>>,
}

impl Meant {
    fn new(said: &[Said<'_>], meaning: &dyn Meaning) -> Meant {
        let sentences: Vec<&str> = said.iter().map(|sentence| sentence.text).collect();
        let cut: Vec<Vec<Vec<&str>>> =
            said.iter().map(|sentence| sentence.clauses.iter().map(|clause| phrases(clause.text)).collect()).collect();
        let all: Vec<&str> = cut.iter().flatten().flatten().copied().collect();
        let mut vectors = meaning.sentences(&all).into_iter();
        let mut take = |phrases: &Vec<&str>| vectors.by_ref().take(phrases.len()).collect();
        let clauses = cut.iter().map(|clauses| clauses.iter().map(&mut take).collect()).collect();
        Meant { sentences: apart(meaning.sentences(&sentences)), clauses }
    }

    /// How alike the closest phrases are, for each clause of the first with each of the second, row by row.
    fn phrases(&self, first: usize, second: usize) -> Vec<f64> {
        let clauses = |one: &'_ Vec<Vec<f32>>| self.clauses[second].iter().map(|other| closest(one, other)).collect();
        self.clauses[first].iter().flat_map(|one| -> Vec<f64> { clauses(one) }).collect()
    }

    /// The score of two sentences that share words by `alike` and whose closest phrases are alike by `closest`.
    fn score(&self, first: usize, second: usize, alike: f64, closest: f64) -> i32 {
        let sentences = dot(&self.sentences[first], &self.sentences[second]);
        let sum = alike + SENTENCE_MEANING * sentences + PHRASE_MEANING * closest;
        quantised(sum / (1.0 + SENTENCE_MEANING + PHRASE_MEANING))
    }
}

/// How alike the two most alike phrases of two clauses are.
fn closest(one: &[Vec<f32>], other: &[Vec<f32>]) -> f64 {
    one.iter().flat_map(|a| other.iter().map(move |b| dot(a, b))).fold(0.0, f64::max)
}

/// A clause cut at its signs; a phrase has at least [`PHRASE_WORDS`] words.
fn phrases(clause: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let (mut start, mut words) = (0, 0);
    for piece in clause.split_inclusive(|c: char| ",;:—–\"“”„«»()".contains(c)) {
        words += piece.split_whitespace().count();
        let end = piece.as_ptr() as usize - clause.as_ptr() as usize + piece.len();
        if words >= PHRASE_WORDS && found.len() < PHRASES {
            found.push(&clause[start..end]);
            (start, words) = (end, 0);
        }
    }
    if words > 0 || found.is_empty() {
        found.push(&clause[start..]);
    }
    found
}

/// Vectors less what they have in common, at length one: in a story about a vote every sentence is about a vote.
fn apart(mut vectors: Vec<Vec<f32>>) -> Vec<Vec<f32>> {
    let length = vectors.first().map_or(0, Vec::len);
    let mut common = vec![0.0_f64; length];
    for vector in &vectors {
        common.iter_mut().zip(vector).for_each(|(sum, &value)| *sum += f64::from(value));
    }
    let shrink = 1.0 / (vectors.len() as f64 + COMMON_PART_FROM);
    for vector in &mut vectors {
        let rest: Vec<f64> = vector.iter().zip(&common).map(|(&value, sum)| f64::from(value) - sum * shrink).collect();
        let norm = rest.iter().map(|value| value * value).sum::<f64>().sqrt().max(1e-9);
        vector.iter_mut().zip(rest).for_each(|(value, rest)| *value = (rest / norm) as f32);
    }
    vectors
}

/// The dot product, in lanes that do not wait for one another: it is most of the work on a story of many reports.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    const LANES: usize = 8;
    let mut sums = [0.0_f64; LANES];
    let (a, b) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let tail: f64 = a.remainder().iter().zip(b.remainder()).map(|(&x, &y)| f64::from(x) * f64::from(y)).sum();
    for (x, y) in a.zip(b) {
        for lane in 0..LANES {
            sums[lane] += f64::from(x[lane]) * f64::from(y[lane]);
        }
    }
    sums.iter().sum::<f64>() + tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_end_at_signs_and_have_some_words() {
        assert_eq!(
            phrases("The tunnel opens on Sunday, the minister said: no delay"),
            ["The tunnel opens on Sunday,", " the minister said: no delay"]
        );
        assert_eq!(phrases("“Yes”"), ["“Yes”"]);
        assert_eq!(phrases(""), [""]);
    }

    #[test]
    fn a_rare_word_weighs_more_up_to_a_limit() {
        assert!(weight(3, 60, 6.0) > weight(5, 60, 6.0));
        assert!(weight(3, 60, 6.0) > weight(3, 60, 1.0));
        assert_eq!(weight(1, 10, 6.0), weight(1, 40, 6.0));
        assert_eq!(f64::from(weight(1, 1_000_000, 6.0)), GREATEST_WEIGHT * UNIT);
    }
}
