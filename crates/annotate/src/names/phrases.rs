//! The noun phrase around a name: "Elmland's special envoy Ana Holt", "the Elm Front rebel group", and the apposition
//! behind it: "…, the chief negotiator for the group".
//!
//! There is no parser: a phrase grows over words the lists know as titles, roles and modifiers, and over plain words
//! only between such a word and a determiner. It would rather be too short.

use std::ops::Range;

use twosource_model::NameKind;

use super::find::Found;
use super::lexicon::{is, is_group};
use crate::tokens::{Token, TokenKind};

/// What is described around a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrase {
    /// Tokens of the noun phrase, the name among them.
    pub(super) tokens: Range<usize>,
    /// Role words of the phrase and its appositions, indices of tokens.
    pub(super) roles: Vec<usize>,
    /// Appositions beside it.
    pub(super) appositions: Vec<Range<usize>>,
}

/// The phrase around `name`, inside the tokens `sentence`; `named` says which tokens belong to some name.
pub(super) fn phrase(tokens: &[Token], named: &[bool], sentence: Range<usize>, name: &Found, kind: NameKind) -> Phrase {
    let view = View { tokens, named, sentence, kind };
    let mut phrase = Phrase::default();
    let end = view.right(name.tokens.end, &mut phrase.roles);
    let start = view.left(name, &mut phrase.roles);
    phrase.tokens = start..end;
    if let Some((apposition, head)) = view.apposition(end) {
        phrase.roles.push(head);
        phrase.appositions.push(apposition);
    }
    if let Some((apposition, head)) = view.apposition_before(start, end) {
        phrase.roles.push(head);
        phrase.appositions.push(apposition);
    }
    phrase
}

/// The section of role words that fit a kind of name.
pub(super) fn role_section(kind: NameKind) -> Option<&'static str> {
    match kind {
        NameKind::Person => Some("role"),
        NameKind::Organisation => Some("org role"),
        NameKind::Place => Some("place role"),
        _ => None,
    }
}

/// A lower-case word that is neither a function word nor a verb of speech.
pub(super) fn is_plain(token: &Token) -> bool {
    token.is_word() && !token.capital && !is("function", token) && !is("speech", token) && !is("joint", token)
}

/// "the", "his", "Ana Holt's" aside.
pub(super) fn is_determiner(token: &Token) -> bool {
    is("determiner", token)
}

struct View<'d> {
    tokens: &'d [Token],
    named: &'d [bool],
    sentence: Range<usize>,
    kind: NameKind,
}

impl View<'_> {
    fn is_role(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        role_section(self.kind).is_some_and(|section| is(section, token))
            || self.kind == NameKind::Person && is("title", token)
    }

    fn is_modifier(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        is("title modifier", token) || is("loaded", token) || is_group(&token.lower) || token.is("news")
    }

    /// The start of the phrase whose name starts after its titles.
    fn left(&self, name: &Found, roles: &mut Vec<usize>) -> usize {
        let mut start = name.tokens.start;
        let mut described = false;
        if !name.titles.is_empty() {
            start = name.titles.start;
            described = true;
            roles.extend(name.titles.clone().filter(|&at| is("role", &self.tokens[at])));
        }
        while start > self.sentence.start {
            let at = start - 1;
            let owner = self.tokens[at].kind == TokenKind::Possessive && at > self.sentence.start && self.named[at - 1];
            if self.is_role(at) {
                roles.push(at);
                described = true;
            } else if described && is_plain(&self.tokens[at]) && !self.is_modifier(at) {
                let Some(modifier) = self.modifier_before(at) else { break };
                start = modifier;
                continue;
            } else if !(self.is_modifier(at) && (described || !self.is_verb_like(at))
                || described && (self.named[at] || owner))
            {
                break;
            }
            start = at;
        }
        if !described && (self.kind == NameKind::Person || self.modifies(name.tokens.end)) {
            return name.tokens.start;
        }
        self.determiner(start, described).unwrap_or(start)
    }

    /// The modifier before a plain word or two: "former" in "former national security adviser".
    fn modifier_before(&self, at: usize) -> Option<usize> {
        let lowest = at.saturating_sub(2).max(self.sentence.start);
        let stop = (lowest..at).rev().find(|&before| self.is_modifier(before) || !is_plain(&self.tokens[before]))?;
        let between = (stop + 1..=at).any(|at| self.tokens[at].lower.ends_with("ed"));
        (self.is_modifier(stop) && !self.tokens[stop].capital && !between).then_some(stop)
    }

    /// A participle that may be the verb of the sentence, "jailed" in "a court jailed Holt"; not behind a determiner.
    fn is_verb_like(&self, at: usize) -> bool {
        let determined = at > self.sentence.start && is_determiner(&self.tokens[at - 1]);
        self.tokens[at].lower.ends_with("ed") && !determined
    }

    /// Whether a name that ends at `end` only leads to another noun: "the Elmford ceasefire", "senior Elm Front officials".
    fn modifies(&self, end: usize) -> bool {
        let Some(next) = self.tokens[..self.sentence.end].get(end) else { return false };
        let apposed = self.right(end, &mut Vec::new()) > end;
        !apposed
            && (is_plain(next) && !next.lower.ends_with("ed")
                || next.is_word() && next.capital && !is("function", next))
    }

    /// The determiner before `start`, directly or, where the name is `described`, over a few plain words.
    fn determiner(&self, start: usize, described: bool) -> Option<usize> {
        // "the decision President Holt took": a title with a capital opens its phrase itself.
        let reach = if described && !self.tokens[start].capital { 3 } else { 0 };
        let lowest = start.saturating_sub(reach + 1).max(self.sentence.start);
        for at in (lowest..start).rev() {
            if is_determiner(&self.tokens[at])
                && !self.tokens[at].is_any(&["that", "these", "those", "both", "another"])
            {
                return Some(at);
            }
            if !is_plain(&self.tokens[at]) || self.tokens[at].lower.ends_with("ing") {
                return None;
            }
        }
        None
    }

    /// The owner before a description: "Ana Holt's" before "special envoy".
    fn owner(&self, head: usize) -> Option<usize> {
        let lowest = head.saturating_sub(4).max(self.sentence.start);
        let mark = (lowest..head).rev().find(|&at| !is_plain(&self.tokens[at]))?;
        let mut from = mark;
        while from > self.sentence.start && self.named[from - 1] {
            from -= 1;
        }
        (self.tokens[mark].kind == TokenKind::Possessive && from < mark).then_some(from)
    }

    /// The end of the phrase whose name ends at `end`: over "terror group", "newspaper".
    fn right(&self, end: usize, roles: &mut Vec<usize>) -> usize {
        if !matches!(self.kind, NameKind::Organisation | NameKind::Other) {
            return end;
        }
        for at in end..(end + 3).min(self.sentence.end) {
            if is("apposed role", &self.tokens[at]) {
                roles.push(at);
                return at + 1;
            }
            let verb = self.tokens[at].lower.ends_with('s') || self.tokens[at].lower.ends_with("ed");
            if !self.is_modifier(at) && (verb || !is_plain(&self.tokens[at])) {
                break;
            }
        }
        end
    }

    /// ", the chief negotiator for the group" behind a phrase: its tokens and its head.
    fn apposition(&self, end: usize) -> Option<(Range<usize>, usize)> {
        if end + 2 >= self.sentence.end || !self.tokens[end].is(",") {
            return None;
        }
        let start = end + 1;
        let mut head = None;
        let stop = (start + 9).min(self.sentence.end);
        let mut at = start;
        while at < stop {
            let token = &self.tokens[at];
            let opens = at == start && is_determiner(token);
            let inner =
                is_plain(token) || token.capital && !is("function", token) || token.kind == TokenKind::Possessive;
            if self.is_role(at) && !token.capital {
                head = Some(at);
            } else if !(opens || inner) || is_given_start(token, at, start) {
                break;
            }
            at += 1;
        }
        let head =
            head.filter(|&head| is_determiner(&self.tokens[start]) || self.tokens[start].capital || head < start + 3)?;
        Some((start..self.complement(head + 1), head))
    }

    /// "for the Elm Front rebel group", "of Elmford" behind a role.
    fn complement(&self, from: usize) -> usize {
        let mut end = from;
        let mut at = from;
        while at < self.sentence.end && at < from + 9 {
            let token = &self.tokens[at];
            let joins = token.is_any(&["of", "for", "at", "to", "the", "in", "and"]);
            let inner = token.capital && token.is_word() && !is("function", token)
                || is_plain(token)
                || token.kind == TokenKind::Possessive;
            if at == from && !token.is_any(&["of", "for", "at", "to"]) || !(joins || inner) {
                break;
            }
            at += 1;
            if inner {
                end = at;
            }
        }
        end
    }

    /// "The envoy, Ana Holt, …": a definite description at the start of a clause and between commas with a name.
    fn apposition_before(&self, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let comma = start.checked_sub(1).filter(|&at| at > self.sentence.start && self.tokens[at].is(","))?;
        let closed = self.tokens[..self.sentence.end].get(end).is_some_and(|next| next.is(","));
        let head = comma - 1;
        if !closed || head < self.sentence.start || !self.is_role(head) || self.tokens[head].capital {
            return None;
        }
        let from = self.determiner(head, true).or_else(|| self.owner(head))?;
        let first = from == self.sentence.start || self.tokens[from - 1].kind == TokenKind::Sign;
        first.then_some((from..comma, head))
    }
}

fn is_given_start(token: &Token, at: usize, start: usize) -> bool {
    at == start && token.capital && (is("male", token) || is("female", token))
}
