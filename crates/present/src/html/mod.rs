//! Comparisons as one HTML page: a file to read, print, keep and send on.
//!
//! It asks nothing of the network, runs no script, and every view is an anchor: a claim's row links to its passages in
//! the reports and back. [`graph`] draws the provenance, [`passages`] the reports with their highlights. What texts say
//! is escaped by `maud`; the policy in the head forbids everything else a text could smuggle in. [`site`] has the same
//! parts for the pages of a server, [`article`] one article with its annotations.

mod alone;
mod article;
mod claims;
mod differences;
mod extent;
mod graph;
mod names;
mod opening;
mod passages;
mod reports;
mod site;
mod sources;
mod story;
mod texts;
mod timeline;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use twosource_model::Comparison;

use crate::verdict::verdict;
use crate::words::count;

pub use article::{Marks, article_page};
pub use extent::Part;
pub use site::{Links, part_page, side_page, story_page};

use site::Page;
use story::Story;

/// The style of all pages.
pub const STYLE: &str = include_str!("style.css");

/// One story or several on one self-contained page.
pub fn html(comparisons: &[Comparison]) -> String {
    let stories: Vec<Story> = comparisons
        .iter()
        .enumerate()
        .map(|(index, comparison)| {
            let level = if comparisons.len() == 1 { 1 } else { 2 };
            Story { number: index + 1, level, ..Story::new(comparison, Page::File) }
        })
        .collect();
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            (head(&title(&stories), ""))
            body {
                a.skip href="#content" { "Skip to the comparison" }
                (masthead(&stories))
                main #content { @for story in &stories { (story.whole()) } }
                (footer())
            }
        }
    };
    page.into_string() + "\n"
}

/// The title of the page.
fn title(stories: &[Story]) -> String {
    let title = match stories {
        [story] => verdict(story.comparison).line(),
        _ => count(stories.len(), "story").replace("storys", "stories"),
    };
    format!("{title} – Twosource")
}

/// The head of a page; `style` is added to the style of all pages.
pub(crate) fn head(title: &str, style: &str) -> Markup {
    markup! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
            meta name="referrer" content="no-referrer";
            meta name="color-scheme" content="light dark";
            meta name="generator" content=(concat!("twosource ", env!("CARGO_PKG_VERSION")));
            title { (title) }
            style { (PreEscaped(STYLE)) (PreEscaped(style)) }
        }
    }
}

fn masthead(stories: &[Story]) -> Markup {
    markup! {
        header.masthead {
            @if let [_] = stories {
                p.brand { "Twosource" }
            } @else {
                h1.brand { "Twosource: " (count(stories.len(), "story").replace("storys", "stories")) }
                nav aria-label="Stories" {
                    ol.stories {
                        @for story in stories {
                            li { a href={ "#" (story.id("")) } { (verdict(story.comparison).line()) } }
                        }
                    }
                }
            }
        }
    }
}

/// What every page says of itself at its end.
pub fn footer() -> Markup {
    markup! {
        footer {
            p { "Words in quotation marks are the reports’ own. “Stated” means that a text says so; “worked out” means \
                 that shared wording and times suggest it, with the confidence given. Twosource compares words; it \
                 judges neither the reports nor the truth of what they say." }
            p { "Twosource " (env!("CARGO_PKG_VERSION")) }
        }
    }
}
