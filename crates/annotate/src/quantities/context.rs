//! The words around a number: its bound, what it counts, and whether it is a number at all or part of a name.

use std::sync::LazyLock;

use twosource_model::{Bound, Span};

use crate::lexicon::{Lexicon, WordList};
use crate::pieces::Piece;
use crate::tokens::TokenKind;

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    let lexicon = Lexicon::parse(include_str!("../../data/en/quantities_words.txt"));
    let bounds = |names: &[(&str, Bound)]| names.iter().map(|&(name, bound)| (lexicon.list(name), bound)).collect();
    Lists {
        before: bounds(&[
            ("at_least", Bound::AtLeast),
            ("at_most", Bound::AtMost),
            ("more_than", Bound::MoreThan),
            ("less_than", Bound::LessThan),
            ("about", Bound::About),
        ]),
        after: bounds(&[("or_more", Bound::AtLeast), ("or_less", Bound::AtMost), ("or_so", Bound::About)]),
        label: lexicon.list("label"),
        street: lexicon.list("street"),
        not_one: lexicon.list("not_one"),
        stop: lexicon.list("stop"),
        more: lexicon.list("more"),
        article: lexicon.list("article"),
        ranging: lexicon.list("ranging"),
        changing: lexicon.list("changing"),
    }
});

/// The lists of `data/en/quantities_words.txt`.
struct Lists {
    /// Bounds that stand before a number.
    before: Vec<(WordList, Bound)>,
    /// Bounds that stand after one.
    after: Vec<(WordList, Bound)>,
    label: WordList,
    street: WordList,
    not_one: WordList,
    stop: WordList,
    more: WordList,
    article: WordList,
    ranging: WordList,
    changing: WordList,
}

/// "anywhere from", "ranging from".
pub(super) fn is_ranging(piece: &Piece) -> bool {
    LISTS.ranging.has(&piece.lower)
}

/// "rose", "a cut".
pub(super) fn is_changing(piece: &Piece) -> bool {
    LISTS.changing.has(&piece.lower)
}

/// The bound before a number and the piece it starts at; the longest phrase wins ("no more than", not "more than").
pub(super) fn bound_before(pieces: &[Piece], at: usize) -> Option<(Bound, usize)> {
    let lengths = LISTS.before.iter().map(|(list, bound)| (list.length_before(&pieces[..at]), *bound));
    let (length, bound) = lengths.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    (length > 0).then(|| (bound, at - length))
}

/// The bound after a number and how many pieces it takes.
pub(super) fn bound_after(pieces: &[Piece], at: usize) -> Option<(Bound, usize)> {
    let rest = &pieces[at..];
    let loose = rest.first().is_some_and(|piece| piece.is("+") && !pieces[at - 1].touches(piece));
    let lengths = LISTS.after.iter().filter(|_| !loose).map(|(list, bound)| (*bound, list.length_at(rest)));
    lengths.into_iter().find(|(_, length)| *length > 0)
}

/// Whether the number at `at` is part of a name, an address or an id; `measured` where a unit touches its digits.
pub(super) fn in_name(pieces: &[Piece], at: usize, length: usize, measured: bool) -> bool {
    let piece = &pieces[at];
    let end = at + length;
    let next = pieces.get(end);
    let before = at.checked_sub(1).map(|before| &pieces[before]);
    let glued = piece.glued && !before.is_some_and(|before| before.is_any(&["minus", "plus", "now", "sub"]));
    let stuck = !piece.glued && before.is_some_and(|before| before.touches(piece) && !opens(before));
    let web = next.is_some_and(|next| pieces[end - 1].touches(next) && next.is_any(&["/", "@", "_", "=", "&", ":"]));
    if glued || stuck || web && !measured {
        return true;
    }
    if !piece.is_number() {
        return spelled_name(pieces, at, end);
    }
    let model = after_name(pieces, at) && next.is_some_and(|next| next.is_word() && next.capital);
    let unit = measured || super::units::after(pieces, end).is_some();
    if !unit && (model || is_year(piece) && !piece.lower.ends_with('0')) {
        return true;
    }
    if measured || counts(pieces, end) {
        return false;
    }
    let zero = piece.lower.len() > 1 && piece.lower.starts_with('0') && !piece.lower.contains('.');
    let label = |at: usize| LISTS.label.has(&pieces[at].lower);
    let numbered = match before {
        Some(before) if before.is(".") => at > 1 && label(at - 2),
        Some(before) => before.is("#") || label(at - 1),
        None => false,
    };
    zero || numbered
        || after_name(pieces, at)
        || before_name(pieces, at, end)
        || is_year(piece)
        || is_far_year(pieces, at)
}

/// "the Five", "Twenty-First", "one-sided".
fn spelled_name(pieces: &[Piece], at: usize, end: usize) -> bool {
    let titled = at > 0 && pieces[at].capital && pieces[at - 1].is("the");
    let compound = pieces.get(end).is_some_and(|next| {
        let counted = !pieces[at].is_any(&["zero", "one"]) && !next.capital && !next.is("way");
        let counted = counted && !["ed", "th", "first", "second", "third"].iter().any(|end| next.lower.ends_with(end));
        next.glued && !counted && super::units::after(pieces, end).is_none()
    });
    titled || compound
}

/// "Galaxy 12", "Big 12": a capitalised word before the digits.
fn after_name(pieces: &[Piece], at: usize) -> bool {
    at.checked_sub(2).is_some_and(|start| {
        let (first, last) = (&pieces[start], &pieces[at - 1]);
        let starts = !matches!(first.kind, TokenKind::Sign) || first.is_any(&[",", "%"]);
        last.is_word() && last.capital && starts && !LISTS.stop.has(&last.lower)
    })
}

/// "60 Minutes", "787 Dreamliner": digits before a capitalised word that names no people.
fn before_name(pieces: &[Piece], at: usize, end: usize) -> bool {
    let digits = pieces[at].lower.bytes().all(|byte| byte.is_ascii_digit());
    digits && pieces.get(end).is_some_and(|next| next.is_word() && next.capital && !plural(next))
}

/// Four digits that are more likely a year that no rule of time has taken.
fn is_year(piece: &Piece) -> bool {
    piece.lower.len() == 4 && piece.lower.parse().is_ok_and(|year: u32| (1950..2050).contains(&year))
}

/// "by 2120": four digits where a year stands.
fn is_far_year(pieces: &[Piece], at: usize) -> bool {
    let year =
        pieces[at].lower.len() == 4 && pieces[at].lower.parse().is_ok_and(|year: u32| (1100..2200).contains(&year));
    year && at > 0 && pieces[at - 1].is_any(&["by", "in", "until", "since", "till"])
}

/// "16-18 Industrial Avenue".
pub(super) fn is_address(pieces: &[Piece], at: usize, end: usize) -> bool {
    let name = pieces[end.min(pieces.len())..].iter().take(4).take_while(|piece| piece.is_word() && piece.capital);
    pieces[at].is_number() && name.last().is_some_and(|last| LISTS.street.has(&last.lower))
}

/// Signs that may touch a number from the left.
fn opens(piece: &Piece) -> bool {
    piece.kind == TokenKind::Sign && !piece.is_any(&["#", "@", "/", ".", "_", "&", "=", ":", ",", "\\", "*"])
}

/// Whether something is counted, or measured, after a number: a plural within three words, a unit, a share.
fn counts(pieces: &[Piece], end: usize) -> bool {
    let unit = super::units::after(pieces, end);
    if let Some((unit, _)) = unit {
        return !(unit.kind == super::units::Kind::Time && pieces[end].capital);
    }
    counts_plural(pieces, end)
}

/// Whether a plural stands within three words from `end`.
pub(super) fn counts_plural(pieces: &[Piece], end: usize) -> bool {
    let phrase = pieces[end.min(pieces.len())..].iter().take(3);
    phrase
        .take_while(|piece| piece.is_word() && !LISTS.stop.has(&piece.lower))
        .any(|piece| !piece.capital && plural(piece))
}

fn plural(piece: &Piece) -> bool {
    let word = &*piece.lower;
    word.ends_with('s') && !word.ends_with("ss")
        || ["ese", "ish", "men", "people", "ren"].iter().any(|end| word.ends_with(end))
}

/// Whether a bare number is an age: "Rossi, 65, said", "aged 65".
pub(super) fn is_age(pieces: &[Piece], at: usize, end: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| &pieces[at]);
    let aged = before(1).is_some_and(|before| before.is_any(&["aged", "age"]));
    let set_off = before(1).is_some_and(|comma| comma.is(","))
        && before(2).is_some_and(|name| name.is_word() && name.capital)
        && pieces.get(end).is_some_and(|next| next.is_any(&[",", ".", ";"]));
    aged || set_off
}

/// "one of the men": it picks one of several.
pub(super) fn is_one_of(pieces: &[Piece], at: usize) -> bool {
    let all = pieces.get(at + 2).is_some_and(|piece| LISTS.article.has(&piece.lower));
    let named = pieces.get(at + 3).is_some_and(|piece| piece.is_word() || piece.is_number());
    pieces[at].is("one") && pieces.get(at + 1).is_some_and(|of| of.is("of")) && all && named
}

/// Whether "one" is a pronoun where it stands.
pub(super) fn is_pronoun(pieces: &[Piece], at: usize, end: usize) -> bool {
    let one = pieces[at].is("one") && end == at + 1;
    let noun = pieces
        .get(end)
        .is_some_and(|next| next.is_word() && !LISTS.not_one.has(&next.lower) && !LISTS.stop.has(&next.lower));
    let which = at > 0
        && pieces[at - 1].is_any(&["this", "that", "the", "which", "no", "any", "each", "every", "another", "some"]);
    one && (!noun && !is_one_of(pieces, at) || which)
}

/// How many words of a noun phrase are read.
const LONGEST: usize = 8;

/// The noun phrase that starts at `at`: up to a verb, a preposition other than "of", or a sign.
pub(super) fn counted(pieces: &[Piece], at: usize) -> Option<Span> {
    let mut end = at;
    let mut of = false;
    let mut nouns = 0;
    for (index, piece) in pieces.iter().enumerate().skip(at).take(LONGEST) {
        let article = of && pieces[index - 1].is("of");
        if piece.is("of") && nouns > 0 && !of {
            of = true;
        } else if article && LISTS.article.has(&piece.lower) {
            continue;
        } else if is_nominal(piece) && !ends_phrase(&pieces[at..index], piece, nouns) {
            nouns += 1;
            end = index + 1;
        } else {
            break;
        }
    }
    (end > at).then(|| pieces[at].span.cover(pieces[end - 1].span))
}

fn is_nominal(piece: &Piece) -> bool {
    piece.kind == TokenKind::Word && (LISTS.more.has(&piece.lower) || !LISTS.stop.has(&piece.lower))
}

/// A plural ends its phrase, but for another plural ("sports cars"); so does a participle ("people wounded").
fn ends_phrase(phrase: &[Piece], next: &Piece, nouns: usize) -> bool {
    let participle = next.lower.len() > 4 && (next.lower.ends_with("ed") || next.lower.ends_with("ing"));
    let full = phrase.last().is_some_and(|last| !last.is("of") && plural(last)) && !plural(next);
    nouns > 0 && (participle || full) && !next.glued
}
