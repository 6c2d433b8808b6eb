//! Who speaks: from the words of an attribution, a credit or a dateline to a name.
//!
//! [`Reader`] takes the words as they stand in one report. What it does not know by the lists it knows by the story: an
//! outlet that another report comes from, a short name that the story explains. It would rather know nobody than the
//! wrong one.

use std::collections::{BTreeMap, BTreeSet};

use twosource_model::{Annotated, NameKind, ReportAttribution, SourceKind, Span};

use crate::chains::{Unnamed, Voice, Voucher, source_words};
use crate::outlets::{ENGLISH, Outlets, bare};
use crate::sources::{Class, Names};

/// The agency whose copy a report carries; one that only contributed is none.
pub(crate) fn credited(report: &Annotated, outlets: &Outlets) -> Option<String> {
    let article = &report.article;
    let mut body = article.blocks.iter().filter(|block| block.kind.is_body());
    let dateline = body.next().and_then(|block| dateline(block.span.of(&article.text)));
    let Some(agency) = article.agency.clone() else {
        // An agency that no list knows signs its copy in the same place.
        return dateline.filter(|name| is_name(name)).map(str::to_owned);
    };
    let called = |name: &str| outlets.find(name).map_or(name.to_owned(), |outlet| outlet.name.clone());
    let same = |name: &str| called(name) == called(&agency);
    let credits =
        |words: &str| ENGLISH.finds("contributed", words) && names_in(words).any(|name| name.split(" and ").any(same));
    let helps = article.blocks.iter().any(|block| block.span.of(&article.text).split(". ").any(credits));
    (!helps || dateline.is_some_and(same)).then_some(agency)
}

/// The agency in the brackets of "ARREL (Reuters) -".
fn dateline(paragraph: &str) -> Option<&str> {
    const LONGEST: usize = 80;
    let (place, rest) = paragraph.split_once('(')?;
    let (agency, after) = rest.split_once(')')?;
    let dash = after.trim_start().starts_with(['-', '–', '—']);
    let is_place = place.trim_start().starts_with(char::is_uppercase);
    (dash && is_place && place.len() + agency.len() <= LONGEST).then(|| agency.trim())
}

/// The outlets each report names in full, and last those of the whole story.
fn full_outlets<'o>(
    reports: &[Annotated],
    attributions: &[ReportAttribution],
    outlets: &'o Outlets,
) -> Vec<BTreeSet<&'o str>> {
    let mut found = vec![BTreeSet::new(); reports.len() + 1];
    for each in attributions {
        let words = [each.attribution.resolved.as_deref(), source_words(reports, each)];
        for outlet in words.into_iter().flatten().filter_map(|words| outlets.find(words.trim())) {
            found[each.report].insert(outlet.name.as_str());
            found[reports.len()].insert(outlet.name.as_str());
        }
    }
    for outlet in reports.iter().filter_map(|report| outlets.find(report.article.outlet.as_deref()?)) {
        found[reports.len()].insert(outlet.name.as_str());
    }
    found
}

/// Reads who speaks from the words of one attribution.
pub(crate) struct Reader<'a> {
    pub(crate) reports: &'a [Annotated],
    full_outlets: Vec<BTreeSet<&'a str>>,
    known: &'a Outlets,
    /// The outlets of the story, each once, with the words of their names.
    outlets: BTreeMap<&'a str, Vec<String>>,
}

impl<'a> Reader<'a> {
    /// A reader of these reports with these attributions, where these outlets are known.
    pub(crate) fn new(reports: &'a [Annotated], attributions: &[ReportAttribution], known: &'a Outlets) -> Reader<'a> {
        let full_outlets = full_outlets(reports, attributions, known);
        let outlets = reports.iter().filter_map(|report| report.article.outlet.as_deref().map(bare));
        let outlets = outlets.map(|outlet| (outlet, words_of(outlet))).collect();
        Reader { reports, full_outlets, known, outlets }
    }

    /// Adds the name of the speaker, where there is one.
    pub(crate) fn named(&self, each: &ReportAttribution, names: &mut Names<'_>) -> Option<usize> {
        let words = source_words(self.reports, each).unwrap_or_default();
        let resolved = each.attribution.resolved.as_deref().filter(|name| is_name(name));
        let entity = each.attribution.entity.and_then(|entity| self.reports[each.report].entities.get(entity));
        let name = resolved.or(entity.map(|entity| entity.name.as_str()).filter(|name| is_name(name)));
        let is_body = entity.is_some_and(|entity| entity.kind == NameKind::Organisation);
        if let Some(outlet) = self.story_outlet(each) {
            return names.add(outlet, Class::Outlet);
        }
        if let Some(outlet) = self.shown_to(each) {
            return names.add(outlet, Class::Outlet);
        }
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
                if let Some(outlet) = self.outlet_called(without_article(words)) {
                    return names.add(outlet, Class::Outlet);
                }
                let words = up_to_clause(words);
                let name = fuller(name, words).or_else(|| organisation(words)).or_else(|| body(words))?;
                let name = self.about(name);
                names.add(name, self.class_of(name))
            }
            SourceKind::Document => {
                if let Some(outlet) = self.outlet_within(words) {
                    return names.add(outlet, Class::Outlet);
                }
                let owner = name.map(|name| self.about(name)).or_else(|| owner(words))?;
                names.add(owner, self.class_of(owner))
            }
            SourceKind::UnnamedPeople | SourceKind::Unknown => {
                match self.told(each).or_else(|| self.outlet_within(words)).or_else(|| self.reporting(each, words)) {
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
    fn outlet_within<'t>(&'t self, words: &'t str) -> Option<&'t str> {
        [" in ", " by "].iter().find_map(|link| self.outlet_at_start(words.split_once(link)?.1))
    }

    /// The outlet of another report, where its whole name stands at the source, whatever the source was read as: "Nova
    /// Today" is no person called Nova.
    fn story_outlet(&self, each: &ReportAttribution) -> Option<&str> {
        let text = &self.reports[each.report].article.text;
        let source = each.attribution.source?;
        let full = |outlet: &&str| {
            outlet.contains(' ')
                && text.get(source.start..).is_some_and(|text| starts(text).any(|name| name == *outlet))
        };
        let reach = |outlet: &&str| source.end <= source.start + outlet.len();
        let outlets = self.reports.iter().filter_map(|report| report.article.outlet.as_deref().map(bare));
        outlets.filter(full).find(reach)
    }

    /// "Minutes of a board meeting seen by the Herald": the outlet that papers were shown to, wherever the words for the
    /// source end.
    fn shown_to(&self, each: &ReportAttribution) -> Option<&str> {
        const FAR: usize = 140;
        let source = each.attribution.source?;
        // "Minutes seen by the Herald" may be read as somebody called Minutes, but then they end behind "by".
        let may_be_papers =
            matches!(each.attribution.kind, SourceKind::Document | SourceKind::Unknown | SourceKind::NamedOrganisation);
        if !may_be_papers && !source.of(&self.reports[each.report].article.text).contains(" by ") {
            return None;
        }
        let text = self.reports[each.report].article.text.get(source.start..)?;
        let end = text.char_indices().map(|(at, _)| at).take_while(|&at| at <= FAR).last()?;
        let text = text[..end].split(['.', '\n', '“', '"', ',']).next()?;
        let (_, name) = text.split_once(" by ").filter(|(before, _)| {
            let last = before.rsplit(' ').next().unwrap_or_default();
            ENGLISH.has("shown", &last.to_lowercase())
        })?;
        self.outlet_at_start(name)
    }

    /// The sentences of a report that name the outlet they rest on, whatever was read as their source.
    pub(crate) fn vouchers(&self, report: usize, names: &mut Names<'_>) -> Vec<Voucher> {
        let report = &self.reports[report];
        let is_body = |block: usize| report.article.blocks.get(block).is_some_and(|block| block.kind.is_body());
        let sentences = report.sentences.iter().filter(|sentence| is_body(sentence.block));
        let voucher = |sentence: Span| {
            let words = sentence.of(&report.article.text);
            let heard = self.hearer(words).map(|outlet| (bare(outlet), Class::Outlet, true));
            let (name, class, heard) = heard.or_else(|| self.relayed(words))?;
            Some(Voucher { sentence, source: names.add(name, class)?, heard })
        };
        sentences.map(|sentence| sentence.span).filter_map(voucher).collect()
    }

    /// The outlet that a sentence says was shown or told its content.
    fn hearer<'t>(&'t self, sentence: &'t str) -> Option<&'t str> {
        let mut at = 0;
        for word in sentence.split_inclusive(' ') {
            at += word.len();
            let (plain, rest) = (word.trim().to_lowercase(), &sentence[at..]);
            let shown = rest.strip_prefix("by ").filter(|_| ENGLISH.has("shown", &plain));
            let told = Some(rest).filter(|_| ENGLISH.has("told", &plain));
            if let Some((outlet, rest)) = shown.or(told).and_then(|name| self.outlet_and_rest(name)) {
                let closes = rest.is_empty() || rest.starts_with(['.', ',', ';']) || rest.starts_with(" that ");
                return (closes || shown.is_some()).then_some(outlet);
            }
        }
        None
    }

    /// Whose word a sentence is that starts with "The Herald reported, citing the coastguard, that …": the coastguard's
    /// where that has a name, else the Herald's.
    fn relayed<'t>(&'t self, sentence: &'t str) -> Option<(&'t str, Class, bool)> {
        let (outlet, rest) = self.outlet_and_rest(sentence)?;
        let mut words = rest.strip_prefix(' ')?.split_inclusive(' ');
        let cue = words.next()?.trim_end_matches([' ', ',']);
        let citing = rest.split_once(", citing ").map(|(_, citing)| citing.split(", ").next().unwrap_or(citing));
        let named = citing.filter(|words| is_public_body(words)).map(|name| (name, Class::Organisation, false));
        matches!(cue, "reported" | "reports").then(|| named.unwrap_or((bare(outlet), Class::Outlet, false)))
    }

    /// The outlet a text starts with.
    fn outlet_at_start<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        self.outlet_and_rest(text).map(|(outlet, _)| outlet)
    }

    /// The outlet a text starts with, the longest name first, else what is called like one; and what follows.
    fn outlet_and_rest<'t>(&'t self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let text = text.trim_start();
        let known = starts(text).find_map(|name| Some((self.outlet_called(name)?, &text[name.len()..])));
        known.or_else(|| {
            let name = names_in(text).next()?.trim_end_matches(|c: char| !c.is_alphanumeric());
            let at = text.find(name).filter(|&at| at <= "the ".len())?;
            let mut words = name.split(' ');
            let is_outlet = words.any(|word| ENGLISH.has("outlet word", &word.to_lowercase()));
            (name.contains(' ') && is_outlet).then(|| (name, &text[at + name.len()..]))
        })
    }

    /// The outlet of this name in the lists, or the one of the story that goes by it.
    fn outlet_called(&self, name: &str) -> Option<&str> {
        if !is_name(name) {
            return None;
        }
        if let Some(outlet) = self.short_in_story(name) {
            return Some(outlet);
        }
        if let Some(outlet) = self.known.find(name) {
            return Some(&outlet.name);
        }
        let name = words_of(name);
        let mut meant = self.outlets.iter().filter(|(_, words)| is_called(words, &name));
        let (first, _) = meant.next()?;
        meant.next().is_none().then_some(*first)
    }

    /// The outlet of another report that these words are the end of, though an outlet that has no report here is called so
    /// in full: beside reports of the Nova Observer "the Observer" is that one.
    fn short_in_story(&self, words: &str) -> Option<&str> {
        let name = words_of(words);
        let is_end = |words: &Vec<String>| words.len() > name.len() && words.ends_with(&name);
        if name.is_empty() || self.outlets.values().any(|words| *words == name) {
            return None;
        }
        let mut meant = self.outlets.iter().filter(|(_, words)| is_end(words));
        let (first, _) = meant.next()?;
        meant.next().is_none().then_some(*first)
    }

    /// The outlet these words mean: in full, by a short name the report or the story explains, or as written.
    fn outlet(&self, report: usize, words: &str) -> Option<String> {
        let words = self.about(words);
        if let Some(outlet) = self.short_in_story(words) {
            return Some(outlet.to_owned());
        }
        if let Some(outlet) = self.known.find(words) {
            return Some(outlet.name.clone());
        }
        let explained = |outlets: &BTreeSet<&str>| {
            let mut short_for = self.known.short_for(words).map(|outlet| outlet.name.as_str());
            short_for.find(|name| outlets.contains(name))
        };
        let explained = explained(&self.full_outlets[report]).or_else(|| explained(self.full_outlets.last()?));
        let inside = || names_in(words).find_map(|name| self.known.find(name)).map(|outlet| outlet.name.as_str());
        explained.or_else(inside).map(str::to_owned).or_else(|| {
            let name = names_in(words).last()?;
            (!ENGLISH.has("vague outlets", &name.to_lowercase())).then(|| name.to_owned())
        })
    }

    /// "The Herald reported", of an outlet that no list and no report names: what reports and is called like an outlet.
    fn reporting<'t>(&'t self, each: &ReportAttribution, words: &'t str) -> Option<&'t str> {
        let name = without_article(words);
        let cue = each.attribution.cue?.of(&self.reports[each.report].article.text).to_lowercase();
        let is_outlet = name.split(' ').any(|word| ENGLISH.has("outlet word", &word.to_lowercase()));
        let reports = matches!(cue.as_str(), "reported" | "reports");
        (each.attribution.kind == SourceKind::Unknown && reports && is_outlet && all_names(name)).then_some(name)
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
    fn outlet_beside<'t>(&'t self, text: &'t str, surname: &str) -> Option<&'t str> {
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

    fn class_of(&self, name: &str) -> Class {
        if self.known.find(name).is_some() { Class::Outlet } else { Class::Organisation }
    }

    /// The words without what only says that it is somebody's word: "the Herald's report" is the Herald.
    fn about<'t>(&self, words: &'t str) -> &'t str {
        let mut words = words.trim();
        while self.known.find(words).is_none() {
            let Some((before, last)) = words.rsplit_once(' ') else { break };
            let means_its_word = ENGLISH.has("about an outlet", last) || (last == "agency" && before.ends_with("news"));
            if !means_its_word {
                break;
            }
            words = before.strip_suffix(" news").unwrap_or(before).trim_end_matches(['\'', '’']);
        }
        words.strip_suffix("'s").or_else(|| words.strip_suffix("’s")).unwrap_or(words)
    }

    /// The voice of a speaker without a name.
    pub(crate) fn unnamed(&self, each: &ReportAttribution, unnamed: &mut BTreeMap<Unnamed, usize>) -> Voice {
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

/// Runs of capitalised words, with "of", "for" and "the" between them; "and" parts two names more often than it joins one.
pub(crate) fn names_in(words: &str) -> impl Iterator<Item = &str> {
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

/// A source that was read too far ends at its first comma.
fn up_to_clause(words: &str) -> &str {
    const NAME: usize = 5;
    match words.split_once(", ") {
        Some((name, rest)) if rest.split(' ').count() > NAME => name,
        _ => words,
    }
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

/// Whether an outlet goes by this name: its own, the last words of it ("the Observer"), what stands before "News Agency"
/// and the like, or its initials.
fn is_called(outlet: &[String], name: &[String]) -> bool {
    let generic = |rest: &[String]| rest.iter().all(|word| ENGLISH.has("outlet word", word));
    let initials: String = outlet.iter().filter_map(|word| word.chars().next()).collect();
    let is_short = name.len() == 1 && name[0].chars().count() > 2 && name[0] == initials;
    let is_front = outlet.strip_prefix(name).is_some_and(generic) && !generic(name);
    !name.is_empty() && (outlet.ends_with(name) || is_front || is_short)
}

/// The words of a name in lower case, without articles.
fn words_of(name: &str) -> Vec<String> {
    let lower = name.split_whitespace().map(str::to_lowercase);
    lower.filter(|word| !ENGLISH.has("article", word)).collect()
}

/// An authority or company that speaks as one, though its words were not read as a name: "the city's fire service",
/// "the Hollin Hospital".
fn body(words: &str) -> Option<&str> {
    let (phrase, head) = head(words)?;
    // "The court" alone may be any; what it is of makes it one.
    let is_body = phrase != head && ENGLISH.has("body", &head.to_lowercase());
    (is_body || all_names(phrase)).then_some(phrase)
}

/// Whether these are the words for an authority or company, with or without its name.
pub(crate) fn is_public_body(words: &str) -> bool {
    head(words).is_some_and(|(phrase, head)| all_names(phrase) || ENGLISH.has("body", &head.to_lowercase()))
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
