//! The rows of a chunk, table by table.

use super::chunk::{Chunk, Run};
use super::error::StoreError;
use super::layout::{CYCLES, Layout, RUNS};
use crate::measure::{Record, Table, Values};

/// The columns of every table of a chunk, in the order of [`Layout::infos`].
///
/// # Errors
/// [`StoreError::Misfit`] where a record does not hold what the layout says.
pub(super) fn tables(
    chunk: &Chunk,
    layout: &Layout,
    seed: u64,
) -> Result<Vec<Vec<Values>>, StoreError> {
    let rows = Rows {
        seed,
        records: records(&chunk.runs),
    };
    let mut tables = vec![runs(chunk, layout, &rows)?];
    if !layout.cycle.is_empty() {
        tables.push(cycles(layout.cycle.len(), &rows)?);
    }
    for (index, table) in layout.tables.iter().enumerate() {
        tables.push(further(table, index, &rows)?);
    }
    Ok(tables)
}

/// What the rows of a chunk are made from.
struct Rows<'a> {
    seed: u64,
    records: Vec<(RunId, &'a Record)>,
}

/// Design point and replicate.
type RunId = (u64, u64);

fn records(runs: &[Run]) -> Vec<(RunId, &Record)> {
    runs.iter()
        .filter_map(|run| Some((id(run), run.result.as_ref().ok()?)))
        .collect()
}

fn id(run: &Run) -> RunId {
    (run.design_id, run.replicate)
}

impl Rows<'_> {
    /// The columns that say which run each row is of.
    fn ids(&self, runs: &[RunId]) -> Vec<Values> {
        let whole = |part: fn(&RunId) -> u64| {
            Values::Integer(runs.iter().map(|run| part(run).cast_signed()).collect())
        };
        let name = |(point, replicate): &RunId| format!("{point}-{replicate}");
        vec![
            whole(|run| run.0),
            whole(|run| run.1),
            Values::Text(runs.iter().map(name).collect()),
            Values::Integer(vec![self.seed.cast_signed(); runs.len()]),
        ]
    }

    /// Each run as often as it has rows.
    fn repeated(&self, rows: impl Fn(&Record) -> usize) -> Vec<RunId> {
        self.records
            .iter()
            .flat_map(|(run, record)| std::iter::repeat_n(*run, rows(record)))
            .collect()
    }
}

fn misfit(table: &str, reason: impl Into<String>) -> StoreError {
    StoreError::Misfit {
        table: table.to_owned(),
        reason: reason.into(),
    }
}

fn runs(chunk: &Chunk, layout: &Layout, rows: &Rows<'_>) -> Result<Vec<Values>, StoreError> {
    let width = layout.run.len();
    if let Some((_, record)) = rows.records.iter().find(|(_, r)| r.run.len() != width) {
        let reason = format!("{} values for {width} outcomes", record.run.len());
        return Err(misfit(RUNS, reason));
    }
    let ids: Vec<RunId> = chunk.runs.iter().map(id).collect();
    let mut columns = rows.ids(&ids);
    for outcome in 0..width {
        let value = |run: &Run| run.result.as_ref().map_or(f64::NAN, |r| r.run[outcome]);
        columns.push(Values::Number(chunk.runs.iter().map(value).collect()));
    }
    let failure = |run: &Run| run.result.as_ref().err().cloned().unwrap_or_default();
    columns.push(Values::Text(chunk.runs.iter().map(failure).collect()));
    Ok(columns)
}

fn cycles(width: usize, rows: &Rows<'_>) -> Result<Vec<Values>, StoreError> {
    let series = || rows.records.iter().map(|(_, record)| &record.cycles);
    if let Some(odd) = series().find(|values| values.len() % width != 0) {
        let reason = format!("{} values do not make rows of {width}", odd.len());
        return Err(misfit(CYCLES, reason));
    }
    let mut columns = rows.ids(&rows.repeated(|record| record.cycles.len() / width));
    let numbers = series().flat_map(|values| (1_i64..).take(values.len() / width));
    columns.push(Values::Integer(numbers.collect()));
    for outcome in 0..width {
        let column = series().flat_map(|values| values.iter().skip(outcome).step_by(width));
        columns.push(Values::Number(column.copied().collect()));
    }
    Ok(columns)
}

/// The columns of the further table at `index`, all runs one after another.
fn further(table: &Table, index: usize, rows: &Rows<'_>) -> Result<Vec<Values>, StoreError> {
    let mut columns: Vec<Values> = table.columns.iter().map(|c| c.values.clone()).collect();
    for (_, record) in &rows.records {
        let part = record
            .tables
            .get(index)
            .filter(|part| part.name == table.name && part.columns.len() == columns.len())
            .ok_or_else(|| misfit(table.name, "a run has no such table"))?;
        let length = height(part);
        for (all, column) in columns.iter_mut().zip(&part.columns) {
            if column.values.len() != length || !append(all, &column.values) {
                let reason = format!("the column {} has another length or kind", column.name);
                return Err(misfit(table.name, reason));
            }
        }
    }
    let count = |record: &Record| record.tables.get(index).map_or(0, height);
    let ids = rows.ids(&rows.repeated(count));
    Ok([ids, columns].concat())
}

fn height(table: &Table) -> usize {
    table
        .columns
        .first()
        .map_or(0, |column| column.values.len())
}

/// Adds the values of `part` to `all`; false where they are of another kind.
fn append(all: &mut Values, part: &Values) -> bool {
    match (all, part) {
        (Values::Number(all), Values::Number(part)) => all.extend(part),
        (Values::Integer(all), Values::Integer(part)) => all.extend(part),
        (Values::Text(all), Values::Text(part)) => all.extend(part.iter().cloned()),
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Column, Outcome};
    use crate::store::{Span, TableInfo};

    /// The column of this name among `values`, which are those of `table`.
    fn named<'a>(table: &TableInfo, values: &'a [Values], name: &str) -> &'a Values {
        let at = table.columns.iter().position(|column| column.name == name);
        &values[at.unwrap()]
    }

    const fn outcome(name: &'static str) -> Outcome {
        Outcome {
            name,
            unit: "share",
            low: 0.0,
            high: 1.0,
            line: "",
            source: "",
        }
    }

    fn ages(values: Vec<i64>) -> Table {
        Table {
            name: "leaders",
            columns: vec![Column {
                name: "age",
                unit: "years",
                line: "age",
                values: Values::Integer(values),
            }],
        }
    }

    fn layout() -> Layout {
        Layout {
            run: &[const { outcome("value") }],
            cycle: &[const { outcome("trust") }, const { outcome("voice") }],
            tables: vec![ages(vec![])],
            beside: Vec::new(),
        }
    }

    fn chunk() -> Chunk {
        let record = |run: f64, cycles: &[f64], age: &[i64]| Record {
            run: vec![run],
            cycles: cycles.to_vec(),
            tables: vec![ages(age.to_vec())],
        };
        let results = [
            Ok(record(0.5, &[0.1, 0.2, 0.3, 0.4], &[40, 50])),
            Err("no quorum".to_owned()),
            Ok(record(0.7, &[0.5, 0.6], &[60])),
        ];
        Chunk {
            span: Span::holding(2, 25, 3, 28),
            runs: (25..)
                .zip(results)
                .map(|(replicate, result)| Run {
                    design_id: 2,
                    replicate,
                    result,
                })
                .collect(),
        }
    }

    #[test]
    fn every_row_says_which_run_it_is_of() {
        let infos = layout().infos();
        let tables = tables(&chunk(), &layout(), u64::MAX).unwrap();
        let texts = |rows: &[&str]| Values::Text(rows.iter().map(|&row| row.into()).collect());
        let run_id = |table: usize| named(&infos[table], &tables[table], "run_id");
        assert_eq!(*run_id(0), texts(&["2-25", "2-26", "2-27"]));
        assert_eq!(*run_id(1), texts(&["2-25", "2-25", "2-27"]));
        assert_eq!(*run_id(2), texts(&["2-25", "2-25", "2-27"]));
        let failure = named(&infos[0], &tables[0], "failure");
        assert_eq!(*failure, texts(&["", "no quorum", ""]));
        let seed = named(&infos[0], &tables[0], "seed");
        assert_eq!(*seed, Values::Integer(vec![-1; 3]));
    }

    #[test]
    fn series_become_one_row_a_cycle() {
        let infos = layout().infos();
        let tables = tables(&chunk(), &layout(), 1).unwrap();
        let column = |name| named(&infos[1], &tables[1], name);
        assert_eq!(*column("cycle"), Values::Integer(vec![1, 2, 1]));
        assert_eq!(*column("trust"), Values::Number(vec![0.1, 0.3, 0.5]));
        assert_eq!(*column("voice"), Values::Number(vec![0.2, 0.4, 0.6]));
        let age = named(&infos[2], &tables[2], "age");
        assert_eq!(*age, Values::Integer(vec![40, 50, 60]));
    }

    #[test]
    fn a_record_that_does_not_fit_is_an_error() {
        let change = |change: &dyn Fn(&mut Record)| {
            let mut chunk = chunk();
            change(chunk.runs[0].result.as_mut().unwrap());
            tables(&chunk, &layout(), 1)
        };
        assert!(change(&|_| {}).is_ok());
        for broken in [
            change(&|record| record.run.push(1.0)),
            change(&|record| record.cycles.push(1.0)),
            change(&|record| record.tables.clear()),
            change(&|record| record.tables[0].columns[0].values = Values::Number(vec![1.0])),
        ] {
            assert!(matches!(broken, Err(StoreError::Misfit { .. })));
        }
    }
}
