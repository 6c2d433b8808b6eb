//! What a name names: evidence from the lists, from its own words and from the words around it, summed over the
//! article, so that one clear mention decides for all.
//!
//! The rules give points, few and small whole numbers: a listed name outweighs any context, a title or a head word
//! outweighs a preposition. The classifier reads them beside much else and decides between person, organisation, place
//! and anything else; whether that is a people or an event the rules say. Names that the lists know for sure have a
//! say of their own ([`favoured`]).

use twosource_model::NameKind;

use super::classifier::{Scores, scores};
use super::features::{Article, Cases, observe};
use super::find::{Found, Words};
use super::lexicon::{has, is, is_given, is_group, is_or_plural, is_place, joined};
use super::priors::prior;
use crate::document::Document;
use crate::tokens::{Token, TokenKind};

/// Points for each [`NameKind`], in the order of [`NameKind::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    points: [i32; 6],
    /// What the classifier makes of the same mentions.
    scores: Scores,
}

impl Evidence {
    fn add(&mut self, kind: NameKind, points: i32) {
        self.points[kind as usize] += points;
    }

    pub(super) fn join(&mut self, other: Evidence) {
        for (mine, points) in self.points.iter_mut().zip(other.points) {
            *mine += points;
        }
        self.scores.join(other.scores);
    }

    /// Says louder than any mention that the name is of a kind.
    pub(super) fn insist(&mut self, kind: NameKind) {
        self.scores.favour(kind, INSIST);
    }

    pub(super) fn of(&self, kind: NameKind) -> i32 {
        self.points[kind as usize]
    }

    /// The kind by the classifier; what is no person, organisation or place to it may be a people or an event to the
    /// rules.
    pub(super) fn kind(&self) -> NameKind {
        let ruled = self.ruled();
        match self.scores.kind() {
            None => ruled,
            Some(NameKind::Other) if matches!(ruled, NameKind::Group | NameKind::Event) => ruled,
            Some(kind) => kind,
        }
    }

    /// The kind with most points by the rules, the first of equals; [`NameKind::Other`] without any.
    pub(super) fn ruled(&self) -> NameKind {
        let best = self.points.iter().copied().max().unwrap_or(0);
        let kind = NameKind::ALL.iter().copied().find(|&kind| self.of(kind) == best);
        kind.filter(|_| best > 0).unwrap_or(NameKind::Other)
    }
}

/// What one mention says about the kind of its name, by the rules (`ruled`) and by the classifier.
pub(super) fn evidence(
    document: &Document<'_>,
    found: &Found,
    article: &Article<'_, '_>,
    ruled: &Evidence,
) -> Evidence {
    let mut evidence = *ruled;
    evidence.scores = scores(&observe(document, found, article, ruled));
    let address = || matches!(&document.tokens[found.tokens.clone()], [only] if only.lower.contains('@'));
    let (kind, units) = if is_family(document, found, article.cases) || address() {
        (NameKind::Other, FAMILY)
    } else {
        favoured(&document.tokens[found.tokens.clone()], &evidence)
    };
    evidence.scores.favour(kind, units);
    evidence
}

/// The kind that lists and rules know so well that they have a say beside the classifier, and how loud a say.
fn favoured(tokens: &[Token], evidence: &Evidence) -> (NameKind, i32) {
    let phrase = joined(tokens);
    let many = tokens.len() > 1;
    let known_person = many && tokens.len() <= 3 && is_given(&tokens[0]) && is("surname", &tokens[tokens.len() - 1]);
    let ruled = evidence.ruled();
    match () {
        () if !tokens[0].capital && small(&tokens[0], &phrase).1 > 0 => small(&tokens[0], &phrase),
        () if many && is_place(&phrase) => (NameKind::Place, LISTED),
        // "OR" is a name only behind the comma of a place.
        () if has("postal", &phrase) && has("function", &phrase) => (NameKind::Place, LISTED),
        () if many && (has("organisation", &phrase) || is_business(&tokens[tokens.len() - 1])) => {
            (NameKind::Organisation, LISTED)
        }
        () if (known_person || is_reversed(tokens)) && ruled == NameKind::Person => (NameKind::Person, LISTED),
        () if matches!(ruled, NameKind::Group | NameKind::Event | NameKind::Other) => (NameKind::Other, 0),
        () => (ruled, i32::from(evidence.of(ruled) >= STRONG)),
    }
}

/// "Holt Freight": the last word says what the name is as clearly as a list does.
fn is_business(last: &Token) -> bool {
    is("company head", last) && !is("surname", last) && !is("track", last)
}

/// The kind of a name without capitals, which only the lists can tell.
fn small(first: &Token, phrase: &str) -> (NameKind, i32) {
    let given = ["male", "female", "both"].iter().any(|section| is(section, first));
    match () {
        () if is_place(phrase) => (NameKind::Place, SMALL),
        () if has("organisation", phrase) => (NameKind::Organisation, SMALL),
        () if given => (NameKind::Person, SMALL),
        () => (NameKind::Other, 0),
    }
}

/// Points from which the rules have a say of their own: cross-validated, it costs nothing, and it keeps a plain case
/// right that the labelled texts have not.
const STRONG: i32 = 5;
/// Names of several words in the lists are hardly anything else.
const LISTED: i32 = 3;
/// The classifier has seen no name without its capital, so the lists decide.
const SMALL: i32 = 6;

/// What "Holt Freight" says of "Holt": a surname by itself speaks for a person whatever stands around it.
const INSIST: i32 = 9;

/// A plural the classifier has hardly seen; as [`NameKind::Other`] a family is no source that stands by itself beside
/// the company it owns.
const FAMILY: i32 = 9;
/// A step of a prior from which a word is hardly anything but a person's.
const SURELY: u8 = 14;

/// "The Holts", where the article names a Holt: a family, whatever the classifier makes of the plural.
fn is_family(document: &Document<'_>, found: &Found, cases: &Cases<'_>) -> bool {
    let name = &document.tokens[found.tokens.clone()];
    let [token] = name else { return false };
    let article = found.tokens.start.checked_sub(1).is_some_and(|before| document.tokens[before].is("the"));
    let Some(stem) = token.lower.strip_suffix('s').filter(|_| article) else { return false };
    let named = cases.get(stem).is_some_and(|&(capital, lower)| capital > 0 && lower == 0);
    let person = || has("surname", stem) || prior(stem).is_some_and(|prior| prior.0[0] >= SURELY);
    named && !is_group(&token.lower) && !is("organisation", token) && !is("team", token) && person()
}

/// What one mention says about the kind of its name by the rules.
pub(super) fn ruled(document: &Document<'_>, found: &Found) -> Evidence {
    let mut evidence = Evidence::default();
    let tokens = &document.tokens[found.tokens.clone()];
    let sentence = document.range(found.sentence);
    let words = Words { text: document.text(), tokens: &document.tokens };
    listed(tokens, words.is_acronym(found.tokens.start), &mut evidence);
    own_words(tokens, &mut evidence);
    if found.tokens.len() == 1 {
        shape(document, tokens, words.is_acronym(found.tokens.start), &mut evidence);
    }
    if !found.titles.is_empty() {
        evidence.add(NameKind::Person, 6);
    }
    let modifies =
        document.tokens[..sentence.end].get(found.tokens.end).is_some_and(|next| next.is_word() && !next.capital);
    let preceding = &document.tokens[sentence.start..found.tokens.start];
    with_article(preceding, tokens, &mut evidence);
    greeted(
        &document.tokens[sentence.clone()],
        found.titles.start.min(found.tokens.start) - sentence.start,
        &document.tokens[found.tokens.end..sentence.end],
        &mut evidence,
    );
    before(preceding, tokens.len(), modifies, &mut evidence);
    if is_reversed(tokens) || has_mail(&document.text()[found.words_span(document).end..]) {
        evidence.add(NameKind::Person, 6);
    }
    after(&document.tokens[found.tokens.end..sentence.end], &mut evidence);
    evidence
}

fn listed(tokens: &[Token], acronym: bool, evidence: &mut Evidence) {
    let phrase = joined(tokens);
    let shouted = phrase.len() <= 4 && tokens.len() == 1 && !phrase.contains('.');
    let short = acronym && has("shouted place", &phrase);
    if short || is_place(&phrase) && (!matches!(&*phrase, "us" | "dc") || acronym) {
        evidence.add(NameKind::Place, 7);
    }
    if is_group(&phrase) {
        evidence.add(NameKind::Group, 7);
    }
    if has("illness", &phrase) {
        evidence.add(NameKind::Other, 9);
    }
    if has("organisation", &phrase) && (!shouted || acronym || !is("common", &tokens[0])) {
        evidence.add(NameKind::Organisation, 7);
    }
}

/// The words of the name itself.
fn own_words(tokens: &[Token], evidence: &mut Evidence) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.iter().rfind(|token| token.is_word())) else { return };
    let of = tokens.iter().position(|token| token.is_any(&["of", "for"]));
    let head = of.filter(|&at| at > 0).map_or(last, |at| &tokens[at - 1]);
    for (section, kind) in [
        ("organisation head", NameKind::Organisation),
        ("place head", NameKind::Place),
        ("event head", NameKind::Event),
    ] {
        if is_or_plural(section, head) {
            evidence.add(kind, [0, 2, 5, 7][tokens.len().min(3)]);
        }
    }
    let many = tokens.len() > 1;
    if many && is("team", last) {
        evidence.add(NameKind::Organisation, 5);
    }
    if many && is("storm", first) {
        evidence.add(NameKind::Event, 12);
    }
    if is_given(first) {
        evidence.add(NameKind::Person, if many && of.is_none() { 6 } else { 4 });
    }
    if many {
        person_words(tokens, first, last, evidence);
        other_words(tokens, first, last, evidence);
    }
}

/// What makes a name of several words a person's: initials, "van", "Jr", words no dictionary has.
fn person_words(tokens: &[Token], first: &Token, last: &Token, evidence: &mut Evidence) {
    let initial = |token: &Token| token.lower.ends_with('.') && token.lower.chars().count() == 2;
    let general = |token: &Token| token.is_any(&["de", "la", "le", "y", "e", "du"]);
    let middle = |token: &Token| !token.capital && is("part", token) && !general(token);
    if is("suffix", last) || tokens.iter().any(|token| initial(token) || middle(token)) {
        evidence.add(NameKind::Person, 5);
    }
    if tokens.len() <= 3 && tokens.iter().all(|token| token.capital && token.lower.len() > 1) {
        let plain = |token: &Token| is_or_plural("common", token);
        let points = match (plain(first), plain(last)) {
            (_, true) => 0,
            (true, false) => 1,
            (false, false) => 3,
        };
        evidence.add(NameKind::Person, points);
    }
    if tokens.len() <= 3
        && is("surname", last)
        && first.capital
        && !is("place opener", first)
        && !is_place(&joined(tokens))
    {
        evidence.add(NameKind::Person, 3);
    }
}

/// What makes a name of several words an organisation's, a place's or a people's.
fn other_words(tokens: &[Token], first: &Token, last: &Token, evidence: &mut Evidence) {
    if is("organisation suffix", last) {
        evidence.add(NameKind::Organisation, 8);
    }
    if tokens.iter().any(|token| token.is("&")) {
        evidence.add(NameKind::Organisation, 6);
    }
    if is("organisation", first) {
        evidence.add(NameKind::Organisation, 5);
    }
    if is_place(&first.lower) && !is_given(first) {
        evidence.add(NameKind::Organisation, 2);
    }
    if is("place opener", first) && !is_or_plural("organisation head", last) {
        evidence.add(NameKind::Place, 4);
    }
    if tokens.iter().all(|token| is_group(&token.lower)) {
        evidence.add(NameKind::Group, 9);
    } else if is("country", last) && is_group(&first.lower) {
        evidence.add(NameKind::Place, 7);
    }
}

/// The shape of a name of one word.
fn shape(document: &Document<'_>, tokens: &[Token], acronym: bool, evidence: &mut Evidence) {
    let word = document.words(tokens[0].span);
    let inner = word.char_indices().skip(1).find(|&(_, c)| c.is_uppercase());
    let stem = inner.map_or("", |(at, _)| word[..at].trim_end_matches(['-', '\'', '’']));
    if acronym {
        evidence.add(NameKind::Organisation, 4);
    } else if has("surname start", &stem.to_lowercase()) {
        evidence.add(NameKind::Person, 2);
    } else if !stem.is_empty() && !word.contains(['-', '\'', '’']) {
        evidence.add(NameKind::Organisation, 3);
    }
}

/// "The Atlantic" with its article is a magazine; "MI" behind a comma a state.
fn with_article(before: &[Token], name: &[Token], evidence: &mut Evidence) {
    let Some(last) = before.last() else { return };
    let phrase = joined(name);
    if last.is("the") && last.capital && before.len() > 1 && has("organisation", &format!("the {phrase}")) {
        evidence.add(NameKind::Organisation, 9);
    }
    if last.is(",") && has("postal", &phrase) {
        evidence.add(NameKind::Place, 9);
    }
}

/// "Dear Ana," and a line that is only "Ana," or ends "Regards, Ana": whoever writes and is written to.
fn greeted(sentence: &[Token], start: usize, after: &[Token], evidence: &mut Evidence) {
    let before = &sentence[..start.min(sentence.len())];
    let called = after.len() == 1 && after[0].is(",") && before.is_empty();
    let hailed = before.last().is_some_and(|last| is("greeting", last))
        || before.len() > 1 && before[before.len() - 1].is(",") && is("greeting", &before[before.len() - 2]);
    if called || hailed {
        evidence.add(NameKind::Person, 4);
    }
}

/// "Holt, Ana" as an address book has it; not "Holt, Inc."
fn is_reversed(tokens: &[Token]) -> bool {
    let [family, comma, given] = tokens else { return false };
    let tail = |token: &Token| is("suffix", token) || is("organisation suffix", token) || is_place(&token.lower);
    comma.is(",") && given.capital && !tail(given) && !is_place(&family.lower)
}

/// "<ana@example.org>" behind a name, or behind the quotation mark that closes it.
fn has_mail(after: &str) -> bool {
    let after = after.trim_start_matches(['"', '”', '\'', ' ']);
    let address = after.strip_prefix('<').map(|rest| rest.chars().take(80).take_while(|&c| c != '>' && c != '\n'));
    address.is_some_and(|mut letters| letters.any(|c| c == '@'))
}

/// `modifies`: a plain word follows, so that an article before the name may be that word's ("the Holt campaign").
fn before(before: &[Token], length: usize, modifies: bool, evidence: &mut Evidence) {
    let Some(last) = before.last() else { return };
    if is("at place", last) && length <= 3 {
        evidence.add(NameKind::Place, 2);
    } else if last.is("the") && !modifies {
        evidence.add(NameKind::Person, -3);
        evidence.add(NameKind::Organisation, 2);
    } else if last.is("by") {
        evidence.add(NameKind::Person, 1);
    } else if is("speech", last) {
        evidence.add(NameKind::Person, 2);
    } else if is_or_plural("role", last) {
        evidence.add(NameKind::Person, 5);
    } else if is_or_plural("org role", last) {
        evidence.add(NameKind::Organisation, 3);
    }
    // "The operator, Holt Docks": the role stands in apposition.
    let role = before.len().checked_sub(2).map(|at| &before[at]).filter(|_| last.is(",") && length > 1);
    let definite = before[before.len().saturating_sub(6)..].iter().any(|token| token.is("the"));
    if let Some(role) = role.filter(|_| definite) {
        if is("org role", role) {
            evidence.add(NameKind::Organisation, 4);
        } else if is("role", role) {
            evidence.add(NameKind::Person, 2);
        }
    }
    let place_of = last.is("of") && before.len() > 1 && is_or_plural("place role", &before[before.len() - 2]);
    if place_of || is("place role", last) {
        evidence.add(NameKind::Place, 4);
    }
}

fn after(after: &[Token], evidence: &mut Evidence) {
    let Some(next) = after.first() else { return };
    let article = |at: usize| after.get(at).is_some_and(|token| token.is_any(&["a", "an", "the", "one"]));
    if next.is_any(&["is", "was", "are", "were"]) && article(1) {
        apposition(&after[2..], evidence);
    }
    if is("speech", next) {
        evidence.add(NameKind::Person, 2);
        evidence.add(NameKind::Organisation, 1);
    } else if next.is("who") {
        evidence.add(NameKind::Person, 3);
    } else if is("possessed role", next) {
        evidence.add(NameKind::Person, 1);
    } else if is_apposed(after) {
        evidence.add(NameKind::Organisation, 5);
    } else if is_or_plural("org role", next) {
        evidence.add(NameKind::Organisation, 2);
    } else if is("place role", next) {
        evidence.add(NameKind::Place, 3);
    }
    if !next.is_any(&[",", "("]) {
        return;
    }
    let Some(second) = after.get(1) else { return };
    let closed = after.get(2).is_some_and(|token| token.is_any(&[",", ")", "."]));
    if second.kind == TokenKind::Number && closed && second.span.len() <= 2 {
        evidence.add(NameKind::Person, 5);
    } else if next.is(",") && second.capital && closed && (is("state", second) || is("country", second)) {
        evidence.add(NameKind::Place, 3);
    } else if second.is("who") {
        evidence.add(NameKind::Person, 4);
    } else if next.is(",") && second.is_any(&["a", "an", "the"]) {
        apposition(&after[2..], evidence);
    }
}

/// "… rebel group", "… news agency": the name is the group's own.
fn is_apposed(after: &[Token]) -> bool {
    let modifier = |token: &Token| is("loaded", token) || is("title modifier", token) || token.is("news");
    let head = after.iter().take(3).find(|token| !modifier(token));
    head.is_some_and(|head| is("apposed role", head))
}

/// "…, the chief negotiator of", "…, a town near": the first role among the next words.
fn apposition(words: &[Token], evidence: &mut Evidence) {
    let simple = |token: &&Token| token.is_word() && !is("function", token);
    for token in words.iter().take(6).take_while(simple) {
        for (section, kind) in
            [("role", NameKind::Person), ("org role", NameKind::Organisation), ("place role", NameKind::Place)]
        {
            if is(section, token) {
                evidence.add(kind, 4);
                return;
            }
        }
    }
}
