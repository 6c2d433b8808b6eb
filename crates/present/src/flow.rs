//! Styled text laid out in lines of a given width.
//!
//! A paragraph is a list of [`Piece`]s; words wrap between them with a hanging indent, measured in terminal columns.
//! Only what was cleaned of control characters goes in, so nothing but our own styles reaches the terminal.

use anstyle::{AnsiColor, Style};

use crate::words::{may_break, one_line, width_of};

/// The text itself.
pub(crate) const PLAIN: Style = Style::new();
/// Titles, and what a line is about.
pub(crate) const STRONG: Style = Style::new().bold();
/// What stands beside.
pub(crate) const FAINT: Style = Style::new().dimmed();
/// Ids of reports, articles and stories.
pub(crate) const ID: Style = AnsiColor::Cyan.on_default().bold();
/// What an editor must not miss.
pub(crate) const LOUD: Style = AnsiColor::Red.on_default().bold();

/// A run of text in one style.
pub(crate) struct Piece {
    style: Style,
    text: String,
}

/// A run of text in a style. White space at its ends is kept as one space: pieces without any stand together.
pub(crate) fn piece(style: Style, text: &str) -> Piece {
    let gap = |there: bool| if there { " " } else { "" };
    let text = format!(
        "{}{}{}",
        gap(text.starts_with(char::is_whitespace)),
        one_line(text),
        gap(text.ends_with(char::is_whitespace))
    );
    Piece { style, text }
}

/// Lines written so far, and how to write more.
pub(crate) struct Flow {
    out: String,
    width: usize,
    color: bool,
}

/// What may not be broken: characters with their styles, and whether white space stands before it.
#[derive(Default)]
struct Word {
    chars: Vec<(Style, char)>,
    width: usize,
    spaced: bool,
}

impl Flow {
    /// Nothing yet; lines will be at most `width` columns wide, however narrow at least 20.
    pub(crate) fn new(width: usize, color: bool) -> Self {
        Flow { out: String::new(), width: width.max(20), color }
    }

    /// The lines.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// An empty line, once.
    pub(crate) fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A paragraph after `label`, all its lines indented by `indent` and the width of the label's column.
    pub(crate) fn labelled(&mut self, indent: usize, label: &Piece, column: usize, pieces: &[Piece]) {
        let label_width: usize = label.text.chars().map(width_of).sum();
        let column = column.max(label_width + 1);
        self.pad(indent);
        self.styled(label.style, &label.text);
        self.pad(column - label_width);
        self.wrapped(indent + column, indent + column, pieces);
    }

    /// A paragraph with all its lines indented by `indent`, from the second line on by `hanging`.
    pub(crate) fn paragraph(&mut self, indent: usize, hanging: usize, pieces: &[Piece]) {
        self.pad(indent);
        self.wrapped(indent, hanging, pieces);
    }

    fn wrapped(&mut self, start: usize, hanging: usize, pieces: &[Piece]) {
        let hanging = hanging.min(self.width / 2);
        let mut column = start;
        let mut fresh = true;
        for word in words_of(pieces) {
            let space = usize::from(word.spaced && !fresh);
            if !fresh && column + space + word.width > self.width {
                self.out.push('\n');
                self.pad(hanging);
                column = hanging;
            } else if space > 0 {
                self.out.push(' ');
                column += 1;
            }
            column = self.word(&word, column, hanging);
            fresh = false;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    /// Writes a word, broken where it is wider than a line; the column it ends in.
    fn word(&mut self, word: &Word, mut column: usize, hanging: usize) -> usize {
        let mut run = String::new();
        let mut style = Style::new();
        for &(next, char) in &word.chars {
            let full = column + width_of(char) > self.width && width_of(char) > 0;
            if next != style || full {
                self.styled(style, &std::mem::take(&mut run));
                style = next;
            }
            if full {
                self.out.push('\n');
                self.pad(hanging);
                column = hanging;
            }
            run.push(char);
            column += width_of(char);
        }
        self.styled(style, &run);
        column
    }

    fn pad(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    fn styled(&mut self, style: Style, text: &str) {
        if text.is_empty() {
        } else if self.color && style != Style::new() {
            self.out.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.out.push_str(text);
        }
    }
}

/// The words of a paragraph; a word may run across pieces.
fn words_of(pieces: &[Piece]) -> Vec<Word> {
    let mut words = vec![Word::default()];
    let mut before = ' ';
    for (style, char) in pieces.iter().flat_map(|piece| piece.text.chars().map(|char| (piece.style, char))) {
        let current = words.len() - 1;
        if char.is_whitespace() && words[current].chars.is_empty() {
            words[current].spaced = true;
        } else if char.is_whitespace() || (may_break(before, char) && !words[current].chars.is_empty()) {
            words.push(Word { spaced: char.is_whitespace(), ..Word::default() });
        }
        if let Some(word) = words.last_mut().filter(|_| !char.is_whitespace()) {
            word.chars.push((style, char));
            word.width += width_of(char);
        }
        before = char;
    }
    words.retain(|word| !word.chars.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(width: usize, text: &str) -> String {
        let mut flow = Flow::new(width, false);
        flow.paragraph(0, 2, &[piece(Style::new(), text)]);
        flow.finish()
    }

    #[test]
    fn wraps_with_a_hanging_indent() {
        assert_eq!(wrapped(20, "the quick brown fox jumps"), "the quick brown fox\n  jumps\n");
        assert_eq!(wrapped(20, ""), "\n");
    }

    #[test]
    fn breaks_what_is_wider_than_a_line() {
        assert_eq!(wrapped(20, &"x".repeat(30)), format!("{}\n  {}\n", "x".repeat(20), "x".repeat(10)));
        assert_eq!(wrapped(20, "港口已经关闭三天港口已经关闭"), "港口已经关闭三天港口\n  已经关闭\n");
    }

    #[test]
    fn pieces_without_space_stand_together() {
        let mut flow = Flow::new(20, false);
        let plain = Style::new();
        flow.paragraph(0, 0, &[piece(plain, "a "), piece(plain, "“"), piece(plain, "quoted words"), piece(plain, "”")]);
        assert_eq!(flow.finish(), "a “quoted words”\n");
    }
}
