//! Parquet tables to records, row by row: the columns named as the fields of JSON records are.
//!
//! Only those columns are read, a row group at a time and a page of each column at a time, so that memory grows with the
//! size of pages and not of files. A damaged row group costs itself. The decoder asserts more than it checks: it is run
//! where a panic costs the row group it happens in.

mod checked;
mod write;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::basic::{LogicalType, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::record::{Field, Row};
use parquet::schema::types::{SchemaDescriptor, Type};
use serde_json::{Map, Number, Value};
use twosource_model::Instant;

pub use write::TableWriter;

use crate::json::fields;
use crate::records::{Content, Note, Piece, Record};
use crate::source::Storage;
use crate::{Error, Limits, epoch};

/// Rows decoded at a time: enough to pay for the step, few enough for rows that hold whole pages.
const BATCH: usize = 32;
/// So many rows in a row without any field are no rows: a table that lies about their number ends there.
const MOST_EMPTY: usize = 100_000;

/// How a column counts moments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Clock {
    is_nanoseconds: bool,
    is_utc: bool,
}

/// The rows of a table.
struct Table {
    input: String,
    file: Box<dyn FileReader>,
    columns: Arc<SchemaDescriptor>,
    clocks: BTreeMap<String, Clock>,
    next_group: usize,
    rows: Option<ReaderIter>,
    /// Rows given so far, and the number of the next row group's first.
    number: usize,
    group_ends: usize,
    empty: usize,
}

/// The rows of a table, from its columns that mean something to us.
pub(crate) fn pieces(input: &str, storage: Storage, _: &Limits) -> Result<Box<dyn Iterator<Item = Piece>>, Error> {
    let failed = |reason: String| Error::Container { input: input.to_owned(), what: "Parquet file", reason };
    let file = guarded(|| open(storage)).map_err(failed)?;
    let schema = file.metadata().file_metadata().schema_descr().root_schema().clone();
    let is_known = |column: &&Arc<Type>| fields::is_known(column.name());
    let known: Vec<Arc<Type>> = schema.get_fields().iter().filter(is_known).cloned().collect();
    if !known.iter().any(|column| fields::holds_text(column.name())) {
        let names: Vec<&str> = schema.get_fields().iter().take(20).map(|column| column.name()).collect();
        let why = format!(
            "no column `text` (nor `maintext`, `content`, `html` or another of that kind) among {}",
            names.join(", ")
        );
        return Err(Error::NoArticle { input: input.to_owned(), why });
    }
    let clocks = known.iter().filter_map(|column| Some((column.name().to_owned(), clock(column)?))).collect();
    let columns = Type::group_type_builder(schema.name()).with_fields(known).build();
    let columns = columns.map_err(|error| failed(error.to_string()))?;
    let columns = Arc::new(SchemaDescriptor::new(Arc::new(columns)));
    let input = input.to_owned();
    let table = Table { input, file, columns, clocks, next_group: 0, rows: None, number: 0, group_ends: 0, empty: 0 };
    Ok(Box::new(table))
}

fn open(storage: Storage) -> Result<Box<dyn FileReader>, ParquetError> {
    Ok(match storage {
        Storage::File(file) => Box::new(SerializedFileReader::new(file)?),
        Storage::Bytes(bytes) => Box::new(SerializedFileReader::new(bytes::Bytes::from_owner(bytes))?),
    })
}

/// The result of some work of the decoder; the error says what went wrong, be it a panic.
fn guarded<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("its data contradict one another".to_owned()),
    }
}

fn clock(column: &Type) -> Option<Clock> {
    match column.get_basic_info().logical_type_ref()? {
        LogicalType::Timestamp(of) => {
            Some(Clock { is_nanoseconds: of.unit == TimeUnit::NANOS, is_utc: of.is_adjusted_to_u_t_c })
        }
        _ => None,
    }
}

impl Table {
    /// Opens the next row group; `None` after the last.
    fn advance(&mut self) -> Option<Result<(), String>> {
        if self.next_group >= self.file.num_row_groups() {
            return None;
        }
        let group = self.next_group;
        self.next_group += 1;
        self.empty = 0;
        self.number = self.group_ends;
        let rows = self.file.metadata().row_group(group).num_rows();
        self.group_ends += usize::try_from(rows).unwrap_or(0);
        let opened = guarded(|| {
            let reader = checked::Checked(self.file.get_row_group(group)?);
            TreeBuilder::new().with_batch_size(BATCH).as_iter(self.columns.clone(), &reader)
        });
        Some(opened.map(|rows| self.rows = Some(rows)))
    }

    fn row(&mut self) -> Option<Result<Row, String>> {
        let rows = self.rows.as_mut()?;
        guarded(|| rows.next().transpose()).transpose()
    }

    fn record(&mut self, row: &Row) -> Record {
        let mut object = Map::new();
        for (name, field) in row.get_column_iter() {
            object.insert(name.clone(), self.value(name, field));
        }
        let is_empty = object.values().all(Value::is_null);
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        let place = Some(format!("row {}", self.number));
        Record { input: self.input.clone(), place, content: Content::Row(object) }
    }

    fn value(&self, name: &str, field: &Field) -> Value {
        let clock = self.clocks.get(name).copied();
        match (field, clock) {
            (Field::Long(nanoseconds), Some(clock)) if clock.is_nanoseconds => {
                moment(nanoseconds.div_euclid(1_000_000_000), clock.is_utc)
            }
            (Field::TimestampMillis(count), clock) => moment(count.div_euclid(1000), clock.is_none_or(|c| c.is_utc)),
            (Field::TimestampMicros(count), clock) => {
                moment(count.div_euclid(1_000_000), clock.is_none_or(|c| c.is_utc))
            }
            _ => plain_value(field),
        }
    }

    fn lost(&mut self, why: &str) -> Piece {
        self.rows = None;
        let group = self.next_group;
        let from = self.number + 1;
        let message = format!("row group {group}: rows from {from} to {}: skipped: {why}", self.group_ends.max(from));
        Piece::Skipped(Note { input: self.input.clone(), message })
    }
}

impl Iterator for Table {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            match self.row() {
                None => match self.advance()? {
                    Ok(()) => {}
                    Err(why) => return Some(self.lost(&why)),
                },
                Some(Err(why)) => return Some(self.lost(&why)),
                Some(Ok(_)) if self.empty > MOST_EMPTY => {
                    return Some(self.lost("there are no more rows, whatever their number is said to be"));
                }
                Some(Ok(row)) => {
                    self.number += 1;
                    return Some(Piece::Record(self.record(&row)));
                }
            }
        }
    }
}

/// A moment; without a known offset only its day.
fn moment(seconds: i64, is_utc: bool) -> Value {
    let found = epoch::moment(seconds);
    let said = found.as_ref().map(|found| if is_utc { found.as_str() } else { found.day() });
    said.map_or(Value::Null, |said| Value::String(said.to_owned()))
}

/// A field as JSON has it; bytes are text where they are UTF-8.
fn plain_value(field: &Field) -> Value {
    match field {
        Field::Bool(value) => Value::Bool(*value),
        Field::Byte(value) => Value::from(*value),
        Field::Short(value) => Value::from(*value),
        Field::Int(value) => Value::from(*value),
        Field::Long(value) => Value::from(*value),
        Field::UByte(value) => Value::from(*value),
        Field::UShort(value) => Value::from(*value),
        Field::UInt(value) => Value::from(*value),
        Field::ULong(value) => Value::from(*value),
        Field::Float(value) => Number::from_f64(f64::from(*value)).map_or(Value::Null, Value::Number),
        Field::Double(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
        Field::Decimal(_) => Value::String(field.to_string()),
        Field::Str(text) => Value::String(text.clone()),
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Value::Null, Value::from),
        Field::Date(days) => {
            let day = epoch::day(i64::from(*days));
            day.as_ref().map(Instant::day).map_or(Value::Null, Value::from)
        }
        Field::TimestampMillis(count) => moment(count.div_euclid(1000), true),
        Field::TimestampMicros(count) => moment(count.div_euclid(1_000_000), true),
        Field::Group(row) => {
            Value::Object(row.get_column_iter().map(|(name, field)| (name.clone(), plain_value(field))).collect())
        }
        Field::ListInternal(list) => Value::Array(list.elements().iter().map(plain_value).collect()),
        Field::MapInternal(map) => {
            let key =
                |field: &Field| plain_value(field).as_str().map(str::to_owned).unwrap_or_else(|| field.to_string());
            Value::Object(map.entries().iter().map(|(name, value)| (key(name), plain_value(value))).collect())
        }
        _ => Value::Null,
    }
}
