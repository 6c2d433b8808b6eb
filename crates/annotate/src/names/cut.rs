//! Cuts a run of name words into the names it holds, each with the titles before it.
//!
//! A run comes apart at a title, where a second full name, a place's state or a person after a company begins, and
//! between a people or party and its member; roles and modifiers at its ends are no part of a name.

use std::ops::Range;

use super::find::{Words, is_head, is_listed};
use super::lexicon::{has, is, is_given, is_group, is_or_plural, is_place, joined};
use super::priors::{PERSON, PLACE, prior};
use crate::tokens::{Token, TokenKind};

/// Letters of a closing word at most.
const LONGEST_CLOSING: usize = 16;

/// A run that comes apart: what stands before, titles, and what follows.
struct Cut {
    before: Range<usize>,
    titles: Range<usize>,
    name: Range<usize>,
}

impl Words<'_> {
    /// Cuts a run into names, each with the titles before it.
    pub(super) fn cut(&self, run: Range<usize>) -> Vec<(Range<usize>, Range<usize>)> {
        let mut found = Vec::new();
        let mut titles = run.start..run.start;
        let mut rest = run;
        let mut keep = |titles: Range<usize>, name: Range<usize>| {
            if let Some(name) = self.tidy(name) {
                let from = if titles.is_empty() { name.start } else { titles.start };
                found.push((from..name.start, name));
            }
        };
        while let Some(cut) = self.split(rest.clone()) {
            keep(titles, cut.before);
            titles = cut.titles;
            rest = cut.name;
        }
        keep(titles, rest);
        found
    }

    /// The first place where a run comes apart.
    fn split(&self, run: Range<usize>) -> Option<Cut> {
        let whole = joined(&self.tokens[run.clone()]);
        if has("organisation", &whole) || is_place(&whole) || run.len() < 2 {
            return None;
        }
        if self.is_list_of_people(&run) {
            let next = run.start + 2;
            return Some(Cut { before: run.start..next, titles: next..next, name: next..run.end });
        }
        if let Some(next) = self.visited_end(&run) {
            return Some(Cut { before: run.start..next, titles: next..next, name: next..run.end });
        }
        if let Some(next) = self.signatory_end(&run) {
            return Some(Cut { before: run.start..next, titles: next..next, name: next..run.end });
        }
        run.clone().find_map(|at| self.split_at(&run, at))
    }

    /// "at Moss's Elmford": where somebody's place ends and the town it is in begins.
    fn visited_end(&self, run: &Range<usize>) -> Option<usize> {
        let owner = run.clone().skip(1).find(|&at| self.tokens[at].kind == TokenKind::Possessive)?;
        let town = owner + 1..run.end;
        (!town.is_empty() && is_place(&joined(&self.tokens[town]))).then_some(owner + 1)
    }

    /// "Regards, Ana B. Holt Elm Docks, Inc.": where who signs ends and what follows the name begins; "Thanks, Ana Ana
    /// Holt" signs twice.
    fn signatory_end(&self, run: &Range<usize>) -> Option<usize> {
        let start = run.start;
        let twice = |at: usize| self.tokens[at].lower == self.tokens[at + 1].lower;
        if !(self.is_signed(start) || start > 0 && twice(start - 1) && self.is_signed(start - 1)) {
            return None;
        }
        let person = is_given(&self.tokens[start])
            || prior(&self.tokens[start].lower).is_some_and(|prior| prior.best() == PERSON);
        if person && twice(start) {
            return Some(start + 1);
        }
        let initial = |&at: &usize| self.tokens[at].span.len() <= 2 && !self.is_acronym(at);
        let family = start + 1 + (start + 1..run.end).take_while(initial).count();
        let rest = family + 1..run.end;
        let known = |range: Range<usize>| has("organisation", &joined(&self.tokens[range]));
        let work = !rest.is_empty()
            && (known(rest.clone())
                || known(rest.start..rest.start + 1)
                || rest.len() > 1 && (is_head(&self.tokens[rest.end - 1]) || self.is_role(rest.end - 1)));
        (person && work).then_some(rest.start)
    }

    /// Whether a closing and a comma stand before the name at `at`, on its line or the one before.
    fn is_signed(&self, at: usize) -> bool {
        let mut before = self.text[..self.tokens[at].span.start].chars().rev().skip_while(|c| c.is_whitespace());
        let comma = before.next() == Some(',');
        let letters: String = before.take(LONGEST_CLOSING).take_while(|c| c.is_alphabetic()).collect();
        comma && has("closing", &letters.chars().rev().collect::<String>().to_lowercase())
    }

    fn split_at(&self, run: &Range<usize>, at: usize) -> Option<Cut> {
        let first = at == run.start;
        let end = self.title_end(at, run.end);
        let given = |at: usize| is_given(&self.tokens[at]) && !is_place(&self.tokens[at].lower);
        if end > at && (first || !given(at - 1)) && self.is_person_rest(end..run.end) {
            let from = self.before_modifiers(run.start, at);
            return Some(Cut { before: run.start..from, titles: from..end, name: end..run.end });
        }
        if at > run.start && self.is_place_of(run, at) {
            return Some(Cut { before: run.start..at, titles: at..at, name: at..run.end });
        }
        if at + 1 >= run.end {
            return None;
        }
        let token = &self.tokens[at];
        let two = |cut: usize| Some(Cut { before: run.start..cut, titles: cut..cut, name: cut..run.end });
        if !first && is_given(token) && self.is_person_rest(at..run.end) && self.is_known(run.start..at) {
            return two(at);
        }
        if !first && (self.is_next_person(run, at) || self.follows_suffix(run, at)) {
            return two(at);
        }
        let unlisted = !is_or_plural("common", &self.tokens[at + 1]);
        let member = run.len() <= 4 && is("party person", token) && unlisted && self.is_person_rest(at + 1..run.end);
        let people = is_group(&token.lower) && self.is_known_org(at + 1..run.end);
        if first && (member || people) { two(at + 1) } else { None }
    }

    /// Whether a second full name starts at `at`, as in lists without commas: "Ana Holt Cy Moss".
    fn is_next_person(&self, run: &Range<usize>, at: usize) -> bool {
        let token = |at: usize| &self.tokens[at];
        let words = run.clone().take(at + 2 - run.start).all(|at| token(at).is_word());
        let given = |at: usize| is_given(token(at));
        let other = |at: usize| token(at).capital && !is_or_plural("common", token(at));
        let surname = |at: usize| other(at) && (!given(at) || is("surname", token(at)));
        at >= run.start + 2
            && words
            && given(run.start)
            && given(at)
            && !given(at - 1)
            && other(at - 1)
            && surname(at + 1)
    }

    /// "Ana Holt Cy Moss Bo Reyes" without commas: given names at every other place, and family names in a list of two.
    fn is_list_of_people(&self, run: &Range<usize>) -> bool {
        let words = &self.tokens[run.clone()];
        let even = words.len() >= 4 && words.len().is_multiple_of(2);
        let word = |token: &Token| token.is_word() && token.capital && !is_head(token);
        let family = |pair: &[Token]| words.len() > 4 || is("surname", &pair[1]) && !is("suffix", &pair[1]);
        let person = |pair: &[Token]| is_given(&pair[0]) && word(&pair[1]) && family(pair);
        even && words.chunks(2).all(person)
    }

    /// "San Rafael California": a known place and the state or country it lies in.
    fn is_place_of(&self, run: &Range<usize>, at: usize) -> bool {
        let phrase = |range: Range<usize>| joined(&self.tokens[range]);
        let (place, of) = (phrase(run.start..at), phrase(at..run.end));
        let postal = has("postal", &of) && self.word(at).len() == 2;
        let (first, only) = (&self.tokens[run.start], at == run.start + 1);
        let opened = !only && is("place opener", first) && postal;
        // "Elmford California": a word of its own and a state in full.
        let unknown = only && at + 1 == run.end && self.is_new_word(first) && has("state", &of);
        let known = has("city", &place) || has("town", &place);
        opened || unknown || known && (has("state", &of) || has("country", &of) || postal)
    }

    /// A word that neither opens a place's name nor is a plain one or listed as anything.
    fn is_new_word(&self, token: &Token) -> bool {
        token.is_word()
            && token.capital
            && !is_listed(token)
            && !is_head(token)
            && !is_or_plural("common", token)
            && !["place opener", "title", "role", "function", "surname"].iter().any(|section| is(section, token))
    }

    /// "Holt Docks Inc. Ana Holt".
    fn follows_suffix(&self, run: &Range<usize>, at: usize) -> bool {
        let stop = self.is(at - 1, ".") && at >= run.start + 2;
        let last = &self.tokens[at - 1 - usize::from(stop)];
        is("organisation suffix", last) && is_given(&self.tokens[at])
    }

    /// The end of the titles that start at `at`, or `at`.
    fn title_end(&self, at: usize, end: usize) -> usize {
        let mut last = at;
        loop {
            let long = (2..=4)
                .rev()
                .map(|length| last + length)
                .find(|&to| to <= end && has("title", &joined(&self.tokens[last..to])));
            let tail =
                last < end && last > 1 && self.tokens[last - 1].is("of") && is("office tail", &self.tokens[last]);
            let short = last < end && (tail || is_title(&self.tokens[last]));
            let next = long.unwrap_or(last + usize::from(short));
            if next == last {
                return last;
            }
            last = next + usize::from(next < end && self.tokens[next].is("."));
        }
    }

    /// Whether what follows a title is a person: not the rest of an organisation's name ("General Assembly").
    fn is_person_rest(&self, rest: Range<usize>) -> bool {
        let Some(last) = rest.clone().next_back() else { return false };
        let first = &self.tokens[rest.start];
        if is_given(first) && rest.len() > 1 {
            return !is_head(&self.tokens[last]) || is_given(&self.tokens[last]);
        }
        !is_head(&self.tokens[last])
            && !is_head(first)
            && !first.is("of")
            && !is("title", first)
            && !is_group(&first.lower)
    }

    fn before_modifiers(&self, start: usize, mut at: usize) -> usize {
        while at > start && is("title modifier", &self.tokens[at - 1]) {
            at -= 1;
        }
        at
    }

    fn is_known(&self, range: Range<usize>) -> bool {
        let phrase = joined(&self.tokens[range.clone()]);
        is_place(&phrase)
            || is_group(&phrase)
            || has("organisation", &phrase)
            || range.len() == 1 && self.is_acronym(range.start)
            || is("organisation head", &self.tokens[range.end - 1])
    }

    fn is_known_org(&self, range: Range<usize>) -> bool {
        has("organisation", &joined(&self.tokens[range.clone()])) && self.is_acronym(range.start)
    }

    /// A name without roles at its end ("US Special Envoy") and modifiers at its start; `None` when nothing is left.
    fn tidy(&self, mut name: Range<usize>) -> Option<Range<usize>> {
        let whole = joined(&self.tokens[name.clone()]);
        if has("organisation", &whole) || is_place(&whole) {
            return Some(name);
        }
        let person = !name.is_empty() && is_given(&self.tokens[name.start]) && name.len() > 1;
        let mut cut = false;
        while !person && !name.is_empty() && self.is_role(name.end - 1) && !self.is(name.end.wrapping_sub(2), "&") {
            name.end -= 1;
            cut = true;
        }
        if cut {
            name.end = self.before_modifiers(name.start, name.end);
        }
        if self.is_term(&name) || self.is_surrounded(&name) {
            name.end -= 1;
        }
        while name.len() > 1 && (self.is_modifier(name.start) || self.calls(name.start)) {
            name.start += 1;
        }
        while name.len() > 1 && self.tokens[name.end - 1].is_any(&["of", "and", "for", "the", "&", ","]) {
            name.end -= 1;
        }
        let initial = name.len() == 1
            && self.tokens[name.start].span.len() <= 2
            && !self.is_acronym(name.start)
            && !self.is_state_mark(name.start);
        (!name.is_empty() && !initial).then_some(name)
    }

    /// "Holt Administration", "Ana Holt Administration": the government of a person, who is the name.
    fn is_term(&self, name: &Range<usize>) -> bool {
        let led = name.len() == 2 && self.is_new_word(&self.tokens[name.start])
            || name.len() == 2 && is("surname", &self.tokens[name.start])
            || name.len() == 3 && is_given(&self.tokens[name.start]);
        led && self.tokens[name.end - 1].is_any(&["administration", "presidency", "campaign"])
    }

    /// "Elmford Area": a place and what is around it.
    fn is_surrounded(&self, name: &Range<usize>) -> bool {
        let place = |words: &[Token]| {
            let likely = |word: &Token| prior(&word.lower).is_some_and(|prior| prior.best() == PLACE);
            is_place(&joined(words)) || matches!(words, [only] if likely(only))
        };
        name.len() > 1
            && is("surroundings", &self.tokens[name.end - 1])
            && place(&self.tokens[name.start..name.end - 1])
    }

    fn is_modifier(&self, at: usize) -> bool {
        self.tokens[at].is_any(&["former", "ex", "late", "then", "acting", "interim", "dear", "senior", "top", "team"])
    }

    /// "Hey Ana", "Welcome Bo", "Good Morning Cy": a word that calls somebody stands at `at`, perhaps two words ahead.
    fn calls(&self, at: usize) -> bool {
        let given = |at: usize| self.tokens.get(at).is_some_and(is_given);
        let day = |at: usize| {
            self.tokens.get(at).is_some_and(|token| token.is_any(&["morning", "afternoon", "evening", "luck", "job"]))
        };
        let strange = |at: usize| self.tokens.get(at).is_some_and(|token| self.is_new_word(token));
        let called = given(at + 1) || strange(at + 1) && self.tokens[at].is("welcome");
        let one = is("greeting", &self.tokens[at]) || is("calling", &self.tokens[at]) && called;
        let two = self.tokens[at].is_any(&["good", "happy"]) && day(at + 1) && given(at + 2);
        one || two || day(at) && given(at + 1) && at > 0 && self.tokens[at - 1].is_any(&["good", "happy"])
    }

    fn is_role(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        is_or_plural("role", token)
            || is_or_plural("title", token) && !is_group(&token.lower)
            || token.is(".") && at > 0 && is("title", &self.tokens[at - 1])
    }
}

/// "Minister", "President-elect".
fn is_title(token: &Token) -> bool {
    is("title", token) || token.lower.ends_with("-elect") || token.lower.ends_with("-designate")
}
