//! NewsML-G2, and NewsML 1.x as far as its text items go: each news item with a text becomes an article.
//!
//! A message can hold many items. Pictures beside a single text item give its captions; whatever else holds no
//! news text (concepts, plans of coverage, packages of references, remote content) is named in a note.

mod one;

use twosource_model::{Article, BlockKind};

use crate::feeds::Content;
use crate::html::Element;
use crate::wire::{Item, code, folded};
use crate::{Limits, Read, nitf, xml};

/// The outermost elements of the formats in XML that agencies send.
const ROOTS: &[&str] = &[
    "newsitem",
    "newsmessage",
    "packageitem",
    "conceptitem",
    "knowledgeitem",
    "planningitem",
    "catalogitem",
    "contentset",
    "newsml",
    "nitf",
];

/// What an item that is no news item holds.
const OTHERS: &[(&str, &str)] = &[
    ("packageitem", "a package: a list of items, whose texts come by themselves"),
    ("conceptitem", "a concept: it describes a person, place, organisation or event"),
    ("knowledgeitem", "a set of concepts, such as a list of codes"),
    ("planningitem", "a plan of coverage"),
    ("catalogitem", "a catalogue of codes"),
];

/// Whether the name of an outermost element is that of an agency's format.
pub(crate) fn is_root(name: &str) -> bool {
    ROOTS.contains(&name)
}

/// The articles of a document, and a note for every item that holds no news text.
pub(crate) fn read(input: &str, text: &str, limits: &Limits) -> Read {
    let tree = xml::parse(text, &xml::Rules::default(), limits);
    let mut read = Read::default();
    read.notes.extend(tree.notes.iter().map(|note| (input.to_owned(), note.clone())));
    let Some(root) = tree.root() else { return read };
    match root.local() {
        "nitf" => add(&mut read, input, "the document", document(input, root)),
        "newsml" => one::items(root).into_iter().enumerate().for_each(|(at, item)| {
            let name = one::id(item).unwrap_or_else(|| format!("item {}", at + 1));
            add(&mut read, input, &name, one::article(input, at + 1, item, limits));
        }),
        _ => message(&mut read, input, root, limits),
    }
    if !root.is_closed() {
        let note = "the document breaks off before its end: the last item may be cut".to_owned();
        read.articles.last_mut().into_iter().for_each(|article| article.diagnostics.push(note.clone()));
        read.articles.last_mut().into_iter().for_each(|article| article.complete = false);
    }
    read
}

fn add(read: &mut Read, input: &str, name: &str, article: Result<Article, String>) {
    match article {
        Ok(article) => read.articles.push(article),
        Err(why) => read.notes.push((input.to_owned(), format!("{name}: skipped: {why}"))),
    }
}

/// A document of NITF by itself.
fn document(input: &str, root: xml::Element) -> Result<Article, String> {
    let mut item = Item::new(input, nitf::id(root), 1);
    nitf::fill(&mut item, root);
    item.article()
}

/// The items of a message, or the one item that is the root.
fn message(read: &mut Read, input: &str, root: xml::Element, limits: &Limits) {
    let mut texts = Vec::new();
    let mut captions = Vec::new();
    for (at, element) in items(root).into_iter().enumerate() {
        let name = element.attribute("guid").map_or_else(|| format!("item {}", at + 1), str::to_owned);
        if let Some((_, what)) = OTHERS.iter().find(|(local, _)| *local == element.local()) {
            add(read, input, &name, Err(format!("it is {what}; it holds no news text")));
            continue;
        }
        match item(input, at + 1, element, limits) {
            Ok(item) => texts.push(item),
            Err(why) => captions.push((name, why, caption(element))),
        }
    }
    for (name, why, caption) in captions {
        match (&mut texts[..], caption) {
            ([only], Some((caption, credit))) => only.caption(Some(caption), credit),
            _ => add(read, input, &name, Err(why)),
        }
    }
    for item in texts {
        let name = item.article.id.clone();
        add(read, input, &name, item.article());
    }
}

/// The items under a root, itself included; none is inside another save in a message.
fn items(root: xml::Element) -> Vec<xml::Element> {
    if root.local() != "newsmessage" {
        return vec![root];
    }
    let mut found = Vec::new();
    root.walk(|step| {
        let xml::Step::Open(element) = step else { return true };
        let is_item = element.local() == "newsitem" || OTHERS.iter().any(|(local, _)| *local == element.local());
        if is_item {
            found.push(element);
        }
        !is_item
    });
    found
}

/// A news item that holds a text; the error says what it holds instead.
fn item(input: &str, number: usize, element: xml::Element, limits: &Limits) -> Result<Item, String> {
    let mut item = Item::new(input, element.attribute("guid"), number);
    item.wire.version = element.attribute("version").map(str::to_owned);
    if let Some(meta) = element.child("itemmeta") {
        item_meta(&mut item, meta);
    }
    let meta = element.child("contentmeta");
    // A name comes before a code.
    let provider = element.path(&["itemmeta", "provider"]);
    item.outlet(provider.and_then(named).as_deref());
    item.outlet(element.path(&["rightsinfo", "copyrightholder"]).and_then(name).as_deref());
    item.outlet(provider.and_then(name).as_deref());
    if let Some(meta) = meta {
        content_meta(&mut item, meta);
    }
    dates(&mut item, element);
    let content = if element.local() == "contentset" { Some(element) } else { element.child("contentset") };
    content_set(&mut item, element, content, limits)?;
    item.language(content.and_then(|content| content.children().find_map(|each| each.attribute("xml:lang"))));
    item.language(element.attribute("xml:lang"));
    if let Some(meta) = meta {
        head(&mut item, meta);
    }
    Ok(item)
}

/// `itemMeta`: what the agency says of the item as a thing it sends.
fn item_meta(item: &mut Item, meta: xml::Element) {
    item.status(meta.child("pubstatus").and_then(coded));
    if let Some(embargo) = meta.child("embargoed") {
        item.embargo(embargo.words().as_deref());
        if embargo.words().is_none() {
            item.article
                .diagnostics
                .push("embargoed without a time: not to be published until further notice".to_owned());
        }
    }
    meta.named("ednote").for_each(|note| item.note(note.words()));
}

/// `contentMeta`: what is said of the text.
fn content_meta(item: &mut Item, meta: xml::Element) {
    item.title(meta.child("headline").and_then(xml::Element::words));
    item.language(meta.child("language").and_then(|language| language.attribute("tag")));
    item.agency(meta.child("infosource").and_then(name).as_deref());
    item.byline(meta.child("by").and_then(xml::Element::words).as_deref());
    let is_person = |creator: &xml::Element| creator.attribute("type").is_none_or(|kind| code(kind) == "person");
    if item.article.authors.is_empty() {
        let creators = meta.named("creator").filter(is_person);
        let named = creators.filter_map(|creator| creator.child("name")?.words());
        item.article.authors = named.filter(|name| Some(name) != item.article.outlet.as_ref()).collect();
    }
}

fn dates(item: &mut Item, element: xml::Element) {
    let date = |path: &[&str]| element.path(path).and_then(xml::Element::words);
    let first = date(&["itemmeta", "firstcreated"]).or_else(|| date(&["contentmeta", "contentcreated"]));
    item.dates(first.as_deref(), date(&["itemmeta", "versioncreated"]).as_deref());
}

/// What stands over the text.
fn head(item: &mut Item, meta: xml::Element) {
    let summary = |child: &xml::Element| {
        child.local() == "description" && child.attribute("role").is_none_or(|role| code(role) == "summary")
    };
    let summary = meta.children().find(summary).and_then(xml::Element::words);
    item.over(BlockKind::Standfirst, summary.filter(|words| words.len() <= 1000));
    item.over(BlockKind::Byline, meta.child("by").and_then(xml::Element::words));
    item.over(BlockKind::Dateline, meta.child("dateline").and_then(xml::Element::words));
}

/// The text in the form that tells most: NITF, then HTML, then plain.
fn content_set(
    item: &mut Item,
    element: xml::Element,
    content: Option<xml::Element>,
    limits: &Limits,
) -> Result<(), String> {
    let forms: Vec<xml::Element> = content.into_iter().flat_map(xml::Element::children).collect();
    let inline = forms.iter().filter(|form| matches!(form.local(), "inlinexml" | "inlinedata"));
    for form in inline.clone() {
        if let Some(nitf) = form.child("nitf") {
            nitf::fill(item, nitf);
        } else {
            item.body = plain_form(item, *form, limits);
        }
        if !item.body.is_empty() {
            return Ok(());
        }
    }
    let class = element.path(&["itemmeta", "itemclass"]).and_then(coded).map(code).unwrap_or_default();
    let held = inline.flat_map(|form| form.children()).map(|child| format!("<{}>", child.local())).next();
    Err(match (class, held) {
        ("picture" | "graphic" | "audio" | "video" | "animation", _) => {
            format!("it is of the class “{class}”; it holds no news text")
        }
        (_, Some(held)) => format!("its content is {held}, which is no news text"),
        _ if forms.iter().any(|form| form.local() == "remotecontent") => {
            "its content is kept elsewhere (remoteContent); fetch it and give the file".to_owned()
        }
        _ => "it holds no content".to_owned(),
    })
}

/// HTML, plain text, or paragraphs of any vocabulary.
fn plain_form(item: &mut Item, form: xml::Element, limits: &Limits) -> Vec<Element> {
    let html = ["html", "body", "div", "p", "article", "section"];
    let is_html = form.children().any(|child| html.contains(&child.local()));
    let media = form.attribute("contenttype").unwrap_or_default().to_ascii_lowercase();
    let content = match () {
        () if is_html => Content::Html(form.markup()),
        () if form.has_elements() => return Vec::new(),
        () if media.contains("html") => Content::Html(form.text()),
        () => Content::guessed(form.text()),
    };
    let (elements, problem) = content.elements(limits);
    item.article.diagnostics.extend(problem);
    elements
}

/// What is said of a picture or a film, and who made it.
fn caption(element: xml::Element) -> Option<(String, Option<String>)> {
    let meta = element.child("contentmeta")?;
    let described: Vec<xml::Element> = meta.named("description").collect();
    let is_caption = |child: &&xml::Element| child.attribute("role").is_some_and(|role| code(role) == "caption");
    let caption = described.iter().find(is_caption).or(described.first())?.words()?;
    let credit = meta.child("creditline").or_else(|| meta.child("by")).and_then(xml::Element::words);
    Some((caption, credit.or_else(|| meta.child("creator").and_then(name))))
}

/// The name an element gives in words.
fn named(element: xml::Element) -> Option<String> {
    element.child("name").and_then(xml::Element::words).or_else(|| element.attribute("literal").map(folded))
}

/// The name an element gives: a child, a literal, or the last part of its code.
fn name(element: xml::Element) -> Option<String> {
    let named =
        element.child("name").and_then(xml::Element::words).or_else(|| element.attribute("literal").map(folded));
    named.or_else(|| element.attribute("qcode").map(|value| code(value).to_owned()).filter(|code| !code.is_empty()))
}

/// A code, or the address of one.
fn coded(element: xml::Element<'_>) -> Option<&str> {
    element.attribute("qcode").or_else(|| element.attribute("uri"))
}
