//! Articles as a Parquet table: a row an article, metadata and text in columns that every reader of tables knows.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use twosource_model::{Article, Instant};

/// The columns of text, in their order; `complete`, a truth value, follows.
const COLUMNS: [&str; 11] =
    ["id", "input", "url", "outlet", "agency", "authors", "title", "published", "modified", "language", "text"];

/// Writes articles into a table, a row group at a time. Authors stand in one column, apart by "; ".
pub struct TableWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
}

impl<W: Write + Send> TableWriter<W> {
    /// Begins a table. The error says why it cannot be written.
    pub fn new(file: W) -> Result<TableWriter<W>, String> {
        let schema = schema().map_err(|error| error.to_string())?;
        let level = ZstdLevel::try_new(3).map_err(|error| error.to_string())?;
        let properties = WriterProperties::builder().set_compression(Compression::ZSTD(level)).build();
        let writer =
            SerializedFileWriter::new(file, schema, Arc::new(properties)).map_err(|error| error.to_string())?;
        Ok(TableWriter { writer })
    }

    /// Adds articles as a row group.
    pub fn write(&mut self, articles: &[Article]) -> Result<(), String> {
        self.write_group(articles).map_err(|error| error.to_string())
    }

    /// Ends the table; one that is not ended cannot be read.
    pub fn close(self) -> Result<(), String> {
        self.writer.close().map(|_| ()).map_err(|error| error.to_string())
    }

    fn write_group(&mut self, articles: &[Article]) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in COLUMNS {
            let Some(mut writer) = group.next_column()? else { break };
            let cells: Vec<Option<String>> = articles.iter().map(|article| cell(article, column)).collect();
            let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
            let values: Vec<ByteArray> =
                cells.into_iter().flatten().map(|cell| ByteArray::from(cell.into_bytes())).collect();
            writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
            writer.close()?;
        }
        if let Some(mut writer) = group.next_column()? {
            let values: Vec<bool> = articles.iter().map(|article| article.complete).collect();
            writer.typed::<BoolType>().write_batch(&values, None, None)?;
            writer.close()?;
        }
        group.close().map(|_| ())
    }
}

fn schema() -> Result<Arc<Type>, ParquetError> {
    let text = |name: &&str| {
        let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        column.with_repetition(Repetition::OPTIONAL).with_logical_type(Some(LogicalType::String)).build().map(Arc::new)
    };
    let mut columns = COLUMNS.iter().map(text).collect::<Result<Vec<_>, _>>()?;
    let complete = Type::primitive_type_builder("complete", Physical::BOOLEAN).with_repetition(Repetition::REQUIRED);
    columns.push(Arc::new(complete.build()?));
    Type::group_type_builder("article").with_fields(columns).build().map(Arc::new)
}

fn cell(article: &Article, column: &str) -> Option<String> {
    let moment = |moment: &Option<Instant>| moment.as_ref().map(|moment| moment.as_str().to_owned());
    match column {
        "id" => Some(article.id.clone()),
        "input" => Some(article.input.clone()),
        "url" => article.url.clone(),
        "outlet" => article.outlet.clone(),
        "agency" => article.agency.clone(),
        "authors" => Some(article.authors.join("; ")).filter(|authors| !authors.is_empty()),
        "title" => article.title.clone(),
        "published" => moment(&article.published),
        "modified" => moment(&article.modified),
        "language" => article.language.clone(),
        _ => Some(article.text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_bytes};

    #[test]
    fn what_is_written_is_read() {
        let article = Article {
            id: "7".to_owned(),
            outlet: Some("Nova Post".to_owned()),
            authors: vec!["Anna Berg".to_owned(), "Carl Dahl".to_owned()],
            published: Instant::new("2025-11-14T08:30:00+01:00"),
            text: "The ferry stops in May.\n\nThe port of Nova said so.".to_owned(),
            ..Article::default()
        };
        let mut bytes = Vec::new();
        let mut writer = TableWriter::new(&mut bytes).expect("a table");
        writer.write(&[article.clone(), article.clone()]).expect("rows");
        writer.write(std::slice::from_ref(&article)).expect("rows");
        writer.close().expect("its end");
        let read = read_bytes("t.parquet", &bytes, &Limits::default()).expect("articles").articles;
        assert_eq!(read.len(), 3);
        assert_eq!(
            (&read[2].text, &read[2].authors, &read[2].published),
            (&article.text, &article.authors, &article.published)
        );
        assert_eq!((read[2].url.as_ref(), read[2].outlet.as_deref()), (None, Some("Nova Post")));
    }
}
