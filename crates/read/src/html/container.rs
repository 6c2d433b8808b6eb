//! Which part of a page is the article: the readability method of `dom_smoothie`, behind one function so that another
//! can take its place.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::elements::{Element, elements_of};

/// More elements than any page made for reading.
const MOST_ELEMENTS: usize = 150_000;

/// The elements of the article; where the method finds none, the paragraphs of the page.
pub(super) fn elements(page: &str, document: &Document) -> Vec<Element> {
    let config =
        Config { keep_classes: true, disable_json_ld: true, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let found = Readability::new(page, None, Some(config)).and_then(|mut method| method.parse());
    let chosen = found.map(|article| elements_of(&Document::fragment(article.content).root()));
    match chosen {
        Ok(elements) if !elements.is_empty() => elements,
        _ => fallback(document),
    }
}

fn fallback(document: &Document) -> Vec<Element> {
    let whole =
        ["article", "main", "body"].iter().find_map(|name| document.select(name).nodes().first().map(elements_of));
    whole.unwrap_or_default()
}
