//! Which of the words behind a claim are independent of one another.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use twosource_model::Note;

use super::catalogue::Catalogue;
use super::words::{Tracer, Word};
use crate::chains::{End, join, root};
use crate::sources::Class;

/// The independent origins of a claim.
pub(super) struct Counted {
    pub(super) ends: Vec<End>,
    /// Ends that were counted together, and why.
    pub(super) merged: Vec<(End, End, Cow<'static, str>)>,
    /// Reports that do not say where they have the claim from and were not counted.
    pub(super) silent: Vec<usize>,
    /// Who only takes a side on what others say is so, and in which report.
    pub(super) aside: Vec<(usize, End)>,
}

impl Tracer<'_> {
    /// Counts the origins behind the statements of a claim. Whoever takes a side on what others say is so is no origin of
    /// it; where nobody else is named, the side taken is the news.
    pub(super) fn independent(&self, words: &[Word]) -> Counted {
        let asserted = words.iter().any(|word| word.said && word.end.is_known() && !word.judges);
        let (aside, words): (Vec<Word>, Vec<Word>) = words.iter().partition(|word| asserted && word.judges);
        let mut counted = self.counted(&words);
        let known: BTreeSet<End> = words.iter().map(|word| word.end).collect();
        let aside = aside.iter().filter(|word| word.end.is_known() && !known.contains(&word.end));
        counted.aside = aside.map(|word| (word.report, word.end)).collect::<BTreeSet<_>>().into_iter().collect();
        counted
    }

    /// Counts the origins of those who say that it is so.
    fn counted(&self, words: &[Word]) -> Counted {
        let said: BTreeSet<End> = words.iter().filter(|word| word.said).map(|word| word.end).collect();
        let open_to_all = said.iter().any(|&end| self.is_public(end));
        let counts = |word: &&Word| {
            let nothing_known = said.iter().all(|end| !end.is_known());
            word.said || nothing_known || (!open_to_all && self.reports_itself(word.report))
        };
        let mut ends: BTreeSet<End> = words.iter().filter(counts).map(|word| word.end).collect();
        let silent = words.iter().filter(|word| !counts(word) && !ends.contains(&word.end)).map(|word| word.report);
        let silent: BTreeSet<usize> = silent.collect();
        // Words that tell nobody count where nothing else is known, and then once.
        if ends.iter().any(|end| end.is_known()) {
            ends.retain(|end| end.is_known());
        } else {
            ends = ends.first().copied().into_iter().collect();
        }
        let mut counted = self.merged(&ends.into_iter().collect::<Vec<_>>());
        counted.silent = silent.into_iter().collect();
        counted
    }

    /// Whether anybody can hear this word: not what an outlet found out.
    pub(super) fn is_public(&self, end: End) -> bool {
        match end {
            End::Source(source) => self.chains.names.class(source) != Class::Outlet,
            End::Unnamed(_) => true,
            End::Own(_) | End::Vague | End::Nobody(_) | End::Lost(_) => false,
        }
    }

    /// Makes one of ends that are not independent of one another.
    fn merged(&self, ends: &[End]) -> Counted {
        let mut groups: Vec<usize> = (0..ends.len()).collect();
        let mut dependent = BTreeSet::new();
        let mut merged = Vec::new();
        for other in 0..ends.len() {
            for one in 0..other {
                // One without a name may be any of the named, but does not make them one.
                let settled = matches!(ends[other], End::Unnamed(_)) && root(&mut groups, other) != other;
                let Some((reason, rests)) = self.dependence(ends[one], ends[other]).filter(|_| !settled) else {
                    continue;
                };
                dependent.extend(rests);
                if root(&mut groups, one) != root(&mut groups, other) {
                    merged.push((ends[one], ends[other], reason));
                    join(&mut groups, one, other);
                }
            }
        }
        let mut standing: BTreeMap<usize, Vec<End>> = BTreeMap::new();
        for (index, &end) in ends.iter().enumerate() {
            standing.entry(root(&mut groups, index)).or_default().push(end);
        }
        let last = |group: &Vec<End>| *group.iter().find(|end| !dependent.contains(*end)).unwrap_or(&group[0]);
        Counted { ends: standing.values().map(last).collect(), merged, silent: Vec::new(), aside: Vec::new() }
    }

    /// Why two ends are one origin, and which of them rests on the other.
    fn dependence(&self, one: End, other: End) -> Option<(Cow<'static, str>, Option<End>)> {
        let names = &self.chains.names;
        match (one, other) {
            (End::Source(a), End::Source(b)) => {
                let rests_on = &self.chains.rests_on;
                let forth = rests_on.get(&(a, b)).map(|why| (why.as_str().into(), Some(one)));
                let back = rests_on.get(&(b, a)).map(|why| (why.as_str().into(), Some(other)));
                let authority = names.one_authority(a, b).map(|reason| (reason.into(), None));
                let family = names.family(a).filter(|family| names.family(b) == Some(*family));
                let alike = names.may_be_one(a, b).then_some(("the one named in short may be the other".into(), None));
                forth.or(back).or(family.map(|family| (family.reason().into(), None))).or(alike).or(authority)
            }
            (End::Unnamed(_), End::Unnamed(_)) => Some(("neither has a name".into(), None)),
            (End::Source(source), unnamed @ End::Unnamed(_)) | (unnamed @ End::Unnamed(_), End::Source(source)) => {
                let reason = "the one without a name may be the other";
                (names.class(source) != Class::Outlet).then_some((reason.into(), Some(unnamed)))
            }
            _ => None,
        }
    }

    pub(super) fn notes(&self, counted: &Counted, catalogue: &Catalogue) -> Vec<Note> {
        let name = |end: &End| {
            catalogue.index.get(end).map_or_else(String::new, |&index| catalogue.origins[index].name.clone())
        };
        let together = counted.merged.iter().map(|(one, other, reason)| Note {
            report: None,
            message: format!("counted as one origin: “{}” and “{}” ({reason})", name(one), name(other)),
        });
        let silent = counted.silent.iter().map(|&report| Note {
            report: Some(report),
            message: "does not say where it has the lead from; not counted as an origin of its own".to_owned(),
        });
        let aside = counted.aside.iter().map(|(report, end)| Note {
            report: Some(*report),
            message: format!("“{}” is not said to say so; not counted as an origin of it", name(end)),
        });
        together.chain(silent).chain(aside).collect()
    }
}
