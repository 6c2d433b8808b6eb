//! Laws for the readers of XML and its kin: no bytes make them panic, hostile input costs itself only, and a list of
//! feeds that is written is read again as it was.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use twosource_model::Article;
use twosource_read::feeds::feed;
use twosource_read::opml::{self, FeedSource};
use twosource_read::{Limits, Read, read_bytes};

fn read(text: &[u8]) -> Read {
    let read = read_bytes("a.xml", text, &Limits::default()).unwrap_or_default();
    read.articles.iter().for_each(holds);
    read
}

/// Blocks lie in order, apart, and hold all that is not white space.
fn holds(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let gap = article.text.get(end..block.span.start).expect("blocks in order, on character boundaries");
        assert!(gap.trim().is_empty() && !block.span.is_empty(), "“{gap}” is in no block");
        end = block.span.end;
    }
    assert!(article.text[end..].trim().is_empty());
}

/// What opens a document of each format, so that what follows reaches its reader.
const OPENINGS: &[&str] = &[
    "<rss><channel>",
    "<rdf:RDF>",
    "<feed xmlns='http://www.w3.org/2005/Atom'>",
    "<CHANNEL>",
    "<newsItem>",
    "<newsMessage>",
    "<NewsML>",
    "<nitf>",
    "<opml>",
    "<!DOCTYPE rss [",
];

/// Pieces of the formats, whole and broken.
fn piece() -> impl Strategy<Value = String> {
    let parts = [
        "<item>",
        "</item>",
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "<link href='a'/>",
        "<link>",
        "<description>",
        "</description>",
        "<content type='xhtml'>",
        "<content:encoded>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&amp;",
        "&",
        "&#0;",
        "&#x110000;",
        "&nbsp;",
        "&lt;p&gt;",
        "<p>",
        "</p>",
        "<b",
        "</",
        ">",
        "<",
        "'",
        "\"",
        "=",
        "<!ENTITY a '&a;'>",
        "]>",
        "&a;",
        "<?",
        "xmlns:a='",
        "é",
        "\u{0}",
        "😀",
        "Ferry stops. ",
        "3 May 25 08:00",
        "2025-05-03T",
        "<pubDate>",
        "<author><name>",
        "<guid>",
        "<media:group>",
        "<media:description>",
        "<source>",
        "<contentSet>",
        "<inlineXML>",
        "<inlineData>",
        "<itemMeta>",
        "<embargoed/>",
        "<pubStatus qcode='stat:x'/>",
        "<contentMeta>",
        "<headline>",
        "<body.content>",
        "<body.head>",
        "<hedline>",
        "<hl1>",
        "<NewsItem>",
        "<DataContent>",
        "<outline text='a' xmlUrl='b'>",
        "</outline>",
        "<dateline>",
        "<byline>",
        "mode='base64'",
        "<docdata>",
        "<date.release norm='2025'/>",
    ];
    prop::sample::select(parts.to_vec()).prop_map(str::to_owned)
}

fn words() -> impl Strategy<Value = String> {
    "[ -~é😀\n]{0,12}".prop_map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn source() -> impl Strategy<Value = FeedSource> {
    let address = "[!-~é]{1,20}";
    let folders = prop::collection::vec(words().prop_filter("a folder has a name", |name| !name.is_empty()), 0..4);
    (words(), address, prop::option::of("[!-~]{1,20}"), folders).prop_map(|(title, feed_url, site_url, folders)| {
        let title = if title.is_empty() { feed_url.clone() } else { title };
        FeedSource { title, feed_url, site_url, folders }
    })
}

proptest! {
    #[test]
    fn any_bytes(opening in 0..OPENINGS.len(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&[OPENINGS[opening].as_bytes(), &bytes].concat());
    }

    #[test]
    fn any_pieces(opening in 0..OPENINGS.len(), pieces in prop::collection::vec(piece(), 0..40)) {
        let text = format!("{}{}", OPENINGS[opening], pieces.concat());
        read(text.as_bytes());
        feed(text.as_bytes(), &Limits::default());
        opml::read(text.as_bytes(), &Limits::default());
    }

    #[test]
    fn any_json(pieces in prop::collection::vec(prop::sample::select(vec![
        "\"uri\":\"u\"", "\"type\":\"text\"", "\"bodies\":[{\"value\":\"It stops.\"}]", "\"bodies\":3", "\"version\":\"https://jsonfeed.org/version/1\"",
        "\"items\":[{\"title\":\"a\"},[],{\"content_html\":\"<p>\"}]", "\"headlines\":[null]", "\"associations\":{\"a\":[{\"type\":\"text\"}]}",
        "\"pubstatus\":[]", "\"embargoed\":\"soon\"", "\"body_xhtml\":\"<p\"", "\"authors\":[{}]", "\"versioncreated\":1",
    ]), 0..8)) {
        read(format!("{{{}}}", pieces.join(",")).as_bytes());
    }

    #[test]
    fn lists_of_feeds_come_back(title in words(), feeds in prop::collection::vec(source(), 0..8)) {
        let text = opml::write(&title, &feeds);
        prop_assert_eq!(opml::read(text.as_bytes(), &Limits::default()), Some(feeds.clone()));
        prop_assert_eq!(opml::write(&title, &feeds), text);
    }
}

/// Inputs on which a careless reader takes time that grows with the square of their length, or a deep stack.
#[test]
fn hostile_inputs() {
    let pieces = [
        "<item>",
        "<a>",
        "<item><title>",
        "</x>",
        "<a b='",
        "<a b=\"",
        "<!--",
        "<![CDATA[",
        "<![CDATA[]]>",
        "&",
        "&a;",
        "&amp;",
        "<",
        "<a xmlns:b='c'>",
        "<outline text='a'>",
        "<p>",
        "<br>",
        "<author>a</author>",
        "<media:content><media:description>a</media:description></media:content>",
        "<category>a</category>",
        "<link>http://a.example/</link>",
        "<newsItem><contentSet><inlineData>It stops.</inlineData></contentSet></newsItem>",
        "<edNote>a</edNote>",
        "<NewsItem><DataContent>a</DataContent></NewsItem>",
        "<item><title>a</title></item>",
        "<title>a",
        "a ",
        "\n",
        "<abstract><p>a</p></abstract>",
    ];
    for opening in OPENINGS {
        for piece in pieces {
            let text = format!("{opening}{}", piece.repeat(100_000 / piece.len()));
            let start = Instant::now();
            read(text.as_bytes());
            assert!(start.elapsed() < Duration::from_secs(10), "{opening}{piece} takes {:?}", start.elapsed());
        }
    }
}

#[test]
fn limits_are_named() {
    let limits = Limits { depth: 20, elements: 50, ..Limits::default() };
    let notes = |text: &str| {
        let read = read_bytes("a.xml", text.as_bytes(), &limits).expect("a feed");
        read.notes.into_iter().map(|(_, note)| note).collect::<Vec<_>>().join("; ")
    };
    let deep = format!("<rss><channel><item><title>a</title>{}", "<a>".repeat(30));
    assert!(notes(&deep).contains("more than 20 deep"), "{}", notes(&deep));
    let wide = format!("<rss><channel>{}", "<item><title>a</title></item>".repeat(60));
    assert!(notes(&wide).contains("more than 50 elements"), "{}", notes(&wide));
    let page = Limits { page_bytes: 100, ..Limits::default() };
    let error = read_bytes("a.xml", wide.as_bytes(), &page).expect_err("too large").to_string();
    assert!(error.contains("one document in XML"), "{error}");
}

#[test]
fn encodings() {
    let text = "<?xml version='1.0' encoding='ENC'?><rss><channel><title>Nova</title><item><title>Fähre hält</title></item></channel></rss>";
    let title =
        |bytes: &[u8]| read(bytes).articles.first().and_then(|article| article.title.clone()).unwrap_or_default();
    let latin: Vec<u8> =
        text.replace("ENC", "iso-8859-1").chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let undeclared: Vec<u8> = latin.iter().copied().skip_while(|byte| *byte != b'>').skip(1).collect();
    let wide: Vec<u8> = text.replace("ENC", "utf-16").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let widest: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    for bytes in [text.as_bytes(), &latin, &undeclared, &wide, &widest] {
        assert_eq!(title(bytes), "Fähre hält");
    }
}
