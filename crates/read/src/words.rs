//! The word lists and the small pattern language they are written in.
//!
//! A list is a text file in `data/<language>/`, one pattern a line; lines that start with `#` and empty lines are
//! comments. A pattern is a row of parts between spaces:
//!
//! | part | stands for |
//! |---|---|
//! | `^` first, `$` last | the start and the end of the sentence |
//! | `read` | this word, in any case |
//! | `CLOSE` | this word, in capitals only |
//! | `read\|watch` | one of these words |
//! | `:` | this sign |
//! | `*6` | none to six tokens of any kind |
//! | `<name>` | a word with a capital letter |
//! | `<number>` | a token that starts with a digit |
//! | `<address>` | an e-mail address, a handle or a link |
//!
//! Lists of all languages are in force at once: the phrases are long enough not to meet by accident, and the language
//! of a text is known only once its furniture is set aside.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// A word, sign or address of a line.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    /// As it stands.
    pub(crate) text: &'t str,
    /// First byte in the line.
    pub(crate) start: usize,
    /// Lower case, curly apostrophes made straight.
    pub(crate) lower: String,
    class: Class,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Word,
    Number,
    Sign,
    Address,
}

impl Token<'_> {
    /// Whether it is a word that starts with a capital letter.
    pub(crate) fn is_name(&self) -> bool {
        self.class == Class::Word && self.text.starts_with(char::is_uppercase)
    }

    /// Whether it is a word or a number.
    pub(crate) fn is_word(&self) -> bool {
        matches!(self.class, Class::Word | Class::Number)
    }

    /// Whether it starts with a digit.
    pub(crate) fn is_number(&self) -> bool {
        self.class == Class::Number
    }

    /// Whether it is a link, a handle or an e-mail address.
    pub(crate) fn is_address(&self) -> bool {
        self.class == Class::Address
    }
}

/// Cuts a line into tokens.
pub(crate) fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut found = Vec::with_capacity(line.len() / 5);
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (length, class) = if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        } else if let Some(length) = address(rest) {
            (length, Class::Address)
        } else if first.is_alphanumeric() {
            (word_length(rest), if first.is_numeric() { Class::Number } else { Class::Word })
        } else {
            (first.len_utf8(), Class::Sign)
        };
        let text = &rest[..length];
        found.push(Token { text, start: line.len() - rest.len(), lower: lower(text), class });
        rest = &rest[length..];
    }
    found
}

/// Lower case with straight apostrophes.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.to_lowercase().replace(['’', 'ʼ', '‘'], "'")
}

/// Letters and digits with the signs that join them: "don't", "sign-up", "a.m", "3,009,611".
fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joined = matches!(c, '\'' | '’' | '-' | '.' | '&' | ',' | ':')
            && chars.peek().is_some_and(|&(_, next)| {
                if matches!(c, ',' | ':') {
                    next.is_numeric() && rest[..at].ends_with(char::is_numeric)
                } else {
                    next.is_alphanumeric()
                }
            });
        if !c.is_alphanumeric() && !joined {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// The length of an e-mail address, handle or link at the start, without the signs after it.
fn address(rest: &str) -> Option<usize> {
    match rest.chars().next()? {
        '@' => handle(rest),
        '[' => hidden_mail(rest),
        first if first.is_alphanumeric() => link(rest).or_else(|| mail(rest)),
        _ => None,
    }
}

fn handle(rest: &str) -> Option<usize> {
    let name = rest[1..].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len() - 1);
    (name > 0).then_some(1 + name)
}

/// What pages leave of an address they hide from robots.
fn hidden_mail(rest: &str) -> Option<usize> {
    ["[email protected]", "[email\u{a0}protected]"]
        .iter()
        .find(|hidden| rest.starts_with(**hidden))
        .map(|hidden| hidden.len())
}

fn link(rest: &str) -> Option<usize> {
    let is_link =
        ["http://", "https://", "www.", "pic.twitter.com/", "t.co/"].iter().any(|head| rest.starts_with(head));
    let head = &rest[..floor(rest, 300)];
    let chunk = &head[..head.find(char::is_whitespace).unwrap_or(head.len())];
    is_link.then(|| chunk.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/').len())
}

fn mail(rest: &str) -> Option<usize> {
    let head = &rest[..floor(rest, 80)];
    let at =
        head.find(|c: char| !c.is_alphanumeric() && !"._%+-".contains(c)).filter(|&at| head[at..].starts_with('@'))?;
    let host = &head[at + 1..];
    let host = &host[..host.find(|c: char| !c.is_alphanumeric() && !"-.".contains(c)).unwrap_or(host.len())];
    let host = host.trim_end_matches(['.', '-']);
    host.contains('.').then_some(at + 1 + host.len())
}

/// The last character boundary at or before `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One list of patterns, by their first words so that few are tried at a place.
#[derive(Default)]
pub(crate) struct Patterns {
    /// Patterns tied to the start of a sentence.
    anchored: BTreeMap<String, Vec<Arc<Pattern>>>,
    /// Patterns tied to the start that open with a gap or a class of words.
    open: Vec<Arc<Pattern>>,
    /// The others.
    floating: BTreeMap<String, Vec<Arc<Pattern>>>,
}

struct Pattern {
    parts: Vec<Part>,
    to_end: bool,
}

enum Part {
    Words(Vec<String>),
    Upto(usize),
    Name,
    Number,
    Address,
}

impl Patterns {
    fn new(lists: &[&str]) -> Patterns {
        let mut patterns = Patterns::default();
        for line in lists.iter().flat_map(|list| entries(list)) {
            patterns.add(line);
        }
        patterns
    }

    fn add(&mut self, line: &str) {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let anchored = words.first() == Some(&"^");
        let to_end = words.last() == Some(&"$");
        words.drain(..usize::from(anchored));
        words.truncate(words.len() - usize::from(to_end));
        let pattern = Arc::new(Pattern { parts: words.into_iter().map(Part::new).collect(), to_end });
        let index = if anchored { &mut self.anchored } else { &mut self.floating };
        match pattern.parts.first() {
            Some(Part::Words(firsts)) => {
                for first in firsts {
                    index.entry(first.to_lowercase()).or_default().push(Arc::clone(&pattern));
                }
            }
            _ => self.open.push(pattern),
        }
    }

    /// Whether one of the patterns stands in these tokens of one sentence.
    pub(crate) fn found_in(&self, tokens: &[Token]) -> bool {
        let at_word = |at: usize| any_fits(self.floating.get(&tokens[at].lower), &tokens[at..]);
        self.opens(tokens) || (0..tokens.len()).any(at_word)
    }

    /// Whether one of the patterns that are tied to the start opens these tokens.
    pub(crate) fn opens(&self, tokens: &[Token]) -> bool {
        let first = tokens.first().and_then(|token| self.anchored.get(&token.lower));
        any_fits(first, tokens) || any_fits(Some(&self.open), tokens)
    }
}

fn any_fits(patterns: Option<&Vec<Arc<Pattern>>>, tokens: &[Token]) -> bool {
    patterns.is_some_and(|patterns| patterns.iter().any(|pattern| pattern.fits(tokens)))
}

impl Pattern {
    fn fits(&self, tokens: &[Token]) -> bool {
        fits(&self.parts, tokens, self.to_end)
    }
}

impl Part {
    fn new(word: &str) -> Part {
        match word {
            "<name>" => Part::Name,
            "<number>" => Part::Number,
            "<address>" => Part::Address,
            _ => match word.strip_prefix('*').and_then(|count| count.parse().ok()) {
                Some(count) => Part::Upto(count),
                None => Part::Words(word.split('|').map(str::to_owned).collect()),
            },
        }
    }

    fn takes(&self, token: &Token) -> bool {
        match self {
            Part::Words(words) => words.iter().any(|word| *word == token.lower || is_loud(word) && word == token.text),
            Part::Name => token.is_name(),
            Part::Number => token.is_number(),
            Part::Address => token.is_address(),
            Part::Upto(_) => true,
        }
    }
}

/// A word written in capitals stands for itself alone.
fn is_loud(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Gaps are short and few, so trying every length of each stays cheap.
fn fits(parts: &[Part], tokens: &[Token], to_end: bool) -> bool {
    match parts.split_first() {
        None => !to_end || tokens.is_empty(),
        Some((Part::Upto(most), rest)) => {
            (0..=(*most).min(tokens.len())).any(|skipped| fits(rest, &tokens[skipped..], to_end))
        }
        Some((part, rest)) => {
            tokens.split_first().is_some_and(|(token, after)| part.takes(token) && fits(rest, after, to_end))
        }
    }
}

/// The lines of a list that are not comments.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# "))
}

fn single_words(lists: &[&'static str]) -> Vec<&'static str> {
    let mut words: Vec<_> = lists.iter().flat_map(|list| entries(list)).flat_map(str::split_whitespace).collect();
    words.sort_unstable();
    words.dedup();
    words
}

macro_rules! list {
    ($($file:literal),+ $(,)?) => { &[$(include_str!(concat!("../data/", $file, ".txt"))),+] };
}

/// Everything read from the lists, once.
pub(crate) struct Lists {
    pub(crate) promo: Patterns,
    pub(crate) caption: Patterns,
    pub(crate) credit: Patterns,
    pub(crate) correction: Patterns,
    pub(crate) dateline: Patterns,
    pub(crate) author_bio: Patterns,
    pub(crate) truncated: Patterns,
    /// Month names with their number.
    pub(crate) months: BTreeMap<&'static str, u32>,
    day_words: Vec<&'static str>,
    roles: Vec<&'static str>,
    picture_verbs: Vec<&'static str>,
    photo_agencies: Vec<&'static str>,
    credit_words: Vec<&'static str>,
    open_ends: Vec<&'static str>,
    /// Agencies: the name shown, and every form it signs with.
    pub(crate) agencies: Vec<(&'static str, Vec<&'static str>)>,
}

/// The lists.
pub(crate) static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    promo: Patterns::new(list!("en/promo", "de/promo", "es/promo", "fr/promo")),
    caption: Patterns::new(list!("en/caption", "de/caption", "es/caption", "fr/caption")),
    credit: Patterns::new(list!("en/credit", "de/credit", "es/credit", "fr/credit")),
    correction: Patterns::new(list!("en/correction")),
    dateline: Patterns::new(list!("en/dateline")),
    author_bio: Patterns::new(list!("en/author_bios")),
    truncated: Patterns::new(list!("en/truncated")),
    months: months(list!(
        "en/months",
        "de/months",
        "es/months",
        "fr/months",
        "ca/months",
        "cs/months",
        "da/months",
        "el/months",
        "fi/months",
        "hu/months",
        "id/months",
        "it/months",
        "nb/months",
        "nl/months",
        "pl/months",
        "pt/months",
        "ro/months",
        "ru/months",
        "sv/months",
        "tr/months",
        "uk/months"
    )),
    day_words: single_words(list!("en/day_words", "de/day_words", "es/day_words", "fr/day_words")),
    roles: single_words(list!("en/roles")),
    picture_verbs: single_words(list!("en/picture_verbs")),
    photo_agencies: single_words(list!("en/photo_agencies")),
    credit_words: single_words(list!("en/credit_words")),
    open_ends: single_words(list!("en/open_ends")),
    agencies: agencies(include_str!("../data/en/agencies.txt")),
});

impl Lists {
    pub(crate) fn is_day_word(&self, word: &str) -> bool {
        self.day_words.binary_search(&word).is_ok()
    }

    pub(crate) fn is_role(&self, word: &str) -> bool {
        self.roles.binary_search(&word).is_ok()
    }

    pub(crate) fn is_picture_verb(&self, word: &str) -> bool {
        self.picture_verbs.binary_search(&word).is_ok()
    }

    pub(crate) fn is_photo_agency(&self, word: &str) -> bool {
        self.photo_agencies.binary_search(&word).is_ok()
    }

    pub(crate) fn is_credit_word(&self, word: &str) -> bool {
        self.credit_words.binary_search(&word).is_ok()
    }

    pub(crate) fn is_open_end(&self, word: &str) -> bool {
        self.open_ends.binary_search(&word).is_ok()
    }

    /// The agency a name or short form stands for.
    pub(crate) fn agency(&self, name: &str) -> Option<&'static str> {
        let is = |form: &&str| *form == name;
        self.agencies.iter().find(|(_, forms)| forms.iter().any(is)).map(|(shown, _)| *shown)
    }
}

/// Twelve lines a language, in the order of the year.
fn months(lists: &[&'static str]) -> BTreeMap<&'static str, u32> {
    let numbered = |list: &'static str| (1..).zip(entries(list));
    lists
        .iter()
        .flat_map(|list| numbered(list))
        .flat_map(|(number, names)| names.split_whitespace().map(move |name| (name, number)))
        .collect()
}

fn agencies(list: &'static str) -> Vec<(&'static str, Vec<&'static str>)> {
    entries(list)
        .map(|line| {
            let forms: Vec<_> = line.split('|').map(str::trim).collect();
            (forms[0], forms)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let words: Vec<_> = tokens(text).iter().map(|token| token.text.to_owned()).collect();
        assert_eq!(words.join(" "), expected, "{text}");
    }

    #[test]
    fn words_signs_and_addresses() {
        check("Don’t miss: 3,009 votes, a.m.", "Don’t miss : 3,009 votes , a.m .");
        check("ANNA BERG/NOVA (pool)", "ANNA BERG / NOVA ( pool )");
        check("Mail tips@nova.example.", "Mail tips@nova.example .");
        check("via @nova_desk, https://nova.example/x.", "via @nova_desk , https://nova.example/x .");
    }

    #[test]
    fn patterns_hold_their_ends_and_gaps() {
        let patterns = Patterns::new(&["# note\n^ stop $\n^ see *2 here\nhelped <name>\n^ mail *3 <address>"]);
        let found = |text: &str| patterns.found_in(&tokens(text));
        assert!(found("Stop") && !found("Stop it"));
        assert!(found("See it all here now") && !found("See it all over here"));
        assert!(found("They helped Anna") && !found("They helped nobody"));
        assert!(found("Mail us at desk@nova.example") && !found("Mail us at once"));
    }

    #[test]
    fn every_list_loads() {
        assert_eq!(LISTS.months["november"], 11);
        assert_eq!(LISTS.months["märz"], 3);
        assert_eq!(LISTS.agency("AFP"), Some("Agence France-Presse"));
        assert!(LISTS.is_picture_verb("speaks") && LISTS.is_role("correspondent"));
    }
}
