//! Addresses that are written relative to another (RFC 3986, section 5.2).

/// No address is longer, in bytes.
const LONGEST: usize = 8000;

/// What an address means where `base` is the address around it; `None` where that does not give a web address.
pub(crate) fn resolve(base: Option<&str>, address: &str) -> Option<String> {
    let address: String = address.trim().chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).collect();
    if address.is_empty() || address.len() > LONGEST {
        return None;
    }
    if scheme(&address).is_some() {
        return is_web(&address).then_some(address);
    }
    let base = base.map(str::trim).filter(|base| is_web(base) && base.len() <= LONGEST)?;
    let (scheme, rest) = base.split_once("://")?;
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let joined = match address.chars().next()? {
        '/' if address.starts_with("//") => return Some(format!("{scheme}:{address}")),
        '/' => address,
        '?' => format!("{}{address}", if path.is_empty() { "/" } else { path }),
        '#' => return Some(format!("{}{address}", base.split('#').next().unwrap_or(base))),
        _ => format!("{}/{address}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    Some(format!("{scheme}://{host}{}", without_dots(&joined)))
}

/// Whether an address is one of the web.
pub(crate) fn is_web(address: &str) -> bool {
    let scheme = scheme(address).unwrap_or_default();
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    web && address[scheme.len()..].starts_with("://") && address.len() > scheme.len() + 3
}

/// "https" of "https://…", "tag" of "tag:…".
fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let named = scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    (named && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// A path without "." and "..".
fn without_dots(address: &str) -> String {
    let path_end = address.find(['?', '#']).unwrap_or(address.len());
    let (path, rest) = address.split_at(path_end);
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_open = false;
    for part in path.split('/').skip(1) {
        ends_open = matches!(part, "." | "..");
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if ends_open && !parts.is_empty() { "/" } else { "" };
    format!("/{}{slash}{rest}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(resolve(Some("http://nova.example/a/b/c?d#e"), address).as_deref(), expected, "{address}");
        };
        check("https://x.example/1", Some("https://x.example/1"));
        check("/x", Some("http://nova.example/x"));
        check("x", Some("http://nova.example/a/b/x"));
        check("../x/./y/..", Some("http://nova.example/a/x/"));
        check("../../../../x", Some("http://nova.example/x"));
        check("?x", Some("http://nova.example/a/b/c?x"));
        check("#x", Some("http://nova.example/a/b/c?d#x"));
        check("//x.example/y", Some("http://x.example/y"));
        check("tag:x", None);
        check("javascript:alert(1)", None);
        check(" ", None);
        assert_eq!(resolve(None, "/x"), None);
        assert_eq!(resolve(Some("http://nova.example"), "x").as_deref(), Some("http://nova.example/x"));
    }
}
