//! The rows of a list design: in the file, or in a CSV table beside it.

use super::factor::Factor;
use crate::scenario::problem::{Class, Problem, Problems};
use crate::scenario::source::{At, Source};
use crate::scenario::{Level, Scenario, nearest};
use csv::StringRecord;
use std::sync::Arc;

/// The value of each factor; none where the scenario's own holds.
pub(super) type Row = Vec<Option<Level>>;

/// Reads the rows of a list design.
pub(super) fn read(scenario: &Scenario, factors: &[Factor], problems: &mut Problems) -> Vec<Row> {
    let top = &scenario.document.top;
    let inline = Level::rows(scenario);
    let file = top.text("design.file");
    if inline.is_empty() == file.is_empty() {
        let message = "a list design needs its rows, in one place";
        problems.push(
            Problem::error(Class::Missing, top.place("design.kind"), message)
                .allowed("give rows = [...] or file = \"...\"")
                .help("such as rows = [{ gain = 0.05 }, { gain = 0.1 }], by ids of factors"),
        );
        return Vec::new();
    }
    let mut reader = Reader { factors, problems };
    if inline.is_empty() {
        let at = top.place("design.file");
        return match scenario.table(file, at) {
            Ok(source) => reader.table(&source),
            Err(problem) => {
                reader.problems.push(*problem);
                Vec::new()
            }
        };
    }
    inline.into_iter().map(|cells| reader.row(cells)).collect()
}

/// The records of a CSV table, each with its line.
pub(super) fn records(source: &Arc<Source>) -> Vec<(StringRecord, At)> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(source.text.as_bytes());
    let place = |record: &StringRecord| {
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        let at = At::new(source, start..start);
        let length = at.line().1.trim_end().len();
        At::new(source, start..start.saturating_add(length))
    };
    // The text is valid and in memory, so that no record can fail.
    let records = reader.records().filter_map(Result::ok);
    records
        .map(|record| {
            let at = place(&record);
            (record, at)
        })
        .collect()
}

/// The first line of a table that has none.
pub(super) fn empty(source: &Arc<Source>) -> (StringRecord, At) {
    (StringRecord::new(), At::top(source))
}

struct Reader<'a> {
    factors: &'a [Factor],
    problems: &'a mut Problems,
}

impl Reader<'_> {
    /// The position of a factor; the problem where there is none.
    fn factor(&mut self, id: &str, at: &At) -> Option<usize> {
        let found = self.factors.iter().position(|factor| factor.id == id);
        if found.is_none() {
            let ids: Vec<&str> = self
                .factors
                .iter()
                .map(|factor| factor.id.as_str())
                .collect();
            let meant = nearest(id, ids.iter().copied());
            let help = meant.map_or_else(
                || format!("factors: {}", ids.join(", ")),
                |meant| format!("did you mean `{meant}`?"),
            );
            self.problems.push(
                Problem::error(Class::Reference, at, format!("there is no factor `{id}`"))
                    .allowed("an id of [[factors]]")
                    .help(help),
            );
        }
        found
    }

    fn row(&mut self, cells: Vec<(String, Level)>) -> Row {
        let mut row = vec![None; self.factors.len()];
        for (id, level) in cells {
            if let Some(at) = self.factor(&id, &level.at().clone()) {
                row[at] = Some(level);
            }
        }
        row
    }

    /// A table with a line of factors' ids; an empty cell leaves the scenario's own value.
    fn table(&mut self, source: &Arc<Source>) -> Vec<Row> {
        let mut records = records(source).into_iter();
        let (head, at) = records.next().unwrap_or_else(|| empty(source));
        let columns: Vec<Option<usize>> =
            head.iter().map(|id| self.factor(id.trim(), &at)).collect();
        let mut rows = Vec::new();
        for (record, at) in records {
            if record.len() != head.len() {
                let message = format!(
                    "this row has {} cells, the first line {}",
                    record.len(),
                    head.len()
                );
                self.problems.push(
                    Problem::error(Class::Type, &at, message)
                        .allowed("one cell a factor")
                        .help("leave a cell empty to keep the scenario's own value"),
                );
                continue;
            }
            let mut row = vec![None; self.factors.len()];
            for (column, cell) in columns.iter().zip(&record) {
                if let (Some(column), false) = (column, cell.trim().is_empty()) {
                    row[*column] = Some(Level::typed(cell, &at));
                }
            }
            rows.push(row);
        }
        if rows.is_empty() {
            let message = format!("{} has no rows", source.name);
            self.problems.push(
                Problem::error(Class::Missing, &at, message)
                    .help("a line with ids of factors, then one line a design point"),
            );
        }
        rows
    }
}
