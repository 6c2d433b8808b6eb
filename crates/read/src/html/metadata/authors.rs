//! Who wrote an article: names without roles, outlets and addresses.

use twosource_model::Found;

use super::Facts;
use super::names::folded;
use super::title::letters;
use super::words::{Hints, byline_hints};
use crate::words::LISTS;

const NAMES: &[&str] = &[
    "author",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "article:author_name",
    "cxenseparse:author",
    "citation_author",
    "article:author",
];

/// More names than any byline.
const MOST: usize = 30;

/// The authors of a page; a place that names persons goes before one that names only the outlet.
pub(super) fn authors(facts: &Facts, outlet: &[&str], anchor: Option<usize>) -> Option<(Vec<String>, Found)> {
    let mut places = Vec::new();
    if let Some(stated) = facts.stated {
        places.push((names(stated.authors.iter().map(String::as_str)), Found::JsonLd));
    }
    places.extend(NAMES.iter().map(|name| (names(facts.marks.metas_named(name)), Found::Meta)));
    places.push((bylines(facts, true, anchor), Found::Microdata));
    places.push((bylines(facts, false, anchor), Found::Text));
    let organisations = facts.stated.map(|stated| stated.organisations.as_slice()).unwrap_or_default();
    let names_it = |outlet: &str, name: &str| letters(outlet) == letters(name);
    let is_outlet = |name: &String| {
        outlet.iter().any(|outlet| names_it(outlet, name))
            || organisations.iter().any(|outlet| names_it(outlet, name))
            || has_role(name)
    };
    for (names, _) in &mut places {
        let persons = names.iter().any(|name| !is_outlet(name));
        names.retain(|name| !persons || !is_outlet(name));
    }
    // "Nova Post staff" is an outlet too, yet better than none.
    let with_persons = places.iter().position(|(names, _)| names.iter().any(|name| !is_outlet(name)));
    let any =
        places.iter().position(|(names, found)| !names.is_empty() && matches!(found, Found::JsonLd | Found::Meta));
    with_persons.or(any).map(|at| places.swap_remove(at))
}

/// Names in elements that are marked as the author's, beside the heading; the first that gives any.
fn bylines(facts: &Facts, marked: bool, anchor: Option<usize>) -> Vec<String> {
    let far = if marked { 60 } else { 30 };
    let near = |at: usize| anchor.is_none_or(|anchor| at + 15 >= anchor && at <= anchor + far);
    let beside = |at: usize| anchor.is_some_and(|anchor| at + 8 >= anchor && at <= anchor + 12);
    let own = |at: usize| beside(at) || !facts.is_apart(at);
    let bylines = facts.marks.bylines.iter().filter(|byline| byline.marked == marked && own(byline.at));
    let mut found: Vec<String> = Vec::new();
    for byline in bylines.filter(|byline| near(byline.at)) {
        let new: Vec<String> =
            names(std::iter::once(byline.text.as_str())).into_iter().filter(|name| is_person(name)).collect();
        // Links of several authors stand in a row, each marked.
        if !marked && !new.is_empty() {
            return new;
        }
        found.extend(new.into_iter().filter(|name| found_none(&found, name)).collect::<Vec<_>>());
    }
    found.truncate(MOST);
    found
}

fn found_none(found: &[String], name: &str) -> bool {
    !found.iter().any(|other| letters(other) == letters(name))
}

/// The names in several values, each once.
fn names<'v>(values: impl Iterator<Item = &'v str>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in values.take(MOST).flat_map(split) {
        if found_none(&found, &name) && found.len() < MOST {
            found.push(name);
        }
    }
    found
}

/// The names in one value: "By Anna Berg and Carl Dahl, Staff Writers" gives two.
pub(super) fn split(value: &str) -> Vec<String> {
    let value = folded(value);
    let value = without_by(&value);
    let parts = value.split(['|', ';', '·', '•', '\u{2022}', '\n']).flat_map(between).flat_map(|part| commas(&part));
    parts.take(MOST).filter_map(|part| cleaned(&part)).collect()
}

/// Cut at "and".
fn between(part: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let words: Vec<&str> = part.split_whitespace().collect();
    for (at, word) in words.iter().enumerate() {
        let joins = at > 0 && at + 1 < words.len() && byline_hints(word).has(Hints::BETWEEN);
        match parts.last_mut() {
            Some(last) if !joins => {
                last.push_str(if last.is_empty() { "" } else { " " });
                last.push_str(word);
            }
            _ => parts.push(String::new()),
        }
    }
    parts
}

/// Cut at commas; what is no name after one that is (a role, a title, an outlet) goes.
fn commas(part: &str) -> Vec<String> {
    let parts: Vec<&str> = part.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let [first, rest @ ..] = &parts[..] else { return Vec::new() };
    // "Berg, Anna": family name first.
    if let ([given], true) = (rest, is_single(first) && rest.first().is_some_and(|given| is_single(given))) {
        return vec![format!("{given} {first}")];
    }
    let names = rest.iter().filter(|part| is_person(part));
    std::iter::once(first).chain(names).map(|part| (*part).to_owned()).collect()
}

fn is_single(part: &str) -> bool {
    part.split_whitespace().count() == 1 && part.starts_with(char::is_uppercase) && part.len() <= 30 && !has_role(part)
}

fn without_by(value: &str) -> &str {
    let mut value = value.trim_start_matches(['—', '–', '-', '/', ':', ' ']);
    for _ in 0..3 {
        let word = value.split([' ', ':']).next().unwrap_or_default();
        let rest = value[word.len()..].trim_start_matches([':', ' ']);
        // "Di Berg" is a family name.
        let is_name = rest.split(' ').count() < 2 && !word.eq_ignore_ascii_case("by");
        if word.is_empty() || rest.is_empty() || is_name || !byline_hints(word).has(Hints::BEFORE) {
            break;
        }
        value = rest;
    }
    value
}

/// One name, or nothing where the words are an address, a handle or too many.
fn cleaned(part: &str) -> Option<String> {
    let part = part.split(" (").next().unwrap_or_default();
    let part = part.trim().trim_matches(['"', '“', '”', ',', '-', '–', '/', '(', ')', ':', ' ']);
    let part = without_agency(without_by(part)).trim();
    // A full stop belongs to "Jr." and to initials.
    let part =
        if part.rsplit(' ').next().is_some_and(|last| last.len() > 4) { part.trim_end_matches('.') } else { part };
    let is_label = part.contains(": ");
    let is_address = part.contains("://") || part.contains('@') || part.starts_with("www.") || part.contains(".com/");
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let words = part.split_whitespace().count();
    let is_name = !is_address
        && !is_label
        && letters >= 2
        && words <= 8
        && part.len() <= 100
        && !part.starts_with(char::is_numeric);
    let role_alone = words <= 2 && part.split_whitespace().all(has_role);
    (is_name && !role_alone).then(|| part.to_owned())
}

/// "Anna Berg The Associated Press" without the agency.
fn without_agency(part: &str) -> &str {
    let forms = LISTS.agencies.iter().flat_map(|(_, forms)| forms).filter(|form| form.contains(' '));
    let ends = forms.filter_map(|form| part.strip_suffix(form)).map(str::trim_end);
    ends.filter(|head| head.split_whitespace().count() >= 2).min_by_key(|head| head.len()).unwrap_or(part)
}

/// Two to five words that start with capitals, none of them a role.
fn is_person(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = |word: &str| {
        matches!(
            word,
            "de" | "da"
                | "di"
                | "van"
                | "von"
                | "der"
                | "den"
                | "zu"
                | "al"
                | "bin"
                | "la"
                | "le"
                | "du"
                | "dos"
                | "el"
                | "ten"
        )
    };
    let capital = |word: &&str| word.starts_with(|c: char| c.is_uppercase()) || particle(word);
    (2..=5).contains(&words.len())
        && words.iter().all(capital)
        && !name.contains(|c: char| c.is_numeric() || "/:!?".contains(c))
        && !has_role(name)
        && LISTS.agency(name).is_none()
}

fn has_role(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let word = crate::words::lower(word);
        LISTS.is_role(&word)
            || byline_hints(&word).has(Hints::ROLE)
            || word.strip_suffix('s').is_some_and(|word| LISTS.is_role(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names() {
        let check = |value: &str, expected: &[&str]| assert_eq!(split(value), expected, "{value}");
        check("By Anna Berg and Carl Dahl, Staff Writers", &["Anna Berg", "Carl Dahl"]);
        check("Anna Berg; Carl Dahl", &["Anna Berg", "Carl Dahl"]);
        check("Anna Berg, Carl Dahl, Nova Post reporter", &["Anna Berg", "Carl Dahl"]);
        check("Von Anna Berg und Carl van Dahl", &["Anna Berg", "Carl van Dahl"]);
        check("Berg, Anna", &["Anna Berg"]);
        check("https://nova.example/anna", &[]);
        check("Staff", &[]);
        check("Anna Berg (Nova)", &["Anna Berg"]);
        check("NPA", &["NPA"]);
    }
}
