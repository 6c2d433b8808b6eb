//! The cases of the languages that share the stages of this module, and laws on hostile text.

use proptest::prelude::*;
use twosource_model::{Annotated, Article, Block, BlockKind, Bound, Quantity, Span};

use super::language;
use crate::attributions::cases::{article, check};

const CODES: [&str; 4] = ["ar", "de", "es", "fr"];

macro_rules! of_all {
    ($file:literal) => {
        [
            ("ar", include_str!(concat!("../../cases/ar/", $file))),
            ("de", include_str!(concat!("../../cases/de/", $file))),
            ("es", include_str!(concat!("../../cases/es/", $file))),
            ("fr", include_str!(concat!("../../cases/fr/", $file))),
        ]
    };
}

fn annotated(code: &str, text: &str) -> Annotated {
    let lines: Vec<&str> = text.lines().collect();
    crate::annotate(Article { language: Some(code.to_owned()), ..article(&lines) }, &crate::Config::default())
}

#[test]
fn attributions() {
    let failures = of_all!("attributions.txt").into_iter().flat_map(|(code, cases)| check(cases, Some(code)));
    let failures: Vec<String> = failures.collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn quantities() {
    let shown = |quantity: &Quantity, words: &str| {
        let bound = match quantity.bound {
            Bound::Exact => "",
            Bound::About => "~",
            Bound::AtLeast => "≥",
            Bound::MoreThan => ">",
            Bound::AtMost => "≤",
            Bound::LessThan => "<",
        };
        let unit = quantity.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
        format!("[{words} = {bound}{}{unit}]", quantity.value)
    };
    let mut wrong = Vec::new();
    for (code, cases) in of_all!("quantities.txt") {
        for case in cases.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let text = crate::times::plain(case);
            let found = annotated(code, &text);
            let mut marked = String::new();
            let mut at = 0;
            for quantity in &found.quantities {
                marked += &text[at..quantity.span.start];
                marked += &shown(quantity, quantity.span.of(&text));
                at = quantity.span.end;
            }
            marked += &text[at..];
            if marked != case {
                wrong.push(format!("wanted {case}\n   got {marked}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What `tokens.txt` folds away can never match a word of the text.
#[test]
fn data_is_written_as_folded() {
    for code in CODES {
        let splits = language(code).tokens.as_ref();
        let files = [
            include_str!("../../data/ar/names.txt"),
            include_str!("../../data/ar/speech.txt"),
            include_str!("../../data/ar/numbers.txt"),
            include_str!("../../data/ar/times_words.txt"),
            include_str!("../../data/ar/times_patterns.txt"),
            include_str!("../../data/ar/times_cues.txt"),
        ];
        for line in files.iter().filter(|_| code == "ar").flat_map(|file| file.lines()) {
            let is_data = !line.starts_with('#');
            let unfolded = is_data && line.chars().any(|c| splits.is_some_and(|splits| splits.folds(c)));
            assert!(!unfolded, "{code}: to be written as folded: {line}");
        }
    }
}

#[test]
fn a_language_without_data_has_sentences_and_quotations_alone() {
    let found = annotated("it", "Il porto è chiuso. «Nessuno ci ha chiesto niente, mai», ha detto Anna Berg a Roma.");
    assert_eq!(found.sentences.len(), 2);
    assert_eq!(found.attributions.len(), 1);
    assert!(found.attributions[0].source.is_none() && found.mentions.is_empty() && found.times.is_empty());
    assert!(found.article.diagnostics[0].contains("not annotated yet"));
}

fn hostile() -> impl Strategy<Value = String> {
    let pieces = vec![
        "“",
        "”",
        "\"",
        "«",
        "»",
        "„",
        "—",
        ", ",
        ". ",
        ": ",
        "، ",
        "؟ ",
        " sagte ",
        " dijo ",
        " a dit ",
        "-t-il",
        " قال ",
        " laut ",
        " según ",
        " selon ",
        " d’",
        " وفقا ",
        " que ",
        " dass ",
        " إن ",
        " Anna ",
        " Berg ",
        " M. ",
        " von ",
        " der ",
        " 3. ",
        " Mai ",
        " hace ",
        " dos ",
        " días ",
        " مايو ",
        " ٣",
        "٫",
        "٥ ",
        " 1 250 ",
        " GmbH ",
        " zufolge ",
        "\n",
        " é😀 ",
        " Millionen ",
        " % ",
        " der Polizei ",
        " الوزير ",
        " محمد ",
        " (",
        ") ",
        "'",
        "-",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..50).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_lie_inside_any_text(text in hostile(), code in prop::sample::select(vec!["ar", "de", "es", "fr", "xx"])) {
        let found = annotated(code, &text);
        let text = &found.article.text;
        let inside = |span: Span| text.get(span.start..span.end).is_some_and(|words| !words.is_empty());
        for attribution in &found.attributions {
            prop_assert!(!attribution.content.is_empty());
            let spans = attribution.content.iter().chain(&attribution.source).chain(&attribution.cue);
            prop_assert!(spans.copied().all(inside));
            prop_assert!(attribution.content.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(attribution.entity.is_none_or(|entity| entity < found.entities.len()));
        }
        prop_assert!(found.mentions.is_sorted_by_key(|mention| mention.span));
        prop_assert!(found.mentions.iter().all(|mention| inside(mention.span) && mention.phrase.contains(mention.span)));
        prop_assert!(found.quantities.iter().all(|quantity| inside(quantity.span) && quantity.value.is_finite()));
        prop_assert!(found.clauses.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(found.clauses.iter().all(|clause| inside(clause.span)));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}", code in prop::sample::select(CODES.to_vec())) {
        annotated(code, &text);
    }
}

/// Text without an end costs no more than its length.
#[test]
fn marks_without_end_are_read_in_time() {
    for piece in ["«", "„ ", "sagte ", "laut ", "Anna ", "قال ", "— ", ", ", "vor zwei "] {
        let block = piece.repeat(20_000);
        for code in CODES {
            let whole = Block { kind: BlockKind::Paragraph, span: Span::new(0, block.trim_end().len()) };
            let article = Article {
                text: block.clone(),
                blocks: vec![whole],
                language: Some(code.to_owned()),
                ..Article::default()
            };
            let start = std::time::Instant::now();
            crate::annotate(article, &crate::Config::default());
            assert!(start.elapsed().as_secs() < 20, "{code}: {piece}");
        }
    }
}
