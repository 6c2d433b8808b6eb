//! What the names of an article say about each other's borders: a person named by himself ends where another name
//! begins behind him, and what an informal text writes with a capital once is the same name without it.

use std::collections::BTreeSet;

use super::find::{Finder, Found, Words, is_head, is_listed};
use super::lexicon::{has, is, is_given, is_or_plural, joined};
use super::priors::{PERSON, prior};
use crate::tokens::Token;

/// Words of a name that is looked for without its capitals, at most.
const LONGEST: usize = 3;

impl Finder<'_> {
    /// Cuts "Ana Holt Bo Reyes" and "Ana Holt Elm Docks" behind "Ana Holt" where the article names her alone, too; not
    /// "Ana Holt Foundation", "Ana Holt Jr".
    pub(super) fn part_people(&self, found: Vec<Found>) -> Vec<Found> {
        let tokens = &self.document.tokens;
        let full = |name: &&Found| name.tokens.len() == 2 && is_full_name(&tokens[name.tokens.clone()]);
        let people: BTreeSet<String> =
            found.iter().filter(full).map(|name| joined(&tokens[name.tokens.clone()])).collect();
        let mut parted = Vec::with_capacity(found.len());
        for name in found {
            let start = name.tokens.start;
            let known = name.tokens.len() > 2 && people.contains(&joined(&tokens[start..start + 2]));
            // "the Ana Holt Space Telescope": what has an article is called after her.
            let after = start > 0 && tokens[start - 1].is("the");
            if !known || after || !starts_another(&tokens[start + 2..name.tokens.end]) {
                parted.push(name);
                continue;
            }
            let offset = self.document.range(name.sentence).start;
            let words = Words { text: self.document.text(), tokens: self.document.tokens_of(name.sentence) };
            let shift = |range: std::ops::Range<usize>| range.start + offset..range.end + offset;
            let rest = words.cut(start + 2 - offset..name.tokens.end - offset);
            let sentence = name.sentence;
            parted.push(Found { tokens: start..start + 2, ..name });
            parted.extend(rest.into_iter().map(|(titles, tokens)| Found {
                tokens: shift(tokens),
                titles: shift(titles),
                sentence,
                article: false,
            }));
        }
        parted
    }

    /// Adds the names of an informal text that stand without their capitals where it has them elsewhere.
    pub(super) fn small_again(&self, found: &mut Vec<Found>) {
        let tokens = &self.document.tokens;
        let words = |name: &Found| joined(&tokens[name.tokens.clone()]);
        let lasting = |name: &&Found| name.tokens.len() <= LONGEST && keeps_its_sense(&tokens[name.tokens.clone()]);
        let known: BTreeSet<String> = found.iter().filter(lasting).map(words).collect();
        let mut taken = vec![false; tokens.len()];
        found.iter().for_each(|name| taken[name.tokens.clone()].fill(true));
        for sentence in 0..self.document.sentences.len() {
            let range = self.document.range(sentence);
            let view = Words { text: self.document.text(), tokens: self.document.tokens_of(sentence) };
            let mut at = range.start;
            while at < range.end {
                let small = |end: &usize| {
                    *end <= range.end
                        && (at..*end).all(|at| !taken[at] && tokens[at].is_word() && !tokens[at].capital)
                        && known.contains(&joined(&tokens[at..*end]))
                };
                let end = (1..=LONGEST).rev().map(|length| at + length).find(small);
                if let Some(end) = end.filter(|&end| self.stands_free(at..end) && !view.in_address(at - range.start)) {
                    found.push(Found { tokens: at..end, titles: at..at, sentence, article: false });
                }
                at = end.unwrap_or(at + 1);
            }
        }
        found.sort_by_key(|name| name.tokens.start);
    }

    /// Whether words are no part of an address: "elm" in "elm.example.org".
    fn stands_free(&self, tokens: std::ops::Range<usize>) -> bool {
        let text = self.document.text();
        let (start, end) =
            (self.document.tokens[tokens.start].span.start, self.document.tokens[tokens.end - 1].span.end);
        let before = text[..start].chars().next_back().is_none_or(|c| c.is_whitespace() || "\"'(“‘".contains(c));
        let mut after = text[end..].chars();
        let free = match after.next() {
            Some(c) if !c.is_whitespace() => {
                !c.is_alphanumeric() && !"@/-_".contains(c) && after.next().is_none_or(|c| !c.is_alphanumeric())
            }
            _ => true,
        };
        before && free
    }
}

/// "Ana Holt": two words that are hardly anything but a person's.
fn is_full_name(name: &[Token]) -> bool {
    let [given, family] = name else { return false };
    let first = is_given(given) || prior(&given.lower).is_some_and(|prior| prior.best() == PERSON);
    let own = |token: &Token| token.is_word() && token.capital && !is_head(token) && !is_or_plural("common", token);
    first && own(given) && own(family) && !is_listed(family)
}

/// Whether what follows a full name is another name: somebody called by a given name, or several words that do not end
/// as the name of what is called after the first.
fn starts_another(rest: &[Token]) -> bool {
    let Some(first) = rest.first() else { return false };
    let tied = |token: &Token| !token.is_word() || !token.capital || is("suffix", token) || is("part", token);
    !tied(first)
        && (rest.len() == 1 && is_given(first) || rest.len() > 1 && (is_given(first) || !rest.iter().any(is_head)))
}

/// Whether a name means nothing else without its capitals.
fn keeps_its_sense(name: &[Token]) -> bool {
    let plain = ["common", "function", "title", "role", "small word", "calendar"];
    let own = |token: &Token| {
        token.is_word()
            && token.capital
            && token.lower.len() > 3
            && !is_or_plural("common", token)
            && !is_head(token)
            && plain.iter().all(|section| !has(section, &token.lower))
    };
    if name.len() == 1 { own(&name[0]) } else { name.iter().any(own) && name.iter().all(Token::is_word) }
}
