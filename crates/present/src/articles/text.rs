//! An article for a terminal.

use anstyle::{AnsiColor, Style};
use twosource_model::{Article, BlockKind};

use super::{extent, facts, label, title, written_at};
use crate::flow::{FAINT, Flow, PLAIN, Piece, STRONG, piece};
use crate::text::TextStyle;
use crate::words::{one_line, shown};

const WARNING: Style = AnsiColor::Yellow.on_default();

/// Columns of the labels on the left.
const COLUMN: usize = 14;

/// The article as lines: title, metadata, remarks, then its blocks with their kinds on the left. Body text stands
/// without a label.
pub(crate) fn article(article: &Article, style: TextStyle) -> String {
    let mut flow = Flow::new(style.width, style.color);
    flow.paragraph(0, 2, &[piece(STRONG, &title(article))]);
    flow.paragraph(2, 2, &[piece(FAINT, &one_line(&article.input)), piece(FAINT, &format!(" · {}", extent(article)))]);
    for fact in facts(article) {
        let found = fact.found.map_or_else(String::new, |found| format!(" ({found})"));
        let pieces = [piece(PLAIN, &fact.value), piece(FAINT, &found)];
        flow.labelled(2, &piece(FAINT, fact.name), COLUMN, &pieces);
    }
    for message in &article.diagnostics {
        flow.labelled(2, &piece(WARNING, "note"), COLUMN, &[piece(WARNING, message)]);
    }
    for (index, block) in article.blocks.iter().enumerate() {
        let Some(words) = article.text.get(block.span.start..block.span.end) else { continue };
        flow.gap();
        let mut label = label(block.kind);
        let when = written_at(article, index).map(|time| piece(FAINT, &format!("[{time}] ")));
        let mut pieces: Vec<Piece> = when.into_iter().collect();
        for line in shown(words).lines().filter(|line| !line.trim().is_empty()) {
            pieces.push(piece(tone(block.kind), line));
            flow.labelled(2, &piece(FAINT, &std::mem::take(&mut label)), COLUMN, &pieces);
            pieces.clear();
        }
    }
    flow.finish()
}

fn tone(kind: BlockKind) -> Style {
    match kind {
        BlockKind::Headline | BlockKind::Heading => STRONG,
        kind if kind.is_body() || kind == BlockKind::Standfirst => PLAIN,
        _ => FAINT,
    }
}
