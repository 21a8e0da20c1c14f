//! Reading results back: column by column, one chunk at a time.

use super::chunk::Span;
use super::error::StoreError;
use super::folder::Folder;
use super::layout::RUNS;
use super::parquet;
use crate::measure::Values;

/// Some columns of one chunk of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The chunk.
    pub span: Span,
    /// The columns that were asked for, in that order.
    pub columns: Vec<Values>,
}

impl Folder {
    /// Reads columns of a table, chunk after chunk, in the order in which runs are computed: the
    /// rows of a chunk are of one design point after another, replicate by replicate. Memory: one
    /// chunk.
    ///
    /// # Errors
    /// [`StoreError::NoColumn`] if there is no such table or column; in an item,
    /// [`StoreError::Damaged`] if a file cannot be understood.
    pub fn blocks<'a>(
        &'a self,
        table: &'a str,
        columns: &'a [&str],
    ) -> Result<impl Iterator<Item = Result<Block, StoreError>> + 'a, StoreError> {
        let info = self.manifest().table(table);
        let known = |name: &str| {
            info.is_some_and(|info| info.columns.iter().any(|column| column.name == name))
        };
        if let Some(unknown) = columns.iter().find(|name| !known(name)) {
            return Err(StoreError::NoColumn {
                table: table.to_owned(),
                column: (*unknown).to_owned(),
            });
        }
        Ok(self.held(table)?.into_iter().map(move |span| {
            let path = self.chunk(table, span);
            let read = parquet::decode(&path, columns);
            let columns = read.map_err(|error| StoreError::damaged(&path, error))?;
            Ok(Block { span, columns })
        }))
    }

    /// The lines of `failures.csv`: the runs that failed, under the names of the columns.
    pub(super) fn failures(&self) -> Result<Vec<Vec<String>>, StoreError> {
        let head = ["design_id", "replicate", "run_id", "seed", "failure"];
        let mut lines = vec![head.map(str::to_owned).to_vec()];
        for block in self.blocks(RUNS, &["design_id", "replicate", "run_id", "failure"])? {
            let columns = block?.columns;
            let [
                Values::Integer(points),
                Values::Integer(replicates),
                Values::Text(ids),
                Values::Text(failures),
            ] = columns.as_slice()
            else {
                continue;
            };
            let rows = points.iter().zip(replicates).zip(ids).zip(failures);
            let failed = rows.filter(|(_, failure)| !failure.is_empty());
            lines.extend(failed.map(|(((point, replicate), id), failure)| {
                vec![
                    point.to_string(),
                    replicate.to_string(),
                    id.clone(),
                    self.manifest().seed.to_string(),
                    failure.clone(),
                ]
            }));
        }
        Ok(lines)
    }
}
