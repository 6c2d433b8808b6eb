//! The title of an article: its heading, held against what the metadata says.
//!
//! The visible heading wins where it agrees with the metadata or stands alone, since it is what readers see. Titles of
//! metadata carry the outlet's name and the section; those go.

use twosource_model::Found;

use super::Facts;
use super::json_ld::alike;
use super::marks::Heading;
use super::names::folded;

/// What parts a title from the name of its outlet.
pub(super) const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " · ", " • ", " » ", " ~ "];

/// The title and where the heading it belongs to stands.
pub(super) struct Title {
    pub(super) text: Option<(String, Found)>,
    /// Place of the heading over the article.
    pub(super) at: Option<usize>,
}

/// The title of a page.
pub(super) fn title(facts: &Facts, outlet: &[&str]) -> Title {
    let told = told(facts, outlet);
    let heading = heading(facts, &told, outlet);
    let at = heading.map(|heading| heading.at);
    let text =
        heading.filter(|heading| heading.level == 1).map(|heading| (cleaned(heading, &told, outlet), Found::Heading));
    Title { text: text.or_else(|| told.first().cloned()), at }
}

/// The titles of the metadata in the order of trust, without the outlet.
fn told(facts: &Facts, outlet: &[&str]) -> Vec<(String, Found)> {
    let stated = facts.stated.filter(|stated| stated.is_article).and_then(|stated| stated.headline.as_deref());
    let tagged = |name: &'static str| facts.marks.meta(&[name]).map(|title| (title, Found::Meta));
    let page = facts.marks.page_title.as_deref().map(|title| (title, Found::PageTitle));
    [stated.map(|title| (title, Found::JsonLd)), tagged("og:title"), tagged("twitter:title"), page]
        .into_iter()
        .flatten()
        .map(|(title, found)| (without_outlet(&folded(title), outlet), found))
        .filter(|(title, _)| !title.is_empty() && !is_outlet(title, outlet))
        .collect()
}

/// The heading over the article: the first that agrees with the metadata, else the only one of the first level.
fn heading<'m>(facts: &Facts<'m>, told: &[(String, Found)], outlet: &[&str]) -> Option<&'m Heading> {
    let proper =
        |heading: &&Heading| !heading.text.is_empty() && heading.text.len() <= 400 && !is_outlet(&heading.text, outlet);
    let headings: Vec<&Heading> = facts.marks.headings.iter().filter(proper).collect();
    let of_level = |wanted: fn(u8) -> bool| headings.iter().copied().filter(move |heading| wanted(heading.level));
    let first_level: Vec<&Heading> = of_level(|level| level == 1).collect();
    let agrees = |heading: &&Heading| told.iter().any(|(title, _)| agree(&heading.text, title));
    let is_part = |heading: &&Heading| told.iter().any(|(title, _)| is_part_of(&heading.text, title));
    let close = || {
        let fits = first_level.iter().copied().map(|heading| (shared(&heading.text, told), heading));
        let best = fits.filter(|(share, _)| *share >= 500);
        best.max_by_key(|(share, heading)| (*share, std::cmp::Reverse(heading.at))).map(|(_, heading)| heading)
    };
    // A single heading of one or two words is more often the name of the site than the title.
    let only = (first_level.len() == 1).then(|| first_level[0]);
    let telling = only.filter(|heading| heading.text.split_whitespace().count() > 2);
    let lower = || of_level(|level| level > 1).find(|heading| agrees(heading) || is_part(heading));
    let by_metadata = first_level.iter().copied().find(agrees).or_else(|| first_level.iter().copied().find(is_part));
    by_metadata
        .or(telling)
        .or_else(close)
        .or_else(lower)
        .or(only)
        .or_else(|| told.is_empty().then(|| first_level.first().copied()).flatten())
}

/// Whether a heading of some words is one of the parts of a page title.
fn is_part_of(heading: &str, title: &str) -> bool {
    let wanted = letters(heading);
    let mut parts = vec![title];
    for sign in SEPARATORS {
        parts = parts.into_iter().flat_map(|part| part.split(sign)).collect();
    }
    heading.split_whitespace().count() >= 3 && parts.len() > 1 && parts.iter().any(|part| letters(part) == wanted)
}

/// Whether two titles are one, where one of them may open with a kicker.
fn agree(heading: &str, title: &str) -> bool {
    alike(heading, title) || ends_with_title(heading, title)
}

fn ends_with_title(heading: &str, title: &str) -> bool {
    let (heading, title) = (letters(heading), letters(title));
    title.chars().count() >= 16 && heading.ends_with(&title)
}

/// The share of the words of a heading that a title of the metadata has too, in thousandths; the best of them.
fn shared(heading: &str, told: &[(String, Found)]) -> usize {
    let words: Vec<String> = heading.split_whitespace().map(letters).filter(|word| !word.is_empty()).collect();
    let share = |title: &str| {
        let other: Vec<String> = title.split_whitespace().map(letters).collect();
        1000 * words.iter().filter(|word| other.contains(word)).count() / words.len().max(1)
    };
    told.iter().map(|(title, _)| share(title)).max().unwrap_or_default()
}

/// A heading without the kicker that stands inside it, and without the outlet.
fn cleaned(heading: &Heading, told: &[(String, Found)], outlet: &[&str]) -> String {
    let text = without_outlet(&heading.text, outlet);
    let same = |title: &&String| letters(title) == letters(&text);
    let titles = || told.iter().map(|(title, _)| title);
    let first = heading.first.as_deref();
    let labelled = first.and_then(|first| titles().find_map(|title| title.strip_prefix(first)?.strip_prefix(" | ")));
    if let Some(rest) = labelled.filter(|rest| letters(&text).ends_with(&letters(rest))) {
        return rest.to_owned();
    }
    // Parts of a heading stand on lines of their own; the metadata has the sign between them.
    if let Some(title) = titles().find(same).filter(|_| first.is_some()) {
        return title.clone();
    }
    let rest = first.and_then(|first| text.strip_prefix(first)).map(str::trim);
    let rest = rest.map(|rest| rest.trim_start_matches([':', '-', '–', '|', '·', ' ']));
    if let Some(rest) = rest.filter(|rest| titles().any(|title| letters(title) == letters(rest))) {
        return rest.to_owned();
    }
    // "Ferries – Ferry to stop in May" with the kicker deeper inside, where the metadata knows the rest alone.
    let short = titles().filter(|_| first.is_some()).find(|title| {
        let kicker = text.split_whitespace().count().saturating_sub(title.split_whitespace().count());
        ends_with_title(&text, title) && (1..=4).contains(&kicker)
    });
    short.cloned().unwrap_or(text)
}

/// A title without the parts at its ends that name the outlet, nor the section beside it.
pub(super) fn without_outlet(title: &str, outlet: &[&str]) -> String {
    let mut title = title.trim();
    for _ in 0..3 {
        let cut = SEPARATORS.iter().find_map(|sign| {
            let (head, end) = title.rsplit_once(sign)?;
            is_outlet(end, outlet).then(|| (head.trim(), *sign))
        });
        let Some((head, sign)) = cut else { break };
        title = head;
        // "… | Opinion | Nova Post"
        if let Some((before, section)) = title.rsplit_once(sign).filter(|_| sign == " | ") {
            let short = section.split_whitespace().count() <= 2 && before.split_whitespace().count() >= 3;
            title = if short { before.trim() } else { title };
        }
    }
    let led = SEPARATORS.iter().find_map(|sign| {
        let (start, rest) = title.split_once(sign)?;
        (is_outlet(start, outlet) && rest.split_whitespace().count() >= 2).then(|| rest.trim())
    });
    led.unwrap_or(title).to_owned()
}

/// Whether words name the outlet: as one of its names does, or as its host abbreviates them.
fn is_outlet(words: &str, outlet: &[&str]) -> bool {
    let found = letters(words);
    let few = words.split_whitespace().count() <= 6;
    !found.is_empty()
        && few
        && outlet.iter().any(|name| {
            let label = name.split_once('.').filter(|_| !name.contains(' ')).map(|_| label(name));
            let name = letters(name);
            found == name || label.is_some_and(|label| abbreviates(&letters(label), &found))
        })
}

/// The telling part of a host: "nova" of "www.nova.co.example".
fn label(host: &str) -> &str {
    let parts: Vec<&str> = host.split('.').collect();
    let before_end = parts.len().saturating_sub(2);
    let second = parts.get(before_end).copied().unwrap_or(host);
    let is_suffix = second.len() <= 3 && before_end > 0 && parts.last().is_some_and(|end| end.len() == 2);
    if is_suffix { parts[before_end - 1] } else { second }
}

/// "novapost" and "npost" stand for "The Nova Post": the letters come in this order, from the start of a word.
fn abbreviates(label: &str, name: &str) -> bool {
    let name = if label.starts_with("the") { name } else { name.strip_prefix("the").unwrap_or(name) };
    let mut rest = name.chars();
    let in_order = label.chars().all(|c| rest.any(|other| other == c));
    in_order
        && label.chars().next() == name.chars().next()
        && (label == name || label.len() >= 4 && label.len() * 3 >= name.len())
}

/// Letters and digits alone, in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_are_cut_off() {
        let check = |title: &str, expected: &str| {
            assert_eq!(without_outlet(title, &["Nova Post", "thenovadaily.example"]), expected, "{title}");
        };
        check("Ferry to stop in May | Nova Post", "Ferry to stop in May");
        check("Ferry to stop in May | Opinion | Nova Post", "Ferry to stop in May");
        check("Nova Post - Ferry to stop", "Ferry to stop");
        check("Ferry - to stop | The Nova Daily", "Ferry - to stop");
        check("Ferry to stop – mayor", "Ferry to stop – mayor");
        check("Nova Post", "Nova Post");
    }

    #[test]
    fn hosts_stand_for_names() {
        assert!(abbreviates("thecrier", "thenovacrier") && abbreviates("novapost", "thenovapost"));
        assert!(!abbreviates("ship", "shipsandferriesofnova") && !abbreviates("post", "nova"));
        assert_eq!((label("nova.co.uk"), label("nova.example"), label("news.nova.example")), ("nova", "nova", "nova"));
    }
}
