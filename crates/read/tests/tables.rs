//! Parquet tables written here: columns of several kinds, several row groups, and damage.

#![cfg(feature = "parquet")]

use std::io::Write as _;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use twosource_model::Instant;
use twosource_read::{Limits, Read, read_bytes};

const SCHEMA: &str = "message articles {
    required binary text (UTF8);
    optional binary title (UTF8);
    optional int64 publish_date (TIMESTAMP(MICROS,true));
    optional int64 modified (TIMESTAMP(NANOS,false));
    optional int32 day (DATE);
    optional group authors (LIST) { repeated group list { optional binary element (UTF8); } }
    required double embedding;
}";

/// 2025-05-03T08:00:00Z.
const SECONDS: i64 = 1_746_259_200;

fn texts(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, values: &[&str], levels: &[i16], repeats: Option<&[i16]>) {
    let mut column = group.next_column().expect("a schema").expect("a column");
    let values: Vec<ByteArray> = values.iter().map(|value| ByteArray::from(*value)).collect();
    column.typed::<ByteArrayType>().write_batch(&values, Some(levels), repeats).expect("memory to write to");
    column.close().expect("memory to write to");
}

fn moments(group: &mut SerializedRowGroupWriter<'_, Vec<u8>>, values: &[i64], levels: &[i16]) {
    let mut column = group.next_column().expect("a schema").expect("a column");
    column.typed::<Int64Type>().write_batch(values, Some(levels), None).expect("memory to write to");
    column.close().expect("memory to write to");
}

/// A table of two rows a group.
fn table(groups: usize, compression: Compression) -> Vec<u8> {
    let schema = Arc::new(parse_message_type(SCHEMA).expect("a schema"));
    let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties).expect("memory to write to");
    for number in 0..groups {
        let mut group = writer.next_row_group().expect("memory to write to");
        let text = format!("The ferry number {number} of Nova will stop in May, the port said.");
        texts(&mut group, &[&text, "It was old."], &[0, 0], None);
        texts(&mut group, &["Ferry to stop"], &[1, 0], None);
        moments(&mut group, &[SECONDS * 1_000_000], &[1, 0]);
        moments(&mut group, &[SECONDS * 1_000_000_000], &[1, 0]);
        let mut days = group.next_column().expect("a schema").expect("a column");
        days.typed::<Int32Type>().write_batch(&[20_211], Some(&[1, 0]), None).expect("memory to write to");
        days.close().expect("memory to write to");
        texts(&mut group, &["Anna Berg", "Carl Dahl"], &[3, 3, 0], Some(&[0, 1, 0]));
        let mut numbers = group.next_column().expect("a schema").expect("a column");
        numbers.typed::<DoubleType>().write_batch(&[0.5, 0.5], None, None).expect("memory to write to");
        numbers.close().expect("memory to write to");
        group.close().expect("memory to write to");
    }
    writer.into_inner().expect("memory to write to")
}

fn read(bytes: &[u8]) -> Read {
    read_bytes("a.parquet", bytes, &Limits::default()).expect("a table with articles")
}

#[test]
fn rows_are_read_as_records() {
    let zstd = Compression::ZSTD(ZstdLevel::default());
    for compression in [Compression::UNCOMPRESSED, Compression::SNAPPY, zstd, Compression::LZ4_RAW] {
        let read = read(&table(2, compression));
        assert_eq!((read.articles.len(), &read.notes[..]), (4, &[][..]));
        let [first, second, ..] = &read.articles[..] else { panic!("four articles") };
        assert_eq!((&*first.id, first.title.as_deref()), ("a.parquet:1", Some("Ferry to stop")));
        assert_eq!(first.published.as_ref().map(Instant::as_str), Some("2025-05-03T08:00:00Z"));
        assert_eq!(first.modified.as_ref().map(Instant::as_str), Some("2025-05-03"), "its offset is not known");
        assert_eq!(first.authors, ["Anna Berg", "Carl Dahl"]);
        assert_eq!((second.published.as_ref(), &second.authors[..]), (None, &[][..]));
    }
}

#[test]
fn a_damaged_row_group_costs_itself() {
    let mut bytes = table(3, Compression::SNAPPY);
    let place = bytes.windows(8).position(|words| words == b"number 1").expect("the text of the second group");
    bytes[place - 40..place].fill(0xff);
    let read = read(&bytes);
    assert_eq!(read.articles.len(), 4, "{:?}", read.notes);
    assert!(read.notes[0].1.starts_with("row group 2: rows from 3 to 4: skipped: "), "{:?}", read.notes);
}

#[test]
fn tables_that_hold_no_articles_say_so() {
    let message =
        |bytes: &[u8]| read_bytes("a.parquet", bytes, &Limits::default()).expect_err("no articles").to_string();
    let whole = table(1, Compression::UNCOMPRESSED);
    assert!(message(&whole[..whole.len() / 2]).contains("this Parquet file cannot be read"));
    let schema = Arc::new(parse_message_type("message m { required int32 number; }").expect("a schema"));
    let writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("memory to write to");
    let other = writer.into_inner().expect("memory to write to");
    assert!(message(&other).contains("no column `text`"), "{}", message(&other));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&whole).expect("memory to write to");
    assert!(message(&gzip.finish().expect("memory to write to")).contains("unpack it first"));
}

#[test]
fn a_dictionary_that_lies_about_its_values_costs_its_row_group() {
    let bytes = include_bytes!("../../../fuzz/seeds/parquet/lying-dictionary.parquet");
    let error = read_bytes("a.parquet", bytes, &Limits::default()).expect_err("no rows");
    assert!(error.to_string().contains("row group 1"), "{error}");
}
