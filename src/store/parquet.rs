//! One table of one chunk as the bytes of a Parquet file, and back.
//!
//! The bytes depend on the values alone. A missing value is a null. The footer holds the chunk's
//! key and the checksum of everything before the footer.

use super::layout::{Kind, TableInfo};
use crate::measure::Values;
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::column::reader::ColumnReader;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::FileReader;
use parquet::file::serialized_reader::SerializedFileReader;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{ColumnPath, Type, TypePtr};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

const KEY: &str = "commonground.key";
const CHECKSUM: &str = "commonground.checksum";

/// The bytes of a file with these columns, which are those of `table`.
pub(super) fn encode(table: &TableInfo, columns: &[Values], key: &str) -> Result<Vec<u8>> {
    let properties = Arc::new(properties(table));
    let mut file = SerializedFileWriter::new(Vec::new(), schema(table)?, properties)?;
    let mut rows = file.next_row_group()?;
    for values in columns {
        let mut column = rows
            .next_column()?
            .ok_or_else(|| ParquetError::General("more columns than the table has".into()))?;
        write(&mut column, values)?;
        column.close()?;
    }
    rows.close()?;
    let checksum = blake3::hash(file.inner()).to_hex().to_string();
    for (name, value) in [(KEY, key.to_owned()), (CHECKSUM, checksum)] {
        file.append_key_value_metadata(KeyValue::new(name.to_owned(), value));
    }
    file.into_inner()
}

/// Dictionaries are kept for ids, whole numbers and texts, which repeat; floats do not.
fn properties(table: &TableInfo) -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true);
    for column in table.columns.iter().filter(|c| c.kind == Kind::Number) {
        properties =
            properties.set_column_dictionary_enabled(ColumnPath::from(&*column.name), false);
    }
    properties.build()
}

fn schema(table: &TableInfo) -> Result<TypePtr> {
    let mut fields = Vec::new();
    for column in &table.columns {
        let (physical, repetition, converted, logical) = match column.kind {
            Kind::Number => (
                Physical::DOUBLE,
                Repetition::OPTIONAL,
                ConvertedType::NONE,
                None,
            ),
            Kind::Integer => (
                Physical::INT64,
                Repetition::REQUIRED,
                ConvertedType::NONE,
                None,
            ),
            Kind::Natural => (
                Physical::INT64,
                Repetition::REQUIRED,
                ConvertedType::UINT_64,
                Some(LogicalType::integer(64, false)),
            ),
            Kind::Text => (
                Physical::BYTE_ARRAY,
                Repetition::OPTIONAL,
                ConvertedType::UTF8,
                Some(LogicalType::String),
            ),
        };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_repetition(repetition)
            .with_converted_type(converted)
            .with_logical_type(logical)
            .build()?;
        fields.push(Arc::new(field));
    }
    let schema = Type::group_type_builder(&table.name).with_fields(fields);
    Ok(Arc::new(schema.build()?))
}

fn write(column: &mut SerializedColumnWriter<'_>, values: &Values) -> Result<()> {
    match values {
        Values::Integer(values) => {
            column
                .typed::<Int64Type>()
                .write_batch(values, None, None)?;
        }
        Values::Number(values) => {
            let there: Vec<i16> = values
                .iter()
                .map(|value| i16::from(!value.is_nan()))
                .collect();
            let values: Vec<f64> = values
                .iter()
                .copied()
                .filter(|value| !value.is_nan())
                .collect();
            let column = column.typed::<DoubleType>();
            column.write_batch(&values, Some(&there), None)?;
        }
        Values::Text(values) => {
            let there: Vec<i16> = values
                .iter()
                .map(|text| i16::from(!text.is_empty()))
                .collect();
            let texts = values.iter().filter(|text| !text.is_empty());
            let texts: Vec<ByteArray> = texts.map(|text| ByteArray::from(text.as_str())).collect();
            let column = column.typed::<ByteArrayType>();
            column.write_batch(&texts, Some(&there), None)?;
        }
    }
    Ok(())
}

/// Whether the file is whole, undamaged and was written under `key`.
pub(super) fn is_whole(path: &Path, key: &str) -> bool {
    checked(path, key).unwrap_or(false)
}

fn checked(path: &Path, key: &str) -> Option<bool> {
    let file = SerializedFileReader::new(File::open(path).ok()?).ok()?;
    let pairs = file.metadata().file_metadata().key_value_metadata()?;
    let value = |name| {
        let pair = pairs.iter().find(|pair| pair.key == name)?;
        pair.value.as_deref()
    };
    // The file ends with the footer, its length in four bytes, and four letters.
    let bytes = std::fs::read(path).ok()?;
    let tail = bytes.len().checked_sub(8)?;
    let length = u32::from_le_bytes(bytes.get(tail..tail + 4)?.try_into().ok()?);
    let footer = tail.checked_sub(usize::try_from(length).ok()?)?;
    let checksum = blake3::hash(&bytes[..footer]).to_hex();
    Some(value(KEY)? == key && value(CHECKSUM)? == checksum.as_str())
}

/// The values of the columns with these names.
pub(super) fn decode(path: &Path, names: &[&str]) -> Result<Vec<Values>> {
    let file = SerializedFileReader::new(File::open(path)?)?;
    let rows = file.get_row_group(0)?;
    let count = usize::try_from(rows.metadata().num_rows())
        .map_err(|error| ParquetError::General(error.to_string()))?;
    let schema = rows.metadata().schema_descr();
    let column = |name: &&str| {
        let at = schema
            .columns()
            .iter()
            .position(|column| column.name() == *name);
        let at = at.ok_or_else(|| ParquetError::General(format!("it has no column {name}")))?;
        read(rows.get_column_reader(at)?, count)
    };
    names.iter().map(column).collect()
}

fn read(column: ColumnReader, rows: usize) -> Result<Values> {
    match column {
        ColumnReader::Int64ColumnReader(mut column) => {
            let mut values = Vec::with_capacity(rows);
            column.read_records(rows, None, None, &mut values)?;
            Ok(Values::Integer(values))
        }
        ColumnReader::DoubleColumnReader(mut column) => {
            let (mut there, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
            column.read_records(rows, Some(&mut there), None, &mut values)?;
            let spread = spread(&there, values, || f64::NAN);
            Ok(Values::Number(spread))
        }
        ColumnReader::ByteArrayColumnReader(mut column) => {
            let (mut there, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
            column.read_records(rows, Some(&mut there), None, &mut values)?;
            let text = |value: ByteArray| Ok(value.as_utf8()?.to_owned());
            let texts: Result<Vec<String>> = values.into_iter().map(text).collect();
            Ok(Values::Text(spread(&there, texts?, String::new)))
        }
        _ => Err(ParquetError::General("a column of an unknown kind".into())),
    }
}

/// The values that are there, with `missing` in the other places.
fn spread<T>(there: &[i16], values: Vec<T>, missing: impl Fn() -> T) -> Vec<T> {
    let mut values = values.into_iter();
    let place = |level: &i16| match level {
        0 => missing(),
        _ => values.next().unwrap_or_else(&missing),
    };
    there.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::ColumnInfo;

    fn table() -> TableInfo {
        let kinds = [
            ("id", Kind::Integer),
            ("seed", Kind::Natural),
            ("trust", Kind::Number),
            ("name", Kind::Text),
        ];
        let column = |(name, kind): (&str, Kind)| ColumnInfo {
            name: name.into(),
            kind,
            meaning: String::new(),
            unit: String::new(),
            range: String::new(),
            source: String::new(),
        };
        TableInfo {
            name: "leaders".into(),
            columns: kinds.map(column).to_vec(),
        }
    }

    fn values() -> Vec<Values> {
        vec![
            Values::Integer(vec![0, i64::MIN, i64::MAX]),
            Values::Integer(vec![-1, 0, 7]),
            Values::Number(vec![-0.0, f64::NAN, f64::INFINITY]),
            Values::Text(vec![String::new(), "ä, \"b\"\n".into(), String::new()]),
        ]
    }

    fn saved(name: &str, bytes: &[u8]) -> std::path::PathBuf {
        let path = std::env::temp_dir().join(format!("{}-{name}.parquet", std::process::id()));
        std::fs::write(&path, bytes).unwrap();
        path
    }

    #[test]
    fn what_is_written_is_read_back_bit_by_bit() {
        let path = saved("back", &encode(&table(), &values(), "k").unwrap());
        let back = decode(&path, &["name", "trust", "seed", "id"]).unwrap();
        assert_eq!(back[0], values()[3]);
        assert_eq!((&back[2], &back[3]), (&values()[1], &values()[0]));
        let Values::Number(trust) = &back[1] else {
            panic!("not numbers")
        };
        assert_eq!(trust[0].to_bits(), (-0.0_f64).to_bits());
        assert!(trust[1].is_nan() && trust[2] == f64::INFINITY);
        assert!(decode(&path, &["voice"]).is_err());
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn a_table_without_rows_is_a_whole_file() {
        let empty = [
            Values::Integer(vec![]),
            Values::Integer(vec![]),
            Values::Number(vec![]),
            Values::Text(vec![]),
        ];
        let path = saved("empty", &encode(&table(), &empty, "k").unwrap());
        assert!(is_whole(&path, "k"));
        assert_eq!(decode(&path, &["trust"]).unwrap(), [Values::Number(vec![])]);
        std::fs::remove_file(path).unwrap();
    }

    /// Every byte before the footer counts, and so does every cut; the footer says the key.
    #[test]
    fn any_damage_is_seen() {
        let whole = encode(&table(), &values(), "k").unwrap();
        assert_eq!(whole, encode(&table(), &values(), "k").unwrap());
        let path = saved("damage", &whole);
        assert!(is_whole(&path, "k") && !is_whole(&path, "l"));
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert!(!is_whole(&path, "k"), "cut to {length}");
        }
        let length = u32::from_le_bytes(whole[whole.len() - 8..][..4].try_into().unwrap());
        for at in 0..whole.len() - 8 - length as usize {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            std::fs::write(&path, &changed).unwrap();
            assert!(!is_whole(&path, "k"), "changed at {at}");
        }
        std::fs::remove_file(path).unwrap();
    }
}
