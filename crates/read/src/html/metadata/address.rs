//! The address of a page and the name of its outlet.

use twosource_model::Found;

use super::Facts;
use super::marks::Marks;
use super::title::{SEPARATORS, letters};
use crate::json::host;

/// The canonical address: the link, `og:url`, the script, or where the page was read from.
///
/// Relative addresses count from the page's own; what is no web address and what leads to the front page is passed over.
pub(super) fn canonical(marks: &Marks, address: Option<&str>, stated: Option<&str>) -> Option<(String, Found)> {
    let tagged = marks.meta(&["og:url"]).filter(|url| is_web(url));
    let base = address.or(tagged);
    let link = marks.canonical.as_deref().map(|url| (url, Found::Link));
    let candidates = [link, tagged.map(|url| (url, Found::Meta)), stated.map(|url| (url, Found::JsonLd))];
    let found = candidates.into_iter().flatten().find_map(|(url, found)| {
        let url = absolute(url, base)?;
        (!is_front(&url)).then_some((url, found))
    });
    found.or_else(|| address.map(|url| (url.to_owned(), Found::Url)))
}

/// Whether an address is one of the web.
pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let url = url.trim();
    let fits = |url: &str| url.len() <= 2000 && !url.contains(char::is_whitespace) && host(url).is_some();
    if is_web(url) {
        return fits(url).then(|| url.to_owned());
    }
    let has_scheme = url.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'));
    if has_scheme || url.is_empty() {
        return None;
    }
    let (scheme, rest) = base?.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let joined = match url {
        _ if url.starts_with("//") => format!("{scheme}:{url}"),
        _ if url.starts_with('/') => format!("{scheme}://{}{url}", &rest[..end]),
        _ => {
            let path = rest.split(['?', '#']).next().unwrap_or(rest);
            let folder = path.rfind('/').map_or(path, |at| &path[..at]);
            format!("{scheme}://{folder}/{}", url.strip_prefix("./").unwrap_or(url))
        }
    };
    fits(&joined).then_some(joined)
}

fn is_front(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty() || path.starts_with('#'))
}

/// The name readers know the outlet by: the publisher's, the site's, the end of the page title, at last the host.
pub(super) fn outlet(facts: &Facts, url: Option<&str>) -> Option<(String, Found)> {
    let host = url.and_then(host);
    let stated = facts.stated.and_then(|stated| stated.publisher.as_deref()).map(|name| (name, Found::JsonLd));
    let tagged = facts.marks.meta(&["og:site_name", "application-name"]).map(|name| (name, Found::Meta));
    let named: Vec<(&str, Found)> = [stated, tagged].into_iter().flatten().filter(|(name, _)| !is_web(name)).collect();
    // A host given as a name is as good as none where a name is given as well.
    let readable = named.iter().find(|(name, _)| !is_host(name)).or(named.first());
    let readable = readable.map(|(name, found)| ((*name).to_owned(), *found));
    readable
        .or_else(|| Some((suffix(facts.marks.page_title.as_deref()?, host.as_deref()?)?, Found::PageTitle)))
        .or_else(|| host.clone().map(|host| (host, Found::Url)))
}

fn is_host(name: &str) -> bool {
    !name.contains(' ')
        && name.rsplit_once('.').is_some_and(|(_, end)| end.len() >= 2 && end.chars().all(char::is_lowercase))
}

/// The end of a page title where it spells the host: "Ferry to stop | Nova Post" on novapost.example.
fn suffix(title: &str, host: &str) -> Option<String> {
    let end = SEPARATORS
        .iter()
        .filter_map(|sign| title.rsplit_once(sign))
        .map(|(_, end)| end.trim())
        .min_by_key(|end| end.len())?;
    let label = host.rsplit('.').nth(1)?;
    (letters(end) == letters(label)).then(|| end.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_whole() {
        let base = Some("https://nova.example/a/b?c");
        let check = |url: &str, expected: Option<&str>| assert_eq!(absolute(url, base).as_deref(), expected, "{url}");
        check("https://other.example/x", Some("https://other.example/x"));
        check("//m.nova.example/x", Some("https://m.nova.example/x"));
        check("/x", Some("https://nova.example/x"));
        check("x", Some("https://nova.example/a/x"));
        check("javascript:alert(1)", None);
        check("ftp://nova.example/x", None);
        assert_eq!(absolute("/x", None), None);
        assert!(
            is_front("https://nova.example/")
                && is_front("https://nova.example")
                && !is_front("https://nova.example/?p=1")
        );
    }
}
