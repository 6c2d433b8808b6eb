//! Sentences to clauses: the pieces that say one thing each.
//!
//! A sentence is first cut where attributed content begins and ends ("… | the paper reported"), then at semicolons,
//! dashes, brackets, and at commas or conjunctions that open a new clause with a verb of its own. A piece that is too
//! poor to say anything alone joins its neighbour: rather one clause too long than half a statement.

use std::sync::OnceLock;

use twosource_model::{Attribution, Clause, Force, Form, Polarity, Response, SourceKind, Span};

use crate::document::Document;
use crate::lexicon::{Lexicon, WordList};
use crate::tokens::{Token, TokenKind};

/// Cuts the body sentences of an article into clauses, in text order.
pub(crate) fn clauses(document: &Document<'_>, attributions: &[Attribution]) -> Vec<Clause> {
    let contents = contents_by_place(document, attributions);
    let mut found = Vec::new();
    for sentence in 0..document.sentences.len() {
        if !document.block_kind(sentence).is_body() {
            continue;
        }
        let inside = &contents[overlapping(&contents, document.sentences[sentence].span)];
        for piece in pieces(document, sentence, inside) {
            let clause = clause(document, sentence, &piece, inside);
            found.extend(clause.filter(|clause| !only_attributes(document, clause, attributions)));
        }
    }
    found
}

/// A content span of an attribution.
#[derive(Clone, Copy, Debug)]
struct Content {
    span: Span,
    attribution: usize,
    /// The greatest end of this and all earlier contents, so that a search can stop.
    reach: usize,
}

fn contents_by_place(document: &Document<'_>, attributions: &[Attribution]) -> Vec<Content> {
    let mut contents: Vec<Content> = attributions
        .iter()
        .enumerate()
        .flat_map(|(attribution, a)| {
            let spans =
                if says_itself(a) || is_bare_object(document, a) { whole(document, a) } else { a.content.clone() };
            spans.into_iter().map(move |span| Content { span, attribution, reach: 0 })
        })
        .collect();
    contents.sort_by_key(|content| (content.span, content.attribution));
    let mut reach = 0;
    for content in &mut contents {
        reach = reach.max(content.span.end);
        content.reach = reach;
    }
    contents
}

/// Whether source, cue and content are one assertion: an answer to a request for comment ("The ministry did not
/// reply"), or a report without words for its source ("The meeting would reportedly …").
fn says_itself(attribution: &Attribution) -> bool {
    attribution.response.is_some_and(|response| !matches!(response, Response::Denied | Response::Confirmed))
        || attribution.source.is_none()
}

/// Whether the content is the object of its cue and no clause ("detailed the allegations"): the two say one thing.
fn is_bare_object(document: &Document<'_>, attribution: &Attribution) -> bool {
    let clausal = |span: &Span| {
        let first = document.tokens.partition_point(|token| token.span.start < span.start);
        let end = document.tokens.partition_point(|token| token.span.start < span.end);
        has_verb(&document.tokens[first..end])
    };
    attribution.form == Form::Indirect && !attribution.content.iter().any(clausal)
}

/// Source, cue and content in one run; the whole sentence where no source is named.
fn whole(document: &Document<'_>, attribution: &Attribution) -> Vec<Span> {
    let parts = attribution.content.iter().copied().chain(attribution.source).chain(attribution.cue);
    let Some(cover) = parts.reduce(Span::cover) else { return Vec::new() };
    let sentence = document.sentence_at(cover.start).map(|at| document.sentences[at].span);
    match sentence {
        Some(sentence) if attribution.source.is_none() && sentence.contains(cover) => vec![sentence],
        _ => vec![cover],
    }
}

/// The range of contents that may overlap `span`; sorted by start, so those outside it cannot.
fn overlapping(contents: &[Content], span: Span) -> std::ops::Range<usize> {
    let first = contents.partition_point(|content| content.reach <= span.start);
    let end = contents.partition_point(|content| content.span.start < span.end);
    first.min(end)..end
}

/// Runs of tokens (indices into the document) that stand for one clause each.
fn pieces(document: &Document<'_>, sentence: usize, contents: &[Content]) -> Vec<std::ops::Range<usize>> {
    let whole = document.range(sentence);
    let tokens = &document.tokens;
    let range = whole.start + dateline(document, &tokens[whole.clone()])..whole.end;
    let mut pieces: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = range.start;
    for at in range.clone().skip(1) {
        if cut_before(tokens, at, &range, contents) {
            pieces.push(start..at);
            start = at;
        }
    }
    pieces.push(start..range.end);
    join_poor(tokens, pieces, contents)
}

/// The tokens of a dateline that opens a sentence: "ELMFORD, Valdria, March 4 (Meridian) -", "(Meridian)". It holds
/// names, a date and the agency in brackets, no other word, and ends with a dash or with the brackets.
pub(crate) fn dateline(document: &Document<'_>, sentence: &[Token]) -> usize {
    let dash = |token: &Token| token.is_any(&["-", "–", "—"]);
    let plain = |token: &Token| !token.is_quote() && (!token.is_word() || token.capital);
    let Some(end) = sentence.iter().take(DATELINE).position(|token| dash(token) || !plain(token)) else { return 0 };
    let closing = sentence[..end].iter().position(|token| token.is(")"));
    let named = |close: usize| {
        let open = sentence[..close].iter().position(|token| token.is("("));
        open.is_some_and(|open| open < 8 && is_agency(&sentence[open + 1..close]))
    };
    let first = sentence[0].span.of(document.text());
    let shouted = first.chars().count() > 3 && first.chars().all(char::is_uppercase);
    let length = match closing {
        Some(close) if named(close) => close + 1,
        None if shouted && dash(&sentence[end]) => end,
        _ => return 0,
    };
    let after = length + sentence[length..].iter().take_while(|token| dash(token)).count();
    let opens = |token: &Token| token.capital || token.is_quote() || token.kind == TokenKind::Number;
    if sentence.get(after).is_some_and(|token| opens(token) || after > length && closing.is_some()) { after } else { 0 }
}

/// One to three names; no "D-Calif." or "R".
fn is_agency(inside: &[Token]) -> bool {
    let name = |token: &Token| token.capital && token.lower.len() > 1 && !token.lower.contains(['-', '.']);
    !inside.is_empty() && inside.len() <= 3 && inside.iter().all(name)
}

/// The most tokens of a dateline.
const DATELINE: usize = 20;

/// Whether a clause may end before the token at `at`.
fn cut_before(tokens: &[Token], at: usize, range: &std::ops::Range<usize>, contents: &[Content]) -> bool {
    let (before, here) = (&tokens[at - 1], &tokens[at]);
    if opens_or_closes_content(&tokens[range.start..at], here, contents) {
        return true;
    }
    let lists = lists();
    let rest = &tokens[at..range.end];
    if before.is_any(&[";", "—", "–", "("]) || here.is(")") {
        return true;
    }
    let after_comma = before.is(",") || before.is_quote();
    let opens = lists.subordinators.length_at(rest) > 0 || lists.coordinators.has(&here.lower);
    let next = here.is_word() && opens && (after_comma || lists.strong_opening(here));
    next && has_verb(until_comma(rest)) && has_verb(&tokens[range.start..at])
}

/// Whether the border of an attributed content lies between a word and the last word before it; signs go with the
/// words before them.
fn opens_or_closes_content(before: &[Token], here: &Token, contents: &[Content]) -> bool {
    let Some(last) = before.iter().rev().find(|token| token.kind != TokenKind::Sign) else { return false };
    let inside = |content: &Content, token: &Token| content.span.contains(token.span);
    here.kind != TokenKind::Sign && contents.iter().any(|content| inside(content, last) != inside(content, here))
}

fn until_comma(tokens: &[Token]) -> &[Token] {
    let end = tokens.iter().skip(1).position(|token| token.is_any(&[";", "—"])).map_or(tokens.len(), |at| at + 1);
    &tokens[..end]
}

/// Joins pieces that cannot stand alone to the piece before them (the first to the one behind it): those without a
/// verb, or with hardly a word, relative clauses, and short clauses of time or condition. Never across a semicolon, and
/// across the border of an attributed content only where the words before it are left hanging ("The meeting would").
fn join_poor(
    tokens: &[Token],
    pieces: Vec<std::ops::Range<usize>>,
    contents: &[Content],
) -> Vec<std::ops::Range<usize>> {
    let innermost = |piece: &std::ops::Range<usize>| attribution_of(span_of(tokens, piece), contents);
    let mut joined: Vec<std::ops::Range<usize>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if !tokens[last.end - 1].is(";") && belongs(tokens, last, &piece, &innermost) => {
                last.end = piece.end;
            }
            _ => joined.push(piece),
        }
    }
    joined
}

fn belongs(
    tokens: &[Token],
    last: &std::ops::Range<usize>,
    piece: &std::ops::Range<usize>,
    innermost: &impl Fn(&std::ops::Range<usize>) -> Option<usize>,
) -> bool {
    let (before, here) = (&tokens[last.clone()], &tokens[piece.clone()]);
    if innermost(last) == innermost(piece) {
        return is_poor(before) || is_poor(here) || leans_back(here) || is_short_frame(before);
    }
    is_left_hanging(before) && innermost(&(last.start..piece.end)) == innermost(piece)
}

/// A relative clause, or a short clause of time or condition.
fn leans_back(tokens: &[Token]) -> bool {
    let first = tokens.iter().find(|token| token.kind != TokenKind::Sign);
    first.is_some_and(|token| lists().relatives.has(&token.lower)) || is_short_frame(tokens)
}

fn is_short_frame(tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.kind != TokenKind::Sign);
    let first = words.next();
    first.is_some_and(|token| lists().frames.has(&token.lower)) && words.count() < FRAME_WORDS
}

/// The words after "when" or "while" from which a clause tells something of its own.
const FRAME_WORDS: usize = 7;

/// Whether the words stop where a verb or a noun must follow.
fn is_left_hanging(tokens: &[Token]) -> bool {
    let last = tokens.iter().rev().find(|token| !token.is_quote());
    last.is_some_and(|token| lists().hanging.has(&token.lower))
}

fn is_poor(tokens: &[Token]) -> bool {
    tokens.iter().filter(|token| token.kind != TokenKind::Sign).count() < 4 || !has_verb(tokens)
}

/// Whether the tokens hold something that can be a finite verb.
fn has_verb(tokens: &[Token]) -> bool {
    tokens.iter().enumerate().any(|(at, token)| {
        let lists = lists();
        token.is_word()
            && (lists.auxiliaries.has(&token.lower)
                || lists.finite.has(&token.lower)
                || (is_past_form(token) && !lists.not_verbs.has(&token.lower) && !is_attributive(tokens, at)))
    })
}

fn is_past_form(token: &Token) -> bool {
    !token.capital && token.lower.len() > 4 && token.lower.ends_with("ed")
}

/// "the wounded men": a participle between an article and a noun is no verb.
fn is_attributive(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1].is_any(&["a", "an", "the", "its", "his", "her", "their"])
}

/// The clause of a piece, or `None` where nothing is left of it without its signs.
fn clause(
    document: &Document<'_>,
    sentence: usize,
    piece: &std::ops::Range<usize>,
    contents: &[Content],
) -> Option<Clause> {
    let tokens = &document.tokens[trimmed(&document.tokens, piece)];
    let words = tokens.iter().filter(|token| token.kind != TokenKind::Sign).count();
    let attribution = attribution_of(span_of(&document.tokens, piece), contents);
    let says_something = words >= if attribution.is_some() { 2 } else { 4 };
    let (first, last) = (tokens.first()?, tokens.last()?);
    says_something.then(|| Clause {
        span: Span::new(first.span.start, last.span.end),
        sentence,
        attribution,
        polarity: polarity(tokens),
        force: force(tokens, is_question(&document.tokens[piece.clone()])),
    })
}

/// Whether the words end in a question mark, with or without a quotation mark behind it.
fn is_question(tokens: &[Token]) -> bool {
    tokens.iter().rev().find(|token| !token.is_quote()).is_some_and(|token| token.is("?"))
}

/// Whether a clause says no more than that somebody said something ("the mayor said"); that a paper or an agency
/// reported it on another's word is news in itself.
fn only_attributes(document: &Document<'_>, clause: &Clause, attributions: &[Attribution]) -> bool {
    let here: Vec<&Attribution> =
        attributions.iter().filter(|a| a.cue.is_some_and(|cue| clause.span.contains(cue))).collect();
    let relays = |a: &&Attribution| matches!(a.kind, SourceKind::Outlet | SourceKind::Agency) && a.rests_on.is_some();
    let has_content = |a: &&Attribution| a.content.iter().any(|content| content.intersection(clause.span).is_some());
    if here.is_empty() || here.iter().any(relays) || here.iter().any(has_content) {
        return false;
    }
    let told = |token: &Token| here.iter().any(|a| [a.source, a.cue].iter().flatten().any(|s| s.contains(token.span)));
    let range = document.range(clause.sentence);
    let inside = document.tokens[range].iter().filter(|token| clause.span.contains(token.span));
    let own = inside.filter(|token| token.kind != TokenKind::Sign && !told(token) && !lists().is_small(token));
    own.count() < OWN_WORDS
}

/// A piece without the signs and conjunctions at its ends; closing quotation marks and brackets go too.
fn trimmed(tokens: &[Token], piece: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    let loose = |token: &Token| token.kind == TokenKind::Sign && !token.is_any(&["$", "€", "£", "¥", "@", "#", "%"]);
    let links = |at: usize| lists().coordinators.has(&tokens[at].lower) || is_conjunction(&tokens[at..piece.end]);
    let start = piece.clone().find(|&at| !loose(&tokens[at]) && !links(at));
    let end = piece.clone().rev().find(|&at| !loose(&tokens[at]));
    match (start, end) {
        (Some(start), Some(end)) if start <= end => start..end + 1,
        _ => piece.start..piece.start,
    }
}

/// Whether the words begin with the "that" of indirect speech, not with a pronoun ("that could change", "that of …").
fn is_conjunction(tokens: &[Token]) -> bool {
    let [that, next, ..] = tokens else { return false };
    let goes_on = lists().is_small(next) || has_verb(&tokens[1..2]);
    that.is("that") && !that.capital && next.is_word() && !goes_on && has_verb(&tokens[1..])
}

fn span_of(tokens: &[Token], piece: &std::ops::Range<usize>) -> Span {
    Span::new(tokens[piece.start].span.start, tokens[piece.end - 1].span.end)
}

/// The attribution whose content covers most of `span`; of several the one with the least content.
fn attribution_of(span: Span, contents: &[Content]) -> Option<usize> {
    contents
        .iter()
        .filter(|content| content.span.intersection(span).is_some_and(|common| 2 * common.len() > span.len()))
        .min_by_key(|content| (content.span.len(), content.attribution))
        .map(|content| content.attribution)
}

fn polarity(tokens: &[Token]) -> Polarity {
    let lists = lists();
    let denies = lists.negators.occurs_in(tokens) && !lists.adding.occurs_in(tokens);
    if denies { Polarity::Negative } else { Polarity::Positive }
}

fn force(tokens: &[Token], question: bool) -> Force {
    let lists = lists();
    if question || lists.asked.occurs_in(tokens) {
        Force::Asked
    } else if lists.conditional.occurs_in(tokens) {
        Force::Conditional
    } else if lists.planned.occurs_in(tokens) {
        Force::Planned
    } else if lists.possible.occurs_in(tokens) {
        Force::Possible
    } else {
        Force::Asserted
    }
}

/// Words besides source and cue from which a clause about an attribution says something of its own.
const OWN_WORDS: usize = 4;

struct Lists {
    coordinators: WordList,
    subordinators: WordList,
    auxiliaries: WordList,
    finite: WordList,
    not_verbs: WordList,
    negators: WordList,
    planned: WordList,
    possible: WordList,
    conditional: WordList,
    asked: WordList,
    relatives: WordList,
    frames: WordList,
    hanging: WordList,
    /// Negators that add instead of denying: "not only".
    adding: WordList,
}

impl Lists {
    /// Words that add nothing to an attribution.
    fn is_small(&self, token: &Token) -> bool {
        self.coordinators.has(&token.lower)
            || self.subordinators.has(&token.lower)
            || self.auxiliaries.has(&token.lower)
    }

    /// Conjunctions that open a clause even without a comma before them.
    fn strong_opening(&self, token: &Token) -> bool {
        token.is_any(&["while", "although", "because", "after", "before", "but", "whereas"])
    }
}

fn lists() -> &'static Lists {
    static LISTS: OnceLock<Lists> = OnceLock::new();
    LISTS.get_or_init(|| {
        let lexicon = Lexicon::parse(include_str!("../data/en/clauses.txt"));
        Lists {
            coordinators: lexicon.list("coordinators"),
            subordinators: lexicon.list("subordinators"),
            auxiliaries: lexicon.list("auxiliaries"),
            finite: lexicon.list("finite"),
            not_verbs: lexicon.list("not_verbs"),
            negators: lexicon.list("negators"),
            planned: lexicon.list("planned"),
            possible: lexicon.list("possible"),
            conditional: lexicon.list("conditional"),
            asked: lexicon.list("asked"),
            relatives: lexicon.list("relatives"),
            frames: lexicon.list("frames"),
            hanging: lexicon.list("hanging"),
            adding: lexicon.list("adding"),
        }
    })
}

#[cfg(test)]
mod tests {
    use twosource_model::{Article, Block, BlockKind, Form};

    use super::*;

    /// `input / --- / clauses, one a line / ===`; `[[ … ]]` in the input marks the content of an attribution. A clause
    /// line may end in ` {polarity force}` and starts with `@` where it belongs to the content.
    #[test]
    fn cases() {
        for case in include_str!("../cases/en/clauses.txt").split("===\n").filter(|case| !case.trim().is_empty()) {
            let (input, expected) = case.split_once("---\n").unwrap_or_else(|| panic!("no `---` in case:\n{case}"));
            let input = input.lines().filter(|line| !line.starts_with('#')).collect::<String>();
            assert_eq!(shown(&input), expected.trim(), "\n{input}");
        }
    }

    fn shown(marked: &str) -> String {
        let (text, attributions) = unmarked(marked);
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        let article = Article { text, blocks, ..Article::default() };
        let document = Document::new(&article);
        let line = |clause: &Clause| {
            let mark = if clause.attribution.is_some() { "@ " } else { "" };
            let usual = clause.polarity == Polarity::Positive && clause.force == Force::Asserted;
            let note = if usual { String::new() } else { format!(" {{{} {}}}", clause.polarity, clause.force) };
            format!("{mark}{}{note}", clause.span.of(&article.text))
        };
        clauses(&document, &attributions).iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn unmarked(marked: &str) -> (String, Vec<Attribution>) {
        let mut text = String::new();
        let mut content = Vec::new();
        for (at, part) in marked.split("[[").enumerate() {
            let Some((inside, after)) = part.split_once("]]").filter(|_| at > 0) else {
                text.push_str(part);
                continue;
            };
            content.push(Span::new(text.len(), text.len() + inside.len()));
            text.push_str(inside);
            text.push_str(after);
        }
        let attribution = Attribution {
            content: content.clone(),
            source: Some(Span::default()),
            cue: None,
            resolved: None,
            entity: None,
            kind: SourceKind::Unknown,
            stance: twosource_model::Stance::Says,
            form: Form::Indirect,
            rests_on: None,
            response: None,
            negated: false,
        };
        (text, if content.is_empty() { Vec::new() } else { vec![attribution] })
    }
}
