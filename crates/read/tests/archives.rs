//! Archives of invented pages, whole and broken; and the fixtures of another reader, where they are beside the checkout.

#![allow(clippy::print_stdout, reason = "a test that skips something says so")]

use std::io::Write as _;
use std::path::Path;

use flate2::write::{DeflateEncoder, GzEncoder};
use twosource_model::{Field, Found};
use twosource_read::{Limits, Piece, Read, read_bytes, read_path, records_of_stream};

/// A page about the ferry that a reader can tell from others by its number.
fn page(number: usize) -> String {
    format!(
        "<!doctype html><html><head><title>Ferry {number} to stop</title></head><body><article><h1>Ferry {number} to stop</h1>\
         <p>The ferry number {number} of Nova will stop in May, the port said on Friday, after a century of service to the \
         villages on the shore and a long quarrel about the price of its tickets.</p></article></body></html>"
    )
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

/// A record that states a length, be it right or not.
fn stating(kind: &str, url: &str, content_type: &str, length: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-05-03T08:00:00Z\r\n\
         Content-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn record(kind: &str, url: &str, content_type: &str, block: &[u8]) -> Vec<u8> {
    stating(kind, url, content_type, &block.len().to_string(), block)
}

/// The record of an answer with a page.
fn captured(number: usize) -> Vec<u8> {
    let block = answer("200 OK\r\nContent-Type: text/html; charset=utf-8", page(number).as_bytes());
    record("response", &format!("https://nova.example/{number}"), "application/http; msgtype=response", &block)
}

fn lying(number: usize, length: &str) -> Vec<u8> {
    let block = answer("200 OK\r\nContent-Type: text/html", page(number).as_bytes());
    stating("response", &format!("https://nova.example/{number}"), "application/http", length, &block)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory to write to");
    encoder.finish().expect("memory to write to")
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 1).expect("a frame")
}

fn read(bytes: &[u8]) -> Read {
    read_bytes("a.warc", bytes, &Limits::default()).expect("an archive with articles")
}

/// The numbers of the ferries that articles are about, in order.
fn ferries(read: &Read) -> Vec<String> {
    let number = |title: &str| title.split(' ').nth(1).unwrap_or_default().to_owned();
    read.articles.iter().map(|article| number(article.title.as_deref().unwrap_or_default())).collect()
}

#[test]
fn pages_come_out_under_their_address_and_without_the_day_of_the_capture() {
    let read = read(&captured(1));
    let [article] = &read.articles[..] else { panic!("one article, not {read:?}") };
    assert_eq!(article.url.as_deref(), Some("https://nova.example/1"));
    assert_eq!(article.found.get(&Field::Url), Some(&Found::Archive));
    assert_eq!((article.published.as_ref(), &*article.input), (None, "a.warc"));
    assert!(article.text.contains("will stop in May"));
}

#[test]
fn every_way_to_pack_an_archive_gives_the_same() {
    let records: Vec<Vec<u8>> = (1..=3).map(captured).collect();
    let whole = records.concat();
    let each = |pack: fn(&[u8]) -> Vec<u8>| records.iter().flat_map(|record| pack(record)).collect::<Vec<u8>>();
    let expected = read(&whole);
    assert_eq!(ferries(&expected), ["1", "2", "3"]);
    for packed in [gzip(&whole), zstd(&whole), each(gzip), each(zstd)] {
        assert_eq!(read(&packed), expected);
        let stream = Box::new(std::io::Cursor::new(packed));
        let pieces = records_of_stream("a.warc", stream, &Limits::default()).expect("an archive");
        assert_eq!(pieces.filter(|piece| matches!(piece, Piece::Record(_))).count(), 3);
    }
}

#[test]
fn only_pages_are_articles() {
    let html = "text/html";
    let http = "application/http";
    let not_found = answer("404 Not Found\r\nContent-Type: text/html", page(9).as_bytes());
    let picture = answer("200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n\x1a\n");
    let data = answer("200 OK\r\nContent-Type: application/json", br#"{"text":"No article."}"#);
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: none\r\n"),
        record("request", "https://nova.example/1", http, b"GET / HTTP/1.1\r\n\r\n"),
        captured(1),
        record("response", "https://nova.example/2", http, &not_found),
        record("response", "https://nova.example/3.png", http, &picture),
        record("response", "https://nova.example/4.json", http, &data),
        record("revisit", "https://nova.example/1", http, b"HTTP/1.1 200 OK\r\n\r\n"),
        record("response", "dns:nova.example", "text/dns", b"20250503080000\nnova.example. A 127.0.0.1"),
        record("resource", "<https://nova.example/5 a>", html, page(5).as_bytes()),
        record(
            "conversion",
            "https://nova.example/6",
            "text/plain",
            b"The ferry stops in May, the port of Nova said.\n",
        ),
    ]
    .concat();
    let read = read(&archive);
    let urls: Vec<_> = read.articles.iter().filter_map(|article| article.url.as_deref()).collect();
    assert_eq!(urls, ["https://nova.example/1", "https://nova.example/5 a", "https://nova.example/6"]);
    assert_eq!(read.notes, []);
    let stream = Box::new(std::io::Cursor::new(archive));
    let pieces = records_of_stream("a.warc", stream, &Limits::default()).expect("an archive");
    let remarks: Vec<_> =
        pieces.filter_map(|piece| if let Piece::Remark(note) = piece { Some(note.message) } else { None }).collect();
    assert_eq!(remarks, ["pages and the like: 4; records left out: 1 with another status than 200, 5 of another kind"]);
}

#[test]
fn a_record_that_lies_about_its_length_costs_no_other() {
    for length in ["10", "100000", "99999999999999999999", "9223372036854775807", "-1", "", "0"] {
        let archive = [captured(1), lying(2, length), captured(3)].concat();
        for archive in [
            archive.clone(),
            gzip(&archive),
            [gzip(&captured(1)), gzip(&lying(2, length)), gzip(&captured(3))].concat(),
        ] {
            let read = read(&archive);
            assert_eq!(ferries(&read), ["1", "2", "3"], "{length}: {:?}", read.notes);
        }
    }
}

#[test]
fn damage_costs_the_record_it_is_in() {
    let mut broken = gzip(&captured(2));
    let middle = broken.len() / 2;
    broken[middle..middle + 20].fill(0xff);
    let read_all = read(&[gzip(&captured(1)), broken, gzip(&captured(3))].concat());
    assert_eq!(ferries(&read_all), ["1", "3"]);
    assert!(read_all.notes.iter().any(|(_, note)| note.contains("damaged")), "{:?}", read_all.notes);
    let between = read(&[&captured(1)[..], b"rubbish\r\nmore of it\r\n", &captured(2)].concat());
    assert_eq!((ferries(&between), between.notes.len()), (vec!["1".to_owned(), "2".to_owned()], 1));
}

#[test]
fn an_archive_that_is_cut_off_keeps_what_it_has() {
    let whole = [captured(1), captured(2)].concat();
    let read = read(&whole[..whole.len() - 80]);
    assert_eq!(ferries(&read), ["1", "2"]);
    assert!(read.articles[0].complete && !read.articles[1].complete);
    assert!(read.articles[1].diagnostics.iter().any(|note| note.contains("ends in the middle")));
}

#[test]
fn answers_are_taken_as_they_were_before_they_were_sent() {
    let body = page(1);
    let (half, rest) = body.split_at(100);
    let chunked = format!("{:x}\r\n{half}\r\n{:x}\r\n{rest}\r\n0\r\n\r\n", half.len(), rest.len());
    for (head, body) in [
        ("Transfer-Encoding: chunked", chunked.into_bytes()),
        ("Content-Encoding: gzip", gzip(body.as_bytes())),
        ("Content-Encoding: gzip", body.clone().into_bytes()),
        ("Transfer-Encoding: chunked", body.clone().into_bytes()),
    ] {
        let block = answer(&format!("200 OK\r\nContent-Type: text/html\r\n{head}"), &body);
        let read = read(&record("response", "https://nova.example/1", "application/http", &block));
        assert_eq!(ferries(&read), ["1"], "{head}");
        assert_eq!(read.articles[0].diagnostics, [""; 0], "{head}");
    }
}

#[test]
fn the_sender_names_the_encoding() {
    let body = page(1).replace("Nova", "N\u{f3}wa \u{141}");
    let (bytes, _, _) = encoding_rs::ISO_8859_2.encode(&body);
    let block = answer("200 OK\r\nContent-Type: text/html; charset=ISO-8859-2", &bytes);
    let read = read(&record("response", "https://nova.example/1", "application/http", &block));
    assert!(read.articles[0].text.contains("N\u{f3}wa \u{141}"), "{}", read.articles[0].text);
}

#[test]
fn a_bomb_in_an_answer_names_the_limit() {
    let limits = Limits { page_bytes: 100_000, ..Limits::default() };
    let block = answer("200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", &gzip(&vec![b' '; 1 << 20]));
    let bomb = record("response", "https://nova.example/2", "application/http", &block);
    let read = read_bytes("a.warc", &[captured(1), bomb, captured(3)].concat(), &limits).expect("an archive");
    assert_eq!(ferries(&read), ["1", "3"]);
    assert!(
        read.notes[0].1.starts_with("record 2 (https://nova.example/2): skipped: more than the limit"),
        "{:?}",
        read.notes
    );
}

#[test]
fn arc_files_are_read() {
    let block = answer("200 OK\r\nContent-Type: text/html", page(1).as_bytes());
    let head = format!("http://nova.example/a b 127.0.0.1 20250503080000 text/html {}\n", block.len());
    let bad = "http://nova.example/x 127.0.0.1 20250503080000 text/html -1\n\n";
    let archive = [
        b"filedesc://a.arc 127.0.0.1 20250503080000 text/plain 6\nabcde\n\n",
        head.as_bytes(),
        &block,
        b"\n",
        bad.as_bytes(),
        head.as_bytes(),
        &block,
        b"\n",
    ]
    .concat();
    let read = read(&archive);
    assert_eq!(ferries(&read), ["1", "1"]);
    assert_eq!(read.articles[0].url.as_deref(), Some("http://nova.example/a b"));
    assert_eq!(read.notes.len(), 1, "{:?}", read.notes);
}

/// A ZIP archive of some files, stored or deflated.
fn zip(files: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes, is_deflated) in files {
        let mut deflate = DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(bytes).expect("memory to write to");
        let packed = if *is_deflated { deflate.finish().expect("memory to write to") } else { bytes.to_vec() };
        let number = |value: usize| u32::try_from(value).expect("a small archive").to_le_bytes();
        let method = [if *is_deflated { 8u8 } else { 0 }, 0];
        let middle =
            [&[0; 8][..], &number(packed.len()), &number(bytes.len()), &number(name.len())[..2], &[0, 0]].concat();
        let place = number(out.len());
        out.extend([&b"PK\x03\x04\x14\0\0\0"[..], &method, &middle, name.as_bytes(), &packed].concat());
        directory
            .extend([&b"PK\x01\x02\x14\0\x14\0\0\0"[..], &method, &middle, &[0; 10], &place, name.as_bytes()].concat());
    }
    let number = |value: usize| u32::try_from(value).expect("a small archive").to_le_bytes();
    let count = &number(files.len())[..2];
    let end =
        [&b"PK\x05\x06\0\0\0\0"[..], count, count, &number(directory.len()), &number(out.len()), &[0, 0]].concat();
    [out, directory, end].concat()
}

#[test]
fn packages_give_the_pages_they_list() {
    let redirect = answer("301 Moved\r\nLocation: /2", b"");
    let archive = [
        gzip(&captured(1)),
        gzip(&record("response", "https://nova.example/old", "application/http", &redirect)),
        gzip(&captured(2)),
        gzip(&captured(3)),
    ]
    .concat();
    let pages = b"{\"format\":\"json-pages-1.0\",\"id\":\"pages\"}\n{\"url\":\"https://nova.example/1\"}\n{\"url\":\"https://nova.example/old\"}\n";
    for is_deflated in [false, true] {
        let listed = zip(&[("pages/pages.jsonl", pages, true), ("archive/data.warc.gz", &archive, is_deflated)]);
        assert_eq!(ferries(&read(&listed)), ["1", "2"]);
        let unlisted = zip(&[("archive/data.warc.gz", &archive, is_deflated), ("datapackage.json", b"{}", false)]);
        let read = read(&unlisted);
        assert_eq!(ferries(&read), ["1", "2", "3"]);
        assert_eq!(read.articles[0].input, "a.warc/archive/data.warc.gz");
    }
}

#[test]
fn broken_packages_say_so() {
    let whole = zip(&[("archive/data.warc", &captured(1), false)]);
    let message = |bytes: &[u8]| read_bytes("a.wacz", bytes, &Limits::default()).expect_err("no articles").to_string();
    assert!(message(&whole[..whole.len() - 30]).contains("cut off"));
    assert!(message(&zip(&[("word/document.xml", b"<w/>", true)])).contains("without a web archive"));
    let mut lying = whole.clone();
    let directory = lying.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").expect("a directory");
    lying[directory + 20..directory + 24].fill(0x7f);
    assert!(message(&lying).contains("larger than itself"));
}

/// What another reader is tested with: nothing fails, and the pages come out.
#[test]
fn fixtures_of_another_reader() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval/data/warc/warcio-test-data");
    if !folder.is_dir() {
        println!("skipped: the evaluation data is not beside the checkout");
        return;
    }
    for (name, articles) in [
        ("example.warc", 1),
        ("example.warc.gz", 1),
        ("example.arc", 1),
        ("example.arc.gz", 1),
        ("example-digest.warc", 0),
        ("example-iana.org-chunked.warc", 1),
        ("example-resource.warc.gz", 1),
        ("example-space-in-url.arc", 1),
        ("example-wget-bad-target-uri.warc.gz", 1),
        ("example-wrong-chunks.warc.gz", 1),
        ("example-trunc.warc", 1),
        ("example-bad-non-chunked.warc.gz", 1),
        ("example-bad.warc.gz.bad", 1),
        ("example-space-in-target-uri.warc.gz", 0),
        ("post-test.warc.gz", 0),
        ("bad.arc", 0),
    ] {
        let read = read_path(&folder.join(name), &Limits::default());
        let found = read.as_ref().map_or(0, |read| read.articles.len());
        assert_eq!(found, articles, "{name}: {read:?}");
    }
}
