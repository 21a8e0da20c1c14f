//! Outcomes over time: what the runs have in common month by month, and a few single runs.

use super::summary::{self, Row};
use crate::measure::Values;
use crate::store::{CYCLES, Folder, RUNS, StoreError};
use std::collections::BTreeMap;

/// One outcome over the months. `NaN` is missing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Mean over runs.
    pub mean: Vec<f64>,
    /// 95 % interval of the mean.
    pub interval: [Vec<f64>; 2],
    /// 10 % and 90 % quantiles of the runs.
    pub runs: [Vec<f64>; 2],
    /// The first runs, each by itself.
    pub single: Vec<Vec<f64>>,
}

/// The time series of a results folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesSet {
    /// Months, from 1.
    pub months: Vec<u32>,
    /// Number of runs.
    pub runs: usize,
    /// By outcome.
    pub outcomes: BTreeMap<String, Series>,
    /// Hours spent and value delivered at the end of each run.
    pub ends: Vec<(f64, f64)>,
}

/// Reads the time series of one design point, with `singles` runs of its first chunk.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn read(folder: &Folder, rows: &[Row], singles: usize) -> Result<SeriesSet, StoreError> {
    let mut set = SeriesSet::default();
    for row in rows.iter().filter(|row| row.design_id == 0) {
        let series = set.outcomes.entry(row.outcome.clone()).or_default();
        let known = |value: Option<f64>| value.unwrap_or(f64::NAN);
        series.mean.push(known(row.summary.mean));
        series.interval[0].push(known(row.summary.ci_low));
        series.interval[1].push(known(row.summary.ci_high));
        series.runs[0].push(known(row.summary.p10));
        series.runs[1].push(known(row.summary.p90));
    }
    let months = set
        .outcomes
        .values()
        .next()
        .map_or(0, |series| series.mean.len());
    set.months = (1..).take(months).collect();
    let runs = rows
        .iter()
        .filter(|row| row.design_id == 0)
        .map(|row| row.summary.n + row.summary.missing)
        .max();
    set.runs = usize::try_from(runs.unwrap_or(0)).unwrap_or(usize::MAX);
    for (name, series) in &mut set.outcomes {
        if let Some(block) = folder.blocks(CYCLES, &[name])?.next().transpose()?
            && let [Values::Number(values)] = block.columns.as_slice()
        {
            series.single = values
                .chunks_exact(months.max(1))
                .take(singles)
                .map(<[f64]>::to_vec)
                .collect();
        }
    }
    for block in folder.blocks(RUNS, &["hours", "delivered_value"])? {
        if let [Values::Number(hours), Values::Number(values)] = block?.columns.as_slice() {
            set.ends
                .extend(hours.iter().copied().zip(values.iter().copied()));
        }
    }
    Ok(set)
}

/// The summaries by cycle of a folder, and its time series.
///
/// # Errors
/// [`StoreError`] if the results cannot be read.
pub fn of(folder: &Folder, singles: usize) -> Result<SeriesSet, StoreError> {
    read(folder, &summary::cycles(folder)?, singles)
}
