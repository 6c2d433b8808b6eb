//! One story to its comparison.
//!
//! [`compare`] is a pure function of the annotated reports of one story and reads like a table of contents: claims
//! first, then what can be said of them. Every stage works on the reports in an order of their own content, so the
//! order in which the reports were given changes their ids and nothing else; [`arrange`] puts the result into the
//! given order at the end.

mod align;
mod arrange;
mod chains;
mod claims;
mod descent;
mod differences;
mod moments;
mod naming;
mod origins;
mod outlets;
mod provenance;
pub mod revision;
mod shown;
mod similarity;
mod sources;
mod speakers;
mod stems;
mod timeline;
mod values;
mod wording;

#[doc(hidden)]
pub use naming::group_mentions;
pub use outlets::{OutletLists, Outlets};
use twosource_model::{Annotated, Comparison, Meaning, Note, Report, ReportAttribution, ReportTime, Time};

/// Compares the reports of one story, where these outlets are known; reports keep their order and become `a`, `b`, ….
pub fn compare(reports: Vec<Annotated>, meaning: &dyn Meaning, outlets: &Outlets) -> Comparison {
    let order = arrange::canonical_order(&reports);
    let mut slots: Vec<Option<Annotated>> = reports.into_iter().map(Some).collect();
    let reports = order.iter().filter_map(|&at| slots[at].take()).collect();
    arrange::in_given_order(compare_in_order(reports, meaning, outlets), &order)
}

fn compare_in_order(reports: Vec<Annotated>, meaning: &dyn Meaning, outlets: &Outlets) -> Comparison {
    let attributions = attributions(&reports);
    let (found, names) = rayon::join(|| claims::claims(&reports, &attributions, meaning), || naming::naming(&reports));
    let (untraced, links) = found;
    let mut claims = untraced.clone();
    let (differences, traced) = rayon::join(
        || differences::differences(&reports, &attributions, &untraced, &links),
        || origins::trace(&reports, &attributions, &mut claims, outlets),
    );
    let times = times(&reports);
    let timeline = timeline::timeline(&times, &claims);
    let diagnostics = notes(&reports, traced.notes);
    Comparison {
        reports: reports.into_iter().map(|r| Report { id: String::new(), article: r.article }).collect(),
        attributions,
        claims,
        differences,
        origins: traced.origins,
        lead: traced.lead,
        provenance: traced.provenance,
        names,
        times,
        timeline,
        diagnostics,
    }
}

/// The attributions of all reports in one list; `rests_on` points into it.
fn attributions(reports: &[Annotated]) -> Vec<ReportAttribution> {
    let mut all = Vec::new();
    for (report, annotated) in reports.iter().enumerate() {
        let first = all.len();
        all.extend(annotated.attributions.iter().cloned().map(|mut attribution| {
            attribution.rests_on = attribution.rests_on.map(|at| first + at);
            ReportAttribution { report, attribution }
        }));
    }
    all
}

/// The temporal expressions of all reports that have a place in the calendar, valued to the day: durations and
/// vague times ("recently") stay with the article, and a time of day with its words.
fn times(reports: &[Annotated]) -> Vec<ReportTime> {
    let of_report = |(report, annotated): (usize, &Annotated)| {
        let dated = annotated.times.iter().filter_map(move |time| {
            let value = values::calendar(time)?;
            Some(ReportTime { report, time: Time { value: Some(value), ..time.clone() } })
        });
        dated.collect::<Vec<_>>()
    };
    reports.iter().enumerate().flat_map(of_report).collect()
}

fn notes(reports: &[Annotated], mut notes: Vec<Note>) -> Vec<Note> {
    for (report, annotated) in reports.iter().enumerate() {
        let own = annotated.article.diagnostics.iter();
        notes.extend(own.map(|message| Note { report: Some(report), message: message.clone() }));
    }
    notes
}
