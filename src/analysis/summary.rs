//! What the runs of a scenario have in common: mean, spread, interval and quantiles.
//!
//! * mean and standard deviation `sd` (divisor n - 1);
//! * `ci_low`, `ci_high`: the 95 % interval of the mean, `mean ± t · sd / √n`, where t is the 97.5 %
//!   quantile of Student's distribution with n - 1 degrees of freedom (Student 1908);
//!   For a yes or no it is that of Wilson (1927), which stays between 0 and 1 and has a width even
//!   where all runs agree;
//! * `median`, `p10`, `p90`: quantiles by linear interpolation, type 7 of Hyndman and Fan (1996).
//!
//! A missing value is left out and counted. What cannot be computed from so few values is missing.
//! Exact quantiles need all values of an outcome: results are read one column at a time, so that
//! memory grows with the values of one outcome (8 bytes a run, or a run and cycle), never with the
//! number of outcomes.

use super::interval::{NORMAL, half_width, quantile};
use crate::measure::Values;
use crate::store::{CYCLES, ColumnInfo, Folder, Kind, RUNS, StoreError};
use serde::Serialize;
use std::collections::BTreeMap;

/// The distribution of one outcome over runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Summary {
    /// How many values there are.
    pub n: u64,
    /// How many runs have no value: it is not defined there, or the run failed.
    pub missing: u64,
    /// Mean.
    pub mean: Option<f64>,
    /// Standard deviation.
    pub sd: Option<f64>,
    /// Lower end of the 95 % interval of the mean.
    pub ci_low: Option<f64>,
    /// Upper end of the 95 % interval of the mean.
    pub ci_high: Option<f64>,
    /// Median.
    pub median: Option<f64>,
    /// 10 % quantile.
    pub p10: Option<f64>,
    /// 90 % quantile.
    pub p90: Option<f64>,
}

impl Summary {
    /// The summary of `values`, of which `NaN` is missing.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut there: Vec<f64> = values.iter().copied().filter(|one| !one.is_nan()).collect();
        let missing = (values.len() - there.len()) as u64;
        let mean = mean(&there);
        let sd = mean.and_then(|mean| deviation(&there, mean));
        let half = sd.map(|sd| half_width(there.len(), sd));
        there.sort_by(f64::total_cmp);
        Self {
            n: there.len() as u64,
            missing,
            mean,
            sd,
            ci_low: mean.zip(half).map(|(mean, half)| mean - half),
            ci_high: mean.zip(half).map(|(mean, half)| mean + half),
            median: quantile(&there, 0.5),
            p10: quantile(&there, 0.1),
            p90: quantile(&there, 0.9),
        }
    }
}

impl Summary {
    /// The summary of an outcome's values, with the interval that goes with its unit.
    #[must_use]
    pub fn of_outcome(unit: &str, values: &[f64]) -> Self {
        let summary = Self::of(values);
        let Some(share) = summary.mean.filter(|_| unit == YES_OR_NO) else {
            return summary;
        };
        let (n, square) = (summary.n as f64, NORMAL * NORMAL);
        let middle = (share + square / (2.0 * n)) / (1.0 + square / n);
        let spread = (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
        let half = NORMAL / (1.0 + square / n) * spread;
        Self {
            ci_low: Some((middle - half).max(0.0)),
            ci_high: Some((middle + half).min(1.0)),
            ..summary
        }
    }
}

/// The unit of outcomes that are 0 or 1.
const YES_OR_NO: &str = "yes or no";
fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The standard deviation with divisor n - 1; none of fewer than two values.
fn deviation(values: &[f64], mean: f64) -> Option<f64> {
    let squares: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    (values.len() > 1).then(|| (squares / (values.len() - 1) as f64).sqrt())
}

/// One row of `summary.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Design point.
    pub design_id: u64,
    /// Cycle, from 1; none for an outcome of a whole run.
    pub cycle: Option<i64>,
    /// Outcome.
    pub outcome: String,
    /// Its unit.
    pub unit: String,
    /// Its distribution over runs.
    pub summary: Summary,
}

/// The outcomes of the runs in `folder`, for each design point.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn runs(folder: &Folder) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    let runs: u64 = folder.held(RUNS)?.iter().map(|span| span.count()).sum();
    let outcomes: Vec<&ColumnInfo> = outcomes(folder, RUNS).collect();
    for some in outcomes.chunks(at_once(runs)) {
        for (point, values) in by_point(folder, some)? {
            rows.extend(some.iter().zip(values).map(|(outcome, values)| Row {
                design_id: point,
                cycle: None,
                outcome: outcome.name.clone(),
                unit: outcome.unit.clone(),
                summary: Summary::of_outcome(&outcome.unit, &values),
            }));
        }
    }
    // Stable: of a design point the outcomes keep the catalogue's order.
    rows.sort_by_key(|row| row.design_id);
    Ok(rows)
}

/// Values that are read at once: 32 MB of numbers.
const AT_ONCE: u64 = 4_000_000;

/// How many outcomes of so many runs are read at once.
fn at_once(runs: u64) -> usize {
    usize::try_from((AT_ONCE / runs.max(1)).max(1)).unwrap_or(usize::MAX)
}

/// The values of some outcomes of runs, for each design point; outcome by outcome, in the order of
/// replicates.
fn by_point(
    folder: &Folder,
    outcomes: &[&ColumnInfo],
) -> Result<BTreeMap<u64, Vec<Vec<f64>>>, StoreError> {
    let mut points: BTreeMap<u64, Vec<Vec<f64>>> = BTreeMap::new();
    let names = outcomes.iter().map(|outcome| outcome.name.as_str());
    let names: Vec<&str> = std::iter::once("design_id").chain(names).collect();
    for block in folder.blocks(RUNS, &names)? {
        let columns = block?.columns;
        let Some((Values::Integer(ids), columns)) = columns.split_first() else {
            continue;
        };
        for (at, id) in ids.iter().enumerate() {
            let point = points.entry(id.cast_unsigned());
            let point = point.or_insert_with(|| vec![Vec::new(); outcomes.len()]);
            for (values, column) in point.iter_mut().zip(columns) {
                if let Values::Number(column) = column {
                    values.push(column[at]);
                }
            }
        }
    }
    Ok(points)
}

/// The outcomes of every cycle of the runs in `folder`, for each design point. Nothing where the
/// time series was not kept.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn cycles(folder: &Folder) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    let mut kept: BTreeMap<u64, u64> = BTreeMap::new();
    for span in folder.held(CYCLES)? {
        for point in span.first_point..=span.last_point {
            *kept.entry(point).or_default() += span.replicates();
        }
    }
    for outcome in outcomes(folder, CYCLES) {
        let mut cells: BTreeMap<(u64, i64), Vec<f64>> = BTreeMap::new();
        for block in folder.blocks(CYCLES, &["design_id", "cycle", &outcome.name])? {
            let block = block?;
            if let [
                Values::Integer(points),
                Values::Integer(cycles),
                Values::Number(values),
            ] = block.columns.as_slice()
            {
                for ((point, cycle), value) in points.iter().zip(cycles).zip(values) {
                    let cell = (point.cast_unsigned(), *cycle);
                    cells.entry(cell).or_default().push(*value);
                }
            }
        }
        for ((point, cycle), values) in cells {
            let mut summary = Summary::of_outcome(&outcome.unit, &values);
            // A run that failed has no rows here.
            summary.missing = kept
                .get(&point)
                .map_or(0, |runs| runs.saturating_sub(summary.n));
            rows.push(Row {
                design_id: point,
                cycle: Some(cycle),
                outcome: outcome.name.clone(),
                unit: outcome.unit.clone(),
                summary,
            });
        }
    }
    // Stable: within a cycle the outcomes keep the catalogue's order.
    rows.sort_by_key(|row| (row.design_id, row.cycle));
    Ok(rows)
}

/// Saves `summary.csv`, with a row an outcome, and `cycles_summary.csv`, with a row a cycle and
/// outcome if the time series was kept.
///
/// # Errors
/// [`StoreError`] if the results cannot be read or the summaries not be written.
pub fn save(folder: &Folder) -> Result<(), StoreError> {
    folder.save_table("summary.csv", &table(&runs(folder)?, false))?;
    if folder.manifest().table(CYCLES).is_some() {
        folder.save_table("cycles_summary.csv", &table(&cycles(folder)?, true))?;
    }
    Ok(())
}

const COLUMNS: [&str; 11] = [
    "outcome", "unit", "n", "missing", "mean", "sd", "ci_low", "ci_high", "median", "p10", "p90",
];

/// The lines of the file, with the column `cycle` or without.
fn table(rows: &[Row], by_cycle: bool) -> Vec<Vec<String>> {
    let cycle = by_cycle.then_some("cycle");
    let head = ["design_id"].into_iter().chain(cycle).chain(COLUMNS);
    let mut lines = vec![head.map(str::to_owned).collect()];
    lines.extend(rows.iter().map(Row::fields));
    lines
}

impl Row {
    /// The fields of its line; empty where missing.
    fn fields(&self) -> Vec<String> {
        let Summary {
            n,
            missing,
            mean,
            sd,
            ci_low,
            ci_high,
            median,
            p10,
            p90,
        } = self.summary;
        let number = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let numbers = [mean, sd, ci_low, ci_high, median, p10, p90].map(number);
        let cycle = self.cycle.map(|cycle| cycle.to_string());
        [self.design_id.to_string()]
            .into_iter()
            .chain(cycle)
            .chain([self.outcome.clone(), self.unit.clone()])
            .chain([n.to_string(), missing.to_string()])
            .chain(numbers)
            .collect()
    }
}

pub(super) fn outcomes<'a>(
    folder: &'a Folder,
    table: &str,
) -> impl Iterator<Item = &'a ColumnInfo> {
    let columns = folder.manifest().table(table).map(|table| &table.columns);
    let numbers = columns.into_iter().flatten();
    numbers.filter(|column| column.kind == Kind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Option<f64>, expected: f64) {
        let found = found.unwrap();
        assert!((found - expected).abs() < 1e-7, "{found} {expected}");
    }

    /// 1, 2, 3, 4, 5: sd √2.5, t(4) 2.77644511, half width 2.77644511 · √2.5 / √5 = 1.96324316.
    /// Three of ten, none of ten, and all of one: Wilson (1927), worked by hand.
    #[test]
    fn the_interval_of_a_share_stays_between_none_and_all() {
        let of = |yes: usize, n: usize| {
            let answers: Vec<f64> = (0..n).map(|at| f64::from(u8::from(at < yes))).collect();
            let summary = Summary::of_outcome(YES_OR_NO, &answers);
            (summary.ci_low.unwrap(), summary.ci_high.unwrap())
        };
        for ((yes, n), (low, high)) in [
            ((3, 10), (0.107_791, 0.603_222)),
            ((0, 10), (0.0, 0.277_533)),
            ((1, 1), (0.206_549, 1.0)),
        ] {
            let found = of(yes, n);
            assert!(
                (found.0 - low).abs() < 1e-6 && (found.1 - high).abs() < 1e-6,
                "{found:?}"
            );
        }
        assert_eq!(
            Summary::of_outcome("share", &[0.0, 1.0]),
            Summary::of(&[0.0, 1.0])
        );
    }

    #[test]
    fn five_values_worked_by_hand() {
        let summary = Summary::of(&[4.0, f64::NAN, 1.0, 5.0, 2.0, 3.0]);
        assert_eq!((summary.n, summary.missing), (5, 1));
        assert_eq!(summary.mean, Some(3.0));
        close(summary.sd, 1.581_138_83);
        close(summary.ci_low, 1.036_756_84);
        close(summary.ci_high, 4.963_243_16);
        assert_eq!(summary.median, Some(3.0));
        close(summary.p10, 1.4);
        close(summary.p90, 4.6);
    }

    #[test]
    fn too_few_values_leave_gaps() {
        assert_eq!(Summary::of(&[]), Summary::default());
        let none = Summary::of(&[f64::NAN]);
        assert_eq!((none.n, none.missing, none.mean), (0, 1, None));
        let one = Summary::of(&[2.5]);
        assert_eq!(
            (one.mean, one.median, one.p90),
            (Some(2.5), Some(2.5), Some(2.5))
        );
        assert_eq!((one.sd, one.ci_low, one.ci_high), (None, None, None));
        let equal = Summary::of(&[0.5; 4]);
        assert_eq!((equal.sd, equal.ci_low), (Some(0.0), Some(0.5)));
    }
}
