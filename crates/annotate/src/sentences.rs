//! Blocks to sentences.
//!
//! A sentence ends at a full stop, question mark, exclamation mark or ellipsis, with the quotation marks and brackets
//! that close there, when white space and something that can open a sentence follow. Abbreviations, and the marks that
//! open and close, are data (`data/<language>/sentences_abbreviations.txt`). A quotation of several sentences is split like any other text, and
//! `"Why?" Smith asked.` stays whole. The splitter would rather leave two sentences together than cut one in two:
//! half a sentence loses its source. Only a "sentence" longer than any person writes is cut, so that no later stage
//! ever looks through a megabyte for the end of a phrase.

use twosource_model::{Article, Sentence, Span};

use crate::names::lists::Lists;

/// What a language says of the ends of its sentences.
#[derive(Debug)]
pub(crate) struct Rules {
    lists: Lists,
    /// Marks that stand before the first word of a sentence.
    opens: Vec<char>,
    /// Marks that stand behind its last stop.
    closes: Vec<char>,
    /// Those of them that a space may part from the stop: « … ».
    spaced: Vec<char>,
}

impl Rules {
    /// Reads a data file that is part of the program; its marks are those of English where it names none.
    pub(crate) fn new(file: &'static str) -> Rules {
        let lists = Lists::new(&[file]);
        let marks = |section: &str, usual: &str| {
            let named: Vec<char> = lists.entries_of(section).into_iter().flat_map(str::chars).collect();
            if named.is_empty() { usual.chars().collect() } else { named }
        };
        Rules {
            opens: marks("opens", "\"“”‘’'«(["),
            closes: marks("closes", "\"”’'»)]"),
            spaced: marks("spaced", ""),
            lists,
        }
    }
}

/// Bytes of an article that are cut into sentences: the longest live blogs, some thirty thousand words. What follows
/// is neither annotated nor compared.
pub(crate) const MOST_BYTES: usize = 200_000;

/// The sentences of every block, in text order, without white space around them.
pub(crate) fn sentences(article: &Article, rules: &Rules) -> Vec<Sentence> {
    let limit = article.text.floor_char_boundary(MOST_BYTES);
    let mut found = Vec::new();
    for (block, b) in article.blocks.iter().enumerate().take_while(|(_, block)| block.span.start < limit) {
        let whole = Span::new(b.span.start, b.span.end.min(limit));
        let mut start = whole.start;
        for end in ends(&article.text, whole, rules).into_iter().chain([whole.end]) {
            let span = Span::new(start, end.max(start)).trim(&article.text);
            found.extend(pieces(&article.text, span).map(|span| Sentence { span, block }));
            start = end;
        }
    }
    found
}

/// Bytes of a sentence at most: about 350 words. Every stage after this one may look at all pairs of words in a sentence.
const LONGEST_SENTENCE: usize = 2000;

/// A sentence, or one without an end cut into pieces: at white space, and only in a word as long as a piece itself.
fn pieces(text: &str, sentence: Span) -> impl Iterator<Item = Span> {
    let mut rest = sentence;
    std::iter::from_fn(move || {
        let piece = Span::new(rest.start, piece_end(text, rest));
        rest = Span::new(piece.end, rest.end).trim(text);
        Some(piece.trim(text)).filter(|piece| !piece.is_empty())
    })
}

fn piece_end(text: &str, rest: Span) -> usize {
    if rest.len() <= LONGEST_SENTENCE {
        return rest.end;
    }
    let limit = text.floor_char_boundary(rest.start + LONGEST_SENTENCE);
    let space = text[rest.start..limit].rfind(char::is_whitespace).filter(|&at| at > 0);
    space.map_or(limit, |at| rest.start + at)
}

/// The offsets inside `block` at which a sentence ends.
fn ends(text: &str, block: Span, rules: &Rules) -> Vec<usize> {
    let words = block.of(text);
    let mut ends = Vec::new();
    let mut last = 0;
    for (at, c) in words.char_indices() {
        if at < last {
            continue;
        }
        let end = match c {
            c if is_stop(c) => Stop::at(words, at, rules).filter(|stop| stop.ends(words, rules)).map(|stop| stop.end),
            '\n' => empty_line(&words[at..]).then_some(at),
            _ => None,
        };
        if let Some(end) = end {
            ends.push(block.start + end);
            last = end;
        }
    }
    ends
}

fn empty_line(rest: &str) -> bool {
    rest[1..].chars().take_while(|c| c.is_whitespace()).any(|c| c == '\n')
}

/// A run of stops with what closes behind it.
struct Stop {
    start: usize,
    /// After the stops, before closing marks.
    mark: usize,
    end: usize,
}

/// Far more than any real run of stops and brackets; keeps a text of stops alone from costing the square of its length.
const LONGEST: usize = 64;

impl Stop {
    /// The run that starts at `start`; `None` inside a longer run.
    fn at(words: &str, start: usize, rules: &Rules) -> Option<Stop> {
        if words[..start].ends_with(is_stop) {
            return None;
        }
        let mark = start + run(&words[start..], is_stop);
        let mut end = mark + run(&words[mark..], |c| rules.closes.contains(&c));
        if !rules.spaced.is_empty() {
            let space = run(&words[end..], |c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'));
            let behind = run(&words[end + space..], |c| rules.spaced.contains(&c));
            end += if behind > 0 { space + behind } else { 0 };
        }
        Some(Stop { start, mark, end })
    }

    fn ends(&self, words: &str, rules: &Rules) -> bool {
        let after = &words[self.end..];
        let before = &words[..self.start];
        if !after.starts_with(char::is_whitespace) {
            return after.is_empty()
                || self.lost_space(before, after, rules)
                || words[self.start..].starts_with(['。', '！', '？']);
        }
        let next = after.trim_start();
        let open = next.trim_start_matches(|c| rules.opens.contains(&c));
        let Some(first) = open.chars().next() else { return true };
        // "iPhone" and "al-Hollah" open a sentence as they are.
        if first.is_lowercase() && !word(open).contains(char::is_uppercase) {
            return false;
        }
        if !first.is_alphanumeric() && next.len() == open.len() && !"•$£€@#".contains(first) {
            return false;
        }
        if self.is_period(words) && self.mark == self.end && !after_abbreviation(before, open, rules) {
            return false;
        }
        !(self.asks_in_quotes(words) && goes_on_with_speech(open, rules))
    }

    fn is_period(&self, words: &str) -> bool {
        &words[self.start..self.mark] == "."
    }

    fn asks_in_quotes(&self, words: &str) -> bool {
        words[self.start..self.mark].contains(['?', '!', '…', '؟']) && words[self.mark..self.end].contains(is_quote)
    }

    /// "… came home.The minister …": two lower-case letters, a stop, and a word that opens sentences.
    fn lost_space(&self, before: &str, after: &str, rules: &Rules) -> bool {
        let lower = before.chars().rev().take(2).filter(|c| c.is_lowercase()).count() == 2;
        let next = word(after);
        self.mark == self.start + 1
            && lower
            && next.starts_with(char::is_uppercase)
            && next.chars().count() > 1
            && rules.lists.has("openers", &next.to_lowercase())
    }
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '。' | '！' | '？')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '»' | '«' | '‘')
}

/// The bytes of the characters of a kind at the start of `text`, up to a number of characters.
fn run(text: &str, of: impl Fn(char) -> bool) -> usize {
    text.chars().take(LONGEST).take_while(|&c| of(c)).map(char::len_utf8).sum()
}

/// The word a text starts with.
fn word(text: &str) -> &str {
    let end = text.char_indices().find(|&(_, c)| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')));
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether a full stop after `before` can end a sentence when `next` follows.
fn after_abbreviation(before: &str, next: &str, rules: &Rules) -> bool {
    let start = before.char_indices().rev().take(LONGEST).take_while(|&(_, c)| c.is_alphanumeric() || c == '.').last();
    let last = &before[start.map_or(before.len(), |(at, _)| at)..];
    let lower = last.to_lowercase();
    let opener = || rules.lists.has("openers", &word(next).to_lowercase().replace('’', "'"));
    if last.bytes().all(|byte| byte.is_ascii_digit()) && rules.lists.has("ordinals", &last.len().to_string()) {
        return opener();
    }
    let written = !last.starts_with(char::is_lowercase) || rules.lists.has("lower", &lower);
    if rules.lists.has("bound", &lower) && written {
        return lower == "no" && opener();
    }
    let single = last.chars().count() == 1 && last.chars().all(char::is_uppercase) && last != "I";
    let stops = last.contains('.') && last.split('.').all(|part| part.chars().count() <= 2);
    let open = rules.lists.has("open", &lower) && written;
    if single || stops || open { opener() } else { true }
}

/// "Smith asked", "the senator from Elm County said": a speech verb within the first words, before any stop.
fn goes_on_with_speech(open: &str, rules: &Rules) -> bool {
    let speech =
        |word: &str| rules.lists.has("speech", &word.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
    open.split_whitespace().take(6).any(speech)
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Block, BlockKind};

    fn split(text: &str) -> Vec<&str> {
        split_in(text, "en")
    }

    fn split_in<'t>(text: &'t str, code: &str) -> Vec<&'t str> {
        let span = Span::new(0, text.len()).trim(text);
        let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
        let article = Article { text: text.to_owned(), blocks, ..Article::default() };
        let rules = &crate::languages::language(code).sentences;
        sentences(&article, rules).into_iter().map(|sentence| sentence.span.of(text)).collect()
    }

    #[test]
    fn cases() {
        for (code, cases) in crate::languages::cases!("sentences.txt") {
            let mut checked = 0;
            for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                let text = case.replace(" | ", " ").replace("|", "");
                assert_eq!(split_in(&text, code).join(" | "), case.replace(" | ", "|").replace('|', " | "), "{text}");
                checked += 1;
            }
            assert!(checked > 10, "the case file of {code} is cut short");
        }
    }

    #[test]
    fn an_empty_line_ends_a_sentence() {
        assert_eq!(split("No stop here\n\nNew thought. More"), ["No stop here", "New thought.", "More"]);
    }

    #[test]
    fn a_sentence_without_an_end_is_cut_between_words() {
        let text = "fähre ".repeat(1000) + &"ä".repeat(3000);
        let found = split(&text);
        assert!(found.len() >= 7 && found.iter().all(|piece| piece.len() <= LONGEST_SENTENCE), "{}", found.len());
        assert!(found[..3].iter().all(|piece| piece.starts_with("fähre") && piece.ends_with("fähre")));
    }

    proptest::proptest! {
        #[test]
        fn sentences_hold_every_letter(text in "[A-Za-z.?!…\"“”’'() \n0-9é。]{0,200}") {
            let joined: String = split(&text).concat();
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(letters(&joined), letters(&text));
        }
    }
}
