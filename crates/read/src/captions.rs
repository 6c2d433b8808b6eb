//! Is a line the text under a picture, or the name of who made it?
//!
//! A caption shows itself by how it opens ("FILE PHOTO:"), by a credit at its end ("(Anna Berg/Nova)", "NOVA/Anna
//! Berg", "… / NOVA"), or by saying in the present tense what is to be seen on a full date. A paragraph called a
//! caption loses its claims, so a long line, or one that tells rather than shows, needs the stronger signs.

use twosource_model::Span;

use crate::lines::{Line, ends_sentence, sentences};
use crate::words::{LISTS, Token, tokens};

/// What a line is to a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// What is to be seen, with or without who made it.
    Caption,
    /// Only who made it.
    Credit,
    /// A paragraph; from this byte of the line on a credit is glued to it.
    Glued(usize),
}

/// Longer lines are paragraphs with something glued to them.
const LONGEST: usize = 110;

/// Whether a line belongs to a picture.
pub(crate) fn picture(line: &Line) -> Option<Picture> {
    if LISTS.caption.opens(&line.tokens) && line.words <= LONGEST {
        let has_words = line.words > 6 || !line.tokens.iter().skip(1).any(|token| LISTS.is_photo_agency(&token.lower));
        return Some(if has_words { Picture::Caption } else { Picture::Credit });
    }
    if let Some(start) = credit_at_end(line) {
        return Some(with_credit(line, start));
    }
    (ends_with_name(line) || shows_on_date(line)).then_some(Picture::Caption)
}

fn with_credit(line: &Line, start: usize) -> Picture {
    let before = line.text[..start].trim_end();
    let told = sentences(before).len();
    match () {
        () if before.is_empty() => Picture::Credit,
        () if line.words > LONGEST || told > 4 => Picture::Glued(start),
        // "… he said. (Reuters)" signs a text, unless the line shows what a picture does.
        () if is_signature(line, start) && !shows(line) => Picture::Glued(start),
        () => Picture::Caption,
    }
}

/// Whether the credit is a bracket with nothing but an agency.
fn is_signature(line: &Line, start: usize) -> bool {
    line.text[start..].starts_with(['(', '[']) && line.tokens_in(Span::new(start, line.text.len())).len() <= 4
}

/// Where the credit at the end of a line starts.
fn credit_at_end(line: &Line) -> Option<usize> {
    bracket_credit(line).or_else(|| bare_credit(line))
}

/// "(credit: …)", "(Anna Berg/Nova)", "(Photo by …)"; the last bracket, alone or after other credits.
fn bracket_credit(line: &Line) -> Option<usize> {
    let closed = line.text.trim_end_matches(['.', ' ']).strip_suffix(')').or_else(|| line.text.strip_suffix(']'))?;
    let open = closed.rfind(['(', '['])?;
    let inside = tokens(&closed[open + 1..]);
    let names_agency = inside.iter().any(|token| LISTS.is_photo_agency(&token.lower));
    let has_word = inside.iter().any(|token| LISTS.is_credit_word(&token.lower));
    let has_slash = inside.iter().any(|token| token.text == "/");
    let is_short = inside.iter().filter(|token| token.is_word()).count() <= 14;
    let starts_credit = inside.first().is_some_and(|token| LISTS.is_credit_word(&token.lower))
        || (inside.len() > 1 && LISTS.is_credit_word(&inside[1].lower) && names_agency);
    // An abbreviation in brackets explains a name ("the Environmental Protection Agency (EPA)"), unless it stands alone.
    let alone = inside.len() <= 2 && is_bare_bracket(line, open);
    // "(Anna Berg/The Nova Post)" after a sentence, whatever the outlet.
    let two_names = has_slash
        && inside.len() <= 8
        && is_bare_bracket(line, open)
        && inside.iter().all(|token| token.is_name() || token.text == "/" || token.text == ".");
    let is_credit = is_short && (starts_credit || two_names || (names_agency && (has_slash || has_word || alone)));
    (is_credit && !is_sentence(&inside)).then_some(open)
}

/// "(AP)" after a sentence, with nothing behind it.
fn is_bare_bracket(line: &Line, open: usize) -> bool {
    let before = line.text[..open].trim_end();
    line.text.ends_with([')', ']']) && (before.is_empty() || ends_sentence(before))
}

/// "NOVA/Anna Berg", "Anna Berg/Nova", "… / NOVA", "| Anna Berg/Nova Images", "Photograph: Anna Berg/Nova".
fn bare_credit(line: &Line) -> Option<usize> {
    if ends_sentence(line.text) {
        return None;
    }
    // A sentence may end in an abbreviation, which the cutter takes for no end: "… in Nova, Md. Anna Berg/Nova".
    let after_stop = line.text.rfind(". ").map_or(0, |at| at + 2);
    let starts = [tail_start(line), after_stop];
    starts.into_iter().find(|&start| is_credit_tail(line, start))
}

/// Whether all that follows a place in a line is names, an agency, and a mark between them.
fn is_credit_tail(line: &Line, start: usize) -> bool {
    let tail: Vec<&Token> = line.tokens.iter().filter(|token| token.start >= start).collect();
    let names_agency =
        tail.iter().any(|token| LISTS.is_photo_agency(&token.lower) && token.text.starts_with(char::is_uppercase));
    let after_bar = line.text[..start].trim_end().ends_with(['|', '/']);
    let has_mark =
        after_bar || tail.iter().any(|token| matches!(token.text, "/" | "|") || LISTS.is_credit_word(&token.lower));
    let is_short = tail.iter().filter(|token| token.is_word()).count() <= 14;
    names_agency && has_mark && is_short && names_only(&tail)
}

/// The start of what follows the last sentence end, bar or spaced slash of a line.
fn tail_start(line: &Line) -> usize {
    let after_sentence = line.sentences.last().map_or(0, |last| last.start);
    let after_bar = line.text.rfind("| ").map_or(0, |at| at + 2);
    let spaced_slash = line.text.rfind(" / ").map_or(0, |at| at + 1);
    let photograph = line.tokens.iter().rposition(|token| token.text == ":").and_then(|at| at.checked_sub(1));
    let after_word =
        photograph.map_or(0, |at| if LISTS.is_credit_word(&line.tokens[at].lower) { line.tokens[at].start } else { 0 });
    after_sentence.max(after_bar).max(spaced_slash).max(after_word)
}

/// Whether all words of a tail are names or the small words of credits.
fn names_only(tail: &[&Token]) -> bool {
    tail.iter().filter(|token| token.is_word()).all(|token| {
        token.is_name()
            || token.is_number()
            || LISTS.is_credit_word(&token.lower)
            || matches!(
                &*token.lower,
                "for" | "of" | "the" | "and" | "by" | "de" | "van" | "von" | "file" | "pool" | "with" | "from"
            )
    })
}

fn is_sentence(tokens: &[Token]) -> bool {
    let lower = tokens.iter().filter(|token| token.is_word() && !token.is_name()).count();
    lower > 6
}

/// "Councillor Anna Berg. Nova Law School": a sentence without a verb's work to do, then a name that ends nothing.
fn ends_with_name(line: &Line) -> bool {
    if line.words > 60 || ends_sentence(line.text) || line.text.ends_with([':', ',', ';']) {
        return false;
    }
    let parts = &line.sentences;
    let Some(&last) = parts.last().filter(|_| (2..=3).contains(&parts.len())) else { return false };
    let tail = line.tokens_in(last);
    let words = tail.iter().filter(|token| token.is_word()).count();
    let starts_plain = line.text.starts_with(char::is_alphabetic) && line.starts_title();
    let all_names = tail.iter().all(|token| {
        token.is_name() || matches!(&*token.lower, "for" | "of" | "the" | "and" | "." | "," | "/" | "&" | "©")
    });
    let is_agency = words == 1 && tail.iter().any(|token| LISTS.is_photo_agency(&token.lower)) && shows(line);
    starts_plain && all_names && (is_agency || (2..=5).contains(&words)) && !has_address(&line.tokens)
}

/// "Mayor Anna Berg speaks at the harbour in Nova, March 21, 2025.": the present tense, a full date, and nobody says
/// anything.
fn shows_on_date(line: &Line) -> bool {
    let parts = &line.sentences;
    let Some(&first) = parts.first().filter(|_| parts.len() <= 2 && line.words <= 60) else { return false };
    let words = line.tokens_in(first);
    let opening = words.iter().take(16);
    let shows = opening.clone().any(is_picture_verb);
    let tells = words.iter().any(|token| {
        matches!(
            &*token.lower,
            "said"
                | "says"
                | "told"
                | "will"
                | "would"
                | "has"
                | "had"
                | "have"
                | "was"
                | "were"
                | "according"
                | "since"
        )
    });
    let tail = words.len().saturating_sub(14);
    let dated = words[tail..].windows(3).any(|three| {
        LISTS.months.contains_key(three[0].lower.trim_end_matches('.'))
            && three[1].is_number()
            && three[1].text.len() <= 2
            && three[2].text == ","
    });
    let year = words[tail..].iter().any(|token| token.is_number() && token.text.len() == 4);
    shows && dated && year && !tells && !line.text.contains(['"', '“', '”'])
}

/// "speaks", but not the month "March".
fn is_picture_verb(token: &Token) -> bool {
    !token.is_name() && LISTS.is_picture_verb(&token.lower)
}

fn has_address(tokens: &[Token]) -> bool {
    tokens.iter().any(Token::is_address)
}

/// Whether a line says in the present tense what is to be seen: what a caption without its credit looks like.
pub(crate) fn shows(line: &Line) -> bool {
    let early = line.tokens.iter().take(14).any(is_picture_verb);
    early && line.words <= 45 && line.sentences.len() <= 2
}
