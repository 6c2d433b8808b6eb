//! Laws that hold for every input: no panic, and blocks that lie apart, in order, and hold all that is not white space.

use proptest::prelude::*;
use twosource_model::Article;
use twosource_read::{Hints, Limits, label_blocks, read_bytes};

fn holds(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let gap = article.text.get(end..block.span.start).expect("blocks in order, on character boundaries");
        assert!(gap.trim().is_empty(), "“{gap}” is in no block");
        assert!(!block.span.is_empty());
        assert_eq!(block.span.trim(&article.text), block.span);
        end = block.span.end;
    }
    assert!(article.text[end..].trim().is_empty(), "“{}” is in no block", &article.text[end..]);
}

/// Lines of the sort that rules look at.
fn line() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "By Anna Berg",
        "NOVA (Reuters) - ",
        "(Photo by",
        "REUTERS/",
        "Getty Images",
        ")",
        "(",
        "pic.twitter.com/a",
        "— A (@b) May 3, 2025",
        "May 3, 2025",
        "Read more:",
        "ADVERTISEMENT",
        "Title: x",
        "Source:",
        "• item",
        "…",
        "“Ä",
        "”",
        "é",
        "The ferry stops. ",
        "It was old.",
        "Updated at 6:57 p.m.",
        "\r",
        "\u{2028}",
        "___",
        "@",
        "http://",
        "{",
        "<p>",
        "www.",
        "😀",
    ]);
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.join(" "))
}

/// Inputs on which a careless scan takes time that grows with the square of their length.
#[test]
fn long_inputs_of_one_kind() {
    let parts = [
        "a ",
        "a,",
        "(a) ",
        "((a) ",
        "\"' ",
        ". ",
        "A. ",
        "@a",
        "\n",
        "a\n",
        "A b\n",
        "A b c d e f\n",
        " ",
        "<",
        "[",
        "{",
        "a: ",
        "/ ",
        "By A B\n",
        "May 3, 2025\n",
    ];
    for part in parts {
        let text = format!("x{}y", part.repeat(40_000 / part.len()));
        for name in ["a.txt", "a.json", "a.html"] {
            for article in
                read_bytes(name, text.as_bytes(), &Limits::default()).map(|read| read.articles).unwrap_or_default()
            {
                holds(&article);
            }
        }
    }
}

#[test]
fn inputs_that_cannot_be_read() {
    let limits = Limits { file_bytes: 1000, page_bytes: 500, ..Limits::default() };
    let message = |bytes: &[u8]| read_bytes("a.txt", bytes, &limits).expect_err("no article").to_string();
    assert!(message(b" \n\xef\xbb\xbf").contains("empty"));
    assert!(message(b"%PDF-1.7").contains("pdftotext"));
    assert!(message(&[b'a'; 1001]).contains("limit"));
    assert!(message(&[b'a'; 600]).contains("one article"));
    assert!(message(b"\x1f\x8bnothing").contains("damaged"));
    assert!(message(b"{\"title\":\"x\"}").contains("line 1"));
    for bytes in [&b" "[..], b"%PDF-", b"\0\0"] {
        assert!(message(bytes).starts_with("a.txt: "), "the message names the input");
    }
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for article in read_bytes("a.txt", &bytes, &Limits::default()).map(|read| read.articles).unwrap_or_default() {
            holds(&article);
        }
    }

    #[test]
    fn any_text(text in "\\PC{0,300}") {
        for name in ["a.txt", "a.jsonl", "a.html"] {
            for article in read_bytes(name, text.as_bytes(), &Limits::default()).map(|read| read.articles).unwrap_or_default() {
                holds(&article);
            }
        }
    }

    #[test]
    fn any_lines(lines in prop::collection::vec(line(), 0..20)) {
        let text = lines.join("\n");
        let blocks = label_blocks(&text, &Hints::default());
        holds(&Article { text: text.clone(), blocks, ..Article::default() });
        let page = format!("<html><body><article><p>{}</p></article></body></html>", lines.join("</p><p>"));
        for article in read_bytes("a.html", page.as_bytes(), &Limits::default()).map(|read| read.articles).unwrap_or_default() {
            holds(&article);
        }
    }
}
