//! A saved page to an article: its text from the elements of the article, its metadata from the head.
//!
//! The page is checked for size and nesting before any tree is built, since trees and the search for the article are
//! slower than linear on hostile nesting. Then [`metadata`] reads what the page says about itself, [`container`]
//! picks the article, [`elements`] writes its blocks as lines with the kinds their elements give, and the same labels
//! as for pasted text tell promos, credits and bylines among the paragraphs.

mod container;
mod elements;
mod metadata;

use dom_query::Document;
use twosource_model::{Article, Block, BlockKind, Span};

use crate::labels::{Hints, label_blocks};
use crate::plain::from_blocks;
use crate::words::floor;
use crate::{Error, Limits};

pub(crate) use elements::Element;

/// Whether a text is a page: a document type, or the elements of one near its start.
pub(crate) fn is_html(text: &str) -> bool {
    let head = text[..floor(text, 2048)].trim_start().to_ascii_lowercase();
    let opens = ["<!doctype html", "<html", "<head", "<body", "<article", "<?xml", "<!--", "<meta", "<div", "<p>"];
    let is_page = ["<html", "<!doctype html", "<body", "<article", "<div", "<p>"].iter().any(|tag| head.contains(tag));
    opens.iter().any(|tag| head.starts_with(tag)) && is_page
}

/// The article of a page that was read from `address`, where that is known beside the name of the input.
pub(crate) fn article(input: &str, address: Option<&str>, page: &str, limits: &Limits) -> Result<Article, Error> {
    check(input, page, limits)?;
    let document = Document::from(page);
    if tree_depth(&document) > limits.depth {
        return Err(Error::TooDeep { input: input.to_owned(), limit: limits.depth });
    }
    let mut article = metadata::article(input, address, &document);
    let mut elements = container::elements(page, &document);
    if elements.iter().map(|element| element.text.len()).sum::<usize>() < 200 {
        let stated = metadata::article_body(&document).filter(|body| body.len() > 200);
        elements = stated.map_or(elements, |body| body.lines().map(Element::paragraph).collect());
    }
    if elements.iter().all(|element| element.text.trim().is_empty()) {
        return Err(Error::NoArticle { input: input.to_owned(), why: "the page holds no running text".to_owned() });
    }
    with_headline(&mut elements, article.title.as_deref());
    write(&mut article, &elements);
    from_blocks(&mut article, true);
    Ok(article)
}

/// The blocks of a piece of HTML, such as the content of an entry of a feed; the error says which limit it exceeds.
pub(crate) fn fragment(html: &str, limits: &Limits) -> Result<Vec<Element>, String> {
    let without_input = |error: Error| error.to_string().trim_start_matches(": ").to_owned();
    check("", html, limits).map_err(without_input)?;
    let document = Document::fragment(html);
    // Some give a whole page: its title is not part of the text.
    document.select("head, title, base").remove();
    if tree_depth(&document) > limits.depth {
        return Err(without_input(Error::TooDeep { input: String::new(), limit: limits.depth }));
    }
    Ok(elements::elements_of(&document.root()))
}

/// The title opens the text unless it is there already.
fn with_headline(elements: &mut Vec<Element>, title: Option<&str>) {
    let has_headline = elements.iter().any(|element| element.kind == BlockKind::Headline);
    if let Some(title) = title.filter(|_| !has_headline) {
        elements.insert(0, Element { kind: BlockKind::Headline, text: title.to_owned() });
    }
}

/// Joins the elements into the text and labels their blocks.
pub(crate) fn write(article: &mut Article, elements: &[Element]) {
    let mut given = Vec::new();
    for element in elements.iter().filter(|element| !element.text.is_empty()) {
        let gap = if article.text.is_empty() { "" } else { "\n\n" };
        article.text.push_str(gap);
        let start = article.text.len();
        article.text.push_str(&element.text);
        given.push(Block { kind: element.kind, span: Span::new(start, article.text.len()) });
    }
    let labels = label_blocks(&article.text, &Hints { title: article.title.as_deref(), skip: 0 });
    article.blocks = labels.into_iter().map(|label| Block { kind: agreed(label, &given), span: label.span }).collect();
}

/// What an element says it is stands against what its words look like, unless the words are plainly furniture. A
/// paragraph element never becomes a title by its shape: pages mark titles.
fn agreed(label: Block, given: &[Block]) -> BlockKind {
    let at = given.partition_point(|block| block.span.end <= label.span.start);
    let element = given.get(at).map_or(BlockKind::Paragraph, |block| block.kind);
    let plainly = matches!(
        label.kind,
        BlockKind::Promo
            | BlockKind::Credit
            | BlockKind::Correction
            | BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Other
    );
    let by_shape = matches!(
        label.kind,
        BlockKind::Headline | BlockKind::Kicker | BlockKind::Paragraph | BlockKind::ListItem | BlockKind::LiveEntry
    );
    match element {
        BlockKind::Headline => BlockKind::Headline,
        BlockKind::Paragraph if by_shape => BlockKind::Paragraph,
        BlockKind::Paragraph => label.kind,
        _ if plainly => label.kind,
        other => other,
    }
}

fn check(input: &str, page: &str, limits: &Limits) -> Result<(), Error> {
    if page.len() as u64 > limits.page_bytes {
        return Err(Error::TooLarge { input: input.to_owned(), what: "a page", limit: limits.page_bytes });
    }
    let (depth, elements) = measure(page);
    if elements > limits.elements {
        return Err(Error::TooManyElements { input: input.to_owned(), limit: limits.elements });
    }
    if depth > limits.depth {
        return Err(Error::TooDeep { input: input.to_owned(), limit: limits.depth });
    }
    Ok(())
}

/// How deep the elements of a parsed page are nested. Its tags can hide depth from [`measure`], for example in a
/// drawing, where the rules of scripts do not hold.
fn tree_depth(document: &Document) -> usize {
    let mut deepest = 0;
    let mut open = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        deepest = deepest.max(depth);
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    deepest
}

/// How deep the elements of a page are nested and how many there are, counted on its tags in one pass. Elements that
/// the next of their kind closes, and those without content, add no depth.
fn measure(page: &str) -> (usize, usize) {
    const FLAT: &[&str] = &[
        "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "optgroup",
        "option", "p", "param", "path", "rp", "rt", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
        "wbr",
    ];
    const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe"];
    let (mut open, mut deepest, mut elements) = (0usize, 0usize, 0usize);
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name = tag_name(rest);
        let closes = rest.starts_with('/');
        elements += usize::from(!name.is_empty() && !closes);
        match () {
            () if name.is_empty() || FLAT.contains(&&*name) => {}
            () if closes => open = open.saturating_sub(1),
            () if RAW.contains(&&*name) => rest = after_raw(rest, &name),
            () if is_self_closed(rest) => {}
            () => open += 1,
        }
        deepest = deepest.max(open);
    }
    (deepest, elements)
}

fn tag_name(tag: &str) -> String {
    let name = tag.strip_prefix('/').unwrap_or(tag);
    name.chars().take_while(char::is_ascii_alphanumeric).take(12).collect::<String>().to_ascii_lowercase()
}

/// What follows the end tag of an element whose content is no markup; without one it holds all that is left.
fn after_raw<'p>(rest: &'p str, name: &str) -> &'p str {
    let mut from = 0;
    while let Some(at) = rest[from..].find("</") {
        let tag = &rest[from + at + 2..];
        if tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return tag;
        }
        from += at + 2;
    }
    ""
}

/// "<use …/>", as drawings write it.
fn is_self_closed(rest: &str) -> bool {
    rest[..floor(rest, 2000)].find('>').is_some_and(|end| rest[..end].ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang="en-GB"><head><title>Ferry to stop in May | Nova Post</title>
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry to stop in May","datePublished":"2025-05-03T08:00:00Z",
"author":[{"name":"Anna Berg"}],"publisher":{"name":"Nova Post"}}</script><link rel="canonical" href="https://www.novapost.example/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry to stop in May</h1><p>By Anna Berg</p>
<p>The ferry between the two islands of Nova will stop in May, the port said on Friday, after a century of service to the villages on the shore.</p>
<figure><img src="x.jpg"><figcaption>The ferry at the pier. Carl Dahl/Nova Post</figcaption></figure>
<h2>No bridge yet</h2><p>A bridge was promised by the council in 2019, but the work has not begun, and nobody in the town expects it to start before the next election.</p>
<blockquote>We were told in a letter.</blockquote>
<ul><li>The last boat leaves at nine in the evening.</li></ul><p>Read more: What the port says</p></article></body></html>"#;

    #[test]
    fn a_page_becomes_an_article() {
        let article = article("p.html", None, PAGE, &Limits::default()).expect("an article");
        assert_eq!(article.title.as_deref(), Some("Ferry to stop in May"));
        assert_eq!(article.outlet.as_deref(), Some("Nova Post"));
        assert_eq!(article.authors, ["Anna Berg"]);
        assert_eq!(article.published.as_ref().map(twosource_model::Instant::day), Some("2025-05-03"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.url.as_deref(), Some("https://www.novapost.example/ferry"));
        let kinds: Vec<_> = article.blocks.iter().map(|block| block.kind.as_str()).collect();
        assert_eq!(
            kinds,
            ["headline", "byline", "paragraph", "caption", "heading", "paragraph", "quote", "list_item", "promo"]
        );
    }

    #[test]
    fn deep_pages_are_refused_before_they_are_parsed() {
        let page = format!("<html><body>{}text", "<div>".repeat(20_000));
        assert!(matches!(article("p.html", None, &page, &Limits::default()), Err(Error::TooDeep { .. })));
        assert_eq!(measure("<div><p>a<p>b<br><span>c</span></div><script>'<div><div>'</script>"), (2, 6));
        let hidden = format!("<html><body><svg><title>{}</title></svg>text", "<g>".repeat(20_000));
        assert!(matches!(article("p.html", None, &hidden, &Limits::default()), Err(Error::TooDeep { .. })));
        let wide = format!("<html><body>{}text", "<br>".repeat(400_000));
        assert!(matches!(article("p.html", None, &wide, &Limits::default()), Err(Error::TooManyElements { .. })));
    }

    #[test]
    fn a_page_without_text_is_an_error() {
        assert!(matches!(
            article("p.html", None, "<html><body></body></html>", &Limits::default()),
            Err(Error::NoArticle { .. })
        ));
    }
}
