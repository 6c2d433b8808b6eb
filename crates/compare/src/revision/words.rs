//! The words of a text, and where two texts differ in theirs.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use twosource_model::Span;

/// The most words of one version that are aligned with those of the other; an article has a few thousand. The
/// alignment takes bounded steps for each, whatever the text (`similar` keeps to Git's limits).
pub(super) const MOST: usize = 60_000;

/// The words and signs of a text in their order, without the white space between them.
pub(super) struct Words<'t> {
    text: &'t str,
    spans: Vec<Span>,
}

impl<'t> Words<'t> {
    /// Cuts a text: a word holds letters and digits, an apostrophe between letters, a point or comma between digits;
    /// every other sign stands alone, as do the characters of scripts without spaces.
    pub(super) fn of(text: &'t str) -> Words<'t> {
        let mut spans: Vec<Span> = Vec::new();
        let mut chars = text.char_indices().peekable();
        // The character before, where it is part of a word that can go on.
        let mut before: Option<char> = None;
        while let Some((at, char)) = chars.next() {
            let after = chars.peek().map(|&(_, next)| next);
            let end = at + char.len_utf8();
            let goes_on = before.is_some_and(|before| joins(before, char, after));
            match spans.last_mut() {
                Some(last) if goes_on && last.end == at => last.end = end,
                _ if char.is_whitespace() => {}
                _ => spans.push(Span::new(at, end)),
            }
            before = Some(char).filter(|&char| goes_on || is_letter(char));
        }
        Words { text, spans }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &'t str> {
        self.spans.iter().map(|span| span.of(self.text))
    }

    /// The words in a range.
    pub(super) fn within(&self, range: &Range<usize>) -> impl Iterator<Item = &'t str> + use<'t, '_> {
        self.spans.get(range.clone()).into_iter().flatten().map(|span| span.of(self.text))
    }

    fn word(&self, at: usize) -> Option<&'t str> {
        self.spans.get(at).map(|span| span.of(self.text))
    }

    /// Cuts a range of words where it crosses a place in the text.
    pub(super) fn cut(&self, range: Range<usize>, at: usize) -> [Range<usize>; 2] {
        let middle = self.spans.partition_point(|span| span.start < at).clamp(range.start, range.end);
        [range.start..middle, middle..range.end]
    }

    /// The bytes of a range of words; for an empty one the place behind the word before it.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        match self.spans.get(range.clone()).unwrap_or_default() {
            [first, .., last] => first.cover(*last),
            [only] => *only,
            [] => {
                let before = range.start.checked_sub(1).and_then(|at| self.spans.get(at));
                before.map_or(Span::new(0, 0), |before| Span::new(before.end, before.end))
            }
        }
    }

    /// The bytes of a range of words and of its neighbours.
    pub(super) fn around(&self, range: &Range<usize>) -> Span {
        let end = (range.end + 1).min(self.spans.len());
        self.span(&(range.start.saturating_sub(1)..end))
    }

    /// A range of words without the white space between them, in bytes.
    fn weight(&self, range: &Range<usize>) -> usize {
        self.spans.get(range.clone()).into_iter().flatten().map(|span| span.len()).sum()
    }
}

/// Whether a character goes on with the word that the character before it is in.
fn joins(before: char, char: char, after: Option<char>) -> bool {
    let is_mark = |c: char| matches!(c, '\'' | '’' | '.' | ',');
    let between = |left: char, sign: char, right: char| match sign {
        '.' | ',' => left.is_numeric() && right.is_numeric(),
        _ => is_letter(left) && is_letter(right),
    };
    match () {
        () if is_letter(char) => is_letter(before) || is_mark(before) || is_combining(before),
        () if is_combining(char) => true,
        () if is_mark(char) => after.is_some_and(|after| between(before, char, after)),
        () => false,
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !stands_alone(c)
}

/// Marks that belong to the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{5b0}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{200c}' | '\u{200d}')
}

/// Characters of scripts that write no spaces between words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A range of words of one text and a range of words of the other.
pub(super) type Region = (Range<usize>, Range<usize>);

/// Where two texts differ: ranges of words of the one and of the other, in their order, at least one of them not empty.
pub(super) fn regions(old: &Words<'_>, new: &Words<'_>) -> Vec<Region> {
    let (before, after) = numbered(old, new);
    let start = before.iter().zip(&after).take_while(|(one, other)| one == other).count();
    let (one, other) = (&before[start..], &after[start..]);
    let same_end = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let (one, other) = (&one[..one.len() - same_end], &other[..other.len() - same_end]);
    if one.is_empty() && other.is_empty() {
        return Vec::new();
    }
    if one.len() > MOST || other.len() > MOST {
        return vec![(start..start + one.len(), start..start + other.len())];
    }
    let ops = capture_diff_slices(Algorithm::Myers, one, other);
    let changed = ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    let moved = |range: Range<usize>| range.start + start..range.end + start;
    let mut found = joined(changed.map(|op| (moved(op.old_range()), moved(op.new_range()))).collect(), old);
    slide(&mut found, old, new);
    found
}

/// Of the places where words can have been put in or left out, takes the one behind the sign that ends a sentence:
/// ". Divers came" before "." is "Divers came." behind ".".
fn slide(regions: &mut [Region], old: &Words<'_>, new: &Words<'_>) {
    let is_sign = |word: &str| !word.contains(char::is_alphanumeric);
    for at in 0..regions.len() {
        let border = regions.get(at + 1).map_or(usize::MAX, |next| next.0.start);
        let (o, n) = &mut regions[at];
        let (words, range) = match (o.end == o.start, n.end == n.start) {
            (true, false) => (new, n.clone()),
            (false, true) => (old, o.clone()),
            _ => continue,
        };
        let is_open = |by: usize| {
            let first = words.word(range.start + by);
            o.end + by < border && first.is_some_and(is_sign) && first == words.word(range.end + by)
        };
        let by = (0..range.len()).take_while(|&by| is_open(by)).count();
        (*o, *n) = (o.start + by..o.end + by, n.start + by..n.end + by);
    }
}

/// The words of both texts as numbers: one number a word.
fn numbered(old: &Words<'_>, new: &Words<'_>) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut number = |word| {
        let next = numbers.len() as u32;
        *numbers.entry(word).or_insert(next)
    };
    let before = old.iter().map(&mut number).collect();
    (before, new.iter().map(&mut number).collect())
}

/// Joins regions that are parted by less than changed on both sides of it: in a rewritten sentence a common "the" is no
/// word that stayed.
fn joined(regions: Vec<Region>, old: &Words<'_>) -> Vec<Region> {
    let mut out: Vec<Region> = Vec::new();
    let size = |region: &Region| region.0.len().max(region.1.len());
    for region in regions {
        let is_near = out.last().is_some_and(|last| {
            let gap = last.0.end..region.0.start;
            let small = size(last).min(size(&region));
            gap.len() <= 3 && gap.len() < small && old.weight(&gap) <= 12
        });
        match out.last_mut().filter(|_| is_near) {
            Some(last) => *last = (last.0.start..region.0.end, last.1.start..region.1.end),
            None => out.push(region),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_signs() {
        let words = |text| Words::of(text).iter().collect::<Vec<_>>().join("|");
        assert_eq!(words("He won’t pay 1,200.50 (or $3.5m)."), "He|won’t|pay|1,200.50|(|or|$|3.5m|)|.");
        assert_eq!(words("U.S. 'quoted' x-y"), "U|.|S|.|'|quoted|'|x|-|y");
        assert_eq!(words("港口 Nova\u{301}."), "港|口|Nova\u{301}|.");
        assert_eq!(words(" \n "), "");
    }

    fn shown(old: &str, new: &str) -> String {
        let (one, other) = (Words::of(old), Words::of(new));
        let region =
            |(o, n): (Range<usize>, Range<usize>)| format!("[{}|{}]", one.span(&o).of(old), other.span(&n).of(new));
        regions(&one, &other).into_iter().map(region).collect()
    }

    #[test]
    fn where_texts_differ() {
        assert_eq!(shown("Police said 12 died.", "Officials said 14 died."), "[Police|Officials][12|14]");
        assert_eq!(shown("a b c", "a  b\nc"), "");
        assert_eq!(shown("a b c", "a c"), "[b|]");
        assert_eq!(shown("", "a b"), "[|a b]");
        let (old, new) = ("The council of the old port met", "A long debate on the ferry closed");
        assert_eq!(shown(old, new), format!("[{old}|{new}]"));
    }

    #[test]
    fn hostile_texts_end() {
        let mut state = 1u32;
        let mut noise = |count: usize| {
            let mut text = String::new();
            for _ in 0..count {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(if state >> 31 == 0 { "a " } else { "b " });
            }
            text
        };
        let (one, other) = (noise(MOST - 1), noise(MOST - 1));
        assert!(!regions(&Words::of(&one), &Words::of(&other)).is_empty());
        let (one, other) = (noise(MOST + 100), noise(MOST + 200));
        assert_eq!(regions(&Words::of(&one), &Words::of(&other)).len(), 1);
    }
}
