//! Quantities that belong together across the words between them: "from $36 on Monday to $34".

use twosource_model::{Joint, Quantity, Span};

use crate::pieces::Piece;

/// How many words may stand between the first amount and "to".
const REACH: usize = 8;

/// Joins the two ends of a change or a stretch, and gives both the unit that one of them has ("from 4.8 to 4.7 percent").
/// `found` are the quantities of the sentence, in text order.
pub(super) fn join(pieces: &[Piece], found: &mut [Quantity]) {
    for at in 1..found.len() {
        let (before, after) = found.split_at_mut(at);
        let (first, second) = (&mut before[at - 1], &mut after[0]);
        let simple = [&*first, &*second].iter().all(|end| end.upper.is_none() && end.joint.is_none() && !end.one_of);
        if simple && spans(pieces, first.span, second.span) && share_unit(first, second) {
            first.joint = Some(Joint::FromTo);
        }
    }
}

/// Whether the words are "from FIRST … to SECOND", with nothing but words and numbers between.
fn spans(pieces: &[Piece], first: Span, second: Span) -> bool {
    let start = |span: Span| pieces.partition_point(|piece| piece.span.start < span.start);
    let (from, to) = (start(first), start(second));
    let between = pieces.partition_point(|piece| piece.span.start < first.end);
    let word = |at: usize, word: &str| at.checked_sub(1).is_some_and(|at| pieces[at].is(word));
    let gap = pieces.get(between..to.saturating_sub(1)).unwrap_or_default();
    let plain = |piece: &Piece| piece.is_word() && !piece.is_any(&["from", "to", "and", "but"]) || piece.is_number();
    word(from, "from") && word(to, "to") && between < to && gap.len() <= REACH && gap.iter().all(plain)
}

/// Gives both ends one unit; false where they have two.
fn share_unit(first: &mut Quantity, second: &mut Quantity) -> bool {
    match (&first.unit, &second.unit) {
        (Some(one), Some(other)) => return one == other,
        (Some(unit), None) if second.counted.is_none() => second.unit = Some(unit.clone()),
        (None, Some(unit)) if first.counted.is_none() => first.unit = Some(unit.clone()),
        (None, None) => {}
        _ => return false,
    }
    true
}
