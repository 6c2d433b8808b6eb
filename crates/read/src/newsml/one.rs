//! NewsML 1.x: components in components, of which those with a text are read.

use twosource_model::{Article, BlockKind};

use crate::feeds::Content;
use crate::html::Element;
use crate::wire::Item;
use crate::{Limits, nitf, xml};

/// The news items of a document.
pub(super) fn items(root: xml::Element) -> Vec<xml::Element> {
    root.named("newsitem").collect()
}

/// The public identifier of an item.
pub(super) fn id(item: xml::Element) -> Option<String> {
    item.path(&["identification", "newsidentifier", "publicidentifier"])?.words()
}

/// The article of an item; the error says why there is none.
pub(super) fn article(input: &str, number: usize, element: xml::Element, limits: &Limits) -> Result<Article, String> {
    let mut item = Item::new(input, id(element).as_deref(), number);
    management(&mut item, element);
    content(&mut item, element, limits);
    lines(&mut item, element);
    item.article()
}

fn management(item: &mut Item, element: xml::Element) {
    let words = |path: &[&str]| element.path(path).and_then(xml::Element::words);
    item.wire.version = words(&["identification", "newsidentifier", "revisionid"]);
    let first = words(&["newsmanagement", "firstcreated"]);
    item.dates(first.as_deref(), words(&["newsmanagement", "thisrevisioncreated"]).as_deref());
    item.status(element.path(&["newsmanagement", "status"]).and_then(|status| status.attribute("formalname")));
    let change = element.path(&["newsmanagement", "statuswillchange", "dateandtime"]).and_then(xml::Element::words);
    if item.wire.status != Some(twosource_model::PubStatus::Usable) {
        item.embargo(change.as_deref());
    }
    let instructions = element.path(&["newsmanagement", "instruction"]);
    item.note(instructions.and_then(xml::Element::words));
}

fn lines(item: &mut Item, element: xml::Element) {
    let line = |name: &str| element.first(name).and_then(xml::Element::words);
    item.title(line("headline"));
    let byline = line("byline");
    item.byline(byline.as_deref());
    item.over(BlockKind::Standfirst, line("subheadline"));
    item.over(BlockKind::Byline, byline);
    item.over(BlockKind::Dateline, line("dateline"));
    let party = |name: &str| element.first(name)?.first("party")?.attribute("formalname");
    item.agency(party("provider"));
    item.outlet(party("source").or(party("provider")));
    item.language(element.first("language").and_then(|language| language.attribute("formalname")));
}

/// The longest content that is a text; captions of pictures stand in components of their own, which have lines too.
fn content(item: &mut Item, element: xml::Element, limits: &Limits) {
    let held = element.all("datacontent").into_iter();
    let length = |content: &xml::Element| content.text().len();
    let mut texts: Vec<xml::Element> = held.filter(|content| is_text(*content)).collect();
    texts.sort_by_key(|content| std::cmp::Reverse(length(content)));
    let Some(content) = texts.first() else { return };
    if let Some(nitf) = content.child("nitf") {
        return nitf::fill(item, nitf);
    }
    item.body = elements(*content, limits);
}

fn elements(content: xml::Element, limits: &Limits) -> Vec<Element> {
    let body = content.path(&["html", "body"]).unwrap_or(content);
    let content = if body.has_elements() { Content::Html(body.markup()) } else { Content::guessed(body.text()) };
    content.elements(limits).0
}

/// Style sheets and the like are content too.
fn is_text(content: xml::Element) -> bool {
    let Some(item) = content.parent() else { return false };
    let formal = |name: &str| item.child(name).and_then(|child| child.attribute("formalname")).unwrap_or_default();
    let named = [formal("format"), formal("mimetype"), formal("mediatype")].join(" ").to_ascii_lowercase();
    !["css", "image", "jpeg", "photo", "graphic", "video", "audio"].iter().any(|word| named.contains(word))
}
