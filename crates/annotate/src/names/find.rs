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
use super::lexicon::{has, is, is_given, is_group, is_light, is_or_plural, is_place, joined};
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
}

impl Found {
    /// Where the name stands.
    pub(super) fn span(&self, document: &Document<'_>) -> Span {
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

struct Finder<'d> {
    document: &'d Document<'d>,
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
                cases.entry(&token.lower).or_default().1 += 1;
            } else if !opens(tokens, at) {
                cases.entry(&token.lower).or_default().0 += 1;
            }
        }
    }
    cases
}

impl<'d> Finder<'d> {
    fn sentence(&self, sentence: usize, known: Option<&BTreeSet<&str>>, found: &mut Vec<Found>) {
        let words = Words { text: self.document.text(), tokens: self.document.tokens_of(sentence) };
        let offset = self.document.range(sentence).start;
        let shift = |range: Range<usize>| range.start + offset..range.end + offset;
        let mut at = 0;
        while at < words.tokens.len() {
            let Some(run) = self.run(words, at, known) else {
                let place = if self.informal { words.small_place(at) } else { None };
                if let Some(place) = place.clone() {
                    found.push(Found { tokens: shift(place.clone()), titles: shift(at..at), sentence });
                }
                at = place.map_or(at + 1, |place| place.end);
                continue;
            };
            at = run.end;
            for (titles, name) in words.cut(run) {
                found.push(Found { tokens: shift(name), titles: shift(titles), sentence });
            }
        }
    }

    /// The run of name words that starts at `start`, if one does.
    fn run(&self, words: Words<'_>, start: usize, known: Option<&BTreeSet<&str>>) -> Option<Range<usize>> {
        let new = |token: &Token| !is("common", token) && self.cases.get(&*token.lower).is_none_or(|case| case.1 == 0);
        let belongs = |at: usize| {
            let fits = |known: &BTreeSet<&str>| {
                let token = &words.tokens[at];
                known.contains(&*token.lower) || is_listed(token) || at > start && (new(token) || is_head(token))
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
        let begin = start - usize::from(start > 0 && words.leads(start - 1));
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
        let common = is_or_plural("common", token) || lower > 0;
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

fn is_listed(token: &Token) -> bool {
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
            && (is("organisation", token) || is_place(&token.lower) || !is("function", token) && !is("common", token))
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

    /// A listed place without its capitals that starts at `at`; a word that is also a name or a plain word is none.
    fn small_place(&self, at: usize) -> Option<Range<usize>> {
        let fits = |words: &[Token]| {
            let phrase = joined(words);
            let place = ["country", "state", "city", "place known"].iter().any(|section| has(section, &phrase));
            let other = ["common", "function", "male", "female", "both", "surname", "title", "role"];
            let plain = words.len() == 1 && (phrase.len() < 4 || other.iter().any(|section| has(section, &phrase)));
            place && !plain && words.iter().all(|token| token.is_word() && !token.capital)
        };
        let ends = (1..=3).rev().map(|length| at + length);
        let mut ends = ends.filter(|&end| self.tokens.get(at..end).is_some_and(fits));
        ends.next().filter(|_| !self.in_address(at)).map(|end| at..end)
    }

    /// Whether the word at `at` can stand in a name by its shape: a capital, and neither function nor calendar word.
    fn is_nameish(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at).filter(|token| token.is_word()) else { return false };
        if !token.capital {
            return has_inner_capital(self.word(at)) && !self.in_address(at);
        }
        let month = token.is_any(&["may", "march", "august", "april", "june"]);
        let month_as_name = month && at > 0 && is_given(&self.tokens[at - 1]);
        let shouted = token.is_any(&["us", "who"]) && self.word(at).chars().all(char::is_uppercase);
        let numeral = token.is("i") && at > 0 && self.tokens[at - 1].is_any(&["war", "type", "phase"]);
        if self.in_address(at) || self.is_party_mark(at) || self.is_shouted_word(at) || is("no name", token) {
            return false;
        }
        month_as_name || shouted || numeral || !is("function", token) && !self.is_calendar(at)
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

    /// Part of an address, a handle or a file's name: "example.org/Page", "@Name", "Name_letter.doc".
    fn in_address(&self, at: usize) -> bool {
        let span = self.tokens[at].span;
        let space = |c: char| c.is_whitespace();
        let before = self.text[..span.start].chars().rev().take(80).take_while(|&c| !space(c)).collect::<String>();
        let mut after = self.text[span.end..].chars().take(80).take_while(|&c| !space(c));
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
        shouted && is_or_plural("common", token) && !is_listed(token)
    }

    pub(super) fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word))
    }

    /// Whether token `at` stands right behind the one before it, without a space.
    fn touches(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.span.start == self.tokens[at - 1].span.end)
    }

    /// The new end when the run `start..end` goes on.
    fn grow(&self, start: usize, end: usize, belongs: &dyn Fn(usize) -> bool) -> Option<usize> {
        if belongs(end) {
            return Some(end + 1);
        }
        let last = &self.tokens[end - 1];
        let run = &self.tokens[start..end];
        let next = self.tokens.get(end)?;
        if next.is(".") && self.touches(end) {
            let suffix = is("suffix", last) || is("organisation suffix", last);
            let short = is("title", last) || last.is_any(&["st", "ft", "mt"]) || suffix;
            let goes_on = belongs(end + 1);
            return (short && (goes_on || suffix && end + 1 < self.tokens.len())).then_some(end + 1);
        }
        if next.is(",")
            && self.tokens.get(end + 1).is_some_and(|t| t.capital && (is("suffix", t) || is("organisation suffix", t)))
        {
            return Some(end + 2);
        }
        if next.kind == TokenKind::Possessive {
            return (is("possessive joint", last) && belongs(end + 1)).then_some(end + 2);
        }
        if is("part", next) {
            let after = if self.tokens.get(end + 1).is_some_and(|after| is("part", after)) { end + 2 } else { end + 1 };
            return belongs(after).then_some(after + 1);
        }
        if next.is("&") {
            let couple = is_given(&run[0]) && self.tokens.get(end + 1).is_some_and(is_given);
            return (belongs(end + 1) && !couple).then_some(end + 2);
        }
        let headed = run.iter().any(|token| is_or_plural("of head", token));
        if next.is("of") || next.is("for") && run.iter().any(|token| is_or_plural("for head", token)) {
            let after = if self.is(end + 1, "the") { end + 2 } else { end + 1 };
            return (headed && belongs(after)).then_some(after + 1);
        }
        (next.is("and") && belongs(end + 1) && self.and_joins(start, end)).then_some(end + 2)
    }

    /// Whether "and" at `end` stands inside a name: "Department of Health and Human Services", "Food and Drug
    /// Administration".
    fn and_joins(&self, start: usize, end: usize) -> bool {
        let known = |token: &Token| is_listed(token) || is("title", token);
        let mut tail = end + 1;
        while self.is_nameish(tail + 1) {
            tail += 1;
        }
        let run = &self.tokens[start..end];
        let (last, next) = (&run[run.len() - 1], &self.tokens[end + 1]);
        if known(last) || known(next) || is_or_plural("organisation head", last) {
            return false;
        }
        let plain = |token: &Token| is_or_plural("common", token) || is_or_plural("place head", token);
        let after_of = run.iter().any(|token| token.is_any(&["of", "for"]))
            && run.iter().any(|token| is_or_plural("of head", token));
        let headed =
            run.len() <= 2 && tail > end + 1 && is("organisation head", &self.tokens[tail]) && !is_given(&run[0]);
        after_of && plain(last) && plain(next) || headed && !is_given(next)
    }
}

/// "al-Hollah", "iPhone": a capital after the first letters.
fn has_inner_capital(word: &str) -> bool {
    let part = word.split(['-', '‐', '‑']).next().unwrap_or_default();
    let joined = part.len() < word.len()
        && has("part", part)
        && word[part.len()..].chars().nth(1).is_some_and(char::is_uppercase);
    joined || word.chars().nth(1).is_some_and(char::is_uppercase) && word.chars().skip(2).any(char::is_lowercase)
}
