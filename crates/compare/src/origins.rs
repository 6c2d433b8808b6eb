//! How many independent sources stand behind a claim.
//!
//! Every statement is followed to an [`End`](crate::chains::End): the furthest word its report identifies. Then, by
//! these principles, each of which would rather count one origin too few than one too many:
//!
//! - One origin under several names is one: outlet variants, full and short names, a spokesperson and whom they speak
//!   for, the outlets of one publisher.
//! - One utterance has one origin: the same quoted words are one word, whoever relays them.
//! - An outlet vouches for the unnamed people who spoke to it: they count as its own reporting. Officials without a
//!   name are the public word of an authority: they count once, and not beside a named authority.
//! - Of two origins one of which rests on the other, only the one at the end counts.
//! - A country under two names and what is a body of it, a person and what is called after him are one authority.
//! - Whoever praises, condemns or demands what others say is so is no origin of it.
//! - A statement without attribution rests on what its report attributes the same news to, or on whoever is said to have
//!   done in words what it tells ("issued a correction"); else on the report whose words it shares, the agency whose copy it carries, or the outlet that the report cites and others name for this
//!   claim. Where none of this is to be seen it is the report's own reporting, which counts unless others name a public
//!   source the report may have it from, or the report shows no reporting of its own.

mod acts;
mod catalogue;
mod independence;
mod lead;
mod words;

use twosource_model::{Annotated, Claim, Lead, Note, Origin, Provenance, ReportAttribution, Span};

use crate::chains::chains;
use crate::descent::descent;
use crate::outlets::Outlets;
use crate::provenance::edges;
use catalogue::Catalogue;
use lead::lead;
use words::Tracer;

/// Where a story comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traced {
    /// Whose word stands at the end of the chains, and the outlets that relay it.
    pub(crate) origins: Vec<Origin>,
    /// Who draws on whom.
    pub(crate) provenance: Vec<Provenance>,
    /// The claim the story is about.
    pub(crate) lead: Option<Lead>,
    /// Why origins were counted as one, and what could not be told.
    pub(crate) notes: Vec<Note>,
}

/// Traces a story: fills `origins` and `independent_origins` of every claim.
pub(crate) fn trace(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    claims: &mut [Claim],
    outlets: &Outlets,
) -> Traced {
    let chains = chains(reports, attributions, outlets);
    let descent = descent(reports, attributions, &chains);
    let tracer = Tracer::new(reports, attributions, &chains, &descent);
    let mut catalogue = Catalogue::new(&tracer);
    let mut notes = Vec::new();
    let lead = lead(reports, attributions, claims, &tracer);
    for (index, claim) in claims.iter_mut().enumerate() {
        let mut words = tracer.words(claim);
        let counted = tracer.independent(&words);
        words.retain(|word| word.said || !counted.silent.contains(&word.report));
        words.retain(|word| !word.judges || !counted.aside.contains(&(word.report, word.end)));
        let known = words.iter().any(|word| word.end.is_known());
        words.retain(|word| !known || word.end.is_known());
        claim.origins = catalogue.of(&words, claim);
        claim.independent_origins = counted.ends.len();
        if lead == Some(index) {
            notes = tracer.notes(&counted, &catalogue);
            catalogue.lead = counted.ends.iter().filter_map(|end| catalogue.index.get(end).copied()).collect();
        }
    }
    let lead = lead.map(|claim| Lead {
        claim,
        origins: catalogue.lead.clone(),
        independent_origins: claims[claim].independent_origins,
    });
    let provenance = edges(reports, attributions, &chains, &descent, &catalogue.index, &catalogue.origins);
    Traced { origins: catalogue.origins, provenance, lead, notes }
}

/// The words that say whose word it is: source and cue together where they stand close.
pub(crate) fn evidence(attribution: &twosource_model::Attribution) -> Option<Span> {
    const CLOSE: usize = 80;
    match (attribution.source, attribution.cue) {
        (Some(source), Some(cue)) => {
            let both = source.cover(cue);
            Some(if both.len() <= source.len() + cue.len() + CLOSE { both } else { source })
        }
        (source, cue) => source.or(cue),
    }
}

#[cfg(test)]
mod cases;
