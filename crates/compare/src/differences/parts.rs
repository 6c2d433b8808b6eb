//! Differences in one part of a statement: who, where, why, in what order, on whose word.
//!
//! Nothing but the wording tells these, so the statements must agree in nearly everything else.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use twosource_model::{Attribution, DifferenceKind, MentionForm, NameKind, SourceKind, Span, Strength};

use super::{Facts, Finding, SAME_WORDS, matter, nearly_the_same, of_one_length, same_but_for_one_thing};
use crate::outlets::Lexicon;
use crate::wording::{Stems, overlap, share_of, stems};

/// Another person in the same event.
pub(super) fn person(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    named(a, b, NameKind::Person, DifferenceKind::Person)
}

/// The same event at another place; one place may lie in the other, so this is no contradiction.
pub(super) fn place(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    named(a, b, NameKind::Place, DifferenceKind::Place)
}

/// Each statement names just one of a kind, their names have no word in common, and all else is nearly the same.
fn named(a: &Facts<'_>, b: &Facts<'_>, name: NameKind, kind: DifferenceKind) -> Option<Finding> {
    let ((x, left), (y, right)) = (only(a, name)?, only(b, name)?);
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<BTreeSet<_>>();
    let abbreviated = [left, right, x.of(a.text), y.of(b.text)].into_iter().any(is_abbreviation);
    let (one, other) = (without(a, x), without(b, y));
    // In "who accused her" and "whom she accused" all words but the names are the same.
    let alike = nearly_the_same(&one, &other)
        && (kind != DifferenceKind::Person || overlap(&one, &other) >= SAME_WORDS && of_one_length(a, b));
    let differ =
        !abbreviated && !matter::of_other_names_besides(a, x, b, y) && words(left).is_disjoint(&words(right)) && alike;
    differ.then(|| Finding { kind, strength: Strength::Tension, sides: [a.side(x, left), b.side(y, right)] })
}

/// "U.S." may be "United States" as well, or the country around another place.
fn is_abbreviation(name: &str) -> bool {
    name.split_whitespace().any(|word| word.chars().all(|c| !c.is_alphabetic() || c.is_uppercase()))
}

/// The words of a statement but for those of a span in it.
fn without(facts: &Facts<'_>, span: Span) -> Stems {
    let statement = facts.quote.span;
    let around = [Span::new(statement.start, span.start), Span::new(span.end, statement.end)];
    stems(around.into_iter().map(|part| part.of(facts.text)))
}

/// The one entity of a kind that a statement names, with the words of its first name there.
fn only<'a>(facts: &Facts<'a>, kind: NameKind) -> Option<(Span, &'a str)> {
    let report = facts.report;
    let inside = report.mentions.iter().filter(|mention| facts.quote.span.contains(mention.span));
    let mut of_kind = inside.filter(|mention| report.entities.get(mention.entity).is_some_and(|e| e.kind == kind));
    let first = of_kind.next().filter(|mention| mention.form == MentionForm::Name)?;
    let alone = of_kind.all(|mention| mention.entity == first.entity);
    alone.then(|| (first.span, report.entities[first.entity].name.as_str()))
}

/// The same event for other reasons.
pub(super) fn cause(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    const EFFECT: f64 = 0.75;
    let ((left, x), (right, y)) = (opened(a, "cause")?, opened(b, "cause")?);
    let of = |facts: &Facts<'_>, span: Span| stems(std::iter::once(span.of(facts.text)));
    let effect = overlap(&of(a, left), &of(b, right));
    let reasons = (of(a, x), of(b, y));
    let differ =
        effect >= EFFECT && reasons.0.len() > 0 && reasons.1.len() > 0 && share_of(&reasons.0, &reasons.1) == 0.0;
    differ.then(|| Finding {
        kind: DifferenceKind::Cause,
        strength: Strength::Tension,
        sides: [a.side(x, x.of(a.text)), b.side(y, y.of(b.text))],
    })
}

/// One says before, the other after.
pub(super) fn sequence(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let order = |facts: &Facts<'_>| match (opened(facts, "before"), opened(facts, "after")) {
        (Some((_, part)), None) => Some((part, "before")),
        (None, Some((_, part))) => Some((part, "after")),
        _ => None,
    };
    let ((x, left), (y, right)) = (order(a)?, order(b)?);
    let differ = left != right && same_but_for_one_thing(a, b);
    differ.then(|| Finding {
        kind: DifferenceKind::Sequence,
        strength: Strength::Contradiction,
        sides: [a.side(x, left), b.side(y, right)],
    })
}

/// One names the outlet whose word it is, the other speaks of media or reports.
pub(super) fn attribution(a: &Facts<'_>, b: &Facts<'_>) -> Option<Finding> {
    let (x, y) = (a.source?, b.source?);
    let differ = names_outlet(x) && is_vague(y) || names_outlet(y) && is_vague(x);
    let side = |facts: &Facts<'_>, source: &Attribution| {
        let span = source.source.unwrap_or(facts.quote.span);
        facts.side(span, source.resolved.clone().unwrap_or_else(|| span.of(facts.text).to_owned()))
    };
    differ.then(|| Finding {
        kind: DifferenceKind::Attribution,
        strength: Strength::Precision,
        sides: [side(a, x), side(b, y)],
    })
}

fn names_outlet(attribution: &Attribution) -> bool {
    let named = attribution.resolved.as_deref().is_some_and(|name| name.starts_with(char::is_uppercase));
    matches!(attribution.kind, SourceKind::Outlet | SourceKind::Agency) && named
}

fn is_vague(attribution: &Attribution) -> bool {
    attribution.kind == SourceKind::Outlet && attribution.resolved.is_none()
}

/// A statement cut before the first of the words that open a part: what comes before, and the part.
fn opened(facts: &Facts<'_>, part: &str) -> Option<(Span, Span)> {
    let statement = facts.quote.span;
    let words = statement.of(facts.text);
    let at = PARTS.entries(part).filter_map(|opening| whole_words(words, opening)).min()?;
    let cut = statement.start + at;
    (at > 0).then(|| (Span::new(statement.start, cut), Span::new(cut, statement.end)))
}

/// Where some words stand in a text, between other words.
fn whole_words(text: &str, wanted: &str) -> Option<usize> {
    let bare = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric() && byte.is_ascii());
    let bytes = text.as_bytes();
    let edges = |&(at, _): &(usize, &str)| {
        bare(at.checked_sub(1).and_then(|before| bytes.get(before))) && bare(bytes.get(at + wanted.len()))
    };
    text.match_indices(wanted).find(edges).map(|(at, _)| at)
}

/// The lists of `data/en/parts.txt`.
static PARTS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../data/en/parts.txt")));

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Annotated, Article, Entity, Form, Mention, Quote};

    /// A report that is one statement; `[…]` marks a name of the given kind.
    fn report(marked: &str, kind: NameKind) -> Annotated {
        let (mut text, mut mentions, mut entities) = (String::new(), Vec::new(), Vec::new());
        for part in marked.split_inclusive(']') {
            let (before, name) = part.split_once('[').unwrap_or((part, ""));
            text.push_str(before);
            if let Some(name) = name.strip_suffix(']') {
                let span = Span::new(text.len(), text.len() + name.len());
                mentions.push(Mention { span, phrase: span, form: MentionForm::Name, entity: entities.len() });
                entities.push(Entity { name: name.to_owned(), kind });
                text.push_str(name);
            }
        }
        Annotated { article: Article { text, ..Article::default() }, mentions, entities, ..Annotated::default() }
    }

    fn facts(report: &Annotated, number: usize) -> Facts<'_> {
        let text = &report.article.text;
        let quote = Quote { report: number, span: Span::new(0, text.len()) };
        Facts {
            quote,
            report,
            quantities: Vec::new(),
            place: (0, 0),
            times: Vec::new(),
            clause: None,
            response: None,
            source: None,
            text,
            stems: stems(std::iter::once(text.as_str())),
            sentence: quote.span,
            words: Vec::new(),
            people: BTreeSet::new(),
            slots: std::cell::OnceCell::new(),
        }
    }

    fn check(detector: super::super::Detector, kind: NameKind, a: &str, b: &str, expected: Option<[&str; 2]>) {
        let (one, other) = (report(a, kind), report(b, kind));
        let found = detector(&facts(&one, 0), &facts(&other, 1)).map(|finding| finding.sides.map(|side| side.value));
        assert_eq!(found, expected.map(|sides| sides.map(str::to_owned)), "{a} / {b}");
    }

    #[test]
    fn who_and_where() {
        let (a, b) = (
            "The ferry struck a rock near [Norrvik] during the storm",
            "The ferry struck a rock near [Osmark] during the storm",
        );
        check(place, NameKind::Place, a, b, Some(["Norrvik", "Osmark"]));
        check(place, NameKind::Place, a, a, None);
        check(place, NameKind::Place, a, "The ferry struck a rock near [N.V.] during the storm", None);
        check(place, NameKind::Place, a, "The mayor of [Osmark] opened a bridge during the summer fair", None);
        let (a, b) = (
            "[Ada Brandt] steered the ferry that struck a rock near the harbour",
            "[Jon Moss] steered the ferry that struck a rock near the harbour",
        );
        check(person, NameKind::Person, a, b, Some(["Ada Brandt", "Jon Moss"]));
        check(person, NameKind::Person, a, "[Brandt] steered the ferry that struck a rock near the harbour", None);
    }

    #[test]
    fn why_and_in_what_order() {
        let (a, b) = (
            "The ferry line closed its winter service because of high fuel prices",
            "The ferry line closed its winter service due to damaged engines",
        );
        check(cause, NameKind::Other, a, b, Some(["because of high fuel prices", "due to damaged engines"]));
        check(cause, NameKind::Other, a, "The ferry line closed its winter service due to fuel prices", None);
        check(cause, NameKind::Other, a, "The mayor resigned due to damaged engines", None);
        let (a, b) = (
            "The crew left the ship before the engine room caught fire",
            "The crew left the ship after the engine room caught fire",
        );
        check(sequence, NameKind::Other, a, b, Some(["before", "after"]));
        check(sequence, NameKind::Other, a, a, None);
    }

    #[test]
    fn on_whose_word() {
        let source = |resolved: Option<&str>| Attribution {
            content: vec![Span::new(0, 9)],
            source: Some(Span::new(0, 9)),
            cue: None,
            resolved: resolved.map(str::to_owned),
            entity: None,
            kind: SourceKind::Outlet,
            stance: twosource_model::Stance::Says,
            form: Form::Indirect,
            rests_on: None,
            response: None,
            negated: false,
        };
        let report = report("Media say the ferry struck a rock", NameKind::Other);
        let (named, vague) = (source(Some("Fjordby Courier")), source(None));
        let of = |source| Facts { source: Some(source), ..facts(&report, 0) };
        assert!(attribution(&of(&named), &of(&vague)).is_some());
        assert!(attribution(&of(&named), &of(&named)).is_none());
        assert!(attribution(&of(&vague), &of(&vague)).is_none());
    }
}
