//! Articles on one self-contained page: it asks nothing of the network and runs no script.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use twosource_model::Article;

use super::{extent, facts, label, title, written_at};
use crate::html::head;
use crate::words::{language_tag, one_line, shown};

const STYLE: &str = include_str!("style.css");

/// The page up to its first article.
pub(super) fn opening() -> String {
    let start = markup! {
        (DOCTYPE)
        (PreEscaped("<html lang=\"en\">"))
        (head("Articles as they were read – Twosource", STYLE))
        (PreEscaped("<body>"))
        header.masthead { h1.brand { "Twosource: articles as they were read" } }
        (PreEscaped("<main>"))
    };
    start.into_string()
}

/// The end of the page.
pub(super) fn closing() -> String {
    let end = markup! {
        (PreEscaped("</main>"))
        footer { p { "Every block carries its kind; what is set small makes no claims of its own. Behind a piece of \
                      metadata stands where it was found. Twosource " (env!("CARGO_PKG_VERSION")) } }
        (PreEscaped("</body></html>"))
    };
    end.into_string() + "\n"
}

/// An article; `number` counts from 1 and is its anchor.
pub(super) fn article(article: &Article, number: usize) -> String {
    let section = markup! {
        article.read id={ "a" (number) } {
            header {
                h2 dir="auto" { (title(article)) }
                p.facts { bdi { (one_line(&article.input)) } " · " (extent(article)) }
                dl { @for fact in facts(article) {
                    dt { (fact.name) }
                    dd { bdi { (fact.value) } @if let Some(found) = fact.found { " " span.tag { (found) } } }
                } }
                @if !article.diagnostics.is_empty() {
                    ul.notes { @for message in &article.diagnostics { li { bdi { (one_line(message)) } } } }
                }
            }
            div.blocks lang=[language_tag(article)] { (blocks(article)) }
        }
    };
    section.into_string()
}

fn blocks(article: &Article) -> Markup {
    let inside = |start, end| article.text.get(start..end);
    markup! {
        @for (index, block) in article.blocks.iter().enumerate() {
            @if let Some(words) = inside(block.span.start, block.span.end) {
                p.label { (label(block.kind)) @if let Some(time) = written_at(article, index) { " " time { (time) } } }
                p.block.(block.kind) dir="auto" { (shown(words)) }
            }
        }
    }
}
