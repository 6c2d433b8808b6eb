//! Names by pattern: what titles, known given names, legal forms, known places and, where a language has them,
//! capitals tell.
//!
//! A language says with `[case]` what a capital means: in `names` (French, Spanish) a capital inside a sentence makes
//! a name; in `nouns` (German) every noun has one, so a name needs another sign; in `none` (Arabic) there are none. We
//! would rather miss a name than make one of a noun, and rather keep two people apart than join them by a surname.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use twosource_model::{BlockKind, Entity, Mention, MentionForm, NameKind, Span};

use crate::document::Document;
use crate::names::Names;
use crate::names::lists::Lists;
use crate::tokens::{Token, TokenKind};

/// The lists of `names.txt`.
#[derive(Debug)]
pub(crate) struct Lexicon {
    lists: Lists,
    case: Case,
    title_endings: Vec<&'static str>,
    /// Known places of several words by their first word.
    places: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    /// What an article looks like where it is part of the word.
    article: Vec<&'static str>,
}

/// What a capital means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Names,
    Nouns,
    None,
}

/// A name has at most so many words.
const LONGEST: usize = 7;

/// The parts of a run of capitals that nothing tells to be a person.
const LONGEST_RUN: usize = 5;

impl Lexicon {
    /// Reads a data file that is part of the program.
    pub(crate) fn new(file: &'static str) -> Lexicon {
        let lists = Lists::new(&[file]);
        let case = match lists.entries_of("case").first() {
            Some(&"names") => Case::Names,
            Some(&"nouns") => Case::Nouns,
            _ => Case::None,
        };
        let mut places: BTreeMap<_, Vec<Vec<_>>> = BTreeMap::new();
        for place in lists.entries_of("places").into_iter().filter(|place| place.contains(' ')) {
            let words: Vec<_> = place.split(' ').collect();
            places.entry(words[0]).or_default().push(words);
        }
        Lexicon {
            case,
            article: lists.entries_of("article"),
            title_endings: lists.entries_of("title_endings"),
            places,
            lists,
        }
    }

    fn has(&self, section: &str, token: &Token) -> bool {
        self.lists.has(section, &token.lower)
    }

    fn is_title(&self, token: &Token) -> bool {
        self.has("titles", token)
            || self.title_endings.iter().any(|ending| token.lower.len() > ending.len() && token.lower.ends_with(ending))
    }
}

/// A name in tokens.
#[derive(Clone, Debug)]
struct Found {
    tokens: Range<usize>,
    /// With the title before it.
    phrase: Range<usize>,
    kind: NameKind,
}

/// Finds the names of an article and what they mean.
pub(crate) fn names(document: &Document<'_>, lexicon: &Lexicon) -> Names {
    let tokens = &document.tokens;
    let mut finder = Finder { tokens, text: document.text(), lexicon, inside: inside(tokens), found: Vec::new() };
    // "Source: …" and the like are no text.
    let text = |&sentence: &usize| document.block_kind(sentence) != BlockKind::Other;
    for sentence in (0..document.sentences.len()).filter(text) {
        finder.sentence(document.range(sentence));
    }
    let mut found = finder.found;
    surnames(document, lexicon, &mut found);
    entities(document, &found)
}

struct Finder<'a> {
    tokens: &'a [Token],
    text: &'a str,
    lexicon: &'a Lexicon,
    /// What [`inside`] gives.
    inside: BTreeSet<&'a str>,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn sentence(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let hit =
                self.titled(at, &range).or_else(|| self.person(at, &range)).or_else(|| self.known_place(at, &range));
            let hit = hit.or_else(|| self.organisation(at, &range)).or_else(|| self.capitals(at, &range));
            match hit {
                Some(hit) => {
                    at = hit.phrase.end.max(at + 1);
                    self.found.push(hit);
                }
                None => at += 1,
            }
        }
    }

    /// Whether a word can be a part of a name.
    fn is_part(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let shaped = self.lexicon.case == Case::None || token.capital;
        let place = self.lexicon.case == Case::None && self.lexicon.has("places", token);
        token.is_word() && shaped && !place && !self.lexicon.has("not_names", token) && !self.lexicon.is_title(token)
    }

    fn is_given(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        (token.capital || self.lexicon.case == Case::None) && self.lexicon.has("given", token)
    }

    fn is_initial(&self, at: usize) -> bool {
        let words = self.tokens[at].span.of(self.text);
        words.chars().count() == 2 && words.ends_with('.') && words.starts_with(char::is_uppercase)
    }

    /// The end of a person's name that starts at `at`: further parts, initials and particles before a part.
    fn name_end(&self, at: usize, range: &Range<usize>, most: usize) -> usize {
        let mut end = at + 1;
        let mut parts = 1;
        while end < range.end && parts < most && end < at + LONGEST {
            let mut next = end;
            // "Karl von der Heide", but "Anna Berg | von der Partei".
            let joins = parts == 1 && self.is_given(at) || most == LONGEST_RUN;
            while joins && next < range.end && next < end + 3 && self.lexicon.has("particles", &self.tokens[next]) {
                next += 1;
            }
            if next < range.end && (self.is_part(next) || self.is_initial(next)) {
                end = next + 1;
                parts += 1;
            } else {
                break;
            }
        }
        end
    }

    /// "Bürgermeisterin Anna Berg", "M. Holm", "السيد كريم حداد".
    fn titled(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        if !self.lexicon.is_title(&self.tokens[at]) {
            return None;
        }
        let mut start = at + 1;
        while start < range.end && start < at + 6 && self.goes_on_with_title(start) {
            start += 1;
        }
        let strong = (at..start).any(|at| self.lexicon.has("forms_of_address", &self.tokens[at]));
        let first = start;
        // "M. de la Vega": particles belong to the name behind a form of address.
        let particles = self.lexicon.has("before_particles", &self.tokens[at]);
        while particles && start < range.end && start < first + 3 && self.lexicon.has("particles", &self.tokens[start])
        {
            start += 1;
        }
        if start >= range.end || !self.is_part(start) {
            return None;
        }
        let given = self.is_given(start);
        let most = if self.lexicon.case == Case::None { self.parts_without_case(start, range) } else { 3 };
        let end = self.name_end(start, range, most);
        let several = end > start + 1;
        let sure = match self.lexicon.case {
            Case::Names => true,
            // "Ministerin Berg" and "Kapitän Ende": a form of address, a given name, or two words for the name.
            Case::Nouns => strong || given || several || self.ends_name(start + 1, range),
            Case::None => strong || given,
        };
        sure.then_some(Found { tokens: first..end, phrase: at..end, kind: NameKind::Person })
    }

    /// Titles, their stops, and what stands between a title and the name: "presidente del Parlamento" does not.
    fn goes_on_with_title(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let stop = token.is(".") && self.tokens[at - 1].span.end == token.span.start;
        stop || self.lexicon.is_title(token) || self.lexicon.has("of_titles", token)
    }

    /// Whether nothing that could belong to a longer noun phrase follows.
    fn ends_name(&self, at: usize, range: &Range<usize>) -> bool {
        at >= range.end || !(self.tokens[at].is_word() && self.tokens[at].capital)
    }

    /// A known given name with what follows it.
    fn person(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        if !self.is_given(at) {
            return None;
        }
        let most = match self.lexicon.case {
            Case::None => self.parts_without_case(at, range),
            _ => 4,
        };
        let end = self.name_end(at, range, most);
        (end > at + 1).then_some(Found { tokens: at..end, phrase: at..end, kind: NameKind::Person })
    }

    /// Without capitals a second word is a name where it is a known one or has the article, after a verb of saying
    /// also where the clause goes on behind it.
    fn parts_without_case(&self, at: usize, range: &Range<usize>) -> usize {
        let is_name = |at: usize| {
            at < range.end
                && (self.lexicon.has("given", &self.tokens[at])
                    || self.lexicon.has("family", &self.tokens[at])
                    || self.lexicon.has("particles", &self.tokens[at])
                    || self.has_article(at))
        };
        let said = at > range.start && self.lexicon.has("before_people", &self.tokens[at - 1]);
        let third = is_name(at + 1) && is_name(at + 2) && !self.has_article(at + 2);
        let known = 1 + usize::from(is_name(at + 1)) + usize::from(third);
        if said { known.max(2) } else { known }
    }

    fn known_place(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        let place = |end: usize| Some(Found { tokens: at..end, phrase: at..end, kind: NameKind::Place });
        if self.lexicon.case != Case::None && !self.tokens[at].capital {
            return None;
        }
        let stands = |words: &[&str]| {
            at + words.len() <= range.end && words.iter().zip(&self.tokens[at..]).all(|(word, token)| token.is(word))
        };
        let places = self.lexicon.places.get(&*self.tokens[at].lower).into_iter().flatten();
        if let Some(words) = places.filter(|words| stands(words)).max_by_key(|words| words.len()) {
            return place(at + words.len());
        }
        let alone = at + 1 >= range.end || !self.tokens[at + 1].capital || self.lexicon.case != Case::Names;
        (alone && self.lexicon.has("places", &self.tokens[at])).then(|| place(at + 1))?
    }

    /// An acronym, a name before a legal form, or the words behind "Ministerio", "وزارة".
    fn organisation(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        let found = |end: usize| Some(Found { tokens: at..end, phrase: at..end, kind: NameKind::Organisation });
        let words = self.tokens[at].span.of(self.text);
        let acronym = self.tokens[at].is_word()
            && (2..=6).contains(&words.len())
            && words.chars().filter(char::is_ascii_uppercase).count() >= 2
            && words.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
            && !self.lexicon.has("not_names", &self.tokens[at]);
        if let Some(end) = self.legal(at, range) {
            return found(end);
        }
        if self.lexicon.has("organisation_heads", &self.tokens[at]) {
            return self.headed(at, range).and_then(found);
        }
        if acronym { found(at + 1) } else { None }
    }

    fn has_article(&self, at: usize) -> bool {
        self.lexicon.article.iter().any(|article| self.tokens[at].lower.starts_with(article))
    }

    /// "Hallbrück Werke GmbH".
    fn legal(&self, at: usize, range: &Range<usize>) -> Option<usize> {
        let mut end = at;
        while end < range.end
            && end < at + 5
            && self.is_part(end)
            && !self.lexicon.has("legal_forms", &self.tokens[end])
        {
            end += 1;
        }
        (end > at
            && end < range.end
            && self.lexicon.has("legal_forms", &self.tokens[end])
            && self.tokens[end].span.of(self.text).contains(char::is_uppercase))
        .then_some(end + 1)
    }

    /// The end of a name that starts with a kind of body.
    fn headed(&self, at: usize, range: &Range<usize>) -> Option<usize> {
        let belongs = |at: usize| match self.lexicon.case {
            Case::None => {
                let token = &self.tokens[at];
                token.is_word() && self.has_article(at) && !self.lexicon.has("not_names", token)
            }
            _ => self.is_part(at),
        };
        let mut end = at + 1;
        while end < range.end && end < at + LONGEST {
            let mut next = end;
            while next < range.end && next < end + 2 && self.lexicon.has("joiners", &self.tokens[next]) {
                next += 1;
            }
            if next < range.end && belongs(next) { end = next + 1 } else { break }
        }
        (end > at + 1).then_some(end)
    }

    /// A run of capitals inside a sentence, where a capital makes a name.
    fn capitals(&self, at: usize, range: &Range<usize>) -> Option<Found> {
        if self.lexicon.case != Case::Names || !self.is_part(at) || self.tokens[at].kind != TokenKind::Word {
            return None;
        }
        let end = self.name_end(at, range, LONGEST_RUN);
        let opens = at == range.start
            || !self.tokens[at - 1].is_word() && !self.tokens[at - 1].is(",") && !self.tokens[at - 1].is("(");
        if opens && end == at + 1 && !self.recurs(at) {
            return None;
        }
        let before = at.checked_sub(1).filter(|&before| before >= range.start);
        let placed =
            before.is_some_and(|before| self.lexicon.has("place_before", &self.tokens[before])) && end == at + 1;
        let kind = if placed { NameKind::Place } else { NameKind::Other };
        Some(Found { tokens: at..end, phrase: at..end, kind })
    }

    /// Whether the word at the start of a sentence stands with a capital inside another one as well.
    fn recurs(&self, at: usize) -> bool {
        self.inside.contains(&*self.tokens[at].lower)
    }
}

/// The words that have a capital behind one that has none.
fn inside(tokens: &[Token]) -> BTreeSet<&str> {
    let capital = |pair: &&[Token]| pair[0].is_word() && !pair[0].capital && pair[1].is_word() && pair[1].capital;
    tokens.windows(2).filter(capital).map(|pair| &*pair[1].lower).collect()
}

/// Adds the surnames that stand alone of people who are named in full elsewhere.
fn surnames(document: &Document<'_>, lexicon: &Lexicon, found: &mut Vec<Found>) {
    let full = found.iter().filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1);
    let surnames: BTreeSet<&str> = full.map(|name| &*document.tokens[name.tokens.end - 1].lower).collect();
    let covered: BTreeSet<usize> = found.iter().flat_map(|name| name.phrase.clone()).collect();
    let alone = (0..document.tokens.len()).filter(|at| {
        let token = &document.tokens[*at];
        let shaped = token.capital || lexicon.case == Case::None;
        shaped && token.is_word() && surnames.contains(&*token.lower) && !covered.contains(at)
    });
    let alone: Vec<_> =
        alone.map(|at| Found { tokens: at..at + 1, phrase: at..at + 1, kind: NameKind::Person }).collect();
    found.extend(alone);
    found.sort_by_key(|name| name.tokens.start);
}

/// Joins names that are written alike, a surname with the one person who has it, and an acronym in brackets with the
/// name before it.
fn entities(document: &Document<'_>, found: &[Found]) -> Names {
    let words = |name: &Found| -> Vec<&str> {
        document.tokens[name.tokens.clone()].iter().map(|token| &*token.lower).collect()
    };
    let mut people: BTreeMap<&str, BTreeSet<Vec<&str>>> = BTreeMap::new();
    for name in found.iter().filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1) {
        people.entry(&document.tokens[name.tokens.end - 1].lower).or_default().insert(words(name));
    }
    let mut names = Names::default();
    let mut known: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut last: Option<(usize, usize)> = None;
    for name in found {
        let mut key = words(name);
        if let (1, Some(full)) = (key.len(), people.get(key[0])) {
            match full.len() {
                1 => key = full.first().cloned().unwrap_or(key),
                _ if name.phrase == name.tokens => continue,
                _ => {}
            }
        }
        let bracketed = last.filter(|&(end, _)| {
            end + 1 == name.tokens.start && document.tokens[end].is("(") && name.kind == NameKind::Organisation
        });
        let next = names.entities.len();
        let entity = bracketed.map(|(_, entity)| entity).or_else(|| known.get(&key).copied()).unwrap_or(next);
        known.entry(key).or_insert(entity);
        if entity == next {
            names
                .entities
                .push(Entity { name: document.words(span(document, &name.tokens)).to_owned(), kind: name.kind });
        }
        let full = document.words(span(document, &name.tokens));
        if name.kind == NameKind::Person && full.chars().count() > names.entities[entity].name.chars().count() {
            names.entities[entity].name = full.to_owned();
        }
        last = Some((name.tokens.end, entity));
        names.mentions.push(Mention {
            span: span(document, &name.tokens),
            phrase: span(document, &name.phrase),
            form: MentionForm::Name,
            entity,
        });
    }
    names
}

fn span(document: &Document<'_>, tokens: &Range<usize>) -> Span {
    document.tokens[tokens.start].span.cover(document.tokens[tokens.end - 1].span)
}
