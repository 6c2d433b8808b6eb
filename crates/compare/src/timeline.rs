//! Claims and times in the order of the calendar.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Claim, Moment, ReportTime, Statement};

use crate::values::calendar;

/// The days, months and years that the reports name, each with the claims that name them.
///
/// `times` stand in the order of reports and places, as in [`twosource_model::Comparison::times`]. A claim belongs to
/// a moment when one of its statements contains a time of that value. A month sorts before its days, a year before
/// its months.
pub(crate) fn timeline(times: &[ReportTime], claims: &[Claim]) -> Vec<Moment> {
    let values: Vec<_> = times.iter().map(|time| calendar(&time.time)).collect();
    let mut moments: BTreeMap<&str, (BTreeSet<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, value) in values.iter().enumerate() {
        if let Some(value) = value {
            moments.entry(value).or_default().1.push(index);
        }
    }
    for (index, claim) in claims.iter().enumerate() {
        let inside = claim.statements.iter().flat_map(|statement| times_in(times, statement));
        for value in inside.filter_map(|time| values[time].as_deref()) {
            moments.entry(value).or_default().0.insert(index);
        }
    }
    let moment = |(value, (claims, times)): (&str, (BTreeSet<usize>, Vec<usize>))| Moment {
        value: value.to_owned(),
        claims: claims.into_iter().collect(),
        times,
    };
    moments.into_iter().map(moment).collect()
}

/// The indices of the times that a statement contains.
fn times_in<'a>(times: &'a [ReportTime], statement: &Statement) -> impl Iterator<Item = usize> + 'a {
    let quote = statement.quote;
    let first = times.partition_point(|time| (time.report, time.time.span.start) < (quote.report, quote.span.start));
    let reached = move |time: &&ReportTime| time.report == quote.report && time.time.span.start < quote.span.end;
    let count = times[first..].iter().take_while(reached).count();
    (first..first + count).filter(move |&index| quote.span.contains(times[index].time.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use twosource_model::{Quote, Span, Time, TimeKind};

    fn time(report: usize, start: usize, value: &str) -> ReportTime {
        let span = Span::new(start, start + 4);
        let time = Time { span, kind: TimeKind::Date, value: Some(value.to_owned()), worked_out: true };
        ReportTime { report, time }
    }

    fn claim(statements: &[(usize, usize, usize)]) -> Claim {
        let statement = |&(report, start, end): &_| Statement {
            quote: Quote { report, span: Span::new(start, end) },
            attribution: None,
        };
        Claim {
            clearest: 0,
            statements: statements.iter().map(statement).collect(),
            origins: Vec::new(),
            independent_origins: 0,
            confidence: 1.0,
        }
    }

    fn moment(value: &str, claims: &[usize], times: &[usize]) -> Moment {
        Moment { value: value.to_owned(), claims: claims.to_vec(), times: times.to_vec() }
    }

    #[test]
    fn groups_by_value_in_calendar_order() {
        let times = [
            time(0, 10, "2031-05-02"),
            time(0, 30, "PAST_REF"),
            time(0, 50, "2031"),
            time(1, 10, "2031-05-02TMO"),
            time(1, 40, "2031-05"),
        ];
        let claims =
            [claim(&[(0, 0, 20), (1, 0, 30)]), claim(&[(1, 0, 60)]), claim(&[(0, 45, 52)]), claim(&[(2, 0, 99)])];
        let expected =
            [moment("2031", &[], &[2]), moment("2031-05", &[1], &[4]), moment("2031-05-02", &[0, 1], &[0, 3])];
        assert_eq!(timeline(&times, &claims), expected);
        assert_eq!(timeline(&[], &claims), []);
    }
}
