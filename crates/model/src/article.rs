//! An article as it was published.

use std::collections::BTreeMap;

use crate::span::Span;
use crate::vocabulary::vocabulary;

/// One published text with its metadata. What a source did not give stays `None`: nothing is guessed here.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Article {
    /// The id the input gave, or one made from where it was found; unique within a run.
    pub id: String,
    /// Path or URL it was read from, as a person would recognise it.
    pub input: String,
    /// Canonical address.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The agency whose copy it carries, where the metadata or a credit in the text says so ("(Reuters) -").
    pub agency: Option<String>,
    /// Authors in the order of the byline.
    pub authors: Vec<String>,
    /// The title the metadata gives; a headline inside the text is a block as well.
    pub title: Option<String>,
    /// First publication.
    pub published: Option<Instant>,
    /// Last change.
    pub modified: Option<Instant>,
    /// ISO 639-1 code of the language of the body.
    pub language: Option<String>,
    /// What every span points into. For plain text the decoded file, unchanged.
    pub text: String,
    /// False when the text is truncated or behind a paywall as far as can be seen.
    pub complete: bool,
    /// Blocks in text order; they do not overlap and together hold every character that is not white space.
    pub blocks: Vec<Block>,
    /// When an entry of a live blog was written, by the number of each of its blocks.
    pub block_times: BTreeMap<usize, Instant>,
    /// Where each piece of metadata was found. A piece that is missing here is missing in the article.
    pub found: BTreeMap<Field, Found>,
    /// Whom an item of a feed names as its source, where it was taken over from another (RSS `<source>`).
    pub via: Option<String>,
    /// What an agency tells its customers about the item.
    pub wire: Option<Wire>,
    /// What was skipped or unsure while reading, in words a person can act on.
    pub diagnostics: Vec<String>,
}

/// What an agency tells its customers about an item (ninjs, NewsML-G2, NITF).
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Wire {
    /// Whether the item may be used.
    pub status: Option<PubStatus>,
    /// Until when it must not be published.
    pub embargoed_until: Option<Instant>,
    /// A note of the editors that is not for publication.
    pub editors_note: Option<String>,
    /// The version of the item, as the agency counts.
    pub version: Option<String>,
}

vocabulary! {
    /// Whether an item of an agency may be used: the IPTC codes `stat:usable`, `stat:withheld`, `stat:canceled`.
    PubStatus {
        /// It may be published.
        Usable = "usable",
        /// It must not be published until further notice.
        Withheld = "withheld",
        /// It was taken back.
        Canceled = "canceled",
    }
}

vocabulary! {
    /// The pieces of metadata whose place of finding is kept.
    Field {
        /// [`Article::url`].
        Url = "url",
        /// [`Article::outlet`].
        Outlet = "outlet",
        /// [`Article::agency`].
        Agency = "agency",
        /// [`Article::authors`].
        Authors = "authors",
        /// [`Article::title`].
        Title = "title",
        /// [`Article::published`].
        Published = "published",
        /// [`Article::modified`].
        Modified = "modified",
        /// [`Article::language`].
        Language = "language",
    }
}

vocabulary! {
    /// Where a piece of metadata was found.
    Found {
        /// A field of the record that was read: JSON, Parquet.
        Record = "record",
        /// schema.org data in a script of the page.
        JsonLd = "json_ld",
        /// schema.org data in attributes of elements.
        Microdata = "microdata",
        /// A `meta` element.
        Meta = "meta",
        /// A `link` element.
        Link = "link",
        /// A `time` element.
        Time = "time",
        /// The heading of the page, or an attribute of its root.
        Heading = "heading",
        /// The `title` element.
        PageTitle = "page_title",
        /// The address.
        Url = "url",
        /// The visible text.
        Text = "text",
        /// An entry of a feed.
        Feed = "feed",
        /// The headers of an archived record.
        Archive = "archive",
        /// The metadata of an agency's item.
        Wire = "wire",
    }
}

/// A piece of an article of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, without white space around it.
    pub span: Span,
}

vocabulary! {
    /// What a block is. Body text makes claims; furniture can inform (a headline names the lead, a credit an agency).
    BlockKind {
        /// The title of the article.
        Headline = "headline",
        /// The summary under the headline.
        Standfirst = "standfirst",
        /// The short label over the headline.
        Kicker = "kicker",
        /// Who wrote it.
        Byline = "byline",
        /// Where and when it was written or published, on a line of its own.
        Dateline = "dateline",
        /// A title between paragraphs.
        Heading = "heading",
        /// Running text.
        Paragraph = "paragraph",
        /// An item of a list in the body.
        ListItem = "list_item",
        /// A quotation set as a block, a statement or an embedded post.
        Quote = "quote",
        /// Words of the article repeated for display.
        PullQuote = "pull_quote",
        /// The text under a picture.
        Caption = "caption",
        /// Who made a picture, or which agency contributed.
        Credit = "credit",
        /// What the outlet says it changed.
        Correction = "correction",
        /// One entry of a live blog.
        LiveEntry = "live_entry",
        /// Read more, newsletter, share, advertisement.
        Promo = "promo",
        /// Anything else.
        Other = "other",
    }
}

impl BlockKind {
    /// Whether blocks of this kind make claims of their own.
    pub fn is_body(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote | BlockKind::LiveEntry)
    }
}

/// A day (`2025-11-14`) or a moment (RFC 3339, `2025-11-14T08:30:00Z`), as precise as the source gave it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(String);

impl Instant {
    /// Takes a date or an RFC 3339 time; `None` where the text is neither.
    ///
    /// A time of day without an offset tells no moment and is left out. Only the shape is checked (digits and
    /// separators, month and day in range): calendars belong to the stages.
    pub fn new(text: &str) -> Option<Instant> {
        let day = text.get(..10)?;
        let digits = |range: std::ops::Range<usize>| day.get(range)?.parse::<u32>().ok();
        let well_formed = day.is_ascii()
            && day.bytes().enumerate().all(
                |(at, byte)| {
                    if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() }
                },
            )
            && (1..=12).contains(&digits(5..7)?)
            && (1..=31).contains(&digits(8..10)?);
        let rest = &text[10..];
        let time = rest.strip_prefix(['T', 't', ' ']);
        if !well_formed || (time.is_none() && !rest.is_empty()) {
            return None;
        }
        match time.filter(|time| has_offset(time)) {
            Some(time) => Some(Instant(format!("{day}T{}", time.trim().to_uppercase()))),
            None => Some(Instant(day.to_owned())),
        }
    }

    /// The day alone, `YYYY-MM-DD`.
    pub fn day(&self) -> &str {
        &self.0[..10]
    }

    /// As it was given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a time of day ends in "Z" or an offset such as "+01:00".
fn has_offset(time: &str) -> bool {
    let time = time.trim();
    let offset = time.len().checked_sub(6).and_then(|at| time.get(at..)).unwrap_or_default().as_bytes();
    let numeric = matches!(offset, [b'+' | b'-', a, b, b':', c, d] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()));
    time.len() >= 6 && time.is_ascii() && (time.ends_with(['Z', 'z']) || numeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants() {
        assert_eq!(Instant::new("2025-11-14").unwrap().day(), "2025-11-14");
        assert_eq!(Instant::new("2025-11-14T08:30:00+01:00").unwrap().day(), "2025-11-14");
        assert_eq!(Instant::new("2025-11-14 08:30:00").unwrap().as_str(), "2025-11-14");
        assert_eq!(Instant::new("2025-11-14 08:30:00z").unwrap().as_str(), "2025-11-14T08:30:00Z");
        for wrong in ["", "2025-13-01", "14 Nov 2025", "2025-11-14x", "2025-11-1é"] {
            assert_eq!(Instant::new(wrong), None, "{wrong}");
        }
    }
}
