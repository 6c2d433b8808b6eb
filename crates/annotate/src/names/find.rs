//! Where names stand: runs of capitalised words, cut where one name ends and the next begins.
//!
//! A run grows over the words that may stand inside a name ("de", "bin", "of" after "Ministry") and is then cut into
//! what surrounds a name (titles, peoples, places) and the name. The first word of a sentence is capitalised whatever
//! it is, so it counts only when the article or the lists know it as a name; in a headline that capitalises every word
//! this holds for all words. Prefers a name cut short to words that are none.

use std::collections::BTreeSet;
use std::ops::Range;

use twosource_model::Span;

use super::features::Cases;
use super::lexicon::{has, is, is_country, is_given, is_group, is_light, is_or_plural, is_place, joined};
use super::priors::{PERSON, prior};
use crate::document::Document;
use crate::tokens::{Token, TokenKind};

/// A name in the text.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Its tokens, indices of the document.
    pub(super) tokens: Range<usize>,
    /// The titles right before it, empty where there are none.
    pub(super) titles: Range<usize>,
    /// The sentence it stands in.
    pub(super) sentence: usize,
    /// Whether the "The" right before it is capitalised for the name's sake: "wrote for The Elm Post".
    pub(super) article: bool,
}

impl Found {
    /// Where the name stands, with its own article.
    pub(super) fn span(&self, document: &Document<'_>) -> Span {
        cover(document, self.tokens.start - usize::from(self.article)..self.tokens.end)
    }

    /// Where its words stand, without an article.
    pub(super) fn words_span(&self, document: &Document<'_>) -> Span {
        cover(document, self.tokens.clone())
    }
}

/// The words of a range of tokens, which must not be empty.
pub(super) fn cover(document: &Document<'_>, tokens: Range<usize>) -> Span {
    Span::new(document.tokens[tokens.start].span.start, document.tokens[tokens.end - 1].span.end)
}

/// The names of an article in text order.
pub(super) fn find(document: &Document<'_>, cases: &Cases<'_>) -> Vec<Found> {
    let finder = Finder { document, cases, informal: is_informal(document) };
    let mut found = Vec::new();
    let (titled, plain): (Vec<_>, Vec<_>) =
        (0..document.sentences.len()).partition(|&sentence| in_title_case(document.tokens_of(sentence)));
    for sentence in plain {
        finder.sentence(sentence, None, &mut found);
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for name in &found {
        known.extend(document.tokens[name.tokens.clone()].iter().filter(|t| is_own(t)).map(|token| &*token.lower));
    }
    for sentence in titled {
        finder.sentence(sentence, Some(&known), &mut found);
    }
    found.sort_by_key(|name| name.tokens.start);
    let mut found = finder.part_people(found);
    if finder.informal {
        finder.small_again(&mut found);
    }
    found
}

/// A word that by itself points to its name, unlike "Ministry" or "New".
fn is_own(token: &Token) -> bool {
    !["common", "organisation head", "place head", "event head"].iter().any(|section| is(section, token))
}

/// "Ministry", "River", "Games".
pub(super) fn is_head(token: &Token) -> bool {
    ["organisation head", "place head", "event head", "organisation suffix"].iter().any(|section| is(section, token))
}

/// A sentence in which nearly all words of weight are capitalised, plain ones among them (all of them where it ends
/// with a full stop, which headlines have not): a headline, or shouting.
fn in_title_case(tokens: &[Token]) -> bool {
    let stopped = tokens.last().is_some_and(|last| last.is("."));
    // "He was a United States Representative": a headline gives its verbs and pronouns capitals, too.
    if tokens.iter().any(|token| !token.capital && is("never small", token)) {
        return false;
    }
    let (mut heavy, mut lower) = (0, 0);
    for token in tokens.iter().filter(|token| token.is_word() && !is_light(token)) {
        heavy += 1;
        lower += usize::from(!token.capital);
    }
    if heavy < 3 || lower * 10 > heavy || stopped && lower > 0 {
        return false;
    }
    let plain = |token: &&Token| token.is_word() && token.capital && !is_light(token) && is_or_plural("common", token);
    tokens.iter().filter(plain).take(2).count() == 2
}

/// Tokens of a run at most: no name is longer, and lists without commas stay cheap.
const LONGEST: usize = 30;

pub(super) struct Finder<'d> {
    pub(super) document: &'d Document<'d>,
    /// For each word in lower case how often it stands with and without a capital where that says something.
    cases: &'d Cases<'d>,
    /// Whether places stand without their capitals as well.
    informal: bool,
}

/// The tokens of a sentence with their text.
#[derive(Clone, Copy)]
pub(super) struct Words<'d> {
    pub(super) text: &'d str,
    pub(super) tokens: &'d [Token],
}

/// Whether the writer does without capitals: says "i", or begins every third sentence small.
fn is_informal(document: &Document<'_>) -> bool {
    let small = |token: &Token| token.is_any(&["i", "im"]) && !token.capital;
    let sentences = 0..document.sentences.len();
    let begins = |&sentence: &usize| {
        let first = document.tokens_of(sentence).first();
        first.is_some_and(|first| first.is_word() && !first.capital)
    };
    let begun = sentences.clone().filter(begins).count();
    document.tokens.iter().any(small) || begun * 3 >= sentences.len().max(1)
}

/// How often each word stands with a capital, and without one, where that says something.
pub(super) fn cases<'d>(document: &'d Document<'_>) -> Cases<'d> {
    let mut cases = Cases::new();
    for sentence in 0..document.sentences.len() {
        let tokens = document.tokens_of(sentence);
        if in_title_case(tokens) {
            continue;
        }
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.is_word()) {
            if !token.capital {
                if !touches_address(document.text(), token.span) {
                    cases.entry(&token.lower).or_default().1 += 1;
                }
            } else if !opens(tokens, at) {
                cases.entry(&token.lower).or_default().0 += 1;
            }
        }
    }
    cases
}

/// A word written small because it is a part of an address: "ana" in "ana@example.org", "ana..@example.org".
fn touches_address(text: &str, word: Span) -> bool {
    let after = text[word.end..].trim_start_matches('.').chars().next();
    let before = text[..word.start].chars().next_back();
    after == Some('@') || matches!(before, Some('@' | '.' | '/' | '_'))
}

impl<'d> Finder<'d> {
    fn sentence(&self, sentence: usize, known: Option<&BTreeSet<&str>>, found: &mut Vec<Found>) {
        let words = Words { text: self.document.text(), tokens: self.document.tokens_of(sentence) };
        if words.is_plain_title() {
            return;
        }
        let offset = self.document.range(sentence).start;
        let shift = |range: Range<usize>| range.start + offset..range.end + offset;
        let mut at = 0;
        while at < words.tokens.len() {
            let Some(run) = self.run(words, at, known) else {
                let small = if self.informal { words.small_name(at) } else { words.small_country(at) };
                if let Some(small) = small.clone() {
                    let titles = shift(at..at);
                    found.push(Found { tokens: shift(small), titles, sentence, article: false });
                }
                at = small.map_or(at + 1, |small| small.end);
                continue;
            };
            at = run.end;
            for (titles, name) in words.cut(run) {
                let article = known.is_none() && titles.is_empty() && words.has_article(name.start);
                found.push(Found { tokens: shift(name), titles: shift(titles), sentence, article });
            }
        }
    }

    /// The run of name words that starts at `start`, if one does.
    fn run(&self, words: Words<'_>, start: usize, known: Option<&BTreeSet<&str>>) -> Option<Range<usize>> {
        let new = |token: &Token| !is("common", token) && self.cases.get(&*token.lower).is_none_or(|case| case.1 == 0);
        let belongs = |at: usize| {
            let fits = |known: &BTreeSet<&str>| {
                let token = &words.tokens[at];
                let family = words.is_nameish(at + 1).then(|| &words.tokens[at + 1]);
                let person = |next: &Token| is_personal(token) || is("surname", next) && is_personal(next);
                let listing = at > 0 && words.is(at - 1, ",") && new(token) && family.is_some_and(person);
                known.contains(&*token.lower)
                    || is_listed(token)
                    || listing
                    || at > start && (new(token) || is_head(token))
            };
            words.is_nameish(at) && known.is_none_or(fits)
        };
        if !belongs(start) {
            return None;
        }
        let first = known.is_some() || !opens(words.tokens, start) || self.may_open(words, start);
        if !first {
            return None;
        }
        let begin = start - usize::from(start > 0 && (words.leads(start - 1) || words.is_small_given(start - 1)));
        let mut end = start + 1;
        while let Some(next) = words.grow(start, end, &belongs).filter(|next| next - start <= LONGEST) {
            end = next;
        }
        let run = begin..end;
        let cut = known.is_none() && opens(words.tokens, start) && words.opens_plainly(&run);
        Some(if cut { start + 1..end } else { run })
    }

    /// Whether the first word of a sentence is (the beginning of) a name.
    fn may_open(&self, words: Words<'_>, at: usize) -> bool {
        let token = &words.tokens[at];
        let &(capital, lower) = self.cases.get(&*token.lower).unwrap_or(&(0, 0));
        let goes_on =
            words.is_nameish(at + 1) || words.is(at + 1, ".") && is("title", token) && words.is_nameish(at + 2);
        let common = is_or_plural("common", token) || lower > 0 && token.capital;
        let adverb = token.lower.ends_with("ing") || token.lower.ends_with("ly");
        match () {
            () if words.is_acronym(at) => true,
            () if is("title", token) || is("title modifier", token) => goes_on || capital > lower,
            () if is_listed(token) => !common || goes_on || capital > lower,
            () if goes_on => !adverb || !common,
            () => capital > lower || !common && !adverb,
        }
    }
}

/// Whether the word at `at` is capitalised for its place: first of the sentence or of a quotation, after a colon.
fn opens(tokens: &[Token], at: usize) -> bool {
    let before = &tokens[..at];
    !before.iter().take(LONGEST).any(Token::is_word)
        || before.last().is_some_and(|last| last.is_quote() || last.is_any(&[":", "•", "–", "—", "*", "("]))
}

/// A word that by itself is likeliest a person's.
fn is_personal(token: &Token) -> bool {
    prior(&token.lower).is_some_and(|prior| prior.best() == PERSON)
}

/// Whether the lists know a word as a place, a people, an organisation or a given name.
pub(super) fn is_listed(token: &Token) -> bool {
    is_place(&token.lower) || is_group(&token.lower) || is("organisation", token) || is_given(token)
}

impl Words<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// All capitals, two to six letters, and no word of the language that is merely shouted.
    pub(super) fn is_acronym(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let word = self.word(at);
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        (2..=6).contains(&letters)
            && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            && (is("organisation", token)
                || is_place(&token.lower)
                || is("shouted place", token)
                || !is("function", token) && !is("common", token))
    }

    /// "Try Elmford", "Poor Ana Holt": a plain word that has its capital from the sentence it opens, then a name that
    /// the lists know to the end.
    fn opens_plainly(&self, run: &Range<usize>) -> bool {
        let (first, rest) = (&self.tokens[run.start], &self.tokens[run.start + 1..run.end]);
        let Some(second) = rest.first() else { return false };
        let plain = is_or_plural("common", first)
            && ["title", "title modifier", "place opener", "leading word", "organisation head"]
                .iter()
                .all(|section| !is(section, first))
            && !is_listed(first);
        let person = is_given(second) && rest.len() == 2 && !is_head(&rest[1]) && !is_or_plural("common", &rest[1]);
        let whole = joined(&self.tokens[run.clone()]);
        plain && (person || is_place(&joined(rest))) && !is_place(&whole) && !has("organisation", &whole)
    }

    /// A listed place, organisation or given name without its capitals that starts at `at`; a word that is also a plain
    /// word is none.
    fn small_name(&self, at: usize) -> Option<Range<usize>> {
        let fits = |words: &[Token]| {
            let phrase = joined(words);
            let listed = |sections: &[&str]| sections.iter().any(|section| has(section, &phrase));
            let country = listed(&["country", "state"]);
            let place = country || listed(&["city", "place known"]);
            let person = words.len() == 1 && listed(&["male", "female", "both"]);
            let plain = words.len() == 1 && (phrase.len() < 3 || listed(&PLAIN) || is_plain_form(&words[0]));
            let short = words.len() == 1 && phrase.len() < 4 && !person;
            let borne = words.len() == 1 && listed(&["male", "female", "both", "surname"]);
            let named = country || place && !borne || person || listed(&["organisation"]) && words.len() > 1;
            named && !plain && !short && words.iter().all(|token| token.is_word() && !token.capital)
        };
        let ends = (1..=3).rev().map(|length| at + length);
        let mut ends = ends.filter(|&end| self.tokens.get(at..end).is_some_and(fits));
        ends.next().filter(|_| !self.in_address(at)).map(|end| at..self.small_surname(at, end))
    }

    /// A country or state without its capital, hardly anything else even where everybody minds the capitals.
    fn small_country(&self, at: usize) -> Option<Range<usize>> {
        let token = &self.tokens[at];
        let country = !token.capital && token.lower.len() > 3 && is_country(&token.lower);
        country.then(|| self.small_name(at)).flatten()
    }

    /// One past a family name that follows the small given name `at..end`.
    fn small_surname(&self, at: usize, end: usize) -> usize {
        let given = end == at + 1 && ["male", "female", "both"].iter().any(|section| is(section, &self.tokens[at]));
        let surname = self.tokens.get(end).is_some_and(|next| {
            is("surname", next) && !PLAIN.iter().any(|section| is(section, next)) && !is_plain_form(next)
        });
        end + usize::from(given && surname)
    }

    /// Whether "The" with a capital of its own stands before the name that starts at `start`.
    fn has_article(&self, start: usize) -> bool {
        let the = start.checked_sub(1).filter(|&at| self.tokens[at].is("the") && self.tokens[at].capital);
        the.is_some_and(|at| !opens(self.tokens, at) && self.word(at) == "The")
    }

    /// A line of two to five plain words with capitals, "Great Service": what a text is headed with, no name.
    fn is_plain_title(&self) -> bool {
        let words = self.tokens.iter().filter(|token| token.is_word()).take(6).count();
        if !(2..=5).contains(&words) || self.tokens.len() > words + 3 {
            return false;
        }
        let plain = |token: &Token| {
            !token.is_word() && token.kind == TokenKind::Sign
                || is("function", token)
                || token.capital && (is_or_plural("common", token) || is_plain_form(token)) && !is_listed(token)
        };
        let own: Vec<Token> = self.tokens.iter().filter(|token| token.is_word()).cloned().collect();
        self.tokens.iter().all(plain) && !is_place(&joined(&own)) && !has("organisation", &joined(&own))
    }

    /// Whether the word at `at` can stand in a name by its shape: a capital, and neither function nor calendar word.
    pub(super) fn is_nameish(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| token.is_word()) else { return false };
        if !token.capital {
            return has_inner_capital(self.word(at)) && !self.in_address(at);
        }
        let month = token.is_any(&["may", "march", "august", "april", "june"]);
        let month_as_name = month && at > 0 && is_given(&self.tokens[at - 1]);
        let cried = at + 1 < self.tokens.len() && self.is_shouted_word(at + 1);
        let shouted = token.is_any(&["us", "who"]) && self.word(at).chars().all(char::is_uppercase) && !cried;
        let numeral = token.is("i") && at > 0 && self.tokens[at - 1].is_any(&["war", "type", "phase"]);
        if self.in_address(at) || self.is_party_mark(at) || self.is_shouted_word(at) || is("no name", token) {
            return false;
        }
        let state = self.is_state_mark(at);
        month_as_name || shouted || numeral || state || !is("function", token) && !self.is_calendar(at)
    }

    /// "OR" in "Elmford, OR", whatever the word means elsewhere; "Ca" right behind a listed city.
    pub(super) fn is_state_mark(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        if token.lower.len() != 2 || !token.capital || at == 0 || !is("postal", token) {
            return false;
        }
        let comma = self.is(at - 1, ",");
        // "Va." behind a comma stays out: as a name it would make reports of one state alike.
        let city = &self.tokens[..at - usize::from(comma)];
        let listed = |length: usize| {
            let name = &city[city.len().saturating_sub(length)..];
            let phrase = joined(name);
            has("city", &phrase)
                || has("town", &phrase)
                || length > 1 && is("place opener", &name[0]) && name[1].capital
        };
        let shouted = self.word(at).chars().all(char::is_uppercase);
        let cased =
            city.last().is_some_and(|last| last.capital && last.span.of(self.text).contains(char::is_lowercase));
        shouted && comma && cased || !comma && !is("function", token) && (listed(1) || city.len() > 1 && listed(2))
    }

    /// A day or month; "Jan" is a given name as well, unless a stop or a number follows.
    fn is_calendar(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let surname = self.tokens.get(at + 1).is_some_and(Token::is_word);
        is("calendar", token) && !(token.is("jan") && surname)
    }

    /// "al" before "Hollah", "60" before "Minutes", "21st" before "Century", "All" before "Souls College".
    fn leads(&self, at: usize) -> bool {
        let (token, next) = (&self.tokens[at], &self.tokens[at + 1]);
        let counted = is_listed(next) || is_head(next) || is_or_plural("role", next) || is_or_plural("org role", next);
        match token.kind {
            TokenKind::Word if token.capital => {
                !opens(self.tokens, at) && is("leading word", token) && (is_head(next) || self.is_nameish(at + 2))
            }
            TokenKind::Word => is("leading part", token) && !self.is_nameish(at.wrapping_sub(1)),
            TokenKind::Number => {
                (token.span.len() <= 2 || token.lower.ends_with(['t', 'd', 'h']))
                    && is_or_plural("common", next)
                    && !counted
            }
            _ => false,
        }
    }

    /// "anna" before "Berg": a given name that is no plain word, without its capital before a word that has one.
    fn is_small_given(&self, at: usize) -> bool {
        let (token, next) = (&self.tokens[at], &self.tokens[at + 1]);
        let given = ["male", "female", "both"].iter().any(|section| is(section, token));
        let plain = || PLAIN.iter().any(|section| is(section, token)) || is_plain_form(token);
        let family = || !is_place(&next.lower) && !is_group(&next.lower) && !is_head(next) && !is_given(next);
        !token.capital && token.lower.len() > 3 && given && next.capital && !plain() && family() && !self.in_address(at)
    }

    /// Part of an address, a handle or a file's name: "example.org/Page", "@Name", "Name_letter.doc".
    pub(super) fn in_address(&self, at: usize) -> bool {
        let span = self.tokens[at].span;
        let space = |c: char| c.is_whitespace();
        let before = self.text[..span.start].chars().rev().take(80).take_while(|&c| !space(c)).collect::<String>();
        // An address in angle brackets is not the name before it: "Ana <ana@example.org>".
        let mut after = self.text[span.end..].chars().take(80).take_while(|&c| !space(c) && c != '<');
        let file = after.clone().next() == Some('_') && after.clone().count() > 1;
        before.starts_with(['@', '_', '#'])
            || before.contains("//:") && before.contains('.')
            || before.contains('/') && before[before.find('/').unwrap_or(0)..].contains('.')
            || file
            || after.any(|c| c == '@')
    }

    /// "(D-Elm.)": party and place of a politician.
    fn is_party_mark(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let letter = ["d", "r", "i"]
            .iter()
            .any(|&party| token.is(party) || token.lower.strip_prefix(party).is_some_and(|rest| rest.starts_with('-')));
        let opened =
            self.tokens[at.saturating_sub(4)..at].iter().any(|token| token.is("(")) || self.is(at.wrapping_sub(1), ",");
        letter && opened
    }

    /// A plain word in capitals, as in a label or a cry; not the "VICE" of "VICE News".
    fn is_shouted_word(&self, at: usize) -> bool {
        let (word, token) = (self.word(at), &self.tokens[at]);
        let headed = self.tokens.get(at + 1).is_some_and(|next| {
            next.capital && is("organisation head", next) && self.word(at + 1).contains(char::is_lowercase)
        });
        let place = self.tokens.get(at..at + 2).is_some_and(|two| is_place(&joined(two)));
        let shouted = word.chars().count() > 2 && word.chars().all(char::is_uppercase) && !headed && !place;
        let plain = is("common", token) || word.len() > 4 && is_or_plural("common", token);
        shouted && plain && !is_listed(token)
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word))
    }
}

/// What a name without capitals must not be, alone.
const PLAIN: [&str; 5] = ["common", "function", "title", "role", "small word"];

/// A word that the lists hold as a plain one in another form: "drew" is none, "trains" is.
fn is_plain_form(token: &Token) -> bool {
    let plain = |stem: &str| has("common", stem) && stem.len() > 2;
    let lower = &*token.lower;
    ["s", "es", "ed", "d", "ing", "er", "ly"].iter().any(|end| lower.strip_suffix(end).is_some_and(plain))
}

/// "al-Hollah", "az-Moss", "d'Holt", "iPhone": a capital after the first letters.
fn has_inner_capital(word: &str) -> bool {
    let part = word.split(['-', '‐', '‑', '\'', '’']).next().unwrap_or_default();
    let joined = part.len() < word.len()
        && (has("part", part) || has("joined part", part))
        && word[part.len()..].chars().nth(1).is_some_and(char::is_uppercase);
    joined || word.chars().nth(1).is_some_and(char::is_uppercase) && word.chars().skip(2).any(char::is_lowercase)
}
