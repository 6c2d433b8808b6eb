//! The reports' own words, made safe to show and, where they are long, shortened without altering one.

use twosource_model::{Article, BlockKind, Comparison, DifferenceKind, Origin, OriginKind, Quote, Report};
use unicode_width::UnicodeWidthChar;

/// The words of a quote; nothing where the span does not lie in the text.
pub(crate) fn words(comparison: &Comparison, quote: Quote) -> &str {
    let text = comparison.reports.get(quote.report).map_or("", |report| report.article.text.as_str());
    text.get(quote.span.start..quote.span.end).unwrap_or("")
}

/// The words of a quote on one line, safe to show.
pub(crate) fn line(comparison: &Comparison, quote: Quote) -> String {
    one_line(words(comparison, quote))
}

/// Text on one line: white space runs become one space, control characters become `�`, and characters that reorder
/// the text around them are left out.
///
/// What a report says must never steer a terminal or hide what stands beside it.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            _ if char.is_whitespace() => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            _ if is_reordering(char) => {}
            _ => line.push(printable(char)),
        }
    }
    line.truncate(line.trim_end().len());
    line
}

/// The character, or `�` for a control character that is not a line break or tab.
fn printable(char: char) -> char {
    if char.is_control() && !matches!(char, '\n' | '\t') { char::REPLACEMENT_CHARACTER } else { char }
}

/// Bidirectional controls: marks, embeddings, overrides and isolates.
fn is_reordering(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns a character takes on a terminal.
pub(crate) fn width_of(char: char) -> usize {
    char.width().unwrap_or(0)
}

/// Text as it stands, robbed of what could steer or reorder what is around it.
pub fn shown(text: &str) -> String {
    text.chars().filter(|&char| !is_reordering(char)).map(printable).collect()
}

/// Whether a line may break between two neighbouring characters: at white space, and beside wide characters, whose
/// scripts do not write spaces.
pub(crate) fn may_break(before: char, after: char) -> bool {
    const JOINER: char = '\u{200d}';
    after.is_whitespace()
        || before.is_whitespace()
        || (before != JOINER && width_of(after) > 0 && (width_of(before) == 2 || width_of(after) == 2))
}

/// At most `limit` characters of a line, cut between words and ended with "…".
pub fn shorten(line: &str, limit: usize) -> String {
    let Some((cut, _)) = line.char_indices().nth(limit) else {
        return line.to_owned();
    };
    let mut end = 0;
    let mut before = ' ';
    for (at, char) in line[..cut].char_indices() {
        if at > 0 && may_break(before, char) {
            end = at;
        }
        before = char;
    }
    let kept = line[..end].trim_end();
    if kept.is_empty() { "…".to_owned() } else { format!("{kept} …") }
}

/// The quotation marks to set around words: none where the words begin and end with their own.
pub(crate) fn marks(words: &str) -> (&'static str, &'static str) {
    let own = words.starts_with(['“', '"', '„', '«']) && words.ends_with(['”', '"', '“', '»']) && words.len() > 3;
    if own { ("", "") } else { ("“", "”") }
}

/// Words in quotation marks.
pub fn in_marks(words: &str) -> String {
    let (open, close) = marks(words);
    format!("{open}{words}{close}")
}

/// What a report is called beside its id: outlet, else agency, else the site or file it was read from.
pub(crate) fn called(report: &Report) -> String {
    let article = &report.article;
    let name = article.outlet.as_deref().or(article.agency.as_deref()).map(one_line).filter(|name| !name.is_empty());
    name.unwrap_or_else(|| {
        let input = one_line(&article.input);
        let place = match input.split_once("://") {
            Some((_, address)) => address.split('/').next().unwrap_or_default(),
            None => input.rsplit(['/', '\\']).next().unwrap_or_default(),
        };
        if place.is_empty() || place == report.id { format!("report {}", report.id) } else { place.to_owned() }
    })
}

/// The language of an article where it has the shape of a language tag.
pub(crate) fn language_tag(article: &Article) -> Option<&str> {
    let tag = |tag: &&str| tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    article.language.as_deref().filter(tag)
}

/// The title of a report, else the headline in its text, else its first words in quotation marks.
pub(crate) fn heading(report: &Report, limit: usize) -> String {
    let article = &report.article;
    if let Some(title) = article.title.as_deref().map(one_line).filter(|title| !title.is_empty()) {
        return shorten(&title, limit);
    }
    let block = |wanted: &dyn Fn(BlockKind) -> bool| {
        let block = article.blocks.iter().find(|block| wanted(block.kind))?;
        article.text.get(block.span.start..block.span.end)
    };
    let start = block(&|kind| kind == BlockKind::Headline).or_else(|| block(&BlockKind::is_body));
    let start = start.unwrap_or(&article.text).chars().take(limit * 4).collect::<String>();
    in_marks(&shorten(&one_line(&start), limit))
}

/// Whose word an attribution is, its chain followed: "The Courier (“the newspaper”), citing two officials".
pub(crate) fn whose(comparison: &Comparison, attribution: usize) -> String {
    let mut chain = Vec::new();
    let mut next = Some(attribution);
    while let Some(index) = next
        && chain.len() < 8
        && let Some(entry) = comparison.attributions.get(index)
    {
        let quoted = |span| line(comparison, Quote { report: entry.report, span });
        chain.push(source_name(
            entry.attribution.source.map(quoted),
            entry.attribution.resolved.as_deref().map(one_line),
            entry.attribution.cue.map(quoted),
        ));
        next = entry.attribution.rests_on;
    }
    chain.join(", citing ")
}

fn source_name(source: Option<String>, resolved: Option<String>, cue: Option<String>) -> String {
    match (source, resolved, cue) {
        (Some(source), Some(resolved), _) if is_within(&source, &resolved) => source,
        (Some(source), Some(resolved), _) => format!("{resolved} (“{source}”)"),
        (Some(source), None, _) => source,
        (None, Some(resolved), _) => resolved,
        (None, None, Some(cue)) => format!("someone not named (“{cue}”)"),
        (None, None, None) => "someone not named".to_owned(),
    }
}

fn is_within(source: &str, resolved: &str) -> bool {
    source.to_lowercase().contains(&resolved.to_lowercase())
}

/// An origin as a reader is told of it: "The Courier, citing “two officials”".
pub(crate) fn origin_name(comparison: &Comparison, origin: &Origin) -> String {
    let name = one_line(&origin.name);
    let name = match origin.kind {
        OriginKind::OwnReporting => format!("{name} (own reporting)"),
        OriginKind::Statement => format!("{name} (public statement)"),
        _ => name,
    };
    match origin.rests_on.map(|quote| line(comparison, quote)).filter(|words| !words.is_empty()) {
        Some(words) => format!("{name}, citing “{words}”"),
        None => name,
    }
}

/// What an origin is, in words.
pub(crate) fn origin_kind(kind: OriginKind) -> &'static str {
    match kind {
        OriginKind::Outlet => "outlet",
        OriginKind::Agency => "news agency",
        OriginKind::NamedPerson => "named person",
        OriginKind::NamedOrganisation => "named organisation",
        OriginKind::UnnamedPeople => "unnamed people",
        OriginKind::Document => "document",
        OriginKind::OwnReporting => "own reporting",
        OriginKind::Statement => "public statement",
        OriginKind::Unknown => "unknown",
    }
}

/// What a side of a difference comes to, in words.
pub(crate) fn value(kind: DifferenceKind, value: &str) -> String {
    match (kind, value) {
        (DifferenceKind::Polarity, "positive") => "so".to_owned(),
        (DifferenceKind::Polarity, "negative") => "not so".to_owned(),
        (DifferenceKind::Date, value) => when(value),
        _ => spoken(value),
    }
}

/// A TIMEX3 value as people write it where that is easy to say: a part of a day, an hour, a length of time.
pub(crate) fn when(value: &str) -> String {
    const PARTS: [(&str, &str); 4] = [("TMO", "morning"), ("TAF", "afternoon"), ("TEV", "evening"), ("TNI", "night")];
    const LENGTHS: [(char, &str); 4] = [('D', "day"), ('W', "week"), ('M', "month"), ('Y', "year")];
    let value = one_line(value);
    if let Some((day, part)) = PARTS.iter().find_map(|(code, part)| Some((value.strip_suffix(code)?, part))) {
        return [day, part].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(", ");
    }
    let length = value.strip_prefix('P').and_then(|length| {
        let (unit, noun) = LENGTHS.into_iter().find(|(unit, _)| length.ends_with(*unit))?;
        Some(count(length.strip_suffix(unit)?.parse().ok()?, noun))
    });
    length.or_else(|| value.strip_prefix('T').map(str::to_owned)).unwrap_or(value)
}

/// In what statements differ, in words.
pub(crate) fn difference_kind(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Response => "response to a request for comment",
        DifferenceKind::Polarity => "whether it is so",
        DifferenceKind::Modality => "how far it is so",
        DifferenceKind::Other => "another respect",
        other => other.as_str(),
    }
}

/// A count with its noun, "s" added for the plural.
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The ids of reports, as a list.
pub(crate) fn ids(comparison: &Comparison, reports: &[usize]) -> String {
    let ids: Vec<String> =
        reports.iter().filter_map(|&report| comparison.reports.get(report)).map(|report| report.id.clone()).collect();
    list(&ids)
}

/// A confidence between 0 and 1 as a percentage.
pub(crate) fn percent(confidence: f64) -> String {
    format!("{:.0} %", confidence.clamp(0.0, 1.0) * 100.0)
}

/// A written form as words: `no_reply` becomes "no reply".
fn spoken(word: &str) -> String {
    one_line(&word.replace('_', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortens_between_words_only() {
        assert_eq!(shorten("one two three", 20), "one two three");
        assert_eq!(shorten("one two three", 13), "one two three");
        assert_eq!(shorten("one two three", 12), "one two …");
        assert_eq!(shorten("unbreakable", 5), "…");
        assert_eq!(shorten("港口已经关闭三天", 4), "港口已 …");
    }

    #[test]
    fn hostile_text_becomes_harmless() {
        assert_eq!(one_line(" a\u{1b}[31m\n\n b\u{202e}c\u{7} "), "a�[31m bc�");
        assert_eq!(one_line("\t\r\n"), "");
    }

    #[test]
    fn words_with_marks_of_their_own_get_no_others() {
        assert_eq!(in_marks("no comment"), "“no comment”");
        assert_eq!(in_marks("“No,” she said"), "““No,” she said”");
        assert_eq!(in_marks("“No,” she said, “not now.”"), "“No,” she said, “not now.”");
    }

    #[test]
    fn a_report_is_called_by_its_outlet_or_where_it_was_read() {
        let mut report = Report { id: "b".to_owned(), ..Report::default() };
        let mut from = |input: &str| {
            report.article.input = input.to_owned();
            called(&report)
        };
        assert_eq!(from("stories/courier.txt"), "courier.txt");
        assert_eq!(from("https://courier.example/2031/talks"), "courier.example");
        assert_eq!(from(""), "report b");
    }

    #[test]
    fn lists() {
        let ids: Vec<String> = ["a", "b", "c"].map(String::from).to_vec();
        assert_eq!(list(&ids[..0]), "");
        assert_eq!(list(&ids[..1]), "a");
        assert_eq!(list(&ids), "a, b and c");
    }

    #[test]
    fn times_in_words() {
        for (value, words) in [
            ("2025-03-04", "2025-03-04"),
            ("2025-03-04TEV", "2025-03-04, evening"),
            ("TMO", "morning"),
            ("T05:00", "05:00"),
            ("P9D", "9 days"),
            ("P1W", "1 week"),
            ("P2.5Y", "P2.5Y"),
            ("PXD", "PXD"),
            ("P", "P"),
            ("", ""),
        ] {
            assert_eq!(when(value), words, "{value}");
        }
    }
}
