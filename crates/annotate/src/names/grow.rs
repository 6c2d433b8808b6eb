//! What a run of name words takes in beside capitalised words: stops, joints, owners, nicknames, listed phrases.

use super::find::{Words, is_head, is_listed};
use super::lexicon::{has, is, is_given, is_group, is_or_plural, is_place, joined};
use crate::tokens::{Token, TokenKind};

impl Words<'_> {
    /// Whether token `at` stands right behind the one before it, without a space.
    fn touches(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.span.start == self.tokens[at - 1].span.end)
    }

    /// The new end when the run `start..end` goes on.
    pub(super) fn grow(&self, start: usize, end: usize, belongs: &dyn Fn(usize) -> bool) -> Option<usize> {
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
        if next.is(",") && is_place(&last.lower) && self.tokens.get(end + 1).is_some_and(|t| is("district", t)) {
            return Some(end + 2);
        }
        if let Some(end) = self.listed_end(start, end).or_else(|| self.nickname_end(start, end, belongs)) {
            return Some(end);
        }
        let numbered = next.kind == TokenKind::Number && next.span.len() <= 3 && is("numbered", last);
        let epithet = self.tokens.get(end + 1).is_some_and(|word| word.capital && is("epithet", word));
        if numbered {
            return Some(end + 1);
        }
        if epithet && next.is("the") && is_given(last) || self.is_reversed(start, end) {
            return Some(end + 2);
        }
        if next.kind == TokenKind::Possessive && self.is_visited(start, end) {
            return Some(end + 1);
        }
        if next.kind == TokenKind::Possessive {
            let owned = is("possessive joint", last) || self.is_shop(start, end) || self.is_of_many(end);
            return (owned && belongs(end + 1)).then_some(end + 2);
        }
        if is("small head", next) && !run.iter().any(|token| is_head(token) || is_group(&token.lower)) {
            return Some(end + 1);
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

    /// The end of the longest listed name that starts at `start` and goes on at `end` with a small word or an owner's
    /// mark: "Bosnia and Herzegovina", "McDonald's".
    fn listed_end(&self, start: usize, end: usize) -> Option<usize> {
        let next = &self.tokens[end];
        let possessive = next.kind == TokenKind::Possessive;
        let number = next.kind == TokenKind::Number;
        if !possessive && !number && !is("joint", next) && !is("part", next) && !is("inner word", next) {
            return None;
        }
        let shortest = end + if possessive || number { 1 } else { 2 };
        let longest = (end + 4).min(self.tokens.len());
        let listed = |&to: &usize| {
            let last = &self.tokens[to - 1];
            (last.capital || matches!(last.kind, TokenKind::Possessive | TokenKind::Number)) && {
                let phrase = joined(&self.tokens[start..to]);
                is_place(&phrase) || has("organisation", &phrase)
            }
        };
        (shortest..=longest).rev().find(listed)
    }

    /// The end of a person's name that goes on behind a nickname in quotation marks: "Ana “Nan” Holt".
    fn nickname_end(&self, start: usize, end: usize, belongs: &dyn Fn(usize) -> bool) -> Option<usize> {
        let run = &self.tokens[start..end];
        let plain = |token: &Token| is_or_plural("common", token) || is_head(token) || is_listed_thing(token);
        if !self.tokens[end].is_quote() || run.len() > 3 || run.iter().any(plain) {
            return None;
        }
        let close = (end + 2..=end + 3).find(|&at| self.tokens.get(at).is_some_and(Token::is_quote))?;
        let inner = self.tokens[end + 1..close].iter().all(|token| token.is_word() && token.capital);
        let family = belongs(close + 1) && !plain(&self.tokens[close + 1]) && !is_given(&self.tokens[close + 1]);
        (inner && family).then_some(close + 2)
    }

    /// "“Holt, Ana” <ana@example.org>": a person as an address book has it.
    fn is_reversed(&self, start: usize, end: usize) -> bool {
        let quote = |at: usize| self.tokens.get(at).is_some_and(Token::is_quote);
        let comma = self.is(end, ",") && end == start + 1 && start > 0 && quote(start - 1);
        comma && quote(end + 2) && self.tokens.get(end + 1).is_some_and(|given| given.capital && given.is_word())
    }

    /// "We ate at Moss's on Friday": somebody's place that the owner's name stands for.
    fn is_visited(&self, start: usize, end: usize) -> bool {
        let Some(before) = start.checked_sub(1).map(|at| &self.tokens[at]) else { return false };
        let went = || start > 1 && is("going", &self.tokens[start - 2]);
        let own =
            end - start <= 3 && !self.tokens[start..end].iter().any(|token| is_listed_thing(token) || is_head(token));
        let stops = self.tokens.get(end + 1).is_none_or(|next| {
            next.kind == TokenKind::Sign && !next.is_quote()
                || next.capital && is_place(&next.lower)
                || next.is_any(&["in", "on", "at", "for", "last", "this", "tonight"])
        });
        own && stops && (before.is("at") || before.is("to") && went())
    }

    /// "Moss's Bakery", "Holt's Mill": the owner `start..end` of a shop or the like, not a people or a place.
    fn is_shop(&self, start: usize, end: usize) -> bool {
        let owner = &self.tokens[start..end];
        let single = owner.len() == 1 && !is_listed_thing(&owner[0]) && !is_place(&owner[0].lower);
        single && self.tokens.get(end + 1).is_some_and(|head| head.capital && is("shop head", head))
    }

    /// "Farmers' Union": a plural noun owns an organisation.
    fn is_of_many(&self, end: usize) -> bool {
        let owner = &self.tokens[end - 1];
        let plural = owner.lower.ends_with('s') && is_or_plural("common", owner) | is_or_plural("role", owner);
        let bare = matches!(&*self.tokens[end].lower, "'" | "’");
        let head = self.tokens.get(end + 1).is_some_and(|head| head.capital && is("organisation head", head));
        plural && bare && head && !is("surname", owner)
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

/// A people or an organisation the lists know.
fn is_listed_thing(token: &Token) -> bool {
    is_group(&token.lower) || is("organisation", token)
}
