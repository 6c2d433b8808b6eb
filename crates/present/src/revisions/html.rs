//! Revisions on one self-contained page: the whole text, with what went and what came.

use maud::{DOCTYPE, Markup, html as markup};

use super::{Paragraph, Piece, Revised, called, left_out, named, paragraphs, verdict};
use crate::html::head;
use crate::words::{language_tag, one_line, shown};

/// What the pages of revisions add to the style of all pages.
pub const STYLE: &str = include_str!("style.css");

/// What the marks in the text mean.
const LEGEND: &str = "What went is struck through, what came is underlined; both are the outlet’s own words. \
                      “Without a note” means that no note of the outlet in the later version speaks of it.";

/// The page.
pub(super) fn html(revised: &[Revised<'_>], hidden: usize, with_trivial: bool) -> String {
    let title = revised.last().and_then(|last| last.new.article.title.as_deref()).map(one_line).unwrap_or_default();
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("Revisions: {title} – Twosource"), STYLE))
            body {
                header.masthead { h1.brand { "Twosource: revisions" } @if !title.is_empty() { p { bdi { (title) } } } }
                main {
                    @if revised.is_empty() && hidden == 0 { p { "This is the only version that is kept." } }
                    @for revised in revised { (revision(revised, with_trivial)) }
                    @if let Some(words) = left_out(hidden) { p { (words) } }
                }
                footer { p { (LEGEND) " Twosource " (env!("CARGO_PKG_VERSION")) } }
            }
        }
    };
    page.into_string() + "\n"
}

/// The changes of an article of the store, without what is around them on their page.
pub(super) fn page(article: u64, revised: &[Revised<'_>], hidden: usize, with_trivial: bool) -> Markup {
    let title = revised.first().and_then(|last| last.new.article.title.as_deref()).map(one_line).unwrap_or_default();
    markup! {
        main #content {
            p.kicker { a href={ "/article/" (article) } { "Article " (article) } @if !title.is_empty() { " · " bdi { (title) } } }
            h1 { "What changed" }
            @if revised.is_empty() && hidden == 0 { p.explanation { "This is the only version that is kept." } }
            @else { p.facts { (LEGEND) } }
            @if let Some(words) = left_out(hidden) {
                p { (words) ". " a href={ "/article/" (article) "/revisions?trivial=1" } { "Show every change" } }
            }
            @for revised in revised { (revision(revised, with_trivial)) }
        }
    }
}

fn revision(revised: &Revised<'_>, with_trivial: bool) -> Markup {
    let valued = revised.revision.changes.iter().filter_map(|change| Some((change, change.values.as_ref()?)));
    markup! {
        article.read id={ "r" (revised.new.number) } {
            header {
                h2 { "Revision " (named(&revised.new).trim_start_matches("revision ")) ": " (verdict(revised.revision.kind())) }
                p.facts { "since " (named(&revised.old)) }
                @if let Some([old, new]) = &revised.revision.titles {
                    p { "Title: " del { (one_line(old)) } " " ins { (one_line(new)) } }
                }
                ul.facts {
                    @for (change, [old, new]) in valued {
                        li.silent[change.is_silent] { (called(change)) ": " bdi { (one_line(old)) } " → " bdi { (one_line(new)) } }
                    }
                }
            }
            div.blocks lang=[language_tag(revised.new.article)] {
                @for paragraph in paragraphs(revised, with_trivial) { (laid(&paragraph)) }
            }
        }
    }
}

fn laid(paragraph: &Paragraph<'_>) -> Markup {
    let mut kinds: Vec<String> = paragraph.changes.iter().map(|change| called(change)).collect();
    kinds.dedup();
    markup! {
        p.label { (kinds.join("; ")) }
        p.block dir="auto" {
            @for piece in &paragraph.pieces {
                @match piece {
                    Piece::Same(text) => { (shown(text)) }
                    Piece::Removed(text) => { del { (shown(text.trim())) } " " }
                    Piece::Added(text) => { ins { (shown(text)) } }
                }
            }
        }
    }
}
