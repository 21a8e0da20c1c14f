//! Results in long format: `design_id, replicate, run_id, seed, cycle, outcome, value`.

use super::summary::outcomes;
use crate::measure::Values;
use crate::store::{CYCLES, ColumnInfo, Folder, StoreError};
use std::io::{self, Write};

/// Writes some outcomes of a table, or all, one value a row; a missing value is an empty cell. The
/// column `cycle` is there for the time series only. Memory: one chunk.
///
/// # Errors
/// [`StoreError`] if the results cannot be read or have no such outcome; inside, what the system
/// said of writing.
pub fn write(
    folder: &Folder,
    table: &str,
    wanted: &[String],
    out: &mut dyn Write,
) -> Result<io::Result<()>, StoreError> {
    let known: Vec<&ColumnInfo> = outcomes(folder, table).collect();
    let names: Vec<&str> = match wanted {
        [] => known.iter().map(|outcome| outcome.name.as_str()).collect(),
        wanted => wanted.iter().map(String::as_str).collect(),
    };
    let by_cycle = table == CYCLES;
    let ids: &[&str] = if by_cycle {
        &["design_id", "replicate", "run_id", "seed", "cycle"]
    } else {
        &["design_id", "replicate", "run_id", "seed"]
    };
    let columns: Vec<&str> = ids.iter().copied().chain(names.clone()).collect();
    let blocks = folder.blocks(table, &columns)?;
    let mut file = csv::Writer::from_writer(out);
    let head = ids.iter().chain(&["outcome", "value"]);
    let mut written = file.write_record(head);
    for block in blocks {
        let read = block?.columns;
        let (ids, values) = read.split_at(ids.len());
        let rows = ids.first().map_or(0, Values::len);
        for row in 0..rows {
            for (name, values) in names.iter().zip(values) {
                let mut cells: Vec<String> = ids.iter().map(|id| cell(id, row, true)).collect();
                cells.extend([(*name).to_owned(), cell(values, row, false)]);
                written = written.and_then(|()| file.write_record(&cells));
            }
        }
        if written.is_err() {
            break;
        }
    }
    let flushed = written.map_err(io::Error::from).and_then(|()| file.flush());
    Ok(flushed)
}

fn cell(values: &Values, row: usize, natural: bool) -> String {
    match values {
        Values::Number(values) if values[row].is_nan() => String::new(),
        Values::Number(values) => values[row].to_string(),
        // A master seed may use all 64 bits; no other id is negative.
        Values::Integer(values) if natural => values[row].cast_unsigned().to_string(),
        Values::Integer(values) => values[row].to_string(),
        Values::Text(values) => values[row].clone(),
    }
}
