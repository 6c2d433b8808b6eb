//! A saved page to an article: its text from the elements of the article, its metadata from the head.
//!
//! [`guard`] makes the page safe to parse, since trees are slower than linear on hostile markup. The page is parsed
//! once: [`metadata`] reads what it says about itself, [`outline`] turns the tree into boxes and lines, and all that
//! follows works on these two lists. [`container`] finds the box of the article by where the running text is,
//! [`prune`] takes other stories, buttons and comments out of it, [`top`] reads what stands over the body,
//! [`elements`] gives each line the kind its boxes say, [`live`] finds the entries of a live blog. What names of
//! classes say ([`marks`]) is weak evidence throughout: it never takes much of the running text away. [`stated`] is
//! the text the page states for machines. At the end the same words as for pasted text tell promos, credits and
//! bylines among the paragraphs.

mod container;
mod elements;
mod guard;
mod live;
mod marks;
mod metadata;
mod outline;
mod prune;
mod stated;
mod top;

use std::collections::BTreeMap;

use dom_query::Document;
use twosource_model::{Article, Block, BlockKind, Instant, Span};

use crate::labels::{Hints, label_marked};
use crate::plain::from_blocks;
use crate::words::floor;
use crate::{Error, Limits};

use outline::Outline;

pub(crate) use elements::Element;

/// Whether a text is a page: a document type, or the elements of one near its start.
pub(crate) fn is_html(text: &str) -> bool {
    let head = text[..floor(text, 2048)].trim_start().to_ascii_lowercase();
    let opens = ["<!doctype html", "<html", "<head", "<body", "<article", "<?xml", "<!--", "<meta", "<div", "<p>"];
    let is_page = ["<html", "<!doctype html", "<body", "<article", "<div", "<p>"].iter().any(|tag| head.contains(tag));
    opens.iter().any(|tag| head.starts_with(tag)) && is_page
}

/// No label of a link is longer, in bytes.
const LONGEST_LABEL: usize = 300;

/// The article of a page that was read from `address`, where that is known beside the name of the input.
pub(crate) fn article(input: &str, address: Option<&str>, page: &str, limits: &Limits) -> Result<Article, Error> {
    if page.len() as u64 > limits.page_bytes {
        return Err(Error::TooLarge { input: input.to_owned(), what: "a page", limit: limits.page_bytes });
    }
    let safe = guard::safe(page, limits);
    let document = Document::from(&*safe.page);
    let mut article = metadata::article(input, address, &document);
    let page = outline::outline(&document.root(), limits.depth);
    let hidden_depth = page.note.clone().filter(|_| safe.notes.is_empty());
    let notes: Vec<String> = safe.notes.into_iter().chain(hidden_depth).collect();
    let (mut elements, doubt) = body(&page, &document, article.title.as_deref());
    // Ways out make no article, unless one is so long that the page must have a broken link around its text.
    let shows = |element: &Element| element.kind != BlockKind::Promo || element.text.len() > LONGEST_LABEL;
    if article.title.is_none() && !elements.iter().any(shows) || elements.is_empty() {
        let why = if notes.is_empty() { "the page holds no running text".to_owned() } else { notes.join("; ") };
        return Err(Error::NoArticle { input: input.to_owned(), why });
    }
    article.diagnostics.extend(notes.into_iter().chain(doubt));
    with_headline(&mut elements, article.title.as_deref());
    write(&mut article, &elements);
    from_blocks(&mut article, true);
    Ok(article)
}

/// The blocks of a piece of HTML, such as the content of an entry of a feed; the error says which limit it exceeds.
pub(crate) fn fragment(html: &str, limits: &Limits) -> Result<Vec<Element>, String> {
    if html.len() as u64 > limits.page_bytes {
        let too_large = Error::TooLarge { input: String::new(), what: "a page", limit: limits.page_bytes };
        return Err(too_large.to_string().trim_start_matches(": ").to_owned());
    }
    let document = Document::fragment(&*guard::safe(html, limits).page);
    // Some give a whole page: its title is not part of the text.
    document.select("head, title, base").remove();
    let page = outline::outline(&document.root(), limits.depth);
    Ok(elements::elements(&page, &container::whole(&page)))
}

/// The blocks of the article, and a doubt about them; where the page shows hardly any text, those of the text it states
/// for machines.
fn body(page: &Outline, document: &Document, title: Option<&str>) -> (Vec<Element>, Option<String>) {
    let stated = stated::body(&page.stated);
    let stands = stated.as_deref().map(|body| stated::stands_in(page, body)).unwrap_or_default();
    let main = container::container(page, &stands, title);
    let elements = elements::elements(page, &main);
    let shown = || elements.iter().filter(|element| element.kind.is_body()).map(|element| element.text.as_str());
    let size: usize = shown().map(str::len).sum();
    let told = || metadata::article_body(document).filter(|body| body.len() > 200);
    if let Some(body) = (size < 200).then(told).flatten() {
        return (body.lines().map(Element::paragraph).collect(), None);
    }
    let agrees = stated.and_then(|body| stated::percent_in(&body, shown()));
    let doubt = agrees.filter(|percent| *percent < 50).map(|percent| {
        format!("only {percent} % of the text found stands in the text the page states for machines: it may not be the whole article, or another")
    });
    (elements, doubt)
}

/// The title opens the text unless it is there already.
fn with_headline(elements: &mut Vec<Element>, title: Option<&str>) {
    let has_headline = elements.iter().any(|element| element.kind == BlockKind::Headline);
    if let Some(title) = title.filter(|_| !has_headline) {
        elements.insert(0, Element { kind: BlockKind::Headline, text: title.to_owned(), time: None });
    }
}

/// Joins the elements into the text and labels their blocks.
pub(crate) fn write(article: &mut Article, elements: &[Element]) {
    let (mut given, mut times) = (Vec::new(), Vec::new());
    for element in elements.iter().filter(|element| !element.text.is_empty()) {
        let gap = if article.text.is_empty() { "" } else { "\n\n" };
        article.text.push_str(gap);
        let start = article.text.len();
        article.text.push_str(&element.text);
        given.push(Block { kind: element.kind, span: Span::new(start, article.text.len()) });
        times.push(element.time.clone());
    }
    article.blocks = label_marked(&article.text, &given, &Hints { title: article.title.as_deref(), skip: 0 });
    article.block_times = block_times(&article.blocks, &given, &times);
}

/// The moments of the entries, by the number of each labelled block: a given block may have been cut into several.
fn block_times(blocks: &[Block], given: &[Block], times: &[Option<Instant>]) -> BTreeMap<usize, Instant> {
    let time = |block: &Block| {
        let after = given.partition_point(|one| one.span.start <= block.span.start);
        after.checked_sub(1).and_then(|at| times[at].clone())
    };
    blocks.iter().enumerate().filter_map(|(number, block)| Some((number, time(block)?))).collect()
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

    /// The kinds and words of the blocks of a page whose body is given.
    fn blocks(body: &str) -> Vec<(&'static str, String)> {
        let page =
            format!("<!doctype html><html><head><title>Ferry to stop in May</title></head><body>{body}</body></html>");
        let article = article("p.html", None, &page, &Limits::default()).expect("an article");
        let words = |block: &Block| (block.kind.as_str(), block.span.of(&article.text).to_owned());
        article.blocks.iter().map(words).collect()
    }

    const FIRST: &str = "<p>The ferry between the two islands of Nova will stop in May, the port said on Friday, after a century of service.</p>";
    const SECOND: &str = "<p>A bridge was promised by the council in 2019, but the work has not begun, and nobody expects it to start soon.</p>";
    const THIRD: &str = "<p>The villages on the shore have asked for a bus, and the council will decide on the matter in the first week of June, after it has heard the people who take the boat to work every day.</p>";

    /// The kinds in the order of the page.
    fn check(body: &str, expected: &[&str]) {
        let found = blocks(body);
        let kinds: Vec<&str> = found.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, expected, "{found:#?}");
    }

    #[test]
    fn the_header_outside_of_the_article_is_read() {
        let header = "<header><p class=kicker>Islands</p><h1>Ferry to stop in May</h1><p class=deck>The port gives up a line of a hundred years</p>\
            <div class=author>By Anna Berg</div><figure><img src=x.jpg><figcaption>The pier in spring</figcaption></figure></header>";
        check(
            &format!("{header}<div class=text>{FIRST}{SECOND}{THIRD}</div>"),
            &["kicker", "headline", "standfirst", "byline", "caption", "paragraph", "paragraph", "paragraph"],
        );
    }

    #[test]
    fn ways_out_are_no_body() {
        let related = "<ul class=related-stories><li><a href=/a>Why the bridge was never built in Nova</a><li><a href=/b>Bus to run on Sundays</a></ul>";
        let comments = format!("<div id=comments><h3>Comments</h3>{}</div>", "<div class=comment>They should have asked the people on the islands first, as we all said years ago.</div>".repeat(3));
        let found = blocks(&format!(
            "<nav><a href=/>Home</a></nav><main><h1>Ferry to stop in May</h1>{FIRST}{related}{SECOND}{THIRD}{comments}</main><footer>About us</footer>"
        ));
        let body: Vec<&str> = found.iter().filter(|(kind, _)| *kind == "paragraph").map(|(_, text)| &**text).collect();
        assert_eq!(body.len(), 3, "{found:#?}");
        assert!(found.iter().all(|(_, text)| !text.contains("Home") && !text.contains("asked the people")));
    }

    #[test]
    fn comments_longer_than_the_article_are_none_of_it() {
        let comment = "<div class=comment-text>They should have asked the people on the islands first, as we all said years ago, and more than once.</div>";
        let comments: String = (0..30).map(|number| format!("{comment}<div>{number}</div>")).collect();
        let found = blocks(&format!(
            "<div><h1>Ferry to stop in May</h1>{FIRST}{SECOND}{THIRD}</div><div id=comments>{comments}</div>"
        ));
        assert!(found.iter().all(|(_, text)| !text.contains("asked the people")), "{found:#?}");
    }

    #[test]
    fn bold_paragraphs_between_paragraphs_are_headings_and_pictures_keep_their_captions() {
        let picture = "<div class=image><img src=x.jpg><span class=credit>Carl Dahl/Nova Post</span><div>The ferry in 1955</div></div>";
        check(
            &format!(
                "<article><h1>Ferry to stop in May</h1>{FIRST}<p><b>No bridge yet</b></p>{SECOND}{picture}{THIRD}</article>"
            ),
            &["headline", "paragraph", "heading", "paragraph", "credit", "caption", "paragraph"],
        );
    }

    #[test]
    fn words_of_the_article_set_large_are_a_pull_quote() {
        let quote = "<blockquote>nobody expects it to start soon</blockquote>";
        check(
            &format!("<article><h1>Ferry to stop in May</h1>{FIRST}{quote}{SECOND}{THIRD}</article>"),
            &["headline", "paragraph", "pull_quote", "paragraph", "paragraph"],
        );
    }

    #[test]
    fn tables_are_lines_and_line_breaks_part_paragraphs() {
        let table = "<table><tr><th>Line</th><th>Boats</th></tr><tr><td>North</td><td>4</td></tr></table>";
        let found = blocks(&format!(
            "<article><h1>Ferry to stop in May</h1>{FIRST}{table}<div>The last boat leaves at nine.<br><br>Nobody will wait for the\nbus at the pier<br>until the council decides.</div></article>"
        ));
        let texts: Vec<&str> = found.iter().skip(2).map(|(_, text)| &**text).collect();
        assert_eq!(
            texts,
            [
                "Line | Boats",
                "North | 4",
                "The last boat leaves at nine.",
                "Nobody will wait for the bus at the pier until the council decides."
            ]
        );
    }

    #[test]
    fn entries_of_a_live_blog_have_their_times() {
        let entry = |hour: u32, text: &str| {
            format!("<div class=post><time datetime=2025-05-03T0{hour}:00:00Z>{hour} am</time>{text}</div>")
        };
        let page = format!(
            "<html><body><article><h1>Ferry to stop in May</h1>{}{}{}</article></body></html>",
            entry(9, THIRD),
            entry(8, SECOND),
            entry(7, FIRST)
        );
        let article = article("p.html", None, &page, &Limits::default()).expect("an article");
        let times: Vec<&str> = article
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| block.kind == BlockKind::LiveEntry)
            .map(|(number, _)| article.block_times[&number].as_str())
            .collect();
        assert_eq!(times, ["2025-05-03T09:00:00Z", "2025-05-03T08:00:00Z", "2025-05-03T07:00:00Z"]);
    }

    #[test]
    fn text_that_only_machines_are_given_is_read() {
        let words = "The ferry between the two islands of Nova will stop in May, the port said. ".repeat(4);
        let page = format!(
            "<html><head><script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"headline\":\"Ferry to stop\",\"articleBody\":\"{words}\"}}</script></head><body><div id=app></div></body></html>"
        );
        let article = article("p.html", None, &page, &Limits::default()).expect("an article");
        assert!(article.text.contains("two islands of Nova"));
    }

    #[test]
    fn pages_beyond_the_limits_still_give_what_can_be_read() {
        let text = "The ferry between the two islands of Nova will stop in May, the port said on Friday. ".repeat(4);
        for open in ["<div>", "<div/>", "<b id=x>", "<table><tr><td>", "<ul><li>", "<p>", "<br>", "<a href=x>"] {
            let page = format!("<html><body>{}<p>{text}</p>", open.repeat(20_000));
            let article = article("p.html", None, &page, &Limits::default()).expect("an article");
            assert!(article.text.contains("The ferry"), "{open}");
        }
    }

    #[test]
    fn a_page_without_text_is_an_error() {
        assert!(matches!(
            article("p.html", None, "<html><body></body></html>", &Limits::default()),
            Err(Error::NoArticle { .. })
        ));
    }
}
