//! Where each attribution leads.
//!
//! A chain runs from the words a report uses ("the Herald reported") through what those rest on ("citing two people
//! …"). Its [`End`] is the furthest word that can be identified. Unnamed people are nobody's word but the outlet's
//! that vouches for them; officials and police without a name are the public word of an authority. One utterance has
//! one end: where two attributions hold the same quoted words, the one that leads further decides for both.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, Attribution, Form, NameKind, ReportAttribution, Response, SourceKind, Span};

use crate::outlets::{ENGLISH, OUTLETS, bare};
use crate::sources::{Class, Names};

/// Where a chain ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum End {
    /// Somebody with a name: an index into [`Names`].
    Source(usize),
    /// The reporters of a report whose outlet is not known.
    Own(usize),
    /// People or a document without a name, in public: an index into [`Chains::unnamed`].
    Unnamed(usize),
    /// Outlets without a name ("media reports").
    Vague,
    /// One text several reports were made from, which is not among them: the first of those reports.
    Lost(usize),
}

/// The attributions of a story with their ends.
#[derive(Debug, Default)]
pub(crate) struct Chains {
    /// Every name that speaks.
    pub(crate) names: Names,
    /// The source of each report's outlet.
    pub(crate) outlets: Vec<Option<usize>>,
    /// The source of the agency each report carries.
    pub(crate) agencies: Vec<Option<usize>>,
    /// For each attribution its own voice, its end and the attribution that end rests on.
    pub(crate) links: Vec<Link>,
    /// The words for those who speak in public without a name.
    pub(crate) unnamed: Vec<Unnamed>,
    /// Pairs of sources of which the first rests on the second, as some report says.
    pub(crate) rests_on: BTreeMap<(usize, usize), Why>,
}

/// Why a source is not independent of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Reports give both the same quoted words.
    SameWords,
    /// A report says that the one has it from the other.
    RestsOn,
    /// The one speaks for the other.
    SpeaksFor,
}

impl Why {
    /// In words.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Why::SameWords => "the same words are quoted from both",
            Why::RestsOn => "one rests on the other",
            Why::SpeaksFor => "one speaks for the other",
        }
    }
}

/// Somebody without a name, or a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Unnamed {
    /// The words without article: "senior officials".
    pub(crate) words: String,
    /// For a document the report it stands in: "the letter" of two reports may be two.
    pub(crate) document: Option<usize>,
}

/// What is known of one attribution.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    /// Who speaks here.
    pub(crate) voice: Voice,
    /// Where the chain ends.
    pub(crate) end: End,
    /// The attribution with the words behind the end: unnamed people the outlet rests on.
    pub(crate) behind: Option<usize>,
    /// Whether the report's own reporters heard it.
    pub(crate) heard: bool,
    depth: usize,
}

/// Who speaks in one attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Somebody with a name.
    Source(usize),
    /// People who speak to the outlet alone.
    Confidential,
    /// People an outlet interviews: witnesses, experts.
    Interviewed,
    /// People or a document without a name, in public: an index into [`Chains::unnamed`].
    Unnamed(usize),
    /// Outlets without a name.
    Vague,
    /// Words that tell nobody: a pronoun nobody resolved, a thing that does not speak.
    Nobody,
    /// Somebody who was asked and gave nothing.
    Silent,
}

/// How many steps of a chain are followed.
const LONGEST_CHAIN: usize = 32;

/// Follows every attribution to its end.
pub(crate) fn chains(reports: &[Annotated], attributions: &[ReportAttribution]) -> Chains {
    let reader = Reader { reports, full_outlets: full_outlets(reports, attributions) };
    let mut names = Names::default();
    let named: Vec<_> = attributions.iter().map(|each| reader.named(each, &mut names)).collect();
    let metadata = |name: &Option<String>, names: &mut Names| {
        name.as_deref().and_then(|name| names.add(bare(name), Class::Outlet))
    };
    let mut outlets: Vec<_> = reports.iter().map(|report| metadata(&report.article.outlet, &mut names)).collect();
    let mut agencies: Vec<_> = reports.iter().map(|report| metadata(&credited(report), &mut names)).collect();
    names.merge();
    for source in outlets.iter_mut().chain(&mut agencies).flatten() {
        *source = names.source(*source);
    }
    let mut unnamed = BTreeMap::new();
    let mut voices = Vec::with_capacity(attributions.len());
    for (each, name) in attributions.iter().zip(&named) {
        voices.push(match name {
            _ if gives_nothing(each) => Voice::Silent,
            Some(name) => Voice::Source(names.source(*name)),
            None => reader.unnamed(each, &mut unnamed),
        });
    }
    let outer = outer(attributions);
    let walker = Walker { reports, attributions, voices: &voices, outer: &outer, outlets: &outlets, names: &names };
    let mut links = walker.links();
    let rests_on = walker.rests_on(&mut links);
    let mut unnamed: Vec<(Unnamed, usize)> = unnamed.into_iter().collect();
    unnamed.sort_by_key(|&(_, number)| number);
    let unnamed = unnamed.into_iter().map(|(unnamed, _)| unnamed).collect();
    Chains { names, outlets, agencies, links, unnamed, rests_on }
}

/// Who declined to comment or could not be reached gave nothing; denials and confirmations are words.
pub(crate) fn gives_nothing(each: &ReportAttribution) -> bool {
    use Response::{CouldNotReach, Declined, NoReply};
    each.attribution.response.is_some_and(|response| matches!(response, Declined | NoReply | CouldNotReach))
}

/// The agency whose copy a report carries; one that only contributed is none.
fn credited(report: &Annotated) -> Option<String> {
    let article = &report.article;
    let agency = article.agency.clone()?;
    let called = |name: &str| OUTLETS.find(name).map_or(name.to_owned(), |outlet| outlet.name.to_owned());
    let same = |name: &str| called(name) == called(&agency);
    let credits =
        |words: &str| ENGLISH.finds("contributed", words) && names_in(words).any(|name| name.split(" and ").any(same));
    let helps = article.blocks.iter().any(|block| block.span.of(&article.text).split(". ").any(credits));
    let mut body = article.blocks.iter().filter(|block| block.kind.is_body());
    let dateline = body.next().and_then(|block| dateline(block.span.of(&article.text)));
    (!helps || dateline.is_some_and(same)).then_some(agency)
}

/// The agency in the brackets of "ARREL (Reuters) -".
fn dateline(paragraph: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let (place, rest) = paragraph.split_once('(')?;
    let (agency, after) = rest.split_once(')')?;
    let dash = after.trim_start().starts_with(['-', '–', '—']);
    (dash && place.len() + agency.len() <= LONGEST).then(|| agency.trim())
}

/// The outlets each report names in full, and last those of the whole story.
fn full_outlets(reports: &[Annotated], attributions: &[ReportAttribution]) -> Vec<BTreeSet<&'static str>> {
    let mut found = vec![BTreeSet::new(); reports.len() + 1];
    for each in attributions {
        let words = [each.attribution.resolved.as_deref(), source_words(reports, each)];
        for outlet in words.into_iter().flatten().filter_map(|words| OUTLETS.find(words.trim())) {
            found[each.report].insert(outlet.name);
            found[reports.len()].insert(outlet.name);
        }
    }
    for outlet in reports.iter().filter_map(|report| OUTLETS.find(report.article.outlet.as_deref()?)) {
        found[reports.len()].insert(outlet.name);
    }
    found
}

/// The words for the source of an attribution.
pub(crate) fn source_words<'a>(reports: &'a [Annotated], each: &ReportAttribution) -> Option<&'a str> {
    each.attribution.source.map(|span| span.of(&reports[each.report].article.text))
}

/// Reads who speaks from the words of one attribution.
struct Reader<'a> {
    reports: &'a [Annotated],
    full_outlets: Vec<BTreeSet<&'static str>>,
}

impl Reader<'_> {
    /// Adds the name of the speaker, where there is one.
    fn named(&self, each: &ReportAttribution, names: &mut Names) -> Option<usize> {
        let words = source_words(self.reports, each).unwrap_or_default();
        let resolved = each.attribution.resolved.as_deref().filter(|name| is_name(name));
        let entity = each.attribution.entity.and_then(|entity| self.reports[each.report].entities.get(entity));
        let name = resolved.or(entity.map(|entity| entity.name.as_str()).filter(|name| is_name(name)));
        let is_body = entity.is_some_and(|entity| entity.kind == NameKind::Organisation);
        match each.attribution.kind {
            SourceKind::Outlet | SourceKind::Agency => {
                let outlet =
                    self.outlet(each.report, name.unwrap_or(words)).or_else(|| self.outlet(each.report, words))?;
                names.add(&outlet, Class::Outlet)
            }
            SourceKind::NamedPerson => {
                let name = name.or_else(|| first_name(words))?;
                match self.outlet_of_reporter(each, name) {
                    Some(outlet) => names.add(outlet, Class::Outlet),
                    None => names.add(name, if is_body { Class::Organisation } else { Class::Person }),
                }
            }
            SourceKind::NamedOrganisation => {
                let name = fuller(name, words).or_else(|| organisation(words)).or_else(|| body(words))?;
                names.add(about(name), class_of(about(name)))
            }
            SourceKind::Document => {
                if let Some(outlet) = self.outlet_within(words) {
                    return names.add(outlet, Class::Outlet);
                }
                let owner = name.map(about).or_else(|| owner(words))?;
                names.add(owner, class_of(owner))
            }
            SourceKind::UnnamedPeople | SourceKind::Unknown => {
                match self.told(each).or_else(|| self.outlet_within(words)) {
                    Some(outlet) => names.add(outlet, Class::Outlet),
                    None => {
                        let is_sure =
                            |name: &&str| each.attribution.kind == SourceKind::UnnamedPeople || !all_names(name);
                        names.add(principal(words).or_else(|| body(words).filter(is_sure))?, Class::Organisation)
                    }
                }
            }
        }
    }

    /// "Sources close to Ivo Novak in the Herald", "lists seen by the Herald": the outlet these words stand in.
    fn outlet_within(&self, words: &str) -> Option<&str> {
        [" in ", " by "].iter().find_map(|link| self.outlet_at_start(words.split_once(link)?.1))
    }

    /// The outlet a text starts with, the longest name first.
    fn outlet_at_start(&self, text: &str) -> Option<&str> {
        starts(text).find_map(|name| self.outlet_called(name))
    }

    /// The outlet of this name in the lists, or the one of the story that goes by it.
    fn outlet_called(&self, name: &str) -> Option<&str> {
        if !is_name(name) {
            return None;
        }
        if let Some(outlet) = OUTLETS.find(name) {
            return Some(outlet.name);
        }
        let outlets = self.reports.iter().filter_map(|report| report.article.outlet.as_deref().map(bare));
        let mut meant = outlets.filter(|outlet| is_called(outlet, name));
        let first = meant.next()?;
        meant.all(|other| other == first).then_some(first)
    }

    /// The outlet these words mean: in full, by a short name the report or the story explains, or as written.
    fn outlet(&self, report: usize, words: &str) -> Option<String> {
        let words = about(words);
        if let Some(outlet) = OUTLETS.find(words) {
            return Some(outlet.name.to_owned());
        }
        let explained = |outlets: &BTreeSet<&'static str>| {
            OUTLETS.short_for(words).map(|outlet| outlet.name).find(|name| outlets.contains(name))
        };
        let explained = explained(&self.full_outlets[report]).or_else(|| explained(self.full_outlets.last()?));
        let inside = || names_in(words).find_map(|name| OUTLETS.find(name)).map(|outlet| outlet.name);
        explained.or_else(inside).map(str::to_owned).or_else(|| {
            let name = names_in(words).last()?;
            (!ENGLISH.has("vague outlets", &name.to_lowercase())).then(|| name.to_owned())
        })
    }

    /// "… told the Herald": the outlet that unnamed people spoke to.
    fn told(&self, each: &ReportAttribution) -> Option<&str> {
        let text = &self.reports[each.report].article.text;
        let cue = each.attribution.cue?;
        let verb = cue.of(text).split_whitespace().next_back()?;
        let (verb_first, rest) = (cue.of(text).split_whitespace().next()?, &text[cue.end..]);
        let heard = if ENGLISH.has("told", &verb.to_lowercase()) {
            rest
        } else if ENGLISH.has("told", &verb_first.to_lowercase()) {
            &text[cue.start + verb_first.len()..]
        } else {
            return None;
        };
        self.outlet_at_start(heard)
    }

    /// The outlet of a journalist: "Novak in the Herald reports", or an author of another report.
    fn outlet_of_reporter(&self, each: &ReportAttribution, name: &str) -> Option<&str> {
        let report = &self.reports[each.report];
        let by_line = |other: &&Annotated| other.article.authors.iter().any(|author| author.eq_ignore_ascii_case(name));
        let author = self.reports.iter().find(by_line).and_then(|other| other.article.outlet.as_deref());
        if author.is_some() {
            return author;
        }
        let cue = each.attribution.cue?.of(&report.article.text).to_lowercase();
        let reports = cue.split_whitespace().any(|word| ENGLISH.has("reporter's cue", word));
        reports.then(|| self.outlet_beside(&report.article.text, name.split(' ').next_back()?)).flatten()
    }

    /// The outlet beside a journalist's name: "Novak in the Herald".
    fn outlet_beside(&self, text: &str, surname: &str) -> Option<&str> {
        const OCCURRENCES: usize = 8;
        if surname.is_empty() {
            return None;
        }
        text.match_indices(surname).take(OCCURRENCES).find_map(|(at, _)| {
            let after = text[at + surname.len()..].trim_start();
            let (link, rest) = after.split_once(' ')?;
            matches!(link, "in" | "at" | "of" | "from" | "for").then(|| self.outlet_at_start(rest)).flatten()
        })
    }

    /// The voice of a speaker without a name.
    fn unnamed(&self, each: &ReportAttribution, unnamed: &mut BTreeMap<Unnamed, usize>) -> Voice {
        let words = source_words(self.reports, each).unwrap_or_default();
        match each.attribution.kind {
            SourceKind::Outlet | SourceKind::Agency => Voice::Vague,
            SourceKind::Unknown if words.is_empty() || ENGLISH.finds("vague outlets", words) => Voice::Vague,
            _ if !can_speak(words) && !ENGLISH.finds("vague outlets", words) => Voice::Nobody,
            SourceKind::Document => without_name(words, Some(each.report), unnamed),
            _ if ENGLISH.finds("confidential", words) => Voice::Confidential,
            _ if ENGLISH.finds("interviewed", words) => Voice::Interviewed,
            _ => without_name(words, None, unnamed),
        }
    }
}

/// Numbers the words for a speaker without a name.
fn without_name(words: &str, document: Option<usize>, unnamed: &mut BTreeMap<Unnamed, usize>) -> Voice {
    let plain = words.split_whitespace().skip_while(|word| ENGLISH.has("article", &word.to_lowercase()));
    let key = Unnamed { words: plain.collect::<Vec<_>>().join(" "), document };
    let next = unnamed.len();
    Voice::Unnamed(*unnamed.entry(key).or_insert(next))
}

/// Whether a word in it starts with a capital letter or a digit and is no pronoun, day or month.
fn is_name(words: &str) -> bool {
    words.split_whitespace().any(|word| {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        plain.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            && !ENGLISH.has("no name", &plain.to_lowercase())
    })
}

fn class_of(name: &str) -> Class {
    if OUTLETS.find(name).is_some() { Class::Outlet } else { Class::Organisation }
}

/// The words without what only says that it is somebody's word: "the Herald's report" is the Herald.
fn about(words: &str) -> &str {
    let mut words = words.trim();
    while OUTLETS.find(words).is_none() {
        let Some((before, last)) = words.rsplit_once(' ') else { break };
        let means_its_word = ENGLISH.has("about an outlet", last) || (last == "agency" && before.ends_with("news"));
        if !means_its_word {
            break;
        }
        words = before.strip_suffix(" news").unwrap_or(before).trim_end_matches(['\'', '’']);
    }
    words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words)
}

/// Runs of capitalised words, with "of", "for" and "the" between them; "and" parts two names more often than it joins one.
fn names_in(words: &str) -> impl Iterator<Item = &str> {
    let mut runs: Vec<Span> = Vec::new();
    let mut joined = false;
    let mut at = 0;
    for word in words.split_inclusive([' ', ',', '“', '”', '"']) {
        let end = at + word.trim_end_matches([' ', ',', '“', '”', '"']).len();
        let capital = word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
        match runs.last_mut() {
            Some(run) if capital && joined => run.end = end,
            _ if capital => runs.push(Span::new(at, end)),
            _ => {}
        }
        let between = matches!(word.trim(), "of" | "for" | "the" | "de" | "al");
        joined = (capital || (joined && between)) && !word.ends_with([',', '“', '”', '"']);
        at += word.len();
    }
    runs.into_iter().map(|run| run.of(words).trim_end_matches("'s").trim_end_matches("’s")).map(without_article)
}

/// "A Ferrum" at the start of a sentence is Ferrum.
fn without_article(name: &str) -> &str {
    let article = name.split_once(' ').filter(|(first, _)| ENGLISH.has("article", &first.to_lowercase()));
    article.map_or(name, |(_, name)| name)
}

fn first_name(words: &str) -> Option<&str> {
    names_in(words).find(|name| is_name(name))
}

/// Whose document it is: "a memo released Monday by Ivo Novak", "the Novak Institute's tally".
fn owner(words: &str) -> Option<&str> {
    let after = [" by ", " from ", " of "].iter().find_map(|link| words.split_once(link)).map(|(_, after)| after);
    let after = after.and_then(|after| names_in(after).next());
    after.or_else(|| names_in(words).next()).filter(|name| is_name(name))
}

/// The name as the source words give it in full: "the Roads Office of Arrel" where the name is read as "Office".
fn fuller<'t>(name: Option<&'t str>, words: &'t str) -> Option<&'t str> {
    if ENGLISH.finds("speaks for", name?) {
        return principal(name?);
    }
    names_in(words).find(|run| name.is_some_and(|name| run.contains(name))).or(name)
}

/// The organisation's name: all the words, or of "data from the Novak Institute" the owner.
fn organisation(words: &str) -> Option<&str> {
    if !is_name(words) {
        return None;
    }
    let is_document = words.split(' ').next().is_some_and(|first| ENGLISH.has("document", &first.to_lowercase()));
    if is_document { owner(words) } else { Some(words) }
}

/// Whom a spokesperson without a name speaks for: "a Ferrum spokesman".
fn principal(words: &str) -> Option<&str> {
    if !ENGLISH.finds("speaks for", words) {
        return None;
    }
    let mut names = names_in(words).map(|name| match name.split_once(" for ") {
        Some((role, principal)) if ENGLISH.finds("speaks for", role) => principal,
        _ => name,
    });
    names.find(|name| !ENGLISH.finds("speaks for", name))
}

/// The first words of a text, the longest run first.
fn starts(text: &str) -> impl Iterator<Item = &str> {
    const LONGEST_NAME: usize = 6;
    let mut ends: Vec<usize> = Vec::new();
    let text = text.trim_start();
    let mut at = 0;
    for word in text.split_inclusive(' ').take(LONGEST_NAME) {
        ends.push(at + word.trim_end().len());
        at += word.len();
    }
    ends.into_iter().rev().map(|end| text[..end].trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether an outlet goes by this name: its own, or the last words of it ("the Observer").
fn is_called(outlet: &str, name: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        let lower = name.split_whitespace().map(str::to_lowercase);
        lower.filter(|word| !ENGLISH.has("article", word)).collect()
    };
    let (outlet, name) = (words(outlet), words(name));
    !name.is_empty() && outlet.ends_with(&name)
}

/// An authority or company that speaks as one, though its words were not read as a name: "the city's fire service",
/// "the Hollin Hospital".
fn body(words: &str) -> Option<&str> {
    let (phrase, head) = head(words)?;
    // "The court" alone may be any; what it is of makes it one.
    let is_body = phrase != head && ENGLISH.has("body", &head.to_lowercase());
    (is_body || all_names(phrase)).then_some(phrase)
}

/// Whether every word starts with a capital letter or a digit, and they are a name.
fn all_names(phrase: &str) -> bool {
    let starts_capital = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    is_name(phrase) && phrase.split(' ').all(starts_capital)
}

/// The words of a source without article and up to what only describes it further; and their last word, which says
/// what it is.
fn head(words: &str) -> Option<(&str, &str)> {
    let counts = |word: &str| ENGLISH.has("article", word) || ENGLISH.has("definite", word) || word == "of";
    let (mut start, mut end, mut at) = (None, words.len(), 0);
    for word in words.split_inclusive(' ') {
        let lower = word.trim().to_lowercase();
        match start {
            None if counts(&lower) || lower.is_empty() => {}
            Some(_) if ENGLISH.has("describes", &lower) => {
                end = at;
                break;
            }
            _ => start = start.or(Some(at)),
        }
        at += word.len();
        if start.is_some() && lower.ends_with(',') {
            end = at;
            break;
        }
    }
    let phrase = words.get(start?..end)?.trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = phrase.split([' ', '-']).next_back().filter(|last| !last.is_empty())?;
    Some((phrase, last))
}

/// Whether these can be the words for somebody who speaks: people by what they are, a body, a document.
fn can_speak(words: &str) -> bool {
    const WHO: [&str; 6] = ["speaker", "document", "body", "confidential", "interviewed", "speaks for"];
    const ENDINGS: [&str; 5] = ["ist", "ian", "man", "men", "woman"];
    let Some((phrase, head)) = head(words) else { return false };
    let head = head.to_lowercase();
    let singular = head.strip_suffix('s').unwrap_or(&head);
    let known = |section: &&str| ENGLISH.has(section, &head) || ENGLISH.has(section, singular);
    all_names(phrase) || WHO.iter().any(known) || ENDINGS.iter().any(|ending| singular.ends_with(ending))
}

/// For each attribution the smallest one of the same report whose content holds its source or cue.
fn outer(attributions: &[ReportAttribution]) -> Vec<Option<usize>> {
    let mut outer = vec![None; attributions.len()];
    let mut order: Vec<(usize, Span, usize)> = Vec::new();
    for (index, each) in attributions.iter().enumerate() {
        order.push((each.report, each.attribution.content_cover(), index));
    }
    order.sort_by_key(|&(report, span, index)| (report, span.start, std::cmp::Reverse(span.end), index));
    let mut open: Vec<(usize, Span, usize)> = Vec::new();
    for &(report, span, index) in &order {
        let words = whole(&attributions[index].attribution, span);
        while open.last().is_some_and(|&(other, outside, _)| other != report || outside.end < span.end) {
            open.pop();
        }
        let holds = |&&(_, outside, _): &&(usize, Span, usize)| outside.contains(words) && outside != span;
        outer[index] = open.iter().rev().take(LONGEST_CHAIN).find(holds).map(|&(_, _, outside)| outside);
        open.push((report, span, index));
    }
    outer
}

/// Content, source and cue together.
fn whole(attribution: &Attribution, content: Span) -> Span {
    [attribution.source, attribution.cue].into_iter().flatten().fold(content, Span::cover)
}

/// Walks the chains.
struct Walker<'a> {
    reports: &'a [Annotated],
    attributions: &'a [ReportAttribution],
    voices: &'a [Voice],
    outer: &'a [Option<usize>],
    outlets: &'a [Option<usize>],
    names: &'a Names,
}

impl Walker<'_> {
    fn links(&self) -> Vec<Link> {
        let citing = self.citing();
        let usual = self.usual_outlets();
        (0..self.attributions.len()).map(|index| self.link(index, &citing, &usual)).collect()
    }

    /// For each attribution the one that rests on it.
    fn citing(&self) -> Vec<Option<usize>> {
        let mut citing = vec![None; self.attributions.len()];
        for (index, each) in self.attributions.iter().enumerate() {
            if let Some(slot) = each.attribution.rests_on.and_then(|inner| citing.get_mut(inner)) {
                *slot = Some(index);
            }
        }
        citing
    }

    /// The other outlet each report cites most, the first of equals: what its "media reports" are.
    fn usual_outlets(&self) -> Vec<Option<usize>> {
        let mut counts: Vec<BTreeMap<usize, (usize, usize)>> = vec![BTreeMap::new(); self.outlets.len()];
        for (index, (each, voice)) in self.attributions.iter().zip(self.voices).enumerate() {
            if let Voice::Source(source) = *voice
                && self.names.class(source) == Class::Outlet
                && Some(source) != self.outlets[each.report]
            {
                counts[each.report].entry(source).or_insert((0, index)).0 += 1;
            }
        }
        let most = |counts: BTreeMap<usize, (usize, usize)>| {
            counts
                .into_iter()
                .max_by_key(|&(_, (count, first))| (count, std::cmp::Reverse(first)))
                .map(|(source, _)| source)
        };
        counts.into_iter().map(most).collect()
    }

    /// Who speaks in an attribution, if that has a name and is not the report's own outlet.
    fn source(&self, index: usize) -> Option<usize> {
        let own = self.outlets[self.attributions[index].report];
        match self.voices[index] {
            Voice::Source(source) if own != Some(source) => Some(source),
            _ => None,
        }
    }

    fn path(&self, index: usize) -> Vec<usize> {
        let next = |&at: &usize| self.attributions[at].attribution.rests_on.filter(|&next| next < self.voices.len());
        std::iter::successors(Some(index), next).take(LONGEST_CHAIN).collect()
    }

    fn link(&self, index: usize, citing: &[Option<usize>], usual: &[Option<usize>]) -> Link {
        let report = self.attributions[index].report;
        let path = self.path(index);
        let named = |at: usize| self.source(at);
        let deepest = path[path.len() - 1];
        let link = |end, behind, heard| Link { voice: self.voices[index], end, behind, heard, depth: path.len() };
        // Only those who speak in confidence are worth naming behind an origin: the rest can be heard by all.
        let behind = matches!(self.voices[deepest], Voice::Confidential).then_some(deepest);
        if let Some((at, source)) = path.iter().rev().find_map(|&at| Some((at, named(at)?))) {
            let is_outlet = self.names.class(source) == Class::Outlet;
            let seen_by_it = is_outlet && (deepest != at || self.is_shown(at));
            return link(End::Source(source), behind.or(seen_by_it.then_some(deepest)), false);
        }
        let vouching = std::iter::successors(self.outer[index].or(citing[index]), |&at| self.outer[at].or(citing[at]));
        if let Some(source) = vouching.take(LONGEST_CHAIN).find_map(named).or_else(|| self.meant_before(index, citing))
        {
            return link(End::Source(source), behind, false);
        }
        match self.voices[deepest] {
            Voice::Unnamed(words) => link(End::Unnamed(words), None, false),
            Voice::Vague => {
                let named = usual[report].filter(|_| self.attributions[deepest].attribution.source.is_some());
                link(named.map_or(End::Vague, End::Source), None, false)
            }
            Voice::Nobody => link(End::Vague, None, false),
            Voice::Silent => link(End::Own(report), None, false),
            Voice::Source(_) => link(End::Own(report), Some(deepest).filter(|&at| self.is_shown(at)), true),
            Voice::Interviewed | Voice::Confidential => link(End::Own(report), behind, true),
        }
    }

    /// "Lists seen by the Herald": words for what an outlet was shown, not for the outlet.
    fn is_shown(&self, index: usize) -> bool {
        use SourceKind::{Document, Unknown, UnnamedPeople};
        matches!(self.attributions[index].attribution.kind, Document | Unknown | UnnamedPeople)
    }

    /// "One of the officials" after "the Herald reported, citing two officials": the Herald's.
    fn meant_before(&self, index: usize, citing: &[Option<usize>]) -> Option<usize> {
        const LOOK_BACK: usize = 12;
        let each = &self.attributions[index];
        let words = source_words(self.reports, each).unwrap_or_default();
        let points_back = words.split(' ').next().is_some_and(|first| ENGLISH.has("definite", &first.to_lowercase()));
        if each.attribution.kind != SourceKind::UnnamedPeople || !points_back {
            return None;
        }
        let before = self.attributions[..index].iter().enumerate().rev().take(LOOK_BACK);
        let mut before = before.take_while(|(_, other)| other.report == each.report);
        let same = |other: &ReportAttribution| {
            other.attribution.kind == SourceKind::UnnamedPeople
                && each.attribution.resolved == other.attribution.resolved
        };
        before.find_map(|(at, other)| match self.voices[citing[at].filter(|_| same(other))?] {
            Voice::Source(source) if self.names.class(source) == Class::Outlet => Some(source),
            _ => None,
        })
    }

    /// Gives one utterance one end and collects who rests on whom.
    fn rests_on(&self, links: &mut [Link]) -> BTreeMap<(usize, usize), Why> {
        let mut pairs = BTreeMap::new();
        for utterance in utterances(self.attributions, self.reports) {
            let named = |&&at: &&usize| matches!(links[at].end, End::Source(_));
            let further =
                utterance.iter().filter(named).max_by_key(|&&at| (self.nested(at, links), std::cmp::Reverse(at)));
            let Some(&further) = further else { continue };
            for &at in &utterance {
                if let (End::Source(said), End::Source(end)) = (links[at].end, links[further].end) {
                    pairs.insert((said, end), Why::SameWords);
                }
                links[at].end = links[further].end;
            }
        }
        for (index, link) in links.iter().enumerate() {
            let End::Source(end) = link.end else { continue };
            let above = self.path(index).into_iter().chain(self.outer[index]);
            for source in above.filter_map(|at| self.source(at)) {
                pairs.entry((source, end)).or_insert(Why::RestsOn);
            }
        }
        for pair in (0..self.attributions.len()).filter_map(|index| self.speaks_for(index)) {
            pairs.entry(pair).or_insert(Why::SpeaksFor);
        }
        pairs.retain(|(said, end), _| said != end);
        pairs
    }

    /// "Ferrum spokeswoman Petra Novak": her word is Ferrum's.
    fn speaks_for(&self, index: usize) -> Option<(usize, usize)> {
        let Voice::Source(speaker) = self.voices[index] else { return None };
        let words = source_words(self.reports, &self.attributions[index])?;
        if self.names.class(speaker) != Class::Person || !ENGLISH.finds("speaks for", words) {
            return None;
        }
        let mut others = names_in(words).filter_map(|name| self.names.find(name)).filter(|&other| other != speaker);
        others.next().map(|principal| (speaker, principal))
    }

    /// How many words stand between the reader and the end.
    fn nested(&self, index: usize, links: &[Link]) -> usize {
        let outside = std::iter::successors(self.outer[index], |&at| self.outer[at]).take(LONGEST_CHAIN).count();
        links[index].depth + outside
    }
}

/// Attributions of different reports that quote the same words.
fn utterances(attributions: &[ReportAttribution], reports: &[Annotated]) -> Vec<Vec<usize>> {
    const SHARED_WORDS: usize = 6;
    let mut by_words: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut groups: Vec<usize> = (0..attributions.len()).collect();
    for (index, each) in attributions.iter().enumerate() {
        for quoted in quoted_words(each, &reports[each.report].article.text) {
            for run in quoted.windows(SHARED_WORDS) {
                let first = *by_words.entry(run.to_vec()).or_insert(index);
                join(&mut groups, first, index);
            }
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in 0..attributions.len() {
        members.entry(root(&mut groups, index)).or_default().push(index);
    }
    let several = |group: &Vec<usize>| group.iter().any(|&at| attributions[at].report != attributions[group[0]].report);
    members.into_values().filter(several).collect()
}

/// The root of a member of a forest of groups, with the path made short.
pub(crate) fn root(groups: &mut [usize], mut at: usize) -> usize {
    while groups[at] != at {
        groups[at] = groups[groups[at]];
        at = groups[at];
    }
    at
}

/// Makes one group of two; the smaller index stands for it.
pub(crate) fn join(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(groups, one), root(groups, other));
    groups[one.max(other)] = one.min(other);
}

/// The runs of words that an attribution gives as a quotation.
fn quoted_words(each: &ReportAttribution, text: &str) -> Vec<Vec<String>> {
    let mut runs = Vec::new();
    for content in &each.attribution.content {
        let words = content.of(text);
        if each.attribution.form == Form::Direct {
            runs.push(plain_words(words));
            continue;
        }
        let mut open = None;
        for (at, mark) in words.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '"')) {
            match open.take() {
                Some(from) if mark != '“' => runs.push(plain_words(&words[from..at])),
                _ => open = Some(at + mark.len_utf8()),
            }
        }
        runs.extend(open.map(|from| plain_words(&words[from..])));
    }
    runs
}

fn plain_words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
