//! What each piece of a text is: the labels of its blocks.
//!
//! [`label_blocks`] works on lines, since that is all pasted text has: first what a line says by itself (a promo, a
//! credit, a caption …), then what its place says (headline and standfirst over the body, headings between
//! paragraphs, items after a colon), then furniture glued to a paragraph is cut off. The mistake it would rather
//! make is to leave furniture among the paragraphs: a paragraph called furniture loses its claims.

use std::collections::BTreeMap;

use twosource_model::{Block, BlockKind, Instant, Span};

use crate::captions::{Picture, picture, shows};
use crate::dates::{date_line, first_date};
use crate::lines::{Line, lines};
use crate::words::{LISTS, Token, lower, tokens};

/// What is known about a text before its blocks are labelled.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'a> {
    /// The title the metadata gives: a line that repeats it is the headline.
    pub title: Option<&'a str>,
    /// Bytes at the start that are labelled otherwise, such as header lines.
    pub skip: usize,
}

/// Labels the blocks of a text. They come in text order, do not overlap, and hold every character after `hints.skip`
/// that is not white space.
///
/// ```
/// use twosource_read::{Hints, label_blocks};
/// let text = "Ferry to stop in May\nBy Anna Berg\n\nThe ferry between the islands will stop in May, the port said.";
/// let kinds: Vec<_> = label_blocks(text, &Hints::default()).iter().map(|block| block.kind.as_str()).collect();
/// assert_eq!(kinds, ["headline", "byline", "paragraph"]);
/// ```
pub fn label_blocks(text: &str, hints: &Hints) -> Vec<Block> {
    let all = lines(text);
    let lines: Vec<Line> = all.into_iter().filter(|line| line.span.start >= hints.skip).collect();
    let mut kinds: Vec<Option<BlockKind>> = lines.iter().map(|line| by_itself(line, hints)).collect();
    repeated_captions(&lines, &mut kinds);
    captions_beside_credits(&lines, &mut kinds);
    let body = top_matter(&lines, &mut kinds);
    list_items(&lines, &mut kinds, body);
    headings(&lines, &mut kinds, body);
    end_matter(&lines, &mut kinds, body);
    live_entries(&lines, &mut kinds, body);
    lines.iter().zip(&kinds).flat_map(|(line, kind)| blocks_of(line, *kind)).collect()
}

/// Labels blocks whose kinds are known from markup, each a line of the text: words that are plainly furniture stand
/// against the markup, shapes do not, since pages mark their titles and lists.
///
/// A block of more than [`LONGEST`] bytes is what its markup says: no furniture is as long.
pub(crate) fn label_marked(text: &str, given: &[Block], hints: &Hints) -> Vec<Block> {
    let mut labelled = Vec::with_capacity(given.len());
    for run in given.chunk_by(|one, other| one.span.len() <= LONGEST && other.span.len() <= LONGEST) {
        match run {
            [long] if long.span.len() > LONGEST => labelled.push(*long),
            run => labelled.extend(label_run(text, run, hints)),
        }
    }
    labelled
}

/// The longest block whose words are looked at, in bytes.
const LONGEST: usize = 50_000;

fn label_run(text: &str, given: &[Block], hints: &Hints) -> Vec<Block> {
    let lines: Vec<Line> = given.iter().map(|block| Line::new(text, block.span)).collect();
    let mut kinds: Vec<Option<BlockKind>> = lines.iter().map(|line| by_itself(line, hints)).collect();
    for (kind, block) in kinds.iter_mut().zip(given) {
        *kind = agreed(*kind, block.kind);
    }
    repeated_captions(&lines, &mut kinds);
    captions_beside_credits(&lines, &mut kinds);
    end_matter(&lines, &mut kinds, 0);
    lines.iter().zip(&kinds).flat_map(|(line, kind)| blocks_of(line, *kind)).collect()
}

/// Who wrote a text or when, if a line says nothing else.
pub(crate) fn signature(text: &str) -> Option<BlockKind> {
    let line = Line::new(text, Span::new(0, text.len()));
    by_itself(&line, &Hints::default()).filter(|kind| matches!(kind, BlockKind::Byline | BlockKind::Dateline))
}

/// What the words of a line and its markup make of it together; `None` for a paragraph.
fn agreed(words: Option<BlockKind>, markup: BlockKind) -> Option<BlockKind> {
    let plainly = words.filter(|kind| {
        matches!(
            kind,
            BlockKind::Promo
                | BlockKind::Credit
                | BlockKind::Correction
                | BlockKind::Byline
                | BlockKind::Dateline
                | BlockKind::Other
        )
    });
    match markup {
        BlockKind::Headline | BlockKind::Standfirst | BlockKind::Promo | BlockKind::PullQuote => Some(markup),
        BlockKind::Paragraph => words.filter(|kind| *kind != BlockKind::ListItem && *kind != BlockKind::Headline),
        BlockKind::Heading => Some(words.filter(|kind| *kind == BlockKind::Promo).unwrap_or(markup)),
        BlockKind::LiveEntry => words.filter(|kind| *kind != BlockKind::Headline && !kind.is_body()).or(Some(markup)),
        BlockKind::Caption => Some(words.filter(|kind| *kind == BlockKind::Credit).unwrap_or(markup)),
        _ => plainly.or(Some(markup)),
    }
}

/// What a line says about itself, wherever it stands.
fn by_itself(line: &Line, hints: &Hints) -> Option<BlockKind> {
    if line.words == 0 {
        return Some(BlockKind::Other);
    }
    if hints.title.is_some_and(|title| same_words(title, line.text)) {
        return Some(BlockKind::Headline);
    }
    if is_post(line) {
        return Some(BlockKind::Quote);
    }
    furniture(line).or_else(|| match picture(line) {
        Some(Picture::Caption) => Some(BlockKind::Caption),
        Some(Picture::Credit) => Some(BlockKind::Credit),
        Some(Picture::Glued(_)) | None => bullet(line),
    })
}

/// A line all of whose sentences are furniture, or whose first is and makes it so.
fn furniture(line: &Line) -> Option<BlockKind> {
    if is_byline(line) {
        return Some(BlockKind::Byline);
    }
    if (line.words <= 20 && date_line(line.text).is_some())
        || (line.words <= 14 && LISTS.dateline.opens(&line.tokens) && tells_when(line))
    {
        return Some(BlockKind::Dateline);
    }
    let kinds: Vec<_> = line.sentences.iter().map(|&span| furniture_sentence(line.tokens_in(span))).collect();
    let first = kinds.first().copied().flatten();
    match first {
        Some(BlockKind::Correction) if line.words <= 120 => first,
        _ if kinds.iter().all(Option::is_some) => first,
        _ => None,
    }
}

fn tells_when(line: &Line) -> bool {
    line.tokens.iter().any(Token::is_number) && !line.ends_sentence() || line.text.ends_with("m.")
}

/// What kind of furniture a sentence is by its words.
fn furniture_sentence(tokens: &[Token]) -> Option<BlockKind> {
    let bullets = tokens.iter().take_while(|token| "-–—•⦁*·".contains(token.text)).count();
    let tokens = &tokens[bullets..];
    let is_short = tokens.len() <= 60;
    match () {
        () if !is_short => None,
        () if LISTS.correction.found_in(tokens) => Some(BlockKind::Correction),
        () if LISTS.promo.found_in(tokens) => Some(BlockKind::Promo),
        () if LISTS.credit.found_in(tokens) => Some(BlockKind::Credit),
        () => None,
    }
}

/// An embedded post: "… pic.example — Name (@handle) April 19, 2025".
fn is_post(line: &Line) -> bool {
    let signed = line.tokens.windows(2).any(|two| two[0].text == "(" && two[1].text.starts_with('@'));
    let dash = line.tokens.iter().any(|token| matches!(token.text, "—" | "–" | "-"));
    let pictured = line.text.contains("pic.twitter.com/") || line.text.contains("https://t.co/");
    (signed && dash && first_date(tail(line.text, 40)).is_some()) || pictured
}

fn tail(text: &str, bytes: usize) -> &str {
    let mut from = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

/// "By Anna Berg and Carl Dahl", "Anna Berg, Staff Writer", "— Anna Berg".
fn is_byline(line: &Line) -> bool {
    if line.words > 16 || line.ends_sentence() && !line.text.ends_with("r.") {
        return false;
    }
    let words: Vec<&Token> = line.tokens.iter().filter(|token| token.is_word()).collect();
    let Some(first) = words.first() else { return false };
    let by = matches!(&*first.lower, "by" | "von" | "par" | "por")
        && first.is_name()
        && words.get(1).is_some_and(|token| token.is_name());
    let signed = line.text.starts_with(['—', '–', '-'])
        && (2..=4).contains(&words.len())
        && words.iter().all(|token| token.is_name());
    let role = words.len() <= 9
        && words[..2.min(words.len())].iter().all(|token| token.is_name())
        && line.text.contains([',', '|', '·'])
        && words.last().is_some_and(|token| LISTS.is_role(&token.lower));
    (by && mostly_names(&words)) || signed || role
}

fn mostly_names(words: &[&Token]) -> bool {
    let plain = words.iter().filter(|token| !token.is_name() && !token.is_number()).count();
    plain * 2 <= words.len()
}

fn bullet(line: &Line) -> Option<BlockKind> {
    let marked = ["• ", "- ", "* ", "– ", "· ", "▪ ", "◦ ", "‣ "].iter().any(|mark| line.text.starts_with(mark));
    marked.then_some(BlockKind::ListItem)
}

/// Whether two lines say the same, white space, case and signs aside.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| -> String { lower(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    one.len().abs_diff(other.len()) <= 40 && words(one) == words(other)
}

/// A line that the next one repeats, with its credit, is a caption as that one is.
fn repeated_captions(lines: &[Line], kinds: &mut [Option<BlockKind>]) {
    for at in 1..lines.len() {
        let (before, after) = (&lines[at - 1], &lines[at]);
        let repeats = after.text.starts_with(before.text) || before.text.starts_with(after.text);
        if !repeats || before.words.min(after.words) < 5 {
            continue;
        }
        let open = |kind: Option<BlockKind>| matches!(kind, None | Some(BlockKind::Caption));
        let same = open(kinds[at - 1]) && open(kinds[at]) && before.text == after.text;
        let is_caption = same || [kinds[at - 1], kinds[at]].contains(&Some(BlockKind::Caption));
        if is_caption {
            kinds[at - 1] = Some(BlockKind::Caption);
            kinds[at] = Some(BlockKind::Caption);
        }
    }
}

/// What is to be seen, with the credit on a line of its own before or after it.
fn captions_beside_credits(lines: &[Line], kinds: &mut [Option<BlockKind>]) {
    for at in 0..lines.len() {
        if kinds[at] != Some(BlockKind::Credit) || !matches!(picture(&lines[at]), Some(Picture::Credit)) {
            continue;
        }
        let before = at.checked_sub(1);
        for near in before.into_iter().chain((at + 1 < lines.len()).then_some(at + 1)) {
            if kinds[near].is_none() && shows(&lines[near]) {
                kinds[near] = Some(BlockKind::Caption);
                break;
            }
        }
    }
}

/// How many lines may stand over the body.
const TOP: usize = 12;

/// Labels what stands over the body and returns the line where the body starts.
fn top_matter(lines: &[Line], kinds: &mut [Option<BlockKind>]) -> usize {
    let end = lines.len().min(TOP);
    let open: Vec<usize> = (0..end).filter(|&at| kinds[at].is_none()).collect();
    let Some(&first) = open.first() else { return 0 };
    let mut next = first;
    if is_kicker(&lines[first]) && open.get(1).is_some_and(|&second| is_title(&lines[second], lines, second)) {
        kinds[first] = Some(if is_name(&lines[first]) { BlockKind::Byline } else { BlockKind::Kicker });
        next = open[1];
    }
    let has_headline = kinds[..next].contains(&Some(BlockKind::Headline));
    if !has_headline && is_title(&lines[next], lines, next) {
        kinds[next] = Some(if is_kicker_date(&lines[next]) { BlockKind::Kicker } else { BlockKind::Headline });
    } else if !has_headline {
        return next;
    }
    standfirsts(lines, kinds);
    (0..lines.len()).find(|&at| kinds[at].is_none()).unwrap_or(lines.len())
}

/// Lines between the headline and the byline or date are the standfirst, as is a line glued under the headline
/// that does not end as a sentence.
fn standfirsts(lines: &[Line], kinds: &mut [Option<BlockKind>]) {
    let Some(headline) = kinds.iter().position(|kind| *kind == Some(BlockKind::Headline)) else { return };
    let sign = last_sign(&kinds[..lines.len().min(TOP)], headline);
    for at in headline + 1..lines.len().min(TOP) {
        let line = &lines[at];
        let under = sign.is_some_and(|sign| at < sign) && line.words <= 60 && !has_place(line);
        let follows = at == headline + 1 && at + 1 < lines.len();
        let glued = follows && !line.ends_sentence() && (4..=40).contains(&line.words);
        if kinds[at].is_none() && (under || glued) {
            let is_byline = under && is_bare_byline(line);
            kinds[at] = Some(if is_byline { BlockKind::Byline } else { BlockKind::Standfirst });
        }
    }
}

/// The last byline or date over the body: with more than two lines of text over it, it stands in the body.
fn last_sign(kinds: &[Option<BlockKind>], headline: usize) -> Option<usize> {
    let signed = |at: &usize| matches!(kinds[*at], Some(BlockKind::Byline | BlockKind::Dateline));
    let over = |at: usize| kinds[headline + 1..at].iter().filter(|kind| kind.is_none()).count();
    (headline + 1..kinds.len()).rev().filter(signed).find(|&at| over(at) <= 2)
}

/// "NOVA – The mayor …": the first paragraph of a report.
fn has_place(line: &Line) -> bool {
    let upper = line.tokens.first().is_some_and(|token| token.text.len() > 2 && crate::lines::is_upper(token.text));
    upper && line.tokens.iter().take(12).any(|token| matches!(token.text, "—" | "–" | "-"))
}

/// A short label over the headline: a few words in capitals, or a date with one.
fn is_kicker(line: &Line) -> bool {
    !line.ends_sentence() && (is_kicker_date(line) || (line.words <= 4 && (line.is_upper() || line.words <= 2)))
}

/// "Anna Berg", "Anna Berg and Carl Dahl", "Anna Berg in Nova": names over a date, without a "by".
fn is_bare_byline(line: &Line) -> bool {
    let joins = |token: &Token| matches!(&*token.lower, "and" | "in" | "," | "&" | "und" | "et" | "y" | ".");
    (2..=8).contains(&line.words) && line.tokens.iter().all(|token| token.is_name() || joins(token))
}

/// Nothing but the name of a person, as far as its shape says.
fn is_name(line: &Line) -> bool {
    (2..=3).contains(&line.words)
        && !line.is_upper()
        && line.tokens.iter().all(|token| token.is_name() && !token.is_number())
}

fn is_kicker_date(line: &Line) -> bool {
    line.words <= 10 && !line.ends_sentence() && first_date(line.text).is_some() && {
        let rest: String = line.tokens.iter().filter(|token| token.is_name()).map(|token| token.text).collect();
        rest.is_empty() || crate::lines::is_upper(&rest)
    }
}

/// A line that could be the title of what follows.
fn is_title(line: &Line, lines: &[Line], at: usize) -> bool {
    let plain_end =
        !line.text.ends_with(['.', ',', ';', ':', '…']) && !line.text.ends_with(".”") && !line.text.ends_with(".\"");
    let open_end = line.tokens.last().is_some_and(|token| LISTS.is_open_end(&token.lower) && !token.is_name());
    // Scripts without spaces count few words: there the full stop inside tells running text.
    let runs_on = line.text.contains('。');
    let shape =
        !runs_on && (2..=25).contains(&line.words) && plain_end && !open_end && line.starts_title() && !is_list(line);
    shape && at + 1 < lines.len() && line.sentences.len() == 1
}

fn is_list(line: &Line) -> bool {
    bullet(line).is_some()
}

/// Short lines after a colon are the items it announces.
fn list_items(lines: &[Line], kinds: &mut [Option<BlockKind>], body: usize) {
    let mut announced = false;
    for at in body..lines.len() {
        let line = &lines[at];
        let short = line.words <= 12 && !line.ends_sentence() && !line.text.ends_with(':') && !line.is_upper();
        let next_short = lines.get(at + 1).is_some_and(|next| next.words <= 12 && !next.ends_sentence());
        let item = announced
            && short
            && kinds[at].is_none()
            && (next_short || at > 0 && kinds[at - 1] == Some(BlockKind::ListItem));
        if item {
            kinds[at] = Some(BlockKind::ListItem);
        }
        announced = item || (line.text.ends_with(':') && line.words > 1);
    }
}

/// Titles between paragraphs, and lines that are links to other stories.
fn headings(lines: &[Line], kinds: &mut [Option<BlockKind>], body: usize) {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.words <= 4 && !line.ends_sentence()) {
        *times.entry(line.text).or_default() += 1;
    }
    // A few words that come again and again name who speaks in a transcript; what follows is what was said.
    let is_speaker = |line: &Line| times.get(line.text).is_some_and(|&count| count > 2);
    let mut said = false;
    for at in body..lines.len() {
        let speaks = kinds[at].is_none() && is_speaker(&lines[at]);
        if speaks {
            kinds[at] = Some(BlockKind::Heading);
        } else if kinds[at].is_none() && !said {
            kinds[at] = heading(&lines[at], at + 1 < lines.len());
        }
        said = speaks;
    }
}

fn heading(line: &Line, followed: bool) -> Option<BlockKind> {
    let double_quoted = line.text.starts_with(['"', '“']) && line.words > 5;
    let open = line.tokens.last().is_some_and(|token| LISTS.is_open_end(&token.lower) && !token.is_name());
    let stops = line.text.ends_with(['.', ',', ';', '!', '…', '-', '—'])
        || crate::lines::ends_sentence(line.text) && !line.text.ends_with('?');
    let several = line.words <= 16 && line.sentences.len() > 1 && !line.text.contains('?');
    if double_quoted || open || stops || several || !line.starts_title() {
        return (line.is_upper() && !open && line.words >= 4 && line.words <= 25).then_some(BlockKind::Promo);
    }
    match () {
        () if line.is_upper() && (4..=25).contains(&line.words) => Some(BlockKind::Promo),
        () if is_label_link(line) => Some(BlockKind::Promo),
        () if line.text.ends_with(':') => {
            (line.words == 1 || line.words <= 3 && line.is_upper()).then_some(BlockKind::Heading)
        }
        // Nothing follows for it to be the title of: a link to another story, or the end of a text that was cut.
        () if !followed => (line.words >= 4 && line.words <= 20 && line.is_title_case()).then_some(BlockKind::Promo),
        () if line.text.ends_with('?') => (line.words <= 9).then_some(BlockKind::Heading),
        () => (line.words <= 12 || line.words <= 16 && line.is_title_case()).then_some(BlockKind::Heading),
    }
}

/// "More:What the port says", "FACT CHECK: Does the ferry leak?": a label and a colon before a title.
fn is_label_link(line: &Line) -> bool {
    let Some((label, title)) = line.text.split_once(':') else { return false };
    let label_words = label.split_whitespace().count();
    let glued = title.starts_with(|c: char| c.is_uppercase() || "'‘“\"".contains(c)) && label_words <= 8;
    let capitals = crate::lines::is_upper(label) && label_words <= 4 && title.starts_with(' ');
    // A speaker's name before what he says looks alike, but what he says ends as sentences do.
    let title_like = glued || capitals && !line.ends_sentence();
    title_like && line.words <= 30 && line.words > label_words && !label.ends_with(char::is_numeric)
}

/// The notes under a text: on the author, and a last line that is only a name.
fn end_matter(lines: &[Line], kinds: &mut [Option<BlockKind>], body: usize) {
    let from = lines.len().saturating_sub(6).max(body + 1);
    for at in from..lines.len() {
        if kinds[at].is_none() && lines[at].words <= 60 && LISTS.author_bio.opens(&lines[at].tokens) {
            kinds[at] = Some(BlockKind::Byline);
        }
    }
}

/// When at least three lines are only a time of day, what follows each is an entry of a live blog.
fn live_entries(lines: &[Line], kinds: &mut [Option<BlockKind>], body: usize) {
    let is_clock = |at: usize| kinds[at] == Some(BlockKind::Dateline) && first_date(lines[at].text).is_none();
    let clocks: Vec<usize> = (body..lines.len()).filter(|&at| is_clock(at)).collect();
    if clocks.len() < 3 {
        return;
    }
    for kind in &mut kinds[clocks[0]..] {
        if kind.is_none() {
            *kind = Some(BlockKind::LiveEntry);
        }
    }
}

/// The blocks of one line: one, or several where furniture is glued to a paragraph.
fn blocks_of(line: &Line, kind: Option<BlockKind>) -> Vec<Block> {
    match kind {
        Some(kind) if !kind.is_body() || kind == BlockKind::Quote => vec![Block { kind, span: line.span }],
        _ => cut(line, kind.unwrap_or(BlockKind::Paragraph)),
    }
}

/// Cuts glued furniture off a body line.
fn cut(line: &Line, body: BlockKind) -> Vec<Block> {
    let glued = match picture(line) {
        Some(Picture::Glued(start)) => start,
        _ => line.text.len(),
    };
    let mut blocks: Vec<Block> = Vec::new();
    for &span in &line.sentences {
        let kind = match furniture_sentence(line.tokens_in(span)) {
            _ if span.start >= glued => BlockKind::Credit,
            Some(kind) => kind,
            None => body,
        };
        let span = Span::new(line.span.start + span.start, line.span.start + span.end);
        match blocks.last_mut() {
            Some(last) if last.kind == kind => last.span = last.span.cover(span),
            _ => blocks.push(Block { kind, span }),
        }
    }
    blocks
}

/// The agency whose copy a text carries, as far as the text says so: "NOVA (Reuters) -" before its first
/// paragraphs, or an agency among those who contributed.
pub fn agency_of(text: &str, blocks: &[Block]) -> Option<String> {
    let body = blocks.iter().filter(|block| block.kind.is_body()).take(4);
    let before = body.filter_map(|block| agency_before(block.span.of(text))).next();
    before
        .or_else(|| {
            let credits = blocks.iter().filter(|block| block.kind == BlockKind::Credit);
            credits.filter_map(|block| agency_among(block.span.of(text))).next()
        })
        .map(str::to_owned)
}

/// "NOVA, May 3 (Reuters) - ", "WASHINGTON (AP) — ".
fn agency_before(paragraph: &str) -> Option<&'static str> {
    let head = &paragraph[..crate::words::floor(paragraph, 90)];
    let open = head.find('(')?;
    let close = open + head[open..].find(')')?;
    let dash = head[close + 1..].trim_start().starts_with(['-', '–', '—', '_', '―']);
    let agency = LISTS.agency(head[open + 1..close].trim())?;
    dash.then_some(agency)
}

/// An agency that contributed to the text; whoever made a picture did not.
fn agency_among(credit: &str) -> Option<&'static str> {
    let tokens = tokens(credit);
    let contributed = LISTS.credit.found_in(&tokens);
    let named = |form: &str| {
        credit.match_indices(form).any(|(at, _)| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            !letter(credit[..at].chars().next_back()) && !letter(credit[at + form.len()..].chars().next())
        })
    };
    let mut agencies = LISTS.agencies.iter();
    agencies.find(|(_, forms)| contributed && forms.iter().any(|form| named(form))).map(|(shown, _)| *shown)
}

/// The day a text says it was published: a date on a line of its own, or beside the kicker.
pub fn published_in(text: &str, blocks: &[Block]) -> Option<Instant> {
    let dated = blocks.iter().take(TOP).filter(|block| matches!(block.kind, BlockKind::Dateline | BlockKind::Kicker));
    dated.filter_map(|block| first_date(block.span.of(text))).next()
}

/// The names of a byline: "By Anna Berg and Carl Dahl, Nova Post" gives both.
pub fn authors_of(byline: &str) -> Vec<String> {
    let names = byline.trim_start_matches(['—', '–', '-', ' ']);
    let names = names
        .split_once(' ')
        .filter(|(by, _)| matches!(&*by.to_lowercase(), "by" | "von" | "par" | "por"))
        .map_or(names, |(_, rest)| rest);
    let names = names.split(['|', '·', '(', '•']).next().unwrap_or_default();
    names
        .split(&[',', '&', ';'])
        .flat_map(|part| part.split(" and "))
        .map(|part| part.split(" in ").next().unwrap_or_default())
        .map(str::trim)
        .filter(|name| is_person(name))
        .map(str::to_owned)
        .collect()
}

fn is_person(name: &str) -> bool {
    let words = tokens(name);
    (2..=4).contains(&words.len())
        && words
            .iter()
            .all(|token| token.is_name() || matches!(&*token.lower, "de" | "van" | "von" | "der" | "al" | "bin" | "."))
        && !words.iter().any(|token| LISTS.is_role(&token.lower))
        && LISTS.agency(name).is_none()
}
