//! Orders: one of the reports' own content to work in, and the given one to show.
//!
//! Working in an order of content makes every stage blind to the order of the input; afterwards ids, lists and
//! indices are put into the order given, in this one place.

use twosource_model::{
    Annotated, Attribution, Claim, Comparison, Difference, Label, Moment, Naming, Node, Note, Origin, Provenance,
    Quote, ReportTime, Statement, report_id,
};

/// The indices of the reports in an order that their content alone decides: by day, outlet, title and text.
pub(crate) fn canonical_order(reports: &[Annotated]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&at| {
        let article = &reports[at].article;
        (&article.published, &article.outlet, &article.title, &article.text)
    });
    order
}

/// Puts a comparison made in canonical order into the given one; `order[i]` is the given index of report `i`.
pub(crate) fn in_given_order(comparison: Comparison, order: &[usize]) -> Comparison {
    let mut comparison = renumber_reports(comparison, order);
    sort_attributions(&mut comparison);
    sort_times(&mut comparison);
    sort_origins(&mut comparison);
    sort_claims(&mut comparison);
    sort_the_rest(&mut comparison);
    comparison
}

fn renumber_reports(mut comparison: Comparison, order: &[usize]) -> Comparison {
    let quote = |quote: &mut Quote| quote.report = order[quote.report];
    let (mut reports, _) =
        sorted_by_key(std::mem::take(&mut comparison.reports).into_iter().zip(order), |(_, at)| **at);
    comparison.reports = reports.drain(..).map(|(report, _)| report).collect();
    for (at, report) in comparison.reports.iter_mut().enumerate() {
        report.id = report_id(at);
    }
    comparison.attributions.iter_mut().for_each(|a| a.report = order[a.report]);
    comparison.times.iter_mut().for_each(|t| t.report = order[t.report]);
    comparison.claims.iter_mut().flat_map(|c| &mut c.statements).for_each(|s| quote(&mut s.quote));
    comparison.differences.iter_mut().flat_map(|d| &mut d.sides).for_each(|s| quote(&mut s.quote));
    for origin in &mut comparison.origins {
        origin.reports.iter_mut().for_each(|report| *report = order[*report]);
        origin.evidence.iter_mut().chain(&mut origin.rests_on).for_each(quote);
    }
    for edge in &mut comparison.provenance {
        edge.to = order[edge.to];
        edge.from = match edge.from {
            Node::Report(report) => Node::Report(order[report]),
            origin @ Node::Origin(_) => origin,
        };
        edge.evidence.iter_mut().for_each(quote);
    }
    comparison.names.iter_mut().flat_map(|n| &mut n.labels).for_each(|l| quote(&mut l.quote));
    comparison.diagnostics.iter_mut().filter_map(|n| n.report.as_mut()).for_each(|report| *report = order[*report]);
    comparison
}

fn sort_attributions(comparison: &mut Comparison) {
    let (sorted, moved) = sorted_by_key(std::mem::take(&mut comparison.attributions), |a| {
        (a.report, place(&a.attribution), a.attribution.resolved.clone())
    });
    comparison.attributions = sorted;
    for a in &mut comparison.attributions {
        renumber(&mut a.attribution.rests_on, &moved);
    }
    for statement in comparison.claims.iter_mut().flat_map(|c| &mut c.statements) {
        renumber(&mut statement.attribution, &moved);
    }
}

fn place(a: &Attribution) -> (twosource_model::Span, Option<twosource_model::Span>, Option<twosource_model::Span>) {
    (a.content_cover(), a.source, a.cue)
}

fn sort_times(comparison: &mut Comparison) {
    let (sorted, moved) =
        sorted_by_key(std::mem::take(&mut comparison.times), |t: &ReportTime| (t.report, t.time.span));
    comparison.times = sorted;
    for moment in &mut comparison.timeline {
        renumber_all(&mut moment.times, &moved);
    }
}

/// The origins of the lead first, then those that most reports draw on, then by place of their evidence.
fn sort_origins(comparison: &mut Comparison) {
    for origin in &mut comparison.origins {
        origin.reports.sort_unstable();
        origin.evidence.sort_unstable();
    }
    let of_lead = comparison.lead.as_ref().map(|lead| lead.origins.clone()).unwrap_or_default();
    let origins = std::mem::take(&mut comparison.origins).into_iter().enumerate();
    let (sorted, moved) = sorted_by_key(origins, |(at, origin): &(usize, Origin)| {
        let most_reports = std::cmp::Reverse(origin.reports.len());
        (!of_lead.contains(at), most_reports, origin.evidence.clone(), origin.name.clone())
    });
    comparison.origins = sorted.into_iter().map(|(_, origin)| origin).collect();
    comparison.claims.iter_mut().for_each(|claim| renumber_all(&mut claim.origins, &moved));
    comparison.lead.iter_mut().for_each(|lead| renumber_all(&mut lead.origins, &moved));
    for edge in &mut comparison.provenance {
        if let Node::Origin(origin) = &mut edge.from {
            *origin = moved[*origin];
        }
    }
}

/// The lead first, then the shared claims, then the others, each in the order of their first statement.
fn sort_claims(comparison: &mut Comparison) {
    for claim in &mut comparison.claims {
        let clearest = claim.statements[claim.clearest].quote;
        claim.statements.sort_by_key(|statement: &Statement| (statement.quote, statement.attribution));
        claim.clearest = claim.statements.iter().position(|statement| statement.quote == clearest).unwrap_or_default();
    }
    let lead = comparison.lead.as_ref().map(|lead| lead.claim);
    let claims = std::mem::take(&mut comparison.claims).into_iter().enumerate();
    let (sorted, moved) = sorted_by_key(claims, |(at, claim): &(usize, Claim)| {
        let places: Vec<Quote> = claim.statements.iter().map(|statement| statement.quote).collect();
        (Some(*at) != lead, !claim.is_shared(), places)
    });
    comparison.claims = sorted.into_iter().map(|(_, claim)| claim).collect();
    comparison.lead.iter_mut().for_each(|lead| lead.claim = moved[lead.claim]);
    comparison.differences.iter_mut().for_each(|difference| difference.claim = moved[difference.claim]);
    comparison.timeline.iter_mut().for_each(|moment| renumber_all(&mut moment.claims, &moved));
}

fn sort_the_rest(comparison: &mut Comparison) {
    for difference in &mut comparison.differences {
        difference.sides.sort_by(|x, y| x.quote.cmp(&y.quote).then_with(|| x.value.cmp(&y.value)));
    }
    comparison.differences.sort_by_key(|d: &Difference| {
        let places: Vec<Quote> = d.sides.iter().map(|side| side.quote).collect();
        (d.strength, d.claim, d.kind, places)
    });
    comparison.provenance.iter_mut().for_each(|edge| edge.evidence.sort_unstable());
    comparison.provenance.sort_by_key(|edge: &Provenance| (edge.to, edge.from, edge.relation, edge.evidence.clone()));
    for naming in &mut comparison.names {
        naming.labels.sort_by_key(|label: &Label| label.quote);
    }
    comparison.names.sort_by_key(|naming: &Naming| {
        let uses: usize = naming.labels.iter().map(|label| label.count).sum();
        (std::cmp::Reverse(uses), naming.entity.clone())
    });
    comparison.timeline.sort_by(|x: &Moment, y: &Moment| x.value.cmp(&y.value));
    comparison.diagnostics.sort_by(|x: &Note, y: &Note| (x.report, &x.message).cmp(&(y.report, &y.message)));
}

/// The items in the order of `key` (equal ones as they were), and for each old index the new one.
fn sorted_by_key<T, K: Ord>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> (Vec<T>, Vec<usize>) {
    let mut numbered: Vec<(K, usize, T)> =
        items.into_iter().enumerate().map(|(at, item)| (key(&item), at, item)).collect();
    numbered.sort_by(|x, y| (&x.0, x.1).cmp(&(&y.0, y.1)));
    let mut moved = vec![0; numbered.len()];
    for (new, (_, old, _)) in numbered.iter().enumerate() {
        moved[*old] = new;
    }
    (numbered.into_iter().map(|(_, _, item)| item).collect(), moved)
}

fn renumber(index: &mut Option<usize>, moved: &[usize]) {
    *index = index.map(|old| moved[old]);
}

fn renumber_all(indices: &mut [usize], moved: &[usize]) {
    indices.iter_mut().for_each(|index| *index = moved[*index]);
    indices.sort_unstable();
}
