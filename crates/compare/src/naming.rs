//! The actors of a story across its reports, and how each report names them.
//!
//! [`mod@actors`] merges the entities of all reports that are one person, organisation or place: by full names and their
//! spellings, by acronyms and short forms, and by a bare surname only where the story knows one bearer of it.
//! [`naming`] lists the wordings each report uses for the main actors and marks where they judge differently. Which
//! words judge is data (`data/en/naming_loaded.txt`); the program has no opinion on which of them is right. It prefers
//! two actors to one made of two people, and no contrast to one an editor would shrug at.

mod actors;
mod descriptions;
mod groups;
mod lexicon;
mod readings;
mod roles;
mod unnamed;
mod wordings;

use twosource_model::{Annotated, BlockKind, Mention, NameKind, Naming};

use actors::actors;
use wordings::Wordings;

pub use groups::group_mentions;
pub(crate) use lexicon::{CountryWord, country};

/// One person, organisation, place … of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    /// The fullest plain name any report uses.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: NameKind,
    /// Report and entity in it, by report; one entity a report.
    pub(crate) members: Vec<(usize, usize)>,
}

/// Actors shown at most, and how many more that are less often mentioned but judged differently.
const MAIN: usize = 12;
const CONTRASTS: usize = 8;

/// The main actors, the most mentioned first, with the wordings of each report.
pub(crate) fn naming(reports: &[Annotated]) -> Vec<Naming> {
    let actors = actors(reports);
    let wordings = Wordings::new(reports, &actors);
    let mut shared: Vec<(usize, &Actor)> =
        actors.iter().enumerate().filter(|(_, actor)| actor.members.len() > 1).collect();
    shared.sort_by_key(|&(index, _)| (std::cmp::Reverse(wordings.count(index)), index));
    let namings = shared.into_iter().map(|(index, actor)| wordings.naming(index, actor));
    // Places and peoples bear one name everywhere; they are of interest where a judgement stands beside it.
    let telling = |naming: &Naming| naming.contrast || matches!(naming.kind, NameKind::Person | NameKind::Organisation);
    let ranked = namings.filter(telling).enumerate().filter(|(rank, naming)| *rank < MAIN || naming.contrast);
    ranked.map(|(_, naming)| naming).chain(unnamed::unnamed(reports)).take(MAIN + CONTRASTS).collect()
}

/// Whether a report is in the language whose judging words are known: "militant" judges in English, not in French.
fn is_english(report: &Annotated) -> bool {
    report.article.language.as_deref().is_none_or(|language| language == "en")
}

/// Mentions outside of what only surrounds the report.
fn told(report: &Annotated) -> impl Iterator<Item = &Mention> {
    report.mentions.iter().filter(|mention| {
        let blocks = &report.article.blocks;
        let after = blocks.partition_point(|block| block.span.start <= mention.span.start);
        let kind = after.checked_sub(1).map(|block| blocks[block].kind);
        !matches!(kind, Some(BlockKind::Promo | BlockKind::Credit | BlockKind::Byline))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use twosource_model::{Article, Block, Entity, MentionForm, Span};

    /// A report from a text with marks as the cases of the names have them: `{the [Elm Front]o0 rebel group}`.
    fn report(marked: &str) -> Annotated {
        let mut text = String::new();
        let (mut names, mut phrases): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut mentions: Vec<(Span, usize)> = Vec::new();
        let mut braces: Vec<Span> = Vec::new();
        let mut entities: BTreeMap<usize, Entity> = BTreeMap::new();
        let mut chars = marked.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '[' => names.push(text.len()),
                '{' => phrases.push(text.len()),
                '}' => braces.push(Span::new(phrases.pop().expect("a brace to close"), text.len())),
                ']' => {
                    let span = Span::new(names.pop().expect("a bracket to close"), text.len());
                    let kind = kind(chars.next().expect("a kind behind the bracket"));
                    let mut number = 0;
                    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
                        number = number * 10 + digit as usize - '0' as usize;
                    }
                    let entity = entities.entry(number).or_insert(Entity { name: String::new(), kind });
                    let name = span.of(&text);
                    if name.starts_with(char::is_uppercase)
                        && !name.starts_with("The ")
                        && name.len() > entity.name.len()
                    {
                        entity.name = name.to_owned();
                    }
                    mentions.push((span, number));
                }
                c => text.push(c),
            }
        }
        let mentions = mentions.into_iter().map(|(span, entity)| {
            let form = if text[span.start..].starts_with(char::is_uppercase) {
                MentionForm::Name
            } else {
                MentionForm::Nominal
            };
            let around = braces.iter().copied().filter(|brace| brace.contains(span)).min_by_key(|brace| brace.len());
            Mention { span, phrase: around.unwrap_or(span), form, entity }
        });
        let mut mentions: Vec<Mention> = mentions.collect();
        mentions.sort_by_key(|mention| mention.span);
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()) }];
        let entities = entities.into_values().collect();
        Annotated {
            article: Article { text, blocks, ..Article::default() },
            mentions,
            entities,
            ..Annotated::default()
        }
    }

    fn kind(letter: char) -> NameKind {
        match letter {
            'p' => NameKind::Person,
            'o' => NameKind::Organisation,
            'l' => NameKind::Place,
            'g' => NameKind::Group,
            'e' => NameKind::Event,
            _ => NameKind::Other,
        }
    }

    fn shown(reports: &[Annotated]) -> Vec<String> {
        let line = |naming: Naming| {
            let mut line = naming.entity;
            if naming.contrast {
                line += " !";
            }
            let mut last = None;
            for label in naming.labels {
                let report = label.quote.report;
                let name = if last == Some(report) {
                    ",".to_owned()
                } else {
                    format!(" {}:", twosource_model::report_id(report))
                };
                line += &format!("{name} {}", label.quote.span.of(&reports[report].article.text));
                last = Some(report);
            }
            line
        };
        naming(reports).into_iter().map(line).collect()
    }

    #[test]
    fn cases() {
        let mut checked = 0;
        for case in include_str!("../cases/en/naming.txt").split("\n\n") {
            let lines: Vec<&str> = case.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
            if lines.is_empty() {
                continue;
            }
            let reports: Vec<Annotated> = lines.iter().filter_map(|line| line.strip_prefix("> ")).map(report).collect();
            let expected: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix("= ")).collect();
            assert_eq!(reports.len() + expected.len(), lines.len(), "a line is neither “> ” nor “= ”: {case}");
            assert_eq!(shown(&reports), expected, "{case}");
            checked += 1;
        }
        assert!(checked > 5, "the case file is cut short");
    }

    #[test]
    fn nothing_of_nothing() {
        assert!(actors(&[]).is_empty() && naming(&[]).is_empty());
        assert!(naming(&[report("[Ana Holt]p0 left.")]).is_empty());
    }
}
