//! People, organisations and places: mentions and the entities they mean.
//!
//! [`names`] goes in three steps, each of which can be replaced alone: [`find`](find::find) says where names stand,
//! [`join`](entities::join) which of them mean the same and what kind of thing it is, and
//! [`mentions`](reference::mentions) adds the noun phrases around them, descriptions and pronouns.
//!
//! What a name names is decided by a [`classifier`] that was trained on labelled names (`scripts/names/train.py`) and
//! reads the [`features`] of the name, the words around it, what a sentence model thinks of each word ([`priors`]) and
//! what the rules of [`kind`] make of it.

mod again;
mod classifier;
mod cut;
mod entities;
mod features;
mod find;
mod grow;
mod kind;
pub(crate) mod lexicon;
pub(crate) mod lists;
mod longer;
mod phrases;
mod priors;
mod reference;
mod topics;

use twosource_model::{Entity, Mention, MentionForm, Span};

use crate::document::Document;

/// Mentions in text order and the entities they point to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) mentions: Vec<Mention>,
    pub(crate) entities: Vec<Entity>,
}

impl Names {
    /// The mentions that start inside `span`, in text order.
    pub(crate) fn mentions_in(&self, span: Span) -> &[Mention] {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let to = self.mentions.partition_point(|mention| mention.span.start < span.end);
        &self.mentions[from..to.max(from)]
    }

    /// Whether a span is a part of a longer name: "21st Century" of a company, "60 Minutes" of a programme's name.
    pub(crate) fn has_inside(&self, span: Span) -> bool {
        let first = self.mentions.partition_point(|mention| mention.span.start <= span.start);
        let before = self.mentions[..first].iter().rev().take(2);
        before.filter(|m| m.form == MentionForm::Name).any(|m| m.span.contains(span) && m.span != span)
    }
}

/// A name with what a classifier of its kind may look at; for training alone.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Example {
    /// Where the name stands.
    pub span: Span,
    /// The numbers of the features that hold.
    pub features: Vec<u32>,
    /// The words of each slot: of the name and around it, in lower case.
    pub words: Vec<Vec<String>>,
    /// The number of its written form: names written alike share it.
    pub form: usize,
}

/// The names of a document with their features, as `scripts/names` learns from them.
#[doc(hidden)]
pub fn name_examples(document: &Document<'_>) -> Vec<Example> {
    let cases = find::cases(document);
    let found = find::find(document, &cases);
    let mut forms = std::collections::BTreeMap::new();
    let ruled: Vec<kind::Evidence> = found.iter().map(|name| kind::ruled(document, name)).collect();
    let longer = longer::Longer::new(document, found.iter().zip(&ruled));
    let topics = topics::Topics::new(document, &found);
    let article = features::Article { cases: &cases, longer: &longer, topics: &topics };
    let example = |(name, ruled): (&find::Found, &kind::Evidence)| {
        let seen = features::observe(document, name, &article, ruled);
        let words = |slot: &std::ops::Range<usize>| {
            document.tokens[slot.clone()].iter().map(|token| token.lower.to_string()).collect()
        };
        let span = name.span(document);
        let next = forms.len();
        let form = *forms.entry(entities::fold(document.words(name.words_span(document))).concat()).or_insert(next);
        Example { span, features: seen.buckets, words: seen.slots.iter().map(words).collect(), form }
    };
    found.iter().zip(&ruled).map(example).collect()
}

/// Finds who and what an article names, describes or means by a pronoun.
pub(crate) fn names(document: &Document<'_>) -> Names {
    let cases = find::cases(document);
    let found = find::find(document, &cases);
    let (entities, of) = entities::join(document, &found, &cases);
    let mentions = reference::mentions(document, &found, &of, &entities);
    Names { mentions, entities }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use twosource_model::{Article, Block, BlockKind, NameKind};

    fn article(text: &str) -> Article {
        let kind = BlockKind::Paragraph;
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let span = Span::new(start, start + line.len()).trim(text);
            start += line.len();
            if !span.is_empty() {
                blocks.push(Block { kind, span });
            }
        }
        Article { text: text.to_owned(), blocks, ..Article::default() }
    }

    fn letter(kind: NameKind) -> char {
        match kind {
            NameKind::Person => 'p',
            NameKind::Organisation => 'o',
            NameKind::Place => 'l',
            NameKind::Group => 'g',
            NameKind::Event => 'e',
            NameKind::Other => 'x',
        }
    }

    /// The text with each mention as `[words]` and letter and number of its entity, and `{…}` around a longer phrase.
    fn shown(text: &str, code: &str) -> String {
        let mut article = article(text);
        article.language = Some(code.to_owned());
        let annotated = crate::annotate(article, &crate::Config::default());
        let names = Names { mentions: annotated.mentions, entities: annotated.entities };
        let mut opens: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
        let mut closes: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
        for mention in &names.mentions {
            let (span, phrase) = (mention.span, mention.phrase);
            let kind = letter(names.entities[mention.entity].kind);
            if phrase != span {
                opens.entry(phrase.start).or_default().push((phrase.len(), "{"));
                closes.entry(phrase.end).or_default().push((phrase.len(), "}".to_owned()));
            }
            opens.entry(span.start).or_default().push((span.len(), "["));
            closes.entry(span.end).or_default().push((span.len(), format!("]{kind}{}", mention.entity)));
        }
        let mut out = String::new();
        for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
            let mut ending = closes.remove(&at).unwrap_or_default();
            ending.sort();
            out.extend(ending.iter().map(|(_, mark)| mark.as_str()));
            let mut starting = opens.remove(&at).unwrap_or_default();
            starting.sort_by_key(|&(length, mark)| (std::cmp::Reverse(length), mark));
            out.extend(starting.iter().map(|(_, mark)| *mark));
            out.extend(text[at..].chars().next());
        }
        out
    }

    /// The text of a case: without its marks.
    fn bare(case: &str) -> String {
        let mut out = String::new();
        let mut chars = case.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '[' | '{' | '}' => {}
                ']' => {
                    let kind = chars.next();
                    assert!(kind.is_some_and(|kind| "polgex".contains(kind)), "“]” without a kind: {case}");
                    while chars.next_if(char::is_ascii_digit).is_some() {}
                }
                '|' => out.push('\n'),
                c => out.push(c),
            }
        }
        out
    }

    #[test]
    fn cases() {
        let mut wrong = String::new();
        for (code, cases) in crate::languages::cases!("names.txt") {
            let mut checked = 0;
            for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
                checked += 1;
                let found = shown(&bare(case), code).replace('\n', "|");
                if found != case {
                    wrong += &format!("expected {case}\n   found {found}\n");
                }
            }
            assert!(checked > 8, "the case file of {code} is cut short");
        }
        assert!(wrong.is_empty(), "\n{wrong}");
    }

    #[test]
    fn queries() {
        let article = article("Ana Holt met Bo Reyes. The mayor of Elmford, Cy Moss, left.");
        let names = names(&Document::new(&article));
        assert_eq!(names.mentions_in(Span::new(0, 22)).len(), 2);
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_spans_of_it(
            text in "((The|the|Ana|Holt|Jr|of|al|-|Hollah|U\\.S\\.|Inc|,|\\.|“|”|\"|President|Times|he|it|said|group|É|60|and|’s|'s|\n|&)( ?)){0,60}"
        ) {
            let article = article(&text);
            let names = names(&Document::new(&article));
            for mention in &names.mentions {
                proptest::prop_assert!(text.get(mention.span.start..mention.span.end).is_some_and(|words| !words.is_empty()));
                proptest::prop_assert!(mention.phrase.contains(mention.span));
                proptest::prop_assert!(text.get(mention.phrase.start..mention.phrase.end).is_some());
                proptest::prop_assert!(mention.entity < names.entities.len());
                proptest::prop_assert!(mention.form != MentionForm::Name || !names.entities[mention.entity].name.is_empty());
            }
            proptest::prop_assert!(names.mentions.is_sorted_by_key(|mention| mention.span));
        }
    }
}
