//! Which article it is: the same one at a later time, or another.

use std::collections::BTreeSet;

use twosource_model::Article;
use xxhash_rust::xxh3::xxh3_128;

use crate::search::words;

/// Parameters of addresses that say where a reader came from, not what is read.
const TRACKING: &[&str] = &["fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "cmpid", "smid", "ref_src"];

/// Of the runs of three words of the shorter text, one in so many is in the longer one where both are one article at two
/// times. A rewritten article that is taken for another is found as a near copy; an article taken for the revision of
/// another would be hidden.
const SHARED: usize = 3;

/// Articles under one id that are held against a new one; no list makes the work more.
const PLACES: u128 = 32;

/// What an article is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// No other article has it.
    Sure(u128),
    /// Made from an id that the input gave: lists that number their articles "a", "b", "c" start anew in every file.
    Given(u128),
}

impl Key {
    /// The keys that an article of this content may stand under, the likeliest first. The last one is sure.
    pub(crate) fn places(self, content: u128) -> Vec<u128> {
        match self {
            Key::Sure(key) => vec![key],
            Key::Given(key) => {
                let next = |number: u128| hash_bytes(&[&key.to_be_bytes(), &number.to_be_bytes()]);
                std::iter::once(key).chain((1..PLACES).map(next)).chain([next(content)]).collect()
            }
        }
    }
}

/// Whether two articles with one id are one at two times: one title, or much wording in common.
pub(crate) fn is_one(one: &Article, other: &Article) -> bool {
    let title = |article: &Article| article.title.as_deref().unwrap_or_default().trim().to_lowercase();
    let (shorter, longer) = (runs(&one.text), runs(&other.text));
    let shared = shorter.intersection(&longer).count();
    !title(one).is_empty() && title(one) == title(other)
        || shared > 0 && shared * SHARED >= shorter.len().min(longer.len())
}

/// The runs of three words of a text, as hashes.
fn runs(text: &str) -> BTreeSet<u128> {
    let words: Vec<String> = words(text).map(|span| span.of(text).to_lowercase()).collect();
    words.windows(3).map(|run| hash(&[&run[0], &run[1], &run[2]])).collect()
}

/// The key of an article: its address, else outlet and the id the input gave, else outlet and text.
pub(crate) fn key(article: &Article) -> Key {
    // An id made from where the article was found says nothing about the article.
    let given = Some(&article.id).filter(|id| !id.is_empty() && !id.starts_with(article.input.as_str()));
    match (&article.url, &article.outlet, given) {
        (Some(url), _, _) => Key::Sure(key_of_url(url)),
        (None, Some(outlet), Some(id)) => Key::Given(hash(&["id", &outlet.to_lowercase(), id])),
        (None, outlet, _) => Key::Sure(hash(&["text", outlet.as_deref().unwrap_or_default(), &article.text])),
    }
}

/// The key of the article under an address.
pub(crate) fn key_of_url(url: &str) -> u128 {
    hash(&["url", &canonical(url)])
}

/// What a reader can see change: title and text.
pub(crate) fn content(article: &Article) -> u128 {
    hash(&[article.title.as_deref().unwrap_or_default(), &article.text])
}

/// A hash of parts that cannot run into one another.
pub(crate) fn hash(parts: &[&str]) -> u128 {
    hash_bytes(&parts.iter().map(|part| part.as_bytes()).collect::<Vec<_>>())
}

/// A hash of parts that cannot run into one another.
pub(crate) fn hash_bytes(parts: &[&[u8]]) -> u128 {
    let mut whole = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        whole.extend_from_slice(&(part.len() as u64).to_le_bytes());
        whole.extend_from_slice(part);
    }
    xxh3_128(&whole)
}

/// An address without what does not change the page it leads to: scheme, "www.", fragment, tracking, a last slash.
fn canonical(url: &str) -> String {
    let rest = url.trim().split_once("://").map_or(url.trim(), |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_lowercase();
    let host = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(&host);
    let kept: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !is_tracking(part)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    format!("{}/{}{query}", host.strip_prefix("www.").unwrap_or(host), path.trim_end_matches('/'))
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page() {
        let page = canonical("https://nova.example/a/b?id=1");
        for same in [
            "http://www.Nova.example/a/b/?id=1&utm_source=x#top",
            "https://nova.example:443/a/b?fbclid=9&id=1",
            " nova.example/a/b?id=1 ",
        ] {
            assert_eq!(canonical(same), page, "{same}");
        }
        for other in ["https://nova.example/a/b", "https://nova.example/A/b?id=1", "https://x.example/a/b?id=1"] {
            assert_ne!(canonical(other), page, "{other}");
        }
    }

    #[test]
    fn keys() {
        let article = |id: &str, outlet: Option<&str>, text: &str| Article {
            id: id.to_owned(),
            input: "a.jsonl".to_owned(),
            outlet: outlet.map(str::to_owned),
            text: text.to_owned(),
            ..Article::default()
        };
        let check = |same: bool, one: &Article, other: &Article| assert_eq!(key(one) == key(other), same);
        let nova = Some("Nova Post");
        check(true, &article("7", nova, "x"), &article("7", nova, "y"));
        check(false, &article("7", nova, "x"), &article("8", nova, "x"));
        check(true, &article("a.jsonl:1", nova, "x"), &article("a.jsonl:2", nova, "x"));
        check(false, &article("a.jsonl:1", nova, "x"), &article("a.jsonl:1", None, "x"));
        check(false, &article("7", None, "x"), &article("7", None, "y"));
    }

    #[test]
    fn one_article_at_two_times() {
        let article = |title: &str, text: &str| Article {
            title: Some(title.to_owned()),
            text: text.to_owned(),
            ..Article::default()
        };
        let first = article("Ferry stops", "The ferry to Elm stops in May, the port of Nova said on Monday.");
        let later =
            article("Ferry to stop", "The ferry to Elm stops in June, the port of Nova said on Monday. It is old.");
        let other =
            article("Mine floods", "Water rose in a mine at Holt, and forty men were brought up, the town said.");
        assert!(is_one(&first, &later));
        assert!(is_one(&first, &article("Ferry stops ", "All is different.")));
        assert!(!is_one(&first, &other));
        assert!(!is_one(&article("", ""), &article("", "")));
    }

    #[test]
    fn places_of_a_key() {
        assert_eq!(Key::Sure(7).places(1), [7]);
        let places = Key::Given(7).places(1);
        assert!(places[0] == 7 && places[1] != places[2] && places.len() == 33);
    }
}
