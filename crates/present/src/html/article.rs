//! One article with what was found in it, each kind switched on and off.
//!
//! What was found overlaps, so the text is cut at every boundary, as the passages of a comparison are; the switches are
//! boxes that the style looks at, and a form that keeps them in the address.

use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use twosource_model::{Annotated, Attribution, Bound, MentionForm, Quantity, Span, Time};

use super::passages::{blocks, cut};
use crate::articles::{extent, facts, label, title, written_at};
use crate::lists::{RevisionRow, StoredArticle};
use crate::words::{count, in_marks, language_tag, one_line, shorten, shown, when};

/// Characters of what somebody said, in the list.
const QUOTE: usize = 240;

/// Which annotations are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Whose word is given: source, cue, content.
    pub words: bool,
    /// Names.
    pub names: bool,
    /// Times.
    pub times: bool,
    /// Quantities.
    pub quantities: bool,
}

impl Default for Marks {
    fn default() -> Self {
        Marks { words: true, names: true, times: true, quantities: true }
    }
}

impl Marks {
    fn all(self) -> [(&'static str, &'static str, bool); 4] {
        [
            ("words", "Who says what", self.words),
            ("names", "Names", self.names),
            ("times", "Times", self.times),
            ("quantities", "Quantities", self.quantities),
        ]
    }
}

/// What a stretch of text was found to be. The order is that of the classes on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Content(usize),
    Source(usize),
    Cue(usize),
    Name(usize),
    Time(usize),
    Quantity(usize),
}

impl Found {
    fn class(self) -> &'static str {
        match self {
            Found::Content(_) => "content",
            Found::Source(_) => "source",
            Found::Cue(_) => "cue",
            Found::Name(_) => "name",
            Found::Time(_) => "time",
            Found::Quantity(_) => "quantity",
        }
    }
}

/// A revision of an article of the store, without what is around it on its page.
pub fn article_page(stored: &StoredArticle<'_>, revision: u64, marks: Marks) -> Markup {
    let annotated = stored.annotated;
    let article = &annotated.article;
    markup! {
        main #content {
            article.read {
                header {
                    p.kicker {
                        @if let Some(story) = stored.story { a href={ "/story/" (story) } { "Story " (story) } }
                        @else { "Not sorted into a story yet" }
                        " · article " (stored.number) @if stored.pinned { " · stays in its story" }
                        @if stored.revisions.len() > 1 {
                            " · " a href="#revisions-title" { "revision " (revision) " of " (stored.revisions.len()) }
                        }
                    }
                    h1 dir="auto" { (title(article)) }
                    p.facts { (extent(article)) @if let Some(url) = article.url.as_deref().filter(|url| is_web(url)) {
                        " · " a href=(url) rel="noopener noreferrer nofollow" { "at the outlet" }
                    } }
                    dl { @for fact in facts(article) {
                        dt { (fact.name) }
                        dd { bdi { (fact.value) } @if let Some(found) = fact.found { " " span.tag { (found) } } }
                    } }
                    @if !article.diagnostics.is_empty() {
                        ul.notes { @for message in &article.diagnostics { li { bdi { (one_line(message)) } } } }
                    }
                }
                (switches(stored, revision, marks))
                div.blocks lang=[language_tag(article)] { (text(annotated)) }
            }
            (lists(annotated))
            (revisions(stored, revision))
        }
    }
}

/// Whether an address can be linked: nothing but the web, so that no text runs as a script.
fn is_web(url: &str) -> bool {
    let starts = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://")
}

fn switches(stored: &StoredArticle<'_>, revision: u64, marks: Marks) -> Markup {
    let is_latest = stored.revisions.last().is_none_or(|latest| latest.number == revision);
    markup! {
        form.switches action={ "/article/" (stored.number) } {
            @if !is_latest { input type="hidden" name="revision" value=(revision); }
            fieldset {
                legend { "Show in the text" }
                @for (name, title, on) in marks.all() {
                    label.(name) { input type="checkbox" name="show" id={ "show-" (name) } value=(name) checked[on]; " " span { (title) } }
                }
                // Without it an address that shows nothing would be that of the page as it is at first.
                input type="hidden" name="show" value="text";
                button { "Keep in the address" }
            }
        }
    }
}

fn text(annotated: &Annotated) -> Markup {
    let article = &annotated.article;
    let found = found(annotated);
    markup! {
        @for (index, block) in blocks(&article.blocks, &article.text).iter().enumerate() {
            p.label { (label(block.kind)) @if let Some(time) = written_at(article, index) { " " time { (time) } } }
            p.block.(block.kind) dir="auto" {
                @for piece in cut(block.span, &found) { (marked(annotated, piece.span, &piece.parts)) }
            }
        }
    }
}

/// Everything found, as spans that lie in the text.
fn found(annotated: &Annotated) -> Vec<(Span, Found)> {
    let mut found = Vec::new();
    for (at, attribution) in annotated.attributions.iter().enumerate() {
        found.extend(attribution.content.iter().map(|&span| (span, Found::Content(at))));
        found.extend(attribution.source.map(|span| (span, Found::Source(at))));
        found.extend(attribution.cue.map(|span| (span, Found::Cue(at))));
    }
    let names = annotated.mentions.iter().enumerate().filter(|(_, mention)| mention.form == MentionForm::Name);
    found.extend(names.map(|(at, mention)| (mention.span, Found::Name(at))));
    found.extend(annotated.times.iter().enumerate().map(|(at, time)| (time.span, Found::Time(at))));
    found.extend(annotated.quantities.iter().enumerate().map(|(at, quantity)| (quantity.span, Found::Quantity(at))));
    found.retain(|(span, _)| !span.is_empty() && annotated.article.text.get(span.start..span.end).is_some());
    found
}

fn marked(annotated: &Annotated, span: Span, found: &[Found]) -> Markup {
    let words = shown(span.of(&annotated.article.text));
    let found: BTreeSet<Found> = found.iter().copied().collect();
    let mut classes: Vec<&str> = found.iter().map(|found| found.class()).collect();
    classes.dedup();
    let notes: Vec<String> = found.iter().filter_map(|&found| note(annotated, found)).collect();
    markup! {
        @if classes.is_empty() { (words) }
        @else { span class=(classes.join(" ")) title=[(!notes.is_empty()).then(|| notes.join("; "))] { (words) } }
    }
}

/// What to say of a stretch beside its words.
fn note(annotated: &Annotated, found: Found) -> Option<String> {
    match found {
        Found::Content(at) => Some(format!("said by {}", speaker(annotated, annotated.attributions.get(at)?))),
        Found::Source(_) | Found::Cue(_) => None,
        Found::Name(at) => {
            let entity = annotated.entities.get(annotated.mentions.get(at)?.entity)?;
            Some(format!("{} ({})", one_line(&entity.name), entity.kind))
        }
        Found::Time(at) => annotated.times.get(at)?.value.as_deref().map(when),
        Found::Quantity(at) => Some(value(annotated.quantities.get(at)?)),
    }
}

fn speaker(annotated: &Annotated, attribution: &Attribution) -> String {
    let words = attribution.source.map(|span| one_line(span.of(&annotated.article.text)));
    match (attribution.resolved.as_deref().map(one_line), words) {
        (Some(name), Some(words)) if words.contains(&name) => words.trim_end_matches(',').to_owned(),
        (Some(name), Some(words)) => format!("{words} ({name})"),
        (Some(name), None) => name,
        (None, Some(words)) => words,
        (None, None) => "someone not named".to_owned(),
    }
}

fn value(quantity: &Quantity) -> String {
    let number = match quantity.upper {
        Some(upper) => format!("{} to {upper}", quantity.value),
        None => quantity.value.to_string(),
    };
    let unit = quantity.unit.as_deref().map_or_else(String::new, |unit| format!(" {}", one_line(unit)));
    match quantity.bound {
        Bound::Exact => format!("{number}{unit}"),
        bound => format!("{} {number}{unit}", bound.as_str().replace('_', " ")),
    }
}

/// The same once more in lists, for whoever does not point at words.
fn lists(annotated: &Annotated) -> Markup {
    let text = &annotated.article.text;
    let words = |span: Span| one_line(text.get(span.start..span.end).unwrap_or_default());
    let value_of = |time: &Time| time.value.as_deref().map_or_else(String::new, when);
    let times: Vec<(String, String)> = annotated.times.iter().map(|time| (words(time.span), value_of(time))).collect();
    let quantities: Vec<(String, String)> =
        annotated.quantities.iter().map(|quantity| (words(quantity.span), value(quantity))).collect();
    let said: Vec<(String, String)> = annotated
        .attributions
        .iter()
        .filter(|attribution| attribution.source.is_some())
        .map(|said| {
            let cue = said.cue.map_or_else(String::new, |cue| format!("{}: ", words(cue)));
            (speaker(annotated, said), cue + &in_marks(&shorten(&words(said.content_cover()), QUOTE)))
        })
        .collect();
    markup! {
        (list("Whose word", "said", &said))
        div.beside {
            (list("Names", "names", &names(annotated)))
            (list("Times", "times", &times))
            (list("Quantities", "quantities", &quantities))
        }
    }
}

/// Whom the body names, each once, with what it is.
fn names(annotated: &Annotated) -> Vec<(String, String)> {
    let article = &annotated.article;
    let furniture: Vec<Span> =
        article.blocks.iter().filter(|block| !block.kind.is_body()).map(|block| block.span).collect();
    let is_told = |span: Span| !furniture.iter().any(|block| block.contains(span));
    let named = annotated.mentions.iter().filter(|name| name.form == MentionForm::Name && is_told(name.span));
    let mut seen = BTreeSet::new();
    let fresh = named.filter(|mention| seen.insert(mention.entity));
    let entity = |mention: &twosource_model::Mention| annotated.entities.get(mention.entity);
    fresh.filter_map(entity).map(|entity| (one_line(&entity.name), entity.kind.to_string())).collect()
}

fn list(title: &str, id: &str, entries: &[(String, String)]) -> Markup {
    markup! {
        @if !entries.is_empty() {
            section aria-labelledby={ (id) "-title" } {
                h2 #{ (id) "-title" } { (title) }
                dl.found { @for (one, other) in entries { div { dt { bdi { (one) } } dd { bdi { (other) } } } } }
            }
        }
    }
}

fn revisions(stored: &StoredArticle<'_>, shown: u64) -> Markup {
    let title = |revision: &RevisionRow| revision.title.as_deref().map(one_line).filter(|title| !title.is_empty());
    markup! {
        @if stored.revisions.len() > 1 {
            section aria-labelledby="revisions-title" {
                h2 #revisions-title { "Revisions" }
                p.more { a href={ "/article/" (stored.number) "/revisions" } { "What changed, word by word" } }
                ol.revisions {
                    @for revision in stored.revisions {
                        li {
                            span.number { (revision.number) }
                            a href={ "/article/" (stored.number) "?revision=" (revision.number) }
                                aria-current=[(revision.number == shown).then_some("page")] {
                                bdi { (title(revision).unwrap_or_else(|| "(no title)".to_owned())) }
                            }
                            span.facts {
                                " · " (count(revision.characters, "character"))
                                @if let Some(at) = &revision.captured_at { " · " time datetime=(at) { (at) } }
                                @if !revision.complete { " · only part of the text is held" }
                            }
                        }
                    }
                }
            }
        }
    }
}
