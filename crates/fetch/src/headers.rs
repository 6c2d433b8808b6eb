//! The fields of an answer that are looked at.

use std::time::Duration;

use jiff::Timestamp;
use ureq::http::HeaderMap;

use crate::Want;

/// A field as text; nothing where it is missing or no text.
pub(crate) fn field<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}

/// What `Retry-After` says: seconds, or a date that is counted from `now` (RFC 9110, section 10.2.3).
pub(crate) fn retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let then = jiff::fmt::rfc2822::parse(&value.trim().replace("GMT", "+0000")).ok()?.timestamp();
    Some(Duration::try_from(then.duration_since(now)).unwrap_or_default())
}

/// "text/html" of "Text/HTML; charset=x".
pub(crate) fn media_type(value: &str) -> String {
    value.split([';', ',']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// For how long an answer stays good by its own word (`Cache-Control: max-age`).
pub(crate) fn max_age(value: &str) -> Option<Duration> {
    let directives = value.split(',').map(|directive| directive.trim().to_ascii_lowercase());
    let mut seconds =
        directives.filter_map(|directive| directive.strip_prefix("max-age=")?.trim_matches('"').parse().ok());
    seconds.next_back().map(Duration::from_secs)
}

/// Whether what is sent can be what is wanted. Feeds come under any name of text or data, pages under any of text.
pub(crate) fn may_be(wanted: Want, media: &str) -> bool {
    let (kind, form) = media.split_once('/').unwrap_or((media, ""));
    let is_markup = form.ends_with("xml") || form.ends_with("json") || form == "html";
    match (wanted, kind) {
        (Want::Robots, _) => true,
        (Want::Input, _) => !matches!(kind, "image" | "audio" | "video" | "font"),
        (_, "text") => !matches!(form, "css" | "javascript" | "csv" | "calendar"),
        (Want::Feed, "application") => is_markup || matches!(form, "octet-stream" | "x-rss" | "rss" | "atom" | "x-xml"),
        (_, "application") => is_markup,
        _ => kind.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits() {
        let now: Timestamp = "2031-03-04T10:00:00Z".parse().expect("a moment");
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Tue, 04 Mar 2031 10:01:00 GMT", now), Some(Duration::from_secs(60)));
        assert_eq!(retry_after("Tue, 04 Mar 2031 09:01:00 GMT", now), Some(Duration::ZERO));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-1", now), None);
    }

    #[test]
    fn types() {
        assert_eq!(media_type("Text/HTML ;charset=utf-8"), "text/html");
        assert_eq!(max_age("public, Max-Age=60"), Some(Duration::from_secs(60)));
        assert_eq!(max_age("no-cache"), None);
        for (wanted, media, expected) in [
            (Want::Page, "text/html", true),
            (Want::Page, "application/xhtml+xml", true),
            (Want::Page, "application/pdf", false),
            (Want::Page, "image/png", false),
            (Want::Feed, "application/rss+xml", true),
            (Want::Feed, "application/feed+json", true),
            (Want::Feed, "application/octet-stream", true),
            (Want::Feed, "audio/mpeg", false),
            (Want::Page, "text/css", false),
        ] {
            assert_eq!(may_be(wanted, media), expected, "{media}");
        }
    }
}
