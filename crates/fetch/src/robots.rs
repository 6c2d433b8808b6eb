//! `robots.txt`, by RFC 9309: who may ask for what, and how often.
//!
//! The rules of all groups that name us count, those of `*` where none does. Of the rules that fit a path the longest
//! decides, and of two of one length the one that allows; a path that none fits is allowed. `Crawl-delay` is no part of
//! the standard and honoured all the same.

use std::time::Duration;

/// What crawlers must read at least; what stands behind is not looked at (RFC 9309, section 2.5).
pub(crate) const MOST_BYTES: u64 = 500 * 1024;

/// The rules of one site for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// The time between two requests that the site asks for.
    pub crawl_delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allows: bool,
    /// A path with `*` and `$`, its percent-encoding in normal form.
    pattern: String,
}

/// A line that means something.
enum Line<'t> {
    Agent(&'t str),
    Rule(bool, &'t str),
    Delay(Duration),
    Other,
}

/// What a group of rules holds, and whom it is for.
#[derive(Default)]
struct Group {
    names_us: bool,
    names_all: bool,
    rules: Vec<Rule>,
    crawl_delay: Option<Duration>,
}

impl Robots {
    /// The rules for a product token such as "twosource"; what is no rule is passed over.
    pub fn read(text: &[u8], product: &str) -> Robots {
        let text = String::from_utf8_lossy(whole_lines(text));
        let groups = groups(&text, product);
        let is_named = groups.iter().any(|group| group.names_us);
        let counts = |group: &Group| if is_named { group.names_us } else { group.names_all };
        let mut robots = Robots::default();
        for group in groups.into_iter().filter(counts) {
            robots.rules.extend(group.rules);
            robots.crawl_delay = robots.crawl_delay.max(group.crawl_delay);
        }
        robots
    }

    /// Whether a path with its query may be asked for.
    pub fn allows(&self, path: &str) -> bool {
        let path = normal(path);
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(&rule.pattern, &path));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// What is read of a file; a line that the limit cuts would be another rule.
fn whole_lines(text: &[u8]) -> &[u8] {
    const MOST: usize = MOST_BYTES as usize;
    let Some(head) = text.get(..MOST) else { return text };
    let end = head.iter().rposition(|&byte| byte == b'\n').unwrap_or_default();
    &head[..end]
}

/// The groups of a file. Lines that name agents and follow one another belong to one group; an unknown line between
/// them changes nothing.
fn groups(text: &str, product: &str) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut is_open = false;
    for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
        match (self::line(line), groups.last_mut()) {
            (Line::Agent(name), last) => {
                let names_us = token(name).eq_ignore_ascii_case(product);
                let names_all = name.starts_with('*');
                match last.filter(|_| is_open) {
                    Some(group) => {
                        (group.names_us, group.names_all) = (group.names_us | names_us, group.names_all | names_all)
                    }
                    None => groups.push(Group { names_us, names_all, ..Group::default() }),
                }
                is_open = true;
            }
            (Line::Rule(allows, pattern), Some(group)) => {
                is_open = false;
                // An empty rule fits nothing.
                group.rules.extend((!pattern.is_empty()).then(|| Rule { allows, pattern: normal(pattern) }));
            }
            (Line::Delay(delay), Some(group)) => (is_open, group.crawl_delay) = (false, Some(delay)),
            _ => {}
        }
    }
    groups
}

fn line(line: &str) -> Line<'_> {
    let line = line.split('#').next().unwrap_or_default();
    let Some((key, value)) = line.split_once(':') else { return Line::Other };
    let value = value.trim();
    match &*key.trim().to_ascii_lowercase() {
        "user-agent" | "useragent" | "user agent" => Line::Agent(value),
        "allow" => Line::Rule(true, value),
        "disallow" => Line::Rule(false, value),
        "crawl-delay" => seconds(value).map_or(Line::Other, Line::Delay),
        _ => Line::Other,
    }
}

fn seconds(value: &str) -> Option<Duration> {
    let seconds: f64 = value.parse().ok()?;
    Duration::try_from_secs_f64(seconds).ok()
}

/// "twosource" of "Twosource/1.0".
fn token(name: &str) -> &str {
    let end = name.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).unwrap_or(name.len());
    &name[..end]
}

/// A path in which whatever may be written plainly is, and everything else is percent-encoded in capitals.
fn normal(path: &str) -> String {
    const PLAIN: &[u8] = b"-._~/?*$=&!'()+,;:@%";
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let escaped = (byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let value = escaped.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        match value {
            Some(value) if value.is_ascii_alphanumeric() || b"-._~".contains(&value) => out.push(char::from(value)),
            Some(value) => out.push_str(&format!("%{value:02X}")),
            None if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) => out.push(char::from(byte)),
            None => out.push_str(&format!("%{byte:02X}")),
        }
        at += if value.is_some() { 3 } else { 1 };
    }
    out
}

/// Whether a pattern fits a path from its start: `*` stands for anything, `$` at the end for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, is_anchored) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return !is_anchored || rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    if is_anchored { rest.ends_with(last) } else { rest.contains(last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cases: a file between lines of "---", then paths with "+" where they are allowed and "-" where not, and the
    /// delay in seconds behind "delay".
    #[test]
    fn cases() {
        let cases = include_str!("../cases/robots.txt");
        let mut parts = cases.split("\n---\n").skip(1);
        while let (Some(file), Some(expected)) = (parts.next(), parts.next()) {
            let robots = Robots::read(file.as_bytes(), "twosource");
            for line in expected.lines().filter(|line| !line.is_empty()) {
                let (sign, rest) = line.split_once(' ').expect("a sign and a path");
                match sign {
                    "+" | "-" => assert_eq!(robots.allows(rest), sign == "+", "{rest} of\n{file}"),
                    "delay" => assert_eq!(robots.crawl_delay, seconds(rest), "{file}"),
                    other => panic!("a sign that is none: {other}"),
                }
            }
        }
    }

    #[test]
    fn hostile_files() {
        let mut text = b"User-agent: *\n".to_vec();
        text.extend(b"Disallow: /*a*a*a*a*a*a*a*a*b$\n".repeat(20_000));
        let robots = Robots::read(&text, "twosource");
        assert!(robots.allows(&format!("/{}", "a".repeat(2000))));
        assert!(Robots::read(&[0xff; 4000], "twosource").allows("/"));
        assert!(
            Robots::read(b"User-agent: *\nCrawl-delay: -1\nCrawl-delay: NaN\nCrawl-delay: 1e99", "x")
                .crawl_delay
                .is_none()
        );
    }
}
