//! The vocabularies whose names mean something here.

/// Which vocabulary a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// No namespace, one of the many of RSS, or a default one that is not known: names mean what RSS says.
    Plain,
    /// Atom 0.3 and 1.0.
    Atom,
    /// Dublin Core elements.
    DublinCore,
    /// Dublin Core terms.
    DublinTerms,
    /// The content module of RSS 1.0 (`content:encoded`).
    Content,
    /// Podcasts.
    Itunes,
    /// Media RSS.
    Media,
    /// HTML in XML.
    Xhtml,
    /// What FeedBurner adds (`origLink`).
    FeedBurner,
    /// `rdf:about` and its like.
    Rdf,
    /// Any other.
    Other,
}

/// What a namespace URI holds (lower case, without scheme and "www.") and what it then is.
const URIS: &[(&str, Space)] = &[
    ("w3.org/2005/atom", Space::Atom),
    ("purl.org/atom/ns", Space::Atom),
    ("purl.org/dc/terms", Space::DublinTerms),
    ("purl.org/dc/elements", Space::DublinCore),
    ("purl.org/rss/1.0/modules/content", Space::Content),
    ("itunes.com/dtds/podcast", Space::Itunes),
    ("search.yahoo.com/mrss", Space::Media),
    ("w3.org/1999/xhtml", Space::Xhtml),
    ("w3.org/tr/rec-html40", Space::Xhtml),
    ("rssnamespace.org/feedburner", Space::FeedBurner),
    ("w3.org/1999/02/22-rdf-syntax-ns", Space::Rdf),
    ("purl.org/rss/1.0/modules", Space::Other),
];

/// Namespaces in which RSS itself was written.
const RSS: &[&str] = &["purl.org/rss/1.0", "purl.org/net/rss", "netscape.com", "userland.com", "cyber.law.harvard.edu"];

/// The usual prefixes, for feeds that forgot to declare them.
const PREFIXES: &[(&str, Space)] = &[
    ("", Space::Plain),
    ("rss", Space::Plain),
    ("atom", Space::Atom),
    ("atom03", Space::Atom),
    ("atom10", Space::Atom),
    ("a10", Space::Atom),
    ("dc", Space::DublinCore),
    ("dcterms", Space::DublinTerms),
    ("content", Space::Content),
    ("itunes", Space::Itunes),
    ("media", Space::Media),
    ("xhtml", Space::Xhtml),
    ("html", Space::Xhtml),
    ("feedburner", Space::FeedBurner),
    ("rdf", Space::Rdf),
];

impl Space {
    /// What a URI stands for; an unknown one is judged by its prefix.
    pub(super) fn of_uri(uri: &str, prefix: &str) -> Space {
        let uri = uri.trim().to_ascii_lowercase();
        let uri = uri.split_once("://").map_or(&*uri, |(_, rest)| rest);
        let uri = uri.strip_prefix("www.").unwrap_or(uri);
        let known = URIS.iter().find(|(start, _)| uri.starts_with(start)).map(|(_, space)| *space);
        let rss = || RSS.iter().any(|start| uri.contains(start)).then_some(Space::Plain);
        known.or_else(rss).unwrap_or_else(|| Space::of_prefix(prefix))
    }

    /// What a prefix usually stands for.
    pub(super) fn of_prefix(prefix: &str) -> Space {
        PREFIXES.iter().find(|(usual, _)| *usual == prefix).map_or(Space::Other, |(_, space)| *space)
    }

    /// Whether names mean what the feed formats themselves say.
    pub(crate) fn is_core(self) -> bool {
        matches!(self, Space::Plain | Space::Atom)
    }
}
