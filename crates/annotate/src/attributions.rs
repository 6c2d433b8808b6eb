//! Who says what: source, cue and content, and what each attribution rests on.
//!
//! The stages, each a module: `lexicon` (what a word can be), `phrases` (what it does here: verb groups and noun
//! phrases), `quotes` (where quotation marks open and close), `cues` (a cue word finds its source and its content
//! within the sentence; `subjects`, `contents` and `borders` are its parts), `chains` (quotations without a cue of their
//! own, what rests on what), `attitudes` (what somebody wants or is for, kept apart) and `sources` (who is meant).
//! Terms and the extent of the spans follow PolNeAR (Newell, Margolin and Ruths 2018).

mod acts;
mod attitude_cues;
mod attitudes;
mod borders;
mod chains;
mod contents;
mod cues;
mod layout;
mod lexicon;
mod other_cues;
pub(crate) mod phrases;
mod quotes;
mod responses;
mod sources;
mod subjects;

use std::ops::Range;

use twosource_model::{Attribution, BlockKind, Form, SourceKind, Span, Stance};

use crate::document::Document;
use crate::names::Names;

pub(crate) use quotes::blocks;

use cues::{Finder, Found};
use phrases::Phrases;
use quotes::Quote;
use sources::{Resolved, Resolver};

/// Finds everything an article puts in another's mouth, in the order of the cues, and apart from it the attitudes.
pub(crate) fn attributions(document: &Document<'_>, names: &Names) -> (Vec<Attribution>, Vec<Attribution>) {
    let phrases = Phrases::new(document);
    let quotes = quotes::quotes(document);
    let mut finder = Finder::new(&phrases, &quotes);
    for sentence in 0..document.sentences.len() {
        if speaks(document.block_kind(sentence)) {
            finder.sentence(sentence);
        }
    }
    let found = chains::complete(finder);
    let speaks: Vec<bool> = (0..document.sentences.len()).map(|at| speaks(document.block_kind(at))).collect();
    let attitudes = attitudes::attitudes(&phrases, &quotes, &found, &speaks);
    let mut resolver = Resolver::new(&phrases, names);
    let mut resolved: Vec<Resolved> = found.iter().map(|found| resolver.resolve(found)).collect();
    resolve_headline(&found, &mut resolved);
    let mut attitudes_resolver = Resolver::new(&phrases, names);
    let attitudes_resolved: Vec<Resolved> = attitudes.iter().map(|found| attitudes_resolver.resolve(found)).collect();
    let made = |found: &[Found], resolved: Vec<Resolved>| {
        found.iter().zip(resolved).map(|(found, resolved)| attribution(document, &quotes, found, resolved)).collect()
    };
    (made(&found, resolved), made(&attitudes, attitudes_resolved))
}

/// "… — report" over an article means the outlet that the article credits first.
fn resolve_headline(found: &[Found], resolved: &mut [Resolved]) {
    let outlet = resolved.iter().find(|resolved| resolved.kind == Some(SourceKind::Outlet) && resolved.name.is_some());
    let Some(name) = outlet.and_then(|resolved| resolved.name.clone()) else { return };
    for (found, resolved) in found.iter().zip(resolved) {
        let general = matches!(resolved.kind, Some(SourceKind::Document | SourceKind::Outlet));
        if found.lemma == "head" && resolved.name.is_none() && general {
            *resolved = Resolved { name: Some(name.clone()), entity: None, kind: Some(SourceKind::Outlet) };
        }
    }
}

/// Blocks that attribute: body text, and of the furniture what sums the article up.
pub(crate) fn speaks(kind: BlockKind) -> bool {
    kind.is_body() || matches!(kind, BlockKind::Headline | BlockKind::Standfirst)
}

fn attribution(document: &Document<'_>, quotes: &[Quote], found: &Found, resolved: Resolved) -> Attribution {
    let span = |tokens: &Range<usize>| {
        Span::new(document.tokens[tokens.start].span.start, document.tokens[tokens.end - 1].span.end)
    };
    let shared = found.source.as_ref().zip(found.cue.as_ref()).filter(|(source, cue)| source.start == cue.start);
    let contraction = shared.and_then(|(source, _)| apostrophe(document, source.start));
    Attribution {
        content: found.content.iter().map(span).collect(),
        source: found.source.as_ref().map(|source| match contraction {
            Some(apostrophe) => Span::new(span(source).start, apostrophe),
            None => span(&with_closing_comma(document, source, found.cue.as_ref())),
        }),
        cue: found.cue.as_ref().map(|cue| Span::new(contraction.unwrap_or(span(cue).start), span(cue).end)),
        resolved: resolved.name,
        entity: resolved.entity,
        kind: resolved.kind.unwrap_or(SourceKind::Unknown),
        stance: stance(found),
        form: form(quotes, &found.content),
        rests_on: found.rests_on,
        response: found.response,
        negated: found.negated,
    }
}

/// Where the verb begins in a word that is subject and verb in one: "they|'ve".
fn apostrophe(document: &Document<'_>, token: usize) -> Option<usize> {
    let span = document.tokens[token].span;
    document.words(span).find(['\'', '’']).map(|at| span.start + at)
}

/// "Orla Fenn, an engineer," before its cue: the comma that closes an apposition belongs to the source, as in PolNeAR.
fn with_closing_comma(document: &Document<'_>, source: &Range<usize>, cue: Option<&Range<usize>>) -> Range<usize> {
    let is = |at: usize, mark: &str| document.tokens.get(at).is_some_and(|token| token.is(mark));
    let closes = |mark: &str| is(source.end, mark) && source.clone().any(|at| is(at, mark));
    let before_cue = cue.is_some_and(|cue| cue.start > source.end);
    source.start..source.end + usize::from(before_cue && [",", "—", "–", "-"].iter().any(|mark| closes(mark)))
}

/// What the cue says where it is no verb is said.
fn stance(found: &Found) -> Stance {
    found.stance.or_else(|| lexicon::ENGLISH.word(found.lemma).verb.map(cues::stance)).unwrap_or(Stance::Says)
}

/// Direct where every word is quoted, indirect where none is.
fn form(quotes: &[Quote], content: &[Range<usize>]) -> Form {
    let quoted = |part: &Range<usize>| {
        let first = quotes.partition_point(|quote| quote.tokens.end <= part.start);
        quotes[first..]
            .iter()
            .take_while(|quote| quote.tokens.start < part.end)
            .map(|quote| quote.tokens.end.min(part.end) - quote.tokens.start.max(part.start))
            .sum::<usize>()
    };
    let all: usize = content.iter().map(ExactSizeIterator::len).sum();
    match content.iter().map(quoted).sum::<usize>() {
        0 => Form::Indirect,
        inside if inside >= all => Form::Direct,
        _ => Form::Mixed,
    }
}

#[cfg(test)]
pub(crate) mod cases {
    use twosource_model::{Annotated, Article, Block};

    use super::*;

    /// A text with one block a line; the prefix of a line says what kind of block it is.
    pub(crate) fn article(lines: &[&str]) -> Article {
        let mut article = Article::default();
        for line in lines {
            let marks = [("# ", BlockKind::Headline), ("- ", BlockKind::ListItem), ("> ", BlockKind::Quote)];
            let mark = marks.iter().find(|(mark, _)| line.starts_with(mark));
            let words = &line[mark.map_or(0, |(mark, _)| mark.len())..];
            let start = article.text.len();
            article.text.push_str(words);
            let kind = mark.map_or(BlockKind::Paragraph, |(_, kind)| *kind);
            article.blocks.push(Block { kind, span: Span::new(start, article.text.len()) });
            article.text.push('\n');
        }
        article
    }

    fn shown(annotated: &Annotated, attribution: &Attribution, wanted: &str) -> String {
        let text = &annotated.article.text;
        let words = |span: Option<Span>| span.map_or(".", |span| span.of(text)).to_owned();
        let content: Vec<&str> = attribution.content.iter().map(|span| span.of(text)).collect();
        let attitude = annotated.attitudes.iter().any(|other| std::ptr::eq(other, attribution));
        let mark = if attitude { '~' } else { '=' };
        let mut line =
            format!("{mark} {} | {} | {}", words(attribution.source), words(attribution.cue), content.join(" ++ "));
        let properties = properties(attribution, wanted);
        if !properties.is_empty() {
            line = format!("{line} | {}", properties.join(" "));
        }
        line
    }

    /// Kind and name are shown where the case asks for them, everything else where it is not the default.
    fn properties(attribution: &Attribution, wanted: &str) -> Vec<String> {
        let mut shown = Vec::new();
        if attribution.form != Form::Indirect {
            shown.push(attribution.form.to_string());
        }
        if attribution.negated {
            shown.push("negated".to_owned());
        }
        if wanted.contains("stance=") {
            shown.push(format!("stance={}", attribution.stance));
        }
        if wanted.contains("kind=") {
            shown.push(format!("kind={}", attribution.kind));
        }
        if let Some(name) = attribution.resolved.as_ref().filter(|_| wanted.contains("name=")) {
            shown.push(format!("name={}", name.replace(' ', "_")));
        }
        if let Some(index) = attribution.rests_on {
            shown.push(format!("rests-on={index}"));
        }
        if let Some(response) = attribution.response {
            shown.push(format!("response={response}"));
        }
        shown
    }

    /// What goes wrong in a file of cases, in a language other than English where one is named.
    pub(crate) fn check(cases: &str, language: Option<&str>) -> Vec<String> {
        let mut failures = Vec::new();
        for case in cases.split("\n\n").skip(1) {
            let (wanted, text): (Vec<&str>, Vec<&str>) =
                case.lines().partition(|line| line.starts_with("= ") || line.starts_with("~ "));
            assert!(!text.is_empty(), "a case without text: {case}");
            assert!(wanted.iter().all(|line| line.matches(" | ").count() >= 2), "a malformed case: {case}");
            let article = Article { language: language.map(str::to_owned), ..article(&text) };
            let annotated = crate::annotate(article, &crate::Config::default());
            let none = String::new();
            let found: Vec<String> = annotated
                .attributions
                .iter()
                .chain(&annotated.attitudes)
                .enumerate()
                .map(|(at, attribution)| shown(&annotated, attribution, wanted.get(at).unwrap_or(&none.as_str())))
                .collect();
            if found != wanted {
                failures.push(format!(
                    "{}\nfound:\n{}\nwanted:\n{}\n",
                    text.join("\n"),
                    found.join("\n"),
                    wanted.join("\n")
                ));
            }
        }
        failures
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use twosource_model::Annotated;

    use super::*;

    fn annotated(lines: &[&str]) -> Annotated {
        crate::annotate(cases::article(lines), &crate::Config::default())
    }

    #[test]
    fn english_cases() {
        let failures = cases::check(include_str!("../cases/en/attributions.txt"), None);
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    /// Text in which every pattern can begin and none need end.
    fn hostile() -> impl Strategy<Value = String> {
        let pieces = vec![
            "“",
            "”",
            "\"",
            "''",
            "«",
            "»",
            ", ",
            ". ",
            ": ",
            " said ",
            " told ",
            " according to ",
            " citing ",
            " — ",
            "(@",
            ") ",
            " who ",
            " and ",
            " the ",
            " reportedly ",
            " declined to comment ",
            " neither ",
            " was quoted by ",
            " Fenn ",
            " é😀 ",
            "\n",
            " claim that ",
            " 's ",
            " of ",
            "-",
            " is ",
            " May 3 ",
        ];
        proptest::collection::vec(proptest::sample::select(pieces), 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn spans_lie_inside_the_text(text in hostile()) {
            let lines: Vec<&str> = text.lines().collect();
            let annotated = annotated(&lines);
            let text = &annotated.article.text;
            for (index, attribution) in annotated.attributions.iter().enumerate() {
                prop_assert!(!attribution.content.is_empty());
                for span in attribution.content.iter().chain(&attribution.source).chain(&attribution.cue) {
                    prop_assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()));
                }
                prop_assert!(attribution.content.windows(2).all(|pair| pair[0].end <= pair[1].start));
                let mut seen = vec![index];
                let mut at = attribution.rests_on;
                while let Some(next) = at {
                    prop_assert!(next < annotated.attributions.len() && !seen.contains(&next), "a cycle");
                    seen.push(next);
                    at = annotated.attributions[next].rests_on;
                }
            }
        }

        #[test]
        fn any_text_is_survived(text in "\\PC{0,200}") {
            annotated(&[&text]);
        }
    }
}
