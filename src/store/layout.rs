//! Which tables results have, and what their columns mean.

use crate::measure::{Outcome, Table, Values};
use serde::{Deserialize, Serialize};

/// The table with one row a run.
pub const RUNS: &str = "runs";
/// The table with one row a run and cycle.
pub const CYCLES: &str = "cycles";

/// What the records of an experiment hold.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The outcomes of a run.
    pub run: &'static [Outcome],
    /// The outcomes of a cycle; none where the time series is not kept.
    pub cycle: &'static [Outcome],
    /// Further tables, without rows: their names and columns count.
    pub tables: Vec<Table>,
    /// Small tables that stand as CSV beside the chunks, for the dictionary.
    pub beside: Vec<TableInfo>,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Numbers, with missing values.
    Number,
    /// Whole numbers.
    Integer,
    /// Whole numbers from 0 to 2^64 - 1: seeds.
    Natural,
    /// Texts, with missing values.
    Text,
}

/// A table in the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableInfo {
    /// Name: that of its folder.
    pub name: String,
    /// Columns, in the order in which the files have them.
    pub columns: Vec<ColumnInfo>,
}

/// A column in the results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnInfo {
    /// Name.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// What it means, in one line.
    pub meaning: String,
    /// Unit; empty for a plain number or a text.
    pub unit: String,
    /// Lowest and highest possible value, such as `0..1`; a side without a bound is left out.
    pub range: String,
    /// Author and year, where others defined it.
    pub source: String,
}

impl ColumnInfo {
    /// A column without unit, range or source.
    #[must_use]
    pub fn own(name: &str, kind: Kind, meaning: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            meaning: meaning.to_owned(),
            unit: String::new(),
            range: String::new(),
            source: String::new(),
        }
    }

    fn outcome(outcome: &Outcome) -> Self {
        let side = |bound: f64| {
            if bound.is_finite() {
                bound.to_string()
            } else {
                String::new()
            }
        };
        let (low, high) = (side(outcome.low), side(outcome.high));
        let bounded = !(low.is_empty() && high.is_empty());
        Self {
            unit: outcome.unit.to_owned(),
            range: if bounded {
                format!("{low}..{high}")
            } else {
                String::new()
            },
            source: outcome.source.to_owned(),
            ..Self::own(outcome.name, Kind::Number, outcome.line)
        }
    }
}

/// The columns with which every row starts: which run it is of.
fn ids() -> Vec<ColumnInfo> {
    vec![
        ColumnInfo::own("design_id", Kind::Integer, "design point, from 0"),
        ColumnInfo::own(
            "replicate",
            Kind::Integer,
            "stochastic repeat of the design point, from 0",
        ),
        ColumnInfo::own(
            "run_id",
            Kind::Text,
            "the run: design point and replicate; joins the tables",
        ),
        ColumnInfo::own("seed", Kind::Natural, "master seed"),
    ]
}

impl Layout {
    /// The tables in the results, the runs first.
    #[must_use]
    pub fn infos(&self) -> Vec<TableInfo> {
        let table = |name: &str, further: Vec<ColumnInfo>| TableInfo {
            name: name.to_owned(),
            columns: [ids(), further].concat(),
        };
        let outcomes = |list: &[Outcome]| list.iter().map(ColumnInfo::outcome).collect();
        let failure = ColumnInfo::own(
            "failure",
            Kind::Text,
            "why the run failed; missing where it did not",
        );
        let runs: Vec<ColumnInfo> = outcomes(self.run);
        let mut infos = vec![table(RUNS, [runs, vec![failure]].concat())];
        if !self.cycle.is_empty() {
            let cycle = ColumnInfo::own("cycle", Kind::Integer, "governance cycle, from 1");
            let cycles: Vec<ColumnInfo> = outcomes(self.cycle);
            infos.push(table(CYCLES, [vec![cycle], cycles].concat()));
        }
        infos.extend(
            self.tables
                .iter()
                .map(|further| table(further.name, columns(further))),
        );
        infos
    }
}

fn columns(table: &Table) -> Vec<ColumnInfo> {
    let info = |column: &crate::measure::Column| ColumnInfo {
        unit: column.unit.to_owned(),
        ..ColumnInfo::own(column.name, kind(&column.values), column.line)
    };
    table.columns.iter().map(info).collect()
}

pub(super) fn kind(values: &Values) -> Kind {
    match values {
        Values::Number(_) => Kind::Number,
        Values::Integer(_) => Kind::Integer,
        Values::Text(_) => Kind::Text,
    }
}
