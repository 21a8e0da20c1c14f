//! A run computed again against what is stored of it: the same bits, or where they differ.

use super::chunk::{Chunk, Run, Span};
use super::error::StoreError;
use super::folder::Folder;
use super::layout::{Layout, RUNS, TableInfo};
use super::{parquet, table};
use crate::measure::Values;

/// What a run computed again is, against what is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The same bits in every table.
    Same,
    /// Nothing is stored of it.
    Missing,
    /// Other values: where.
    Different {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
}

impl Folder {
    /// The chunk that holds a run; none if it is not there.
    ///
    /// # Errors
    /// [`StoreError::System`] if the system refuses.
    pub fn holding(&self, design_id: u64, replicate: u64) -> Result<Option<Span>, StoreError> {
        let run = Span {
            first: replicate,
            last: replicate,
            first_point: design_id,
            last_point: design_id,
        };
        let held = self.held(RUNS)?;
        Ok(held.into_iter().find(|span| span.covers(run)))
    }

    /// Compares a run, computed again with the tables of `layout`, with what is stored of it.
    ///
    /// # Errors
    /// [`StoreError`] if the results cannot be read or the record does not fit the layout.
    pub fn compare(
        &self,
        run: &Run,
        span: Span,
        layout: &Layout,
    ) -> Result<Comparison, StoreError> {
        let one = Span {
            first: run.replicate,
            last: run.replicate,
            first_point: run.design_id,
            last_point: run.design_id,
        };
        let chunk = Chunk {
            span: one,
            runs: vec![run.clone()],
        };
        let computed = table::tables(&chunk, layout, self.manifest().seed)?;
        for (info, computed) in layout.infos().iter().zip(&computed) {
            let stored = self.rows(info, span, &format!("{}-{}", run.design_id, run.replicate))?;
            let columns = info.columns.iter().zip(computed).zip(&stored);
            let different = columns
                .into_iter()
                .find(|((_, one), other)| !same(one, other));
            if let Some(((column, _), _)) = different {
                return Ok(Comparison::Different {
                    table: info.name.clone(),
                    column: column.name.clone(),
                });
            }
        }
        Ok(Comparison::Same)
    }

    /// The rows of one run in a chunk of a table, column by column.
    fn rows(&self, info: &TableInfo, span: Span, run_id: &str) -> Result<Vec<Values>, StoreError> {
        let path = self.chunk(&info.name, span);
        let names: Vec<&str> = info.columns.iter().map(|c| c.name.as_str()).collect();
        let read = parquet::decode(&path, &names);
        let columns = read.map_err(|error| StoreError::damaged(&path, error))?;
        let at = names.iter().position(|name| *name == "run_id");
        let Some(Values::Text(ids)) = at.and_then(|at| columns.get(at)) else {
            return Err(StoreError::damaged(
                &path,
                "it does not say which run a row is of",
            ));
        };
        let rows: Vec<usize> = (0..ids.len()).filter(|row| ids[*row] == run_id).collect();
        Ok(columns.iter().map(|values| chosen(values, &rows)).collect())
    }
}

fn chosen(values: &Values, rows: &[usize]) -> Values {
    match values {
        Values::Number(values) => Values::Number(rows.iter().map(|row| values[*row]).collect()),
        Values::Integer(values) => Values::Integer(rows.iter().map(|row| values[*row]).collect()),
        Values::Text(values) => Values::Text(rows.iter().map(|row| values[*row].clone()).collect()),
    }
}

/// Whether two columns have the same bits; a missing number is missing, whatever its bits.
fn same(one: &Values, other: &Values) -> bool {
    let bits = |value: &f64| {
        if value.is_nan() {
            u64::MAX
        } else {
            value.to_bits()
        }
    };
    match (one, other) {
        (Values::Number(one), Values::Number(other)) => {
            one.iter().map(bits).eq(other.iter().map(bits))
        }
        (one, other) => one == other,
    }
}
