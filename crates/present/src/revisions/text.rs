//! Revisions for a terminal: only the paragraphs in which something changed.

use anstyle::{AnsiColor, Style};

use super::{Paragraph, Piece, Revised, called, left_out, named, paragraphs, verdict};
use crate::flow::{FAINT, Flow, LOUD, PLAIN, STRONG, piece};
use crate::text::TextStyle;
use crate::words::one_line;

const REMOVED: Style = AnsiColor::Red.on_default().strikethrough();
const ADDED: Style = AnsiColor::Green.on_default();

/// Revisions as lines. Without colour what went stands in `[-…-]` and what came in `{+…+}`, as `git` has it.
pub(super) fn text(revised: &[Revised<'_>], hidden: usize, with_trivial: bool, style: TextStyle) -> String {
    let mut flow = Flow::new(style.width, style.color);
    for revised in revised {
        flow.gap();
        revision(&mut flow, revised, with_trivial, style.color);
    }
    if revised.is_empty() && hidden == 0 {
        flow.paragraph(0, 2, &[piece(FAINT, "no revision: this is the only version that is kept")]);
    }
    if let Some(words) = left_out(hidden) {
        flow.gap();
        flow.paragraph(0, 2, &[piece(FAINT, &words)]);
    }
    flow.finish()
}

fn revision(flow: &mut Flow, revised: &Revised<'_>, with_trivial: bool, color: bool) {
    let head = format!("{} since {}", named(&revised.new), named(&revised.old));
    let kind = revised.revision.kind();
    flow.paragraph(0, 2, &[piece(STRONG, &head), piece(PLAIN, ": "), piece(STRONG, verdict(kind))]);
    if let Some([old, new]) = &revised.revision.titles {
        let words = [piece(FAINT, "title "), removed(old, color), piece(PLAIN, " "), added(new, color)];
        flow.paragraph(2, 4, &words);
    }
    for change in &revised.revision.changes {
        if let Some([old, new]) = &change.values {
            let tone = if change.is_silent { LOUD } else { FAINT };
            let values = format!(" {} → {}", shown(old), shown(new));
            flow.paragraph(2, 4, &[piece(tone, &called(change)), piece(PLAIN, &values)]);
        }
    }
    for paragraph in paragraphs(revised, with_trivial).iter().filter(|paragraph| !paragraph.changes.is_empty()) {
        flow.gap();
        laid(flow, paragraph, color);
    }
}

fn shown(value: &str) -> String {
    if value.is_empty() { "nothing".to_owned() } else { one_line(value) }
}

fn laid(flow: &mut Flow, paragraph: &Paragraph<'_>, color: bool) {
    let mut pieces = Vec::new();
    for (at, part) in paragraph.pieces.iter().enumerate() {
        let next = paragraph.pieces.get(at + 1);
        match part {
            Piece::Same(text) => pieces.push(piece(PLAIN, text)),
            // What went has no place of its own in the later text: it stands apart from what came for it.
            Piece::Removed(text) if matches!(next, Some(Piece::Added(_))) => {
                pieces.extend([removed(text, color), piece(PLAIN, " ")]);
            }
            Piece::Removed(text) => pieces.extend([piece(PLAIN, " "), removed(text, color)]),
            Piece::Added(text) => pieces.push(added(text, color)),
        }
    }
    flow.paragraph(2, 2, &pieces);
}

fn removed(text: &str, color: bool) -> crate::flow::Piece {
    if color { piece(REMOVED, text.trim()) } else { piece(PLAIN, &format!("[-{}-]", text.trim())) }
}

fn added(text: &str, color: bool) -> crate::flow::Piece {
    if color { piece(ADDED, text.trim()) } else { piece(PLAIN, &format!("{{+{}+}}", text.trim())) }
}
