//! NITF, the News Industry Text Format: what its head, its document data and its body say, as parts of an item.
//!
//! It comes alone, inside NewsML-G2 and inside ninjs; element names follow NITF 3.6.

use twosource_model::{BlockKind, Instant};

use crate::html::Element;
use crate::wire::{Item, folded};
use crate::xml::{self, Step};

/// Fills an item with what an `nitf` element, or a piece of one, says. What the item knows already stays.
pub(crate) fn fill(item: &mut Item, nitf: xml::Element) {
    let body = nitf.child("body").unwrap_or(nitf);
    let content = body.child("body.content").unwrap_or(body);
    item.body = elements(content);
    if let Some(head) = body.child("body.head") {
        body_head(item, head);
    }
    if let Some(end) = body.child("body.end") {
        item.captions.extend(elements(end).into_iter().map(|element| Element { kind: BlockKind::Credit, ..element }));
    }
    if let Some(head) = nitf.child("head") {
        document(item, head);
    }
}

fn body_head(item: &mut Item, head: xml::Element) {
    let hedline = head.child("hedline");
    let line = |name: &str| hedline.and_then(|hedline| hedline.child(name)).and_then(xml::Element::words);
    item.title(line("hl1").or_else(|| hedline.and_then(xml::Element::words)));
    item.over(BlockKind::Standfirst, line("hl2"));
    for paragraph in head.child("abstract").map(elements).unwrap_or_default() {
        item.over(BlockKind::Standfirst, Some(paragraph.text));
    }
    for byline in head.named("byline") {
        let people: Vec<String> = byline.all("person").into_iter().filter_map(xml::Element::words).collect();
        if item.article.authors.is_empty() && !people.is_empty() {
            item.article.authors = people;
        }
        item.byline(names(byline).as_deref());
        item.over(BlockKind::Byline, byline.words());
    }
    item.over(BlockKind::Dateline, head.child("dateline").and_then(xml::Element::words));
    item.agency(head.child("distributor").and_then(xml::Element::words).as_deref());
    head.named("note").for_each(|note| item.note(note.words()));
}

/// A byline without the titles and outlets of those it names.
fn names(byline: xml::Element) -> Option<String> {
    let mut text = String::new();
    byline.walk(|step| match step {
        Step::Text(part) => {
            text.push_str(part);
            true
        }
        Step::Open(element) => element.local() != "byttl",
        Step::Close(_) => true,
    });
    Some(folded(&text)).filter(|text| !text.is_empty())
}

/// `head`: the title, `docdata` and `pubdata`.
fn document(item: &mut Item, head: xml::Element) {
    item.title(head.child("title").and_then(xml::Element::words));
    let published = head.child("pubdata");
    let at = |element: Option<xml::Element>, name: &str| {
        element.and_then(|element| element.attribute(name).map(str::to_owned))
    };
    let data = head.child("docdata");
    let date = |name: &str| at(data.and_then(|data| data.child(name)), "norm");
    let (issued, released) = (date("date.issue"), date("date.release"));
    if item.article.published.is_none() {
        item.dates(issued.as_deref().or(at(published, "date.publication").as_deref()), None);
    }
    item.outlet(at(published, "name").as_deref());
    let Some(data) = data else { return };
    let child = |name: &str| data.child(name);
    item.outlet(at(child("doc.copyright"), "holder").as_deref());
    if item.wire.status.is_none() {
        item.status(data.attribute("management-status"));
    }
    if item.wire.version.is_none() {
        item.wire.version = at(child("du-key"), "version");
    }
    // A document is released when it is issued, unless it is to wait.
    let waits = released.filter(|date| is_after(date, item.article.published.as_ref()));
    if item.wire.embargoed_until.is_none() {
        item.embargo(waits.as_deref());
    }
    data.named("ed-msg").for_each(|message| item.note(at(Some(message), "info")));
    if let Some(correction) = child("correction") {
        let what = correction.attribute("info").or(correction.attribute("id-string")).unwrap_or("an earlier item");
        item.article.diagnostics.push(format!("corrects an earlier item: {what}"));
    }
}

/// Whether a date is later than another, by day or, on the same day and offset, by time.
fn is_after(date: &str, other: Option<&Instant>) -> bool {
    let (Some(date), Some(other)) = (crate::feeds::feed_date(date), other) else { return true };
    let time = |instant: &Instant| instant.as_str().get(10..).unwrap_or_default().to_owned();
    let (one, two) = (time(&date), time(other));
    match date.day().cmp(other.day()) {
        std::cmp::Ordering::Equal if one.is_empty() || two.is_empty() => false,
        std::cmp::Ordering::Equal => one.get(9..) != two.get(9..) || one > two,
        order => order.is_gt(),
    }
}

/// The id a document gives itself.
pub(crate) fn id(nitf: xml::Element<'_>) -> Option<&str> {
    let data = nitf.child("head")?.child("docdata")?;
    data.child("doc-id")?.attribute("id-string")
}

/// What each element that is a block of its own makes of its text; the others run on in the line.
const BLOCKS: &[(&str, Option<BlockKind>)] = &[
    ("p", None),
    ("block", None),
    ("body.content", None),
    ("div", None),
    ("section", None),
    ("lede", None),
    ("pre", None),
    ("tr", Some(BlockKind::Other)),
    ("hl1", Some(BlockKind::Heading)),
    ("hl2", Some(BlockKind::Heading)),
    ("h1", Some(BlockKind::Heading)),
    ("h2", Some(BlockKind::Heading)),
    ("h3", Some(BlockKind::Heading)),
    ("bq", Some(BlockKind::Quote)),
    ("blockquote", Some(BlockKind::Quote)),
    ("credit", Some(BlockKind::Credit)),
    ("li", Some(BlockKind::ListItem)),
    ("dt", Some(BlockKind::ListItem)),
    ("dd", Some(BlockKind::ListItem)),
    ("media-caption", Some(BlockKind::Caption)),
    ("media-producer", Some(BlockKind::Credit)),
    ("caption", Some(BlockKind::Caption)),
    ("table", None),
    ("ul", None),
    ("ol", None),
    ("dl", None),
    ("media", None),
    ("fn", Some(BlockKind::Other)),
    ("note", Some(BlockKind::Other)),
    ("tagline", Some(BlockKind::Credit)),
    ("dateline", Some(BlockKind::Dateline)),
    ("byline", Some(BlockKind::Byline)),
];

/// Elements whose content is not to be read.
const SILENT: &[&str] =
    &["media-metadata", "media-object", "media-reference", "custom-table", "alt-code", "script", "style"];

/// The blocks of running NITF in document order.
pub(crate) fn elements(content: xml::Element) -> Vec<Element> {
    let mut done = Vec::new();
    let mut line = String::new();
    let mut kinds = vec![BlockKind::Paragraph];
    content.walk(|step| {
        match step {
            Step::Text(text) => line.push_str(text),
            Step::Open(element) if SILENT.contains(&element.local()) => return false,
            Step::Open(element) if matches!(element.local(), "br" | "hr") => flush(&mut done, &mut line, &kinds),
            Step::Open(element) => {
                if let Some((_, kind)) = BLOCKS.iter().find(|(name, _)| *name == element.local()) {
                    flush(&mut done, &mut line, &kinds);
                    let outer = kinds.last().copied().unwrap_or(BlockKind::Paragraph);
                    kinds.push(kind.filter(|_| outer == BlockKind::Paragraph).unwrap_or(outer));
                } else if matches!(element.local(), "td" | "th") {
                    line.push(' ');
                }
            }
            Step::Close(element) if BLOCKS.iter().any(|(name, _)| *name == element.local()) => {
                flush(&mut done, &mut line, &kinds);
                kinds.pop();
            }
            Step::Close(_) => {}
        }
        true
    });
    flush(&mut done, &mut line, &kinds);
    done
}

fn flush(done: &mut Vec<Element>, line: &mut String, kinds: &[BlockKind]) {
    let text = folded(line);
    line.clear();
    if !text.is_empty() {
        done.push(Element::new(kinds.last().copied().unwrap_or(BlockKind::Paragraph), text));
    }
}

#[cfg(test)]
mod tests {
    use twosource_model::PubStatus;

    use super::*;
    use crate::Limits;

    const ITEM: &str = r#"<nitf><head><title>Ferry</title>
<docdata management-status="usable"><doc-id id-string="nova-1"/><du-key version="3"/><date.issue norm="20250503T080000Z"/>
<date.release norm="20250503T120000Z"/><ed-msg info="Adds the mayor."/><doc.copyright holder="Nova Post"/></docdata></head>
<body><body.head><hedline><hl1>Ferry to stop in May</hl1><hl2>No bridge yet</hl2></hedline>
<byline>By <person>Anna Berg</person>, <byttl>Nova Post</byttl></byline><distributor>Reuters</distributor></body.head>
<body.content><block><p lede="true">The <org>port</org> said the ferry will stop.</p><hl2>A bridge</hl2>
<media media-type="image"><media-reference source="x.jpg">x</media-reference><media-caption><p>The ferry at the pier.</p></media-caption>
<media-producer>Carl Dahl</media-producer></media><p>Nobody knows when &amp; where it will be built.<p>The council met.</block>
<ul><li>Last boat: nine</li></ul><bq><block><p>We were told.</p></block></bq></body.content></body></nitf>"#;

    #[test]
    fn a_document() {
        let tree = xml::parse(ITEM, &xml::Rules::default(), &Limits::default());
        let root = tree.root().expect("an element");
        let mut item = Item::new("n.xml", id(root), 1);
        fill(&mut item, root);
        let article = item.article().expect("an article");
        let blocks: Vec<_> = article
            .blocks
            .iter()
            .map(|block| format!("{}: {}", block.kind.as_str(), block.span.of(&article.text)))
            .collect();
        assert_eq!(
            blocks,
            [
                "headline: Ferry to stop in May",
                "standfirst: No bridge yet",
                "byline: By Anna Berg, Nova Post",
                "paragraph: The port said the ferry will stop.",
                "heading: A bridge",
                "caption: The ferry at the pier.",
                "credit: Carl Dahl",
                "paragraph: Nobody knows when & where it will be built.",
                "paragraph: The council met.",
                "list_item: Last boat: nine",
                "quote: We were told.",
            ]
        );
        assert_eq!(
            (&*article.id, article.agency.as_deref(), article.outlet.as_deref(), &article.authors[..]),
            ("nova-1", Some("Reuters"), Some("Nova Post"), &["Anna Berg".to_owned()][..])
        );
        let wire = article.wire.expect("what the agency says");
        assert_eq!(wire.status, Some(PubStatus::Usable));
        assert_eq!((wire.version.as_deref(), wire.editors_note.as_deref()), (Some("3"), Some("Adds the mayor.")));
        assert_eq!(wire.embargoed_until.as_ref().map(Instant::as_str), Some("2025-05-03T12:00:00Z"));
        assert!(article.diagnostics.iter().any(|note| note.contains("embargoed until 2025-05-03T12:00:00Z")));
    }
}
