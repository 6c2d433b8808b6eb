//! Claims: which statements of different reports say the same thing.
//!
//! The unit is the clause ([`units`]). Two sentences of different reports that are alike enough ([`crate::similarity`])
//! are joined by the clauses that fit each other best, and the joined clauses are gathered into claims, the surest
//! first ([`Gathering`]). A statement joins a claim only if it is like the claim's core as well: likeness that passes
//! from hand to hand soon says something else. A statement may stand in several claims.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use twosource_model::{Annotated, Attribution, Clause, Meaning, MentionForm, Response, SourceKind, Span};

use crate::similarity::{Pair, Part, Role, Said, UNIT, pairs};
use crate::stems::message;

/// The score from which two statements make the same claim.
const SAME_CLAIM: f64 = 0.17 * UNIT;
/// What the likeness of two sentences must be of the best that either has with the report of the other.
const OF_THE_BEST: f64 = 0.4;
/// The same for sentences that share little but names.
const THIN_OF_THE_BEST: f64 = 0.5;
/// What each point that the best is ahead takes off the likeness of two sentences.
const BEHIND: f64 = 0.15;
/// The score that each of a claim's core must have with a statement that joins.
const SAME_AS_CORE: i32 = (0.135 * UNIT) as i32;
/// The statements a claim began with, which those that join are held against.
const CORE: usize = 8;
/// The most clauses of one sentence that are looked at.
const CLAUSES_A_SENTENCE: usize = 12;
/// The most claims one statement may stand in.
const CLAIMS_A_STATEMENT: usize = 6;

/// One clause of one report, the smallest thing a claim is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Index of the report.
    pub(crate) report: usize,
    /// Index of its sentence in that report.
    pub(crate) sentence: usize,
    /// The words.
    pub(crate) span: Span,
    /// Index of the innermost attribution it is the content of, counted through all reports.
    pub(crate) attribution: Option<usize>,
}

/// Statements that make the same claim.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    /// Indices of the units, by report and place.
    pub(crate) members: Vec<usize>,
    /// The chance that two statements of it make the same claim; 1.0 for a single one.
    pub(crate) confidence: f64,
}

/// A sentence: the report and its index there.
pub(crate) type Place = (usize, usize);

/// The chance that two sentences of different reports, the earlier first, make the same claim, for those that are
/// themselves alike enough; others stand in one claim because a third is like both.
pub(crate) type Links = BTreeMap<(Place, Place), f64>;

/// Which statements make the same claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Alignment {
    /// The claims: those of several reports first, the surest first; then what only one report says.
    pub(crate) groups: Vec<Group>,
    /// The sentences that are themselves alike.
    pub(crate) links: Links,
}

/// The clauses of the body sentences of all reports, by report and place; a sentence without clauses counts as one.
pub(crate) fn units(reports: &[Annotated]) -> Vec<Unit> {
    let mut found = Vec::new();
    let mut attributions = 0;
    for (report, annotated) in reports.iter().enumerate() {
        let mut clauses: BTreeMap<usize, Vec<&Clause>> = BTreeMap::new();
        for clause in &annotated.clauses {
            clauses.entry(clause.sentence).or_default().push(clause);
        }
        for (sentence, whole) in annotated.sentences.iter().enumerate() {
            if !annotated.article.blocks.get(whole.block).is_some_and(|block| block.kind.is_body()) {
                continue;
            }
            match clauses.get(&sentence) {
                Some(clauses) => found.extend(clauses.iter().map(|clause| Unit {
                    report,
                    sentence,
                    span: clause.span,
                    attribution: clause.attribution.map(|attribution| attribution + attributions),
                })),
                None => found.push(Unit { report, sentence, span: whole.span, attribution: None }),
            }
        }
        attributions += annotated.attributions.len();
    }
    found.sort_by_key(|unit| (unit.report, unit.span));
    found
}

/// Words beside source and cue that may stand in a clause which says nothing by itself: "in an interview on Monday".
const FRAME_WORDS: usize = 6;

/// Which units say nothing by themselves: they only say who speaks, or when ("The newspaper also reported", "Wednesday
/// morning").
pub(crate) fn frames(reports: &[Annotated], units: &[Unit]) -> Vec<bool> {
    let cues: Vec<Cues<'_>> = reports.iter().map(Cues::new).collect();
    let is_frame = |unit: &Unit| {
        let (report, cues) = (&reports[unit.report], &cues[unit.report]);
        let after = report.times.partition_point(|time| time.span.start <= unit.span.start);
        let is_time = after.checked_sub(1).is_some_and(|at| report.times[at].span.contains(unit.span));
        let says_who = matches!(cues.role(unit.span), Role::Speaker | Role::Outlet);
        is_time || says_who && cues.words_beside(unit.span, &report.article.text) <= FRAME_WORDS
    };
    units.iter().map(is_frame).collect()
}

/// Gathers the units into claims.
pub(crate) fn align(reports: &[Annotated], units: &[Unit], meaning: &dyn Meaning) -> Alignment {
    let sentences = sentences(units);
    let cues: Vec<Cues<'_>> = reports.iter().map(Cues::new).collect();
    let said: Vec<Said<'_>> = sentences.iter().map(|range| said(reports, &cues, &units[range.clone()])).collect();
    let found = pairs(&said, meaning);
    let mut gathering = Gathering::new(units, &sentences, &found);
    let links = gathering.chances();
    gathering.gather();
    Alignment { groups: gathering.groups(), links }
}

/// The ranges of units that make up one sentence each.
fn sentences(units: &[Unit]) -> Vec<Range<usize>> {
    let mut at = 0;
    units
        .chunk_by(|a, b| (a.report, a.sentence) == (b.report, b.sentence))
        .map(|chunk| {
            at += chunk.len();
            at - chunk.len()..at
        })
        .collect()
}

fn said<'a>(reports: &'a [Annotated], cues: &[Cues<'_>], units: &[Unit]) -> Said<'a> {
    let annotated = &reports[units[0].report];
    let text = annotated.article.text.as_str();
    let span = annotated.sentences[units[0].sentence].span;
    let cues = &cues[units[0].report];
    let part = |unit: &Unit| Part {
        text: message(unit.span.of(text)),
        role: cues.role(unit.span),
        names: names(annotated, cues, unit.span).into_iter().map(|name| name.of(text)).collect(),
    };
    Said {
        report: units[0].report,
        text: message(span.of(text)),
        language: annotated.article.language.as_deref(),
        clauses: units.iter().take(CLAUSES_A_SENTENCE).map(part).collect(),
        values: values(annotated, span),
    }
}

/// The attributions of a report by the place of their cues.
struct Cues<'a>(Vec<(Span, &'a Attribution)>);

impl<'a> Cues<'a> {
    fn new(annotated: &'a Annotated) -> Cues<'a> {
        let cues = annotated.attributions.iter().filter_map(|attribution| Some((attribution.cue?, attribution)));
        let mut cues: Vec<_> = cues.collect();
        cues.sort_by_key(|&(cue, _)| cue);
        Cues(cues)
    }

    fn inside(&self, clause: Span) -> impl Iterator<Item = &(Span, &'a Attribution)> + Clone {
        let first = self.0.partition_point(|(cue, _)| cue.start < clause.start);
        self.0[first..].iter().take_while(move |(cue, _)| cue.start < clause.end)
    }

    /// The words of a clause that belong to no source and no cue.
    fn words_beside(&self, clause: Span, text: &str) -> usize {
        let words = |span: Span| span.of(text).split_whitespace().count();
        let parts = self.inside(clause).flat_map(|(cue, attribution)| [Some(*cue), attribution.source]).flatten();
        let inside: usize = parts.filter(|part| clause.contains(*part)).map(words).sum();
        words(clause).saturating_sub(inside)
    }

    /// A clause with the cue of an attribution, but not a word of what is attributed, only says who says it.
    fn role(&self, clause: Span) -> Role {
        let mut inside = self.inside(clause);
        let outside = |content: &Span| content.end <= clause.start || clause.end <= content.start;
        if inside.clone().any(|(_, attribution)| attribution.response.is_some_and(is_to_request)) {
            return Role::Answer;
        }
        let framing = inside.find(|(_, attribution)| attribution.content.iter().all(outside));
        match framing.map(|(_, attribution)| attribution.kind) {
            None => Role::Content,
            Some(SourceKind::Outlet | SourceKind::Agency) => Role::Outlet,
            Some(_) => Role::Speaker,
        }
    }
}

/// The names in a clause, with the phrases around them, and the words for who speaks.
fn names(annotated: &Annotated, cues: &Cues<'_>, clause: Span) -> Vec<Span> {
    let first = annotated.mentions.partition_point(|mention| mention.span.start < clause.start);
    let inside = annotated.mentions[first..].iter().take_while(|mention| mention.span.start < clause.end);
    let named = inside.filter(|mention| mention.form == MentionForm::Name).map(|mention| mention.span);
    named.chain(cues.inside(clause).filter_map(|(_, attribution)| attribution.source)).collect()
}

/// The numbers of a sentence to two digits, so that "three million" and "3,009,611" are alike.
fn values(annotated: &Annotated, span: Span) -> Vec<String> {
    let first = annotated.quantities.partition_point(|quantity| quantity.span.start < span.start);
    let inside = annotated.quantities[first..].iter().take_while(|quantity| quantity.span.end <= span.end);
    inside.filter(|quantity| !quantity.one_of).map(|quantity| format!("={:.1e}", quantity.value)).collect()
}

/// Denials and confirmations answer many things; only these always answer a request for comment.
pub(crate) fn is_to_request(response: Response) -> bool {
    matches!(response, Response::Declined | Response::NoReply | Response::CouldNotReach)
}

/// Two units of different reports that may make the same claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Link {
    score: i32,
    first: usize,
    second: usize,
}

/// Claims in the making.
struct Gathering<'a> {
    units: &'a [Unit],
    /// The sentence each unit stands in, counted through all reports.
    sentence_of: Vec<usize>,
    /// Every two sentences that are at all alike, the smaller index first; only ever asked for one.
    pairs: HashMap<(usize, usize), &'a Pair>,
    links: Vec<Link>,
    claims: Vec<Vec<usize>>,
    /// The claims each unit stands in.
    claims_of: Vec<Vec<usize>>,
}

impl<'a> Gathering<'a> {
    fn new(units: &'a [Unit], sentences: &[Range<usize>], pairs: &'a [Pair]) -> Gathering<'a> {
        let report = |sentence: usize| units[sentences[sentence].start].report;
        let best = best_of_reports(pairs, report);
        let is_link = |pair: &&Pair| {
            let rivals = [(pair.first, report(pair.second)), (pair.second, report(pair.first))];
            let rival = rivals.iter().filter_map(|key| best.get(key)).max().copied().unwrap_or_default();
            let (score, rival) = (f64::from(pair.score), f64::from(rival));
            let lasting = score - BEHIND * (rival - score);
            let least = if pair.thin { THIN_OF_THE_BEST } else { OF_THE_BEST };
            lasting >= SAME_CLAIM && !pair.nothing && score >= least * rival
        };
        let link = |pair: &Pair| Link {
            score: pair.score,
            first: sentences[pair.first].start + pair.clauses.0,
            second: sentences[pair.second].start + pair.clauses.1,
        };
        let mut links: Vec<Link> = pairs.iter().filter(is_link).map(link).collect();
        links.sort_by_key(|link| (Reverse(link.score), link.first, link.second));
        Gathering {
            units,
            sentence_of: sentences.iter().enumerate().flat_map(|(at, units)| units.clone().map(move |_| at)).collect(),
            pairs: pairs.iter().map(|pair| ((pair.first, pair.second), pair)).collect(),
            links,
            claims: Vec::new(),
            claims_of: vec![Vec::new(); units.len()],
        }
    }

    fn chances(&self) -> Links {
        let place = |unit: usize| (self.units[unit].report, self.units[unit].sentence);
        self.links.iter().map(|link| ((place(link.first), place(link.second)), chance(link.score))).collect()
    }

    /// Takes the links, the surest first: a link inside a claim changes nothing, a link to a claim brings its other end
    /// in if the claim's core agrees, and any other link starts a claim.
    fn gather(&mut self) {
        for link in std::mem::take(&mut self.links) {
            if self.claims_of[link.first].iter().any(|claim| self.claims_of[link.second].contains(claim)) {
                continue;
            }
            match self.best_claim(link) {
                Some((claim, unit)) => self.join(unit, claim),
                None => self.begin(link),
            }
        }
    }

    /// The claim of one end that the other end fits best.
    fn best_claim(&self, link: Link) -> Option<(usize, usize)> {
        let ends = [(link.first, link.second), (link.second, link.first)];
        ends.into_iter()
            .filter(|&(_, joining)| self.claims_of[joining].len() < CLAIMS_A_STATEMENT)
            .flat_map(|(member, joining)| self.claims_of[member].iter().map(move |&claim| (claim, joining)))
            .filter_map(|(claim, joining)| Some((self.fit(joining, claim)?, claim, joining)))
            .max_by_key(|&(fit, claim, joining)| (fit, Reverse((claim, joining))))
            .map(|(_, claim, joining)| (claim, joining))
    }

    /// The mean score of a unit with the core of a claim; `None` where it is not like every one of another report.
    fn fit(&self, unit: usize, claim: usize) -> Option<i32> {
        let core = self.claims[claim].iter().take(CORE);
        let others = core.filter(|&&member| self.units[member].report != self.units[unit].report);
        let others: Vec<usize> = others.copied().collect();
        let scores: Vec<i32> = others.iter().map(|&member| self.score(unit, member)).collect();
        let count = i32::try_from(scores.len()).ok().filter(|&count| count > 0)?;
        scores.iter().all(|&score| score >= SAME_AS_CORE).then(|| scores.iter().sum::<i32>() / count)
    }

    /// How alike the sentences of two units are.
    fn score(&self, one: usize, other: usize) -> i32 {
        let (one, other) = (self.sentence_of[one], self.sentence_of[other]);
        self.pairs.get(&(one.min(other), one.max(other))).map_or(0, |pair| pair.score)
    }

    fn join(&mut self, unit: usize, claim: usize) {
        self.claims[claim].push(unit);
        self.claims_of[unit].push(claim);
    }

    fn begin(&mut self, link: Link) {
        let full = |unit: usize| self.claims_of[unit].len() >= CLAIMS_A_STATEMENT;
        if full(link.first) || full(link.second) {
            return;
        }
        self.claims.push(Vec::new());
        self.join(link.first, self.claims.len() - 1);
        self.join(link.second, self.claims.len() - 1);
    }

    /// Joins claims that share half of their statements or more, where all the others agree as well, and drops what
    /// another claim holds already: one fact makes one row.
    fn merge(&mut self) {
        let mut order: Vec<usize> = (0..self.claims.len()).collect();
        order.sort_by_key(|&claim| (Reverse(self.claims[claim].len()), claim));
        for small in order.into_iter().rev() {
            let near: BTreeSet<usize> =
                self.claims[small].iter().flat_map(|&unit| self.claims_of[unit].iter().copied()).collect();
            let into = near.into_iter().filter(|&large| large != small).find(|&large| self.are_one(small, large));
            if let Some(large) = into {
                for unit in std::mem::take(&mut self.claims[small]) {
                    self.claims_of[unit].retain(|&claim| claim != small);
                    if !self.claims[large].contains(&unit) {
                        self.join(unit, large);
                    }
                }
            }
        }
        self.claims.retain(|members| !members.is_empty());
    }

    fn are_one(&self, small: usize, large: usize) -> bool {
        let (small, large) = (&self.claims[small], &self.claims[large]);
        let rest: Vec<usize> = small.iter().filter(|unit| !large.contains(unit)).copied().collect();
        let report = |unit: usize| self.units[unit].report;
        let fits = |&one: &usize| {
            let mut others = large.iter().filter(|&&other| report(other) != report(one)).take(CORE);
            others.all(|&other| self.score(one, other) >= SAME_AS_CORE)
        };
        2 * rest.len() <= small.len() && rest.iter().all(fits)
    }

    fn groups(mut self) -> Vec<Group> {
        self.merge();
        let mut groups: Vec<Group> =
            std::mem::take(&mut self.claims).into_iter().map(|members| self.group(members)).collect();
        groups.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.members.cmp(&b.members)));
        let alone = (0..self.units.len()).filter(|&unit| self.claims_of[unit].is_empty());
        groups.extend(alone.map(|unit| Group { members: vec![unit], confidence: 1.0 }));
        groups
    }

    fn group(&self, mut members: Vec<usize>) -> Group {
        members.sort_unstable();
        let mut chances = Vec::new();
        for (at, &one) in members.iter().enumerate() {
            let others = members[at + 1..].iter().filter(|&&other| self.units[other].report != self.units[one].report);
            chances.extend(others.map(|&other| chance(self.score(one, other))));
        }
        let confidence = chances.iter().sum::<f64>() / (chances.len().max(1) as f64);
        Group { members, confidence: (confidence * 100.0).round() / 100.0 }
    }
}

/// The best score of each sentence with each other report.
fn best_of_reports(pairs: &[Pair], report: impl Fn(usize) -> usize) -> BTreeMap<(usize, usize), i32> {
    let mut best = BTreeMap::new();
    for pair in pairs {
        for key in [(pair.first, report(pair.second)), (pair.second, report(pair.first))] {
            let before = best.entry(key).or_default();
            *before = pair.score.max(*before);
        }
    }
    best
}

/// The chance that two statements with this score make the same claim: the logistic curve through the linked pairs of
/// the stories that Twosource was developed on.
fn chance(score: i32) -> f64 {
    1.0 / (1.0 + (-12.0 * (f64::from(score) / UNIT - 0.14)).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use twosource_model::{Article, Block, BlockKind, Sentence};

    use super::*;

    /// A model that knows no word.
    struct Nothing;

    impl Meaning for Nothing {
        fn name(&self) -> &str {
            "nothing"
        }

        fn sentences(&self, texts: &[&str]) -> Vec<Vec<f32>> {
            vec![vec![0.0; 4]; texts.len()]
        }

        fn word(&self, _word: &str) -> Option<Vec<f32>> {
            None
        }

        fn document_share(&self, _word: &str) -> f64 {
            0.001
        }
    }

    /// A report of one paragraph and sentence a statement, cut into clauses after commas.
    fn report(statements: &[String]) -> Annotated {
        let mut annotated = Annotated::default();
        let mut article = Article { language: Some("en".into()), ..Article::default() };
        for (at, statement) in statements.iter().enumerate() {
            let span = Span::new(article.text.len(), article.text.len() + statement.len());
            article.text.push_str(statement);
            article.text.push('\n');
            article.blocks.push(Block { kind: BlockKind::Paragraph, span });
            annotated.sentences.push(Sentence { span, block: at });
        }
        annotated.article = article;
        annotated
    }

    fn shared(reports: &[Annotated]) -> Vec<Vec<usize>> {
        let units = units(reports);
        align(reports, &units, &Nothing)
            .groups
            .into_iter()
            .map(|g| g.members)
            .filter(|members| members.len() > 1)
            .collect()
    }

    #[test]
    fn cases() {
        for case in include_str!("../cases/en/align.txt").split("===\n") {
            let lines = || case.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
            let line = lines().position(|line| line == "---").unwrap_or_else(|| panic!("no line in\n{case}"));
            let (mut names, mut reports) = (Vec::new(), BTreeMap::<&str, Vec<String>>::new());
            for statement in lines().take(line) {
                let (name, words) = statement.split_once(' ').unwrap_or_else(|| panic!("no words: {statement}"));
                names.push(name);
                reports.entry(&name[..1]).or_default().push(words.to_owned());
            }
            assert!(names.is_sorted(), "the reports stand one after the other:\n{case}");
            let reports: Vec<Annotated> = reports.values().map(|statements| report(statements)).collect();
            let name = |members: Vec<usize>| members.iter().map(|&at| names[at]).collect::<Vec<_>>().join(" ");
            let found: BTreeSet<String> = shared(&reports).into_iter().map(name).collect();
            let expected: BTreeSet<String> = lines().skip(line + 1).map(str::to_owned).collect();
            assert_eq!(found, expected, "{case}");
        }
    }

    /// The pairs of statements of different reports that stand in one claim, by their words.
    fn paired(reports: &[Annotated]) -> BTreeSet<[String; 2]> {
        let units = units(reports);
        let words = |at: usize| units[at].span.of(&reports[units[at].report].article.text).to_owned();
        let pairs = |members: Vec<usize>| -> Vec<[String; 2]> {
            let all = members.iter().flat_map(|&one| members.iter().map(move |&other| (one, other)));
            all.filter(|&(one, other)| units[one].report < units[other].report)
                .map(|(one, other)| [words(one), words(other)])
                .collect()
        };
        shared(reports).into_iter().flat_map(pairs).collect()
    }

    #[test]
    fn most_pairs_stay_when_one_report_arrives() {
        const DRAWS: usize = 60;
        const STAY: f64 = 0.9;
        let material = include_str!("../cases/en/stability.txt").lines().filter(|line| !line.starts_with('#'));
        let facts: Vec<Vec<&str>> = material.map(|line| line.split(" | ").collect()).collect();
        let (mut before, mut stayed) = (0, 0);
        for draw in 0..DRAWS {
            // Which facts a report tells, and from which one on: a few bits of a number that is different for each.
            let told = |report: usize| {
                let bits = (draw * 4 + report + 1).wrapping_mul(0x9e37_79b9) >> 7;
                let tells = |at: &usize| bits >> at & 1 == 0 || at % 4 == report;
                let order = (0..facts.len()).map(move |at| (at + bits) % 8).filter(tells);
                order.map(|at| facts[at][report].to_owned()).collect::<Vec<String>>()
            };
            let reports: Vec<Annotated> = (0..4).map(|number| report(&told(number))).collect();
            let few = paired(&reports[..3]);
            let more = paired(&reports);
            before += few.len();
            stayed += few.intersection(&more).count();
        }
        assert!(before > DRAWS, "only {before} pairs");
        assert!(stayed as f64 >= STAY * before as f64, "{stayed} of {before} pairs stayed");
    }

    #[test]
    fn numbers_and_places_stay_in_their_reports() {
        let mut first = report(&["The tunnel opens".to_owned(), "Nothing else".to_owned()]);
        first.article.blocks[1].kind = BlockKind::Caption;
        let second = report(&["A ferry sank".to_owned()]);
        let units = units(&[first, second]);
        assert_eq!(units.iter().map(|unit| (unit.report, unit.sentence)).collect::<Vec<_>>(), [(0, 0), (1, 0)]);
    }

    fn reports() -> impl Strategy<Value = Vec<Annotated>> {
        let word = prop_oneof!["[a-d]{1,3}", "[0-9]{1,12}", "\\PC{0,4}", Just("harbour,".to_owned())];
        let statement = proptest::collection::vec(word, 0..8).prop_map(|words| words.join(" "));
        let statements = proptest::collection::vec(statement, 0..6).prop_map(|statements| report(&statements));
        proptest::collection::vec(statements, 0..5)
    }

    proptest! {
        #[test]
        fn every_unit_has_a_claim_and_shared_claims_have_two_reports(reports in reports()) {
            let units = units(&reports);
            let groups = align(&reports, &units, &Nothing).groups;
            prop_assert_eq!(&groups, &align(&reports, &units, &Nothing).groups);
            let all: BTreeSet<usize> = groups.iter().flat_map(|group| group.members.clone()).collect();
            prop_assert!(all.into_iter().eq(0..units.len()));
            for group in groups {
                prop_assert!(group.members.is_sorted_by(|a, b| a < b));
                prop_assert!((0.0..=1.0).contains(&group.confidence));
                let told: BTreeSet<usize> = group.members.iter().map(|&unit| units[unit].report).collect();
                prop_assert!(group.members.len() == 1 || told.len() > 1);
            }
        }
    }
}
