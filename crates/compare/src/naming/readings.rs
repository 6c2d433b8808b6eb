//! A noun phrase cut into its parts: determiner, modifiers, owner, head.

use twosource_model::Span;

use super::lexicon::{CountryWord, country, is, singular};

/// A word or sign of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Without the mark of an owner.
    pub(super) span: Span,
    /// In lower case and without dots: "us" for "U.S.".
    pub(super) lower: String,
    /// Whether it starts with a capital, so that "US" is not "us".
    pub(super) capital: bool,
    /// Whether "’s" or "’" follows.
    pub(super) owner: bool,
    /// Whether it is a sign.
    pub(super) sign: bool,
}

impl Word {
    fn new(text: &str, mut span: Span) -> Word {
        let sign = !span.of(text).contains(char::is_alphanumeric);
        let mut owner = false;
        for mark in ["’s", "'s", "’", "'"] {
            if let Some(bare) = span.of(text).strip_suffix(mark).filter(|bare| !bare.is_empty()) {
                span.end = span.start + bare.len();
                owner = true;
                break;
            }
        }
        let lower = span.of(text).to_lowercase().replace('.', "");
        Word { span, lower, capital: span.of(text).starts_with(char::is_uppercase), owner, sign }
    }

    /// The word as it is compared: the country it is of, or its singular.
    pub(super) fn term(&self) -> String {
        match country(&self.lower).filter(|_| self.capital) {
            Some((number, _)) => country_term(number),
            None => singular(&self.lower),
        }
    }
}

/// What stands for a country among the terms of a description.
pub(super) fn country_term(number: usize) -> String {
    format!("={number}")
}

/// The words and signs of a span of a text; quotation marks are left out.
pub(super) fn word_list(text: &str, span: Span) -> Vec<Word> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, c) in span.of(text).char_indices() {
        let (start, end) = (span.start + at, span.start + at + c.len_utf8());
        let inner = c.is_alphanumeric() || matches!(c, '-' | '&' | '.' | '’' | '\'');
        match spans.last_mut() {
            Some(last) if inner && last.end == start && last.of(text).starts_with(char::is_alphanumeric) => {
                last.end = end;
            }
            _ if c.is_alphanumeric() || matches!(c, ',' | ';' | ':' | '—' | '–' | '(' | ')' | '\n') => {
                spans.push(Span::new(start, end));
            }
            _ => {}
        }
    }
    let whole = |span: Span| {
        let bare = span.of(text).trim_end_matches(['.', '-']);
        let initial = bare.contains('.') || bare.chars().count() == 1;
        if bare.is_empty() || initial { span } else { Span::new(span.start, span.start + bare.len()) }
    };
    spans.into_iter().map(|span| Word::new(text, whole(span))).collect()
}

/// The part of a phrase that ends with its head: up to a comma, a preposition or a relative word.
pub(super) fn head_part(words: &[Word]) -> (usize, usize) {
    let cuts = |word: &Word| word.sign || is("cuts", &word.lower);
    let start = words.iter().position(|word| !cuts(word)).unwrap_or(0);
    let end = words[start..].iter().position(cuts).map_or(words.len(), |length| start + length);
    (start, end)
}

/// A description: everything but its head says which of several is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Description {
    /// The head in the singular.
    pub(super) head: String,
    /// The head as it is written, in lower case.
    pub(super) written: String,
    /// The terms before the head, determiners aside.
    pub(super) terms: Vec<String>,
    /// The countries among them.
    pub(super) countries: Vec<usize>,
    /// The first word in lower case: "the", "his", "a".
    pub(super) opening: String,
}

impl Description {
    /// Reads the words of a head part, the head last.
    pub(super) fn read(part: &[Word]) -> Description {
        let Some((head, before)) = part.split_last() else { return Description::default() };
        let plain = before.iter().filter(|word| !is("determiners", &word.lower) && !is("indefinite", &word.lower));
        let terms: Vec<String> = plain.map(Word::term).collect();
        let singles = before.iter().filter(|word| word.capital).filter_map(|word| country(&word.lower));
        let pairs = part.windows(2).filter(|pair| pair[0].capital && pair[1].capital);
        let pairs = pairs.filter_map(|pair| country(&format!("{} {}", pair[0].lower, pair[1].lower)));
        let mut countries: Vec<usize> = singles.chain(pairs).map(|(number, _)| number).collect();
        countries.sort_unstable();
        countries.dedup();
        Description {
            head: singular(&head.lower),
            written: head.lower.clone(),
            terms: terms.into_iter().chain(countries.iter().map(|&number| country_term(number))).collect(),
            countries,
            opening: part[0].lower.clone(),
        }
    }

    /// More than one are meant.
    pub(super) fn is_plural(&self) -> bool {
        self.head != self.written
    }

    /// Somebody new, or nobody in particular: "a minister", "any group".
    pub(super) fn is_indefinite(&self) -> bool {
        is("indefinite", &self.opening)
    }
}

/// The country that a phrase names, whole: "the United States", "North Koreans", "Oslo".
pub(super) fn named_country(part: &[Word]) -> Option<(usize, CountryWord)> {
    let own: Vec<&Word> = part.iter().filter(|word| !is("determiners", &word.lower)).collect();
    let capital = own.first().is_some_and(|word| word.capital);
    let joined = own.iter().map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ");
    country(&joined).filter(|_| capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Description {
        let words = word_list(text, Span::new(0, text.len()));
        let (start, end) = head_part(&words);
        Description::read(&words[start..end])
    }

    #[test]
    fn parts_of_descriptions() {
        let leader = read("the former Norwegian leader of the group");
        assert_eq!((&*leader.head, &*leader.opening), ("leader", "the"));
        assert!(leader.terms.contains(&"former".to_owned()) && leader.countries.len() == 1);
        assert!(read("two envoys").is_plural() && read("two envoys").is_indefinite());
        assert_eq!(read("the U.S. envoy").countries, read("an American envoy").countries);
        assert_eq!(read("").head, "");
        assert_eq!(read("the envoy’s “friend”, Ana Holt").head, "friend");
    }

    #[test]
    fn countries_have_names_people_and_seats() {
        let named = |text: &str| named_country(&word_list(text, Span::new(0, text.len())));
        assert_eq!(named("the United States").map(|(number, _)| number), named("U.S.").map(|(number, _)| number));
        assert_eq!(named("Oslo").map(|(_, what)| what), Some(CountryWord::Seat));
        assert_eq!(named("us"), None);
    }
}
