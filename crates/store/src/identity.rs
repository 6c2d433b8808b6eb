//! Which article it is: the same one at a later time, or another.

use twosource_model::Article;
use xxhash_rust::xxh3::xxh3_128;

/// Parameters of addresses that say where a reader came from, not what is read.
const TRACKING: &[&str] = &["fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "cmpid", "smid", "ref_src"];

/// The key of an article: its address, else outlet and the id the input gave, else outlet and text.
pub(crate) fn key(article: &Article) -> u128 {
    // An id made from where the article was found says nothing about the article.
    let given = Some(&article.id).filter(|id| !id.is_empty() && !id.starts_with(article.input.as_str()));
    match (&article.url, &article.outlet, given) {
        (Some(url), _, _) => key_of_url(url),
        (None, Some(outlet), Some(id)) => hash(&["id", &outlet.to_lowercase(), id]),
        (None, outlet, _) => hash(&["text", outlet.as_deref().unwrap_or_default(), &article.text]),
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
}
