//! Positions in a text.

/// A half-open range of UTF-8 bytes in an article's text, on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` to `end`.
    ///
    /// # Panics
    /// In debug builds, when `end` lies before `start`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Span { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words it covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes both share, or `None`.
    pub fn intersection(self, other: Span) -> Option<Span> {
        self.overlaps(other).then(|| Span::new(self.start.max(other.start), self.end.min(other.end)))
    }

    /// The smallest span that contains both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span without the white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Span::new(start, start.max(self.start + words.trim_end().len()))
    }
}

/// Converts byte offsets of one text to Unicode code points and back.
///
/// ```
/// use twosource_model::{CodePoints, Span};
/// let text = "“Non”, dit-elle";
/// let points = CodePoints::new(text);
/// assert_eq!(points.span(Span::new(3, 6)), (1, 4));
/// assert_eq!(points.byte(1), Some(3));
/// ```
#[derive(Clone, Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STEP` (rounded up to a character boundary); empty for ASCII text.
    marks: Vec<usize>,
}

const STEP: usize = 256;

impl<'t> CodePoints<'t> {
    /// Prepares the conversion for one text, in one pass over it.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut next = 0;
            for (points, (byte, _)) in text.char_indices().enumerate() {
                while byte >= next {
                    marks.push(points);
                    next += STEP;
                }
            }
        }
        CodePoints { text, marks }
    }

    /// Code points before `byte`, which must be a character boundary of the text.
    pub fn point(&self, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte;
        }
        let mark = (byte / STEP).min(self.marks.len() - 1);
        let from = self.boundary(mark * STEP);
        self.marks[mark] + self.text[from..byte.max(from)].chars().count()
    }

    /// The byte at which code point number `point` starts, or `None` past the end of the text.
    pub fn byte(&self, point: usize) -> Option<usize> {
        if self.marks.is_empty() {
            return (point <= self.text.len()).then_some(point);
        }
        let mark = self.marks.partition_point(|&before| before <= point) - 1;
        let from = self.boundary(mark * STEP);
        let mut rest = self.text[from..].char_indices().map(|(byte, _)| from + byte).chain([self.text.len()]);
        rest.nth(point - self.marks[mark])
    }

    /// Start and end of a span in code points.
    pub fn span(&self, span: Span) -> (usize, usize) {
        (self.point(span.start), self.point(span.end))
    }

    fn boundary(&self, mut byte: usize) -> usize {
        while !self.text.is_char_boundary(byte) {
            byte += 1;
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting() {
        let text = "é😀a“b”".repeat(200);
        let points = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.point(byte), count);
            assert_eq!(points.byte(count), Some(byte));
        }
        assert_eq!(points.point(text.len()), text.chars().count());
        assert_eq!(points.byte(text.chars().count()), Some(text.len()));
        assert_eq!(points.byte(text.chars().count() + 1), None);
    }

    #[test]
    fn trimming_keeps_inside() {
        let text = "  ab \n";
        assert_eq!(Span::new(0, 6).trim(text), Span::new(2, 4));
        assert!(Span::new(0, 2).trim(text).is_empty());
    }
}
